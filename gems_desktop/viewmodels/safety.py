# SPDX-License-Identifier: Apache-2.0
"""What the wallet allows without asking: limits, address book, auto-lock; its password, and its key in a file.

The rules are the signer's: this shows them and asks it to change them, which it does after asking in its own window.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.items.secret_field import SecretField
from gems_desktop.services.facts import Problem, Topic, WalletFacts
from gems_desktop.services.facts_safety import BookEntry, SafetyFacts
from gems_desktop.services.problem import problem_of
from gems_desktop.services.session import Session
from gems_desktop.services.wallet_errors import BadAddress
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.welcome import password_problem
from gems_desktop.viewmodels.words import duration, gem, say, typed_gem
from gems_protocol.address import groups, parse_address
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError

AUTO_LOCK = (0, 1, 5, 15, 30, 60)  # minutes; 0: never
DELAYS = (0, 24, 48, 168)  # hours


@dataclass(frozen=True, slots=True)
class BookRow:
    """One address of the book; `address` is for removing, `shown` for reading."""

    name: str
    address: str
    shown: str
    waiting: str
    usable: bool


@dataclass(frozen=True, slots=True)
class SafetyProps:
    """What the card shows; the two about a typed address follow the field."""

    ready: bool = False
    limit: str = "0.00"
    spent: str = ""
    delayHours: int = 24
    autoLockMinutes: int = 15
    distrusted: bool = False
    hasPassword: bool = False
    addressShown: str = ""
    addressProblem: str = ""


def book_row(entry: BookEntry, now: int) -> BookRow:
    """The row of an address at this moment."""
    usable = now >= entry.usable_at
    state = (
        say("Money may go there")
        if usable
        else say("Every payment is asked for, for another {time}", time=duration(entry.usable_at - now))
    )
    return BookRow(entry.name, entry.address, groups(entry.address), state, usable)


def derive(facts: SafetyFacts, wallet: WalletFacts, typed: str = "") -> SafetyProps:
    """The card from the signer's rules and what is being typed as an address."""
    found = parse_address(typed) if typed.strip() else None
    wrong = typed.strip() != "" and found is None
    return SafetyProps(
        ready=True,
        limit=gem(facts.daily_limit),
        spent=say(
            "{spent} of {limit} GEM used today",
            spent=gem(facts.spent_today),
            limit=gem(facts.daily_limit),
        ),
        delayHours=facts.delay_s // 3600,
        autoLockMinutes=facts.auto_lock_minutes,
        distrusted=facts.distrusted,
        hasPassword=wallet.storage == "password",
        addressShown=groups(found) if found else "",
        addressProblem=say("This is no address, or one of its letters is wrong.") if wrong else "",
    )


class SafetyViewModel(ViewModel):
    """The safety card of Settings."""

    topics = frozenset({Topic.SETTINGS, Topic.WALLET})
    changed = Signal()
    said = Signal(str, str)
    added = Signal()

    ready = prop(bool, "ready", changed)
    limit = prop(str, "limit", changed)
    spent = prop(str, "spent", changed)
    delayHours = prop(int, "delayHours", changed)
    autoLockMinutes = prop(int, "autoLockMinutes", changed)
    distrusted = prop(bool, "distrusted", changed)
    hasPassword = prop(bool, "hasPassword", changed)
    addressShown = prop(str, "addressShown", changed)
    addressProblem = prop(str, "addressProblem", changed)

    def __init__(self, session: Session, folder: str, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._folder = Path(folder)
        self._typed = ""
        self._facts: SafetyFacts | None = None
        self._wallet: WalletFacts | None = None
        self._book = RowsModel(BookRow, self)
        self.show(SafetyProps())

    book = Property(QObject, lambda self: self._book, constant=True)

    async def refresh(self) -> None:
        """Read the signer's rules; a locked wallet has none to show."""
        self._wallet = await self.session.wallet.facts()
        if self._wallet.unlocked:
            self._put(await self.session.wallet.safety())

    def _put(self, facts: SafetyFacts) -> None:
        self._facts = facts
        self._book.replace([book_row(entry, facts.now) for entry in facts.book])
        if self._wallet is not None:
            self.show(derive(facts, self._wallet, self._typed))

    @Slot(str)
    def typeAddress(self, typed: str) -> None:
        """Check what stands in the field, and show it in groups for comparing it once more."""
        self._typed = typed
        if self._facts is not None:
            self._put(self._facts)

    @Slot(str, str)
    def addAddress(self, name: str, typed: str) -> None:
        """Ask the signer to put an address into the book; only the one that was shown in groups."""
        address = parse_address(typed)
        if address is None or groups(address) != self._props.addressShown:
            self.fail(problem_of(BadAddress()))
            return
        self.start(self._add(name, address))

    async def _add(self, name: str, address: str) -> None:
        self._put(await self.session.wallet.add_address(name, address))
        self.fail(None)
        self.typeAddress("")
        self.added.emit()

    @Slot(str)
    def removeAddress(self, address: str) -> None:
        """Take an address out of the book."""
        self.start(self._remove(address))

    async def _remove(self, address: str) -> None:
        self._put(await self.session.wallet.remove_address(address))

    @Slot(str)
    def setDailyLimit(self, typed: str) -> None:
        """What may leave in a day without a question, as GEM."""
        try:
            wanted = typed_gem(typed)
        except GemsError as error:
            self.fail(problem_of(error))
            return
        self.start(self._change(daily_limit=wanted))

    @Slot(int)
    def setDelayHours(self, hours: int) -> None:
        """How long a new address waits; one of DELAYS."""
        if hours in DELAYS:
            self.start(self._change(delay_s=hours * 3600))

    async def _change(self, *, daily_limit: Amount | None = None, delay_s: int | None = None) -> None:
        try:
            self._put(await self.session.wallet.change_safety(daily_limit=daily_limit, delay_s=delay_s))
            self.fail(None)
        finally:
            self.changed.emit()  # a field goes back to what counts

    @Slot(int)
    def setAutoLock(self, minutes: int) -> None:
        """After how many minutes without input to lock; one of AUTO_LOCK."""
        if minutes in AUTO_LOCK:
            self.start(self._auto_lock(minutes))

    async def _auto_lock(self, minutes: int) -> None:
        await self.session.settings.change(auto_lock_minutes=minutes)
        await self.refresh()

    @Slot(QObject, QObject, QObject)
    def changePassword(self, old: SecretField, new: SecretField, again: SecretField) -> None:
        """Seal the wallet behind another password, typed twice."""
        former, first, second = old.take(), new.take(), again.take()
        problem = password_problem(first, second)
        _wipe(second)
        if problem is not None:
            _wipe(former)
            _wipe(first)
            self.fail(problem)
            return
        self.start(self._password(former, first))

    async def _password(self, old: bytearray, new: bytearray) -> None:
        try:
            await self.session.wallet.change_password(old, new)
        finally:
            _wipe(old)
            _wipe(new)
        self.fail(None)
        self.said.emit(say("The new password counts from now on."), "good")

    @Slot(QObject, QObject)
    def exportKeystore(self, field: SecretField, again: SecretField) -> None:
        """Write the key into a file behind a password of its own, typed twice."""
        first, second = field.take(), again.take()
        problem = password_problem(first, second)
        _wipe(second)
        if problem is not None:
            _wipe(first)
            self.fail(problem)
            return
        self.start(self._export(first))

    async def _export(self, password: bytearray) -> None:
        try:
            content = await self.session.wallet.export_keystore(password)
        finally:
            _wipe(password)
        address = self._wallet.address if self._wallet is not None else ""
        path = self._folder / f"keystore-{address[2:10]}.json"
        try:
            await asyncio.to_thread(_write, path, content)
        except OSError:
            self.fail(
                Problem(
                    say("The file could not be written."),
                    say("Your wallet is as it was."),
                    say("Look whether such a file is there already, and whether the disk is full."),
                )
            )
            return
        self.fail(None)
        self.said.emit(say("The key was written to {path}", path=path), "good")


def _write(path: Path, content: bytes) -> None:
    """A new file for its owner only; never over another one."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _wipe(secret: bytearray) -> None:
    secret[:] = bytes(len(secret))
