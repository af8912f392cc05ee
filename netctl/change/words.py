"""What people write about a change: text that a terminal, a log and every database can hold."""

from __future__ import annotations

import unicodedata

from netctl.errors import WordsRefused

LONGEST_TITLE = 120
LONGEST_REASON = 4000


def refuse_title(text: str) -> None:
    """Nothing, or `WordsRefused` for a title that is empty, too long, or more than one line of text."""
    if not text.strip():
        raise WordsRefused("a change needs a title", where="title", hint="say in a few words what changes")
    _refuse(text, "title", LONGEST_TITLE, "")


def refuse_reason(text: str) -> None:
    """Nothing, or `WordsRefused` for a reason that is too long or no text; it may have several lines."""
    _refuse(text, "reason", LONGEST_REASON, "\n\t")


def refuse_label(text: str, where: str, longest: int) -> None:
    """Nothing, or `WordsRefused` for a name that is empty, too long, or more than one line of text."""
    if not text.strip():
        raise WordsRefused(f"the {where} is empty", where=where, hint="a word or two will do")
    _refuse(text, where, longest, "")


def _refuse(text: str, where: str, longest: int, spared: str) -> None:
    if len(text) > longest:
        hint = f"at most {longest} characters"
        raise WordsRefused(f"the {where} has {len(text)} characters", where=where, hint=hint)
    for character in text:
        # Control characters and half surrogates (Cc, Cs): a terminal obeys the ones, PostgreSQL chokes on the others.
        if unicodedata.category(character) in ("Cc", "Cs") and character not in spared:
            told = f"the {where} holds U+{ord(character):04X}, which is no text"
            raise WordsRefused(told, where=where, hint="write it as plain text")
