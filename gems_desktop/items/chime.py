# SPDX-License-Identifier: Apache-2.0
"""A short sound of our own for a notice: two soft tones, made when they are first needed."""

from __future__ import annotations

import math
from array import array

from PySide6.QtCore import QObject, QTimer

from gems_desktop.decoding.media_limits import PLAY_RATE
from gems_desktop.items.sound_sink import Sink, open_sink

SECONDS = 0.42
VOLUME = 0.5
_TONES = ((659.26, 0.0), (987.77, 0.12))  # Hz, and when it begins (s)
_FALL_S = 0.09  # in which a tone loses most of its loudness
_RISE_S = 0.006
_PART_MS = 40


def samples() -> bytes:
    """The sound as 16-bit samples of one channel."""
    out = array("h")
    for n in range(int(SECONDS * PLAY_RATE)):
        at = n / PLAY_RATE
        level = 0.0
        for pitch, begin in _TONES:
            since = at - begin
            if since > 0:
                swell = min(1.0, since / _RISE_S) * math.exp(-since / _FALL_S)
                level += swell * math.sin(2 * math.pi * pitch * since)
        out.append(int(max(-1.0, min(1.0, level * 0.45)) * 32_767))
    return out.tobytes()


class Chime(QObject):
    """Plays the sound; the device is open only while it is heard. Where there is none, nothing happens."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = b""
        self._sink: Sink | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_PART_MS)
        self._timer.timeout.connect(self._feed)

    def play(self) -> None:
        """Play it once; not again while it is heard."""
        if self._sink is not None:
            return
        sink = open_sink(1, VOLUME, self)
        if sink.silent:
            return
        self._sink, self._left = sink, samples()
        self._feed()
        self._timer.start()

    def _feed(self) -> None:
        sink = self._sink
        if sink is None:
            return
        room = sink.room() // 2 * 2
        part, self._left = self._left[:room], self._left[room:]
        if part:
            sink.write(part)
        if not self._left and not sink.waiting():
            self.stop()

    def stop(self) -> None:
        """Be silent and let go of the device."""
        self._timer.stop()
        sink, self._sink = self._sink, None
        if sink is not None:
            sink.stop()
