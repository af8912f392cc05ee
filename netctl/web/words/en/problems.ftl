# Problems: what is wrong, since when, what we changed just before, and who knows of it.

problems-title = Problems
problems-table = Problems
problems-views = Which problems
problems-open = Open
problems-closed = Ended
problems-none-open = No problem is open.
problems-none-closed = No problem has ended yet.

problems-column-id = Number
problems-column-severity = Severity
problems-column-code = Kind
problems-column-subject = About
problems-column-service = Service
problems-column-opened = Since
problems-column-closed = Ended
problems-column-standing = Handling
problems-column-detail = Detail
problems-column-symptoms = Symptoms
problems-column-organisation = Organisation
problems-column-device = Device
problems-column-told = What it reports

problems-standing-new = New
problems-standing-acknowledged = Acknowledged
problems-standing-silenced = Silenced
problems-standing-closed = Ended

problems-backbone = Backbone
problems-what = What is wrong
problems-changed = Last moved
problems-code = Code
problems-suspects = Changed in the hour before
problems-suspects-none = No change was pushed in the hour before.
problems-suspect-near = { $count ->
    [one] On a router of this problem: { $routers }
   *[other] On { $count } routers of this problem: { $routers }
}
problems-suspect-far = On other routers
problems-symptoms = { $count ->
    [one] One symptom
   *[other] { $count } symptoms
}
problems-symptoms-table = What routers report
problems-symptoms-all = { $count ->
    [one] See the symptom
   *[other] See all { $count } symptoms
}

problems-acknowledge = Acknowledge
problems-acknowledge-hint = Say that you know of it. It makes no more noise unless it grows worse.
problems-acknowledged-by = Acknowledged by { $user }
problems-do-acknowledge = Acknowledge
problems-reason = Reason
problems-reason-hint = What is known, and who works on it. The night shift reads it, too.
problems-silence = Silence
problems-silence-hint = No noise about this until the time is up. The problem itself stays on the pages.
problems-silenced = This problem is silenced.
problems-do-silence = Silence

# What watching finds

# What to look at next
problems-next-WATCH-SITE-CUT-OFF = Nothing gets through to the site. Ask for power cuts and the carriers’ outages, and tell who is responsible for the site.
problems-next-WATCH-SITE-UNSEEN = Traffic flows. Look at the way of management to the site, and at the prefixes it is allowed from.
problems-next-WATCH-GROUP-DOWN = Look at what the routers have in common: power, place, the last change.
problems-next-WATCH-BACKBONE-SPLIT = Call the carriers between the centres. Push no change while each centre works by itself.
problems-next-WATCH-DEVICE-DOWN = Look at power and console. Its mate carries everything until it is back: push no change to the mate.
problems-next-WATCH-DEVICE-UNSEEN = Traffic flows. Look at the management port, at SSH or NETCONF, and at the host key.
problems-next-WATCH-LINE-DOWN = Call the carrier. Look at other lines in the same duct or exchange.
problems-next-WATCH-BLIND = Look at the way from this server to the management network first. The network itself may be well.
problems-next-WATCH-TIME-SOURCE = Look at the time servers and the way to them. With wrong clocks nobody can tell what came first.
problems-next-WATCH-ALERTS = Look at the settings alert_syslog, alert_mail and alert_webhook, and at the receivers.
problems-next-WATCH-BGP = Look at both ends: configuration, key, and how the peer stands.
problems-next-WATCH-VRRP = Look at the LAN. With two masters it is in two pieces.
problems-next-WATCH-CLOCK = Look at the way to the time servers, and at the router’s time service.
problems-next-WATCH-VERSION = Look at when both routers of the pair are to have the same software.
problems-next-WATCH-IN-CHANGE = Nothing: it is what the push does to this router. What outlasts the push becomes a problem of its own, and is told.
problems-next-WATCH-DRIFT = Find out who changed the router by hand; then declare it, or plan the way back.

error-NETCTL-E0930 = There is no problem of this number
error-NETCTL-E0931 = The problem has ended already
error-NETCTL-E0932 = There is no silence of this number
error-NETCTL-E0933 = The silence has ended already
error-NETCTL-E0934 = What is silenced, its kind or the time is not right
error-NETCTL-E0935 = Say why
error-NETCTL-E0936 = A setting does not say where alerts go
error-NETCTL-E0937 = Alerts were not taken
problems-next-WATCH-NAME-SERVER = Is the server running, and can netctl reach it? netctl dns serials asks it now.
problems-next-WATCH-NAME-SERVERS = Look at netctl’s own way to the name servers first; netctl dns serials asks them now.
problems-next-WATCH-ZONE-BEHIND = Does the primary notify this server, and may it transfer the zone? Its log says why it did not.
problems-next-WATCH-ZONE-UNSERVED = Is the zone in the server’s configuration or its catalog zone, and did it ever transfer it?
problems-next-WATCH-SIGNATURES = Does the primary still sign? Without new signatures, whoever validates gets no answers.
