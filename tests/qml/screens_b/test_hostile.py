# SPDX-License-Identifier: Apache-2.0
"""300 hostile strings in every field that comes from outside, on every screen: drawn as they are, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from xml.sax.saxutils import quoteattr

import pytest

from gems_desktop.services.facts import ItemState, PracticeFeedback, PracticeResult, PracticeTask, Topic
from gems_desktop.viewmodels.practice import feedback_rows
from gems_protocol.content_warning import ContentWarning
from gems_protocol.modules import ConfigRefused, parse
from gems_protocol.text import clean, line
from tests.helpers.canary import canary
from tests.helpers.fake_session import FakeSession
from tests.helpers.hostile import COUNT, hostile_strings
from tests.helpers.plaintext import find_rich_text
from tests.helpers.sample_facts import appeal, campaign, item_id, outbox_item, review, story, task
from tests.qml.screens_b.conftest import OpenStage

PAGES = ("findWork", "work", "review", "outbox")
#: Faces of the pages beside the first one.
FACES = ("blind", "appeal")
#: Painting is what costs; each string is shown, each tenth painted.
PAINT_EVERY = 10


def config_with(text: str) -> str:
    """A labelling config whose every word is `text`, as far as the parser lets it through."""
    value = quoteattr(line(text, 100) or "x")
    config = (
        f"<View><Header value={value}/><Text name='text' value='$text'/>"
        f"<Choices name='mood' toName='text'><Choice value={value} hint={value}/><Choice value='Other'/></Choices>"
        f"<TextArea name='why' toName='text' placeholder={value}/></View>"
    )
    try:
        parse(config)
    except ConfigRefused:
        return task().config
    return config


def put(session: FakeSession, text: str) -> None:
    """`text` in every outside field, cleaned as the services clean it."""
    one, many = line(text, 200), clean(text)
    session.sync.offers = [
        campaign(
            number,
            title=one,
            description=many,
            instructions=many,
            module_name=one,
            policy=one if number == 2 else "consensus",
            requester=one,
            content_warning=ContentWarning(("other",), many),
            can_lease=number != 3,
            why_not=many,
            practice_ppm=500_000,
            practice_passed=number != 3,
        )
        for number in (1, 2, 3)
    ]
    session.sync.practice_set = replace(
        session.sync.practice_set,
        campaign_title=one,
        instructions=many,
        config=config_with(text),
        tasks=(PracticeTask(0, {"text": text}),),
    )
    words = {
        "campaign_title": one,
        "instructions": many,
        "config": config_with(text),
        "data": {"text": text, "image": text},
    }
    session.work.tasks = {item_id(n): task(n, **words, redo_reason=one, redo_note=many) for n in (1, 2)}
    session.work.open_id = item_id(1)
    session.review.reviews = [review(1, **words, note=many, reason=one, verdict="reject", answer=[])]
    session.review.state = replace(session.review.state, why_not=many)
    session.work.items = [
        outbox_item(
            n, state, campaign_title=one, reason=one, note=many, dispute=many, disputed_by=by, appeal=appealed
        )
        for n, (state, by, appealed) in enumerate(
            (
                (ItemState.REJECTED, "", "open"),
                (ItemState.DISPUTED, "requester", ""),
                (ItemState.REJECTED, "miner", "lost"),
                (ItemState.SEALED, "", ""),
                (ItemState.PAID, "requester", ""),
            )
        )
    ]
    hostile = [
        {
            "id": "h1",
            "from_name": "why",
            "to_name": "text",
            "type": "textarea",
            "value": {"text": [many or "x"]},
        }
    ]
    session.work.stories = {
        item_id(n): story(n, config=config_with(text), answer=hostile, fingerprint=one) for n in (0, 2)
    }
    session.work.appeals = {
        item_id(0): appeal(item_id(0), why_not=many, possible=len(text) % 2 == 0),
        item_id(2): appeal(item_id(2), state="lost", reason=many),
    }


def put_blind(session: FakeSession, text: str) -> None:
    """`text` in every outside field of a blind review of disputed work."""
    put(session, text)
    session.review.blind = {}
    session.review.reviews = [replace(session.review.reviews[0], verdict="", blind=True, disputed=True)]


@pytest.mark.parametrize("page", PAGES)
async def test_300_hostile_strings(open_stage: OpenStage, page: str) -> None:
    with canary() as bird:
        strings = hostile_strings(bird.url())
        assert len(strings) == COUNT == 300
        session = FakeSession()
        put(session, strings[0])
        stage = await open_stage(page, session)
        for at, text in enumerate(strings):
            put(session, text)
            stage.work.open(item_id(1 + at % 2))
            stage.review.start(stage.review._open(session.review.reviews[0]))
            stage.find.select(item_id(1001 + at % 3))
            session.publish(Topic.CAMPAIGNS, Topic.OUTBOX, Topic.REVIEW, Topic.CONNECTION)
            await stage.until(lambda: not any(model.busy for model in stage.app.models.values()))
            if at % PAINT_EVERY == 0:
                assert not stage.window.grabWindow().isNull()
                assert find_rich_text(stage.window, stage.engine) == []
        assert find_rich_text(stage.window, stage.engine) == []
        assert stage.engine.interceptor.refused == []
        stage.close()
        assert bird.hits == []


async def test_the_strings_do_reach_the_screens(open_stage: OpenStage) -> None:
    text = '<b>bold</b> <img src="y">'
    for page in PAGES:
        session = FakeSession()
        put(session, text)
        stage = await open_stage(page, session)
        assert stage.says(text), page


@pytest.mark.parametrize("face", FACES)
async def test_300_hostile_strings_in_a_blind_review_and_in_an_appeal(
    open_stage: OpenStage, face: str
) -> None:
    with canary() as bird:
        strings = hostile_strings(bird.url())
        session = FakeSession()
        put_blind(session, strings[0])
        stage = await open_stage("review" if face == "blind" else "outbox", session)
        for at, text in enumerate(strings):
            put_blind(session, text)
            if face == "blind":
                stage.review.start(stage.review._open(session.review.reviews[0]))
            else:
                session.publish(Topic.OUTBOX)
                await stage.until(lambda: not stage.outbox.busy)
                stage.outbox.openAppeal(item_id(at % 2 * 2))
            await stage.until(lambda: not any(model.busy for model in stage.app.models.values()))
            if at % PAINT_EVERY == 0:
                assert not stage.window.grabWindow().isNull()
                assert find_rich_text(stage.window, stage.engine) == []
        assert find_rich_text(stage.window, stage.engine) == []
        assert stage.engine.interceptor.refused == []
        stage.close()
        assert bird.hits == []


async def test_the_strings_reach_the_appeal_too(open_stage: OpenStage) -> None:
    text = '<b>bold</b> <img src="y">'
    session = FakeSession()
    put(session, text)
    stage = await open_stage("outbox", session)
    for number in (0, 2):
        stage.outbox.openAppeal(item_id(number))
        await stage.calm()
        assert stage.words().count(text) >= 1


async def test_hostile_practice_sets(open_stage: OpenStage) -> None:
    """The examples, their instructions and every hint."""
    with canary() as bird:
        strings = hostile_strings(bird.url())
        session = FakeSession()
        put(session, strings[0])
        stage = await open_stage("findWork", session)
        stage.find.select(item_id(1001))
        practice = stage.find.property("practice")
        for text in strings[::PAINT_EVERY]:
            put(session, text)
            practice.open(item_id(1001))
            await stage.until(lambda: not practice.busy)
            assert not stage.window.grabWindow().isNull()
            assert find_rich_text(stage.window, stage.engine) == []
            result = PracticeResult(0, 1, False, (PracticeFeedback(0, False, clean(text)),))
            practice._feedback.replace(feedback_rows(session.sync.practice_set, result))
            practice._put(result=result)
            assert not stage.window.grabWindow().isNull()
            assert find_rich_text(stage.window, stage.engine) == []
        assert stage.engine.interceptor.refused == []
        stage.close()
        assert bird.hits == []
