"""Words that are secrets wherever they stand, with no platform's expressions at all."""

import pytest

from netctl.config.secrets import Redactor
from netctl.config.secrets.redactor import compile_patterns

NET = Redactor((), lambda value: "<secret-fingerprint:0a1b>")
KEY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQCriverbankriver\nbank=="


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x $1$kestrel1$pDjK6rQAp3z4ynIzMIav0/ y", "x <secret-fingerprint:0a1b> y"),
        ("a:$5$rounds=1000$kestrel$rVaden.zPUZ0;", "a:<secret-fingerprint:0a1b>;"),
        ('"$9$zcJwnA0yrv7dsBINbY2GUjHqPQn1IcKM8rl"', '"<secret-fingerprint:0a1b>"'),
        ("blah key 7 0822455D0A16 blah", "blah key 7 <secret-fingerprint:0a1b> blah"),
        ("some-password 0 river", "some-password 0 <secret-fingerprint:0a1b>"),
        ("snmp-server community river RO", "snmp-server community <secret-fingerprint:0a1b> RO"),
        ("snmp community read-only river", "snmp community read-only <secret-fingerprint:0a1b>"),
        (
            "pre-shared-key address 192.0.2.1 key river",
            "pre-shared-key address 192.0.2.1 key <secret-fingerprint:0a1b>",
        ),
        ("pre-shared-key 1 text river", "pre-shared-key 1 text <secret-fingerprint:0a1b>"),
        ("pre-shared-key river", "pre-shared-key <secret-fingerprint:0a1b>"),
        ("copy scp://noc:river@192.0.2.1/a b", "copy scp://noc:<secret-fingerprint:0a1b>@192.0.2.1/a b"),
    ],
)
def test_the_net_catches_what_no_platform_names(text, shown):
    assert NET.text(text) == shown
    assert NET.text(shown) == shown


@pytest.mark.parametrize(
    "text",
    [
        " key 7",
        "key 1 prefer",
        "http://192.0.2.1:8080/a@b",
        "price $5$",
        "key chain 7",
        "tunnel key 7",
        "mka pre-shared-key key-chain RIVER",
        "-----BEGIN CERTIFICATE-----\nMIIBriver\n-----END CERTIFICATE-----",
        "community-list 7 permit 64500:1",
    ],
)
def test_the_net_leaves_what_is_no_secret(text):
    assert NET.text(text) == text


@pytest.mark.parametrize("kind", ["RSA PRIVATE KEY", "PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_private_key_becomes_one_mark_between_its_armour(kind, end):
    text = end.join(["before", f" -----BEGIN {kind}-----", *KEY.split("\n"), f"-----END {kind}-----", "after", ""])
    shown = NET.text(text)
    assert shown == end.join(
        ["before", f" -----BEGIN {kind}-----", "<secret-fingerprint:0a1b>", f"-----END {kind}-----", "after", ""]
    )
    assert NET.text(shown) == shown


def test_one_key_has_one_mark_however_its_lines_end():
    seen = []
    redactor = Redactor((), lambda value: seen.append(value) or f"<secret-fingerprint:{len(seen):x}>")
    for end in ("\n", "\r\n", "\n  "):
        redactor.text(f"-----BEGIN PRIVATE KEY-----\n{KEY}\n-----END PRIVATE KEY-----".replace("\n", end))
    assert len(seen) == 3
    assert len(set(seen)) == 1


def test_a_private_key_that_was_cut_off_is_hidden_as_far_as_it_goes():
    shown = NET.text(
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQC\nhostname box\n"
    )
    assert shown == "-----BEGIN RSA PRIVATE KEY-----\n<secret-fingerprint:0a1b>\nhostname box\n"


def test_many_keys_that_never_end_take_no_long_time():
    text = "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n" * 3000
    assert "MIIE" not in NET.text(text)


def test_patterns_may_name_their_groups():
    patterns = compile_patterns([r"^set (?P<name>\w+) (?P<secret>\S+) to (?P<secret2>\S+)"])
    assert (
        Redactor(patterns, lambda value: f"<secret:{value}x>").line("set a b to c")
        == "set a <secret:bx> to <secret:cx>"
    )


def test_patterns_of_rules_may_say_white_space_themselves():
    patterns = compile_patterns([r"^[ \t]*login\ user[ \t]+\S+ +(?P<secret>.+)$"])
    assert (
        Redactor(patterns, lambda value: "<secret:x>").line("  login user noc  7 river")
        == "  login user noc  7 <secret:x>"
    )


@pytest.mark.parametrize("line", ["key 1", "key chain RIVER", "key md5", "password encryption aes", "key 7 <secret:a>"])
def test_a_line_that_only_looks_like_a_statement_of_the_rules_is_left(line):
    patterns = compile_patterns([r"^(?:key|password)\s+(?P<secret>.+)$"])
    assert Redactor(patterns, lambda value: "<secret:x>").line(line) == line


def test_a_value_in_an_xml_document_is_marked_within_its_element():
    redactor = Redactor(compile_patterns([r"<password>([^<]+)</password>"]), lambda value: f"<secret:{len(value)}>")
    assert redactor.xml("<a><password>x&amp;y</password></a>") == "<a><password>&lt;secret:3&gt;</password></a>"
