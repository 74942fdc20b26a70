# SPDX-License-Identifier: Apache-2.0
"""Python's imports without PySide6's look at each of them.

PySide6 puts a function of its own before `__import__`. It asks `inspect.getsource` of every module that is imported
after it, and so reads each source again and keeps its lines: for `from __feature__ import ...`, which nothing here
uses. In the package, which has no sources, it looks for each of them in the file system, in vain.
"""

from __future__ import annotations

import builtins
from typing import Any


def restore() -> None:
    """Import as before PySide6; after the first import of it, once in each process. Without PySide6 it does nothing."""
    python: Any = builtins
    # with the other layer of PySide6, which `import *` of its modules needs
    before = getattr(python, "__orig_import__", None)
    if before is not None:
        python.__import__ = before
