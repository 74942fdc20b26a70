# SPDX-License-Identifier: Apache-2.0
"""The help as it is shown: over whatever page is open, with or without a wallet, and never from a network."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop.viewmodels.help_pages import OF_SCREEN, TITLES, HelpPage, help_page, help_pages
from gems_desktop.viewmodels.help_search import Found, find
from gems_desktop.viewmodels.help_words import NAMES, Entry, entries, entry
from gems_desktop.viewmodels.words import say

#: The page of the glossary.
WORDS = "words"
ORDER = (*TITLES, WORDS)
#: What the pictures show: figures that go together (0.50 of which 5 % are the fee, 10 GEM claimed for 0.02).
SAMPLES = {
    "reward": 500,
    "stake": 100,
    "hour": 3_000,
    "today": 1_250,
    "week": 8_400,
    "claimable": 10_000,
    "review": 2_500,
    "wallet": 42_000,
    "fee": 20,
    "arrives": 9_980,
    "paid": 1_840_000,
    "bond": 2_000,
}


@dataclass(frozen=True, slots=True)
class HelpProps:
    """What the help shows; word: the glossary's entry that was asked for."""

    open: bool = False
    page: str = "welcome"
    word: str = ""
    query: str = ""


def following(page: str, step: int) -> str:
    """The page that stands `step` after this one, or nothing."""
    at = ORDER.index(page) + step
    return ORDER[at] if 0 <= at < len(ORDER) else ""


class HelpViewModel(QObject):
    """Needs no session: it helps before there is a wallet."""

    changed = Signal()
    openChanged = Signal()
    textsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._props = HelpProps()
        self._pages: tuple[HelpPage, ...] = ()
        self._words: tuple[Entry, ...] = ()

    # --- for the frame -----------------------------------------------------------------------------------
    @property
    def props(self) -> HelpProps:
        """What is shown now."""
        return self._props

    def retell(self) -> None:
        """The window speaks another language."""
        self._pages, self._words = (), ()
        self.textsChanged.emit()
        self.changed.emit()

    def _show(self, props: HelpProps) -> None:
        old, self._props = self._props, props
        if props != old:
            self.changed.emit()
        if props.open != old.open:
            self.openChanged.emit()

    def _all(self) -> tuple[tuple[HelpPage, ...], tuple[Entry, ...]]:
        if not self._pages:
            self._pages, self._words = help_pages(), entries()
        return self._pages, self._words

    def _title(self, name: str) -> str:
        if name == WORDS:
            return say("Words")
        return help_page(name).title if name in TITLES else ""

    def _results(self) -> tuple[Found, ...]:
        return find(self._props.query, *self._all())

    # --- for QML -----------------------------------------------------------------------------------------
    @Slot(str)
    def openFor(self, screen: str) -> None:
        """Open the page about a screen."""
        self._show(HelpProps(open=True, page=OF_SCREEN.get(screen, "welcome")))

    @Slot(str)
    def openWord(self, word: str) -> None:
        """Open the glossary at a word."""
        self._show(HelpProps(open=True, page=WORDS, word=word if word in NAMES else ""))

    @Slot()
    def close(self) -> None:
        """Back to where one was."""
        self._show(replace(self._props, open=False, query="", word=""))

    @Slot(str)
    def choose(self, page: str) -> None:
        """Show another page."""
        if page in ORDER:
            self._show(replace(self._props, page=page, word="", query=""))

    @Slot(str)
    def chooseWord(self, word: str) -> None:
        """Show the glossary at a word."""
        if word in NAMES:
            self._show(replace(self._props, page=WORDS, word=word, query=""))

    @Slot()
    def goBack(self) -> None:
        """The page before this one."""
        self.choose(following(self._props.page, -1))

    @Slot()
    def goOn(self) -> None:
        """The page after this one."""
        self.choose(following(self._props.page, 1))

    @Slot(str)
    def search(self, query: str) -> None:
        """Look for words in the pages and in the glossary."""
        self._show(replace(self._props, query=query[:100]))

    @Slot(str, result="QVariantMap")
    def explain(self, word: str) -> dict[str, Any]:
        """The glossary's entry as {word, name, text, example}; empty for a word that it does not have."""
        return asdict(entry(word)) if word in NAMES else {}

    def _samples(self) -> dict[str, str]:
        from gems_desktop.viewmodels.words import duration, gem, number, percent, size
        from gems_protocol.amount import Amount

        told = {name: gem(Amount(thousandths * 10**15)) for name, thousandths in SAMPLES.items()}
        spots = {f"n{step}": number(step) for step in range(1, 6)}
        return (
            told | spots | {"percent": percent(20_000), "hours": duration(3 * 3600), "data": size(12_400_000)}
        )

    def _steps(self) -> list[dict[str, str]]:
        from gems_desktop.viewmodels.words import number

        if self._props.page not in TITLES:
            return []
        steps = help_page(self._props.page).steps
        return [{"number": number(at), "text": step} for at, step in enumerate(steps, 1)]

    open = Property(bool, lambda self: self._props.open, notify=openChanged)
    page = Property(str, lambda self: self._props.page, notify=changed)
    word = Property(str, lambda self: self._props.word, notify=changed)
    query = Property(str, lambda self: self._props.query, notify=changed)
    title = Property(str, lambda self: self._title(self._props.page), notify=changed)
    steps = Property(list, lambda self: self._steps(), notify=changed)
    before = Property(str, lambda self: self._title(following(self._props.page, -1)), notify=changed)
    after = Property(str, lambda self: self._title(following(self._props.page, 1)), notify=changed)
    results = Property(list, lambda self: [asdict(each) for each in self._results()], notify=changed)
    contents = Property(
        list,
        lambda self: [{"name": name, "title": self._title(name)} for name in ORDER],
        notify=textsChanged,
    )
    words = Property(list, lambda self: [asdict(each) for each in self._all()[1]], notify=textsChanged)
    names = Property(dict, lambda self: {word: say(NAMES[word]) for word in NAMES}, notify=textsChanged)
    samples = Property(dict, lambda self: self._samples(), notify=textsChanged)
