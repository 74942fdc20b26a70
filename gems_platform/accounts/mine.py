# SPDX-License-Identifier: Apache-2.0
"""What an account is here and may do, for whoever holds it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gems_platform.accounts.schemas import Limits, Myself
from gems_platform.campaigns import repository as campaigns
from gems_platform.media import repository as media
from gems_platform.settings import Settings
from gems_platform.trust import removal
from gems_platform.trust import service as trust


def show(session: Session, settings: Settings, me: str, requests_left: int, now: int) -> Myself:
    """Roles and limits. A miner is whoever was not removed, a verifier whom trust allows to review some kind of
    work, a requester who offered a campaign, an operator whom the settings name."""
    removed = removal.removed(session, me) is not None
    verifies = trust.families_to_verify(session, settings, me, now)
    found = Myself(
        address=me,
        roles=[],
        practice=settings.is_practice(me),
        limits=Limits(
            requests_per_s=settings.account_per_s,
            request_burst=settings.account_burst,
            requests_left=requests_left,
            lease=settings.lease_limit,
            review_lease=settings.review_limit,
            media_bytes=settings.media_quota_bytes,
            media_used=media.used(session, me, now),
            media_file_bytes=settings.media_file_bytes,
            upload_bytes=settings.upload_bytes,
            uploads=settings.upload_count,
            streams=settings.streams_of_account,
            token_s=settings.token_s,
        ),
    )
    if not removed:
        found.roles.append("miner")
    if verifies is None or verifies:
        found.roles.append("verifier")
    if campaigns.has_any(session, me):
        found.roles.append("requester")
    if me in settings.operators:
        found.roles.append("operator")
    return found
