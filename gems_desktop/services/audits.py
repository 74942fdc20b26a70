# SPDX-License-Identifier: Apache-2.0
"""How my audits were drawn against what chance explains, and any verdict's evidence as a file for others."""

from __future__ import annotations

import json
from typing import Any

from gems_desktop.services.audit_spans import audit_spans
from gems_desktop.services.context import Context
from gems_desktop.services.errors import DiskFull, NothingToDo, StoreUnreadable
from gems_desktop.services.facts import AuditRecordFacts, AuditRow
from gems_desktop.services.offers import stored_campaign
from gems_desktop.services.outside import clean_line
from gems_desktop.services.ports import Tx
from gems_desktop.services.queries import Not
from gems_desktop.services.record_of_work import record_version
from gems_desktop.services.records import CampaignRecord, EventRecord, ItemRecord, SealedRecord
from gems_protocol.audit_record import Draw, audit_record

_ROWS = 500


def record_facts(tx: Tx) -> AuditRecordFacts:
    """See Trust.audit_record; kept until my record changes."""
    return tx.memo("audit_record", record_version(tx), lambda: _read(tx))


def _read(tx: Tx) -> AuditRecordFacts:
    about = ("item_id", "campaign_id", "changed_at", "draw")
    items = tx.rows(ItemRecord, about, order="judged_at", descending=True, kind="work", draw=Not(""))
    draws = [Draw(**json.loads(drawn)) for *_, drawn in items]
    found = audit_record(draws)
    weekly, spans = audit_spans((at, draw) for (_, _, at, _), draw in zip(items, draws, strict=True))
    titles: dict[str, str] = {}
    for record in tx.find(CampaignRecord):
        titles[record.campaign_id] = clean_line(stored_campaign(record).manifest.title)
    return AuditRecordFacts(
        submissions=found.draws,
        expected_hundredths=round(100 * found.expected),
        had=found.had,
        not_revealed=found.not_revealed,
        without_seed=found.without_seed,
        one_in=found.one_in,
        code=found.finding.value,
        sentence=found.sentence,
        weekly=weekly,
        spans=spans,
        rows=tuple(
            AuditRow(
                item_id=item_id,
                campaign_title=titles.get(campaign_id, ""),
                at=at,
                chance_ppm=draw.chance_ppm,
                drawn=draw.drawn,
                checked=draw.revealed,
                seeded=draw.seeded,
            )
            for (item_id, campaign_id, at, _), draw in list(zip(items, draws, strict=True))[:_ROWS]
        ),
    )


async def export_evidence(context: Context, item_id: str, path: str) -> None:
    """See Trust.export_evidence; raises NothingToDo, DiskFull or StoreUnreadable."""
    value = await context.store.run(lambda tx: _evidence(tx, item_id))
    network = context.network
    value["domain"] = {"chain_id": network.chain_id, "contract": network.campaigns}
    value["hub"] = network.platform_signer
    try:
        with open(path, "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=1, sort_keys=True)
            file.write("\n")
    except OSError as error:
        raise (DiskFull() if error.errno in (28, 122) else StoreUnreadable()) from error


def _evidence(tx: Tx, item_id: str) -> dict[str, Any]:
    item = tx.get(ItemRecord, item_id)
    event = tx.get(EventRecord, item.judged_at) if item is not None and item.final else None
    record = tx.get(CampaignRecord, item.campaign_id) if item is not None else None
    if item is None or event is None or record is None:
        raise NothingToDo(
            "There is no final verdict about this task here.", action="Wait until it can change no more."
        )
    campaign = stored_campaign(record)
    return {
        "terms": campaign.terms.to_json(),
        "manifest": campaign.manifest.to_json(),
        "evidence": json.loads(event.body)["evidence"],
        "receipt": _receipt(tx, item),
    }


def _receipt(tx: Tx, item: ItemRecord) -> dict[str, Any] | None:
    """What the platform signed when the batch with this answer came; None when that is not known here."""
    for sealed in tx.find(SealedRecord, kind=item.kind):
        if sealed.receipt and item.item_id in json.loads(sealed.item_ids):
            found: dict[str, Any] = json.loads(sealed.receipt)
            return found
    return None
