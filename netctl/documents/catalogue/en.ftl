# The words of the papers. The same names as in ja.ftl; a test holds them equal.

title-plan = Change plan
title-procedure = Work procedure
title-report = Report of results
nav-label = Documents
nav-change = Back to { $change }
nav-other = 日本語
nav-other-code = ja
as-of = as of { $at }
facts-caption = The change in short
change-number = Change
change-state = State
change-author = Author
change-window = Window
window-any = any time
window-to = to
window-end = no end
window-none = none
change-scope = Scope
scope-count = { $what }, at { $places ->
    [one] 1 place
   *[other] { $places } places
  }
boxes-caption = Approvals ({ $needed } needed)
box-author = Author
box-approval = Approval
box-operator = Operator
box-reviewer = Result checked
box-blank = date
digest = Digest of the plan

state-proposed = waiting for approval
state-approved = approved
state-rejected = rejected
state-pushing = being pushed
state-done = done
state-stopped = stopped
state-unknown = unknown
state-rolled_back = rolled back

purpose = Purpose
purpose-none = The author gave no reason.
scope = Scope
scope-words = This changes { $what }, in { $waves ->
    [one] 1 wave
   *[other] { $waves } waves
  }.
scope-places = Places
scope-zones = Zones
scope-servers = Name servers
scope-organisations = Organisations
scope-backbone = backbone
scope-network = Declared network
scope-planned = Plan made
risks = Risks
risks-caption = { $count ->
    [one] 1 finding
   *[other] { $count } findings
  } about the plan
risk-severity = Severity
risk-code = Code
risk-target = Target
risk-message = What it is
risk-whole = whole plan
risks-none = Nothing was found.
severity-high = high
severity-medium = medium
severity-low = low
severity-info = info
finding-RISK-PENDING = A commit waits for confirmation on the router
finding-RISK-DRAINED = The router runs drained; its mate carries all traffic
finding-RISK-SESSION-REMOVED = A BGP session goes away
finding-RISK-INTERFACE-REMOVED = A port loses its configuration
finding-RISK-MANAGEMENT = The way this router is managed changes
finding-RISK-PAIR = Both routers of a pair change, one after the other
finding-RISK-CENTRE = Core routers of a centre change
finding-RISK-BOTH-CENTRES = Both centres change in one plan (never in one wave)
finding-RISK-BORDER = Border routers of the LGWAN interconnect change
finding-RISK-MANY-SITES = Many sites change in one plan
finding-RISK-WAY-BACK = An earlier change is taken back
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
finding-HAZ-CYCLE = Definitions use each other and cannot be replaced at once
finding-HAZ-DANGLING = A line uses a name that is not there yet
finding-HAZ-GAP = A definition is missing for a moment while it is replaced
finding-HAZ-SESSION-ACCOUNT = The account that does the work changes
finding-HAZ-SESSION-ADDRESS = The address that the work comes in by changes
finding-HAZ-SESSION-CUT = The session that does the work may be cut
finding-HAZ-SESSION-FILTER = The filter that lets the work in changes
finding-HAZ-UNPREDICTED = What the commands lead to cannot be predicted
blast = Blast radius
blast-words = While the change runs, every place keeps one router of its pair in service.
blast-servers = Of the name servers of one role, one is changed at a time, while another one answers.
blast-names = Names that go leave before the routers change; all others come after them. So no name points to an address that is not there.
blast-zones = A zone is changed as a whole or not at all, and kept only once every server serves the change.
blast-pair = The two routers of a pair are never changed at the same time.
blast-drain = Traffic is led to the mate before a router is changed, and back after the change was verified.
blast-most = At most { $pairs ->
    [one] 1 place runs
   *[other] { $pairs } places run
  } on one router at the same time.
order = Order
order-caption = Targets by wave. What is in one wave is changed side by side, routers of one place from left to right.
order-wave = Wave
order-place = Place
order-phase = What
order-targets = Targets
order-lines = Lines
approvals = Approvals
approvals-words = This plan needs the approval of { $needed ->
    [one] one person
   *[other] { $needed } people
  } other than its author. An approval is bound to the plan's digest and is void when the plan changes.
votes = What was said
votes-none = Nothing was said yet.
vote-at = When
vote-user = Who
vote-verdict = Verdict
vote-digest = Digest (beginning)
vote-reason = Reason
vote-void = (void)
verdict-approve = approve
verdict-reject = reject
verdict-ask = changes asked for
way-back = Way back
way-back-timer = A router or name server that is not told to keep its change within { $seconds } seconds goes back by itself.
way-back-zone = Records that are not confirmed within { $seconds } seconds are taken back by netctl.
way-back-member = What fails its checks is put back at once; what comes after it is not touched.
way-back-change = To take the whole change back, this makes the plan that leads back, and carries it out in the same way:
differences = Annex: differences
difference-heading = Difference { $number } ({ $platform }, { $count ->
    [one] 1 router
   *[other] { $count } routers
  })
difference-server = Difference { $number } ({ $platform }, { $count ->
    [one] 1 name server
   *[other] { $count } name servers
  })
difference-zone = Difference { $number }: { $zone }
difference-leaving = These names go first.
records-caption = Records of difference { $number }
records-owner = Owner
records-type = Type
records-held = Now (TTL, data)
records-intended = Intended (TTL, data)
records-origin = Declared in
records-left-out = { $count } more records are left out; this command shows them:

allowances = Beyond the limits
allowances-words = Whoever approves this plan says yes to this as well:
allow-deletions = { $zone }: it may delete up to { $count ->
    [one] 1 record
   *[other] { $count } records
  }.
allow-percent = { $zone }: it may delete up to { $percent } % of the records.
allow-apex = { $zone }: it may change the zone’s own NS records, which say who serves it.
difference-rollback = Commands that lead back

before = Before the work
before-digest = Read aloud: the digest on the screen is the one on this paper.
before-approved = The change is approved by { $needed ->
    [one] one person
   *[other] { $needed } people
  }, and its state says so.
before-window = The window is open.
before-problems = The dashboard shows no open problem at the { $places ->
    [one] place
   *[other] { $places } places
  } of this change.
before-names = Every name server answers, with the serials that are expected.
before-allowances = What the plan may do beyond the limits is what was meant.
before-contacts = The contacts are told that the work begins.
begin = Begin
begin-dry = Show what will be done. Nothing changes yet.
begin-push = Begin, with the first 16 digits of the digest. From here on the network changes.
begin-watch = Watch from another screen, or on the dashboard's page of the push.
each = Steps on each target
each-words = netctl takes these steps in this order. The operator watches how each of them ends.
each-caption-router = Steps on one router
each-caption-server = Steps on one name server
each-caption-zone = Steps on one zone
each-number = No.
each-step = Step
each-check = What must hold
each-stop = If it fails
step-mate-check = mate is well
step-identity = right router
step-running-check = configuration as planned for
step-drain = lead traffic away
step-drained-check = traffic has moved
step-apply = write the change
step-read-back = read it back
step-verify = verify
step-confirm = confirm
step-undrain = lead traffic back
step-undrain-verify = traffic is back
step-undrain-confirm = confirm that
step-release = clean up
step-roll-back = back to the state before
step-converge = served everywhere
step-server-identity = right server
step-server-mate-check = another server answers
step-server-verify = it answers
step-zone-running-check = records as planned for
step-zone-apply = write the records
step-zone-verify = served as written
check-mate-check = All sessions of the mate are up, and it reaches what is behind it.
check-identity = The router's name and key are those declared.
check-running-check = The configuration is the one the plan was made against; no commit waits for confirmation.
check-drain = Lines that lead traffic to the mate are merged; they go back by themselves unless confirmed within { $confirm } s.
check-drained-check = Within { $settle } s the mate is master of every virtual router.
check-apply = The new configuration is written; traffic is still on the mate.
check-read-back = The router holds what was written, line by line.
check-verify = Within { $settle } s all sessions are up and the router reaches what is behind it.
check-confirm = The change is kept.
check-undrain = Traffic is led back; that goes back by itself unless confirmed within { $confirm } s.
check-undrain-verify = Within { $settle } s virtual routers and traffic are as they were.
check-undrain-confirm = The return of traffic is kept.
check-release = What was kept on the box for the change is removed.
check-converge = Within { $settle } s every server serves the new serial; the receipt says which one on which server.
check-server-mate-check = Another server of its role answers for what it serves.
check-server-identity = The server’s name and key are those declared.
check-server-apply = The new configuration is written; it goes back by itself unless confirmed within { $confirm } s.
check-server-read-back = The server holds what was written, line by line.
check-server-verify = Within { $settle } s it answers for every zone of its views, or resolves.
check-zone-running-check = The zone holds the records the plan was made against; no limit is passed that the plan does not speak of.
check-zone-apply = The records are written in one go; netctl takes them back unless they are confirmed within { $confirm } s.
check-zone-verify = Every server that may be asked serves what was written; the signatures of a signed zone hold.
check-zone-release = The zone holds what is intended, and no write waits.
fails-untouched = It stops; this target is not touched.
fails-back = It is put back as it was, and the push stops.
waves = Record by wave
waves-words = Write down when each target began and ended; sign when the dashboard shows it well.
wave-heading = Wave { $number }:
wave-caption = Record of wave { $number }
record-order = Order
record-target = Target
record-place = Place
record-began = Began
record-ended = Ended
record-result = Result
record-initials = Signed
record-detail = Detail
record-seconds = Seconds
record-time = :
stop = When to stop
stop-words = Stop at once if any of these holds. When in doubt, stop.
stop-alarm = A new problem shows at a place or line that is not part of the change.
stop-mate = The mate of a router being changed, or another name server, has a problem.
stop-window = What is left does not fit into the window.
stop-asked = An approver or a contact asks for it.
stop-how = With the stop button of the dashboard, or with this command. What is being changed is finished; the next is not begun.
then = Afterwards
then-caption = What to do, by state
then-state = State
then-means = What it means
then-do = What to do
then-done = Every target holds what is intended, and is verified.
then-done-do = See that nothing differs any more, and print the report.
then-stopped = A target failed, or a person stopped it. The failed one is as it was before, later ones are untouched.
then-stopped-do = Find the cause, then go on or take it back.
then-unknown = A target could not be read. A person has to look.
then-unknown-do = Repair the way to it and have it read, then decide.
then-silent-state = nothing moves
then-silent = The process that pushes has died. What is in flight is taken back within { $seconds } s.
then-silent-do = Look at the processes, then go on.
contacts = Contacts
contacts-caption = Contacts during the work
contact-role = Role
contact-name = Name
contact-way = How to reach
contact-noc = Operation centre
contact-author = Author
contact-approver = Approver
contact-organisation = Organisation of a place

result = Result
result-proposed = Not carried out yet (waiting for approval).
result-approved = Not carried out yet (approved).
result-rejected = Rejected, and therefore not carried out.
result-pushing = Being carried out.
result-done = Carried out on every target, and verified.
result-stopped = Stopped on the way.
result-unknown = The state of a target could not be read.
result-rolled_back = Carried out, and taken back afterwards.
result-began = Began
result-ended = Ended
result-tally = Targets
result-not-begun = not carried out
result-not-ended = not ended yet
member-waiting = waiting
member-in_flight = in flight
member-done = done
member-rolled_back = put back
member-failed = failed, not touched
member-unknown = unknown
member-untouched = untouched
deviations = Deviations
deviations-caption = Targets that did not end as planned
deviations-none = Nothing deviates from the plan.
targets = Result by target
targets-caption = Targets in the order of the work, with times
proof = Audit log
proof-holds = The log is proven whole from its beginning to entry { $entry }, the last about this change.
proof-broken = The chain of the audit log is broken.
proof-altered = Content and hash do not agree in entries { $entries }.
proof-open = The chain of the audit log has not been verified yet. This verifies it:
proof-caption = { $count ->
    [one] 1 entry
   *[other] { $count } entries
  } about this change
proof-number = No.
proof-at = When
proof-actor = Who
proof-action = Action
proof-hash = Hash (SHA-256)
steps = Annex: steps
steps-caption = Steps of { $target }
steps-left-out = The steps and audit entries of { $count ->
    [one] 1 target
   *[other] { $count } targets
  } that ended as planned are left out; these commands show them:
steps-none = No steps are recorded.
outcome-begun = begun
outcome-ok = ok
outcome-failed = failed
outcome-skipped = skipped
