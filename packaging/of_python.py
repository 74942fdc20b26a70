# SPDX-License-Identifier: Apache-2.0
"""Where the building Python is, and its own list of how it was built, without saying where."""

import importlib.util
import sys
import sysconfig
from pathlib import Path

from elf import of_nowhere

#: Where everybody's Python may be: these names say nothing of a machine.
USUAL = ("/usr", "/usr/local")


def folder() -> str:
    """Return the building Python's own folder, or "" where it is a usual one or tells nothing, such as /python."""
    return "" if sys.base_prefix in USUAL or len(Path(sys.base_prefix).parts) < 3 else sys.base_prefix


def write(target: Path) -> None:
    """Write the module in which Python keeps how it was built into `target`; Windows has none."""
    target.mkdir(parents=True, exist_ok=True)
    name = getattr(sysconfig, "_get_sysconfigdata_name", str)()
    found = importlib.util.find_spec(name) if name else None
    if folder() and found and found.origin:
        (target / f"{name}.py").write_bytes(of_nowhere(Path(found.origin).read_bytes(), folder()))
