# SPDX-License-Identifier: Apache-2.0
"""Options of the profile; each is stored as soon as it is changed, and the frame follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot

from gems_desktop import __version__
from gems_desktop.services.facts import SettingsFacts, Topic, WalletFacts
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel, prop
from gems_desktop.viewmodels.rows import RowsModel
from gems_desktop.viewmodels.warning_words import NAMES
from gems_desktop.viewmodels.words import gem, grouped, say, typed_gem
from gems_protocol.content_warning import CATEGORIES

SECTIONS = ("reading", "work", "notices", "safety", "money", "network", "profiles", "updates", "help")
THEMES = ("system", "light", "dark", "contrast")
TEXT_SCALES = (100, 125, 150, 175, 200)  # percent; the page is tested at both ends
MAX_DAYS = 14
MAX_MEGABYTES = 100_000
MAX_WARN_HOURS = 72


@dataclass(frozen=True, slots=True)
class ContentRow:
    """A category of what campaigns warn of; `offered` is whether such campaigns are offered."""

    category: str
    title: str
    offered: bool


@dataclass(frozen=True, slots=True)
class SettingsProps:
    """What the screen shows."""

    ready: bool = False
    profile: str = ""
    address: str = ""
    storage: str = ""
    language: str = "en"
    theme: str = "system"
    textScale: int = 100
    daysOfWork: int = 2
    megabytesPerDay: int = 100
    metered: bool = False
    proxy: str = ""
    keepWorking: bool = False
    countsMegabytes: bool = False
    warnHours: int = 6
    reduceMotion: bool = False
    bondTarget: str = "0.00"
    platformUrl: str = ""
    version: str = __version__


def derive(facts: SettingsFacts, wallet: WalletFacts) -> SettingsProps:
    """The page from the options and the wallet."""
    storages = {
        "keyring": say("Kept in the system's keyring"),
        "password": say("Protected by your password"),
    }
    return SettingsProps(
        ready=True,
        profile=facts.profile,
        address=grouped(wallet.address) if wallet.address else "",
        storage=storages.get(wallet.storage, ""),
        language=facts.language,
        theme=facts.theme,
        textScale=facts.text_scale,
        daysOfWork=facts.days_of_work,
        megabytesPerDay=facts.megabytes_per_day,
        metered=facts.metered,
        proxy=facts.proxy,
        keepWorking=facts.keep_working,
        countsMegabytes=facts.counts_megabytes,
        warnHours=facts.warn_hours,
        reduceMotion=facts.reduce_motion,
        bondTarget=gem(facts.bond_target),
        platformUrl=facts.platform_url,
    )


class SettingsViewModel(ViewModel):
    """Settings."""

    topics = frozenset({Topic.SETTINGS, Topic.WALLET})
    changed = Signal()
    said = Signal(str, str)
    sectionChanged = Signal()

    ready = prop(bool, "ready", changed)
    profile = prop(str, "profile", changed)
    address = prop(str, "address", changed)
    storage = prop(str, "storage", changed)
    language = prop(str, "language", changed)
    theme = prop(str, "theme", changed)
    textScale = prop(int, "textScale", changed)
    daysOfWork = prop(int, "daysOfWork", changed)
    megabytesPerDay = prop(int, "megabytesPerDay", changed)
    metered = prop(bool, "metered", changed)
    proxy = prop(str, "proxy", changed)
    keepWorking = prop(bool, "keepWorking", changed)
    countsMegabytes = prop(bool, "countsMegabytes", changed)
    warnHours = prop(int, "warnHours", changed)
    reduceMotion = prop(bool, "reduceMotion", changed)
    bondTarget = prop(str, "bondTarget", changed)
    platformUrl = prop(str, "platformUrl", changed)
    version = prop(str, "version", changed)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self._hidden: frozenset[str] = frozenset()
        self._section = SECTIONS[0]
        self._content = RowsModel(ContentRow, self)
        self.show(SettingsProps())

    async def refresh(self) -> None:
        """Read the options."""
        facts = await self.session.settings.facts()
        self._hidden = frozenset(facts.hidden_content)
        self._content.replace(
            [ContentRow(name, say(NAMES[name]), name not in self._hidden) for name in CATEGORIES]
        )
        self.show(derive(facts, await self.session.wallet.facts()))

    section = Property(str, lambda self: self._section, notify=sectionChanged)

    @Slot(str)
    def openSection(self, name: str) -> None:
        """Show one of SECTIONS; it is shown again when the page is opened again."""
        if name in SECTIONS and name != self._section:
            self._section = name
            self.sectionChanged.emit()

    content = Property(QObject, lambda self: self._content, constant=True)

    @Slot(str, bool)
    def offerContent(self, category: str, offered: bool) -> None:
        """Offer campaigns that warn of this category, or keep them away."""
        if category in CATEGORIES:
            self._hidden = self._hidden - {category} if offered else self._hidden | {category}
            self._change(hidden_content=sorted(self._hidden))

    def _change(self, **options: Any) -> None:
        self.start(self._store(options))

    async def _store(self, options: dict[str, Any]) -> None:
        await self.session.settings.change(**options)
        await self.refresh()

    @Slot(str)
    def setTheme(self, theme: str) -> None:
        """One of THEMES."""
        if theme in THEMES:
            self._change(theme=theme)

    @Slot(int)
    def setTextScale(self, percent: int) -> None:
        """One of TEXT_SCALES."""
        if percent in TEXT_SCALES:
            self._change(text_scale=percent)

    @Slot(int)
    def setDaysOfWork(self, days: int) -> None:
        """How many days of work to keep at hand."""
        self._change(days_of_work=min(max(days, 1), MAX_DAYS))

    @Slot(int)
    def setMegabytesPerDay(self, megabytes: int) -> None:
        """How much may be downloaded a day."""
        self._change(megabytes_per_day=min(max(megabytes, 1), MAX_MEGABYTES))

    @Slot(bool)
    def setMetered(self, metered: bool) -> None:
        """Whether to download on metered networks too."""
        self._change(metered=metered)

    @Slot(str)
    def setProxy(self, url: str) -> None:
        """What everything that leaves this computer goes through; "" for nothing."""
        self._change(proxy=url.strip().rstrip("/"))

    @Slot(bool)
    def setKeepWorking(self, keep: bool) -> None:
        """Whether more tasks are fetched by themselves."""
        self._change(keep_working=keep)

    @Slot(bool)
    def setCountsMegabytes(self, counts: bool) -> None:
        """Whether this network counts megabytes, whatever the system says."""
        self._change(counts_megabytes=counts)

    @Slot(int)
    def setWarnHours(self, hours: int) -> None:
        """How many hours before a task runs out it is warned of."""
        self._change(warn_hours=min(max(hours, 1), MAX_WARN_HOURS))

    @Slot(bool)
    def setReduceMotion(self, reduce: bool) -> None:
        """Whether nothing moves."""
        self._change(reduce_motion=reduce)

    @Slot(str)
    def setBondTarget(self, text: str) -> None:
        """How much of the pay stays as a bond (decimal GEM)."""
        self.start(self._set_bond_target(text))

    async def _set_bond_target(self, text: str) -> None:
        await self.session.earnings.set_bond_target(typed_gem(text))
        await self.refresh()
        self.said.emit(say("The bond target is stored."), "good")

    @Slot()
    def lock(self) -> None:
        """Lock the wallet; the frame goes back to the way in."""
        self.start(self.session.wallet.lock())
