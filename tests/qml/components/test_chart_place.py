# SPDX-License-Identifier: Apache-2.0
"""Where the things of a chart stand: axis steps, slots, labels that do not meet; all of it without a screen."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gems_desktop.items.chart_place import Place, kept_inside, labels_with_room
from gems_desktop.viewmodels.charting import MOST_STEPS, earned_chart, last_days, nice_steps
from gems_protocol.amount import UNIT, Amount, total

TODAY = "2026-11-22"


@given(st.integers(0, 10**30), st.integers(1, 10**15))
def test_an_axis_has_two_to_four_round_values_and_holds_the_highest(top: int, least: int) -> None:
    steps = nice_steps(top, least)
    assert 2 <= len(steps) <= MOST_STEPS + 1
    assert steps[0] == 0 and steps[-1] >= top and steps[1] >= least
    assert str(steps[1]).rstrip("0") in ("1", "2", "5")
    assert len({later - one for one, later in pairwise(steps)}) == 1
    assert steps[-1] - steps[1] < max(top, 1)  # none too many


def test_the_control_thirds_of_the_highest_are_no_round_values() -> None:
    thirds = [341 * at // 3 for at in range(4)]
    assert str(thirds[1]).rstrip("0") not in ("1", "2", "5")
    assert nice_steps(341) == [0, 200, 400]


@given(st.integers(1, 400), st.floats(40, 4000), st.booleans())
def test_each_point_is_found_at_its_own_place(count: int, width: float, mirrored: bool) -> None:
    place = Place(10, 0, 10 + width, 100, count, mirrored=mirrored)
    for index in {0, count // 2, count - 1}:
        assert place.at(place.x(index)) == index
    assert place.at(9.9) == -1 and place.at(10.1 + width) == -1
    first, last = place.x(0), place.x(count - 1)
    assert count == 1 or (first > last) is mirrored  # time runs from the right


def test_values_stand_between_the_foot_and_the_top() -> None:
    place = Place(0, 10, 100, 110, 3, 0, 4)
    assert (place.y(0), place.y(4), place.y(1)) == (110, 10, 85)
    assert (place.y(-3), place.y(9)) == (110, 10)


@given(st.lists(st.floats(5, 300), min_size=1, max_size=60), st.floats(2, 120))
def test_no_label_meets_another_and_the_last_is_always_there(widths: list[float], slot: float) -> None:
    shown = labels_with_room(widths, slot)
    assert shown[-1] == len(widths) - 1 and shown == sorted(set(shown))
    for one, other in pairwise(shown):
        room = (other - one) * slot
        assert room >= (widths[one] + widths[other]) / 2 or slot < 3


def test_a_label_stays_within_the_picture() -> None:
    assert (
        kept_inside(5, 40, 300) == 0 and kept_inside(298, 40, 300) == 260 and kept_inside(150, 40, 300) == 130
    )


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=14))
def test_the_chart_is_the_ledger_to_the_last_unit(parts: list[int]) -> None:
    days = last_days(TODAY, len(parts))
    by_day = [(day, Amount(part * 10**14)) for day, part in zip(days, parts, strict=True) if part]
    chart = earned_chart(by_day, TODAY, 14)
    if not by_day:
        assert chart.points == ()
        return
    shown = [Amount.gem(point.cells[1].replace(",", "")) for point in chart.points]
    assert total(shown) == total([amount for _, amount in by_day])
    assert len(chart.points) == 14 and chart.points[-1].marked and chart.points[-1].label == "Today"
    said = chart.summary.removeprefix("Earned in the last 14 days: ").removesuffix(" GEM").replace(",", "")
    assert Amount.gem(said) == total(shown)


def test_the_control_heights_are_no_money() -> None:
    by_day = [(day, Amount(10**17 * (at + 1))) for at, day in enumerate(last_days(TODAY, 3))]
    chart = earned_chart(by_day, TODAY, 14)
    heights = sum(point.value for point in chart.points)  # 0.1 + 0.2 + 0.3
    assert int(heights * UNIT) != 6 * 10**17
    assert chart.summary == "Earned in the last 14 days: 0.60 GEM"


def test_days_without_pay_have_their_place() -> None:
    chart = earned_chart([("2026-11-10", Amount(UNIT)), ("2026-11-21", Amount(UNIT))], TODAY, 14)
    assert [point.value for point in chart.points] == [0, 1, *[0] * 10, 1, 0]
    assert chart.points[1].said == "10 Nov: 1.00 GEM" and chart.points[-1].said == "Today: 0.00 GEM"
