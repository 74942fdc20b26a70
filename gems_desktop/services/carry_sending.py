# SPDX-License-Identifier: Apache-2.0
"""Bringing somebody else's carry file: all that a courier does, with or without a window."""

from __future__ import annotations

import asyncio
from pathlib import Path

from gems_desktop.services.carry_disk import read_bounded, write_whole
from gems_desktop.services.carry_errors import WrongFile
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.ports import PlatformPort
from gems_protocol import carry
from gems_protocol.errors import MalformedMessage


async def send(platform: PlatformPort, path: Path, reply: Path) -> int:
    """Send the file and write the reply; its size in bytes. Raises as `Carrying.send`."""
    data = await asyncio.to_thread(read_bounded, path)
    try:
        carry.read(data, carry.OUT)
    except MalformedMessage as error:
        if data.startswith(carry.REPLY):
            raise WrongFile("This is a reply, not a file to be sent.") from error
        raise WrongFile from error
    answer = await platform.carry(data)
    try:
        carry.read(answer, carry.REPLY)
    except MalformedMessage as error:
        raise PlatformLied("what came is no reply to a carry file.") from error
    await asyncio.to_thread(write_whole, reply, answer)
    return len(answer)
