# SPDX-License-Identifier: Apache-2.0
"""Which markets are run, and which attacks on them."""

from __future__ import annotations

from bench.verification.market.people import Plan
from bench.verification.market.records import Trusting
from bench.verification.market.setting import Market, Scenario
from gems_protocol.verification import policy_of

CONSENSUS = policy_of("consensus", {"panel": 2, "quorum": 2, "rounds": 3})
EVIDENCE = policy_of("evidence", {"theta_ppm": 900_000})
GRAM = policy_of("gram", {"audit_ppm": 200_000, "entry_tasks": 20})
BOTH = Trusting(difficulty=True, requesters=True)

MARKETS: tuple[Market, ...] = (
    Market("Majority of 3", redundancy=3),
    Market("Majority of 5", redundancy=5),
    Market("Consensus 1+2, plain score", CONSENSUS),
    Market("Consensus 1+2, both weights", CONSENSUS, trusting=BOTH),
    Market("GRAM 20 %, newcomers under GIRM", GRAM, trusting=BOTH, routed=True),
    Market("GIRM, both weights", policy_of("girm", {}), trusting=BOTH),
    Market("Evidence .90", EVIDENCE, trusting=BOTH, gold=True),
    Market("Evidence .90, miner routed", EVIDENCE, trusting=BOTH, gold=True, routed=True),
)

#: The same with one thing changed, to see what it is worth; run where it matters.
ABLATIONS: tuple[Market, ...] = (
    Market("Consensus 1+2, plain score, no stakes", CONSENSUS, stakes=False),
    Market("Consensus 1+2, fake work not counted", CONSENSUS, trusting=Trusting(farmed=False)),
    Market("Consensus 1+2, difficulty weights", CONSENSUS, trusting=Trusting(difficulty=True)),
    Market("Consensus 1+2, requester weights", CONSENSUS, trusting=Trusting(requesters=True)),
    Market("Evidence .90, random verifiers", EVIDENCE, trusting=BOTH, chosen=False, gold=True),
    Market("Evidence .90, 10 % cap", EVIDENCE, trusting=BOTH, gold=True, cap=0.10),
    Market("Evidence .90, no stakes", EVIDENCE, trusting=BOTH, stakes=False, gold=True),
    Market("Evidence .90, no gold", EVIDENCE, trusting=BOTH),
    Market(
        "Evidence .90, 20 tasks of a requester count", EVIDENCE, trusting=Trusting(capped=True), gold=True
    ),
    Market("Evidence .90, plain counts", EVIDENCE, gold=True),
)

_ATTACKS = (Plan.SPAM, Plan.SYBIL, Plan.RING, Plan.FARM, Plan.REACT)

SCENARIOS: tuple[Scenario, ...] = (
    Scenario("nobody attacks", Plan.HONEST, 0.0, late=False),
    *(Scenario(f"{plan.value} 10 %, late", plan, 0.1, late=True) for plan in _ATTACKS),
    *(Scenario(f"{plan.value} 30 %, late", plan, 0.3, late=True) for plan in _ATTACKS),
    *(Scenario(f"{plan.value} 30 %, from the start", plan, 0.3, late=False) for plan in _ATTACKS),
    Scenario("farm 30 %, late, disguised", Plan.FARM, 0.3, late=True, disguised=True),
    Scenario("everybody reacts", Plan.REACT, 1.0, late=False),
)
#: Where the ablations are run as well.
TELLING = (
    "ring 30 %, late",
    "farm 30 %, late",
    "farm 30 %, from the start",
    "farm 30 %, late, disguised",
    "everybody reacts",
)
