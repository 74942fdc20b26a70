# SPDX-License-Identifier: Apache-2.0
"""Every table of every domain, gathered for the migrations."""

from __future__ import annotations

from gems_platform import idempotency
from gems_platform.abuse import tables as abuse
from gems_platform.accounts import tables as accounts
from gems_platform.audit import tables as audit
from gems_platform.campaigns import tables as campaigns
from gems_platform.channels import doubt_tables as doubt
from gems_platform.channels import sending_tables as sending
from gems_platform.channels import tables as channels
from gems_platform.channels import upkeep_tables as upkeep
from gems_platform.db import Base
from gems_platform.disputes import tables as disputes
from gems_platform.events import tables as events
from gems_platform.gold import tables as gold
from gems_platform.history import tables as history
from gems_platform.matching import tables as matching
from gems_platform.media import tables as media
from gems_platform.messaging import tables as messaging
from gems_platform.rates import tables as rates
from gems_platform.ratings import tables as ratings
from gems_platform.releases import tables as releases
from gems_platform.reviews import tables as reviews
from gems_platform.submissions import tables as submissions
from gems_platform.tasks import tables as tasks
from gems_platform.trust import attestation_tables as attestations
from gems_platform.trust import tables as trust
from gems_platform.uploads import tables as uploads
from gems_platform.watching import tables as watching

METADATA = Base.metadata
TABLES = (
    abuse,
    accounts,
    audit,
    campaigns,
    channels,
    doubt,
    sending,
    upkeep,
    disputes,
    events,
    gold,
    history,
    idempotency,
    matching,
    media,
    messaging,
    rates,
    ratings,
    releases,
    reviews,
    submissions,
    tasks,
    trust,
    attestations,
    uploads,
    watching,
)
