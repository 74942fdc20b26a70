# SPDX-License-Identifier: Apache-2.0
"""Which check reads the values of which control; a new type of answer is a new row here."""

from __future__ import annotations

from collections.abc import Callable

from gems_protocol.modules import values_choice, values_entry, values_image, values_span
from gems_protocol.modules.regions import LABEL_KEYS, OWN_KEYS, labellers
from gems_protocol.modules.values_base import Subject, Value, fields, labels, refuse

Check = Callable[[Value, Subject], None]

# Values that are one field.
OWN: dict[str, Check] = {
    "Choices": values_choice.choices,
    "Taxonomy": values_choice.taxonomy,
    "Pairwise": values_choice.pairwise,
    "Ranker": values_choice.ranker,
    "TextArea": values_entry.text,
    "Rating": values_entry.rating,
    "Number": values_entry.number,
    "DateTime": values_entry.moment,
}
# Places of regions, read without their labels.
PLACES: dict[str, Check] = {
    "Rectangle": values_image.rectangle,
    "RectangleLabels": values_image.rectangle,
    "Ellipse": values_image.ellipse,
    "EllipseLabels": values_image.ellipse,
    "Polygon": values_image.polygon,
    "PolygonLabels": values_image.polygon,
    "KeyPoint": values_image.point,
    "KeyPointLabels": values_image.point,
    "Brush": values_image.brush,
    "BrushLabels": values_image.brush,
    "OcrLabels": values_image.read,
    "Labels": values_span.span,
    "HyperTextLabels": values_span.span,
    "ParagraphLabels": values_span.paragraphs,
    "TimeSeriesLabels": values_span.measured,
    "TimelineLabels": values_span.timeline,
    "VideoRectangle": values_span.moving,
    "Chat": values_entry.message,
}


def own(value: Value, subject: Subject) -> None:
    """Check a value that is one field, of the whole task or of a companion without its place."""
    key = OWN_KEYS.get(subject.control.tag, "")
    if value.keys() != {key}:
        raise refuse("does not have the fields of its type")
    if subject.control.tag == "Labels":
        labels(value[key], subject)
        if not value[key]:
            raise refuse("has no label")
    else:
        OWN[subject.control.tag](value, subject)


def region(value: Value, subject: Subject) -> None:
    """Check the value of a region: its place and, where its control labels, its labels."""
    tag = subject.control.tag
    key = LABEL_KEYS.get(tag)
    PLACES[tag]({name: part for name, part in value.items() if name != key}, subject)
    if tag == "VideoRectangle":
        _video(value, subject)
    elif key is not None:
        fields({key: value[key]} if key in value else {}, key)
        labels(value[key], subject)


def _video(value: Value, subject: Subject) -> None:
    """A rectangle in a video takes its labels from the Labels beside it; with allowEmpty it needs none."""
    to_name = subject.shown.name if subject.shown is not None else ""
    givers = labellers(subject.control, to_name, subject.module)
    if "labels" not in value:
        if givers and not any(giver.flag("allowEmpty") for giver in givers):
            raise refuse("has no label")
        return
    if len(givers) == 1:
        labels(value["labels"], Subject(subject.module, givers[0], subject.shown))
        return
    given = value["labels"]
    if (
        type(given) is not list
        or any(type(label) is not str for label in given)
        or len(set(given)) != len(given)
    ):
        raise refuse("holds no list of options")
    free = any(Subject(subject.module, giver, None).free for giver in givers)
    if not free and not set(given) <= {option.stored for giver in givers for option in giver.options}:
        raise refuse("holds an option that the module does not have")
