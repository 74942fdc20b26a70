# SPDX-License-Identifier: Apache-2.0
"""The guard against mass rejection: what a requester decides alone moves nobody's trust.

Guarded, and tested as properties:

- Only a task that verifiers (or a known answer) judged becomes an outcome. A requester's own rejection or
  acceptance, a silent acceptance and work that nobody checked are no outcomes at all (`counted`), so nothing a
  single requester does before verifiers judge moves score, profile, grade or the right to verify.
- Judged outcomes of one requester weigh at most u_r * kappa in the bounds, however many there are. Judged
  rejections can therefore move them no further than `worst_case`.
- An alarm takes one letter at a time and never leads below C; D, F and removal rest on the bounds.

Not guarded here: verifiers who are in league with a requester. Random strangers, blind votes and hidden checks
are against those (`verification`), and the requester's weight u_r, which falls when nobody trusted works there.
The white paper's plain score has no cap: its counts are the paper's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from gems_protocol.trust.effective import KAPPA, Evidence, Share, evidence_of
from gems_protocol.trust.score import Outcome
from gems_protocol.trust.weights import EQUAL_REQUESTERS, RequesterWeights


class JudgedBy(Enum):
    """Who decided that a task was right or wrong."""

    VERIFIERS = "verifiers"
    KNOWN_ANSWER = "known_answer"
    REQUESTER = "requester"
    NOBODY = "nobody"


#: Whose verdict counts in anybody's trust.
COUNTS = frozenset({JudgedBy.VERIFIERS, JudgedBy.KNOWN_ANSWER})


@dataclass(frozen=True, slots=True)
class Decision:
    """How one task ended, and by whose verdict."""

    outcome: Outcome
    by: JudgedBy


def counted(decisions: Iterable[Decision]) -> list[Outcome]:
    """The outcomes that count, in the order given."""
    return [decision.outcome for decision in decisions if decision.by in COUNTS]


def worst_case(
    evidence: Evidence,
    requester: str,
    weights: RequesterWeights = EQUAL_REQUESTERS,
    kappa: float = KAPPA,
) -> Evidence:
    """The evidence if one requester's verdicts became rejections without end: no number of them goes lower."""
    others = [share for share in evidence.shares if share.requester != requester]
    tasks = sum(share.tasks for share in evidence.shares if share.requester == requester)
    return evidence_of([*others, Share(requester, 0.0, weights.of(requester) * kappa, tasks)])
