#!/bin/sh
# An FRR box comes up: packet filter first, then routing, then the door.
set -u
# A commit that was never confirmed goes back before anything starts (netctl's on-box commit).
if [ -e /var/lib/netctl/commit.sh ]; then sh /var/lib/netctl/commit.sh boot; fi
nft --file /etc/netctl/management.nft
install -d -o frr -g frr /run/frr
for daemon in zebra staticd bgpd isisd bfdd vrrpd; do
    /usr/lib/frr/$daemon -d -P 0 -u frr -g frr
done
vtysh -b
install -d /run/sshd
/usr/sbin/sshd
