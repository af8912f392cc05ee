"""Whatever the files hold, there is an answer: a network, or findings. Never a traceback."""

import random
import shutil
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from netctl.errors import InvalidNetwork
from netctl.inventory import CODES, check, load
from netctl.inventory.yamlreader import parse
from unit.inventory.declared import copy_inventory

FILES = [
    "inventory/network.yaml",
    "inventory/organisations.yaml",
    "inventory/carriers.yaml",
    "inventory/centres.yaml",
    "inventory/backbone.yaml",
    "inventory/roles.yaml",
    "inventory/hostkeys.yaml",
    "inventory/sites/rivers-hq.yaml",
]


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    return copy_inventory(tmp_path_factory.mktemp("pristine") / "wan")


def outcome(root):
    """Findings of the network in `root`, which must agree with what loading it says."""
    findings = check(root)
    for finding in findings:
        assert finding.code in CODES
        assert finding.message
        assert finding.line >= 1
        assert finding.column >= 1
        assert not Path(finding.file).is_absolute()
    if findings:
        with pytest.raises(InvalidNetwork) as caught:
            load(root)
        assert caught.value.findings == findings
    else:
        load(root)
    return findings


def with_file(pristine, file, content):
    """Findings of the pristine network with one file's content replaced."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(pristine, Path(folder) / "wan"))
        (root / file).write_bytes(content)
        return outcome(root)


@settings(max_examples=150, deadline=None)
@given(file=st.sampled_from(FILES), content=st.binary(max_size=200))
def test_any_octets_give_findings(pristine, file, content):
    with_file(pristine, file, content)


@settings(max_examples=250, deadline=None)
@given(file=st.sampled_from(FILES), data=st.data())
def test_any_damage_to_a_file_gives_an_answer(pristine, file, data):
    text = (pristine / file).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 12))
    new = data.draw(st.text(alphabet="[]{}:,-#&*!|>'\"%@` \n\tab10.\x00\u2028é", max_size=8))
    with_file(pristine, file, (text[:start] + new + text[start + length :]).encode())


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(["::/0", "10.0.0.0/8", "r1", "main"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(data, path=()):
    """Paths to everything in a document."""
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from places(value, (*path, key))


def replaced(data, path, value):
    if not path:
        return value
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = replaced(data[path[0]], path[1:], value)
    return copy


@settings(max_examples=300, deadline=None)
@given(file=st.sampled_from(FILES), value=VALUES, choice=st.randoms(use_true_random=False))
def test_any_value_in_any_place_gives_an_answer(pristine, file, value, choice):
    data = parse((pristine / file).read_text(encoding="utf-8"), file)
    path = choice.choice(list(places(data)))
    with_file(
        pristine, file, yaml.safe_dump(replaced(data, path, value), allow_unicode=True).encode("utf-8", "surrogatepass")
    )


def shuffled(data, order):
    if isinstance(data, dict):
        keys = list(data)
        order.shuffle(keys)
        return {key: shuffled(data[key], order) for key in keys}
    return [shuffled(each, order) for each in data] if isinstance(data, list) else data


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_keys_and_the_style_of_writing_do_not_enter_the_digest(pristine, seed):
    order = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(pristine, Path(folder) / "wan"))
        for file in FILES:
            data = shuffled(parse((root / file).read_text(encoding="utf-8"), file), order)
            text = yaml.safe_dump(
                data, sort_keys=False, allow_unicode=True, default_flow_style=order.choice([True, False])
            )
            (root / file).write_text(text, encoding="utf-8")
        assert load(root).digest == load(pristine).digest


PLAIN = st.recursive(
    st.booleans() | st.none() | st.integers(-(10**15), 10**15) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(data=st.dictionaries(st.text(max_size=10), PLAIN, max_size=5))
def test_what_pyyaml_writes_is_read_back_as_it_was(data):
    """PyYAML quotes whatever YAML 1.1 would take for something else, which is more than we would."""
    text = yaml.safe_dump(data)
    if not any(mark in text for mark in ("&id", "*id")):
        assert parse(text, "a file") == data
