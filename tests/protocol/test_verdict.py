# SPDX-License-Identifier: Apache-2.0
"""A verdict by panels is recomputed from signed evidence, and every forgery of it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from eth_utils.crypto import keccak

from gems_protocol import audit
from gems_protocol.audit import DAY_S, AuditReveal
from gems_protocol.errors import BadSignature, MoneyDiffers
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.verdict import Basis, Verdict
from gems_protocol.verification import NEWCOMER, policy_of
from tests.helpers.protocol_evidence import (
    EXPERT,
    SECRET,
    Votes,
    assignment,
    built,
    cast,
    judge,
    note,
    seated,
    sent_by,
    voted,
)
from tests.helpers.protocol_terms import CAMPAIGNS, key, terms, who

CONSENSUS = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3})
GIRM = policy_of("girm", {"rounds": 3})
TERMS, FREE = terms(), terms(z=1)

YES: Votes = {"a": True, "b": True}
NO: Votes = {"a": False, "b": False}
SPLIT: Votes = {"a": True, "b": False}
FIVE: Votes = dict.fromkeys("abcde", False)


def verdict_of(*rounds: Votes) -> VerdictEvidence:
    return voted(*rounds, policy=CONSENSUS, terms=TERMS)


def check(found: VerdictEvidence) -> Verdict:
    return judge(found, CONSENSUS, TERMS)


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
    assert found.right is accepted
    for (verifier, number), agreed in found.agreed.items():
        votes = {who(name): vote for name, vote in rounds[number].items()}
        assert agreed is (votes[verifier] is accepted)


def test_the_last_round_is_decided_by_a_majority_of_its_seats() -> None:
    second: Votes = {"c": True, "d": False, "e": None}
    for third, accepted, basis in [
        (dict.fromkeys("fghi", False), False, Basis.QUORUM),
        (dict.fromkeys("fgh", False), True, Basis.SILENCE),
        ({**dict.fromkeys("fgh", False), **dict.fromkeys("ijkl", True)}, True, Basis.QUORUM),
    ]:
        found = check(verdict_of(SPLIT, second, third))
        assert (found.accepted, found.basis) == (accepted, basis)


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
    "no note about the miner": lambda e: replace(e, notes=()),
    "note by another": lambda e: replace(e, notes=(note("miner", by="thief"),)),
    "note of another family": lambda e: replace(e, notes=(note("miner", family=bytes(32)),)),
    "two notes about one": lambda e: replace(e, notes=(note("miner"), note("miner", EXPERT))),
    "note made better": lambda e: replace(
        e, notes=(replace(e.notes[0], note=replace(e.notes[0].note, grade=4)),)
    ),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_every_forgery_is_found(name: str) -> None:
    with pytest.raises(BadSignature):
        check(FORGERIES[name](verdict_of(NO)))


def test_another_campaign_or_more_money_than_its_terms_is_refused() -> None:
    with pytest.raises(BadSignature):
        judge(verdict_of(YES), CONSENSUS, replace(TERMS, salt=b"\x01" * 32))
    changes: list[dict[str, Any]] = [{"reward": TERMS.mr.units + 1}, {"stake": TERMS.ms.units + 1}]
    for change in changes:
        with pytest.raises(MoneyDiffers):
            check(built(assignment(CONSENSUS, TERMS, **change)))


def drawn_with(reveal: AuditReveal | None, **change: Any) -> Verdict:
    """The verdict of five rejecting auditors when the draw was made with this reveal."""
    campaign = change.pop("campaign", FREE)
    return judge(replace(voted(FIVE, policy=GIRM, terms=campaign), audit=reveal), GIRM, campaign)


def test_the_audit_draw_decides_whether_votes_count() -> None:
    assert drawn_with(AuditReveal(SECRET)).accepted is False
    with pytest.raises(BadSignature):
        drawn_with(AuditReveal(bytes(32)))
    nobody = built(assignment(GIRM, FREE))
    silent = judge(replace(nobody, audit=None), GIRM, FREE)
    assert (silent.accepted, silent.basis, silent.judged) == (True, Basis.SILENCE, False)
    spared = judge(built(assignment(GIRM, FREE, audit_ppm=0)), GIRM, FREE)
    assert (spared.accepted, spared.basis, spared.judged) == (True, Basis.NOT_DRAWN, False)


def test_no_panel_may_judge_what_was_not_drawn() -> None:
    given = assignment(GIRM, FREE, audit_ppm=0)
    votes = tuple(cast(given, 0, name, accept=False) for name in FIVE)
    with pytest.raises(BadSignature, match="not drawn"):
        judge(built(given, panels=(seated(given, 0, FIVE),), votes=votes), GIRM, FREE)
    with pytest.raises(BadSignature, match="not drawn"):
        drawn_with(None)


def test_a_seed_counts_only_as_that_of_its_own_day() -> None:
    """A hub that may choose the seed or its day tries until the draw falls as it likes."""
    chain = audit.seed_chain(b"\x05" * 32)
    campaign = replace(FREE, seed_tip=keccak(chain[0]))
    last = campaign.ends // DAY_S
    for day in (last, last - 1, last - 399):
        seed = chain[audit.seed_place(day, campaign.ends)]
        assert not drawn_with(AuditReveal(SECRET, seed, day), campaign=campaign).accepted
        assert not drawn_with(AuditReveal(SECRET, bytes(32), day), campaign=campaign).accepted
        for other in (day - 1, day + 1):
            with pytest.raises(BadSignature):
                drawn_with(AuditReveal(SECRET, seed, other), campaign=campaign)
    for foreign in (campaign.seed_tip, b"\x06" * 32):
        with pytest.raises(BadSignature):
            drawn_with(AuditReveal(SECRET, foreign, last), campaign=campaign)
    with pytest.raises(BadSignature):
        drawn_with(AuditReveal(SECRET, chain[-1], last))


def test_the_miners_standing_is_that_of_its_note() -> None:
    """Under a mix the note says by which policy the attempt is judged."""
    mix = policy_of("consensus", {"panel": 2, "quorum": 2, "entry_tasks": 10})
    newcomer = voted(FIVE, policy=mix, terms=FREE, standing=NEWCOMER)
    assert judge(newcomer, mix, FREE).accepted is False
    settled = voted(NO, policy=mix, terms=FREE, standing=EXPERT)
    assert judge(settled, mix, FREE).accepted is False
    with pytest.raises(BadSignature, match="larger"):
        judge(replace(newcomer, notes=settled.notes), mix, FREE)
