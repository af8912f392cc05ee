"""Settings and platforms wherever they are said: addresses that are addresses, platforms that netctl knows."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from netctl.inventory import files
from netctl.inventory.documents import Router, RouterDocument, SettingsDocument
from netctl.inventory.explain import did_you_mean
from netctl.inventory.findings import KeyPath, Problem
from netctl.inventory.rules.inventory import Inventory
from netctl.inventory.rules.pools import prefix_problem


def problems(inventory: Inventory) -> Iterator[Problem]:
    """Everything wrong with settings and platforms outside the sites' files."""
    declared = inventory.declared
    if inventory.knows(files.NETWORK):
        yield from said(inventory, files.NETWORK, (), None, declared.network.settings)
        yield from _management(inventory)
    for name, organisation in declared.organisations.items():
        yield from said(inventory, files.ORGANISATIONS, (name,), organisation.platform, organisation.settings)
    for role in ("core", "border", "ce"):
        body = getattr(declared.roles, role)
        yield from said(inventory, files.ROLES, (role,), body.platform, body.settings)
    for name, centre in declared.centres.items():
        yield from said(inventory, files.CENTRES, (name,), centre.platform, centre.settings)
        routers: list[tuple[KeyPath, Router]] = [((name, "border"), centre.border)]
        for index, pair in enumerate(centre.cores or ()):
            routers += [((name, "cores", index, at), router) for at, router in enumerate(pair or ())]
        for at, router in routers:
            own = router if isinstance(router, RouterDocument) else None
            if own:
                yield from said(inventory, files.CENTRES, at, own.platform, own.settings)
            role = "border" if at[1] == "border" else "core"
            if inventory.knows(files.ROLES) and not ((own and own.platform) or centre.platform):
                yield from _platformless(inventory, role, at)


def said(
    inventory: Inventory, file: str, at: KeyPath, platform: str | None, settings: SettingsDocument | None
) -> Iterator[Problem]:
    """Everything wrong with what one place says about platform and settings."""
    if platform is not None and inventory.platforms is not None and platform not in inventory.platforms:
        message = f"no platform is named {platform!r}"
        hint = did_you_mean(platform, inventory.platforms) or "each platform is a folder under devices/"
        yield Problem("NETCTL-E0114", file, (*at, "platform"), platform, message, hint)
    if settings is None:
        return
    for key in ("ntp_servers", "syslog_servers"):
        for index, value in enumerate(getattr(settings, key) or ()):
            if value is not None and not _address(value):
                message = f"{value!r} is not an address"
                hint = "an address looks like 3fff:200:1::123"
                yield Problem("NETCTL-E0120", file, (*at, "settings", key, index), value, message, hint)
    for index, value in enumerate(settings.management_prefixes or ()):
        found = prefix_problem(value, 6) if value is not None else None
        if found:
            place = (*at, "settings", "management_prefixes", index)
            yield Problem(found[0], file, place, value, found[1], found[2])


def _management(inventory: Inventory) -> Iterator[Problem]:
    settings = inventory.declared.network.settings
    if settings is not None and settings.management_prefixes is None and files.NETWORK not in inventory.misread:
        message = "no management_prefixes: every router would refuse its own controller"
        hint = "name the prefix the controller speaks from"
        yield Problem("NETCTL-E0108", files.NETWORK, ("settings",), "management_prefixes", message, hint)


def _platformless(inventory: Inventory, role: str, at: KeyPath) -> Iterator[Problem]:
    if files.ROLES not in inventory.misread and getattr(inventory.declared.roles, role).platform is None:
        message = f"nothing says which platform this {role} router is"
        yield Problem("NETCTL-E0108", files.CENTRES, at, "platform", message, f"say it in {files.ROLES}")


def _address(value: str) -> bool:
    try:
        return ip_address(value) is not None and "%" not in value
    except ValueError:
        return False
