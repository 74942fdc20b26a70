# SPDX-License-Identifier: Apache-2.0
"""Conditions: what is shown for an answer and a selected region."""

from __future__ import annotations

import time
from typing import Any

import pytest

from gems_protocol.modules import Module, parse
from gems_protocol.modules.visible import fits, shown

CONFIG = """<View>
  <Text name="t" value="$t"/><Image name="i" value="$i"/>
  <Choices name="c" toName="t" choice="multiple"><Choice value="Good" alias="g"/><Choice value="Bad"/></Choices>
  <Labels name="l" toName="t"><Label value="Person" alias="PER"/><Label value="Place"/></Labels>
  <RectangleLabels name="r" toName="i"><Label value="Cat"/></RectangleLabels>
  <View {}><TextArea name="w" toName="t" {}/></View>
</View>"""


def module(view: str = "", area: str = "") -> Module:
    """A module with conditions on a view and on the text field in it."""
    return parse(CONFIG.format(view, area))


def result(name: str, kind: str, value: dict[str, Any], to: str = "t", id_: str = "") -> dict[str, Any]:
    """A result of a control."""
    return {"id": id_ or name, "from_name": name, "to_name": to, "type": kind, "value": value}


def chosen(*options: str, id_: str = "") -> dict[str, Any]:
    """A result of the choices."""
    return result("c", "choices", {"choices": list(options)}, id_=id_)


SPAN = result("l", "labels", {"start": 0, "end": 1, "labels": ["PER"]}, id_="span")
BOX = result("r", "rectanglelabels", {"x": 1, "rectanglelabels": ["Cat"]}, "i", "box")


def seen(found: Module, answer: list[dict[str, Any]], selected: str = "") -> bool:
    """Whether the text field is shown."""
    places = shown(found, answer, selected)
    area = found.control("w")
    assert area is not None
    return area.place in places


def test_without_conditions_everything_is_shown() -> None:
    found = module()
    assert shown(found, []) == frozenset(node.place for node in found.nodes)


CHOICE = 'visibleWhen="choice-selected" '


@pytest.mark.parametrize(
    ("condition", "answer", "there"),
    [
        (CHOICE, [], False),
        (CHOICE, [chosen("Bad")], True),
        (CHOICE + 'whenTagName="c"', [chosen("Bad")], True),
        (CHOICE + 'whenTagName="x"', [chosen("Bad")], False),
        (CHOICE + 'whenTagName="c" whenChoiceValue="Good"', [chosen("g")], True),  # by its value
        (CHOICE + 'whenTagName="c" whenChoiceValue="g"', [chosen("g")], True),  # by its alias
        (CHOICE + 'whenTagName="c" whenChoiceValue="Good,Bad"', [chosen("Bad")], True),
        (CHOICE + 'whenTagName="c" whenChoiceValue="Good"', [chosen("Bad")], False),
        (CHOICE + 'whenTagName="c" whenChoiceValue="Good"', [], False),
        ('visibleWhen="choice-unselected" whenTagName="c" whenChoiceValue="Good"', [], True),
        ('visibleWhen="choice-unselected" whenTagName="c" whenChoiceValue="Good"', [chosen("g")], False),
        ('visibleWhen="choice-unselected"', [chosen("g")], False),
        ('whenChoiceValue="Good"', [], False),  # a condition by itself
        ('whenChoiceValue="Good"', [chosen("g")], True),
        ('visibleWhen="whatever"', [], True),
        (CHOICE + 'whenTagName="w"', [chosen("Bad")], False),  # hangs on itself
    ],
)
def test_choices(condition: str, answer: list[dict[str, Any]], there: bool) -> None:
    assert seen(module(condition), answer) is there
    assert seen(module("", condition), answer) is there


REGION = 'visibleWhen="region-selected" '


@pytest.mark.parametrize(
    ("condition", "selected", "there"),
    [
        (REGION, "", False),
        (REGION, "span", True),
        (REGION, "nothing", False),
        (REGION + 'whenTagName="l"', "span", True),  # as the editor does
        (REGION + 'whenTagName="t"', "span", True),  # as its documentation says
        (REGION + 'whenTagName="r"', "span", False),
        (REGION + 'whenLabelValue="PER"', "span", True),
        (REGION + 'whenLabelValue="Place, Cat"', "box", True),
        (REGION + 'whenLabelValue="Place"', "span", False),
        ('visibleWhen="no-region-selected"', "", True),
        ('visibleWhen="no-region-selected"', "span", False),
    ],
)
def test_regions(condition: str, selected: str, there: bool) -> None:
    assert seen(module(condition), [SPAN, BOX], selected) is there


def test_controls_of_single_regions() -> None:
    found = module("", 'perRegion="true" whenLabelValue="PER"')
    area = found.control("w")
    assert area is not None
    assert not seen(found, [SPAN, BOX]) and seen(found, [SPAN, BOX], "span")
    assert not seen(found, [SPAN, BOX], "box")  # another object
    assert fits(found, area, [SPAN], "span") and not fits(found, area, [SPAN], "box")


def test_a_choice_about_a_region_counts_while_it_is_selected() -> None:
    found = module('visibleWhen="choice-selected" whenTagName="c"')
    about = [SPAN, chosen("Bad", id_="span")]
    assert seen(found, about, "span") and not seen(found, [*about, BOX], "box") and not seen(found, about)


def test_what_is_chosen_in_a_hidden_control_does_not_count() -> None:
    chain = parse(
        "<View><Text name='t' value='$t'/>"
        "<Choices name='a' toName='t'><Choice value='yes'/></Choices>"
        "<Choices name='b' toName='t' visibleWhen='choice-selected' whenTagName='a'><Choice value='yes'/></Choices>"
        "<Choices name='d' toName='t' visibleWhen='choice-selected' whenTagName='b'><Choice value='yes'/></Choices>"
        "</View>"
    )
    one, two = (result(name, "choices", {"choices": ["yes"]}) for name in "ab")
    places = {node.name: node.place for node in chain.controls()}
    assert places["d"] in shown(chain, [one, two])
    assert not shown(chain, [two]) & {places["b"], places["d"]}


def test_controls_that_hang_on_each_other_end() -> None:
    circle = parse(
        "<View><Text name='t' value='$t'/>"
        "<Choices name='a' toName='t' visibleWhen='choice-selected' whenTagName='b'><Choice value='x'/></Choices>"
        "<Choices name='b' toName='t' visibleWhen='choice-selected' whenTagName='a'><Choice value='x'/></Choices>"
        "</View>"
    )
    both = [result(name, "choices", {"choices": ["x"]}) for name in "ab"]
    assert shown(circle, []) < shown(circle, both)


def test_the_end_of_a_path_counts() -> None:
    found = parse(
        "<View><Text name='t' value='$t'/>"
        "<Taxonomy name='x' toName='t'><Choice value='a'><Choice value='b'/></Choice></Taxonomy>"
        "<TextArea name='w' toName='t' visibleWhen='choice-selected' whenTagName='x' whenChoiceValue='b'/>"
        "</View>"
    )
    assert seen(found, [result("x", "taxonomy", {"taxonomy": [["a", "b"]]})])
    assert not seen(found, [result("x", "taxonomy", {"taxonomy": [["a"]]})])


def test_roles() -> None:
    found = parse(
        "<View><Chat name='m' value='$m'/><TextArea name='w' toName='m' perRegion='true' whenRole='user'/></View>"
    )
    said = [
        result("m", "chatmessage", {"chatmessage": {"role": role, "content": "x"}}, "m", role)
        for role in ("user", "assistant")
    ]
    assert seen(found, said, "user") and not seen(found, said, "assistant")


STRANGE: list[dict[str, Any]] = [
    {},
    {"id": []},
    {"id": "c", "from_name": {}, "type": "choices", "value": {"choices": ["x"]}},
    chosen("g") | {"value": None},
    chosen("g") | {"value": []},
    chosen("g") | {"value": {"choices": 5}},
    chosen("g") | {"value": {"choices": [[], [5], {}, None]}},
    SPAN | {"value": {5: [], "labels": 3}},
]


@pytest.mark.parametrize("strange", STRANGE, ids=range(len(STRANGE)))
def test_strange_answers_show_something(strange: dict[str, Any]) -> None:
    for condition in (CHOICE + 'whenChoiceValue="Good"', REGION + 'whenLabelValue="PER" whenRole="user"'):
        assert isinstance(shown(module(condition), [strange], "span"), frozenset)


def test_many_conditions_over_a_large_answer_take_no_time() -> None:
    views = "".join(
        f"<View visibleWhen='choice-selected' whenTagName='c{at}' whenChoiceValue='x'>"
        f"<Choices name='c{at + 1}' toName='t'><Choice value='x'/></Choices></View>"
        for at in range(120)
    )
    chain = parse(
        f"<View><Text name='t' value='$t'/><Choices name='c0' toName='t'><Choice value='x'/></Choices>{views}</View>"
    )
    answer = [result(f"c{at}", "choices", {"choices": ["x"]}) for at in range(121)]
    answer += [SPAN | {"id": f"r{at}"} for at in range(280)]
    began = time.process_time()
    assert len(shown(chain, answer, "r5")) == len(chain.nodes)
    assert time.process_time() - began < 0.5
