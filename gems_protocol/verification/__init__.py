# SPDX-License-Identifier: Apache-2.0
"""Verification policies: who judges a task, what that costs, and when it is decided; one file each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gems_protocol.campaign import PolicyInfo, Terms
from gems_protocol.errors import MalformedMessage
from gems_protocol.verification import consensus, girm
from gems_protocol.verification.policy import (
    Accepted,
    Judgement,
    NoConsensus,
    PanelSize,
    Policy,
    Quote,
    Rejected,
)

__all__ = [
    "Accepted",
    "Judgement",
    "NoConsensus",
    "PanelSize",
    "Policy",
    "Quote",
    "Rejected",
    "check_funding",
    "policy_for",
    "policy_of",
]

_POLICIES: dict[str, Callable[[Mapping[str, int]], Policy]] = {
    consensus.NAME: consensus.from_params,
    girm.NAME: girm.from_params,
}


def policy_of(name: str, params: Mapping[str, int]) -> Policy:
    """The policy called `name` with its whole-number parameters; raises MalformedMessage."""
    build = _POLICIES.get(name)
    if build is None:
        raise MalformedMessage("This campaign uses a verification policy that this version does not know.")
    return build(params)


def policy_for(info: PolicyInfo, terms: Terms) -> Policy:
    """The policy of a campaign from its manifest and terms; raises MalformedMessage when they do not fit."""
    policy = policy_of(info.name, {"panel": info.panel, "quorum": info.quorum, "rounds": terms.rounds})
    check_funding(policy, terms)
    return policy


def check_funding(policy: Policy, terms: Terms) -> None:
    """Raise MalformedMessage unless the escrow per task covers the policy's worst case."""
    if policy.worst_case(terms) > terms.cost():
        raise MalformedMessage(
            "The campaign's escrow per task does not cover what its verification can cost.",
            action="Raise the panel in the terms, or the verifier's reward (a smaller z).",
        )
