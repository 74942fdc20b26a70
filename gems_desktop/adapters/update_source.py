# SPDX-License-Identifier: Apache-2.0
"""Where the bytes of updates come from, the web or a folder; nobody here believes them, but no more come than asked."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import urllib3

from gems_desktop.adapters.proxy import Proxy
from gems_desktop.adapters.update_line import Line

_CHUNK = 65_536
_TIMEOUT = urllib3.Timeout(connect=15, read=45)
_PIECE_S = 120.0  # until an answer begins, and between two pieces of it
_FOUND = re.compile(r"bytes (\d{1,12})-\d{1,12}/(\d{1,12}|\*)", re.ASCII)
_ASKING = {"User-Agent": "gems-desktop", "Accept-Encoding": "identity"}


class SourceGone(Exception):
    """Nothing answers, or it stopped in the middle."""


class SourceOdd(Exception):
    """Something answers, but not with this file. status: as in HTTP."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status = status


class SourceEndless(Exception):
    """More came than a file of this kind may hold."""


class Source(Protocol):
    """Gives files by their path below metadata/ or targets/."""

    def read(self, path: str, start: int, most: int, seconds: float | None = None) -> Iterator[bytes]:
        """The bytes from `start`; raises SourceGone, SourceOdd, SourceEndless after `most`. seconds: for all of it."""
        ...


class Web:
    """A static web server. The proxy is asked before each file: the user may choose one between two of them."""

    def __init__(self, url: str, proxy: Proxy, unwanted: Callable[[], bool] = lambda: False) -> None:
        """unwanted: asked now and then while something is awaited; what is awaited then ends with SourceGone."""
        self._base, self._proxy = url.rstrip("/"), proxy
        self._line = Line(unwanted)
        self._pool: urllib3.PoolManager | None = None
        self._through: str | None = None

    def read(self, path: str, start: int, most: int, seconds: float | None = None) -> Iterator[bytes]:
        """See Source."""
        try:
            with self._line.watched(seconds or _PIECE_S):
                for piece in self._answered(path, start, on=seconds is None):
                    most -= len(piece)
                    if most < 0:
                        raise SourceEndless
                    yield piece
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise SourceGone from error

    def _answered(self, path: str, start: int, on: bool) -> Iterator[bytes]:
        """The bytes from `start`, however many; on: each piece gives time for the next."""
        asking = {**_ASKING, "Range": f"bytes={start}-"} if start else _ASKING
        answer = self._connections().request(
            "GET", f"{self._base}/{path}", headers=asking, preload_content=False, redirect=False,
            retries=False, timeout=_TIMEOUT, decode_content=False,
        )  # fmt: skip
        try:
            skip = self._skipped(answer, start)
            while piece := answer.read1(_CHUNK, decode_content=False):
                if on:
                    self._line.more_time(_PIECE_S)
                kept, skip = piece[skip:], max(0, skip - len(piece))
                if kept:
                    yield kept
        finally:
            answer.close()

    def _connections(self) -> urllib3.PoolManager:
        through = self._proxy.on_way_to(self._base)
        if self._pool is None or through != self._through:
            who = urlsplit(through or "")
            said = f"{unquote(who.username or '')}:{unquote(who.password or '')}" if who.username else None
            headers = urllib3.make_headers(proxy_basic_auth=said)
            self._pool, self._through = self._line.pool(through, headers), through
        return self._pool

    @staticmethod
    def _skipped(answer: urllib3.BaseHTTPResponse, start: int) -> int:
        """How many bytes come before those that were asked for; a server need not know ranges."""
        if answer.status == 200:
            return start
        if answer.status != 206 or not start:
            raise SourceOdd(answer.status)
        found = _FOUND.fullmatch(answer.headers.get("Content-Range", ""))
        if found is None or int(found[1]) != start:
            raise SourceOdd(416)
        return 0


class Folder:
    """A folder of the user's, such as on a USB stick: the same files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: str, start: int, most: int, seconds: float | None = None) -> Iterator[bytes]:
        """See Source."""
        try:
            handle = os.open(
                self._folder / path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            )
        except (FileNotFoundError, NotADirectoryError) as error:
            if not self._folder.is_dir():
                raise SourceGone from error
            raise SourceOdd(404) from error
        except OSError as error:
            raise SourceGone from error
        with open(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise SourceOdd(404)
            try:
                file.seek(start)
                while piece := file.read(_CHUNK):
                    most -= len(piece)
                    if most < 0:
                        raise SourceEndless
                    yield piece
            except OSError as error:
                raise SourceGone from error
