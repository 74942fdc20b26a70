# SPDX-License-Identifier: Apache-2.0
"""The view models of an open session's pages, by their names in Main.qml; those of the way in are in way_in.py."""

from __future__ import annotations

from gems_desktop.services.ports_outside import Beyond
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.abuse import AbuseViewModel
from gems_desktop.viewmodels.base import ViewModel
from gems_desktop.viewmodels.carry import CarryViewModel
from gems_desktop.viewmodels.data_used import DataUsedViewModel
from gems_desktop.viewmodels.earnings import EarningsViewModel
from gems_desktop.viewmodels.find_work import FindWorkViewModel
from gems_desktop.viewmodels.first_practice import FirstPracticeViewModel
from gems_desktop.viewmodels.first_steps import FirstStepsViewModel
from gems_desktop.viewmodels.home import HomeViewModel
from gems_desktop.viewmodels.leaving import LeavingViewModel
from gems_desktop.viewmodels.nodes import NodesViewModel
from gems_desktop.viewmodels.notices import NoticesViewModel
from gems_desktop.viewmodels.outbox import OutboxViewModel
from gems_desktop.viewmodels.queue import QueueViewModel
from gems_desktop.viewmodels.rate_offer import RateOfferViewModel
from gems_desktop.viewmodels.rates import RatesViewModel
from gems_desktop.viewmodels.report import ReportViewModel
from gems_desktop.viewmodels.review import ReviewViewModel
from gems_desktop.viewmodels.safety import SafetyViewModel
from gems_desktop.viewmodels.sending import SendingViewModel
from gems_desktop.viewmodels.set_aside import SetAsideViewModel
from gems_desktop.viewmodels.settings import SettingsViewModel
from gems_desktop.viewmodels.talk import TalkViewModel
from gems_desktop.viewmodels.task import Pictures
from gems_desktop.viewmodels.totals import TotalsViewModel
from gems_desktop.viewmodels.tray import TrayViewModel
from gems_desktop.viewmodels.trust import TrustViewModel
from gems_desktop.viewmodels.unbonding import UnbondingViewModel
from gems_desktop.viewmodels.updates import Updates, UpdatesViewModel
from gems_desktop.viewmodels.upkeep import UpkeepViewModel
from gems_desktop.viewmodels.voice import VoiceViewModel
from gems_desktop.viewmodels.wage import WageViewModel
from gems_desktop.viewmodels.work import WorkViewModel


def screens_of(
    session: Session,
    folder: str,
    images: Pictures,
    beyond: Beyond | None = None,
    updates: Updates | None = None,
) -> dict[str, ViewModel]:
    """New view models over `session`; `folder` is the profile's, where exports go; `images` decodes pictures.

    beyond: what is outside the window. updates: of this installation, if any.
    """
    return {
        "home": HomeViewModel(session),
        "firstSteps": FirstStepsViewModel(session),
        "firstPractice": FirstPracticeViewModel(session, images),
        "findWork": FindWorkViewModel(session, images),
        "work": WorkViewModel(session, images),
        "review": ReviewViewModel(session, images),
        "outbox": OutboxViewModel(session, folder),
        "queue": QueueViewModel(session),
        "carry": CarryViewModel(session),
        "earnings": EarningsViewModel(session, folder),
        "totals": TotalsViewModel(session),
        "wage": WageViewModel(session),
        "trust": TrustViewModel(session, folder),
        "requesterReport": ReportViewModel(session),
        "settings": SettingsViewModel(session),
        "safety": SafetyViewModel(session, folder),
        "dataUsed": DataUsedViewModel(session),
        "upkeep": UpkeepViewModel(session, folder),
        "leaving": LeavingViewModel(session),
        "unbonding": UnbondingViewModel(session),
        "sending": SendingViewModel(session),
        "rates": RatesViewModel(session),
        "rateOffer": RateOfferViewModel(session),
        "nodes": NodesViewModel(session),
        "notices": NoticesViewModel(session, beyond),
        "voice": VoiceViewModel(session, beyond),
        "tray": TrayViewModel(session, beyond),
        "setAside": SetAsideViewModel(session),
        "talk": TalkViewModel(session),
        "abuse": AbuseViewModel(session),
        "updates": UpdatesViewModel(session, updates, folder),
    }
