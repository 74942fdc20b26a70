# SPDX-License-Identifier: Apache-2.0
"""The SQL of migration 0005 that looks up and counts: computed columns, indexes, counters, their triggers."""

SHELF = (
    "CASE WHEN state IN ('LEASED','RETURNED') THEN 'hidden' "
    "WHEN state IN ('FINISHED','SEALED','SENDING') THEN 'unsent' "
    "WHEN state IN ('DELIVERED','DISPUTED') THEN 'waiting' "
    "WHEN state='ACCEPTED' AND kind='work' AND outcome<>0 AND NOT final THEN 'waiting' "
    "WHEN state='REJECTED' THEN 'rejected' "
    "WHEN state IN ('ACCEPTED','PAID') THEN 'paid' ELSE 'other' END"
)
OVER = "state IN ('PAID','EXPIRED','RETURNED') OR (state='REJECTED' AND (outcome=0 OR final))"

INDEXES = (
    "CREATE INDEX ix_items_due ON items(kind, state, due_at)",
    "CREATE INDEX ix_items_shelf ON items(shelf, changed_at)",
    "CREATE INDEX ix_items_campaign_shelf ON items(campaign_id, shelf, changed_at)",
    "CREATE INDEX ix_items_campaign_changed ON items(campaign_id, changed_at)",
    'CREATE INDEX ix_items_place ON items(campaign_id, "index")',
    "CREATE INDEX ix_items_batch_state ON items(batch_id, state)",
    "CREATE INDEX ix_items_final ON items(kind, judged_at) WHERE final = 1",
    "CREATE INDEX ix_items_redo_of ON items(redo_of)",
    "CREATE INDEX ix_items_until ON items(state, final, appeal_until)",
    "CREATE INDEX ix_items_redo_open ON items(over) WHERE redo_of != ''",
    "CREATE INDEX ix_items_appeal_state ON items(appeal_state)",
    "CREATE INDEX ix_items_decided ON items(decided_at) WHERE decided_at > 0",
    "CREATE INDEX ix_events_refused ON events(kind) WHERE refused = 1",
    "CREATE INDEX ix_sealed_unsent ON sealed(due_at) WHERE receipt = ''",
    "CREATE INDEX ix_lines_at ON lines(at)",
    "CREATE INDEX ix_lines_place ON lines(place)",
    "CREATE INDEX ix_debits_signed_at ON debits(signed_at)",
)

COUNT_TABLES = (
    "CREATE TABLE item_counts (kind TEXT NOT NULL, state TEXT NOT NULL, shelf TEXT NOT NULL, "
    "final BOOLEAN NOT NULL, over BOOLEAN NOT NULL, outcome INTEGER NOT NULL, "
    "campaign_id TEXT NOT NULL, reward TEXT NOT NULL, "
    "stake TEXT NOT NULL, n INTEGER NOT NULL, "
    "PRIMARY KEY (kind, state, shelf, final, over, outcome, campaign_id, reward, stake)) WITHOUT ROWID",
    "CREATE TABLE batch_counts (batch_id TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, "
    "final BOOLEAN NOT NULL, campaign_id TEXT NOT NULL, n INTEGER NOT NULL, "
    "PRIMARY KEY (batch_id, kind, state, final, campaign_id)) WITHOUT ROWID",
    "CREATE TABLE line_counts (day INTEGER NOT NULL, kind TEXT NOT NULL, amount TEXT NOT NULL, "
    "n INTEGER NOT NULL, PRIMARY KEY (day, kind, amount)) WITHOUT ROWID",
    "CREATE TABLE versions (name TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID",
)

_ITEM = "kind, state, shelf, final, over, outcome, campaign_id, reward, stake"
_BATCH = "batch_id, kind, state, final, campaign_id"

#: what is there already
COUNTED = (
    f"INSERT INTO item_counts SELECT {_ITEM}, count(*) FROM items GROUP BY {_ITEM}",  # noqa: S608 - our own names
    f"INSERT INTO batch_counts SELECT {_BATCH}, count(*) FROM items WHERE NOT over GROUP BY {_BATCH}",  # noqa: S608
    "INSERT INTO versions VALUES ('record', 1)",
    "INSERT INTO line_counts SELECT at / 86400, kind, amount, count(*) FROM lines WHERE seq > 0 GROUP BY 1, 2, 3",
)


def _row(which: str, names: str) -> str:
    return ", ".join(f"{which}.{name.strip()}" for name in names.split(","))


def _add(table: str, names: str, which: str, unless: str = "1") -> str:
    values = _row(which, names)
    return f"INSERT INTO {table} SELECT {values}, 1 WHERE {unless} ON CONFLICT DO UPDATE SET n = n + 1;"


def _less(table: str, names: str, which: str, unless: str = "1") -> str:
    same = " AND ".join(f"{name.strip()} = {which}.{name.strip()}" for name in names.split(","))
    return (
        f"UPDATE {table} SET n = n - 1 WHERE {unless} AND {same}; "  # noqa: S608 - our own names
        f"DELETE FROM {table} WHERE {unless} AND {same} AND n = 0;"
    )


_LINE_ADD = (
    "INSERT INTO line_counts SELECT NEW.at / 86400, NEW.kind, NEW.amount, 1 WHERE NEW.seq > 0 "
    "ON CONFLICT DO UPDATE SET n = n + 1;"
)
_LINE_LESS = (
    "UPDATE line_counts SET n = n - 1 WHERE OLD.seq > 0 AND day = OLD.at / 86400 AND kind = OLD.kind "
    "AND amount = OLD.amount; DELETE FROM line_counts WHERE n = 0 AND day = OLD.at / 86400;"
)
_MOVED = " OR ".join(
    f"OLD.{name} IS NOT NEW.{name}"
    for name in ("state", "final", "outcome", "kind", "campaign_id", "batch_id", "reward", "stake")
)


#: what my own record is made of (services/record_of_work.py): final work, and second tries that were handed in
_RECORD = ("state", "final", "outcome", "judged", "judged_at", "changed_at", "poor", "fee", "redo_of")
_RECORDED = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _RECORD)
_NEWER = "UPDATE versions SET n = n + 1 WHERE name = 'record';"


def _of_record(which: str) -> str:
    return f"{which}.kind = 'work' AND ({which}.final OR {which}.attempt > 0 OR {which}.redo_of <> '')"


def triggers() -> tuple[str, ...]:
    """Each counter follows each row, whatever statement moves it."""
    add = _add("item_counts", _ITEM, "NEW") + _add("batch_counts", _BATCH, "NEW", "NOT NEW.over")
    less = _less("item_counts", _ITEM, "OLD") + _less("batch_counts", _BATCH, "OLD", "NOT OLD.over")
    return (
        f"CREATE TRIGGER items_counted AFTER INSERT ON items BEGIN {add} END",
        f"CREATE TRIGGER items_uncounted AFTER DELETE ON items BEGIN {less} END",
        f"CREATE TRIGGER items_recounted AFTER UPDATE ON items WHEN {_MOVED} BEGIN {less} {add} END",
        f"CREATE TRIGGER lines_counted AFTER INSERT ON lines BEGIN {_LINE_ADD} END",
        f"CREATE TRIGGER lines_uncounted AFTER DELETE ON lines BEGIN {_LINE_LESS} END",
        f"CREATE TRIGGER lines_recounted AFTER UPDATE ON lines BEGIN {_LINE_LESS} {_LINE_ADD} END",
        f"CREATE TRIGGER record_grows AFTER INSERT ON items WHEN {_of_record('NEW')} BEGIN {_NEWER} END",
        f"CREATE TRIGGER record_shrinks AFTER DELETE ON items WHEN {_of_record('OLD')} BEGIN {_NEWER} END",
        f"CREATE TRIGGER record_changes AFTER UPDATE ON items WHEN ({_of_record('OLD')} OR {_of_record('NEW')}) "
        f"AND ({_RECORDED}) BEGIN {_NEWER} END",
        *(
            f"CREATE TRIGGER former_{what.lower()} AFTER {what} ON former BEGIN {_NEWER} END"
            for what in ("INSERT", "UPDATE", "DELETE")
        ),
    )
