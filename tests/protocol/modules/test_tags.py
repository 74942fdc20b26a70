# SPDX-License-Identifier: Apache-2.0
"""Every row of the table: each tag with each of its attributes, in any case of letters; looks; what reaches out."""

from __future__ import annotations

import pytest

from gems_protocol.modules import parse
from gems_protocol.modules.parse import NUMBERS
from gems_protocol.modules.tags import HARMLESS, REFUSED, TAGS, WITHOUT
from gems_protocol.modules.tree import Kind
from tests.protocol.modules.configs import CHOICES, IMAGE, TEXT, reasons, view

LABELLED = {
    "Labels": "t",
    **dict.fromkeys(("RectangleLabels", "PolygonLabels", "KeyPointLabels", "EllipseLabels"), "i"),
    **dict.fromkeys(("BrushLabels", "OcrLabels"), "i"),
    "HyperTextLabels": "h",
    "ParagraphLabels": "p",
    "TimeSeriesLabels": "s",
    "TimelineLabels": "v",
}
SHOWN = [
    "Header",
    "Text",
    "HyperText",
    "Paragraphs",
    "Table",
    "List",
    "Chat",
    "Image",
    "Audio",
    "Video",
    "Pdf",
]
#: What each tag needs to fit into FRAME: the attributes it must have, what is in it, and what is around it.
FITTING: dict[str, tuple[dict[str, str], str, str]] = {
    "View": ({}, "<Text name='n' value='$n'/>", "{}"),
    **{tag: ({"name": "n", "value": "$x"}, "", "{}") for tag in SHOWN},
    "TimeSeries": ({"name": "n", "value": "$x"}, "<Channel column='1'/>", "{}"),
    **{tag: ({"name": "n", "toName": "t"}, "<Choice value='a'/>", "{}") for tag in ("Choices", "Taxonomy")},
    **{
        tag: ({"name": "n", "toName": "t"}, "", "{}")
        for tag in ("TextArea", "Rating", "Number", "DateTime", "Ranker")
    },
    "Pairwise": ({"name": "n", "toName": "t,i"}, "", "{}"),
    **{tag: ({"name": "n", "toName": to}, "<Label value='a'/>", "{}") for tag, to in LABELLED.items()},
    **{
        tag: ({"name": "n", "toName": "i"}, "", "{}")
        for tag in ("Rectangle", "Polygon", "KeyPoint", "Ellipse", "Brush")
    },
    "VideoRectangle": ({"name": "n", "toName": "v"}, "", "{}"),
    "Relations": ({}, "<Relation value='a'/>", "{}"),
    "Choice": ({"value": "x"}, "", "<Choices name='n' toName='t'>{}</Choices>"),
    "Label": ({"value": "x"}, "", "<Labels name='n' toName='t'>{}</Labels>"),
    "Relation": ({"value": "x"}, "", "<Relations>{}</Relations>"),
    "Bucket": ({"name": "x"}, "", "<Ranker name='n' toName='t'>{}</Ranker>"),
    "Channel": ({"column": "x"}, "", "<TimeSeries name='n' value='$s'>{}</TimeSeries>"),
}
FRAME = (
    TEXT,
    IMAGE,
    "<HyperText name='h' value='$h'/>",
    "<Paragraphs name='p' value='$p'/>",
    "<Video name='v' value='$v'/>",
    "<TimeSeries name='s' value='$s'><Channel column='1'/></TimeSeries>",
    CHOICES,
)
SAMPLES = {
    "gems-compare": "none",
    "choice": "single",
    "valueType": "text",
    "html": "b",
    **dict.fromkeys(NUMBERS, "3"),
}
#: Where the element itself names what the attribute says.
GIVEN = {"name", "toName"}


def fitting(tag: str, attribute: str = "", value: str = "") -> str:
    """A sound config with one more element of `tag`, one attribute of it as given."""
    needed, inside, around = FITTING[tag]
    given = {name: text for name, text in needed.items() if name.lower() != attribute.lower()}
    words = "".join(f" {n}='{v}'" for n, v in (given | ({attribute: value} if attribute else {})).items())
    return view(*FRAME, around.format(f"<{tag}{words}>{inside}</{tag}>"))


def sample(attribute: str) -> str:
    """A value that an attribute may have anywhere."""
    return SAMPLES.get(attribute, "$x" if attribute in ("value", "valueList", "audioUrl") else "words")


def test_a_fitting_element_for_each_tag() -> None:
    assert set(FITTING) == {tag for tag, row in TAGS.items() if row.kind is not Kind.IGNORED}
    for tag in FITTING:
        assert parse(fitting(tag)).notes == (), tag


ROWS = [
    (tag, attribute)
    for tag, row in sorted(TAGS.items())
    for attribute in sorted(row.attributes - GIVEN - {"gems-threshold"})
    if row.kind is not Kind.IGNORED
]


@pytest.mark.parametrize(("tag", "attribute"), ROWS)
def test_every_attribute_of_the_table_is_read(tag: str, attribute: str) -> None:
    value = sample(attribute)
    module = parse(fitting(tag, attribute, value))
    assert not any("the look" in note or "does not know" in note for note in module.notes)
    if TAGS[tag].kind is not Kind.OPTION:
        assert any(node.tag == tag and node.get(attribute) == value for node in module.root.walk())


@pytest.mark.parametrize(("tag", "attribute"), ROWS)
def test_attributes_are_known_in_any_case(tag: str, attribute: str) -> None:
    value = sample(attribute)
    assert parse(fitting(tag, attribute.lower(), value)) == parse(fitting(tag, attribute, value))


@pytest.mark.parametrize("attribute", sorted(HARMLESS - TAGS["Text"].attributes))
def test_looks_are_read_and_noted(attribute: str) -> None:
    module = parse(view(f"<Text name='t' value='$t' {attribute}='1'/>", CHOICES))
    assert module.notes == (f"line 2: the look {attribute} is drawn in our own style",)


@pytest.mark.parametrize("attribute", sorted(REFUSED))
def test_what_reaches_out_is_refused(attribute: str) -> None:
    config = view(f"<Text name='t' value='$t' {attribute.upper()}='x'/>", CHOICES)
    assert reasons(config) == (f"line 2: Text has the attribute {attribute.upper()}, which is not supported",)
    assert parse(config.replace("'x'", "'none'"))


@pytest.mark.parametrize("attribute", sorted(WITHOUT))
def test_what_carries_meaning_and_has_none_here_is_told(attribute: str) -> None:
    config = view(TEXT, CHOICES.replace("name=", f"{attribute}='true' name=", 1))
    assert parse(config).notes == (f"line 3: Choices has {attribute}, but {WITHOUT[attribute]}",)
    assert parse(config.replace("'true'", "'false'")).notes == ()
