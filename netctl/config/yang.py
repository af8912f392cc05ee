"""The one form in which netctl writes and compares documents of the `ietf_netconf` platform.

RFC 7950 leaves the order of system-ordered entries, prefixes and blanks to each server. Here elements stand in the
order of `OWNED`, list entries in the order of their keys, one element a line, and every namespace where it begins.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Literal, NamedTuple

from lxml import etree

from netctl.config.order import natural_order

NETCONF = "urn:ietf:params:xml:ns:netconf:base:1.0"
INTERFACES = "urn:ietf:params:xml:ns:yang:ietf-interfaces"
IP = "urn:ietf:params:xml:ns:yang:ietf-ip"
ROUTING = "urn:ietf:params:xml:ns:yang:ietf-routing"
SYSTEM = "urn:ietf:params:xml:ns:yang:ietf-system"
IF_TYPE = "urn:ietf:params:xml:ns:yang:iana-if-type"
VRRP = "urn:netctl:yang:vrrp"
BGP = "urn:netctl:yang:bgp"
MANAGEMENT = "urn:netctl:yang:management"

# Identities are values with a prefix of the writer's choice; these are ours.
PREFIXES = {IF_TYPE: "ianaift", BGP: "nbgp"}


class Element(NamedTuple):
    """One node of the schema: what stands below it, in which order. A list entry is told from others by `keys`."""

    name: str
    kind: Literal["container", "list", "leaf", "leaf-list", "identity"]
    children: tuple[Element, ...] = ()
    keys: tuple[str, ...] = ()
    namespace: str = ""  # "" for the one of the node above


Known = dict[str, tuple[int, Element]]


def _leaves(*names: str) -> tuple[Element, ...]:
    return tuple(Element(name, "leaf") for name in names)


def _addresses(family: str) -> Element:
    address = Element("address", "list", _leaves("ip", "prefix-length"), ("ip",))
    return Element(family, "container", (*_leaves("enabled", "forwarding", "mtu"), address), namespace=IP)


_INTERFACE = (
    *_leaves("name", "description"),
    Element("type", "identity"),
    *_leaves("enabled"),
    _addresses("ipv4"),
    _addresses("ipv6"),
)
_PROTOCOL = Element(
    "control-plane-protocol",
    "list",
    (Element("type", "identity"), *_leaves("name", "description")),
    ("type", "name"),
)
_NTP_SERVER = (*_leaves("name"), Element("udp", "container", _leaves("address")), *_leaves("iburst"))
_VIRTUAL_ROUTER = _leaves("interface", "family", "vrid", "virtual-address", "priority", "advertisement-interval")
_SESSION = _leaves(
    "address",
    "remote-as",
    "kind",
    "description",
    "import-list",
    "export-list",
    "import-preference",
    "export-metric",
    "update-source",
    "next-hop-self",
    "bfd",
    "password",
)
_PREFIX_LIST = (
    *_leaves("name"),
    Element("rule", "list", _leaves("sequence", "action", "prefix", "ge", "le"), ("sequence",)),
)

# The top containers netctl owns on an `ietf_netconf` router: it replaces them whole and leaves all others alone.
OWNED: tuple[Element, ...] = (
    Element("interfaces", "container", (Element("interface", "list", _INTERFACE, ("name",)),), namespace=INTERFACES),
    Element(
        "routing",
        "container",
        (*_leaves("router-id"), Element("control-plane-protocols", "container", (_PROTOCOL,))),
        namespace=ROUTING,
    ),
    Element(
        "system",
        "container",
        (
            *_leaves("hostname"),
            Element("ntp", "container", (*_leaves("enabled"), Element("server", "list", _NTP_SERVER, ("name",)))),
        ),
        namespace=SYSTEM,
    ),
    Element(
        "virtual-routers",
        "container",
        (Element("virtual-router", "list", _VIRTUAL_ROUTER, ("interface", "family", "vrid")),),
        namespace=VRRP,
    ),
    Element(
        "bgp",
        "container",
        (
            *_leaves("autonomous-system", "router-id", "graceful-shutdown"),
            Element("network", "leaf-list"),
            Element("session", "list", _SESSION, ("address",)),
            Element("prefix-list", "list", _PREFIX_LIST, ("name",)),
        ),
        namespace=BGP,
    ),
    Element(
        "management",
        "container",
        (
            *_leaves("login-banner"),
            Element("allowed-prefix", "leaf-list"),
            Element("syslog", "container", (*_leaves("level"), Element("server", "leaf-list"))),
            Element("bfd", "container", _leaves("interval", "multiplier")),
            Element("snmp", "container", _leaves("user", "authentication-key", "privacy-key")),
        ),
        namespace=MANAGEMENT,
    ),
)


def normalise_document(document: str | bytes) -> str:
    """The owned containers of a document (``data``, ``config`` or a whole ``rpc-reply``) in the artefact's own form.

    Elements that netctl does not own are left out at the top and kept, after the known ones, within what it owns: what
    a person added there must show. Raises `ValueError` where the text is no well-formed document.
    """
    return pretty(_parse(document))


def _parse(document: str | bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(document.encode() if isinstance(document, str) else document, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    found = {container.name: _find(root, container) for container in OWNED}
    holder = etree.Element(f"{{{NETCONF}}}data")
    holder.extend(element for element in found.values() if element is not None)
    return holder


def _find(root: etree._Element, container: Element) -> etree._Element | None:
    """An owned container as the root's child or below a wrapping `data` or `config`."""
    tag = f"{{{container.namespace}}}{container.name}"
    direct = root.find(tag)
    return direct if direct is not None else root.find(f"{{{NETCONF}}}data/{tag}")


def pretty(data: etree._Element) -> str:
    """A ``data`` element's owned containers as text in the one form."""
    lines = [f'<data xmlns="{NETCONF}">']
    for container in OWNED:
        element = data.find(f"{{{container.namespace}}}{container.name}")
        if element is not None:
            _write(element, container, NETCONF, 1, lines)
    return "\n".join([*lines, "</data>"]) + "\n"


def _write(element: etree._Element, schema: Element | None, outer: str, depth: int, lines: list[str]) -> None:
    indent = "  " * depth
    namespace, _, name = element.tag[1:].rpartition("}") if element.tag[:1] == "{" else ("", "", element.tag)
    opening = name if namespace == outer else f'{name} xmlns="{namespace}"'
    origin = element.get(ORIGIN)
    if origin is not None:
        opening += f' {ORIGIN}="{origin}"'
    if len(element):
        lines.append(f"{indent}<{opening}>")
        for child, below in _ordered(element, schema, namespace):
            _write(child, below, namespace, depth + 1, lines)
        lines.append(f"{indent}</{name}>")
        return
    text = element.text or ""
    if schema is None or schema.kind in ("container", "list"):
        text = text.strip()
    if schema is not None and schema.kind == "identity":
        text, declaration = _identity(element, text.strip())
        opening += declaration
    lines.append(f"{indent}<{opening}>{escape(text)}</{name}>" if text else f"{indent}<{opening}/>")


ORIGIN = "netctl-origin"  # an attribute of elements being written while someone asks where lines come from


def _ordered(
    element: etree._Element, schema: Element | None, namespace: str
) -> list[tuple[etree._Element, Element | None]]:
    """The children in schema order, list entries by key, unknown ones last in their own order."""
    known = _known(schema, namespace) if schema else {}
    last = (len(known), None)
    ranked = []
    for position, child in enumerate(element):
        place, below = known.get(child.tag, last)
        listed = below is not None and below.kind in ("list", "leaf-list")
        ranked.append((place, _rank(child, below) if listed and below else (), position, child, below))
    ranked.sort(key=_rank_of)
    return [(child, below) for *_, child, below in ranked]


_rank_of = itemgetter(0, 1, 2)
_tables: dict[tuple[int, str], Known] = {}


def _known(schema: Element, namespace: str) -> Known:
    """Tag of each child in the schema → its place and its own schema; the schema is a constant, so told by identity."""
    table = _tables.get((id(schema), namespace))
    if table is None:
        table = _tables[id(schema), namespace] = {
            f"{{{child.namespace or namespace}}}{child.name}": (place, child)
            for place, child in enumerate(schema.children)
        }
    return table


def _rank(entry: etree._Element, schema: Element) -> tuple[tuple[tuple[str, int], ...], ...]:
    """What a list entry is sorted by: its keys, numbers by value."""
    if schema.kind == "leaf-list":
        return (natural_order(entry.text or ""),)
    namespace = entry.tag.rpartition("}")[0]
    return tuple(natural_order(entry.findtext(f"{namespace}}}{key}") or "") for key in schema.keys)


def _identity(element: etree._Element, text: str) -> tuple[str, str]:
    """An identity's value under our prefix, and the declaration its element then needs."""
    prefix, _, name = text.rpartition(":")
    namespace = element.nsmap.get(prefix or None, "") or ""
    ours = PREFIXES.get(namespace)
    if ours is None:
        return text, f' xmlns:{prefix}="{namespace}"' if prefix else ""
    return f"{ours}:{name}", f' xmlns:{ours}="{namespace}"'


def escape(text: str) -> str:
    """Text between tags; a bare carriage return would be read back as a line break (XML 1.0 section 2.11)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
