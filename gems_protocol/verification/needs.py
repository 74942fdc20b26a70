# SPDX-License-Identifier: Apache-2.0
"""What a campaign's tasks need of a worker's languages and device, and what a worker said of them.

What a worker did not say keeps nobody out: clients that say nothing are served as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gems_protocol.campaign import PolicyInfo
from gems_protocol.verification.policy import NotOffered

#: Whole numbers beside the policy's own: 1 asks for it; "screen_px" is the least width of the screen.
PARAMS = frozenset({"needs_language", "needs_audio", "needs_camera", "screen_px"})
_HERE = "Your Trust page and your work are as they were; choose another campaign, or another device."


@dataclass(frozen=True, slots=True)
class Ability:
    """Codes of languages such as "en", the screen's width in pixels, and what the device has; None: not said."""

    languages: tuple[str, ...] | None = None
    screen_px: int | None = None
    audio: bool | None = None
    camera: bool | None = None


NOTHING_SAID = Ability()


def check_needs(info: PolicyInfo, languages: Sequence[str], ability: Ability) -> None:
    """Raise NotOffered when a worker said that they lack what the tasks need; languages: those of the tasks."""
    asked = info.params
    spoken = None if ability.languages is None else {code.partition("-")[0] for code in ability.languages}
    wanted = {code.partition("-")[0] for code in languages}
    if asked.get("needs_language") and spoken is not None and wanted and not wanted & spoken:
        raise NotOffered("The tasks are in a language that you do not read.", action=_HERE)
    if ability.screen_px is not None and ability.screen_px < asked.get("screen_px", 0):
        raise NotOffered("The tasks need a wider screen.", action=_HERE)
    if asked.get("needs_audio") and ability.audio is False:
        raise NotOffered("The tasks are to be heard.", action=_HERE)
    if asked.get("needs_camera") and ability.camera is False:
        raise NotOffered("The tasks need a camera.", action=_HERE)
