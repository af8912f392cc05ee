"""Data that does not have its document's shape → every reason why, and the document as far as it can be told.

This is the slow path: it runs only for files that failed to decode, so that all of their errors come out at once.
What is wrong or missing becomes None in the document; the rules know that None means "already reported".
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from msgspec import inspect

from netctl.inventory.documents import FORMS
from netctl.inventory.findings import KeyPath, Problem

_SHOWN = 40  # characters of an offending value in a message

_KINDS = (
    (bool, "a truth value"),
    (int, "a number"),
    (float, "a fraction"),
    (str, "text"),
    (dict, "a mapping"),
    (list, "a list"),
)


def explain(data: Any, kind: Any, file: str) -> tuple[Any, list[Problem]]:
    """A document of `kind` with None where `data` says nothing usable, and all problems of shape, type and range."""
    walker = _Walker(file)
    return walker.walk(data, inspect.type_info(kind), ()), walker.problems


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or all of them where there are few."""
    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"known: {', '.join(words)}" if 0 < len(words) <= 20 else ""


def kind_of(value: Any) -> str:
    """What a value is, in words."""
    if value is None:
        return "nothing"
    return next((words for kind, words in _KINDS if isinstance(value, kind)), type(value).__name__)


def _shown(value: Any) -> str:
    """What a value is and, where it is short enough to recognise, the value itself."""
    if value is None or isinstance(value, (dict, list)):
        return kind_of(value)
    text = repr(value) if isinstance(value, str) else str(value).lower()
    return f"{kind_of(value)} {text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}"


class _Walker:
    """One pass over the data of one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def walk(self, value: Any, kind: inspect.Type, at: KeyPath) -> Any:  # noqa: PLR0911 - one line a kind
        """The document's part for `value`, or None after reporting why not."""
        extra: dict[str, str] = {}
        while isinstance(kind, inspect.Metadata):
            extra |= kind.extra or {}
            kind = kind.type
        match kind:
            case inspect.StructType():
                return self._struct(value, kind, at)
            case inspect.DictType():
                return self._dict(value, kind, at)
            case inspect.ListType():
                return self._list(value, kind, at, extra)
            case inspect.UnionType():
                return self._union(value, kind, at)
            case inspect.StrType():
                return self._text(value, kind, at)
            case inspect.IntType():
                return self._number(value, kind, at)
            case inspect.LiteralType():
                return self._choice(value, kind, at)
            case inspect.BoolType():
                return self._truth(value, at)
        raise AssertionError(kind)

    def _report(self, code: str, at: KeyPath, value: Any, message: str, hint: str = "") -> None:
        self.problems.append(Problem(code, self.file, at, value, message, hint))

    def _mistyped(self, value: Any, wanted: str, at: KeyPath) -> None:
        hint = "quote it" if wanted == "text" and isinstance(value, (int, float)) else ""
        name = next((key for key in reversed(at) if isinstance(key, str)), "the file")
        self._report("NETCTL-E0109", at, value, f"{name} must be {wanted}, not {_shown(value)}", hint)

    def _struct(self, value: Any, kind: inspect.StructType, at: KeyPath) -> Any:
        if not isinstance(value, dict):
            self._mistyped(value, "a mapping", at)
            value = None
        given = value or {}
        fields = {field.encode_name: field for field in kind.fields}
        for key in given.keys() - fields.keys():
            hint = did_you_mean(key, fields)
            self._report("NETCTL-E0107", (*at, key), key, f"unknown key {key!r}", hint)
        made = {}
        for name, field in fields.items():
            if name in given:
                made[field.name] = self.walk(given[name], field.type, (*at, name))
            elif not field.required:
                made[field.name] = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
            else:
                made[field.name] = None
                if value is not None:
                    self._report("NETCTL-E0108", at, name, f"key {name!r} is missing")
        return kind.cls(**made)

    def _dict(self, value: Any, kind: inspect.DictType, at: KeyPath) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._mistyped(value, "a mapping", at)
            return {}
        for key in value:
            self.walk(key, kind.key_type, (*at, key))
        return {key: self.walk(each, kind.value_type, (*at, key)) for key, each in value.items()}

    def _list(self, value: Any, kind: inspect.ListType, at: KeyPath, extra: dict[str, str]) -> list[Any] | None:
        if not isinstance(value, list):
            self._mistyped(value, "a list", at)
            return None
        items = [self.walk(each, kind.item_type, (*at, index)) for index, each in enumerate(value)]
        least, most = kind.min_length or 0, kind.max_length
        if len(value) < least or (most is not None and len(value) > most):
            wanted = f"{least}" if least == most else f"at least {least}" if most is None else f"{least} to {most}"
            message = f"{at[-1] if at else 'list'} holds {len(value)}, not {wanted}"
            if isinstance(at[-1], int):
                message = f"a group of {len(value)}, not {wanted}"
            self._report(extra.get("code", "NETCTL-E0110"), at, str(len(value)), message, extra.get("hint", ""))
        return items

    def _union(self, value: Any, kind: inspect.UnionType, at: KeyPath) -> Any:
        if value is None and any(isinstance(each, inspect.NoneType) for each in kind.types):
            return None
        rest = [each for each in kind.types if not isinstance(each, inspect.NoneType)]
        plain = [each for each in rest if not isinstance(_bare(each), inspect.StructType)] or rest
        return self.walk(value, next((each for each in rest if _takes(_bare(each), value)), plain[0]), at)

    def _text(self, value: Any, kind: inspect.StrType, at: KeyPath) -> str | None:
        if not isinstance(value, str):
            self._mistyped(value, "text", at)
            return None
        try:
            msgspec.convert(value, _annotated_text(kind))
        except msgspec.ValidationError:
            most = kind.max_length
            too_long = most is not None and len(value) > most
            message = (
                f"{len(value)} characters, not {most} at most"
                if too_long
                else f"{value!r} does not have the form asked for"
            )
            self._report("NETCTL-E0110", at, value, message, "" if too_long else FORMS.get(kind.pattern or "", ""))
            return None
        return value

    def _number(self, value: Any, kind: inspect.IntType, at: KeyPath) -> int | None:
        if not isinstance(value, int) or isinstance(value, bool):
            self._mistyped(value, "a number", at)
            return None
        low, high = kind.ge, kind.le
        if (low is not None and value < low) or (high is not None and value > high):
            self._report("NETCTL-E0110", at, value, f"{value} is not between {low} and {high}")
            return None
        return value

    def _truth(self, value: Any, at: KeyPath) -> bool | None:
        if not isinstance(value, bool):
            self._mistyped(value, "true or false", at)
            return None
        return value

    def _choice(self, value: Any, kind: inspect.LiteralType, at: KeyPath) -> Any:
        if value in kind.values:
            return value
        known = [str(each) for each in kind.values]
        self._report(
            "NETCTL-E0110", at, value, f"{value!r} is not one of the words known here", did_you_mean(str(value), known)
        )
        return None


def _bare(kind: inspect.Type) -> inspect.Type:
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    return kind


def _takes(kind: inspect.Type, value: Any) -> bool:
    """True where a value is of the sort that a kind asks for, whatever it holds."""
    match kind:
        case inspect.StructType() | inspect.DictType():
            return isinstance(value, dict)
        case inspect.ListType():
            return isinstance(value, list)
        case inspect.StrType():
            return isinstance(value, str)
    return False


def _annotated_text(kind: inspect.StrType) -> Any:
    return Annotated[str, msgspec.Meta(pattern=kind.pattern, min_length=kind.min_length, max_length=kind.max_length)]
