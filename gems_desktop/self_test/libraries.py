# SPDX-License-Identifier: Apache-2.0
"""What is loaded from the system: the libraries behind Qt's plugins, and the certificates behind https."""

from __future__ import annotations

import ctypes
import os
import ssl
import sys
from pathlib import Path

from gems_desktop.self_test.checks import Checks, Failed, Place
from gems_desktop.self_test.warnings import complaints
from gems_desktop.startup_trust import find_authorities

#: Kinds of plugins whose library not every desktop has; without it the window has one convenience less.
OPTIONAL = ("texttospeech",)


def check(checks: Checks, place: Place) -> None:
    """Plugins of the package, and TLS."""
    if getattr(sys, "frozen", False):
        checks.run("libraries of Qt's plugins", lambda: plugins(place.root))
    checks.run("TLS and certificates", certificates)


def plugins(root: Path) -> str:
    """Load each plugin as the system's loader does; those for a display are not otherwise touched without one."""
    folder = root / "PySide6" / "Qt" / "plugins"
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".so", ".dylib", ".dll")]
    if not files:
        raise Failed(f"there are no plugins below {folder.relative_to(root)}")
    missing: list[str] = []
    absent: list[str] = []
    with complaints():  # the one for sound and film tells of graphics drivers that are not there
        for file in files:
            try:
                ctypes.CDLL(str(file))
            except OSError as error:
                reason = (
                    f"{file.stem}: {error.__context__ or error}"  # PyInstaller's own words hide the linker's
                )
                (absent if file.parent.name in OPTIONAL else missing).append(reason)
    if missing:
        raise Failed("; ".join(missing))
    return f"{len(files) - len(absent)} plugins" + "".join(f"; not needed: {one}" for one in absent)


def certificates() -> str:
    """A context as the exchange with a platform makes one must know some authorities."""
    find_authorities(os.environ)
    context = ssl.create_default_context()
    known = context.cert_store_stats()["x509_ca"]
    folder = ssl.get_default_verify_paths().capath
    files = sum(1 for _ in Path(folder).iterdir()) if folder else 0  # of a folder they are read when needed
    if not known and not files:
        raise Failed("no certificates of authorities were found: https cannot be trusted (ca-certificates)")
    return f"{known or files} certificates, {ssl.OPENSSL_VERSION.split(' (')[0]}"
