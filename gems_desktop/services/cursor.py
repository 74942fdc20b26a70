# SPDX-License-Identifier: Apache-2.0
"""Small named values in the store: options, cursors, intents; JSON each."""

from __future__ import annotations

import json
from typing import Any

from gems_desktop.services.ports import Tx
from gems_desktop.services.records import SettingRecord


def get_value(tx: Tx, name: str, default: Any = None) -> Any:
    """The value called `name`."""
    found = tx.get(SettingRecord, name)
    return default if found is None else json.loads(found.value)


def set_value(tx: Tx, name: str, value: Any) -> None:
    """Store the value called `name`; None removes it."""
    if value is None:
        tx.remove(SettingRecord, name)
    else:
        tx.put(SettingRecord(name, json.dumps(value)))
