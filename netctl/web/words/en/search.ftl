search-title = Search
search-for = Search for
search-hint = Names of devices, sites and organisations, addresses, zones and their names, numbers and titles of changes, numbers of problems.
search-results = “{ $query }”: { $count } found
search-nothing = Nothing fits “{ $query }”.
search-more = There are more; add a word to narrow it down.
search-kind-device = Devices
search-kind-site = Sites
search-kind-organisation = Organisations
search-kind-address = Addresses
search-kind-prefix = Prefixes
search-kind-zone = Zones
search-kind-name = Names
search-kind-change = Changes
search-kind-problem = Problems
search-zone = view { $view }
search-name = { $records } (view { $view })
search-address = { $address } ({ $port })
search-prefix = site of { $prefix }
search-sites = { $count ->
    [one] { $count } site
   *[other] { $count } sites
}
