"""The store, settings and credentials: E06."""

from __future__ import annotations

from netctl.errors.tree import StoreError


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
