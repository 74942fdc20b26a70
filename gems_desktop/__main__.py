# SPDX-License-Identifier: Apache-2.0
"""`python -m gems_desktop`: the window, or in the packaged application one of its helper processes."""

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


def main() -> int:
    """Run what the first argument names; the exit code."""
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    if first in HELPERS:
        del sys.argv[1]
        helper: Callable[[], int | None] = import_module(HELPERS[first]).main
        return helper() or 0
    from gems_desktop.main import main as window

    return window(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
