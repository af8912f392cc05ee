"""``/changes/<id>/documents/…``: the papers of a change (帳票), as pages that print and as PDF."""

from __future__ import annotations

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from netctl.control.changes import documents as papers
from netctl.control.changes.documents import KINDS, Facts, Kind, Links
from netctl.errors import DocumentTooLong, NetworkError
from netctl.model.network import Network
from netctl.web.chain import chain_watch
from netctl.web.context import here, language, user
from netctl.web.routes import Pages
from netctl.web.words import t

pages = Pages("documents")

_PATIENCE = 5.0  # seconds a report waits for the proof of the log that it tells of


@pages.get("/changes/<change>/documents/<kind>", step="show")
def document(change: str, kind: str) -> ResponseReturnValue:
    """One paper as a page."""
    which, at, tongue = _kind(kind), here(), language()
    facts = _facts(change, which)
    html = papers.page(facts, which, tongue, root=at.root, settings=at.settings, links=_links(facts.change.id, which))
    return _tagged(Response(html, mimetype="text/html"))


@pages.get("/changes/<change>/documents/<kind>.css", step="show")
def document_style(change: str, kind: str) -> ResponseReturnValue:
    """The style sheet of one paper, with what stands in the margins of each page when it is printed."""
    at = here()
    sheet = papers.style(at.store, at.settings, change, _kind(kind), language(), user=user())
    return _tagged(Response(sheet, mimetype="text/css"))


@pages.get("/changes/<change>/documents/<kind>.pdf", step="show")
def document_pdf(change: str, kind: str) -> ResponseReturnValue:
    """One paper as PDF."""
    which, at, tongue = _kind(kind), here(), language()
    facts = _facts(change, which)
    try:
        content = papers.pdf(facts, which, tongue, root=at.root, settings=at.settings, apart=True)
    except DocumentTooLong as error:
        command = f"netctl documents {facts.change.id} --kind {which} --lang {tongue}"
        raise DocumentTooLong(error.message, hint=t("documents-too-long", command=command)) from error
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{facts.change.id}-{which}-{tongue}.pdf"'
    return _tagged(response)


def _kind(name: str) -> Kind:
    for kind in KINDS:
        if kind == name:
            return kind
    raise NotFound


def _facts(change: str, kind: Kind) -> Facts:
    at = here()
    proof = chain_watch().ask(_PATIENCE if kind == "report" else 0)
    chain = papers.chain_of(proof.head, proof.broken)
    return papers.facts(at.store, at.settings, change, language(), user=user(), network=_network(), chain=chain)


def _network() -> Network | None:
    """The network whose names papers use; while it cannot be read, they use those in the plan."""
    try:
        return here().declared.network()
    except NetworkError:
        return None


def _links(change: str, kind: Kind) -> Links:
    tongue = language()
    return Links(
        style=url_for("documents.document_style", change=change, kind=kind, lang=tongue),
        change=f"/changes/{change}",
        pdf=url_for("documents.document_pdf", change=change, kind=kind, lang=tongue),
        others={
            other: url_for("documents.document", change=change, kind=other, lang=tongue)
            for other in KINDS
            if other != kind
        },
        language=url_for("documents.document", change=change, kind=kind, lang="en" if tongue == "ja" else "ja"),
    )


def _tagged(response: Response) -> Response:
    """With an entity tag: who prints it again while nothing changed is not sent it again."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
