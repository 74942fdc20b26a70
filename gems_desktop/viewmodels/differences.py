# SPDX-License-Identifier: Apache-2.0
"""In what two answers to one task differ, in words: choices, texts, boxes that overlap badly, stretches that moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from gems_desktop.viewmodels.task_colours import colours
from gems_desktop.viewmodels.task_regions import RegionFacts, regions
from gems_desktop.viewmodels.words import fixed, say
from gems_protocol.modules import Module, Node
from gems_protocol.modules.answer import Region
from gems_protocol.modules.compare import pairs, shares
from gems_protocol.text import line

MOST = 200  # lines of differences
_VALUE = 120  # characters of one value


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. ours and theirs: what each answer says; region: the own region's id, to be shown."""

    where: str
    ours: str
    theirs: str
    note: str
    region: str = ""
    text: str = ""  # all of it in one line


def differences(ours: list[Region], theirs: list[Region], module: Module) -> tuple[Difference, ...]:
    """The differences in reading order: first what concerns the whole task, then regions."""
    if ours == theirs:
        return ()
    differing = {name for name, share in shares(ours, theirs, module).items() if share < 1}
    found = [each for node in module.controls() if (each := _whole(node, ours, theirs, differing, module))]
    found += _regions(ours, theirs, module)
    if "Relations" in differing:
        found.append(Difference(say("Relations"), _count(ours), _count(theirs), ""))
    return tuple(replace(each, text=_line(each)) for each in found[:MOST])


def _line(each: Difference) -> str:
    if each.note:
        return say(
            "{where}: {ours} / {theirs} ({note})",
            where=each.where,
            ours=each.ours,
            theirs=each.theirs,
            note=each.note,
        )
    return say("{where}: {ours} / {theirs}", where=each.where, ours=each.ours, theirs=each.theirs)


def _whole(
    node: Node, ours: list[Region], theirs: list[Region], differing: set[str], module: Module
) -> Difference | None:
    """A control that is about the whole task."""
    if node.per_region or node.tag == "Chat":
        return None
    one, two = ([each for each in answer if each.get("from_name") == node.name] for answer in (ours, theirs))
    drawn = regions([*one, *two], module, {})
    if drawn or not (one or two):
        return None
    said = _values(node, one), _values(node, two)
    if said[0] == said[1] or (one and two and node.name not in differing):
        return None
    return Difference(_title(node), *said, "")


def _values(node: Node, results: list[Region]) -> str:
    """What results of one control say, for people."""
    said = [text for result in results for text in _value(node, result["value"])]
    return line(", ".join(said), _VALUE) if said else say("nothing")


def _value(node: Node, value: dict[str, Any]) -> list[str]:
    key = node.answer_type or ""
    inside = value.get(key, next((each for name, each in value.items() if name not in ("start", "end")), ""))
    if isinstance(inside, dict):
        return [f"{name}: {_joined(node, each)}" for name, each in inside.items()]
    return [_joined(node, each) for each in inside] if isinstance(inside, list) else [_shown(node, inside)]


def _joined(node: Node, part: Any) -> str:
    return " / ".join(_shown(node, each) for each in part) if isinstance(part, list) else _shown(node, part)


def _shown(node: Node, value: Any) -> str:
    option = node.option(value) if isinstance(value, str) else None
    return option.shown if option is not None else line(str(value), _VALUE)


def _title(node: Node) -> str:
    return line(node.name, 60)


def _regions(ours: list[Region], theirs: list[Region], module: Module) -> list[Difference]:
    known = colours(module)
    mine = {each.id: each for each in regions(ours, module, known)}
    others = {each.id: each for each in regions(theirs, module, known)}
    by_first = {pair.first: pair for pair in pairs(ours, theirs, module)}
    found = []
    for identity, facts in mine.items():
        if facts.kind == "message":
            continue
        pair = by_first.get(identity)
        other = others.get(pair.second) if pair is not None else None
        if pair is None or other is None:
            found.append(Difference(_name(facts), _words(facts), say("nothing"), say("only here"), identity))
        elif facts.value != other.value:
            note = say("overlap {share} %", share=int(pair.overlap * 100))
            found.append(Difference(_name(facts), _words(facts), _words(other), note, identity))
        elif facts.labels != other.labels or _said(ours, identity) != _said(theirs, other.id):
            found.append(Difference(_name(facts), _words(facts), _words(other), "", identity))
    paired = {pair.second for pair in by_first.values()}
    found += [
        Difference(_name(facts), say("nothing"), _words(facts), say("only in the other"))
        for facts in others.values()
        if facts.id not in paired and facts.kind != "message"
    ]
    return found


def _said(answer: list[Region], identity: str) -> list[Any]:
    return [
        (result["from_name"], result["value"])
        for result in answer
        if result.get("id") == identity and result["type"] != "relation"
    ]


def _name(facts: RegionFacts) -> str:
    return say("{label} {n}", label=facts.text or say("Mark"), n=facts.number)


def _words(facts: RegionFacts) -> str:
    """A region in a few words: its label and text, or where it lies in a recording."""
    parts = [facts.text]
    start, end = facts.value.get("start"), facts.value.get("end")
    if facts.snippet:
        parts.append(f"“{facts.snippet}”")
    elif facts.kind == "time" and isinstance(start, (int, float)) and isinstance(end, (int, float)):
        parts.append(say("{from_s} – {to_s} s", from_s=fixed(start, 2), to_s=fixed(end, 2)))
    return " ".join(part for part in parts if part) or say("a mark")


def _count(answer: list[Region]) -> str:
    return str(sum(result.get("type") == "relation" for result in answer))
