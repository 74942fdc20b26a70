# SPDX-License-Identifier: Apache-2.0
"""Configs from a seed: sound ones, made ones, damaged ones, and as large as they may be; and values of no sense."""

from __future__ import annotations

import random
from typing import Any
from xml.sax.saxutils import quoteattr

from gems_protocol.modules.tags import HARMLESS, REFUSED, TAGS, WITHOUT
from gems_protocol.modules.tree import Kind as TagKind
from tests.protocol.modules.configs import EVERYTHING
from tests.protocol.modules.kinds import KINDS

HASH = "sha256:" + "ab" * 32
NAMES = ("t", "i", "a", "b", "c", "o", "my choice", "x.y", "d", "e", "f", "g", "é", "1", "")
WORDS = (
    *(
        "$t",
        "$i",
        "$o",
        "$x y",
        "$",
        "$$",
        "true",
        "false",
        "multiple",
        "single",
        "1",
        "0",
        "-1",
        "99999",
        "1e9",
    ),
    *(
        "choice-selected",
        "region-selected",
        "no-region-selected",
        "choice-unselected",
        "Cat",
        "dog",
        "a,b",
        "t,i",
    ),
    *(
        "<b>&",
        "\u202e",
        "\u200b",
        "é" * 50,
        "x" * 300,
        "iou",
        "exact",
        "0.5",
        "%Y",
        "date",
        "left",
        "q",
        "escape",
    ),
    *("rgb(1,2,3)", "#abc", f"<img src='{HASH}'>", "http://127.0.0.1/x", "file:///etc/passwd", "\ufdfa" * 40),
)
NUMBER = ("1", "2", "3", "5", "$n")
TRUTH = ("true", "false", "True", "")
USUAL = {
    "choice": ("single", "multiple", "single"),
    "valueType": ("text", "json", ""),
    "gems-compare": ("none", "exact", "iou", "text"),
    "gems-threshold": ("0.5", ".9"),
    **dict.fromkeys(("rows", "maxSubmissions", "maxUsages", "maxRating", "minMessages"), NUMBER),
    **dict.fromkeys(
        ("required", "perRegion", "allowNested", "selected", "default", "leafsOnly", "editable"), TRUTH
    ),
    "visibleWhen": ("choice-selected", "region-selected", "no-region-selected", "choice-unselected"),
    "whenTagName": ("Choices1", "Choices2", "Labels3", "a", "t"),
    "whenChoiceValue": ("option 0", "option 1,option 2"),
    "whenLabelValue": ("option 0", "Cat"),
    "defaultValue": ("1", "3", "2.5", "-1"),
    "format": ("%Y-%m-%d", "%H:%M", "%d.%m.%Y"),
    "only": ("date", "time", "date,time", "year"),
}
PIECES = (
    *(
        "<",
        ">",
        "/>",
        "</View>",
        "<View>",
        "&",
        "&amp;",
        "&#0;",
        "&#xD800;",
        "&x;",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
    ),
    *(
        "<!DOCTYPE a [<!ENTITY b 'c'>]>",
        "<?xml version='1.0'?>",
        "<Choice value='a'/>",
        "<Label/>",
        "xmlns='u'",
        "'",
    ),
    *(
        '"',
        "\0",
        "\ud800",
        "\U0001f600",
        "=",
        "$",
        "gems-line='9'",
        "<Text name='t' value='$t'/>",
        "<Magic/>",
    ),
)
OBJECTS = [name for name, tag in TAGS.items() if tag.kind is TagKind.OBJECT and name != "Header"]
CONTROLS = [name for name, tag in TAGS.items() if tag.kind is TagKind.CONTROL]
ATTRIBUTES = sorted(
    {name for tag in TAGS.values() for name in tag.attributes} | HARMLESS | REFUSED | set(WITHOUT)
)


def strange(r: random.Random, depth: int = 0) -> Any:
    """A value that JSON, or worse, may hold."""
    kind = r.randrange(14 if depth < 3 else 11)
    if kind < 3:
        return r.choice(WORDS)
    if kind == 10:
        return r.choice(["\ud800", "\0", "x" * 30_000, "\u0301" * 500, "\U0001f600" * 9, "", HASH, "r1", "a"])
    plain: list[Any] = [None, True, False, r.randint(-3, 200), r.random() * 120, 10**400, -(2**63)]
    if kind < 10:
        return r.choice([*plain, float("nan"), float("inf"), -0.0, 1e308, 5e-324, 100, 0])
    if kind == 11:
        return {
            r.choice([*WORDS, "value", "id", "children"]): strange(r, depth + 1)
            for _ in range(r.randrange(4))
        }
    if kind == 12:
        return [strange(r, depth + 1) for _ in range(r.randrange(4))]
    found: Any = "end"
    for _ in range(r.choice([5, 40, 400])):
        found = [found] if r.random() < 0.5 else {"children": [found], "value": "v"}
    return found


def _attributes(r: random.Random, tag: str, given: dict[str, str]) -> str:
    known = sorted(TAGS[tag].attributes) if tag in TAGS else []
    for _ in range(r.randrange(4)):
        name = r.choice(known) if known and r.random() < 0.85 else r.choice(ATTRIBUTES)
        if name in REFUSED and r.random() < 0.9:
            continue
        if name not in ("name", "toName", "value") or r.random() < 0.03:
            value = r.choice(USUAL.get(name, WORDS)) if r.random() < 0.95 else r.choice(WORDS)
            given[name if r.random() < 0.9 else name.lower()] = value
    return "".join(f" {name}={quoteattr(value)}" for name, value in given.items())


def _options(r: random.Random, tag: str, depth: int = 0) -> str:
    found = ""
    for at in range(r.randrange(1, 5)):
        value = r.choice(WORDS) if r.random() < 0.2 else f"option {at}"
        key = {"Bucket": "name", "Channel": "column"}.get(tag, "value")
        inside = _options(r, tag, depth + 1) if tag == "Choice" and r.random() < 0.2 and depth < 9 else ""
        found += f"<{tag}{_attributes(r, tag, {key: value})}>{inside}</{tag}>"
    return found


def _element(r: random.Random, tag: str, given: dict[str, str], names: list[str]) -> str:
    row = TAGS[tag]
    inside = _options(r, row.options) if row.options and r.random() < 0.9 else ""
    if tag == "View":
        inside = config_parts(r, 1, names)
    return f"<{tag}{_attributes(r, tag, given)}>{inside}</{tag}>"


def config_parts(r: random.Random, most: int, names: list[str]) -> str:
    """A few objects and the controls that may be about them; `names` are left to be given, mostly each once."""
    parts: list[str] = []
    for _ in range(r.randint(1, most)):
        name = names.pop(0) if names and r.random() < 0.97 else r.choice(NAMES)
        shown_tag = r.choice(OBJECTS)
        parts.append(_element(r, shown_tag, {"name": name, "value": f"${name}".replace(" ", "")}, names))
        fitting = [tag for tag in CONTROLS if shown_tag in TAGS[tag].to]
        for _ in range(r.randrange(4)):
            tag = r.choice(fitting or CONTROLS)
            aim = name if r.random() < 0.95 else r.choice(NAMES)
            if tag == "Pairwise":
                parts.append(f"<Text name='{tag}{len(names)}' value='$t'/>")
                aim += f",{tag}{len(names)}"
            number = len(names) * 10 + len(parts) if r.random() < 0.97 else 0
            parts.append(_element(r, tag, {"name": f"{tag}{number}", "toName": aim}, names))
        if r.random() < 0.2:
            tag = r.choice(("View", "Header", "Style", "Relations", "Filter"))
            parts.append(_element(r, tag, {"value": "Look: $a"} if tag == "Header" else {}, names))
    r.shuffle(parts)
    return "".join(parts)


def config(r: random.Random) -> str:
    """A config: one of the sound ones, a made one, or either damaged."""
    kind = r.random()
    if kind < 0.35:
        inside = "".join(each.config for each in r.sample(list(KINDS.values()), 1))
        found = EVERYTHING if kind < 0.05 else f"<View>{inside}</View>"
    else:
        names = list(NAMES[:12])
        r.shuffle(names)
        found = f"<View>{config_parts(r, 3, names)}</View>"
    if kind > 0.99:
        found = large(r)
    for _ in range(r.choice((0, 0, 0, 1, 1, 4)) if kind > 0.2 else 0):
        found = _damaged(r, found)
    return found


def large(r: random.Random) -> str:
    """As much as a config may hold, of one kind: controls that hang on each other, options, depth, text."""
    many = r.choice((150, 240, 490))
    inside = r.choice(
        (
            "".join(
                f"<TextArea name='w{at}' toName='t' value='x' visibleWhen='choice-selected' whenTagName='w{at + 1}'/>"
                for at in range(many)
            ),
            "".join(
                f"<Choices name='c{at}' toName='t' whenChoiceValue='a,b'><Choice value='a' selected='true'/></Choices>"
                for at in range(many // 2)
            ),
            "<Labels name='l' toName='t'>"
            + "".join(f"<Label value='{at}' hotkey='{at % 10}'/>" for at in range(many))
            + "</Labels>",
            "<View>" * 15 + "<TextArea name='w' toName='t'/>" + "</View>" * 15,
            f"<Choices name='c' toName='t'><Choice value='a' html='{'&lt;a ' * 8_000}'/></Choices>",
            f"<TextArea name='w' toName='t' hint='{'&#x301;' * 7_000}'/>",
            f"<TextArea name='w' toName='t' whenLabelValue='{',' * 50_000}'/>",
            f"<Header value='{'$t ' * 15_000}'/><TextArea name='w' toName='t'/>",
        )
    )
    return f"<View><Text name='t' value='$t'/>{inside}</View>"


def _damaged(r: random.Random, text: str) -> str:
    at, end = sorted((r.randrange(len(text) + 1), r.randrange(len(text) + 1)))
    end = min(end, at + r.choice((1, 5, 60)))
    kind = r.randrange(5)
    if kind == 0:
        return text[:at] + text[end:]
    if kind == 1:
        return text[:at] + r.choice(PIECES) + text[at:]
    if kind == 2:
        return text[:end] + text[at:end] * r.choice((1, 3, 200)) + text[end:]
    if kind == 3:
        return text.replace(
            r.choice(("Text", "Image", "name", "'a'", '"o"', "$o", "Choice")), r.choice(WORDS[:20]), 1
        )
    return text[:at] + r.choice(WORDS).replace("\ud800", "") + text[end:]
