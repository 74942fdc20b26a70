# SPDX-License-Identifier: Apache-2.0
"""What of the desktop is used outside the window; nothing of it is loaded or asked before it is needed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from gems_desktop.adapters.motion import SystemMotion
from gems_desktop.adapters.voice import SystemVoice
from gems_desktop.items.chime import Chime
from gems_desktop.services.ports_outside import Beyond, NoDesktop


def beyond(icons: Path, be_still: Callable[[bool], None]) -> Beyond:
    """Notifications and the tray where this is Linux, a voice, a sound; icons: the folder of the icon font.

    be_still: told whether the system wants less motion.
    """
    chime, voice, motion = Chime(), SystemVoice(), SystemMotion(be_still)
    if sys.platform != "linux":
        return Beyond(NoDesktop(), voice, chime.play, motion)
    from gems_desktop.adapters.desktop_notices import LinuxDesktop
    from gems_desktop.adapters.tray_item import Picture
    from gems_desktop.items.tray_picture import tray_pictures

    return Beyond(LinuxDesktop([Picture(*one) for one in tray_pictures(icons)]), voice, chime.play, motion)
