# Names of what watching tells by code: pages and alerts call it the same.

watch-WATCH-SITE-CUT-OFF = Site cut off
watch-WATCH-SITE-UNSEEN = Site does not answer
watch-WATCH-GROUP-DOWN = Backbone routers down together
watch-WATCH-BACKBONE-SPLIT = Backbone split
watch-WATCH-DEVICE-DOWN = Device down
watch-WATCH-DEVICE-UNSEEN = Device out of netctl’s sight
watch-WATCH-LINE-DOWN = Line down
watch-WATCH-BLIND = No router in sight
watch-WATCH-TIME-SOURCE = Time source lost
watch-WATCH-ALERTS = Alerts are not taken
watch-WATCH-UNREACHABLE = No answer
watch-WATCH-BGP = BGP session not up
watch-WATCH-ISIS = IS-IS adjacency not up
watch-WATCH-BFD = BFD session not up
watch-WATCH-VRRP = Wrong VRRP role
watch-WATCH-PORT = Port down
watch-WATCH-ERRORS = Errors on a port
watch-WATCH-CPU = Processors busy
watch-WATCH-MEMORY = Memory short
watch-WATCH-CLOCK = Clock wrong
watch-WATCH-VERSION = Software differs in a pair
watch-WATCH-IN-CHANGE = In a change under way
watch-WATCH-DRIFT = Configuration is not as declared
