# SPDX-License-Identifier: Apache-2.0
"""A text with markup as a sheet: headings, paragraphs, lists, rows of tables and preformatted text, all plain.

Nodes have the XPaths and the text is counted as Label Studio's editor does: from the body, every character of every
text node, a line break as one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from gems_protocol.modules import limits
from gems_protocol.modules.reading.markup import Element, tree
from gems_protocol.modules.reading.sheet import Block, Sheet, SheetBuilder, Style
from gems_protocol.text import signs


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCKS = _set(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
    " h5 h6 header hr li main menu nav ol p pre section summary table tbody tfoot thead tr ul caption"
)
_HEADINGS = _set("h1 h2 h3 h4 h5 h6")
_DEEPER = _set("ul ol menu blockquote dd")
_STYLES: dict[str, Style] = {
    **dict.fromkeys(("b", "strong", "th", "dt"), "bold"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "italic"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
}
_SPACE = " \t\n\r\f"
_CELL = "   │   "
_INDENTS = 8


def from_hypertext(markup: str, *, picture: str = "▢") -> Sheet:
    """The sheet of `markup`; `picture` stands for each picture, which is not shown."""
    walk = _Walk(picture)
    walk.inside(tree(markup[: limits.TEXT_LENGTH]), "", _Look(Block(0, 0)))
    walk.end_block()
    return walk.builder.build()


@dataclass(frozen=True, slots=True)
class _Look:
    """How what is inside an element looks."""

    block: Block
    pre: bool = False


class _Walk:
    """Goes through the tree in reading order."""

    def __init__(self, picture: str) -> None:
        self.builder = SheetBuilder("hypertext")
        self._picture = picture
        self._look = _Look(Block(0, 0))
        self._fresh = True  # nothing is shown in this block yet
        self._space: tuple[int, int] | None = None  # white space that is shown if words follow
        self._mark = ""

    def inside(self, element: Element, path: str, look: _Look) -> None:
        """Everything inside `element`."""
        counts: Counter[str] = Counter()
        items = 0
        for child in element.children:
            name = "text()" if isinstance(child, str) else child.tag
            counts[name] += 1
            place = f"{path}/{name}[{counts[name]}]"
            if isinstance(child, str):
                self._text(child, place, look)
                continue
            items += child.tag == "li"
            self._element(child, place, look, f"{items}." if element.tag == "ol" else "•")

    def _element(self, element: Element, path: str, look: _Look, bullet: str) -> None:
        tag = element.tag
        if tag == "br":
            self.builder.skip(1)
            self.end_block(even_empty=True)
            return
        if tag == "img":
            self._show_picture(look)
        if tag in ("td", "th") and not self._fresh:
            self._space = None
            self.builder.decoration(_CELL)
        if tag in _BLOCKS:
            self.end_block()
            look = self._inner(tag, look)
            self._look = look
            if tag == "li":
                self._mark = bullet
        started = self.builder.at
        self.inside(element, path, look)
        if (style := _STYLES.get(tag)) is not None:
            self.builder.style(started, style)
        if tag in _BLOCKS:
            self.end_block()

    def _inner(self, tag: str, look: _Look) -> _Look:
        block = look.block
        if tag in _HEADINGS:
            block = replace(block, kind=tag)
        if tag == "pre":
            return _Look(replace(block, kind="pre"), pre=True)
        if tag in _DEEPER:
            block = replace(block, depth=min(block.depth + 1, _INDENTS))
        return _Look(block, look.pre)

    def _show_picture(self, look: _Look) -> None:
        self._begin(look)
        self.builder.decoration(self._picture)
        self._fresh = False

    def _begin(self, look: _Look) -> None:
        """Before something is shown: how its block looks, and the white space before it."""
        if self._fresh:
            self._look = look
            self._space = None
        elif self._space is not None:
            self.builder.sign(" ", *self._space)
            self._space = None

    def _text(self, text: str, path: str, look: _Look) -> None:
        raw = self.builder.source(path, text)
        for start, end, shown in signs(text, max_length=limits.TEXT_LENGTH):
            place = (raw + start, raw + end)
            if start == end:
                self.builder.decoration(shown)
            elif look.pre and shown == "\n":
                self._look = look if self._fresh else self._look
                self.end_block(even_empty=True, line_break=place)
            elif not look.pre and text[start] in _SPACE:
                self._space = self._space or place
            else:
                self._begin(look)
                self.builder.sign(shown, *place)
                self._fresh = False

    def end_block(self, *, even_empty: bool = False, line_break: tuple[int, int] | None = None) -> None:
        """End the block, if anything is shown in it."""
        self._space = None
        if self._fresh and not even_empty:
            return
        self.builder.block(replace(self._look.block, mark=self._mark), line_break=line_break)
        self._fresh, self._mark = True, ""
