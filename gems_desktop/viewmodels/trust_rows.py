# SPDX-License-Identifier: Apache-2.0
"""The rows of the Trust page: kinds of work, what the next ten tasks could do, judged answers and audits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_desktop.services.facts import AuditRecordFacts, AuditRow, FamilyFacts, TrustFacts
from gems_desktop.viewmodels.trust_words import TONES, bounds_text, said_text
from gems_desktop.viewmodels.words import clock_time, percent, say, short
from gems_protocol.trust.words import SHOWN_FROM


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """My record in one kind of work; without `bounded` there is too little to draw."""

    family: str
    grade: str
    tone: str
    evidence: str
    counts: str
    review: str
    verifier: bool
    bounded: bool
    lower: float
    upper: float
    summary: str


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """What the next ten tasks could do."""

    text: str
    grade: str
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One judged answer."""

    when: str
    campaign: str
    outcome: str
    attempt: str
    judged: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One of my submissions that could be drawn."""

    itemId: str
    when: str
    campaign: str
    chance: str
    drawn: str
    seed: str


def family_row(facts: FamilyFacts) -> FamilyRow:
    """One kind of work in words."""
    bounded = facts.checked >= SHOWN_FROM
    evidence = say("{right} of {checked} right", right=facts.right, checked=facts.checked)
    meaning = bounds_text(facts.lower, facts.upper) if bounded else say("not enough checked work yet")
    whole, hundredths = divmod(facts.effective_hundredths, 100)
    less = facts.effective_hundredths < 50 * facts.checked
    return FamilyRow(
        family=facts.family or say("Other work"),
        grade=facts.grade,
        tone=TONES.get(facts.grade, "") if bounded else "",
        evidence=say("{evidence}, {meaning}", evidence=evidence, meaning=meaning),
        counts=say(
            "Counts as {n}: easy tasks, and many for one requester, count less.", n=_tenths(whole, hundredths)
        )
        if less
        else "",
        review=said_text(facts.missing)
        if facts.missing is not None
        else say("You may review work of this kind.")
        if facts.verifier
        else "",
        verifier=facts.verifier,
        bounded=bounded,
        lower=facts.lower,
        upper=facts.upper,
        summary=f"{facts.grade}, {evidence}, {meaning}",
    )


def _tenths(whole: int, hundredths: int) -> str:
    tenth = (hundredths + 5) // 10
    return f"{whole + 1}.0" if tenth == 10 else f"{whole}.{tenth}"


def scenario_rows(facts: TrustFacts) -> list[ScenarioRow]:
    """The next ten tasks, as far as something can be said; each sentence beside its bounds."""
    options = facts.forecast.scenarios if facts.forecast is not None else ()
    return [
        ScenarioRow(said_text(said), option.grade, option.lower, option.upper)
        for said, option in zip(facts.next_ten, options, strict=False)
    ]


def outcome_row(outcome: dict[str, Any], titles: dict[str, str]) -> OutcomeRow:
    """One judged answer in words; `titles` by campaign id."""
    campaign = str(outcome.get("campaign_id", ""))
    return OutcomeRow(
        when=clock_time(int(outcome.get("judged_at", 0))),
        campaign=titles.get(campaign, short(campaign)),
        outcome=_outcome(outcome),
        attempt=say("First try") if outcome.get("first_try") or not _redone(outcome) else say("Corrected"),
        judged=say("A hidden check") if outcome.get("gold") else say("Other workers"),
    )


def _redone(outcome: dict[str, Any]) -> bool:
    """Whether it took a second try; a right answer that was not right at first did."""
    return bool(outcome.get("redone") or outcome.get("accepted"))


def _outcome(outcome: dict[str, Any]) -> str:
    if outcome.get("poor"):
        return say("Found poor")
    return say("Right") if outcome.get("accepted") else say("Wrong")


def audit_line(row: AuditRow) -> AuditLine:
    """One submission and its draw in words."""
    if not row.checked:
        drawn, seed = say("Not revealed yet"), ""
    else:
        drawn = say("Audited") if row.drawn else say("Not audited")
        seed = say("With the requester's seed") if row.seeded else say("By the platform alone")
    return AuditLine(
        itemId=row.item_id,
        when=clock_time(row.at),
        campaign=row.campaign_title,
        chance=percent(row.chance_ppm),
        drawn=drawn,
        seed=seed,
    )


FINDINGS = {
    "none_yet": "No work that could be drawn for an audit yet.",
    "nothing": "Nothing unusual: that is about what chance brings.",
    "more": "More audits than chance explains (1 in {one_in}).",
    "fewer": "Fewer audits than chance explains (1 in {one_in}).",
}


def audit_text(facts: AuditRecordFacts) -> str:
    """Audits had against expected."""
    if facts.submissions == 0:
        return ""
    whole, hundredths = divmod(facts.expected_hundredths, 100)
    return say(
        "Audited: {had} of {n}. Chance alone would bring about {expected}.",
        had=facts.had,
        expected=_tenths(whole, hundredths),
        n=facts.submissions - facts.not_revealed,
    )


def finding_text(facts: AuditRecordFacts) -> str:
    """What the test of the draws says, in words."""
    if facts.code not in FINDINGS:
        return facts.sentence
    return say(FINDINGS[facts.code], one_in=facts.one_in)


def audit_notes(facts: AuditRecordFacts) -> list[str]:
    """What could not be checked, or rests on less."""
    notes = []
    if facts.not_revealed:
        notes.append(say("Draws not revealed yet, and not counted here: {n}.", n=facts.not_revealed))
    if facts.without_seed:
        notes.append(
            say(
                "Drawn by the platform alone, without a seed of the requester: {n}.",
                n=facts.without_seed,
            )
        )
    return notes
