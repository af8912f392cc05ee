"""Two writings of one secret, and two secrets that only look alike."""

import pytest

from netctl.config.secrets import SecretForm, read_secret, same_secret
from netctl.config.secrets import same as same_module

CLEAR = "riverbank-9"
MD5 = "$1$kestrel1$pDjK6rQAp3z4ynIzMIav0/"
SHA256 = "$5$kestrelkestrel12$Gj4DufIPtnCBMXFDVrHCyq.JgzdONn2GE2DvcERUJFD"
SHA256_ROUNDS = "$5$rounds=1000$kestrel$rVaden.zPUZ0J1d5H/8S6I3z7SLUp6Guq1G5KBAJXC4"
SHA512 = "$6$kestrelkestrel12$CxwCgG6BjoHD1ioKOvOnkbHLoVjlBZxOWIqZrHONJwHUOgjfLmxHURnD4XUguzxrwMduXKo/BihVt2GVC2dlI/"
CISCO_8 = "$8$kestrelkestre/$6SECdIipgxMIQ3fMkNbPfIuMxI0nzQimIQG8zsezxao"
CISCO_9 = "$9$kestrelkestre/$Q2433JMNfOx3HuNnHR5ug5lhtfyVvfMdph2YBuykyuI"
HASHES = [MD5, SHA256, SHA256_ROUNDS, SHA512, CISCO_8, CISCO_9]
SEVENS = [
    "00161A1001490907012A0117",
    "05190F19245E4C08170E5A4B",
    "1500021A013829252638787B",
    "514A5E121614065A050D4278",
]
JUNOS = ["$9$zcJwnA0yrv7dsBINbY2GUjHqPQn1IcKM8rl", "$9$F9f76tOrlMNVY1R-w2gUDik.fz6IRSvWLle"]


@pytest.mark.parametrize("hashed", [*HASHES, *SEVENS, *JUNOS])
def test_a_hidden_form_is_the_clear_text_it_was_made_of_and_no_other(hashed):
    assert same_secret(hashed, CLEAR)
    assert same_secret(CLEAR, hashed)
    assert not same_secret(hashed, "riverbank-8")
    assert not same_secret("", hashed)


@pytest.mark.parametrize("hashed", HASHES)
@pytest.mark.parametrize("hidden", [SEVENS[1], JUNOS[0]])
def test_a_hash_is_checked_against_what_a_reversible_form_hides(hashed, hidden):
    assert same_secret(hashed, hidden)


def test_reversible_forms_of_one_text_are_the_same():
    assert all(same_secret(one, other) for one in [*SEVENS, *JUNOS] for other in [*SEVENS, *JUNOS])


def test_two_salted_hashes_cannot_be_compared():
    assert not same_secret(MD5, SHA512)
    assert not same_secret(CISCO_8, CISCO_9)
    assert same_secret(MD5, MD5)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("5 " + MD5, CLEAR),
        ("9 " + CISCO_9, "0 " + CLEAR),
        ("10 " + SHA512, "clear " + CLEAR),
        ("sha512 " + SHA512, "sha512 " + SHA512),
        ("7 " + SEVENS[0], "0 " + CLEAR),
        ("encrypted " + SEVENS[0], "clear " + CLEAR),
        (SEVENS[0] + " 7", CLEAR),
        (f'"{JUNOS[0]}"', f'ascii-text "{CLEAR}"'),
        ("secret 5 " + MD5, "secret " + CLEAR),
        ("8 keB15F33/f8fQ", CLEAR),
        ("4 1ccnPXL9ZziJgme01uiwDg/bwBYJVfandAbkNQ4sNDw", CLEAR),
        ("Xk9 encrypted", "encrypted Xk9"),
        ("6 XQYJgUeHWBcb", "6 XQYJgUeHWBcb"),
        ("two words", "two words"),
        ("9 <secret-fingerprint:0a1b2c:bgp/rivers>", "0 <secret:bgp/rivers>"),
        ("9 <secret-fingerprint:0a1b2c>", "<secret-fingerprint:0a1b2c>"),
    ],
)
def test_type_words_say_how_a_value_is_written(left, right):
    assert same_secret(left, right)
    assert same_secret(right, left)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("0 " + SEVENS[0], "0 " + CLEAR),  # a clear text that looks hidden
        ("0 " + SEVENS[0], "7 " + SEVENS[0]),
        ("6 XQYJgUeHWBcb", "6 XQYJgUeHWBcc"),
        ("<secret:bgp/rivers>", "<secret:bgp/other>"),
        ("<secret-fingerprint:0a1b2c>", "<secret-fingerprint:0a1b2d>"),
        ("<secret:bgp/rivers>", CLEAR),
        ("*", CLEAR),
        ("7 0822455D0A1", "cisco"),
        ("5 " + MD5.replace("kestrel1", "kestrel2"), CLEAR),
        (SHA256_ROUNDS.replace("1000", "9999999"), CLEAR),
        (CLEAR, ""),
        ("8 $8$kestrelkestre/$short", CLEAR),
    ],
)
def test_what_only_looks_alike_is_not_the_same(left, right):
    assert not same_secret(left, right)
    assert not same_secret(right, left)


def test_the_words_of_a_slot_are_taken_apart():
    assert read_secret(["7", "0822455D0A16"]) == SecretForm("7", "0822455D0A16")
    assert read_secret(["cisco"]) == SecretForm("", "cisco")
    assert read_secret(["7"]) == SecretForm("", "7")
    assert read_secret(["SHA512", "$6$x$y"]) == SecretForm("sha512", "$6$x$y")
    assert read_secret(["0", "two", "words"]) == SecretForm("0", "two words")
    assert read_secret(['"two', 'words"']) == SecretForm("", "two words")
    assert read_secret(["Zq4m", "encrypted"]) == SecretForm("encrypted", "Zq4m")
    assert read_secret([]) == SecretForm("", "")


def test_a_hash_is_computed_once_for_a_pair(monkeypatch):
    calls = []
    monkeypatch.setattr(same_module, "made_of", lambda *words: bool(calls.append(words)))
    monkeypatch.setattr(same_module, "_CHECKED", same_module._Checked())
    for _ in range(3):
        assert not same_secret("9 " + CISCO_9, "pond")
    assert same_secret(CISCO_9, CISCO_9)
    assert len(calls) == 1


def test_what_is_remembered_is_bounded_and_holds_no_secret(monkeypatch):
    monkeypatch.setattr(same_module, "made_of", lambda *words: False)
    checked = same_module._Checked()
    checked.MOST = 10
    for number in range(50):
        checked.made_of(f"riverbank-{number}", SecretForm("9", CISCO_9))
    assert len(checked._answers) == 10
    assert not any(b"river" in key for key in checked._answers)
