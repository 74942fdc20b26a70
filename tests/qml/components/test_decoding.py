# SPDX-License-Identifier: Apache-2.0
"""Pictures from outside: bombs, liars and crashes cost an error each, never the window."""

import hashlib
import os
import resource
import signal
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageIOHandler, QImageWriter, QPainter

from gems_desktop.decoding.client import DecodeClient, Decoded, DecodeError, own_size, read_answer
from gems_desktop.decoding.formats import picture_format

Store = dict[str, Path | bytes]


def encoded(image: QImage, kind: str) -> bytes:
    array = QByteArray()
    buffer = QBuffer(array)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload]
    buffer.close()
    return bytes(array.data())


def plain(width: int, height: int, kind: str = "PNG") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return encoded(image, kind)


def png_bomb(edge: int) -> bytes:
    """A grey PNG of edge x edge pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(edge + 1)) for _ in range(edge)) + packer.flush()
    head = struct.pack(">IIBBBBB", edge, edge, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def store() -> Store:
    return {}


@pytest.fixture
def client(qt_app: QGuiApplication, store: Store) -> Iterator[DecodeClient]:
    made = DecodeClient(store.get, timeout_s=8.0)
    yield made
    made.close()


def put(store: Store, data: bytes, folder: Path | None = None) -> str:
    """Keep `data` as a picture, as bytes or as a file; gives its hash."""
    sha256 = hashlib.sha256(data).hexdigest()
    if folder is None:
        store[sha256] = data
    else:
        path = folder / sha256
        path.write_bytes(data)
        store[sha256] = path
    return sha256


def code(result: Decoded) -> str:
    assert isinstance(result, DecodeError), result
    assert result.sentence
    return result.code


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_allowed_pictures_are_fitted(client: DecodeClient, store: Store, tmp_path: Path, kind: str) -> None:
    name = put(store, plain(1200, 600, kind), tmp_path)
    result = client.decode_now(name, 300, 300)
    assert isinstance(result, QImage)
    assert (result.width(), result.height()) == (300, 150)
    assert abs(result.pixelColor(10, 10).green() - 128) < 4


def test_a_small_picture_is_not_blown_up(client: DecodeClient, store: Store) -> None:
    result = client.decode_now(put(store, plain(20, 10)), 300, 300)
    assert isinstance(result, QImage) and result.width() == 20


REFUSED: list[tuple[str, Callable[[], bytes], str]] = [
    ("8000x8000 PNG", lambda: png_bomb(8000), "too_big"),
    ("4500x4500 grey PNG", lambda: png_bomb(4950), "too_big"),
    ("8000x8000 WebP", lambda: plain(8000, 8000, "WEBP"), "too_big"),
    ("truncated PNG", lambda: plain(400, 400)[:120], "broken"),
    ("truncated JPEG header", lambda: plain(400, 400, "JPEG")[:30], "broken"),
    ("SVG", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><use href='#a'/></svg>", "format"),
    ("TIFF", lambda: b"II*\x00" + bytes(100), "format"),
    ("GIF", lambda: b"GIF89a" + bytes(100), "format"),
    ("HTML", lambda: b"<!DOCTYPE html><html><img src=x>", "format"),
    ("PNG name, HTML inside", lambda: b"\x89PNG\r\n\x1a\n<html>" + bytes(50), "broken"),
    ("GIF after a JPEG start", lambda: b"\xff\xd8\xffGIF89a" + bytes(200), "broken"),
    ("nothing", lambda: b"\x00", "format"),
]


@pytest.mark.parametrize(("what", "make", "why"), REFUSED, ids=[row[0] for row in REFUSED])
def test_bombs_and_liars_are_refused(
    client: DecodeClient, store: Store, tmp_path: Path, what: str, make: Callable[[], bytes], why: str
) -> None:
    name = put(store, make(), tmp_path)
    assert code(client.decode_now(name, 800, 600)) == why
    assert isinstance(client.decode_now(put(store, plain(8, 8)), 8, 8), QImage)


def test_a_polyglot_shows_the_picture_and_nothing_else(client: DecodeClient, store: Store) -> None:
    data = plain(30, 30) + b"<script>alert(1)</script>PK\x03\x04"
    assert picture_format(data) == "png"
    assert isinstance(client.decode_now(put(store, data), 30, 30), QImage)


def test_bytes_that_do_not_fit_their_hash_are_refused(
    client: DecodeClient, store: Store, tmp_path: Path
) -> None:
    name = put(store, plain(30, 30), tmp_path)
    (tmp_path / name).write_bytes(plain(31, 31))
    assert code(client.decode_now(name, 30, 30)) == "hash"
    assert code(client.decode_now("0" * 64, 30, 30)) == "missing"


@pytest.mark.skipif(sys.platform != "linux", reason="signals and /proc")
def test_a_killed_worker_is_replaced(client: DecodeClient, store: Store) -> None:
    small, other = put(store, plain(8, 8)), put(store, plain(9, 9))
    assert isinstance(client.decode_now(small, 8, 8), QImage)
    pid = client.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    results: list[Decoded] = []
    loop = QEventLoop()
    client.request(other, 9, 9, lambda result: (results.append(result), loop.quit()))
    QTimer.singleShot(50, lambda: os.kill(pid, signal.SIGKILL))
    loop.exec()
    assert code(results[0]) == "crashed"
    assert isinstance(client.decode_now(other, 9, 9), QImage)
    assert client.worker_pid != pid


@pytest.mark.skipif(sys.platform != "linux", reason="signals")
def test_a_worker_that_hangs_is_stopped(qt_app: QGuiApplication, store: Store) -> None:
    client = DecodeClient(store.get, timeout_s=0.3)
    other = put(store, plain(9, 9))
    client.decode_now(put(store, plain(8, 8)), 8, 8)
    pid = client.worker_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    assert code(client.decode_now(other, 9, 9)) == "timeout"
    client.close()


def test_memory_of_the_window_stays_small(client: DecodeClient, store: Store) -> None:
    names = [put(store, plain(1000 + at, 900, "JPEG")) for at in range(40)]
    client.decode_now(names[0], 10, 10)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name in names:
        assert isinstance(client.decode_now(name, 1000, 900), QImage)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 80, f"{grown:.0f} MB"


@pytest.mark.parametrize(
    "answer",
    [
        {"width": 100000, "height": 1, "stride": 400000},
        {"width": 2, "height": 2, "stride": 4},
        {"width": "2", "height": 2, "stride": 8},
        {"error": "made up"},
        {},
    ],
)
def test_the_worker_is_not_believed(answer: dict[str, object]) -> None:
    assert code(read_answer(answer, b"1234")) == "crashed"


def quarters(width: int, height: int) -> QImage:
    """Red, green over blue, white."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for at, name in enumerate(("red", "green", "blue", "white")):
        painter.fillRect(at % 2 * width // 2, at // 2 * height // 2, width // 2, height // 2, QColor(name))
    painter.end()
    return image


def a_part(client: DecodeClient, sha256: str, part: tuple[float, float, float, float], edge: int) -> QImage:
    found: list[Decoded] = []
    loop = QEventLoop()
    client.request_region(sha256, part, edge, edge, lambda result: (found.append(result), loop.quit()))
    loop.exec()
    assert isinstance(found[0], QImage)
    return found[0]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_part_of_a_picture(client: DecodeClient, store: Store, kind: str) -> None:
    sha256 = put(store, encoded(quarters(800, 400), kind))
    image = a_part(client, sha256, (50, 50, 50, 50), 4000)
    assert (image.width(), image.height()) == (400, 200)
    assert image.pixelColor(200, 100).lightness() > 240
    assert own_size(image) == (800, 400)
    image = a_part(client, sha256, (0, 50, 50, 50), 100)
    assert (image.width(), image.height()) == (100, 50)
    assert image.pixelColor(50, 25).blue() > 200 > image.pixelColor(50, 25).red()


@pytest.mark.parametrize("turn", range(8))
def test_a_part_of_a_turned_picture(client: DecodeClient, store: Store, turn: int) -> None:
    image = quarters(80, 40)
    array = QByteArray()
    buffer = QBuffer(array)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setTransformation(QImageIOHandler.Transformation(turn))
    assert writer.write(image)
    buffer.close()
    sha256 = put(store, bytes(array.data()))
    whole = client.decode_now(sha256, 400, 400)
    assert isinstance(whole, QImage) and own_size(whole) == (whole.width(), whole.height())
    cut = a_part(client, sha256, (50, 0, 50, 50), 400)
    assert cut.size() == whole.size() / 2
    there = whole.pixelColor(whole.width() * 3 // 4, whole.height() // 4)
    here = cut.pixelColor(cut.width() // 2, cut.height() // 2)
    assert abs(there.red() - here.red()) + abs(there.blue() - here.blue()) < 40
