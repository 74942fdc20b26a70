# SPDX-License-Identifier: Apache-2.0
"""Texts that were compiled while the package was built, so that no start compiles them again.

Python's dataclasses write each method as a text and run it: more than 2,000 texts until the password page. They
still do; only the `exec` that they run it with is ours then, which looks for the text by its hash in one file of the
package and runs what was compiled of it. A text that was not met while the package was built is compiled as ever. So
nothing here knows how such a text is made, and a wrong one cannot be taken for another.

The file is code like the compiled modules beside it: signed, summed and checked with the package and by nothing else.
It begins with the Python that it is for; to any other it is no file at all. It is mapped, not read: what a process
does not need of it takes no memory, and what several need is there once.
"""

from __future__ import annotations

import builtins
import dataclasses
import importlib.util
import marshal
import mmap
import sys
from hashlib import blake2b
from pathlib import Path
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

    def __init__(self, held: mmap.mmap | bytes) -> None:
        """Raises ValueError when it is of another Python or another form."""
        begin = head()
        if held[: len(begin)] != begin:
            raise ValueError("compiled for another Python")
        at = len(begin) + NUMBER
        self._held = held
        self._count = int.from_bytes(held[len(begin) : at], "little")
        self._digests = at
        self._places = at + self._count * DIGEST

    def find(self, text: str) -> CodeType | None:
        """The code of a text, or None when it is not among them."""
        wanted, held, first = digest(text), self._held, self._digests
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            place = first + middle * DIGEST
            found = held[place : place + DIGEST]
            if found == wanted:
                code: CodeType = marshal.loads(self._code(middle))  # noqa: S302 - of the package, as all code is
                return code
            if found < wanted:
                low = middle + 1
            else:
                high = middle
        return None

    def _code(self, number: int) -> bytes:
        place = self._places + number * 2 * NUMBER
        start = int.from_bytes(self._held[place : place + NUMBER], "little")
        end = int.from_bytes(self._held[place + NUMBER : place + 2 * NUMBER], "little")
        return self._held[start:end]


def opened(path: Path) -> Texts | None:
    """The file at `path`, or None where there is none for this Python."""
    try:
        with path.open("rb") as file:
            return Texts(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None


def use(path: Path) -> bool:
    """Let dataclasses take their code from the file at `path`; whether it can be used."""
    texts = opened(path)
    if texts is None:
        return False

    def run(text: Any, names: dict[str, Any] | None = None, local: Any = None) -> None:
        code = texts.find(text) if isinstance(text, str) else text
        builtins.exec(  # noqa: S102 - what dataclasses does itself
            compiled(text) if code is None else code, vars(dataclasses) if names is None else names, local
        )

    vars(dataclasses)["exec"] = run
    return True
