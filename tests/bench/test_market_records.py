# SPDX-License-Identifier: Apache-2.0
"""The market's sums in arrays are those of the product's effective evidence, task by task."""

import random

import pytest

from bench.verification.market.records import (
    FARMS,
    KINDS,
    PRETRUSTED,
    REQUESTERS,
    Records,
    Trusting,
)
from gems_protocol.trust.difficulty import difficulty_weights
from gems_protocol.trust.effective import KAPPA, effective
from gems_protocol.trust.eigentrust import edges_of, requester_weights
from gems_protocol.trust.score import Outcome


def test_effective_evidence_is_the_products() -> None:
    chance = random.Random(3)
    records = Records(6, Trusting(difficulty=True, requesters=True))
    judged: list[tuple[str, Outcome]] = []
    for index in range(1500):
        who, requester = chance.randrange(6), chance.randrange(REQUESTERS + FARMS)
        kind = chance.randrange(KINDS)
        right = chance.random() < 0.95 - 0.2 * kind - 0.05 * who
        records.judge(who, requester, kind, right)
        outcome = Outcome(b"", index, f"r{requester:02}", right, right, 0, "f", str(kind))
        judged.append((f"w{who}", outcome))
    records.refresh()
    trusted = {f"r{requester:02}": 1.0 for requester in range(PRETRUSTED)}
    requesters = requester_weights(edges_of(judged), trusted)
    kinds = difficulty_weights([outcome for _, outcome in judged], requesters)
    for who in range(6):
        mine = [outcome for name, outcome in judged if name == f"w{who}"]
        found = effective(mine, requesters, kinds, KAPPA)
        assert (records.s[who], records.n[who]) == pytest.approx((found.s, found.n), rel=1e-6)


def test_a_new_identity_is_unknown() -> None:
    records = Records(2, Trusting())
    records.judge(0, 1, 0, True, 40)
    assert records.eligible(0)
    records.forget(0)
    assert not records.eligible(0) and records.score(0) == 0
    assert records.settled(0) == (0, 0)
