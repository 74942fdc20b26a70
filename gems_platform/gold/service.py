# SPDX-License-Identifier: Apache-2.0
"""Hidden checks: taking known answers in, mixing their tasks among the others, and what they find.

Known answers never decide about money. Nobody is told which task had one before the campaign is over.
"""

from __future__ import annotations

import json
import secrets
from typing import Any, Literal

from eth_utils import keccak
from sqlalchemy.orm import Session

from gems_platform.campaigns import modules
from gems_platform.campaigns import repository as campaigns
from gems_platform.campaigns.facts import Facts, facts
from gems_platform.errors import Conflict, Malformed
from gems_platform.gold import linking, practice, repository
from gems_platform.gold.tables import GoldCheckRow, GoldRow, GoldSetRow
from gems_platform.schemas import raw, text
from gems_platform.settings import Settings
from gems_protocol.audit import MILLION
from gems_protocol.campaign import Manifest, result_hash
from gems_protocol.gold import GOLD_PPM, NEWCOMER_GOLD, GoldItem, gold_root

Role = Literal["miner", "verifier"]
NEWCOMER_PPM = 500_000  # every other task, so that no place in a batch tells
check_practice = practice.check


def store(
    session: Session, campaign_id: str, manifest: Manifest, tasks: list[dict[str, Any]], value: Any
) -> None:
    """Keep the known answers of a new campaign; value: a list of `GoldItem`s as JSON, or None.

    Raises Malformed and MalformedMessage unless they are exactly those that the manifest commits to.
    """
    if value is not None and type(value) is not list:
        raise Malformed("The known answers are not a list.")
    items = [GoldItem.from_json(one) for one in value or []]
    if gold_root(items) != manifest.gold_root:
        raise Malformed("The known answers are not those that the manifest's gold root names.")
    for item in items:
        if item.index >= len(tasks):
            raise Malformed(f"There is no task {item.index + 1} for a known answer.")
        modules.check_answer(manifest.module.config, tasks[item.index], item.answer)
    if items:
        repository.add_set(
            session,
            GoldSetRow(campaign_id=campaign_id, secret=text(secrets.token_bytes(32))),
            [
                GoldRow(
                    campaign_id=campaign_id,
                    index=item.index,
                    answer=json.dumps(item.answer),
                    salt=text(item.salt),
                )
                for item in items
            ],
        )


def check(
    session: Session,
    campaign: Facts,
    worker: str,
    role: Role,
    index: int,
    attempt: int,
    answer: Any,
    now: int,
) -> bool | None:
    """Check an answer (a miner's, a blind verifier's) by the known one; None when there is none to check by."""
    if not any(campaign.manifest.gold_root):
        return None  # it has none at all
    known = repository.known(session, text(campaign.campaign_id), index)
    if known is None or known.retired:
        return None
    right = campaign.rules.same(answer, json.loads(known.answer))
    wrong = None if right else text(result_hash(answer))
    return _keep(session, campaign, worker, role, index, attempt, right, now, wrong)


def check_vote(
    session: Session,
    campaign: Facts,
    worker: str,
    index: int,
    attempt: int,
    miner_answer: Any,
    accept: bool,
    now: int,
) -> bool | None:
    """Check a verifier's approval or rejection: right when the miner's answer is what the vote says of it."""
    known = repository.known(session, text(campaign.campaign_id), index)
    if known is None or known.retired:
        return None
    right = campaign.rules.same(miner_answer, json.loads(known.answer)) is accept
    return _keep(session, campaign, worker, "verifier", index, attempt, right, now)


def _keep(
    session: Session,
    campaign: Facts,
    worker: str,
    role: Role,
    index: int,
    attempt: int,
    right: bool,
    now: int,
    answer_hash: str | None = None,
) -> bool:
    """Keep the first check of a worker by a task: whoever tries again may know the answer by then."""
    campaign_id = text(campaign.campaign_id)
    if not repository.was_checked(session, worker, role, campaign_id, index):
        repository.add_check(
            session,
            GoldCheckRow(
                worker=worker,
                role=role,
                family=campaign.family,
                campaign_id=campaign_id,
                index=index,
                attempt=attempt,
                right=right,
                at=now,
                answer_hash=answer_hash,
            ),
        )
        if answer_hash is not None:
            linking.look(session, worker, campaign_id, index, answer_hash, now)
    return right


def were_shown(session: Session, settings: Settings, campaign_id: str, indexes: list[int]) -> None:
    """Count the people whom known tasks were offered to; one that too many saw checks nobody any more."""
    for row in repository.known_among(session, campaign_id, indexes):
        row.shown += 1
        if row.shown >= settings.gold_shown_most:
            row.retired = True
            repository.forget_known(session, row)


def prefer(session: Session, worker: str, family: str, campaign_id: str, indexes: list[int]) -> list[int]:
    """The order in which a miner is given these tasks: every other one known until `NEWCOMER_GOLD`, then 5 %.

    The order follows from a secret of the campaign, so it is the same when asked again and cannot be foreseen. A
    known task whose input the worker had before is left out; without known answers nothing changes.
    """
    secret = repository.secret(session, campaign_id)
    if secret is None:
        return indexes
    mixed = sorted(indexes, key=lambda index: _draw(secret, worker, index, "order"))
    is_gold = repository.indexes(session, campaign_id, mixed)
    known = _unseen(session, worker, campaign_id, [index for index in mixed if index in is_gold])
    plain = [index for index in mixed if index not in is_gold]
    newcomer = max(0, NEWCOMER_GOLD - repository.given(session, worker, family))
    ordered: list[int] = []
    for index in plain:
        ppm = NEWCOMER_PPM if newcomer else GOLD_PPM
        while known and _draw(secret, worker, len(known), f"before {index}") % MILLION < ppm:
            ordered.append(known.pop(0))
            newcomer = max(0, newcomer - 1)
            ppm = NEWCOMER_PPM if newcomer else GOLD_PPM
        ordered.append(index)
    return ordered + known


def _draw(secret: bytes, worker: str, number: int, purpose: str) -> int:
    return int.from_bytes(keccak(secret + f"{worker}{number}{purpose}".encode()), "big")


def _unseen(session: Session, worker: str, campaign_id: str, known: list[int]) -> list[int]:
    """Without tasks whose input this worker had before, and without the second of two that are the same."""
    inputs = repository.inputs(session, campaign_id, known)
    seen = repository.seen_inputs(session, worker, inputs.values())
    unseen = []
    for index in known:
        if inputs[index] not in seen:
            seen.add(inputs[index])
            unseen.append(index)
    return unseen


def reveal(session: Session, campaign_id: str, now: int) -> dict[str, Any]:
    """Every known answer with its salt, once nobody can learn from it; raises Conflict before."""
    row = campaigns.get(session, campaign_id)
    if facts(row).terms.ends > now:
        raise Conflict("The known answers are shown when the campaign has ended.")
    items = [
        GoldItem(found.index, json.loads(found.answer), raw(found.salt)).to_json()
        for found in repository.all_known(session, campaign_id)
    ]
    return {"gold": items}
