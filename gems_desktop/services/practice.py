# SPDX-License-Identifier: Apache-2.0
"""A campaign's practice set: done here, checked there, told what was right and a hint, never the answer."""

from __future__ import annotations

import json
from typing import Any

from gems_desktop.services import answers as drafts
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import AnswerIncomplete, NothingToDo, PlatformLied
from gems_desktop.services.facts import PracticeFacts, PracticeFeedback, PracticeResult, PracticeTask
from gems_desktop.services.leases import read_media
from gems_desktop.services.offers import listed
from gems_desktop.services.outside import clean_line, clean_text, clean_warning, first_language
from gems_desktop.services.ports import Tx
from gems_desktop.services.sync_lease import Leasing
from gems_desktop.services.task_view import wishes_of
from gems_protocol.audit import MILLION
from gems_protocol.campaign import task_bytes
from gems_protocol.errors import MalformedMessage
from gems_protocol.practice import MOST_ITEMS

MAX_TASKS = MOST_ITEMS


class Practice:
    """The practice sets of one profile."""

    def __init__(self, context: Context, leasing: Leasing) -> None:
        self._c, self._leasing = context, leasing
        #: Of the practice sets that were shown: tasks as JSON by place.
        self._data: dict[str, dict[int, str]] = {}

    async def facts(self, campaign_id: str) -> PracticeFacts:
        """See Sync.practice."""
        campaign = await self._leasing.campaign(campaign_id)
        value = await self._c.platform.get(f"/v1/campaigns/{campaign_id}/practice")
        tasks = tuple(_task(entry) for entry in listed(value, "tasks"))
        share, passed = value.get("share_ppm"), value.get("passed")
        if type(share) is not int or not 0 <= share <= MILLION or type(passed) is not bool:
            raise PlatformLied("a practice set is malformed.")
        if len({task.place for task in tasks}) != len(tasks) or len(tasks) > MAX_TASKS:
            raise PlatformLied("a practice set is malformed.")
        if not tasks:
            raise NothingToDo("This campaign has no practice set.")
        for name, size in (file for task in tasks for file in task.media):
            if not self._c.media.has(name):
                await self._c.media.ensure(name, size)
        self._data[campaign_id] = {task.place: json.dumps(task.data) for task in tasks}
        manifest = campaign.manifest
        config = manifest.module.config
        await self._c.store.run(lambda tx: _note(tx, campaign_id, passed))
        wishes = await self._c.store.run(lambda tx: wishes_of(tx, config))
        return PracticeFacts(
            campaign_id=campaign_id,
            campaign_title=clean_line(manifest.title),
            instructions=clean_text(manifest.instructions),
            config=config,
            tasks=tasks,
            share_ppm=share,
            passed=passed,
            wishes=wishes,
            content_warning=clean_warning(manifest.content_warning),
            language=first_language(manifest.languages),
        )

    async def answer(self, campaign_id: str, answers: dict[int, list[dict[str, Any]]]) -> PracticeResult:
        """See Sync.answer_practice."""
        campaign = await self._leasing.campaign(campaign_id)
        config = campaign.manifest.module.config
        for place in sorted(answers):
            data = self._data.get(campaign_id, {}).get(place, "{}")
            wrong = drafts.problems(config, data, answers[place])
            if wrong:
                raise AnswerIncomplete(tuple(wrong))
        given = [{"place": place, "answer": answers[place]} for place in sorted(answers)]
        value = await self._c.platform.post(f"/v1/campaigns/{campaign_id}/practice", {"answers": given})
        try:
            items = tuple(
                PracticeFeedback(entry["place"], entry["right"] is True, clean_text(entry["hint"]))
                for entry in value["items"]
            )
            found = PracticeResult(value["right"], value["of"], value["passed"] is True, items)
        except (KeyError, TypeError, AttributeError) as error:
            raise PlatformLied("what it says of a practice set is malformed.") from error
        numbers = (found.right, found.of, *(item.place for item in items))
        if any(type(number) is not int or number < 0 for number in numbers) or found.right > found.of:
            raise PlatformLied("what it says of a practice set is malformed.")
        await self._c.store.run(lambda tx: _note(tx, campaign_id, found.passed))
        return found


def has_passed(tx: Tx, campaign_id: str) -> bool:
    """Whether the platform said that I passed the campaign's practice set."""
    return bool(get_value(tx, f"practice:{campaign_id}", False))


def _note(tx: Tx, campaign_id: str, passed: bool) -> None:
    set_value(tx, f"practice:{campaign_id}", passed or has_passed(tx, campaign_id))


def _task(entry: dict[str, Any]) -> PracticeTask:
    place, data = entry.get("place"), entry.get("data")
    try:
        task_bytes(data)
    except MalformedMessage as error:
        raise PlatformLied("a practice task is malformed.") from error
    if type(place) is not int or place < 0 or not isinstance(data, dict):
        raise PlatformLied("a practice task is malformed.")
    media = json.loads(read_media(entry.get("media") or []))
    return PracticeTask(place, data, tuple((file["sha256"], file["size"]) for file in media))
