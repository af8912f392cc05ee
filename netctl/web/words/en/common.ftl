# Words for every page.

none = —

state-up = Up
state-degraded = Degraded
state-down = Down
state-unknown = Unknown

severity-high = High
severity-medium = Medium
severity-low = Low
severity-info = Info

service-reachability = Reachability
service-routing = Routing
service-first-hop = First hop
service-lines = Lines
service-time = Time
service-configuration = Configuration

role-viewer = Viewer
role-operator = Operator
role-author = Author
role-approver = Approver
role-auditor = Auditor
role-admin = Admin

nav-overview = Overview
nav-problems = Problems
nav-devices = Devices
nav-sites = Sites
nav-topology = Topology
nav-addresses = Addresses
nav-zones = Zones
nav-changes = Changes
nav-audit = Audit log
nav-people = People
nav-help = Help

age-now = just now
age-second = { $count } s ago
age-minute = { $count } min ago
age-hour = { $count } h ago
age-day = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
age-in-second = in { $count } s
age-in-minute = in { $count } min
age-in-hour = in { $count } h
age-in-day = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
}
age-never = never

theme-auto = Auto
theme-light = Light
theme-dark = Dark

field-required = required

table-search = Search this table
table-all = All
table-choice = { $label } ({ $count })
table-narrow = Filter
table-clear = Clear
table-nothing-found = Nothing matches these conditions.
table-empty = There is nothing here yet.
table-range = { $first }–{ $last } of { $found }
table-of = ({ $total } in all)
table-pages = Pages
table-page = Page { $page } of { $pages }
table-previous = Previous
table-next = Next
table-older = Older entries

region-north = North
region-south = South
region-east = East
region-west = West
region-central = Central
lag-level = level
lag-behind = { $count } behind
lag-silent = no answer
lag-unserved = not served
lag-unknown = unknown
