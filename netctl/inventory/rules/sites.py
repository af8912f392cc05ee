"""One site at a time: what it refers to exists, and nothing takes both of its lines at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from netctl.inventory import files
from netctl.inventory.documents import RouterDocument, SiteDocument
from netctl.inventory.explain import did_you_mean
from netctl.inventory.findings import Problem
from netctl.inventory.rules.inventory import Inventory
from netctl.inventory.rules.names import site_file
from netctl.inventory.rules.pools import Need, Prefix, largest, parsed, site_needs, too_small
from netctl.inventory.rules.settings import said

_OF_IPV4 = frozenset(("sites_v4", "access_v4"))
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")


@dataclass(frozen=True)
class Context:
    """What all sites are held against, worked out once."""

    inventory: Inventory
    pools: Mapping[str, Prefix]
    needs: tuple[Need, ...]
    largest_number: int
    targets: Mapping[str, str]  # centre or core router → centre
    default_platform: bool


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Everything wrong with the sites, each taken by itself."""
    context = context_of(inventory)
    for name, body in inventory.sites.items():
        yield from of_site(context, name, body)


def context_of(inventory: Inventory) -> Context:
    """The context of one inventory."""
    declared = inventory.declared
    pools: Mapping[str, Prefix] = {}
    needs: tuple[Need, ...] = ()
    if inventory.knows(files.NETWORK) and declared.network.addresses is not None:
        pools = parsed(inventory)
        needs = tuple(need for need in site_needs(declared.network.addresses) if need.pool in pools)
    return Context(
        inventory=inventory,
        pools=pools,
        needs=needs,
        largest_number=min((largest(need, pools[need.pool]) for need in needs), default=65535),
        targets=dict(inventory.core_centres) | {name: name for name in declared.centres},
        default_platform=declared.roles.ce.platform is not None or files.ROLES in inventory.misread | inventory.unread,
    )


def of_site(context: Context, name: str, body: SiteDocument) -> Iterator[Problem]:
    """Everything wrong with one site."""
    inventory, file = context.inventory, site_file(name)
    if not _NAME.fullmatch(name):
        message = f"{name!r} cannot begin a router's hostname"
        hint = "name the file with lower-case letters, digits and hyphens, 40 at most"
        yield Problem("NETCTL-E0115", file, (), name, message, hint)
    if body.number is not None and body.number > context.largest_number:
        for need in context.needs:
            if (body.ipv4 is False and need.pool in _OF_IPV4) or (body.block is not None and need.pool == "sites_v6"):
                continue
            yield from too_small(dict(context.pools), need, body.number, file, ("number",))
    organisations = inventory.declared.organisations
    if (
        body.organisation is not None
        and body.organisation not in organisations
        and inventory.knows(files.ORGANISATIONS)
    ):
        message = f"no organisation is named {body.organisation!r}"
        hint = did_you_mean(body.organisation, organisations)
        yield Problem("NETCTL-E0111", file, ("organisation",), body.organisation, message, hint)
    yield from said(inventory, file, (), body.platform, body.settings)
    yield from _routers(context, file, body)
    yield from _lines(context, file, body)


def _routers(context: Context, file: str, body: SiteDocument) -> Iterator[Problem]:
    organisation = context.inventory.declared.organisations.get(body.organisation)
    said_above = body.platform or context.default_platform or organisation is None or organisation.platform
    for index, router in enumerate(body.routers or ()):
        own = router if isinstance(router, RouterDocument) else None
        if own:
            yield from said(context.inventory, file, ("routers", index), own.platform, own.settings)
        if not (said_above or (own and own.platform)):
            message = "nothing says which platform this router is"
            yield Problem(
                "NETCTL-E0108", file, ("routers", index), "platform", message, f"say it here or in {files.ROLES}"
            )


def _lines(context: Context, file: str, body: SiteDocument) -> Iterator[Problem]:
    inventory = context.inventory
    carriers = inventory.declared.carriers
    for index, line in enumerate(body.lines or ()):
        if line.carrier is not None and line.carrier not in carriers and inventory.knows(files.CARRIERS):
            message = f"no carrier is named {line.carrier!r}"
            hint = did_you_mean(line.carrier, carriers)
            yield Problem("NETCTL-E0111", file, ("lines", index, "carrier"), line.carrier, message, hint)
        if line.to is not None and line.to not in context.targets and inventory.knows(files.CENTRES):
            message = f"no centre or core router is named {line.to!r}"
            hint = did_you_mean(line.to, context.targets)
            yield Problem("NETCTL-E0111", file, ("lines", index, "to"), line.to, message, hint)
    if body.lines is not None and len(body.lines) == 2:
        yield from _together(context, file, body)


def _together(context: Context, file: str, body: SiteDocument) -> Iterator[Problem]:
    first, second = body.lines
    centre = context.targets.get(first.to)
    if centre is not None and centre == context.targets.get(second.to):
        message = f"both lines go to centre {centre}"
        yield Problem(
            "NETCTL-E0133", file, ("lines", 1, "to"), second.to, message, "lead the second to the other centre"
        )
    if first.risk is None or second.risk is None:
        return
    for index, risk in enumerate(second.risk):
        if risk is not None and risk in first.risk:
            message = f"both lines run through {risk}"
            hint = "one digger or fire would cut the site off: order a line on another path"
            yield Problem("NETCTL-E0132", file, ("lines", 1, "risk", index), risk, message, hint)
