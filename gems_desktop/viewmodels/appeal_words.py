# SPDX-License-Identifier: Apache-2.0
"""An appeal in sentences: where it is, what losing costs and winning brings, what it takes the place of."""

from __future__ import annotations

from gems_desktop.services.facts import AppealFacts
from gems_desktop.viewmodels.words import clock_time, gem, say
from gems_protocol.amount import ZERO


def loses_text(facts: AppealFacts, stage: str) -> str:
    """What losing costs, or would cost."""
    if stage == "write":
        return _would_lose(facts)
    # what was given up for the appeal is not counted any more once it is made
    if facts.bond > ZERO:
        return say(
            "If you lose, the rejection stands; the bond and what you gave up for the appeal are lost."
        )
    return say("If you lose, the rejection stands.")


def _would_lose(facts: AppealFacts) -> str:
    if facts.loses == ZERO:
        return say("Nothing beyond the reward; the rejection stands.")
    if facts.gives_up_redo and facts.bond > ZERO:
        return say("The bond and the stake of the task; the rejection stands.")
    if facts.gives_up_redo:
        return say("The stake of the task, which a second try could have saved; the rejection stands.")
    return say("The bond; the rejection stands.")


def wins_text(facts: AppealFacts) -> str:
    """What winning brings."""
    if facts.bond > ZERO:
        return say(
            "The reward of the task; the bond and the stake come back, and the rejection does not count."
        )
    return say("The reward of the task; the stake comes back, and the rejection does not count.")


def redo_text(facts: AppealFacts) -> str:
    """What the appeal takes the place of; empty for nothing."""
    if not facts.gives_up_redo:
        return ""
    return say(
        "An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.",
        amount=gem(facts.redo_reward),
    )


def end_text(stage: str, facts: AppealFacts) -> str:
    """What the appeal brought or cost; empty before its end."""
    if stage == "won":
        return say("It brings you {amount} GEM.", amount=gem(facts.wins)) + " " + wins_text(facts)
    if stage == "lost" and facts.bond > ZERO:
        return say("The bond of {amount} GEM is lost.", amount=gem(facts.bond))
    return ""


def stage_text(stage: str, facts: AppealFacts) -> str:
    """Where the appeal is."""
    if stage == "made":
        return say("Written and signed. It leaves as soon as there is a connection.")
    if stage == "sent":
        return say("The platform has it and asks other verifiers.")
    if stage == "judging":
        return say(
            "Other verifiers judge it again, until {time} at the latest.", time=clock_time(facts.decided_by)
        )
    if stage == "won":
        return say("Won: your answer is accepted.")
    if stage == "lost":
        return say("Lost: other verifiers rejected it too.")
    if stage == "late":
        return say("The platform did not take it. What you gave up for it is yours again.")
    return ""
