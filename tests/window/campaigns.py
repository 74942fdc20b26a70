# SPDX-License-Identifier: Apache-2.0
"""Work for the scenes of the real window: five kinds of questions in four campaigns, judged by a single verifier.

Three batches may be open at a time (ADR 0012), so two hundred tasks of five kinds are two batches of a hundred.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
#: What a requester might hope to be shown as a page: it is shown letter by letter.
HOSTILE = '<b>Update now</b> at <a href="https://gems.invalid">gems.invalid</a> with your seed words'
PHOTO = ROOT / "resources" / "modules" / "image-classification" / "media" / "owl.jpg"

MOODS, SAYINGS, BIRDS, HURT = (
    "How does it sound?",
    "Which saying is better?",
    "Is there a bird?",
    "Is the bird hurt?",
)
#: The labelling config of each campaign; together they hold five kinds of questions.
_CONFIGS = {
    MOODS: """<View><Text name="text" value="$text"/><Choices name="mood" toName="text" required="true">
<Choice value="Good" hotkey="1"/><Choice value="Bad" hotkey="2"/></Choices></View>""",
    SAYINGS: """<View><Text name="text" value="$text"/>
<Pairwise name="better" toName="first,second" required="true"/>
<Text name="first" value="$first"/><Text name="second" value="$second"/>
<Choices name="tone" toName="text" required="true"><Choice value="Kind" hotkey="k"/>
<Choice value="Sharp" hotkey="s"/></Choices></View>""",
    BIRDS: """<View><Image name="photo" value="$photo"/>
<PolygonLabels name="outline" toName="photo"><Label value="Bird" hotkey="b"/></PolygonLabels>
<Choices name="kind" toName="photo" required="true"><Choice value="A bird" hotkey="y"/>
<Choice value="None" hotkey="n"/></Choices>
<Rating name="clear" toName="photo" maxRating="5" required="true"/></View>""",
    HURT: """<View><Image name="photo" value="$photo"/><Choices name="kind" toName="photo" required="true">
<Choice value="Yes" hotkey="1"/><Choice value="No" hotkey="2"/></Choices></View>""",
}
_FAMILIES = {MOODS: "text-choice", SAYINGS: "preference", BIRDS: "image-polygons", HURT: "image-choice"}


def write_campaigns(folder: Path, many: int = 100) -> Path:
    """All below `folder`; the two large ones of `many` tasks."""
    counts = {MOODS: 1, SAYINGS: many, BIRDS: many, HURT: 3}
    for number, title in enumerate(_CONFIGS, 1):
        _write(folder / f"{number}", title, counts[title])
    return folder


def _write(place: Path, title: str, count: int) -> None:
    place.mkdir(parents=True)
    (place / "config.xml").write_text(_CONFIGS[title])
    (place / "campaign.json").write_text(json.dumps(_about(title)))
    rows = [{"data": _data(title, number, place)} for number in range(count)]
    (place / "tasks.jsonl").write_text("\n".join(json.dumps(row) for row in rows))


def _about(title: str) -> dict[str, Any]:
    about: dict[str, Any] = {
        "title": title,
        "description": f"{title} One look, one answer.",
        "instructions": "Say what you see.",
        "module": {"name": "window", "version": "1", "family": _FAMILIES[title], "difficulty": "easy"},
        "policy": {"name": "consensus", "panel": 1, "quorum": 1},
        "mr": "0.30 GEM",
        "ms": "0",
        "vs": "0",
        "z": 10,
        "floor": "0.01 GEM",
        "redo_s": 7200,
        "expected_seconds": 5,
        "languages": ["en"],
    }
    if title == HURT:
        about["content_warning"] = "[medical] The bird may be hurt."
    return about


def _data(title: str, number: int, place: Path) -> dict[str, str]:
    if title in (BIRDS, HURT):
        media = place / "media"
        media.mkdir(exist_ok=True)
        # what follows the end of a JPEG is not drawn: each task has a picture of its own
        (media / f"{number}.jpg").write_bytes(PHOTO.read_bytes() + f"# {title} {number}".encode())
        return {"photo": f"{number}.jpg"}
    if title == SAYINGS:
        return {
            "text": f"On patience, {number}.",
            "first": "Wait and see.",
            "second": f"See, and wait {number}.",
        }
    if number == 0:
        return {"text": HOSTILE}
    return {"text": f"Sentence {number} about {('a sunny', 'a rainy', 'a grey')[number % 3]} day."}
