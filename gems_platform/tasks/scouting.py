# SPDX-License-Identifier: Apache-2.0
"""Which open tasks a miner could be given: a few from where theirs begin, never all of a campaign's.

A page that holds mostly what the miner had before is left for one further on, so that the time to look does not
depend on how large the campaign is or how far it has come.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from gems_platform.matching.names import PLACES
from gems_platform.tasks import repository

SPARE = 16  # more tasks than wanted: others may be taking some of them
PAGES = 6  # that are looked at for each kind of task
_STRIDE = (
    1_327_217_885  # places between two pages after the first ones: a golden section of all, so that none meet
)


def find(session: Session, campaign_id: str, miner: str, wanted: int, start: int) -> list[int]:
    """Indexes of open tasks that this miner never had nor judged; those with known answers among them."""
    plain = _some(session, campaign_id, miner, False, wanted + SPARE, start)
    return plain + _some(session, campaign_id, miner, True, wanted // 2 + SPARE, start)


def _some(session: Session, campaign_id: str, miner: str, known: bool, most: int, start: int) -> list[int]:
    found: dict[int, None] = {}
    at, behind = start, False
    for page in range(PAGES):
        end = start if behind else PLACES
        rows = repository.open_at(session, campaign_id, known, at, end, most)
        indexes = [index for index, _ in rows]
        shut = repository.barred(session, campaign_id, indexes, miner) if indexes else set()
        found.update(dict.fromkeys(index for index in indexes if index not in shut))
        if len(found) >= most or (behind and len(rows) < most and page < PAGES // 2):
            break
        if len(rows) < most:
            at, behind = 0, not behind
        else:
            at = rows[-1][1] + 1
        if page >= PAGES // 2 - 1:
            at, behind = (at + _STRIDE) % PLACES, False
    return list(found)[:most]
