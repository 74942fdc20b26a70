# SPDX-License-Identifier: Apache-2.0
"""Which elements are shown now: `visibleWhen` with its `when…`, and controls of single regions.

Meanings are Label Studio's: a condition on a view holds for all in it; without `whenTagName` any control counts;
what is chosen in a control that is itself hidden does not count. Where its documentation and its editor differ on
what `whenTagName` names for a region (the object or the labels), both are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gems_protocol.modules.tree import Kind, Module, Node

Region = dict[str, Any]
_CHOOSING = frozenset({"choices", "taxonomy"})


def shown(module: Module, answer: list[Region], selected: str = "") -> frozenset[int]:
    """The places of the elements that are shown while the region `selected` is ("" for none)."""
    looking = _Looking.at(module, answer, selected)
    return frozenset(_walk(module.root, looking))


def fits(module: Module, control: Node, answer: list[Region], region: str) -> bool:
    """Whether a control of single regions takes answers about `region`: its object, its label, its conditions."""
    results = [result for result in answer if result.get("id") == region]
    if not results or results[0].get("to_name") not in control.to_names:
        return False
    wanted = control.words("whenLabelValue")
    tag = control.get("whenTagName") if control.get("visibleWhen") in ("", "region-selected") else ""
    if tag and not _named(tag, results):
        return False
    if wanted and not _labels(results) & set(wanted):
        return False
    return _role(control, results)


def whole_task(node: Node) -> bool:
    """Whether a control takes one result about the whole task."""
    return node.kind is Kind.CONTROL and not node.per_region


@dataclass
class _Looking:
    """An answer as the conditions ask for it: the selected region's results, and what is chosen in each control."""

    module: Module
    selected: str
    results: list[Region]
    chosen: dict[str, set[str]]
    above: dict[int, tuple[Node, ...]] = field(default_factory=dict)  # of a place, from the root
    known: dict[int, bool] = field(default_factory=dict)

    @classmethod
    def at(cls, module: Module, answer: list[Region], selected: str) -> _Looking:
        chosen: dict[str, set[str]] = {}
        first: dict[Any, int] = {}
        for at, result in enumerate(answer):
            identity, name, value = result.get("id"), result.get("from_name"), result.get("value")
            primary = first.setdefault(identity if isinstance(identity, str) else at, at) == at
            if result.get("type") not in _CHOOSING or not isinstance(value, dict) or type(name) is not str:
                continue
            if primary or identity == selected:
                chosen.setdefault(name, set()).update(_ends(value.get("choices", value.get("taxonomy"))))
        mine = [result for result in answer if selected and result.get("id") == selected]
        return cls(module, selected, mine, chosen)

    def path(self, node: Node) -> tuple[Node, ...]:
        if not self.above:
            _paths(self.module.root, (), self.above)
        return self.above.get(node.place, (node,))

    def counts(self, name: str) -> bool:
        """Whether the control of that name is shown, so that what is chosen in it counts."""
        node = self.module.control(name)
        return node is None or all(self.holds(part) for part in self.path(node))

    def holds(self, node: Node) -> bool:
        """Whether the conditions of one element hold; one that hangs on itself does."""
        if not node.attributes:
            return True
        if node.place not in self.known:
            self.known[node.place] = True  # while it is looked at
            self.known[node.place] = _holds(node, self)
        return self.known[node.place]


def _paths(node: Node, above: tuple[Node, ...], found: dict[int, tuple[Node, ...]]) -> None:
    found[node.place] = (*above, node)
    for child in node.children:
        _paths(child, (*above, node), found)


def _walk(node: Node, looking: _Looking) -> Iterator[int]:
    if not looking.holds(node):
        return
    if node.per_region and not (
        looking.selected and fits(looking.module, node, looking.results, looking.selected)
    ):
        return
    yield node.place
    for child in node.children:
        yield from _walk(child, looking)


def _holds(node: Node, looking: _Looking) -> bool:
    condition = node.get("visibleWhen")
    if condition == "no-region-selected":
        return not looking.selected
    if condition == "region-selected":
        wanted, tag = node.words("whenLabelValue"), node.get("whenTagName")
        labelled = not wanted or bool(_labels(looking.results) & set(wanted))
        named = not tag or _named(tag, looking.results)
        return bool(looking.results) and named and labelled and _role(node, looking.results)
    if condition in ("choice-selected", "choice-unselected"):
        return _chosen(node, looking) == (condition == "choice-selected")
    # as in Label Studio, this one alone is a condition of its own
    return bool(condition) or not node.get("whenChoiceValue") or _chosen(node, looking)


def _chosen(node: Node, looking: _Looking) -> bool:
    """Whether what the condition asks for is chosen, for the whole task or for the selected region."""
    tag, wanted = node.get("whenTagName"), node.words("whenChoiceValue")
    for name in [tag] if tag else looking.chosen:
        chosen = looking.chosen.get(name, set())
        if not chosen or (wanted and not chosen & _stored(looking.module.control(name), wanted)):
            continue
        if name != node.name and looking.counts(name):
            return True
    return False


def _stored(control: Node | None, wanted: tuple[str, ...]) -> set[str]:
    """The wanted options as answers hold them: a condition may name one by its value or by its alias."""
    found = set(wanted)
    for _, option in control.every_option() if control is not None else ():
        if option.value in found:
            found.add(option.stored)
    return found


def _ends(chosen: Any) -> Iterator[str]:
    """What is chosen, of a path its end."""
    for item in chosen if isinstance(chosen, list) else []:
        end = item[-1] if isinstance(item, list) and item else item
        if isinstance(end, str):
            yield end


def _named(tag: str, results: list[Region]) -> bool:
    return any(tag in (result.get("from_name"), result.get("to_name")) for result in results)


def _labels(results: list[Region]) -> set[str]:
    found: set[str] = set()
    for result in results:
        value = result.get("value")
        for key, labels in value.items() if isinstance(value, dict) else ():
            if isinstance(key, str) and key.endswith("labels") and isinstance(labels, list):
                found.update(label for label in labels if isinstance(label, str))
    return found


def _role(node: Node, results: list[Region]) -> bool:
    wanted = node.words("whenRole")
    if not wanted:
        return True
    messages = [r["value"].get("chatmessage") for r in results if isinstance(r.get("value"), dict)]
    return any(isinstance(message, dict) and message.get("role") in wanted for message in messages)
