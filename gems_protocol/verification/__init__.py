# SPDX-License-Identifier: Apache-2.0
"""Verification policies: who judges a task, what that costs, and when it is decided; one file each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gems_protocol.campaign import PolicyInfo, Terms
from gems_protocol.errors import MalformedMessage
from gems_protocol.verification import commissioned, consensus, evidence, girm, gram, needs, routing
from gems_protocol.verification.gram import Gram
from gems_protocol.verification.mix import Mix
from gems_protocol.verification.policy import (
    Accepted,
    Ballot,
    Case,
    Judgement,
    NoConsensus,
    NotOffered,
    PanelSize,
    Policy,
    Quote,
    Rejected,
    Undecided,
)
from gems_protocol.verification.standing import NEWCOMER, Standing, note_of, standing_of

__all__ = [
    "NEWCOMER",
    "Accepted",
    "Ballot",
    "Case",
    "Judgement",
    "Mix",
    "NoConsensus",
    "NotOffered",
    "PanelSize",
    "Policy",
    "Quote",
    "Rejected",
    "Standing",
    "Undecided",
    "check_funding",
    "note_of",
    "policy_for",
    "policy_of",
    "standing_of",
]

_POLICIES: dict[str, Callable[[Mapping[str, int]], Policy]] = {
    commissioned.NAME: commissioned.from_params,
    consensus.NAME: consensus.from_params,
    evidence.NAME: evidence.from_params,
    girm.NAME: girm.from_params,
    gram.NAME: gram.from_params,
}
NAMES = tuple(sorted(_POLICIES))
PARAMS = frozenset(
    {
        "theta_ppm",
        "audit_ppm",
        "factor_ppm",
        "floor_ppm",
        "commission_ppm",
        "entry_tasks",
        "hold_s",
        "practice_ppm",
        "least_grade",
        *needs.PARAMS,
    }
)


def policy_of(name: str, params: Mapping[str, int]) -> Policy:
    """The policy called `name` with its whole-number parameters; raises MalformedMessage.

    "entry_tasks" makes it a mix: workers with fewer checked tasks enter under GIRM.
    """
    build = _POLICIES.get(name)
    if build is None:
        raise MalformedMessage("This campaign uses a verification policy that this version does not know.")
    if not 0 <= params.get("commission_ppm", 0) <= commissioned.LARGEST_PPM:
        raise MalformedMessage("Having work judged may cost at most half of its reward.")
    if params.get("least_grade", 0) not in (0, *routing.SENTENCES):
        raise MalformedMessage("The campaign's least grade is not one that it can ask for.")
    policy = build(params)
    entry = params.get("entry_tasks", 0)
    if not 0 <= entry <= 1_000:
        raise MalformedMessage("The number of tasks under which newcomers enter is not possible.")
    if not entry:
        return policy
    if name == girm.NAME:
        raise MalformedMessage("Newcomers enter under GIRM, as everybody does in this campaign.")
    return Mix(
        girm.Girm(params.get("rounds", 3), params.get("floor_ppm", 0), params.get("commission_ppm", 0)),
        policy,
        entry,
    )


def policy_for(info: PolicyInfo, terms: Terms) -> Policy:
    """The policy of a campaign from its manifest and terms; raises MalformedMessage when they do not fit."""
    unknown = info.params.keys() - PARAMS
    if unknown:
        raise MalformedMessage("This campaign's policy has parameters that this version does not know.")
    known = {"panel": info.panel, "quorum": info.quorum, "rounds": terms.rounds}
    policy = policy_of(info.name, {**info.params, **known})
    check_funding(policy, terms)
    rules = policy.others if isinstance(policy, Mix) else policy
    if isinstance(rules, Gram):
        rules.check_terms(terms)
    return policy


def check_funding(policy: Policy, terms: Terms) -> None:
    """Raise MalformedMessage unless the escrow per task covers the policy's worst case."""
    if policy.worst_case(terms) > terms.cost():
        raise MalformedMessage(
            "The campaign's escrow per task does not cover what its verification can cost.",
            action="Raise the panel in the terms, or the verifier's reward (a smaller z).",
        )
