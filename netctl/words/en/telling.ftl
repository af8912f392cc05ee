# What the watch, plans and pushes told, said again. What is read, and how: netctl/words/telling.py.

telling-joint = ; {""}
telling-list = , {""}
telling-of = { $what }: { $told }

telling-session-absent = no session with { $far } ({ $address }) is configured
telling-session = { $far } ({ $address }) is { $state }
telling-circuit-absent = no circuit on { $port } to { $far } is configured
telling-circuit = { $far } on { $port }: { $state }
telling-absent = { $what } is not there
telling-down = { $what } is down
telling-is = { $what } is { $state }
telling-vrrp-absent = the virtual router does not run here
telling-vrrp-aside = the virtual router takes no part
telling-vrrp-two = two masters: { $mate } is master as well
telling-vrrp-none = no master: { $mate } is { $role } as well
telling-vrrp-other = master in place of { $mate }
telling-errors = { $port } drops or damages { $rate } frames a second
telling-cpu = { $share } % of the processors are busy
telling-memory = { $share } % of the memory is in use
telling-clock-free = the clock follows no source
telling-clock-off = { $offset } ms off { $source }
telling-version = runs { $version }, { $mate } runs { $other }
telling-drift = { $lines ->
    [1] 1 line differs
   *[other] { $lines } lines differ
} from what is declared
telling-no-answer-within = no answer within { $seconds } s
telling-no-answer = no answer

telling-unseen = does not answer netctl, but its neighbours still reach it
telling-silent = does not answer
telling-silent-router = { $router } does not answer
telling-line-cut = line { $line } is cut
telling-site-on-line = { $site } runs on line { $line } alone
telling-site-on-router = { $site } runs on { $router } alone
telling-lost-way = { $count ->
    [1] 1 router
   *[other] { $count } routers
} lost the way to it
telling-split = routers of the backbone do not reach each other: { $lines } are cut
telling-silent-group = { $routers } do not answer
telling-cut-off-sites = { $count ->
    [1] 1 site
   *[other] { $count } sites
} cut off: { $sites }
telling-cut-off = no way to the backbone is left: { $why }
telling-site-unseen = neither router answers netctl, but the backbone still reaches them
telling-between = between { $a } and { $b }, { $carrier }
telling-shared = { $count } lines of { $carrier } are cut: { $lines }
telling-time-lost = { $count ->
    [1] 1 router
   *[other] { $count } routers
} lost the time of { $sources }
telling-blind = none of { $count } routers answers: look at netctl's own way to them first
telling-in-change = follows from change { $change }: { $what }
telling-alerts = { $waiting } alerts wait, { $tries } tries failed: { $error }

telling-pending = a commit waits for confirmation here, begun by { $owner }
telling-drained = this router runs drained: its mate carries all traffic now
telling-session-goes = a BGP session goes away: { $line }
telling-port-goes = a port loses its configuration: { $line }
telling-management = the way netctl reaches this router changes
telling-pairs = both members of { $count ->
    [1] 1 pair change
   *[other] { $count } pairs change
}, one after the other
telling-centre = core routers of centre { $centre } change
telling-centres = both centres change in one plan (never in one wave)
telling-border = border routers of the LGWAN interconnect change
telling-sites = { $count } of { $all } sites change
telling-way-back = takes { $change } back on { $count ->
    [1] 1 router
   *[other] { $count } routers
}

telling-pushed = changed and verified
telling-pushed-already = it held the intended state already; not touched
telling-untouched = not touched
telling-back-twice = its commit went back twice
telling-back = it holds the state before the change again
telling-group-ended = a member of its group did not end well
telling-wave-ended = an earlier wave did not end well
telling-stopped = a person asked to stop
telling-commit-waits = a commit of { $owner } waits for confirmation
telling-moved = its state moved since it was checked: plan again
telling-timer = its timer ran out before the commit was confirmed
