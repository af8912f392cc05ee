"""NETCONF messages cut out of a byte stream (RFC 6242), each byte looked at once, within a size and without DTDs.

ncclient's own parser copies its whole buffer at every read, which a reply of some megabytes turns into minutes, and it
has no limit. This one is handed to ncclient by the device handler.
"""

from __future__ import annotations

import re
from typing import Any

from ncclient.transport.session import NetconfBase

from netctl.errors import ReplyMalformed

MESSAGE_LIMIT = 32 * 1024 * 1024  # bytes
_END_10 = b"]]>]]>"
_CHUNK = re.compile(rb"\n#(?:([1-9][0-9]{0,9})|#)\n")
_LONGEST_HEADER = 14  # "\n#", ten digits, "\n", and one byte more than can be right


class BoundedFraming:
    """The parser of one ncclient session: `parse` takes bytes as they come, whole messages go to the session."""

    def __init__(self, session: Any, limit: int = MESSAGE_LIMIT) -> None:
        self._session = session
        self._limit = limit
        self._buffer = bytearray()
        self._chunks: list[bytes] = []
        self._size = 0
        self._awaited = 0  # bytes of the current chunk still to come
        self._searched = 0

    def parse(self, data: bytes) -> None:
        """Take bytes; raises `ReplyMalformed`, which ncclient hands to whoever waits for a reply."""
        self._buffer += data
        if self._session._base == NetconfBase.BASE_11:  # noqa: SLF001  where ncclient keeps it
            self._parse_chunks()
        else:
            self._parse_delimited()

    def _parse_delimited(self) -> None:
        end = self._buffer.find(_END_10, self._searched)
        if end < 0:
            self._grown(len(self._buffer))
            self._searched = max(0, len(self._buffer) - len(_END_10) + 1)
            return
        message = bytes(self._buffer[:end])
        del self._buffer[: end + len(_END_10)]
        self._searched = 0
        self._grown(len(message))
        self._dispatch(message)
        if self._buffer:  # the hello may be followed at once, and in the other framing
            self.parse(b"")

    def _parse_chunks(self) -> None:
        while self._buffer:
            if self._awaited:
                self._take_chunk()
                continue
            header = _CHUNK.match(self._buffer)
            if header is None:
                if len(self._buffer) >= _LONGEST_HEADER or not _may_become_header(self._buffer):
                    raise ReplyMalformed(f"not a NETCONF chunk: {bytes(self._buffer[:40])!r}")
                return
            length = int(header.group(1) or 0)  # read before the buffer, which the match points into, moves
            del self._buffer[: header.end()]
            if length:
                self._awaited = length
                self._grown(self._size + self._awaited)
            else:
                message, self._chunks, self._size = b"".join(self._chunks), [], 0
                self._dispatch(message)

    def _take_chunk(self) -> None:
        piece = bytes(self._buffer[: self._awaited])
        del self._buffer[: len(piece)]
        self._awaited -= len(piece)
        self._size += len(piece)
        self._chunks.append(piece)

    def _grown(self, size: int) -> None:
        if size > self._limit:
            raise ReplyMalformed(f"a NETCONF message of more than {self._limit} bytes")

    def _dispatch(self, message: bytes) -> None:
        # RFC 6241 section 3: no document type declarations. Without them there are no entities to expand either.
        if b"<!DOCTYPE" in message or b"<!ENTITY" in message:
            raise ReplyMalformed("a NETCONF message with a document type declaration")
        try:
            text = message.decode()
        except UnicodeDecodeError as error:
            raise ReplyMalformed(f"a NETCONF message that is not UTF-8: {error}") from error
        self._session._dispatch_message(text.strip())  # noqa: SLF001  as ncclient's own parser does


def _may_become_header(buffer: bytearray) -> bool:
    return re.fullmatch(rb"\n(?:#(?:#|[0-9]{0,10})?)?", buffer) is not None
