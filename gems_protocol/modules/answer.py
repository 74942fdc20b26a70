# SPDX-License-Identifier: Apache-2.0
"""Answers in Label Studio's result JSON: strictly read, checked against the module, hashed canonically."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from gems_protocol import canonical
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import limits, values, values_image
from gems_protocol.modules.problems import problems
from gems_protocol.modules.regions import BARE, BESIDE, OWN_KEYS, Region, geometry, makes_regions, objects_of
from gems_protocol.modules.tree import Module, Node
from gems_protocol.modules.values_base import Subject, known, refuse

__all__ = ["Region", "answer_hash", "parse_answer", "percentage", "problems", "seconds"]

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_KEYS = frozenset({"id", "from_name", "to_name", "type", "value", *BESIDE})
_RELATION = frozenset({"type", "from_id", "to_id", "direction"})
_PICTURES = frozenset({"Image", "Pdf"})
_DECIMALS = 4  # of a percentage: a twentieth of a pixel on a 12-megapixel photo
_SECOND_DECIMALS = 6  # of seconds: below one sample of any recording


def answer_hash(answer: list[Region]) -> bytes:
    """keccak256 of the canonical JSON: a Submission's resultHash."""
    return canonical.keccak_of(answer)


def percentage(value: float) -> float:
    """A coordinate as answers hold it: rounded, and whole numbers without a fraction."""
    return _rounded(value, _DECIMALS)


def seconds(value: float) -> float:
    """A time in a recording as answers hold it."""
    return _rounded(value, _SECOND_DECIMALS)


def _rounded(value: float, decimals: int) -> float:
    rounded = round(float(value), decimals)
    return int(rounded) if rounded.is_integer() else rounded


def parse_answer(value: Any, module: Module) -> list[Region]:
    """`value` when it is an answer that this module can give (complete or not); raises MalformedMessage."""
    if type(value) is not list or len(value) > limits.RESULTS:
        raise MalformedMessage("An answer is not a list of results.")
    reading = _Reading(module)
    for result in value:
        reading.result(result)
    for result in reading.relations:
        reading.relation(result)
    if len(json.dumps(value, ensure_ascii=False).encode()) > limits.ANSWER_BYTES:
        raise MalformedMessage(f"An answer is larger than {limits.ANSWER_BYTES // 1000} kB.")
    return value


@dataclass
class _Reading:
    """What was read so far, so that ids and the one result of a control are not used twice."""

    module: Module
    firsts: dict[str, Region] = field(default_factory=dict)
    regions: set[str] = field(default_factory=set)
    taken: set[tuple[str, Any]] = field(default_factory=set)
    relations: list[Region] = field(default_factory=list)

    def result(self, result: Any) -> None:
        if type(result) is not dict:
            raise refuse("does not have the fields of a Label Studio result")
        if result.get("type") == "relation":
            self.relations.append(result)
            return
        subject = self._subject(result)
        _beside(result, subject)
        first = self.firsts.get(result["id"])
        if first is not None:
            self._companion(result, first, subject)
        elif makes_regions(subject.control, subject.shown):
            self._region(result, subject)
        else:
            self._whole(result, subject)
        self.firsts.setdefault(result["id"], result)

    def _subject(self, result: Region) -> Subject:
        if not result.keys() <= _KEYS or not {"id", "value"} <= result.keys():
            raise refuse("does not have the fields of a Label Studio result")
        if type(result["id"]) is not str or not _ID.fullmatch(result["id"]):
            raise refuse("has no id of its own")
        name, to_name = result.get("from_name"), result.get("to_name")
        control = self.module.control(name) if type(name) is str else None
        if control is None or type(to_name) is not str or to_name not in objects_of(control):
            raise refuse("names a control that the module does not have")
        if result.get("type") != control.answer_type or type(result["value"]) is not dict:
            raise refuse("is not of its control's type")
        return Subject(self.module, control, self.module.shown(to_name))

    def _region(self, result: Region, subject: Subject) -> None:
        self.regions.add(result["id"])
        if len(self.regions) > limits.REGIONS:
            raise MalformedMessage(f"An answer has more than {limits.REGIONS} regions.")
        values.region(result["value"], subject)
        if "rle" in result["value"]:
            values_image.covers(result)

    def _whole(self, result: Region, subject: Subject) -> None:
        control = subject.control
        if control.per_region or control.tag == "Labels":
            raise refuse("belongs to a region that is not there")
        if result["to_name"] != control.to_name:
            raise refuse("names an object that its control is not first about")
        place = (control.name, result.get("item_index"))
        if place in self.taken:
            raise refuse("is a second one of its control")
        self.taken.add(place)
        values.own(result["value"], subject)

    def _companion(self, result: Region, first: Region, subject: Subject) -> None:
        control, of = subject.control, self.module.control(first["from_name"])
        label = control.tag == "Labels" and of is not None and of.tag in BARE
        if of is None or result["id"] not in self.regions or not (control.per_region or label):
            raise refuse("has no id of its own")
        place = (result["id"], control.name)
        if place in self.taken:
            raise refuse("is a second one about its region")
        self.taken.add(place)
        key = OWN_KEYS.get(control.tag, "")
        if result["to_name"] != first["to_name"] or key not in result["value"]:
            raise refuse("does not fit the region that it is about")
        rest = {name: part for name, part in result["value"].items() if name != key}
        expected = geometry(first, of, key)
        if rest.keys() != expected.keys() or not _same(rest, expected):
            raise refuse("does not lie where its region lies")
        if any(result.get(name) != first.get(name) for name in BESIDE):
            raise refuse("does not lie where its region lies")
        values.own({key: result["value"][key]}, subject)

    def relation(self, result: Region) -> None:
        kinds = self.module.relations()
        if kinds is None or not result.keys() >= _RELATION or not result.keys() <= _RELATION | {"labels"}:
            raise refuse("is no relation that the module has")
        ends = (result["from_id"], result["to_id"])
        if any(type(end) is not str or end not in self.regions for end in ends) or ends[0] == ends[1]:
            raise refuse("relates what is not two regions")
        if result["direction"] not in ("left", "right", "bi"):
            raise refuse("is a relation without a direction")
        if ends in self.taken:
            raise refuse("relates two regions twice")
        self.taken.add(ends)
        if len(self.relations) > limits.RELATIONS:
            raise MalformedMessage(f"An answer has more than {limits.RELATIONS} relations.")
        if "labels" in result:
            _kinds(result["labels"], kinds, self.module)


def _kinds(given: Any, kinds: Node, module: Module) -> None:
    known(given, Subject(module, kinds, None), {option.stored for option in kinds.options})
    if len(given) > 1 and not kinds.multiple:
        raise refuse("is a relation of several kinds where one is allowed")


def _same(one: Any, two: Any) -> bool:
    """Whether two values are alike as JSON: true is not 1, and what JSON cannot hold is like nothing."""
    try:
        return canonical.dumps(one) == canonical.dumps(two)
    except MalformedMessage:
        return False


def _beside(result: Region, subject: Subject) -> None:
    """The fields beside the value: the size of the picture, and the page of several."""
    tag = subject.shown.tag if subject.shown is not None else ""
    for edge in ("original_width", "original_height"):
        if edge in result:
            size = result[edge]
            if tag not in _PICTURES or type(size) is not int or not 0 < size <= limits.PICTURE_EDGE:
                raise refuse("has an impossible picture size")
    turned = result.get("image_rotation", 0)
    if (
        type(turned) not in (int, float)
        or turned != 0
        or ("image_rotation" in result and tag not in _PICTURES)
    ):
        raise refuse("is rotated, which is not supported")
    if "item_index" in result:
        page, several = (
            result["item_index"],
            tag == "Pdf" or bool(subject.shown and subject.shown.get("valueList")),
        )
        if not several or type(page) is not int or not 0 <= page < limits.PAGES:
            raise refuse("lies on a page that is not there")
