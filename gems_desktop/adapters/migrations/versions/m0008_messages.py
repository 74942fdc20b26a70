# SPDX-License-Identifier: Apache-2.0
"""Messages about tasks, and reports of what is wrong."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Nothing of what is there changes."""
    _make(
        "task_messages",
        ("message_id", "campaign_id", "thread_id", "text", "state", "problem"),
        ("index", "seq", "at", "tries", "next_at"),
        ("seen",),
    )
    _make(
        "abuse_reports",
        ("thing", "request_id", "campaign_id", "thread_id", "reason", "note", "state", "problem"),
        ("index", "seq", "at", "tries", "next_at"),
        (),
    )


def _make(table: str, texts: tuple[str, ...], numbers: tuple[str, ...], marks: tuple[str, ...]) -> None:
    """A table whose key is its first text."""
    op.create_table(
        table,
        *(sa.Column(name, sa.Text, primary_key=name == texts[0], nullable=False) for name in texts),
        *(sa.Column(name, sa.Integer, nullable=False) for name in numbers),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in marks),
    )
    for name in ("campaign_id", "state"):
        op.create_index(f"ix_{table}_{name}", table, [name])
