# SPDX-License-Identifier: Apache-2.0
"""HTML as a light tree of elements and texts: bounded, linear, never refusing anything, and nothing of it is run.

Follows a browser where that decides how nodes are counted (implied ends, a table's body); whatever a browser would
run, load or hide is dropped.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MOST_NODES = 20_000
DEPTH = 32  # an XPath of that many steps still fits limits.PATH_LENGTH
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,40})")
_ENDLESS = re.compile(r"&#(?:[xX][0-9a-fA-F]{9,}|[0-9]{9,});?")
_VOID = _set("area base br col embed hr img input link meta param source track wbr")
# elements whose inside is no text, with what stands in it
_DROPPED = _set(
    "script style iframe noscript noembed noframes textarea title object svg math template select xmp"
    " audio video canvas"
)
_FRAME = frozenset(("html", "head", "body"))
_GONE = frozenset(("script", "iframe"))  # Label Studio takes them out before it counts
_HEAD = frozenset(("base", "link", "meta", *_DROPPED))
_BLOCKS = _set(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table ul"
)
# which open element ends when one of these begins, up to which element one looks
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "thead": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "tfoot": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
}
_BODIES = frozenset({"tbody", "thead", "tfoot"})


@dataclass(slots=True)
class Element:
    """One element: its tag in lower case, and the elements and texts in it."""

    tag: str
    children: list[Element | str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Add text; neighbouring texts are one node, as in a browser."""
        if text and self.children and isinstance(self.children[-1], str):
            self.children[-1] += text
        elif text:
            self.children.append(text)


def tree(markup: str) -> Element:
    """The body of `markup`."""
    reading = _Tree()
    for closing, tag, text in _tokens(markup):
        if not tag:
            reading.text(text)
        elif closing:
            reading.end(tag)
        else:
            reading.start(tag)
    return reading.root


def _tokens(markup: str) -> list[tuple[bool, str, str]]:
    """(closing, tag, text): a tag, or with no tag a text."""
    found: list[tuple[bool, str, str]] = []
    ends = _Ends(markup)
    at = 0
    while at < len(markup):
        opening = markup.find("<", at)
        opening = len(markup) if opening < 0 else opening
        if opening > at:
            found.append((False, "", _unescaped(markup[at:opening])))
        if opening == len(markup):
            break
        match = _TAG.match(markup, opening)
        if match is not None:
            at = ends.of_tag(match.end())
            tag = match[2].lower()
            found.append((bool(match[1]), tag, ""))
            if tag in _DROPPED and not match[1]:
                at = ends.of_element(tag, at)
        elif markup.startswith("<!--", opening):
            at = ends.behind("-->", opening + 4)
        elif markup.startswith(("<!", "<?", "</"), opening):
            at = ends.behind(">", opening + 2)
        else:
            found.append((False, "", "<"))
            at = opening + 1
    return found


def _unescaped(text: str) -> str:
    return html.unescape(_ENDLESS.sub("\ufffd", text)) if "&" in text else text


class _Ends:
    """Finds ends, and remembers which there are no more of, so that no markup is searched twice for nothing."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._none: set[str] = set()

    def behind(self, end: str, at: int) -> int:
        """Behind the next `end`, or behind all."""
        found = -1 if end in self._none else self._markup.find(end, at)
        if found < 0:
            self._none.add(end)
            return len(self._markup)
        return found + len(end)

    def of_tag(self, at: int) -> int:
        """Behind the `>` that is in no quotes."""
        while at < len(self._markup):
            char = self._markup[at]
            if char == ">":
                return at + 1
            at += 1
            if char in "\"'" and char not in self._none:
                closed = self._markup.find(char, at)
                if closed < 0:
                    self._none.add(char)
                else:
                    at = closed + 1
        return at

    def of_element(self, tag: str, at: int) -> int:
        """Before the end tag of an element whose inside is dropped."""
        if tag in self._none:
            return len(self._markup)
        found = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE | re.ASCII).search(self._markup, at)
        if found is None:
            self._none.add(tag)
            return len(self._markup)
        return found.start()


class _Tree:
    """The elements that are open while the markup is read."""

    def __init__(self) -> None:
        self.root = Element("body")
        self._open = [self.root]
        self._nodes = 0

    def text(self, text: str) -> None:
        if self._nodes == 0:
            text = text.lstrip(" \t\r\n\f")
        if text and self._nodes < MOST_NODES:
            self._nodes += 1
            self._open[-1].say(text)

    def start(self, tag: str) -> None:
        if tag in _FRAME or tag in _GONE or self._nodes >= MOST_NODES:
            return
        if tag in _HEAD and self._nodes == 0:
            return  # it goes into the head
        if tag in _BLOCKS:
            self._close(frozenset({"p"}), frozenset({"table", "td", "th"}))
        if tag in _ENDS:
            self._close(*_ENDS[tag])
        if tag in ("tr", *_BODIES) and self._open[-1].tag == "p":
            self._open.pop()
        if tag == "tr" and self._open[-1].tag == "table":
            self._push("tbody")
        if tag in ("td", "th") and self._open[-1].tag in _BODIES:
            self._push("tr")
        self._push(tag)
        if tag in _VOID or tag in _DROPPED or len(self._open) > DEPTH:
            self._open.pop()

    def _push(self, tag: str) -> None:
        element = Element(tag)
        self._nodes += 1
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def _close(self, tags: frozenset[str], until: frozenset[str]) -> None:
        """End the innermost open element of `tags`, unless one of `until` stands in between."""
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag in tags:
                del self._open[at:]
                return
            if self._open[at].tag in until:
                return
