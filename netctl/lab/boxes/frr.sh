#!/bin/sh
# An FRR box comes up: packet filter first, then routing, then the door.
set -u
# A commit that was never confirmed goes back before anything starts (netctl's on-box commit).
if [ -e /var/lib/netctl/commit.sh ]; then sh /var/lib/netctl/commit.sh boot; fi
# The table made anew: what went back just now may have loaded it already, and loading adds.
{ echo 'table inet netctl'; echo 'delete table inet netctl'; cat /etc/netctl/management.nft; } | nft --file -
install -d -o frr -g frr /run/frr
for daemon in zebra staticd bgpd isisd bfdd vrrpd; do
    /usr/lib/frr/$daemon -d -P 0 -u frr -g frr
done
vtysh -b
chronyd -x
install -d /run/sshd
/usr/sbin/sshd
