# SPDX-License-Identifier: Apache-2.0
"""Stretches of text, of a recording, of measurements and of a video."""

from __future__ import annotations

import re
from typing import Any

from gems_protocol.modules import limits
from gems_protocol.modules.values_base import Subject, Value, fields, number, refuse, whole, words
from gems_protocol.modules.values_image import box

_TURN = re.compile(r"[0-9]{1,5}", re.ASCII)
_MOMENT = 1e15  # beyond every time stamp in milliseconds
_NO_CHARACTERS = "marks no characters"


def span(value: Value, subject: Subject) -> None:
    """What Labels mark, by what they mark."""
    _SPANS[subject.shown.tag if subject.shown is not None else "Text"](value, subject)


def text(value: Value, subject: Subject) -> None:
    """{start, end, text}: offsets in characters (code points), end behind the last."""
    fields(value, "start end text")
    _stretch(value["start"], value["end"])
    words(value["text"], limits.TEXT_LENGTH, "holds no marked text", empty=True)


def _stretch(start: Any, end: Any) -> None:
    for offset in (start, end):
        whole(offset, 0, limits.MARKED_LENGTH, _NO_CHARACTERS)
    if start >= end:
        raise refuse(_NO_CHARACTERS)


def hypertext(value: Value, subject: Subject) -> None:
    """{start, end: XPaths, startOffset, endOffset, globalOffsets: {start, end}, text}."""
    fields(value, "start end startOffset endOffset globalOffsets text")
    for key in ("start", "end"):
        words(value[key], limits.PATH_LENGTH, "names no place in its text")
    for key in ("startOffset", "endOffset"):
        whole(value[key], 0, limits.MARKED_LENGTH, _NO_CHARACTERS)
    whole_text = value["globalOffsets"]
    if type(whole_text) is not dict:
        raise refuse(_NO_CHARACTERS)
    fields(whole_text, "start end")
    _stretch(whole_text["start"], whole_text["end"])
    words(value["text"], limits.TEXT_LENGTH, "holds no marked text", empty=True)


def paragraphs(value: Value, subject: Subject) -> None:
    """{start, end: number of the paragraph from "0", startOffset, endOffset, text}."""
    fields(value, "start end startOffset endOffset text")
    for key in ("start", "end"):
        if type(value[key]) is not str or not _TURN.fullmatch(value[key]):
            raise refuse("names no paragraph")
    for key in ("startOffset", "endOffset"):
        whole(value[key], 0, limits.MARKED_LENGTH, _NO_CHARACTERS)
    if (int(value["start"]), value["startOffset"]) >= (int(value["end"]), value["endOffset"]):
        raise refuse(_NO_CHARACTERS)
    words(value["text"], limits.TEXT_LENGTH, "holds no marked text", empty=True)


def audio(value: Value, subject: Subject) -> None:
    """{start, end: seconds, channel}."""
    fields(value, "start end channel")
    for key in ("start", "end"):
        number(value[key], 0, limits.SECONDS, "marks no time")
    if value["start"] >= value["end"]:
        raise refuse("marks no time")
    whole(value["channel"], 0, limits.CHANNELS - 1, "is on no channel")


def measured(value: Value, subject: Subject) -> None:
    """{start, end: numbers, or texts as the time column has them, instant}."""
    fields(value, "start end instant")
    ends = (value["start"], value["end"])
    if all(type(end) is str for end in ends):
        for end in ends:
            words(end, 64, "marks no time")
    else:
        for end in ends:
            number(end, -_MOMENT, _MOMENT, "marks no time")
        if ends[0] > ends[1]:
            raise refuse("marks no time")
    if type(value["instant"]) is not bool or (value["instant"] and ends[0] != ends[1]):
        raise refuse("is no instant")


def timeline(value: Value, subject: Subject) -> None:
    """{ranges: [{start, end}]}: frames from 1, both within."""
    fields(value, "ranges")
    ranges = value["ranges"]
    if type(ranges) is not list or not 0 < len(ranges) <= limits.TIMELINE_RANGES:
        raise refuse("marks no frames")
    for stretch in ranges:
        if type(stretch) is not dict:
            raise refuse("marks no frames")
        fields(stretch, "start end")
        for key in ("start", "end"):
            whole(stretch[key], 1, limits.FRAMES, "marks no frames")
        if stretch["start"] > stretch["end"]:
            raise refuse("marks no frames")


def moving(value: Value, subject: Subject) -> None:
    """{framesCount, duration, sequence: [{frame, enabled, rotation, x, y, width, height, time}]}: key frames."""
    fields(value, "framesCount duration sequence")
    whole(value["framesCount"], 1, limits.FRAMES, "counts no frames")
    number(value["duration"], 0, limits.SECONDS, "has no duration")
    sequence = value["sequence"]
    if type(sequence) is not list or not 0 < len(sequence) <= limits.KEY_FRAMES:
        raise refuse("has no key frames, or too many")
    before = 0
    for frame in sequence:
        if type(frame) is not dict:
            raise refuse("has a key frame that is none")
        fields(frame, "frame enabled rotation x y width height time")
        whole(frame["frame"], before + 1, value["framesCount"], "has key frames that are not in order")
        before = frame["frame"]
        if type(frame["enabled"]) is not bool:
            raise refuse("has a key frame that is neither on nor off")
        number(frame["time"], 0, limits.SECONDS, "has a key frame of no time")
        box(frame)


_SPANS = {"Text": text, "HyperText": hypertext, "Paragraphs": paragraphs, "Audio": audio}
