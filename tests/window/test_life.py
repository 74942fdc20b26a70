# SPDX-License-Identifier: Apache-2.0
"""Scenarios of the product in the real window on an X screen: every key and click came through the X server."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.window.campaigns import BIRDS, HOSTILE, HURT
from tests.window.life import Life
from tests.window.scenes_review import REJECTED, SKIPPED


def count(states: dict[str, str]) -> Counter[str]:
    """How many tasks are in each state."""
    return Counter(states.values())


def control(answer: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    """The results of one kind in an answer."""
    return [result for result in answer if result["type"] == kind]


def test_01_the_first_paid_task_without_anything(life: Life) -> None:
    first = life.told["first"]
    assert first["practice"] and first["seconds"] < 15 * 60
    assert len(first["pages"]) <= 8, "few screens lie between a new computer and paid work"
    assert first["clicks"] < 20
    assert {int(value) for value in first["before"].values()} == {0} and first["gas_coin"] == 0
    assert "DELIVERED" in life.told["leased"].values(), "the task was sent and signed for"


def test_02_everything_is_said_before_a_batch_is_taken(life: Life) -> None:
    shown = "\n".join(life.told["chosen"]["facts"])
    for what in (
        "Reward for a task", "Stake at risk", "Penalty when rejected", "Fee", "Chance to be checked",
        "Time for a task",
        "Pay per hour", "To download for a task", "Send within", "Answers this requester rejects",
        "Usually pays within",
    ):  # fmt: skip
        assert what in shown, what


def test_04_five_kinds_without_a_line_then_a_kill(life: Life) -> None:
    half, many = life.told["half"], life.many
    assert count(half["states"])["FINISHED"] == 2 * many - 1
    assert life.told["found"]["states"] == half["states"], "every one is in the outbox after the restart"


def test_05_the_polygon_is_there_up_to_the_last_corner(life: Life) -> None:
    half, found = life.told["half"], life.told["found"]
    assert half["drawing"] and found["drawing"]
    assert found["item"] == half["item"] and found["answer"] == half["answer"]
    (outline,) = control(found["answer"], "polygonlabels")
    assert len(outline["value"]["points"]) == 3 and not outline["value"]["closed"]


def test_07_a_finished_answer_is_taken_back(life: Life) -> None:
    # undo and redo: scenes_begin.undo_and_redo compares each step, forth and back
    assert count(life.told["back"])["FINISHED"] == 2 * life.many - 1
    assert count(life.told["back"])["DRAFT"] == 1
    assert "FINISHED" not in life.told["sealed"]["states"].values()


def test_08_every_key_is_shown_a_new_one_works_and_a_clash_is_refused(life: Life) -> None:
    keys = life.told["keys"]
    assert {"Kind", "K", "Sharp", "S", "Finish and next", "Undo", "Redo"} <= set(keys["shown"])
    assert keys["refused"] == "“Q” is already the key of “Kind”."
    (tone,) = control(keys["answer"], "choices")
    assert tone["value"]["choices"] == ["Kind"]


def test_09_what_waits_and_how_long_is_said(life: Life) -> None:
    assert set(life.told["sealed"]["states"].values()) <= {"SEALED", "DELIVERED", "RETURNED"}
    assert any("Offline" in text for text in life.told["sealed"]["texts"])
    assert count(life.told["delivered"])["DELIVERED"] == 2 * life.many + 1


def test_17_markup_of_a_requester_is_letters(life: Life) -> None:
    assert HOSTILE in life.told["first"]["texts"]


def test_20_what_may_disturb_is_announced_covered_left_and_kept_away(life: Life) -> None:
    veiled = life.told["veiled"]
    assert "Medical pictures: The bird may be hurt." in veiled["announced"]
    assert veiled["veiled"] and not veiled["answered"] and veiled["cost_nothing"]
    assert HURT not in veiled["left"] and BIRDS in veiled["left"]


def test_21_reviews_without_a_line_by_single_keys(life: Life) -> None:
    reviewed = life.told["reviewed"]
    assert reviewed["named"] == 0, "the author is nowhere on the screen"
    assert reviewed["count"] == min(100, 2 * life.many + 1)


def test_22_a_rejection_comes_back_by_itself_and_returns_to_review(life: Life) -> None:
    corrected = life.told["corrected"]
    assert corrected["count"] == len(REJECTED)
    assert corrected["reason"] and corrected["marks"] == 1
    assert any("rejected" in text for text in corrected["texts"])
    assert any("overturned" in text for text in life.told["record"])
    # judged by a neighbour and paid: the last scene waits until every task of mine is
    assert SKIPPED not in REJECTED


def test_10_and_15_totals_are_those_of_the_chain_and_a_claim_says_all_before(life: Life) -> None:
    money = life.told["money"]
    said = "\n".join(money["claim"])
    for what in ("Fee", "GEM"):
        assert what in said
    found = {name: int(value) for name, value in money["everything"]["money"].items()}
    assert money["everything"]["difference"] is None
    gem, gas_coin, nonce = money["chain"]
    assert gem == found["wallet_gem"] == found["claimed"] - int(money["everything"]["fees"]) > 0
    assert (gas_coin, nonce) == (0, 0), "no gas coin was ever needed"
    lines = money["csv"].splitlines()
    assert len(lines) > 2 * life.many


def test_nothing_went_wrong_on_the_way(life: Life) -> None:
    for scene in ("begin", "again"):
        wrong = [line for line in life.log(scene).splitlines() if "Error" in line or "Traceback" in line]
        assert wrong == []
