# SPDX-License-Identifier: Apache-2.0
"""`python -m gems_desktop`: the window, or in the packaged application one of its helper processes."""

import os
import sys
from collections.abc import Callable
from importlib import import_module

#: The packaged application has no interpreter to start helpers with, so it starts itself with one of these.
HELPERS = {
    "--signer-process": "gems_desktop.signer.__main__",
    "--confirm-process": "gems_desktop.confirming.__main__",
    "--decode-worker": "gems_desktop.decoding.__main__",
    "--local-network": "gems_desktop.local.__main__",
}


def _speak_utf8() -> None:
    """Qt takes every path for UTF-8; in a locale that is not, Python starts anew to do so too."""
    other = sys.getfilesystemencoding().lower() != "utf-8"
    if other and sys.platform == "linux" and os.environ.get("PYTHONUTF8") != "1":
        os.environ["PYTHONUTF8"] = "1"
        frozen = getattr(sys, "frozen", False)
        command = [*([] if frozen else ["-m", "gems_desktop"]), *sys.argv[1:]]
        os.execv(sys.executable, [sys.executable, *command])  # noqa: S606 - ourselves, as we were started


def main() -> int:
    """Run what the first argument names; the exit code."""
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    if first in HELPERS:
        del sys.argv[1]
        helper: Callable[[], int | None] = import_module(HELPERS[first]).main
        return helper() or 0
    _speak_utf8()
    from gems_desktop import startup_plain
    from gems_desktop.main import main as window

    try:
        return window(sys.argv[1:])
    except ImportError as error:
        startup_plain.no_library(error)


if __name__ == "__main__":
    raise SystemExit(main())
