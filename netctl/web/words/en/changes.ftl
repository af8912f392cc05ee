changes-title = Changes
changes-table = Changes
changes-none = There are no changes yet.
changes-mine = Waiting for me ({ $count })
changes-all = All changes
changes-how-to-propose = A new change is planned and proposed on the command line:

changes-column-id = Number
changes-column-title = Title
changes-column-state = State
changes-column-turn = My turn
changes-column-risk = Risk
changes-column-routers = Routers
changes-column-servers = Name servers
changes-column-zones = Zones
changes-column-approvals = Approvals
changes-column-threads = Open comments
changes-column-author = Author
changes-column-created = Proposed
changes-column-opens = Window opens
changes-column-closes = Window closes

changes-state-proposed = Waiting for approval
changes-state-asked = Back with its author
changes-state-approved = Approved
changes-state-rejected = Rejected
changes-state-pushing = Being pushed
changes-state-done = Done
changes-state-stopped = Stopped
changes-state-unknown = Needs a look
changes-state-rolled-back = Rolled back

changes-turn-approve = Decide
changes-turn-push = Push
changes-turn-revise = Revise
changes-turn-look = Look after it
