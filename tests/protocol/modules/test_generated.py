# SPDX-License-Identifier: Apache-2.0
"""Whatever stands in a config, it becomes a Module or a ConfigRefused; `check` says the same in words."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol.modules import (
    ConfigRefused,
    Module,
    bind,
    check,
    parse,
    parse_answer,
    start,
    task_problems,
)
from gems_protocol.modules import keys as module_keys
from gems_protocol.modules.tags import HARMLESS, TAGS
from tests.protocol.modules import fuzz
from tests.protocol.modules.fuzz_configs import HASH

TAG = st.sampled_from([*TAGS, "Video", "a", "view"])
ATTRIBUTE = st.sampled_from(
    sorted(
        {name for tag in TAGS.values() for name in tag.attributes} | set(sorted(HARMLESS)[:3]) | {"onclick"}
    )
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
VALUE = WORDS | st.sampled_from(
    ["t", "i", "$text", "$photo", "multiple", "single", "true", "1", "0", "99999", "q"]
)
ATTRIBUTES = st.dictionaries(ATTRIBUTE, VALUE, max_size=5)


def element(tag: str, attributes: dict[str, str], inside: str) -> str:
    """One element as XML."""
    given = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<{tag}{given}>{inside}</{tag}>"


XML = st.recursive(
    st.builds(element, TAG, ATTRIBUTES, WORDS.map(escape)),
    lambda inner: st.builds(element, TAG, ATTRIBUTES, st.lists(inner, max_size=3).map("".join)),
    max_leaves=8,
)
FRAME = (
    '<View><Text name="t" value="$text"/><Image name="i" value="$photo"/>{}'
    '<Choices name="c" toName="t"><Choice value="a"/></Choices></View>'
)


def settle(config: str) -> Module | None:
    """A module or a refusal; anything else fails the test."""
    report = check(config)
    try:
        module = parse(config)
    except ConfigRefused as refused:
        assert refused.reasons and not report.usable and report.reasons == refused.reasons
        assert all(reason.strip() and len(reason) < 2000 for reason in refused.reasons)
        return None
    assert report.usable and report.variables == module.variables()
    assert module.controls() and len(set(module_keys.assign(module).values())) == len(report.keys)
    assert all(node.to_name for node in module.controls())
    return module


@settings(max_examples=700)
@given(XML)
def test_structured(config: str) -> None:
    settle(config)


@settings(max_examples=800)
@given(XML)
def test_structured_inside_a_sound_config(config: str) -> None:
    settle(FRAME.replace("{}", config))


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_any_text(config: str) -> None:
    settle(config)


@settings(max_examples=200)
@given(st.text(max_size=60), st.integers(0, len(FRAME)))
def test_any_text_inside_a_sound_config(text: str, at: int) -> None:
    settle(FRAME[:at] + text + FRAME[at:])


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from([HASH, "\ud800", 10**400]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "value", "text", "role", "content", "x"]) | st.text(), inner, max_size=4
        )
    ),
    max_leaves=12,
)
TASKED = parse(
    """<View><Text name="t" value="$t"/><Header value="$h and $k"/><Image name="i" valueList="$i"/>
    <Chat name="m" value="$m"/>
    <Paragraphs name="p" value="$p"/><Table name="b" value="$b"/><List name="l" value="$l"/><Text name="u" value="$u"/>
    <TimeSeries name="s" value="$s"><Channel column="x"/></TimeSeries>
    <Choices name="c" toName="t" value="$c"><Choice value="$d"/></Choices>
    <TextArea name="w" toName="t" value="$w"/></View>"""
)


@settings(max_examples=400)
@given(st.fixed_dictionaries(dict.fromkeys(TASKED.variables(), JSON)))
def test_any_task(task: dict[str, Any]) -> None:
    told = task_problems(TASKED, task)
    assert all(problem.strip() and len(problem) < 200 for problem in told)
    try:
        bound = bind(TASKED, task)
    except ValueError as error:
        assert told and str(error).strip()
        return
    assert parse_answer(start(bound, task), bound) == start(bound, task)
    assert all(option.stored for node in bound.nodes for _, option in node.every_option())


@given(st.integers(0, 2**64))
def test_any_seed(seed: int) -> None:
    fuzz.run(seed, range(3))
