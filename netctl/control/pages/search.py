"""One box that finds everything: routers, sites, organisations, who has an address, changes and problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from itertools import islice
from typing import Literal

from netctl.change.roles import reach, reaches
from netctl.control.dns.book import NamesBook
from netctl.control.network.atlas import Atlas, Reach
from netctl.control.pages.names_search import names_found, pointers_found, zones_found
from netctl.errors import UnknownChange, UnknownProblem
from netctl.model.change import Change
from netctl.model.network import Device, Organisation, Site
from netctl.model.watch import Problem
from netctl.store import Books, Store
from netctl.store.changes import Titled

MOST = 20
"""Hits of one kind that are shown; `more` names the kinds that have others."""

LONGEST = 200
"""Characters of a question; what is longer finds nothing."""

SHORTEST = 2
"""Characters of a word that titles are searched for."""

MOST_TITLED = 100
"""Changes with the word in their title of which those within the user's reach are shown: the newest."""

Kind = Literal["device", "site", "organisation", "address", "prefix", "zone", "name", "change", "problem"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: `id` names it for its page, `title` says what it is, `detail` where it is or how it stands."""

    kind: Kind
    id: str
    title: str
    title_ja: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits by kind, the nearest first; `more` are kinds of which there are others."""

    query: str
    hits: tuple[Hit, ...]
    more: tuple[Kind, ...] = ()


def search(
    store: Store, atlas: Atlas, *, user: str, query: str, most: int = MOST, names: NamesBook | None = None
) -> Found:
    """What a question may mean, within the user's reach. Nothing for an empty question.

    `names` are searched where the network declares some.
    """
    asked = query.strip()
    if not asked or len(asked) > LONGEST:
        return Found(query, ())
    with store.reading() as books:
        seen = reach(books.users.get(user), "show")
        groups: list[tuple[Kind, Iterable[Hit]]] = [
            ("change", _changes(books, seen, asked)),
            ("problem", _problems(books, seen, asked, most + 1)),
            *_addresses(atlas, seen, asked),
            ("device", _devices(atlas, seen, asked)),
            ("site", _sites(atlas, seen, asked)),
            ("organisation", _organisations(atlas, seen, asked)),
            *(_names(names, seen, asked) if names is not None else ()),
        ]
        hits: list[Hit] = []
        more: list[Kind] = []
        for kind, found in groups:
            some = list(islice(found, most + 1))
            hits += some[:most]
            if len(some) > most:
                more.append(kind)
    return Found(query, tuple(hits), tuple(more))


def _devices(atlas: Atlas, seen: Reach, asked: str) -> Iterator[Hit]:
    network, wanted = atlas.network, asked.casefold()
    found = [network.devices[name] for name in atlas.devices(seen) if wanted in name]
    places = [network.sites[each.site] if each.site else network.centres[each.centre] for each in found]
    names = [(each.name, place.name, place.name_ja) for each, place in zip(found, places, strict=True)]
    return (_device(atlas, found[index]) for index in _nearest(wanted, names))


def _sites(atlas: Atlas, seen: Reach, asked: str) -> Iterator[Hit]:
    texts, wanted = atlas.texts_of_sites, asked.casefold()
    found = [site for site in atlas.sites(seen) if wanted in texts[site.id]]
    names = [(each.id, each.name, each.name_ja) for each in found]
    return (_site(atlas, found[index]) for index in _nearest(wanted, names))


def _organisations(atlas: Atlas, seen: Reach, asked: str) -> Iterator[Hit]:
    wanted = asked.casefold()
    found = [
        each
        for each in atlas.network.organisations.values()
        if (seen is None or each.id in seen)
        and any(wanted in name for name in (each.id, each.name.casefold(), each.name_ja))
    ]
    names = [(each.id, each.name, each.name_ja) for each in found]
    return (_organisation(atlas, found[index]) for index in _nearest(wanted, names))


def _changes(books: Books, seen: Reach, asked: str) -> Iterator[Hit]:
    found: list[Change | Titled] = []
    with suppress(UnknownChange):
        found.append(books.changes.get(asked))
    if len(asked) >= SHORTEST:
        found += books.changes.titled(asked, MOST_TITLED)
    for change in {each.id: each for each in found}.values():  # a number may stand in its own title
        if reaches(seen, books.plans.organisations(change.plan_digest)):
            yield Hit("change", change.id, change.title, change.title, change.state)


def _problems(books: Books, seen: Reach, asked: str, most: int) -> Iterator[Hit]:
    found: list[Problem] = []
    if asked[:1] in "Pp":
        with suppress(UnknownProblem):
            found.append(books.problems.get(asked))
    found += books.problems.about(asked, most, organisations=seen)
    for problem in dict.fromkeys(found):
        if seen is None or problem.organisation in seen:
            yield Hit("problem", problem.id, problem.code, problem.code, problem.subject)


def _addresses(atlas: Atlas, seen: Reach, asked: str) -> list[tuple[Kind, Iterable[Hit]]]:
    address = _address(asked)
    if address is None:
        return []
    places = atlas.directory.places.get(str(address), ())
    hits = [
        Hit("address", place.device, str(address), str(address), place.port)
        for place in places
        if atlas.sees(seen, place.device)
    ]
    within = atlas.directory.site_of(address)
    if within is None or not (seen is None or within[0].organisation in seen):
        return [("address", hits)]
    site, prefix = within
    return [("address", hits), ("prefix", [Hit("prefix", site.id, site.name, site.name_ja, prefix)])]


def _names(book: NamesBook, seen: Reach, asked: str) -> list[tuple[Kind, Iterable[Hit]]]:
    """Zones and names. What leads to a name is the zone, its view, and how the name is written there."""
    address = _address(asked)
    found = names_found(book, seen, asked) if address is None else pointers_found(book, seen, address)
    return [
        (
            "zone",
            (Hit("zone", f"{of.view} {of.zone}", of.zone, of.zone, of.view) for of in zones_found(book, seen, asked)),
        ),
        (
            "name",
            (
                Hit("name", f"{each.of.view} {each.of.zone} {each.owner}", each.name, each.name, each.records)
                for each in found
            ),
        ),
    ]


def _address(asked: str) -> IPv4Address | IPv6Address | None:
    """An address, or the first one of a prefix."""
    try:
        return ip_address(asked.partition("/")[0].strip("[]"))
    except ValueError:
        return None


def _nearest(wanted: str, things: Sequence[tuple[str, ...]]) -> list[int]:
    """Places in `things`: whole names first, then those that begin so, then all others, each in the order they are in.

    Hits are made of those that are shown: a question of one letter finds thousands.
    """

    def distance(place: int) -> int:
        names = [name.casefold() for name in things[place]]
        return 0 if wanted in names else 1 if any(name.startswith(wanted) for name in names) else 2

    return sorted(range(len(things)), key=distance)


def _device(atlas: Atlas, device: Device) -> Hit:
    network = atlas.network
    place = network.sites[device.site] if device.site else network.centres[device.centre]
    return Hit("device", device.name, place.name, place.name_ja, device.role)


def _site(atlas: Atlas, site: Site) -> Hit:
    return Hit("site", site.id, site.name, site.name_ja, atlas.network.organisations[site.organisation].id)


def _organisation(atlas: Atlas, organisation: Organisation) -> Hit:
    count = len(atlas.sites_of.get(organisation.id, ()))
    return Hit("organisation", organisation.id, organisation.name, organisation.name_ja, str(count))
