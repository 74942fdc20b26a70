# SPDX-License-Identifier: Apache-2.0
"""Blind answers, appeals and commissions in a verdict's evidence: what they prove, and every forgery of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gems_protocol.amount import Amount
from gems_protocol.campaign import result_hash
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.verdict import Basis, Verdict
from gems_protocol.verification import Standing, policy_of
from gems_protocol.verification.commissioned import COMMISSION_ROUND
from tests.helpers.protocol_evidence import (
    EXPERT,
    answer,
    answered,
    appeal,
    assignment,
    blind,
    built,
    cast,
    commission,
    judge,
    looked_at,
    note,
    seated,
    voted,
)
from tests.helpers.protocol_terms import CAMPAIGNS, key, terms, who

EVIDENCE = policy_of("evidence", {"rounds": 2, "commission_ppm": 500_000})
CONSENSUS = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3, "commission_ppm": 400_000})
ASKED = policy_of("commissioned", {"commission_ppm": 400_000})
TERMS, RICH = terms(), terms(panel=5)
EXPERTS = dict.fromkeys("abcdefgh", EXPERT)
GEM = 10**18


def answers(*rounds: dict[str, int], **parts: Any) -> VerdictEvidence:
    """Evidence by experts about an expert's work."""
    return answered(*rounds, policy=EVIDENCE, terms=RICH, standing=EXPERT, who_is=EXPERTS, **parts)


def check(found: VerdictEvidence) -> Verdict:
    return judge(found, EVIDENCE, RICH)


def test_one_blind_answer_can_be_enough() -> None:
    found = check(answers({"a": 0}))
    assert (found.accepted, found.basis, found.judged) == (True, Basis.QUORUM, True)
    assert found.agreed == {(who("a"), 0): True}


def test_the_verifiers_answer_is_adopted() -> None:
    found = check(answers({"a": 1, "b": 1}))
    assert (found.accepted, found.answer) == (False, answer(1, "a")), "as its first verifier wrote it"
    assert set(found.agreed.values()) == {True}
    mixed = check(
        answered(
            {"a": 1, "b": 0, "c": 1, "d": 1}, policy=EVIDENCE, terms=RICH, standing=EXPERT,
            who_is=dict.fromkeys("acd", EXPERT),
        )
    )  # fmt: skip
    assert (mixed.accepted, mixed.answer) == (False, answer(1, "a"))
    assert mixed.agreed[who("b"), 0] is False
    other = check(answers({"a": 1, "b": 2, "c": 2}))
    assert (other.answer, other.agreed[who("a"), 0]) == (answer(2, "b"), False)


def test_too_little_evidence_is_silence_and_silence_accepts() -> None:
    for rounds in ({"a": 1}, {}):
        found = check(answers(rounds) if rounds else answers())
        assert (found.accepted, found.basis, found.judged) == (True, Basis.SILENCE, False)


def test_nobody_may_be_asked_after_the_evidence_was_enough() -> None:
    """Who may ask on until the answer suits stops wherever they like."""
    with pytest.raises(BadSignature, match="after the verdict"):
        check(answers({"a": 0, "b": 1}))
    with pytest.raises(BadSignature, match="after the verdict"):
        check(answers({"a": 1, "b": 1, "c": 0}))


BLIND: dict[str, Callable[[VerdictEvidence], VerdictEvidence]] = {
    "the miner's answer is missing": lambda e: replace(e, answer=None),
    "the miner's answer is another": lambda e: replace(e, answer=answer(1)),
    "a verifier's answer is missing": lambda e: replace(e, votes=(replace(e.votes[0], answer=None),)),
    "a verifier's answer is not the voted one": lambda e: replace(
        e, votes=(replace(e.votes[0], answer=answer(2, "a")),)
    ),
    "a vote for the miner's answer instead of its own": lambda e: replace(
        e, votes=(cast(e.assignment, 0, "a", True, shown=answer(1, "a")),)
    ),
    "a blind vote that rejects": lambda e: replace(
        e,
        votes=(cast(e.assignment, 0, "a", False, result_hash(answer(1, "a")), answer(1, "a")),),
    ),
    "a verifier's note is missing": lambda e: replace(e, notes=e.notes[:1]),
    "the miner's note is missing": lambda e: replace(e, notes=e.notes[1:]),
    "a note by a stranger": lambda e: replace(e, notes=(e.notes[0], note("a", EXPERT, by="a"))),
    "a note of another family": lambda e: replace(e, notes=(e.notes[0], note("a", EXPERT, family=bytes(32)))),
    "a verifier's note twice": lambda e: replace(e, notes=(*e.notes, e.notes[1])),
    "a note about another": lambda e: replace(e, notes=(e.notes[0], note("b", EXPERT))),
    "a note with more right answers": lambda e: replace(
        e, notes=(e.notes[0], replace(e.notes[1], note=replace(e.notes[1].note, gold_right=19)))
    ),
    "eight verifiers": lambda e: replace(e, panels=(seated(e.assignment, 0, "abcdefgh"),)),
    "an appeal that nobody judged": lambda e: replace(e, appeal=appeal(e.assignment, 1, "miner")),
    "a commission of rejected work": lambda e: looked_at(
        answers({"a": 1, "b": 1}), GEM // 10, y=True, z=True
    ),
}


@pytest.mark.parametrize("name", BLIND)
def test_every_forgery_of_blind_evidence_is_found(name: str) -> None:
    good = answers({"a": 1})
    check(good)
    with pytest.raises(BadSignature):
        check(BLIND[name](good))


def test_an_impossible_note_is_refused() -> None:
    good = answers({"a": 0})
    wrong = note("a", EXPERT)
    impossible = replace(wrong.note, gold_right=21)
    for signed in (note("a"), wrong):
        check(replace(good, votes=(), panels=(), notes=(good.notes[0], signed)))
    forged = replace(wrong, note=impossible, signature=impossible.sign(CAMPAIGNS, key("hub")))
    with pytest.raises(MalformedMessage):
        check(replace(good, notes=(good.notes[0], forged)))


def test_an_answer_that_the_module_cannot_give_is_refused() -> None:
    given = answers({"a": 1})
    free = [{**answer(1, "a")[0], "value": {"choices": ["three"]}}]
    vote = cast(given.assignment, 0, "a", True, result_hash(free), free)
    with pytest.raises(MalformedMessage):
        check(replace(given, votes=(vote,)))


def test_who_is_more_accurate_weighs_more() -> None:
    """Of two newcomers and an expert the expert decides; the standings come from the notes alone."""
    both = {"a": 1, "b": 0}
    undecided = answered(both, policy=EVIDENCE, terms=RICH)
    assert judge(undecided, EVIDENCE, RICH).basis is Basis.SILENCE
    sure = Standing(gold_right=60, gold=60)
    decided = answered(both, policy=EVIDENCE, terms=RICH, who_is={"b": sure})
    assert judge(decided, EVIDENCE, RICH).basis is Basis.QUORUM


def after_appeal(by: str, verdict: dict[str, int], panel: dict[str, int], **change: Any) -> VerdictEvidence:
    found = answers(verdict, panel)
    return replace(found, appeal=appeal(found.assignment, 1, by, **change))


def test_an_appeals_panel_overturns_or_upholds() -> None:
    won = check(after_appeal("miner", {"a": 1, "b": 1}, {"c": 0, "d": 0, "e": 1}))
    assert (won.accepted, won.answer, won.basis) == (True, None, Basis.QUORUM)
    assert {verifier: agreed for (verifier, _), agreed in won.agreed.items()} == {
        who(name): name in "cd" for name in "abcde"
    }
    lost = check(after_appeal("miner", {"a": 1, "b": 1}, {"c": 2, "d": 2, "e": 0}))
    assert (lost.accepted, lost.answer) == (False, answer(1, "a"))
    assert lost.agreed[who("c"), 1] and not lost.agreed[who("e"), 1]
    overturned = check(after_appeal("requester", {"a": 0}, {"c": 1, "d": 2, "e": 0}))
    assert (overturned.accepted, overturned.answer) == (False, None)
    assert not overturned.agreed[who("a"), 0]


APPEALS: dict[str, Callable[[], VerdictEvidence]] = {
    "none at all": lambda: answers({"a": 1, "b": 1}, {"c": 0, "d": 0, "e": 0}),
    "by the requester against a rejection": lambda: after_appeal("requester", {"a": 1, "b": 1}, {"c": 0}),
    "by the miner against an acceptance": lambda: after_appeal("miner", {"a": 0}, {"c": 1}),
    "by somebody else": lambda: after_appeal("thief", {"a": 1, "b": 1}, {"c": 0}),
    "for another round": lambda: after_appeal("miner", {"a": 1, "b": 1}, {"c": 0}, round=2),
    "of another attempt": lambda: after_appeal("miner", {"a": 1, "b": 1}, {"c": 0}, attempt=1),
    "of another task": lambda: after_appeal("miner", {"a": 1, "b": 1}, {"c": 0}, index=5),
    "of another campaign": lambda: after_appeal("miner", {"a": 1, "b": 1}, {"c": 0}, campaign_id=bytes(32)),
    "in a round beyond the last": lambda: replace(
        answers({"a": 1, "b": 1}, {"c": 0, "d": 0, "e": 0}, {"f": 1}),
        appeal=appeal(answers().assignment, 1, "miner"),
    ),
    "before anything was decided": lambda: after_appeal("miner", {"a": 1}, {"c": 0, "d": 0, "e": 0}),
}


@pytest.mark.parametrize("name", APPEALS)
def test_every_forgery_of_an_appeal_is_found(name: str) -> None:
    with pytest.raises(BadSignature):
        check(APPEALS[name]())


def test_there_is_one_appeal_whoever_makes_it() -> None:
    """Consensus has three rounds: the third may follow a split, never a second appeal."""
    no, yes = {"a": False, "b": False}, {"c": True, "d": True, "e": False}
    third = dict.fromkeys("fghijkl", False)
    once = voted(no, yes, policy=CONSENSUS, terms=TERMS)
    signed = appeal(once.assignment, 1, "miner")
    assert judge(replace(once, appeal=signed), CONSENSUS, TERMS).accepted
    twice = replace(voted(no, yes, third, policy=CONSENSUS, terms=TERMS), appeal=signed)
    with pytest.raises(BadSignature, match="after the verdict"):
        judge(twice, CONSENSUS, TERMS)
    split = voted(no, {"c": True, "d": False, "e": None}, third, policy=CONSENSUS, terms=TERMS)
    assert not judge(replace(split, appeal=signed), CONSENSUS, TERMS).accepted


def test_work_that_was_not_drawn_has_no_appeal() -> None:
    gram = policy_of("girm", {"rounds": 3})
    spared = built(assignment(gram, terms(z=1), audit_ppm=0))
    with pytest.raises(BadSignature, match="not drawn"):
        judge(replace(spared, appeal=appeal(spared.assignment, 0, "requester")), gram, terms(z=1))


def accepted_unseen() -> VerdictEvidence:
    return built(assignment(ASKED, TERMS, audit_ppm=0))


def test_two_strangers_find_work_good_or_poor() -> None:
    fee = 3 * GEM // 10
    for votes, poor in [((True, True), False), ((True, False), False), ((False, False), True)]:
        y, z = votes
        found = judge(looked_at(accepted_unseen(), fee, y=y, z=z), ASKED, TERMS)
        assert (found.accepted, found.poor, found.right, found.judged) == (True, poor, not poor, True)
        assert found.withheld == (Amount(2 * fee) if poor else Amount(0))
        assert found.agreed == {(who(name), COMMISSION_ROUND): True for name in "yz"}
    alone = judge(looked_at(accepted_unseen(), fee, y=False), ASKED, TERMS)
    assert (alone.poor, alone.judged) == (False, False), "one stranger's word earns and costs no trust"
    nobody = judge(looked_at(accepted_unseen(), fee), ASKED, TERMS)
    assert (nobody.poor, nobody.judged, nobody.agreed) == (False, False, {})


def test_strangers_see_the_answer_though_verifiers_were_blind() -> None:
    found = check(looked_at(answers({"a": 0}), GEM // 2, y=False, z=False))
    assert (found.poor, found.right, found.agreed[who("a"), 0]) == (True, False, True)


def more(found: VerdictEvidence, **parts: Any) -> VerdictEvidence:
    return replace(found, **parts)


COMMISSIONS: dict[str, Callable[[VerdictEvidence], VerdictEvidence]] = {
    "strangers whom nobody commissioned": lambda e: more(e, commission=None),
    "their votes alone": lambda e: more(e, commission=None, panels=()),
    "commissioned by the hub": lambda e: more(e, commission=commission(e.assignment, 7, by="hub")),
    "of another task": lambda e: more(e, commission=commission(e.assignment, 7, index=5)),
    "of another attempt": lambda e: more(e, commission=commission(e.assignment, 7, attempt=1)),
    "for more than the campaign allows": lambda e: more(
        e, commission=commission(e.assignment, 4 * GEM // 10 + 1)
    ),
    "for nothing": lambda e: more(e, commission=commission(e.assignment, 0)),
    "without a panel": lambda e: more(e, panels=(), votes=()),
    "three strangers": lambda e: more(e, panels=(seated(e.assignment, COMMISSION_ROUND, "xyz"),)),
    "two panels": lambda e: more(e, panels=(*e.panels, seated(e.assignment, COMMISSION_ROUND, "vw"))),
    "the miner among them": lambda e: more(
        e, panels=(seated(e.assignment, COMMISSION_ROUND, ["y", "miner"]),), votes=e.votes[:1]
    ),
    "a panel by another": lambda e: more(
        e, panels=(seated(e.assignment, COMMISSION_ROUND, "yz", by="requester"),)
    ),
    "a vote of an outsider": lambda e: more(
        e, votes=(e.votes[0], cast(e.assignment, COMMISSION_ROUND, "w", False))
    ),
    "a vote twice": lambda e: more(e, votes=(e.votes[0], e.votes[0])),
    "a vote on another result": lambda e: more(
        e, votes=(e.votes[0], cast(e.assignment, COMMISSION_ROUND, "z", False, bytes(32)))
    ),
    "a blind vote": lambda e: more(e, votes=(e.votes[0], blind(e.assignment, COMMISSION_ROUND, "z", 1))),
    "after an appeal": lambda e: more(e, appeal=appeal(e.assignment, 1, "requester")),
}


@pytest.mark.parametrize("name", COMMISSIONS)
def test_every_forgery_of_a_commission_is_found(name: str) -> None:
    good = looked_at(accepted_unseen(), GEM // 10, y=False, z=False)
    assert judge(good, ASKED, TERMS).poor
    with pytest.raises(GemsError):
        judge(COMMISSIONS[name](good), ASKED, TERMS)


def test_a_verdict_that_was_appealed_is_not_commissioned_as_well() -> None:
    found = looked_at(
        after_appeal("requester", {"a": 0}, {"c": 0, "d": 0, "e": 1}), GEM // 2, y=False, z=False
    )
    with pytest.raises(BadSignature, match="appealed"):
        check(found)


def test_who_judged_before_is_no_stranger() -> None:
    good = answers({"a": 0})
    again = looked_at(good, GEM // 2, a=False, z=False)
    with pytest.raises(BadSignature, match="sits twice"):
        check(again)
