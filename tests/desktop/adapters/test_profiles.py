# SPDX-License-Identifier: Apache-2.0
"""Profiles of a shared computer: safe folders for names in any script, private, and never deleted."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.adapters.profile import ProfileLock, is_name, profile_folder
from gems_desktop.adapters.profiles import ProfileShelf, clean_title, folder_name
from gems_desktop.services.errors import NothingToDo, ProfileInUse

TITLES = (
    "Anna",
    "Élodie Ⅳ",
    "Анна",
    "محمد",
    "王小明",
    "a/b\\c",
    "../../etc",
    "con.",
    "x" * 200,
    "🙂",
    "practice-reviewer",
)


@pytest.fixture
def shelf(tmp_path: Path) -> ProfileShelf:
    return ProfileShelf(tmp_path / "profiles")


@pytest.mark.parametrize("title", TITLES)
def test_a_title_in_any_script_has_a_safe_folder(shelf: ProfileShelf, tmp_path: Path, title: str) -> None:
    name = shelf.add(title)
    folder = tmp_path / "profiles" / name
    assert is_name(name) and folder.parent == tmp_path / "profiles" and folder.is_dir()
    (found,) = shelf.all()
    assert (found.name, found.title) == (name, clean_title(title)) and len(found.title) <= 60
    assert not found.wallet and not found.used_at
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "profile.json").stat().st_mode) == 0o600
    assert shelf.named(title) == name


@pytest.mark.parametrize("title", ["CON", "nul", "Aux", "prn", "com1", "LPT9"])
def test_no_folder_is_a_device_of_windows(shelf: ProfileShelf, title: str) -> None:
    assert not is_name(title.lower())
    name = shelf.named(title)  # as in `--profile con`: it becomes a title of a safe folder
    assert is_name(name) and name.startswith("profile-") and shelf.named(title) == name


@given(st.text(max_size=80))
def test_every_title_gives_a_safe_name(title: str) -> None:
    assert is_name(folder_name(title)) and folder_name(title) != "practice-reviewer"
    assert "\n" not in clean_title(title)


def test_titles_are_distinct_and_folders_too(shelf: ProfileShelf) -> None:
    first = shelf.add("Anna")
    with pytest.raises(NothingToDo):
        shelf.add("  Anna ")
    with pytest.raises(NothingToDo):
        shelf.add(" \u200b ")
    second = shelf.add("ANNA!")
    assert (first, second) == ("anna", "anna-2")
    shelf.rename(first, "Анна")
    assert {one.title for one in shelf.all()} == {"Анна", "ANNA!"}
    assert {one.name for one in shelf.all()} == {"anna", "anna-2"}, "a rename moves nothing"
    with pytest.raises(NothingToDo):
        shelf.rename("../anna", "x")


def test_the_one_used_last_comes_first(shelf: ProfileShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shelf.last() == "default", "before there is any"
    names = [shelf.add(title) for title in ("One", "Two", "Three")]
    for at, name in enumerate(names, 1):
        monkeypatch.setattr("gems_desktop.adapters.profiles.time.time", lambda at=at: float(at))
        shelf.used(name)
    shelf.used("practice-reviewer")
    assert shelf.last() == "three" and [one.name for one in shelf.all()] == ["three", "two", "one"]
    assert shelf.named("Two") == "two" and shelf.named("one") == "one"
    assert shelf.named("Новый") in {one.name for one in shelf.all()}


def test_a_damaged_file_hides_nothing(shelf: ProfileShelf, tmp_path: Path) -> None:
    name = shelf.add("Anna")
    (tmp_path / "profiles" / name / "profile.json").write_bytes(b"\xff{")
    (found,) = shelf.all()
    assert (found.name, found.title) == ("anna", "anna")


def test_put_aside_is_moved_whole_and_not_while_it_is_open(shelf: ProfileShelf, tmp_path: Path) -> None:
    name = shelf.add("Anna")
    folder = tmp_path / "profiles" / name
    (folder / "vault.json").write_text(json.dumps({"address": "0x" + "ab" * 20, "backed_up": False}))
    (found,) = shelf.all()
    assert found.wallet and not found.backed_up and found.address == "0x" + "ab" * 20
    lock = ProfileLock(folder)
    with pytest.raises(ProfileInUse):
        shelf.set_aside(name)
    lock.release()
    lies = Path(shelf.set_aside(name))
    assert (lies / "vault.json").exists() and shelf.all() == () and not folder.exists()
    if sys.platform != "win32":
        assert stat.S_IMODE(lies.parent.stat().st_mode) == 0o700
    with pytest.raises(NothingToDo):
        shelf.set_aside(name)
    assert profile_folder(name, tmp_path / "profiles").is_dir()
