# SPDX-License-Identifier: Apache-2.0
"""The words in a piece of HTML: read in one pass, since the parser of the library takes minutes for hostile pages."""

from __future__ import annotations

import re
from html import unescape

from gems_protocol.modules import limits

_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9]{0,20}", re.ASCII)
_PICTURE = re.compile(r"""src=["']?sha256:([0-9a-f]{64})(?![0-9a-f])""", re.ASCII)
_HIDDEN = frozenset({"script", "style", "template", "iframe", "object"})  # what no one reads
_TAG = 4_000  # characters of one tag: longer ones show no picture


def from_html(html: str) -> tuple[str, str]:
    """The words in a piece of HTML, and the SHA-256 of the first picture of the task in it ("sha256:…")."""
    html = html[: limits.TEXT_LENGTH]
    lower = html.lower() if html.isascii() else "".join(c.lower() if c.isascii() else c for c in html)
    words: list[str] = []
    picture, at = "", 0
    while (start := html.find("<", at)) >= 0:
        words.append(html[at:start])
        name = _NAME.match(html, start + 1)
        if name is None and html[start + 1 : start + 2] not in ("!", "?"):
            words.append("<")  # a sign between words
            at = start + 1
            continue
        closing = "-->" if html.startswith("<!--", start) else ">"
        end = html.find(closing, start + 1)
        if end < 0:
            return _joined(words), picture  # cut off inside a tag
        at = end + len(closing)
        words.append(" ")
        kind = name[0].lower() if name is not None else ""
        if kind == "img" and not picture and end - start < _TAG:
            plain = " ".join(lower[start:end].split()).replace(" =", "=").replace("= ", "=")
            found = _PICTURE.search(plain)
            picture = found[1] if found else ""
        if kind in _HIDDEN:
            after = lower.find(f"</{kind}", at)
            if after < 0:
                return _joined(words), picture
            at = after
    words.append(html[at:])
    return _joined(words), picture


def _joined(words: list[str]) -> str:
    return " ".join(unescape("".join(words)).split())
