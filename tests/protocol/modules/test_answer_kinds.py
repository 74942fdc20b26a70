# SPDX-License-Identifier: Apache-2.0
"""Every type of answer: as Label Studio writes it, and one thing wrong with it at a time."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import answer_hash, limits, parse, parse_answer
from gems_protocol.modules.answer import seconds
from tests.protocol.modules.kinds import BOX, KINDS, SIZE, result

NAN, INF, HUGE = float("nan"), float("inf"), 10**400


@pytest.mark.parametrize("name", KINDS)
def test_valid(name: str) -> None:
    kind = KINDS[name]
    assert parse_answer(kind.answer, kind.module) is kind.answer
    assert len(answer_hash(kind.answer)) == 32


def test_every_control_has_an_answer_here() -> None:
    from gems_protocol.modules.tags import TAGS
    from gems_protocol.modules.tree import Kind
    from gems_protocol.modules.values import OWN, PLACES

    asked = {node.tag for kind in KINDS.values() for node in kind.module.controls()} | {"Chat"}
    controls = {tag for tag, row in TAGS.items() if row.kind is Kind.CONTROL}
    assert asked == set(OWN) | set(PLACES) and controls <= asked


# what is changed in the first value (or beside it, with "."), per kind
WRONG: list[tuple[str, str, Any]] = [
    ("choices", "choices", [["y"]]),
    ("choices of a tree", "choices", ["Stone"]),
    ("choices of a tree", "choices", [["dog"]]),
    ("choices of a tree", "choices", [["Animal", "Dog"]]),
    ("choices of a tree", "choices", [["Stone"], ["Stone"]]),
    ("choices of a tree", "choices", [[]]),
    ("choices of a tree", "choices", [["Animal", 1]]),
    ("choices of the task", "choices", ["third"]),
    ("taxonomy", "taxonomy", []),
    ("taxonomy", "taxonomy", ["Stone"]),
    ("taxonomy", "taxonomy", [["Cat"]]),
    ("taxonomy", "taxonomy", [["Stone"], ["Animal"], ["Animal", "Cat"]]),
    ("textarea", "text", []),
    ("textarea", "text", "one"),
    *(("rating", "rating", wrong) for wrong in (8, -1, 3.0, True, "3", None, HUGE, NAN)),
    *(
        ("number", "number", wrong)
        for wrong in (2.1, -1.5, 0.25, HUGE, -HUGE, NAN, INF, True, "1", None, 1e300)
    ),
    *(
        ("datetime", "datetime", wrong)
        for wrong in ("2024-02-30T13:45", "2024-02-29", "", "x" * 65, 20240229, None, "2024-02-29T13:45:00")
    ),
    *(("date", "datetime", wrong) for wrong in ("1999-12-31", "29.2.2024", "2024-02-29T00:00")),
    *(("time", "datetime", wrong) for wrong in ("24:00", "12", "noon")),
    *(("pairwise", "selected", wrong) for wrong in ("none", "", None, ["left"], 0)),
    ("ranker", "ranker", {"a": ["z", "x"]}),
    ("ranker", "ranker", {"a": ["z", "x", "y", "w"]}),
    ("ranker", "ranker", {"a": ["z", "x", "x"]}),
    ("ranker", "ranker", {"b": ["z", "x", "y"]}),
    ("ranker", "ranker", {}),
    ("ranker", "ranker", ["z", "x", "y"]),
    ("ranker", "ranker", {"a": "zxy"}),
    ("ranker", "ranker", {"a": [1, 2, 3]}),
    ("ranker with buckets", "ranker", {"good": ["z"], "bad": ["z"]}),
    ("ranker with buckets", "ranker", {"best": ["z"]}),
    ("ranker with buckets", "ranker", {"good": ["q"]}),
    ("rectangle", "rotation", 361),
    ("rectangle", "rotation", NAN),
    ("rectangle", "x", -1),
    ("rectangle", "labels", ["Cat"]),
    ("ellipselabels", "radiusX", 50.1),
    ("ellipselabels", "radiusY", 0),
    ("ellipselabels", "rotation", -1),
    ("ellipselabels", "rotation", HUGE),
    ("ellipselabels", "x", HUGE),
    ("polygonlabels", "points", [[1, 1], [2, 2]]),
    ("polygonlabels", "points", [[1, 1], [2, 2], [3]]),
    ("polygonlabels", "points", [[1, 1], [2, 2], [3, NAN]]),
    ("polygonlabels", "points", [[1, 1], [2, 2], [3, 100.5]]),
    ("polygonlabels", "points", [[1, 1]] * (limits.POLYGON_POINTS + 1)),
    ("polygonlabels", "points", [[1, 1], [2, 2], [True, 3]]),
    ("polygonlabels", "points", [[1, 1], [2, 2], [1, 1]]),
    ("polygonlabels", "points", [[1, 1], [1, 1.0], [1, 1], [1, 1]]),
    ("polygonlabels", "closed", None),
    ("polygonlabels", "closed", 1),
    ("polygonlabels", "polygonlabels", []),
    ("keypointlabels", "width", -1),
    ("keypointlabels", "y", INF),
    ("brushlabels", "format", "mask"),
    *(
        ("brushlabels", "rle", wrong)
        for wrong in ([], [256], [-1], [True], [1.0], "rle", [0] * 40, [HUGE], [[0]])
    ),
    ("brushlabels", ".original_width", 4),
    ("ocrlabels", "ocrtext", 5),
    ("ocrlabels", "ocrtext", "x" * (limits.TYPED_LENGTH + 1)),
    ("ocrlabels", "pageIndex", -1),
    ("ocrlabels", "pageIndex", True),
    ("labels on text", "start", 5),
    ("labels on text", "start", -1),
    ("labels on text", "start", 2.0),
    ("labels on text", "end", HUGE),
    ("labels on text", "text", ["abc"]),
    ("labels on text", "text", "\ud800"),
    ("labels on text", "labels", ["Cat", "dog"]),
    ("labels on text", "labels", ["Dog"]),
    ("labels on hypertext", "globalOffsets", {"start": 9, "end": 2}),
    ("labels on hypertext", "globalOffsets", [2, 9]),
    ("labels on hypertext", "globalOffsets", {"start": 2, "end": 9, "calculated": True}),
    ("labels on hypertext", "start", 0),
    ("labels on hypertext", "start", "/" * (limits.PATH_LENGTH + 1)),
    ("labels on hypertext", "endOffset", -1),
    ("labels on audio", "start", 3.5),
    ("labels on audio", "end", limits.SECONDS + 1),
    ("labels on audio", "end", NAN),
    ("labels on audio", "channel", 0.5),
    ("labels on audio", "channel", limits.CHANNELS),
    ("paragraphlabels", "start", 0),
    ("paragraphlabels", "start", "3"),
    ("paragraphlabels", "end", "9" * 40),
    ("paragraphlabels", "end", "²"),
    ("timelinelabels", "ranges", []),
    ("timelinelabels", "ranges", [{"start": 0, "end": 1}]),
    ("timelinelabels", "ranges", [{"start": 3, "end": 2}]),
    ("timelinelabels", "ranges", [{"start": 1, "end": 1.5}]),
    ("timelinelabels", "ranges", [[1, 2]]),
    ("timelinelabels", "ranges", [{"start": 1, "end": HUGE}]),
    ("timeserieslabels", "instant", True),
    ("timeserieslabels", "instant", 0),
    ("timeserieslabels", "start", "1.5"),
    ("timeserieslabels", "start", 10),
    ("timeserieslabels", "end", NAN),
    ("videorectangle", "labels", ["Bird"]),
    ("videorectangle", "labels", ["Cat", "dog"]),
    ("videorectangle", "sequence", []),
    ("videorectangle", "framesCount", 49),
    ("videorectangle", "framesCount", 0),
    ("videorectangle", "duration", -1),
    ("videorectangle", "duration", INF),
    ("chatmessage", "chatmessage", {"role": "user"}),
    ("chatmessage", "chatmessage", {"role": "judge", "content": "Hi"}),
    ("chatmessage", "chatmessage", {"role": "user", "content": ""}),
    ("chatmessage", "chatmessage", {"role": "user", "content": "Hi", "createdAt": 1.5}),
    ("chatmessage", "chatmessage", {"role": ["user"], "content": "Hi"}),
    ("chatmessage", "chatmessage", "Hi"),
    ("choices", ".item_index", 0),
    ("choices", ".original_width", 5),
    ("choices", ".image_rotation", 0),
    ("pages", ".item_index", -1),
    ("pages", ".item_index", True),
    ("pages", ".item_index", limits.PAGES),
    ("pages", ".item_index", "0"),
    ("rectanglelabels", ".item_index", 0),
    ("rectanglelabels", ".origin", "manual"),
    ("chatmessage", ".to_name", "o"),
]


@pytest.mark.parametrize(("name", "key", "wrong"), WRONG)
def test_one_thing_wrong(name: str, key: str, wrong: Any) -> None:
    kind = KINDS[name]
    first = kind.answer[0]
    changed = first | {key[1:]: wrong} if key[0] == "." else first | {"value": first["value"] | {key: wrong}}
    with pytest.raises(MalformedMessage) as refused:
        parse_answer([changed], kind.module)
    assert refused.value.message.endswith(".") and len(refused.value.message) < 200


@pytest.mark.parametrize(
    "name", [name for name, kind in KINDS.items() if "sequence" in kind.answer[0]["value"]]
)
@pytest.mark.parametrize(
    "frame",
    [
        {"frame": 0},
        {"frame": 60},
        {"enabled": 1},
        {"time": NAN},
        {"width": 0},
        {"x": 95},
        {"rotation": 400},
        {"z": 1},
    ],
)
def test_a_wrong_key_frame(name: str, frame: dict[str, Any]) -> None:
    answer = copy.deepcopy(KINDS[name].answer)
    answer[0]["value"]["sequence"][0] |= frame
    with pytest.raises(MalformedMessage):
        parse_answer(answer, KINDS[name].module)


def test_a_mask_is_of_its_pictures_size() -> None:
    kind = KINDS["brushlabels"]
    without = {key: part for key, part in kind.answer[0].items() if key not in SIZE}
    for wrong in (without, kind.answer[0] | {"original_height": 5}):
        with pytest.raises(MalformedMessage):
            parse_answer([wrong], kind.module)


def test_a_control_answers_once_a_task() -> None:
    kind = KINDS["choices"]
    with pytest.raises(MalformedMessage):
        parse_answer([*kind.answer, kind.answer[0] | {"id": "other"}], kind.module)


def test_options_of_a_task_that_is_not_known_are_any_short_text() -> None:
    kind = KINDS["choices of the task"]
    module = parse(f"<View>{kind.config}</View>")
    assert parse_answer([result("choices", {"choices": ["whatever"]})], module)
    for wrong in ("", "x" * (limits.LABEL_LENGTH + 1), "\ud800", ["x"]):
        with pytest.raises(MalformedMessage):
            parse_answer([result("choices", {"choices": [wrong]})], module)


def test_one_leaf_of_a_tree_and_all_that_it_stands_for() -> None:
    tree = '<Choice value="A"><Choice value="B"/></Choice><Choice value="C"/>'
    module = parse(
        f'<View><Text name="o" value="$o"/><Choices name="a" toName="o" allowNested="true">{tree}</Choices></View>'
    )
    assert parse_answer([result("choices", {"choices": [["A"], ["A", "B"]]})], module)
    with pytest.raises(MalformedMessage):
        parse_answer([result("choices", {"choices": [["A", "B"], ["C"]]})], module)


def test_only_ends_of_a_tree() -> None:
    kind = KINDS["taxonomy"]
    module = parse(f"<View>{kind.config}</View>".replace("maxUsages", 'leafsOnly="true" maxUsages'))
    assert parse_answer([result("taxonomy", {"taxonomy": [["Animal", "Cat"], ["Stone"]]})], module)
    with pytest.raises(MalformedMessage):
        parse_answer(kind.answer, module)


def test_too_many_results() -> None:
    kind = KINDS["labels on text"]
    many = [kind.answer[0] | {"id": f"r{at}"} for at in range(limits.REGIONS + 1)]
    assert parse_answer(many[:-1], kind.module)
    with pytest.raises(MalformedMessage, match="regions"):
        parse_answer(many, kind.module)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=5)
    | st.sampled_from([HUGE, -HUGE, 1e308, "\ud800", 0, 1, 100]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(parts)[:20]:
        found += _places(part, (*path, key))
    return found


@settings(max_examples=1500)
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_anything_anywhere_is_an_answer_or_refused(name: str, data: st.DataObject) -> None:
    kind = KINDS[name]
    answer = copy.deepcopy(kind.answer)
    *path, last = data.draw(st.sampled_from(_places(answer)))
    inside: Any = answer
    for key in path:
        inside = inside[key]
    if isinstance(inside, dict) and data.draw(st.booleans()):
        last = data.draw(st.text(max_size=4))
    inside[last] = data.draw(JUNK)
    try:
        assert parse_answer(answer, kind.module) is answer
    except MalformedMessage:
        return
    assert len(answer_hash(answer)) == 32 and json.loads(json.dumps(answer)) == answer


@settings(max_examples=300)
@given(JUNK)
def test_anything_is_an_answer_or_refused(value: Any) -> None:
    for name in ("relations", "text about regions", "videorectangle"):
        try:
            parse_answer(value, KINDS[name].module)
        except MalformedMessage:
            continue
        assert value == []


def test_deep_nesting_is_refused() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    kind = KINDS["text about regions"]
    for value in (BOX | {"text": deep}, BOX | {"x": deep, "text": ["a"]}):
        with pytest.raises(MalformedMessage):
            parse_answer([kind.answer[0], kind.answer[1] | {"value": value}], kind.module)


@given(st.floats(0, 86_400))
def test_seconds_are_stable(value: float) -> None:
    assert seconds(seconds(value)) == seconds(value) and abs(seconds(value) - value) < 1e-6
