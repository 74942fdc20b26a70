# SPDX-License-Identifier: Apache-2.0
"""What is blocked or hidden is not leased and not told of; it stays in the profile, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gems_desktop.services.facts import Topic
from gems_desktop.services.kinds import kinds_of
from gems_desktop.services.queue import ENOUGH, NO_CAMPAIGN, choices
from gems_desktop.services.set_aside import SetAside
from gems_desktop.services.settings import fits
from tests.desktop.services.conftest import Open
from tests.desktop.services.test_keeping import keeper
from tests.desktop.services.test_loop import do_all
from tests.desktop.services.test_queue import CAMPAIGN
from tests.platform.world import World


def test_why_a_campaign_is_not_offered() -> None:
    aside = SetAside(("0xr",), ("0xc",))
    assert aside.why("0xc", "0xr") == "requester"
    assert aside.why("0xc", "0xs") == "campaign"
    assert aside.why("0xd", "0xs") == ""


def test_nothing_of_it_is_chosen_to_be_leased() -> None:
    mine = frozenset({CAMPAIGN.campaign_id})
    assert choices([CAMPAIGN], mine, frozenset()) == [CAMPAIGN]  # the control
    assert choices([replace(CAMPAIGN, set_aside="campaign")], mine, frozenset()) == []


@pytest.mark.parametrize(
    ("config", "kinds"),
    [
        (
            '<View><Image name="a" value="$a"/><Choices name="b" toName="a"><Choice value="x"/></Choices></View>',
            ("pictures",),
        ),
        ("<View><nonsense", ()),
    ],
)
def test_the_kind_of_task_is_read_from_its_config(config: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of(config) == kinds


def test_how_find_work_looks_is_an_option() -> None:
    assert fits("find_order", "reward") and not fits("find_order", "luck")
    assert fits("find_only", ["noStake"]) and not fits("find_only", ["all"])
    assert fits("find_language", "") and fits("find_language", "pt-BR") and not fits("find_language", "<b>")
    assert fits("find_kind", "sound") and not fits("find_kind", "smells")


async def test_work_at_hand_is_not_topped_up_from_what_is_blocked(live: World, opened: Open) -> None:
    """Before, the same look leases four more tasks of it: that is the control at the end."""
    miner = await keeper(live, opened)
    (offer,) = await miner.sync.campaigns()
    assert (offer.watched, offer.set_aside, offer.kinds) == (True, "", ("text",))
    await do_all(miner)
    told: list[frozenset[Topic]] = []
    miner.subscribe(told.append)
    await miner.settings.set_aside(requester=offer.requester, on=True)
    assert told == [frozenset({Topic.SETTINGS, Topic.CAMPAIGNS})]
    (blocked,) = await miner.sync.campaigns()
    assert (blocked.set_aside, blocked.watched) == ("requester", False)
    assert (await miner.settings.facts()).blocked == (offer.requester,)
    assert await miner.sync.keeping.top_up() == 0 and miner.sync.keeping.why_not == NO_CAMPAIGN
    await miner.settings.set_aside(requester=offer.requester, on=False)
    await miner.settings.set_aside(campaign_id=offer.campaign_id, on=True)
    assert await miner.sync.keeping.top_up() == 0
    await miner.close()
    again = await opened("miner")
    assert (await again.settings.facts()).hidden_campaigns == (offer.campaign_id,)
    await again.settings.set_aside(campaign_id=offer.campaign_id, on=False)
    assert await again.sync.keeping.top_up() == 4 and again.sync.keeping.why_not == ENOUGH
