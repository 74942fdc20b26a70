# SPDX-License-Identifier: Apache-2.0
"""What comes next with a case, by what stands on chain: a call that anybody may send, or a time to wait for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gems_protocol.case import Case, Kind
from gems_protocol.dispute import NOTHING, Pending, Row, TaskOnChain, TaskWord, silent_from

NONE = TaskWord(TaskOnChain.NONE, 0, 0, 0, 0)
_OVER = 2**256 - 1


class Stage(Enum):
    """Where a case stands."""

    EARLY = "early"  # the hub still has time
    BRING = "bring"  # a call puts it on chain
    WAITS = "waits"  # on chain, until its window is over
    APPEALED = "appealed"  # on chain, and asked again; until
    FINISH = "finish"  # a call pays
    PAID = "paid"
    TURNED = "turned"  # another verdict stands, or stood
    ANSWERED = "answered"  # the hub showed that nothing was owed
    LATE = "late"  # not anchored in time


@dataclass(frozen=True, slots=True)
class Seen:
    """What the chain shows about a case; silence_until: 0 for no claim; anchored_at: 0 for never; now: Unix seconds."""

    task: TaskWord = NONE
    standing: Pending | None = None
    silence_until: int = 0
    anchored_at: int = 0
    now: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One call: the contract's name, its function, its arguments."""

    contract: str
    function: str
    arguments: Row


@dataclass(frozen=True, slots=True)
class Step:
    """Where a case stands; until: Unix seconds to wait for, 0 for none; call: what to send now, if anything."""

    stage: Stage
    until: int = 0
    call: Call | None = None


def next_step(case: Case, seen: Seen) -> Step:
    """What comes next."""
    state = seen.task.state
    if state is TaskOnChain.COVERED:
        return Step(Stage.PAID)
    if state is TaskOnChain.PAID or state is TaskOnChain.REOPENED:
        return Step(Stage.PAID if _pays_case(case, seen.task) else Stage.TURNED)
    if state.is_pending:
        return _pending(case, seen)
    if case.kind is Kind.CLAIM:
        return _bring(case)
    return _silence(case, seen)


def _pays_case(case: Case, word: TaskWord) -> bool:
    """Whether the verdict on chain is the one that the case is for; a silent hub's miner is paid by an acceptance."""
    return word.state.accepts if case.kind is not Kind.CLAIM else word.state.accepts is case.accepts()


def _bring(case: Case, before: Pending = NOTHING, above: int = -1) -> Step:
    found = case.claim(before, above)
    return Step(Stage.TURNED) if found is None else Step(Stage.BRING, call=Call("Judge", "claim", found))


def _pending(case: Case, seen: Seen) -> Step:
    """A verdict stands: a higher one of the case replaces it, else it is waited for, then it is paid."""
    word, standing = seen.task, seen.standing
    appealed = word.state in (TaskOnChain.ACCEPTED_APPEALED, TaskOnChain.REJECTED_APPEALED)
    fits = _pays_case(case, word)
    if standing is not None and seen.now < word.until and case.kind is Kind.CLAIM and (appealed or not fits):
        higher = _bring(case, standing, word.round)
        if higher.call is not None:
            return higher
    if seen.now < word.until:
        stage = Stage.APPEALED if appealed else Stage.WAITS if fits else Stage.TURNED
        return Step(stage, word.until)
    if standing is None:
        return Step(Stage.FINISH, word.until)
    where = (case.terms.abi(), *case.place[1:], standing.abi())
    return Step(Stage.FINISH, word.until, Call("Campaigns", "finalize", where))


def _silence(case: Case, seen: Seen) -> Step:
    if seen.silence_until == _OVER:
        return Step(Stage.ANSWERED)
    if seen.silence_until:
        if seen.now < seen.silence_until:
            return Step(Stage.WAITS, seen.silence_until)
        return Step(Stage.FINISH, seen.silence_until, Call("Judge", "settle_silent", case.place))
    due = case.evidence.assignment.due_at
    since = case.receipt.received_at if case.receipt is not None else seen.anchored_at
    if since == 0:
        if seen.now <= due:
            return Step(Stage.BRING, due, Call("Judge", "anchor", (case.root,)))
        return Step(Stage.LATE, due)
    if case.receipt is None and since > due:
        return Step(Stage.LATE, due)
    begins = silent_from(case.terms, since)
    if seen.now < begins:
        return Step(Stage.EARLY, begins)
    return Step(Stage.BRING, call=Call("Judge", "claim_silent", case.claim_silent()))
