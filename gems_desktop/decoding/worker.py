# SPDX-License-Identifier: Apache-2.0
"""The worker's side: read a picture, check its hash and size, decode it scaled, send the pixels back."""

import hashlib
from pathlib import Path
from typing import Any, BinaryIO

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader

from gems_desktop import plain_imports
from gems_desktop.decoding.caging import cage
from gems_desktop.decoding.formats import picture_format
from gems_desktop.decoding.frames import BrokenPipe, read_frame, write_frame
from gems_desktop.decoding.limits import (
    ALLOCATION_MB,
    CPU_SECONDS,
    EXTRA_ADDRESS_SPACE,
    MAX_EDGE,
    MAX_FILE_BYTES,
    MAX_PIXELS,
)
from gems_desktop.decoding.parts import stored_part

plain_imports.restore()


class Refused(Exception):
    """This picture is not decoded; `code` is one of DecodeError's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the pipe closes."""
    QImageReader.setAllocationLimit(ALLOCATION_MB)
    limit_resources()
    write_frame(answers, {"ready": True})
    while True:
        try:
            header, body = read_frame(requests)
        except BrokenPipe:
            return
        try:
            image, (width, height) = decode(header, body)
        except Refused as refusal:
            write_frame(answers, {"error": refusal.code})
        except MemoryError:
            write_frame(answers, {"error": "too_big"})
        else:
            head = {"width": image.width(), "height": image.height(), "stride": image.bytesPerLine()}
            head |= {"alpha": image.hasAlphaChannel(), "original_width": width, "original_height": height}
            write_frame(answers, head, memoryview(image.constBits()))
        del body


def decode(header: dict[str, Any], body: bytes) -> tuple[QImage, tuple[int, int]]:
    """The picture in `body`, or in the file `header["path"]`, no larger than `max_w` x `max_h`, and its own size.

    With `header["part"]` (x, y, width, height in percent) only that part of it. Raises Refused.
    """
    data = body or _read_file(Path(str(header["path"])))
    if hashlib.sha256(data).hexdigest() != header["sha256"]:
        raise Refused("hash")
    kind = picture_format(data)
    if kind is None:
        raise Refused("format")
    room = QSize(min(int(header["max_w"]), MAX_EDGE), min(int(header["max_h"]), MAX_EDGE))
    store = QByteArray(data)
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    try:
        return _scaled(reader, room, header.get("part"))
    finally:
        # The reader must go before its buffer, or handlers crash in their destructors.
        del reader
        buffer.close()


def _scaled(reader: QImageReader, room: QSize, part: list[float] | None) -> tuple[QImage, tuple[int, int]]:
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        raise Refused("broken")
    if size.width() * size.height() > MAX_PIXELS:
        raise Refused("too_big")
    turned = reader.transformation()
    aside = bool(turned & QImageIOHandler.Transformation.TransformationRotate90)
    own = size.transposed() if aside else QSize(size)
    if part is not None:
        clip = stored_part(part, size, turned)
        reader.setClipRect(clip)
        size = clip.size()
    if aside:
        room = room.transposed()
    if size.width() > room.width() or size.height() > room.height():
        from PySide6.QtCore import Qt

        size.scale(room, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(QSize(max(1, size.width()), max(1, size.height())))
    return _read(reader), (own.width(), own.height())


def _read(reader: QImageReader) -> QImage:
    image = reader.read()
    if image.isNull():
        large = (
            reader.error() == QImageReader.ImageReaderError.InvalidDataError
            and "limit" in reader.errorString()
        )
        raise Refused("too_big" if large else "broken")
    if image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Refused("missing") from error
    if len(data) > MAX_FILE_BYTES:
        raise Refused("too_big")
    return data


def limit_resources() -> None:
    """Cap memory, processor time and file size of this process (POSIX; elsewhere the client's timeout holds)."""
    cage(EXTRA_ADDRESS_SPACE, CPU_SECONDS)
