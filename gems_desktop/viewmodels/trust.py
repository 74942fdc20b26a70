# SPDX-License-Identifier: Apache-2.0
"""My trust score as it is recomputed here, with its bounds, its history and the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.services.facts import Topic, TrustFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.words import clock_time, say, short


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One judged answer."""

    when: str
    campaign: str
    outcome: str
    attempt: str


@dataclass(frozen=True, slots=True)
class TrustProps:
    """What the screen shows besides the evidence."""

    ready: bool = False
    score: float = 0.0
    lower: float = 0.0
    upper: float = 1.0
    scoreText: str = ""
    boundsText: str = ""
    checked: int = 0
    accepted: int = 0
    firstTry: int = 0
    sentence: str = ""
    toVerifier: str = ""
    verifier: bool = False
    differs: bool = False
    differsText: str = ""
    history: tuple[float, ...] = ()
    historySummary: str = ""
    practice: bool = False


def derive(facts: TrustFacts) -> TrustProps:
    """The page from the score and its evidence."""
    platform = "" if facts.platform_score is None else f"{facts.platform_score:.2f}"
    first, last = (facts.history[0], facts.history[-1]) if facts.history else (0.0, 0.0)
    return TrustProps(
        ready=True,
        score=facts.score,
        lower=facts.lower,
        upper=facts.upper,
        scoreText=f"{facts.score:.2f}",
        boundsText=say("between {lower} and {upper}", lower=f"{facts.lower:.2f}", upper=f"{facts.upper:.2f}"),
        checked=facts.checked,
        accepted=facts.accepted,
        firstTry=facts.first_try,
        sentence=facts.sentence,
        toVerifier=facts.to_verifier,
        verifier=facts.verifier,
        differs=facts.differs,
        differsText=(
            say(
                "The platform says {theirs}; the signed outcomes give {ours}.",
                theirs=platform,
                ours=f"{facts.score:.2f}",
            )
            if facts.differs and platform
            else ""
        ),
        history=facts.history,
        historySummary=(
            say("The score went from {first} to {last}.", first=f"{first:.2f}", last=f"{last:.2f}")
            if facts.history
            else ""
        ),
        practice=facts.practice,
    )


def outcome_row(outcome: dict[str, Any], titles: dict[str, str]) -> OutcomeRow:
    """One judged answer in words; `titles` by campaign id."""
    campaign = str(outcome.get("campaign_id", ""))
    return OutcomeRow(
        when=clock_time(int(outcome.get("judged_at", 0))),
        campaign=titles.get(campaign, short(campaign)),
        outcome=say("Right") if outcome.get("accepted") else say("Wrong"),
        attempt=say("First try") if outcome.get("first_try") else say("Corrected"),
    )


class TrustViewModel(ViewModel):
    """Trust."""

    topics = frozenset({Topic.TRUST})
    changed = Signal()

    ready = prop(bool, "ready", changed)
    score = prop(float, "score", changed)
    lower = prop(float, "lower", changed)
    upper = prop(float, "upper", changed)
    scoreText = prop(str, "scoreText", changed)
    boundsText = prop(str, "boundsText", changed)
    checked = prop(int, "checked", changed)
    accepted = prop(int, "accepted", changed)
    firstTry = prop(int, "firstTry", changed)
    sentence = prop(str, "sentence", changed)
    toVerifier = prop(str, "toVerifier", changed)
    verifier = prop(bool, "verifier", changed)
    differs = prop(bool, "differs", changed)
    differsText = prop(str, "differsText", changed)
    historySummary = prop(str, "historySummary", changed)
    practice = prop(bool, "practice", changed)
    history = Property(list, lambda self: list(self._props.history), notify=changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._outcomes = RowsModel(OutcomeRow, self)
        self.show(TrustProps())

    def _outcomes_model(self) -> QObject:
        return self._outcomes

    outcomes = Property(QObject, _outcomes_model, constant=True)

    async def refresh(self) -> None:
        """Recompute from what is stored."""
        await self._take(await self.session.trust.facts())

    async def _take(self, facts: TrustFacts) -> None:
        titles = {each.campaign_id: each.title for each in await self.session.sync.campaigns()}
        self._outcomes.replace([outcome_row(outcome, titles) for outcome in reversed(facts.outcomes)])
        self.show(derive(facts))

    @Slot()
    def compare(self) -> None:
        """Ask the platform for its number and compare."""
        self.start(self._compare())

    async def _compare(self) -> None:
        await self._take(await self.session.trust.facts(refresh=True))
