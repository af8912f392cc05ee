from pathlib import Path

import pytest
import yaml

from netctl.devices.platform import CAPABILITIES, load_platform, platform_names
from netctl.errors import CapabilityMissing, PlatformInvalid

ROOT = Path(__file__).parents[3]
VENDORS = {
    "cisco_ios": "IOSDriver",
    "arista_eos": "EOSDriver",
    "juniper_junos": "JunOSDriver",
    "cisco_iosxr": "IOSXRNETCONFDriver",
    "cisco_nxos": "NXOSSSHDriver",
}


def declared(folder, **changes):
    """A network folder with one platform "box", made from frr's declaration."""
    data = yaml.safe_load((ROOT / "devices/frr/platform.yaml").read_text()) | changes
    path = folder / "devices/box/platform.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data))
    return folder


@pytest.mark.parametrize("name", platform_names(ROOT))
def test_every_declared_platform_loads_and_says_something_about_every_capability(name):
    platform = load_platform(ROOT, name)
    assert platform.name == name
    assert set(platform.capabilities) == set(CAPABILITIES)
    assert all(ability.verified for ability in platform.capabilities.values())


@pytest.mark.parametrize("name", ["frr", "ietf_netconf"])
def test_our_platforms_may_be_read_and_pushed(name):
    platform = load_platform(ROOT, name)
    assert platform.refusal("read") == ""
    assert platform.refusal("push") == ""


@pytest.mark.parametrize(("name", "driver"), VENDORS.items())
def test_napalms_own_drivers_are_named_and_loaded(name, driver):
    assert load_platform(ROOT, name).driver_class().__name__ == driver


@pytest.mark.parametrize("name", VENDORS)
def test_a_platform_that_cannot_be_pushed_safely_is_refused_with_the_reason(name):
    platform = load_platform(ROOT, name)
    with pytest.raises(CapabilityMissing) as caught:
        platform.require("push", "box-1")
    lacking = [key for key in CAPABILITIES if not platform.capabilities[key].able]
    assert lacking
    for key in lacking:
        assert platform.capabilities[key].verified in caught.value.message
    assert caught.value.exit_status == 5


@pytest.mark.parametrize(
    ("name", "method"),
    [("cisco_iosxr", "commit_config"), ("cisco_nxos", "commit_config")],
)
def test_what_we_say_of_a_vendors_timer_is_what_its_driver_does(name, method):
    driver = load_platform(ROOT, name).driver_class()
    made = driver.__new__(driver)
    made.optional_args = {}
    with pytest.raises(NotImplementedError, match="not been implemented on this platform"):
        getattr(made, method)(revert_in=60)


def test_a_platform_nobody_declared_is_told_with_the_known_ones():
    with pytest.raises(PlatformInvalid) as caught:
        load_platform(ROOT, "routeros")
    assert "frr" in caught.value.hint
    assert caught.value.where == "devices/routeros/platform.yaml"


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"transport": "pigeon"}, "pigeon"),
        ({"port": "many"}, "port"),
        ({"colour": "red"}, "colour"),
        ({"parts": []}, "no parts"),
        ({"parts": [{"name": "x", "format": "docx"}]}, "docx"),
        ({"secrets": ["("]}, "expression"),
        ({"volatile": ["["]}, "expression"),
        ({"secrets": ["no group"]}, "one group"),
        ({"capabilities": {"replace": {"able": True, "verified": "by us"}}}, "nothing is said about strict_host_key"),
        ({"capabilities": {"telepathy": {"able": True, "verified": "by us"}}}, "telepathy"),
        ({"title": None}, "title"),
    ],
)
def test_a_declaration_that_cannot_be_used_is_told_with_its_file(tmp_path, changes, word):
    with pytest.raises(PlatformInvalid, match=word) as caught:
        load_platform(declared(tmp_path, **changes), "box")
    assert caught.value.where == "devices/box/platform.yaml"


@pytest.mark.parametrize("text", [b"", b"- 1\n", b"a: [", b"\xff\xfe", b"a: &a [*a]\n"])
def test_a_file_that_is_no_mapping_is_told(tmp_path, text):
    path = declared(tmp_path) / "devices/box/platform.yaml"
    path.write_bytes(text)
    with pytest.raises(PlatformInvalid):
        load_platform(tmp_path, "box")


@pytest.mark.parametrize("driver", ["nothing_of_the_kind", "netctl.devices.frr:NoSuchDriver", "netctl.nowhere:Driver"])
def test_a_driver_that_does_not_exist_is_told(tmp_path, driver):
    with pytest.raises(PlatformInvalid, match="cannot be loaded"):
        load_platform(declared(tmp_path, driver=driver), "box").driver_class()


def test_a_changed_declaration_is_read_again(tmp_path):
    import os

    assert load_platform(declared(tmp_path), "box").port == 22
    path = declared(tmp_path, port=2222) / "devices/box/platform.yaml"
    os.utime(path, ns=(1, 1))
    assert load_platform(tmp_path, "box").port == 2222
