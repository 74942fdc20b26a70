# SPDX-License-Identifier: Apache-2.0
"""The fresh machine: download, verify, install, first pay, an update in the middle of a batch, a bad one, removal.

`python tests/package_proof/fresh_machine.py --built FOLDER [--newer FOLDER] [--pictures FOLDER] [--cache FOLDER]`, as
root; prints each step with its time and what was downloaded. Without --newer the second version is the same build with
another text in its window. The exit code is 3 where it cannot be done, which is said.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.e2e.processes import local_network
from tests.helpers import outside_ears
from tests.package_proof import books, editions, machine, site
from tests.package_proof.desk import Desk
from tests.package_proof.person import Person

ROOT = machine.ROOT
FIRST_BATCH, SECOND_BATCH, BEFORE_UPDATE = 3, 5, 2
REWARD = 80_000_000_000_000_000  # of one task of the sample, in base units
APP = "Apps/gems-desktop"
_END_S = 90


def missing_here(built: Path) -> str:
    """Why the proof cannot be made on this computer, or ""."""
    if why := machine.missing_here():
        return why
    programs = ("minisign", "xdotool", "import", "setpriv", "Xvfb")
    lacks = [program for program in programs if shutil.which(program) is None]
    if lacks or (surroundings := outside_ears.missing()):
        return f"not installed: {' '.join(lacks) or surroundings}"
    if not (built / "gems-desktop").is_file():
        return f"no built application in {built.name} (./dev package)"
    return ""


@dataclass(frozen=True)
class Options:
    """What the command line said. newer: another build, out of which version B is made; cache: where clean roots are
    kept.
    """

    built: Path
    newer: Path
    pictures: Path | None
    cache: Path


class Log:
    """Says each step with its time."""

    def __init__(self) -> None:
        self._began = self._at = time.monotonic()

    def step(self, text: str) -> None:
        """What was done, and how long it took since the last step."""
        now = time.monotonic()
        print(f"{now - self._began:7.1f} s  (+{now - self._at:5.1f})  {text}", flush=True)
        self._at = now


class Story:
    """The machine, the makers, the platform and the person, and what happens between them."""

    def __init__(self, options: Options, work: Path, ends: ExitStack) -> None:
        self.log, self.work, self._options = Log(), work, options
        self.site = site.Site(work / "site")
        ends.callback(self.site.end)
        self.network = local_network(work / "network" / "state")
        ends.callback(self.network.close)
        self.machine = machine.made(work, options.cache)
        self.log.step(f"a clean root without Python, user {machine.USER}")
        accounts = self.machine.disk / "etc" / "passwd"
        self.desk = Desk(machine.UID, self.machine.runtime, accounts, options.pictures)
        ends.callback(self.desk.end)
        self.person = Person(self.desk)
        self.file = Path(self.network.wait_for("ready"))
        self.log.step("a local network with a chain, a platform and neighbours who verify")
        self._ends = ends
        self.sizes: list[tuple[str, int]] = []
        self.half = ""

    # --- the makers --------------------------------------------------------------------------------------
    def release_first(self) -> None:
        """Version A on the download page, with the root of trust of its updates built in."""
        self.makers = site.Makers(self.site, self.work)
        self.first = self.work / "builds" / editions.FIRST
        shutil.copytree(self._options.built, self.first, symlinks=True)
        self.makers.build_in(self.first)
        out = self.work / "packed"
        out.mkdir()
        self.archive = self.makers.offer(site.archive(self.first, out))
        self.makers.publish(self.first, editions.FIRST)
        self.log.step(f"version {editions.FIRST} packed, signed and published")

    def release_second(self) -> None:
        """Version B as an update with patches from A."""
        self.second = self.work / "builds" / editions.SECOND
        editions.second(self._options.newer, self.first / editions.TRUST, self.second)
        self.makers.publish(self.second, editions.SECOND, self.first)
        self.log.step(f"version {editions.SECOND} published, with patches from {editions.FIRST}")

    def release_broken(self) -> None:
        """Version C as an update with patches from B."""
        built = self.work / "builds" / editions.BROKEN
        editions.broken(self.second, built)
        self.makers.publish(built, editions.BROKEN, self.second)
        self.log.step(f"version {editions.BROKEN}, which does not start, published")

    # --- the machine -------------------------------------------------------------------------------------
    def install(self) -> None:
        """Download, verify, unpack, as the guide says; an altered download is not unpacked."""
        home = self.machine.home
        for source in (
            Path(__file__).with_name("install-as-told.sh"),
            self.site.folder / "minisign.pub",
            self.file,
        ):
            target = home / source.name
            shutil.copyfile(source, target)
            os.chown(target, machine.UID, machine.UID)
        good = self.site.folder / self.archive
        kept = good.read_bytes()
        good.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        refused = self._install()
        assert refused.returncode and "FAILED" in refused.stdout, refused.stdout
        assert not (home / "Apps").exists(), "what fails a check is not unpacked"
        good.write_bytes(kept)
        self.log.step("an altered download: sha256sum --check says FAILED, nothing is unpacked")
        before = self.site.bytes_sent()
        done = self._install()
        assert done.returncode == 0, done.stdout
        self.sizes.append(("first download, with sums and signature", self.site.bytes_sent() - before))
        said = [line for line in done.stdout.splitlines() if line.endswith("OK") or "verified" in line]
        self.log.step(f"downloaded, verified ({'; '.join(said)}), unpacked")

    def _install(self) -> subprocess.CompletedProcess[str]:
        return self.machine.run("sh", "install-as-told.sh", self.site.url, self.archive)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the program as a click on its menu entry does."""
        words = (f"/home/{machine.USER}/{APP}/gems-desktop", "--network", self.file.name)
        said = (self.work / "program.log").open("ab")
        self._ends.callback(said.close)
        started = subprocess.Popen(
            self.machine.command(*words, **self.desk.of_session),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        self._ends.callback(_gone, started)
        return started

    def close(self, program: subprocess.Popen[bytes]) -> None:
        """Close the window and wait for the program's end."""
        self.person.close()
        assert program.wait(_END_S) == 0, f"it ended with {program.returncode}"

    def installed(self, name: str) -> str:
        """What a small file of the installation says, "" without one."""
        file = self.machine.home / APP / name
        return file.read_text("ascii").strip() if file.is_file() else ""


def _gone(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()


def first_pay(story: Story) -> str:
    """First start to first pay; the words of the wallet."""
    person, log = story.person, story.log
    program = story.start()
    words = person.make_wallet()
    log.step("first start: language, twelve words read from the screen and typed back, password")
    person.practise()
    log.step("three examples")
    person.take(FIRST_BATCH)
    story.desk.picture("first-task")
    person.do(FIRST_BATCH)
    person.seal_and_send(FIRST_BATCH)
    log.step(f"{FIRST_BATCH} tasks taken, done, sealed and sent")
    person.paid("0.24")
    states = person.outbox()
    assert len(states) == FIRST_BATCH and set(states.values()) == {"Paid into your channel"}, states
    assert person.earned_in_all() == "0.24"
    story.desk.picture("first-pay")
    log.step("accepted by verifiers and paid: 0.24 GEM on the screen")
    person.take(SECOND_BATCH)
    person.do(BEFORE_UPDATE)
    story.half = person.answer()
    log.step(f"the next batch: {BEFORE_UPDATE} of {SECOND_BATCH} done, one more answered and not finished")
    update(story, editions.SECOND, "update, patches")
    story.close(program)
    return words


def update(story: Story, version: str, what: str) -> None:
    """Publish a version, find it in the settings, download it while the batch lies open."""
    {editions.SECOND: story.release_second, editions.BROKEN: story.release_broken}[version]()
    running = story.installed("current")
    before = story.site.bytes_sent()
    offered = story.person.look_for_update()
    assert offered.version == version, offered
    story.desk.picture(f"offered-{version}")
    story.person.download_update(version)
    story.desk.picture(f"ready-{version}")
    story.sizes.append(
        (f"{what} {running} to {version}, with signed lists", story.site.bytes_sent() - before)
    )
    story.sizes.append((f"    what the window said before: {offered.cost}", 0))
    assert story.installed("current") == version and story.person.version() == running, (
        "nothing starts by itself"
    )
    story.log.step(f"{version} found, its cost seen, downloaded; {running} still runs: {offered.cost}")


def updated(story: Story) -> subprocess.Popen[bytes]:
    """Version B: the batch with its draft is there, is finished, sent and paid; then C, which goes back to B."""
    person, log = story.person, story.log
    program = story.start()
    person.unlock()
    assert person.version() == editions.SECOND, person.version()
    assert any(one.name == editions.MARKED for one in person.versions()), "its window is the new one"
    story.desk.picture("second-edition")
    log.step(f"opened again: version {editions.SECOND} runs, with its new window")
    person.back_to_work()
    sentence, chosen = person.drafted()
    assert (sentence, chosen) == (story.half, person.topic(story.half)), "the draft is as it was left"
    story.desk.picture("draft-after-update")
    log.step("the batch is there, the draft as it was left")
    update(story, editions.BROKEN, "update, patches")
    story.close(program)
    for attempt in (1, 2):
        code = story.start().wait(_END_S)
        noted = story.installed("trial").split()
        assert code != 0 and len(noted) == attempt, (code, noted)
    log.step(f"{editions.BROKEN} does not start, twice (exit code {code})")
    program = story.start()
    person.unlock()
    assert person.version() == editions.SECOND and story.installed("refused") == editions.BROKEN
    story.desk.see(f"Version {editions.BROKEN} did not start twice")
    assert not any("started carefully" in one.name for one in story.desk.look()), (
        "what C failed at is not B's"
    )
    story.desk.picture("gone-back")
    log.step(f"the third start is {editions.SECOND} again, by itself, and says so")
    person.back_to_work()
    assert person.drafted() == (sentence, chosen), "the draft is still as it was left"
    person.finish()
    person.do(SECOND_BATCH - BEFORE_UPDATE - 1)
    person.seal_and_send(SECOND_BATCH)
    person.paid("0.64")
    log.step("the batch finished, sent, accepted and paid: 0.64 GEM")
    return program


def agrees(story: Story, words: str, program: subprocess.Popen[bytes]) -> None:
    """The window, the platform's books and the chain say the same of this worker."""
    person, address = story.person, books.address_of(words)
    shown = books.units(person.earned_in_all())
    found = books.read(story.file.parent / "platform", address)
    wrong = books.differences(found, FIRST_BATCH + SECOND_BATCH, REWARD, shown)
    assert not wrong, wrong
    story.log.step(f"window, ledger and voucher agree: {found.accepted} tasks, {found.rewards} base units")
    wallet = books.units(person.claim())
    story.desk.picture("claimed")
    assert wallet == books.on_chain(story.file, address), "the wallet shows what the chain has"
    after = books.read(story.file.parent / "platform", address)
    assert after.voucher == found.voucher, "claiming changes no voucher"
    story.log.step(
        f"claimed through the relayer: {wallet} base units on chain, {shown - wallet} were its fee"
    )
    story.close(program)


def removed(story: Story) -> None:
    """uninstall.sh: the program goes, wallet and work stay, and it says where."""
    home = story.machine.home
    vault = next((home / ".local/share/gems").rglob("vault.json"))
    kept = vault.read_bytes()
    done = story.machine.run(f"{APP}/uninstall.sh", "--yes")
    assert done.returncode == 0, done.stdout
    assert not (home / APP).exists() and not list(home.rglob("gems-desktop.desktop"))
    assert vault.read_bytes() == kept
    assert f"/home/{machine.USER}/.local/share/gems" in done.stdout and "NOT removed" in done.stdout, (
        done.stdout
    )
    print("            " + done.stdout.strip().replace("\n", "\n            "))
    story.log.step("uninstall.sh: the program is gone, the wallet is where it was")


def tell(story: Story) -> None:
    """What was downloaded."""
    print("\nDownloaded by the fresh machine")
    for what, size in story.sizes:
        print(f"  {what}" + (f": {size} bytes ({size / 1e6:.2f} MB)" if size else ""))


def run(options: Options) -> None:
    """The whole proof; raises AssertionError where something is not as it should be."""
    with tempfile.TemporaryDirectory(prefix="gems-fresh-") as folder, ExitStack() as ends:
        work = Path(folder)
        work.chmod(0o755)
        (work / "network").mkdir()
        story = Story(options, work, ends)
        story.release_first()
        story.install()
        words = first_pay(story)
        program = updated(story)
        agrees(story, words, program)
        removed(story)
        tell(story)


def main(arguments: list[str]) -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--built", type=Path, default=ROOT / "dist" / "gems-desktop", metavar="FOLDER")
    parser.add_argument("--newer", type=Path, metavar="FOLDER", help="a later build for the update")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "clean-root", metavar="FOLDER")
    found = parser.parse_args(arguments)
    if why := missing_here(found.built):
        print(f"NOT DONE: the fresh machine: {why}.")
        return machine.clean_root.NOT_DONE
    pictures = found.pictures.absolute() if found.pictures else None
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(130))  # what was started is ended
    built = found.built.absolute()
    newer = found.newer.absolute() if found.newer else built
    run(Options(built, newer, pictures, found.cache.absolute()))
    print("\nNothing was lost.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
