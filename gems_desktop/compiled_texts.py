# SPDX-License-Identifier: Apache-2.0
"""Texts that were compiled while the package was built, so that no start compiles them again.

Python's dataclasses write each method as a text and run it: more than 2,000 texts until the password page. They
still do; only the `exec` that they run it with is ours then, which looks for the text by its hash in one file of the
package and runs what was compiled of it. A text that was not met while the package was built is compiled as ever. So
nothing here knows how such a text is made, and a wrong one cannot be taken for another.

The file is code like the compiled modules beside it: signed, summed and checked with the package and by nothing else.
It begins with the Python that it is for; to any other it is no file at all. It stays open, and each piece is read when
it is asked for: in memory are the hashes (70 kB), and of the code what is in use.
"""

from __future__ import annotations

import builtins
import dataclasses
import importlib.util
import marshal
import sys
from _blake2 import blake2b  # hashlib's own; hashlib loads OpenSSL, 8 ms of every process
from io import FileIO
from pathlib import Path
from threading import Lock
from types import CodeType
from typing import Any

NAME = "compiled_texts.bin"
WHERE = "<string>"  # what `exec` says of the file that a text is from
DIGEST, NUMBER = 16, 4  # bytes of a text's hash, and of a place in the file


def head() -> bytes:
    """What the file begins with: its form, and the Python whose code it holds."""
    python = f"{sys.implementation.cache_tag} {importlib.util.MAGIC_NUMBER.hex()} {sys.flags.optimize}"
    return f"gems compiled texts 1 {python}\n".encode()


def digest(text: str) -> bytes:
    """The hash by which a text is found."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()


def compiled(text: str) -> CodeType:
    """What `exec` makes of a text in a module that asks nothing of the future."""
    code: CodeType = compile(text, WHERE, "exec", dont_inherit=True)
    return code


class Texts:
    """The file: its head, how many there are, their hashes sorted, where each one's code begins and ends, the code."""

    def __init__(self, file: FileIO) -> None:
        """Raises ValueError when it is of another Python or another form."""
        begin = head()
        if file.read(len(begin)) != begin:
            raise ValueError("compiled for another Python")
        self._file, self._lock = file, Lock()
        self._count = int.from_bytes(file.read(NUMBER), "little")
        self._digests = file.read(self._count * DIGEST)
        self._places = file.read(self._count * 2 * NUMBER)
        if len(self._places) != self._count * 2 * NUMBER:
            raise ValueError("cut off")

    def close(self) -> None:
        """Let go of the file: what is asked for from now on is not found."""
        with self._lock:
            self._count = 0
            self._file.close()

    def find(self, text: str) -> CodeType | None:
        """The code of a text, or None when it is not among them or cannot be read."""
        wanted, low, high = digest(text), 0, self._count
        while low < high:
            middle = (low + high) // 2
            found = self._digests[middle * DIGEST : (middle + 1) * DIGEST]
            if found == wanted:
                return self._code(middle)
            if found < wanted:
                low = middle + 1
            else:
                high = middle
        return None

    def _code(self, number: int) -> CodeType | None:
        place = number * 2 * NUMBER
        start = int.from_bytes(self._places[place : place + NUMBER], "little")
        size = int.from_bytes(self._places[place + NUMBER : place + 2 * NUMBER], "little") - start
        try:
            with self._lock:
                self._file.seek(start)
                held = self._file.read(size)
        except OSError:
            return None
        if len(held) != size:
            return None
        code: CodeType = marshal.loads(held)  # noqa: S302 - of the package, as all code is
        return code


def opened(path: Path) -> Texts | None:
    """The file at `path`, or None where there is none for this Python."""
    try:
        file = FileIO(path)
    except OSError:
        return None
    try:
        return Texts(file)
    except (OSError, ValueError):
        file.close()
        return None


def use(path: Path) -> Texts | None:
    """Let dataclasses take their code from the file at `path`; None where it cannot be used."""
    texts = opened(path)
    if texts is None:
        return None

    def run(text: Any, names: dict[str, Any] | None = None, local: Any = None) -> None:
        code = texts.find(text) if isinstance(text, str) else text
        builtins.exec(  # noqa: S102 - what dataclasses does itself
            compiled(text) if code is None else code, vars(dataclasses) if names is None else names, local
        )

    vars(dataclasses)["exec"] = run
    return texts
