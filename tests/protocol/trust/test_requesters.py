# SPDX-License-Identifier: Apache-2.0
"""Trust in requesters: shares from evidence with their bounds."""

from __future__ import annotations

from gems_protocol.amount import Amount
from gems_protocol.requester import TaskFact
from gems_protocol.trust.requesters import PROMPT_S, explain_requester, requester_profile
from gems_protocol.trust.words import sentence

HOUR = 3600


def fact(
    accepted: bool, overturned: bool = False, wait: int | None = HOUR, appealed: bool = False
) -> TaskFact:
    return TaskFact(
        campaign_id=bytes(32),
        index=0,
        attempt=0,
        accepted=accepted,
        appealed=appealed or overturned,
        overturned=overturned,
        paid=Amount(1),
        reward=Amount(1),
        submitted_at=0,
        released_at=wait,
        miner_seconds=None,
    )


def test_a_requester_nobody_worked_for_says_nothing() -> None:
    assert [sentence(reason) for reason in explain_requester(requester_profile([], 0))] == [
        "No judged work yet."
    ]
    few = explain_requester(requester_profile([fact(False)] * 2, 0))
    assert "%" not in sentence(few[0])


def test_shares_with_bounds() -> None:
    facts = [fact(True)] * 30 + [fact(False)] * 6 + [fact(True, overturned=True)] * 4
    found = requester_profile(facts, 0)
    assert (found.rejected.part, found.rejected.whole) == (10, 40)
    assert (found.overturned.part, found.overturned.whole) == (4, 10)
    assert found.overturned.lower < 0.4 < found.overturned.upper
    assert found.appealed.part == 4
    assert [sentence(reason) for reason in explain_requester(found)] == [
        "10 of 40 rejected – 25 %, probably 14–40 %.",
        "4 of 10 rejections overturned – 40 %, probably 17–69 %.",
        "34 of 34 paid within 48 hours.",
    ]


def test_a_rejection_won_by_the_requester_was_no_rejection_at_first() -> None:
    # accepted by verifiers, turned into a rejection on the requester's appeal
    found = requester_profile([fact(False, overturned=True)], 0)
    assert (found.rejected.part, found.overturned.whole) == (0, 0)


def test_what_is_unpaid_is_late_only_when_it_is_due() -> None:
    facts = [fact(True), fact(True, wait=PROMPT_S + 1), fact(True, wait=None)]
    assert (requester_profile(facts, HOUR).prompt.part, requester_profile(facts, HOUR).prompt.whole) == (1, 2)
    assert requester_profile(facts, PROMPT_S + 1).prompt.whole == 3
