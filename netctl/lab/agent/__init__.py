"""Runs inside a NETCONF router of the lab: what the datastore `running` holds, this box does.

::

    session.py     a NETCONF session with the server on this box, over its own subsystem program
    document.py    the datastore's XML → what the box must be
    frr.py         ... → FRR's configuration
    apply.py       ... → FRR, the packet filter, the hostname and files of this box
    __main__.py    follow running for ever

Every lab box runs Debian's own Python and nothing else: this package needs only the standard library, imports nothing
of netctl, and is copied into the box as ``netctl_agent``.
"""
