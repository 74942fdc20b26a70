# SPDX-License-Identifier: Apache-2.0
"""Cases of one profile: what the platform does not judge, pay or take is written to a file that anybody can bring.

Nothing secret is in it, nothing is sent by it, and the platform's own way stays open.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, replace

from gems_desktop.services import case_evidence
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import ChainUnreachable, NothingToDo
from gems_desktop.services.facts import Topic
from gems_desktop.services.facts_case import CaseFacts
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ItemRecord, SettingRecord
from gems_protocol import case as cases
from gems_protocol.amount import Amount
from gems_protocol.case import Case
from gems_protocol.case_steps import next_step

_JUDGE = "judge_address"


@dataclass(frozen=True, slots=True)
class _Kept:
    """A case that was written to a file before."""

    case: Case
    at: int


class Cases:
    """Makes cases, and follows them on chain."""

    def __init__(self, context: Context) -> None:
        self._c = context

    async def facts(self, item_id: str) -> CaseFacts:
        """The case of an item, and where it stands on chain as two nodes say; without a line, what is known here."""
        me = await self._c.address()
        shown, case = await self._shown(item_id, me)
        if case is None or (not shown.saved_at and shown.since > self._c.platform.time()):
            return shown
        try:
            step = next_step(case, await self._c.court.seen(case.place, case.root, self._c.platform.time()))
        except ChainUnreachable:
            return shown
        return replace(shown, stage=step.stage.name, until=step.until)

    async def write(self, item_id: str, path: str) -> None:
        """Write the case to a file, wholly or not at all; raises NothingToDo, DiskFull, StoreUnreadable."""
        judge = await self._judge()
        where = case_evidence.Where(self._c.network, judge, self._c.platform.time())
        kept, found, item = await self._c.store.run(lambda tx: _read(tx, item_id, where))
        if item is None or (found is None and kept is None) or (found and found.since > where.now):
            raise NothingToDo(
                "There is nothing that the contract would pay for this yet.",
                safe="Nothing was sent, and everything that was signed is kept here.",
                action="Look again when its time has come; the outbox says when.",
            )
        case = kept.case if kept is not None and (found is None or found.case is None) else None
        if case is None and found is not None:
            case = found.case if found.case is not None else await self._signed(item, found, where)
        if case is None:
            raise AssertionError("a case was found and is none")
        content = await asyncio.to_thread(_checked, case)
        await self._c.towers.write_file(path, content)
        text, at = content.decode(), where.now
        await self._c.store.run(lambda tx: set_value(tx, _name(item_id), {"at": at, "text": text}))
        self._c.publish(Topic.OUTBOX)

    async def _shown(self, item_id: str, me: str) -> tuple[CaseFacts, Case | None]:
        judge = await self._c.store.run(lambda tx: get_value(tx, _JUDGE, "0x" + "0" * 40))
        where = case_evidence.Where(self._c.network, str(judge), self._c.platform.time())
        kept, found, item = await self._c.store.run(lambda tx: _read(tx, item_id, where))
        saved_at = kept.at if kept is not None else 0
        case = found.case if found is not None else None
        if case is None and kept is not None:
            case = kept.case
        if item is None or (found is None and case is None):
            return CaseFacts(item_id), None
        facts = CaseFacts(item_id, saved_at=saved_at)
        if found is not None:
            pays, window = item.reward + item.stake, found.terms.window
            facts = replace(facts, kind=found.kind.value, since=found.since, pays=pays, window_s=window)
            facts = replace(facts, by=found.by or (item.due_at if case is None else 0))
        if case is not None:
            since, pays = facts.since or case.made_at, Amount(case.pays(me))
            facts = replace(facts, kind=case.kind.value, since=since, pays=pays, window_s=case.terms.window)
        return facts, case

    async def _judge(self) -> str:
        """Judge's address, which Campaigns says for ever: asked once."""
        known = await self._c.store.run(lambda tx: get_value(tx, _JUDGE))
        if known is None:
            known = await self._c.court.judge()
            await self._c.store.run(lambda tx: set_value(tx, _JUDGE, known))
        return str(known)

    async def _signed(
        self, item: ItemRecord, found: case_evidence.Found, where: case_evidence.Where
    ) -> Case | None:
        if found.answer is None:
            return None
        submission, batch = case_evidence.alone(item, found.answer, where.now)
        signature = await self._c.sign(batch)
        return case_evidence.anchored(item, found.terms, (submission, batch, signature), where)


def _checked(case: Case) -> bytes:
    """The file, read back as whoever gets it will."""
    content = cases.write(case)
    cases.read(content)
    return content


def _read(
    tx: Tx, item_id: str, where: case_evidence.Where
) -> tuple[_Kept | None, case_evidence.Found | None, ItemRecord | None]:
    item = tx.get(ItemRecord, item_id)
    told = get_value(tx, _name(item_id))
    kept = None if told is None else _Kept(cases.read(told["text"].encode()), told["at"])
    return kept, (case_evidence.find(tx, item, where) if item is not None else None), item


def _name(item_id: str) -> str:
    return f"case:{item_id}"


def written_of(tx: Tx, item_ids: list[str]) -> dict[str, int]:
    """Of these items, those whose case was written to a file, and when (Unix seconds)."""
    names = {_name(item_id): item_id for item_id in item_ids}
    rows = tx.rows(SettingRecord, ("name", "value"), name=tuple(names)) if names else []
    return {names[name]: json.loads(value)["at"] for name, value in rows}
