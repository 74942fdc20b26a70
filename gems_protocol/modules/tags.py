# SPDX-License-Identifier: Apache-2.0
"""Which tags and attributes of the labelling language are understood; a new tag is a new row here.

Names and meanings are Label Studio's (its tag reference). As there, tags and attributes are known in any case of
letters.
An attribute that asks for something that cannot be done here refuses the config; one that nobody knows is told.
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
    nested: bool = False  # options may stand inside options
    optional: bool = False  # it may have no options
    media: bool = False
    to: frozenset[str] = frozenset()  # objects that a control may point to
    named: bool = False
    choice: frozenset[str] = frozenset({""})  # what the attribute `choice` may say


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WHEN = _set("visibleWhen whenTagName whenLabelValue whenChoiceValue whenRole")
_CONTROL = (
    _set("name toName required requiredMessage perRegion hint gems-compare gems-threshold value") | _WHEN
)
_OPTION = _set("value alias hotkey hint background html maxUsages maxUsage style")
_PICTURES = _set("Image Pdf")
_EVERYTHING = _set("Text HyperText Paragraphs Image Audio Video TimeSeries Table List Pdf Chat")
_ONE_OR_MORE = frozenset({"", "single", "multiple"})


def _labels(to: str, more: str = "") -> Tag:
    return Tag(
        Kind.CONTROL,
        _CONTROL | _set("choice maxUsages allowEmpty showInline") | _set(more),
        options="Label",
        optional=True,
        to=_set(to),
        named=True,
        choice=_ONE_OR_MORE,
    )


def _shape(to: frozenset[str]) -> Tag:
    return Tag(Kind.CONTROL, _CONTROL | _set("allowEmpty"), to=to, named=True)


def _whole(more: str, options: str = "", *, nested: bool = False, choice: str = "") -> Tag:
    return Tag(
        Kind.CONTROL,
        _CONTROL | _set(more),
        options=options,
        nested=nested,
        optional=True,
        to=_EVERYTHING,
        named=True,
        choice=frozenset({"", *choice.split()}),
    )


# Looks and comforts of the other editor: read, answered in our own style, never an error.
HARMLESS = _set(
    "aliasStyle allowNested brightnessControl canRotate cell chunkSize className clickableLinks"
    " collapsible contextScroll contrastControl controlButtons crosshair crossOrigin cursorColor"
    " cursorWidth dataRange decoder defaultHeight defaultPlaybackSpeed defaultScale defaultVolume"
    " defaultWidth defaultZoom deleteAnnotation display displayFormat displayMode dropdownWidth"
    " durationDisplayFormat fillColor fillOpacity fixedScale gammaControl grid gridColor gridSize"
    " groupDepth height hidden highlightColor horizontalAlignment hotkey icon idAttr inline isAdhoc"
    " layout leftClass legacy legend markerColor markerSize markerSymbol maxWidth minPlaybackSpeed"
    " minWidth muted negativeZoom opacity overviewWidth pathSeparator player pointSize"
    " pointStyle removeDuplicates rightClass rotateControl saveTextResult scrollView selectedColor"
    " selection selectionEnabled selectionStyle showAlias showAxis showFullPath showInline showLabels"
    " showMessage showPlayer showSubmitButton showYAxis size slider smart smartOnly smoothing"
    " spectrogram speed strokeColor strokeWidth style timelineHeight timeRange"
    " timeDisplayFormat transcription underline verticalAlignment volume waveHeight width zoom zoomBy zoomControl"
)

# Carries meaning in the other editor and none here; told with what happens instead.
WITHOUT = {
    "perItem": "answers are about the whole task, not about one of its pages",
    "labeling": "the tree answers about the whole task, not about a region",
    "groupCanContain": "regions are not grouped",
    "snap": "corners are not moved onto whole pixels",
    "skipDuplicates": "the same text may be written twice",
    "granularity": "how far a mark is widened is said where the text is shown",
}

# Asks for what a task here never does: reading addresses, running code, showing what is not in the task.
REFUSED = _set("resolver apiUrl src onClick onLoad encoding")

TAGS: dict[str, Tag] = {
    "View": Tag(Kind.LAYOUT, _WHEN),
    "Style": Tag(Kind.IGNORED),
    "Filter": Tag(Kind.IGNORED),
    "Header": Tag(Kind.OBJECT, _set("value name") | _WHEN),
    # what is judged
    "Text": Tag(Kind.OBJECT, _set("value name granularity valueType") | _WHEN, named=True),
    "HyperText": Tag(Kind.OBJECT, _set("value name granularity valueType") | _WHEN, named=True),
    "Paragraphs": Tag(
        Kind.OBJECT,
        _set("value name nameKey textKey audioUrl sync layout granularity valueType") | _WHEN,
        named=True,
    ),
    "Image": Tag(Kind.OBJECT, _set("value valueList name") | _WHEN, named=True, media=True),
    "Audio": Tag(
        Kind.OBJECT, _set("value name sync defaultSpeed splitChannels") | _WHEN, named=True, media=True
    ),
    "Video": Tag(Kind.OBJECT, _set("value name sync frameRate muted") | _WHEN, named=True, media=True),
    "TimeSeries": Tag(
        Kind.OBJECT,
        _set("value name sep timeColumn timeFormat valueType sync overviewChannels") | _WHEN,
        options="Channel",
        named=True,
    ),
    "Table": Tag(Kind.OBJECT, _set("value name valueType") | _WHEN, named=True),
    "List": Tag(Kind.OBJECT, _set("value name title") | _WHEN, named=True),
    "Pdf": Tag(Kind.OBJECT, _set("value name") | _WHEN, named=True, media=True),
    "Chat": Tag(
        Kind.OBJECT,
        _set("value name toName minMessages maxMessages messageRoles editable llm") | _WHEN,
        named=True,
    ),
    # answers about the whole task, or with perRegion about each region
    "Choices": _whole(
        "choice showInline layout allowNested", "Choice", nested=True, choice="single single-radio multiple"
    ),
    "Taxonomy": _whole("leafsOnly maxUsages placeholder showFullPath pathSeparator", "Choice", nested=True),
    "TextArea": _whole("rows maxSubmissions placeholder editable label"),
    "Rating": _whole("maxRating defaultValue"),
    "Number": _whole("min max step defaultValue slider"),
    "DateTime": _whole("only format min max"),
    "Pairwise": _whole(""),
    "Ranker": _whole("", "Bucket"),
    # regions
    "Labels": _labels("Text HyperText Paragraphs Image Audio Video"),
    "RectangleLabels": _labels("Image Pdf"),
    "PolygonLabels": _labels("Image"),
    "KeyPointLabels": _labels("Image"),
    "EllipseLabels": _labels("Image"),
    "BrushLabels": _labels("Image"),
    "OcrLabels": _labels("Image Pdf"),
    "HyperTextLabels": _labels("HyperText Text"),
    "ParagraphLabels": _labels("Paragraphs"),
    "TimeSeriesLabels": _labels("TimeSeries"),
    "TimelineLabels": _labels("Video"),
    "Rectangle": _shape(_PICTURES),
    "Polygon": _shape(_set("Image")),
    "KeyPoint": _shape(_set("Image")),
    "Ellipse": _shape(_set("Image")),
    "Brush": _shape(_set("Image")),
    "VideoRectangle": _shape(_set("Video")),
    "Relations": Tag(Kind.LAYOUT, _set("choice"), options="Relation", choice=_ONE_OR_MORE),
    # options
    "Choice": Tag(Kind.OPTION, _OPTION | _set("selected color"), nested=True),
    "Label": Tag(Kind.OPTION, _OPTION | _set("selected category")),
    "Relation": Tag(Kind.OPTION, _OPTION),
    "Bucket": Tag(Kind.OPTION, _set("name title default")),
    "Channel": Tag(Kind.OPTION, _set("column legend units strokeColor")),
}

_CANONICAL = {
    name.lower(): name
    for name in sorted(
        {*HARMLESS, *REFUSED, *WITHOUT, *(name for tag in TAGS.values() for name in tag.attributes)}
    )
}


def canonical(attribute: str) -> str:
    """An attribute's name as the table spells it; Label Studio knows them in any case of letters."""
    return _CANONICAL.get(attribute.lower(), attribute)


_TAGS = {name.lower(): name for name in TAGS}


def canonical_tag(tag: str) -> str:
    """A tag's name as the table spells it; one that is not in it as it is."""
    return _TAGS.get(tag.lower(), tag)
