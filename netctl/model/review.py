"""What people leave on a change while they look at it, and the word by which one of them sets it going."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WHOLE = 0  # in place of a group or line: the comment is about all of it

Going = Literal["push", "resume", "rollback"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a comment is about: a line of one group of one plan, both counted from 1, or `WHOLE`.

    Groups are what `netctl.plan.fold` gives for the plan with this digest, so an anchor never means another line.
    """

    digest: str
    group: int = WHOLE
    line: int = WHOLE


@dataclass(frozen=True, slots=True)
class Comment:
    """One person's remark. `quoted` is the line as it read: it can be shown when the plan is another one.

    `answers` is the number of the comment that begins the thread, 0 for that one itself; only that one is resolved.
    """

    number: int
    change: str
    anchor: Anchor
    quoted: str
    user: str
    text: str
    at: str
    answers: int = 0
    resolved_by: str = ""
    resolved_at: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """One person's word to have looked at one group of one plan."""

    user: str
    digest: str
    group: int
    at: str


@dataclass(frozen=True, slots=True)
class Start:
    """A push, its continuation or its way back, asked for by `user` where no terminal is; told as it is known.

    `taken_at` is when the process that does it read its order, `ended_at` when it ended or was refused; then `code`,
    `message` and `hint` say why, and are "" where it ended well.
    """

    number: int
    change: str
    going: Going
    user: str
    at: str
    taken_at: str = ""
    ended_at: str = ""
    code: str = ""
    message: str = ""
    hint: str = ""
