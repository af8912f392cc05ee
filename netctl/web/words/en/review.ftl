review-tabs = Pages of { $change }
review-tab-review = Review
review-tab-decision = Decision
review-tab-push = Push
review-tab-documents = Documents

review-stages = How far it is
review-stage-proposed = Proposed
review-stage-approved = Approved
review-stage-pushing = Push
review-stage-done = Done
review-stage-rejected = Rejected
review-stage-stopped = Stopped
review-stage-unknown = Needs a look
review-stage-rolled-back = Rolled back
review-stage-is-past = (past)
review-stage-is-now = (now)
review-stage-is-ahead = (ahead)
review-stage-is-bad = (ended here)

review-approvals = { $count } of { $needed } approvals
review-members = { $done } of { $count } targets done
review-asked = { $users } asked for changes. It is for { $author } to revise it.
review-go-decide = Go to the decision
review-go-push = Go to the push
review-go-look = See where it stands
review-go-watch = Watch the push
review-go-revise = Make a corrected plan and give it to this change:

review-votes = Votes
review-no-votes = Nobody has voted yet.
review-verdict-approve = Approved
review-verdict-reject = Rejected
review-verdict-ask = Asked for changes
review-vote-outdated = on an earlier plan
review-vote-replaced = said otherwise later

review-summary = Summary
review-state = State
review-author = Author
review-reason = Reason
review-window = Window
review-window-any = any time
review-window-open = open now
review-window-not-yet = not yet open
review-window-closed = closed
review-digest = Digest of the plan
review-compare-hint = To compare it aloud, read the eight words in their order.

review-reach = How far it reaches
review-targets = Targets
review-in-waves = { $what }, in { $waves ->
    [one] 1 wave
   *[other] { $waves } waves
  }
review-zones = Zones
review-more-zones = { $count } more
review-servers = Name servers
review-platforms = Platforms
review-organisations = Organisations
review-more-organisations = { $count } more
review-backbone = Backbone
review-services = Services concerned
review-takes = It may take
review-minutes = about { $count } min
review-takes-measured = as of late: { $seconds } s a router
review-takes-assumed = no push seen here yet; assuming { $seconds } s a router
review-alone = Each of { $count ->
    [one] the 1 place
   *[other] the { $count } places
  } runs on one router of its pair while the other is changed. Never are both changed at once.
review-names-order = Names that go leave before the routers change; all others come after them. So no name points to an address that is not there.
review-names-alone = No router changes: each zone changes in one step, and is taken back by itself unless it is confirmed.
review-order = Order of work
review-wave = Wave
review-phase = What
review-place = Place
review-in-order = Targets, in order

review-findings = Risks
review-no-findings = No risk was found.
review-and-more = (and { $count } more)
review-more = { $count } more
review-every-name = All { $count }
review-whole-order = All { $count } places in their order
review-all-messages = All of them

review-groups = Differences ({ $count })
review-groups-text = Targets with one and the same difference are shown once. Tick what you have looked at; a new plan clears the ticks.
review-group = Difference { $number }: { $what }
review-open-group = Open difference { $number }
review-back = Back to the whole change
review-tick = Viewed
review-seen-by = Viewed by { $users }
review-open-threads = { $count ->
    [one] 1 open comment
   *[other] { $count } open comments
  }
review-layout = Layout of the difference
review-layout-split = Side by side
review-layout-unified = In one column
review-lines = Lines
review-lines-of = Lines of difference { $number }
review-line = Line
review-sign = Sign
review-held = Held now
review-intended = Intended
review-origin = Origin (template, inventory)
review-template = Template
review-inventory = Inventory
review-fact-none = inventory: none
review-facts-unknown = Origin in the inventory: not known (it changed since the plan was made, or cannot be read).
review-facts-of = Origins in the inventory are those of { $router }.
review-commands = Commands to the same end
review-rollback = Commands that lead back
review-commands-text = For whoever would do it by hand. netctl replaces the whole configuration, and the router takes it back by itself unless it is confirmed.
review-no-commands = What differs is replaced as a whole, so there are no commands to show. The way back is what was kept.
review-no-commands-zone = Records are written by updates that the server takes only while the zone is as it was planned against. Unless they are confirmed, netctl writes back what was there.

review-records = records
review-groups-pages = Pages of differences
review-records-of = Records of difference { $number }
review-records-pages = Pages of records
review-records-shown = Records { $first }–{ $last } of { $count }
review-records-first = First
review-records-before = Before these
review-records-after = After these
review-records-last = Last
review-records-elsewhere = Comments on records of other pages:
review-records-line = line { $line }
review-record-owner = Owner
review-record-type = Type
review-record-ttl = TTL
review-record-data = Data
review-record-ttl-held = TTL now
review-record-held = Now
review-record-ttl-intended = TTL intended
review-record-intended = Intended
review-record-origin = Declared in

review-allowances = This plan may go beyond the limits
review-allowances-text = Whoever approves it says yes to this as well:
review-allow-deletions = { $zone }: it may delete up to { $count ->
    [one] 1 record
   *[other] { $count } records
  }.
review-allow-percent = { $zone }: it may delete up to { $percent } % of the records.
review-allow-apex = { $zone }: it may change the zone’s own NS records, which say who serves it.

review-comments = Comments
review-no-comments = None yet.
review-comment-on-change = Comment on the whole change
review-comment-on-group = Comment on this difference
review-comment-on-line = Comment on line { $line }
review-answer = Answer
review-send = Send
review-resolve = Resolve
review-reopen = Open again
review-resolved-by = Resolved by { $user }.
review-outdated = Comments on earlier plans ({ $count })

finding-RISK-PENDING = A commit waits for confirmation
finding-RISK-DRAINED = A router runs drained
finding-RISK-SESSION-REMOVED = A routing session goes away
finding-RISK-INTERFACE-REMOVED = A port loses its configuration
finding-RISK-MANAGEMENT = The way netctl reaches a router changes
finding-RISK-PAIR = Both members of a pair change, one after the other
finding-RISK-CENTRE = Core routers of a centre change
finding-RISK-BOTH-CENTRES = Both centres change in one plan
finding-RISK-BORDER = Border routers of the LGWAN interconnect change
finding-RISK-MANY-SITES = Many sites change at once
finding-RISK-DNS-BEYOND-LIMITS = More records go than the limits let pass
finding-RISK-DNS-IMPOSSIBLE = A zone cannot become what is declared
finding-RISK-DNS-LEAVING = Names leave before the rest changes
finding-RISK-DNS-ALLOWANCE-UNUSED = A permission beyond the limits is not needed
finding-RISK-DNS-ZONE-NEW = A new zone comes into being
finding-RISK-DNS-SIGNED = A signed zone changes
finding-RISK-DNS-LIMIT = It goes beyond the limits, as the plan says it may
finding-RISK-DNS-MANAGEMENT = The name of a router’s management address goes
finding-RISK-DNS-ZONE-DROPPED = A zone is no longer served
finding-RISK-DNS-ALONE = The only name server of its role changes
finding-RISK-DNS-ALL = Every name server of a role changes, one after the other
finding-HAZ-SESSION-ADDRESS = The address that carries the session changes
finding-HAZ-SESSION-ACCOUNT = The account that carries the session changes
finding-HAZ-SESSION-FILTER = The filter that carries the session changes
finding-HAZ-SESSION-CUT = netctl's own session would be cut
finding-HAZ-SESSION-RESET = Neighbours lose their session for a moment
finding-HAZ-GAP = Something in use is taken away for a moment
finding-HAZ-DANGLING = A name is used that nobody defines
finding-HAZ-CYCLE = No order satisfies all rules
finding-HAZ-UNPREDICTED = What the commands lead to could not be predicted
