"""Digests in words: what two people compare on the telephone."""

from __future__ import annotations

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netctl.change.spoken import WORDS, latin, spoken
from netctl.control.changes.approve import SHORTEST_DIGEST

DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)


def unvoiced(word: str) -> str:
    """As a bad line carries it: か for が, や for ゃ."""
    plain = "".join(each for each in unicodedata.normalize("NFD", word) if each not in "\u3099\u309a")
    return plain.translate(str.maketrans("ゃゅょっ", "やゆよつ"))


def away(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, left in enumerate(one, 1):
        below = [at]
        for place, right in enumerate(other, 1):
            below.append(min(row[place] + 1, below[-1] + 1, row[place - 1] + (left != right)))
        row = below
    return row[-1]


def test_there_is_a_word_for_every_octet_and_none_sounds_like_another():
    heard = [unvoiced(word) for word in WORDS]
    assert len(WORDS) == 256
    assert [pair for pair in combinations(heard, 2) if away(*pair) < 2] == []


def test_no_two_words_read_alike_in_latin_letters():
    assert len({latin(word) for word in WORDS}) == 256
    assert all(latin(word).isascii() and latin(word).isalpha() for word in WORDS)


@given(DIGESTS, DIGESTS)
def test_two_digests_sound_alike_only_where_as_many_digits_agree_as_an_approval_wants(one: str, other: str):
    same = one[:SHORTEST_DIGEST] == other[:SHORTEST_DIGEST]
    assert (spoken(one) == spoken(other)) is same


@given(DIGESTS, st.integers(0, SHORTEST_DIGEST - 1))
def test_one_digit_more_or_less_is_another_word(digest: str, place: int):
    altered = digest[:place] + f"{(int(digest[place], 16) + 1) % 16:x}" + digest[place + 1 :]
    assert spoken(digest) != spoken(altered)


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("じゃがいも", "jagaimo"),
        ("きゅうり", "kyuuri"),
        ("かっぱ", "kappa"),
        ("ちょうちん", "chouchin"),
        ("つばき", "tsubaki"),
    ],
)
def test_words_have_a_form_in_latin_letters(word: str, read: str):
    assert latin(word) == read
