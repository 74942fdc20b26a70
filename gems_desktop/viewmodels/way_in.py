# SPDX-License-Identifier: Apache-2.0
"""The view models of the page that asks for the password: loaded and made before those of all other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gems_desktop.services.facts_profiles import OneProfile, Profiles
from gems_desktop.viewmodels.base import ViewModel
from gems_desktop.viewmodels.profiles import ProfilesViewModel
from gems_desktop.viewmodels.welcome import WelcomeViewModel

if TYPE_CHECKING:
    from gems_desktop.services.session import Session


def way_in_of(session: Session, profiles: Profiles | None = None) -> dict[str, ViewModel]:
    """New view models over `session`; profiles: those of this computer, by default none besides the open one."""
    return {
        "welcome": WelcomeViewModel(session),
        "profiles": ProfilesViewModel(session, profiles or OneProfile()),
    }
