# SPDX-License-Identifier: Apache-2.0
"""The way in: make a wallet or bring one back, type its words, protect it; later, unlock it.

Words and passwords never become properties: QML hands the secret items themselves to the slots here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl, Signal, Slot

from gems_desktop.items.secret_field import SecretField
from gems_desktop.items.secret_words import SecretWords
from gems_desktop.services.errors import BadSeedWords
from gems_desktop.services.facts import Problem, Topic, WalletFacts
from gems_desktop.services.signing import MAX_KEYSTORE, WORD_LANGUAGES
from gems_desktop.services.wallet_errors import BadKeystore
from gems_desktop.services.word_list import word_list
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.words import number, say
from gems_protocol.text import clean

if TYPE_CHECKING:
    from gems_desktop.services.session import Session

#: The language of new words for those of the window; words in a language of one's own are written without mistakes.
WORDS_FOR = {
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "cs": "czech",
    "ja": "japanese",
    "ko": "korean",
    "zh": "chinese_simplified",
    "zh_TW": "chinese_traditional",
}
RESTORE_KINDS = ("words", "key", "keystore")
MIN_PASSWORD = 8  # characters; the key derivation is slow besides


class Step(Enum):
    """Where the newcomer is."""

    LOADING = "loading"
    LANGUAGE = "language"
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
    wordsLanguage: int  # place in WORD_LANGUAGES
    restoreKind: str
    keystoreName: str  # of the file that was chosen
    withKeyring: bool  # unlocking needs no password


def first_step(wallet: WalletFacts) -> Step:
    """Where to begin with this wallet."""
    if not wallet.exists:
        return Step.LANGUAGE
    return Step.DONE if wallet.unlocked else Step.UNLOCK


def _read_small(path: Path) -> bytes:
    with path.open("rb") as file:
        found = file.read(MAX_KEYSTORE + 1)
    if len(found) > MAX_KEYSTORE:
        raise ValueError("too long for a keystore")
    return found


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
    wordsLanguage = prop(int, "wordsLanguage", changed)
    restoreKind = prop(str, "restoreKind", changed)
    keystoreName = prop(str, "keystoreName", changed)
    withKeyring = prop(bool, "withKeyring", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._step = Step.LOADING
        self._keyring = False
        self._address = ""
        self._words: list[bytearray] = []
        self._language: str | None = None  # of new words
        self._chose_words = False  # apart from the language of the window
        self._kind = RESTORE_KINDS[0]
        self._keystore = b""
        self._keystore_name = ""
        self._with_keyring = False
        self.newcomer = False  # the wallet was made here a moment ago
        self._publish()

    def _publish(self) -> None:
        self.show(
            WelcomeProps(
                self._step.value,
                self._keyring,
                self._address,
                WORD_LANGUAGES.index(self._language or "english"),
                self._kind,
                self._keystore_name,
                self._with_keyring,
            )
        )

    def _go(self, step: Step) -> None:
        self._step = step
        self.fail(None)
        self._publish()
        if step is Step.DONE:
            self.finished.emit()

    async def refresh(self) -> None:
        """Look whether there is a wallet, and whether it is open."""
        facts = await self.session.wallet.facts()
        self._address = facts.address
        self._with_keyring = facts.storage == "keyring"
        if self._step is Step.LOADING:
            if facts.exists and not facts.unlocked and facts.storage == "keyring":
                await self.session.wallet.unlock(None)
                facts = await self.session.wallet.facts()
            self._go(first_step(facts))
        if self._step is Step.UNLOCK:  # which needs no more, and may stand before there is more to be asked
            self._publish()
            return
        self._keyring = await self.session.wallet.keyring_available()
        if self._language is None:  # of new words
            shown = (await self.session.settings.facts()).language
            self._language = WORDS_FOR.get(shown, "english")
        self._publish()

    @Slot()
    def locked(self) -> None:
        """The wallet was locked: wait for somebody who unlocks it, the keyring's too."""
        self._forget()
        self._step = Step.UNLOCK
        self._publish()
        self.reload()

    @Slot()
    def unlockWithKeyring(self) -> None:
        """Open the wallet that the system's keyring keeps."""
        self.start(self._unlock(None))

    @Slot(int, result=str)
    def spell(self, count: int) -> str:
        """A count in the digits of the language."""
        return number(count)

    @Slot(int)
    def chooseWords(self, place: int) -> None:
        """The language of new words, by its place in WORD_LANGUAGES."""
        if 0 <= place < len(WORD_LANGUAGES):
            self._language = WORD_LANGUAGES[place]
            self._chose_words = True
            self._publish()

    @Slot()
    def begin(self) -> None:
        """Look anew where to begin."""
        self._forget()
        self._step = Step.LOADING
        self._publish()
        self.reload()

    @Slot(str)
    def languageChosen(self, code: str) -> None:
        """The window speaks the newcomer's language; new words are in it where there are any.

        Also when it is changed later, until the language of the words is chosen by itself.
        """
        if self._step in (Step.LANGUAGE, Step.START) and not self._chose_words:
            self._language = WORDS_FOR.get(code, "english")
            self._go(Step.START)

    @Slot()
    def backToLanguage(self) -> None:
        """Choose another language."""
        self._go(Step.LANGUAGE)

    @Slot()
    def createWallet(self) -> None:
        """Make a new wallet; its words wait to be shown by `showWords`."""
        self.start(self._create())

    async def _create(self) -> None:
        self._words = await self.session.wallet.create(self._language or "english")
        self.newcomer = True
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
        self._keystore, self._keystore_name = b"", ""

    @Slot(QObject)
    def helpTyping(self, field: SecretField) -> None:
        """Words of the list that the new ones are from are being typed into `field`."""
        field.help_with(word_list(self._language or "english"))

    @Slot(QObject)
    def typeBack(self, field: SecretField) -> None:
        """Compare what was typed back with the words; what is wrong stays to be corrected."""
        self.start(self._type_back(field, field.look()))

    async def _type_back(self, field: SecretField, typed: bytearray) -> None:
        try:
            same = await self.session.wallet.confirm_words(typed)
        except BadSeedWords:
            same = False
        finally:
            _wipe(typed)
        if same:
            field.wipe()
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
        """Show the fields for a wallet that exists."""
        self._kind = RESTORE_KINDS[0]
        self.newcomer = False
        self._go(Step.RESTORE)

    @Slot(str)
    def setRestoreKind(self, kind: str) -> None:
        """One of RESTORE_KINDS."""
        if kind in RESTORE_KINDS:
            self._kind = kind
            self.fail(None)
            self._publish()

    @Slot(QObject, QObject, int)
    def restoreWords(self, field: SecretField, passphrase: SecretField, index: int) -> None:
        """Bring a wallet back from its words, with the passphrase and the number of the account if there are any."""
        words, more = field.take(), passphrase.take()
        self.start(self._taken(self.session.wallet.restore(words, more, index), words, more))

    @Slot(QObject)
    def restoreKey(self, field: SecretField) -> None:
        """Bring a wallet back from its private key."""
        key = field.take()
        self.start(self._taken(self.session.wallet.restore_key(key), key))

    @Slot(str)
    def chooseKeystore(self, place: str) -> None:
        """Read a keystore file; `place` is a path, or the address of a file that was dropped."""
        self.start(self._read_keystore(place))

    async def _read_keystore(self, place: str) -> None:
        url = QUrl(place)
        path = Path(url.toLocalFile() if url.isLocalFile() else place).expanduser()
        try:
            found = await asyncio.to_thread(_read_small, path)
        except (OSError, ValueError) as error:
            raise BadKeystore from error
        self._keystore, self._keystore_name = found, clean(path.name, max_length=60, multiline=False)
        self.fail(None)
        self._publish()

    @Slot(QObject)
    def restoreKeystore(self, field: SecretField) -> None:
        """Bring a wallet back from the file that was chosen, with its password."""
        password = field.take()
        self.start(self._taken(self.session.wallet.restore_keystore(self._keystore, password), password))

    async def _taken(self, restoring: Coroutine[Any, Any, None], *secrets: bytearray) -> None:
        try:
            await restoring
        except BadSeedWords as error:
            self.fail(Problem(error.message, error.safe, error.action))
            return
        finally:
            for secret in secrets:
                _wipe(secret)
        self._keystore, self._keystore_name = b"", ""
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

    async def _unlock(self, password: bytearray | None) -> None:
        try:
            await self.session.wallet.unlock(password)
        finally:
            if password is not None:
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
