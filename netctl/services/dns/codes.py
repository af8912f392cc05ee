"""What can be wrong with the files of `dns/` beyond their shape: codes of findings, never renumbered, never reused."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

NAME_INVALID = "NETCTL-E1010"
RECORD_INVALID = "NETCTL-E1011"
BULK_INVALID = "NETCTL-E1012"
MADE_BY_NETCTL = "NETCTL-E1002"
NO_LEAVE = "NETCTL-E1003"
NOT_ITS_NAME = "NETCTL-E1004"
NO_CUT = "NETCTL-E1005"
NOT_SERVED = "NETCTL-E1006"
ZONE_TWICE = "NETCTL-E1007"
WRONG_PURPOSE = "NETCTL-E1008"
RULE_BROKEN = "NETCTL-E1019"
NOT_MANAGED_HERE = "NETCTL-E1050"
NAME_OF_A_ROUTER = "NETCTL-E1052"
SIGNING = "NETCTL-E1060"

CODES: Mapping[str, str] = MappingProxyType({
    MADE_BY_NETCTL: "a record that netctl or a server makes itself",
    NO_LEAVE: "a zone that nobody gave its organisation leave for",
    NOT_ITS_NAME: "a name outside its zone, or in another's",
    NO_CUT: "a prefix that no reverse zone can be cut at",
    NOT_SERVED: "a zone or view that no server serves",
    ZONE_TWICE: "a zone declared twice for one view, or by two organisations",
    WRONG_PURPOSE: "a key used for what it is not meant for",
    NAME_INVALID: "a domain name that cannot be written on the wire",
    RECORD_INVALID: "record data that its type does not take",
    BULK_INVALID: "a bulk zone that cannot be read",
    NOT_MANAGED_HERE: "a management address that cannot be a name server's",
    NAME_OF_A_ROUTER: "a name server that has a router's name",
    SIGNING: "a way of signing zones that cannot hold",
    RULE_BROKEN: "a zone breaks a rule; `netctl dns lint` lists every finding",
})  # fmt: skip
