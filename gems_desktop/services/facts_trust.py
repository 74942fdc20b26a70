# SPDX-License-Identifier: Apache-2.0
"""What the trust page shows; `facts` hands these on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from gems_desktop.services.facts_report import Said


@dataclass(frozen=True, slots=True)
class FamilyFacts:
    """My record in one module family. right, checked: judged tasks. effective: what they count as, hundredths.

    lower, upper: bounds of the share, 0..1. missing: what keeps me from reviewing, None when I may.
    """

    family: str
    grade: str
    right: int
    checked: int
    effective_hundredths: int
    lower: float
    upper: float
    verifier: bool
    missing: Said | None


@dataclass(frozen=True, slots=True)
class ScenarioFacts:
    """The next ten tasks with `right` of them right: the bounds and the grade then."""

    right: int
    lower: float
    upper: float
    grade: str


@dataclass(frozen=True, slots=True)
class ForecastFacts:
    """next_grade: "" at A. in_a_row: right answers to its bar; confirmed_after: until it is held; None beyond sight."""

    next_grade: str
    in_a_row: int | None
    confirmed_after: int | None
    scenarios: tuple[ScenarioFacts, ...]


@dataclass(frozen=True, slots=True)
class TrustFacts:
    """My trust, recomputed here from signed outcomes; beside the white paper's score the whole profile.

    grade: a letter; newcomer: its C only means that too little is known. trend: "up" | "level" | "down", level
    unless significant. alarm: a sudden fall that still counts. removal: too few right to go on; appealable.
    differences: where the platform's figures are not mine, each with `theirs` and `ours`.
    """

    score: float
    lower: float
    upper: float
    checked: int
    accepted: int
    first_try: int
    sentence: str
    to_verifier: str
    verifier: bool
    platform_score: float | None
    differs: bool
    history: tuple[float, ...] = ()  # the score after each of the last checked answers
    bounds: tuple[tuple[float, float], ...] = ()  # (lower, upper) of each of `history`
    outcomes: tuple[dict[str, Any], ...] = field(default=())
    practice: bool = False
    grade: str = "C"
    newcomer: bool = True
    level: str = "newcomer"
    level_number: int = 0
    to_next_level: int | None = None
    trend: str = "level"
    alarm: bool = False
    removal: bool = False
    families: tuple[FamilyFacts, ...] = ()
    forecast: ForecastFacts | None = None
    explanations: tuple[Said, ...] = ()
    next_ten: tuple[Said, ...] = ()
    differences: tuple[Said, ...] = ()
    passes: int = 0  # audited passes since the last failure rule: what fees under GIRM go by
    reviews: int = 0  # my votes that were settled, and how many of them a verdict overturned
    overturned: int = 0
    hidden_checks: int = 0  # known-answer tasks as the platform counts them; never which
    hidden_right: int = 0
    removed: bool = False  # the platform gives this worker no more tasks
    removal_appeal: str = ""  # "" | "waiting" | "answered"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One submission of mine that could be drawn for an audit.

    chance_ppm: as my signed assignment fixes it. drawn: whether verifiers judged it. checked: I recomputed the draw
    from the revealed secret; False where none was revealed. seeded: the requester's seed of the day was in it.
    """

    item_id: str
    campaign_title: str
    at: int
    chance_ppm: int
    drawn: bool
    checked: bool
    seeded: bool


@dataclass(frozen=True, slots=True)
class AuditSpan:
    """The draws of one UTC week or month that were revealed. first: its first day, as 2026-11-22.

    expected_ppm: the sum of the chances.
    """

    first: str
    expected_ppm: int
    had: int


@dataclass(frozen=True, slots=True)
class AuditRecordFacts:
    """My audits against chance. expected_hundredths: the sum of the chances. one_in: how rarely chance alone gives
    at least as many (or as few) audits; code: "nothing" | "none_yet" | "more" | "fewer"."""

    submissions: int
    expected_hundredths: int
    had: int
    not_revealed: int
    without_seed: int
    one_in: int
    code: str
    sentence: str
    rows: tuple[AuditRow, ...] = ()
    weekly: bool = True  # what `spans` are: weeks, or months
    spans: tuple[AuditSpan, ...] = ()  # oldest first, without gaps; older ones than these are in none
