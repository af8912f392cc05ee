"""Places secrets can be read from. A reference is a path such as ``bgp/rivers``; a value is one line of text."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from netctl.errors import SecretFileUnsafe, SecretMissing, SecretSourceUnknown
from netctl.settings import Settings

REFERENCE = re.compile(r"[a-z0-9][a-z0-9_.-]*(?:/[a-z0-9][a-z0-9_.-]*)*")


class SecretSource(Protocol):
    """Anything that can turn a reference into a value."""

    def get(self, reference: str) -> str | None:
        """The value, or None where this source does not hold it."""
        raise NotImplementedError

    def describe(self, reference: str) -> str:
        """Where a person would put the value, for a hint."""
        raise NotImplementedError


class EnvironmentSource:
    """Secrets in environment variables: ``bgp/rivers`` is read from ``NETCTL_SECRET_BGP_RIVERS``."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._environ = environ

    def get(self, reference: str) -> str | None:
        return self._environ.get(self.variable(reference))

    def describe(self, reference: str) -> str:
        return f"environment variable {self.variable(reference)}"

    @staticmethod
    def variable(reference: str) -> str:
        """The variable's name for a reference."""
        return "NETCTL_SECRET_" + re.sub(r"[^A-Z0-9]", "_", reference.upper())


class FileSource:
    """Secrets in a TOML file of ``"bgp/rivers" = "value"`` lines that nobody but its owner can read.

    Read once, on first use. Raises `SecretFileUnsafe` where group or world have any right to the file, where it belongs
    to another user, or where it is not such a file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, str] | None = None

    def get(self, reference: str) -> str | None:
        if self._values is None:
            self._values = self._read()
        return self._values.get(reference)

    def describe(self, reference: str) -> str:
        return f'a line "{reference}" = "…" in {self._path}'

    def _read(self) -> dict[str, str]:
        try:
            with self._path.open("rb") as file:
                _require_private(os.fstat(file.fileno()), self._path)
                data = tomllib.load(file)
        except FileNotFoundError:
            return {}
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            # The parser's message may quote the line it stumbled over, and with it a value: only its kind is passed on.
            raise SecretFileUnsafe(
                f"cannot read secrets: {type(error).__name__}", where=str(self._path), hint="it must be a TOML file"
            ) from None
        wrong = [key for key, value in data.items() if not isinstance(value, str)]
        if wrong:
            raise SecretFileUnsafe(f"the values of {', '.join(wrong)} are not texts", where=str(self._path))
        return data


class ChainSource:
    """Several sources asked in order; the first that holds a reference wins."""

    def __init__(self, sources: Sequence[SecretSource]) -> None:
        self._sources = tuple(sources)

    def get(self, reference: str) -> str | None:
        for source in self._sources:
            value = source.get(reference)
            if value is not None:
                return value
        return None

    def describe(self, reference: str) -> str:
        return " or ".join(source.describe(reference) for source in self._sources)


def open_source(settings: Settings, environ: Mapping[str, str] = os.environ) -> SecretSource:
    """The sources this installation's settings name, in their order."""
    return ChainSource([_open_one(entry, settings.home, environ) for entry in settings.secret_sources])


def require(source: SecretSource, reference: str, *, where: str = "") -> str:
    """The value of a reference; raises `SecretMissing` saying where it could be put."""
    value = source.get(reference)
    if value is None:
        raise SecretMissing(
            f"no value for secret {reference!r}", where=where, hint=f"provide {source.describe(reference)}"
        )
    return value


def _open_one(entry: str, home: Path, environ: Mapping[str, str]) -> SecretSource:
    kind, _, place = entry.partition(":")
    if kind == "env" and not place:
        return EnvironmentSource(environ)
    if kind == "file" and place:
        return FileSource(home / Path(place).expanduser())
    raise SecretSourceUnknown(f"unknown secret source {entry!r}", hint='known: "env" and "file:PATH"')


def _require_private(status: os.stat_result, path: Path) -> None:
    if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        mode = stat.S_IMODE(status.st_mode)
        raise SecretFileUnsafe(f"mode {mode:04o} lets others at it", where=str(path), hint=f"chmod 600 {path}")
    if status.st_uid not in (os.geteuid(), 0):
        raise SecretFileUnsafe(f"it belongs to user id {status.st_uid}", where=str(path))
