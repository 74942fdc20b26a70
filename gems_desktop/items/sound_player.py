# SPDX-License-Identifier: Apache-2.0
"""Plays a recording by hash: position, rate with the pitch kept, a stretch alone; moves even without a sound device."""

from collections.abc import Callable

from PySide6.QtCore import Property, QCoreApplication, QElapsedTimer, QObject, QTimer, Signal, Slot

from gems_desktop.decoding.client import DecodeError
from gems_desktop.decoding.media_client import MediaClient, Ticket
from gems_desktop.decoding.media_facts import MediaFacts, Pcm
from gems_desktop.decoding.media_limits import PLAY_CHANNELS
from gems_desktop.items.play_feed import PlayFeed
from gems_desktop.items.sound_sink import SilentSink, Sink, open_sink

#: Slowest and fastest playing.
LEAST_RATE, MOST_RATE = 0.25, 3.0
#: Milliseconds between two looks at the device: 30 positions a second.
_TICK_MS = 33
#: Milliseconds that a full device may take nothing before the silent clock takes over (a server that hangs).
STUCK_MS = 3000


class SoundPlayer(QObject):
    """One recording at a time; see the media API of the decode client for `sha256`."""

    positionChanged = Signal()
    playingChanged = Signal()
    rateChanged = Signal()
    volumeChanged = Signal()
    readyChanged = Signal()
    problemChanged = Signal()
    silentChanged = Signal()
    ended = Signal()

    def __init__(
        self,
        client: MediaClient,
        parent: QObject | None = None,
        *,
        sinks: Callable[[int, float, QObject], Sink] = open_sink,
    ) -> None:
        super().__init__(parent)
        self._client, self._sinks = client, sinks
        self._sha256 = ""
        self.facts: MediaFacts | None = None
        self._position, self._rate, self._volume = 0.0, 1.0, 1.0
        self._problem, self._silent = "", False
        self._tickets: list[Ticket] = []
        self._asked: Ticket | None = None
        self._feed: PlayFeed | None = None
        self._sink: Sink | None = None
        self._end_s: float | None = None
        self._still = QElapsedTimer()  # since the position changed
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @Slot(str)
    def open(self, sha256: str) -> None:
        """Get ready to play a file; `readyChanged` or `problemChanged` tells how it went."""
        self.shut()
        self._sha256 = sha256
        self._tickets.append(self._client.probe(sha256, self._on_facts))

    def open_known(self, sha256: str, facts: MediaFacts) -> None:
        """The same, when the facts are known already."""
        self.shut()
        self._sha256 = sha256
        self._on_facts(facts)

    @Slot()
    def shut(self) -> None:
        """Stop, and forget the file."""
        self.pause()
        for ticket in self._tickets:
            ticket.cancel()
        self._tickets.clear()
        self._sha256 = ""
        if self.facts is not None:
            self.facts = None
            self.readyChanged.emit()
        self._move(0.0)
        self._say("")

    @Slot()
    def play(self) -> None:
        """Play from here on; from the beginning if this is the end."""
        duration = self._get_duration()
        self._start(0.0 if self._position >= duration - 1e-3 else self._position, None)

    @Slot(float, float)
    def playRange(self, start_s: float, end_s: float) -> None:
        """Play one stretch and stop at its end."""
        duration = self._get_duration()
        start_s, end_s = max(0.0, min(start_s, duration)), max(0.0, min(end_s, duration))
        if end_s > start_s:
            self._start(start_s, end_s)

    @Slot()
    def pause(self) -> None:
        """Stop here."""
        if self._sink is None:
            return
        self._look()
        self._stop()
        self.playingChanged.emit()

    @Slot()
    def toggle(self) -> None:
        """Play or pause."""
        if self._sink is None:
            self.play()
        else:
            self.pause()

    @Slot(float)
    def seek(self, seconds: float) -> None:
        """Go to a time; goes on playing if it was."""
        seconds = max(0.0, min(seconds, self._get_duration()))
        if self._sink is None:
            self._move(seconds)
        else:
            end = self._end_s if self._end_s is not None and seconds < self._end_s else None
            self._start(seconds, end)

    def now(self) -> float:
        """The second that is heard at this moment."""
        self._look()
        return self._position

    def running(self) -> bool:
        """Whether it plays."""
        return self._sink is not None

    def _start(self, start_s: float, end_s: float | None) -> None:
        if self.facts is None:
            return
        was = self._sink is not None
        self._stop()
        self._end_s = end_s
        self._feed = PlayFeed(start_s, self._get_duration() if end_s is None else end_s, self._rate)
        self._sink = self._sinks(max(1, min(self.facts.channels, PLAY_CHANNELS)), self._volume, self)
        if self._sink.silent != self._silent:
            self._silent = self._sink.silent
            self.silentChanged.emit()
        self._move(start_s)
        self._still.start()
        self._timer.start()
        self._fill()
        if not was:
            self.playingChanged.emit()

    def _stop(self) -> None:
        self._timer.stop()
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        if self._sink is not None:
            self._sink.stop()
        self._sink, self._feed = None, None

    def _tick(self) -> None:
        self._fill()
        self._look()
        feed, sink = self._feed, self._sink
        if feed is None or sink is None:
            return
        if not sink.silent and sink.room() == 0 and self._still.elapsed() > STUCK_MS:
            self._sinks = lambda _channels, _volume, _parent: SilentSink()
            self._start(self._position, self._end_s)
            return
        over = self._position >= feed.end_s if sink.silent else feed.finished and not sink.waiting()
        if over:
            whole = self._end_s is None
            self._stop()
            self._move(feed.end_s)
            self.playingChanged.emit()
            if whole:
                self.ended.emit()

    def _look(self) -> None:
        if self._feed is not None and self._sink is not None:
            self._move(self._feed.heard(self._sink.played_s()))

    def _fill(self) -> None:
        feed, sink = self._feed, self._sink
        if feed is None or sink is None or sink.silent:
            return
        if feed.channels and (data := feed.take(sink.room())):
            sink.write(data)
        wanted = feed.wants()
        if wanted is not None and self._asked is None:
            self._asked = self._client.pcm(self._sha256, *wanted, self._on_pcm)

    def _on_facts(self, facts: MediaFacts | DecodeError) -> None:
        if isinstance(facts, DecodeError):
            self._say(facts.sentence)
            return
        self.facts = facts
        self.readyChanged.emit()

    def _on_pcm(self, block: Pcm | DecodeError) -> None:
        self._asked = None
        if isinstance(block, DecodeError):
            self.pause()
            self._say(block.sentence)
        elif self._feed is not None:
            self._feed.put(block)
            self._fill()

    def _move(self, position: float) -> None:
        if position != self._position:
            self._position = position
            self._still.start()
            self.positionChanged.emit()

    def _say(self, sentence: str) -> None:
        problem = QCoreApplication.translate("Gems", sentence) if sentence else ""
        if problem != self._problem:
            self._problem = problem
            self.problemChanged.emit()

    def _get_position(self) -> float:
        return self._position

    def _get_duration(self) -> float:
        return self.facts.duration_s if self.facts is not None else 0.0

    def _get_rate(self) -> float:
        return self._rate

    def setRate(self, rate: float) -> None:
        """Play slower or faster at the same pitch."""
        rate = max(LEAST_RATE, min(rate, MOST_RATE))
        if rate == self._rate:
            return
        self._look()
        self._rate = rate
        self.rateChanged.emit()
        if self._sink is not None:
            self._start(self._position, self._end_s)

    def _get_volume(self) -> float:
        return self._volume

    def setVolume(self, volume: float) -> None:
        """Loudness from 0 to 1."""
        volume = max(0.0, min(volume, 1.0))
        if volume == self._volume:
            return
        self._volume = volume
        if self._sink is not None:
            self._sink.set_volume(volume)
        self.volumeChanged.emit()

    def _get_ready(self) -> bool:
        return self.facts is not None

    def _get_problem(self) -> str:
        return self._problem

    def _get_silent(self) -> bool:
        return self._silent

    def _get_channels(self) -> int:
        return self.facts.channels if self.facts is not None else 0

    position = Property(float, _get_position, notify=positionChanged)
    duration = Property(float, _get_duration, notify=readyChanged)
    playing = Property(bool, running, notify=playingChanged)
    rate = Property(float, _get_rate, setRate, notify=rateChanged)
    volume = Property(float, _get_volume, setVolume, notify=volumeChanged)
    ready = Property(bool, _get_ready, notify=readyChanged)
    problem = Property(str, _get_problem, notify=problemChanged)
    silent = Property(bool, _get_silent, notify=silentChanged)
    channels = Property(int, _get_channels, notify=readyChanged)
