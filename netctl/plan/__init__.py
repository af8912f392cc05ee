"""Artefact and running state → Plan: fetch, compare, order in waves, name the risks, write the file."""

from netctl.plan.fetch import Fetched, fetch_states
from netctl.plan.file import read_plan, write_plan
from netctl.plan.fold import Fold, fold
from netctl.plan.make import Renderer, make_plan, with_names
from netctl.plan.waves import order_waves

__all__ = [
    "Fetched",
    "Fold",
    "Renderer",
    "fetch_states",
    "fold",
    "make_plan",
    "order_waves",
    "read_plan",
    "with_names",
    "write_plan",
]
