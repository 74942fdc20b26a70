# SPDX-License-Identifier: Apache-2.0
"""The data meter's card: what it derives, and what the settings page shows of it."""

from __future__ import annotations

from gems_desktop.services.facts_meter import CampaignTraffic, DayTraffic, MeterFacts
from gems_desktop.viewmodels.data_used import derive, rows
from tests.qml.screens_a.conftest import MakeWindow

DAYS = tuple(DayTraffic(f"2026-07-{day:02}", day * 1_000_000, 0) for day in range(1, 15))


def _facts(*campaigns: CampaignTraffic) -> MeterFacts:
    return MeterFacts(DAYS, campaigns, DAYS[-1].total)


def test_the_card_is_derived_from_the_meter() -> None:
    props = derive(_facts())
    assert (props.today, props.total) == ("14.0 MB", "105.0 MB")
    assert (
        props.chart.points[0].value == 1.0
        and props.chart.points[-1].label == "Today"
        and "105.0 MB" in props.chart.summary
    )


def test_the_table_ends_with_what_belongs_to_no_campaign() -> None:
    many = [CampaignTraffic(f"0x{place}", f"Campaign {place}", 1_000_000, 0) for place in range(10)]
    found = rows(_facts(CampaignTraffic("", "", 500_000, 0), *many))
    assert [row.title for row in found[-2:]] == ["Other campaigns", "Everything else"]
    assert len(found) == 10 and found[-2].used == "2.0 MB" and found[-1].used == "500 KB"
    assert rows(_facts()) == ()


def test_the_settings_page_shows_it(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "work")
    window.until(lambda: window.model.screens["dataUsed"].property("ready"))
    words = window.words()
    assert {"Data used", "3.1 MB", "Moods", "9.0 MB", "Everything else", "1.7 MB"} <= set(words)


def test_a_proxy_is_typed_and_used(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("settings", "network")
    window.until(lambda: window.model.screens["settings"].property("ready"))
    window.focus("proxyAddress")
    window.type("http://proxy.example:3128/")
    window.click("setProxy")
    window.until(lambda: bool(window.session.asked("settings.change")))
    assert window.session.asked("settings.change")[-1][1] == {"proxy": "http://proxy.example:3128"}
