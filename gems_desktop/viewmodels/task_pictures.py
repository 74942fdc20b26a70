# SPDX-License-Identifier: Apache-2.0
"""Which files of a task people can see by now, which cannot be shown, and those that are fetched ahead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from gems_desktop.viewmodels.task_ahead import ahead
from gems_protocol.modules import Module

if TYPE_CHECKING:
    from gems_desktop.decoding.media_client import MediaClient
    from gems_desktop.viewmodels.task_list import TaskList

_USUAL = (1024, 768)  # pixels, before anything was painted
SHOWING = frozenset({"image", "audio", "video", "pdf"})  # kinds of rows that show a file


class Pictures(Protocol):
    """Where pictures come from: gems_desktop.decoding.client.DecodeClient."""

    def request(self, sha256: str, max_w: int, max_h: int, callback: Any) -> None:
        """Call `callback` later with a QImage or an error that has a `sentence`."""

    def request_region(self, sha256: str, part: Any, max_w: int, max_h: int, callback: Any) -> None:
        """The same for `part` of a picture: x, y, width, height in percent."""

    def let_go(self) -> None:
        """Forget what only tasks long past needed."""


class Seen:
    """What became of each picture, by the name of the object that shows it."""

    def __init__(self) -> None:
        self._painted: dict[str, set[str]] = {}  # with several pages, those that were looked at
        self._failed: dict[str, str] = {}
        self._sizes: dict[str, tuple[int, int]] = {}

    def forget(self) -> None:
        """Another task is opened."""
        self._painted.clear()
        self._failed.clear()

    def painted(self, name: str, sha256: str, size: tuple[int, int]) -> bool:
        """Note what is painted, and the size in pixels of a picture, else (0, 0); whether that is news."""
        if min(size) > 0:
            self._sizes[name] = size
        self._failed.pop(name, None)
        painted = self._painted.setdefault(name, set())
        news = sha256 not in painted
        painted.add(sha256)
        return news

    def failed(self, name: str, sentence: str) -> bool:
        """Note why a picture cannot be shown; whether that is news."""
        news = self._failed.get(name) != sentence
        self._failed[name] = sentence
        return news

    def all(self, wanted: Iterable[tuple[str, str]]) -> bool:
        """Whether each (name, hash) is on the screen."""
        return all(sha256 in self._painted.get(name, ()) for name, sha256 in wanted)

    @property
    def problem(self) -> str:
        """Why one of them is missing, or nothing."""
        return next(iter(self._failed.values()), "")

    def size_of(self, name: str) -> tuple[int, int]:
        """In how many pixels the object of that name was painted last, in this task or one before."""
        return self._sizes.get(name, _USUAL)


class Showing:
    """A part of TaskViewModel: what its objects say about what they show."""

    images: Pictures
    shownChanged: Any
    _seen: Seen
    _list: TaskList

    @property
    def media(self) -> MediaClient | None:
        """Where sound, film and pages come from."""
        return getattr(self.images, "media", None)

    def pictures_of(self, name: str) -> Any:
        """Where the object of that name has its pictures from: itself, as a document has its pages, or the decoder."""
        parts = (row.part for row in self._list.rows if row.name == name)
        return next((part for part in parts if hasattr(part, "request_region")), self.images)

    def painted(self, name: str, sha256: str, size: tuple[int, int]) -> None:
        """What the object `name` shows is on the screen; a picture was decoded into `size` pixels."""
        if self._seen.painted(name, sha256.partition("#")[0], size):
            self.shownChanged.emit()

    def failed(self, name: str, sentence: str) -> None:
        """The file of the object `name` cannot be shown, and why."""
        if self._seen.failed(name, sentence):
            self.shownChanged.emit()

    def prefetch(self, module: Module, data: dict[str, Any]) -> None:
        """Have the files of a coming task opened at the size of the present ones."""
        ahead(self.images, module, data, self._seen.size_of)

    def is_shown(self) -> bool:
        """Whether everything that a person has to see before answering is on the screen."""
        own = [(row.name, row.picture) for row in self._list.rows if row.kind in SHOWING]
        return self._seen.all([*own, *(pair for part in self._list.parts for pair in part.wanted())])
