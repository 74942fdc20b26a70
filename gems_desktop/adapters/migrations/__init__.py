# SPDX-License-Identifier: Apache-2.0
"""Alembic migrations of the client's store; a database may only ever move forward."""
