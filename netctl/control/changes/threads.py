"""Comments as conversations: each begins with one, the others answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from netctl.model.review import Anchor, Comment

__all__ = ["Thread", "threads_of"]


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and its answers, oldest first; `outdated` where it is about a plan the change no longer has."""

    first: Comment
    answers: tuple[Comment, ...]
    outdated: bool

    @property
    def anchor(self) -> Anchor:
        """What it is about."""
        return self.first.anchor

    @property
    def resolved(self) -> bool:
        """True where somebody said that it is settled."""
        return bool(self.first.resolved_by)


def threads_of(comments: Iterable[Comment], digest: str) -> tuple[tuple[Thread, ...], tuple[Thread, ...]]:
    """The threads about the plan with this digest, and those about others, both by when they began."""
    begun: dict[int, Comment] = {}
    answers: dict[int, list[Comment]] = {}
    for each in comments:
        if each.answers:
            answers.setdefault(each.answers, []).append(each)
        else:
            begun[each.number] = each
    threads = [
        Thread(first, tuple(answers.get(number, ())), first.anchor.digest != digest) for number, first in begun.items()
    ]
    return tuple(each for each in threads if not each.outdated), tuple(each for each in threads if each.outdated)
