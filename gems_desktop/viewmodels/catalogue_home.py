# SPDX-License-Identifier: Apache-2.0
"""The view models of Home and of the frame around every page: what an opened session shows first."""

from __future__ import annotations

from gems_desktop.services.ports_outside import Beyond
from gems_desktop.services.session import Session
from gems_desktop.viewmodels.abuse import AbuseViewModel
from gems_desktop.viewmodels.base import ViewModel
from gems_desktop.viewmodels.first_steps import FirstStepsViewModel
from gems_desktop.viewmodels.home import HomeViewModel
from gems_desktop.viewmodels.notices import NoticesViewModel
from gems_desktop.viewmodels.queue import QueueViewModel
from gems_desktop.viewmodels.rate_offer import RateOfferViewModel
from gems_desktop.viewmodels.talk import TalkViewModel
from gems_desktop.viewmodels.tray import TrayViewModel
from gems_desktop.viewmodels.updates import Updates, UpdatesViewModel
from gems_desktop.viewmodels.wage import WageViewModel


def home_of(
    session: Session, folder: str, beyond: Beyond | None = None, updates: Updates | None = None
) -> dict[str, ViewModel]:
    """New view models over `session`; `folder` is the profile's, where exports go.

    beyond: what is outside the window. updates: of this installation, if any.
    """
    return {
        "home": HomeViewModel(session),
        "firstSteps": FirstStepsViewModel(session),
        "queue": QueueViewModel(session),
        "wage": WageViewModel(session),
        "rateOffer": RateOfferViewModel(session),
        "notices": NoticesViewModel(session, beyond),
        "tray": TrayViewModel(session, beyond),
        "talk": TalkViewModel(session),
        "abuse": AbuseViewModel(session),
        "updates": UpdatesViewModel(session, updates, folder),
    }
