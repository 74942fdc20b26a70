# SPDX-License-Identifier: Apache-2.0
"""A judged task as a conversation: who said what in which order, how it is known, and what there is to choose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem

from gems_desktop.services.facts import ItemState
from gems_desktop.services.facts_story import MoneyFacts, RoundFacts
from gems_desktop.viewmodels import numbers
from gems_desktop.viewmodels.ahead import Open, ahead
from gems_desktop.viewmodels.answer_words import MOST_LINES, answer_lines
from gems_desktop.viewmodels.story import Message, Verdict, messages
from gems_desktop.viewmodels.words import beside, say
from gems_protocol.amount import ZERO
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import NOW, TEXT_CONFIG, appeal, gem, item_id, outbox_item, story
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.stage import Stage

Key = Qt.Key
LATER = 4_000_000_000
REJECTED = Verdict(rejected=True, reason="The label is wrong", note="No.", mark="characters 2 to 5")


def who(told: tuple[Message, ...]) -> list[str]:
    return [each.who for each in told]


def test_a_rejection_is_told_in_order() -> None:
    told = messages(story(5), REJECTED)
    assert who(told) == ["you", "platform", "verifiers"]
    mine, _, panel = told
    assert mine.mine and "Positive" in mine.quote and mine.money == "Stake put down: -0.01 GEM"
    assert panel.text == "1 found it right, 2 found it wrong." and panel.tone == "bad"
    assert (panel.reason, panel.quote, panel.markText) == ("The label is wrong", "No.", "characters 2 to 5")
    assert panel.rule == "The rule: 2 of 3 verifiers must agree."
    assert "3 signed votes" in panel.proof and "9 signatures" in panel.proof


def test_an_appeal_that_was_won_ends_with_the_money() -> None:
    facts = story(
        5,
        rounds=(RoundFacts(3, 2, 1, 2, NOW - 4_000), RoundFacts(7, 4, 5, 1, NOW - 900, "miner")),
        appealed_at=NOW - 2_000,
        money=(
            MoneyFacts("stake_put", -gem("0.01"), NOW - 90_000, NOW - 90_000),
            MoneyFacts("bond_put", -gem("0.01"), NOW - 2_000, NOW - 2_000),
            MoneyFacts("reward", gem("0.05"), NOW - 800, NOW - 700),
            MoneyFacts("bond_back", gem("0.01"), NOW - 800),
        ),
    )
    told = messages(facts, Verdict(accepted=True, final=True, appeal="won", appeal_reason="It is a gull."))
    assert who(told) == ["you", "platform", "verifiers", "you", "panel", "platform", "platform"]
    assert told[3].quote == "It is a gull." and told[3].money == "Bond put up for an appeal: -0.01 GEM"
    assert told[4].tone == "good" and "1 did not answer." in told[4].text
    assert told[5].money == "Pay for a task: +0.05 GEM" and told[5].text == "Paid into your channel."
    assert "next voucher" in told[6].text and told[6].money == "Bond came back: +0.01 GEM"


@pytest.mark.parametrize(
    ("values", "verdict", "said"),
    [
        ({"rounds": (), "basis": "not_drawn"}, Verdict(accepted=True), "The lot did not fall on your answer"),
        ({"rounds": (), "basis": "silence"}, Verdict(accepted=True), "Nobody judged it in time"),
        ({"rounds": ()}, REJECTED, "Your answer was rejected."),
        ({"second": "LEASED", "second_until": LATER}, REJECTED, "You got the task back to correct it"),
        ({"second": "FINISHED", "second_at": NOW}, REJECTED, "your second try takes its place"),
        ({}, replace(REJECTED, appeal="late"), "The platform did not take it."),
        ({}, Verdict(by_requester=True, dispute="Poor."), "The requester objected."),
        ({}, replace(REJECTED, final=True), "Your stake of 0.01 GEM is lost."),
        ({"corrected": True}, REJECTED, "You corrected your answer."),
        ({"rounds": (RoundFacts(2, 2, 0, 2, NOW, "commission"),)}, Verdict(), "Only if both find it poor"),
        ({"policy": "evidence"}, REJECTED, "other people do the same task"),
        ({"policy": "girm"}, REJECTED, "drawn by lot"),
        ({"checked": 0}, REJECTED, "could not be read again just now"),
        ({}, Verdict(case_saved=NOW), "You saved it as a case for the contract."),
    ],
)
def test_what_else_can_happen(values: dict[str, Any], verdict: Verdict, said: str) -> None:
    told = messages(story(5, **values), verdict)
    assert any(said in f"{each.text} {each.rule} {each.proof}" for each in told)


def test_the_reason_stands_with_the_panel_that_gave_it() -> None:
    rounds = (RoundFacts(3, 2, 1, 1, NOW), RoundFacts(7, 4, 1, 5, NOW), RoundFacts(7, 4, 6, 1, NOW, "miner"))
    told = messages(story(5, rounds=rounds), replace(REJECTED, appeal="won"))
    assert [each.reason for each in told if each.who in ("verifiers", "panel")] == [
        "",
        "The label is wrong",
        "",
    ]


def test_an_answer_in_a_few_lines() -> None:
    assert answer_lines(TEXT_CONFIG, story(5).answer) == ("mood: Positive",)
    assert answer_lines(TEXT_CONFIG, []) == () and answer_lines("<View/>", story(5).answer) == ()
    names = [f"c{n}" for n in range(MOST_LINES + 4)]
    fields = "".join(f'<Rating name="{name}" toName="text"/>' for name in names)
    config = f'<View><Text name="text" value="$text"/>{fields}</View>'
    answer = [
        {"id": f"r{name}", "from_name": name, "to_name": "text", "type": "rating", "value": {"rating": 3}}
        for name in names
    ]
    lines = answer_lines(config, answer)
    assert len(lines) == MOST_LINES + 1 and lines[-1] == "…"


@pytest.mark.parametrize(
    ("stage", "left", "primary", "said"),
    [
        (
            "write",
            Open(redo=True, redo_until=LATER, stand="x"),
            "redo",
            "correct it, appeal, or let it stand",
        ),
        ("write", Open(stand="x"), "appeal", "If you do nothing, it stands by itself."),
        ("closed", Open(redo=True, redo_until=LATER), "redo", "correct it, or let it stand"),
        ("made", Open(), "", "leaves with the next connection"),
        ("judging", Open(), "", "The appeal panel judges it."),
        ("stand", Open(standing=True), "", "You let the rejection stand."),
        ("closed", Open(case=True), "case", "You can take it to the contract."),
        ("closed", Open(next="Paid with the next voucher."), "", "Paid with the next voucher."),
        ("closed", Open(), "", "Nothing more: it is settled."),
    ],
)
def test_what_happens_next_is_always_said(stage: str, left: Open, primary: str, said: str) -> None:
    found = ahead(appeal(item_id(5), until=LATER + 9), stage, left)
    assert said in found.what and found.primary == primary
    assert bool(found.redoCost) == left.redo and bool(found.caseCost) == left.case
    assert found.standCost == left.stand


def test_the_clock_runs_to_the_first_end() -> None:
    facts = appeal(item_id(5), until=LATER)
    assert ahead(facts, "write", Open(redo=True, redo_until=LATER - 50)).until == LATER - 50
    assert ahead(facts, "write", Open()).until == LATER
    assert ahead(facts, "judging", Open()).until == facts.decided_by
    assert ahead(facts, "closed", Open()).until == 0


def rejected_session() -> FakeSession:
    session = FakeSession()
    session.work.items = [
        outbox_item(
            5,
            ItemState.REJECTED,
            final=False,
            appeal="open",
            open_until=LATER,
            redo_until=LATER,
            reason="wrong_label",
            note="<b>No</b>",
        ),
        outbox_item(5, ItemState.LEASED, item_id=item_id(9), attempt=1, due_at=LATER),
    ]
    session.work.appeals[item_id(5)] = appeal(item_id(5), bond=ZERO, gives_up_redo=True, until=LATER)
    return session


def named(stage: Stage, name: str) -> QQuickItem:
    return next(item for item in stage.drawn() if item.objectName() == name)


async def test_the_page_shows_the_thread_and_unfolds_how_it_is_known(open_stage: OpenStage) -> None:
    stage = await open_stage("outbox", rejected_session())
    await stage.key("a")
    for words in ("You answered.", "1 found it right, 2 found it wrong.", "<b>No</b>", "The label is wrong"):
        assert stage.says(words), words
    assert stage.says("What happens next") and not stage.says("signed votes were counted")
    await stage.click(named(stage, "how.verifiers"))
    assert stage.says("3 signed votes were counted on this computer")
    primary = [item for item in stage.drawn() if item.property("variant") == "primary"]
    assert [item.property("text") for item in primary] == ["Correct it instead"]


@pytest.mark.parametrize("mirrored", [False, True])
async def test_mine_stands_on_one_side_and_the_others_on_the_other(
    open_stage: OpenStage, mirrored: bool
) -> None:
    stage = await open_stage("outbox", rejected_session(), rightToLeft=mirrored)
    await stage.key("a")
    bubbles = {item.property("who"): item.childItems()[0] for item in stage.of_type("StoryMessage")}
    mine, others = (bubbles[name].mapToScene(bubbles[name].position()) for name in ("you", "verifiers"))
    assert bubbles["you"].x() != bubbles["verifiers"].x()
    assert (bubbles["you"].x() > bubbles["verifiers"].x()) is not mirrored, (mine, others)


async def test_letting_it_stand_on_its_page_can_be_taken_back(open_stage: OpenStage) -> None:
    session = rejected_session()
    stage = await open_stage("outbox", session)
    await stage.key("a")
    await stage.click(named(stage, "stand"))
    assert stage.outbox.appeal.stage == "stand" and stage.says("You let the rejection stand.")
    assert not stage.says("Why your answer is right")
    await stage.click(stage.button("Undo"))
    assert stage.outbox.appeal.stage == "write" and not session.asked("work.let_stand")


async def test_the_sentence_is_on_disk_while_it_is_written_and_there_after_a_restart(
    open_stage: OpenStage,
) -> None:
    session = rejected_session()
    stage = await open_stage("outbox", session)
    await stage.key("a", "o", "k")
    assert not session.asked("work.keep_appeal_draft")  # a moment after the last letter, not at each
    await stage.outbox.settle()  # the window closes
    assert session.asked("work.keep_appeal_draft") == [("work.keep_appeal_draft", item_id(5), "ok")]
    stage.close()
    again = await open_stage("outbox", session)
    await again.key("a")
    assert named(again, "appealReason").property("text") == "ok"
    await again.key(Key.Key_Escape)
    await again.outbox.settle()
    assert len(session.asked("work.keep_appeal_draft")) == 1  # unchanged words are not written again


async def test_evidence_of_a_final_verdict_is_saved(open_stage: OpenStage) -> None:
    session = FakeSession()
    session.work.items = [outbox_item(4, ItemState.PAID)]
    session.work.stories[item_id(4)] = story(4, exportable=True, rounds=(RoundFacts(3, 2, 3, 0, NOW),))
    session.work.appeals[item_id(4)] = appeal(item_id(4), possible=False, why_not="There is none.", state="")
    stage = await open_stage("outbox", session)
    await stage.click(stage.button("What happened"))
    assert stage.says("3 found it right, 0 found it wrong.") and not stage.says("There is none.")
    assert not stage.says("Save the evidence as a file")
    await stage.click(named(stage, "how.verifiers"))
    await stage.click(named(stage, "exportEvidence"))
    assert session.asked("trust.export_evidence")[0][1] == item_id(4)


async def test_the_steps_of_a_row_are_said_in_words(open_stage: OpenStage) -> None:
    session = FakeSession()
    stage = await open_stage("outbox", session)
    said = [item.property("words") for item in stage.of_type("OutboxSteps")]
    assert said[:4] == [
        "Step 1 of 5: drafted",
        "Step 2 of 5: sealed",
        "Step 3 of 5: sent",
        "Step 5 of 5: paid",
    ]


async def test_a_date_stands_alone_in_its_row(open_stage: OpenStage) -> None:
    """Beside words of the other direction, in one text, its parts would change places."""
    stage = await open_stage("outbox", rejected_session(), rightToLeft=True)
    row = stage.outbox.items.rows[0]
    assert row.place in stage.words() and row.changed in stage.words()
    assert not any(row.place in words and row.changed in words for words in stage.words())


def test_values_keep_their_order_in_a_language_from_the_right() -> None:
    assert say("{time} left", time="-0.01") == "-0.01 left" and beside("a", "", "b") == "a · b"
    numbers.speak("ar")
    try:
        assert say("{time} left", time="-0.01") == "\u200f\u2068-0.01\u2069 left"
        assert beside("a", "", "b") == "\u200f\u2068a\u2069 · \u2068b\u2069"
    finally:
        numbers.speak("en")
