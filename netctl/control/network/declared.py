"""The declared network, held in memory for a process that lives long: no request reads a file of it."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from netctl import inventory
from netctl.config.quiet import collector_resting
from netctl.control.dns.book import NamesBook, marks_of
from netctl.control.dns.lint import today
from netctl.control.dns.names import names_of_network
from netctl.control.network.atlas import Atlas
from netctl.errors import DnsNotDeclared, NetworkError, NetworkNotRead
from netctl.inventory import files
from netctl.model.network import Network
from netctl.settings import Settings

__all__ = ["Atlas", "Declared"]

LARGE = 1000  # routers
LOOK_EVERY = 3.0  # seconds between two looks at the files
SHARE = (
    100  # times as long as a look took: thousands of files are not looked at with more than a hundredth of a processor
)
PATIENCE = 30.0  # seconds a request waits for the first reading; 3,000 sites take some three

Marks = tuple[tuple[str, int, int, int], ...]
Load = Callable[[Path, Path], Network]


class Declared:
    """What `root` declares now. A thread of its own reads it, and reads it again when its files change.

    While the files hold an error, the network is the last one that held none, and `error` says what is wrong: who
    watches the network goes on watching while somebody edits it. Call `close` to end the thread; it never keeps a
    process alive.
    """

    def __init__(self, root: Path, settings: Settings, *, every: float = 0, patience: float = PATIENCE) -> None:
        self.root = root
        self._cache = settings.home / "cache"
        self._every = every or LOOK_EVERY
        self._patience = patience
        self._lock = threading.Lock()
        self._looked = threading.Condition(self._lock)
        self._ending = threading.Event()
        self._process = 0
        self._looks = 0
        self._atlas: Atlas | None = None
        self._error: NetworkError | None = None
        self._names: NamesBook | None = None
        self._names_error: NetworkError | None = None
        self._names_looks = 0

    def start(self) -> None:
        """Begin to read, in the background; asking for the network does the same."""
        with self._lock:
            if self._process == os.getpid():  # threads do not survive a fork
                return
            self._process = os.getpid()
        threading.Thread(target=self._run, name="declared", daemon=True).start()

    def close(self) -> None:
        """End the thread at its next look."""
        self._ending.set()

    def network(self) -> Network:
        """The network; raises `NetworkError` while there has not been a usable one."""
        return self.atlas().network

    def atlas(self) -> Atlas:
        """The network with the tables that pages need; raises as `network` does."""
        found = self._atlas
        return found if found is not None else self._first()

    @property
    def ready(self) -> Atlas | None:
        """The network with its tables where it is there already."""
        return self._atlas

    @property
    def error(self) -> NetworkError | None:
        """What is wrong with the files since the network in use was read."""
        return self._error

    def names(self) -> NamesBook | None:
        """The names it declares, the last usable ones; None where it declares none, or they cannot be used.

        Waits for the first reading, with the same patience as for the network; raises `NetworkNotRead` after that.
        """
        self.atlas()
        with self._looked:
            if self._looked.wait_for(lambda: self._names_looks > 0, self._patience):
                return self._names
        raise NetworkNotRead("the declared names are still being read", where=str(self.root))

    @property
    def names_ready(self) -> NamesBook | None:
        """The names where they are there already."""
        return self._names

    @property
    def names_known(self) -> bool:
        """True once it is known which names it declares, or that it declares none."""
        return self._names_looks > 0 and (self._names is not None or self._names_error is None)

    @property
    def names_error(self) -> NetworkError | None:
        """What is wrong with `dns/` since the names in use were read."""
        return self._names_error

    def _first(self) -> Atlas:
        self.start()
        with self._looked:
            self._looked.wait_for(lambda: self._looks > 0, self._patience)
            if self._atlas is not None:
                return self._atlas
            if self._error is not None:
                raise self._error
        raise NetworkNotRead("the declared network is still being read", where=str(self.root))

    def _run(self) -> None:
        seen: Marks | None = None
        seen_names: tuple[object, ...] = ()
        while not self._ending.is_set():
            began = time.thread_time()
            marks, marks_of_names = _marks(self.root), marks_of(self.root)
            took = time.thread_time() - began
            if marks != seen:
                seen = marks
                self._read()
            if self._atlas is not None and (self._atlas.network.digest, marks_of_names) != seen_names:
                seen_names = (self._atlas.network.digest, marks_of_names)
                self._read_names(self._atlas, marks_of_names)
            self._ending.wait(max(self._every, SHARE * took))

    def _read(self) -> None:
        atlas, error = self._atlas, None
        try:
            network = inventory.load(self.root, cache=self._cache)
            if atlas is None or atlas.network.digest != network.digest:
                atlas = _prepared(network)
        except NetworkError as wrong:
            error = wrong
        except OSError as wrong:
            error = NetworkNotRead(str(wrong), where=str(self.root))
        with self._looked:
            self._atlas, self._error = atlas, error
            self._looks += 1
            self._looked.notify_all()

    def _read_names(self, atlas: Atlas, marks: Marks) -> None:
        """Work out the names, while pages use the network already."""
        book: NamesBook | None = self._names
        error: NetworkError | None = None
        try:
            book = NamesBook(names_of_network(atlas.network), atlas, f"{atlas.network.digest} {hash(marks)}")
        except DnsNotDeclared:
            book = None
        except NetworkError as wrong:
            error = wrong
        except OSError as wrong:
            error = NetworkNotRead(str(wrong), where=str(self.root))
        if book is not None:
            with collector_resting():
                book.prepare(today())
        with self._looked:
            self._names, self._names_error = book, error
            self._names_looks += 1
            self._looked.notify_all()
        if book is not None and not book.owners:
            with collector_resting():
                book.prepare_search()


def _prepared(network: Network) -> Atlas:
    """The network's tables; those of a large one are kept out of the collector's way, which would walk them again."""
    with collector_resting():
        atlas = Atlas(network)
        atlas.prepare()
    if len(network.devices) >= LARGE:
        gc.collect()
        gc.freeze()
    return atlas


def _marks(root: Path) -> Marks:
    """What the file system says of every file a network consists of; a change of any changes it."""
    found = []
    folders = [root / files.FOLDER, root / files.SITES, *sorted((root / files.DEVICES).glob("*/"))]
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                found += [_mark(entry) for entry in entries if entry.name.endswith(".yaml")]
        except OSError:
            continue  # reading says what is wrong
    return tuple(sorted(found))


def _mark(entry: os.DirEntry[str]) -> tuple[str, int, int, int]:
    at = entry.stat()
    return entry.path, at.st_size, at.st_mtime_ns, at.st_ino
