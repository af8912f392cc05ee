"""The fact sheet of a platform, ``devices/<platform>/facts.yaml``: what is asked, and where the answer holds what."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from netctl.errors import PlatformInvalid

FactName = Literal["hostname", "vendor", "model", "serial_number", "os_version", "uptime"]


class Since(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An uptime as the time between two moments that one answer shows."""

    since: str
    now: str


# A column of the template or a path in the JSON; several, of which the first that says something counts; or text with
# such names in braces.
Source = str | tuple[str, ...] | Since


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One command and how its output is read: exactly one of `ntc`, `template` and `json`.

    A question is left out where all its facts are known already, so a second one can stand in for older software.
    """

    command: str
    facts: dict[FactName, Source]
    ntc: str = ""  # the platform's name in ntc-templates
    template: str = ""  # a TextFSM template beside the sheet
    json: bool = False
    as_root: bool = False  # over a shell: by sudo, where the account is not root


class FactSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How facts of a platform are asked for. `folder` is where its templates are."""

    vendor: str
    session: Literal["netmiko", "shell", "driver"]
    questions: tuple[Question, ...] = ()
    device_type: str = ""  # netmiko's
    leave_terminal: bool = False  # netmiko's way to a terminal without pages changes more than the terminal here
    prompt: str = ""  # where the prompt holds the router's name: an expression with one group
    identity: bool = True  # the router's name is really its name: another one than declared is another router
    folder: str = ""

    def name_in(self, prompt: str) -> str:
        """The router's name in its prompt; "" where it is not there."""
        found = re.match(self.prompt, prompt) if self.prompt else None
        return found[1] if found else ""


def load_sheet(root: Path, platform: str) -> FactSheet:
    """The sheet of a platform of the network at `root`; where it has none, its driver is asked.

    Raises `PlatformInvalid` naming the file and what is wrong with it.
    """
    folder = root / "devices" / platform
    path = folder / "facts.yaml"
    where = f"devices/{platform}/facts.yaml"
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        sheet = msgspec.convert(data, FactSheet)
        _check(sheet, folder)
    except FileNotFoundError:
        return FactSheet(vendor="", session="driver")
    except (OSError, UnicodeDecodeError, yaml.YAMLError, msgspec.ValidationError, re.error, ValueError) as error:
        raise PlatformInvalid(" ".join(str(error).split()), where=where) from error
    return msgspec.structs.replace(sheet, folder=str(folder))


def _check(sheet: FactSheet, folder: Path) -> None:
    """Nothing, or `ValueError`: what the types cannot say."""
    if sheet.prompt and re.compile(sheet.prompt).groups != 1:
        raise ValueError(f"prompt: {sheet.prompt!r} must have one group")
    if (sheet.session == "netmiko") != bool(sheet.device_type):
        raise ValueError("`device_type` belongs to `session: netmiko`, and only there")
    if (sheet.session == "driver") == bool(sheet.questions):
        raise ValueError("`questions` are asked by netmiko or over a shell, and a driver has its own")
    for question in sheet.questions:
        if [bool(question.ntc), bool(question.template), question.json].count(True) != 1:
            raise ValueError(f"`{question.command}`: exactly one of ntc, template and json reads it")
        if question.template and not (folder / question.template).is_file():
            raise ValueError(f"`{question.command}`: there is no template {question.template}")
        for fact, source in question.facts.items():
            if isinstance(source, Since) and fact != "uptime":
                raise ValueError(f"`{question.command}`: only an uptime lies between two moments")
