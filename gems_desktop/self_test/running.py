# SPDX-License-Identifier: Apache-2.0
"""The self-test from its beginning to its exit code: no display, a home of its own, nobody's keyring."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from gems_desktop import __version__
from gems_desktop.hardening import harden
from gems_desktop.self_test.checks import Checks, Place

#: A keyring that holds nothing, so that the one of whoever runs this is never asked.
NO_KEYRING = "keyring.backends.fail.Keyring"
Group = Callable[[Checks, Place], None]


def run(report: Path | None) -> int:
    """Check everything and write the report; 0 if all is well, else 1."""
    choose_surroundings()
    harden()
    from gems_desktop.shown import ROOT

    began = time.monotonic()
    checks = Checks(say)
    with tempfile.TemporaryDirectory(prefix="gems-self-test-", ignore_cleanup_errors=True) as folder:
        place = Place(ROOT, Path(folder))
        os.environ["HOME"] = str(place.below("home"))
        loaded: list[Group] = []
        checks.run("the parts of the application load", lambda: loaded.extend(groups()))
        for group in loaded:
            checks.part(group.__module__.rpartition(".")[2], partial(group, checks, place))
    failed = [result.name for result in checks.results if not result.ok]
    say(
        f"{len(checks.results) - len(failed)} of {len(checks.results)} checks passed"
        f" in {time.monotonic() - began:.1f} s." + (f" Failed: {', '.join(failed)}." if failed else "")
    )
    if report is not None:
        report.write_text(json.dumps({**surroundings(), **checks.report()}, indent=1) + "\n", "utf-8")
    return 0 if checks.passed else 1


def choose_surroundings() -> None:
    """Without a display where none was chosen, without anybody's keyring, bus or proxy."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ["PYTHON_KEYRING_BACKEND"] = NO_KEYRING
    os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    for name in ("GEMS_HOME", "GEMS_PAINT_PROBE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        os.environ.pop(name, None)


def groups() -> Sequence[Group]:
    """What is checked, in this order; the whole window last. Qt is first loaded here."""
    from gems_desktop.self_test import (
        letters,
        libraries,
        media,
        protocol,
        qml_files,
        screens,
        signing,
        storing,
        task_kinds,
    )

    return (
        *(libraries.check, protocol.check, storing.check, signing.check),
        *(letters.check, media.check, qml_files.check, task_kinds.check, screens.check),
    )


def surroundings() -> dict[str, str | bool]:
    """Which copy ran where, for the report; nothing of the user."""
    return {
        "version": __version__,
        "packaged": bool(getattr(sys, "frozen", False)),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def say(text: str) -> None:
    """Print a line, where there is somewhere to print to: a packaged window on Windows has nothing."""
    if sys.stdout is not None:
        print(text, flush=True)
