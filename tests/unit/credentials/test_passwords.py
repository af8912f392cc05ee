"""Passwords of people: what is taken, what is refused at once, and what is kept of one."""

import pytest
from argon2 import PasswordHasher

from netctl.credentials.passwords import LONGEST, Passwords, refuse_weak
from netctl.errors import PasswordRefused

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
CHEAPER_ONCE = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))


@pytest.mark.parametrize(
    "password",
    [
        "seven lanterns over water",
        "水面に七つの灯籠を浮かべる",
        "fK3#vVq9!zLp",
        "correct horse battery",
        "router in the garden",
    ],
)
def test_what_is_long_and_not_guessed_first_is_taken(password):
    refuse_weak(password, "aiko")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevenchars", "fewer than 12"),
        ("", "fewer than 12"),
        ("x" * 20, "fewer than five different"),
        ("abcdabcdabcd", "fewer than five different"),
        ("Password1234", "tried first"),
        ("p@ssw0rd-2026!", "tried first"),
        ("ｐａｓｓｗｏｒｄ１２３４", "tried first"),
        ("パスワード1234567", "tried first"),
        ("123456789012345", "tried first"),
        ("qwertyuiop-qwertyuiop", "tried first"),
        ("netctl-admin-2026", "tried first"),
        ("Aiko likes lanterns", "the user's name"),
        ("seven lanterns\x00over water", "control character"),
        ("seven lanterns \ud800 over", "control character"),
        ("a" + "bcdefgh " * 40, "more than 256"),
    ],
)
def test_what_is_guessed_first_is_refused_with_the_reason(password, reason):
    with pytest.raises(PasswordRefused, match=reason) as refusal:
        refuse_weak(password, "aiko")
    assert password not in str(refusal.value) or not password


def test_a_hash_fits_its_password_alone_and_is_another_one_every_time():
    one, other = CHEAP.hash("seven lanterns"), CHEAP.hash("seven lanterns")
    assert one != other
    assert one.startswith("$argon2id$")
    assert CHEAP.fits(one, "seven lanterns")
    assert CHEAP.fits(other, "seven lanterns")
    assert not CHEAP.fits(one, "seven lantern")
    assert not CHEAP.fits(one, "x" * (LONGEST + 1))


def test_two_ways_to_write_one_text_are_one_password():
    composed, decomposed = "\u304c\u30d1 long enough", "\u304b\u3099\u30cf\u309a long enough"
    assert composed != decomposed
    assert CHEAP.fits(CHEAP.hash(composed), decomposed)


def test_a_hash_made_with_other_parameters_still_fits_and_is_known_as_outdated():
    kept = CHEAPER_ONCE.hash("seven lanterns")
    assert CHEAP.fits(kept, "seven lanterns")
    assert CHEAP.outdated(kept)
    assert not CHEAP.outdated(CHEAP.hash("seven lanterns"))


@pytest.mark.parametrize(
    "kept", ["", "x", "$argon2id$", "$2b$12$abcdefghijklmnopqrstuv", "$argon2id$v=19$m=8,t=1,p=1$x$y"]
)
def test_what_is_no_hash_fits_nothing(kept):
    assert not CHEAP.fits(kept, "seven lanterns")
    assert CHEAP.outdated(kept)


def test_nothing_fits_the_decoy():
    assert not CHEAP.fits(CHEAP.decoy(), "seven lanterns")


def test_ours_are_the_parameters_that_are_written_down():
    assert "$m=47104,t=1,p=1$" in Passwords().hash("seven lanterns")
