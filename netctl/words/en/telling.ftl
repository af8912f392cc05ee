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

telling-names-silent = does not answer questions about names: { $error }
telling-names-alone = nobody else answers for view { $views }
telling-names-blind = none of { $count } name servers answers: { $error }
telling-zones-behind = is behind in { $count ->
    [1] 1 zone
   *[other] { $count } zones
}: { $zones }
telling-zones-unserved = does not serve { $count ->
    [1] 1 zone
   *[other] { $count } zones
}: { $zones }
telling-zone-behind = { $zone } is behind since { $moment }
telling-signatures-end = its first signature ends at { $moment }
telling-signatures-none = is not signed, and declared to be
telling-signatures-flaw = does not hold for whoever validates it: { $flaw }
telling-signatures-many = signatures of { $count } zones end soon or do not hold: { $zones }

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
telling-way-back = takes { $change } back on { $targets }
telling-routers = { $count ->
    [1] 1 router
   *[other] { $count } routers
}
telling-name-servers = { $count ->
    [1] 1 name server
   *[other] { $count } name servers
}
telling-zones = { $count ->
    [1] 1 zone
   *[other] { $count } zones
}

telling-leaving = { $count ->
    [1] 1 record leaves
   *[other] { $count } records leave
} before the rest changes
telling-allowance-unused = the plan may do more to this zone than the policy lets pass, and does not
telling-zone-new = the zone comes into being
telling-zone-signed = the zone is signed: its server signs anew what changes
telling-apex = the zone's own NS records change
telling-deletions = { $gone } records are deleted, { $most } may be
telling-deleted-of = { $gone } of { $all } records are deleted, { $percent } %
telling-deleted-may = { $percent } % may be
telling-allowed = the plan says that it may
telling-not-allowed = to mean it, plan with { $option }
telling-management-name = the names of management addresses go: of { $routers }
telling-zone-dropped = zone { $zone } ({ $view }) is no longer declared: the servers stop serving it
telling-alone = the network has no other { $role ->
    [primary] primary
    [secondary] secondary
    [resolver] resolver
   *[other] { $role }
}: nobody answers in its place while it changes
telling-all-servers = every { $role ->
    [primary] primary
    [secondary] secondary
    [resolver] resolver
   *[other] { $role }
} changes, one after the other

telling-serves = { $server } serves { $serial }
telling-serves-after = { $server } serves { $serial } after { $seconds } s
telling-serves-behind = { $server } serves { $serial }, { $behind } behind
telling-serves-written = { $server } serves what was written
telling-serves-not = { $server } does not serve what was written
telling-serves-other = { $server } serves serial { $serial }, and not what was written
telling-same = { $servers } the same
telling-closed = { $server } lets nobody copy it ({ $why })
telling-signatures = its signatures hold
telling-serial = serial { $serial }
telling-records = { $gone ->
    [1] 1 record
   *[other] { $gone } records
} gone, { $come } come
telling-written-already = it was written already
telling-write-waits = a write of { $owner } waits for confirmation
telling-zone-moved = it holds other records than when the plan was made: plan again
telling-zone-differs = somebody changed what was written before it was confirmed
telling-zone-timer = its deadline passed, and the write was taken back
telling-zone-clean = nothing of this change is left in it
telling-zone-others = what somebody else wrote stays
telling-answers = { $server } answers
telling-answers-all = it answers for what it serves
telling-only-one = it is the only one of its role: while it changes, nobody answers instead
telling-nobody-answers = it does not answer itself: nothing is lost
telling-server-away = { $server } is away since another primary was promoted
telling-not-the-plan = what would be written is not what the plan says: plan again
telling-not-intended = it does not hold what is intended at the end of its change
telling-neither = it holds neither what was before the change nor what the change wrote
telling-beyond = the plan would have to say { $limit } ({ $rule })
telling-server-moved = its configuration moved since it was checked: plan again
telling-configuration-moved = it holds another configuration than when the plan was made: plan again

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
