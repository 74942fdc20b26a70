# SPDX-License-Identifier: Apache-2.0
"""What the engine acknowledged before it was killed, held against what it has when it is opened again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_ORDER = ("INTENDED", "SENT", "CONFIRMING", "CLAIMED")


@dataclass
class Promises:
    """Everything that was acknowledged; `hear` adds a line of the worker, `broken` says what is missing."""

    edits: dict[str, list[str]] = field(default_factory=dict)
    finished: set[str] = field(default_factory=set)
    sealed: dict[str, list[str]] = field(default_factory=dict)  # root -> items
    receipts: dict[str, str] = field(default_factory=dict)  # root -> receipt
    voucher: tuple[int, int, int] | None = None
    claims: dict[str, str] = field(default_factory=dict)  # id -> state
    heard: dict[str, int] = field(default_factory=dict)  # acknowledgements by kind
    _leaving: set[str] = field(default_factory=set)  # roots that a step under way may dissolve
    _touched: set[str] = field(default_factory=set)

    def hear(self, line: dict[str, Any]) -> None:
        """Take down what a line acknowledges."""
        if line.get("begin") in ("edit", "undo", "redo", "finish"):
            self._touched.add(line["about"])  # it may be on disk though nobody was told
        match line:
            case {"begin": "take_back", "about": item}:
                self._leaving = {
                    r for r, items in self.sealed.items() if item in items and r not in self.receipts
                }
            case {"did": "take_back"}:
                for root in self._leaving:
                    self.sealed.pop(root, None)
            case {"end": "take_back"}:
                self._leaving = set()
            case {"did": "edit", "item": item, "line": text}:
                self.edits.setdefault(item, []).append(text)
            case {"did": "finish", "item": item}:
                self.finished.add(item)
            case {"did": "kept", "root": root, "items": items, "receipt": receipt}:
                self.sealed[root] = items
                if receipt:
                    self.receipts[root] = receipt
            case {"did": "money", "voucher": voucher, "claims": claims}:
                self.voucher = _sums(voucher)
                self.claims.update(claims)
        if "did" in line:
            name = line["did"] + (" receipt" if line.get("receipt") else "")
            self.heard[name] = self.heard.get(name, 0) + 1

    def asked(self, lately: int = 40) -> dict[str, list[str]]:
        """What is worth looking at after one life: what it touched, and all that is not delivered."""
        open_roots = [root for root in self.sealed if root not in self.receipts]
        items = {item for root in open_roots for item in self.sealed[root]} | self._touched
        return {"items": sorted(items), "roots": sorted({*open_roots, *list(self.receipts)[-lately:]})}

    def broken(self, found: dict[str, Any], asked: dict[str, list[str]] | None = None) -> list[str]:
        """What was acknowledged and is not there; then what is there counts as acknowledged.

        found: an inventory of the worker. asked: the items and roots it was asked about, None for all.
        """
        items = set(self.edits) | self.finished if asked is None else set(asked["items"])
        roots = set(self.sealed) if asked is None else set(asked["roots"])
        said = [text for item in sorted(items) for text in self._edits_of(item, found["edits"].get(item, []))]
        said += [
            f"finished answer lost: {item}" for item in items & self.finished if item not in found["answers"]
        ]
        for root in sorted(roots & set(self.sealed)):
            said += self._batch(root, found["sealed"])
        said += self._money(found)
        self._leaving, self._touched = set(), set()
        return said

    def _edits_of(self, item: str, there: list[str]) -> list[str]:
        promised = self.edits.get(item, [])
        self.edits[item] = there
        if there[: len(promised)] != promised:
            return [f"edits lost: {item}: {len(promised)} acknowledged, {len(there)} there"]
        if len(there) > len(promised) + 1:
            return [f"edits twice: {item}: {len(promised)} acknowledged, {len(there)} there"]
        return []

    def _batch(self, root: str, there: dict[str, str]) -> list[str]:
        if root not in there:
            items = self.sealed.pop(root)
            if root in self._leaving:
                return []
            self.receipts.pop(root, None)
            return [f"sealed batch lost: {root} with {len(items)} answers"]
        if self.receipts.get(root, there[root]) != there[root]:
            return [f"receipt lost: {root}"]
        if there[root]:
            self.receipts[root] = there[root]
        return []

    def _money(self, found: dict[str, Any]) -> list[str]:
        said, voucher = [], _sums(found["voucher"])
        if self.voucher is not None and (
            voucher is None or any(a > b for a, b in zip(self.voucher, voucher, strict=True))
        ):
            said.append(f"voucher lost: {self.voucher} became {voucher}")
        self.voucher = voucher
        for claim, state in self.claims.items():
            there = found["claims"].get(claim)
            if there is None or (
                state in _ORDER and there in _ORDER and _ORDER.index(there) < _ORDER.index(state)
            ):
                said.append(f"claim lost: {claim} was {state}, is {there}")
        self.claims = dict(found["claims"])
        return said


def _sums(voucher: list[Any] | None) -> tuple[int, int, int] | None:
    return None if voucher is None else (int(voucher[0]), int(voucher[1]), int(voucher[2]))
