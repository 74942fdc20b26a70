# SPDX-License-Identifier: Apache-2.0
"""Starting: what is loaded before the first frame, what each fault says, and that nothing is left behind."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gems_desktop.services import errors
from gems_desktop.startup_local import LocalNetwork, LocalNetworkFailed
from gems_desktop.startup_options import parse
from gems_protocol.errors import GemsError
from tests.desktop.first_start.program import network
from tests.qml.screens_a.conftest import MakeWindow

ROOT = Path(__file__).resolve().parents[3]
HEAVY = (
    "web3",
    "sqlalchemy",
    "aiohttp",
    "eth_account",
    "eth_abi",
    "gems_desktop.services",
    "gems_desktop.session",
)
WITH_PYDANTIC = {"eth_abi", "eth_utils", "eth_keys", "pydantic"}
_PROBE = """
import json, sys
from gems_desktop.shown import Shown
from gems_desktop.startup_options import parse
shown = Shown(parse(["--local"]))
shown.paint_first()
print(json.dumps(sorted(sys.modules)))
shown.close()
"""
FAULTS = [
    errors.ProfileInUse(),
    errors.NewerDatabase(),
    errors.DiskFull(),
    errors.StoreUnreadable(),
    errors.ChainUnreachable(),
    errors.BadNetworkFile(
        "The description of the network cannot be used.", safe="Nothing changed.", action="Look."
    ),
    LocalNetworkFailed(),
]


def test_nothing_heavy_is_loaded_before_the_first_frame() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _PROBE], capture_output=True, text=True, cwd=ROOT, check=True
    )
    modules = json.loads(done.stdout.splitlines()[-1])
    assert "gems_desktop.viewmodels.app" in modules
    assert [
        name for name in modules if name in HEAVY or name.startswith(tuple(f"{each}." for each in HEAVY))
    ] == []


def test_the_whole_program_loads_nothing_heavy_before_its_first_frame(tmp_path: Path) -> None:
    """`Shown` alone is not all of it: what comes before it (which profile is meant) once brought eth_abi along."""
    environ = os.environ | {
        "GEMS_PAINT_PROBE": str(tmp_path / "painted"),
        "GEMS_HOME": str(tmp_path / "home"),
    }
    command = [sys.executable, "-X", "importtime", "-m", "gems_desktop"]
    done = subprocess.run(command, env=environ, cwd=ROOT, check=True, capture_output=True, text=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "gems_desktop.startup_profile" in loaded
    assert not loaded & {
        "web3",
        "sqlalchemy",
        "aiohttp",
        "eth_account",
        "eth_abi",
        "pydantic",
        "tuf",
        "coincurve",
    }


def loaded_by(module: str, *arguments: str, **environ: str) -> set[str]:
    """What a run of a part of the program imports."""
    command = [sys.executable, "-X", "importtime", "-m", module, *arguments]
    done = subprocess.run(
        command, env=os.environ | environ, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}


def test_the_way_in_stands_before_the_other_pages_are_loaded(tmp_path: Path) -> None:
    said, arguments = (
        tmp_path / "said",
        ("--home", str(tmp_path / "home"), "--network", str(network(tmp_path))),
    )
    loaded = loaded_by("gems_desktop", *arguments, GEMS_USABLE_PROBE=str(said))
    assert json.loads(said.read_text("utf-8"))["phase"] == "welcome"
    assert "gems_desktop.viewmodels.welcome" in loaded
    assert not loaded & {"gems_desktop.viewmodels.catalogue", "gems_desktop.items.registered", *WITH_PYDANTIC}


def test_the_signer_starts_without_what_the_chain_needs() -> None:
    loaded = loaded_by("gems_desktop.signer")
    assert "gems_desktop.signer.operations" in loaded
    assert not loaded & WITH_PYDANTIC


def test_a_library_that_came_along_would_be_seen() -> None:
    assert loaded_by("eth_utils") >= {"eth_utils", "pydantic"}


def test_the_paint_probe_writes_when_the_first_frame_stood(tmp_path: Path) -> None:
    probe = tmp_path / "painted"
    environ = os.environ | {"GEMS_PAINT_PROBE": str(probe), "GEMS_HOME": str(tmp_path / "home")}
    done = subprocess.run([sys.executable, "-m", "gems_desktop"], env=environ, cwd=ROOT, check=False)
    assert done.returncode == 0
    assert float(probe.read_text()) > 0
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can be without a display")
def test_without_a_display_it_says_so(tmp_path: Path) -> None:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environ = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "gems_desktop"],
        env=environ,
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "gems demo" in done.stderr


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_a_fault_at_the_start_says_three_things_and_can_be_tried_again(
    make_window: MakeWindow, fault: GemsError
) -> None:
    window = make_window()
    window.world.error = fault
    window.begin()
    assert window.model.props.phase == "failed"
    words = window.words()
    assert fault.message in words
    assert not fault.safe or fault.safe in words
    assert not fault.action or fault.action in words
    window.world.error = None
    window.window.grabWindow()
    window.startup.retry()
    window.until(lambda: window.model.props.phase == "open")


def test_a_bug_at_the_start_is_not_hidden(make_window: MakeWindow, caplog: pytest.LogCaptureFixture) -> None:
    window = make_window()
    window.world.error = ZeroDivisionError()
    window.begin()
    assert "Something in this application went wrong." in window.words()
    assert "a bug while starting" in caplog.text
    caplog.clear()


def test_progress_of_the_start_is_told(make_window: MakeWindow) -> None:
    window = make_window()
    window.model.starting("Starting the chain")
    window.settle()
    assert "Starting the chain" in window.words()
    window.begin()


def test_a_restored_database_is_told_once(make_window: MakeWindow) -> None:
    from gems_desktop.services.facts import Problem

    window = make_window()
    window.world.sessions["default"] = session = __import__(
        "tests.helpers.fake_session", fromlist=["x"]
    ).FakeSession()
    session.notice = Problem(
        "Your profile was damaged and has been restored.", "The damaged file is kept.", ""
    )
    window.begin()
    assert "Your profile was damaged and has been restored." in window.words()
    window.model.dismissProblem()
    window.settle()
    assert "Your profile was damaged and has been restored." not in window.words()


def test_stopping_closes_everything(make_window: MakeWindow) -> None:
    window = make_window()
    window.begin()
    window.run(window.startup.stop())
    assert window.session.closed
    assert window.session.listeners == []
    assert window.world.closed


def test_the_strip_of_a_profile_that_is_being_left_is_not_shown(make_window: MakeWindow) -> None:
    """Switching took the session away between two questions to it: an error of ours in the log, and a dialog."""
    window = make_window()
    window.begin()
    left = window.startup.session
    before = window.model.props

    async def leaves() -> object:
        window.startup._session = None
        return replace(facts, unsent=77)

    facts = window.run(left.sync.facts())
    left.sync.facts = leaves
    window.run(window.startup._read_strip())
    assert window.model.props == before
    window.startup._session = left


NETWORK = """
import json, sys
folder = sys.argv[sys.argv.index("--dir") + 1]
print("not json", flush=True)
print(json.dumps({"progress": "Starting the chain"}), flush=True)
if "--say" in sys.argv:
    print(json.dumps({"error": "It runs already.", "safe": "Nothing was touched.", "action": "Close it."}), flush=True)
if "--fail" in sys.argv or "--say" in sys.argv: raise SystemExit(3)
print(json.dumps({"ready": folder + "/network.json"}), flush=True)
sys.stdin.read()
"""


def test_the_local_network_is_started_told_about_and_ended(make_window: MakeWindow, tmp_path: Path) -> None:
    window = make_window()
    network = LocalNetwork([sys.executable, "-c", NETWORK])
    told: list[str] = []
    file = window.run(network.start(tmp_path, fresh=False, say=told.append))
    assert file == tmp_path / "network.json"
    assert told == ["Starting the chain"]
    pid = network.pid
    assert pid is not None
    window.run(network.stop())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_local_network_that_ends_early_is_a_fault_with_a_way_on(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    window = make_window()
    network = LocalNetwork([sys.executable, "-c", NETWORK, "--fail"])
    with pytest.raises(LocalNetworkFailed):
        window.run(network.start(tmp_path, fresh=False, say=lambda _text: None))
    assert network.pid is None
    with pytest.raises(LocalNetworkFailed) as told:
        window.run(
            LocalNetwork([sys.executable, "-c", NETWORK, "--say"]).start(
                tmp_path, fresh=False, say=lambda _text: None
            )
        )
    assert (told.value.message, told.value.action) == ("It runs already.", "Close it.")


def test_the_log_holds_places_and_types_but_no_values(tmp_path: Path) -> None:
    import logging

    from gems_desktop.startup_log import ProfileLog

    handler = ProfileLog(tmp_path)
    logger = logging.Logger("gems_desktop.test")
    logger.addHandler(handler)
    try:
        raise ValueError("abandon ability able /home/somebody 0x52908400098527886E0F7030069857D2E4169EE7")
    except ValueError:
        logger.exception("a bug in %s", "secret value")
    foreign = logging.Logger("library")
    foreign.addHandler(handler)
    foreign.error("token=abandon")
    text = (tmp_path / "gems.log").read_text()
    assert "builtins.ValueError" in text
    assert "test_startup.py" in text
    assert not any(word in text for word in ("abandon", "secret value", "0x5290", "somebody", "token"))
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "gems.log").stat().st_mode) == 0o600


def test_options() -> None:
    options = parse(["--network", "n.json", "--profile", "two", "--size", "1366x768", "--text-scale", "200"])
    assert not options.local
    assert (options.profile, options.size, options.text_scale) == ("two", (1366, 768), 200)
    assert parse([]).local
    for wrong in (["--size", "big"], ["--text-scale", "20"], ["--network", "x", "--local"]):
        with pytest.raises(SystemExit):
            parse(wrong)
