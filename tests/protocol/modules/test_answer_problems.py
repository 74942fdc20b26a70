# SPDX-License-Identifier: Apache-2.0
"""What keeps an answer from being finished: what is required where it is shown, uses of labels, lengths of chats."""

from __future__ import annotations

from typing import Any

import pytest

from gems_protocol.modules import parse, parse_answer, problems
from tests.protocol.modules.kinds import BOX, KINDS, LABELS, SPAN, Answer, result

PICTURE = f'<Image name="o" value="$o"/><RectangleLabels name="a" toName="o">{LABELS}</RectangleLabels>'
SENTENCE = f'<Text name="o" value="$o"/><Labels name="a" toName="o">{LABELS}</Labels>'


def boxed(label: str = "Cat", **changed: Any) -> dict[str, Any]:
    return result("rectanglelabels", BOX | {"rectanglelabels": [label]}, **changed)


def said(*texts: str, **changed: Any) -> dict[str, Any]:
    return result("textarea", BOX | {"text": list(texts)}, name="t", **changed)


def told(config: str, answer: Answer) -> list[str]:
    module = parse(f"<View>{config}</View>")
    return problems(parse_answer(answer, module), module)


@pytest.mark.parametrize("name", KINDS)
def test_a_full_answer_has_none(name: str) -> None:
    assert problems(KINDS[name].answer, KINDS[name].module) == []


@pytest.mark.parametrize("name", KINDS)
def test_nothing(name: str) -> None:
    kind = KINDS[name]
    looked_for = any(control.tag.endswith(("Labels", "Rectangle")) for control in kind.module.controls())
    assert problems([], kind.module) == ([] if looked_for else ["Nothing is answered yet."])


def test_what_each_region_needs() -> None:
    config = (
        PICTURE + '<TextArea name="t" toName="o" perRegion="true" required="true" requiredMessage="Read it"/>'
    )
    assert told(config, []) == []
    assert told(config, [boxed()]) == ["Read it"]
    assert told(config, [boxed(), said("abc")]) == []
    assert told(config, [boxed(), said("abc"), boxed(id="r2")]) == ["Read it"]
    assert told(config.replace('requiredMessage="Read it"', ""), [boxed()]) == [
        "Write your answer for each region."
    ]


def test_only_regions_that_it_fits() -> None:
    when = 'whenTagName="a" whenLabelValue="dog"'
    config = f'{PICTURE}<TextArea name="t" toName="o" perRegion="true" required="true" {when}/>'
    assert told(config, [boxed("Cat")]) == []
    assert told(config, [boxed("Cat"), boxed("dog", id="r2")]) == ["Write your answer for each region."]
    assert told(config, [boxed("Cat"), boxed("dog", id="r2"), said("x", id="r2")]) == []


def test_what_is_hidden_asks_for_nothing() -> None:
    first = '<Choices name="c" toName="o" required="true"><Choice value="yes"/><Choice value="no"/></Choices>'
    then = 'visibleWhen="choice-selected" whenTagName="c" whenChoiceValue="yes"'
    config = f'<Text name="o" value="$o"/>{first}<View {then}><TextArea name="t" toName="o" required="true"/></View>'

    def chosen(option: str) -> dict[str, Any]:
        return result("choices", {"choices": [option]}, name="c", id="c")

    text = result("textarea", {"text": ["because"]}, name="t", id="t")
    assert told(config, []) == ["Choose an answer."]
    assert told(config, [chosen("no")]) == []
    assert told(config, [chosen("yes")]) == ["Write your answer."]
    assert told(config, [chosen("yes"), text]) == []


def test_uses_of_labels() -> None:
    config = PICTURE.replace('value="Cat"', 'value="Cat" maxUsages="1"')
    answer = [boxed(), boxed("dog", id="r2"), boxed("dog", id="r3")]
    assert told(config, answer) == []
    assert told(config, [*answer, boxed(id="r4")]) == ["The label Cat may be used at most 1 times."]
    spans = [result("labels", SPAN | {"labels": ["Cat"]}, id=f"r{at}") for at in range(3)]
    config = SENTENCE.replace('toName="o"', 'toName="o" maxUsages="2"')
    assert told(config, spans[:2]) == []
    assert told(config, spans) == ["A label of a may be used at most 2 times."]


def test_labels_of_shapes_and_videos_count() -> None:
    split, video = KINDS["rectangle"], KINDS["videorectangle"]
    must = f"<View>{split.config}</View>".replace('<Labels name="l"', '<Labels name="l" required="true"')
    assert problems(split.answer[:1], parse(must)) == ["Mark at least one region."]
    assert problems(split.answer, parse(must)) == []
    must = f"<View>{video.config}</View>".replace('<Labels name="l"', '<Labels name="l" required="true"')
    assert problems(KINDS["videorectangle without label"].answer, parse(must)) == [
        "Mark at least one region."
    ]
    assert problems(video.answer, parse(must)) == []
    most = f"<View>{video.config}</View>".replace("<Labels ", '<Labels maxUsages="1" ')
    twice = [*video.answer, video.answer[0] | {"id": "r2"}]
    assert problems(twice, parse(most)) == ["A label of l may be used at most 1 times."]


@pytest.mark.parametrize(
    ("control", "said"),
    [
        ("<Rating name='c' toName='o' required='true'/>", "Give a rating."),
        ("<Number name='c' toName='o' required='true'/>", "Give a number."),
        ("<DateTime name='c' toName='o' required='true'/>", "Give a date or time."),
        (f"<Labels name='c' toName='o' required='true'>{LABELS}</Labels>", "Mark at least one region."),
    ],
)
def test_missing(control: str, said: str) -> None:
    assert told(f'<Text name="o" value="$o"/>{control}', []) == [said]


def test_lengths_of_chats() -> None:
    kind = KINDS["chatmessage"]
    assert told(kind.config.replace("<Chat ", '<Chat minMessages="3" '), kind.answer) == [
        "The chat needs at least 3 messages."
    ]
    assert told(kind.config.replace("<Chat ", '<Chat maxMessages="1" '), kind.answer) == [
        "The chat may have at most 1 messages."
    ]


def test_many_regions_are_looked_through_at_once() -> None:
    config = PICTURE + "".join(
        f'<TextArea name="t{at}" toName="o" perRegion="true" required="true"/>' for at in range(5)
    )
    answer = [boxed(id=f"r{at}") for at in range(300)]
    assert len(told(config, answer)) == 5


def test_a_polygon_that_is_being_drawn() -> None:
    kind = KINDS["polygonlabels"]
    first = kind.answer[0]
    open_one = first | {"value": first["value"] | {"closed": False, "points": [[1, 1]]}}
    assert problems(parse_answer([open_one], kind.module), kind.module) == [
        "Close the polygon that is not finished."
    ]
