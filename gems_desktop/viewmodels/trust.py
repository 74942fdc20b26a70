# SPDX-License-Identifier: Apache-2.0
"""My trust as it is recomputed here: grade and level in words, bounds, what comes next, the evidence, my audits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import AuditRecordFacts, Said, Topic, TrustFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.charting import Chart, chart_prop
from gems_desktop.viewmodels.removal import RemovalViewModel
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.trust_charts import audit_chart, score_chart
from gems_desktop.viewmodels.trust_rows import (
    AuditLine,
    FamilyRow,
    OutcomeRow,
    ScenarioRow,
    audit_line,
    audit_notes,
    audit_text,
    family_row,
    finding_text,
    outcome_row,
    scenario_rows,
)
from gems_desktop.viewmodels.trust_words import (
    TONES,
    bounds_text,
    difference_text,
    grade_text,
    level_text,
    missing_text,
    said_text,
    summary_text,
)
from gems_desktop.viewmodels.words import fixed, say

#: Said at a place of their own on the page, so not once more in the list of explanations.
_ELSEWHERE = frozenset(
    {
        "nothing_checked",
        "few_checked",
        "checked",
        "grade",
        "grade_newcomer",
        "to_next_grade",
        "confirm_grade",
        "level",
        "to_next_level",
        "removal",
        "alarm",
        "better",
        "worse",
    }
)
_TRENDS = {"better", "worse"}


@dataclass(frozen=True, slots=True)
class TrustProps:
    """What the screen shows besides its tables. The bar is drawn when there is something to draw."""

    ready: bool = False
    grade: str = ""
    gradeText: str = ""
    tone: str = ""
    newcomer: bool = True
    levelText: str = ""
    nextLevelText: str = ""
    lower: float = 0.0
    upper: float = 1.0
    bounded: bool = False
    boundsText: str = ""
    scoreText: str = ""
    checked: int = 0
    accepted: int = 0
    firstTry: int = 0
    sentence: str = ""
    trend: str = "level"
    trendText: str = ""
    alarmText: str = ""
    removalText: str = ""
    nextGradeText: str = ""
    explanations: tuple[str, ...] = ()
    toVerifier: str = ""
    verifier: bool = False
    differs: bool = False
    differsText: str = ""
    scoreChart: Chart = Chart()  # noqa: RUF009 - frozen
    practice: bool = False
    auditText: str = ""
    findingText: str = ""
    findingOdd: bool = False
    auditNotes: tuple[str, ...] = ()
    auditChart: Chart = Chart()  # noqa: RUF009 - frozen


def derive(facts: TrustFacts) -> TrustProps:
    """The page from the profile and its evidence."""
    bounded = facts.checked > 0 and not _said(facts, "few_checked", "nothing_checked")
    differences = _differences(facts)
    return TrustProps(
        ready=True,
        grade=facts.grade,
        gradeText=grade_text(facts.grade, facts.newcomer),
        tone="" if facts.newcomer else TONES.get(facts.grade, ""),
        newcomer=facts.newcomer,
        levelText=say("Level {n}: {level}", n=facts.level_number, level=level_text(facts.level)),
        nextLevelText=_next_level(facts),
        lower=facts.lower,
        upper=facts.upper,
        bounded=bounded,
        boundsText=bounds_text(facts.lower, facts.upper) if bounded else "",
        scoreText=fixed(facts.score, 2) if bounded else "",
        checked=facts.checked,
        accepted=facts.accepted,
        firstTry=facts.first_try,
        sentence=summary_text(facts),
        trend=facts.trend,
        trendText=_said(facts, *_TRENDS),
        alarmText=_alarm(facts),
        removalText=_removal(facts),
        nextGradeText=_next_grade(facts),
        explanations=_explanations(facts),
        toVerifier=missing_text(facts.to_verifier),
        verifier=facts.verifier,
        differs=facts.differs or bool(facts.differences),
        differsText=differences,
        scoreChart=score_chart(facts),
        practice=facts.practice,
    )


def _said(facts: TrustFacts, *codes: str) -> str:
    """The explanation with one of these codes in words, or nothing."""
    found = next((said for said in facts.explanations if said.code in codes), None)
    return said_text(found) if found is not None else ""


def _next_level(facts: TrustFacts) -> str:
    if facts.to_next_level is None:
        return ""
    return said_text(Said("to_next_level", (("more", facts.to_next_level),), ""))


def _next_grade(facts: TrustFacts) -> str:
    """How far the next grade is."""
    ahead = facts.forecast
    if ahead is None or facts.checked == 0:
        return ""
    if not ahead.next_grade:
        return say("You have the highest grade.")
    if ahead.in_a_row is None or ahead.confirmed_after is None:
        return say("The next grade, {grade}, is still far away.", grade=ahead.next_grade)
    code, more = (
        ("to_next_grade", ahead.in_a_row) if ahead.in_a_row else ("confirm_grade", ahead.confirmed_after)
    )
    return said_text(Said(code, (("more", more), ("grade", ahead.next_grade)), ""))


def _alarm(facts: TrustFacts) -> str:
    if not facts.alarm:
        return ""
    return _said(facts, "alarm") or say("More of your last answers were rejected than usual for you.")


def _removal(facts: TrustFacts) -> str:
    if not facts.removal:
        return ""
    return _said(facts, "removal") or say("Too few of your checked answers are right to go on.")


def _explanations(facts: TrustFacts) -> tuple[str, ...]:
    """What else there is to say about the record."""
    texts = [said_text(said) for said in facts.explanations if said.code not in _ELSEWHERE]
    if facts.passes:
        texts.append(
            say("Audits passed: {n}. Where a fee pays for checking, it falls with them.", n=facts.passes)
        )
    if facts.reviews:
        texts.append(
            say(
                "Settled reviews of yours that were overturned later: {overturned} of {reviews}.",
                overturned=facts.overturned,
                reviews=facts.reviews,
            )
        )
    return tuple(texts)


def _differences(facts: TrustFacts) -> str:
    """Where the platform says something else than the signed verdicts give."""
    texts = [difference_text(said) for said in facts.differences]
    if facts.differs and facts.platform_score is not None:
        theirs, ours = fixed(facts.platform_score, 2), fixed(facts.score, 2)
        texts.append(
            say("The platform says {theirs}; the signed outcomes give {ours}.", theirs=theirs, ours=ours)
        )
    return "\n".join(texts)


def with_audits(props: TrustProps, facts: AuditRecordFacts) -> TrustProps:
    """The props with what there is to say about my audits."""
    return replace(
        props,
        auditText=audit_text(facts),
        findingText=finding_text(facts),
        findingOdd=facts.code in ("more", "fewer"),
        auditNotes=tuple(audit_notes(facts)),
        auditChart=audit_chart(facts, audit_text(facts)),
    )


class TrustViewModel(ViewModel):
    """Trust; `said` carries a short message and its tone."""

    topics = frozenset({Topic.TRUST})
    changed = Signal()
    said = Signal(str, str)

    ready = prop(bool, "ready", changed)
    grade = prop(str, "grade", changed)
    gradeText = prop(str, "gradeText", changed)
    tone = prop(str, "tone", changed)
    newcomer = prop(bool, "newcomer", changed)
    levelText = prop(str, "levelText", changed)
    nextLevelText = prop(str, "nextLevelText", changed)
    lower = prop(float, "lower", changed)
    upper = prop(float, "upper", changed)
    bounded = prop(bool, "bounded", changed)
    boundsText = prop(str, "boundsText", changed)
    scoreText = prop(str, "scoreText", changed)
    checked = prop(int, "checked", changed)
    accepted = prop(int, "accepted", changed)
    firstTry = prop(int, "firstTry", changed)
    sentence = prop(str, "sentence", changed)
    trend = prop(str, "trend", changed)
    trendText = prop(str, "trendText", changed)
    alarmText = prop(str, "alarmText", changed)
    removalText = prop(str, "removalText", changed)
    nextGradeText = prop(str, "nextGradeText", changed)
    toVerifier = prop(str, "toVerifier", changed)
    verifier = prop(bool, "verifier", changed)
    differs = prop(bool, "differs", changed)
    differsText = prop(str, "differsText", changed)
    scoreChart = chart_prop("scoreChart", changed)
    auditChart = chart_prop("auditChart", changed)
    practice = prop(bool, "practice", changed)
    auditText = prop(str, "auditText", changed)
    findingText = prop(str, "findingText", changed)
    findingOdd = prop(bool, "findingOdd", changed)
    explanations = Property(list, lambda self: list(self._props.explanations), notify=changed)
    auditNotes = Property(list, lambda self: list(self._props.auditNotes), notify=changed)

    def __init__(self, session: Session, export_folder: str = "", parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._folder = export_folder
        self._outcomes = RowsModel(OutcomeRow, self)
        self._families = RowsModel(FamilyRow, self)
        self._scenarios = RowsModel(ScenarioRow, self)
        self._audits = RowsModel(AuditLine, self)
        self._removal = RemovalViewModel(session, self)
        self.show(TrustProps())

    outcomes = Property(QObject, lambda self: self._outcomes, constant=True)
    families = Property(QObject, lambda self: self._families, constant=True)
    scenarios = Property(QObject, lambda self: self._scenarios, constant=True)
    audits = Property(QObject, lambda self: self._audits, constant=True)
    removal = Property(QObject, lambda self: self._removal, constant=True)

    def close(self) -> None:
        """Stop what runs and listen no more."""
        self._removal.close()
        super().close()

    async def refresh(self) -> None:
        """Recompute from what is stored."""
        await self._take(await self.session.trust.facts())

    async def _take(self, facts: TrustFacts) -> None:
        titles = {each.campaign_id: each.title for each in await self.session.sync.campaigns()}
        audits = await self.session.trust.audit_record()
        self._outcomes.replace([outcome_row(outcome, titles) for outcome in reversed(facts.outcomes)])
        self._families.replace([family_row(family) for family in facts.families])
        self._scenarios.replace(scenario_rows(facts))
        self._audits.replace([audit_line(row) for row in audits.rows])
        self._removal.take(facts)
        self.show(with_audits(derive(facts), audits))

    @Slot()
    def compare(self) -> None:
        """Ask the platform for its figures and compare."""
        self.start(self._compare())

    async def _compare(self) -> None:
        await self._take(await self.session.trust.facts(refresh=True))

    @Slot(int)
    def exportEvidence(self, row: int) -> None:
        """Write the evidence of a row of `audits` into the profile's folder and say where."""
        if 0 <= row < len(self._audits.rows):
            self.start(self._export(self._audits.rows[row].itemId))

    async def _export(self, item_id: str) -> None:
        name = f"evidence-{item_id.removeprefix('0x')[:12]}.json"
        path = f"{self._folder}/{name}" if self._folder else name
        await self.session.trust.export_evidence(item_id, path)
        self.said.emit(say("Evidence written to {path}", path=path), "good")
