# SPDX-License-Identifier: Apache-2.0
"""What `check` tells an author, and which keys the options get."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.modules import check, limits, parse, task_problems
from gems_protocol.modules import keys as module_keys
from tests.protocol.modules.configs import EVERYTHING, everything

HASH = "sha256:" + "ab" * 32
TASK = {"title": "x", "text": "y", "photo": HASH}


def test_a_usable_config() -> None:
    report = check(EVERYTHING, TASK)
    assert report.usable and not report.reasons and not report.unsupported and not report.task_problems
    assert report.tags == (
        *(
            "View",
            "Style",
            "Header",
            "Text",
            "Image",
            "Choices",
            "Choice",
            "RectangleLabels",
            "Label",
            "TextArea",
        ),
    )
    assert report.variables == ("title", "text", "photo")
    assert ("kind", "good", "g") in report.keys and ("box", "Cat", "1") in report.keys
    assert len(report.notes) == 6


def test_an_unusable_config() -> None:
    report = check("<View><Magic name='v' value='$v'/><Wand/><Magic/></View>", TASK)
    assert not report.usable and report.unsupported == ("Magic", "Wand") and len(report.reasons) == 4
    assert report.tags == ("View", "Magic", "Wand") and not report.keys


@pytest.mark.parametrize("config", ["", "x", "<View>", "<!DOCTYPE a><a/>", "x" * 100_000, "<a>" * 9000])
def test_what_is_no_config(config: str) -> None:
    report = check(config)
    assert not report.usable and report.reasons and report.tags == ()


def test_tags_are_named_without_deceiving() -> None:
    report = check("<View><" + "x" * 90 + "/></View>")
    assert all(len(tag) <= 40 for tag in report.unsupported)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": None}, "The field text is missing."),
        ({"text": 5.5}, "The field text is not a text."),
        ({"text": ["a", {}]}, "The field text is not a text."),
        ({"text": "x" * (limits.TEXT_LENGTH + 1)}, "The field text is longer than 20000 characters."),
        ({"photo": "cat.jpg"}, "The field photo does not name a file by its content hash."),
        ({"photo": "http://127.0.0.1/x.png"}, "The field photo does not name a file by its content hash."),
        ({"photo": HASH + "\n"}, "The field photo does not name a file by its content hash."),
        ({"photo": HASH.upper()}, "The field photo does not name a file by its content hash."),
    ],
)
def test_tasks(changed: dict[str, Any], said: str) -> None:
    task = TASK | changed
    assert task_problems(everything(), task) == [said]
    report = check(EVERYTHING, task)
    assert report.task_problems == (said,) and not report.usable


def test_names_of_files_are_allowed_on_the_authors_machine() -> None:
    assert check(EVERYTHING, TASK | {"photo": "cat.jpg"}, names=True).usable
    assert task_problems(everything(), {"photo": "cat.jpg"}, names=True) == [
        "The field title is missing.",
        "The field text is missing.",
    ]


def config_with(keys: list[str]) -> str:
    """A config with one option for each key; a hotkey that is empty is left out."""
    options = "".join(
        f"<Choice value='{at}'" + (f" hotkey='{key}'" if key else "") + "/>" for at, key in enumerate(keys)
    )
    return f"<View><Text name='t' value='$t'/><Choices name='c' toName='t'>{options}</Choices></View>"


def test_the_authors_keys_come_first() -> None:
    given = module_keys.assign(parse(config_with(["", "q", "", "2"])))
    assert list(given.values()) == ["q", "2", "1", "3"]
    assert given["c", "0"] == "1" and given["c", "1"] == "q" and given["c", "2"] == "3"


@pytest.mark.parametrize("key", [*sorted(module_keys.RESERVED), "Enter", "ESCAPE"])
def test_keys_of_the_screens_are_not_given(key: str) -> None:
    assert module_keys.assign(parse(config_with([key, ""]))) == {("c", "0"): "1", ("c", "1"): "2"}


def test_options_beyond_the_keyboard_have_none() -> None:
    given = module_keys.assign(parse(config_with([""] * 100)))
    assert 30 < len(given) < 40 and "0" not in given.values()


@given(
    st.lists(st.sampled_from(["", "1", "2", "q", "w", "enter", "0", "ctrl+s", "f1"]), min_size=1, max_size=9)
)
def test_keys_never_clash(keys: list[str]) -> None:
    unique = [key if key not in keys[:at] else "" for at, key in enumerate(keys)]
    module = parse(config_with(unique))
    given = module_keys.assign(module)
    assert len(set(given.values())) == len(given) == len(keys)
    assert not module_keys.RESERVED & set(given.values())
    assert given == module_keys.assign(module)
