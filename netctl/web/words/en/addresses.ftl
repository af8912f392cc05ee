addresses-title = Addresses
addresses-table = Prefixes, IPv6 first
addresses-path = Where this lies
addresses-all = All addresses
addresses-picture = Where what lies
addresses-in-vrf = in VRF { $vrf }
addresses-bar = { $share } in use; { $children ->
    [one] one part
   *[other] { $children } parts
 }
addresses-bar-said = { $prefix }: { $share } in use, { $kept } reserved or at rest
addresses-legend = From the first address on the left to the last on the right. High: in use. Low: reserved, or at rest after it was released. What is very small is drawn wider than it is.
addresses-more = { $count ->
    [one] One more is in the table.
   *[other] { $count } more are in the table.
 }
addresses-column-prefix = Prefix
addresses-column-key = What for
addresses-column-level = Level
addresses-column-used = In use
addresses-column-organisation = Organisation
addresses-column-state = State
addresses-column-vrf = VRF
addresses-column-note = Name
addresses-column-since = Since
addresses-column-where = Declared in
addresses-state-used = in use
addresses-state-rests = at rest
addresses-state-reserved = reserved
addresses-level-pool = pool
addresses-level-site = site
addresses-level-lan = LAN
addresses-level-loopback = loopback
addresses-level-link = line
addresses-note-by-number = its parts follow from numbers
addresses-note-between = { $a } – { $b }
addresses-note-gua = global
addresses-note-ula = local (ULA)
