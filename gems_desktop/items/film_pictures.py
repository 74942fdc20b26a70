# SPDX-License-Identifier: Apache-2.0
"""Which pictures of a film are asked for, and when: the wanted one first, then what is likely wanted next."""

from collections.abc import Callable

from PySide6.QtGui import QImage

from gems_desktop.decoding.client import DecodeError
from gems_desktop.decoding.media_client import MediaClient, Ticket
from gems_desktop.decoding.media_facts import MediaFacts, MovieFrames
from gems_desktop.items.film_grid import next_run, run_length, run_to

#: File number, width, height of a picture.
_Place = tuple[int, int, int]


class FilmPictures:
    """The pictures of one film; `show` is called with a wanted one, `say` with the reason why there is none."""

    def __init__(
        self,
        client: MediaClient,
        sha256: str,
        facts: MediaFacts,
        show: Callable[[QImage], None],
        say: Callable[[str], None],
    ) -> None:
        self._client, self._sha256, self._facts = client, sha256, facts
        self._show, self._say = show, say
        self._wanted: tuple[int, bool, bool] | None = None
        self._now: Ticket | None = None
        self._now_for: _Place = (-1, 0, 0)
        self._ahead: Ticket | None = None
        self._coming: set[_Place] = set()  # what the run ahead will bring
        self._barren: set[_Place] = set()  # what no run ahead could bring
        self._size = (facts.width, facts.height)

    def resize(self, width: int, height: int) -> None:
        """Pictures are not decoded larger than this."""
        size = min(width, self._facts.width), min(height, self._facts.height)
        if size != self._size:
            self._size = size
            self._again()

    def want(self, number: int, forward: bool, playing: bool) -> None:
        """Show a picture (by its number in the file) as soon as it is there."""
        self._wanted = (number, forward, playing)
        self._again()

    def close(self) -> None:
        """Ask for nothing more."""
        self._wanted = None
        self._drop_now()
        self._drop_ahead()

    def _again(self) -> None:
        if self._wanted is None:
            return
        number, forward, playing = self._wanted
        place = (number, *self._size)
        image = self._client.frame(self._sha256, *place)
        if image is not None:
            self._drop_now()
            self._show(image)
            self._look_ahead()
        elif place not in self._coming and (self._now is None or self._now_for != place):
            self._drop_now()
            self._drop_ahead()  # it was for another place
            self._now_for = place
            run = run_length(*self._size)
            first, count = (number, run) if playing else run_to(number, forward, run)
            self._now = self._client.frames(self._sha256, first, count, *self._size, self._on_now)

    def _look_ahead(self) -> None:
        if self._ahead is not None or self._wanted is None:
            return
        number, forward, playing = self._wanted
        size = self._size

        def held(place: int) -> bool:
            known = self._client.frame(self._sha256, place, *size) is not None
            return known or (place, *size) in self._barren

        run = next_run(number, self._facts.frames - 1, forward, run_length(*size), held)
        if run is not None:
            first, count = run
            self._coming = {(place, *size) for place in range(first, first + count)}
            self._ahead = self._client.frames(
                self._sha256, first, count, *size, self._on_ahead, ahead=not playing
            )

    def _drop_now(self) -> None:
        if self._now is not None:
            self._now.cancel()
            self._now = None

    def _drop_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.cancel()
            self._ahead = None
        self._coming = set()

    def _on_now(self, result: MovieFrames | DecodeError) -> None:
        self._now = None
        if isinstance(result, DecodeError):
            self._say(result.sentence)
        else:
            self._say("")
            self._again()

    def _on_ahead(self, result: MovieFrames | DecodeError) -> None:
        self._ahead = None
        if isinstance(result, DecodeError):  # not asked for again: what is looked at will say what is wrong
            self._barren |= self._coming
        self._coming = set()
        self._again()
