# SPDX-License-Identifier: Apache-2.0
"""A verdict is recomputed from signed evidence, and every forgery of it is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from eth_utils.crypto import keccak

from gems_protocol import audit, evidence, merkle
from gems_protocol.amount import ZERO, Amount
from gems_protocol.audit import AuditReveal
from gems_protocol.campaign import Manifest, Terms, content_root, input_hash, task_bytes
from gems_protocol.errors import BadSignature, MalformedMessage, MoneyDiffers
from gems_protocol.evidence import (
    Basis,
    SignedPanel,
    SubmissionEvidence,
    Verdict,
    VerdictEvidence,
    VoteEvidence,
    check_verdict,
)
from gems_protocol.lines import Line, lines_of, miner_lines, returned_lines, review_lines
from gems_protocol.messages import (
    Assignment,
    BatchSubmission,
    BatchVote,
    Panel,
    ReviewAssignment,
    Submission,
    Vote,
)
from gems_protocol.task import open_task, step
from gems_protocol.task_events import Event, Judged, Leased, PanelSeated, Settled, Submitted, Voted
from gems_protocol.verification import Policy, policy_for, policy_of
from gems_protocol.verification.policy import Accepted, NoConsensus, PanelSize, Rejected
from tests.helpers.protocol_terms import CAMPAIGNS, key, terms, who

CONSENSUS = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3})
GIRM = policy_of("girm", {"rounds": 3})
SECRET, RESULT = b"\x07" * 32, keccak(text="answer")
Votes = dict[str, bool | None]


def assignment(policy: Policy, campaign: Terms, **change: Any) -> Assignment:
    quote = policy.quote(0, campaign)
    fields: dict[str, Any] = {
        "campaign_id": campaign.campaign_id(), "index": 4, "attempt": 0, "miner": who("miner"),
        "reward": quote.reward.units, "stake": quote.stake.units, "audit_ppm": quote.audit_ppm,
        "audit_commit": audit.commit(SECRET), "input_hash": bytes(32), "due_at": 1,
    }  # fmt: skip
    return Assignment(**{**fields, **change})


def sent_by(miner: str, given: Assignment) -> SubmissionEvidence:
    submission = Submission(given.struct_hash(), RESULT, b"\x09" * 32)
    leaves = [bytes(32), submission.struct_hash(), b"\x01" * 32]
    batch = BatchSubmission(merkle.root(leaves), 3, bytes(32), 1)
    return SubmissionEvidence(
        submission, batch, 1, tuple(merkle.proofs(leaves)[1]), batch.sign(CAMPAIGNS, key(miner))
    )


def cast(given: Assignment, round_: int, name: str, accept: bool, result: bytes = RESULT) -> VoteEvidence:
    vote = Vote(given.campaign_id, given.index, given.attempt, round_, result, accept)
    leaves = [vote.struct_hash(), bytes(32)]
    batch = BatchVote(merkle.root(leaves), 2, bytes(32), 1)
    proof = tuple(merkle.proofs(leaves)[0])
    return VoteEvidence(vote, who(name), batch, 0, proof, batch.sign(CAMPAIGNS, key(name)))


def seated(given: Assignment, round_: int, names: list[str], by: str = "hub") -> SignedPanel:
    panel = Panel(given.campaign_id, given.index, given.attempt, round_, tuple(sorted(map(who, names))))
    return SignedPanel(panel, panel.sign(CAMPAIGNS, key(by)))


def verdict_of(*rounds: Votes, policy: Policy = CONSENSUS, campaign: Terms | None = None) -> VerdictEvidence:
    given = assignment(policy, campaign or terms())
    votes = [
        cast(given, number, name, accept)
        for number, round_ in enumerate(rounds)
        for name, accept in round_.items()
        if accept is not None
    ]
    panels = tuple(seated(given, number, list(round_)) for number, round_ in enumerate(rounds))
    reveal = AuditReveal(SECRET)
    return VerdictEvidence(
        given, given.sign(CAMPAIGNS, key("hub")), sent_by("miner", given), panels, tuple(votes), reveal
    )


def check(found: VerdictEvidence, policy: Policy = CONSENSUS, campaign: Terms | None = None) -> Verdict:
    assert evidence.from_json(json.loads(json.dumps(evidence.to_json(found)))) == found
    return check_verdict(found, campaign or terms(), policy, CAMPAIGNS, who("hub"))


YES: Votes = {"a": True, "b": True}
NO: Votes = {"a": False, "b": False}
SPLIT: Votes = {"a": True, "b": False}


@pytest.mark.parametrize(
    ("rounds", "accepted", "basis"),
    [
        ([YES], True, Basis.QUORUM),
        ([NO], False, Basis.QUORUM),
        ([SPLIT, {"c": True, "d": False, "e": False}], False, Basis.QUORUM),
        ([SPLIT], True, Basis.SILENCE),
        ([{"a": False, "b": None}], True, Basis.SILENCE),
        ([], True, Basis.SILENCE),
        ([{"a": False}], True, Basis.SILENCE),
    ],
)
def test_the_verdict_follows_from_the_votes(rounds: list[Votes], accepted: bool, basis: Basis) -> None:
    found = check(verdict_of(*rounds))
    assert (found.accepted, found.basis) == (accepted, basis)
    assert found.judged is (basis is Basis.QUORUM)
    for (verifier, number), agreed in found.agreed.items():
        votes = {who(name): vote for name, vote in rounds[number].items()}
        assert agreed is (votes[verifier] is accepted)


Forgery = Callable[[VerdictEvidence], VerdictEvidence]
FORGERIES: dict[str, Forgery] = {
    "assignment by another": lambda e: replace(
        e, assignment_signature=e.assignment.sign(CAMPAIGNS, key("thief"))
    ),
    "submission by another": lambda e: replace(e, submission=sent_by("thief", e.assignment)),
    "submission not in the batch": lambda e: replace(
        e, submission=replace(e.submission, submission=replace(e.submission.submission, salt=bytes(32)))
    ),
    "submission at another place": lambda e: replace(e, submission=replace(e.submission, index_in_batch=0)),
    "submission of another task": lambda e: replace(
        e, submission=sent_by("miner", replace(e.assignment, index=5))
    ),
    "panel by another": lambda e: replace(e, panels=(seated(e.assignment, 0, ["a", "b"], by="thief"),)),
    "panel too large": lambda e: replace(e, panels=(seated(e.assignment, 0, ["a", "b", "c"]),)),
    "panel of another task": lambda e: replace(
        e, panels=(seated(replace(e.assignment, index=5), 0, ["a", "b"]),)
    ),
    "miner on the panel": lambda e: replace(
        e, panels=(seated(e.assignment, 0, ["a", "miner"]),), votes=e.votes[:1]
    ),
    "second panel for the round": lambda e: replace(
        e, panels=(*e.panels, seated(e.assignment, 0, ["c", "d"]))
    ),
    "panel after the verdict": lambda e: replace(e, panels=(*e.panels, seated(e.assignment, 1, ["c", "d"]))),
    "the same people again": lambda e: replace(e, panels=(*e.panels, seated(e.assignment, 1, ["a", "d"]))),
    "vote of an outsider": lambda e: replace(e, votes=(e.votes[0], cast(e.assignment, 0, "thief", False))),
    "vote twice": lambda e: replace(e, votes=(e.votes[0], e.votes[0])),
    "vote in a round that was not": lambda e: replace(e, votes=(*e.votes, cast(e.assignment, 1, "a", False))),
    "vote on another result": lambda e: replace(
        e, votes=(e.votes[0], cast(e.assignment, 0, "b", False, bytes(32)))
    ),
    "vote in another's name": lambda e: replace(
        e, votes=(e.votes[0], replace(e.votes[1], verifier=who("c")))
    ),
    "vote turned round": lambda e: replace(
        e, votes=(e.votes[0], replace(e.votes[1], vote=replace(e.votes[1].vote, accept=True)))
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_every_forgery_is_found(name: str) -> None:
    with pytest.raises(BadSignature):
        check(FORGERIES[name](verdict_of(NO)))


def test_another_campaign_or_more_money_than_its_terms_is_refused() -> None:
    with pytest.raises(BadSignature):
        check(verdict_of(YES), campaign=replace(terms(), salt=b"\x01" * 32))
    given = assignment(CONSENSUS, terms(), reward=terms().mr.units + 1)
    greedy = replace(verdict_of(), assignment=given, assignment_signature=given.sign(CAMPAIGNS, key("hub")))
    with pytest.raises(MoneyDiffers):
        check(greedy)


def test_the_audit_draw_decides_whether_votes_count() -> None:
    campaign, five = terms(z=1), dict.fromkeys("abcde", False)
    drawn = verdict_of(dict(five), policy=GIRM, campaign=campaign)
    assert check(drawn, GIRM, campaign).accepted is False
    assert check(replace(drawn, audit=None), GIRM, campaign) == Verdict(True, Basis.SILENCE, {})
    with pytest.raises(BadSignature):
        check(replace(drawn, audit=AuditReveal(bytes(32))), GIRM, campaign)
    given = replace(drawn.assignment, audit_ppm=0)
    unaudited = replace(
        drawn,
        assignment=given,
        assignment_signature=given.sign(CAMPAIGNS, key("hub")),
        submission=sent_by("miner", given),
    )
    assert check(unaudited, GIRM, campaign).basis is Basis.NOT_DRAWN


def test_a_seed_counts_only_from_the_requesters_chain() -> None:
    """A hub that may choose the seed tries until the draw falls as it likes."""
    seed = b"\x05" * 32
    tip = keccak(keccak(keccak(seed)))
    campaign = replace(terms(z=1), seed_tip=tip)
    drawn = verdict_of(dict.fromkeys("abcde", False), policy=GIRM, campaign=campaign)
    for good in (bytes(32), seed, keccak(seed)):
        assert not check(replace(drawn, audit=AuditReveal(SECRET, good)), GIRM, campaign).accepted
    for bad in (tip, b"\x06" * 32):
        with pytest.raises(BadSignature):
            check(replace(drawn, audit=AuditReveal(SECRET, bad)), GIRM, campaign)
    without = replace(campaign, seed_tip=bytes(32))
    with pytest.raises(BadSignature):
        check(
            replace(
                verdict_of(dict.fromkeys("abcde", False), policy=GIRM, campaign=without),
                audit=AuditReveal(SECRET, seed),
            ),
            GIRM,
            without,
        )


@pytest.mark.parametrize("rounds", [[YES], [NO], [SPLIT, {"c": True, "d": True, "e": False}]])
def test_hub_and_client_derive_the_same_lines(rounds: list[Votes]) -> None:
    campaign = terms()
    proof = verdict_of(*rounds)
    task, events = open_task(4, campaign, CONSENSUS), list[Event]()
    events += [Leased(who("miner"), CONSENSUS.quote(0, campaign)), Submitted()]
    for votes in rounds:
        events += [PanelSeated(tuple(map(who, votes)))]
        events += [Voted(who(name), bool(accept)) for name, accept in votes.items()] + [Judged()]
    for event in [*events, Settled()]:
        after = step(task, event)
        task = after.task
    found = check(proof)

    def by_hub(name: str) -> set[Line]:
        return set(lines_of(campaign.campaign_id(), 4, 0, after.transfers, who(name)))

    assert by_hub("miner") == set(miner_lines(proof.assignment, found.accepted))
    for (verifier, number), agreed in found.agreed.items():
        review = ReviewAssignment(
            campaign.campaign_id(),
            4,
            0,
            number,
            verifier,
            campaign.vr().units,
            campaign.vs.units,
            RESULT,
            RESULT,
            1,
        )
        name = next(name for votes in rounds for name in votes if who(name) == verifier)
        assert by_hub(name) == set(review_lines(review, agreed))
    assert [line.amount for line in returned_lines(proof.assignment)] == [campaign.ms]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda v: v.pop("audit"), lambda v: v.update(more=1), lambda v: v.update(votes=None),
        lambda v: v.update(panels=[v["panels"][0]] * 4), lambda v: v["votes"][0].update(verifier="0x"),
        lambda v: v["votes"][0].update(index_in_batch=True), lambda v: v["votes"][0].update(proof=["0x"]),
        lambda v: v["votes"][0].update(proof=["0x" + "00" * 32] * 21),
        lambda v: v["assignment"].update(signature="0x" + "AB" * 65), lambda v: v.update(audit={"secret": "0x"}),
    ],
)  # fmt: skip
def test_evidence_is_read_strictly(spoil: Callable[[dict[str, Any]], object]) -> None:
    value = evidence.to_json(verdict_of(YES))
    spoil(value)
    with pytest.raises(MalformedMessage):
        evidence.from_json(value)


def test_panels_grow_and_the_last_round_decides() -> None:
    assert [CONSENSUS.panel(number) for number in range(3)] == [
        PanelSize(2, 2),
        PanelSize(3, 2),
        PanelSize(7, 4),
    ]
    assert CONSENSUS.judge([True, False], 0) == NoConsensus(PanelSize(3, 2))
    assert CONSENSUS.judge([None] * 7, 2) == Accepted()
    assert CONSENSUS.judge([False] * 3 + [True] * 2 + [None] * 2, 2) == Accepted()
    assert CONSENSUS.judge([False] * 4 + [True] * 3, 2) == Rejected()
    assert (
        policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 1}).judge([True, False], 0) == Accepted()
    )
    with pytest.raises(ValueError, match="seats"):
        CONSENSUS.judge([True] * 3, 0)
    with pytest.raises(ValueError, match="round"):
        CONSENSUS.panel(3)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("consensus", {"panel": 8, "quorum": 5}), ("consensus", {"panel": 4, "quorum": 2}),
        ("consensus", {"panel": 2, "quorum": 3}), ("consensus", {"panel": 2, "quorum": 2, "rounds": 4}),
        ("girm", {"panel": 3, "quorum": 2}), ("girm", {"floor_ppm": 2_000_000}), ("oracle", {}),
    ],
)  # fmt: skip
def test_impossible_policies_are_refused(name: str, params: dict[str, int]) -> None:
    with pytest.raises(MalformedMessage):
        policy_of(name, params)


MANIFEST: dict[str, Any] = {
    "title": "Birds", "description": "", "instructions": "Look.", "expected_seconds": 20, "lease_s": 3600,
    "module": {"name": "m", "version": "1", "family": "choice", "difficulty": "easy", "config": "<View/>"},
    "policy": {"name": "consensus", "panel": 2, "quorum": 2}, "languages": ["en"], "content_warning": "",
}  # fmt: skip


def test_manifests_are_read_strictly_and_hashed() -> None:
    manifest = Manifest.from_json(MANIFEST)
    assert manifest.to_json() == MANIFEST
    assert Manifest.from_json(json.loads(manifest.canonical())).manifest_hash() == manifest.manifest_hash()
    assert policy_for(manifest.policy, terms()) == CONSENSUS
    changes: list[dict[str, Any]] = [
        {"title": 1}, {"languages": [1]}, {"lease_s": 1}, {"policy": {}}, {"x": 1}, {"module": []},
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(MalformedMessage):
            Manifest.from_json({**MANIFEST, **change})


def test_the_escrow_has_to_cover_the_policy() -> None:
    info = Manifest.from_json({**MANIFEST, "policy": {"name": "girm", "panel": 5, "quorum": 3}}).policy
    with pytest.raises(MalformedMessage):
        policy_for(info, terms())
    assert policy_for(info, terms(z=1)).name == "girm"


def test_terms_are_read_strictly() -> None:
    good = terms()
    assert Terms.from_json(good.to_json()) == good
    assert good.cost() == good.mr + good.vr() * 6
    bad: list[dict[str, Any]] = [
        {"mr": 1}, {"mr": "01"}, {"mr": str(1 << 128)}, {"z": 0}, {"z": 11}, {"panel": 2}, {"panel": 9},
        {"quorum": 1}, {"quorum": 4}, {"rounds": 0}, {"rounds": 4}, {"hub": "0x"}, {"salt": "0x"}, {"z": True},
        {"ends": str(1 << 64)},
    ]  # fmt: skip
    for change in bad:
        with pytest.raises(MalformedMessage):
            Terms.from_json({**good.to_json(), **change})
    with pytest.raises(MalformedMessage):
        Terms.from_json({"requester": who("r")})


def test_task_data_is_hashed_in_order() -> None:
    tasks = [{"image": "a"}, {"image": "b"}]
    root = content_root(tasks)
    leaves = [input_hash(data) for data in tasks]
    assert merkle.verify(root, leaves[1], 1, 2, merkle.proofs(leaves)[1])
    assert root != content_root(tasks[::-1])
    with pytest.raises(MalformedMessage):
        task_bytes({"text": "x" * 64_000})


def test_a_quote_says_everything_before_the_lease() -> None:
    quote = CONSENSUS.quote(9, terms())
    assert (quote.reward, quote.stake, quote.penalty) == (terms().mr, terms().ms, terms().ms)
    assert quote.review_reward == Amount.gem("0.2")
    newcomer = GIRM.quote(0, terms())
    assert (newcomer.stake, newcomer.penalty, newcomer.audit_ppm) == (ZERO, ZERO, 1_000_000)
