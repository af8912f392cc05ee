base-skip = Skip to content
base-search = Search
base-search-for = Device, site, address, change
base-account = Account
base-sign-out = Sign out
base-menu = Main pages
base-theme = Brightness
base-live = Live
base-polling = Updates every 10 s
base-offline = The server does not answer
base-shown-at = As of { $time }

failure-400 = The request is not right
failure-401 = Please sign in
failure-403 = You may not do this
failure-404 = There is no such page
failure-405 = This is not how it works
failure-409 = Not possible as things stand
failure-413 = That is too large
failure-500 = A defect of the system
failure-503 = Not available now
failure-defect = The request could not be completed (incident { $number }).
failure-defect-hint = Tell the system's administrator the incident number: its log has the details.
failure-home = To the overview

error-NETCTL-E0950 = Please sign in
error-NETCTL-E0951 = The form was not accepted: open the page again and repeat the step.
