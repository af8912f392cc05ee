"""Name servers are watched: real ones that are level, fall behind, fall silent and come back, and zones they sign."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import dns.flags
import dns.message
import dns.opcode
import dns.query
import dns.update
import pytest
from fleet import Fleet
from nameservers import ALGORITHM, SECRETS, TRANSFER, UPDATE, NameServer, bind, keyring, knot
from ports import LOOPBACK, free_port
from networks import ROOT, reference
from stores import fresh
from timepiece import Timepiece

from netctl.control.dns.names import names_of
from netctl.control.watching import grounds
from netctl.control.watching.observe import observe_once
from netctl.inventory import reference_root
from netctl.model.moments import now, read_moment
from netctl.model.names import NamesState, ViewZone
from netctl.model.watch import Problem
from netctl.model.zonewrites import ZoneId
from netctl.settings import Settings
from netctl.store import Store
from netctl.zones.data import ZoneData
from netctl.zones.names import relative
from netctl.zones.records import rdata_text, type_text

RIVERS, FORESTS = "rivers.gov-wan.example", "forests.gov-wan.example"
MAIN = "gov-wan.example"
ZONES = (MAIN, RIVERS, FORESTS)
OF_RIVERS = ViewZone("internal", RIVERS)
SIGNING = "dnssec-policy default; inline-signing no;"


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A copy of the reference network with three zones of one view; it is said where its two servers are."""
    folder = tmp_path / "network"
    for name in ("inventory", "devices", "templates", "dns"):
        shutil.copytree(reference_root() / name, folder / name)
    for file in (folder / "dns" / "zones").glob("*.yaml"):
        if file.stem not in ZONES:
            file.unlink()
    (folder / "dns" / "views.yaml").write_text("internal: {order: 1}\n")
    main = folder / "dns" / "zones" / f"{MAIN}.yaml"
    main.write_text(main.read_text().replace("views: [internal, lgwan]\n", "").split("  # What the other side")[0])
    monkeypatch.setenv("NETCTL_SECRET_DNS_TRANSFER", SECRETS[TRANSFER])  # whoever watches needs no key for updates
    monkeypatch.delenv("NETCTL_SECRET_DNS_UPDATE", raising=False)

    def servers(first: int, second: int, *, signed: bool = False) -> Path:
        declared = {
            "ns1": {"software": "bind", "role": "primary", "standing": "main", "centre": "main", "port": first},
            "ns3": {"software": "knot", "role": "secondary", "centre": "backup", "port": second},
        }
        keys = {
            name: {"algorithm": ALGORITHM, "secret": f"dns/{purpose}", "purpose": purpose}
            for name, purpose in ((TRANSFER, "transfer"), (UPDATE, "update"))
        }
        told = {"servers": {name: {**each, "addresses": [LOOPBACK]} for name, each in declared.items()}, "keys": keys}
        (folder / "dns" / "servers.yaml").write_text(json.dumps(told))
        policy = (folder / "dns" / "policy.yaml").read_text().replace("[ns1, ns2, ns3, ns4]", "[ns1, ns3]")
        policy = policy.replace("dnssec: false", f"dnssec: {json.dumps(signed)}").split("waivers:")[0]
        (folder / "dns" / "policy.yaml").write_text(policy)
        return folder

    return servers


def master(zone: ZoneData) -> str:
    """A zone as a master file, with serial 10."""
    lines = [
        f"{relative(owner, zone.origin)} {rrset.ttl} {type_text(number)} {rdata_text(number, data)}"
        for (owner, number), rrset in zone.rrsets.items()
        for data in rrset.rdatas
    ]
    return "\n".join(sorted(lines, key=lambda line: " SOA " not in line)).replace(" 0 3600 600", " 10 3600 600") + "\n"


class Watch:
    """A store that is watched round by round, by a clock that a test moves."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.clock = Timepiece()
        self.clock.now = now()
        self.settings = Settings(home=folder, command_timeout=5, connect_timeout=2, names_every=1)
        self.store = Store.open(fresh(folder / "netctl.db"), clock=self.clock)

    def round(self, minutes: float = 1) -> set[tuple[str, str]]:
        """Look at everything after so many minutes; the problems with name servers that are open then."""
        self.clock.now += timedelta(minutes=minutes)
        observe_once(self.root, self.settings, self.store, clock=self.clock)
        return {(each.code, each.subject) for each in self.problems()}

    def problems(self) -> list[Problem]:
        with self.store.reading() as books:
            return [each for each in books.problems.open(whole=True) if each.kind == "service"]

    def state(self) -> NamesState:
        with self.store.reading() as books:
            return books.names.state()


@pytest.fixture
def fleet(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fleet]:
    """The routers of the network, all of them well."""
    fleet = Fleet(reference(), ROOT)
    monkeypatch.setattr(grounds, "connector", lambda _root, _settings: lambda device: fleet.connect(device.name))
    yield fleet
    fleet.release.set()


@pytest.fixture
def watched(
    tmp_path: Path, declare: Callable[..., Path], fleet: Fleet
) -> Iterator[tuple[Watch, NameServer, NameServer]]:
    """Zones as they are declared on BIND, and on Knot, which is told of nothing new: it asks once an hour."""
    ports = free_port(), free_port()
    root = declare(*ports)
    found = names_of(root).zones
    zones = {name: master(found["internal", f"{name}."].data) for name in ZONES}
    with (
        bind(tmp_path / "bind", zones, port=ports[0]) as main,
        knot(tmp_path / "knot", main.port, zones, port=ports[1]) as second,
    ):
        second.until(lambda: all(second.serial(each) == 10 for each in zones))
        watch = Watch(root, tmp_path / "home")
        yield watch, main, second
        watch.store.close()


def change(main: NameServer, zone: str) -> int:
    """Something of a zone is another thing now; its new serial."""
    before = main.serial(zone)
    update = dns.update.UpdateMessage(zone, keyring=keyring(), keyname=UPDATE)
    update.add("since", 300, "A", "192.0.2.99")
    assert dns.query.tcp(update, LOOPBACK, port=main.port, timeout=5).rcode() == 0
    main.until(lambda: main.serial(zone) != before)
    return main.serial(zone) or 0


def notify(second: NameServer, zone: str, serial: int) -> None:
    """Tell a secondary that there is something new, until it has it."""
    message = dns.message.make_query(zone, "SOA")
    message.set_opcode(dns.opcode.NOTIFY)
    message.flags = dns.opcode.to_flags(dns.opcode.NOTIFY) | dns.flags.AA
    message.use_tsig(keyring(), TRANSFER)
    dns.query.tcp(message, LOOPBACK, port=second.port, timeout=5)
    second.until(lambda: second.serial(zone) == serial)


def test_a_secondary_that_stays_behind_is_a_problem_until_it_is_level(watched) -> None:
    watch, main, second = watched
    place = ZoneId("ns3", "internal", RIVERS)
    assert watch.round() == set()
    state = watch.state()
    assert {name: seen.answers for name, seen in state.servers.items()} == {"ns1": True, "ns3": True}
    assert (len(state.sightings), state.lapses, state.mark.asked) == (6, {}, 6)
    first = state.sightings[place]

    serial = change(main, RIVERS)
    assert watch.round() == set(), "a secondary has some time to come level"
    lapse = watch.state().lapses[place]
    assert (lapse.kind, lapse.lag, lapse.wanted) == ("behind", serial - 10, serial)
    assert watch.round(11) == {("WATCH-ZONE-BEHIND", "ns3")}
    assert watch.state().lapses[place].since == lapse.since
    assert watch.state().sightings[place] == first
    (problem,) = watch.problems()
    assert problem.detail == f"is behind in 1 zone: {RIVERS}@internal"
    assert problem.symptoms == (f"ns3 WATCH-ZONE-BEHIND {RIVERS}@internal behind since {lapse.since[:19]}Z",)

    later = change(main, FORESTS)
    notify(second, FORESTS, later)
    notify(second, RIVERS, serial)
    assert watch.round() == set()
    assert watch.state().lapses == {}
    assert watch.state().sightings[place].serial == serial


def test_a_server_that_falls_silent_is_a_problem_at_the_second_look_and_ends_with_its_answer(watched) -> None:
    watch, _, second = watched
    assert watch.round() == set()
    second.stop()
    assert watch.round() == set()
    assert watch.round() == {("WATCH-NAME-SERVER", "ns3")}
    seen = watch.state().servers["ns3"]
    assert (seen.answers, seen.tries) == (False, 2)
    assert seen.seen_at < seen.since
    assert watch.state().lapses == {}, "nobody knows how its zones stand"
    watch.clock.now += timedelta(minutes=1)
    observe_once(watch.root, watch.settings, watch.store, names=["rivers-hq-r1"], clock=watch.clock)
    assert [each.code for each in watch.problems()] == ["WATCH-NAME-SERVER"], "a look at one router ends nothing else"
    second.start(*ZONES)
    assert watch.round() == set()
    assert watch.state().servers["ns3"].answers


def test_while_names_are_not_usable_nothing_ends_and_without_any_everything_does(watched) -> None:
    watch, _, second = watched
    second.stop()
    for _ in range(2):
        open_now = watch.round()
    assert open_now == {("WATCH-NAME-SERVER", "ns3")}
    policy = watch.root / "dns" / "policy.yaml"
    policy.write_text(policy.read_text() + "nonsense: true\n")
    assert watch.round() == open_now
    shutil.rmtree(watch.root / "dns")
    assert watch.round() == set()


def test_a_server_whose_centre_is_gone_is_a_symptom_of_that(watched, fleet: Fleet) -> None:
    watch, _, second = watched
    assert watch.round() == set()
    second.stop()
    gone = [name for name, device in reference().devices.items() if device.centre == "backup"]
    fleet.dead.update(gone)
    for _ in range(3):
        assert ("WATCH-NAME-SERVER", "ns3") not in watch.round()
    with watch.store.reading() as books:
        symptoms = [each for found in books.problems.open(whole=True) for each in found.symptoms]
    assert any(each.startswith("ns3 WATCH-NAME-SERVER ") for each in symptoms)


def test_signatures_that_end_are_a_problem_in_time(tmp_path: Path, declare, fleet: Fleet) -> None:
    ports = free_port(), free_port()
    root = declare(*ports, signed=True)
    found = names_of(root).zones
    zones = {name: master(found["internal", f"{name}."].data) for name in ZONES}
    with bind(tmp_path / "bind", zones, port=ports[0], zone_options=SIGNING) as main:
        watch = Watch(root, tmp_path / "home")
        main.until(lambda: all(watch_signed(watch)))
        signatures = watch.state().signatures[OF_RIVERS]
        assert (signatures.flaw, signatures.serial) == ("", main.serial(RIVERS))
        with watch.store.reading() as books:
            signing = books.names.signing(OF_RIVERS)
        assert signing is not None
        assert [(key.role, key.state, key.algorithm) for key in signing.keys] == [("csk", "active", "ECDSAP256SHA256")]
        ends = read_moment(signatures.expires)
        assert timedelta(days=8) < ends - now() < timedelta(days=15)
        assert "WATCH-SIGNATURES" not in {code for code, _ in watch.round()}
        watch.clock.now = ends - timedelta(hours=71)
        assert "WATCH-SIGNATURES" in {code for code, _ in watch.round()}
        watch.store.close()


def watch_signed(watch: Watch) -> list[bool]:
    """Whether each zone is seen to be signed, and to hold."""
    watch.round()
    signatures = watch.state().signatures
    return [len(signatures) == len(ZONES), *(bool(each.expires) and not each.flaw for each in signatures.values())]
