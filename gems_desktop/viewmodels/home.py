# SPDX-License-Identifier: Apache-2.0
"""The first page: what was earned, what waits, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from gems_desktop.services.facts import EarningsFacts, TaskFacts, Topic, TrustFacts
from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.charting import Chart, chart_prop, earned_chart
from gems_desktop.viewmodels.rate_words import beside
from gems_desktop.viewmodels.trust_words import missing_text, summary_text
from gems_desktop.viewmodels.undecided import held_text, undecided
from gems_desktop.viewmodels.words import gem, say

DAYS_SHOWN = 14


@dataclass(frozen=True, slots=True)
class HomeProps:
    """What the screen shows."""

    ready: bool
    earnedToday: str
    earnedWeek: str
    claimable: str
    inReview: str
    waiting: int
    waitingText: str
    continueTitle: str
    continueText: str
    canContinue: bool
    continueIsRedo: bool
    trustSentence: str
    toVerifier: str
    verifier: bool
    chart: Chart = Chart()  # noqa: RUF009 - frozen
    inReviewText: str = ""
    answerable: int = 0  # rejections that can be corrected or appealed
    answerableText: str = ""
    answerUntil: int = 0  # the nearest of their deadlines
    todayBeside: str = ""  # the same in the own currency
    claimableBeside: str = ""
    inReviewBeside: str = ""
    inWallet: str = ""  # empty while there is nothing in it


def derive(
    earnings: EarningsFacts, queue: QueueFacts, task: TaskFacts | None, trust: TrustFacts
) -> HomeProps:
    """The page from what the services know."""
    waiting = queue.unsent
    left = task.batch_size - task.done_in_batch if task is not None else 0
    return HomeProps(
        ready=True,
        earnedToday=gem(earnings.earned_today),
        earnedWeek=gem(earnings.earned_week),
        claimable=gem(earnings.claimable),
        todayBeside=beside(earnings.earned_today),
        claimableBeside=beside(earnings.claimable),
        inReviewBeside=beside(earnings.in_review),
        inReview=gem(earnings.in_review),
        inWallet=gem(earnings.wallet_gem) if earnings.wallet_gem.units else "",
        waiting=waiting,
        waitingText=_waiting_text(waiting),
        continueTitle=task.campaign_title if task is not None else "",
        continueText=_left_text(left) if task is not None else "",
        canContinue=task is not None,
        continueIsRedo=task is not None and bool(task.redo_reason),
        trustSentence=summary_text(trust),
        toVerifier=missing_text(trust.to_verifier),
        verifier=trust.verifier,
        chart=earned_chart(earnings.by_day, earnings.today, DAYS_SHOWN),
        inReviewText=held_text(undecided(queue)) or say("Paid when others agree"),
        answerable=queue.answerable,
        answerableText=_answerable(queue.answerable),
        answerUntil=queue.answer_until,
    )


def _waiting_text(count: int) -> str:
    if count == 0:
        return say("Nothing waits to be sent")
    return say("One answer waits to be sent") if count == 1 else say("{n} answers wait to be sent", n=count)


def _left_text(count: int) -> str:
    return say("One task left in this batch") if count == 1 else say("{n} tasks left in this batch", n=count)


def _answerable(count: int) -> str:
    if count == 1:
        return say("A rejected answer can be corrected or appealed.")
    return say("{n} rejected answers can be corrected or appealed.", n=count) if count else ""


EMPTY = HomeProps(False, "0.00", "0.00", "0.00", "0.00", 0, "", "", "", False, False, "", "", False)


class HomeViewModel(ViewModel):
    """Home."""

    topics = frozenset({Topic.EARNINGS, Topic.OUTBOX, Topic.WORK, Topic.TRUST})
    changed = Signal()

    ready = prop(bool, "ready", changed)
    earnedToday = prop(str, "earnedToday", changed)
    earnedWeek = prop(str, "earnedWeek", changed)
    claimable = prop(str, "claimable", changed)
    inReview = prop(str, "inReview", changed)
    waiting = prop(int, "waiting", changed)
    waitingText = prop(str, "waitingText", changed)
    continueTitle = prop(str, "continueTitle", changed)
    continueText = prop(str, "continueText", changed)
    canContinue = prop(bool, "canContinue", changed)
    continueIsRedo = prop(bool, "continueIsRedo", changed)
    trustSentence = prop(str, "trustSentence", changed)
    toVerifier = prop(str, "toVerifier", changed)
    verifier = prop(bool, "verifier", changed)
    chart = chart_prop("chart", changed)
    inReviewText = prop(str, "inReviewText", changed)
    answerable = prop(int, "answerable", changed)
    answerableText = prop(str, "answerableText", changed)
    answerUntil = prop(float, "answerUntil", changed)
    todayBeside = prop(str, "todayBeside", changed)
    claimableBeside = prop(str, "claimableBeside", changed)
    inReviewBeside = prop(str, "inReviewBeside", changed)
    inWallet = prop(str, "inWallet", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.show(EMPTY)

    async def refresh(self) -> None:
        """Read the services."""
        self.show(
            derive(
                await self.session.earnings.known(),
                await self.session.work.queue(),
                await self.session.work.current(),
                await self.session.trust.facts(),
            )
        )
