"""Many routers asked the same thing at once, each told of as soon as it has answered."""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from netctl.devices.register import Reachable

Progress = Callable[[str, str, int, int], None]  # router, error or "", how many are done, of how many
T = TypeVar("T")
Box = TypeVar("Box", bound=Reachable)


def side_by_side(wanted: Collection[Box], ask: Callable[[Box], T], workers: int, progress: Progress) -> list[T]:
    """Answers in the order of `wanted`, at most `workers` asked at a time."""
    done = 0
    answers = []
    with ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="ask") as pool:
        for device, answer in zip(wanted, pool.map(ask, wanted), strict=True):
            done += 1
            answers.append(answer)
            progress(device.name, getattr(answer, "error", ""), done, len(wanted))
    return answers
