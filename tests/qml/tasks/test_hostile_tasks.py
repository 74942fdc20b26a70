# SPDX-License-Identifier: Apache-2.0
"""Requesters and workers who write markup, reordering and invisible characters wherever a task takes words."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest

from gems_desktop.viewmodels.comparing import ComparingViewModel
from tests.helpers.canary import Canary, canary
from tests.helpers.plaintext import find_rich_text
from tests.qml.tasks.bench import Bench
from tests.qml.tasks.conftest import CHOICES, OpenBench

HIDDEN = "\u202e\u2066\u200b\u2060\u00ad\U000e0041"
NEVER = frozenset(
    "\u202a\u202b\u202d\u202e\u2066\u2067\u200b\u2060\u00ad\ufeff\U000e0041"
)  # U+2068 is our own, around what was said

TYPED = frozenset({"QQuickTextEdit", "QQuickTextInput", "TextArea", "TextField"})


def hostile(url: str) -> str:
    """What draws a picture, fetches and reorders where it is taken for more than words."""
    return f'<img src="y"><img src="{url}"><b>{HIDDEN}x</b>'


def result(
    control: str, kind: str, value: dict[str, Any], shown: str = "o", /, **more: Any
) -> dict[str, Any]:
    """One result of an answer."""
    return {
        "id": more.pop("id", f"{control}-1"),
        "from_name": control,
        "to_name": shown,
        "type": kind,
        "value": value,
        **more,
    }


def tasks(evil: str, photo: str) -> dict[str, tuple[str, dict[str, Any], list[dict[str, Any]]]]:
    """(config, data, answer) for each renderer, with `evil` in every text."""
    e = escape(evil)
    label = evil[:190]
    choices = (
        f'<Choices name="c" toName="o" value="$more"><Choice value="{e}" hint="{e}" html="{e}"/></Choices>'
    )
    more = [
        {"value": evil, "html": evil, "hint": evil},
        {"value": "b", "html": f"<u>{evil}</u>", "hint": evil},
    ]
    labels = f'<Label value="A" hint="{e}"/><Label value="{e}" alias="B"/>'
    entry = f'<TextArea name="w" toName="o" placeholder="{e}" label="{e}" hint="{e}"/>'
    size = {"original_width": 400, "original_height": 300, "image_rotation": 0}
    mark = {"start": 0, "end": 4, "text": evil}
    box = {"x": 10.0, "y": 10.0, "width": 20.0, "height": 20.0, "rotation": 0}
    said = {"d": evil, "photo": photo, "more": more}
    whole = '<Text name="o" value="$d"/>'
    places = {
        "start": "/b[1]/text()[1]",
        "end": "/b[1]/text()[1]",
        "startOffset": 0,
        "endOffset": 1,
        "globalOffsets": {"start": 0, "end": 1},
        "text": evil,
    }
    return {
        "header": (f'<View><Header value="{e}"/><Text name="o" value="$d"/>{choices}</View>', said, []),
        "choices": (
            f'<View>{whole}<Choices name="c" toName="o" hint="{e}">'
            f'<Choice value="{e}" hint="{e}"/><Choice value="n" html="{e}"/></Choices></View>',
            said,
            [],
        ),
        "select": (
            f'<View>{whole}<Choices name="c" toName="o" value="$more" layout="select"/></View>',
            said,
            [],
        ),
        "labels": (
            f'<View>{whole}<Labels name="l" toName="o">{labels}</Labels>{entry}'
            f'<Relations><Relation value="{e}"/></Relations></View>',
            said,
            [
                result("l", "labels", {**mark, "labels": ["A"]}),
                result("l", "labels", {"start": 5, "end": 9, "text": evil, "labels": ["B"]}, id="l-2"),
                result("w", "textarea", {"text": [evil]}),
                {
                    "type": "relation",
                    "from_id": "l-1",
                    "to_id": "l-2",
                    "direction": "right",
                    "labels": [label],
                },
            ],
        ),
        "hypertext": (
            '<View><HyperText name="o" value="$d"/><HyperTextLabels name="l" toName="o">'
            f"{labels}</HyperTextLabels></View>",
            said,
            [result("l", "hypertextlabels", {**places, "hypertextlabels": ["A"]})],
        ),
        "paragraphs": (
            '<View><Paragraphs name="o" value="$d" layout="dialogue"/><ParagraphLabels name="l" toName="o">'
            f"{labels}</ParagraphLabels></View>",
            {"d": [{"author": evil, "text": evil}, {"author": evil, "text": "b"}]},
            [
                result(
                    "l",
                    "paragraphlabels",
                    {
                        "start": "0",
                        "end": "0",
                        "startOffset": 0,
                        "endOffset": 4,
                        "text": evil,
                        "paragraphlabels": ["A"],
                    },
                )
            ],
        ),
        "image": (
            f'<View><Image name="o" value="$photo"/><RectangleLabels name="r" toName="o">{labels}'
            f'</RectangleLabels><OcrLabels name="q" toName="o">{labels}</OcrLabels>{entry}</View>',
            said,
            [
                result("r", "rectanglelabels", {**box, "rectanglelabels": ["B"]}, **size),
                result("q", "ocrlabels", {**box, "ocrtext": evil, "ocrlabels": ["A"]}, **size),
            ],
        ),
        "table": (
            f'<View><Table name="o" value="$d"/>{choices}</View>',
            {"d": [{evil: evil, "b": [evil]}], "more": more},
            [],
        ),
        "pairs": (
            f'<View><Table name="o" value="$d"/>{choices}</View>',
            {"d": {evil: evil}, "more": more},
            [],
        ),
        "list": (
            f'<View><List name="o" value="$d" title="{e}"/>{choices}</View>',
            {"d": [{"id": evil, "title": evil, "body": evil, "html": evil}], "more": more},
            [],
        ),
        "ranker": (
            f'<View><List name="o" value="$d" title="{e}"/><Ranker name="k" toName="o">'
            f'<Bucket name="a" title="{e}"/><Bucket name="b" title="{e}"/></Ranker></View>',
            {"d": [{"id": "1", "title": evil, "body": evil}, {"id": "2", "html": evil}]},
            [],
        ),
        "pairwise": (
            '<View><Text name="o" value="$d"/><Text name="p" value="$d"/>'
            f'<Pairwise name="k" toName="o,p" leftLabel="{e}" rightLabel="{e}"/></View>',
            said,
            [],
        ),
        "chat": (
            '<View><Chat name="o" value="$d"/><Rating name="g" toName="o" perRegion="true"/></View>',
            {"d": [{"role": evil, "content": evil}, {"role": "user", "content": evil}]},
            [],
        ),
        "series": (
            '<View><TimeSeries name="o" value="$d" valueType="json" timeColumn="time">'
            f'<Channel column="a" legend="{e}" units="{e}" displayFormat=".1f"/></TimeSeries>'
            f'<TimeSeriesLabels name="l" toName="o">{labels}</TimeSeriesLabels></View>',
            {"d": {"time": [1, 2, 3], "a": [1, 2, 3]}},
            [
                result(
                    "l",
                    "timeserieslabels",
                    {"start": 1, "end": 2, "instant": False, "timeserieslabels": ["B"]},
                )
            ],
        ),
        "taxonomy": (
            f'<View>{whole}<Taxonomy name="t" toName="o" value="$tree" placeholder="{e}" hint="{e}"/></View>',
            {**said, "tree": [{"value": evil, "hint": evil, "children": [{"value": evil}]}]},
            [],
        ),
        "entries": (
            f'<View>{whole}{entry}<Number name="n" toName="o" hint="{e}"/><DateTime name="z" toName="o" hint="{e}"/>'
            f'<Rating name="g" toName="o" hint="{e}"/></View>',
            said,
            [result("w", "textarea", {"text": [evil, evil]})],
        ),
        "media": (
            f'<View><Audio name="o" value="$photo" hotkey="{e}"/><Labels name="l" toName="o">{labels}</Labels>'
            f'<Video name="v" value="$photo"/><TimelineLabels name="s" toName="v">{labels}</TimelineLabels></View>',
            said,
            [
                result("l", "labels", {"start": 0.0, "end": 1.0, "channel": 0, "labels": ["B"]}),
                result(
                    "s", "timelinelabels", {"ranges": [{"start": 1, "end": 2}], "timelinelabels": ["B"]}, "v"
                ),
            ],
        ),
        "pdf": (f'<View><Pdf name="o" value="$photo"/>{choices}</View>', said, []),
    }


@pytest.fixture(scope="module")
def bird() -> Any:
    with canary() as found:
        yield found


NAMES = list(tasks("x", "x"))


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("read_only", [False, True], ids=["answered", "looked at"])
def test_words_are_drawn_as_words(
    kind: str, read_only: bool, open_bench: OpenBench, photo: str, bird: Canary
) -> None:
    config, data, answer = tasks(hostile(bird.url()), photo)[kind]
    bench = open_bench(config, answer, data=data, read_only=read_only)
    for region in bench.model.regions()[:1]:
        bench.model.select(region.id)
    bench.model.setOther(answer)
    bench.settle()
    assert find_rich_text(bench.window.contentItem(), bench.engine) == []
    assert not bird.hits
    assert shown_raw(bench) == []


def shown_raw(bench: Bench) -> list[tuple[str, str]]:
    """(type, words) of what is on the screen, or told to those who hear it, with what hides or reorders.

    A field shows what is typed as it is, since it is edited there; only plain values leave this function.
    """
    found: list[tuple[str, str]] = []
    for item in bench.drawn():
        name = item.metaObject().className().partition("_QML")[0]
        words = [item.property("text"), item.property("Accessible.name")]
        if name not in TYPED or bench.model.readOnly:
            found += [(name, text) for text in words if isinstance(text, str) and NEVER & set(text)]
    return found


@pytest.mark.parametrize(
    "other",
    [
        [{}],
        [{"id": "a", "from_name": "mood", "to_name": "text", "type": "choices"}],
        [result("mood", "choices", {"choices": ["Nothing of the kind"]}, "text")],
        [result("zz", "labels", {"start": 1, "end": 2, "text": 7, "labels": 3})],
        [{"type": "relation", "from_id": "a", "to_id": "b"}],
        [7],
    ],
)
def test_what_is_no_answer_is_not_compared_with(open_bench: OpenBench, other: list[Any]) -> None:
    """A verifier who refused an answer as malformed would see it beside the corrected one."""
    bench = open_bench(CHOICES, read_only=True)
    comparing = ComparingViewModel(lambda: bench.model, bench.model)
    comparing.open(other, "The answer before it was corrected")
    comparing.toggle()
    bench.settle()
    assert not comparing.property("available") and not comparing.property("on")
    right = result("mood", "choices", {"choices": ["Happy"]}, "text")
    comparing.open([right], "The answer before it was corrected")
    comparing.toggle()
    bench.settle()
    assert comparing.property("on") and bench.model.beside.other == [right]
