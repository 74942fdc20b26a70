# SPDX-License-Identifier: Apache-2.0
"""An expected fault as a value to show: the same for what a screen asked for and for what the loop met."""

from __future__ import annotations

from gems_desktop.services.facts import Problem
from gems_protocol.errors import GemsError


def problem_of(error: GemsError) -> Problem:
    """The fault's own words; its code is the platform's where it has one, else the fault's name."""
    code = str(getattr(error, "code", type(error).__name__))
    return Problem(error.message, error.safe, error.action, error.retryable, code)
