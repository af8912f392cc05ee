"""The ways into a target: platforms, drivers, host keys, sessions. Only here are SSH, NETCONF and NAPALM known."""

import logging

# What goes wrong in these libraries reaches us as exceptions. Python would print what they log besides to stderr, with
# tracebacks, where nobody has configured logging; a program that wants it still gets it by its own handlers.
for _library in ("netctl.ssh", "paramiko", "ncclient", "netmiko"):
    logging.getLogger(_library).addHandler(logging.NullHandler())
