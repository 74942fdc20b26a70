# SPDX-License-Identifier: Apache-2.0
"""Keys of options: the user's wishes first, then the author's, then free ones; clashes are told in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol.modules import bind, keys, parse

MODULE = parse(
    "<View><Text name='t' value='$t'/>"
    "<Choices name='c' toName='t'><Choice value='Good' hotkey='g'/><Choice value='Bad'/></Choices>"
    "<Labels name='l' toName='t'><Label value='Person' alias='PER' hotkey='g'/><Label value='Place'/></Labels>"
    "<Taxonomy name='x' toName='t'><Choice value='Animal' hotkey='z'><Choice value='Cat'/></Choice></Taxonomy>"
    "<TextArea name='w' toName='t'/></View>"
)
GOOD, BAD, PERSON, PLACE = ("c", "Good"), ("c", "Bad"), ("l", "PER"), ("l", "Place")


def test_without_wishes() -> None:
    assert keys.assign(MODULE) == {GOOD: "g", BAD: "1", PERSON: "2", PLACE: "3", ("x", "Animal"): "z"}


def test_the_users_keys_come_before_the_authors() -> None:
    given = keys.assign(MODULE, {BAD: "G", PLACE: "2"})
    assert given[BAD] == "g" and given[PLACE] == "2"
    assert given[GOOD] not in ("g", "2") and len(set(given.values())) == len(given)


@pytest.mark.parametrize("wish", ["", "escape", "Enter", "ctrl+s", " ", "\n", "\u202e", "+", "0", "\ud800"])
def test_wishes_that_no_option_may_have(wish: str) -> None:
    assert keys.assign(MODULE, {BAD: wish}) == keys.assign(MODULE)
    assert keys.refused(MODULE, {}, BAD, wish).startswith("Choose one")


def test_wishes_for_what_is_not_there_are_nothing() -> None:
    assert keys.assign(MODULE, {("c", "Nothing"): "g", ("z", "Bad"): "1"}) == keys.assign(MODULE)
    assert keys.refused(MODULE, {}, ("c", "Nothing"), "q") == "This module has no such option."
    assert keys.clash(MODULE, {("c", "Nothing"): "q"}, BAD, "q") is None


def test_the_second_of_two_equal_wishes_is_not_granted() -> None:
    given = keys.assign(MODULE, {GOOD: "q", BAD: "q"})
    assert given[GOOD] == "q" and given[BAD] != "q"


def test_clashes() -> None:
    assert keys.clash(MODULE, {PLACE: "q"}, BAD, "q") == PLACE
    assert keys.clash(MODULE, {}, BAD, "g") == GOOD  # the author's
    assert keys.clash(MODULE, {GOOD: "h", PERSON: "j"}, BAD, "g") is None  # the user took it away
    assert keys.clash(MODULE, {BAD: "q"}, BAD, "q") is None  # its own
    assert keys.clash(MODULE, {}, BAD, "2") is None  # given by itself: that option takes another
    assert keys.refused(MODULE, {PLACE: "q"}, BAD, "Q") == "“Q” is already the key of Place."
    assert keys.refused(MODULE, {}, BAD, "q") == ""


def test_options_of_a_task_get_keys_too() -> None:
    module = parse("<View><Text name='t' value='$t'/><Choices name='c' toName='t' value='$o'/></View>")
    assert keys.assign(module) == {}
    bound = bind(module, {"t": "x", "o": ["a", {"value": "b", "hotkey": "k"}]})
    assert keys.assign(bound) == {("c", "a"): "1", ("c", "b"): "k"}
    many = keys.assign(bind(module, {"t": "x", "o": list(range(1000))}))
    assert 30 < len(many) < 40


PLACES = st.sampled_from([GOOD, BAD, PERSON, PLACE, ("x", "Cat"), ("w", "")])


@given(st.dictionaries(PLACES, st.sampled_from(["g", "1", "q", "Q", "escape", "z"]), max_size=5))
def test_no_key_is_given_twice_and_what_is_not_refused_is_granted(wishes: dict[keys.Place, str]) -> None:
    given = keys.assign(MODULE, wishes)
    assert len(set(given.values())) == len(given)
    assert all(keys.usable(key) for key in given.values())
    for place, key in wishes.items():
        if not keys.refused(MODULE, wishes, place, key):
            assert given[place] == key.lower()
