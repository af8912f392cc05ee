"""The database a setting names: SQLite in a file, PostgreSQL, and nothing else."""

import pytest

from netctl.errors import SettingsInvalid, UnknownChange
from netctl.store.changes import change_id, change_number
from netctl.store.engine import database_file, parse


def test_a_sqlite_url_names_its_file(tmp_path) -> None:
    assert database_file(parse(f"sqlite:///{tmp_path}/netctl.db")) == tmp_path / "netctl.db"


@pytest.mark.parametrize("text", ["postgresql://netctl@db/netctl", "postgres://netctl@db/netctl"])
def test_a_postgresql_url_gets_the_driver_netctl_ships(text: str) -> None:
    assert parse(text).drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "text", ["mysql://db/netctl", "netctl.db", "sqlite://", "sqlite:///:memory:", "postgresql://db:x/"]
)
def test_anything_else_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(SettingsInvalid):
        parse(text)


def test_a_password_in_a_url_that_cannot_be_read_is_not_shown() -> None:
    with pytest.raises(SettingsInvalid) as refusal:
        parse("postgresql:/netctl:hunter2@db")
    assert "hunter2" not in str(refusal.value) + refusal.value.hint + refusal.value.where


@pytest.mark.parametrize("text", ["C-000012", "c-12", "12"])
def test_a_change_is_found_by_its_number_in_any_spelling(text: str) -> None:
    assert change_number(text) == 12
    assert change_id(12) == "C-000012"


@pytest.mark.parametrize("text", ["", "C-", "C-12x", "C-１２", "-1", "9" * 30, "C-000012\n"])
def test_what_is_no_number_of_a_change_is_refused(text: str) -> None:
    with pytest.raises(UnknownChange):
        change_number(text)
