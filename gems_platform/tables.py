# SPDX-License-Identifier: Apache-2.0
"""Every table of every domain, gathered for the migrations."""

from __future__ import annotations

from gems_platform import idempotency
from gems_platform.accounts import tables as accounts
from gems_platform.db import Base
from gems_platform.media import tables as media

METADATA = Base.metadata
TABLES = (accounts, media, idempotency)
