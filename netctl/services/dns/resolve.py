"""Documents → servers, keys, views and policy. A None in a document means "already reported" and is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from ipaddress import ip_address, ip_network

from netctl.errors import ZoneNameInvalid
from netctl.inventory.explain import did_you_mean
from netctl.inventory.findings import KeyPath, Problem
from netctl.model.dns import NameServer, TransactionKey, View
from netctl.model.network import Network, Source
from netctl.services.dns import codes, management
from netctl.services.dns.declared import Delegation, Limits, Policy, Timers, Waiver
from netctl.services.dns.documents import ServerDocument, WaiverDocument
from netctl.services.dns.origins import Origin, Places
from netctl.services.dns.reading import POLICY, SERVERS, VIEWS, DnsReading
from netctl.services.dns.reverse import NoCut, zone_of_prefix
from netctl.services.dns.rules import RULES
from netctl.services.dns.signing import policies
from netctl.zones import names
from netctl.zones.data import Name

_PREFIX = re.compile(r"([0-9]+\.[0-9]+\.[0-9]+\.[0-9]+|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)/[0-9]+\Z")


class Resolver:
    """One pass over what was read; `problems` collects what is wrong between the files."""

    def __init__(self, reading: DnsReading, network: Network) -> None:
        self.reading = reading
        self.network = network
        self.places = Places(reading.texts)
        self.problems: list[Problem] = []
        self.domain = names.wire(network.domain)

    def report(  # noqa: PLR0917 - the fields of a problem in their order
        self, code: str, file: str, at: KeyPath, value: object, message: str, hint: str = ""
    ) -> None:
        """Keep one problem."""
        self.problems.append(Problem(code, file, at, value, message, hint))

    def known(
        self, words: Iterable[str | None] | None, known: Iterable[str], noun: str, file: str, at: KeyPath
    ) -> None:
        """Report each word that is not among the known ones."""
        among = set(known)
        for word in words or ():
            if word is not None and word not in among:
                self.report(
                    "NETCTL-E0111", file, at, word, f"{noun} {word!r} is not declared", did_you_mean(word, among)
                )

    def name(self, text: str | None, file: str, at: KeyPath, origin: Name = b"") -> Name | None:
        """A name on the wire, or None after reporting why not."""
        if text is None:
            return None
        try:
            return names.wire(text, origin)
        except ZoneNameInvalid as error:
            self.report(error.code, file, at, text, error.message, error.hint)
            return None

    def source(self, file: str, at: KeyPath) -> Source:
        """Where something was declared."""
        return Source(file, self.places.line(Origin(file, at)))

    def servers(self) -> dict[str, NameServer]:
        """All servers by name."""
        found: dict[str, NameServer] = {}
        declared = self.reading.servers.servers or {}
        managed, problems = management.addresses(declared, self.network)
        self.problems += management.routers_names(declared, self.network)
        self.problems += [*problems, *management.strangers_among_keys(self.reading.host_keys, declared)]
        for name, body in declared.items():
            at = ("servers", name)
            self.known([body.centre], self.network.centres, "centre", SERVERS, (*at, "centre"))
            self.known(body.views, self.reading.views, "view", SERVERS, (*at, "views"))
            if self._addresses(body, at) and None not in {body.software, body.role, body.port}:
                found[name] = self._server(name, body, at, managed.get(name, ""))
        self._standing(found)
        return found

    def _addresses(self, body: ServerDocument, at: KeyPath) -> bool:
        usable = body.addresses is not None
        for index, text in enumerate(body.addresses or ()):
            try:
                ip_address(text or "::")
            except ValueError:
                self.report("NETCTL-E0120", SERVERS, (*at, "addresses", index), text, f"{text!r} is not an address")
                usable = False
            usable = usable and text is not None
        return usable

    def _server(self, name: str, body: ServerDocument, at: KeyPath, managed: str) -> NameServer:
        views = tuple(body.views or sorted(self.reading.views, key=self._order))
        standing = (body.standing or "main") if body.role == "primary" else ""
        return NameServer(
            name=name,
            host=f"{name}.{self.network.domain}.",
            software=body.software,
            role=body.role,
            standing=standing,
            centre=body.centre or "",
            addresses=tuple(str(ip_address(each)) for each in body.addresses),
            port=body.port,
            views=views,
            source=self.source(SERVERS, at),
            management_address=managed,
            host_keys=tuple(filter(None, self.reading.host_keys.get(name) or ())),
        )

    def _standing(self, servers: Mapping[str, NameServer]) -> None:
        """Report what is declared of who writes where it cannot be meant."""
        mains = [each for each in servers.values() if each.standing == "main"]
        for server in mains[1:]:
            if set(server.views) & set(mains[0].views):
                message = f"{server.name} and {mains[0].name} are both main primaries of one view"
                at = ("servers", server.name)
                self.report(
                    codes.NOT_SERVED, SERVERS, at, server.name, message, "say `standing: backup` for one of them"
                )
        for name, body in (self.reading.servers.servers or {}).items():
            if body.standing is not None and body.role not in {"primary", None}:
                message = f"{name} is a {body.role}: only primaries have a standing"
                self.report("NETCTL-E0110", SERVERS, ("servers", name, "standing"), body.standing, message)

    def keys(self) -> dict[str, TransactionKey]:
        """All keys by their name on the wire, as text with a final dot."""
        found: dict[str, TransactionKey] = {}
        for text, body in (self.reading.servers.keys or {}).items():
            wire = self.name(text, SERVERS, ("keys", text))
            if wire is None or None in {body.algorithm, body.secret, body.purpose}:
                continue
            name, source = names.text(wire), self.source(SERVERS, ("keys", text))
            if name in found:
                message = f"key {text!r} is declared twice"
                self.report(
                    "NETCTL-E0112", SERVERS, ("keys", text), text, message, "letters of both cases are one name"
                )
            found[name] = TransactionKey(name, body.algorithm, body.secret, body.purpose, source)
        self._shared_secrets(found)
        return found

    def _shared_secrets(self, keys: Mapping[str, TransactionKey]) -> None:
        """Who may copy a zone must not be able to change it: a secret serves one purpose."""
        purposes: dict[str, TransactionKey] = {}
        for key in keys.values():
            other = purposes.setdefault(key.secret, key)
            if other.purpose != key.purpose:
                message = f"secret {key.secret!r} is for {other.purpose} and for {key.purpose}"
                at = ("keys", key.name.rstrip("."))
                self.report(
                    codes.WRONG_PURPOSE, SERVERS, at, key.secret, message, "a secret of its own for each purpose"
                )

    def views(self, keys: Mapping[str, TransactionKey]) -> dict[str, View]:
        """All views in the order in which they are tried."""
        found: dict[str, View] = {}
        orders: dict[int, str] = {}
        for name in sorted(self.reading.views, key=self._order):
            body = self.reading.views[name]
            if body.order is not None and (other := orders.setdefault(body.order, name)) != name:
                message = f"views {other!r} and {name!r} have the same order"
                self.report(
                    "NETCTL-E0113", VIEWS, (name, "order"), body.order, message, "the order decides who sees what"
                )
            used = tuple(self._view_key(name, text, keys) for text in body.keys or ())
            clients = tuple(self._client(name, index, text) for index, text in enumerate(body.clients or ()))
            closed = body.closed or False
            source = self.source(VIEWS, (name,))
            found[name] = View(
                name, body.order or 0, closed, tuple(filter(None, clients)), tuple(filter(None, used)), source
            )
        return found

    def _order(self, name: str) -> tuple[int, str]:
        return self.reading.views[name].order or 0, name

    def _view_key(self, view: str, text: str | None, keys: Mapping[str, TransactionKey]) -> str:
        wire = self.name(text, VIEWS, (view, "keys"))
        if wire is None:
            return ""
        name = names.text(wire)
        if name not in keys:
            self.known([name], keys, "key", VIEWS, (view, "keys"))
        elif keys[name].purpose == "update":
            message = f"key {text!r} is for updates: whoever asks with it would be able to write"
            self.report(codes.WRONG_PURPOSE, VIEWS, (view, "keys"), text, message, "declare a key with purpose: view")
        return name

    def _client(self, view: str, index: int, text: str | None) -> str:
        if text is None:
            return ""
        try:
            return str(ip_network(text))
        except ValueError as error:
            at = (view, "clients", index)
            self.report("NETCTL-E0120", VIEWS, at, text, f"{text!r} is not a prefix: {error}")
            return ""

    def policy(self) -> Policy | None:
        """The policy, or None where its file cannot be told."""
        body = self.reading.policy
        if body.soa is None or body.servers is None or POLICY in self.reading.unread:
            return None
        mailbox = self.name(body.soa.mailbox, POLICY, ("soa", "mailbox"))
        for kind in ("forward", "reverse"):
            chosen = getattr(body.servers, kind)
            self.known(chosen, self.reading.servers.servers or {}, "server", POLICY, ("servers", kind))
        timers = (body.soa.refresh, body.soa.retry, body.soa.expire, body.soa.minimum)
        limits = (body.limits.deletions, body.limits.deleted_percent) if body.limits else (None, None)
        delegations = self.delegations(body.delegate, names.ROOT, POLICY, ("delegate",))
        waivers = [self._waiver(each, index) for index, each in enumerate(body.waivers or ()) if each is not None]
        if mailbox is None or None in {*timers, *limits, body.ttl}:
            return None
        return Policy(
            Timers(mailbox, *timers),
            body.ttl,
            Limits(body.limits.deletions, body.limits.deleted_percent),
            tuple(delegations),
            tuple(each for each in waivers if each is not None),
            policies(body.signing or {}, self.problems.append),
        )

    def _waiver(self, body: WaiverDocument, index: int) -> Waiver | None:
        at = ("waivers", index)
        zone = self.name(body.zone, POLICY, (*at, "zone"))
        name = self.name(body.name, POLICY, (*at, "name"), zone or names.ROOT)
        self.known([body.rule], RULES, "rule", POLICY, (*at, "rule"))
        if None in {body.rule, zone, body.until, body.reason} or (body.name is not None and name is None):
            return None
        try:
            until = date.fromisoformat(body.until)
        except ValueError:
            self.report("NETCTL-E0110", POLICY, (*at, "until"), body.until, f"{body.until} is no day of the calendar")
            return None
        return Waiver(body.rule, zone or b"", name or b"", until, body.reason, Origin(POLICY, at))

    def delegations(
        self, body: Mapping[str, str | None] | None, origin: Name, file: str, at: KeyPath
    ) -> list[Delegation]:
        """Leave that is given to organisations, for names within `origin` or for prefixes."""
        found: list[Delegation] = []
        for text, organisation in (body or {}).items():
            self.known([organisation], self.network.organisations, "organisation", file, (*at, text))
            name = self._name_or_prefix(text, origin, file, (*at, text))
            if name is None or organisation is None:
                continue
            if name == origin or not names.is_under(name, origin):
                message = f"{text!r} is not below {names.text(origin)}"
                self.report(codes.NOT_ITS_NAME, file, (*at, text), text, message, "a zone delegates names within it")
                continue
            found.append(Delegation(name, organisation, Origin(file, (*at, text))))
        return found

    def _name_or_prefix(self, text: str, origin: Name, file: str, at: KeyPath) -> Name | None:
        if _PREFIX.match(text):
            try:
                return zone_of_prefix(text)[0]
            except NoCut as error:
                self.report(codes.NO_CUT, file, at, text, str(error), error.hint)
                return None
        return self.name(text, file, at, origin)
