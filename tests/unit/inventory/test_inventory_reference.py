"""The reference network itself, as it lies in the tree."""

from netctl.inventory import check, reference_root


def test_the_reference_network_has_no_findings():
    assert check(reference_root()) == ()


def test_a_devices_folder_without_platforms_is_a_finding(root):
    for path in (root / "devices").glob("*/platform.yaml"):
        path.unlink()
    (finding,) = check(root)
    assert (finding.code, finding.file) == ("NETCTL-E0101", "devices")
