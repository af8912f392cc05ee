"""What moves on pages: the marks of the topics that open pages follow, read by one thread, and how many may follow."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager

from netctl.errors import StoreError

Read = Callable[[Collection[str]], Mapping[str, str]]

EVERY = 1.0  # seconds between two looks at the store


class Marks:
    """The marks as last read. The thread runs only while somebody follows; it never keeps the process alive.

    `read` tells them to whoever asks once; the thread asks `follow`, where that is another one.
    """

    def __init__(self, read: Read, *, most: int, every: float = EVERY, follow: Read | None = None) -> None:
        self._read = read
        self._follow = follow or read
        self._most = most
        self._every = every
        self._moved = threading.Condition()
        self._followed: Counter[str] = Counter()
        self._followers = 0
        self._marks: Mapping[str, str] = {}
        self._process = 0
        self._closed = False

    @property
    def closed(self) -> bool:
        """True once the server stops: streams end then."""
        return self._closed

    @property
    def followers(self) -> int:
        """How many follow now."""
        return self._followers

    def close(self) -> None:
        """End all streams and the thread. Safe to call in a signal handler: it takes no lock."""
        self._closed = True

    def now(self, topics: Collection[str]) -> dict[str, str]:
        """The marks of these topics, read at once."""
        return dict(self._read(topics))

    @contextmanager
    def following(self, topics: Collection[str]) -> Iterator[None]:
        """A place among those who follow; raises `NoFreeStream` where all are taken."""
        with self._moved:
            if self._closed or self._followers >= self._most:
                raise NoFreeStream
            self._followers += 1
            self._followed.update(topics)
            self._begin()
        try:
            yield
        finally:
            with self._moved:
                self._followers -= 1
                self._followed.subtract(topics)
                self._followed += Counter()  # keeps the positive ones

    def wait(self, topics: Collection[str], seen: Mapping[str, str], seconds: float) -> dict[str, str]:
        """The marks of the topics, as soon as one is not as `seen`, at the latest after `seconds`."""
        until = time.monotonic() + seconds
        with self._moved:
            while True:
                found = {topic: self._marks[topic] for topic in topics if topic in self._marks}
                left = until - time.monotonic()
                if left <= 0 or self._closed or (found != seen and found.keys() >= seen.keys()):
                    return found
                self._moved.wait(left)

    def _begin(self) -> None:
        if self._process != os.getpid():  # threads do not survive a fork
            self._process = os.getpid()
            threading.Thread(target=self._run, name="marks", daemon=True).start()

    def _run(self) -> None:
        while True:
            with self._moved:
                topics = frozenset(self._followed)
                if self._closed or not topics:
                    self._process = 0
                    self._moved.notify_all()
                    return
            try:
                found = self._follow(topics)
            except StoreError:  # the pages themselves say that the store is gone; a mark that stands still harms nobody
                found = self._marks
            with self._moved:
                if found != self._marks:
                    self._marks = found
                    self._moved.notify_all()
            self._rest()

    def _rest(self) -> None:
        """Until the next look; no longer than a moment where the server stops."""
        until = time.monotonic() + self._every
        while not self._closed and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))


class NoFreeStream(Exception):
    """As many pages follow live as may; the next one asks every ten seconds instead."""
