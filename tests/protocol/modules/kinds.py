# SPDX-License-Identifier: Apache-2.0
"""A config and a full answer of every type of control, as Label Studio writes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_protocol.modules import Module, parse, rle
from gems_protocol.modules.bind import bind

Answer = list[dict[str, Any]]
LABELS = '<Label value="Cat"/><Label value="Dog" alias="dog"/>'
SIZE = {"original_width": 8, "original_height": 4, "image_rotation": 0}
MASK = bytes(255 if 2 <= at % 8 < 5 else 0 for at in range(32))
BOX = {"x": 10, "y": 12.5, "width": 20, "height": 30.25, "rotation": 0}


@dataclass(frozen=True)
class Kind:
    """One type of answer: what is asked, with which data, and an answer."""

    config: str
    answer: Answer
    data: dict[str, Any] | None = None
    sdk: bool = True  # whether label-studio-sdk checks such values as the editor writes them

    @property
    def module(self) -> Module:
        """The parsed config, bound to the data when there is any."""
        module = parse(f"<View>{self.config}</View>")
        return bind(module, self.data) if self.data is not None else module


def result(kind: str, value: dict[str, Any], name: str = "a", to: str = "o", **more: Any) -> dict[str, Any]:
    """One result."""
    return {"id": "r1", "from_name": name, "to_name": to, "type": kind, "value": value, **more}


def _whole(control: str, kind: str, value: dict[str, Any], shown: str = "Text", **more: Any) -> Kind:
    return Kind(f'<{shown} name="o" value="$o"/>{control}', [result(kind, value, id="a")], **more)


def _region(tag: str, value: dict[str, Any], shown: str, **beside: Any) -> Kind:
    kind = tag.lower()
    config = f'<{shown} name="o" value="$o"/><{tag} name="a" toName="o">{LABELS}</{tag}>'
    return Kind(config, [result(kind, {**value, kind: ["dog"]}, **beside)])


def _bare(tag: str, value: dict[str, Any], **beside: Any) -> Kind:
    config = f'<Image name="o" value="$o"/><{tag} name="a" toName="o"/><Labels name="l" toName="o">{LABELS}</Labels>'
    place = result(tag.lower(), value, **beside)
    return Kind(config, [place, result("labels", {**value, "labels": ["Cat"]}, name="l", **beside)])


TREE = '<Choice value="Animal"><Choice value="Cat"/><Choice value="Dog" alias="dog"/></Choice><Choice value="Stone"/>'
SPAN = {"start": 2, "end": 5, "text": "abc"}
HTML = {
    "start": "/div[1]/p[1]/text()[1]",
    "end": "/div[1]/p[2]/text()[1]",
    "startOffset": 2,
    "endOffset": 1,
    "globalOffsets": {"start": 2, "end": 9},
    "text": "a bit of",
}
TURNS = {"start": "0", "end": "2", "startOffset": 3, "endOffset": 1, "text": "said"}
FRAME = {**BOX, "frame": 1, "enabled": True, "time": 0.04}
MOVING = {
    "framesCount": 100,
    "duration": 4.0,
    "sequence": [FRAME, {**FRAME, "frame": 50, "enabled": False, "time": 2}],
}
BRUSH = {"format": "rle", "rle": rle.encode(8, 4, MASK)}
POLYGON = {"points": [[10, 10], [50.5, 10], [30, 60]], "closed": True}
ELLIPSE = {"x": 50, "y": 50, "radiusX": 10.5, "radiusY": 3, "rotation": 0}
POINT = {"x": 50, "y": 99.5, "width": 0.4}
HEARD = {"start": 0.25, "end": 3.5, "channel": 0}
ITEMS = {"o": [{"id": name, "title": name.upper()} for name in ("x", "y", "z")]}
VIDEO = (
    '<Video name="o" value="$o"/><VideoRectangle name="a" toName="o"/>'
    f'<Labels name="l" toName="o" allowEmpty="true">{LABELS}</Labels>'
)

KINDS: dict[str, Kind] = {
    "choices": _whole(
        '<Choices name="a" toName="o"><Choice value="x"/><Choice value="y"/></Choices>',
        "choices",
        {"choices": ["y"]},
    ),
    "choices of a tree": _whole(
        f'<Choices name="a" toName="o" allowNested="true" choice="multiple">{TREE}</Choices>',
        "choices",
        {"choices": [["Animal", "dog"], ["Stone"]]},
        sdk=False,  # the editor writes paths, the SDK reads only words
    ),
    "choices of the task": _whole(
        '<Choices name="a" toName="o" value="$c"/>',
        "choices",
        {"choices": ["second"]},
        data={"o": "text", "c": [{"value": "first"}, {"value": "second"}]},
    ),
    "taxonomy": _whole(
        f'<Taxonomy name="a" toName="o" maxUsages="2">{TREE}</Taxonomy>',
        "taxonomy",
        {"taxonomy": [["Animal", "Cat"], ["Animal"]]},
    ),
    "textarea": _whole('<TextArea name="a" toName="o"/>', "textarea", {"text": ["one", "مرحبا \U0001f600"]}),
    "rating": _whole('<Rating name="a" toName="o" maxRating="7"/>', "rating", {"rating": 7}),
    "number": _whole('<Number name="a" toName="o" min="-1" max="2" step="0.1"/>', "number", {"number": 0.3}),
    "datetime": _whole('<DateTime name="a" toName="o"/>', "datetime", {"datetime": "2024-02-29T13:45"}),
    "date": _whole(
        '<DateTime name="a" toName="o" only="date" min="2000-01-01"/>', "datetime", {"datetime": "2024-02-29"}
    ),
    "time": _whole('<DateTime name="a" toName="o" only="time"/>', "datetime", {"datetime": "23:59"}),
    "pairwise": Kind(
        '<Text name="o" value="$o"/><Text name="p" value="$p"/><Pairwise name="a" toName="o,p"/>',
        [result("pairwise", {"selected": "left"}, id="a")],
    ),
    "ranker": Kind(
        '<List name="o" value="$o"/><Ranker name="a" toName="o"/>',
        [result("ranker", {"ranker": {"a": ["z", "x", "y"]}}, id="a")],
        ITEMS,
    ),
    "ranker with buckets": Kind(
        '<List name="o" value="$o"/><Ranker name="a" toName="o"><Bucket name="good"/><Bucket name="bad"/></Ranker>',
        [result("ranker", {"ranker": {"good": ["z"], "bad": [], "_": ["x"]}}, id="a")],
        ITEMS,
    ),
    "rectanglelabels": _region("RectangleLabels", BOX, "Image", **SIZE),
    "ellipselabels": _region("EllipseLabels", ELLIPSE, "Image", **SIZE),
    "polygonlabels": _region("PolygonLabels", POLYGON, "Image", **SIZE),
    "keypointlabels": _region("KeyPointLabels", POINT, "Image", **SIZE),
    "brushlabels": _region("BrushLabels", BRUSH, "Image", **SIZE),
    "ocrlabels": _region("OcrLabels", {**BOX, "ocrtext": "Total", "pageIndex": 1}, "Pdf", **SIZE),
    "rectangle": _bare("Rectangle", BOX, **SIZE),
    "ellipse": _bare("Ellipse", ELLIPSE, **SIZE),
    "polygon": _bare("Polygon", POLYGON, **SIZE),
    "keypoint": _bare("KeyPoint", POINT, **SIZE),
    "brush": _bare("Brush", BRUSH, **SIZE),
    "labels on text": _region("Labels", SPAN, "Text"),
    "labels on hypertext": _region("Labels", HTML, "HyperText"),
    "labels on audio": _region("Labels", HEARD, "Audio"),
    "hypertextlabels": _region("HyperTextLabels", HTML, "HyperText"),
    "paragraphlabels": _region("ParagraphLabels", TURNS, "Paragraphs"),
    "timelinelabels": _region("TimelineLabels", {"ranges": [{"start": 1, "end": 24}]}, "Video"),
    "timeserieslabels": Kind(
        '<TimeSeries name="o" value="$o" timeColumn="t"><Channel column="v"/></TimeSeries>'
        f'<TimeSeriesLabels name="a" toName="o">{LABELS}</TimeSeriesLabels>',
        [result("timeserieslabels", {"start": 1.5, "end": 9, "instant": False, "timeserieslabels": ["Cat"]})],
    ),
    "videorectangle": Kind(VIDEO, [result("videorectangle", {**MOVING, "labels": ["dog"]})]),
    "videorectangle without label": Kind(VIDEO, [result("videorectangle", MOVING)]),
    "chatmessage": Kind(
        '<Chat name="a" value="$o"/>',
        [
            result(
                "chatmessage", {"chatmessage": {"role": "user", "content": "Hi", "createdAt": 17}}, to="a"
            ),
            result("chatmessage", {"chatmessage": {"role": "assistant", "content": "Yes?"}}, to="a", id="r2"),
        ],
    ),
    "pages": Kind(
        f'<Image name="o" valueList="$o"/><RectangleLabels name="a" toName="o">{LABELS}</RectangleLabels>',
        [
            result("rectanglelabels", {**BOX, "rectanglelabels": ["Cat"]}, item_index=0, **SIZE),
            result("rectanglelabels", {**BOX, "rectanglelabels": ["Cat"]}, item_index=3, id="r2", **SIZE),
        ],
    ),
    "text about regions": Kind(
        f'<Image name="o" value="$o"/><RectangleLabels name="a" toName="o">{LABELS}</RectangleLabels>'
        '<TextArea name="t" toName="o" perRegion="true"/>',
        [
            result("rectanglelabels", {**BOX, "rectanglelabels": ["Cat"]}, **SIZE),
            result("textarea", {**BOX, "text": ["abc"]}, name="t", **SIZE),
        ],
    ),
    "text about spans": Kind(
        f'<Text name="o" value="$o"/><Labels name="a" toName="o">{LABELS}</Labels>'
        '<TextArea name="t" toName="o" perRegion="true"/>',
        [
            result("labels", {**SPAN, "labels": ["Cat"]}),
            result("textarea", {"start": 2, "end": 5, "text": ["abc"]}, name="t"),
        ],
    ),
    "relations": Kind(
        f'<Text name="o" value="$o"/><Labels name="a" toName="o">{LABELS}</Labels>'
        '<Relations><Relation value="is"/><Relation value="has"/></Relations>',
        [
            result("labels", {**SPAN, "labels": ["Cat"]}),
            result("labels", {**SPAN, "labels": ["dog"]}, id="r2"),
            {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "right", "labels": ["has"]},
        ],
    ),
}
