"""Signing in on a real store whose clock is moved: throttling, sessions and their ends, tokens, and the log of it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from stores import fresh

from netctl.control.people import accounts, passwords, sessions, tokens, users
from netctl.control.records import audit
from netctl.control.people.proving import network_of
from netctl.credentials.passwords import Passwords
from netctl.errors import (
    AuditBroken,
    NotAllowed,
    PasswordLinkGone,
    SignInAgain,
    SignInRefused,
    SignInThrottled,
    TokenReadsOnly,
    TokenRefused,
    UnknownSession,
)
from netctl.model.people import Grant
from netctl.settings import Settings
from netctl.store import Store

CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
RIGHT, WRONG = "seven lanterns over water", "eight lanterns over water"


class Place:
    """A store, its clock, and people who sign in there."""

    def __init__(self, home) -> None:
        self.now = datetime(2026, 11, 22, 5, 40, tzinfo=UTC)
        self.settings = Settings(home=home, session_hours=12, session_idle_minutes=60, again_minutes=10)
        self.file = home / "netctl.db"
        self.store = Store.open(fresh(self.file), clock=lambda: self.now)
        users.add(self.store, "aiko", [Grant("viewer"), Grant("auditor")], actor="root")
        users.add(self.store, "ben", [Grant("viewer")], actor="root")
        for name in ("aiko", "ben"):
            passwords.set_password(self.store, name, RIGHT, actor="root", passwords=CHEAP)

    def wait(self, **time) -> None:
        self.now += timedelta(**time)

    def sign_in(self, password=RIGHT, name="aiko", address="192.0.2.1", **more):
        return accounts.sign_in(
            self.store, name, password, address=address, agent="b", settings=self.settings, passwords=CHEAP, **more
        )

    def fail(self, times=1, **more) -> None:
        for _ in range(times):
            with pytest.raises(SignInRefused):
                self.sign_in(WRONG, **more)

    def refusals(self):
        return [e.detail for e in audit.log(self.store, user="aiko") if e.action == "account.refuse_sign_in"]

    def behind(self, statement: str) -> None:
        """Run a statement on the database without netctl."""
        with closing(sqlite3.connect(self.file, isolation_level=None)) as connection:
            connection.execute(statement)


@pytest.fixture
def place(tmp_path):
    place = Place(tmp_path)
    yield place
    place.store.close()


# ── throttling ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_each_failure_after_the_fifth_doubles_the_wait(place):
    place.fail(5)
    waits = []
    for _ in range(12):
        with pytest.raises(SignInThrottled) as refusal:
            place.sign_in()
        waits.append(refusal.value.seconds)
        place.wait(seconds=refusal.value.seconds)
        place.fail()
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]


def test_waiting_is_not_made_longer_by_trying_meanwhile(place):
    place.fail(5)
    for _ in range(50):
        with pytest.raises(SignInThrottled):
            place.sign_in()
    place.wait(seconds=1)
    assert place.sign_in().session.user == "aiko"


def test_signing_in_forgives_the_name_and_an_hour_forgives_everything(place):
    place.fail(4)
    place.sign_in()
    place.fail(5)
    place.wait(hours=1, seconds=1)
    place.fail(5)


def test_a_name_nobody_has_is_slowed_down_alike(place):
    place.fail(5, name="mallory")
    with pytest.raises(SignInThrottled):
        place.sign_in(name="mallory")


def test_an_address_that_tries_many_names_is_slowed_down_and_its_neighbours_are_not(place):
    for number in range(20):
        place.fail(name=f"user{number}", address="2001:db8:0:1::%x" % number)
    with pytest.raises(SignInThrottled):
        place.sign_in(address="2001:db8:0:1:ffff::1")
    assert place.sign_in(address="2001:db8:0:2::1").session.user == "aiko"


def test_knowing_one_password_does_not_unlock_an_address_to_guess_others(place):
    for number in range(19):
        place.fail(name=f"user{number}")
        place.sign_in()
    place.fail(name="user19")
    with pytest.raises(SignInThrottled):
        place.sign_in(name="ben")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:0:1:ffff::1", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_an_address_counts_as_what_one_household_has(address, network):
    assert network_of(address) == network


def test_a_flood_of_failures_is_a_handful_of_entries(place):
    for _ in range(40):
        place.fail(address="198.51.100.7", name="mallory")
        place.wait(minutes=16)
    assert [each["failures"] for each in place.refusals()] == ["1", "2", "4", "8", "16", "32"]
    assert audit.verify(place.store, user="aiko").holds


def test_what_was_typed_as_an_unknown_name_is_not_written_down(place):
    place.fail(name="my secret typed into the wrong field")
    assert "my secret" not in repr(audit.log(place.store, user="aiko"))


def test_a_hash_of_old_parameters_is_renewed_by_signing_in(place):
    older = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    passwords.set_password(place.store, "aiko", RIGHT, actor="root", passwords=older)
    place.sign_in()
    with place.store.reading() as books:
        assert not CHEAP.outdated(books.accounts.password("aiko"))
    place.sign_in()
    assert audit.verify(place.store, user="aiko").holds


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_secret_of_a_session_is_not_in_the_database(place):
    begun = place.sign_in()
    content = b"".join(path.read_bytes() for path in place.file.parent.glob("netctl.db*"))
    assert begun.secret.encode() not in content
    assert RIGHT.encode() not in content
    assert len(begun.secret) == 43


@pytest.mark.parametrize("secret", ["", "x", "x" * 10_000, "\ud800", "' OR 1=1 --"])
def test_what_is_no_secret_opens_nothing(place, secret):
    assert accounts.session_of(place.store, secret) is None
    accounts.sign_out(place.store, secret)


def test_a_session_ends_when_nobody_uses_it(place):
    begun = place.sign_in()
    for _ in range(5):
        place.wait(minutes=59)
        assert accounts.session_of(place.store, begun.secret) is not None
    place.wait(minutes=61)
    assert accounts.session_of(place.store, begun.secret) is None


def test_a_session_ends_however_much_it_is_used(place):
    begun = place.sign_in()
    for _ in range(12 * 2 - 1):
        place.wait(minutes=30)
        assert accounts.session_of(place.store, begun.secret) is not None
    place.wait(minutes=30)
    assert accounts.session_of(place.store, begun.secret) is None


def test_being_seen_is_written_once_a_minute_and_not_at_every_request(place):
    begun = place.sign_in()
    place.wait(seconds=30)
    accounts.session_of(place.store, begun.secret)
    (session,) = sessions.sessions(place.store, "aiko", actor="aiko")
    assert session.seen_at == begun.session.seen_at
    place.wait(seconds=31)
    accounts.session_of(place.store, begun.secret)
    (session,) = sessions.sessions(place.store, "aiko", actor="aiko")
    assert session.seen_at > begun.session.seen_at


def test_ten_minutes_after_signing_in_one_is_asked_again(place):
    begun = place.sign_in()
    place.wait(minutes=10)
    accounts.require_fresh(begun.session, place.settings, place.now)
    place.wait(seconds=1)
    with pytest.raises(SignInAgain):
        accounts.require_fresh(begun.session, place.settings, place.now)
    again = accounts.sign_in_again(place.store, begun.secret, RIGHT, address="192.0.2.1", passwords=CHEAP)
    accounts.require_fresh(again.session, place.settings, place.now)
    assert again.session.expires_at == begun.session.expires_at, "proving it again must not make a session last longer"


def test_nobody_ends_or_sees_the_sessions_of_others_but_an_admin(place):
    begun = place.sign_in()
    for step in (sessions.sessions, sessions.end_sessions):
        with pytest.raises(NotAllowed):
            step(place.store, "aiko", actor="ben")
    with pytest.raises(UnknownSession):
        sessions.end_session(place.store, "ben", begun.session.id, actor="ben")
    assert sessions.end_sessions(place.store, "aiko", actor="root") == 1
    assert accounts.session_of(place.store, begun.secret) is None


def test_a_new_password_ends_all_sessions_and_voids_the_link(place):
    begun = place.sign_in()
    secret, _ = passwords.make_link(place.store, "aiko", actor="root")
    passwords.set_password(place.store, "aiko", WRONG, actor="aiko", passwords=CHEAP)
    assert accounts.session_of(place.store, begun.secret) is None
    with pytest.raises(PasswordLinkGone):
        passwords.use_link(place.store, secret, RIGHT, passwords=CHEAP)


def test_a_link_lasts_for_a_day_and_only_the_last_one_made_works(place):
    first, _ = passwords.make_link(place.store, "ben", actor="root")
    second, _ = passwords.make_link(place.store, "ben", actor="root")
    with pytest.raises(PasswordLinkGone):
        passwords.whose_link(place.store, first)
    assert passwords.whose_link(place.store, second) == "ben"
    place.wait(hours=24)
    with pytest.raises(PasswordLinkGone):
        passwords.whose_link(place.store, second)


def test_only_admins_make_links_and_set_the_passwords_of_others(place):
    with pytest.raises(NotAllowed):
        passwords.make_link(place.store, "ben", actor="aiko")
    with pytest.raises(NotAllowed):
        passwords.set_password(place.store, "ben", WRONG, actor="aiko", passwords=CHEAP)


# ── tokens ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_token_that_only_reads_changes_nothing_and_ends_in_time(place):
    secret, _ = tokens.make_token(place.store, "aiko", name="report", scope="read", days=1)
    found = accounts.by_token(place.store, secret)
    accounts.require_scope(found, "show")
    with pytest.raises(TokenReadsOnly):
        accounts.require_scope(found, "comment")
    place.wait(days=1)
    with pytest.raises(TokenRefused):
        accounts.by_token(place.store, secret)


# ── what somebody writes into the database by hand is found ──────────────────────────────────────────────────────────

FORGED = {
    "a password": "UPDATE passwords SET hash = (SELECT hash FROM passwords WHERE user_name = 'ben') WHERE user_name = 'aiko'",
    "a link": f"INSERT INTO password_links VALUES ('aiko', '{'0' * 64}', '2030-01-01T00:00:00.000000Z')",
    "a session": (
        f"INSERT INTO sessions SELECT '{'0' * 64}', '{'0' * 12}', 'ben', csrf, way, signed_in_at, authenticated_at, "
        "seen_at, expires_at, idle_seconds, address, agent FROM sessions"
    ),
    "whose session": "UPDATE sessions SET user_name = 'ben'",
    "the secret of a session": f"UPDATE sessions SET digest = '{'0' * 64}'",
    "how long a token lives": "UPDATE tokens SET expires_at = '2030-01-01T00:00:00.000000Z'",
    "what a token may": "UPDATE tokens SET scope = 'all'",
    "whose token": "UPDATE tokens SET user_name = 'ben'",
    "who somebody is elsewhere": "INSERT INTO identities VALUES ('https://login.example', 's', 'aiko', '2026')",
}


@pytest.mark.parametrize("what", FORGED)
def test_a_way_in_that_was_forged_is_found(place, what):
    place.sign_in()
    tokens.make_token(place.store, "aiko", name="report", scope="read", days=30)
    assert audit.verify(place.store, user="aiko").holds
    place.behind(FORGED[what])
    with pytest.raises(AuditBroken, match="that the log does not tell of"):
        audit.verify(place.store, user="aiko")


def test_a_session_that_was_ended_and_put_back_is_found(place):
    place.sign_in()
    place.behind("CREATE TABLE kept AS SELECT * FROM sessions")
    sessions.end_sessions(place.store, "aiko", actor="root")
    place.behind("INSERT INTO sessions SELECT * FROM kept")
    with pytest.raises(AuditBroken, match="aiko has a session"):
        audit.verify(place.store, user="aiko")
