import paramiko
import pytest

from netctl.devices import hostkeys
from netctl.errors import HostKeyRefused

FIRST, SECOND = paramiko.ECDSAKey.generate(), paramiko.ECDSAKey.generate()


def line(key):
    return f"{key.get_name()} {key.get_base64()}"


def test_a_known_key_passes():
    hostkeys.verify(FIRST, (line(SECOND), line(FIRST)), "rx-1")


def test_another_key_is_refused_and_both_are_shown():
    with pytest.raises(HostKeyRefused) as caught:
        hostkeys.verify(FIRST, (line(SECOND),), "rx-1")
    assert hostkeys.fingerprint(FIRST.asbytes()) in caught.value.message
    assert hostkeys.fingerprint(SECOND.asbytes()) in caught.value.message


def test_without_a_known_key_nothing_is_tried():
    with pytest.raises(HostKeyRefused, match="no host key is known") as caught:
        hostkeys.algorithms((), "rx-1")
    assert "scan-keys" in caught.value.hint


def test_only_algorithms_that_show_a_known_key_are_offered():
    assert hostkeys.algorithms((line(FIRST),), "rx-1") == ("ecdsa-sha2-nistp256",)
    assert hostkeys.algorithms(("ssh-rsa AAAAB3NzaC1yc2E=",), "rx-1") == ("rsa-sha2-512", "rsa-sha2-256")


@pytest.mark.parametrize(
    "key", ["", "ssh-ed25519", "ssh-ed25519 !!!", "ssh-dss AAAAB3NzaC1kc3M=", "ssh-ed25519 AAAAB3NzaC1yc2E="]
)
def test_what_is_no_public_key_is_refused(key):
    with pytest.raises(HostKeyRefused, match="not a public key"):
        hostkeys.algorithms((key,), "rx-1")


def test_fingerprints_are_those_of_ssh_keygen(tmp_path):
    import subprocess

    path = tmp_path / "key.pub"
    path.write_text(line(FIRST) + " comment\n")
    shown = subprocess.run(["ssh-keygen", "-l", "-f", path], capture_output=True, text=True, check=True).stdout
    assert hostkeys.fingerprint_of(line(FIRST)).split()[1] in shown


def test_a_known_hosts_line_names_the_port_only_where_it_is_another():
    assert hostkeys.known_hosts_line("3fff:600::1", 22, "ssh-ed25519 A") == "3fff:600::1 ssh-ed25519 A"
    assert hostkeys.known_hosts_line("3fff:600::1", 830, "ssh-ed25519 A") == "[3fff:600::1]:830 ssh-ed25519 A"
