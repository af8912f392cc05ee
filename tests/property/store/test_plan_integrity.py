"""A plan that was read is exactly the plan that was written, or it is refused (safety law 4)."""

import copy
import json
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.model.artefact import Part
from netctl.model.plan import DiffLine, Finding, Plan, TargetPlan, Wave, ZoneAllowance

TEXT = st.text(max_size=12)
PARTS = st.lists(st.builds(Part, TEXT, TEXT), max_size=2).map(tuple)
LINES = st.builds(DiffLine, st.sampled_from(["add", "remove", "context"]), TEXT, st.integers(0, 5), TEXT, TEXT)
DIFFS = st.lists(LINES, max_size=3).map(tuple)
KINDS = st.sampled_from(["router", "server", "zone"])
TARGETS = st.builds(TargetPlan, TEXT, TEXT, TEXT, TEXT, PARTS, PARTS, PARTS, DIFFS, TEXT, TEXT, TEXT, KINDS)
FINDINGS = st.builds(Finding, TEXT, st.sampled_from(["info", "low", "medium", "high"]), TEXT, TEXT)
GROUPS = st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=2).map(tuple)), max_size=2).map(tuple)
PLANS = st.builds(
    Plan,
    TEXT,
    TEXT,
    TEXT,
    st.lists(TARGETS, max_size=3).map(tuple),
    st.lists(st.builds(Wave, st.integers(0, 9), GROUPS), max_size=2).map(tuple),
    st.lists(FINDINGS, max_size=2).map(tuple),
    st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    TEXT,
    st.lists(st.builds(ZoneAllowance, TEXT, st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=2).map(
        tuple
    ),
)


@given(PLANS)
def test_a_plan_survives_the_way_through_json(plan: Plan) -> None:
    again = Plan.from_dict(json.loads(json.dumps(plan.as_dict())))
    assert again == plan
    assert again.digest == plan.digest


@given(PLANS)
def test_a_plan_of_routers_alone_reads_as_before_there_were_others(plan: Plan) -> None:
    whole = json.loads(json.dumps(asdict(plan)))
    for key in ("names_digest", "allowances"):
        if not whole[key]:
            del whole[key]
    for target in whole["targets"]:
        if target["kind"] == "router":
            del target["kind"]
    assert plan.as_dict() == whole


def places(data, path=()):
    """Every place in nested plain data, the root left out."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


@settings(max_examples=400)
@given(PLANS, st.data())
def test_any_change_to_a_plan_changes_its_digest_or_is_refused(plan: Plan, data: st.DataObject) -> None:
    original = json.loads(json.dumps(plan.as_dict()))
    altered = copy.deepcopy(original)
    path = data.draw(st.sampled_from(sorted(places(original), key=repr)))
    holder = altered
    for key in path[:-1]:
        holder = holder[key]
    replacement = data.draw(
        st.sampled_from([None, True, 0, 1, 2.5, "", "x", [], {}, ["x"], {"target": "x"}, float("nan"), 10**30])
    )
    if data.draw(st.booleans()):
        del holder[path[-1]]
    else:
        holder[path[-1]] = replacement
    try:
        again = Plan.from_dict(altered)
    except ValueError:
        return
    only_the_moment = {**altered, "created_at": ""} == {**original, "created_at": ""}
    assert again.digest != plan.digest or only_the_moment or same(altered, original)


def same(one, other) -> bool:
    """Equal in JSON's eyes: where a default was left out, or a value replaced by itself."""
    return Plan.from_dict(one) == Plan.from_dict(other)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_data_that_is_no_plan_is_refused_with_the_place(data) -> None:
    with pytest.raises(ValueError):
        Plan.from_dict(data)


def test_a_refusal_names_the_place() -> None:
    target = TargetPlan("r1", "frr", "g", "d", (Part("frr.conf", "x\n"),), (), (), (DiffLine("add", "p", 0, "x"),))
    data = json.loads(json.dumps(Plan("n", "d", "t", (target,), (), ()).as_dict()))
    data["targets"][0]["diff"][0]["op"] = "sudo"
    with pytest.raises(ValueError, match=r"^targets\[0\]\.diff\[0\]\.op: 'sudo' is none of 'add', 'remove', 'context'"):
        Plan.from_dict(data)


def test_half_a_surrogate_pair_is_refused_rather_than_breaking_the_digest() -> None:
    data = Plan("n", "d", "t", (), (), ()).as_dict() | {"network": "\ud800", "targets": [], "waves": [], "findings": []}
    with pytest.raises(ValueError, match="surrogate"):
        Plan.from_dict(data)
