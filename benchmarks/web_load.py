"""Viewers of a dashboard, made of sockets: each holds an event stream, and asks for pages when its time has come.

    python -m benchmarks.web_load ORDER.json        # prints JSON

When a request is sent does not depend on how long the ones before it took, and its time counts from when it was due:
a server that stalls is told so by every request that had to wait. Ends by itself.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.web_pages import PAGES, Page, Viewer

MOST = 6  # connections of one browser to one server
SPREAD = 1.5  # seconds over which open pages ask after a round, as static/live.js does
PATIENCE = 20.0  # seconds after which a request counts as an error


class Answer(NamedTuple):
    """One request. `seconds` from when it was due; `wall` and `cpu` are milliseconds, told by the server."""

    page: str
    seconds: float
    status: int
    size: int
    wall: float
    cpu: float


class Browser:
    """A viewer with at most six connections, and one more that carries the stream."""

    def __init__(self, viewer: Viewer, port: int) -> None:
        self.viewer = viewer
        self._port = port
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._places = asyncio.Semaphore(MOST)
        self._head = (
            f"Host: 127.0.0.1\r\nCookie: netctl={viewer.secret}; netctl-language={viewer.language}\r\n"
            "Accept: text/html,*/*\r\nUser-Agent: benchmark\r\n\r\n"
        )

    async def get(self, page: str, path: str, due: float) -> Answer:
        """Ask; a failure is status 0."""
        try:
            async with asyncio.timeout(PATIENCE), self._places:
                status, head, size = await self._ask(path)
        except (OSError, EOFError, TimeoutError):
            return Answer(page, time.perf_counter() - due, 0, 0, 0, 0)
        wall, cpu = _timing(head)
        return Answer(page, time.perf_counter() - due, status, size, wall, cpu)

    async def _ask(self, path: str) -> tuple[int, str, int]:
        while self._free:
            reader, writer = self._free.pop()
            if not reader.at_eof():
                try:
                    return await self._ask_on(reader, writer, path)
                except (ConnectionError, asyncio.IncompleteReadError) as error:
                    # It may end while idle, with the question under way: browsers then ask again (RFC 9112, 9.3.1).
                    if getattr(error, "partial", b""):
                        raise
            writer.close()
        return await self._ask_on(*await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 22), path)

    async def _ask_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str
    ) -> tuple[int, str, int]:
        writer.write(f"GET {path} HTTP/1.1\r\n{self._head}".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        size = int(_field(head, "content-length") or 0)
        await reader.readexactly(size)
        if _field(head, "connection").lower() == "close":
            writer.close()
        else:
            self._free.append((reader, writer))
        return int(head.split(" ", 2)[1]), head, size

    async def follow(self, moved: asyncio.Queue[Browser], opened: list[bool]) -> None:
        """Hold an event stream until cancelled; whenever watching moves, say so."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            writer.write(f"GET /live?topics=watch,problems,changes HTTP/1.1\r\n{self._head}".encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            opened.append(" 200 " in head.split("\r\n", 1)[0])
            seen = ""
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    mark = str(json.loads(line[6:]).get("watch", ""))
                    if seen and mark != seen:
                        moved.put_nowait(self)
                    seen = mark
        finally:
            writer.close()


def _field(head: str, name: str) -> str:
    begin = head.lower().find(f"\r\n{name}:")
    return head[begin + len(name) + 3 : head.index("\r\n", begin + 2)].strip() if begin >= 0 else ""


def _timing(head: str) -> tuple[float, float]:
    found = dict.fromkeys(("app", "cpu"), 0.0)
    for part in _field(head, "server-timing").split(","):
        name, _, value = part.strip().partition(";dur=")
        if value:
            found[name] = float(value)
    return found["app"], found["cpu"]


async def load(order: Mapping[str, Any]) -> dict[str, Any]:
    """The whole run."""
    browsers = [Browser(Viewer(**each), order["port"]) for each in order["people"]]
    moved: asyncio.Queue[Browser] = asyncio.Queue()
    opened: list[bool] = []
    streams = [asyncio.create_task(each.follow(moved, opened)) for each in browsers] if order["streams"] else []
    while len(opened) < len(streams):  # noqa: ASYNC110  before anything is measured
        await asyncio.sleep(0.1)
    fragments: list[asyncio.Task[Answer]] = []
    refreshing = asyncio.create_task(_refresh(moved, fragments))
    pages = [page for page in PAGES if page.name in order["pages"]] if order["pages"] else list(PAGES)
    asked = await _ask_all(browsers, pages, order["rate"], order["seconds"])
    answers = list(await asyncio.gather(*asked))
    refreshing.cancel()
    answers += await asyncio.gather(*fragments)
    held = sum(opened) - sum(task.done() for task in streams)
    for task in streams:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*streams, return_exceptions=True)
    return {"streams": held, "answers": [list(answer) for answer in answers]}


async def _refresh(moved: asyncio.Queue[Browser], fragments: list[asyncio.Task[Answer]]) -> None:
    """What pages that are open do after each round of watching: fetch the part of them that may have changed."""
    while True:
        browser = await moved.get()
        fragments.append(asyncio.create_task(_later(browser)))


async def _later(browser: Browser) -> Answer:
    await asyncio.sleep(random.random() * SPREAD)  # noqa: S311  not a secret
    return await browser.get("after a round", "/overview/health", time.perf_counter())


async def _ask_all(
    browsers: list[Browser], pages: Sequence[Page], rate: float, seconds: float
) -> list[asyncio.Task[Answer]]:
    """Requests at random moments, `rate` a second on average, until the time is over."""
    dice = random.Random(20261122)  # noqa: S311  the same visitors every time
    weights = [page.weight for page in pages]
    begin = time.perf_counter()
    due, asked = begin, []
    while (due := due + dice.expovariate(rate)) < begin + seconds:
        browser = dice.choice(browsers)
        page = dice.choices(pages, weights)[0]
        path = page.path(browser.viewer, dice)
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        asked.append(asyncio.create_task(browser.get(page.name, path, due)))
    return asked


def told(answers: Sequence[Answer]) -> dict[str, Any]:
    """Figures by page; times in milliseconds."""
    by_page: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_page[answer.page].append(answer)
    figures = {name: _figures(those) for name, those in sorted(by_page.items())}
    return {"all": _figures(answers), "pages": figures}


def _figures(answers: Sequence[Answer]) -> dict[str, Any]:
    times = sorted(answer.seconds * 1000 for answer in answers)
    walls = sorted(answer.wall for answer in answers)
    wrong = [answer.status for answer in answers if answer.status != 200]
    return {
        "requests": len(times),
        "errors": len(wrong),
        "statuses": sorted(set(wrong)),
        **{f"p{share}": round(_at(times, share), 1) for share in (50, 95, 99)},
        "max": round(times[-1], 1),
        "server_p50": round(_at(walls, 50), 1),
        "server_p99": round(_at(walls, 99), 1),
        "cpu_mean": round(sum(answer.cpu for answer in answers) / len(answers), 2),
        "kb": round(sum(answer.size for answer in answers) / len(answers) / 1000, 1),
    }


def _at(ordered: Sequence[float], share: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def main(file: Path) -> None:
    """Run an order and print."""
    found = asyncio.run(load(json.loads(file.read_text(encoding="utf-8"))))
    used = resource.getrusage(resource.RUSAGE_SELF)
    answers = [Answer(*each) for each in found["answers"]]
    figures = {"streams": found["streams"], "cpu": used.ru_utime + used.ru_stime, **told(answers)}
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
