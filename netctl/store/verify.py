"""The audit log and the tables tell the same story: nobody wrote to either behind netctl's back (safety law 9).

The chain proves that the log is whole. What the log tells is then held against what the tables hold: roles, states,
votes, members, receipts and plans. A role that nobody granted is found here, before its holder's approval is believed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from netctl.errors import PlanTampered
from netctl.model.audit import AuditEntry, AuditReport, Head
from netctl.model.change import Change
from netctl.store.books import Books
from netctl.store.plans import owners_in_words
from netctl.store.verify_accounts import AccountStory
from netctl.store.verify_problems import HushStory
from netctl.store.verify_review import RemarkStory
from netctl.store.verify_writers import WriterStory

_VOTES = {"change.approve": "approve", "change.reject": "reject", "change.ask": "ask"}

Broken = Iterator[tuple[int, str]]  # (entry, what is wrong)


@dataclass(slots=True)
class _Person:
    """One user as the log tells it."""

    told_at: int = 0
    roles: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Story:
    """One change as the log tells it."""

    told_at: int = 0
    state: str = ""
    digest: str = ""
    organisations: str = ""
    votes: list[tuple[str, str, str]] = field(default_factory=list)
    members: dict[str, str] = field(default_factory=dict)


def verify(books: Books, recorded: Iterable[Head] = ()) -> AuditReport:
    """The chain holds, and what it tells is what the tables hold; the report names the first thing that is not so."""
    report = books.audit.verify(recorded)
    if not report.holds:
        return report
    for number, broken in _contradictions(books):
        return replace(report, broken_at=number, broken=broken)
    return report


def _contradictions(books: Books) -> Broken:
    people: dict[str, _Person] = defaultdict(_Person)
    stories: dict[str, _Story] = defaultdict(_Story)
    accounts = AccountStory()
    hushed = HushStory()
    remarks = RemarkStory()
    writers = WriterStory()
    for entry in books.audit.entries():
        room, _, _ = entry.action.partition(".")
        if room == "user":
            _tell_of_person(people[entry.subject], entry)
        elif room == "account":
            accounts.tell(entry)
        elif room in ("problem", "silence"):
            hushed.tell(entry)
        elif room == "promotion":
            writers.tell(entry)
        elif room == "change":
            _tell_of_change(stories[entry.subject], entry)
            remarks.tell(entry)
        elif room == "member":
            stories[entry.subject].members[entry.detail["target"]] = entry.action.removeprefix("member.")
            yield from _broken_seal(books, entry)
    yield from _about_people(books, people)
    yield from accounts.contradictions(books)
    yield from remarks.contradictions(books)
    yield from hushed.contradictions(books)
    yield from writers.contradictions(books)
    for change in books.changes.all():
        yield from _about_change(books, change, stories.pop(change.id, _Story()))
    for name, story in stories.items():
        yield story.told_at, f"the log tells of {name}, which is gone"


def _tell_of_person(person: _Person, entry: AuditEntry) -> None:
    person.told_at = entry.number
    roles = {role for role in entry.detail["roles"].split(", ") if role}
    person.roles = person.roles - roles if entry.action == "user.revoke" else person.roles | roles


def _tell_of_change(story: _Story, entry: AuditEntry) -> None:
    story.told_at = entry.number
    state = "proposed" if entry.action == "change.propose" else entry.detail.get("to", "")
    if state:
        story.state, story.digest = state, entry.detail["digest"]
    if entry.action in ("change.propose", "change.revise"):
        story.organisations = entry.detail.get("organisations", "")
    if entry.action in _VOTES:
        story.votes.append((entry.actor, _VOTES[entry.action], entry.detail["digest"]))


def _broken_seal(books: Books, entry: AuditEntry) -> Broken:
    seal, target = entry.detail["receipts"], entry.detail["target"]
    count = int(seal.partition(":")[0])
    if books.rollout.seal(entry.subject, target, count) != seal:
        yield entry.number, f"the receipts of {target} in {entry.subject} are not those entry {entry.number} sealed"


def _about_people(books: Books, people: dict[str, _Person]) -> Broken:
    for user in books.users.all():
        told = people.pop(user.name, _Person())
        held = {str(grant) for grant in user.grants}
        if held != told.roles or not told.told_at:
            odd = ", ".join(sorted(held ^ told.roles)) or "the user"
            yield told.told_at, f"the roles of {user.name} are not those the log tells of: {odd}"
    for name, told in people.items():
        yield told.told_at, f"the log tells of user {name}, who is gone"


def _about_change(books: Books, change: Change, story: _Story) -> Broken:
    if (change.state, change.plan_digest) != (story.state, story.digest):
        yield story.told_at, f"{change.id} is {change.state}, but the log tells of {story.state or 'nothing'}"
    if [(vote.user, vote.verdict, vote.digest) for vote in change.approvals] != story.votes:
        yield story.told_at, f"the votes on {change.id} are not those the log tells of"
    owners = owners_in_words(books.plans.organisations(change.plan_digest))
    if owners != (story.organisations or ""):
        told = story.organisations or "nobody"
        yield (
            story.told_at,
            f"the routers of {change.id} are those of {owners or 'nobody'}, but the log tells of {told}",
        )
    for member in books.rollout.members(change.id):
        told = story.members.pop(member.target, "waiting")
        if member.state != told:
            yield story.told_at, f"{member.target} of {change.id} is {member.state}, but the log tells of {told}"
    for target in story.members:
        yield story.told_at, f"the log tells of {target} in {change.id}, which is gone"
    try:
        books.plans.check(change.plan_digest)
    except PlanTampered as error:
        yield story.told_at, f"{change.id}: {error.message}"
