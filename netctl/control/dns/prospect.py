"""From how name servers are now to what making one of them the writer would do; nothing is changed anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netctl.config.diff import diff_parts
from netctl.control.dns.losses import Losses
from netctl.control.dns.outlook import Loss, Outlook, ServerTurn, Turn, Way, ZoneSerials
from netctl.control.dns.survey import Box, Survey, Surveyor
from netctl.devices.router import COMMIT_PREFIX
from netctl.errors import NetctlError
from netctl.model.plan import DiffLine
from netctl.model.promotion import Promotion

OURS = f"{COMMIT_PREFIX}promotion-"
"""What tokens of commits begin with that a promotion makes."""

_SAID: dict[Turn, str] = {
    "writes": "{0} becomes the one that takes updates; every zone's serial rises there",
    "copies, then writes": "{0} becomes a copy of {1} until it is level, then the one that takes updates",
    "stands back": "{0} takes no more updates and becomes a copy",
    "copies": "{0} becomes a copy",
    "follows": "{0} copies from {1} first",
}


@dataclass(frozen=True, slots=True)
class Prospect:
    """What would happen, and the survey it follows from."""

    outlook: Outlook
    survey: Survey


def prospect(surveyor: Surveyor, server: str, latest: Promotion | None, *, wrote: bool = False) -> Prospect:
    """What it would take to make `server`, a primary, the one that writes.

    `latest` is what the store says of who writes; `wrote` that its server came to write before it stopped.
    """
    survey = surveyor.survey(server)
    former = _former(survey, server, latest, wrote=wrote)
    way = _way(survey, server, former)
    turns = tuple(_turns(surveyor, survey, server, former, way))
    losses, unread = _losses(surveyor, survey, server, former, way)
    turns = tuple(_unread(each, unread) for each in turns)
    if way == "others" and all(each.turn in ("stays", "by others", "left", "owed") for each in turns):
        way = "nothing" if all(each.turn != "owed" for each in turns) else way
    open_writes = tuple(
        f"{each.place} since {each.begun_at} by {each.owner}"
        for each in surveyor.notes().open_writes()
        if each.place.server == former != server
    )
    outlook = Outlook(
        server=server,
        former=former,
        way=way,
        servers=turns,
        zones=tuple(_zones(survey)),
        losses=losses,
        open_writes=open_writes,
        refusals=tuple(_refusals(survey, server, former, way, open_writes)),
        warnings=tuple(_warnings(survey, server, former)),
        order=tuple(_order(turns, server, former)),
        under_way=latest is not None and latest.state == "begun" and latest.server == server,
    )
    return Prospect(outlook, survey)


def _former(survey: Survey, server: str, latest: Promotion | None, *, wrote: bool) -> str:
    """Who writes now, as far as anybody knows."""
    if latest is not None and latest.state == "begun":
        box = survey.boxes.get(latest.server)
        perhaps = latest.server != server and (box is None or box.running is None or box.writes)
        return latest.server if wrote or perhaps else latest.former
    if latest is not None and not latest.as_declared and latest.server in survey.boxes:
        writer = latest.server
    else:
        view = next(iter(survey.declared.servers[server].views), "")
        writer = next(each.name for each in survey.declared.primaries(view))
    follows = survey.boxes[server].follows
    if writer == server and follows and server not in follows:  # somebody made it a copy behind netctl's back
        return min(follows)
    return writer


def _way(survey: Survey, server: str, former: str) -> Way:
    if former == server:
        return "others"
    return "takeover" if former not in survey.boxes or survey.boxes[former].running is None else "handover"


def _turns(surveyor: Surveyor, survey: Survey, server: str, former: str, way: Way) -> Iterator[ServerTurn]:
    order = {server: 0, former: 1}
    for name in sorted(survey.boxes, key=lambda each: order.get(each, 2)):
        box = survey.boxes[name]
        turn = _turn(box, survey, server, former, way)
        wanted = former if turn == "copies, then writes" else server
        diff = () if turn in ("stays", "owed", "by others", "left") else _diff(surveyor, box, wanted)
        answers = None if box.server.role == "resolver" else survey.answers(name)
        writes = None if box.running is None else box.writes
        role = f"{box.server.role} ({box.server.standing})" if box.server.standing else box.server.role
        yield ServerTurn(name, box.server.software, role, answers, writes, turn, diff, box.error)


def _turn(box: Box, survey: Survey, server: str, former: str, way: Way) -> Turn:
    if len(box.follows) > 1:
        return "stays"
    if not box.server.management_address:
        return "by others"
    if box.running is None:
        return "owed"
    if box.server.name == server and way != "others":
        apart = way == "handover" and survey.boxes[former].writes and former not in box.follows
        return "copies, then writes" if apart else "writes"
    return _turn_of_another(box, server, former, way)


def _turn_of_another(box: Box, server: str, former: str, way: Way) -> Turn:
    if server in box.follows:
        return "stays"
    if not box.follows:
        return "left"
    if box.server.name == former and way == "handover":
        return "stands back"
    return "copies" if box.server.role == "primary" else "follows"


def _diff(surveyor: Surveyor, box: Box, writer: str) -> tuple[DiffLine, ...]:
    """What changes in a server's files."""
    return diff_parts(box.running or (), surveyor.configurations.parts(box.server.name, writer), None)


def _losses(
    surveyor: Surveyor, survey: Survey, server: str, former: str, way: Way
) -> tuple[tuple[Loss, ...], dict[str, str]]:
    """What would be lost, and of whom it cannot be said: nobody makes those copies."""
    found = Losses(survey, surveyor.notes(), float(surveyor.settings.command_timeout))
    losses: list[Loss] = list(found.missing(server)) if way == "takeover" else []
    unread: dict[str, str] = {}
    writer = former if way == "handover" else server
    for name, box in survey.boxes.items():
        if not box.writes or name == writer:
            continue
        losses = [each for each in losses if each.holder != name]
        try:
            losses += found.unseen(name, writer)
        except NetctlError as error:
            unread[name] = str(error)
    return tuple(losses), unread


def _unread(turn: ServerTurn, unread: dict[str, str]) -> ServerTurn:
    """A server whose own changes nobody can read keeps them: it is not made a copy yet."""
    if turn.server not in unread or turn.turn not in ("copies", "copies, then writes"):
        return turn
    return ServerTurn(turn.server, turn.software, turn.role, turn.answers, turn.writes, "owed", (), unread[turn.server])


def _zones(survey: Survey) -> Iterator[ZoneSerials]:
    for (view, zone), places in survey.zones.items():
        serials = []
        for place in places:
            serial = survey.serials[place]
            told = (serial, "") if isinstance(serial, int) else (None, str(serial))
            serials.append((place.server.name, *told))
        yield ZoneSerials(f"{zone.rstrip('.')}.", view, tuple(serials))


def _refusals(survey: Survey, server: str, former: str, way: Way, open_writes: tuple[str, ...]) -> Iterator[str]:
    mine = survey.boxes[server]
    for box in (mine, *((survey.boxes[former],) if way == "handover" else ())):
        name = box.server.name
        if not box.server.management_address:
            yield f"{name} has no management address: netctl does not configure it"
        elif box.running is None:
            yield f"the configuration of {name} cannot be read: {box.error}"
        elif not box.follows:
            yield f"{name} is not configured as declared, whoever writes: `netctl plan {name}` shows how it differs"
        if box.pending and not box.pending.startswith(OURS):
            yield f"on {name} commit {box.pending} waits to be confirmed"
    if way in ("takeover", "handover") and not survey.answers(server):
        yield f"{server} answers no question about its zones"
    if way == "takeover" and survey.answers(former):
        yield f"{former} still answers, and cannot be configured: two might take updates; end it or cut it off first"
    if way == "handover":
        for each in open_writes:
            yield f"a write is not settled yet: {each}"


def _warnings(survey: Survey, server: str, former: str) -> Iterator[str]:
    views = set(survey.declared.servers[server].views)
    left = [each for each in getattr(survey.declared.servers.get(former), "views", ()) if each not in views]
    if left:
        yield f"{server} does not serve {', '.join(left)}: nobody else writes zones of that view"
    signed = [zone.name for zone in survey.declared.zones if zone.dnssec and views.intersection(zone.views)]
    if signed and former != server:
        yield (
            f"{', '.join(signed)}: {server} signs with keys of its own; "
            "until the DS above is theirs, resolvers that validate refuse these zones"
        )


def _order(turns: tuple[ServerTurn, ...], server: str, former: str) -> Iterator[str]:
    """Steps in words; the one that stands back comes before the one that begins to write."""
    first = sorted(turns, key=lambda each: (each.turn != "copies, then writes", each.turn != "stands back"))
    for each in first:
        if each.turn in _SAID:
            other = former if each.turn == "copies, then writes" else server
            yield _SAID[each.turn].format(each.server, other)
    if any(each.turn in _SAID for each in turns):
        yield f"every server that can be reached serves what {server} serves"
    for each in turns:
        if each.turn == "owed":
            yield f"{each.server}: to be done when it is back: say the same again"
