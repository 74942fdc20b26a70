# SPDX-License-Identifier: Apache-2.0
"""The sound of a notice: short, soft, begins and ends in silence; it lets go of the device."""

from __future__ import annotations

from array import array

import pytest
from PySide6.QtGui import QGuiApplication

from gems_desktop.decoding.media_limits import PLAY_RATE
from gems_desktop.items import chime
from gems_desktop.items.chime import SECONDS, Chime, samples
from tests.helpers.waiting import wait


class HandSink:
    """A device with little room that hears at once."""

    silent = False

    def __init__(self) -> None:
        self.heard, self.stopped = b"", 0

    def room(self) -> int:
        return 4_001

    def write(self, data: bytes) -> None:
        self.heard += data

    def played_s(self) -> float:
        return 0.0

    def waiting(self) -> bool:
        return False

    def set_volume(self, volume: float) -> None: ...

    def stop(self) -> None:
        self.stopped += 1


def test_the_samples() -> None:
    found = array("h", samples())
    assert len(found) == int(SECONDS * PLAY_RATE)
    assert max(abs(one) for one in found) < 0.6 * 32_767
    assert found[0] == 0
    assert max(abs(one) for one in found[-200:]) < 0.04 * 32_767


def test_it_is_played_whole_and_the_device_is_let_go(
    qt_app: QGuiApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    sinks: list[HandSink] = []

    def make(channels: int, *_values: object) -> HandSink:
        assert channels == 1
        sinks.append(HandSink())
        return sinks[-1]

    monkeypatch.setattr(chime, "open_sink", make)
    sound = Chime()
    sound.play()
    sound.play()
    for _ in range(200):
        if sinks[0].stopped:
            break
        wait(10)
    assert (len(sinks), sinks[0].stopped, sinks[0].heard) == (1, 1, samples())
    sound.deleteLater()
