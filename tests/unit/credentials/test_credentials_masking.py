import stat
import threading

import pytest

from netctl.config.secrets import same_secret
from netctl.credentials import Mask, fill, fingerprint_key, references
from netctl.credentials.masking import compile_patterns
from netctl.credentials.placeholders import placeholder
from netctl.credentials.sources import EnvironmentSource
from netctl.errors import SecretMissing, SecretUnusable

SOURCE = EnvironmentSource({"NETCTL_SECRET_BGP_RIVERS": "k&<7>-abc", "NETCTL_SECRET_BGP_OTHER": "zebra-zebra"})
FRR = compile_patterns([r"^\s*neighbor \S+ password (\S+)"])
XML = compile_patterns([r"<password>([^<]+)</password>"])
KNOWN = {"bgp/rivers": "k&<7>-abc", "bgp/other": "zebra-zebra"}


def mask(patterns, known=None, key=b"k" * 32):
    return Mask(patterns, lambda: KNOWN if known is None else known, key)


def test_a_value_goes_out_and_comes_back_as_its_placeholder():
    text = f" neighbor 192.0.2.2 password {placeholder('bgp/rivers')}\n"
    sent = fill(text, SOURCE)
    assert sent == " neighbor 192.0.2.2 password k&<7>-abc\n"
    assert mask(FRR).configuration(sent) == text


def test_in_xml_placeholders_and_values_are_escaped():
    text = "<password>&lt;secret:bgp/rivers&gt;</password>"
    sent = fill(text, SOURCE)
    assert sent == "<password>k&amp;&lt;7&gt;-abc</password>"
    assert mask(XML).configuration(sent, xml=True) == text


def test_references_are_found_in_both_spellings():
    assert references("a <secret:bgp/rivers> b &lt;secret:snmp/auth&gt; <secret:BAD> <secret:>") == {
        "bgp/rivers",
        "snmp/auth",
    }


def test_a_secret_nobody_holds_is_not_sent():
    with pytest.raises(SecretMissing):
        fill("password <secret:bgp/nobody>", SOURCE)


@pytest.mark.parametrize(
    "value", ["", "two words", "line\nbreak", "tab\t", "ü", "x" * 129, "nul\0", 'quo"te', "back\\slash"]
)
def test_a_value_that_could_break_out_of_its_line_is_refused_and_not_shown(value):
    source = EnvironmentSource({"NETCTL_SECRET_A": value})
    with pytest.raises(SecretUnusable) as caught:
        fill("password <secret:a>", source)
    assert not value.strip() or value not in str(caught.value)


def test_an_unknown_value_becomes_a_fingerprint_that_depends_on_the_key():
    text = " neighbor 192.0.2.2 password by-hand\n"
    first, second = (mask(FRR, key=key * 32).configuration(text) for key in (b"a", b"b"))
    assert "by-hand" not in first + second
    assert first != second
    assert "<secret-fingerprint:" in first


def test_equal_unknown_values_have_equal_fingerprints():
    text = " neighbor 192.0.2.2 password by-hand\n neighbor 192.0.2.3 password by-hand\n"
    lines = mask(FRR).configuration(text).split("\n")
    assert lines[0].split()[-1] == lines[1].split()[-1]


MD5 = "$1$kestrel1$pDjK6rQAp3z4ynIzMIav0/"
IOS = compile_patterns([r"^username \S+ (?:secret|password) (.+)"])


@pytest.mark.parametrize("value", ["5 " + MD5, "7 05190F19245E4C08170E5A4B"])
def test_another_form_of_a_known_value_names_it_and_is_never_written_back(value):
    shown = mask(IOS, known={"users/noc": "riverbank-9"}).configuration(f"username noc secret {value}\n")
    assert shown.startswith(f"username noc secret {value[:1]} <secret-fingerprint:")
    assert shown.endswith(":users/noc>\n")
    assert same_secret(shown.split(maxsplit=3)[3].strip(), "<secret:users/noc>")
    with pytest.raises(SecretMissing):
        fill(shown, EnvironmentSource({"NETCTL_SECRET_USERS_NOC": "riverbank-9"}))


def test_a_value_the_router_hides_itself_is_left_as_it_is():
    assert mask(IOS).configuration("username noc secret *\n") == "username noc secret *\n"
    assert mask(IOS, known={"a": "**"}).configuration("username noc secret **\n") == "username noc secret <secret:a>\n"


@pytest.mark.parametrize(
    "form", ["+username noc secret by-hand", "- username noc secret by-hand", "refused: username noc secret by-hand"]
)
def test_an_unknown_value_goes_from_differences_and_messages(form):
    assert "by-hand" not in mask(IOS).prose(form)


def test_masking_twice_changes_nothing_more():
    text = " neighbor 192.0.2.2 password by-hand\n neighbor 192.0.2.3 password k&<7>-abc\n"
    once = mask(FRR).configuration(text)
    assert mask(FRR).configuration(once) == once


def test_a_value_elsewhere_in_a_configuration_is_left_alone():
    text = " neighbor 192.0.2.2 description zebra-zebra\n"
    assert mask(FRR).configuration(text) == text


def test_a_value_anywhere_in_a_message_is_masked():
    assert mask(FRR).prose("unknown command: zebra-zebra") == "unknown command: <secret:bgp/other>"


def test_secrets_are_not_asked_for_where_a_text_holds_none():
    def never():
        raise AssertionError("asked")

    assert Mask(FRR, never, b"k").configuration("router bgp 64500\n") == "router bgp 64500\n"


def test_a_mask_shows_no_secret_when_it_is_printed():
    assert "zebra" not in repr(mask(FRR))


def test_the_key_is_made_once_and_private(tmp_path):
    home = tmp_path / "home"
    found = []
    threads = [threading.Thread(target=lambda: found.append(fingerprint_key(home))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found[0]) == 32
    assert stat.S_IMODE((home / "fingerprint.key").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["fingerprint.key"]


@pytest.mark.parametrize(
    ("platform", "line"),
    [
        ("frr", " neighbor 192.0.2.2 password VALUE"),
        ("frr", "enable password VALUE"),
        ("frr", "password VALUE"),
        ("frr", " isis password md5 VALUE"),
        ("frr", " area-password clear VALUE"),
        ("frr", "  key-string VALUE"),
        ("frr", 'createUser noc SHA "VALUE" AES "VALUE"'),
        ("ietf_netconf", "      <password>VALUE</password>"),
        ("ietf_netconf", '<b:password xmlns:b="urn:example" b:x="y">VALUE</b:password>'),
        ("ietf_netconf", "<authentication-key>VALUE</authentication-key><privacy-key>VALUE</privacy-key>"),
    ],
)
def test_our_platforms_know_where_their_secrets_stand(platform, line):
    from pathlib import Path

    from netctl.devices.platform import load_platform

    patterns = compile_patterns(load_platform(Path(__file__).parents[3], platform).secrets)
    masked = mask(patterns, known={"a/b": "kappa-7-kappa"}).configuration(line.replace("VALUE", "kappa-7-kappa"))
    assert masked == line.replace("VALUE", "<secret:a/b>")


@pytest.mark.parametrize("xml", [False, True])
def test_a_value_known_only_by_its_fingerprint_is_never_written_to_a_router(xml):
    text = "<password>by-hand</password>" if xml else " neighbor 192.0.2.2 password by-hand\n"
    recorded = mask(XML if xml else FRR).configuration(text, xml=xml)
    with pytest.raises(SecretMissing, match="only knows by its fingerprint"):
        fill(recorded, SOURCE)
