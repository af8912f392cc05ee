"""How long other pages take while event streams are open: one after the other, on one connection.

    python -m benchmarks.web_streams ORDER.json        # prints JSON

The streams only have to be held; what is measured is what they leave to others. Ends by itself.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from benchmarks.web_load import Browser
from benchmarks.web_pages import Viewer

WARM = 50  # requests before any is counted


async def beside(order: Mapping[str, Any]) -> dict[str, Any]:
    """Open `streams` event streams, and ask for `paths` while they are there."""
    people = [Viewer(**each) for each in order["people"]]
    opened: list[bool] = []
    moved: asyncio.Queue[Browser] = asyncio.Queue()
    held = [
        asyncio.create_task(Browser(people[number % len(people)], order["port"]).follow(moved, opened))
        for number in range(order["streams"])
    ]
    while len(opened) < len(held):  # noqa: ASYNC110  before anything is measured
        await asyncio.sleep(0.1)
    found = {path: await asyncio.to_thread(_ask, order["port"], path, order["requests"]) for path in order["paths"]}
    streams = sum(opened) - sum(task.done() for task in held)
    for task in held:
        task.cancel()
    await asyncio.gather(*held, return_exceptions=True)
    return {"streams": streams, "paths": found}


def _ask(port: int, path: str, requests: int) -> dict[str, float]:
    """Milliseconds at the median and beyond which one in twenty and one in a hundred took."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    times = []
    for _ in range(WARM + requests):
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - began) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
    connection.close()
    counted = sorted(times[WARM:])
    return {f"p{share}": round(counted[len(counted) * share // 100], 2) for share in (50, 95, 99)}


def main(file: Path) -> None:
    """Run an order and print."""
    sys.stdout.write(json.dumps(asyncio.run(beside(json.loads(file.read_text(encoding="utf-8"))))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
