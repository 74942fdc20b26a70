# SPDX-License-Identifier: Apache-2.0
"""Where everything of this user is: wallets, work, copies, logs, caches, keyring entries. Reads only, removes nothing.

`gems-desktop --where` prints it; whoever removes the program learns here what stays and what must not be lost.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from gems_desktop.adapters.profile import data_home

KEYRING = "Gems wallet"  # the name of our entries in the system's keyring (signer.key_box)
_MOST = 65_536


@dataclass(frozen=True, slots=True)
class Place:
    """One folder or file. kind: "work", "copies", "practice", "aside", "updates", "cache", "passing", "program" or
    "keyring" (whose path is empty). precious: losing it can lose money or work that was not sent."""

    kind: str
    path: Path | None
    what: str
    precious: bool = False

    @property
    def there(self) -> bool:
        """Whether there is anything."""
        return self.path is None or self.path.exists()


def places(home: Path | None = None) -> tuple[Place, ...]:
    """All places of this user; home: of all profiles, by default the system's."""
    home = home or data_home()
    found = [
        Place("work", home / "profiles", "your wallets, your work, its backups and its logs", True),
        Place("aside", home / "removed-profiles", "profiles that you removed from the list", True),
        Place("practice", home / "practice", "practice networks and their profiles: no real money"),
        Place("updates", home / ".updates", "what is known of updates: no wallets, no work"),
        Place("cache", _cache(), "drawing made faster; it may go at any time"),
    ]
    found += [
        Place("passing", path, "where two windows of one profile meet; it goes with the window")
        for path in sorted(Path(tempfile.gettempdir()).glob("gems-*.sock"))
        if _mine(path)
    ]
    for profile in _profiles(home):
        found += _of_profile(profile)
    program = _program()
    if program is not None:
        found.append(Place("program", program, "the program itself"))
    return tuple(found)


def told(found: tuple[Place, ...]) -> str:
    """The places in plain words, one paragraph each; what is not there is left out."""
    lines = ["Where Gems keeps what is yours. Nothing of it is removed by removing the program."]
    passing = False
    for place in found:
        if not place.there or (passing and place.kind == "passing"):
            continue
        passing = passing or place.kind == "passing"
        keep = " KEEP THIS: it can hold money and work that was not sent." if place.precious else ""
        lines += ["", f"{place.path or 'the keyring of your system'}", f"    {place.what}.{keep}"]
    if len(lines) == 1:
        lines += ["", "There is nothing of yours on this computer yet."]
    paper = "The words that you wrote on paper are the way back to a wallet if its folder is lost."
    return "\n".join([*lines, "", paper])


def _cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "gems" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "gems"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gems"


def _mine(path: Path) -> bool:
    with suppress(OSError):
        return not hasattr(os, "getuid") or path.lstat().st_uid == os.getuid()
    return False


def _profiles(home: Path) -> Iterator[Path]:
    for root in (home / "profiles", home / "practice" / "profiles"):
        with suppress(OSError):
            yield from sorted(path for path in root.iterdir() if path.is_dir() and not path.is_symlink())


def _of_profile(folder: Path) -> Iterator[Place]:
    """What a profile keeps outside its folder: a key in the keyring, vouchers in a folder of the user's choice."""
    vault = _object(folder / "vault.json")
    if vault.get("storage") == "keyring":
        address = str(vault.get("address"))[:42]
        yield Place("keyring", None, f'the entry "{KEYRING}" for {address}, which opens that wallet', True)
    chosen = _options(folder / "gems.db").get("voucher_folder")
    if isinstance(chosen, str) and chosen:
        yield Place("copies", Path(chosen), "copies of vouchers, in the folder that you chose", True)


def _object(path: Path) -> dict[str, object]:
    with suppress(OSError, ValueError, RecursionError):
        with path.open("rb") as file:
            found = json.loads(file.read(_MOST))
        return found if isinstance(found, dict) else {}
    return {}


def _options(path: Path) -> dict[str, object]:
    """The options of a profile that may be open; read without writing."""
    if not path.exists():
        return {}
    how = "mode=ro" if path.with_name(f"{path.name}-wal").exists() else "immutable=1"
    with suppress(sqlite3.Error, ValueError, TypeError, RecursionError):
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as database:
            row = database.execute("SELECT value FROM settings WHERE name = 'options'").fetchone()
        found = json.loads(row[0]) if row is not None else {}
        return found if isinstance(found, dict) else {}
    return {}


def _program() -> Path | None:
    if not getattr(sys, "frozen", False):
        return None
    from gems_desktop.adapters.update_layout import found_at

    layout = found_at(Path(sys.executable))
    return layout.root if layout is not None else Path(sys.executable).resolve().parent
