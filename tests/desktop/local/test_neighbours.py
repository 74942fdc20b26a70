# SPDX-License-Identifier: Apache-2.0
"""Neighbours judge what a newcomer sends, leave work for newcomers to review, and answer from the references."""

from __future__ import annotations

import random
from pathlib import Path

from gems_desktop.local.answers import AnswerBook
from gems_desktop.local.keys import NEIGHBOURS
from gems_desktop.local.neighbours import Habits, Neighbourhood, Slips
from gems_desktop.local.network import start
from gems_desktop.local.newcomer import Newcomer
from gems_desktop.local.waiting import Needs
from gems_desktop.services.facts import ItemState
from gems_platform.client.requesting.draft import read_draft
from gems_protocol import canonical
from gems_protocol.amount import ZERO
from gems_protocol.verification import policy_for
from gems_protocol.verification.standing import NEWCOMER
from tests.desktop.local.world import answer, write_campaign, write_samples


async def test_a_newcomers_work_is_judged_and_paid(tmp_path: Path) -> None:
    running = await start(tmp_path / "state", samples=write_samples(tmp_path / "samples"))
    neighbourhood = Neighbourhood(running)
    try:
        needs = Needs(running, running.keys.addresses(NEIGHBOURS))
        await neighbourhood.open(Habits(warm_up=0, tasks=0), needs)
        neighbourhood.run()
        newcomer = await Newcomer.arrive(running, tmp_path / "newcomer")
        try:
            assert await newcomer.take(running.offered[0].campaign_id, 2) == 2
            assert await newcomer.do_all(wrong=1) == 2
            items = await newcomer.verdicts()
            assert {item.state for item in items} == {ItemState.PAID, ItemState.REJECTED}
            facts = await newcomer.session.earnings.facts()
            offered = running.offered[0]
            pay = (
                policy_for(offered.book.draft.manifest.policy, offered.terms)
                .quote(NEWCOMER, offered.terms)
                .reward
            )
            assert facts.paid == pay and facts.difference is None
        finally:
            await newcomer.session.close()
        assert not neighbourhood.failures()
    finally:
        await neighbourhood.close()
        await running.close()


async def test_neighbours_answer_blind_and_a_newcomer_without_gem_is_paid_at_once(tmp_path: Path) -> None:
    write_campaign(tmp_path / "samples" / "weighed", policy="evidence", ms="0.15 GEM", vs="0", z=1)
    running = await start(tmp_path / "state", samples=tmp_path / "samples")
    neighbourhood, slips = Neighbourhood(running), Slips()
    try:
        needs = Needs(running, running.keys.addresses(NEIGHBOURS))
        await neighbourhood.open(Habits(warm_up=0, tasks=0), needs, slips)
        neighbourhood.run()
        newcomer = await Newcomer.arrive(running, tmp_path / "newcomer")
        try:
            campaign_id = running.offered[0].campaign_id
            assert await newcomer.take(campaign_id, 3) == 3
            misread = await newcomer.session.work.current()
            assert misread is not None
            slips.misread.add(canonical.dumps(misread.data))
            await newcomer.do_all()
            offer = await newcomer.appeal("It says so.")
            assert (offer.bond, offer.verifiers) == (ZERO, 3)
            items = await newcomer.verdicts()
            assert {item.state for item in items} == {ItemState.PAID}
            assert [item.appeal for item in items if item.appeal] == ["won"]
            assert await newcomer.take(campaign_id, 1) == 1
            await newcomer.do_all(wrong=1)
            wrong = [item for item in await newcomer.verdicts() if item.state is ItemState.REJECTED]
            assert [(item.final, item.answered) for item in wrong] == [(True, True)]
        finally:
            await newcomer.session.close()
        assert not neighbourhood.failures()
    finally:
        await neighbourhood.close()
        await running.close()


async def test_neighbours_leave_their_work_for_strangers_until_there_is_plenty(tmp_path: Path) -> None:
    running = await start(tmp_path / "state", samples=write_samples(tmp_path / "samples"))
    neighbourhood = Neighbourhood(running)
    try:
        needs = Needs(running, running.keys.addresses(NEIGHBOURS))
        await neighbourhood.open(Habits(paced=False), needs)
        assert needs.work() and not needs.votes()
        for neighbour in neighbourhood.neighbours[:4]:
            await neighbour.step()
        again = Needs(running, running.keys.addresses(NEIGHBOURS))
        assert not again.work() and not again.votes()
        assert all(neighbour.votes == 0 for neighbour in neighbourhood.neighbours)
    finally:
        await neighbourhood.close()
        await running.close()


def test_answers_are_right_wrong_or_believed(tmp_path: Path) -> None:
    book = AnswerBook(read_draft(write_campaign(tmp_path / "campaign")))
    data = {"text": "Sentence 0 is good."}
    assert book.right(data) == answer("good")
    assert book.wrong(data, random.Random(1)) == answer("bad")
    assert book.agrees(data, answer("good")) and not book.agrees(data, answer("bad"))
    assert book.agrees({"text": "nobody knows"}, answer("bad"))
