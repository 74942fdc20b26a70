# SPDX-License-Identifier: Apache-2.0
"""A signer inside this process, over the same table, for practice accounts and tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from gems_desktop.services.signing import SignerCalls, SignerConfig
from gems_desktop.signer.confirming import Confirmer
from gems_desktop.signer.key_box import KeyBox
from gems_desktop.signer.operations import Keyholder


class InProcessSigner(SignerCalls):
    """Implements SignerPort without a process; with `key` it is unlocked and stores nothing."""

    def __init__(
        self,
        config: SignerConfig,
        key: bytes | None = None,
        box: KeyBox | None = None,
        confirmer: Confirmer | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`confirmer` answers the signer's questions: by default yes on practice networks, no on others."""
        held = bytearray(key) if key is not None else None
        self._holder = Keyholder(config, box, held, confirmer, clock)

    async def _call(
        self, operation: str, fields: dict[str, Any], secret: bytes | bytearray = b""
    ) -> tuple[dict[str, Any], bytearray]:
        return self._holder.perform(operation, fields, bytearray(secret))

    async def close(self) -> None:
        """Wipe the keys."""
        self._holder.close()
