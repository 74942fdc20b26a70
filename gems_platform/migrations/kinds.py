# SPDX-License-Identifier: Apache-2.0
"""Kinds of columns that every engine keeps alike."""

from __future__ import annotations

import sqlalchemy as sa

#: A whole number of 64 bits; as a key it numbers the rows on SQLite too.
WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
