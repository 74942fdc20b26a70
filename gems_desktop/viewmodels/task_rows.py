# SPDX-License-Identifier: Apache-2.0
"""What a task looks like as rows: derived from the module, the task's data and the answer, without Qt objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from gems_desktop.viewmodels.task_hand import LABEL_TAGS, Hand
from gems_desktop.viewmodels.task_regions import kind_of
from gems_protocol.modules import Module, Node, limits
from gems_protocol.modules.answer import Region
from gems_protocol.modules.check import MEDIA
from gems_protocol.modules.tree import Kind, Option
from gems_protocol.text import clean, line

# Distinct for most colour-blind people and readable on photos; used where the author names no colour.
PALETTE = ("#1F6FEB", "#D1541C", "#0B8A5B", "#B3269B", "#B07D00", "#0D8CA6", "#8250DF", "#C4314B")
LEFT, RIGHT = "left", "right"
REGIONS = "regions"  # the row that lists the regions of the answer
# Objects that need room: they stand left, and what is asked about them right.
_LARGE = frozenset(
    {"Image", "Audio", "Video", "TimeSeries", "Pdf", "Chat", "Paragraphs", "HyperText", "Table", "List"}
)
_SHOWING = frozenset({"Pairwise", "Ranker"})  # controls that show the objects they are about
_CARDS = frozenset({"Text", "HyperText", "Image"})  # what fits on the cards of a Pairwise


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """One choice or label as shown: `stored` is what an answer holds, `depth` how far inside others it stands."""

    stored: str
    text: str
    key: str
    hint: str
    colour: str
    picture: str
    depth: int
    chosen: bool
    some: bool = False  # whether part of what stands below it is chosen
    able: bool = True  # whether it can be chosen itself


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One element of a task. `kind` is its tag in lower case; `side` is where it stands when there is room."""

    kind: str
    name: str
    side: str
    place: int = -1
    hidden: bool = False
    text: str = ""
    picture: str = ""  # SHA-256 in hex
    target: str = ""
    hint: str = ""
    multiple: bool = False
    flowing: bool = False
    needed: bool = False
    region: bool = False  # whether it is about the selected region
    lines: int = 1
    most: int = 1
    texts: tuple[str, ...] = ()
    options: tuple[OptionFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What rows are derived from beside the module: the data, the answer, and what a person has in view and hand."""

    data: dict[str, Any]
    answer: list[Region]
    keys: dict[tuple[str, str], str]
    visible: frozenset[int]
    hand: Hand | None = None
    selected: str = ""

    def result(self, control: Node) -> Region | None:
        """What the answer holds for a control, about the selected region where it is about regions."""
        mine = (region for region in self.answer if region.get("from_name") == control.name)
        return next((one for one in mine if not control.per_region or one["id"] == self.selected), None)


def rows(module: Module, shown: Shown) -> tuple[RowFacts, ...]:
    """The rows in reading order; the list of regions stands above what is asked about single ones, else last."""
    absorbed = _absorbed(module)
    nodes = [node for node in module.nodes if _is_row(node) and node.name not in absorbed]
    made = []
    for at, node in enumerate(nodes):
        make = _ROWS.get(node.tag, _plain)
        row = make(node, _side(nodes, at, module), shown)
        made.append(
            replace(row, kind="note", text=" ".join(row.text.split())) if _is_note(node, module) else row
        )
    if any(kind_of(node, module) not in ("", "message") for node in module.controls()):
        at = _list_place(made)
        made.insert(at, RowFacts(REGIONS, "", RIGHT))
        if (kinds := module.relations()) is not None:
            made.insert(at + 1, RowFacts("relations", "", RIGHT, place=kinds.place, multiple=kinds.multiple))
    return tuple(made)


def _is_note(node: Node, module: Module) -> bool:
    """Whether a Text says the same in every task, and nothing in it is marked."""
    if node.tag != "Text" or node.variable or node.woven:
        return False
    return not any(
        node.name in control.to_names and kind_of(control, module) for control in module.controls()
    )


def _is_words(node: Node, module: Module) -> bool:
    return node.tag == "Header" or _is_note(node, module)


def _list_place(made: list[RowFacts]) -> int:
    """Before the first control of single regions and its heading, so that the list stays put when one is selected."""
    at = next((at for at, row in enumerate(made) if row.region), len(made))
    while 0 < at < len(made) and made[at - 1].kind == "header":
        at -= 1
    return at


def _is_row(node: Node) -> bool:
    return node.kind in (Kind.OBJECT, Kind.CONTROL)


def _absorbed(module: Module) -> frozenset[str]:
    """The objects that a control shows itself, as Ranker does with its List."""
    found: set[str] = set()
    for node in module.controls():
        shown = [module.shown(name) for name in node.to_names]
        if node.tag == "Ranker" or (
            node.tag == "Pairwise" and all(each is not None and each.tag in _CARDS for each in shown)
        ):
            found.update(node.to_names)
    return frozenset(found)


def _side(nodes: list[Node], at: int, module: Module) -> str:
    """Controls stand right, what they judge left; a heading goes with what follows it, a note with what it is among."""
    if _is_note(nodes[at], module):
        before = next((at for at in range(at - 1, -1, -1) if not _is_words(nodes[at], module)), -1)
        if before >= 0 and nodes[before].kind is Kind.OBJECT:
            return _side(nodes, before, module)
        at = next((at for at in range(at + 1, len(nodes)) if not _is_words(nodes[at], module)), at)
    node = next((later for later in nodes[at:] if later.tag != "Header"), nodes[max(0, at - 1)])
    if node.tag == "Header" or node.tag in _LARGE or node.tag in _SHOWING:
        return LEFT
    if _in_turns(nodes):
        return LEFT
    large = next((other.place for other in nodes if other.tag in _LARGE or other.tag in _SHOWING), None)
    if node.tag == "Text" and (large is None or node.place < large):
        return LEFT
    return RIGHT


def _in_turns(nodes: list[Node]) -> bool:
    """Whether texts and questions take turns with nothing large among them: such a task is read in one column."""
    if any(node.tag in _LARGE or node.tag in _SHOWING for node in nodes):
        return False
    asked = next(
        (node.place for node in nodes if node.kind is Kind.CONTROL and node.tag not in LABEL_TAGS), None
    )
    texts = [node.place for node in nodes if node.tag == "Text" and (node.variable or node.woven)]
    return asked is not None and bool(texts) and texts[0] < asked < texts[-1]


def shown_text(node: Node, data: dict[str, Any]) -> str:
    """The text that an object shows, as the task holds it; a list of texts is joined by lines, as Label Studio does."""
    value = data.get(node.variable, "") if node.variable else node.get("value")
    if isinstance(value, list):
        value = "\n".join(str(part) for part in value if isinstance(part, (str, int)))
    return str(value) if isinstance(value, (str, int)) else ""


def _plain(node: Node, side: str, shown: Shown) -> RowFacts:
    return RowFacts(
        node.tag.lower(),
        node.name,
        side,
        place=node.place,
        hidden=node.place not in shown.visible,
        target=node.to_name,
        hint=line(node.get("hint"), limits.LABEL_LENGTH),
        needed=node.flag("required"),
        region=node.per_region,
    )


def _header(node: Node, side: str, shown: Shown) -> RowFacts:
    return replace(_plain(node, side, shown), text=line(shown_text(node, shown.data), 400))


def _text(node: Node, side: str, shown: Shown) -> RowFacts:
    return replace(_plain(node, side, shown), text=_cleaned(shown_text(node, shown.data)))


@lru_cache(maxsize=16)
def _cleaned(text: str) -> str:
    """A text to be shown; kept, since rows are made after every edit and a long text takes longer than a frame."""
    return clean(text, max_length=limits.TEXT_LENGTH)


def _image(node: Node, side: str, shown: Shown) -> RowFacts:
    return replace(_plain(node, side, shown), picture=picture_of(node, shown.data))


def picture_of(node: Node, data: dict[str, Any]) -> str:
    """The SHA-256 in hex of the picture that an Image shows, the first of several; empty for none."""
    value = data.get(node.variable, "")
    first = value[0] if isinstance(value, list) and value else value
    return first.removeprefix("sha256:") if isinstance(first, str) and MEDIA.fullmatch(first) else ""


def offered(node: Node) -> tuple[tuple[tuple[str, ...], Option], ...]:
    """The options that a control offers, each with its path; choices inside choices only where those may be chosen."""
    flat = node.tag == "Choices" and not node.flag("allowNested")
    return (
        tuple(((option.stored,), option) for option in node.options) if flat else tuple(node.every_option())
    )


def chosen_paths(result: Region | None) -> frozenset[tuple[str, ...]]:
    """The options that a result of a Choices holds, as paths."""
    chosen = result["value"].get("choices", ()) if result is not None else ()
    return frozenset(tuple(item) if isinstance(item, list) else (item,) for item in chosen)


def _options(node: Node, chosen: frozenset[tuple[str, ...]], shown: Shown) -> tuple[OptionFacts, ...]:
    whole = node.multiple or node.tag != "Choices"
    return tuple(
        OptionFacts(
            stored=option.stored,
            text=option.shown,
            key=shown.keys.get((node.name, option.stored), "").upper(),
            hint=option.hint,
            colour=option.colour or PALETTE[at % len(PALETTE)],
            picture=option.picture,
            depth=len(path) - 1,
            chosen=path in chosen,
            some=path not in chosen and any(other[: len(path)] == path for other in chosen),
            able=whole or not (option.children and node.flag("allowNested")),
        )
        for at, (path, option) in enumerate(offered(node))
    )


def _choices(node: Node, side: str, shown: Shown) -> RowFacts:
    return replace(
        _plain(node, side, shown),
        multiple=node.multiple,
        flowing=node.flag("showInline") or node.get("layout") == "inline",
        options=_options(node, chosen_paths(shown.result(node)), shown),
    )


def _labels(node: Node, side: str, shown: Shown) -> RowFacts:
    held = shown.hand is not None and shown.hand.control == node.name
    hand = frozenset({(shown.hand.label,)}) if held and shown.hand is not None else frozenset()
    return replace(_plain(node, side, shown), kind="labels", options=_options(node, hand, shown))


def _textarea(node: Node, side: str, shown: Shown) -> RowFacts:
    most = node.number("maxSubmissions", limits.TYPED_ENTRIES) or limits.TYPED_ENTRIES
    return replace(
        _plain(node, side, shown),
        hint=line(node.get("placeholder") or node.get("hint"), limits.LABEL_LENGTH),
        text=line(node.get("label"), limits.LABEL_LENGTH),
        lines=min(max(node.number("rows", 1), 1), 20),
        most=min(max(most, 1), limits.TYPED_ENTRIES),
        texts=tuple(found["value"].get("text", ())) if (found := shown.result(node)) is not None else (),
    )


_ROWS: dict[str, Callable[[Node, str, Shown], RowFacts]] = {
    "Header": _header,
    "Text": _text,
    "Image": _image,
    "Audio": _image,
    "Video": _image,
    "Pdf": _image,
    "Choices": _choices,
    "TextArea": _textarea,
    **dict.fromkeys(LABEL_TAGS, _labels),
}
