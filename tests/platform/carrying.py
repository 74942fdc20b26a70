# SPDX-License-Identifier: Apache-2.0
"""Carry files written and read by hand, as another client would."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from eth_utils import keccak

from gems_platform.settings import Settings
from gems_protocol import carry
from gems_protocol.messages import Carry, CarryKey, signature_from_hex


@dataclass
class Stick:
    """One carry file and the key that its reply opens with."""

    settings: Settings
    key: bytes
    private: bytes = field(default_factory=lambda: os.urandom(32))
    data: bytes = b""

    def write(self, to: bytes, content: dict[str, Any], *, seq: int = 0, key: bytes | None = None) -> bytes:
        """A file with this content; `key` signs it in place of the own one."""
        packed = carry.pack({"batches": [], "appeals": [], "skips": [], **content})
        message = Carry(keccak(packed), carry.public_key(self.private), seq, 1)
        signature = message.sign(self.settings.campaigns_domain, key or self.key)
        self.data = carry.seal(carry.OUT, to, message, signature, packed)
        return self.data

    def read(self, reply: bytes) -> dict[str, Any]:
        """What a reply says, whose signature must hold."""
        sealed = carry.read(reply, carry.REPLY)
        assert sealed.key == carry.public_key(self.private)
        opened = carry.open_reply(sealed, self.private)
        opened.message.check(self.settings.campaigns_domain, opened.signature, self.settings.hub)
        return carry.unpack(opened.content)


def checked_key(settings: Settings, signed: dict[str, Any]) -> CarryKey:
    """The platform's key, whose signature must hold."""
    found = CarryKey.from_json(signed["message"])
    found.check(settings.campaigns_domain, signature_from_hex(signed["signature"]), settings.hub)
    return found
