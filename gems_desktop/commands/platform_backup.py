# SPDX-License-Identifier: Apache-2.0
"""`gems platform backup` and `restore`: a copy of a platform while it serves, and back into an empty store."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import platform_settings
from gems_desktop.commands.moment import utc

if TYPE_CHECKING:
    from gems_platform.operating.restoring import Restored

_AFTER = """\
What was agreed after {taken} is not in this store. What is made safe:
- Vouchers that workers hold since then are good. Nothing is signed in {doubted} channels until their workers have
  shown their newest voucher and debit; their clients do that by themselves when they next come online.
- Answers and votes with a receipt are sent again by the clients that hold the receipt, and judged again; what a
  voucher paid before is not paid twice.
- Deposits, claims, Spends that were redeemed and closes are read from the chain.
- Leases of that time are unknown: their answers stay with their workers. Campaigns of that time are offered again
  by their requesters; their money is in the escrow.
Make sure that no process of the lost platform runs any more: two hubs with one key would sign against each other.
Next: gems platform doctor, then serve; later gems platform reconcile."""


def add_parts(parts: Any) -> None:
    """Add both commands to those of `gems platform`."""
    backup = parts.add_parser(
        "backup",
        help="copy a platform while it serves, into one file",
        description="One moment of the store as a file that both engines read, checked after it was written. It holds "
        "no keys, but what people wrote: keep it as safe as the store.",
    )
    backup.add_argument("target", type=Path, metavar="FILE")
    platform_settings.add_option(backup)
    backup.add_argument("--media", action="store_true", help="with the media files themselves")
    backup.add_argument("--native", action="store_true", help="the engine's own copy: SQLite's, or pg_dump's")
    backup.set_defaults(handler=run_backup)
    restore = parts.add_parser(
        "restore",
        help="put a backup into an empty store, on SQLite or PostgreSQL",
        description="The settings name the empty store and the keys of the platform that was backed up.",
    )
    what = restore.add_mutually_exclusive_group(required=True)
    what.add_argument("source", nargs="?", type=Path, metavar="FILE")
    what.add_argument(
        "--in-place",
        action="store_true",
        help="the store was put back by other means: freeze signing as after any restore",
    )
    restore.add_argument("--into", dest="settings", type=Path, required=True, metavar="SETTINGS")
    restore.set_defaults(handler=run_restore)


def run_backup(options: argparse.Namespace) -> int:
    """0 when it was written and read again; raises CannotOperate, BadBackup, StoreBehind."""
    from gems_platform.operating import native
    from gems_platform.operating.backing_up import back_up
    from gems_platform.operating.opening import opened

    settings = platform_settings.settings_of(options)
    with opened(settings) as db:
        if options.native:
            native.copy(settings, options.target)
            print(
                f"{options.target}: the engine's own copy. After putting it back: gems platform restore --in-place"
            )
            return 0
        done = back_up(db, settings, options.target, int(time.time()), media=options.media)
    told = done.manifest
    media = f"{told.media} media files of {told.media_bytes} bytes {'with it' if told.with_media else 'named only'}"
    print(
        f"{options.target}: {done.rows} rows of version {told.version}, {media}. Every byte was read again."
    )
    if done.missing:
        print(
            f"{len(done.missing)} media files are missing in the media store, the first {done.missing[0]}.",
            file=sys.stderr,
        )
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """0 when it was put back; raises BadBackup, CannotOperate: then nothing was."""
    from gems_platform.operating import restoring
    from gems_platform.operating.opening import opened, unchecked

    settings, now = platform_settings.settings_of(options), int(time.time())
    if options.in_place:
        with opened(settings) as db:
            doubted = restoring.mark(db, now, now)
        print(_AFTER.format(taken="the copy", doubted=doubted))
        return 0
    with unchecked(settings, new=True) as db:
        done = restoring.restore(db, settings, options.source, now)
    print(_told(done))
    return 0


def _told(done: Restored) -> str:
    told = done.manifest
    lines = [f"{done.rows} rows of {utc(told.taken_at)} (version {told.version}, {told.engine}) are back."]
    if done.media:
        lines.append(f"{done.media} media files are back.")
    if done.missing:
        lines.append(
            f"{len(done.missing)} media files are not in the media store: put them back, or tasks cannot be shown."
        )
    return "\n".join((*lines, _AFTER.format(taken=utc(told.taken_at), doubted=done.doubted)))
