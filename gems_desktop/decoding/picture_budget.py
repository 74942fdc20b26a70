# SPDX-License-Identifier: Apache-2.0
"""The last pictures of films and pages, up to a number of bytes."""

from collections import OrderedDict

from PySide6.QtGui import QImage

#: File, "frame" or "page", number, most width, most height.
PictureKey = tuple[str, str, int, int, int]


class PictureBudget:
    """Forgets what was not asked for longest."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._images: OrderedDict[PictureKey, QImage] = OrderedDict()

    @property
    def bytes(self) -> int:
        """Bytes held now."""
        return self._bytes

    def get(self, key: PictureKey) -> QImage | None:
        """A picture, if it is still there."""
        image = self._images.get(key)
        if image is not None:
            self._images.move_to_end(key)
        return image

    def put(self, key: PictureKey, image: QImage) -> None:
        """Keep a picture, and let go of the oldest beyond the budget."""
        old = self._images.pop(key, None)
        self._bytes += image.sizeInBytes() - (old.sizeInBytes() if old is not None else 0)
        self._images[key] = image
        while self._bytes > self._most and self._images:
            self._bytes -= self._images.popitem(last=False)[1].sizeInBytes()
