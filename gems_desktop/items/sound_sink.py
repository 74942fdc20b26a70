# SPDX-License-Identifier: Apache-2.0
"""Where sound goes: the system's device through Qt, or a clock that is silent where there is none."""

from typing import Protocol

from PySide6.QtCore import QElapsedTimer, QObject

from gems_desktop.decoding.media_limits import PLAY_RATE
from gems_desktop.qt_log import silence

#: Seconds of sound that wait in the device: enough for a busy window, little enough to stop at once.
_WAITING_S = 0.2


class Sink(Protocol):
    """Takes 16-bit samples and says how many seconds of them were heard."""

    #: Whether nothing is heard: samples are not needed then.
    silent: bool

    def room(self) -> int:
        """Bytes that can be written now."""

    def write(self, data: bytes) -> None:
        """Play these next."""

    def played_s(self) -> float:
        """Seconds heard since the start."""

    def waiting(self) -> bool:
        """Whether something written is not heard yet."""

    def set_volume(self, volume: float) -> None:
        """Loudness from 0 to 1."""

    def stop(self) -> None:
        """Be silent at once; the sink is not used again."""


class SilentSink:
    """A clock in the place of a sound device."""

    silent = True

    def __init__(self) -> None:
        self._clock = QElapsedTimer()
        self._clock.start()

    def room(self) -> int:
        """None: nothing is to be heard."""
        return 0

    def write(self, data: bytes) -> None:
        """Nothing is heard."""

    def played_s(self) -> float:
        """The time that has passed."""
        return self._clock.elapsed() / 1000

    def waiting(self) -> bool:
        """Never."""
        return False

    def set_volume(self, volume: float) -> None:
        """Nothing is heard."""

    def stop(self) -> None:
        """Nothing is heard anyway."""


class DeviceSink:
    """The system's sound device. Raises OSError where there is none, or where Qt's library for it cannot be loaded."""

    silent = False

    def __init__(self, channels: int, volume: float, parent: QObject) -> None:
        # Qt tells a terminal about services it did not find; the window says it in words.
        silence("qt.multimedia.*")
        try:
            from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices, QtAudio
        except ImportError as error:
            raise OSError("Qt's sound library cannot be loaded") from error
        device = QMediaDevices.defaultAudioOutput()
        if device.isNull():
            raise OSError("there is no sound device")
        form = QAudioFormat()
        form.setSampleRate(PLAY_RATE)
        form.setChannelCount(channels)
        form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._per_second = PLAY_RATE * channels * 2
        self._written = 0
        self._active = QtAudio.State.ActiveState
        self._sink = QAudioSink(device, form, parent)
        self._sink.setBufferSize(int(_WAITING_S * self._per_second))
        self._sink.setVolume(volume)
        self._input = self._sink.start()
        if self._input is None or self._sink.error() != QtAudio.Error.NoError:
            self._sink.deleteLater()
            raise OSError("the sound device does not open")

    def room(self) -> int:
        """Bytes that can be written now."""
        return int(self._sink.bytesFree())

    def write(self, data: bytes) -> None:
        """Play these next."""
        self._written += max(0, int(self._input.write(data)))

    def played_s(self) -> float:
        """Seconds heard since the start: what was written but for what waits in the device."""
        return max(0, self._written - self._backlog()) / self._per_second

    def waiting(self) -> bool:
        """Whether something written is not heard yet."""
        # Idle: it has run dry, whatever its buffer says.
        return self._backlog() > 0 and self._sink.state() == self._active

    def set_volume(self, volume: float) -> None:
        """Loudness from 0 to 1."""
        self._sink.setVolume(volume)

    def stop(self) -> None:
        """Be silent at once."""
        self._sink.reset()
        self._sink.deleteLater()

    def _backlog(self) -> int:
        return max(0, int(self._sink.bufferSize()) - int(self._sink.bytesFree()))


def open_sink(channels: int, volume: float, parent: QObject) -> Sink:
    """The sound device, or the silent clock."""
    try:
        return DeviceSink(channels, volume, parent)
    except OSError:
        return SilentSink()
