# SPDX-License-Identifier: Apache-2.0
"""What happens next to a judged task: what, by whom, until when, and what there is to choose, each with its price."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.services.facts import AppealFacts
from gems_desktop.viewmodels.words import clock_time, gem, say
from gems_protocol.amount import ZERO

REDO, APPEAL, STAND, CASE = "redo", "appeal", "stand", "case"


@dataclass(frozen=True, slots=True)
class Open:
    """What the outbox's row says is still open; times in Unix seconds, 0 for none."""

    redo: bool = False
    redo_until: int = 0
    stand: str = ""  # what is given up by letting the rejection stand
    case: bool = False
    next: str = ""
    standing: bool = False  # it is being let stand, and can still be taken back


@dataclass(frozen=True, slots=True)
class Ahead:
    """The end of the page. until: for the countdown, 0 for none; primary: the one button that stands out."""

    what: str
    whom: str
    until: int
    redoCost: str
    appealCost: str
    standCost: str
    caseCost: str
    primary: str


def ahead(facts: AppealFacts | None, stage: str, left: Open) -> Ahead:
    """What happens next; stage: of `appeal.stage_of`, "" while that is not known."""
    if facts is None:
        return Ahead("", "", 0, "", "", "", "", "")
    mine = [until for until in (left.redo_until, facts.until if stage == "write" else 0) if until]
    until = min(mine, default=facts.decided_by if stage in ("sent", "judging") else 0)
    return Ahead(
        what=_what(stage, left),
        whom=_whom(facts, stage, left),
        until=until,
        redoCost=_redo_cost(facts, left),
        appealCost=_appeal_cost(facts) if stage == "write" else "",
        standCost=left.stand,
        caseCost=_case_cost() if left.case else "",
        primary=_primary(stage, left),
    )


def _primary(stage: str, left: Open) -> str:
    if left.redo:
        return REDO
    if stage == "write":
        return APPEAL
    return CASE if left.case else ""


def _what(stage: str, left: Open) -> str:
    if left.standing:
        return say("You let the rejection stand.")
    if stage == "write" and left.redo:
        return say("It is your turn: correct it, appeal, or let it stand.")
    if stage == "write":
        return say("It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.")
    if left.redo:
        return say("It is your turn: correct it, or let it stand.")
    if stage == "made":
        return say("Your appeal leaves with the next connection. You need not do anything.")
    if stage in ("sent", "judging"):
        return say("The appeal panel judges it. You need not do anything.")
    if left.case:
        return say("The platform has not done its part. You can take it to the contract.")
    return left.next or say("Nothing more: it is settled.")


def _whom(facts: AppealFacts, stage: str, left: Open) -> str:
    if left.standing:
        return ""
    if stage == "write" or left.redo:
        return say("You")
    if stage in ("made", "sent", "judging"):
        return deciders(facts.verifiers)
    return ""


def deciders(count: int) -> str:
    """Who would judge anew."""
    if count == 1:
        return say("One other verifier, who has not judged it before")
    return say("{n} other verifiers, who have not judged it before", n=count) if count else ""


def _redo_cost(facts: AppealFacts, left: Open) -> str:
    if not left.redo:
        return ""
    until = clock_time(left.redo_until)
    if facts.redo_reward == ZERO:
        return say("It costs you nothing. You have until {time}.", time=until)
    return say(
        "It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.",
        amount=gem(facts.redo_reward),
        time=until,
    )


def _appeal_cost(facts: AppealFacts) -> str:
    return say(
        "If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.",
        wins=gem(facts.wins),
        loses=gem(facts.loses),
    )


def _case_cost() -> str:
    return say("It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.")
