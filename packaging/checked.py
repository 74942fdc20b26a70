# SPDX-License-Identifier: Apache-2.0
"""What must hold of every built folder: the budgets, nothing of the server or of the tests, no trace of the machine."""

import os
import re
import sys
import types
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import elf
import modules as chosen
import of_python
from licences import unknown

ROOT = Path(__file__).resolve().parent.parent
#: BUDGETS says 450 files and 55 MB; some room for what comes next.
MOST_FILES, MOST_PACKED = 440, 53_000_000
#: Parts of a path that say a file is none of the application's.
NOT_OURS = re.compile(
    r"(^|/)(gems_platform|vyper|tests?|testing|bench|conftest\.py|gems_desktop/commands)(/|$)"
)


def program(folder: Path) -> Path:
    """Return the program of a built folder. Raises FileNotFoundError."""
    for name in ("gems-desktop", "gems-desktop.exe"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"{folder.name} holds no program")


def code(folder: Path) -> dict[str, types.CodeType | None]:
    """Return the Python modules inside the program and what they hold; None for a package without a file."""
    from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]

    archive = CArchiveReader(str(program(folder))).open_embedded_archive("PYZ.pyz")
    found: dict[str, types.CodeType | None] = {}
    for name in sorted(archive.toc):
        held = archive.extract(name)
        found[name] = held if isinstance(held, types.CodeType) else None
    return found


def files(folder: Path) -> dict[str, Path]:
    """Return every file of a built folder by its path in it, sorted; links are not counted twice."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return dict(sorted((path.relative_to(folder).as_posix(), path) for path in found))


def places() -> tuple[str, ...]:
    """Return the folders of this machine whose names must not be in the package: the project, its environment.

    And the building Python's, and that of whoever builds.
    """
    own = {ROOT, Path.home()} | ({Path(sys.prefix), Path(sys.prefix).resolve()} - {Path(sys.base_prefix)})
    # a name such as /src stands in other people's libraries as well
    found = {f"{folder}{os.sep}" for folder in own if len(folder.parts) > 2 or folder == Path("/root")}
    return tuple(sorted(found | ({of_python.folder()} - {""})))


def needle(folder: str) -> re.Pattern[bytes]:
    """Return what finds a folder's name; of a short one such as /root/ only where no longer one ends with it."""
    before = rb"(?<![\w.~/-])" if folder.count(os.sep) < 3 else b""
    return re.compile(before + re.escape(os.fsencode(folder)))


def too_many(paths: Iterable[str]) -> list[str]:
    """Return what is wrong with the number of files."""
    count = len(list(paths))
    return [f"{count} files are more than {MOST_FILES}"] if count > MOST_FILES else []


def strangers(paths: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return files and modules that must not be there, or that nobody knows."""
    inner = [path.removeprefix("_internal/") for path in paths]
    wrong = [f"{path} belongs to no user" for path in inner if NOT_OURS.search(path)]
    wrong += [f"{path} is of unknown origin" for path in unknown(inner)]
    return wrong + [f"the module {name} must not be in the package" for name in chosen.forbidden(names)]


def filenames(whole: types.CodeType) -> Iterator[str]:
    """Yield where the code says it was written, with that of everything inside it."""
    yield whole.co_filename
    for constant in whole.co_consts:
        if isinstance(constant, types.CodeType):
            yield from filenames(constant)


def texts(constant: object) -> Iterator[bytes]:
    """Yield the texts that a constant is or holds, those of code with where it was written."""
    if isinstance(constant, str):
        yield constant.encode("utf-8", "surrogatepass")
    elif isinstance(constant, bytes):
        yield constant
    elif isinstance(constant, tuple | frozenset):
        for part in constant:
            yield from texts(part)
    elif isinstance(constant, types.CodeType):
        yield from texts((constant.co_filename, *constant.co_consts))


def held(path: Path) -> bytes:
    """Return what is in a file; of a zip what is in its files."""
    if path.suffix != ".zip":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return b"\0".join(archive.read(name) for name in archive.namelist())


def traces(
    paths: dict[str, Path], code: dict[str, types.CodeType | None], folders: Iterable[str]
) -> list[str]:
    """Return where a folder of this machine is named: in the files' bytes, or in a module and as its source."""
    needles = {folder: needle(folder) for folder in folders}
    wrong = []
    for name, path in paths.items():
        content = held(path)
        wrong += [f"{name} names {folder}" for folder, form in needles.items() if form.search(content)]
    for name, module in code.items():
        if module is None:
            continue
        content = b"\0".join(texts(module))
        absolute = {place for place in filenames(module) if os.path.isabs(place)}
        absolute |= {folder for folder, form in needles.items() if form.search(content)}
        if absolute:
            wrong.append(f"the module {name} names {', '.join(sorted(absolute))}")
    return wrong


def searches(paths: dict[str, Path]) -> list[str]:
    """Return which libraries look for others anywhere but beside themselves: whoever writes there owns the wallet."""
    return [
        f"{name} looks for libraries in {text}"
        for name, path in paths.items()
        for _, text in elf.searched(path.read_bytes())
        if not all(elf.own(part) for part in text.split(":"))
    ]


def faults(folder: Path) -> list[str]:
    """Return everything that is wrong with a built folder; nothing when it may be shipped."""
    paths, inside = files(folder), code(folder)
    return too_many(paths) + strangers(paths, inside) + traces(paths, inside, places()) + searches(paths)


def main() -> int:
    """Check the folder that is named, or dist/gems-desktop; the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "gems-desktop"
    wrong = faults(folder)
    print(
        "\n".join(wrong)
        or f"{folder.name}: {len(files(folder))} files, all of them known, none names this machine"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
