# SPDX-License-Identifier: Apache-2.0
"""Takes the building machine's folders out of Linux libraries: where they look for others, and where Python was."""

import struct
from collections.abc import Iterator
from pathlib import Path

MAGIC = b"\x7fELF\x02\x01"  # 64 bits, the low byte first: all that Qt's wheels are made for
DYNAMIC, LOAD = 2, 1
END, STRINGS, RPATH, RUNPATH = 0, 5, 15, 29
_SEGMENT, _ENTRY = struct.Struct("<IIQQQQQQ"), struct.Struct("<qQ")
#: The folder of the library itself, which the loader puts in.
OWN = "$ORIGIN"


def segments(content: bytes | bytearray) -> list[tuple[int, int, int, int]]:
    """Return kind, place in the file, address in memory and length of every segment."""
    start, size, count = *struct.unpack_from("<Q", content, 32), *struct.unpack_from("<HH", content, 54)
    found = []
    for place in range(start, start + size * count, size):
        kind, _, offset, address, _, length, _, _ = _SEGMENT.unpack_from(content, place)
        found.append((kind, offset, address, length))
    return found


def entries(content: bytes | bytearray) -> Iterator[tuple[int, int, int]]:
    """Yield place in the file, kind and value of what the loader is told, without the end."""
    for kind, offset, _, length in segments(content):
        if kind == DYNAMIC:
            for place in range(offset, offset + length, _ENTRY.size):
                tag, value = _ENTRY.unpack_from(content, place)
                if tag == END:
                    return
                yield place, tag, value


def searched(content: bytes | bytearray) -> list[tuple[int, str]]:
    """Return each RPATH and RUNPATH of a library with the place of its entry; nothing where it is no library."""
    if not content.startswith(MAGIC):
        return []
    told = list(entries(content))
    strings = next((value for _, tag, value in told if tag == STRINGS), 0)
    base = next(
        (
            offset + strings - address
            for kind, offset, address, length in segments(content)
            if kind == LOAD and address <= strings < address + length
        ),
        0,
    )
    found = []
    for place, tag, value in told:
        if tag in (RPATH, RUNPATH):
            text = bytes(content[base + value : content.index(b"\0", base + value)])
            found.append((place, text.decode()))
    return found


def own(folder: str) -> bool:
    """Tell whether a folder that is searched lies beside the library, wherever that was put."""
    return folder == OWN or folder.startswith(OWN + "/")


def without_search(content: bytes) -> bytes:
    """Return a library without the RPATHs and RUNPATHs that are none of its own folders; what is mixed stays."""
    changed = bytearray(content)
    while foreign := [
        place for place, text in searched(changed) if not any(own(part) for part in text.split(":"))
    ]:
        after = [place for place, _, _ in entries(changed) if place > foreign[0]]
        end = (after[-1] if after else foreign[0]) + 2 * _ENTRY.size  # the end moves up as well
        moved = changed[foreign[0] + _ENTRY.size : end]
        changed[foreign[0] : end] = moved + bytes(_ENTRY.size)
    return bytes(changed)


def of_nowhere(content: bytes, folder: str) -> bytes:
    """Return `content` with a folder that is nowhere in the place of the one that holds `folder`, as long as that.

    The last part of the name stays: where a text ends like another one, linkers store it once, and libpython's own
    version is the end of `.../versions/3.11.7`.
    """
    above, _, last = folder.rpartition("/")
    return (
        content.replace(folder.encode(), f"/{'-' * (len(above) - 1)}/{last}".encode()) if above else content
    )


def clean(root: Path, folder: str) -> int:
    """Clean every library below `root`, `folder` being where the building Python is; how many were changed."""
    changed = 0
    for path in sorted(root.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        content = path.read_bytes()
        if content.startswith(MAGIC):
            now = of_nowhere(without_search(content), folder) if folder else without_search(content)
            if now != content:
                path.write_bytes(now)
                changed += 1
    return changed
