# SPDX-License-Identifier: Apache-2.0
"""Without a network: what a file holds, writing it onto the stick, reading replies, sending the files of others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from gems_desktop.services.carry_errors import StickUnwritable
from gems_desktop.services.facts_carry import CarryRefusal, CarryResult
from gems_desktop.viewmodels import carry as carry_page
from gems_desktop.viewmodels.carry_places import Place, files_in, places
from gems_desktop.viewmodels.carry_words import holds_text, result_text, until_text
from gems_protocol.carry import OUT, REPLY
from tests.helpers.fake_carry import FakeCarry
from tests.helpers.fake_session import FakeSession
from tests.helpers.plaintext import find_rich_text
from tests.helpers.sample_facts import NOW
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage
from tests.qml.screens_b.test_looks import sticking_out


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One stick and the documents."""
    folder = tmp_path / "STICK <b>7"
    folder.mkdir()
    (folder / "gems-1.gems-carry").write_bytes(OUT + b"x" * 4096)
    (folder / "gems-1.gems-reply").write_bytes(REPLY + b"x" * 4096)
    (folder / "diary.gems-reply").write_bytes(b"dear diary")
    (folder / "photo.jpg").write_bytes(b"")
    found = (Place("STICK <b>7", str(folder)), Place("", str(tmp_path)))
    monkeypatch.setattr(carry_page, "places", lambda: found)
    return folder


async def opened(open_stage: OpenStage, session: FakeSession) -> Stage:
    stage = await open_stage("outbox", session)
    await stage.click(stage.button("Without a network…"))
    assert stage.carry.property("open")
    return stage


async def test_a_file_is_written_a_reply_read_and_anothers_file_sent(
    open_stage: OpenStage, stick: Path
) -> None:
    session = FakeSession()
    stage = await opened(open_stage, session)
    for words in ("tasks: 5, reviews: 2, appeals: 1", "STICK <b>7", "Documents", "gems-1.gems-reply"):
        assert stage.says(words), words
    assert not stage.says("diary") and not stage.says("photo")
    await stage.click(stage.button("Write a file"))
    (_, written), *_ = session.asked("carry.write")
    assert Path(written).parent == stick and written.endswith(".gems-carry")
    assert stage.says("Written: gems-") and stage.says("Files without a reply so far: 1")
    stage.button("Read this reply").forceActiveFocus()
    await stage.key(Qt.Key.Key_Return)
    assert session.asked("carry.read_reply") == [("carry.read_reply", str(stick / "gems-1.gems-reply"))]
    assert stage.says("Arrived at the platform: 8. News: 3.")
    await stage.click(stage.button("Send this file"))
    sent = ("carry.send", str(stick / "gems-1.gems-carry"), str(stick / "gems-1.gems-reply"))
    assert session.asked("carry.send") == [sent]
    await stage.key(Qt.Key.Key_Escape)
    assert not stage.carry.property("open") and stage.says("Outbox")


async def test_a_fault_says_what_is_safe_and_the_page_goes_on(open_stage: OpenStage, stick: Path) -> None:
    session = FakeSession()
    stage = await opened(open_stage, session)
    session.fail("carry.write", StickUnwritable(True))
    await stage.click(stage.button("Write a file"))
    assert stage.says("There is no room for the file.") and stage.says("No half file was left behind")
    session.fail("carry.write", None)
    await stage.click(stage.button("Write a file"))
    assert stage.says("Written: ") and not stage.says("no room")


async def test_without_the_key_nothing_is_written_and_another_folder_is_looked_at(
    open_stage: OpenStage, stick: Path
) -> None:
    session = FakeSession()
    session.carry.state = replace(session.carry.state, opened_until=0)
    stage = await opened(open_stage, session)
    assert not stage.button("Write a file").isEnabled() and stage.says(
        "Connect this computer to a network once"
    )
    stage.carry.openFolder(str(stick.parent / "not there"))
    await stage.calm()
    assert stage.says("no carry files and no replies")
    stage.carry.choosePlace(0)
    await stage.calm()
    assert stage.says("gems-1.gems-carry")


def test_the_words_of_files_and_replies() -> None:
    facts = FakeCarry.state
    assert holds_text(replace(facts, left=3)).endswith("goes with the next file: 3")
    nothing = replace(facts, tasks=0, reviews=0, appeals=0, first_due_at=0)
    assert "ask for news" in holds_text(nothing) and "opens it until" in until_text(nothing, NOW)
    assert "over already" in until_text(facts, NOW + 86_400) and "before" in until_text(facts, NOW)
    late = CarryRefusal("work", 2, "late")
    other = CarryRefusal("appeal", 1, "bad_debit")
    said = result_text(CarryResult(0, (late, other), 0, True, 4, False))
    for words in (
        "Came too late: 2",
        "Not taken; the outbox says what to do: 1",
        "checked: 4",
        "write another file",
    ):
        assert words in said
    assert "read this reply before" in result_text(CarryResult(0, (), 0, False, 0, True))
    assert "nothing new for you" in result_text(CarryResult(0, (), 0, False, 0, False))


def test_places_and_folders_that_are_odd(tmp_path: Path) -> None:
    assert places()[-1].name == ""
    assert files_in(str(tmp_path / "not there")) == ()
    (tmp_path / "big.gems-carry").write_bytes(OUT)
    with open(tmp_path / "big.gems-carry", "r+b") as file:
        file.truncate(9_000_000)
    (tmp_path / "folder.gems-carry").mkdir()
    assert files_in(str(tmp_path)) == ()


async def test_at_twice_the_size_and_mirrored_nothing_sticks_out(open_stage: OpenStage, stick: Path) -> None:
    stage = await open_stage("outbox", FakeSession(), rightToLeft=True, textScale=2.0)
    stage.window.resize(1024, 700)
    stage.carry.enter()
    await stage.calm()
    assert stage.says("gems-1.gems-carry") and sticking_out(stage) == []
    assert find_rich_text(stage.window, stage.engine) == []
