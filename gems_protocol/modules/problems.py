# SPDX-License-Identifier: Apache-2.0
"""What still keeps a well-formed answer from being finished; what is hidden asks for nothing."""

from __future__ import annotations

from collections import Counter

from gems_protocol.modules.regions import LABEL_KEYS, Region, firsts, is_region, labels_of, makes_regions
from gems_protocol.modules.tree import Module, Node
from gems_protocol.modules.visible import fits, shown

_MISSING = {
    "Choices": "Choose an answer.",
    "Taxonomy": "Choose an answer.",
    "Pairwise": "Choose the better one.",
    "Ranker": "Put the items in order.",
    "TextArea": "Write your answer.",
    "Rating": "Give a rating.",
    "Number": "Give a number.",
    "DateTime": "Give a date or time.",
}

#: Of a control that is about single regions.
_MISSING_EACH = {
    "Choices": "Choose an answer for each region.",
    "Taxonomy": "Choose an answer for each region.",
    "Pairwise": "Choose the better one for each region.",
    "Ranker": "Put the items in order for each region.",
    "TextArea": "Write your answer for each region.",
    "Rating": "Give a rating for each region.",
    "Number": "Give a number for each region.",
    "DateTime": "Give a date or time for each region.",
}

_POLYGONS = ("polygon", "polygonlabels")


def problems(answer: list[Region], module: Module) -> list[str]:
    """The reasons, in words; empty when the answer can be sent."""
    found: list[str] = []
    visible = shown(module, answer)
    for control in module.controls():
        if control.flag("required") and _misses(control, answer, module, visible):
            found.append(control.get("requiredMessage") or _missing(control))
        found += _overused(control, answer)
    if any(result.get("type") in _POLYGONS and not result["value"]["closed"] for result in answer):
        found.append("Close the polygon that is not finished.")
    for chat in module.objects():
        if chat.tag == "Chat":
            found += _length(chat, answer)
    if (
        not answer
        and not found
        and not any(_may_find_nothing(control, module) for control in module.controls())
    ):
        found.append("Nothing is answered yet.")
    return found


def _missing(control: Node) -> str:
    if control.per_region:
        return _MISSING_EACH.get(control.tag, "Complete each region.")
    return _MISSING.get(control.tag, "Mark at least one region.")


def _misses(control: Node, answer: list[Region], module: Module, visible: frozenset[int]) -> bool:
    """Whether a required control lacks its result; one of single regions in any region that it fits."""
    if not control.per_region:
        there = any(result.get("from_name") == control.name for result in answer)
        if (
            control.tag == "Labels" and not there
        ):  # the labels of rectangles in a video stand in their own result
            stored = {option.stored for option in control.options}
            there = any(stored & set(labels_of([result], result.get("id", ""))) for result in answer)
        return control.place in visible and not there
    first = firsts(answer)
    groups: dict[str, list[Region]] = {identity: [] for identity in first}
    about_all = [result for result in first.values() if not is_region(result, module)]
    for result in answer:
        if "id" in result:
            groups[result["id"]].append(result)
    for identity, results in groups.items():
        if any(result["from_name"] == control.name for result in results):
            continue
        if not is_region(first[identity], module) or not fits(module, control, results, identity):
            continue
        if control.place in shown(module, [*about_all, *results], identity):
            return True
    return False


def _overused(control: Node, answer: list[Region]) -> list[str]:
    """Labels that are used more often than they may be."""
    each = control.number("maxUsages", 0) if control.tag in LABEL_KEYS else 0
    if not each and not any(option.most for option in control.options):
        return []
    used: Counter[str] = Counter()
    for result in answer:
        video = result.get("type") == "videorectangle" and result["to_name"] in control.to_names
        if result.get("from_name") == control.name or (video and control.tag == "Labels"):
            used.update(labels_of([result], result["id"]))
    found = []
    if each and any(used[option.stored] > each for option in control.options):
        found.append(f"A label of {control.name} may be used at most {each} times.")
    for option in control.options:
        if option.most and used[option.stored] > option.most:
            found.append(f"The label {option.shown} may be used at most {option.most} times.")
    return found


def _length(chat: Node, answer: list[Region]) -> list[str]:
    """Whether a chat has as many messages as the module asks for."""
    count = sum(result.get("from_name") == chat.name for result in answer)
    least, most = chat.number("minMessages", 0), chat.number("maxMessages", 0)
    if count < least:
        return [f"The chat needs at least {least} messages."]
    if most and count > most:
        return [f"The chat may have at most {most} messages."]
    return []


def _may_find_nothing(control: Node, module: Module) -> bool:
    """Whether an answer without any result can be right: nothing of what is looked for is there."""
    return any(makes_regions(control, module.shown(name)) for name in control.to_names)
