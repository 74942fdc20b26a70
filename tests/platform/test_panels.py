# SPDX-License-Identifier: Apache-2.0
"""Panels drawn among those who wait: within the exclusions and shares, and by a seed that anybody can check later."""

from __future__ import annotations

import copy
import secrets
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak

from gems_platform.matching.tables import LinkedRow
from gems_protocol.draw_record import DrawRecord, DrawWrong, check_asked, check_panels
from gems_protocol.messages import Assignment
from tests.platform.api import Person, Refused
from tests.platform.conftest import HandClock
from tests.platform.world import World, world


async def _seats(live: World, who: Person, count: int) -> list[dict[str, Any]]:
    """What somebody gets who asks for reviews; nothing when they have to wait."""
    body = {"request_id": "0x" + secrets.token_hex(32), "count": count}
    try:
        batch = await who.post("/v1/reviews/leases", body)
    except Refused as error:
        assert error.code == "no_work" and error.error["wish"]["retry_after"] > 0
        return []
    await live.confirm(who, batch)
    await who.post("/v1/votes", live.votes(who, batch, True))
    return list(batch["items"])


async def test_who_judges_is_drawn_and_can_be_checked(tmp_path: Path, clock: HandClock) -> None:
    rules = {"allot_s": 5, "review_share_ppm": 0, "review_share_least": 1}
    async with world(tmp_path, clock, **rules) as live:
        campaign = await live.campaign(3)
        author = await live.person("verifier 11")
        twin = await live.person("verifier 10")
        people = [await live.person(f"verifier {number}") for number in range(8)]
        with live.server.app.state.context.db.write() as session:
            one, other = sorted((author.address, twin.address))
            session.add(LinkedRow(one=one, other=other, both=40, alike=12, at=1))
        await author.post("/v1/channel", {})
        asked_at = clock.at
        for who in (*people, author, twin):
            assert await _seats(live, who, 3) == []
        for _ in range(5):
            assert await _seats(live, people[0], 3) == []  # asking more often changes nothing
        given = await live.work(author, campaign, 3)
        await live.tick()
        assert await _seats(live, people[0], 3) == []  # nor does being quick
        clock.at += 5
        got = {who.address: await _seats(live, who, 3) for who in (author, twin, *people)}
        assert got[author.address] == got[twin.address] == []
        assert (
            sorted(len(items) for items in got.values()) == [0] * 4 + [1] * 6
        )  # two seats each, one per person
        await live.tick()

        drawn_at = clock.at
        for assignment in given:
            where = f"/v1/draws/{campaign}/{assignment.index}/{assignment.attempt}"
            shown = await (await live.person("requester")).get(where)
            assert check_panels(shown, assignment.attempt, assignment.audit_commit) == []
            await _cheats_are_found(shown, assignment)
            records = [DrawRecord.from_json(one) for one in shown["draws"]]
            for who in (author, twin, *people):
                mine = await who.get(f"/v1/draws/{campaign}/me")
                salt = bytes.fromhex(mine["salt"][2:])
                check_asked(records, salt, who.address, asked_at, drawn_at + 1)
                place = records[0].place_of(salt, who.address)
                why = records[0].excluded.get(place if place is not None else -1)
                expected = {author.address: "author", twin.address: "linked"}.get(who.address)
                assert why == expected or (expected is None and why in (None, "share"))
        stranger = await live.person("requester")
        salt = bytes.fromhex((await stranger.get(f"/v1/draws/{campaign}/me"))["salt"][2:])
        with pytest.raises(DrawWrong, match="left out"):  # as if somebody's wish had been dropped
            check_asked(records, salt, stranger.address, asked_at, drawn_at + 1)


async def _cheats_are_found(shown: dict[str, Any], assignment: Assignment) -> None:
    """A hub that seats a friend, makes somebody heavier, or says another secret."""
    attempt, commit = assignment.attempt, assignment.audit_commit
    friend = copy.deepcopy(shown)
    draw = friend["draws"][0]
    shut = {place for place, _ in draw["excluded"]} | set(draw["chosen"])
    others = [place for place in range(len(draw["candidates"])) if place not in shut]
    draw["chosen"][0] = others[0]
    heavier = copy.deepcopy(shown)
    heavier["draws"][0]["candidates"][others[0]][1] = 8
    another = copy.deepcopy(shown)
    another["seed"]["secret"] = "0x" + keccak(text="one that seats a friend").hex()
    for wrong in (friend, heavier, another):
        with pytest.raises(DrawWrong):
            check_panels(wrong, attempt, commit)
    quiet = copy.deepcopy(shown)
    quiet["draws"] = []
    assert len(check_panels(quiet, attempt, commit)) == 2  # both would have been seated at once


async def test_no_seat_is_given_twice_to_those_who_ask_at_once(tmp_path: Path, clock: HandClock) -> None:
    """Nobody waits: everybody is served at once, and no panel gets more than its seats."""
    async with world(tmp_path, clock, allot_s=5) as live:
        campaign = await live.campaign(2)
        anna = await live.person("anna")
        await anna.post("/v1/channel", {})
        given = await live.work(anna, campaign, 2)
        await live.tick()
        people = [await live.person(f"verifier {number}") for number in range(3)]
        assert [len(await _seats(live, who, 2)) for who in people] == [2, 2, 0]
        await live.tick()
        shown = await anna.get(f"/v1/draws/{campaign}/{given[0].index}/{given[0].attempt}")
        assert shown["draws"] == []
        assert sorted(check_panels(shown, given[0].attempt, given[0].audit_commit)) == sorted(
            who.address for who in people[:2]
        )
