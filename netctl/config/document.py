"""An XML configuration as a tree of sections: one line an element, list entries named by their keys."""

from __future__ import annotations

from typing import cast

from lxml import etree

from netctl.config.syntax import Node

# Lists with more than one key, by element name. Elsewhere the first leaf is the key: RFC 7950 section 7.8.5 puts keys
# first.
KEYS: dict[str, tuple[str, ...]] = {
    "virtual-router": ("interface", "family", "vrid"),
    "control-plane-protocol": ("type", "name"),
}


def parse_document(text: str) -> list[Node]:
    """The elements below the document's root; raises `ValueError` where the text is no well-formed document.

    The parser reads no DTD, expands no entity and opens no file or address.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    return _nodes(root)


def _nodes(parent: etree._Element) -> list[Node]:
    siblings = [child for child in parent if isinstance(child.tag, str)]
    seen: dict[str, int] = {}
    for child in siblings:
        seen[child.tag] = seen.get(child.tag, 0) + 1
    return [_node(child, repeated=seen[child.tag] > 1) for child in siblings]


def _node(element: etree._Element, *, repeated: bool) -> Node:
    name = etree.QName(element).localname
    line = cast("int", element.sourceline or 0)
    if len(element) == 0:
        value = " ".join((element.text or "").split())
        return Node(f"{name} {value}".rstrip(), "", line)
    node = Node(f"{name}{_label(element, name, repeated=repeated)}", "", line)
    node.children = _nodes(element)
    return node


def _label(element: etree._Element, name: str, *, repeated: bool) -> str:
    """`` [key]`` of a list entry. A list of one entry is labelled too, wherever its first element looks like a key."""
    wanted = KEYS.get(name)
    leaves = [child for child in element if isinstance(child.tag, str) and len(child) == 0]
    if wanted:
        found = {etree.QName(leaf).localname: leaf.text or "" for leaf in leaves}
        return " [" + " ".join(found.get(key, "?") for key in wanted) + "]"
    first = element[0]
    is_key = isinstance(first.tag, str) and len(first) == 0
    if is_key and (repeated or etree.QName(first).localname in {"name", "id", "ip", "address", "index", "sequence"}):
        return f" [{first.text or ''}]"
    return ""
