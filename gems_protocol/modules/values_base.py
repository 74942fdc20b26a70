# SPDX-License-Identifier: Apache-2.0
"""What the checks of all answer values share: numbers, words and labels from outside, compared and never converted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import limits
from gems_protocol.modules.tree import Module, Node

Value = dict[str, Any]
SLACK = 0.001  # percent: what rounding may add


@dataclass(frozen=True, slots=True)
class Subject:
    """What a value is about: the control that gave it and the object that its result names."""

    module: Module
    control: Node
    shown: Node | None

    @property
    def free(self) -> bool:
        """Whether options come from a task that is not known here, so that any short text may be one."""
        return bool(self.control.variable or self.control.woven) and not self.module.bound


def refuse(what: str) -> MalformedMessage:
    """The refusal of one result."""
    return MalformedMessage(f"A result in an answer {what}.")


def fields(value: Value, required: str, optional: str = "") -> None:
    """Refuse a value that lacks one of the `required` fields or has one that is not named."""
    needed = set(required.split())
    if not needed <= value.keys() or not value.keys() <= needed | set(optional.split()):
        raise refuse("does not have the fields of its type")


def number(value: Any, least: float, most: float, what: str) -> None:
    """Refuse what is no number from `least` to `most`: a huge integer fits no float, and NaN is in no range."""
    if type(value) not in (int, float) or not least <= value <= most:
        raise refuse(what)


def whole(value: Any, least: int, most: int, what: str) -> None:
    """Refuse what is no whole number from `least` to `most`."""
    if type(value) is not int or not least <= value <= most:
        raise refuse(what)


def words(value: Any, most: int, what: str, *, empty: bool = False) -> None:
    """Refuse what is no text of up to `most` characters, and half characters."""
    if type(value) is not str or len(value) > most or not (value or empty):
        raise refuse(what)
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise refuse("holds half a character")


def known(chosen: Any, subject: Subject, options: set[str]) -> None:
    """Refuse a list that holds what is none of the options, or one of them twice."""
    if type(chosen) is not list or any(type(item) is not str for item in chosen):
        raise refuse("holds no list of options")
    if len(set(chosen)) != len(chosen):
        raise refuse("holds an option twice")
    for item in chosen:
        if item not in options:
            if not subject.free:
                raise refuse("holds an option that the module does not have")
            words(item, limits.LABEL_LENGTH, "holds an option that is empty or too long")


def labels(chosen: Any, subject: Subject) -> None:
    """Refuse the labels of a region that its control cannot give: one, or several where they may be chosen."""
    known(chosen, subject, {option.stored for option in subject.control.options})
    if not chosen and not subject.control.flag("allowEmpty"):
        raise refuse("has no label")
    if len(chosen) > 1 and not subject.control.multiple:
        raise refuse("does not have exactly one label")
