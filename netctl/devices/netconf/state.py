"""What a NETCONF server tells of the machine it runs on: ietf-system (RFC 7317) and ietf-hardware (RFC 8348)."""

from __future__ import annotations

from datetime import datetime

from lxml import etree
from ncclient.operations import RPCError

from netctl.devices.netconf import operations
from netctl.devices.netconf.session import NetconfSession, element

SYSTEM = "urn:ietf:params:xml:ns:yang:ietf-system"
HARDWARE = "urn:ietf:params:xml:ns:yang:ietf-hardware"


def told(session: NetconfSession) -> dict[str, str]:
    """Facts in NAPALM's names, those of them the server has. A server may know neither module: then none."""
    try:
        data = operations.get(session, [element("system-state", namespace=SYSTEM), _hardware()])
    except RPCError:
        return {}
    return {name: text for name, text in {**_system(data), **_chassis(data)}.items() if text}


def _hardware() -> etree._Element:
    return element("hardware", namespace=HARDWARE)


def _system(data: etree._Element) -> dict[str, str]:
    at = f"{{{SYSTEM}}}system-state/{{{SYSTEM}}}"
    platform = {
        leaf: _text(data, f"{at}platform/{{{SYSTEM}}}{leaf}") for leaf in ("os-name", "os-release", "os-version")
    }
    now, booted = (_text(data, f"{at}clock/{{{SYSTEM}}}{leaf}") for leaf in ("current-datetime", "boot-datetime"))
    release = platform["os-release"] or platform["os-version"]
    return {"os_version": f"{platform['os-name']} {release}".strip(), "uptime": _between(booted, now)}


def _chassis(data: etree._Element) -> dict[str, str]:
    """The component of class chassis; where none says so, the one that is in no other."""
    components = data.findall(f"{{{HARDWARE}}}hardware/{{{HARDWARE}}}component")
    chassis = [one for one in components if _text(one, f"{{{HARDWARE}}}class").rpartition(":")[2] == "chassis"]
    roots = [one for one in components if one.find(f"{{{HARDWARE}}}parent") is None]
    leaves = {"vendor": "mfg-name", "model": "model-name", "serial_number": "serial-num"}
    return {
        fact: _text(one, f"{{{HARDWARE}}}{leaf}") for one in (*chassis, *roots)[:1] for fact, leaf in leaves.items()
    }


def _between(booted: str, now: str) -> str:
    try:
        passed = datetime.fromisoformat(now) - datetime.fromisoformat(booted)
    except (ValueError, TypeError):  # no moments, or one with an offset and one without
        return ""
    return str(int(passed.total_seconds())) if passed.total_seconds() >= 0 else ""


def _text(parent: etree._Element, path: str) -> str:
    return " ".join((parent.findtext(path) or "").split())
