# SPDX-License-Identifier: Apache-2.0
"""The marked place of a fault in words, for lists and for those who hear the window."""

from __future__ import annotations

from gems_desktop.viewmodels.words import fixed, say
from gems_protocol.modules.mark import Mark


def mark_text(mark: Mark | None) -> str:
    """Where it is; empty for none. Never an id, and nothing that its author wrote."""
    if mark is None:
        return ""
    if mark["kind"] == "point":
        place = say("{x} % from the left, {y} % from the top", x=round(mark["x"]), y=round(mark["y"]))
        if mark.get("page"):
            return say("page {n}: {place}", n=mark["page"] + 1, place=place)
        return say("frame {n}: {place}", n=mark["frame"], place=place) if "frame" in mark else place
    if mark["kind"] == "time":
        return say("{from_s} – {to_s} s", from_s=fixed(mark["start"], 2), to_s=fixed(mark["end"], 2))
    if mark["kind"] == "span":
        return say(
            "characters {start} to {end}", start=mark["start"] + 1, end=max(mark["end"], mark["start"] + 1)
        )
    return say("one of the marked regions")
