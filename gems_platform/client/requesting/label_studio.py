# SPDX-License-Identifier: Apache-2.0
"""Tasks as Label Studio writes them: its annotations become known answers, its predictions are left out."""

from __future__ import annotations

from typing import Any

from gems_platform.client.requesting.files import loads
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules.answer import percentage, seconds
from gems_protocol.modules.regions import BESIDE
from gems_protocol.modules.tree import Module, Node


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: What stands beside "data" in a task that Label Studio exported.
TASK_KEYS = _set(
    "id annotations completions predictions drafts meta created_at updated_at inner_id total_annotations"
    " cancelled_annotations total_predictions comment_count unresolved_comment_count last_comment_updated_at"
    " project updated_by comment_authors file_upload is_labeled overlap precomputed_agreement"
)
_KEPT = frozenset(("id", "from_name", "to_name", "type", "value", *BESIDE))
_RELATION = frozenset(("type", "from_id", "to_id", "direction", "labels"))
_PERCENT = frozenset(("x", "y", "width", "height", "radiusX", "radiusY", "rotation", "points"))
_SECONDS = frozenset(("duration", "time"))
_LISTS = {"Choices": "choices", "TextArea": "text"}


def is_task(row: Any) -> bool:
    """Whether a row is a task in its wrapping: {"data": {...}} with or without annotations."""
    return isinstance(row, dict) and isinstance(row.get("data"), dict)


def annotation_of(row: dict[str, Any]) -> tuple[list[Any] | None, bool]:
    """The results of the annotation to trust, and whether its author called it the ground truth.

    The ground truth goes first, then the first that was not cancelled.
    """
    given = row.get("annotations", row.get("completions"))
    usable = [
        one
        for one in (given if isinstance(given, list) else [])
        if isinstance(one, dict) and isinstance(one.get("result"), list) and not one.get("was_cancelled")
    ]
    usable.sort(key=lambda one: one.get("ground_truth") is not True)
    if not usable or not usable[0]["result"]:
        return None, False
    return usable[0]["result"], usable[0].get("ground_truth") is True


def answer_from(results: list[Any], module: Module) -> list[Any]:
    """Results as answers hold them here: without what only Label Studio's editor needs, numbers rounded.

    What cannot be read stays as it is; `parse_answer` says why it is refused.
    """
    return [_result(result, module) for result in results]


def _result(result: Any, module: Module) -> Any:
    if not isinstance(result, dict):
        return result
    if result.get("type") == "relation":
        return {key: value for key, value in result.items() if key in _RELATION}
    found = {key: value for key, value in result.items() if key in _KEPT}
    control = module.control(str(found.get("from_name")))
    if control is None or not isinstance(found.get("value"), dict):
        return found
    if control.tag in ("Pairwise", "Ranker") and found.get("to_name") == control.name:
        found["to_name"] = control.to_name
    shown = module.shown(str(found.get("to_name")))
    tag = shown.tag if shown is not None else ""
    if tag not in ("Image", "Pdf"):
        for key in ("original_width", "original_height", "image_rotation"):
            found.pop(key, None)
    if found.get("item_index") is not None and not (
        tag == "Pdf" or (shown is not None and shown.get("valueList"))
    ):
        found.pop("item_index")
    found["value"] = _value(found["value"], control, tag)
    return found


def _value(value: dict[str, Any], control: Node, tag: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, part in value.items():
        if tag in ("Image", "Pdf", "Video") and key in _PERCENT:
            found[key] = _rounded(part, percentage)
        elif key in _SECONDS or (tag == "Audio" and key in ("start", "end")):
            found[key] = _rounded(part, seconds)
        elif key == "sequence" and isinstance(part, list):
            found[key] = [_value(one, control, tag) if isinstance(one, dict) else one for one in part]
        else:
            found[key] = part
    listed = _LISTS.get(control.tag, "")
    if listed in found and isinstance(found[listed], str):
        found[listed] = [found[listed]]
    if tag == "Audio" and "start" in found:
        found.setdefault("channel", 0)  # left out by earlier versions
    return found


def _rounded(part: Any, how: Any) -> Any:
    if isinstance(part, list):
        return [_rounded(one, how) for one in part]
    return how(part) if type(part) in (int, float) else part


def opened_cells(row: dict[str, Any], module: Module) -> dict[str, Any]:
    """A row of CSV in which cells with JSON are opened where the module shows a list or an object."""
    wanted = {"reference"}
    for node in module.nodes:
        dynamic = bool(node.variable) and node.kind.value == "control" and node.tag != "TextArea"
        if dynamic or node.tag in ("Paragraphs", "List", "Table", "Chat", "TimeSeries"):
            wanted.add(node.variable)
        elif node.tag == "Pdf" or (node.tag == "Image" and node.get("valueList")):
            wanted.add(node.variable)  # pages
    found = {name: _opened(cell) if name in wanted else cell for name, cell in row.items()}
    if "reference" in row:
        if not str(row["reference"]).strip():
            del found["reference"]
        if str(found.pop("gold", "")).strip().lower() == "true":
            found["gold"] = True
    return found


def _opened(cell: Any) -> Any:
    if not isinstance(cell, str) or not cell.strip().startswith(("[", "{")):
        return cell
    try:
        value = loads(cell)
    except MalformedMessage:
        return cell
    return value if isinstance(value, (list, dict)) else cell
