# SPDX-License-Identifier: Apache-2.0
"""What may be signed without a question, what needs one and what is refused: pure rules over a frozen state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from gems_desktop.services.signing import SignerConfig
from gems_protocol.messages import ClaimAuth, CloseAuth, Debit, Message
from gems_protocol.transfer import TransferAuth

DAY = 86_400
MAX_BOOK = 100  # addresses; more is no address book of a person
MAX_CHANNELS = 1_000  # channels whose stakes are remembered; the oldest goes first
MAX_DELAY = 30 * DAY
MAX_NAME = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """An address of the book; lowercase, with the moment it was added (Unix seconds)."""

    name: str
    address: str
    added_at: int


@dataclass(frozen=True, slots=True)
class State:
    """The limits and what is used of them.

    seen: the highest time ever seen, so that a clock moved back resets nothing. spent: base units of `day` that
    left without a question. debits: the highest stake signed per channel, oldest first. generation grows with
    every change of the rules and with each day's first spend.
    """

    daily_limit: int
    delay_s: int
    book: tuple[Entry, ...] = ()
    seen: int = 0
    day: int = 0
    spent: int = 0
    debits: tuple[tuple[str, int], ...] = ()
    generation: int = 0
    distrusted: bool = False
    chain: int = 0  # where the limits were agreed to

    def entry(self, address: str) -> Entry | None:
        """The book's entry of an address."""
        return next((entry for entry in self.book if entry.address == address), None)


class Why(Enum):
    """Why a question is asked."""

    OVER_LIMIT = "over the daily limit"
    NEW_ADDRESS = "not in the address book"
    WAITING = "in the address book, but still waiting"
    NO_SUM = "names no sum, so no limit can hold it"
    FINAL = "ends something for good"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one message: refused in words, or allowed after the questions of `why`."""

    refused: str = ""
    why: tuple[Why, ...] = ()
    cost: int = 0  # base units that count toward the day


def begin(config: SignerConfig) -> State:
    """The state of a new wallet."""
    return State(config.daily_limit, config.payout_delay_s, chain=config.chain_id)


def here(state: State, config: SignerConfig) -> State:
    """The state on this chain: limits that were agreed to on another one, for practice perhaps, only tighten it."""
    if state.chain == config.chain_id:
        return state
    limit, delay = min(state.daily_limit, config.daily_limit), max(state.delay_s, config.payout_delay_s)
    return replace(state, chain=config.chain_id, daily_limit=limit, delay_s=delay)


def at(state: State, clock: int) -> State:
    """The state at this moment: time never goes back, and a new UTC day starts with nothing spent."""
    seen = max(state.seen, clock)
    day = seen // DAY
    if day > state.day:
        return replace(state, seen=seen, day=day, spent=0)
    return replace(state, seen=seen)


def usable_at(state: State, entry: Entry) -> int:
    """When an address of the book needs no question any more."""
    return entry.added_at + state.delay_s


def judge(message: Message, state: State, own: str, config: SignerConfig) -> Verdict:
    """What the rules say of a message whose fields are checked already; `state` is that of this moment."""
    if isinstance(message, Debit):
        return _within(state, max(0, message.debited - signed_debit(state, message.channel_id)))
    if isinstance(message, ClaimAuth | CloseAuth):
        if message.relayer not in config.relayers:
            return Verdict("this relayer is not the one of your network.")
        if message.fee > config.max_fee:
            return Verdict("the relayer asks for too much.")
        if isinstance(message, CloseAuth):
            return _within(state, message.fee, (Why.FINAL,))
        # To somebody else it takes whatever the channel holds by then: no limit bounds that, so it is asked always.
        asked = () if message.to == own else (*_place(state, message.to), Why.NO_SUM)
        return _within(state, message.fee, asked)
    if isinstance(message, TransferAuth):
        return _transfer(message, state, own, config)
    return Verdict()


def _transfer(message: TransferAuth, state: State, own: str, config: SignerConfig) -> Verdict:
    if not config.gem:
        return Verdict("this network has no token to send.")
    if message.from_ != own:
        return Verdict("it would send from another wallet.")
    if message.to == own or message.value == 0:
        return Verdict("it would send nothing or to yourself.")
    if message.valid_after >= message.valid_before:
        return Verdict("it could never be carried out.")
    if message.to in config.relayers:
        # The fee of a relayed transfer; a fee needs no question, more than a fee is never sent to a relayer.
        return (
            _within(state, message.value)
            if message.value <= config.max_fee
            else Verdict("the relayer asks for too much.")
        )
    return _within(state, message.value, _place(state, message.to))


def _place(state: State, address: str) -> tuple[Why, ...]:
    entry = state.entry(address)
    if entry is None:
        return (Why.NEW_ADDRESS,)
    return (Why.WAITING,) if state.seen < usable_at(state, entry) else ()


def _within(state: State, cost: int, asked: tuple[Why, ...] = ()) -> Verdict:
    over = cost > 0 and state.spent + cost > state.daily_limit
    return Verdict(why=(*asked, Why.OVER_LIMIT) if over else asked, cost=cost)


def signed_debit(state: State, channel_id: bytes) -> int:
    """The highest stake signed for a channel so far; base units."""
    return dict(state.debits).get(channel_id.hex(), 0)


def spend(state: State, message: Message, verdict: Verdict, confirmed: bool) -> State:
    """The state once the message is signed; what was confirmed one by one uses up no limit."""
    after = state
    if isinstance(message, Debit) and message.debited > signed_debit(state, message.channel_id):
        name = message.channel_id.hex()
        kept = tuple(pair for pair in state.debits if pair[0] != name)
        after = replace(after, debits=(*kept, (name, message.debited))[-MAX_CHANNELS:])
    if verdict.cost and not confirmed:
        first = 1 if state.spent == 0 else 0
        after = replace(after, spent=state.spent + verdict.cost, generation=state.generation + first)
    return after


def changed(state: State, **rules: object) -> State:
    """The state with other rules, of the next generation."""
    return replace(state, generation=state.generation + 1, **rules)  # type: ignore[arg-type]


def doubted(config: SignerConfig, floor: int, clock: int) -> State:
    """What counts when the file of the rules cannot be trusted: an empty book, and nothing leaves unasked.

    Not the usual limit either, not even from tomorrow: whoever removes the file must not loosen what was stricter.
    """
    return replace(at(begin(config), clock), daily_limit=0, generation=floor + 1, distrusted=True)
