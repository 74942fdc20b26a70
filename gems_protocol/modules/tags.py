# SPDX-License-Identifier: Apache-2.0
"""Which tags and attributes of the labelling language are understood; a new tag is a new row here.

Names and meanings are Label Studio's (its tag reference). An attribute that is neither here nor harmless
refuses the config, so that nothing is half-rendered.
"""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol.modules.tree import Kind


@dataclass(frozen=True, slots=True)
class Tag:
    """A row of the table: what the tag is, which attributes carry meaning here, what may stand inside it."""

    kind: Kind
    attributes: frozenset[str] = frozenset()
    options: str = ""  # the tag of its options
    media: bool = False
    to: frozenset[str] = frozenset()  # objects that a control may point to
    named: bool = False
    choice: frozenset[str] = frozenset({""})  # what the attribute `choice` may say


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Looks only: read, mapped to our own style, never an error.
HARMLESS = _set(
    "className classname style idAttr opacity fillOpacity strokeColor strokeWidth fillColor canRotate zoom zoomControl"
    " zoomBy brightnessControl contrastControl gammaControl rotateControl showLabels horizontalAlignment"
    " verticalAlignment defaultZoom crosshair grid gridSize gridColor maxWidth width height smoothing"
    " highlightColor granularity saveTextResult selectionEnabled encoding valueType layout allowNested"
    " showSubmitButton underline size hidden snap"
)

TAGS: dict[str, Tag] = {
    "View": Tag(Kind.LAYOUT, _set("display")),
    "Style": Tag(Kind.IGNORED),
    "Header": Tag(Kind.OBJECT, _set("value name")),
    "Text": Tag(Kind.OBJECT, _set("value name"), named=True),
    "Image": Tag(Kind.OBJECT, _set("value name"), named=True, media=True),
    "Choices": Tag(
        Kind.CONTROL,
        _set("name toName choice required requiredMessage showInline showinline hint"),
        options="Choice",
        to=_set("Text Image"),
        named=True,
        choice=frozenset({"", "single", "single-radio", "multiple"}),
    ),
    "Choice": Tag(Kind.OPTION, _set("value alias hotkey hint background")),
    "RectangleLabels": Tag(
        Kind.CONTROL,
        _set("name toName choice required requiredMessage maxUsages"),
        options="Label",
        to=_set("Image"),
        named=True,
        choice=frozenset({"", "single"}),  # one label a box
    ),
    "Label": Tag(Kind.OPTION, _set("value alias hotkey hint background")),
    "TextArea": Tag(
        Kind.CONTROL,
        _set("name toName rows maxSubmissions required requiredMessage placeholder editable hint"),
        to=_set("Text Image"),
        named=True,
    ),
}
