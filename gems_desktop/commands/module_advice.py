# SPDX-License-Identifier: Apache-2.0
"""What an author can do about a tag or an attribute that a config cannot have here."""

from __future__ import annotations

import re
from difflib import get_close_matches

from gems_protocol.modules.tags import TAGS

_TAG = re.compile(r"the tag (\S+) is not supported")
_ATTRIBUTE = re.compile(r"(\S+) has the attribute (\S+), which is not supported")
_INSTEAD = {
    "bitmasklabels": "BrushLabels paints masks",
    "bitmask": "Brush paints masks",
    "magicwand": "BrushLabels paints masks by hand",
    "vectorlabels": "PolygonLabels draws closed outlines",
    "vector": "Polygon draws closed outlines",
    "audioplus": "Audio is the same",
    "hyperaudio": "Audio is the same",
    "markdown": "Text shows plain words, HyperText headings and lists",
    "repeater": "write its content out once for each item, or offer each item as a task of its own",
    "collapse": "put its content into a View",
    "panel": "put its content into a View",
    "dynamiclabels": 'Labels with value="$field" takes its labels from the task',
    "dialog": "Paragraphs shows a dialogue",
    "texteditor": "TextArea takes text",
    "shortcut": "workers set keys of their own in the settings",
    "pairwisecomparison": "Pairwise compares two objects",
    "rating5": "Rating gives stars",
    "cubelabels": "RectangleLabels draws boxes",
    "cuboidlabels": "RectangleLabels draws boxes",
    "script": "nothing of a config runs here; say it with visibleWhen",
    "reactcode": "nothing of a config runs here; say it with the tags of the language",
    "custominterface": "nothing of a config runs here; say it with the tags of the language",
    "img": "show the picture with Image from a field of the task",
    "a": "put the address's content into the task",
    "div": "use View",
    "p": "use Text or Header",
    "b": "use Header",
}
_ATTRIBUTES = {
    "resolver": "put what it would fetch into the task's data",
    "apiurl": "put what it would fetch into the task's data",
    "src": "put the file into the task's data and name its field",
    "onclick": "nothing of a config runs here; leave it out",
    "onload": "nothing of a config runs here; leave it out",
    "encoding": "save texts as UTF-8 and leave it out",
}


def advised(reason: str) -> str:
    """`reason` with what to do about it, where that is known."""
    if found := _TAG.search(reason):
        return f"{reason}: {_about_tag(found[1])}"
    if found := _ATTRIBUTE.search(reason):
        return f"{reason}: {_ATTRIBUTES.get(found[2].lower(), 'leave it out')}"
    return reason


def _about_tag(tag: str) -> str:
    lower = tag.lower()
    if lower in _INSTEAD:
        return _INSTEAD[lower]
    near = get_close_matches(lower, [name.lower() for name in TAGS], 1, 0.75)
    if near:
        return f"did you mean {next(name for name in TAGS if name.lower() == near[0])}?"
    return "leave it out, or ask with one of the tags that docs/modules-language.md names"
