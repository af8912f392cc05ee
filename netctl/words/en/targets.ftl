# What a plan is about. Read by netctl/words/targets.py, and by the papers of a change.

targets-routers = { $count ->
    [one] 1 router
   *[other] { $count } routers
  }
targets-servers = { $count ->
    [one] 1 name server
   *[other] { $count } name servers
  }
targets-zones = { $count ->
    [one] 1 zone
   *[other] { $count } zones
  }
targets-none = nothing
targets-two = { $one } and { $two }
targets-three = { $one }, { $two } and { $three }

targets-zone-in-view = { $zone } (view { $view })
targets-zone-in-views = { $zone } (views { $views })
targets-zone-leaving = { $zone } (view { $view }): names that go first

targets-group-primary = Name servers: primaries
targets-group-secondary = Name servers: secondaries
targets-group-resolver = Name servers: resolvers

targets-phase-servers = Name servers
targets-phase-leaving = Names that go first
targets-phase-routers = Routers
targets-phase-coming = Names, after the routers
targets-phase-names = Names
