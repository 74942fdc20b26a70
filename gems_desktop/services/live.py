# SPDX-License-Identifier: Apache-2.0
"""All services of one profile over one context: the Session that a window or a headless player drives."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from gems_desktop.services.appeals import Appeals
from gems_desktop.services.carry import CarryService
from gems_desktop.services.cases import Cases
from gems_desktop.services.claims import Claims
from gems_desktop.services.context import Context, Listener
from gems_desktop.services.earnings import EarningsService
from gems_desktop.services.facts import Problem
from gems_desktop.services.notices import NoticesService
from gems_desktop.services.rates import RatesService
from gems_desktop.services.reports import ReportsService
from gems_desktop.services.review import ReviewService
from gems_desktop.services.settings import SettingsService
from gems_desktop.services.sync import SyncService
from gems_desktop.services.transfers import Transfers
from gems_desktop.services.trust import TrustService
from gems_desktop.services.upkeep import Upkeep
from gems_desktop.services.wallet import WalletService
from gems_desktop.services.why import WhyService
from gems_desktop.services.work import WorkService


class LiveSession:
    """Implements Session. `notice` is what happened to the profile at the start, to be shown once."""

    def __init__(
        self,
        context: Context,
        closers: tuple[Callable[[], Awaitable[None]], ...] = (),
        notice: Problem | None = None,
    ) -> None:
        self.context, self.profile = context, context.profile
        self.notice = notice
        claims = Claims(context)
        sent = Transfers(context, claims)
        upkeep = Upkeep(context, claims, sent)
        self.wallet = WalletService(context)
        appeals = Appeals(context)
        self.sync = SyncService(context, claims, appeals, upkeep)
        upkeep.unbonding.alone = self.sync.alone()  # no stake is put up beside a step out of the bond
        self.work = WorkService(context, appeals, self.sync.keeping)
        self.review = ReviewService(context)
        self.earnings = EarningsService(context, claims, sent, upkeep)
        self.trust = TrustService(context)
        self.reports = ReportsService(context)
        self.settings = SettingsService(context)
        self.carry = CarryService(context, self.sync, appeals)
        self.cases = Cases(context)
        self.notices = NoticesService(context)
        self.rates = RatesService(context)
        self.why = WhyService(context)
        self.messages = self.sync.messages
        self._closers = closers

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """See Session."""
        self.context.listeners.append(listener)
        return lambda: self.context.listeners.remove(listener)

    @property
    def is_open(self) -> bool:
        """Whether `close` was not called yet."""
        return bool(self._closers)

    async def close(self) -> None:
        """Close everything that was opened, the store last; each even when another one fails.

        Closing twice is harmless.
        """
        failed: BaseException | None = None
        await self.earnings.end()
        closers, self._closers = self._closers, ()
        for close in closers:
            try:
                await close()
            except Exception as error:  # noqa: BLE001 - raised below, after the rest was closed
                failed = failed or error
        if failed is not None:
            raise failed
