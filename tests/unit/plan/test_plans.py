"""Plans of the reference network, from states that are written here and not fetched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from netctl.config.diff import diff_parts, predicted
from netctl.control.changes.plan import choose
from netctl.devices.rules import rules_of
from netctl.devices.target import PendingCommit
from netctl.errors import DeviceUnreachable, PlanFileForeign, PlanFileUnreadable, PlanTampered, UnknownDevice
from netctl.inventory import load, reference_root
from netctl.model.artefact import Part, RunningState
from netctl.model.network import Network
from netctl.model.plan import Plan
from netctl.plan import Fetched, fetch_states, fold, make_plan, read_plan, write_plan
from netctl.render.artefacts import Artefacts

NOW = "2026-11-22T06:00:00Z"


@pytest.fixture(scope="module")
def network() -> Network:
    return load(reference_root())


@pytest.fixture(scope="module")
def renderings(network: Network) -> Artefacts:
    return Artefacts(network, reference_root())


def states(network: Network, renderings: Artefacts, changes: dict[str, tuple[str, str]]) -> dict[str, RunningState]:
    """Every router as declared, but for a text replaced by another in those named."""
    found = {}
    for name in network.devices:
        artefact = renderings.intended(name)
        old, new = changes.get(name, ("", ""))
        parts = tuple(Part(part.name, part.text.replace(old, new) if old else part.text) for part in artefact.parts)
        found[name] = RunningState(name, artefact.platform, parts)
    return found


def planned(network: Network, renderings: Artefacts, changes: dict[str, tuple[str, str]], **more: object) -> Plan:
    fetched = Fetched(states(network, renderings, changes), more.get("pending", {}), more.get("unreachable", ()))
    return make_plan(network, renderings, fetched, NOW, rules_of(reference_root()))


SYSLOG = ('target="3fff:200:1::514"', 'target="3fff:200:1::500"')


def test_a_network_that_holds_what_is_declared_has_an_empty_plan(network: Network, renderings: Artefacts) -> None:
    made = planned(network, renderings, {})
    assert made.empty
    assert (made.waves, made.findings) == ((), ())


def test_a_plan_holds_three_renderings_a_diff_and_the_state_it_was_made_against(
    network: Network, renderings: Artefacts
) -> None:
    made = planned(network, renderings, {"rivers-hq-r1": SYSLOG})
    (target,) = made.targets
    assert target.intended == renderings.intended("rivers-hq-r1").parts
    assert target.drained == renderings.drained("rivers-hq-r1").parts
    assert target.drain == renderings.drain("rivers-hq-r1")
    assert target.running_digest == states(network, renderings, {"rivers-hq-r1": SYSLOG})["rivers-hq-r1"].digest
    assert {line.op for line in target.diff} == {"add", "remove"}
    assert all(line.origin.startswith("templates/") for line in target.diff if line.op == "add")


def test_a_plan_holds_the_commands_to_the_same_end_and_the_way_back_both_proven(
    network: Network, renderings: Artefacts
) -> None:
    lines = renderings.intended("rivers-hq-r1").parts[0].text.splitlines()
    address = next(line for line in lines if line.startswith(" ip address"))
    changes = {"rivers-hq-r1": (f"{address}\n", " ip address 192.0.2.250/28\n")}
    (target,) = planned(network, renderings, changes).targets
    before = states(network, renderings, changes)["rivers-hq-r1"].parts
    rules = rules_of(reference_root())("frr")
    assert {address, " no ip address 192.0.2.250/28"} <= set(target.commands.splitlines())
    after = predicted(before, target.commands, rules)
    assert diff_parts(after, target.intended[:1], rules) == ()
    assert diff_parts(predicted(after, target.rollback, rules), before[:1], rules) == ()


def test_what_the_engine_holds_dangerous_is_a_finding(network: Network, renderings: Artefacts) -> None:
    lines = renderings.intended("rivers-hq-r1").parts[0].text.splitlines()
    mine = next(line for line in lines if line.startswith("router bgp "))
    made = planned(network, renderings, {"rivers-hq-r1": (mine, "router bgp 64999")})
    assert "HAZ-SESSION-RESET" in {finding.code for finding in made.findings}


def test_the_same_inputs_give_the_same_digest_and_another_moment_changes_nothing(
    network: Network, renderings: Artefacts
) -> None:
    one, other = (planned(network, renderings, {"rivers-hq-r1": SYSLOG}) for _ in range(2))
    assert one.digest == other.digest
    assert planned(network, renderings, {"rivers-hq-r2": SYSLOG}).digest != one.digest


def test_alike_differences_are_told_once_a_platform(network: Network, renderings: Artefacts) -> None:
    changes = {f"{site}-r{position}": SYSLOG for site in ("rivers-hq", "forests-hq") for position in (1, 2)}
    changes["rivers-east-r1"] = ("3fff:200:1::514", "3fff:200:1::500")
    folds = fold(planned(network, renderings, changes))
    assert sorted(len(each.targets) for each in folds) == [1, 4]


def test_a_router_that_cannot_be_read_is_told_and_the_others_are_planned(
    network: Network, renderings: Artefacts
) -> None:
    made = planned(network, renderings, {"rivers-hq-r1": SYSLOG}, unreachable=(("core-main-1", "no answer"),))
    assert made.unreachable == (("core-main-1", "no answer"),)
    assert [target.target for target in made.targets] == ["rivers-hq-r1"]


def codes(made: Plan) -> set[tuple[str, str]]:
    return {(finding.code, finding.severity) for finding in made.findings}


def test_risks_have_names(network: Network, renderings: Artefacts) -> None:
    pair = planned(network, renderings, {"rivers-hq-r1": SYSLOG, "rivers-hq-r2": SYSLOG})
    assert codes(pair) == {("RISK-PAIR", "info")}
    centres = planned(network, renderings, {"core-main-1": SYSLOG, "core-backup-1": SYSLOG, "border-main": SYSLOG})
    assert codes(centres) == {("RISK-CENTRE", "medium"), ("RISK-BOTH-CENTRES", "high"), ("RISK-BORDER", "medium")}
    many = planned(network, renderings, {name: SYSLOG for name in network.devices})
    assert ("RISK-PAIR", "info") in codes(many)
    waiting = planned(network, renderings, {}, pending={"rivers-hq-r1": PendingCommit("x", "someone", 5)})
    assert codes(waiting) == {("RISK-PENDING", "high")}


def test_a_change_of_the_management_path_is_a_high_risk_on_both_platforms(
    network: Network, renderings: Artefacts
) -> None:
    frr = planned(network, renderings, {"rivers-hq-r1": ("3fff:600::/112", "3fff:700::/112")})
    assert ("RISK-MANAGEMENT", "high") in codes(frr)
    netconf = planned(network, renderings, {"rivers-east-r1": ("3fff:600::/112", "3fff:700::/112")})
    assert ("RISK-MANAGEMENT", "high") in codes(netconf), netconf.targets[0].diff
    address = planned(network, renderings, {"rivers-east-r1": ("3fff:600::3:4", "3fff:600::3:9")})
    assert ("RISK-MANAGEMENT", "high") in codes(address), address.targets[0].diff
    other = planned(network, renderings, {"rivers-east-r1": ("3fff:200:1::514", "3fff:200:1::500")})
    assert not other.findings


def test_a_session_that_goes_is_a_risk_on_both_platforms(network: Network, renderings: Artefacts) -> None:
    more = " neighbor 3fff:400::ff remote-as 64500\n"
    frr = planned(network, renderings, {"rivers-hq-r1": (" timers bgp 10 30\n", f" timers bgp 10 30\n{more}")})
    assert ("RISK-SESSION-REMOVED", "medium") in codes(frr)
    renamed = planned(network, renderings, {"rivers-east-r1": ("<address>3fff:400::8", "<address>3fff:400::ff")})
    assert ("RISK-SESSION-REMOVED", "medium") in codes(renamed)


def test_a_router_that_runs_drained_is_told(network: Network, renderings: Artefacts) -> None:
    found = states(network, renderings, {"rivers-hq-r1": SYSLOG})
    drained = renderings.drained("rivers-hq-r2")
    found["rivers-hq-r2"] = RunningState("rivers-hq-r2", "frr", drained.parts)
    made = make_plan(network, renderings, Fetched(found, {}, ()), NOW, rules_of(reference_root()))
    assert ("RISK-DRAINED", "high") in codes(made)


def test_names_mean_routers_sites_centres_and_organisations(network: Network) -> None:
    assert choose(network, ["rivers-hq"]) == ["rivers-hq-r1", "rivers-hq-r2"]
    assert len(choose(network, ["rivers"])) == 4
    assert set(choose(network, ["main"])) == {"core-main-1", "core-main-2"}
    assert len(choose(network, [])) == len(network.devices)
    with pytest.raises(UnknownDevice) as caught:
        choose(network, ["rivers-hq-r3"])
    assert "rivers-hq-r" in caught.value.hint


class Silent:
    name = "r"

    def __enter__(self) -> Silent:
        raise DeviceUnreachable("no answer", where="r")

    def __exit__(self, *_: object) -> None: ...


def test_fetching_goes_on_past_a_router_that_does_not_answer() -> None:
    told: list[tuple[str, str]] = []
    fetched = fetch_states(["a", "b"], lambda _name: Silent(), 2, lambda name, error: told.append((name, error)))
    assert [name for name, _ in fetched.unreachable] == ["a", "b"]
    assert sorted(name for name, error in told if "no answer" in error) == ["a", "b"]


@pytest.fixture
def plan_file(tmp_path: Path, network: Network, renderings: Artefacts) -> Path:
    path = tmp_path / "plans" / "p.json"
    write_plan(planned(network, renderings, {"rivers-hq-r1": SYSLOG}), path)
    return path


def test_a_plan_comes_back_from_its_file_as_it_was(plan_file: Path, network: Network, renderings: Artefacts) -> None:
    assert read_plan(plan_file) == planned(network, renderings, {"rivers-hq-r1": SYSLOG})


WORDS = {'"op": "add"': '"op": "remove"', "rivers-hq-r1": "rivers-hq-r2", "3fff:200:1::514": "3fff:200:1::515"}


@pytest.mark.parametrize("old", WORDS)
def test_a_plan_file_with_one_word_changed_is_refused(plan_file: Path, old: str) -> None:
    text = plan_file.read_text()
    assert old in text
    plan_file.write_text(text.replace(old, WORDS[old], 1))
    with pytest.raises(PlanTampered):
        read_plan(plan_file)


@pytest.mark.parametrize("more", [{"note": "x"}, {"digest": "0" * 64}])
def test_a_plan_file_with_another_key_or_digest_is_refused(plan_file: Path, more: dict[str, str]) -> None:
    plan_file.write_text(json.dumps(json.loads(plan_file.read_text()) | more))
    with pytest.raises(PlanTampered):
        read_plan(plan_file)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "netctl-plan/9"}', "x" * 100, "[" * 100_000])
def test_a_file_that_is_no_plan_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.json").write_text(text)
    with pytest.raises(PlanFileForeign):
        read_plan(tmp_path / "p.json")


def test_a_file_cut_short_is_refused_and_says_so(plan_file: Path) -> None:
    plan_file.write_text(plan_file.read_text()[:-500])
    with pytest.raises(PlanFileForeign, match="cut short"):
        read_plan(plan_file)


def test_a_file_that_is_not_there_or_cannot_be_written_is_a_plain_error(tmp_path: Path, plan_file: Path) -> None:
    with pytest.raises(PlanFileUnreadable):
        read_plan(tmp_path / "nowhere.json")
    (tmp_path / "file").write_text("")
    with pytest.raises(PlanFileUnreadable):
        write_plan(read_plan(plan_file), tmp_path / "file" / "p.json")
    with pytest.raises(PlanFileForeign):
        (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
        read_plan(tmp_path / "binary")
