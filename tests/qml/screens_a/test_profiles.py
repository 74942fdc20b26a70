# SPDX-License-Identifier: Apache-2.0
"""The chooser of profiles on the way in and in Settings."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from gems_desktop.adapters.profiles import ProfileShelf
from gems_desktop.services.facts import Connection, Problem
from gems_desktop.services.facts_profiles import ProfileFacts
from gems_desktop.viewmodels.app import with_connection
from gems_desktop.viewmodels.profiles import ProfilesViewModel, row
from gems_desktop.viewmodels.way_in import way_in_of
from tests.helpers.app_window import AppWindow
from tests.qml.screens_a.conftest import MakeWindow
from tests.qml.screens_a.test_safety import press

ADDRESS = "0x" + "ab" * 20


def on_a_shelf(shown: AppWindow, root: Path) -> ProfileShelf:
    shelf = ProfileShelf(root / "profiles")
    shelf.add("default")
    shelf.add("Анна")
    shown.world.way_in = lambda session: dict(way_in_of(session, shelf))  # type: ignore[method-assign]
    return shelf


def other(shelf: ProfileShelf) -> str:
    return next(one.name for one in shelf.all() if one.title == "Анна")


def test_a_profile_in_words() -> None:
    fresh = row(ProfileFacts("anna", "Anna", 0, False, False), "default")
    assert (fresh.current, fresh.typed, fresh.warning) == (False, "", "")
    safe = row(ProfileFacts("anna", "Anna", 5, True, True, ADDRESS), "anna")
    assert safe.current and safe.typed == "" and "paper" in safe.warning
    unsafe = row(ProfileFacts("anna", "Anna", 5, True, False, ADDRESS), "default")
    assert unsafe.typed == "Anna" and "only in this folder" in unsafe.warning


def test_another_profile_is_opened_on_the_way_in(make_window: MakeWindow, tmp_path: Path) -> None:
    shown = make_window("locked")
    shelf = on_a_shelf(shown, tmp_path)
    shown.begin()
    assert shown.model.props.phase == "welcome"
    shown.until(lambda: shown.model.screenModel("profiles").several)  # type: ignore[attr-defined]
    assert any("Анна" in text for text in shown.words())
    press(shown, "openProfile." + other(shelf))
    shown.until(lambda: shown.model.props.profile == other(shelf))
    shown.until(lambda: shown.model.props.phase == "welcome")


def test_profiles_are_made_renamed_and_put_aside(make_window: MakeWindow, tmp_path: Path) -> None:
    shown = make_window()
    shelf = on_a_shelf(shown, tmp_path)
    folder = tmp_path / "profiles" / other(shelf)
    (folder / "vault.json").write_text(json.dumps({"address": ADDRESS, "backed_up": False}))
    shown.begin("settings", "profiles")
    model = shown.model.screenModel("profiles")
    assert isinstance(model, ProfilesViewModel)
    shown.until(lambda: model.several)
    press(shown, "renameProfile." + other(shelf))
    shown.item("profileTitle").setProperty("text", "محمد")
    shown.click("dialogAccept")
    shown.until(lambda: any(one.title == "محمد" for one in shelf.all()))
    shown.until(lambda: "محمد" in [each.title for each in model._rows.rows])
    name = folder.name
    press(shown, "removeProfile." + name)
    assert any("only in this folder" in text for text in shown.words())
    shown.click("dialogAccept")  # without its name nothing happens
    shown.settle()
    assert folder.is_dir() and model.aside == ""
    press(shown, "removeProfile." + name)
    shown.item("profileTyped").setProperty("text", "محمد")
    shown.click("dialogAccept")
    shown.until(lambda: model.aside != "")
    assert not folder.exists() and (Path(model.aside) / "vault.json").exists()
    assert any(model.aside in text for text in shown.words())
    press(shown, "newProfile")
    shown.item("profileTitle").setProperty("text", "New one")
    shown.click("dialogAccept")
    shown.until(lambda: shown.model.props.profile == "new-one")


def test_the_end_of_a_restore_is_told(make_window: MakeWindow) -> None:
    shown = make_window()
    shown.begin()
    told: list[str] = []
    shown.model.toast.connect(lambda text, _tone: told.append(text))
    before = shown.run(shown.session.sync.facts())
    life = replace(before, connection=Connection.SYNCING, restoring=True, syncing_done=3, syncing_total=9)
    shown.startup._strip._tell_restored(life, away=True)
    shown.model.show(with_connection(shown.model.props, life))
    assert "3" in shown.model.props.connectionText and "9" in shown.model.props.connectionText and not told
    shown.startup._strip._tell_restored(before, away=True)
    assert len(told) == 1 and "back" in told[0]
    shown.startup._strip._tell_restored(life, away=True)
    unproven = Problem("Not proven", "", "", False, "restore_unproven")
    shown.startup._strip._tell_restored(replace(before, problem=unproven), away=True)
    assert shown.model.props.problemMessage == "Not proven" and len(told) == 1
