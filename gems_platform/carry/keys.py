# SPDX-License-Identifier: Apache-2.0
"""The keys that carry files are sealed to: made from the hub's key for each 90 days, so that no backup can lose one."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gems_platform.schemas import text
from gems_platform.settings import DAY, Settings
from gems_protocol.carry import public_key
from gems_protocol.messages import CarryKey

LASTS = 90 * DAY
_PURPOSE = b"gems carry key 1"


def signed_key(settings: Settings, now: int) -> dict[str, Any]:
    """The key of now, signed: opened for at least 90 days after the last time that it is given out."""
    period = now // LASTS
    key = CarryKey(public_key(_private(settings, period)), period * LASTS, (period + 2) * LASTS)
    signature = key.sign(settings.campaigns_domain, settings.hub_signer_key)
    return {"message": key.to_json(), "signature": text(signature)}


def private_key(settings: Settings, public: bytes, now: int) -> bytes | None:
    """The private key of a public one that is still opened, or that a clock set back has not reached again yet."""
    period = now // LASTS
    for near in (period, period - 1, period + 1):
        if near >= 0 and public_key(_private(settings, near)) == public:
            return _private(settings, near)
    return None


def _private(settings: Settings, period: int) -> bytes:
    """HKDF-SHA256 (RFC 5869) of the hub's key, for this chain and these contracts only."""
    about = _PURPOSE + settings.campaigns_domain.separator() + period.to_bytes(8, "big")
    return HKDF(SHA256(), 32, None, about).derive(settings.hub_signer_key)
