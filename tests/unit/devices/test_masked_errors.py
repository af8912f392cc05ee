"""Whatever a driver says of a router, no secret of the router leaves with it."""

import traceback
from pathlib import Path

import pytest

from netctl.credentials import Mask
from netctl.credentials.masking import compile_patterns
from netctl.devices.platform import load_platform
from netctl.devices.router import Context, RouterTarget
from netctl.errors import CommandFailed, SecretMissing

ROOT = Path(__file__).parents[3]
QUOTED = "% Invalid input: enable secret 0 river-bank-nine"


class QuotingDriver:
    """A driver whose every call fails with an error that quotes a line of configuration."""

    def __init__(self, error):
        self.error = error

    def __getattr__(self, name):
        def fail(*_, **__):
            try:
                raise ValueError(QUOTED)
            except ValueError as cause:
                raise self.error from cause

        return fail


def target(error, known=dict):
    platform = load_platform(ROOT, "cisco_ios")
    return RouterTarget(
        "r1", QuotingDriver(error), Context(platform, None, Mask(compile_patterns(platform.secrets), known, b"k"))
    )


CALLS = [
    lambda router: router.fetch(),
    lambda router: router.confirm("netctl-1"),
    lambda router: router.roll_back("netctl-1"),
    lambda router: router.pending(),
    lambda router: router.health(),
    lambda router: router.probe("192.0.2.1"),
    lambda router: router.facts(),
]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    "error", [CommandFailed(QUOTED, where="r1", hint=QUOTED), RuntimeError(QUOTED), CommandFailed("no", where="r1")]
)
def test_no_verb_lets_a_quoted_secret_out(call, error):
    with pytest.raises((CommandFailed, RuntimeError)) as caught:
        call(target(error))
    assert type(caught.value) is type(error)
    shown = "".join(traceback.format_exception(caught.value)) + getattr(caught.value, "hint", "")
    assert "river-bank" not in shown


def test_what_the_router_said_is_told_even_where_our_own_secrets_cannot_be_read():
    def missing():
        raise SecretMissing("no value for secret 'bgp/rivers'")

    with pytest.raises(CommandFailed, match="no such command: enable secret 0 <secret-fingerprint:"):
        target(CommandFailed("no such command: enable secret 0 river-bank-nine"), missing).facts()
