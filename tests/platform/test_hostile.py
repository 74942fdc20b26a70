# SPDX-License-Identifier: Apache-2.0
"""Odd values in every field of every route, by somebody who is signed in: refused in form, never a bug."""

from __future__ import annotations

import copy
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.platform.api import Refused
from tests.platform.conftest import HandClock
from tests.platform.test_authorisation import ANY, BODIES, OPEN, _routes
from tests.platform.world import World, world

ODD: tuple[Any, ...] = (
    None,
    -1,
    2**53 - 1,
    1.5,
    "",
    "x" * 3000,
    "<img src=y>",
    [],
    {},
    True,
    [[{}]],
    "0x" + "0" * 64,
)


@pytest.fixture
async def live(tmp_path: Path, clock: HandClock) -> AsyncIterator[World]:
    async with world(tmp_path, clock) as running:
        yield running


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _places(item, (*path, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _places(item, (*path, number))


def _changed(body: Any, path: tuple[Any, ...], odd: Any) -> Any:
    if not path:
        return odd
    changed = copy.deepcopy(body)
    at = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = odd
    return changed


async def test_odd_values_are_refused_in_form(live: World) -> None:
    campaign = await live.campaign(1)
    anna = await live.person("anna")
    asked = 0
    for method, path in _routes():
        if method in ("GET", "DELETE") or (method, path) in OPEN or "{sha256}" in path:
            continue
        target = path.replace("{campaign_id}", campaign).replace("{index}", "0")
        target = re.sub(r"\{\w+\}", ANY, target)
        body = BODIES.get(path, {})
        for number, place in enumerate(_places(body)):
            for odd in (ODD * 2)[number % len(ODD) :][
                :4
            ]:  # a third of them at each place, all of them in turn
                changed = _changed(body, place, odd)
                if changed == {}:
                    continue
                asked += 1
                try:
                    await anna.ask(method, target, changed)
                except Refused as refused:
                    assert refused.status < 500, (method, path, place, odd, refused.error)
                else:
                    raise AssertionError(f"taken: {method} {path} {changed}")
    assert asked > 150
