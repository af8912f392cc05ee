import pytest

from netctl.credentials import open_source
from netctl.credentials.sources import EnvironmentSource, FileSource, require
from netctl.errors import SecretFileUnsafe, SecretMissing, SecretSourceUnknown
from netctl.settings import Settings


def secrets_file(folder, text='"bgp/rivers" = "kappa-7"\n', mode=0o600):
    path = folder / "secrets.toml"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_reference_is_read_from_its_variable():
    source = EnvironmentSource({"NETCTL_SECRET_BGP_RIVERS_EAST": "kappa-7"})
    assert source.get("bgp/rivers-east") == "kappa-7"
    assert source.get("bgp/rivers") is None


def test_a_private_file_is_read(tmp_path):
    assert FileSource(secrets_file(tmp_path)).get("bgp/rivers") == "kappa-7"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o601])
def test_a_file_others_can_get_at_is_refused(tmp_path, mode):
    path = secrets_file(tmp_path, mode=mode)
    with pytest.raises(SecretFileUnsafe) as caught:
        FileSource(path).get("bgp/rivers")
    assert caught.value.where == str(path)
    assert caught.value.hint == f"chmod 600 {path}"


@pytest.mark.parametrize("text", ["kappa-7", "bgp = 7\n", '[bgp]\nrivers = "kappa-7"\n', "\udcff"])
def test_a_file_of_another_form_is_refused_without_quoting_it(tmp_path, text):
    path = tmp_path / "secrets.toml"
    path.write_bytes(text.encode(errors="surrogateescape"))
    path.chmod(0o600)
    with pytest.raises(SecretFileUnsafe) as caught:
        FileSource(path).get("bgp")
    assert "kappa-7" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_folder_is_not_a_file_of_secrets(tmp_path):
    with pytest.raises(SecretFileUnsafe):
        FileSource(tmp_path).get("bgp/rivers")


def test_a_file_that_is_not_there_holds_nothing(tmp_path):
    assert FileSource(tmp_path / "none").get("bgp/rivers") is None


def test_the_first_source_that_holds_a_reference_wins(tmp_path):
    path = secrets_file(tmp_path, '"bgp/rivers" = "from-file"\n"bgp/forests" = "file-too"\n')
    settings = Settings(home=tmp_path, secret_sources=("env", f"file:{path}"))
    source = open_source(settings, {"NETCTL_SECRET_BGP_RIVERS": "from-env"})
    assert source.get("bgp/rivers") == "from-env"
    assert source.get("bgp/forests") == "file-too"


def test_a_relative_file_lies_in_the_home_of_the_installation(tmp_path):
    secrets_file(tmp_path)
    assert (
        open_source(Settings(home=tmp_path, secret_sources=("file:secrets.toml",)), {}).get("bgp/rivers") == "kappa-7"
    )


@pytest.mark.parametrize("entry", ["vault", "file:", "env:HOME", ""])
def test_an_unknown_kind_of_source_is_named(tmp_path, entry):
    with pytest.raises(SecretSourceUnknown, match="unknown secret source"):
        open_source(Settings(home=tmp_path, secret_sources=(entry,)), {})


def test_a_missing_secret_says_where_it_could_be_put(tmp_path):
    source = open_source(Settings(home=tmp_path, secret_sources=("env", "file:secrets.toml")), {})
    with pytest.raises(SecretMissing) as caught:
        require(source, "bgp/rivers", where="rivers-hq-r1")
    assert "NETCTL_SECRET_BGP_RIVERS" in caught.value.hint
    assert "secrets.toml" in caught.value.hint
    assert caught.value.where == "rivers-hq-r1"
