# SPDX-License-Identifier: Apache-2.0
"""The window's side of sound, film and pages: everything by hash, in other processes, answered on Qt's thread."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from gems_desktop.decoding import media_answers as answers
from gems_desktop.decoding.lane import HEARD, SEEN, SOON, WHOLE, Lane, Locate
from gems_desktop.decoding.limits import MAX_EDGE
from gems_desktop.decoding.media_facts import MediaError, MediaFacts, MovieFrames, PageText, Pcm, Peaks
from gems_desktop.decoding.media_formats import SNIFF_BYTES, container
from gems_desktop.decoding.media_limits import (
    ENVELOPE_STEPS,
    FRAME_CACHE_BYTES,
    MAX_BLOCK_S,
    MAX_BUCKETS,
    MAX_CLOSE_S,
    MAX_RUN,
    MEDIA_TIMEOUT_S,
    OVERVIEWS,
    PLAY_RATE,
)
from gems_desktop.decoding.overview import Overview
from gems_desktop.decoding.picture_budget import PictureBudget
from gems_desktop.decoding.process import FILM, PAGES

#: File, "frame" or "page", number, most width, most height.
PictureKey = tuple[str, str, int, int, int]


@dataclass(eq=False)
class Ticket:
    """A request under way."""

    callback: Callable[[Any], None]
    #: A view of the wave that waits for more of the overview: file, stretch, parts.
    view: tuple[str, float, float, int] | None = None
    live: bool = True

    def cancel(self) -> None:
        """Never call back; work that has not begun is dropped."""
        self.live = False


@dataclass
class _Whole:
    overview: Overview = field(default_factory=Overview)
    reading: bool = False
    waiting: list[Ticket] = field(default_factory=list)


class MediaClient(QObject):
    """Answers by callback on this object's thread, later; see the ADR on sound and moving pictures.

    `locate(sha256)` gives the file or the bytes of a file, or None; it is called on threads of the client, and by
    `probe` on the caller's.
    """

    _arrived = Signal(object)

    def __init__(
        self,
        locate: Locate,
        parent: QObject | None = None,
        *,
        timeout_s: float = MEDIA_TIMEOUT_S,
        cache_bytes: int = FRAME_CACHE_BYTES,
    ) -> None:
        super().__init__(parent)
        self._locate = locate
        self._film, self._pages = Lane(FILM, locate, timeout_s), Lane(PAGES, locate, timeout_s)
        self._pictures: PictureBudget[PictureKey] = PictureBudget(cache_bytes)
        self._wholes: OrderedDict[str, _Whole] = OrderedDict()
        self._closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def worker_pids(self) -> tuple[int | None, int | None]:
        """The process ids of the workers for film and for pages, where they run."""
        return self._film.worker_pid, self._pages.worker_pid

    def let_go(self) -> None:
        """Another task is on the screen: forget frames and pages that nobody asked for during the last ones."""
        self._pictures.turn()

    def probe(self, sha256: str, callback: Callable[[MediaFacts | MediaError], None]) -> Ticket:
        """What the file is."""
        # The first bytes tell which worker; what they say is checked there.
        return self._ask(self._lane_of(sha256), SEEN, sha256, {"op": "probe"}, callback, answers.facts)

    def pcm(
        self, sha256: str, start_s: float, seconds: float, callback: Callable[[Pcm | MediaError], None]
    ) -> Ticket:
        """Up to `seconds` (at most MAX_BLOCK_S) of sound from `start_s` on."""
        start = max(0, round(start_s * PLAY_RATE))
        count = max(1, round(min(seconds, MAX_BLOCK_S) * PLAY_RATE))
        header = {"op": "pcm", "start": start, "count": count}
        return self._ask(
            self._film, HEARD, sha256, header, callback,
            lambda head, body: answers.pcm(head, body, start / PLAY_RATE),
        )  # fmt: skip

    def peaks(
        self,
        sha256: str,
        start_s: float,
        end_s: float,
        buckets: int,
        callback: Callable[[Peaks | MediaError], None],
    ) -> Ticket:
        """The wave between two times in `buckets` parts.

        A view from afar comes out of an overview of the whole file: while that is being read, `callback` is called
        again and again, until `complete`.
        """
        buckets = max(1, min(buckets, MAX_BUCKETS))
        start_s, end_s = max(0.0, start_s), max(start_s + 1e-3, end_s)
        if (end_s - start_s) / buckets < 1 / ENVELOPE_STEPS and end_s - start_s <= MAX_CLOSE_S:
            header = {"op": "peaks", "start_s": start_s, "end_s": end_s, "buckets": buckets}
            return self._ask(
                self._film, SEEN, sha256, header, callback,
                lambda head, body: answers.peaks(head, body, start_s, end_s),
            )  # fmt: skip
        ticket = Ticket(callback, (sha256, start_s, end_s, buckets))
        whole = self._whole(sha256)
        if whole.overview.complete:
            self._arrived.emit(lambda: self._show(ticket, whole))
        else:
            whole.waiting.append(ticket)
            self._read_on(sha256, whole)
        return ticket

    def frames(
        self,
        sha256: str,
        first: int,
        count: int,
        max_w: int,
        max_h: int,
        callback: Callable[[MovieFrames | MediaError], None],
        *,
        ahead: bool = False,
    ) -> Ticket:
        """`count` (at most MAX_RUN) pictures of a film from number `first` (from 0) on, none larger than asked.

        Fewer come at the film's end, and when they are large. `ahead` lets what is looked at now go first.
        """
        max_w, max_h = _edge(max_w), _edge(max_h)
        count = max(1, min(count, MAX_RUN))
        held = [self.frame(sha256, first + n, max_w, max_h) for n in range(count)]
        if all(image is not None for image in held):
            ticket = Ticket(callback)
            known = MovieFrames(first, tuple(image for image in held if image is not None))
            self._arrived.emit(lambda: self._call(ticket, known))
            return ticket

        def read(head: dict[str, Any], body: bytes) -> MovieFrames | MediaError:
            return answers.frames(head, body, first)

        def keep(result: MovieFrames | MediaError) -> None:
            if isinstance(result, MovieFrames):
                for n, image in enumerate(result.images):
                    self._pictures.put((sha256, "frame", first + n, max_w, max_h), image)

        header = {"op": "frames", "first": first, "count": count, "max_w": max_w, "max_h": max_h}
        return self._ask(self._film, SOON if ahead else SEEN, sha256, header, callback, read, keep)

    def frame(self, sha256: str, number: int, max_w: int, max_h: int) -> QImage | None:
        """A picture of a film at once, if it is still held."""
        return self._pictures.get((sha256, "frame", number, _edge(max_w), _edge(max_h)))

    def page(
        self, sha256: str, page: int, max_w: int, max_h: int, callback: Callable[[QImage | MediaError], None]
    ) -> Ticket:
        """A page (from 0) of a document, fitted into `max_w` x `max_h` pixels."""
        key = (sha256, "page", page, _edge(max_w), _edge(max_h))
        known = self._pictures.get(key)
        if known is not None:
            ticket = Ticket(callback)
            self._arrived.emit(lambda: self._call(ticket, known))
            return ticket

        def keep(result: QImage | MediaError) -> None:
            if isinstance(result, QImage):
                self._pictures.put(key, result)

        header = {"op": "page", "page": page, "max_w": key[3], "max_h": key[4]}
        return self._ask(self._pages, SEEN, sha256, header, callback, answers.page, keep)

    def page_text(self, sha256: str, page: int, callback: Callable[[PageText | MediaError], None]) -> Ticket:
        """The text of a page (from 0), with the places of its lines."""
        header = {"op": "text", "page": page}
        return self._ask(
            self._pages, SOON, sha256, header, callback, lambda _head, body: answers.page_text(body)
        )

    def close(self) -> None:
        """Stop the workers; nothing is called back after it. Safe twice."""
        self._closed = True
        self._film.close()
        self._pages.close()

    def _ask(
        self,
        lane: Lane,
        urgency: int,
        sha256: str,
        header: dict[str, Any],
        callback: Callable[[Any], None],
        read: Callable[[dict[str, Any], bytes], Any],
        keep: Callable[[Any], None] | None = None,
    ) -> Ticket:
        ticket = Ticket(callback)

        def done(head: dict[str, Any], body: bytes) -> None:
            result = answers.error_of(head) or read(head, body)

            def deliver() -> None:
                if keep is not None:
                    keep(result)
                self._call(ticket, result)

            self._arrived.emit(deliver)

        lane.ask(urgency, sha256, header, lambda: ticket.live, done)
        return ticket

    def _deliver(self, action: Callable[[], None]) -> None:
        if not self._closed:
            action()

    def _call(self, ticket: Ticket, result: object) -> None:
        owner = getattr(ticket.callback, "__self__", None)  # may have gone with its task
        if ticket.live and not self._closed and (not isinstance(owner, QObject) or isValid(owner)):
            ticket.callback(result)

    def _lane_of(self, sha256: str) -> Lane:
        source = self._locate(sha256)
        if isinstance(source, bytes):
            head = source[:SNIFF_BYTES]
        elif source is None:
            head = b""
        else:
            try:
                with source.open("rb") as file:
                    head = file.read(SNIFF_BYTES)
            except OSError:
                head = b""
        return self._pages if container(head) == "pdf" else self._film

    def _whole(self, sha256: str) -> _Whole:
        whole = self._wholes.pop(sha256, None) or _Whole()
        self._wholes[sha256] = whole
        idle = [key for key, other in self._wholes.items() if not other.waiting and key != sha256]
        for key in idle[: max(0, len(self._wholes) - OVERVIEWS)]:
            del self._wholes[key]
        return whole

    def _read_on(self, sha256: str, whole: _Whole) -> None:
        if whole.reading:
            return
        whole.reading = True

        def done(head: dict[str, Any], body: bytes) -> None:
            self._arrived.emit(lambda: self._grow(sha256, whole, head, body))

        # Never dropped in the queue: `_grow` decides whether anybody still waits.
        header = {"op": "envelope", "start": whole.overview.steps}
        self._film.ask(WHOLE, sha256, header, lambda: True, done)

    def _grow(self, sha256: str, whole: _Whole, head: dict[str, Any], body: bytes) -> None:
        whole.reading = False
        error = answers.error_of(head)
        if error is None:
            try:
                before = whole.overview.steps
                whole.overview.add(head.get("channels", 0), body, bool(head.get("final")))
                if whole.overview.steps == before and not whole.overview.complete:
                    error = MediaError("crashed")  # it would be asked for ever
            except (ValueError, TypeError):
                error = MediaError("crashed")
        whole.waiting = [ticket for ticket in whole.waiting if ticket.live]
        waiting = list(whole.waiting)
        if error is not None or whole.overview.complete:
            whole.waiting.clear()
        for ticket in waiting:
            if error is not None:
                self._call(ticket, error)
            else:
                self._show(ticket, whole)
        if whole.waiting and not self._closed:
            self._read_on(sha256, whole)

    def _show(self, ticket: Ticket, whole: _Whole) -> None:
        if ticket.view is not None and ticket.live:
            self._call(ticket, whole.overview.view(*ticket.view[1:]))


def _edge(length: int) -> int:
    return max(1, min(length, MAX_EDGE))
