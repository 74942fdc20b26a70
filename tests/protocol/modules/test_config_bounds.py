# SPDX-License-Identifier: Apache-2.0
"""How large, deep and strange a config may be; what is hostile is refused at once."""

from __future__ import annotations

import time

import pytest

from gems_protocol.modules import limits, parse, task_problems
from tests.protocol.modules.configs import CHOICES, TEXT, reasons, view


def test_number_and_length_of_attributes() -> None:
    def many(count: int) -> str:
        return view(TEXT, CHOICES, "<View " + " ".join(f"a{at}='1'" for at in range(count)) + "/>")

    assert len(parse(many(limits.CONFIG_ATTRIBUTES)).notes) == limits.CONFIG_ATTRIBUTES
    assert reasons(many(limits.CONFIG_ATTRIBUTES + 1)) == ("line 4: an element has more than 60 attributes",)
    long = parse(view(TEXT, CHOICES, f"<Header value='{'x' * 50_000}'/>")).objects()[1]
    assert len(long.get("value")) == limits.TEXT_LENGTH


def test_reasons_and_notes_are_bounded() -> None:
    told = reasons(view(*["<Magic/>"] * 400))
    assert len(told) == limits.REASONS + 1 and told[-1] == "and 351 more"
    assert len(parse(view(TEXT, CHOICES, *["<Style/>"] * 300)).notes) == limits.NOTES


def test_endless_names_are_cut_where_they_are_told() -> None:
    long = "n" * 19_000
    told = reasons(view(f"<Choices name='{long}' toName='{long}'><Choice value='a'/></Choices>" * 2))
    assert all(len(reason) <= limits.TOLD_LENGTH for reason in told)
    module = parse(view(f"<Text name='t' value='${long}'/>", CHOICES))
    assert [len(problem) for problem in task_problems(module, {})] == [limits.TOLD_LENGTH]


HOSTILE = {
    "laughs": "<!DOCTYPE l [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><View>&i;</View>",
    "parameter entity": "<!DOCTYPE v [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><View/>",
    "outside document type": "<!DOCTYPE v SYSTEM 'http://127.0.0.1/x.dtd'><View/>",
    "included": "<View xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='/etc/passwd'/></View>",
    "another namespace": "<View xmlns:s='u'><s:Text name='t' value='$t'/></View>",
    "namespace of the root": "<View xmlns='u'><Text name='t' value='$t'/></View>",
    "prefix without a name": "<x:View/>",
    "another encoding": "<?xml version='1.0' encoding='utf-16'?><Views/>",
    "an encoding that is none": "<?xml version='1.0' encoding='nope'?><Views/>",
    "many open": "<a>" * 20_000,
    "many open names": "<" * 60_000,
    "long name": f"<{'a' * 60_000}/>",
    "long attribute": f"<View {'a' * 60_000}='1'/>",
    "many attributes": "<View " + " ".join(f"a{at}='1'" for at in range(7000)) + "/>",
    "many references": "<View>" + "&#65;" * 12_000 + "</View>",
    "one comment": "<!--" + "-" * 60_000,
    "data": "<View><![CDATA[" + "]" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_configs_are_refused_at_once(name: str) -> None:
    began = time.process_time()
    told = reasons(HOSTILE[name])
    assert time.process_time() - began < 0.5
    assert all(len(reason) < 500 for reason in told)


def test_depth() -> None:
    def nested(depth: int) -> str:
        return "<View>" * depth + TEXT + CHOICES + "</View>" * depth

    # the options of a control stand one deeper than the control and do not count
    assert parse(nested(limits.CONFIG_DEPTH - 1))
    assert reasons(nested(limits.CONFIG_DEPTH))[0].endswith(f"nested more than {limits.CONFIG_DEPTH} deep")
    assert reasons("<View>" * 400 + "</View>" * 400)


def test_size() -> None:
    config = view(TEXT, CHOICES)
    room = limits.CONFIG_BYTES - len(config.encode())
    assert parse(config + " " * room)
    assert "larger than" in reasons(config + " " * (room + 1))[0]
    assert "larger than" in reasons(view(TEXT, CHOICES, "é" * (limits.CONFIG_BYTES // 2)))[0]


def test_number_of_elements() -> None:
    def many(count: int) -> str:
        options = "".join(f"<Choice value='{at}'/>" for at in range(count - 3))
        return view(TEXT, f"<Choices name='c' toName='t'>{options}</Choices>")

    assert len(parse(many(limits.CONFIG_ELEMENTS)).controls()[0].options) == limits.CONFIG_ELEMENTS - 3
    assert reasons(many(limits.CONFIG_ELEMENTS + 1)) == (
        f"it has more than {limits.CONFIG_ELEMENTS} elements",
    )


def test_what_may_not_be_forged() -> None:
    # the attribute that carries line numbers inside the parser cannot come from outside
    module = parse(view("<Text name='t' value='$t' gems-line='99'/>", CHOICES))
    assert module.objects()[0].line == 2
