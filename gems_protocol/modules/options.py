# SPDX-License-Identifier: Apache-2.0
"""Options from a config's attributes or from a task's data, cleaned: a value, what is read, a colour, a picture."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from gems_protocol.modules import limits
from gems_protocol.modules.plain import from_html
from gems_protocol.modules.tags import canonical
from gems_protocol.modules.tree import Option
from gems_protocol.text import clean, line

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?|[A-Za-z]{3,20}", re.ASCII)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*[\d.]{1,6}\s*)?\)", re.ASCII)
_COLOUR_LENGTH = 40  # of rgba(…) with room
_WHOLE = 10**15  # numbers that may stand for words: beyond every id


def colour(text: str) -> str:
    """A colour as #rrggbb or a name; empty for what is none."""
    text = text.strip()
    if len(text) > _COLOUR_LENGTH:
        return ""
    if found := _RGB.fullmatch(text):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in found.groups())
    return text if _COLOUR.fullmatch(text) else ""


def option_of(given: dict[str, str]) -> Option:
    """An option from its attributes; `html` is read as words and at most one picture of the task, never drawn."""
    words, picture = from_html(given["html"][: limits.OPTION_HTML]) if given.get("html") else ("", "")
    value = given.get("value") or given.get("name") or given.get("column") or ""
    if words and not any(sign.isalnum() for sign in words):
        words = f"{words} {value}"  # a sign alone says nothing to who cannot see it
    title = given.get("title") or given.get("legend") or words
    uses = given.get("maxUsages") or given.get("maxUsage") or ""
    return Option(
        value=line(value, limits.LABEL_LENGTH),
        alias=line(given.get("alias", ""), limits.LABEL_LENGTH),
        key=given.get("hotkey", "").strip().lower()[:16],
        colour=colour(given.get("background") or given.get("strokeColor") or given.get("color") or ""),
        hint=line(given.get("hint", "") or given.get("units", ""), limits.LABEL_LENGTH),
        text=line(title, limits.LABEL_LENGTH),
        picture=picture,
        most=int(uses) if re.fullmatch(r"\d{1,4}", uses, re.ASCII) else 0,
        selected=(given.get("selected") or given.get("default") or "").strip().lower() == "true",
    )


def options_from(value: Any, depth: int = 1, count: list[int] | None = None) -> tuple[Option, ...]:
    """The options that a task's data holds: texts, or objects as in a config with `children`; raises ValueError."""
    count = count if count is not None else [0]
    if not isinstance(value, list):
        raise ValueError("the options of a task are not a list")
    if depth > limits.OPTION_DEPTH:
        raise ValueError(f"the options of a task are nested more than {limits.OPTION_DEPTH} deep")
    count[0] += len(value)
    if count[0] > limits.DATA_OPTIONS:
        raise ValueError(f"a task brings more than {limits.DATA_OPTIONS} options")
    found: dict[str, Option] = {}
    for item in value:
        option = _from_item(item, depth, count)
        found.setdefault(option.stored, option)
    return tuple(found.values())


def word(value: Any) -> str | None:
    """A text or a whole number of a task as words; None for anything else."""
    if isinstance(value, str):
        return value
    whole = isinstance(value, int) and not isinstance(value, bool) and -_WHOLE < value < _WHOLE
    return str(value) if whole else None


def _from_item(item: Any, depth: int, count: list[int]) -> Option:
    if not isinstance(item, dict):
        text = word(item)
        if text is None:
            raise ValueError("an option of a task is neither a text nor an object")
        item = {"value": text}
    given = {
        canonical(key): text
        for key, found in item.items()
        if isinstance(key, str) and (text := str(found).lower() if found is True else word(found)) is not None
    }
    option = option_of(given)
    if not option.value:
        raise ValueError("an option of a task has no value")
    children = options_from(item["children"], depth + 1, count) if item.get("children") else ()
    return replace(option, children=children)


def items_from(value: Any) -> tuple[Option, ...]:
    """The items of a List: `value` is the id, `text` the title, `hint` the body; raises ValueError."""
    if not isinstance(value, list) or not 0 < len(value) <= limits.LIST_ITEMS:
        raise ValueError(f"a list of a task does not have 1 to {limits.LIST_ITEMS} items")
    found: dict[str, Option] = {}
    room = limits.LIST_LENGTH
    for item in value:
        identity = word(item.get("id")) if isinstance(item, dict) else None
        if identity is None:
            raise ValueError("an item of a list has no id")
        title, body, html = (word(item.get(name)) or "" for name in ("title", "body", "html"))
        room -= len(title) + len(body) + len(html)
        if room < 0:
            raise ValueError(f"a list of a task has more than {limits.LIST_LENGTH} characters")
        words, picture = from_html(html)
        identity = line(identity, limits.LABEL_LENGTH)
        if not identity or identity in found:
            raise ValueError("two items of a list have the same id, or one has none")
        body = clean(body or words, max_length=limits.TEXT_LENGTH)
        found[identity] = Option(identity, text=line(title, limits.LABEL_LENGTH), hint=body, picture=picture)
    return tuple(found.values())
