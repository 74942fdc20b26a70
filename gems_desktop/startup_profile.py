# SPDX-License-Identifier: Apache-2.0
"""Which profile a run is about, before anything is painted: the one that is meant, or the one used last."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from gems_desktop.adapters.profile import data_home
from gems_desktop.adapters.profiles import ProfileShelf
from gems_desktop.startup_options import Options
from gems_protocol.errors import GemsError

SECOND = "Gems is open with this profile already. Its window was brought forward."


def home_of(options: Options) -> Path:
    """The folder that holds everything of this run; a practice network has its own."""
    home = options.home or data_home()
    return home / "practice" if options.local else home


def with_profile(options: Options) -> Options:
    """The options with the name of a folder as their profile, which a title may have stood for."""
    shelf = ProfileShelf(home_of(options) / "profiles")
    with suppress(GemsError):  # the first page says what is wrong with it
        return replace(options, profile=shelf.named(options.profile) if options.profile else shelf.last())
    return options


def first_folder(options: Options) -> Path:
    """The folder of the profile that the window opens with."""
    return home_of(options) / "profiles" / options.profile


def is_second(options: Options) -> bool:
    """Whether this profile is open in another window, which was asked to come forward."""
    folder = first_folder(options)
    if sys.platform != "win32" and not folder.is_dir():
        return False
    from gems_desktop.instance import bring_forward

    return bring_forward(folder)
