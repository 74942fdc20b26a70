# SPDX-License-Identifier: Apache-2.0
"""Counts that SQL triggers keep (migration 0005), so that a screen's figures cost the same at a million rows.

`shelf` and `over` are computed columns of `items`: where the outbox shows an item, and whether nothing more can
come of it. What is counted carries its amount too, so that sums of money are exact: n times the amount.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Computed, Index, Integer, MetaData, Table, Text

#: where the outbox shows an item; `hidden` ones it does not show
SHELF = (
    "CASE WHEN state IN ('LEASED','RETURNED') THEN 'hidden' "
    "WHEN state IN ('FINISHED','SEALED','SENDING') THEN 'unsent' "
    "WHEN state IN ('DELIVERED','DISPUTED') THEN 'waiting' "
    "WHEN state='ACCEPTED' AND kind='work' AND outcome<>0 AND NOT final THEN 'waiting' "
    "WHEN state='REJECTED' THEN 'rejected' "
    "WHEN state IN ('ACCEPTED','PAID') THEN 'paid' ELSE 'other' END"
)
OVER = "state IN ('PAID','EXPIRED','RETURNED') OR (state='REJECTED' AND (outcome=0 OR final))"


def computed_columns() -> list[Column[object]]:
    """The computed columns of `items`."""
    return [
        Column("shelf", Text, Computed(SHELF, persisted=False)),
        Column("over", Boolean, Computed(OVER, persisted=False)),
    ]


def item_indexes(items: Table) -> None:
    """What the queries of screens and of each sync step go by; SQLite ends each with the row's number."""
    c = items.c
    Index("ix_items_due", c.kind, c.state, c.due_at)
    Index("ix_items_shelf", c.shelf, c.changed_at)
    Index("ix_items_campaign_shelf", c.campaign_id, c.shelf, c.changed_at)
    Index("ix_items_campaign_changed", c.campaign_id, c.changed_at)
    Index("ix_items_place", c.campaign_id, c["index"])
    Index("ix_items_batch_state", c.batch_id, c.state)
    Index("ix_items_final", c.kind, c.judged_at, sqlite_where=c.final)
    Index("ix_items_redo_of", c.redo_of)
    Index("ix_items_until", c.state, c.final, c.appeal_until)
    Index("ix_items_redo_open", c.over, sqlite_where=c.redo_of != "")
    Index("ix_items_appeal_state", c.appeal_state)
    Index("ix_items_decided", c.decided_at, sqlite_where=c.decided_at > 0)


def _count(
    name: str, schema: MetaData, *keys: tuple[str, type[Text] | type[Integer] | type[Boolean]]
) -> Table:
    columns = [Column(key, kind, primary_key=True, nullable=False) for key, kind in keys]
    return Table(name, schema, *columns, Column("n", Integer, nullable=False), sqlite_with_rowid=False)


def versions_table(schema: MetaData) -> Table:
    """How often what is derived from many rows has changed, by name."""
    columns = Column("name", Text, primary_key=True, nullable=False), Column("n", Integer, nullable=False)
    return Table("versions", schema, *columns, sqlite_with_rowid=False)


def count_tables(schema: MetaData) -> dict[str, Table]:
    """Counts by the table that they are about; of batches: their items that are not over."""
    return {
        "items": _count(
            "item_counts",
            schema,
            ("kind", Text),
            ("state", Text),
            ("shelf", Text),
            ("final", Boolean),
            ("over", Boolean),
            ("outcome", Integer),
            ("campaign_id", Text),
            ("reward", Text),
            ("stake", Text),
        ),
        "batches": _count(
            "batch_counts",
            schema,
            ("batch_id", Text),
            ("kind", Text),
            ("state", Text),
            ("final", Boolean),
            ("campaign_id", Text),
        ),
        "lines": _count("line_counts", schema, ("day", Integer), ("kind", Text), ("amount", Text)),
    }
