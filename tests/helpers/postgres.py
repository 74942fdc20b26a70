# SPDX-License-Identifier: Apache-2.0
"""The PostgreSQL of the tests' own is the measurements'."""

from bench.platform.postgres import CONNECTIONS, Postgres

__all__ = ["CONNECTIONS", "Postgres"]
