# SPDX-License-Identifier: Apache-2.0
"""A campaign's page in words: one sentence for each policy, what can be lost, when it is paid, what to expect."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from gems_desktop.services.facts import CampaignFacts
from gems_desktop.viewmodels import campaign_page as page
from gems_protocol.amount import ZERO
from gems_protocol.verification import NAMES
from tests.helpers.fake_session import FakeSession
from tests.helpers.sample_facts import campaign, gem
from tests.qml.screens_b.conftest import OpenStage
from tests.qml.screens_b.test_looks import LOOKS, direction, sticking_out  # noqa: F401 - direction is a fixture


def values(rows: list[page.FactRow]) -> dict[str, str]:
    """Labels with their values."""
    return {row.label: row.value for row in rows}


def notes(rows: list[page.FactRow]) -> dict[str, str]:
    """Labels with their notes."""
    return {row.label: row.note for row in rows}


@pytest.mark.parametrize("policy", NAMES)
def test_every_policy_has_its_own_sentence(policy: str) -> None:
    sentence = page.policy_sentence(campaign(policy=policy))
    assert "by the rule" not in sentence


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"policy": "consensus", "stake": ZERO}, "who must agree"),
        ({"policy": "gram", "audit_ppm": 150_000, "penalty": gem("0.5")}, "15\u00a0% of your answers"),
        ({"policy": "gram", "audit_ppm": 150_000, "penalty": gem("0.5")}, "costs 0.50 GEM"),
        ({"policy": "evidence"}, "until it is sure enough"),
    ],
)
def test_policies_in_words(changes: dict[str, object], part: str) -> None:
    assert part in page.policy_sentence(campaign(**changes))


@pytest.mark.parametrize(
    ("changes", "part", "said"),
    [
        ({"newcomer": True}, "newcomer", True),
        ({"blind": True}, "do not see your answer", True),
        ({"hold_s": 2 * 86_400}, "waits 2 days", True),
        ({"hold_s": 0}, "waits", False),
        ({"commission_ppm": 100_000}, "up to 0.01 GEM of the reward goes back", True),
        ({"commission_ppm": 900_000}, "up to 0.05 GEM of the reward goes back", True),
        ({"commission_ppm": 100_000, "hold_s": 0}, "strangers", False),
        ({"penalty": ZERO, "stake": ZERO}, "appeal", False),
    ],
)
def test_what_else_the_rules_mean(changes: dict[str, object], part: str, said: bool) -> None:
    assert (part in " ".join(page.policy_notes(campaign(**changes)))) is said


def test_what_it_pays() -> None:
    shown = values(page.pay_facts(campaign()))
    assert shown["Honest work brings on average"] == "0.046 GEM a task"
    assert shown["That is in an hour"] == "20.70 GEM"
    note = notes(page.pay_facts(campaign()))["Honest work brings on average"]
    assert (
        note
        == "counted with 85\u00a0% right answers, from your own record; 94\u00a0% of them are accepted in the end"
    )
    fee = campaign(reward=gem("0.04"), newcomer=True)
    assert notes(page.pay_facts(fee))["Reward for a task"] == "0.05 GEM before the fee"
    assert "for a newcomer" in notes(page.pay_facts(fee))["Honest work brings on average"]
    assert len(page.pay_facts(campaign(expected_pay=None))) == 2


def test_what_is_risked() -> None:
    shown = values(page.risk_facts(campaign(penalty=gem("0.4"), worst_case=gem("0.4"))))
    assert shown["Penalty when rejected"] == "0.40 GEM"
    assert shown["Worst case on one task"] == "you lose 0.40 GEM"
    assert shown["Lost on average"] == "0.0007 GEM a task"
    free = campaign(penalty=ZERO, worst_case=ZERO, stake=ZERO, expected_loss=ZERO)
    assert values(page.risk_facts(free)) == {
        "Stake at risk": "none",
        "Penalty when rejected": "none",
        "Worst case on one task": "you lose nothing",
        "Fee": "none",
        "Chance to be checked": "every answer is checked",
        "Lost on average": "nothing",
    }
    assert "Lost on average" not in values(page.risk_facts(campaign(expected_loss=None)))
    looked_at = values(page.risk_facts(campaign(policy="commissioned", commission_ppm=250_000)))
    assert looked_at["Can go back of the reward"] == "0.025 GEM"
    assert looked_at["Chance to be checked"] == "only if its requester pays for it"


@pytest.mark.parametrize(
    ("pays_within_s", "hold_s", "value", "note"),
    [
        (3 * 86_400, 2 * 86_400, "3 days after you send it", "the requester may object for 2 days"),
        (7_200, 0, "2 h after you send it", "when nobody disagrees"),
        (0, 0, "as soon as it is sent", "when nobody disagrees"),
    ],
)
def test_when_it_is_paid_at_the_latest(pays_within_s: int, hold_s: int, value: str, note: str) -> None:
    rows = page.time_facts(campaign(pays_within_s=pays_within_s, hold_s=hold_s))
    assert values(rows)["Paid at the latest"] == value
    assert notes(rows)["Paid at the latest"] == note


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, ""),
        ({"practice_ppm": 600_000, "practice_passed": True}, "You have passed its practice set."),
        ({"practice_ppm": 600_000, "practice_passed": False}, "First a few examples: 60\u00a0% of them"),
    ],
)
def test_the_practice_set_is_announced(changes: dict[str, object], text: str) -> None:
    assert page.practice_text(campaign(**changes)).startswith(text)


def full(number: int) -> CampaignFacts:
    """A campaign about which everything is to be said."""
    return campaign(
        number,
        policy="evidence",
        blind=True,
        newcomer=True,
        commission_ppm=100_000,
        practice_ppm=600_000,
        practice_passed=False,
        can_lease=False,
        why_not="It asks you to pass its practice set first; that costs nothing.",
    )


@pytest.mark.parametrize(("direction", "theme", "scale", "size"), LOOKS, indirect=["direction"])
async def test_the_page_and_its_practice_in_every_look(
    open_stage: OpenStage,
    direction: bool,  # noqa: F811 - the fixture
    theme: str,
    scale: float,
    size: tuple[int, int],
) -> None:
    session = FakeSession()
    session.sync.offers = [full(1)]
    session.sync.practice_right = set()
    stage = await open_stage("findWork", session, rightToLeft=direction, themeMode=theme, textScale=scale)
    stage.window.resize(*size)
    await stage.key(Qt.Key.Key_Return)
    assert sticking_out(stage) == []
    practice = stage.find.property("practice")
    stage.find.openPractice()
    await stage.until(lambda: not practice.busy)
    await stage.calm()
    assert sticking_out(stage) == []
    for _ in range(3):
        await stage.key("1", Qt.Key.Key_Return)
    await stage.until(lambda: not practice.busy)
    await stage.calm()
    assert practice.property("stage") == "result"
    assert sticking_out(stage) == []
