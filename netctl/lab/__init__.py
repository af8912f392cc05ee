"""The declared network made of real daemons: one network, mount, process and hostname namespace per host.

::

    topology.py     Network + intents → hosts, cables, segments (pure data)
    nameservers.py  which declared name servers stand in it, and who asks them
    machine.py      may this machine raise a lab at all
    place.py        the two folders of a lab: what is kept under NETCTL_HOME, what lives and dies under /run
    kernel.py       what the kernel holds of a lab: namespaces, processes, mounts; and taking it away
    wiring.py       topology → `ip` commands
    seed.py         the files a box starts with
    hosts.py        boot, stop and enter one host
    faults.py       power loss, cut lines, and healing them
    waiting.py      until boxes answer, until sessions are up, until packets arrive
    answering.py    until name servers answer
    raising.py      all of it in order
    record.py       what a raised lab writes down
    reports.py      what the use cases answer
    keys.py         SSH keys, and secrets of name servers
    boxes/          the scripts a host boots with
    agent/          runs inside a NETCONF router: follows its running datastore, applies it to FRR and the kernel

`netctl.control.lab` puts them together.
"""
