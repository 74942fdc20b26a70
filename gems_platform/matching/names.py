# SPDX-License-Identifier: Apache-2.0
"""Under which name somebody is a candidate in a campaign, and where in it their tasks begin."""

from __future__ import annotations

from eth_utils import keccak
from sqlalchemy.orm import Session

from gems_platform.matching.tables import MatchingSecretRow
from gems_platform.tasks.tables import PLACE_BITS
from gems_protocol.draw import candidate_name

PLACES = 1 << PLACE_BITS


def salt(session: Session, campaign_id: str, worker: str) -> bytes:
    """What makes a worker's name in a campaign theirs alone; it never changes, so no draw can be steered by it."""
    return _derived(session, f"name {campaign_id} {worker}")


def name(session: Session, campaign_id: str, worker: str) -> bytes:
    """The worker's name among the candidates of a campaign's draws."""
    return candidate_name(salt(session, campaign_id, worker), worker)


def start(session: Session, campaign_id: str, worker: str) -> int:
    """Where among a campaign's places a worker's tasks begin: the same however often they ask."""
    return int.from_bytes(_derived(session, f"start {campaign_id} {worker}")[:8], "big") % PLACES


def order(session: Session, worker: str, campaign_id: str, index: int) -> bytes:
    """By what tasks are ordered for a worker who could have several: nobody can foresee it."""
    return _derived(session, f"order {worker} {campaign_id} {index}")


def commit(session: Session) -> bytes:
    """The hash of the secret behind all names."""
    return keccak(keccak(_secret(session)))


def _derived(session: Session, purpose: str) -> bytes:
    return keccak(keccak(_secret(session)) + purpose.encode())


def _secret(session: Session) -> bytes:
    return bytes.fromhex(session.get_one(MatchingSecretRow, 1).secret[2:])
