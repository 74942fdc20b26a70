# SPDX-License-Identifier: Apache-2.0
"""The Trust page in words: grades, kinds of work, what comes next, notices, and audits against chance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from gems_desktop.services.facts import AuditRecordFacts, AuditRow, Said, TrustFacts
from gems_desktop.viewmodels import trust, trust_rows, trust_words
from gems_protocol.trust import words
from gems_protocol.trust.reasons import Code
from tests.helpers import sample_facts as sample
from tests.helpers.fake_session import FakeSession
from tests.qml.screens_a.conftest import MakeWindow

NEW = TrustFacts(
    0.0,
    0.0,
    1.0,
    0,
    0,
    0,
    "not enough checked work yet",
    "20 more checked tasks before you can review.",
    False,
    None,
    False,
    explanations=(Said("nothing_checked", (), ""), Said("grade_newcomer", (("grade", "C"),), "")),
)


def test_the_windows_sentences_are_the_protocols() -> None:
    for code in Code:
        said = words.SENTENCES[code]
        one, many = said if isinstance(said, tuple) else ("", said)
        assert trust_words.SENTENCES[code.value] == many
        assert trust_words.ONE_MORE.get(code.value, "") == one
    assert trust_words.LEVELS == words.LEVELS


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (Said("to_next_grade", (("more", 1), ("grade", "B")), ""), "1 more right answer to B."),
        (Said("to_next_grade", (("more", 9), ("grade", "B")), ""), "9 more right answers in a row to B."),
        (Said("level", (("level", "pillar"),), ""), "Level: Pillar."),
        (Said("of_tomorrow", (("n", 1),), "Something new."), "Something new."),
    ],
)
def test_reasons_in_words(said: Said, text: str) -> None:
    assert trust_words.said_text(said) == text


def test_a_newcomer_is_never_told_nothing_percent() -> None:
    shown = trust.derive(NEW)
    assert (shown.grade, shown.gradeText) == ("C", "C – not enough checked work yet.")
    assert (shown.bounded, shown.boundsText, shown.scoreText) == (False, "", "")
    assert shown.sentence == "Not enough checked work yet."
    few = replace(
        NEW, checked=3, accepted=0, explanations=(Said("few_checked", (("right", 0), ("checked", 3)), ""),)
    )
    assert not trust.derive(few).bounded
    family = replace(sample.families()[1], right=0)
    texts = [trust.derive(few).sentence, trust_rows.family_row(family).evidence, shown.gradeText]
    assert not any("0 %" in text for text in texts)


def test_a_worker_with_a_record() -> None:
    shown = trust.derive(sample.trust())
    assert shown.sentence == "34 of 38 checked tasks right – 89 %, probably 76–96 %."
    assert shown.bounded
    assert (shown.lower, shown.upper) == (0.61, 0.84)
    assert shown.nextGradeText == "9 more right answers in a row to B."
    assert (shown.levelText, shown.nextLevelText) == (
        "Level 3: Regular",
        "62 more checked tasks to the next level.",
    )
    assert shown.explanations == (
        "7 of your last 38 were redone.",
        "Audits passed: 14. Where a fee pays for checking, it falls with them.",
        "Settled reviews of yours that were overturned later: 1 of 12.",
    )
    assert (shown.trend, shown.trendText, shown.alarmText, shown.removalText) == ("level", "", "", "")


@pytest.mark.parametrize(
    ("next_grade", "in_a_row", "confirmed", "text"),
    [
        ("", None, None, "You have the highest grade."),
        ("A", None, None, "The next grade, A, is still far away."),
        ("A", 0, 1, "A is reached; it is yours if it still holds after 1 more checked task."),
    ],
)
def test_how_far_the_next_grade_is(
    next_grade: str, in_a_row: int | None, confirmed: int | None, text: str
) -> None:
    facts = sample.trust()
    assert facts.forecast is not None
    ahead = replace(facts.forecast, next_grade=next_grade, in_a_row=in_a_row, confirmed_after=confirmed)
    assert trust.derive(replace(facts, forecast=ahead)).nextGradeText == text


def test_a_kind_of_work() -> None:
    known, begun = (trust_rows.family_row(family) for family in sample.families())
    assert known.evidence == "32 of 35 right, probably 76–96 %"
    assert known.counts.startswith("Counts as 12.4:")
    assert (known.review, known.verifier) == ("9 more right answers in a row before you can review.", False)
    assert (begun.evidence, begun.bounded, begun.counts) == (
        "2 of 3 right, not enough checked work yet",
        False,
        "",
    )
    may = trust_rows.family_row(replace(sample.families()[0], verifier=True, missing=None))
    assert may.review == "You may review work of this kind."


def test_the_platforms_differences_are_said() -> None:
    said = Said("checked", (("theirs", 37), ("ours", 38)), "")
    shown = trust.derive(replace(sample.trust(), differences=(said,)))
    line = "The platform counts 37 as checked tasks, this computer 38."
    assert (shown.differs, shown.differsText) == (True, line)
    newer = trust.derive(replace(sample.trust(), differences=(Said("later", (), "Something new."),)))
    assert newer.differsText == "Something new."


@pytest.mark.parametrize(
    ("outcome", "verdict", "attempt", "judged"),
    [
        ({"accepted": True, "first_try": True}, "Right", "First try", "Other workers"),
        ({"accepted": True, "redone": True}, "Right", "Corrected", "Other workers"),
        ({"accepted": False, "redone": True}, "Wrong", "Corrected", "Other workers"),
        ({"accepted": False}, "Wrong", "First try", "Other workers"),
        ({"accepted": False, "poor": True, "gold": True}, "Found poor", "First try", "A hidden check"),
    ],
)
def test_a_judged_answer(outcome: dict[str, object], verdict: str, attempt: str, judged: str) -> None:
    row = trust_rows.outcome_row(outcome, {})
    assert (row.outcome, row.attempt, row.judged) == (verdict, attempt, judged)


@pytest.mark.parametrize(
    ("code", "one_in", "text"),
    [
        ("none_yet", 1, "No work that could be drawn for an audit yet."),
        ("nothing", 3, "Nothing unusual: that is about what chance brings."),
        ("more", 250, "More audits than chance explains (1 in 250)."),
        ("fewer", 120, "Fewer audits than chance explains (1 in 120)."),
        ("of_tomorrow", 1, "Nothing unusual."),
    ],
)
def test_what_the_audits_come_to(code: str, one_in: int, text: str) -> None:
    assert trust_rows.finding_text(replace(sample.audits(), code=code, one_in=one_in)) == text


def test_audits_had_and_expected() -> None:
    assert trust_rows.audit_text(sample.audits()) == "Audited: 1 of 3. Chance alone would bring about 0.9."
    assert trust_rows.audit_text(AuditRecordFacts(0, 0, 0, 0, 0, 1, "none_yet", "")) == ""
    assert len(trust_rows.audit_notes(sample.audits())) == 2
    assert trust_rows.audit_text(replace(sample.audits(), expected_hundredths=297)).count("about 3.0") == 1


def test_a_draw() -> None:
    drawn = AuditRow(sample.item_id(1), "Birds", sample.NOW, 285_000, True, True, True)
    row = trust_rows.audit_line(drawn)
    assert (row.chance, row.drawn, row.seed) == ("28.5\u00a0%", "Audited", "With the requester's seed")
    waiting = trust_rows.audit_line(replace(drawn, drawn=False, checked=False))
    assert (waiting.drawn, waiting.seed) == ("Not revealed yet", "")
    alone = trust_rows.audit_line(replace(drawn, drawn=False, seeded=False))
    assert (alone.drawn, alone.seed) == ("Not audited", "By the platform alone")


def test_the_page_says_it_all(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("trust")
    words_shown = window.words()
    for text in (
        "C",
        "34 of 38 checked tasks right – 89 %, probably 76–96 %.",
        "image classification",
        "With 10 of the next ten right: at least 80 %, grade C.",
        "7 of your last 38 were redone.",
        "Nothing unusual: that is about what chance brings.",
    ):
        assert text in words_shown
    assert window.item("gradeBar").property("lower") == 0.61


def test_alarm_and_removal_say_what_can_be_done(make_window: MakeWindow) -> None:
    session = FakeSession()
    alarm = Said("alarm", (("rejected", 8), ("last", 11)), "")
    removal = Said("removal", (("right", 9), ("checked", 38)), "")
    session.trust.state = replace(
        sample.trust(),
        alarm=True,
        removal=True,
        trend="down",
        explanations=(*sample.trust().explanations, alarm, removal),
    )
    window = make_window(session=session)
    window.begin("trust")
    shown = " ".join(window.words())
    assert "8 of the last 11 were rejected, more than usual for you." in shown
    assert "9 of 38 checked tasks right: too few to go on. You can appeal." in shown
    assert "you can appeal to its operator here" in shown


def test_the_trend_shows_only_when_there_is_one(make_window: MakeWindow) -> None:
    session = FakeSession()
    worse = Said("worse", (("rejected", 7), ("last", 20)), "")
    session.trust.state = replace(sample.trust(), trend="down", explanations=(worse,))
    window = make_window(session=session)
    window.begin("trust")
    assert window.item("trend").property("text").startswith("Of your last 20, 7 were rejected")
    session.trust.state = replace(sample.trust(), trend="level")
    window.model.screens["trust"].reload()  # type: ignore[attr-defined]
    window.settle()
    with pytest.raises(AssertionError):
        window.item("trend")


def test_the_evidence_of_an_audit_is_saved_by_key(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin("trust")
    window.focus("audits")  # the keyboard comes to the first row
    window.key(Qt.Key.Key_Return)
    window.key(Qt.Key.Key_Down)
    window.key(Qt.Key.Key_Return)
    first, second = window.session.asked("trust.export_evidence")
    assert (first[1], second[1]) == (sample.item_id(1), sample.item_id(2))
    assert first[2].startswith("evidence-")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("12 more checked tasks before you can review.", "[12] more checked tasks before you can review."),
        ("1 more checked task before you can review.", "[1] more checked task before you can review."),
        ("Something else.", "Something else."),
        ("", ""),
    ],
)
def test_what_is_missing_is_said_in_the_windows_words(
    given: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def say(text: str, **values: object) -> str:
        return text.replace("{more}", "[{more}]").replace("1 more", "[1] more").format(**values)

    monkeypatch.setattr(trust_words, "say", say)
    assert trust_words.missing_text(given) == said
