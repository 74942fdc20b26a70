# SPDX-License-Identifier: Apache-2.0
"""What the signer asks in its own window: built from the exact fields of what it would sign, in plain words.

The texts are English templates; the window translates a template and fills in the values afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gems_desktop.signer.policy import State, Verdict, Why, signed_debit, usable_at
from gems_desktop.signer.steps import StepDebit
from gems_protocol.address import groups
from gems_protocol.amount import Amount
from gems_protocol.carry_messages import Carry
from gems_protocol.messages import (
    Appeal,
    BatchRelease,
    BatchSubmission,
    BatchVote,
    ClaimAuth,
    CloseAuth,
    Debit,
    Message,
    Offer,
    Spend,
)
from gems_protocol.transfer import TransferAuth

TEXT, ADDRESS, WARNING = "text", "address", "warning"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: a template, what its {names} stand for, and how it is drawn."""

    template: str
    values: tuple[tuple[str, str], ...] = ()
    kind: str = TEXT

    def english(self) -> str:
        """The paragraph as English reads it."""
        return self.template.format(**dict(self.values))


@dataclass(frozen=True, slots=True)
class Question:
    """What the window shows; `yes` stands on the button that agrees, the other one says no."""

    title: Line
    lines: tuple[Line, ...]
    yes: Line

    def english(self) -> str:
        """Everything, for tests and for the eye."""
        return "\n".join(line.english() for line in (self.title, *self.lines, self.yes))

    def to_json(self) -> dict[str, Any]:
        """The form that crosses the window's pipe."""
        whole = {"title": self.title, "yes": self.yes}
        return {
            **{name: _plain(line) for name, line in whole.items()},
            "lines": [_plain(line) for line in self.lines],
        }


def _plain(line: Line) -> dict[str, Any]:
    return {"template": line.template, "values": dict(line.values), "kind": line.kind}


def _says(template: str, kind: str = TEXT, **values: str) -> Line:
    return Line(template, tuple(values.items()), kind)


def _to(address: str) -> Line:
    return Line("{address}", (("address", groups(address)),), ADDRESS)


def _gem(units: int) -> str:
    return Amount(units).exact()


def _time(moment: int) -> str:
    try:
        return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (OverflowError, OSError, ValueError):
        return str(moment)


def _reasons(verdict: Verdict, state: State, to: str) -> tuple[Line, ...]:
    said = []
    entry = state.entry(to)
    if entry is not None:
        said.append(_says("In your address book as: {name}", name=entry.name))
    if Why.NEW_ADDRESS in verdict.why:
        said.append(_says("This address is not in your address book.", WARNING))
    if Why.WAITING in verdict.why and entry is not None:
        until = _time(usable_at(state, entry))
        said.append(
            _says(
                "You added this address not long ago. It needs no question from: {time}", WARNING, time=until
            )
        )
    if Why.OVER_LIMIT in verdict.why:
        said.append(
            _says(
                "This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is "
                "used today.",
                limit=_gem(state.daily_limit),
                spent=_gem(state.spent),
            )
        )
    return tuple(said)


def _final() -> Line:
    return _says(
        "What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.",
        WARNING,
    )


def _transfer(message: TransferAuth) -> Question:
    return Question(
        _says("Send GEM out of your wallet?"),
        (
            _says("Amount: {amount} GEM", amount=_gem(message.value)),
            _says("To this address:"),
            _to(message.to),
            _says("It can be carried out until: {time}", time=_time(message.valid_before)),
            _final(),
        ),
        _says("Yes, send it"),
    )


def _claim(message: ClaimAuth) -> Question:
    return Question(
        _says("Pay out your earnings?"),
        (
            _says(
                "Everything that your channel owes you when this is carried out goes out of it, less the fee."
            ),
            _says("To this address:"),
            _to(message.to),
            _says("Fee for the relayer: {amount} GEM", amount=_gem(message.fee)),
            _says("It can be carried out until: {time}", time=_time(message.deadline)),
            _final(),
        ),
        _says("Yes, pay out"),
    )


def _close(message: CloseAuth) -> Question:
    return Question(
        _says("Close your payment channel?"),
        (
            _says("What your newest voucher pays comes to your wallet at once, less the fee."),
            _says(
                "Your bond follows when the closing ends. That takes the time that your channel was opened with."
            ),
            _says("Fee for the relayer: {amount} GEM", amount=_gem(message.fee)),
            _says("It can be carried out until: {time}", time=_time(message.deadline)),
            _says("A closed channel is never opened again: you earn nothing more in it.", WARNING),
        ),
        _says("Yes, close it"),
    )


def _debit(message: Debit) -> Question:
    return Question(
        _says("Put up stakes?"),
        (
            _says("In this channel you will have put up, in all: {amount} GEM", amount=_gem(message.debited)),
            _says(
                "A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.",
                WARNING,
            ),
        ),
        _says("Yes, put it up"),
    )


def _step(message: StepDebit) -> Question:
    return Question(
        _says("Move a part of your bond to what you can claim?"),
        (
            _says("In this channel you will have put up, in all: {amount} GEM", amount=_gem(message.debited)),
            _says(
                "The platform owes you the same sum, ready to claim. If it does not answer, this step is what you "
                "can lose."
            ),
            _says("What has left the bond is no stake any more.", WARNING),
        ),
        _says("Yes, move it"),
    )


def _submissions(message: BatchSubmission) -> Question:
    return Question(
        _says("Hand in finished work?"),
        (
            _says(
                "This many tasks are handed in, sealed at {time}: {count}",
                count=str(message.count),
                time=_time(message.sealed_at),
            ),
            _says("What is handed in cannot be changed afterwards. This moves no money."),
        ),
        _says("Yes, hand in"),
    )


def _votes(message: BatchVote) -> Question:
    return Question(
        _says("Hand in your reviews?"),
        (
            _says(
                "This many reviews are handed in, sealed at {time}: {count}",
                count=str(message.count),
                time=_time(message.sealed_at),
            ),
            _says("What is handed in cannot be changed afterwards. This moves no money."),
        ),
        _says("Yes, hand in"),
    )


def _releases(message: BatchRelease) -> Question:
    return Question(
        _says("Release tasks that you were paid for?"),
        (
            _says(
                "This many tasks are released, sealed at {time}: {count}",
                count=str(message.count),
                time=_time(message.sealed_at),
            ),
            _says(
                "Your channel paid for them, so nobody is asked for that money again. This moves no money."
            ),
        ),
        _says("Yes, release"),
    )


def _appeal(message: Appeal) -> Question:
    return Question(
        _says("Appeal against a verdict?"),
        (
            _says(
                "Task {index}, try {attempt}: others judge it again in round {round}.",
                index=str(message.index + 1),
                attempt=str(message.attempt + 1),
                round=str(message.round + 1),
            ),
            _says("If you lose, it costs you: {amount} GEM", WARNING, amount=_gem(message.bond)),
        ),
        _says("Yes, appeal"),
    )


def _carry(_message: Carry) -> Question:
    return Question(
        _says("Close a file that carries your work to the platform?"),
        (
            _says("Only the platform can read it, and nobody can change it on the way."),
            _says("This moves no money."),
        ),
        _says("Yes, close it"),
    )


def _spend(message: Spend) -> Question:
    return Question(
        _says("Pay for work from a campaign?"),
        (
            _says(
                "The platform may take from the campaign's money, in all: {amount} GEM",
                amount=_gem(message.spent),
            ),
            _says("What is paid cannot be taken back.", WARNING),
        ),
        _says("Yes, pay"),
    )


def _offer(_message: Offer) -> Question:
    return Question(
        _says("Stand behind a campaign?"),
        (_says("You promise its text, its pay and its rules to everybody who works on it."),),
        _says("Yes, I promise"),
    )


#: What each message of the closed list means; every one has its sentence.
MEANINGS: dict[type[Message], Callable[[Any], Question]] = {
    BatchSubmission: _submissions,
    BatchVote: _votes,
    BatchRelease: _releases,
    Debit: _debit,
    StepDebit: _step,
    ClaimAuth: _claim,
    CloseAuth: _close,
    Appeal: _appeal,
    Carry: _carry,
    Spend: _spend,
    Offer: _offer,
    TransferAuth: _transfer,
}


def about(message: Message, verdict: Verdict, state: State) -> Question:
    """The question about a message that the rules want asked, with the reasons why."""
    meant = MEANINGS[type(message)](message)
    to = message.to if isinstance(message, ClaimAuth | TransferAuth) else ""
    more = _reasons(verdict, state, to)
    if isinstance(message, Debit):
        fresh = message.debited - signed_debit(state, message.channel_id)
        more = (_says("Of these now: {amount} GEM", amount=_gem(fresh)), *more)
    *first, last = meant.lines
    return Question(meant.title, (*first, *more, last), meant.yes)


def about_address(name: str, address: str, delay_s: int) -> Question:
    """The question about a new address of the book."""
    return Question(
        _says("Add an address to your address book?"),
        (
            _says("Name: {name}", name=name),
            _to(address),
            _wait(delay_s),
            _says(
                "Compare the whole address with the one you were given; not only its first letters.", WARNING
            ),
        ),
        _says("Yes, add it"),
    )


def _wait(delay_s: int) -> Line:
    if delay_s == 0:
        return _says("Money may go there at once, within your daily limit, without a question.")
    return _says(
        "Money may go there without a question, within your daily limit, after this many hours: {hours}",
        hours=f"{delay_s / 3600:g}",
    )


def about_limits(before: State, daily_limit: int, delay_s: int) -> Question:
    """The question about looser limits."""
    return Question(
        _says("Change what may leave without a question?"),
        (
            _says(
                "In a day: {after} GEM instead of {before} GEM",
                after=_gem(daily_limit),
                before=_gem(before.daily_limit),
            ),
            _says(
                "Hours that a new address waits: {after} instead of {before}",
                after=f"{delay_s / 3600:g}",
                before=f"{before.delay_s / 3600:g}",
            ),
            _says("Whoever takes over this computer could send as much without your yes.", WARNING),
        ),
        _says("Yes, change it"),
    )


def about_export(address: str) -> Question:
    """The question about handing out the key."""
    return Question(
        _says("Export the key of your wallet to a file?"),
        (
            _to(address),
            _says("The file opens with the password that you just typed for it."),
            _says(
                "Whoever has the file and that password has everything in this wallet, for ever. Gems never asks "
                "you for such a file.",
                WARNING,
            ),
        ),
        _says("Yes, export it"),
    )
