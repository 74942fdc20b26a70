# SPDX-License-Identifier: Apache-2.0
"""Who was removed can say why that is wrong, sees that it waits, and loses no words over a bad connection."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from gems_desktop.services.errors import Offline
from gems_desktop.viewmodels import removal
from tests.helpers import sample_facts as sample
from tests.helpers.fake_session import FakeSession
from tests.qml.screens_a.conftest import MakeWindow


def removed_session() -> FakeSession:
    """Of a worker who gets no more tasks."""
    session = FakeSession()
    session.trust.state = replace(sample.trust(), removed=True, removal=True)
    return session


@pytest.mark.parametrize(
    ("removed", "appeal", "stage", "said"),
    [
        (False, "", "", ""),
        (False, "answered", "", ""),
        (True, "", "open", "gives you no more tasks"),
        (True, "waiting", "waiting", "waits for the platform's operator"),
        (True, "answered", "answered", "the removal stands"),
    ],
)
def test_how_far_it_is(removed: bool, appeal: str, stage: str, said: str) -> None:
    shown = removal.derive(replace(sample.trust(), removed=removed, removal_appeal=appeal))
    assert shown.stage == stage
    assert said in shown.stageText and bool(said) == bool(shown.stageText)


def test_an_appeal_by_key(make_window: MakeWindow) -> None:
    session = removed_session()
    window = make_window(session=session)
    window.begin("trust")
    window.focus("removalReason")
    window.type("Look again.")
    window.key(Qt.Key.Key_Tab)
    window.key(Qt.Key.Key_Return)
    assert session.asked("trust.appeal_removal") == [("trust.appeal_removal", "Look again.")]
    assert any("waits for the platform's operator" in words for words in window.words())
    assert window.item("removalReason").property("text") == ""


def test_without_a_connection_the_words_stay(make_window: MakeWindow) -> None:
    session = removed_session()
    session.fail("trust.appeal_removal", Offline())
    window = make_window(session=session)
    window.begin("trust")
    window.focus("removalReason")
    window.type("Look again.")
    window.click("appealRemoval")
    assert Offline().message in window.words()
    window.model.openPage("home")
    window.settle()
    window.model.openPage("trust")
    window.settle()
    assert window.item("removalReason").property("text") == "Look again."


def test_nothing_of_it_for_everybody_else(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("trust")
    assert "Appeal your removal" not in window.words()
