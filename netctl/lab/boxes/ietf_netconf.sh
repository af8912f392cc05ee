#!/bin/sh
# A NETCONF box comes up: routing daemons empty, the NETCONF server with its saved startup configuration, the agent that
# makes the box what `running` says, and the door only when that is done once.
set -u
install -d -o frr -g frr /run/frr
for daemon in zebra staticd bgpd isisd bfdd vrrpd; do
    /usr/lib/frr/$daemon -d -P 0 -u frr -g frr
done
# Confirmed commits are written to the startup file by the server itself, unconfirmed ones are not: a box that loses
# power comes back with what was confirmed last. The module ietf-interfaces must have no library of its own here.
modules=""
for module in iana-if-type ietf-interfaces ietf-ip ietf-routing ietf-ipv4-unicast-routing ietf-ipv6-unicast-routing \
    ietf-system netctl-bgp netctl-management netctl-vrrp; do
    modules="$modules --module=$module"
done
setsid --fork /usr/sbin/netconfd --target=candidate --with-validate=true --with-startup=false \
    --startup=/etc/netctl/startup.xml --access-control=off --superuser=netctl \
    --ncxserver-sockname=/run/netconfd.sock --port=830 --modpath=/usr/share/netctl/yang:/usr/share/yuma/modules \
    --log=/run/netconfd.log --log-level=warn $modules </dev/null >/run/netconfd.out 2>&1
setsid --fork env PYTHONPATH=/usr/lib/netctl PYTHONDONTWRITEBYTECODE=1 \
    /usr/bin/python3 -m netctl_agent /run/netconfd.sock netctl </dev/null >/run/netctl-agent.log 2>&1
tries=0
while [ ! -e /run/netctl-agent.applied ] && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
[ -e /run/netctl-agent.applied ] || cat /run/netconfd.out /run/netctl-agent.log
chronyd -x
install -d /run/sshd
/usr/sbin/sshd
