# SPDX-License-Identifier: Apache-2.0
"""The store, who does what is due, what is overdue, and the media files."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from gems_platform.channels import doubt
from gems_platform.db import Database, head
from gems_platform.errors import MediaUnavailable
from gems_platform.media.opening import open_stores
from gems_platform.media.tables import MediaRow
from gems_platform.observing.reading import read
from gems_platform.operating.examining.finding import Finding, bad, good, note
from gems_platform.operating.opening import there_is_a_store
from gems_platform.operating.workers import alive
from gems_platform.settings import Settings

_SAMPLE = 200
_SKEW_S = 5


def store(settings: Settings, now: int) -> Iterator[Finding]:
    """Everything that can be seen in the store."""
    if not there_is_a_store(settings):
        yield bad(
            "There is no store.", "There is nothing to lose yet.", "gems platform migrate --settings ..."
        )
        return
    try:
        db = Database.unchecked(settings.store)
    except (RuntimeError, SQLAlchemyError) as error:
        yield _away(error)
        return
    try:
        version = db.version()
        if version != head():
            told = f"The store is of version {version or 'none'}, this program of {head()}."
            yield bad(
                told,
                "Nothing starts on it, so nothing is changed.",
                "Take a backup, then gems platform migrate.",
            )
            return
        yield good(f"The store answers, is of version {version}, and promises that what is committed stays.")
        yield from _clock(db, now)
        yield from _workers(db)
        yield from _late(db, settings, now)
        yield from _doubt(db)
        yield from _media(db, settings)
    except (RuntimeError, SQLAlchemyError) as error:
        yield _away(error)
    finally:
        db.close()


def _away(error: Exception) -> Finding:
    """A store without durability is refused by the engine (engines.py), with its reason."""
    said = str(getattr(error, "orig", None) or error).partition("\n")[0]
    return bad(
        f"The store cannot be used: {said}",
        "What was committed is in it.",
        "Start it, or mend store_url or its settings.",
    )


def _clock(db: Database, now: int) -> Iterator[Finding]:
    if db.dialect != "postgresql":
        return
    with db.read() as session:
        theirs = int(session.scalar(text("SELECT extract(epoch FROM clock_timestamp())")) or 0)
    if abs(theirs - now) > _SKEW_S:
        yield bad(
            f"This clock and the database's differ by {abs(theirs - now)} s.",
            "Amounts do not depend on it.",
            "Run NTP on both.",
        )


def _workers(db: Database) -> Iterator[Finding]:
    found = alive(db)
    if found == 0:
        yield bad(
            "No process does what is due: nothing is judged by time, paid or sent to the chain.",
            "What comes in is kept.",
            "Start gems platform worker, or serve with --work.",
        )
    elif found is not None:
        yield good(f"{found} processes do what is due.")


def _late(db: Database, settings: Settings, now: int) -> Iterator[Finding]:
    with db.read() as session:
        late = read(session, settings, {}, head(), now).late
    over = {name: seconds for name, seconds in late.items() if seconds > settings.ready_late_s}
    for name, seconds in over.items():
        yield bad(
            f"{name} wait since {seconds} s.",
            "Nothing is lost by waiting.",
            "Look whether the duties run, and at the log.",
        )
    if not over:
        yield good("Nothing is overdue.")


def _doubt(db: Database) -> Iterator[Finding]:
    with db.read() as session:
        doubted = len(doubt.doubted(session))
    if doubted:
        told = f"{doubted} channels wait since the restore until their workers show their newest vouchers."
        yield note(
            told,
            "Nothing: their clients do it when they come online.",
            "Nothing is signed in them until then.",
        )


def _media(db: Database, settings: Settings) -> Iterator[Finding]:
    with db.read() as session:
        newest = (
            select(MediaRow.sha256, MediaRow.size)
            .order_by(MediaRow.at.desc(), MediaRow.sha256)
            .limit(_SAMPLE)
        )
        names = session.execute(newest).all()
    place = settings.media_url or "the data folder"
    media, _ = open_stores(settings)
    try:
        missing = [name for name, size in [*names, ("0" * 64, None)] if media.size(name) != size]
    except MediaUnavailable:
        yield bad(
            f"Media in {place} cannot be reached.",
            "The files are as they were.",
            "Look at its address and credentials.",
        )
        return
    finally:
        media.close()
    if missing:
        told = f"{len(missing)} of the newest {len(names)} media files are not in {place}, the first is {missing[0]}."
        yield bad(
            told,
            "Their names and hashes are known.",
            "Put them back from a backup with --media, or from their owners.",
        )
    else:
        yield good(f"Media in {place} can be reached; the newest {len(names)} are there.")
