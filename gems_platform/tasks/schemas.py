# SPDX-License-Identifier: Apache-2.0
"""The forms of lease requests."""

from __future__ import annotations

from gems_platform.matching.schemas import Able
from gems_platform.schemas import Count, Hash, Signed, Strict


class WorkLease(Able):
    """How many tasks of which campaign somebody wants."""

    request_id: Hash
    campaign_id: Hash
    count: Count


class Confirmation(Strict):
    """The signed stake, or nothing where none is asked for."""

    debit: Signed | None = None
