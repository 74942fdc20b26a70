# SPDX-License-Identifier: Apache-2.0
"""The view model of every page of an open session, by the page's name in Main.qml."""

from __future__ import annotations

from gems_desktop.services.facts_profiles import OneProfile, Profiles
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.base import ViewModel
from gems_desktop.viewmodels.carry import CarryViewModel
from gems_desktop.viewmodels.data_used import DataUsedViewModel
from gems_desktop.viewmodels.earnings import EarningsViewModel
from gems_desktop.viewmodels.find_work import FindWorkViewModel
from gems_desktop.viewmodels.home import HomeViewModel
from gems_desktop.viewmodels.leaving import LeavingViewModel
from gems_desktop.viewmodels.nodes import NodesViewModel
from gems_desktop.viewmodels.outbox import OutboxViewModel
from gems_desktop.viewmodels.profiles import ProfilesViewModel
from gems_desktop.viewmodels.queue import QueueViewModel
from gems_desktop.viewmodels.report import ReportViewModel
from gems_desktop.viewmodels.review import ReviewViewModel
from gems_desktop.viewmodels.safety import SafetyViewModel
from gems_desktop.viewmodels.sending import SendingViewModel
from gems_desktop.viewmodels.settings import SettingsViewModel
from gems_desktop.viewmodels.task import Pictures
from gems_desktop.viewmodels.totals import TotalsViewModel
from gems_desktop.viewmodels.trust import TrustViewModel
from gems_desktop.viewmodels.unbonding import UnbondingViewModel
from gems_desktop.viewmodels.upkeep import UpkeepViewModel
from gems_desktop.viewmodels.welcome import WelcomeViewModel
from gems_desktop.viewmodels.work import WorkViewModel


def screens_of(
    session: Session, folder: str, images: Pictures, profiles: Profiles | None = None
) -> dict[str, ViewModel]:
    """New view models over `session`; `folder` is the profile's, where exports go; `images` decodes pictures.

    profiles: those of this computer, by default none besides the open one.
    """
    return {
        "welcome": WelcomeViewModel(session),
        "home": HomeViewModel(session),
        "findWork": FindWorkViewModel(session, images),
        "work": WorkViewModel(session, images),
        "review": ReviewViewModel(session, images),
        "outbox": OutboxViewModel(session, folder),
        "queue": QueueViewModel(session),
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
        "nodes": NodesViewModel(session),
        "profiles": ProfilesViewModel(session, profiles or OneProfile()),
    }
