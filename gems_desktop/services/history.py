# SPDX-License-Identifier: Apache-2.0
"""The whole history of money: in pages, chosen by kind and time, summed up, and as a CSV file."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from gems_desktop.services.context import Context
from gems_desktop.services.errors import DiskFull, StoreUnreadable
from gems_desktop.services.facts import LedgerLine
from gems_desktop.services.facts_history import ALL, Chosen, Sum, Totals
from gems_desktop.services.ledger import newest_lines
from gems_protocol.amount import ZERO, Amount
from gems_protocol.text import cell

_PAGE = 2_000
HEAD = ("time", "what", "campaign", "requester", "task", "pocket", "GEM", "fee", "practice")


class History:
    """The movements of one profile."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def pages(self, chosen: Chosen = ALL, page: int = _PAGE) -> AsyncIterator[list[LedgerLine]]:
        """The chosen movements, newest first, a page at a time: memory does not grow with the history."""
        until, depth = (chosen.until - 1 if chosen.until else None), page
        while True:
            lines, floor = await self._c.store.run(lambda tx, u=until, d=depth: newest_lines(tx, d, u))  # type: ignore[misc]
            kept = [line for line in lines if chosen.takes(line)]
            if kept:
                yield kept
            if floor is None or floor < chosen.since:
                return
            depth = depth * 4 if floor == until else page  # a second that holds more than a page
            until = floor

    async def totals(self, chosen: Chosen = ALL) -> Totals:
        """Sums of the chosen movements."""
        sums: tuple[dict[str, Amount], ...] = ({}, {})
        tables: tuple[dict[str, Sum], ...] = ({}, {}, {})
        async for lines in self.pages(chosen):
            for line in lines:
                day = datetime.fromtimestamp(line.at, UTC).date().isoformat()
                for found, name in zip(sums, (line.what, line.pocket), strict=True):
                    found[name] = found.get(name, ZERO) + line.amount
                for table, name in zip(tables, (line.requester, day, line.what), strict=True):
                    table[name] = table.get(name, Sum(name)).plus(line)
        kinds, pockets = (tuple(sorted(found.items())) for found in sums)
        whole = [tuple(table[name] for name in sorted(table)) for table in tables]
        return Totals(kinds, pockets, *whole)

    async def export(self, path: str, chosen: Chosen = ALL) -> int:
        """Write the chosen movements; the number of rows. Raises DiskFull or StoreUnreadable."""
        count = 0
        try:
            with open(path, "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(HEAD)
                async for lines in self.pages(chosen):
                    writer.writerows(_row(line) for line in lines)
                    count += len(lines)
        except OSError as error:
            raise (DiskFull() if error.errno in (28, 122) else StoreUnreadable()) from error
        return count


def _row(line: LedgerLine) -> list[str]:
    when = datetime.fromtimestamp(line.at, UTC).isoformat()
    what = [when, line.what, cell(line.campaign_title), line.requester, line.item_id, line.pocket]
    return [*what, line.amount.exact(), line.fee.exact(), "yes" if line.practice else "no"]
