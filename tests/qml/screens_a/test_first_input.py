# SPDX-License-Identifier: Apache-2.0
"""What waits for somebody at the window hears the first key, and leaves it where it belongs."""

import asyncio

from PySide6.QtCore import Qt

from gems_desktop.first_input import FirstInput
from tests.qml.screens_a.conftest import MakeWindow


def test_a_key_ends_the_wait_and_time_alone_does_not(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin()
    waiting = window.loop.create_task(FirstInput(lambda: window.window).wait())

    async def a_while() -> None:
        await asyncio.sleep(0.2)

    window.run(a_while())
    assert not waiting.done()
    window.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    window.until(waiting.done)
    assert window.model.props.page == "work"
