# SPDX-License-Identifier: Apache-2.0
"""Trust in plain words: which reasons a profile gives, and the English sentence of each.

Never a quantile, never another person's rank, never "0 %" to a newcomer. The window translates `Reason`s itself;
these sentences are its English, and the command line's.
"""

from __future__ import annotations

from gems_protocol.trust.profile import Profile
from gems_protocol.trust.reasons import Code, Reason
from gems_protocol.trust.trend import RECENT, Direction

SHOWN_FROM = 5  # checked tasks from which a share is shown
WORTH_SAYING = 0.5  # evidence below this part of the count is explained

#: One sentence per code; where a pair is given, the first is for exactly one (`more`).
SENTENCES: dict[Code, str | tuple[str, str]] = {
    Code.NOTHING_CHECKED: "Not enough checked work yet.",
    Code.FEW_CHECKED: "{right} of {checked} checked tasks right – not enough checked work yet.",
    Code.CHECKED: "{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.",
    Code.COUNTS_AS: "Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, "
    "count less.",
    Code.REDONE: "{redone} of your last {last} were redone.",
    Code.ALARM: "{rejected} of the last {last} were rejected, more than usual for you.",
    Code.WORSE: "Of your last {last}, {rejected} were rejected: not as good as your long run.",
    Code.BETTER: "Of your last {last}, {right} were right: better than your long run.",
    Code.GRADE: "Grade {grade}.",
    Code.GRADE_NEWCOMER: "{grade} – not enough checked work yet.",
    Code.TO_NEXT_GRADE: (
        "1 more right answer to {grade}.",
        "{more} more right answers in a row to {grade}.",
    ),
    Code.CONFIRM_GRADE: (
        "{grade} is reached; it is yours if it still holds after 1 more checked task.",
        "{grade} is reached; it is yours if it still holds after {more} more checked tasks.",
    ),
    Code.LEVEL: "Level: {level}.",
    Code.TO_NEXT_LEVEL: (
        "1 more checked task to the next level.",
        "{more} more checked tasks to the next level.",
    ),
    Code.NEXT_TEN: "With {right} of the next ten right: at least {low} %, grade {grade}.",
    Code.VERIFIER: "You may review work of this kind.",
    Code.VERIFIER_EVIDENCE: (
        "1 more checked task before you can review.",
        "{more} more checked tasks before you can review.",
    ),
    Code.VERIFIER_REQUESTERS: (
        "Checked work for one more requester before you can review.",
        "Checked work for {more} more requesters before you can review.",
    ),
    Code.VERIFIER_OTHERS: (
        "1 more checked task for other requesters before you can review.",
        "{more} more checked tasks for other requesters before you can review.",
    ),
    Code.VERIFIER_HIDDEN: "{right} of {checks} hidden checks right; more than that are needed to review.",
    Code.VERIFIER_BAR: (
        "1 more right answer before you can review.",
        "{more} more right answers in a row before you can review.",
    ),
    Code.REMOVAL: "{right} of {checked} checked tasks right: too few to go on. You can appeal.",
    Code.NO_DECISIONS: "No judged work yet.",
    Code.FEW_DECISIONS: "Too little judged work yet to say how often work is rejected.",
    Code.REJECTS: "{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.",
    Code.OVERTURNED: "{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.",
}

LEVELS = {
    "newcomer": "Newcomer",
    "starter": "Starter",
    "contributor": "Contributor",
    "regular": "Regular",
    "experienced": "Experienced",
    "veteran": "Veteran",
    "pillar": "Pillar",
}


def sentence(reason: Reason) -> str:
    """A reason in English."""
    numbers = dict(reason.numbers)
    template = SENTENCES[reason.code]
    if isinstance(template, tuple):
        template = template[0 if numbers.get("more") == 1 else 1]
    if "level" in numbers:
        numbers["level"] = LEVELS[str(numbers["level"])]
    return template.format(**numbers)


def explain(found: Profile) -> tuple[Reason, ...]:
    """What there is to say about a profile, in the order in which it is shown."""
    said = [_checked(found)]
    if found.score.n and found.evidence.n < WORTH_SAYING * found.score.n:
        said.append(Reason.of(Code.COUNTS_AS, checked=found.score.n, counted=max(1, round(found.evidence.n))))
    if found.removal:
        said.append(Reason.of(Code.REMOVAL, right=found.score.accepted, checked=found.score.n))
    said.append(_grade(found))
    following = _following(found)
    if following is not None:
        said.append(following)
    if found.lately.redone:
        said.append(Reason.of(Code.REDONE, redone=found.lately.redone, last=found.lately.tasks))
    moved = _moved(found)
    if moved is not None:
        said.append(moved)
    said.append(Reason.of(Code.LEVEL, level=found.level.name))
    if found.level.to_next is not None:
        said.append(Reason.of(Code.TO_NEXT_LEVEL, more=found.level.to_next))
    return tuple(said)


def next_ten(found: Profile) -> tuple[Reason, ...]:
    """What the next ten tasks could do: all right, at the worker's own rate, all wrong; nothing to a newcomer."""
    if found.score.n < SHOWN_FROM:
        return ()
    options = (found.forecast.all_right, found.forecast.own_rate, found.forecast.all_wrong)
    return tuple(
        Reason.of(Code.NEXT_TEN, right=option.right, low=int(100 * option.lower), grade=option.grade.name)
        for option in dict.fromkeys(options)
    )


def _checked(found: Profile) -> Reason:
    plain = found.score
    if plain.n == 0:
        return Reason(Code.NOTHING_CHECKED)
    if plain.n < SHOWN_FROM:
        return Reason.of(Code.FEW_CHECKED, right=plain.accepted, checked=plain.n)
    return Reason.of(
        Code.CHECKED,
        right=plain.accepted,
        checked=plain.n,
        percent=round(100 * plain.accepted / plain.n),
        low=round(100 * plain.lower),
        high=round(100 * plain.upper),
    )


def _grade(found: Profile) -> Reason:
    code = Code.GRADE_NEWCOMER if found.newcomer else Code.GRADE
    return Reason.of(code, grade=found.grade.name)


def _following(found: Profile) -> Reason | None:
    ahead = found.forecast
    if ahead.next_grade is None or ahead.in_a_row is None or ahead.confirmed_after is None:
        return None
    if ahead.in_a_row == 0:
        return Reason.of(Code.CONFIRM_GRADE, more=ahead.confirmed_after, grade=ahead.next_grade.name)
    return Reason.of(Code.TO_NEXT_GRADE, more=ahead.in_a_row, grade=ahead.next_grade.name)


def _moved(found: Profile) -> Reason | None:
    if found.alarm.active:
        return Reason.of(Code.ALARM, rejected=found.alarm.rejected, last=found.alarm.tasks)
    last = min(RECENT, found.score.n)
    right = found.lately.recent_right
    if found.trend.direction is Direction.DOWN:
        return Reason.of(Code.WORSE, last=last, rejected=last - right)
    if found.trend.direction is Direction.UP:
        return Reason.of(Code.BETTER, last=last, right=right)
    return None
