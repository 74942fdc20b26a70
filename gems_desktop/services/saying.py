# SPDX-License-Identifier: Apache-2.0
"""The protocol's reasons as facts for the window: code and numbers for its own words, and the English sentence."""

from __future__ import annotations

from gems_desktop.services.facts import Said
from gems_protocol.trust.reasons import Reason
from gems_protocol.trust.words import sentence


def said(reason: Reason) -> Said:
    """One reason."""
    return Said(reason.code.value, reason.numbers, sentence(reason))
