# SPDX-License-Identifier: Apache-2.0
"""What an operator's commands are given: the settings file of a platform that runs in a test."""

from __future__ import annotations

import json
from pathlib import Path

from gems_platform.settings import Settings

_PLAIN = ("chain_id", "rpc_url", "gem", "channels", "campaigns", "store_url")
_KEYS = ("hub_signer_key", "hub_payer_key", "relayer_key")


def settings_file(settings: Settings, folder: Path) -> Path:
    """A file in `folder` that names the same store, chain and keys."""
    told = {name: getattr(settings, name) for name in _PLAIN}
    told |= {name: getattr(settings, name).hex() for name in _KEYS}
    file = folder / "settings.json"
    file.write_text(json.dumps({**told, "data_dir": str(settings.data_dir)}), "utf-8")
    return file
