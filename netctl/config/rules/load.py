"""Rules out of a file's data: every mistake of the file in one error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from netctl.config.rules.nouns import Change, Commit, Reference, Risk, Rules, Statement, Words
from netctl.config.rules.pattern import BadPattern, Pattern, compile_pattern
from netctl.config.rules.section import Section
from netctl.config.syntax.layout import Layout, Whole
from netctl.errors import RulesInvalid

Texts = str | tuple[str, ...]


class _Whole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    start: str
    end: str = ""


class _Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    style: Literal["indent", "curly", "flat", "modal"]
    comments: tuple[str, ...] = ("!",)
    closers: tuple[str, ...] = ()
    step: str = " "
    leave: str = ""
    leave_all: bool = False
    containers: tuple[str, ...] = ()
    wholes: tuple[_Whole, ...] = ()


class _Risk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    why: str
    on: tuple[Literal["add", "change", "remove"], ...] = ("add", "change", "remove")


class _Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    inside: dict[str, _Statement | None] | None = None
    like: Texts = ()
    defaults: Texts = ()
    ordered: bool = False
    numbered: bool = False
    key: str = ""
    remove: str | None = None
    stays: bool = False
    hollow: bool = False
    change: Change = "overwrite"
    temporary: str = ""
    defines: Texts = ()
    uses: Texts = ()
    takes: Texts = ()
    drops: Texts = ()
    gone_first: Texts = ()
    before: Texts = ()
    after: Texts = ()
    order: Literal["", "first", "last"] = ""
    carries: Texts = ()
    grow: str = ""
    shrink: str = ""
    extends: bool = False
    each: str = ""
    unique: str = ""
    risk: _Risk | None = None
    note: str = ""


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    negate: str = "no"
    default: str = ""
    say: str = ""
    move: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    layout: _Layout
    statements: dict[str, _Statement | None]
    words: _Words = _Words()
    commit: Commit = "immediate"
    names: dict[str, dict[str, str]] = {}
    defaults: Texts = ()
    alone: Texts = ()  # kinds of names that one statement may define at a time
    groups: dict[str, dict[str, _Statement | None]] = {}
    like: Texts = ()  # groups whose patterns the top level has, too


def load(data: Any, platform: str, where: str) -> Rules:
    """The rules in `data`, as YAML gives it; raises `RulesInvalid` with all mistakes."""
    try:
        file = msgspec.convert(data, _File)
    except msgspec.ValidationError as error:
        raise RulesInvalid(str(error), where=where) from error
    builder = _Builder(file)
    rules = builder.rules(platform)
    if builder.mistakes:
        raise RulesInvalid("; ".join(dict.fromkeys(builder.mistakes)), where=where)
    return rules


class _Builder:
    """Compiles one file; mistakes are gathered."""

    def __init__(self, file: _File) -> None:
        self.file = file
        self.words = Words(**msgspec.structs.asdict(file.words))
        self.mistakes: list[str] = []
        self.within: list[str] = []  # the groups of the statements that are being read, outermost first; "" for none
        self.openers: list[re.Pattern[str]] = []
        self.secrets: list[re.Pattern[str]] = []

    def rules(self, platform: str) -> Rules:
        file = self.file
        top = self.section(file.statements, _texts(file.defaults), _texts(file.like), ordered=False, top=True)
        layout = Layout(
            style=file.layout.style,
            comments=file.layout.comments,
            closers=frozenset(file.layout.closers),
            openers=tuple(self.openers),
            wholes=tuple(self.whole(whole) for whole in file.layout.wholes),
            step=file.layout.step,
        )
        return Rules(
            platform,
            layout,
            self.words,
            file.commit,
            file.layout.leave,
            top,
            Section(self.words),
            frozenset(file.layout.containers),
            file.layout.leave_all,
            tuple(dict.fromkeys(self.secrets)),
            frozenset(_texts(file.alone)),
        )

    def whole(self, whole: _Whole) -> Whole:
        return Whole(self.expression(whole.start), self.expression(whole.end) if whole.end else None)

    def expression(self, text: str) -> re.Pattern[str]:
        try:
            return re.compile(text)
        except re.error as error:
            self.mistakes.append(f"the expression {text!r}: {error}")
            return re.compile("(?!)")

    def section(
        self,
        statements: Mapping[str, _Statement | None],
        defaults: tuple[str, ...],
        like: tuple[str, ...],
        *,
        ordered: bool,
        top: bool = False,
    ) -> Section:
        section = Section(self.words, ordered=ordered)
        known = {text: (raw, "") for text, raw in statements.items()}
        for name in like:
            for text, shared in self.group(name).items():
                known.setdefault(text, (shared, name))
        compiled = []
        for text, (raw, group) in known.items():
            self.within.append(group)
            statement = self.statement(text, raw or _Statement())
            self.within.pop()
            if statement is not None:
                compiled.append(statement)
                if top and statement.inside is not None:
                    self.openers.append(statement.pattern.regex)
        section.add(compiled, defaults)
        return section

    def group(self, name: str) -> Mapping[str, _Statement | None]:
        """The patterns of a group; none where there is no such group, or where it is asked for by itself."""
        if name in self.within:
            ring = " > ".join([*filter(None, self.within[self.within.index(name) :]), name])
            self.mistakes.append(f"like: {ring}: a group cannot be like itself")
            return {}
        if name not in self.file.groups:
            self.mistakes.append(f"like: {name}: no such group")
        return self.file.groups.get(name, {})

    def statement(self, text: str, raw: _Statement) -> Statement | None:
        pattern = self.pattern(text)
        if pattern is None:
            return None
        inside = None
        if raw.inside is not None or raw.like:
            inside = self.section(raw.inside or {}, _texts(raw.defaults), _texts(raw.like), ordered=raw.ordered)
        elif raw.defaults:
            self.mistakes.append(f"{text!r}: defaults without inside")
        self.slots_named(text, raw, pattern)
        if any(slot.name.startswith("secret") for slot in pattern.slots):
            self.secrets.append(re.compile(f"^{pattern.regex.pattern}$"))
        risk = raw.risk
        return Statement(
            pattern=pattern,
            inside=inside,
            ordered=raw.ordered,
            numbered=raw.numbered,
            key=raw.key,
            remove=raw.remove,
            removal=self.pattern(raw.remove) if raw.remove else None,
            stays=raw.stays,
            hollow=raw.hollow,
            change=raw.change,
            temporary=raw.temporary,
            defines=self.references(text, raw.defines),
            uses=self.references(text, raw.uses),
            takes=_texts(raw.takes),
            drops=_texts(raw.drops),
            gone_first=_texts(raw.gone_first),
            before=_texts(raw.before),
            after=_texts(raw.after),
            order=raw.order,
            carries=self.references(text, raw.carries),
            grow=raw.grow,
            shrink=raw.shrink,
            growing=self.pattern(raw.grow) if raw.grow else None,
            shrinking=self.pattern(raw.shrink) if raw.shrink else None,
            extends=raw.extends,
            each=raw.each,
            unique=raw.unique,
            risk=Risk(risk.code, frozenset(risk.on), risk.why) if risk else None,
        )

    def slots_named(self, text: str, raw: _Statement, pattern: Pattern) -> None:
        """Every slot that an attribute names is one of the pattern."""
        known = {slot.name for slot in pattern.slots} | {"any"}
        lists = (raw.defines, raw.uses, raw.carries, raw.takes, raw.drops, raw.gone_first, raw.before, raw.after)
        named = " ".join(
            (raw.key, raw.remove or "", raw.temporary, raw.unique, *(line for texts in lists for line in _texts(texts)))
        )
        for name in sorted(set(re.findall(r"[{<]([a-z_]\w*)(?:\.\.\.)?[}>]", named)) - known):
            self.mistakes.append(f"{text!r}: no slot {name!r} in the pattern")
        if raw.each and raw.each not in known:
            self.mistakes.append(f"{text!r}: each: no slot {raw.each!r}")

    def references(self, text: str, written: Texts) -> tuple[Reference, ...]:
        found = []
        for entry in _texts(written):
            kind, _, name = entry.strip().partition(" ")
            if not name:
                self.mistakes.append(f"{text!r}: {entry!r} must be a kind and a name")
            found.append(Reference(kind, name.strip()))
        return tuple(found)

    def pattern(self, text: str) -> Pattern | None:
        try:
            return compile_pattern(text, self.file.names)
        except (BadPattern, re.error) as error:
            self.mistakes.append(str(error))
            return None


def _texts(value: Texts) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
