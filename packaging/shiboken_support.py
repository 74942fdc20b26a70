# SPDX-License-Identifier: Apache-2.0
"""The Python part of PySide6's binding as modules of the package.

libshiboken holds it as sources in a zip and compiles all 3,400 lines at each start. Where a folder `files.dir` stands
beside it, it imports `shibokensupport` as any module is imported instead (its signature_bootstrap.py). So the sources
are taken out of the very library that is packaged, PyInstaller compiles them, and the folder holds a word of why.

One of them, the tool that writes type stubs, is loaded with the others and used by none; an empty module stands there.
Another compiles a long expression that only words about a wrong call need: it does so when the first are wanted.
"""

import importlib
import sys
import zipfile
from pathlib import Path

NAME = "shibokensupport"
#: Where the folder is looked for, and the file that makes it one.
FOLDER = "shiboken6/files.dir"
WORD = f"{FOLDER}/README.txt"
TOOL = f"{NAME}/signature/lib/pyi_generator.py"
PARSER, AT_ONCE = f"{NAME}/signature/parser.py", b"\narglistParser = ArglistParser()\n"
#: An expression of 3,000 letters, compiled at each start; only words about a wrong call are made with it.
AT_FIRST_USE = b"""
class _AtFirstUse:
    def parse(self, argstr):
        global arglistParser
        arglistParser = ArglistParser()
        return arglistParser.parse(argstr)


arglistParser = _AtFirstUse()
"""
STAND_IN = b'"""Writes the type stubs of PySide6: not part of the packaged application."""\n'
TEXT = """\
While this folder is here, PySide6 takes the Python part of its binding (shibokensupport) from the application's
compiled modules. Without it PySide6 takes the same from inside libshiboken6, and the application starts a little
slower. Remove it when you put your own libshiboken6 into this package.
"""


class NoSources(Exception):
    """PySide6 keeps its Python part elsewhere than where this looks: nothing would be gained, or something missed."""


def sources() -> dict[str, bytes]:
    """Return the sources inside the library, by their path. Raises NoSources."""
    importlib.import_module("PySide6")
    loader = getattr(sys.modules.get(f"{NAME}.signature.loader"), "__loader__", None)
    archive = getattr(loader, "zfile", None)
    if not isinstance(archive, zipfile.ZipFile):
        raise NoSources("libshiboken6 does not load its Python part from a zip of its own")
    # besides them it holds the start of them, which the library runs by itself
    names = sorted(
        name for name in archive.namelist() if name.startswith(f"{NAME}/") and name.endswith(".py")
    )
    if not {TOOL, PARSER, f"{NAME}/signature/loader.py"} <= set(names):
        raise NoSources(f"the zip in libshiboken6 holds something else: {', '.join(archive.namelist())}")
    return {name: archive.read(name) for name in names}


def module(path: str) -> str:
    """Return the name of the module at `path`."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def write(target: Path, word: Path) -> dict[str, Path]:
    """Write the sources below `target`, and the word; return the modules and where they are. Raises NoSources."""
    found, taken = {}, sources()
    later = taken[PARSER].replace(AT_ONCE, AT_FIRST_USE)
    for name, text in (taken | {TOOL: STAND_IN, PARSER: later}).items():
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
        found[module(name)] = file
    word.write_text(TEXT, "utf-8", newline="\n")
    return found
