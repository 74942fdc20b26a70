# SPDX-License-Identifier: Apache-2.0
"""Which pictures of a task people can see by now, which cannot be shown, and those that are fetched ahead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from gems_protocol.modules import Module
from gems_protocol.modules.check import MEDIA


class Pictures(Protocol):
    """Where pictures come from: gems_desktop.decoding.client.DecodeClient."""

    def request(self, sha256: str, max_w: int, max_h: int, callback: Any) -> None:
        """Call `callback` later with a QImage or an error that has a `sentence`."""

    def request_region(self, sha256: str, part: Any, max_w: int, max_h: int, callback: Any) -> None:
        """The same for `part` of a picture: x, y, width, height in percent."""


class Seen:
    """What became of each picture, by the name of the object that shows it."""

    def __init__(self) -> None:
        self._painted: dict[str, set[str]] = {}  # with several pages, those that were looked at
        self._failed: dict[str, str] = {}
        self._last_size = (1024, 768)

    def forget(self) -> None:
        """Another task is opened."""
        self._painted.clear()
        self._failed.clear()

    def painted(self, name: str, sha256: str, size: tuple[int, int]) -> bool:
        """Note a painted picture and its size in pixels; whether that is news."""
        self._last_size = size
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

    def ahead(self, images: Pictures, module: Module, data: dict[str, Any]) -> None:
        """Have the pictures of a coming task decoded at the size of the last painted one."""
        for node in module.objects():
            value = data.get(node.variable) if node.tag == "Image" else None
            first = value[0] if isinstance(value, list) and value else value
            if isinstance(first, str) and MEDIA.fullmatch(first):
                images.request(first.removeprefix("sha256:"), *self._last_size, _ignore)


def _ignore(_: object) -> None:
    """A picture that was fetched ahead stays in the decoder's cache."""
