"""Versions are totally ordered, whatever the texts."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from netctl.model.version import Version, compare

PLATFORMS = ["", "cisco_ios", "cisco_iosxr", "cisco_nxos", "arista_eos", "juniper_junos", "frr", "nec_ix", "yamaha",
             "furukawa_fitelnet", "fujitsu_sir", "alaxala"]  # fmt: skip
NUMBERS = st.sampled_from(["0", "1", "2", "3", "03", "9", "10", "015", "21"])
WORDS = st.sampled_from(["M", "m", "R", "S", "X", "a", "F", "SE", "T", "rc", "dev", "deb", "u", "D", "~", "EVO", "é"])
SEPARATORS = st.sampled_from([".", "(", ")", "-", "", "[", " ", ","])
LABELS = st.sampled_from(["", "", "", "V", "E", "Rev.", "Ver. ", "Version ", "version"])

near = st.builds(
    lambda label, pieces: label + "".join(map("".join, pieces)),
    LABELS,
    st.lists(st.tuples(st.one_of(NUMBERS, WORDS), SEPARATORS), max_size=6),
)
real = st.sampled_from(
    ["15.2(4)M3", "15.2(4)M10", "17.03.04a", "21.4R3", "21.4R3.15", "21.4R3-S5", "15.1X49-D150", "9.3(10)", "10.2(3)F",
     "4.28.3M", "7.5.2", "8.4.4-1.1~deb12u2", "8.4.4-1.1", "10.2.33", "Rev.15.02.30", "V01.07(00)", "V20.14", "E08.40",
     "11.14.J", "Ver. 12.7.B"]
)  # fmt: skip
texts = st.one_of(near, real, st.text(max_size=12))
platforms = st.sampled_from(PLATFORMS)


@given(texts, platforms, texts, platforms)
@example("8.4.4", "frr", "8.4.4~", "frr")
@settings(max_examples=200)
def test_of_two_versions_exactly_one_of_before_equal_and_after_holds(one, its, other, others):
    left, right = Version.parse(one, its), Version.parse(other, others)
    assert [left < right, left == right, left > right].count(True) == 1
    assert (left <= right) == (left < right or left == right)
    assert (left < right) == (right > left)


@given(st.lists(texts, min_size=3, max_size=3), platforms)
@settings(max_examples=300)
def test_the_order_is_transitive(three, platform):
    first, second, third = (Version.parse(text, platform) for text in three)
    if first <= second and second <= third:
        assert first <= third
    if first < second and second <= third:
        assert first < third


@given(texts, texts, platforms)
@settings(max_examples=300)
def test_equal_are_those_of_the_same_canonical_form(one, other, platform):
    left, right = Version.parse(one, platform), Version.parse(other, platform)
    assert (left == right) == (left.canonical == right.canonical)
    if left == right:
        assert hash(left) == hash(right)


@given(texts, platforms)
@settings(max_examples=200)
def test_a_version_equals_itself_with_blanks_around_it(text, platform):
    assert Version.parse(f" {text}\n", platform) == Version.parse(text, platform)


@given(st.lists(texts, max_size=8), st.randoms(use_true_random=False), platforms)
@settings(max_examples=100)
def test_sorting_does_not_depend_on_what_came_first(versions, shuffle, platform):
    shuffled = list(versions)
    shuffle.shuffle(shuffled)
    one = sorted(Version.parse(text, platform) for text in versions)
    assert one == sorted(Version.parse(text, platform) for text in shuffled)


@given(texts, texts, platforms)
@settings(max_examples=100)
def test_comparing_backwards_is_the_opposite(one, other, platform):
    assert compare(one, other, platform) == -compare(other, one, platform)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
@settings(max_examples=100)
def test_rebuilds_of_a_train_come_in_their_numbers_order(one, other):
    expected = (one > other) - (one < other)
    assert compare(f"15.2(4)M{one}", f"15.2(4)M{other}", "cisco_ios") == expected
    assert compare(f"21.4R3-S{one}", f"21.4R3-S{other}", "juniper_junos") == expected
