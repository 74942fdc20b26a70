# SPDX-License-Identifier: Apache-2.0
"""The files a media worker holds open: each checked against its hash once and then read through the same handle."""

import hashlib
import io
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar, cast

from gems_desktop.decoding.media_formats import SNIFF_BYTES, container
from gems_desktop.decoding.media_limits import MAX_MEDIA_BYTES, MAX_PDF_BYTES, OPEN_READERS
from gems_desktop.decoding.refusal import MediaRefused

_CHUNK = 1024 * 1024


class Reader(Protocol):
    """What keeps a file open."""

    def close(self) -> None:
        """Free everything."""


R = TypeVar("R", bound=Reader)


class Opened:
    """The last few files, and what reads them."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, tuple[BinaryIO, str]] = OrderedDict()
        self._readers: OrderedDict[tuple[str, str], Reader] = OrderedDict()

    def file(self, sha256: str, path: str, body: bytes) -> tuple[BinaryIO, str]:
        """The file of a hash and the name of its container. Raises MediaRefused."""
        known = self._files.get(sha256)
        if known is not None:
            self._files.move_to_end(sha256)
            return known
        try:
            # Unbuffered: FFmpeg has a buffer of its own, and several readers share the handle.
            file: BinaryIO = io.BytesIO(body) if body else Path(path).open("rb", buffering=0)  # noqa: SIM115
        except OSError as error:
            raise MediaRefused("missing") from error
        try:
            kind = _checked(file, sha256)
        except BaseException:
            file.close()
            raise
        while len(self._files) >= OPEN_READERS:
            oldest = next(iter(self._files))
            self._drop([key for key in self._readers if key[0] == oldest])
            self._files.pop(oldest)[0].close()
        self._files[sha256] = (file, kind)
        return file, kind

    def reader(self, sha256: str, role: str, make: Callable[[], R]) -> R:
        """What reads a file in a role, made with `make` if it is not there; a role always has readers of one class."""
        key = (sha256, role)
        known = self._readers.pop(key, None)
        if known is None:
            while len(self._readers) >= OPEN_READERS:
                self._drop([next(iter(self._readers))])
            known = make()
        self._readers[key] = known
        return cast("R", known)

    def let_go(self, sha256: str) -> None:
        """Close what reads a file, after it came to a place that it could not read."""
        self._drop([key for key in self._readers if key[0] == sha256])

    def _drop(self, keys: list[tuple[str, str]]) -> None:
        for key in keys:
            self._readers.pop(key).close()


#: What a worker answers: a header, a body.
Answer = tuple[dict[str, Any], bytes | memoryview]
Operation = Callable[[Opened, dict[str, Any], bytes], Answer]


def _checked(file: BinaryIO, sha256: str) -> str:
    """The container of a file whose content has the hash. Raises MediaRefused."""
    kind = container(file.read(SNIFF_BYTES))
    if kind is None:
        raise MediaRefused("format")
    if file.seek(0, io.SEEK_END) > (MAX_PDF_BYTES if kind == "pdf" else MAX_MEDIA_BYTES):
        raise MediaRefused("too_big")
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise MediaRefused("hash")
    return kind
