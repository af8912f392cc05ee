"""Names and zones.

E100 (declared), E101 (data), E102 and E103 (on name servers, in updates and transfers), E1050 (servers as boxes), E106
(signed), E107 (who writes).
"""

from __future__ import annotations

from typing import Any

from netctl.errors.tree import DeviceError, NetworkError, OutcomeUnknown, PushFailed, Refused


class DnsNotDeclared(NetworkError):
    """The network declares no names."""

    code = "NETCTL-E1000"
    default_hint = "declare servers, a policy and zones in dns/; docs/dns.md shows how"


class ZoneNameInvalid(NetworkError):
    """A domain name cannot be written on the wire."""

    code = "NETCTL-E1010"
    default_hint = "labels have 1 to 63 octets, a name 255; a backslash stands before what is no letter, digit, - or _"


class RecordInvalid(NetworkError):
    """A record's type or data is not what its type takes."""

    code = "NETCTL-E1011"
    default_hint = "write the data as in a master file (RFC 1035 section 5.1)"


class BulkZoneInvalid(NetworkError):
    """A bulk zone has errors; `findings` holds every one of them with its line."""

    code = "NETCTL-E1012"
    default_hint = "every error is listed with its line"

    def __init__(self, message: str, *, findings: tuple[Any, ...] = (), where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.findings = findings


class TransferMalformed(DeviceError):
    """A name server's answer breaks the rules of its format."""

    code = "NETCTL-E1020"
    default_hint = "nothing was taken over; look at the server's log and version, and at what stands between"


class UpdateTooLarge(Refused):
    """What must happen at once does not fit into one update message."""

    code = "NETCTL-E1021"
    default_hint = "change the zone in two steps, or swap the whole zone"


class NameOfAnother(Refused):
    """A zone would hold a name that belongs to another zone or to nobody: nobody adds names under another's zone."""

    code = "NETCTL-E1022"
    default_hint = "nothing was sent; declare the name in the zone it belongs to"


class NameOutsideZone(Refused):
    """An update has a name that is not in the zone."""

    code = "NETCTL-E1024"
    default_hint = "declare the name in the zone it belongs to"


class ZoneMoved(Refused):
    """A zone was changed by somebody else since it was read: its SOA is another one."""

    code = "NETCTL-E1025"
    default_hint = "plan again: nothing of theirs was overwritten"


class UpdateIgnored(Refused):
    """The server would answer that all is well, and leave a part of an update out (RFC 2136 section 3.4.2)."""

    code = "NETCTL-E1026"
    default_hint = "make the change in two plans, or change what is declared"


class UpdateTakenBack(PushFailed):
    """An update of a zone stopped, and what had been applied of it was taken back."""

    code = "NETCTL-E1027"
    default_hint = "the zone is as it was; its serial has risen"


class ZoneUnknown(OutcomeUnknown):
    """What a server holds of an update cannot be told, or could not be taken back."""

    code = "NETCTL-E1028"
    default_hint = "`netctl dns plan` shows what the zone holds now; decide by hand what it should hold"


class ZoneBusy(Refused):
    """An update of this zone is under way, or waits to be confirmed."""

    code = "NETCTL-E1029"
    default_hint = "confirm it or take it back first"


class NameServerUnreachable(DeviceError):
    """No connection to a name server on any of its addresses."""

    code = "NETCTL-E1030"
    default_hint = "is the server up, and does a filter let TCP port 53 pass from here?"


class NameServerSilent(DeviceError):
    """A name server did not answer within the deadline."""

    code = "NETCTL-E1031"
    default_hint = "is the server overloaded, or stopped? its own log says more"


class NameServerRefused(DeviceError):
    """A name server answered REFUSED: it knows the key, and this key may not do this."""

    code = "NETCTL-E1032"
    default_hint = "check what the server's configuration allows this key, and which view it leads to"


class NotAuthoritative(DeviceError):
    """A name server does not have the zone (NOTAUTH)."""

    code = "NETCTL-E1033"
    default_hint = "check `dns/servers.yaml`, and that the server has loaded the zone"


class NameServerFailed(DeviceError):
    """A name server could not do what it was asked (SERVFAIL, FORMERR, NOTZONE and the like)."""

    code = "NETCTL-E1034"
    default_hint = "the server's own log says why"


class KeyRefused(DeviceError):
    """A TSIG key or a signature made with it is not accepted (BADKEY, BADSIG), by the server or by us."""

    code = "NETCTL-E1035"
    default_hint = "compare the key's name, algorithm and secret on both sides"


class ClocksApart(DeviceError):
    """The clocks here and on the name server are too far apart for TSIG (BADTIME)."""

    code = "NETCTL-E1036"
    default_hint = "see that both hosts follow their NTP servers: TSIG allows 300 s"


class AnswerCutShort(DeviceError):
    """A name server closed the connection in the middle of an answer."""

    code = "NETCTL-E1037"
    default_hint = "try again; if it happens again, the server's own log says why"


class SecondaryBehind(DeviceError):
    """A secondary does not serve what the primary serves, by the deadline."""

    code = "NETCTL-E1038"
    default_hint = "does the primary notify it, and may it transfer the zone?"


class ZoneReadBackDiffers(PushFailed):
    """After an update, the zone that is served is not the one that was meant."""

    code = "NETCTL-E1039"
    default_hint = "somebody else may write to the zone: plan again"


class ServerNotManaged(Refused):
    """A name server that others configure: it is declared without a management address."""

    code = "NETCTL-E1051"


class DsOfNoKey(Refused):
    """A change would leave a zone with a DS that is of none of its keys: whoever validates would refuse all of it."""

    code = "NETCTL-E1061"
    default_hint = "`netctl dns dnssec ZONE` says which keys it has, and which DS is due"


class PromotionRefused(Refused):
    """A primary is not made the one that writes: two might write then, or none."""

    code = "NETCTL-E1070"


class ChangesWouldBeLost(Refused):
    """The primary that shall write lacks changes that another server has."""

    code = "NETCTL-E1071"
    default_hint = "`--losing-changes ZONE@VIEW` for each of them gives them up; `netctl plan` shows them afterwards"


class PromotionOutdated(Refused):
    """What was shown of a promotion is not what it would do now."""

    code = "NETCTL-E1072"
    default_hint = "say it without --digest, and read it again"


class PromotionStopped(PushFailed):
    """A promotion stopped in the middle; every step it took is in the audit log."""

    code = "NETCTL-E1073"
    default_hint = "say it again: it goes on from what the servers hold"


class TwoWriters(OutcomeUnknown):
    """A primary that should stand by takes updates, or has changes of its own."""

    code = "NETCTL-E1074"
    default_hint = "`netctl dns promote` of the one that writes makes the other its copy, and shows what it holds alone"


class ZoneFrozen(Refused):
    """Somebody holds the updates of a zone back on its server (`rndc freeze`): nothing was changed."""

    code = "NETCTL-E1075"
    default_hint = "`rndc thaw` on the server lets them in again"
