# SPDX-License-Identifier: Apache-2.0
"""The profiles of a shared computer: a folder each with a safe name, and the title that its owner gave it.

A title may be in any script; the folder's name is small ASCII, so that every file system and every path takes it.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
import unicodedata
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from gems_desktop.adapters.profile import ProfileLock, is_name, profile_folder
from gems_desktop.hardening import NO_LINK
from gems_desktop.languages import LANGUAGES
from gems_desktop.services.errors import DiskFull, NothingToDo, StoreUnreadable
from gems_desktop.services.facts_profiles import Looks, ProfileFacts

if TYPE_CHECKING:
    from gems_desktop.services.facts import WalletFacts

DEFAULT = "default"
FILE, WALLET = "profile.json", "vault.json"
ASIDE = "removed-profiles"
MAX_TITLE = 60
THEMES = ("system", "light", "dark", "contrast")
_HIDDEN = ("practice-reviewer",)  # belongs to a practice network, not to a person
_MOST = 65_536  # bytes of a file that is looked into
_FULL = (28, 122)


class ProfileShelf:
    """Implements Profiles over the folder that holds them all."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._writing = Lock()  # the window's thread and one behind it read and write the same small file

    def all(self) -> tuple[ProfileFacts, ...]:
        """See Profiles."""
        try:
            folders = [path for path in self._root.iterdir() if path.is_dir() and not path.is_symlink()]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StoreUnreadable from error
        found = [self._facts(path) for path in folders if is_name(path.name) and path.name not in _HIDDEN]
        return tuple(sorted(found, key=lambda one: (-one.used_at, one.title, one.name)))

    def last(self) -> str:
        """The profile that was used last, or the default one."""
        with contextlib.suppress(StoreUnreadable):
            used = [one for one in self.all() if one.used_at]
            return used[0].name if used else DEFAULT
        return DEFAULT

    def named(self, text: str) -> str:
        """The profile that somebody means: by its title, by its folder, or a new one with this title."""
        for one in self.all():
            if text == one.name or clean_title(text) == one.title:
                return one.name
        return text if is_name(text) else self.add(text)

    def used(self, name: str) -> None:
        """Remember that this profile was opened now; a disk that is full forgets it."""
        if name in _HIDDEN:
            return
        with self._writing, contextlib.suppress(DiskFull, StoreUnreadable):
            folder = profile_folder(name, self._root)
            self._write(folder, {**_read(folder / FILE), "used_at": int(time.time())})

    def behind_password(self, name: str, version: str) -> tuple[WalletFacts, Looks] | None:
        """Its locked wallet and how its way in looked last, if this `version` of the program had it open last.

        None where that is not so, or where no password keeps the wallet: then the profile has to be opened first.
        """
        from gems_desktop.services.facts import WalletFacts  # not before the first paint

        folder = self._root / name
        told = _read(folder / FILE).get("looks")
        if not isinstance(told, dict) or told.get("version") != version:
            return None
        if _read(folder / WALLET).get("storage") != "password":
            return None
        language, theme, scale = told.get("language"), told.get("theme"), told.get("text_scale")
        if language not in ("", *LANGUAGES) or theme not in THEMES or type(scale) is not int:
            return None
        facts = self._facts(folder)
        wallet = WalletFacts(True, False, facts.address, facts.backed_up, "password")
        return wallet, Looks(language, theme, min(max(scale, 80), 200), told.get("reduce_motion") is True)

    def keep_looks(self, name: str, version: str, looks: Looks) -> None:
        """Remember them for the next start; a disk that is full forgets them."""
        kept = {"version": version, **asdict(looks)}
        with self._writing, contextlib.suppress(DiskFull, StoreUnreadable):
            told = _read(self._root / name / FILE)
            if name not in _HIDDEN and told.get("looks") != kept:
                self._write(profile_folder(name, self._root), {**told, "looks": kept})

    def add(self, title: str) -> str:
        """See Profiles."""
        title = self._free_title(title)
        taken = {path.name for path in self._root.iterdir()} if self._root.is_dir() else set()
        base = folder_name(title)
        name = next(
            each for each in [base, *(f"{base[:28]}-{n}" for n in range(2, 1000))] if each not in taken
        )
        self._write(profile_folder(name, self._root), {"title": title})
        return name

    def rename(self, name: str, title: str) -> None:
        """See Profiles."""
        folder = self._folder(name)
        title = self._free_title(title, name)
        with self._writing:
            self._write(folder, {**_read(folder / FILE), "title": title})

    def set_aside(self, name: str) -> str:
        """See Profiles."""
        folder = self._folder(name)
        lock = ProfileLock(folder)
        aside = self._root.parent / ASIDE
        target = aside / f"{name}-{time.time_ns()}"
        try:
            aside.mkdir(mode=0o700, exist_ok=True)
            folder.replace(target)
        except OSError as error:
            raise StoreUnreadable from error
        finally:
            lock.release()
        return str(target)

    def _folder(self, name: str) -> Path:
        folder = self._root / name
        if not is_name(name) or not folder.is_dir() or folder.is_symlink():
            raise NothingToDo("There is no such profile on this computer.", safe="Nothing was changed.")
        return folder

    def _free_title(self, title: str, own: str = "") -> str:
        title = clean_title(title)
        if not title:
            raise NothingToDo(
                "A profile needs a name.", safe="Nothing was changed.", action="Write at least one letter."
            )
        if any(one.title == title and one.name != own for one in self.all()):
            raise NothingToDo(
                "There is a profile with this name.",
                safe="Nothing was changed.",
                action="Choose another name.",
            )
        return title

    def _facts(self, folder: Path) -> ProfileFacts:
        told, wallet = _read(folder / FILE), _read(folder / WALLET)
        title, used_at, address = told.get("title"), told.get("used_at"), wallet.get("address")
        return ProfileFacts(
            name=folder.name,
            title=(clean_title(title) if isinstance(title, str) else "") or folder.name,
            used_at=used_at if type(used_at) is int else 0,
            wallet=(folder / WALLET).exists(),
            backed_up=wallet.get("backed_up") is True,
            address=address if isinstance(address, str) and len(address) == 42 else "",
        )

    def _write(self, folder: Path, value: dict[str, Any]) -> None:
        """Write profile.json wholly or not at all, for its owner only."""
        path, beside = folder / FILE, folder / (FILE + ".new")
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            raise (DiskFull() if error.errno in _FULL else StoreUnreadable()) from error


def folder_name(title: str) -> str:
    """A safe name for the folder of a title: its own ASCII letters, or a short hash where it has none."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = "".join(sign if sign.isalnum() else "-" for sign in plain).strip("-")
    while "--" in name:
        name = name.replace("--", "-")
    letters = sum(sign.isalnum() for sign in title)
    if sum(sign.isalnum() for sign in name) * 2 < letters or not is_name(name[:28]) or name in _HIDDEN:
        import hashlib  # and with it OpenSSL, which the first frame does without

        return "profile-" + hashlib.sha256(title.encode()).hexdigest()[:12]
    return name[:28]


def clean_title(title: str) -> str:
    """One line of visible signs, composed, not too long."""
    composed = unicodedata.normalize("NFC", title)
    shown = "".join(
        " " if sign.isspace() else sign for sign in composed if sign.isspace() or sign.isprintable()
    )
    return " ".join(shown.split())[:MAX_TITLE].strip()


def _read(path: Path) -> dict[str, Any]:
    """A small JSON object, or nothing where there is none that can be read."""
    try:
        with path.open("rb") as file:
            value = json.loads(file.read(_MOST))
    except (OSError, ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
