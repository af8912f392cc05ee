"""Web pages: E095, E1055 (zones on them); the API: E096."""

from __future__ import annotations

from netctl.errors.store import SettingsInvalid
from netctl.errors.tree import Refused, StoreError, UsageError


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


class UnknownPlace(UsageError):
    """There is no router, site, organisation or region of this name within the user's reach."""

    code = "NETCTL-E0965"
    default_hint = "the search finds what you may see"


class UnknownZone(UnknownPlace):
    """There is no zone of this name in this view within the user's reach."""

    code = "NETCTL-E1055"
