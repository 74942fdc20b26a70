# SPDX-License-Identifier: Apache-2.0
"""The real window, started as always, on a network where nobody answers: each page of it in three looks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from gems_desktop.self_test import nowhere
from gems_desktop.self_test.checks import Checks, Failed, Place
from gems_desktop.self_test.signing import PASSWORD
from gems_desktop.self_test.waiting import PATIENCE_S
from gems_desktop.self_test.warnings import Complaints, complaints
from gems_desktop.shown import Shown
from gems_desktop.startup import Startup
from gems_desktop.startup_options import Options

#: Theme and language; Arabic is written from the right.
LOOKS = (("light", "en"), ("dark", "en"), ("dark", "ar"))
_STEP_S = 0.02


def check(checks: Checks, place: Place) -> None:
    """One run of the window."""
    walk_all(checks, place, LOOKS)


def walk_all(checks: Checks, place: Place, looks: tuple[tuple[str, str], ...]) -> None:
    """The window in these looks; a window that does not come is a failed check too."""
    from gems_desktop.main import start

    home = place.below("window")
    options = Options(
        network=nowhere.write(home), home=home, language=looks[0][1], theme=looks[0][0], profile="default"
    )
    with complaints() as ears:

        async def drive(shown: Shown, startup: Startup) -> int:
            await _Walk(checks, shown, startup, ears).all(looks)
            return 0

        def window() -> None:
            if start(options, drive) != 0:
                raise Failed("the window did not open")
            ears.none()

        checks.run("the window opens and closes", window)


class _Walk:
    def __init__(self, checks: Checks, shown: Shown, startup: Startup, ears: Complaints) -> None:
        self._checks, self._shown, self._startup, self._ears = checks, shown, startup, ears
        self._app = shown.model

    async def all(self, looks: tuple[tuple[str, str], ...]) -> None:
        await self._screen("screen welcome", lambda: None, lambda: self._app.props.phase == "welcome")
        for step in ("languageChosen", "beginRestore", "startOver"):
            await self._screen(f"screen welcome, {step}", partial(self._welcome, step))
        await self._checks.run_async("a new wallet opens the window", self._wallet)
        if self._app.props.phase != "open":
            raise Failed("the window shows no pages without a wallet")
        for theme, language in looks:
            self._app.change(themeMode=theme)
            self._app.setLanguage(language)
            for name in self._pages():
                await self._screen(f"screen {name}, {theme}, {language}", partial(self._app.openPage, name))
            await self._settings(f"{theme}, {language}")
            await self._help(f"{theme}, {language}")

    def _pages(self) -> list[str]:
        files: Any = self._shown.window.property("files")
        known = files.toVariant() if hasattr(files, "toVariant") else files
        return [name for name in known if name != "welcome" and self._app.screen(name) is not None]

    async def _screen(
        self, name: str, go: Callable[[], object], there: Callable[[], bool] = lambda: True
    ) -> None:
        async def look() -> str:
            go()
            await self._rest(there, name)
            return ""

        await self._checks.run_async(name, look)

    async def _rest(self, there: Callable[[], bool], what: str) -> None:
        """Until the page stands and its view model has done what it does; then it is painted."""
        end = asyncio.get_running_loop().time() + PATIENCE_S
        while not there() or self._busy():
            if asyncio.get_running_loop().time() > end:
                raise Failed(f"waited {PATIENCE_S:.0f} s for {what}; the window says: {self._said()}")
            await asyncio.sleep(_STEP_S)
        await asyncio.sleep(_STEP_S)
        if self._shown.window.grabWindow().isNull():
            raise Failed("nothing is painted")
        self._ears.none()

    def _busy(self) -> bool:
        model: Any = self._app.screens.get(self._app.props.page)
        return bool(model is not None and model.busy)

    def _said(self) -> str:
        return self._app.props.problemMessage or self._app.props.phase

    def _welcome(self, step: str) -> None:
        model: Any = self._app.screens["welcome"]
        getattr(model, step)(*("en",) if step == "languageChosen" else ())

    async def _wallet(self) -> None:
        session = self._startup.session
        await session.wallet.create()
        await session.wallet.protect(bytearray(PASSWORD))
        model: Any = self._app.screens["welcome"]
        model.begin()
        await self._rest(lambda: self._app.props.phase == "open", "the pages")

    async def _settings(self, look: str) -> None:
        from gems_desktop.viewmodels.settings import SECTIONS

        model: Any = self._app.screen("settings")
        self._app.openPage("settings")
        for section in SECTIONS:
            await self._screen(f"settings {section}, {look}", partial(model.openSection, section))

    async def _help(self, look: str) -> None:
        from gems_desktop.viewmodels.help_pages import TITLES

        model = self._app.help_model
        model.openFor("home")
        for page in TITLES:
            await self._screen(f"help {page}, {look}", partial(model.choose, page))
        model.close()
