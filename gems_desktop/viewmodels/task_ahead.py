# SPDX-License-Identifier: Apache-2.0
"""Opens the files of a coming task before it is on the screen, each as its object will ask for it.

What comes back stays in the caches of the clients, which are bounded; nothing of it is held here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from gems_desktop.decoding.media_limits import PAGE_EDGE
from gems_protocol.modules import Module, Node
from gems_protocol.modules.check import MEDIA
from gems_protocol.modules.tree import MEDIA_TAGS

if TYPE_CHECKING:
    from gems_desktop.decoding.media_client import MediaClient

FILES = 4  # of one object: those that are looked at first
PEAKS = 1_000  # parts of a wave: about one for each pixel of its width


def ahead(
    images: Any, module: Module, data: dict[str, Any], size_of: Callable[[str], tuple[int, int]]
) -> None:
    """Have the files of a task opened. `size_of` tells in how many pixels the object of a name was painted last."""
    for node in module.objects():
        for sha256 in _files(node, data):
            if node.tag == "Image":
                images.request(sha256, *size_of(node.name), _ignore)
            elif (media := getattr(images, "media", None)) is not None:
                _open(media, node, sha256, size_of(node.name))


def _files(node: Node, data: dict[str, Any]) -> Iterator[str]:
    names = [node.variable if node.tag in MEDIA_TAGS else "", node.sound]
    for name in names:
        value = data.get(name) if name else None
        for each in (value if isinstance(value, list) else [value])[:FILES]:
            if isinstance(each, str) and MEDIA.fullmatch(each):
                yield each.removeprefix("sha256:")


def _open(media: MediaClient, node: Node, sha256: str, size: tuple[int, int]) -> None:
    if node.tag == "Pdf":
        media.page(sha256, 0, PAGE_EDGE, PAGE_EDGE, _ignore)
    elif node.tag == "Video":
        media.probe(sha256, _ignore)
        media.frames(sha256, 0, 1, *size, _ignore, ahead=True)
    else:
        media.probe(sha256, lambda facts: _wave(media, sha256, facts))


def _wave(media: MediaClient, sha256: str, facts: Any) -> None:
    seconds = getattr(facts, "duration_s", 0.0)  # an error has none: it is told when the task's turn comes
    if seconds > 0:
        media.peaks(sha256, 0.0, seconds, PEAKS, _ignore)


def _ignore(_: object) -> None:
    """What was fetched ahead stays in the client's cache."""
