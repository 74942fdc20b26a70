# SPDX-License-Identifier: Apache-2.0
"""What this hub brings on chain about an attempt, by what stands there: pure rules, each with what it is worth."""

from __future__ import annotations

from dataclasses import dataclass

from gems_platform.disputes.attempts import Attempt
from gems_platform.disputes.reading import SilentClaim
from gems_protocol.dispute import (
    NOTHING,
    Pending,
    Row,
    TaskOnChain,
    TaskWord,
    claim_arguments,
    place,
    split,
)
from gems_protocol.evidence import SignedPanel, VerdictEvidence, VoteEvidence
from gems_protocol.verification.commissioned import COMMISSION_ROUND


@dataclass(frozen=True, slots=True)
class Answer:
    """One call. saves: base units that the hub has more of by it. detail: what tells it from its like."""

    contract: str
    function: str
    arguments: Row
    saves: int
    detail: str = ""


def about_verdict(
    attempt: Attempt, word: TaskWord, standing: Pending, now: int, blocks_exit: bool
) -> list[Answer]:
    """What a pending verdict needs: a higher round, the releases, then its end.

    now: chain time. blocks_exit: whether the requester waits for it to leave.
    """
    found = _higher_round(attempt, word, standing) if now < word.until else None
    if found is not None:
        return [found]
    worth = _worth(attempt, word, standing)
    missing = [
        _post(attempt, standing, bit, who, worth[bit])
        for who in attempt.released
        if (bit := standing.recipient(who)) is not None and not word.released >> bit & 1 and worth[bit]
    ]
    if missing or now < word.until:
        return missing
    due = sum(amount for bit, amount in worth.items() if word.released >> bit & 1)
    if not due and not blocks_exit:
        return []
    arguments = (attempt.terms.abi(), *attempt.place[1:], standing.abi())
    return [Answer("Campaigns", "finalize", arguments, due)]


def wants_panel(attempt: Attempt, word: TaskWord, standing: Pending) -> bool:
    """Whether somebody appealed to a panel that this hub owes, and has no votes of."""
    appealed = word.state in (TaskOnChain.ACCEPTED_APPEALED, TaskOnChain.REJECTED_APPEALED)
    more = word.round + 1 < attempt.terms.rounds
    return appealed and more and _higher_round(attempt, word, standing) is None


def about_silence(attempt: Attempt, claim: SilentClaim, judged: bool) -> list[Answer]:
    """What ends a silent claim without pay: the first that the contract takes; empty if the claim is right.

    judged: whether a verdict was brought to Campaigns.
    """
    saves, named = 2 * claim.owed, attempt.named
    kept = attempt.released.get(claim.miner)
    if kept is not None:
        arguments: Row = (*named, kept.place, split(kept.signature))
        return [Answer("Judge", "answer_silent", arguments, saves)]
    if judged:
        return [Answer("Judge", "settle_silent", named, saves)]
    if attempt.accepted is not False or attempt.evidence is None:
        return []
    found = []
    claimed = claim_arguments(attempt.evidence, attempt.terms, attempt.signer)
    if claimed is not None and not accepts(attempt, claimed):
        found.append(Answer("Judge", "claim", claimed, saves))
    votes = votes_arguments(attempt, attempt.evidence)
    if votes is not None:
        found.append(Answer("Judge", "answer_votes", votes, saves))
    return found


def own_verdict(attempt: Attempt) -> Answer | None:
    """The claim by which the hub gets out of the escrow what it paid in channels; None where votes do not suffice."""
    if attempt.evidence is None:
        return None
    claimed = claim_arguments(attempt.evidence, attempt.terms, attempt.signer)
    if claimed is None or accepts(attempt, claimed) is not attempt.accepted:
        return None
    if attempt.accepted and attempt.miner not in attempt.released:
        return None  # the escrow would pay the miner a second time
    _, verifiers, _, _, _, ballots = claimed[5]
    paid = sum(verifiers[ballot[0]] in attempt.released for ballot in ballots) * attempt.terms.vr().units
    if attempt.accepted:
        paid += attempt.evidence.assignment.reward
    return Answer("Judge", "claim", claimed, paid)


def accepts(attempt: Attempt, claimed: Row) -> bool:
    """Whether arguments of `Judge.claim` prove that the miner's own result was accepted."""
    if attempt.evidence is None:
        return False
    _, _, _, result, accept, _ = claimed[5]
    return bool(accept and result == attempt.evidence.submission.submission.result_hash)


def votes_arguments(attempt: Attempt, evidence: VerdictEvidence) -> Row | None:
    """The arguments of `Judge.answer_votes` by the highest round of which most did not accept the result."""
    own = evidence.submission.submission.result_hash
    for signed in sorted(evidence.panels, key=lambda one: one.panel.round, reverse=True):
        panel = signed.panel
        against = [
            cast
            for cast in evidence.votes
            if cast.vote.round == panel.round
            and cast.verifier in panel.verifiers
            and not (cast.vote.accept and cast.vote.result_hash == own)
        ]
        if panel.round != COMMISSION_ROUND and 2 * len(against) > len(panel.verifiers):
            return _votes(attempt, signed, against)
    return None


def _votes(attempt: Attempt, signed: SignedPanel, votes: list[VoteEvidence]) -> Row:
    panel = signed.panel
    signer = panel.signer(attempt.domain, signed.signature)
    rows = sorted(_answer(cast, panel.verifiers.index(cast.verifier)) for cast in votes)
    return *attempt.named, signer, panel.round, list(panel.verifiers), split(signed.signature), rows


def _answer(cast: VoteEvidence, seat: int) -> Row:
    batch = cast.batch
    where = place(cast.index_in_batch, batch.count, cast.proof, batch.batch_id, batch.sealed_at)
    return seat, cast.vote.result_hash, cast.vote.accept, where, split(cast.signature)


def _higher_round(attempt: Attempt, word: TaskWord, standing: Pending) -> Answer | None:
    """The verdict of a round above what stands, if it was appealed or turns what stands."""
    if attempt.evidence is None or word.round >= attempt.terms.rounds:
        return None
    claimed = claim_arguments(attempt.evidence, attempt.terms, attempt.signer, standing, word.round)
    if claimed is None:
        return None
    if not standing.bond and accepts(attempt, claimed) == word.state.accepts:
        return None
    saves = max(sum(_worth(attempt, word, standing).values()), 2 * standing.reward)
    return Answer("Judge", "claim", claimed, saves, str(word.round))


def _post(attempt: Attempt, standing: Pending, bit: int, who: str, saves: int) -> Answer:
    kept = attempt.released[who]
    where = (attempt.terms.abi(), *attempt.place[1:], standing.abi(), bit)
    return Answer("Judge", "post_release", (*where, kept.place, split(kept.signature)), saves, str(bit))


def _worth(attempt: Attempt, word: TaskWord, standing: Pending) -> dict[int, int]:
    """Base units that each recipient's bit stands for."""
    each = attempt.terms.vr().units
    worth = dict.fromkeys(range(1, len(standing.voters) + 1), each)
    return {0: standing.reward if word.state.accepts else 0, **worth}


__all__ = ["NOTHING", "Answer", "about_silence", "about_verdict", "accepts", "own_verdict", "wants_panel"]
