# SPDX-License-Identifier: Apache-2.0
"""Facts to words: tables for Earnings, Trust, Requester report, Settings and the frame."""

from dataclasses import replace

import pytest

from gems_desktop.services.facts import (
    ClaimFacts,
    ClaimQuote,
    ClaimState,
    Connection,
    ConnectionFacts,
    EarningsFacts,
    SettingsFacts,
    WalletFacts,
)
from gems_desktop.services.facts_queue import QueueFacts
from gems_desktop.viewmodels import earnings, report, report_rows, settings, trust
from gems_desktop.viewmodels.app import AppProps, Fixed, with_connection
from gems_desktop.viewmodels.app_looks import loosened, with_settings
from gems_desktop.viewmodels.first_practice import starter_set
from gems_desktop.viewmodels.practice import needed
from gems_desktop.viewmodels.words import hourly
from gems_desktop.viewmodels.work import sent_text
from gems_protocol.amount import Amount
from tests.helpers import sample_facts as facts


def test_amounts_are_cut_and_never_rounded_up() -> None:
    shown = earnings.derive(replace(facts.earnings(), claimable=Amount(10**18 - 1)))
    assert shown.claimable == "0.9999"
    assert shown.canClaim
    assert not earnings.derive(EarningsFacts()).canClaim


def test_a_quote_is_exact_to_the_last_unit() -> None:
    quote = ClaimQuote(Amount(10**18 + 1), Amount(1), Amount(10**18), facts.RELAYER, facts.NOW)
    shown = earnings.quote_props(quote)
    assert (shown.amount, shown.fee, shown.receives) == (
        "1.000000000000000001",
        "0.000000000000000001",
        "1.00",
    )


@pytest.mark.parametrize(
    ("state", "tone", "progress"),
    [
        (ClaimState.INTENDED, "info", 0.25),
        (ClaimState.SENT, "info", 0.5),
        (ClaimState.CONFIRMING, "info", 0.75),
        (ClaimState.CLAIMED, "good", 1.0),
        (ClaimState.FAILED, "bad", 0.0),
    ],
)
def test_a_claim_says_how_far_it_is(state: ClaimState, tone: str, progress: float) -> None:
    row = earnings.claim_row(ClaimFacts("0x1", facts.gem("1"), facts.gem("0.1"), state, "", facts.NOW))
    assert (row.stateText, row.tone, row.progress) == (state.value, tone, progress)


def test_a_ledger_line_of_an_unknown_kind_is_still_shown() -> None:
    row = earnings.ledger_row(replace(facts.ledger()[0], what="later", pocket="later"))
    assert row.what == "Another movement"
    assert row.pocket == ""
    assert row.amount == "+0.98"


def test_trust_differs_only_when_there_is_another_number() -> None:
    same = trust.derive(facts.trust())
    other = trust.derive(replace(facts.trust(), differs=True, platform_score=0.5))
    assert same.differsText == ""
    assert "0.50" in other.differsText
    assert trust.derive(replace(facts.trust(), history=())).scoreChart.points == ()


def test_a_report_without_work_says_so() -> None:
    empty = replace(
        facts.report(),
        accepted=0,
        rejected=0,
        appealed=0,
        requester_appeals=0,
        median_release_s=None,
        p95_release_s=None,
        pay_per_hour=None,
    )
    shown = report.derive(empty)
    assert shown.judgedText.startswith("No answer has been judged yet")
    assert (shown.release, shown.payPerHour, shown.acceptedShare) == ("–", "–", 0.0)
    assert shown.appealText == "No rejection was appealed."


def test_requesters_are_listed_once() -> None:
    rows = report_rows.requester_rows(
        [facts.campaign(1), facts.campaign(2), facts.campaign(3, requester="0x1")]
    )
    assert [row.campaigns for row in rows] == [
        "Birds and boats · Boxes around ships",
        "The mood of a sentence",
    ]


@pytest.mark.parametrize(
    ("storage", "words"),
    [("keyring", "Kept in the system's keyring"), ("password", "Protected by your password"), ("", "")],
)
def test_settings_say_how_the_wallet_is_kept(storage: str, words: str) -> None:
    assert settings.derive(SettingsFacts(), WalletFacts(True, True, "", True, storage)).storage == words


def test_the_command_line_wins_until_the_option_is_changed() -> None:
    fixed = Fixed("ar", "dark", 200)
    stored = SettingsFacts()
    shown = with_settings(AppProps(), stored, fixed)
    assert (shown.language, shown.rightToLeft, shown.themeMode, shown.textScale) == ("ar", True, "dark", 2.0)
    assert loosened(fixed, stored, replace(stored, theme="light")) == Fixed("ar", None, 200)


@pytest.mark.parametrize(
    ("connection", "done", "total", "words"),
    [
        (Connection.ONLINE, 0, 0, "Online"),
        (Connection.OFFLINE, 0, 0, "Offline: go on working, it is sent later"),
        (Connection.SYNCING, 2, 5, "Sending 2 of 5"),
        (Connection.SYNCING, 0, 0, "Exchanging with the platform"),
    ],
)
def test_the_strip(connection: Connection, done: int, total: int, words: str) -> None:
    shown = with_connection(AppProps(), ConnectionFacts(connection, done, total))
    assert shown.connectionText == words


def test_an_hours_pay_is_in_hundredths_and_never_nothing() -> None:
    shown = [hourly(Amount.gem(text)) for text in ("26.1818", "6.493", "18.2", "0.0042")]
    assert shown == ["26.18", "6.49", "18.20", "0.0042"]


def test_work_that_has_left_is_spoken_of() -> None:
    assert sent_text(QueueFacts()) == ""
    assert sent_text(QueueFacts(judging=7, done=7)) == "Everything is sent; 7 waiting for a verdict"
    assert sent_text(QueueFacts(done=7)) == "Everything is sent and judged"


def test_few_examples_are_counted() -> None:
    assert needed(starter_set(("a", "b", "c"))) == "2 / 3"
