# SPDX-License-Identifier: Apache-2.0
"""Categories of content that somebody does not want to be offered, switched off by key and kept at once."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.helpers.fake_session import FakeSession
from tests.qml.screens_a.conftest import MakeWindow


def test_a_category_is_switched_off_and_on(make_window: MakeWindow) -> None:
    session = FakeSession()
    window = make_window(session=session)
    window.begin("settings")
    assert window.item("content.violence").property("checked")
    window.focus("content.violence")
    window.key(Qt.Key.Key_Space)
    assert session.settings.state.hidden_content == ["violence"]
    window.focus("content.hate")
    window.key(Qt.Key.Key_Space)
    assert session.settings.state.hidden_content == ["hate", "violence"]
    window.focus("content.violence")
    window.key(Qt.Key.Key_Space)
    assert session.settings.state.hidden_content == ["hate"]
    assert not window.item("content.hate").property("checked")
