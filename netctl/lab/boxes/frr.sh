#!/bin/sh
# An FRR box comes up: packet filter first, then routing, then the door.
set -u
nft --file /etc/netctl/management.nft
install -d -o frr -g frr /run/frr
for daemon in zebra staticd bgpd isisd bfdd vrrpd; do
    /usr/lib/frr/$daemon -d -P 0 -u frr -g frr
done
vtysh -b
install -d /run/sshd
/usr/sbin/sshd
