# SPDX-License-Identifier: Apache-2.0
"""Signed evidence of verdicts, built by hand: every part by its own party, so that tests can forge any of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from eth_utils.crypto import keccak

from gems_protocol import audit, evidence_json, merkle
from gems_protocol.audit import AuditReveal
from gems_protocol.campaign import Terms, result_hash
from gems_protocol.evidence import (
    SignedAppeal,
    SignedCommission,
    SignedNote,
    SignedPanel,
    SubmissionEvidence,
    VerdictEvidence,
    VoteEvidence,
)
from gems_protocol.messages import (
    Appeal,
    Assignment,
    BatchSubmission,
    BatchVote,
    Commission,
    Panel,
    Submission,
    Vote,
)
from gems_protocol.rules import Rules, family_hash
from gems_protocol.verdict import Verdict, check_verdict
from gems_protocol.verification import NEWCOMER, Policy, Standing, note_of
from gems_protocol.verification.commissioned import COMMISSION_ROUND
from tests.helpers.protocol_terms import CAMPAIGNS, key, who

SECRET, SALT = b"\x07" * 32, b"\x09" * 32
FAMILY = family_hash("choice")
CONFIG = """<View><Text name="t" value="$text"/><Choices name="c" toName="t">
<Choice value="zero"/><Choice value="one"/><Choice value="two"/></Choices></View>"""
CLASSES = 3
EXPERT = Standing(gold_right=20, gold=20)  # accuracy 24/26
WORDS = ("zero", "one", "two")

Votes = Mapping[str, bool | None]


def answer(number: int, name: str = "a") -> list[dict[str, Any]]:
    """One of the three answers; `name` becomes the region's id, which does not change what it says."""
    value = {"choices": [WORDS[number]]}
    return [{"id": name, "from_name": "c", "to_name": "t", "type": "choices", "value": value}]


RESULT = result_hash(answer(0))


def rules(policy: Policy, terms: Terms) -> Rules:
    """Rules of a campaign with three classes."""
    return Rules(terms, policy, FAMILY, CONFIG)


def assignment(policy: Policy, terms: Terms, standing: Standing = NEWCOMER, **change: Any) -> Assignment:
    """What the hub signs for "miner"."""
    quote = policy.quote(standing, terms)
    fields: dict[str, Any] = {
        "campaign_id": terms.campaign_id(), "index": 4, "attempt": 0, "miner": who("miner"),
        "reward": quote.reward.units, "stake": quote.stake.units, "audit_ppm": quote.audit_ppm,
        "audit_commit": audit.commit(SECRET), "input_hash": bytes(32), "due_at": 1,
    }  # fmt: skip
    return Assignment(**{**fields, **change})


def sent_by(miner: str, given: Assignment) -> SubmissionEvidence:
    """The answer zero to `given`, second of a batch of three."""
    submission = Submission(given.struct_hash(), RESULT, SALT)
    leaves = [bytes(32), submission.struct_hash(), b"\x01" * 32]
    batch = BatchSubmission(merkle.root(leaves), 3, bytes(32), 1)
    proof = tuple(merkle.proofs(leaves)[1])
    return SubmissionEvidence(submission, batch, 1, proof, batch.sign(CAMPAIGNS, key(miner)))


def cast(
    given: Assignment, round_: int, name: str, accept: bool, result: bytes = RESULT, shown: Any = None
) -> VoteEvidence:
    """A vote in a batch of two; `shown` is a blind verifier's answer."""
    vote = Vote(given.campaign_id, given.index, given.attempt, round_, result, accept)
    leaves = [vote.struct_hash(), bytes(32)]
    batch = BatchVote(merkle.root(leaves), 2, bytes(32), 1)
    proof = tuple(merkle.proofs(leaves)[0])
    return VoteEvidence(vote, who(name), batch, 0, proof, batch.sign(CAMPAIGNS, key(name)), shown)


def blind(given: Assignment, round_: int, name: str, number: int) -> VoteEvidence:
    """A blind vote: the verifier's own answer, under the verifier's own region id."""
    own = answer(number, name)
    return cast(given, round_, name, accept=True, result=result_hash(own), shown=own)


def seated(given: Assignment, round_: int, names: Iterable[str], by: str = "hub") -> SignedPanel:
    """A round's panel."""
    panel = Panel(given.campaign_id, given.index, given.attempt, round_, tuple(sorted(map(who, names))))
    return SignedPanel(panel, panel.sign(CAMPAIGNS, key(by)))


def note(name: str, standing: Standing = NEWCOMER, by: str = "hub", family: bytes = FAMILY) -> SignedNote:
    """What the hub says about a worker."""
    found = note_of(standing, who(name), family, at=1)
    return SignedNote(found, found.sign(CAMPAIGNS, key(by)))


def appeal(given: Assignment, round_: int, by: str, bond: int = 0, **change: Any) -> SignedAppeal:
    """An appeal that asks for the panel of `round_`."""
    about = Appeal(given.campaign_id, given.index, given.attempt, round_, bond, keccak(text="why"))
    asked = replace(about, **change)
    return SignedAppeal(asked, asked.sign(CAMPAIGNS, key(by)))


def commission(given: Assignment, fee: int, by: str = "requester", **change: Any) -> SignedCommission:
    """A requester's commission."""
    asked = replace(Commission(given.campaign_id, given.index, given.attempt, fee), **change)
    return SignedCommission(asked, asked.sign(CAMPAIGNS, key(by)))


def built(given: Assignment, standing: Standing = NEWCOMER, **parts: Any) -> VerdictEvidence:
    """Evidence of an attempt by "miner" that nobody judged; `parts` replace its fields."""
    found = VerdictEvidence(
        given, given.sign(CAMPAIGNS, key("hub")), sent_by("miner", given), (), (), AuditReveal(SECRET),
        (note("miner", standing),),
    )  # fmt: skip
    return replace(found, **parts)


def voted(
    *rounds: Votes, policy: Policy, terms: Terms, standing: Standing = NEWCOMER, **parts: Any
) -> VerdictEvidence:
    """Evidence of approve-or-reject rounds; None is a seat without a vote."""
    given = assignment(policy, terms, standing)
    votes = tuple(
        cast(given, number, name, accept)
        for number, round_ in enumerate(rounds)
        for name, accept in round_.items()
        if accept is not None
    )
    panels = tuple(seated(given, number, round_) for number, round_ in enumerate(rounds))
    return built(given, standing, panels=panels, votes=votes, **parts)


def answered(
    *rounds: Mapping[str, int],
    policy: Policy,
    terms: Terms,
    standing: Standing = NEWCOMER,
    who_is: Mapping[str, Standing] | None = None,
    **parts: Any,
) -> VerdictEvidence:
    """Evidence of blind rounds in the order of their answers; `who_is` are the verifiers' standings."""
    given = assignment(policy, terms, standing)
    names = [name for round_ in rounds for name in round_]
    votes = [blind(given, number, name, said) for number, round_ in enumerate(rounds)
             for name, said in round_.items()]  # fmt: skip
    known = who_is or {}
    found = {
        "panels": tuple(seated(given, number, round_) for number, round_ in enumerate(rounds)),
        "votes": tuple(votes),
        "notes": (note("miner", standing), *(note(name, known.get(name, NEWCOMER)) for name in names)),
        "answer": answer(0),
        "audit": None,
        **parts,
    }
    return built(given, standing, **found)


def looked_at(found: VerdictEvidence, fee: int, **votes: bool) -> VerdictEvidence:
    """`found` after a commission whose strangers voted so."""
    given = found.assignment
    return replace(
        found,
        commission=commission(given, fee),
        panels=(*found.panels, seated(given, COMMISSION_ROUND, votes)),
        votes=(*found.votes, *(cast(given, COMMISSION_ROUND, name, yes) for name, yes in votes.items())),
    )


def judge(found: VerdictEvidence, policy: Policy, terms: Terms) -> Verdict:
    """The verdict of evidence that went through JSON."""
    read = evidence_json.from_json(json.loads(json.dumps(evidence_json.to_json(found))))
    assert read == found
    return check_verdict(read, rules(policy, terms), CAMPAIGNS, who("hub"))
