topology-title = Topology
topology-whole = Everything
topology-by-organisation = By organisation
topology-by-region = By region
topology-view = Gathered
topology-table = What the map shows
topology-lines = Lines
topology-line = Line
topology-from = From
topology-to = To
topology-carrier = Carrier
topology-state = State
topology-load = Load
topology-load-unknown = unknown
topology-capacity = Capacity
topology-line-up = up
topology-line-down = down
topology-line-unknown = unknown
topology-line-title = Line { $line }: { $a } – { $b } ({ $carrier }), { $state }, load { $load }
topology-cluster-sites = { $count ->
    [one] { $count } site
   *[other] { $count } sites
}
topology-cluster-down = { $count } down
topology-cluster-degraded = { $count } degraded
topology-cluster-unknown = { $count } unknown
topology-cluster-well = all up
topology-clusters = Groups of sites
topology-cluster = Group
topology-sites = Sites
topology-site = Site
topology-picture = Map of the network. A table below holds the same.
topology-legend = Legend
topology-legend-level = the thicker a line, the busier (steps at 25, 50, 75 and 90 %)
topology-count = { $count ->
    [one] { $count } site
   *[other] { $count } sites
}
topology-page = Page { $page } of { $pages }
topology-previous = Previous sites
topology-next = Next sites
topology-empty = There is no site to show.
