"""The records of one zone file → sets of wire data, each record with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from netctl.errors import RecordInvalid
from netctl.inventory.findings import KeyPath
from netctl.services.dns import codes
from netctl.services.dns.declared import DeclaredSet
from netctl.services.dns.documents import RecordsDocument, ZoneDocument
from netctl.services.dns.origins import Origin
from netctl.services.dns.resolve import Resolver
from netctl.zones import names, records
from netctl.zones.data import MADE_BY_SERVER, SOA, Name

TXT, SPF, DS = 16, 99, 43


class RecordReader:
    """Reads what one file declares; what is wrong is reported to `resolver`."""

    def __init__(self, resolver: Resolver, file: str, origin: Name, views: Sequence[str]) -> None:
        self._resolver = resolver
        self._file = file
        self._origin = origin
        self._views = views

    def ds(self, body: ZoneDocument) -> Iterator[bytes]:
        """The DS records of the zone's keys."""
        for index, text in enumerate(body.ds or ()):
            made = None if text is None else self._data(DS, text, ("ds", index))
            if made is not None:
                yield made

    def records(self, body: ZoneDocument) -> Iterator[DeclaredSet]:
        """Everything below `records:`."""
        for text, types in (body.records or {}).items():
            at: KeyPath = ("records", text)
            owner = self._owner(text, at)
            for word, value in (types or {}).items():
                number = self._type(word, (*at, word))
                for each, place in _groups(value, (*at, word)):
                    self._resolver.known(each.views, self._views, "view of this zone", self._file, (*place, "views"))
                    made = self._set(owner, number, each, place)
                    if made is not None:
                        yield made

    def _owner(self, text: str, at: KeyPath) -> Name | None:
        owner = self._resolver.name(text, self._file, at, self._origin)
        if owner is None or names.is_under(owner, self._origin):
            return owner
        message = f"{text!r} is outside {names.text(self._origin)}"
        hint = "leave the final dot out, or declare it in its own zone"
        self._resolver.report(codes.NOT_ITS_NAME, self._file, at, text, message, hint)
        return None

    def _type(self, word: str, at: KeyPath) -> int | None:
        """The number of a type that people may declare; None after reporting why not."""
        try:
            number = records.type_number(word)
        except RecordInvalid as error:
            self._resolver.report(error.code, self._file, at, word, error.message, error.hint)
            return None
        if number != SOA and number not in MADE_BY_SERVER:
            return number
        who = "netctl" if number == SOA else "the server"
        hint = "its timers are in dns/policy.yaml" if number == SOA else "say `dnssec: true` where a zone is signed"
        self._resolver.report(codes.MADE_BY_NETCTL, self._file, at, word, f"{word} records are made by {who}", hint)
        return None

    def _set(self, owner: Name | None, number: int | None, body: RecordsDocument, at: KeyPath) -> DeclaredSet | None:
        values = [body.values] if isinstance(body.values, str) else (body.values or [])
        rdatas: list[bytes] = []
        origins: list[Origin] = []
        for index, text in enumerate(values):
            if text is None or number is None:
                continue
            place = (*at, index)
            made = self._data(number, text, place)
            if made is not None:
                rdatas.append(made)
                origins.append(Origin(self._file, place))
        if owner is None or number is None or not rdatas:
            return None
        views = None if body.views is None else tuple(body.views)
        return DeclaredSet(owner, number, body.ttl, tuple(rdatas), views, tuple(origins))

    def _data(self, number: int, text: str, at: KeyPath) -> bytes | None:
        """Wire data of one record; unquoted TXT is one text, cut at 255 octets. None after reporting why not."""
        try:
            if number in {TXT, SPF} and (single := _one_text(text)) is not None:
                return records.strings(single.encode())
            return records.rdata(number, text, self._origin)
        except RecordInvalid as error:
            self._resolver.report(error.code, self._file, at, text, error.message, error.hint)
            return None


def _groups(value: object, at: KeyPath) -> Iterator[tuple[RecordsDocument, KeyPath]]:
    """What is written for one owner and type, as groups that share a TTL and views."""
    match value:
        case str():
            yield RecordsDocument([value]), at
        case RecordsDocument():
            yield value, at
        case list():
            for index, each in enumerate(value):
                if isinstance(each, RecordsDocument):
                    yield each, (*at, index)
            plain = [each if isinstance(each, str) else None for each in value]
            if any(plain):
                yield RecordsDocument(plain), at  # type: ignore[arg-type]  # None: elsewhere, or already reported


def _one_text(text: str) -> str | None:
    """The text that a TXT value is as a whole; None where it is written as a master file has it."""
    if not text.startswith('"'):
        return text
    inner = text[1:-1]
    return inner if text.endswith('"') and len(text) > 1 and '"' not in inner and "\\" not in inner else None
