# SPDX-License-Identifier: Apache-2.0
"""How the frame looks: what the options ask for, and what the command line decides over them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gems_desktop.viewmodels import numbers
from gems_desktop.viewmodels.app import AppProps, Fixed

if TYPE_CHECKING:
    from gems_desktop.services.facts import SettingsFacts
    from gems_desktop.services.facts_profiles import Looks


def with_settings(props: AppProps, settings: SettingsFacts | Looks, fixed: Fixed) -> AppProps:
    """The looks that the options and the command line ask for."""
    language = fixed.language or settings.language or numbers.of_system()
    return replace(
        props,
        language=language,
        rightToLeft=numbers.right_to_left(language),
        themeMode=fixed.theme or settings.theme,
        textScale=(fixed.text_scale or settings.text_scale) / 100,
        reducedMotion=settings.reduce_motion,
    )


def looks_of(settings: SettingsFacts) -> Looks:
    """What of the options the way in needs."""
    from gems_desktop.services.facts_profiles import Looks

    return Looks(settings.language, settings.theme, settings.text_scale, settings.reduce_motion)


def loosened(fixed: Fixed, before: SettingsFacts, now: SettingsFacts) -> Fixed:
    """What the command line still decides: an option that the user has just changed counts from then on."""
    return replace(
        fixed,
        language=fixed.language if now.language == before.language else None,
        theme=fixed.theme if now.theme == before.theme else None,
        text_scale=fixed.text_scale if now.text_scale == before.text_scale else None,
    )
