# SPDX-License-Identifier: Apache-2.0
"""Which elements are shown now: `visibleWhen` with its `when…`, and controls of single regions.

Meanings are Label Studio's: a condition on a view holds for all in it; without `whenTagName` any control counts.
"""

from __future__ import annotations

from typing import Any

from gems_protocol.modules.tree import Kind, Module, Node

Region = dict[str, Any]


def shown(module: Module, answer: list[Region], selected: str = "") -> frozenset[int]:
    """The places of the elements that are shown while the region `selected` is ("" for none)."""
    found: set[int] = set()
    _walk(module.root, module, answer, selected, found)
    return frozenset(found)


def fits(module: Module, control: Node, answer: list[Region], region: str) -> bool:
    """Whether a control of single regions takes answers about `region`: its object, its label, its conditions."""
    results = [result for result in answer if result.get("id") == region]
    if not results or results[0].get("to_name") not in control.to_names:
        return False
    wanted = control.words("whenLabelValue")
    tag = control.get("whenTagName") if control.get("visibleWhen") in ("", "region-selected") else ""
    if tag and not any(result.get("from_name") == tag for result in results):
        return False
    if wanted and not _labels(results) & set(wanted):
        return False
    return _role(control, results)


def _walk(node: Node, module: Module, answer: list[Region], selected: str, found: set[int]) -> None:
    if not _holds(node, answer, selected):
        return
    if node.per_region and not (selected and fits(module, node, answer, selected)):
        return
    found.add(node.place)
    for child in node.children:
        _walk(child, module, answer, selected, found)


def _holds(node: Node, answer: list[Region], selected: str) -> bool:
    condition = node.get("visibleWhen")
    results = [result for result in answer if selected and result.get("id") == selected]
    if condition == "no-region-selected":
        return not selected
    if condition == "region-selected":
        wanted = node.words("whenLabelValue")
        tag = node.get("whenTagName")
        named = not tag or any(result.get("from_name") == tag for result in results)
        labelled = not wanted or bool(_labels(results) & set(wanted))
        return bool(results) and named and labelled and _role(node, results)
    if condition in ("choice-selected", "choice-unselected"):
        return _chosen(node, answer, selected) == (condition == "choice-selected")
    return True


def _chosen(node: Node, answer: list[Region], selected: str) -> bool:
    """Whether what the condition asks for is chosen, for the whole task or for the selected region."""
    tag, wanted = node.get("whenTagName"), set(node.words("whenChoiceValue"))
    for result in answer:
        value = result.get("value")
        if result.get("type") not in ("choices", "taxonomy") or not isinstance(value, dict):
            continue
        if (tag and result.get("from_name") != tag) or not _concerns(result, answer, selected):
            continue
        chosen = _flat(value.get("choices", value.get("taxonomy", [])))
        if chosen and (not wanted or chosen & wanted):
            return True
    return False


def _concerns(result: Region, answer: list[Region], selected: str) -> bool:
    """A result about the whole task, or about the selected region."""
    first = next(other for other in answer if other.get("id") == result.get("id"))
    return first is result or result.get("id") == selected


def _flat(chosen: Any) -> set[str]:
    found: set[str] = set()
    for item in chosen if isinstance(chosen, list) else []:
        found.update(part for part in (item if isinstance(item, list) else [item]) if isinstance(part, str))
    return found


def _labels(results: list[Region]) -> set[str]:
    found: set[str] = set()
    for result in results:
        value = result.get("value")
        for key, labels in value.items() if isinstance(value, dict) else ():
            if key.endswith("labels") and isinstance(labels, list):
                found.update(label for label in labels if isinstance(label, str))
    return found


def _role(node: Node, results: list[Region]) -> bool:
    wanted = node.words("whenRole")
    if not wanted:
        return True
    messages = [r["value"].get("chatmessage") for r in results if isinstance(r.get("value"), dict)]
    return any(isinstance(message, dict) and message.get("role") in wanted for message in messages)


def whole_task(node: Node) -> bool:
    """Whether a control takes one result about the whole task."""
    return node.kind is Kind.CONTROL and not node.per_region
