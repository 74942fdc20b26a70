# SPDX-License-Identifier: Apache-2.0
"""What a client may say of its owner and itself when it asks for work."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from gems_platform.schemas import Strict
from gems_protocol.verification.needs import Ability

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", strict=True)]


class Device(Strict):
    """What the worker's device has; what is left out is not known."""

    screen_px: Annotated[int, Field(ge=1, le=100_000)] | None = None
    audio: bool | None = None
    camera: bool | None = None


class Able(Strict):
    """A request that may say which languages its sender reads, and on what device."""

    languages: Annotated[list[Language], Field(max_length=40)] | None = None
    device: Device | None = None

    def ability(self) -> Ability:
        """As the protocol's rules take it."""
        told = self.device or Device()
        languages = None if self.languages is None else tuple(self.languages)
        return Ability(languages, told.screen_px, told.audio, told.camera)
