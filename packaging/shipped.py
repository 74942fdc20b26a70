# SPDX-License-Identifier: Apache-2.0
"""Which Python distributions the modules and files of the package come from, by what each one says it installed."""

import csv
import importlib.metadata
import re
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import Distribution

import shiboken_support

#: What a module of the package may belong to without a distribution: this project.
OURS = ("gems_desktop", "gems_protocol")
#: In the program itself: PyInstaller's start, and what it adds to every program.
STARTER = "pyinstaller"


class UnknownOrigin(Exception):
    """Something in the package belongs to nothing that is known, so nothing can be said of its licence."""


def normal(name: str) -> str:
    """Return a distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def owners() -> dict[str, str]:
    """Return, for each file that a distribution of this environment installed, that distribution's name."""
    found: dict[str, str] = {}
    for distribution in importlib.metadata.distributions():
        owner = normal(distribution.name)
        for row in csv.reader((distribution.read_text("RECORD") or "").splitlines()):
            found.setdefault(row[0], owner)
    return found


@cache
def packages() -> dict[str, frozenset[str]]:
    """Return, for each package of this environment ("a/b"), the distributions that put files into it."""
    found: dict[str, set[str]] = {}
    for path, owner in owners().items():
        folder = path.rpartition("/")[0]
        if folder and not folder.startswith(".."):
            found.setdefault(folder, set()).add(owner)
    return {folder: frozenset(names) for folder, names in found.items()}


def owner_of_module(name: str) -> str | None:
    """Return the distribution of the module `name`; None for Python's own and ours. Raises UnknownOrigin."""
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names or top in OURS or top.startswith(("_pyi_", "__", "_sysconfigdata_")):
        return None
    if top == shiboken_support.NAME:  # a module of its own here, inside the library in the distribution
        return "shiboken6"
    path = name.replace(".", "/")
    for file in (f"{path}.py", f"{path}/__init__.py"):
        if owner := owners().get(file):
            return owner
    if path in packages() or any(folder.startswith(f"{path}/") for folder in packages()):
        return None  # a namespace without a file of its own: what is in it says whose it is
    if top in ("pkg_resources", "pyimod01_archive", "pyimod02_importers", "pyimod03_ctypes"):
        return STARTER
    raise UnknownOrigin(f"the module {name}")


def owner_of_file(path: str) -> str | None:
    """Return the distribution that installed what stands at `path` of the package, or None when none did."""
    return owners().get(path)


def distributions(modules: Iterable[str], files: Iterable[str]) -> dict[str, Distribution]:
    """Return every distribution that a module or file of the package is from, by name, sorted."""
    names = {owner_of_module(name) for name in modules} | {owner_of_file(path) for path in files} | {STARTER}
    return {name: importlib.metadata.distribution(name) for name in sorted(filter(None, names))}


def licence(distribution: Distribution) -> str:
    """Return what a distribution says its licence is: an SPDX expression where it gives one."""
    told = distribution.metadata
    for field in ("license_expression", "license"):
        if (short := str(told.json.get(field, "")).strip()) and "\n" not in short:
            return short
    kinds = [str(kind) for kind in told.get_all("Classifier") or () if str(kind).startswith("License ::")]
    return " AND ".join(kind.rpartition(" :: ")[2] for kind in kinds)
