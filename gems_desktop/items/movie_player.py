# SPDX-License-Identifier: Apache-2.0
"""Plays a film by hash, picture by picture: exact steps, prefetched neighbours, its sound in step."""

from collections.abc import Callable

from PySide6.QtCore import Property, QCoreApplication, QElapsedTimer, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from gems_desktop.decoding.client import DecodeError
from gems_desktop.decoding.media_client import MediaClient, Ticket
from gems_desktop.decoding.media_facts import MediaError, MediaFacts
from gems_desktop.items.film_grid import FilmGrid
from gems_desktop.items.film_pictures import FilmPictures
from gems_desktop.items.sound_player import SoundPlayer

#: Slowest and fastest playing: beyond it too many pictures are left out to judge a film.
LEAST_RATE, MOST_RATE = 0.25, 2.0
#: Milliseconds between two looks at the clock while playing: faster than 60 pictures a second.
_TICK_MS = 15


class MoviePlayer(QObject):
    """One film at a time. Picture numbers count from 0; the sound plays through `sound` where the film has any."""

    imageChanged = Signal()
    frameChanged = Signal()
    playingChanged = Signal()
    rateChanged = Signal()
    mutedChanged = Signal()
    readyChanged = Signal()
    problemChanged = Signal()
    ended = Signal()

    def __init__(
        self,
        client: MediaClient,
        parent: QObject | None = None,
        *,
        sounds: Callable[[MediaClient, QObject], SoundPlayer] = SoundPlayer,
    ) -> None:
        super().__init__(parent)
        self._client, self._sounds = client, sounds
        self._sha256 = ""
        self._grid: FilmGrid | None = None
        self.sound: SoundPlayer | None = None
        self._wish = 0.0
        self._view = (0, 0)
        self._frame, self._shown = 0, -1
        self._forward = True
        self._image = QImage()
        self._playing, self._rate, self._muted, self._problem = False, 1.0, False, ""
        self._probe: Ticket | None = None
        self._pictures: FilmPictures | None = None
        self._clock, self._clock_from = QElapsedTimer(), 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def facts(self) -> MediaFacts | None:
        """What the film is, once it is known."""
        return self._grid.facts if self._grid is not None else None

    @property
    def grid(self) -> FilmGrid | None:
        """How its pictures are counted."""
        return self._grid

    def image(self) -> QImage:
        """The picture to show: the one asked for, or the last until that is there."""
        return self._image

    @Slot(str)
    @Slot(str, float)
    def open(self, sha256: str, fps: float = 0.0) -> None:
        """Get ready to show a film; `fps` > 0 counts that many pictures a second instead of the file's own."""
        self.shut()
        self._sha256, self._wish = sha256, fps
        self._probe = self._client.probe(sha256, self._on_facts)

    @Slot()
    def shut(self) -> None:
        """Stop, and forget the film."""
        self.pause()
        if self._probe is not None:
            self._probe.cancel()
            self._probe = None
        if self._pictures is not None:
            self._pictures.close()
            self._pictures = None
        if self.sound is not None:
            self.sound.shut()
            self.sound.deleteLater()
            self.sound = None
        self._sha256 = ""
        had, self._grid = self._grid is not None, None
        self._image, self._shown = QImage(), -1
        self._set_frame(0)
        self._say("")
        if had:
            self.readyChanged.emit()
            self.imageChanged.emit()

    @Slot(int, int)
    def setView(self, width: int, height: int) -> None:
        """How large the picture is shown, in pixels; pictures are not decoded larger."""
        if (width, height) != self._view and width > 0 and height > 0:
            self._view = (width, height)
            if self._pictures is not None:
                self._pictures.resize(width, height)

    @Slot()
    def play(self) -> None:
        """Play from here on; from the beginning if this is the last picture."""
        if self._grid is None or self._playing:
            return
        if self._frame >= self._grid.count - 1:
            self._set_frame(0)
        self._forward = True
        self._playing = True
        self._go_on()
        self._timer.start()
        self.playingChanged.emit()
        self._want()

    @Slot()
    def pause(self) -> None:
        """Stop at the picture that is wanted now."""
        if not self._playing:
            return
        self._playing = False
        self._timer.stop()
        if self.sound is not None:
            self.sound.pause()
        self.playingChanged.emit()

    @Slot()
    def toggle(self) -> None:
        """Play or pause."""
        if self._playing:
            self.pause()
        else:
            self.play()

    @Slot(int)
    def step(self, count: int) -> None:
        """Go some pictures on, or back when negative; stops playing."""
        self.pause()
        self._forward = count >= 0
        self._go(self._frame + count)

    @Slot(int)
    def seekFrame(self, number: int) -> None:
        """Go to a picture; goes on playing if it was."""
        self._forward = True
        self._go(number)
        if self._playing:
            self._go_on()

    @Slot(float)
    def seek(self, seconds: float) -> None:
        """Go to the picture that is shown at a time."""
        if self._grid is not None:
            self.seekFrame(self._grid.at(seconds))

    def _go(self, number: int) -> None:
        if self._grid is not None:
            self._set_frame(max(0, min(number, self._grid.count - 1)))
            self._want()

    def _go_on(self) -> None:
        """Start the clocks at the picture that is wanted now."""
        if self._grid is None:
            return
        when = self._grid.time_of(self._frame)
        self._clock_from = when
        self._clock.start()
        if self.sound is not None:
            self.sound.pause()
            self.sound.seek(when)
            self.sound.play()

    def _time(self) -> float:
        if self.sound is not None and self.sound.running():
            return self.sound.now()
        return self._clock_from + self._clock.elapsed() / 1000 * self._rate

    def _tick(self) -> None:
        if self._grid is None:
            return
        when = self._time()
        if self.sound is not None and self.sound.running():  # its own clock goes on where the sound ends
            self._clock_from = when
            self._clock.start()
        number = self._grid.at(when)
        if number != self._frame:
            self._set_frame(number)
            self._want()
        if when >= self._grid.facts.duration_s - 1e-3:
            self.pause()
            self.ended.emit()

    def _want(self) -> None:
        if self._grid is not None and self._pictures is not None:
            self._pictures.want(self._grid.in_file(self._frame), self._forward, self._playing)

    def _on_facts(self, facts: MediaFacts | DecodeError) -> None:
        self._probe = None
        if isinstance(facts, DecodeError):
            self._say(facts.sentence)
            return
        if facts.kind != "movie":
            self._say(MediaError("no_film").sentence)
            return
        self._grid = FilmGrid(facts, self._wish)
        if facts.has_sound:
            self.sound = self._sounds(self._client, self)
            self.sound.setVolume(0.0 if self._muted else 1.0)
            self.sound.setRate(self._rate)
            self.sound.open_known(self._sha256, facts)
        self._pictures = FilmPictures(self._client, self._sha256, facts, self._show, self._say)
        if self._view[0] > 0:
            self._pictures.resize(*self._view)
        self.readyChanged.emit()
        self._want()

    def _show(self, image: QImage) -> None:
        if self._shown != self._frame or image.cacheKey() != self._image.cacheKey():
            self._image, self._shown = image, self._frame
            self.imageChanged.emit()

    def _set_frame(self, number: int) -> None:
        if number != self._frame:
            self._frame = number
            self.frameChanged.emit()

    def _say(self, sentence: str) -> None:
        problem = QCoreApplication.translate("Gems", sentence) if sentence else ""
        if problem != self._problem:
            self._problem = problem
            self.problemChanged.emit()

    def _get_frame(self) -> int:
        return self._frame

    def _get_shown(self) -> int:
        return self._shown

    def _get_frames(self) -> int:
        return self._grid.count if self._grid is not None else 0

    def _get_fps(self) -> float:
        return self._grid.fps if self._grid is not None else 0.0

    def _get_duration(self) -> float:
        return self._grid.facts.duration_s if self._grid is not None else 0.0

    def _get_position(self) -> float:
        return self._grid.time_of(self._frame) if self._grid is not None else 0.0

    def _get_playing(self) -> bool:
        return self._playing

    def _get_rate(self) -> float:
        return self._rate

    def _set_rate(self, rate: float) -> None:
        rate = max(LEAST_RATE, min(rate, MOST_RATE))
        if rate == self._rate:
            return
        self._rate = rate
        if self.sound is not None:
            self.sound.setRate(rate)
        if self._playing:
            self._go_on()
        self.rateChanged.emit()

    def _get_muted(self) -> bool:
        return self._muted

    def _set_muted(self, muted: bool) -> None:
        if muted != self._muted:
            self._muted = muted
            if self.sound is not None:
                self.sound.setVolume(0.0 if muted else 1.0)
            self.mutedChanged.emit()

    def _get_ready(self) -> bool:
        return self._grid is not None

    def _get_problem(self) -> str:
        return self._problem

    def _get_width(self) -> int:
        return self.facts.width if self.facts is not None else 0

    def _get_height(self) -> int:
        return self.facts.height if self.facts is not None else 0

    frame = Property(int, _get_frame, notify=frameChanged)
    shownFrame = Property(int, _get_shown, notify=imageChanged)
    frames = Property(int, _get_frames, notify=readyChanged)
    fps = Property(float, _get_fps, notify=readyChanged)
    duration = Property(float, _get_duration, notify=readyChanged)
    position = Property(float, _get_position, notify=frameChanged)
    playing = Property(bool, _get_playing, notify=playingChanged)
    rate = Property(float, _get_rate, _set_rate, notify=rateChanged)
    muted = Property(bool, _get_muted, _set_muted, notify=mutedChanged)
    ready = Property(bool, _get_ready, notify=readyChanged)
    problem = Property(str, _get_problem, notify=problemChanged)
    width = Property(int, _get_width, notify=readyChanged)
    height = Property(int, _get_height, notify=readyChanged)
