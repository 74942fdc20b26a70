# SPDX-License-Identifier: Apache-2.0
"""What the review screen shows, derived from what is known: its face, its words and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.services.facts import ReviewFacts, ReviewQueueFacts, TrustFacts
from gems_desktop.viewmodels.drafting import DraftInputs, saving_word
from gems_desktop.viewmodels.mark_words import mark_text
from gems_desktop.viewmodels.review_sitting import Sitting, overturned_text
from gems_desktop.viewmodels.review_words import kind_sentence, kind_title, verdict_text
from gems_desktop.viewmodels.trust_words import missing_text
from gems_desktop.viewmodels.warning_words import warning_text
from gems_desktop.viewmodels.words import gem, say
from gems_protocol.modules.mark import Mark

SKIP_KEY = "S"


@dataclass(frozen=True, slots=True)
class ReviewInputs(DraftInputs):
    """What the screen is made from."""

    ready: bool = False
    queue: ReviewQueueFacts | None = None
    facts: ReviewFacts | None = None
    shown: bool = False
    rejecting: bool = False
    reason: str = ""
    reason_missing: bool = False
    fetching: bool = False
    sending: bool = False
    offline: bool = False
    skip_key: str = SKIP_KEY
    veiled: bool = False  # what may disturb is covered until it is asked for
    mark: Mark | None = None  # the place of the fault, while rejecting
    marking: bool = False
    sitting: Sitting = Sitting()  # noqa: RUF009 - frozen
    pausing: bool = False  # the summary is shown though more waits
    trust: TrustFacts | None = None


@dataclass(frozen=True, slots=True)
class ReviewProps:
    """What the screen shows."""

    stage: str  # loading | review | seal | take | notYet
    itemId: str
    title: str
    instructions: str
    positionText: str
    progress: float
    reward: str
    stake: str
    dueAt: int
    shown: bool
    rejecting: bool
    reason: str
    reasonMissing: bool
    note: str
    markText: str
    marking: bool
    warning: str
    veiled: bool
    verdictText: str
    decided: int
    queued: int
    canUndo: bool
    available: bool
    whyNot: str
    practice: bool
    fetching: bool
    sending: bool
    offline: bool
    broken: bool
    blind: bool
    kindTitle: str
    kindText: str
    complete: bool
    problemsText: str
    saving: str  # "" | saving | saved | stuck
    canUndoEdit: bool
    canRedoEdit: bool
    skipKey: str  # "" when the task itself uses the key
    waiting: bool  # more waits below the summary
    canPause: bool
    overturnedText: str
    nextText: str  # what happens to the verdicts


def stage_of(inputs: ReviewInputs) -> str:
    """Which face the screen has."""
    if not inputs.ready or inputs.queue is None:
        return "loading"
    if inputs.facts is not None and not (inputs.pausing and inputs.queue.decided):
        return "review"
    if inputs.queue.decided:
        return "seal"
    return "take" if inputs.queue.eligible else "notYet"


def derive(inputs: ReviewInputs) -> ReviewProps:
    """The screen's words and numbers."""
    facts, queue = inputs.facts, inputs.queue
    return ReviewProps(
        stage=stage_of(inputs),
        itemId=facts.item_id if facts else "",
        title=facts.campaign_title if facts else "",
        instructions=facts.instructions if facts else "",
        positionText=say("{n} of {total}", n=facts.position, total=facts.batch_size) if facts else "",
        progress=(facts.position - 1) / facts.batch_size if facts and facts.batch_size else 0.0,
        reward=gem(facts.reward) if facts else "",
        stake=gem(facts.stake) if facts else "",
        dueAt=facts.due_at if facts else 0,
        shown=inputs.shown,
        rejecting=inputs.rejecting,
        reason=inputs.reason,
        reasonMissing=inputs.reason_missing,
        note=facts.note if facts else "",
        markText=mark_text(inputs.mark),
        marking=inputs.marking,
        warning=warning_text(facts.content_warning) if facts else "",
        veiled=inputs.veiled,
        verdictText=verdict_text(facts) if facts else "",
        decided=queue.decided if queue else 0,
        queued=queue.queued if queue else 0,
        canUndo=bool(inputs.sitting.made) or bool(queue and queue.decided),
        available=bool(queue and queue.available),
        whyNot=missing_text(queue.why_not) if queue else "",
        practice=bool(queue and queue.practice),
        fetching=inputs.fetching,
        sending=inputs.sending,
        offline=inputs.offline,
        broken=inputs.broken,
        blind=bool(facts and facts.blind),
        kindTitle=kind_title(facts) if facts else "",
        kindText=kind_sentence(facts) if facts else "",
        complete=inputs.complete,
        problemsText=" · ".join(inputs.problems) if inputs.asked else "",
        saving=saving_word(inputs),
        canUndoEdit=inputs.undoable > 0,
        canRedoEdit=inputs.redoable > 0,
        skipKey=inputs.skip_key,
        waiting=facts is not None,
        canPause=bool(facts and queue and queue.decided),
        overturnedText=overturned_text(inputs.trust),
        nextText=say("Then others' verdicts come in; your pay is added as soon as enough agree.")
        if queue and queue.decided
        else "",
    )
