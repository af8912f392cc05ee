"""Every error netctl raises on purpose, in one tree.

::

    NetctlError
    ├── UsageError                 the words of a command are off                       exit 2
    ├── NetworkError               the declared network cannot be used                  exit 4
    │   └── InvalidNetwork         ... and here are all findings at once
    ├── RenderError                an intent cannot be written as an artefact           exit 4
    ├── Refused                    a rule of the house says no                          exit 5
    ├── DeviceError                a target cannot be read or written                   exit 6
    ├── PushFailed                 a change stopped; what was touched is rolled back    exit 7
    ├── OutcomeUnknown             a person must look before anything goes on           exit 8
    ├── StoreError                 the database or a file of ours cannot be used        exit 9
    └── LabError                   the lab cannot be raised or reached                  exit 10

A leaf class names a fact (``RunningStateMoved``), carries a stable ``code`` (never reused, never renumbered) and a
``hint`` that says what a person can do next. Exit status 1 is kept for defects of netctl itself, 3 for "there are
differences" and 130 for an interrupted command.

Codes by room: E01 inventory, E02 services and render, E03 devices, E04 plan and change, E05 push, E06 store, settings
and credentials, E07 lab, E08 command line, E090 and E091 accounts, E092 watching, E093 problems, E110 the address plan,
E101 to E104 zones.
"""

from __future__ import annotations

from typing import Any


class NetctlError(Exception):
    """A fact that stops the work, said once: what, where, and what to do."""

    code = "NETCTL-E0000"
    exit_status = 1
    default_hint = ""

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint or self.default_hint

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{self.code}: {place}{self.message}"

    def as_dict(self) -> dict[str, str | int]:
        """The error as JSON output shows it; keys are part of the command line's contract."""
        return {
            "code": self.code,
            "message": self.message,
            "where": self.where,
            "hint": self.hint,
            "exit_status": self.exit_status,
        }


class UsageError(NetctlError):
    """The words of a command are off."""

    code = "NETCTL-E0801"
    exit_status = 2


class NetworkError(NetctlError):
    """The declared network cannot be used."""

    code = "NETCTL-E0100"
    exit_status = 4


class RenderError(NetctlError):
    """An intent cannot be written as an artefact."""

    code = "NETCTL-E0200"
    exit_status = 4


class Refused(NetctlError):
    """A rule of the house says no."""

    code = "NETCTL-E0400"
    exit_status = 5


class DeviceError(NetctlError):
    """A target cannot be read or written."""

    code = "NETCTL-E0300"
    exit_status = 6


class PushFailed(NetctlError):
    """A change stopped; what was touched is rolled back."""

    code = "NETCTL-E0500"
    exit_status = 7


class OutcomeUnknown(NetctlError):
    """A person must look before anything goes on."""

    code = "NETCTL-E0580"
    exit_status = 8


class StoreError(NetctlError):
    """The database or a file of ours cannot be used."""

    code = "NETCTL-E0600"
    exit_status = 9


class LabError(NetctlError):
    """The lab cannot be raised or reached."""

    code = "NETCTL-E0700"
    exit_status = 10


# ── inventory (E01xx) ────────────────────────────────────────────────────────────────────────────────────────────────


class InvalidNetwork(NetworkError):
    """The declared network has errors; `findings` holds every one of them."""

    code = "NETCTL-E0199"
    default_hint = "`netctl validate` lists every finding with file and line"

    def __init__(self, message: str, *, findings: tuple[Any, ...] = (), where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.findings = findings


class NoNetwork(NetworkError):
    """No declared network where one was looked for."""

    code = "NETCTL-E0198"


class NetworkNotWritten(StoreError):
    """A network's files cannot be written."""

    code = "NETCTL-E0196"
    default_hint = "make room, or choose another folder; nothing half written is left"


class NetworkNotRead(NetworkError):
    """The declared network is not read yet, or its folder cannot be."""

    code = "NETCTL-E0195"
    default_hint = "try again in a moment; `netctl validate` reads it by itself"


class FolderNotEmpty(Refused):
    """A network is scaffolded into an empty folder only."""

    code = "NETCTL-E0197"


# ── services and render (E02xx) ──────────────────────────────────────────────────────────────────────────────────────


class TemplateSyntax(RenderError):
    """A template cannot be read as one."""

    code = "NETCTL-E0201"


class UndefinedVariable(RenderError):
    """A template uses a name that its router's intent does not have."""

    code = "NETCTL-E0202"


class UnrenderedMarkup(RenderError):
    """An artefact still holds template markup."""

    code = "NETCTL-E0203"


class TemplateMissing(RenderError):
    """A template that a platform or another template asks for does not exist."""

    code = "NETCTL-E0204"


class UnsafeTemplate(RenderError):
    """A template reaches for something that templates may not use."""

    code = "NETCTL-E0205"


class TemplateFailed(RenderError):
    """A template's own computation went wrong."""

    code = "NETCTL-E0206"


class UnknownRenderer(RenderError):
    """No artefact can be written for this platform."""

    code = "NETCTL-E0207"


class NotWritable(RenderError):
    """The platform cannot hold what the intent says."""

    code = "NETCTL-E0208"


# ── devices (E03xx) ──────────────────────────────────────────────────────────────────────────────────────────────────


class DeviceTimeout(DeviceError):
    """A router did not answer within its hard deadline."""

    code = "NETCTL-E0301"


class DeviceUnreachable(DeviceError):
    """No connection to a router's management address."""

    code = "NETCTL-E0302"


class AuthenticationFailed(DeviceError):
    """A router refused the credentials."""

    code = "NETCTL-E0303"


class HostKeyRefused(DeviceError):
    """The key a router showed is not the one the inventory knows."""

    code = "NETCTL-E0304"


class IdentityMismatch(DeviceError):
    """The box at this address says it is another one."""

    code = "NETCTL-E0305"


class LockHeld(DeviceError):
    """Someone else holds the configuration lock."""

    code = "NETCTL-E0306"


class ForeignPendingCommit(DeviceError):
    """Someone else's commit waits for confirmation."""

    code = "NETCTL-E0307"


class CandidateRejected(DeviceError):
    """The router refused the candidate."""

    code = "NETCTL-E0308"


class CapabilityMissing(Refused):
    """The platform cannot do this safely."""

    code = "NETCTL-E0309"


class ReplyMalformed(DeviceError):
    """A reply was too large, cut short or not understood."""

    code = "NETCTL-E0310"


class RulesInvalid(NetworkError):
    """A platform's rules.yaml cannot be used."""

    code = "NETCTL-E0315"
    default_hint = "docs/rules.md describes the file"


class PlatformInvalid(NetworkError):
    """A platform.yaml cannot be used."""

    code = "NETCTL-E0311"


class SessionWouldBeCut(Refused):
    """The intended configuration takes away the account, address or filter that carries the session itself."""

    code = "NETCTL-E0320"
    default_hint = "keep it in the intended configuration, or connect as another user or over another address"


class CommitGone(DeviceError):
    """No commit with this token waits on the router: it was confirmed, or it has reverted by itself."""

    code = "NETCTL-E0312"
    default_hint = "read the running state to see which of the two it was"


class CommandFailed(DeviceError):
    """A command on a router ended with an error."""

    code = "NETCTL-E0313"


class RevertIncomplete(OutcomeUnknown):
    """A router could not be brought back to the state before the commit."""

    code = "NETCTL-E0314"
    default_hint = "the state before is kept on the router; compare it with what runs, by hand"


class SavedOutputUnreadable(UsageError):
    """A file of saved output does not exist, cannot be read, or is no text."""

    code = "NETCTL-E0316"
    default_hint = "save what the router printed as text, in UTF-8 or as Japanese routers write it"


# ── plan and change (E04xx) ──────────────────────────────────────────────────────────────────────────────────────────


class RunningStateMoved(Refused):
    """A router holds something else than when the plan was made (safety law 4)."""

    code = "NETCTL-E0401"


class PlanTampered(Refused):
    """A plan's content and its digest do not agree."""

    code = "NETCTL-E0402"


class SelfApproval(Refused):
    """The author of a change may not approve it (safety law 5)."""

    code = "NETCTL-E0403"


class NotAllowed(Refused):
    """The user's roles do not include the step."""

    code = "NETCTL-E0404"


class WrongState(Refused):
    """The change is not in a state that allows the step."""

    code = "NETCTL-E0405"


class OutsideWindow(Refused):
    """The change's window is not open now."""

    code = "NETCTL-E0406"


class PlanUnsafe(Refused):
    """A plan has a finding that forbids proposing or pushing it."""

    code = "NETCTL-E0407"


class StaleApproval(Refused):
    """An approval names another digest than the change has now (safety law 4)."""

    code = "NETCTL-E0408"
    default_hint = "look at the change again with `netctl show`, then approve the digest it shows"


class GroupBusy(Refused):
    """Another member of the redundancy group is in flight (safety law 1)."""

    code = "NETCTL-E0409"
    default_hint = "wait until that member is done, or resume the change that left it in flight"


class UnknownChange(Refused):
    """There is no change with this number."""

    code = "NETCTL-E0410"
    default_hint = "`netctl status` lists all changes"


class UnknownUser(Refused):
    """The store does not know this user."""

    code = "NETCTL-E0411"
    default_hint = "an admin adds people with `netctl users add NAME --role ROLE`"


class UserExists(Refused):
    """The store already knows a user of this name."""

    code = "NETCTL-E0412"
    default_hint = "change roles with `netctl users grant`"


class NothingToPropose(Refused):
    """The plan has no differences."""

    code = "NETCTL-E0413"


class MomentUnreadable(Refused):
    """A window's moment is not RFC 3339 with an offset, or the window closes before it opens."""

    code = "NETCTL-E0414"
    default_hint = "write it like 2026-11-22T22:00:00+09:00"


class LastAdmin(Refused):
    """The step would leave nobody who can manage users."""

    code = "NETCTL-E0415"
    default_hint = "make someone else admin first"


class UserNameInvalid(Refused):
    """A user name that is not an operating system's user name, or a role that does not exist."""

    code = "NETCTL-E0416"


class LeaseLost(Refused):
    """A lease is held by someone else, or was taken over meanwhile."""

    code = "NETCTL-E0417"


class WordsRefused(Refused):
    """A title or reason is empty, too long, or holds what is no text."""

    code = "NETCTL-E0425"


class PlanFileForeign(Refused):
    """A file that is not a plan of ours, or of another format version."""

    code = "NETCTL-E0418"
    default_hint = "`netctl plan` writes plan files"


class PlanFileUnreadable(StoreError):
    """A plan file cannot be read or written."""

    code = "NETCTL-E0419"


class NetworkMoved(Refused):
    """The declared network is no longer the one the plan was made of (safety law 4)."""

    code = "NETCTL-E0420"
    default_hint = "go back to the declared network that was approved, or plan and propose again"


class UnknownDevice(UsageError):
    """The declared network has no device of this name."""

    code = "NETCTL-E0421"


# ── push (E05xx) ─────────────────────────────────────────────────────────────────────────────────────────────────────


class RolloutStopped(PushFailed):
    """A member failed: it is rolled back, and what was not yet touched stays untouched."""

    code = "NETCTL-E0501"
    default_hint = "`netctl show CHANGE` tells where every target stands; correct the cause, plan and propose again"


class RolloutHalted(PushFailed):
    """A person asked the rollout to stop between two members."""

    code = "NETCTL-E0502"
    default_hint = "plan again for what is left"


class DeadlinesContradict(Refused):
    """A commit would revert before its checks can end."""

    code = "NETCTL-E0503"
    default_hint = "raise `confirm_deadline` or lower `settle_deadline` and `command_timeout` in settings.toml"


class WorkerAlive(Refused):
    """The rollout's worker still answers, so there is nothing to resume."""

    code = "NETCTL-E0504"
    default_hint = "wait for it, or stop it first; `netctl status` shows its heartbeat"


class NothingToResume(Refused):
    """The change has no rollout that stopped half way."""

    code = "NETCTL-E0505"


class NothingToRollBack(Refused):
    """The change altered nothing that still holds what it wrote."""

    code = "NETCTL-E0506"


class RolloutNeedsResume(Refused):
    """The change's worker died; a person must say that it is to go on."""

    code = "NETCTL-E0507"
    default_hint = "`netctl resume CHANGE` reads everything in flight and goes on from there"


class WorkerNeedsPostgresql(Refused):
    """A worker of its own needs a database that several processes may write."""

    code = "NETCTL-E0508"
    default_hint = "set `database` to a PostgreSQL URL in settings.toml; on SQLite `netctl push` does all the work"


class MemberUnknown(OutcomeUnknown):
    """What a target holds after a change could not be read."""

    code = "NETCTL-E0581"
    default_hint = "make sure that it can be reached again, then `netctl resume CHANGE`"


# ── push of zones (E1045–E1049) ──────────────────────────────────────────────────────────────────────────────────────


class NamesMoved(Refused):
    """What `dns/` declares is no longer what the plan was made of."""

    code = "NETCTL-E1045"
    default_hint = "plan again, and propose the new plan"


class WriterMoved(Refused):
    """Another primary takes updates than when the rollout began."""

    code = "NETCTL-E1046"
    default_hint = "promote the former one again, or plan again for the one that writes now"


class WriteUnplaced(Refused):
    """A write to a zone is overdue, and what `dns/` declares does not lead to its server."""

    code = "NETCTL-E1047"
    default_hint = "declare the server and its view again until the write is taken back"


class ZoneHeldByAnother(Refused):
    """Names that a change wrote hold something else since: taking it back would overwrite somebody's work."""

    code = "NETCTL-E1048"
    default_hint = "nothing was changed; declare what these names shall hold, and plan"


# ── store, settings, credentials (E06xx) ─────────────────────────────────────────────────────────────────────────────


class SettingsInvalid(StoreError):
    """A host-local setting cannot be used."""

    code = "NETCTL-E0601"


class SecretMissing(StoreError):
    """No source holds a secret an artefact refers to."""

    code = "NETCTL-E0602"


class SecretUnusable(StoreError):
    """A secret's value could break out of the line it is put into."""

    code = "NETCTL-E0603"


class SecretFileUnsafe(StoreError):
    """A file of secrets is open to others, or cannot be read."""

    code = "NETCTL-E0604"


class SecretSourceUnknown(StoreError):
    """The settings name a kind of secret source that does not exist."""

    code = "NETCTL-E0605"


class DatabaseMissing(StoreError):
    """There is no database where the settings say."""

    code = "NETCTL-E0610"
    default_hint = "the first `netctl users add NAME --role ROLE` makes it, where `database` in settings.toml says"


class DatabaseLocked(StoreError):
    """Another process held the database longer than we wait."""

    code = "NETCTL-E0611"
    default_hint = "nothing was written; say it again, or look for a process that hangs with the database open"


class DiskFull(StoreError):
    """The disk has no room for a write."""

    code = "NETCTL-E0612"
    default_hint = "nothing of this step was written and everything before it is safe; make room and run it again"


class NotADatabase(StoreError):
    """The file is not a database, or it is damaged."""

    code = "NETCTL-E0613"
    default_hint = "move the file away and restore a backup; netctl never overwrites it"


class DatabaseReadOnly(StoreError):
    """The database may be read but not written."""

    code = "NETCTL-E0614"
    default_hint = "check owner, permissions and mount options of the database and its folder"


class DatabaseUnreachable(StoreError):
    """No connection to the database."""

    code = "NETCTL-E0615"
    default_hint = "check that the server runs and that `database` in settings.toml names it"


class DatabaseLoginRefused(StoreError):
    """The database server refused the user or the password."""

    code = "NETCTL-E0616"
    default_hint = "check the user in `database` of settings.toml, and ~/.pgpass for the password"


class SchemaTooNew(StoreError):
    """The database was written by a newer netctl."""

    code = "NETCTL-E0617"
    default_hint = "run the newer netctl; this one does not touch the database"


class DatabaseFailed(StoreError):
    """The database failed in a way netctl has no name for."""

    code = "NETCTL-E0618"


class AuditBroken(StoreError):
    """The audit log's chain does not hold (safety law 9)."""

    code = "NETCTL-E0619"
    default_hint = "someone changed the log behind netctl's back: keep the file, and compare it with a backup"


class AnchorUnreadable(StoreError):
    """A file of recorded audit heads cannot be read or written."""

    code = "NETCTL-E0620"


# ── lab (E07xx) ──────────────────────────────────────────────────────────────────────────────────────────────────────


class LabNotPossible(LabError):
    """No lab can be raised here: not root, no namespaces, or Debian packages missing."""

    code = "NETCTL-E0701"


class LabUnknown(LabError):
    """No lab, or no host or line of it, has this name."""

    code = "NETCTL-E0702"


class LabNameTaken(LabError):
    """Something that is not this lab's holds a name the lab needs."""

    code = "NETCTL-E0703"


class LabCommandFailed(LabError):
    """A command of the base system refused while a lab was raised or changed."""

    code = "NETCTL-E0704"


class LabNotReady(LabError):
    """A lab's routers did not come up, or their sessions did not, within the deadline."""

    code = "NETCTL-E0705"


# ── command line (E08xx) ─────────────────────────────────────────────────────────────────────────────────────────────


class OutputFailed(StoreError):
    """What a command has to say cannot be written where it was told to."""

    code = "NETCTL-E0802"
    default_hint = "make room on the disk, or write somewhere else, and run the command again"


class AsNotAllowed(Refused):
    """Acting as another user is not allowed on this host."""

    code = "NETCTL-E0803"
    default_hint = "leave `--as` out; `allow_as` in settings.toml is for labs and demonstrations"


class TextUnreadable(UsageError):
    """A file that should hold a configuration cannot be read as a text."""

    code = "NETCTL-E0805"
    default_hint = "name a file that holds a configuration as text, or `-` for standard input"


class AnotherDigest(Refused):
    """The digest given is not that of the change's plan."""

    code = "NETCTL-E0804"
    default_hint = "`netctl show CHANGE` shows the plan and its digest; sixteen digits of it are enough"


# ── accounts and signing in (E090x, E091x) ───────────────────────────────────────────────────────────────────────────


class SignInRefused(Refused):
    """Name and password do not fit each other, or there is no such account; which of the two is not told."""

    code = "NETCTL-E0901"
    default_hint = "check both; an admin can send a one-time link for a new password"


class SignInThrottled(Refused):
    """Too many attempts to sign in failed, for this name or from this address."""

    code = "NETCTL-E0902"
    default_hint = "wait as long as it says; every further failure doubles the time"

    def __init__(self, message: str, *, seconds: int = 0, where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.seconds = seconds


class PasswordRefused(Refused):
    """A password is too short, too long, or one that is guessed at once; `reason` is one word for which of them."""

    code = "NETCTL-E0903"

    def __init__(self, message: str, *, reason: str = "", where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.reason = reason


class PasswordLinkGone(Refused):
    """A one-time link for a password was used, replaced, or is too old."""

    code = "NETCTL-E0904"
    default_hint = "ask an admin for a new one"


class SignInAgain(Refused):
    """The step needs somebody who has proven who they are a short while ago."""

    code = "NETCTL-E0905"
    default_hint = "sign in again, then repeat the step"


class UnknownSession(Refused):
    """The session does not exist, has ended, or is somebody else's."""

    code = "NETCTL-E0906"


class TokenRefused(Refused):
    """A token is unknown, expired or revoked."""

    code = "NETCTL-E0907"
    default_hint = "make a new one on the account page of the dashboard"


class TokenReadsOnly(Refused):
    """A token that may only read was used for a step that changes something."""

    code = "NETCTL-E0908"
    default_hint = "make a token with scope `work` on the account page of the dashboard"


class DecisionTakesAPerson(Refused):
    """A token was used for a decision; a vote is a person's word, and no program has one."""

    code = "NETCTL-E0914"
    default_hint = "sign in to the dashboard and decide there"


class TokenPushesNot(Refused):
    """A token whose scope leaves pushing out was used to push, to resume or to take back."""

    code = "NETCTL-E0915"
    default_hint = "make a token with scope `push` on the account page of the dashboard"


class TokenWanted(Refused):
    """What was asked of a new token cannot be: its name, its scope, or how long it lives."""

    code = "NETCTL-E0909"


class DirectoryRefused(Refused):
    """What the OpenID provider says of somebody is not believed, or names nobody netctl knows."""

    code = "NETCTL-E0910"
    default_hint = "begin again at the sign-in page; docs/identity.md tells what is checked"


class DirectoryUnavailable(StoreError):
    """The OpenID provider cannot be reached, or the settings do not name a usable one."""

    code = "NETCTL-E0911"
    default_hint = "sign in with a password, or check `oidc_issuer` in settings.toml"


class UnknownToken(Refused):
    """The token does not exist, was revoked, or is somebody else's."""

    code = "NETCTL-E0913"


class IdentityTaken(Refused):
    """A user is known to the OpenID provider as another subject already, or this subject is another user."""

    code = "NETCTL-E0912"
    default_hint = "an admin can say `netctl users unlink NAME` once it is clear who is who"


# ── watching (E092x) ─────────────────────────────────────────────────────────────────────────────────────────────────


class ObserverAlive(Refused):
    """Another process watches the network already."""

    code = "NETCTL-E0920"
    default_hint = "`netctl observe --last` shows its last round; without --once, this one waits to take over"


# ── problems, silences and alerts (E093x) ────────────────────────────────────────────────────────────────────────────


class UnknownProblem(Refused):
    """There is no problem with this number, or none that concerns you."""

    code = "NETCTL-E0930"
    default_hint = "`netctl problems list` lists what is open; a problem is named like P-000123"


class ProblemOver(Refused):
    """The problem is closed: there is nothing to acknowledge any more."""

    code = "NETCTL-E0931"
    default_hint = "`netctl problems list` lists what is open"


class UnknownSilence(Refused):
    """There is no silence with this number, or none that concerns you."""

    code = "NETCTL-E0932"
    default_hint = "`netctl problems silences` lists them; a silence is named like S-000123"


class SilenceOver(Refused):
    """The silence has ended already."""

    code = "NETCTL-E0933"
    default_hint = "`netctl problems silences` lists those in force"


class SilenceInvalid(Refused):
    """A silence is about nothing that is declared, or would end too late or in the past."""

    code = "NETCTL-E0934"
    default_hint = "name a router, a site, a line such as SITE:1, or `*`, and an end within 30 days"


class SilentReasonMissing(Refused):
    """An acknowledgement or a silence has no reason."""

    code = "NETCTL-E0935"
    default_hint = "say in a few words what is known and who works on it: others read it at night"


class SinkInvalid(SettingsInvalid):
    """A setting does not say where alerts go."""

    code = "NETCTL-E0936"
    default_hint = "docs/problems.md shows every form of `alert_syslog`, `alert_mail` and `alert_webhook`"


class AlertNotTaken(StoreError):
    """A sink did not take an alert; it is tried again later."""

    code = "NETCTL-E0937"
    default_hint = "alerts wait in the outbox and are sent again; a sink that goes on refusing is a problem of its own"


# ── web pages (E095x) ────────────────────────────────────────────────────────────────────────────────────────────────


class SignInNeeded(Refused):
    """The page is for people who have signed in."""

    code = "NETCTL-E0950"
    default_hint = "sign in"


class FormRefused(Refused):
    """A form was sent by another site, or from a page that is too old."""

    code = "NETCTL-E0951"
    default_hint = "open the page again and repeat the step"


class ListenRefused(SettingsInvalid):
    """The pages would be readable on the way to the browser: not this host alone, and no TLS."""

    code = "NETCTL-E0952"
    default_hint = (
        'set `tls_certificate` and `tls_key`, or put a proxy in front and name it: `public_url = "https://…"`'
    )


class AddressNotFree(SettingsInvalid):
    """The address the pages should answer at cannot be had."""

    code = "NETCTL-E0953"
    default_hint = "choose another one with `netctl web --listen HOST:PORT`"


class NobodyYet(StoreError):
    """Nobody could sign in: there is no user yet."""

    code = "NETCTL-E0954"
    default_hint = "`netctl users add NAME --role admin`, then `netctl users password NAME`"


class TlsUnusable(SettingsInvalid):
    """Certificate and key of the pages cannot be used."""

    code = "NETCTL-E0955"
    default_hint = "`tls_certificate` and `tls_key` name two PEM files that belong together"


class UnknownPlace(UsageError):
    """There is no router, site, organisation or region of this name within the user's reach."""

    code = "NETCTL-E0965"
    default_hint = "the search finds what you may see"


# ── review (E094x) ───────────────────────────────────────────────────────────────────────────────────────────────────


class UnknownComment(Refused):
    """The change has no comment with this number."""

    code = "NETCTL-E0940"
    default_hint = "open the change again; its page lists all comments"


class UnknownGroup(Refused):
    """The plan has no group or line with this number."""

    code = "NETCTL-E0941"
    default_hint = "open the change again; it may have another plan by now"


class ReasonMissing(Refused):
    """A decision on a change has no reason."""

    code = "NETCTL-E0942"
    default_hint = "say in a few words why: others read it later"


class OrderVoid(Refused):
    """An order to push is unknown, was taken already, or is too old."""

    code = "NETCTL-E0943"
    default_hint = "ask for the push again from the page of the change"


class StartFailed(StoreError):
    """The process that carries a change out could not be started."""

    code = "NETCTL-E0944"
    default_hint = "the log under `pushes` in netctl's home says more"


class FormUnreadable(UsageError):
    """A field of a form holds what it cannot hold: no browser sends that by itself."""

    code = "NETCTL-E0945"
    default_hint = "open the page again and repeat the step"


# ── API (E0960) ──────────────────────────────────────────────────────────────────────────────────────────────────────


class QueryRefused(UsageError):
    """A part of an address or of a request's body is not what the page or operation takes."""

    code = "NETCTL-E0960"
    default_hint = "/api lists every operation with what it takes"


class PreconditionMissing(UsageError):
    """A decision on a change does not say which digest it is about."""

    code = "NETCTL-E0961"
    default_hint = "send the change's entity tag, or its digest in quotes, as If-Match"


class PreconditionFailed(Refused):
    """The change has another digest than the one the request is about."""

    code = "NETCTL-E0962"
    default_hint = "read the change again, and look at what it is now"


# ── documents (E097x) ────────────────────────────────────────────────────────────────────────────────────────────────


class DocumentToolsMissing(StoreError):
    """A library that lays out PDF pages is not installed on this host."""

    code = "NETCTL-E0970"
    default_hint = "`make packages` installs libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0"


class DocumentFontMissing(StoreError):
    """The font that papers are set in is not installed on this host."""

    code = "NETCTL-E0971"
    default_hint = "`make packages` installs fonts-noto-cjk"


class DocumentTooLong(Refused):
    """A paper has more pages than can be laid out while somebody waits."""

    code = "NETCTL-E0973"
    default_hint = "print the page from the browser, or write the file with `netctl documents`"


class DocumentNotWritten(StoreError):
    """A paper cannot be written to its file."""

    code = "NETCTL-E0972"
    default_hint = "make room, or choose another file"


# ── address plan (E110x) ─────────────────────────────────────────────────────────────────────────────────────────────


class AddressingNotDeclared(NetworkError):
    """The network declares no pools to allocate from."""

    code = "NETCTL-E1100"
    default_hint = "declare pools and levels in inventory/addressing.yaml (docs/addresses.md)"


class AddressInvalid(UsageError):
    """A text is no address or no prefix."""

    code = "NETCTL-E1101"
    default_hint = "such as 3fff:100:1::10, 3fff:100::/32, 192.0.2.1 or 192.0.2.0/24"


class UnknownPool(UsageError):
    """No pool has this name."""

    code = "NETCTL-E1102"
    default_hint = "`netctl addresses utilisation` lists the pools"


class AllocationKeyInvalid(UsageError):
    """A key does not say a place in the address plan."""

    code = "NETCTL-E1103"
    default_hint = "a key is a pool and a name for each level, such as wan/rivers/east/rivers-hq"


class LevelNeeded(UsageError):
    """A key fits several levels, or does not fit the one that is named."""

    code = "NETCTL-E1104"
    default_hint = "name the level with --level"


class PoolFull(Refused):
    """Nothing of the length that is asked for is free."""

    code = "NETCTL-E1105"
    default_hint = "`netctl addresses free POOL` shows what is left; what was released rests before it is given again"


class UnknownAllocation(Refused):
    """The ledger has no such allocation in use."""

    code = "NETCTL-E1106"
    default_hint = "`netctl addresses find TEXT` looks through everything that is allocated"


class AllocationInUse(Refused):
    """An allocation cannot be released while others are cut from it."""

    code = "NETCTL-E1107"
    default_hint = "release those first, or all of them together with --below"


class ImportRefused(Refused):
    """A file to import cannot be read, or holds what the address plan has no place for; `findings` has every line."""

    code = "NETCTL-E1108"
    default_hint = "nothing was imported; correct the file or the plan, or leave those lines out with --leave-out"

    def __init__(self, message: str, *, findings: tuple[Any, ...] = (), where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.findings = findings


class LedgerNotWritten(StoreError):
    """The ledger cannot be written."""

    code = "NETCTL-E1109"
    default_hint = "nothing was changed; check the folder's permissions and its disk"


# ── zones on name servers (E1024–E1039) ──────────────────────────────────────────────────────────────────────────────


class NameOutsideZone(Refused):
    """An update has a name that is not in the zone."""

    code = "NETCTL-E1024"
    default_hint = "declare the name in the zone it belongs to"


class NameOfAnother(Refused):
    """A zone would hold a name that belongs to another zone or to nobody: nobody adds names under another's zone."""

    code = "NETCTL-E1022"
    default_hint = "nothing was sent; declare the name in the zone it belongs to"


class ZoneMoved(Refused):
    """A zone was changed by somebody else since it was read: its SOA is another one."""

    code = "NETCTL-E1025"
    default_hint = "plan again: nothing of theirs was overwritten"


class UpdateIgnored(Refused):
    """The server would answer that all is well, and leave a part of an update out (RFC 2136 section 3.4.2)."""

    code = "NETCTL-E1026"
    default_hint = "make the change in two plans, or change what is declared"


class UpdateTakenBack(PushFailed):
    """An update of a zone stopped, and what had been applied of it was taken back."""

    code = "NETCTL-E1027"
    default_hint = "the zone is as it was; its serial has risen"


class ZoneUnknown(OutcomeUnknown):
    """What a server holds of an update cannot be told, or could not be taken back."""

    code = "NETCTL-E1028"
    default_hint = "`netctl dns plan` shows what the zone holds now; decide by hand what it should hold"


class ZoneBusy(Refused):
    """An update of this zone is under way, or waits to be confirmed."""

    code = "NETCTL-E1029"
    default_hint = "confirm it or take it back first"


class NameServerUnreachable(DeviceError):
    """No connection to a name server on any of its addresses."""

    code = "NETCTL-E1030"
    default_hint = "is the server up, and does a filter let TCP port 53 pass from here?"


class NameServerSilent(DeviceError):
    """A name server did not answer within the deadline."""

    code = "NETCTL-E1031"
    default_hint = "is the server overloaded, or stopped? its own log says more"


class NameServerRefused(DeviceError):
    """A name server answered REFUSED: it knows the key, and this key may not do this."""

    code = "NETCTL-E1032"
    default_hint = "check what the server's configuration allows this key, and which view it leads to"


class NotAuthoritative(DeviceError):
    """A name server does not have the zone (NOTAUTH)."""

    code = "NETCTL-E1033"
    default_hint = "check `dns/servers.yaml`, and that the server has loaded the zone"


class NameServerFailed(DeviceError):
    """A name server could not do what it was asked (SERVFAIL, FORMERR, NOTZONE and the like)."""

    code = "NETCTL-E1034"
    default_hint = "the server's own log says why"


class KeyRefused(DeviceError):
    """A TSIG key or a signature made with it is not accepted (BADKEY, BADSIG), by the server or by us."""

    code = "NETCTL-E1035"
    default_hint = "compare the key's name, algorithm and secret on both sides"


class ClocksApart(DeviceError):
    """The clocks here and on the name server are too far apart for TSIG (BADTIME)."""

    code = "NETCTL-E1036"
    default_hint = "see that both hosts follow their NTP servers: TSIG allows 300 s"


class AnswerCutShort(DeviceError):
    """A name server closed the connection in the middle of an answer."""

    code = "NETCTL-E1037"
    default_hint = "try again; if it happens again, the server's own log says why"


class SecondaryBehind(DeviceError):
    """A secondary does not serve what the primary serves, by the deadline."""

    code = "NETCTL-E1038"
    default_hint = "does the primary notify it, and may it transfer the zone?"


class ZoneReadBackDiffers(PushFailed):
    """After an update, the zone that is served is not the one that was meant."""

    code = "NETCTL-E1039"
    default_hint = "somebody else may write to the zone: plan again"


# ── name servers as boxes (E1050–E1054) ──────────────────────────────────────────────────────────────────────────────


class ServerNotManaged(Refused):
    """A name server that others configure: it is declared without a management address."""

    code = "NETCTL-E1051"


# ── zones on pages (E1055–E1059) ──────────────────────────────────────────────────────────────────────────────────────


class UnknownZone(UnknownPlace):
    """There is no zone of this name in this view within the user's reach."""

    code = "NETCTL-E1055"


# ── signed zones (E106x; E1060 is a finding's) ───────────────────────────────────────────────────────────────────────


class DsOfNoKey(Refused):
    """A change would leave a zone with a DS that is of none of its keys: whoever validates would refuse all of it."""

    code = "NETCTL-E1061"
    default_hint = "`netctl dns dnssec ZONE` says which keys it has, and which DS is due"


# ── who writes zones (E1070–E1074) ───────────────────────────────────────────────────────────────────────────────────


class PromotionRefused(Refused):
    """A primary is not made the one that writes: two might write then, or none."""

    code = "NETCTL-E1070"


class ChangesWouldBeLost(Refused):
    """The primary that shall write lacks changes that another server has."""

    code = "NETCTL-E1071"
    default_hint = "`--losing-changes ZONE@VIEW` for each of them gives them up; `netctl plan` shows them afterwards"


class PromotionOutdated(Refused):
    """What was shown of a promotion is not what it would do now."""

    code = "NETCTL-E1072"
    default_hint = "say it without --digest, and read it again"


class PromotionStopped(PushFailed):
    """A promotion stopped in the middle; every step it took is in the audit log."""

    code = "NETCTL-E1073"
    default_hint = "say it again: it goes on from what the servers hold"


class TwoWriters(OutcomeUnknown):
    """A primary that should stand by takes updates, or has changes of its own."""

    code = "NETCTL-E1074"
    default_hint = "`netctl dns promote` of the one that writes makes the other its copy, and shows what it holds alone"


# ── zones in plans (E1040–E1044) ─────────────────────────────────────────────────────────────────────────────────────


class ZonePartDamaged(Refused):
    """What a plan says of a zone is no difference, or is not what people were shown."""

    code = "NETCTL-E1040"
    default_hint = "plan again; netctl makes no such plan"


class PlanBeyondLimits(PlanUnsafe):
    """A plan takes more out of a zone than the policy lets pass, and does not say so."""

    code = "NETCTL-E1041"
    default_hint = "plan again and say so: `netctl plan --allow ZONE:deletions=250,deleted_percent=40,apex_ns`"


class ZoneImpossible(PlanUnsafe):
    """A zone of a plan may not, or cannot, become what is declared."""

    code = "NETCTL-E1042"
    default_hint = "change what is declared, or make the change in two plans"


class AllowanceInvalid(UsageError):
    """What `--allow` says is nothing that a plan can be allowed."""

    code = "NETCTL-E1043"


# ── names declared (E100x; findings on dns/ carry the others) ────────────────────────────────────────────────────────


class DnsNotDeclared(NetworkError):
    """The network declares no names."""

    code = "NETCTL-E1000"
    default_hint = "declare servers, a policy and zones in dns/; docs/dns.md shows how"


class ZoneFrozen(Refused):
    """Somebody holds the updates of a zone back on its server (`rndc freeze`): nothing was changed."""

    code = "NETCTL-E1075"
    default_hint = "`rndc thaw` on the server lets them in again"


# ── zones (E1010: zone data; E1020: transfers and updates) ───────────────────────────────────────────────────────────


class ZoneNameInvalid(NetworkError):
    """A domain name cannot be written on the wire."""

    code = "NETCTL-E1010"
    default_hint = "labels have 1 to 63 octets, a name 255; a backslash stands before what is no letter, digit, - or _"


class RecordInvalid(NetworkError):
    """A record's type or data is not what its type takes."""

    code = "NETCTL-E1011"
    default_hint = "write the data as in a master file (RFC 1035 section 5.1)"


class BulkZoneInvalid(NetworkError):
    """A bulk zone has errors; `findings` holds every one of them with its line."""

    code = "NETCTL-E1012"
    default_hint = "every error is listed with its line"

    def __init__(self, message: str, *, findings: tuple[Any, ...] = (), where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.findings = findings


class TransferMalformed(DeviceError):
    """A name server's answer breaks the rules of its format."""

    code = "NETCTL-E1020"
    default_hint = "nothing was taken over; look at the server's log and version, and at what stands between"


class UpdateTooLarge(Refused):
    """What must happen at once does not fit into one update message."""

    code = "NETCTL-E1021"
    default_hint = "change the zone in two steps, or swap the whole zone"
