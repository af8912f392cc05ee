#!/bin/sh
# A host on a LAN: the kernel answers echo requests; one that serves time was given a chrony.conf of its own.
if grep -qs '^local ' /etc/chrony/chrony.conf; then chronyd -x; fi
