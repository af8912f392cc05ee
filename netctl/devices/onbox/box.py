"""The on-box commit script, spoken to over a shell: each verb is one exchange, each exit status one fact."""

from __future__ import annotations

import hashlib
import shlex
from importlib import resources

from netctl.devices.shell import Finished, Shell
from netctl.devices.target import PendingCommit
from netctl.devices.vtysh import AS_ROOT
from netctl.errors import (
    CandidateRejected,
    CommandFailed,
    CommitGone,
    ForeignPendingCommit,
    NetctlError,
    ReplyMalformed,
    RevertIncomplete,
)
from netctl.model.artefact import BUNDLE_MARK, Part

INSTALLED = "/var/lib/netctl/commit.sh"
_PLACE = "##### what the software needs #####\n"


def script(*parts: str) -> str:
    """The whole script for one kind of software, from what its package names: ``netctl.devices.frr/parts.sh``."""
    texts = [resources.files(package).joinpath(name) for package, _, name in (part.partition("/") for part in parts)]
    own = "\n".join(text.read_text(encoding="utf-8") for text in texts)
    whole = resources.files("netctl.devices.onbox").joinpath("commit.sh").read_text(encoding="utf-8")
    return whole.replace(_PLACE, own)


class Box:
    """The verbs of a `script` on one box. `seconds` bounds each exchange."""

    def __init__(self, shell: Shell, seconds: float, script: str) -> None:
        self._shell = shell
        self._seconds = seconds
        self._script = script
        self._digest = hashlib.sha256(script.encode()).hexdigest()
        self._installed = False

    def read(self) -> tuple[Part, ...]:
        """The running state, part by part, as the box holds it. Nothing is left on the box."""
        text = self._judged(self._shell.run(f"{AS_ROOT} sh -s -- read", self._seconds, stdin=self._script)).output
        pieces = ("\n" + text).split("\n" + BUNDLE_MARK)
        if pieces[0] or len(pieces) < 2:
            raise ReplyMalformed("the running state came without its parts", where=self._shell.name)
        parts = (piece.partition("\n") for piece in pieces[1:])
        return tuple(Part(name, body if body.endswith("\n") or not body else body + "\n") for name, _, body in parts)

    def status(self) -> tuple[PendingCommit | None, str]:
        """The pending commit, if any, and the last one's ``token outcome`` ("" where there was none)."""
        done = self._judged(self._shell.run(f"{AS_ROOT} sh -s -- status", self._seconds, stdin=self._script))
        return _described(done.output)

    def stage(self, name: str, parts: tuple[Part, ...], *, merge: bool) -> str:
        """The box's own diff of a candidate, kept on the box under `name`; raises `CandidateRejected`."""
        self._install()
        bundle = "".join(f"{BUNDLE_MARK}{part.name}\n{part.text}" for part in parts)
        return self._verb("stage", name, "merge" if merge else "replace", stdin=bundle).output

    def discard(self, name: str) -> None:
        """The staged candidate is forgotten."""
        self._verb("discard", name)

    def commit(self, name: str, token: str, owner: str, deadline: int, *, merge: bool) -> None:
        """Make a staged candidate running; unless `token` is confirmed within `deadline` seconds the box reverts."""
        self._verb("commit", name, "merge" if merge else "replace", token, owner, str(deadline))

    def confirm(self, token: str) -> None:
        """The pending commit is permanent, and what a reboot loads."""
        self._verb("confirm", token)

    def abort(self, token: str) -> None:
        """The box is back where it was before the first commit with `token`."""
        self._verb("abort", token)

    def _install(self) -> None:
        if self._installed:
            return
        found = self._shell.run(f"{AS_ROOT} sha256sum {INSTALLED}", self._seconds).output
        if not found.startswith(self._digest):
            new = f"{INSTALLED}.{self._digest[:8]}"
            script = f"umask 077; mkdir -p /var/lib/netctl && cat > {new} && mv {new} {INSTALLED}"
            self._shell.require(f"{AS_ROOT} sh -c {shlex.quote(script)}", self._seconds, stdin=self._script)
        self._installed = True

    def _verb(self, *words: str, stdin: str = "") -> Finished:
        arguments = " ".join(shlex.quote(word) for word in words)
        if not self._installed and words[0] in ("confirm", "abort"):
            # From any session: the box may have been installed by another one, and then its version counts.
            return self._judged(self._shell.run(f"{AS_ROOT} sh -s -- {arguments}", self._seconds, stdin=self._script))
        return self._judged(self._shell.run(f"{AS_ROOT} sh {INSTALLED} {arguments}", self._seconds, stdin=stdin))

    def _judged(self, done: Finished) -> Finished:
        if done.status == 0:
            return done
        raise self._error(done.status, done.output.strip(), done.errors.strip())

    def _error(self, status: int, said: str, errors: str) -> NetctlError:
        where = self._shell.name
        if status == 10:
            return foreign(_described(said)[0], where)
        if status == 11:
            return CommitGone(f"no such commit is pending ({said.splitlines()[-1] if said else 'idle'})", where=where)
        if status == 12:
            return CandidateRejected(said or errors, where=where)
        if status == 13:
            return CandidateRejected(
                f"refused while it was applied, and taken back: {said}", where=where, hint="nothing has changed"
            )
        if status == 14:
            return RevertIncomplete(f"not all of it could be taken back: {said}", where=where)
        return CommandFailed(f"status {status}: {said or errors or 'it said nothing'}", where=where)


def foreign(pending: PendingCommit | None, where: str) -> ForeignPendingCommit:
    """The error that names whose commit waits."""
    if pending is None:
        return ForeignPendingCommit("someone else's commit waits for confirmation", where=where)
    left = "" if pending.seconds_left is None else f", {pending.seconds_left} s left"
    return ForeignPendingCommit(
        f"commit {pending.token or 'without a name'} of {pending.owner or 'an unknown owner'} waits{left}",
        where=where,
        hint="wait until it is confirmed or reverts; netctl never breaks it",
    )


def _described(text: str) -> tuple[PendingCommit | None, str]:
    pending = None
    last = ""
    for line in text.splitlines():
        words = line.split()
        if words[:1] == ["pending"] and len(words) == 4:
            pending = PendingCommit(words[1], words[2], max(0, int(words[3])))
        elif words[:1] == ["last"]:
            last = " ".join(words[1:])
    return pending, last
