# SPDX-License-Identifier: Apache-2.0
"""What kind of task a campaign is: what is looked at, read or listened to, as its labelling config says."""

from __future__ import annotations

from functools import lru_cache

from gems_protocol.errors import GemsError
from gems_protocol.modules import parse

#: the kinds in the order in which they are offered to choose from
KINDS = ("pictures", "text", "sound", "video", "documents", "measurements")
_TAGS = {
    "Image": "pictures",
    "Text": "text",
    "HyperText": "text",
    "Paragraphs": "text",
    "Table": "text",
    "List": "text",
    "Audio": "sound",
    "Video": "video",
    "Pdf": "documents",
    "TimeSeries": "measurements",
}


@lru_cache(512)
def kinds_of(config: str) -> tuple[str, ...]:
    """Those of KINDS that a task of this config shows, in their order; none where it cannot be read."""
    try:
        found = {_TAGS.get(node.tag, "") for node in parse(config).nodes}
    except GemsError:
        return ()
    return tuple(kind for kind in KINDS if kind in found)
