"""A group of commands that imports a command only when it is named."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click
from click.exceptions import NoSuchCommand

from netctl.cli.session import Session

Function = TypeVar("Function", bound=Callable[..., Any])


class LazyGroup(click.Group):
    """Commands by name: where each lives (`module:attribute`) and the one line the help shows for it."""

    def __init__(self, *args: Any, places: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.places, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.places:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self.places[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is named; where there is none, the error knows the lazy names that come near."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(error.command_name, possibilities=self.places, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # Click calls it
        rows = [(name, line) for name, (_, line) in self.places.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def reads(function: Function) -> Function:
    """A command that only reads takes ``--json``."""

    def choose(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value:
            context.ensure_object(Session).json = True

    option = click.option("--json", is_flag=True, expose_value=False, callback=choose, help="Answer in JSON.")
    return option(function)
