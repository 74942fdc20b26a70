# SPDX-License-Identifier: Apache-2.0
"""JSON for a terminal: strangers' texts in it are read, and never obeyed.

JSON escapes the control characters below the space alone. Those above 0x7f begin commands in terminals as well, and
others turn the direction of what is read or show nothing.
"""

from __future__ import annotations

import json
import re
from typing import Any

_OBEYED = re.compile(
    r"[\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


def printed(value: Any, indent: int | None = None) -> str:
    """`value` as JSON in its own script, with whatever a terminal could take for a command escaped."""
    return _OBEYED.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=indent))


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found.group())[1:-1]
