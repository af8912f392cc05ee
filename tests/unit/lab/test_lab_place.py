"""A lab's names, files and settings."""

import pytest

from netctl.errors import LabUnknown
from netctl.lab import record
from netctl.lab.place import place
from netctl.lab.topology import topology
from netctl.services.routing import derive
from netctl.settings import load
from networks import reference


@pytest.mark.parametrize("name", ["", "a-b", "Lab", "1lab", "lab/x", "../x", "x" * 13, "läb"])
def test_a_name_that_could_be_read_two_ways_is_refused(tmp_path, name):
    with pytest.raises(LabUnknown, match="cannot be a lab's name"):
        place(tmp_path, name)


def test_namespaces_of_two_labs_never_bear_one_name(tmp_path):
    one, other = place(tmp_path, "lab"), place(tmp_path, "lab2")
    assert not other.namespace("noc").startswith(one.namespace(""))


def test_a_state_comes_back_as_it_was(tmp_path):
    where = place(tmp_path, "lab")
    where.folder.mkdir(parents=True)
    state = record.State("/somewhere", "raised", ("rivers-hq",), topology(reference(), derive(reference())))
    record.write(where, state)
    assert record.read(where) == state


SOURCES = ("env", 'file:/a "quoted" place/secrets.toml')


@pytest.mark.parametrize("text", ["", "{", "[]", '{"phase": "raised"}', '{"network": 1}'])
def test_a_state_cut_short_by_a_crash_is_no_state(tmp_path, text):
    where = place(tmp_path, "lab")
    where.folder.mkdir(parents=True)
    where.state_file.write_text(text)
    assert record.read(where) is None


def test_the_settings_of_a_lab_lead_into_it(tmp_path):
    where = place(tmp_path, "lab")
    where.folder.mkdir(parents=True)
    record.write_settings(where, SOURCES)
    settings = load({"NETCTL_HOME": str(tmp_path)}, lab="lab")
    assert (settings.management_netns, settings.username) == ("lab-noc", "netctl")
    assert settings.key_file == str(tmp_path / "labs" / ".keys" / "netctl")
    assert settings.secret_sources == SOURCES


def test_a_forgotten_lab_is_not_raised(tmp_path):
    where = place(tmp_path, "lab")
    where.folder.mkdir(parents=True)
    record.write_settings(where, SOURCES)
    record.forget(where)
    with pytest.raises(LabUnknown, match="no lab named 'lab' is raised"):
        record.raised(where)
    assert not where.settings_file.exists()
