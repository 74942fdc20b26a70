# SPDX-License-Identifier: Apache-2.0
"""Whether somebody's audits are as many as chance explains: each draw recomputed, then the exact test over all.

The number of audits is a sum of independent draws with different chances (Poisson binomial). Its distribution is
summed exactly up to EXACT draws, and beyond by the normal distribution with a continuity correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import erfc, sqrt

from gems_protocol import audit
from gems_protocol.audit import MILLION
from gems_protocol.evidence import VerdictEvidence
from gems_protocol.verification.commissioned import COMMISSION_ROUND

EXACT = 2_000  # draws up to which the distribution is summed exactly
RARE = 100  # one in this many is worth saying
MOST = 10**12  # rarer is not told apart


class Finding(Enum):
    """What a record says; `sentence` is for people, with {one_in}."""

    NONE_YET = "none_yet"
    NOTHING = "nothing"
    MORE = "more"
    FEWER = "fewer"

    @property
    def sentence(self) -> str:
        """One sentence for people."""
        return _SENTENCES[self]


_SENTENCES = {
    Finding.NONE_YET: "No work that could be drawn for an audit yet.",
    Finding.NOTHING: "Nothing unusual.",
    Finding.MORE: "More audits than chance explains (1 in {one_in}).",
    Finding.FEWER: "Fewer audits than chance explains (1 in {one_in}).",
}


@dataclass(frozen=True, slots=True)
class Draw:
    """One submission that could be audited.

    drawn: whether the draw fell on it, as recomputed here. judged: whether verifiers looked at it. revealed: whether
    the secret was shown at all; without it nothing is drawn. seeded: whether the requester's seed was in the draw.
    """

    chance_ppm: int
    drawn: bool
    judged: bool
    revealed: bool
    seeded: bool

    @property
    def fits(self) -> bool:
        """Whether verifiers looked exactly where the draw fell."""
        return self.drawn is self.judged


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """expected: the sum of the chances of what was revealed; had: how many were drawn.

    more, fewer: the chance of at least, and of at most, as many. one_in: how rare the rarer side is, both sides
    counted, at least 1.
    """

    draws: int
    expected: Fraction
    had: int
    not_revealed: int
    without_seed: int
    more: float
    fewer: float
    finding: Finding
    one_in: int

    @property
    def sentence(self) -> str:
        """What it comes to."""
        return self.finding.sentence.format(one_in=self.one_in)


def draw_of(evidence: VerdictEvidence) -> Draw | None:
    """The draw about one submission; None where everything, or nothing, is judged.

    Raises BadSignature for a secret that was not committed. `verdict.check_verdict` checks all the rest.
    """
    assignment, sent, reveal = evidence.assignment, evidence.submission.submission, evidence.audit
    if not 0 < assignment.audit_ppm < MILLION:
        return None
    drawn = reveal is not None and audit.is_audited(
        assignment.audit_commit, assignment.audit_ppm, reveal, sent.salt, sent.struct_hash()
    )
    return Draw(
        chance_ppm=assignment.audit_ppm,
        drawn=drawn,
        judged=any(signed.panel.round != COMMISSION_ROUND for signed in evidence.panels),
        revealed=reveal is not None,
        seeded=reveal is not None and reveal.seed != audit.NO_SEED,
    )


def audit_record(draws: Iterable[Draw]) -> AuditRecord:
    """The record over draws in any order. Those that were not revealed are counted apart: they cannot be drawn."""
    every = list(draws)
    shown = [draw for draw in every if draw.revealed]
    chances = [draw.chance_ppm for draw in shown]
    had = sum(draw.drawn for draw in shown)
    fewer, more = tails(chances, had)
    rarest = min(1.0, 2 * min(more, fewer))
    one_in = min(MOST, int(1 / rarest)) if rarest > 0 else MOST
    finding = Finding.NOTHING if shown else Finding.NONE_YET
    if shown and one_in >= RARE:
        finding = Finding.MORE if more < fewer else Finding.FEWER
    return AuditRecord(
        draws=len(every),
        expected=Fraction(sum(chances), MILLION),
        had=had,
        not_revealed=len(every) - len(shown),
        without_seed=sum(not draw.seeded for draw in shown),
        more=more,
        fewer=fewer,
        finding=finding,
        one_in=one_in,
    )


def tails(chances_ppm: Sequence[int], had: int) -> tuple[float, float]:
    """(P(at most `had`), P(at least `had`)) of so many independent draws."""
    if not 0 <= had <= len(chances_ppm):
        raise ValueError("the drawn are some of the draws")
    if len(chances_ppm) > EXACT:
        return _by_normal(chances_ppm, had)
    counts = distribution(chances_ppm)
    return min(1.0, sum(counts[: had + 1])), min(1.0, sum(counts[had:]))


def distribution(chances_ppm: Sequence[int]) -> list[float]:
    """P(exactly k drawn) for k from 0 on: one convolution for each draw."""
    counts = [1.0]
    for ppm in chances_ppm:
        p = ppm / MILLION
        q = 1 - p
        last = 0.0
        following = []
        for chance in counts:
            following.append(chance * q + last * p)
            last = chance
        following.append(last * p)
        counts = following
    return counts


def _by_normal(chances_ppm: Sequence[int], had: int) -> tuple[float, float]:
    mean = sum(chances_ppm) / MILLION
    variance = sum(ppm * (MILLION - ppm) for ppm in chances_ppm) / MILLION**2
    if variance == 0:
        return float(had >= mean), float(had <= mean)
    width = sqrt(2 * variance)
    return erfc((mean - had - 0.5) / width) / 2, erfc((had - 0.5 - mean) / width) / 2
