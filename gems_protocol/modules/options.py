# SPDX-License-Identifier: Apache-2.0
"""Options from a config's attributes or from a task's data, cleaned: a value, what is read, a colour, a picture."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from gems_protocol.modules import limits
from gems_protocol.modules.tree import Option
from gems_protocol.text import clean, line

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?|[A-Za-z]{3,20}", re.ASCII)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*[\d.]{1,6}\s*)?\)", re.ASCII)
_MEDIA = re.compile(r"sha256:([0-9a-f]{64})", re.ASCII)


def colour(text: str) -> str:
    """A colour as #rrggbb or a name; empty for what is none."""
    if found := _RGB.fullmatch(text.strip()):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in found.groups())
    return text if _COLOUR.fullmatch(text) else ""


def option_of(given: dict[str, str]) -> Option:
    """An option from its attributes; `html` is read as words and at most one picture of the task, never drawn."""
    words, picture = from_html(given["html"]) if given.get("html") else ("", "")
    value = given.get("value") or given.get("name") or given.get("column") or ""
    title = given.get("title") or given.get("legend") or words
    uses = given.get("maxUsages") or given.get("maxUsage") or ""
    return Option(
        value=line(value, limits.LABEL_LENGTH),
        alias=line(given.get("alias", ""), limits.LABEL_LENGTH),
        key=given.get("hotkey", "").strip().lower()[:16],
        colour=colour(given.get("background", "") or given.get("strokeColor", "")),
        hint=line(given.get("hint", "") or given.get("units", ""), limits.LABEL_LENGTH),
        text=line(title, limits.LABEL_LENGTH),
        picture=picture,
        most=int(uses) if re.fullmatch(r"\d{1,4}", uses, re.ASCII) else 0,
    )


def options_from(value: Any, depth: int = 1, count: list[int] | None = None) -> tuple[Option, ...]:
    """The options that a task's data holds: texts, or objects as in a config with `children`; raises ValueError."""
    count = count if count is not None else [0]
    if not isinstance(value, list) or depth > limits.OPTION_DEPTH:
        raise ValueError("the options of a task are not a list")
    found: dict[str, Option] = {}
    for item in value:
        count[0] += 1
        if count[0] > limits.DATA_OPTIONS:
            raise ValueError(f"a task brings more than {limits.DATA_OPTIONS} options")
        option = _from_item(item, depth, count)
        found.setdefault(option.stored, option)
    return tuple(found.values())


def _from_item(item: Any, depth: int, count: list[int]) -> Option:
    if isinstance(item, (str, int)) and not isinstance(item, bool):
        item = {"value": str(item)}
    if not isinstance(item, dict):
        raise ValueError("an option of a task is neither a text nor an object")
    given = {key: text for key, text in item.items() if isinstance(key, str) and isinstance(text, str)}
    if not given.get("value", "").strip():
        raise ValueError("an option of a task has no value")
    option = option_of({**given, "value": given["value"]})
    children = options_from(item["children"], depth + 1, count) if item.get("children") else ()
    return Option(
        **{name: getattr(option, name) for name in Option.__slots__ if name != "children"}, children=children
    )


def items_from(value: Any) -> tuple[Option, ...]:
    """The items of a List: `value` is the id, `text` the title, `hint` the body; raises ValueError."""
    if not isinstance(value, list) or not 0 < len(value) <= limits.DATA_OPTIONS:
        raise ValueError(f"a list of a task does not have 1 to {limits.DATA_OPTIONS} items")
    found: dict[str, Option] = {}
    for item in value:
        if (
            not isinstance(item, dict)
            or not isinstance(item.get("id"), (str, int))
            or isinstance(item["id"], bool)
        ):
            raise ValueError("an item of a list has no id")
        given = {
            name: str(item[name])
            for name in ("title", "body", "html")
            if isinstance(item.get(name), (str, int))
        }
        words, picture = from_html(given["html"]) if given.get("html") else ("", "")
        identity = line(str(item["id"]), limits.LABEL_LENGTH)
        if not identity or identity in found:
            raise ValueError("two items of a list have the same id, or one has none")
        body = clean(given.get("body", "") or words, max_length=limits.TEXT_LENGTH)
        found[identity] = Option(
            identity, text=line(given.get("title", ""), limits.LABEL_LENGTH), hint=body, picture=picture
        )
    return tuple(found.values())


class _Words(HTMLParser):
    """Collects the words of a piece of HTML and the first picture of the task that it shows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.picture = ""
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._hidden += 1
        source = dict(attrs).get("src") if tag == "img" else None
        if source and not self.picture and (found := _MEDIA.fullmatch(source.strip())):
            self.picture = found[1]
        self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._hidden = max(0, self._hidden - 1)
        self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def from_html(html: str) -> tuple[str, str]:
    """The words in a piece of HTML, and the SHA-256 of the first picture of the task in it ("sha256:…")."""
    reader = _Words()
    reader.feed(html[: limits.TEXT_LENGTH])
    reader.close()
    return " ".join("".join(reader.words).split()), reader.picture
