# SPDX-License-Identifier: Apache-2.0
"""The view models of an open session's pages, by their names in Main.qml; those of the way in are in way_in.py."""

from __future__ import annotations

from gems_desktop.services.ports_outside import Beyond
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel
from gems_desktop.viewmodels.carry import CarryViewModel
from gems_desktop.viewmodels.catalogue_home import home_of
from gems_desktop.viewmodels.data_used import DataUsedViewModel
from gems_desktop.viewmodels.earnings import EarningsViewModel
from gems_desktop.viewmodels.find_work import FindWorkViewModel
from gems_desktop.viewmodels.first_practice import FirstPracticeViewModel
from gems_desktop.viewmodels.leaving import LeavingViewModel
from gems_desktop.viewmodels.nodes import NodesViewModel
from gems_desktop.viewmodels.outbox import OutboxViewModel
from gems_desktop.viewmodels.rates import RatesViewModel
from gems_desktop.viewmodels.report import ReportViewModel
from gems_desktop.viewmodels.review import ReviewViewModel
from gems_desktop.viewmodels.safety import SafetyViewModel
from gems_desktop.viewmodels.sending import SendingViewModel
from gems_desktop.viewmodels.set_aside import SetAsideViewModel
from gems_desktop.viewmodels.settings import SettingsViewModel
from gems_desktop.viewmodels.task import Pictures
from gems_desktop.viewmodels.totals import TotalsViewModel
from gems_desktop.viewmodels.trust import TrustViewModel
from gems_desktop.viewmodels.unbonding import UnbondingViewModel
from gems_desktop.viewmodels.updates import Updates
from gems_desktop.viewmodels.upkeep import UpkeepViewModel
from gems_desktop.viewmodels.voice import VoiceViewModel
from gems_desktop.viewmodels.work import WorkViewModel


def screens_of(
    session: Session,
    folder: str,
    images: Pictures,
    beyond: Beyond | None = None,
    updates: Updates | None = None,
) -> dict[str, ViewModel]:
    """New view models of all pages; see `home_of` and `pages_of`."""
    return {**home_of(session, folder, beyond, updates), **pages_of(session, folder, images, beyond)}


def pages_of(
    session: Session, folder: str, images: Pictures, beyond: Beyond | None = None
) -> dict[str, ViewModel]:
    """New view models over `session` of the pages behind Home.

    folder: the profile's, where exports go. images: decodes pictures. beyond: what is outside the window.
    """
    return {
        "firstPractice": FirstPracticeViewModel(session, images),
        "findWork": FindWorkViewModel(session, images),
        "work": WorkViewModel(session, images),
        "review": ReviewViewModel(session, images),
        "outbox": OutboxViewModel(session, folder),
        "carry": CarryViewModel(session),
        "earnings": EarningsViewModel(session, folder),
        "totals": TotalsViewModel(session),
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
        "nodes": NodesViewModel(session),
        "voice": VoiceViewModel(session, beyond),
        "setAside": SetAsideViewModel(session),
    }
