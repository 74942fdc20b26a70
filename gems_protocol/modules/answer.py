# SPDX-License-Identifier: Apache-2.0
"""Answers in Label Studio's result JSON: strictly read, checked against the module, hashed canonically."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from gems_protocol import canonical
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import limits
from gems_protocol.modules.tree import Module, Node

Region = dict[str, Any]
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_KEYS = frozenset(
    {"id", "from_name", "to_name", "type", "value", "original_width", "original_height", "image_rotation"}
)
_RECTANGLE = frozenset({"x", "y", "width", "height", "rotation", "rectanglelabels"})
_PIXELS = 50_000  # edge of a picture: beyond every camera, below what overflows
_DECIMALS = 4  # of a percentage: a twentieth of a pixel on a 12-megapixel photo


def answer_hash(answer: list[Region]) -> bytes:
    """keccak256 of the canonical JSON: a Submission's resultHash."""
    return canonical.keccak_of(answer)


def percentage(value: float) -> float:
    """A coordinate as answers hold it: rounded, and whole numbers without a fraction."""
    rounded = round(float(value), _DECIMALS)
    return int(rounded) if rounded.is_integer() else rounded


def parse_answer(value: Any, module: Module) -> list[Region]:
    """`value` when it is an answer that this module can give (complete or not); raises MalformedMessage."""
    if type(value) is not list or len(value) > limits.REGIONS:
        raise MalformedMessage("An answer is not a list of results.")
    seen: set[str] = set()
    for region in value:
        _region(region, module, seen)
    if len(json.dumps(value, ensure_ascii=False).encode()) > limits.ANSWER_BYTES:
        raise MalformedMessage(f"An answer is larger than {limits.ANSWER_BYTES // 1000} kB.")
    return value


def _refuse(what: str) -> MalformedMessage:
    return MalformedMessage(f"A result in an answer {what}.")


def _region(region: Any, module: Module, seen: set[str]) -> None:
    if type(region) is not dict or not region.keys() <= _KEYS or not {"id", "value"} <= region.keys():
        raise _refuse("does not have the fields of a Label Studio result")
    if type(region["id"]) is not str or not _ID.fullmatch(region["id"]) or region["id"] in seen:
        raise _refuse("has no id of its own")
    seen.add(region["id"])
    name = region.get("from_name")
    control = module.control(name) if type(name) is str else None
    if control is None or region.get("to_name") != control.to_name:
        raise _refuse("names a control that the module does not have")
    if region.get("type") != control.answer_type or type(region["value"]) is not dict:
        raise _refuse("is not of its control's type")
    for edge in ("original_width", "original_height"):
        if edge in region and (type(region[edge]) is not int or not 0 < region[edge] <= _PIXELS):
            raise _refuse("has an impossible picture size")
    if not _zero(region.get("image_rotation", 0)):
        raise _refuse("is rotated, which is not supported")
    _VALUES[control.tag](region["value"], control)


def _zero(value: Any) -> bool:
    return type(value) in (int, float) and value == 0


def _choices(value: dict[str, Any], control: Node) -> None:
    chosen = value.get("choices")
    if value.keys() != {"choices"} or type(chosen) is not list or not chosen:
        raise _refuse("holds no choices")
    _known(chosen, control)
    if len(chosen) > 1 and control.get("choice", "single") != "multiple":
        raise _refuse("holds several choices where one is allowed")


def _known(chosen: list[Any], control: Node) -> None:
    stored = {option.stored for option in control.options}
    if any(type(item) is not str or item not in stored for item in chosen) or len(set(chosen)) != len(chosen):
        raise _refuse("holds an option that the module does not have")


def _rectangle(value: dict[str, Any], control: Node) -> None:
    if value.keys() != _RECTANGLE or not _zero(value["rotation"]):
        raise _refuse("is not an upright rectangle")
    for key in ("x", "y", "width", "height"):
        # compared, never converted: a huge integer does not fit a float, and NaN is in no range
        if type(value[key]) not in (int, float) or not 0 <= value[key] <= 100:
            raise _refuse("has a coordinate that is no percentage")
    slack = 0.001  # percent: what rounding may add
    if value["width"] == 0 or value["height"] == 0:
        raise _refuse("is a rectangle without an area")
    if value["x"] + value["width"] > 100 + slack or value["y"] + value["height"] > 100 + slack:
        raise _refuse("lies outside its picture")
    labels = value["rectanglelabels"]
    if type(labels) is not list or len(labels) != 1:
        raise _refuse("does not have exactly one label")
    _known(labels, control)


def _typed(value: dict[str, Any], control: Node) -> None:
    texts = value.get("text")
    if value.keys() != {"text"} or type(texts) is not list or not 0 < len(texts) <= limits.TYPED_ENTRIES:
        raise _refuse("holds no typed text")
    if any(type(text) is not str or not text or len(text) > limits.TYPED_LENGTH for text in texts):
        raise _refuse("holds a typed text that is empty or too long")
    if any("\ud800" <= char <= "\udfff" for text in texts for char in text):
        raise _refuse("holds half a character")
    most = int(control.get("maxSubmissions") or limits.TYPED_ENTRIES)
    if len(texts) > max(most, 1):
        raise _refuse("holds more entries than the module allows")


_VALUES: dict[str, Callable[[dict[str, Any], Node], None]] = {
    "Choices": _choices,
    "RectangleLabels": _rectangle,
    "TextArea": _typed,
}


def problems(answer: list[Region], module: Module) -> list[str]:
    """What still keeps a well-formed answer from being finished, in words; empty when nothing does."""
    found: list[str] = []
    for control in module.controls():
        mine = [region for region in answer if region["from_name"] == control.name]
        if control.flag("required") and not mine:
            found.append(control.get("requiredMessage") or _missing(control))
        most = control.get("maxUsages")
        if most and any(
            sum(region["value"]["rectanglelabels"] == [option.stored] for region in mine) > int(most)
            for option in control.options
        ):
            found.append(f"A label of {control.name} may be used at most {most} times.")
    if not answer and not found and not any(node.tag == "RectangleLabels" for node in module.controls()):
        found.append("Nothing is answered yet.")
    return found


def _missing(control: Node) -> str:
    if control.tag == "Choices":
        return "Choose an answer."
    if control.tag == "TextArea":
        return "Write your answer."
    return "Mark at least one region."
