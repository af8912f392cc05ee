"""Who acknowledged and silenced what: the log and the tables agree, so that nobody hushes a problem unseen."""

from __future__ import annotations

from collections.abc import Iterator

from netctl.model.audit import AuditEntry
from netctl.model.watch import Silence
from netctl.store.books import Books

_EVERY = 1_000_000_000
_Told = tuple[str, str, str, str, str, str]  # subject, code, who, why, until, ended


class HushStory:
    """What the log tells of acknowledgements and silences, entry by entry."""

    def __init__(self) -> None:
        self._words: dict[str, set[tuple[str, str]]] = {}  # problem → who said what
        self._silences: dict[str, tuple[int, _Told]] = {}

    def tell(self, entry: AuditEntry) -> None:
        """One entry of the rooms ``problem`` and ``silence``."""
        said = entry.detail
        if entry.action == "problem.acknowledge":
            self._words.setdefault(entry.subject, set()).add((entry.actor, said["reason"]))
        elif entry.action == "silence.add":
            told = (said["subject"], said["code"], entry.actor, said["reason"], said["until"], "")
            self._silences[entry.subject] = (entry.number, told)
        elif entry.action == "silence.end" and entry.subject in self._silences:
            _, before = self._silences[entry.subject]
            self._silences[entry.subject] = (entry.number, (*before[:5], said["ended_at"]))

    def contradictions(self, books: Books) -> Iterator[tuple[int, str]]:
        """Every (entry, what is wrong); an acknowledgement may be gone, since what grows worse is asked about again."""
        for problem in books.problems.all(most=_EVERY):
            word = problem.acknowledged
            if word and (word.user, word.reason) not in self._words.get(problem.id, ()):
                yield 0, f"{problem.id} is acknowledged by {word.user}, but the log does not tell of it"
        silences = {silence.id: silence for silence in books.silences.all(most=_EVERY)}
        for name, (number, told) in self._silences.items():
            found = silences.pop(name, None)
            if found is None:
                yield number, f"the log tells of {name}, which is gone"
            elif _held(found) != told:
                yield number, f"{name} is not what the log tells of it"
        for name in silences:
            yield 0, f"the log does not tell of {name}"


def _held(silence: Silence) -> _Told:
    return (silence.subject, silence.code, silence.user, silence.reason, silence.until, silence.ended_at)
