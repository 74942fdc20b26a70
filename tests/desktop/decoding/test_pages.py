# SPDX-License-Identifier: Apache-2.0
"""PDF pages as pictures and as plain text, and nothing else of them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPointF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter

from gems_desktop.decoding.media_client import MediaClient
from gems_desktop.decoding.media_facts import MediaError, PageText
from tests.helpers.media_desk import Desk, until


def document(pages: int, words: str = "plain words") -> bytes:
    """An A4 document: a red block in the middle of each page, and a line of text at its top."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(72)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    painter = QPainter(writer)
    for page in range(pages):
        if page:
            writer.newPage()
        painter.fillRect(150, 300, 200, 200, QColor("red"))
        painter.drawText(QPointF(50, 50), f"{words} {page}")
    painter.end()
    return bytes(buffer.data().data())


def tiny(pages: int) -> bytes:
    """A document of many empty pages, in few bytes."""
    kids = " ".join(["3 0 R"] * pages)
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
    ]
    return assembled(parts)


def assembled(parts: list[str]) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def test_a_large_page(desk: Desk) -> None:
    image = desk.get("page", desk.put(document(1)), 0, 3200, 3200)
    assert (image.width(), image.height()) == (2261, 3200)
    assert image.pixelColor(1000, 1500).red() > 200 and image.pixelColor(1000, 1500).green() < 50


def test_pages_are_fitted_on_white(desk: Desk) -> None:
    sha256 = desk.put(document(3))
    facts = desk.get("probe", sha256)
    assert (facts.kind, facts.pages, facts.width, facts.height) == ("pages", 3, 595, 842)
    image = desk.get("page", sha256, 1, 400, 421)
    assert isinstance(image, QImage) and image.height() == 421 and image.width() == pytest.approx(298, abs=1)
    assert image.pixelColor(2, 2) == QColor("white")
    assert image.pixelColor(130, 210).getRgb()[:3] == (255, 0, 0)
    assert desk.get("page", sha256, 1, 400, 421) is not None
    assert desk.get("page", sha256, 3, 100, 100).code == "no_page"
    assert desk.get("page", sha256, -1, 100, 100).code == "no_page"


def test_the_text_of_a_page_and_where_it_stands(desk: Desk) -> None:
    text = desk.get("page_text", desk.put(document(2)), 1)
    assert isinstance(text, PageText)
    assert text.text.strip() == "plain words 1"
    (line,) = text.lines
    assert text.text[line.start : line.end] == "plain words 1"
    assert 5 < line.x < 20 and 2 < line.y < 15 and 0 < line.height < 5
    assert text.inside(0, 0, 100, 100) == "plain words 1"
    assert text.inside(0, 50, 100, 50) == ""
    assert text.inside(0, 0, line.x + line.width * 5.2 / 13, 100) == "plain"


BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("cut off", lambda: document(1)[:300], "broken"),
    ("garbage after the header", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "broken"),
    ("10,000 pages", lambda: tiny(10_000), "too_long"),
    ("claims 2 billion pages", lambda: tiny(1).replace(b"/Count 1", b"/Count 2147483647"), "too_long"),
    ("a page of a kilometre", lambda: tiny(1).replace(b"0 0 100 100", b"0 0 2834645 2834645"), "too_big"),
]


@pytest.mark.parametrize(("what", "make", "why"), BAD, ids=[row[0] for row in BAD])
def test_bad_documents_cost_a_sentence(desk: Desk, what: str, make: Callable[[], bytes], why: str) -> None:
    sha256 = desk.put(make())
    error = desk.get("probe", sha256)
    if why == "too_long" and getattr(error, "pages", None) == 1:
        return  # the reader counted for itself
    assert error.code in (why, "broken") and error.sentence
    assert desk.get("probe", desk.put(document(1))).pages == 1


def test_a_document_without_end_is_given_up(desk: Desk) -> None:
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [2 0 R] >>"]
    sha256 = desk.put(assembled(parts))
    hasty = MediaClient(desk.files.get, timeout_s=2.0)
    got: list[MediaError] = []
    hasty.probe(sha256, got.append)  # type: ignore[arg-type]
    until(lambda: bool(got))
    hasty.close()
    assert got[0].code in ("timeout", "broken")


def test_packed_within_packed_within_packed(desk: Desk) -> None:
    import zlib

    inner = b"q " * 60_000_000
    for _ in range(2):
        inner = zlib.compress(inner, 9)
    body = inner.decode("latin-1")
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>",
        f"<< /Length {len(inner)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n{body}\nendstream",
    ]
    sha256 = desk.put(assembled(parts))
    result = desk.get("page", sha256, 0, 100, 100)
    if not isinstance(result, QImage):  # it may also draw what it could hold
        assert result.code in ("crashed", "timeout", "too_big", "broken")
    assert isinstance(desk.get("page", desk.put(document(1)), 0, 50, 50), QImage)


def test_a_script_and_a_link_do_nothing(desk: Desk) -> None:
    parts = [
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /AA << /O << /S /URI /URI (http://127.0.0.1:9/) >> >>"
        " /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 99 99] /A << /S /Launch /F (/bin/true) >> >>] >>",
    ]
    image = desk.get("page", desk.put(assembled(parts)), 0, 60, 60)
    assert isinstance(image, QImage) and image.pixelColor(30, 30) == QColor("white")


def test_letters_of_the_fourteen_fonts_that_are_never_embedded(desk: Desk) -> None:
    stream = "BT /F1 40 Tf 10 40 Td (HHHH) Tj ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    sha256 = desk.put(assembled(parts))
    image = desk.get("page", sha256, 0, 200, 100)
    assert isinstance(image, QImage)
    assert any(image.pixelColor(x, 45).lightness() < 100 for x in range(10, 120))
    assert desk.get("page_text", sha256, 0).text.strip() == "HHHH"
