# SPDX-License-Identifier: Apache-2.0
"""Routing before verifying: a requester may offer its tasks to workers of a grade and better only.

The most trusted person alone is the best bargain there is; verification is bought on top of it, not instead.
"""

from __future__ import annotations

from gems_protocol.campaign import PolicyInfo
from gems_protocol.verification.policy import NotOffered
from gems_protocol.verification.standing import GRADE_A, GRADE_B, GRADE_C, Standing

SENTENCES = {
    GRADE_C: "This campaign is for grade C and better.",
    GRADE_B: "This campaign is for grade B and better.",
    GRADE_A: "This campaign is for grade A only.",
}


def check_grade(info: PolicyInfo, standing: Standing) -> None:
    """Raise NotOffered when the campaign's "least_grade" (2 C, 3 B, 4 A; 0 anybody) is above this standing's."""
    least = info.params.get("least_grade", 0)
    if standing.grade < least:
        raise NotOffered(SENTENCES[least], action="Your Trust page shows how far you are from it.")
