# SPDX-License-Identifier: Apache-2.0
"""What the evidence of a verdict has to prove before anything is decided by it: who signed what, about which task."""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol import merkle
from gems_protocol.amount import Amount
from gems_protocol.campaign import result_hash
from gems_protocol.errors import BadSignature, MalformedMessage, MoneyDiffers
from gems_protocol.evidence import VerdictEvidence, VoteEvidence
from gems_protocol.messages import Domain
from gems_protocol.rules import Rules
from gems_protocol.verification import Policy, Standing, standing_of
from gems_protocol.verification.commissioned import COMMISSION_ROUND, STRANGERS, check_fee


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What strangers found about accepted work for `fee`.

    voters: who voted. poor: whether both rejected it. complete: whether both voted, so that it counts for trust.
    """

    fee: Amount
    voters: tuple[str, ...]
    poor: bool
    complete: bool


def check_assignment(evidence: VerdictEvidence, rules: Rules, domain: Domain, hub: str) -> None:
    """The hub gave this task out within the terms, and this miner signed the submission that it names.

    Raises BadSignature, or MoneyDiffers when the assignment offers more than the terms.
    """
    assignment, sent, terms = evidence.assignment, evidence.submission, rules.terms
    assignment.check(domain, evidence.assignment_signature, hub)
    if assignment.campaign_id != terms.campaign_id():
        raise BadSignature("A verdict's assignment is of another campaign.")
    if assignment.reward > terms.mr.units or assignment.stake > terms.ms.units:
        raise MoneyDiffers("An assignment does not fit the campaign's terms.")
    sent.batch.check(domain, sent.signature, assignment.miner)
    if sent.submission.assignment_hash != assignment.struct_hash():
        raise BadSignature("A verdict is about another submission.")
    if not merkle.verify(
        sent.batch.root, sent.submission.struct_hash(), sent.index_in_batch, sent.batch.count, sent.proof
    ):
        raise BadSignature("A submission is not in the batch that the miner signed.")


def standings(evidence: VerdictEvidence, rules: Rules, domain: Domain, hub: str) -> dict[str, Standing]:
    """The standing of each worker with a note by the hub; raises BadSignature or MalformedMessage."""
    found: dict[str, Standing] = {}
    for signed in evidence.notes:
        signed.note.check(domain, signed.signature, hub)
        if signed.note.family != rules.family or signed.note.worker in found:
            raise BadSignature("A worker's standing is of another module family, or comes twice.")
        try:
            found[signed.note.worker] = standing_of(signed.note)
        except ValueError as error:
            raise MalformedMessage("A worker's standing is not possible.") from error
    return found


def check_vote(evidence: VerdictEvidence, cast: VoteEvidence, domain: Domain, *, blind: bool) -> None:
    """The verifier signed this vote about this attempt; blind: about the verifier's own answer. Raises BadSignature."""
    vote, assignment = cast.vote, evidence.assignment
    result = evidence.submission.submission.result_hash
    if blind:
        if cast.answer is None:
            raise BadSignature("A blind verifier's answer is missing.")
        result = result_hash(cast.answer)
    about = (assignment.campaign_id, assignment.index, assignment.attempt)
    if (vote.campaign_id, vote.index, vote.attempt, vote.result_hash) != (*about, result):
        raise BadSignature("A vote is about another result.")
    cast.batch.check(domain, cast.signature, cast.verifier)
    if not merkle.verify(
        cast.batch.root, vote.struct_hash(), cast.index_in_batch, cast.batch.count, cast.proof
    ):
        raise BadSignature("A vote is not in the batch that the verifier signed.")


def second_look(
    evidence: VerdictEvidence, rules: Rules, domain: Domain, policy: Policy, *, accepted: bool
) -> SecondLook | None:
    """The commission and its strangers, None without one; accepted: whether the verdict before it accepts.

    Raises BadSignature, and MalformedMessage for a fee that the policy does not allow.
    """
    signed, assignment = evidence.commission, evidence.assignment
    panels = [found.panel for found in evidence.panels if found.panel.round == COMMISSION_ROUND]
    votes = [cast for cast in evidence.votes if cast.vote.round == COMMISSION_ROUND]
    if signed is None:
        if panels or votes:
            raise BadSignature("Strangers judged work that nobody commissioned.")
        return None
    commission = signed.commission
    commission.check(domain, signed.signature, rules.terms.requester)
    about = (assignment.campaign_id, assignment.index, assignment.attempt)
    if (commission.campaign_id, commission.index, commission.attempt) != about or not accepted:
        raise BadSignature("A commission is not about this verdict.")
    if evidence.appeal is not None:
        raise BadSignature("Work was commissioned whose verdict somebody had appealed.")
    fee = Amount(commission.fee)
    check_fee(fee, rules.terms.mr, Amount(assignment.reward), policy.commission_ppm)
    if len(panels) != 1 or len(panels[0].verifiers) > STRANGERS.size:
        raise BadSignature("A commission's panel is missing, too large, or not the only one.")
    for cast in votes:
        if cast.verifier not in panels[0].verifiers:
            raise BadSignature("A vote is not by a member of its panel, or comes twice.")
        check_vote(evidence, cast, domain, blind=False)
    voters = tuple(cast.verifier for cast in votes)
    if len(set(voters)) != len(voters):
        raise BadSignature("A vote is not by a member of its panel, or comes twice.")
    rejects = sum(not cast.vote.accept for cast in votes)
    return SecondLook(fee, voters, rejects >= STRANGERS.quorum, len(votes) >= STRANGERS.size)
