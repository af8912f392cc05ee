"""The papers of a change: its plan, its procedure and its report, as HTML that prints and as PDF."""

from netctl.documents.facts import KINDS, LANGUAGES, Chain, Deadlines, Facts, Kind, Language
from netctl.documents.gather import gather
from netctl.documents.html import write_html
from netctl.documents.pdf import write_pdf

__all__ = [
    "KINDS",
    "LANGUAGES",
    "Chain",
    "Deadlines",
    "Facts",
    "Kind",
    "Language",
    "gather",
    "write_html",
    "write_pdf",
]
