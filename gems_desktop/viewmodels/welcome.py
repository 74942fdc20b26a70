# SPDX-License-Identifier: Apache-2.0
"""The way in: make a wallet or bring one back, type its words, protect it; later, unlock it.

Words and passwords never become properties: QML hands the secret items themselves to the slots here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal, Slot

from gems_desktop.items import SecretField, SecretWords
from gems_desktop.services.errors import BadSeedWords
from gems_desktop.services.facts import Problem, Topic, WalletFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.words import say

MIN_PASSWORD = 8  # characters; the key derivation is slow besides


class Step(Enum):
    """Where the newcomer is."""

    LOADING = "loading"
    START = "start"
    WORDS = "words"
    TYPE_BACK = "typeBack"
    RESTORE = "restore"
    PROTECT = "protect"
    UNLOCK = "unlock"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class WelcomeProps:
    """What the screen shows."""

    step: str
    keyringAvailable: bool
    address: str


def first_step(wallet: WalletFacts) -> Step:
    """Where to begin with this wallet."""
    if not wallet.exists:
        return Step.START
    return Step.DONE if wallet.unlocked else Step.UNLOCK


def _wipe(secret: bytearray) -> None:
    secret[:] = bytes(len(secret))


class WelcomeViewModel(ViewModel):
    """Onboarding and unlocking; emits `finished` when the wallet is open."""

    topics = frozenset({Topic.WALLET})
    changed = Signal()
    finished = Signal()

    step = prop(str, "step", changed)
    keyringAvailable = prop(bool, "keyringAvailable", changed)
    address = prop(str, "address", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._step = Step.LOADING
        self._keyring = False
        self._address = ""
        self._words: list[bytearray] = []
        self._publish()

    def _publish(self) -> None:
        self.show(WelcomeProps(self._step.value, self._keyring, self._address))

    def _go(self, step: Step) -> None:
        self._step = step
        self.fail(None)
        self._publish()
        if step is Step.DONE:
            self.finished.emit()

    async def refresh(self) -> None:
        """Look whether there is a wallet, and whether it is open."""
        facts = await self.session.wallet.facts()
        self._keyring = await self.session.wallet.keyring_available()
        self._address = facts.address
        if self._step is Step.LOADING:
            if facts.exists and not facts.unlocked and facts.storage == "keyring":
                await self.session.wallet.unlock(None)
                facts = await self.session.wallet.facts()
            self._go(first_step(facts))
        else:
            self._publish()

    @Slot()
    def begin(self) -> None:
        """Look anew where to begin, as after the wallet was locked."""
        self._forget()
        self._step = Step.LOADING
        self._publish()
        self.reload()

    @Slot()
    def createWallet(self) -> None:
        """Make a new wallet; its words wait to be shown by `showWords`."""
        self.start(self._create())

    async def _create(self) -> None:
        self._words = await self.session.wallet.create()
        self._go(Step.WORDS)

    @Slot(QObject)
    def showWords(self, item: SecretWords) -> None:
        """Paint the new words into `item`."""
        item.show(self._words)

    @Slot()
    def wordsWritten(self) -> None:
        """The newcomer says that the words stand on paper; they are forgotten here."""
        self._forget()
        self._go(Step.TYPE_BACK)

    def _forget(self) -> None:
        for word in self._words:
            _wipe(word)
        self._words = []

    @Slot(QObject)
    def typeBack(self, field: SecretField) -> None:
        """Compare what was typed back with the words."""
        self.start(self._type_back(field.take()))

    async def _type_back(self, typed: bytearray) -> None:
        try:
            same = await self.session.wallet.confirm_words(typed)
        finally:
            _wipe(typed)
        if same:
            self._go(Step.PROTECT)
        else:
            self.fail(
                Problem(
                    say("These are not the words of your new wallet."),
                    say("Nothing is lost; the wallet is still being made."),
                    say(
                        "Compare each word with your paper and type them again, or start over for new words."
                    ),
                )
            )

    @Slot()
    def startOver(self) -> None:
        """Back to the beginning; a wallet not yet protected is forgotten."""
        self._forget()
        self._go(Step.START)

    @Slot()
    def beginRestore(self) -> None:
        """Show the field for existing words."""
        self._go(Step.RESTORE)

    @Slot(QObject)
    def restoreWords(self, field: SecretField) -> None:
        """Bring a wallet back from its words."""
        self.start(self._restore(field.take()))

    async def _restore(self, words: bytearray) -> None:
        try:
            await self.session.wallet.restore(words)
        except BadSeedWords as error:
            self.fail(Problem(error.message, error.safe, error.action))
            return
        finally:
            _wipe(words)
        self._go(Step.PROTECT)

    @Slot(QObject, QObject)
    def protectWithPassword(self, field: SecretField, again: SecretField) -> None:
        """Store the wallet behind a password that was typed twice."""
        first, second = field.take(), again.take()
        problem = password_problem(first, second)
        _wipe(second)
        if problem is not None:
            _wipe(first)
            self.fail(problem)
            return
        self.start(self._protect(first))

    @Slot()
    def protectWithKeyring(self) -> None:
        """Store the wallet in the system's keyring."""
        self.start(self._protect(None))

    async def _protect(self, password: bytearray | None) -> None:
        try:
            await self.session.wallet.protect(password)
        finally:
            if password is not None:
                _wipe(password)
        facts = await self.session.wallet.facts()
        self._address = facts.address
        self._go(Step.DONE)

    @Slot(QObject)
    def unlock(self, field: SecretField) -> None:
        """Open the stored wallet with its password."""
        self.start(self._unlock(field.take()))

    async def _unlock(self, password: bytearray) -> None:
        try:
            await self.session.wallet.unlock(password)
        finally:
            _wipe(password)
        self._go(Step.DONE)

    def close(self) -> None:
        """Forget everything secret and stop."""
        self._forget()
        super().close()


def password_problem(first: bytearray, second: bytearray) -> Problem | None:
    """What is wrong with a new password typed twice, or None."""
    if len(first.decode("utf-8", "replace")) < MIN_PASSWORD:
        return Problem(
            say("The password is too short."),
            say("Nothing was stored yet."),
            say("Take at least {n} characters; a few words in a row are easy to remember.", n=MIN_PASSWORD),
        )
    if first != second:
        return Problem(
            say("The two passwords differ."), say("Nothing was stored yet."), say("Type the same one twice.")
        )
    return None
