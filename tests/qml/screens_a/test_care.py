# SPDX-License-Identifier: Apache-2.0
"""The dialog after a fault, and the checks in Settings."""

import logging
from pathlib import Path

from PySide6.QtCore import Qt

from gems_desktop.diagnosing.finding import Finding, bad, good
from gems_desktop.startup_care import RunKeeper
from tests.helpers.app_window import AppWindow
from tests.helpers.waiting import wait
from tests.qml.screens_a.conftest import MakeWindow


def kept(shown: AppWindow, folder: Path) -> RunKeeper:
    return RunKeeper(shown.model.care_model, folder)


def fall() -> None:
    try:
        raise RuntimeError("abandon abandon about")
    except RuntimeError:
        logging.getLogger("gems_desktop.viewmodels.base").exception("a bug in %s", "Something")


def test_a_fault_offers_a_report_that_is_saved_only_when_wanted(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    shown = make_window()
    shown.begin("settings")
    keeper = kept(shown, tmp_path)
    care = shown.model.care_model
    try:
        fall()
        shown.until(lambda: care.text != "")
        shown.settle()
        assert "RuntimeError" in care.text and "abandon" not in care.text
        assert not list(tmp_path.iterdir()), "nothing is written before the user wants it"
        shown.click("careRead")
        assert any("RuntimeError" in text for text in shown.words()), "it can be read before it is saved"
        shown.click("careSave")
        (file,) = (tmp_path / "reports").iterdir()
        assert file.name in care.saved and file.read_text() == care.text
        shown.click("dialogReject")
        assert care.text == ""
    finally:
        keeper.close()


def test_faults_that_come_again_and_again_do_not_keep_anybody_from_working(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    shown = make_window()
    shown.begin("settings")
    keeper = kept(shown, tmp_path)
    care = shown.model.care_model
    shows = 0
    try:
        for _ in range(10):
            fall()
            wait(20)
            shows += care.text != ""
            care.dismiss()
    finally:
        keeper.close()
    assert shows == 3


def test_a_full_disk_is_said(make_window: MakeWindow, tmp_path: Path) -> None:
    shown = make_window()
    shown.begin("settings")
    keeper = kept(shown, tmp_path / "gone")
    care = shown.model.care_model
    try:
        care.compose()
        assert care.text and care.kind == "asked"
        care.save()
        assert "could not be saved" in care.saved
    finally:
        keeper.close()


def test_the_checks_are_shown_in_words(make_window: MakeWindow) -> None:
    shown = make_window()
    shown.begin("settings", "help")

    class Looked:
        def report(self, _fault: BaseException | None) -> str:
            return ""

        def save(self, _text: str) -> str:
            return ""

        async def examine(self) -> list[Finding]:
            return [good("keyring"), bad("space_low", megabytes=7)]

    care = shown.model.care_model
    care.keeper = Looked()
    shown.focus("checkSetup")
    shown.key(Qt.Key.Key_Space)
    shown.until(lambda: care.checked)
    rows = care.findings.rows
    assert [row.level for row in rows] == ["good", "bad"]
    assert rows[1].what == "Only 7 MB are free on the profile's disk." and rows[1].todo and not rows[0].todo


def test_after_two_failed_starts_nothing_is_exchanged_until_the_user_says_so(make_window: MakeWindow) -> None:
    shown = make_window()
    shown.startup._careful = True
    shown.begin()
    assert "carefully" in shown.model.props.problemMessage
    assert shown.startup._sync is None
    shown.startup.retry()
    shown.until(lambda: shown.startup._sync is not None)
    assert not shown.model.props.problemMessage
