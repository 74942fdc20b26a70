# SPDX-License-Identifier: Apache-2.0
"""The composition root of the window: paints first, then puts adapters, services and view models together.

Nothing of the services, web3, SQLAlchemy or aiohttp is imported before the first frame.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.hardening import harden
from gems_desktop.shown import Shown
from gems_desktop.startup_options import Options, parse
from gems_desktop.startup_trial import no_start, uncount

if TYPE_CHECKING:
    from gems_desktop.startup import Startup

NO_DISPLAY = 2


def main(arguments: list[str]) -> int:
    """Open the window and run until it is closed; the exit code."""
    with no_start():
        options = parse(arguments)
    if options.self_test or options.where or options.catalogue or options.tour is not None:
        uncount()
    if options.self_test:
        from gems_desktop.self_test import running

        return running.run(options.report)
    if options.where:
        return _where(options)
    if options.tour is not None:
        return _tour(options, options.tour)
    if options.catalogue:
        return _catalogue(options)
    return start(options)


def _where(options: Options) -> int:
    """Say where everything of this user is; needs no display."""
    from gems_desktop import startup_places, startup_plain

    if options.home is None:
        startup_plain.check_home()
    print(startup_places.told(startup_places.places(options.home)))
    return 0


def _catalogue(options: Options) -> int:
    """Show the components of the window: nothing is opened, started or asked."""
    if not has_display():
        print("The catalogue needs a display.", file=sys.stderr)
        return NO_DISPLAY
    from gems_desktop import catalogue_window

    return catalogue_window.show(options)


def _tour(options: Options, folder: Path) -> int:
    """Play the main job in a home of its own, which is gone afterwards: a tour never touches real profiles."""

    async def walk(shown: Shown, startup: Startup) -> int:
        from gems_desktop import tour

        return await tour.run(shown.window, shown.model, startup, folder, options.every)

    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="gems-tour-", ignore_cleanup_errors=True) as home:
        return start(replace(options, home=Path(home), network=None, local=True, profile="default"), walk)


def start(options: Options, drive: Drive | None = None) -> int:
    """Open the window as `options` say; `drive` has the keyboard instead of a person. The exit code."""
    harden()
    from gems_desktop import startup_bus, startup_plain, startup_profile

    startup_bus.leave_out_dead_buses(os.environ)
    if options.home is None:
        with no_start():
            startup_plain.check_home()
    options = startup_profile.with_profile(options)
    if drive is None and startup_profile.is_second(options):
        uncount()
        print(startup_profile.SECOND)
        return 0
    with no_start():
        startup_plain.check_screen()
    folder = startup_profile.first_folder(options)
    probe = os.environ.get("GEMS_PAINT_PROBE")
    careful = not probe and _begin_carefully(folder)
    shown = _shown(options)
    if probe:
        Path(probe).write_text(repr(shown.painted_at), "utf-8")
        shown.close()
        return 0
    import asyncio  # with the network's libraries that it needs: not before the first frame

    from gems_desktop.qt_loop import qt_loop

    loop = qt_loop(shown.app)
    asyncio.set_event_loop(loop)
    with loop:
        code: int = loop.run_until_complete(run(shown, options, folder, careful, drive))
    return code


def _shown(options: Options) -> Shown:
    """The painted window; what keeps it from being one is said on the terminal, and a broken GPU is done without."""
    from gems_desktop import startup_plain

    heard = startup_plain.catch_fatal()
    try:
        shown = Shown(options)
        startup_plain.watch_graphics(shown.window)
        shown.paint_first()
    finally:
        heard()
    return shown


def _begin_carefully(folder: Path) -> bool:
    """Count this start; whether it is one in safe mode, which then draws without the graphics card."""
    from gems_desktop import __version__
    from gems_desktop.adapters.update_layout import here
    from gems_desktop.diagnosing import starts

    if not folder.is_dir():
        return False
    careful = starts.begin(folder, here()[1] or __version__).careful
    if careful:
        os.environ["QT_QUICK_BACKEND"] = "software"
    return careful


def has_display() -> bool:
    """Whether there is a screen to paint on; only Linux can be without."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


Drive = Callable[["Shown", "Startup"], Awaitable[int]]


async def run(
    shown: Shown, options: Options, folder: Path, careful: bool = False, drive: Drive | None = None
) -> int:
    """Live until the window is closed or the system asks to end, or until `drive` has had its way; the exit code.

    folder: of the first profile. careful: the starts before this one failed.
    """
    import asyncio

    from gems_desktop import probing
    from gems_desktop.clocking import TimeKeeper
    from gems_desktop.ending import Ended
    from gems_desktop.first_input import FirstInput
    from gems_desktop.idling import IdleWatch
    from gems_desktop.startup import Startup
    from gems_desktop.startup_care import RunKeeper
    from gems_desktop.startup_log import catch_bugs
    from gems_desktop.startup_real import RealWorld
    from gems_desktop.startup_updates import UsableWatch

    keeper = RunKeeper(shown.model.care_model, folder)
    from gems_desktop.in_tray import InTray

    touched = FirstInput(lambda: shown.window)
    world = RealWorld(options, shown, keeper)
    startup = Startup(shown.model, world, options.profile, careful=careful, touched=touched.wait)
    undo = catch_bugs(startup.show_bug)
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: _loop_fault(startup, what))
    ended = Ended(shown.window)
    tray = InTray(shown, startup, ended.end)
    ended.keeps = tray.keeps
    idle = IdleWatch(lambda: shown.window, startup.idle_minutes, startup.lock)
    spent = TimeKeeper(shown.model, idle)
    usable = UsableWatch(shown.model)
    probe = probing.watch(shown.model, ended.end)
    code = 0
    try:
        started = startup.begin()
        if drive is not None:
            await started
            code = await drive(shown, startup)
        else:
            await ended.wait()
    finally:
        del probe
        spent.turn()
        idle.close()
        await startup.stop()
        await usable.end()
        shown.model.clearClipboard()
        ended.close()
        keeper.close()
        await shown.compiled()
        shown.close()
        undo()
    return code


def _loop_fault(startup: Startup, what: dict[str, Any]) -> None:
    error = what.get("exception")
    logging.getLogger("gems_desktop.bugs").error(
        "a fault on the loop", exc_info=error if isinstance(error, BaseException) else None
    )
    startup.show_bug()
