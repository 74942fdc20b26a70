# SPDX-License-Identifier: Apache-2.0
"""What went wrong with a piece of work on its way, and what happens next, in sentences."""

from __future__ import annotations

from gems_desktop.services.facts_queue import Progress, Stage
from gems_desktop.viewmodels.words import clock_time, percent, say

_PROBLEMS = {
    "Offline": "There was no connection.",
    "CaptivePortal": "The network asks for a sign-in of its own first.",
    "DiskFull": "The disk is full.",
    "PlatformLied": "The answer was not signed by the platform.",
    "PlatformRefused": "The platform did not take it.",
    "expired": "Its time ran out before it was delivered.",
}


def problem_text(progress: Progress) -> str:
    """What went wrong the last time; empty for nothing."""
    if not progress.problem:
        return ""
    return say(_PROBLEMS.get(progress.problem, "The last sending did not get through."))


def progress_text(progress: Progress) -> str:
    """What happens next with what has not been delivered yet; empty where the state says all."""
    at = clock_time(progress.at)
    match progress.next:
        case "seal":
            return say("Send it by {time}.", time=at)
        case "send":
            return say("It leaves with the next connection, by {time} at the latest.", time=at)
        case "retry" if at:
            return say("Tried {n} times; tried again at {time}.", n=progress.tries, time=at)
        case "retry":
            return say("Tried {n} times; tried again with the next connection.", n=progress.tries)
        case "sending" if progress.sent_ppm:
            return say("{share} is with the platform already.", share=percent(progress.sent_ppm))
        case "verdict" if at and progress.stage is Stage.DELIVERED:
            return say("Verifiers decide by {time}.", time=at)
        case "verdict" if progress.stage is Stage.DELIVERED:
            return say("Verifiers decide next. You need not do anything.")
        case "pay" if not at:
            return say("Paid with the next voucher.")
    if progress.stage is Stage.PAID:
        return say("You can claim it on the page Earnings.")
    return ""


def stays_text(progress: Progress) -> str:
    """Why an answer that is still here cannot be taken back; empty where it can, or is gone."""
    if progress.stage is Stage.SEALED and progress.tries:
        return say("It cannot be taken back: sending it has begun, so the platform may have it.")
    return ""
