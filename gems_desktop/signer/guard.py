# SPDX-License-Identifier: Apache-2.0
"""Stands before every signature of an open wallet: applies the policy, asks the person, keeps what was used."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gems_desktop.services.errors import SignerRefused
from gems_desktop.services.signing import SignerConfig
from gems_desktop.services.wallet_errors import BadAddress, NotConfirmed
from gems_desktop.signer import policy, sentences
from gems_desktop.signer.confirming import Confirmer
from gems_desktop.signer.policy import Entry, State
from gems_desktop.signer.policy_file import PolicyFile, policy_key
from gems_desktop.signer.secrets import wipe
from gems_desktop.signer.sentences import Question
from gems_desktop.signer.vault_file import SealedWallet
from gems_protocol.address import parse_address
from gems_protocol.messages import Debit, Message
from gems_protocol.text import line

#: After a no to stakes, which the application puts up by itself, it does not come back at once with the next ones.
QUIET_S = 600
#: Who keeps being asked says yes at last: after so many times no in a row nothing is asked for that long.
MAX_NOES = 3
MAX_LIMIT = 10**9 * 10**18  # the whole supply of GEM and more
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?", re.ASCII)
THEMES = ("system", "light", "dark", "contrast")


def refused(what: str) -> SignerRefused:
    """What is said when something is not signed."""
    return SignerRefused(f"This was not signed: {what}", safe="Nothing was signed.")


class Guard:
    """The policy of one wallet while it is open. `file` is None for wallets that live in memory only."""

    def __init__(
        self,
        config: SignerConfig,
        confirmer: Confirmer,
        file: PolicyFile | None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._config = config
        self._confirmer = confirmer
        self._file = file
        self._clock = clock
        self._key = bytearray()
        self._address = ""
        self._state = policy.begin(config)
        self._quiet_until = 0
        self._noes, self._deaf_until = 0, 0.0
        self.looks: dict[str, Any] = {"language": "en", "theme": "system", "text_scale": 100}

    def open(self, key: bytearray, address: str, wallet: SealedWallet | None) -> None:
        """Take over the policy of the wallet with this key; a new wallet (None) begins with the usual limits."""
        self._address, self._key = address, policy_key(key)
        self._quiet_until = 0
        if wallet is None or self._file is None:
            self._state = policy.begin(self._config)
        else:
            self._state = self._file.load(self._key, wallet, self._config, self._moment())

    def begin(self) -> None:
        """Write the first file of a wallet that was just stored, so that a missing one is noticed from now on."""
        self._keep(policy.changed(self._now()))

    def close(self) -> None:
        """Forget the wallet's part."""
        wipe(self._key)
        self._key, self._address = bytearray(), ""
        self._state = policy.begin(self._config)

    def _moment(self) -> int:
        return max(0, int(self._clock()))

    def _ask(self, question: Question) -> bool:
        """Whether the person says yes; raises SignerRefused for a while after several times no."""
        if time.monotonic() < self._deaf_until:
            raise refused("you said no several times, so nothing is asked for ten minutes.")
        yes = self._confirmer.ask(question, self.looks)
        self._noes = 0 if yes else self._noes + 1
        if self._noes >= MAX_NOES:
            self._noes, self._deaf_until = 0, time.monotonic() + QUIET_S
        return yes

    def _now(self) -> State:
        self._state = policy.at(self._state, self._moment())
        return self._state

    def _keep(self, state: State) -> None:
        """Make a state count: on disk first, so that nothing is signed that is not counted."""
        if self._file is not None:
            self._file.save(state, self._key, self._address)
        self._state = state

    def allow(self, message: Message) -> None:
        """Return when the message may be signed and is counted; raises SignerRefused, NotConfirmed, DiskFull."""
        state = self._now()
        verdict = policy.judge(message, state, self._address, self._config)
        if verdict.refused:
            raise refused(verdict.refused)
        if verdict.why:
            by_itself = type(message) is Debit  # a step out of the bond is asked for by the person
            if by_itself and self._moment() < self._quiet_until:
                raise NotConfirmed
            question = sentences.about(message, verdict, state)
            # stakes have their own quiet time: a no to them keeps nobody from sending
            if not (self._confirmer.ask(question, self.looks) if by_itself else self._ask(question)):
                self._quiet_until = self._moment() + QUIET_S if by_itself else self._quiet_until
                raise NotConfirmed
        after = policy.spend(self._now(), message, verdict, confirmed=bool(verdict.why))
        if after != self._state:
            self._keep(after)

    def ask_export(self) -> None:
        """Return when the person wants the key in a file; raises NotConfirmed."""
        if not self._ask(sentences.about_export(self._address)):
            raise NotConfirmed

    def facts(self) -> dict[str, Any]:
        """The policy as it crosses the pipe; sums as text."""
        state = self._now()
        book = [
            {
                "name": entry.name,
                "address": entry.address,
                "added_at": entry.added_at,
                "usable_at": policy.usable_at(state, entry),
            }
            for entry in state.book
        ]
        return {
            "daily_limit": str(state.daily_limit),
            "spent_today": str(state.spent),
            "book": book,
            "delay_s": state.delay_s,
            "distrusted": state.distrusted,
            "now": state.seen,
        }

    def change(self, fields: dict[str, Any]) -> None:
        """Set both limits; a looser one is asked for."""
        limit, delay = _limit(fields["daily_limit"]), fields["delay_s"]
        if type(delay) is not int or not 0 <= delay <= policy.MAX_DELAY:
            raise refused("the waiting time is out of its bounds.")
        state = self._now()
        if (limit, delay) == (state.daily_limit, state.delay_s) and not state.distrusted:
            return
        if limit > state.daily_limit or delay < state.delay_s or state.distrusted:
            if not self._ask(sentences.about_limits(state, limit, delay)):
                raise NotConfirmed
            # Somebody sits here and agrees: a clock that once was far ahead is forgotten.
            moment = self._moment()
            state = replace(self._now(), seen=moment, day=moment // policy.DAY, distrusted=False)
        self._keep(policy.changed(state, daily_limit=limit, delay_s=delay))

    def add(self, fields: dict[str, Any]) -> None:
        """Put an address into the book, after a yes."""
        typed, name = fields["address"], fields["name"]
        address = parse_address(typed) if type(typed) is str else None
        if address is None or address == self._address:
            raise BadAddress
        if (
            type(name) is not str
            or len(name) > 4 * policy.MAX_NAME
            or not line(name, policy.MAX_NAME).strip()
        ):
            raise refused("the name is empty or too long.")
        name = line(name, policy.MAX_NAME).strip()
        state = self._now()
        if len(state.book) >= policy.MAX_BOOK:
            raise refused("the address book is full.")
        if not self._ask(sentences.about_address(name, address, state.delay_s)):
            raise NotConfirmed
        state = self._now()
        kept = tuple(entry for entry in state.book if entry.address != address)
        known = state.entry(address)  # another name for a known address does not make it wait again
        added = known.added_at if known is not None else state.seen
        self._keep(policy.changed(state, book=(*kept, Entry(name, address, added))))

    def remove(self, fields: dict[str, Any]) -> None:
        """Take an address out of the book."""
        state = self._now()
        kept = tuple(entry for entry in state.book if entry.address != fields["address"])
        if len(kept) != len(state.book):
            self._keep(policy.changed(state, book=kept))

    def set_looks(self, fields: dict[str, Any]) -> None:
        """How the questions look; raises SignerRefused for looks that do not exist."""
        language, theme, scale = fields["language"], fields["theme"], fields["text_scale"]
        good = type(language) is str and LANGUAGE.fullmatch(language) and theme in THEMES
        if not good or type(scale) is not int or not 80 <= scale <= 200:
            raise refused("the window has no such looks.")
        # a question is never smaller than usual
        self.looks = {"language": language, "theme": theme, "text_scale": max(100, scale)}


def _limit(told: Any) -> int:
    if type(told) is not str or not re.fullmatch(r"0|[1-9]\d{0,30}", told, re.ASCII) or int(told) > MAX_LIMIT:
        raise refused("the limit is out of its bounds.")
    return int(told)
