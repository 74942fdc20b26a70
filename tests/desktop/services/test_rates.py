# SPDX-License-Identifier: Apache-2.0
"""What GEM is worth: asked for once a day, believed only when well-formed and young, and never signed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.cli import main
from gems_desktop.services.errors import PlatformRefused
from gems_desktop.services.facts import Topic
from gems_desktop.services.live import LiveSession
from gems_desktop.services.rates import ask, believed
from gems_protocol.rate import MalformedRate, Rate, parse
from tests.desktop.services.conftest import Open, TestClock
from tests.platform.world import World

DAY = 86_400
ROOT = Path(__file__).resolve().parents[3]


def _said(
    code: str = "KES", per_gem: str = "12.5", source: str = "a bank", at: int = 1_000
) -> dict[str, Any]:
    return {"code": code, "per_gem": per_gem, "source": source, "at": at}


class Asked:
    """Stands between a session and its platform, counting the questions about rates."""

    def __init__(self, session: LiveSession, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self._real = 0, session.context.platform.get
        self.answer: Any = None
        monkeypatch.setattr(session.context.platform, "get", self)

    async def __call__(self, path: str, **options: Any) -> Any:
        if path != "/v1/rates":
            return await self._real(path, **options)
        self.count += 1
        assert options == {"token": False}, "whoever asks for rates says nothing of himself"
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer if self.answer is not None else await self._real(path, **options)


async def test_from_the_operators_command_to_the_worker_and_until_it_is_over(
    live: World, opened: Open, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: float(clock.at))
    data = ["--data", str(live.settings.data_dir)]
    assert main(["platform", "rate", "set", "KES", "12.50", "--source", "market of the day", *data]) == 0
    miner = await opened("miner")
    asked = Asked(miner, monkeypatch)
    for _ in range(3):
        await miner.sync.pull()
    assert asked.count == 1, "once a day with the exchange"
    facts = await miner.rates.facts()
    assert (facts.currency, facts.rate, [one.code for one in facts.offered]) == ("", None, ["KES"])
    facts = await miner.rates.choose("KES")
    assert facts.rate == Rate("KES", parse("12.5"), "market of the day", clock.at) and not facts.old
    clock.at += 7 * DAY + 1
    asked.answer = PlatformRefused(
        "not_found", ""
    )  # a platform that says nothing any more keeps nothing alive
    assert (await miner.rates.facts()).old
    clock.at += 23 * DAY
    assert (await miner.rates.facts()).rate is None and (await miner.rates.facts()).offered == ()


async def test_the_own_rate_comes_first_and_grows_old_too(opened: Open, clock: TestClock) -> None:
    miner = await opened("miner")
    touched: list[frozenset[Topic]] = []
    miner.subscribe(touched.append)
    with pytest.raises(MalformedRate):
        await miner.rates.keep_own("3")  # of which currency?
    with pytest.raises(MalformedRate):
        await miner.rates.choose("GEM")
    await miner.rates.choose("UGX")
    facts = await miner.rates.keep_own("3700.5")
    assert facts.rate is not None and (facts.own, facts.rate.per_gem()) == (True, "3700.5")
    assert frozenset({Topic.SETTINGS}) in touched
    assert (await miner.rates.choose("KES")).rate is None, "it is of another currency"
    assert (await miner.rates.choose("UGX")).own
    clock.at += 30 * DAY + 1
    facts = await miner.rates.facts()
    assert facts.rate is None and facts.mine is not None
    assert (await miner.rates.keep_own("")).mine is None


async def test_what_a_hostile_platform_says_is_left_out(
    opened: Open, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    miner = await opened("miner")
    asked = Asked(miner, monkeypatch)
    good = _said(at=clock.at)
    bad = [
        _said("GEM", at=clock.at), _said("kes", at=clock.at), _said("USD", "1e9", at=clock.at),
        _said("USD", "0", at=clock.at), _said("USD", source="x" * 81, at=clock.at), _said("USD", source="a\nb"),
        _said("USD", source="a\u202eb"), _said("USD", at=clock.at + 2 * DAY), {**good, "more": 1}, 7, None,
        _said("KES", "99999", at=clock.at),
    ]  # fmt: skip
    asked.answer = {"rates": [good, *bad]}
    await ask(miner.context)
    assert [one.per_gem() for one in (await miner.rates.facts()).offered] == ["12.5"]
    answers: tuple[Any, ...] = ([], "no", {"rates": {"KES": 1}}, {"rates": None}, {"rates": [[]] * 100_000})
    for answer in answers:
        clock.at += DAY
        asked.answer = answer
        await ask(miner.context)
    assert (await miner.rates.facts()).offered == ()


def test_many_rows_cost_no_more_than_there_are_currencies() -> None:
    rows = [_said(f"{chr(65 + at // 26 % 26)}{chr(65 + at % 26)}X") for at in range(5_000)]
    assert len(believed({"rates": rows}, 2_000)) <= 400


def test_nothing_that_signs_or_counts_money_knows_of_rates() -> None:
    may = {
        "gems_protocol/rate.py", "gems_desktop/services/rates.py", "gems_desktop/services/facts_rates.py",
        "gems_desktop/viewmodels/rates.py", "gems_desktop/viewmodels/rate_words.py",
        "gems_desktop/commands/platform_rate.py", "gems_platform/rates/repository.py",
        # an hourly floor in a currency, which only warns
        "gems_desktop/commands/campaign_files.py", "gems_platform/client/floors.py",
        "gems_platform/client/client.py", "gems_platform/client/sync.py",
    }  # fmt: skip
    folders = ("gems_protocol", "gems_desktop", "gems_platform")
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if "gems_protocol.rate " in path.read_text("utf-8")
    }
    assert found and found <= may, "a rate is for reading beside GEM and nothing else"
