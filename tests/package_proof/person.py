# SPDX-License-Identifier: Apache-2.0
"""What the person of the proof does at the window: everything by mouse and keyboard, everything seen on the screen."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.package_proof.desk import Desk, NotSeen, Screen, first

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "samples" / "sentence-topics"
READING = Path(__file__).with_name("reading.py")
CAMPAIGN = "What is this sentence about?"
PASSWORD = "four words in a row"
START_S = CHAIN_S = 150.0
_LOOKS = 5
_VERSION = re.compile(r"Version (\d+\.\d+\.\d+) ?")
_BALANCE = re.compile(r"Balance (\d+\.\d+) GEM")


@dataclass(frozen=True)
class Offered:
    """A new version as the settings tell of it: its number and the sentence with what it costs."""

    version: str
    cost: str


class Person:
    """Somebody at the desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def _topics(self) -> dict[str, str]:
        """What each sentence is about, as somebody who reads English knows."""
        tasks = [json.loads(line) for line in (SAMPLE / "tasks.jsonl").read_text("utf-8").splitlines()]
        return {task["data"]["sentence"]: task["reference"][0]["value"]["choices"][0] for task in tasks}

    # --- the way in --------------------------------------------------------------------------------------
    def make_wallet(self) -> str:
        """First start: language, twelve words from the screen, typed back, a password; the words."""
        desk = self.desk
        desk.see("English", "push button", START_S)
        desk.focus()
        desk.picture("first-start")
        desk.press("English", "push button")
        desk.press("Make a new wallet", "push button")
        desk.see("I have written them down", "push button")
        words = self._read_words()
        desk.press("I have written them down", "push button")
        desk.see("Type the words back", "heading")
        self._in_field("The twelve words")
        desk.type(words)
        desk.see("12 of 12 words", "progress bar")
        desk.key("Return")
        desk.see("Protect it on this computer", "heading")
        self._in_field("Password")
        desk.type(PASSWORD)
        desk.key("Return")
        self._in_field("The same password again")
        desk.type(PASSWORD)
        desk.key("Return")
        return words

    def _read_words(self) -> str:
        """The twelve words off the screen, looking again while they are not clear: nothing else tells them."""
        for _ in range(_LOOKS):
            grid = self.desk.see("Your seed words are on the screen", "panel")
            picture = self.desk.scratch / "words.png"
            self.desk.shoot(picture)
            read = subprocess.run(
                [sys.executable, str(READING), str(picture), *map(str, grid.place)], capture_output=True,
                text=True, check=False,
            )  # fmt: skip
            picture.unlink()
            if read.returncode == 0:
                return read.stdout.strip()
        raise NotSeen(read.stderr)

    def _in_field(self, name: str) -> None:
        """Wait until the keyboard is in a field for secrets."""
        self.desk.until(
            f"the keyboard in {name}",
            lambda screen: any(
                one.role == "password text" and one.description.startswith(name) and "focused" in one.states
                for one in screen
            ),
        )

    def practise(self) -> None:
        """The three examples that open by themselves."""
        self.desk.see("Three examples", "heading", START_S)
        for number in range(1, 4):
            self.desk.see(f"Practice · Example {number} of 3", "label")
            self.desk.key(str(number))
            self.desk.until("a chosen answer", lambda screen: _chosen(screen) is not None)
            self.desk.key("Return")
        self.desk.see("You have passed", "heading")

    def unlock(self) -> None:
        """Open the stored wallet."""
        self.desk.see("Unlock your wallet", "heading", START_S)
        self.desk.focus()
        self._in_field("Password")
        self.desk.type(PASSWORD)
        self.desk.key("Return")
        self.desk.see("Home", "page tab", START_S)

    # --- work --------------------------------------------------------------------------------------------
    def page(self, name: str) -> None:
        """Go to a page by its entry at the left."""
        self.desk.press(name, "page tab")
        self.desk.see(name, "panel")

    def take(self, count: int) -> None:
        """Take tasks of the sample campaign."""
        self.page("Find work")
        self.desk.press(CAMPAIGN, "list item", CHAIN_S)
        self.desk.press("Number of tasks to take", "spin button", CHAIN_S)
        self.desk.key("ctrl+a")
        self.desk.type(str(count))
        self.desk.key("Tab")
        self.desk.press(f"Take {count} tasks", "push button")
        self.desk.until("the first task", self._sentence, CHAIN_S)

    def _sentence(self, screen: Screen) -> str | None:
        """The sentence of the task on the screen."""
        return next((one.name for one in screen if one.role == "label" and one.name in self._topics), None)

    def topic(self, sentence: str) -> str:
        """What a sentence is about."""
        return self._topics[sentence]

    def answer(self) -> str:
        """Choose the topic of the sentence on the screen; the sentence."""
        sentence: str = self.desk.until("a task", self._sentence)
        topic = self.topic(sentence)
        self.desk.press(topic, "radio button")
        self.desk.until(f"{topic} as the answer", lambda screen: _chosen(screen) == topic)
        return sentence

    def back_to_work(self) -> None:
        """Go to the tasks that were taken."""
        self.desk.press("Work", "page tab")
        self.desk.until("a task", self._sentence, CHAIN_S)

    def drafted(self) -> tuple[str, str | None]:
        """The sentence on the screen and the answer that is chosen for it."""
        sentence: str = self.desk.until("a task", self._sentence, CHAIN_S)
        return sentence, _chosen(self.desk.look())

    def finish(self) -> None:
        """Finish the answered task; the next one, or the pause, is there then."""
        before = self._sentence(self.desk.look())
        self.desk.key("Return")
        self.desk.until("the next task", lambda screen: self._sentence(screen) != before)

    def do(self, count: int) -> None:
        """Answer and finish some tasks."""
        for _ in range(count):
            self.answer()
            self.finish()

    def seal_and_send(self, count: int) -> None:
        """Hand in the batch."""
        self.desk.see(f"{count} tasks done", "heading")
        self.desk.press("Seal and send", "push button")
        self.desk.until(
            "nothing left to send",
            lambda screen: (
                first(screen, "Nothing waits to be sent", "label") and not first(screen, "Seal and send")
            ),
            CHAIN_S,
        )

    # --- money -------------------------------------------------------------------------------------------
    def balance(self) -> str:
        """The balance below every page, in GEM."""
        found = [_BALANCE.match(one.name) for one in self.desk.look()]
        return next(one[1] for one in found if one)

    def paid(self, amount: str) -> None:
        """Wait until the balance is `amount`."""
        self.desk.see(f"Balance {amount} GEM", "label", CHAIN_S)

    def outbox(self) -> dict[str, str]:
        """What the outbox says, by the number of the task."""
        self.page("Outbox")
        self.desk.see(CAMPAIGN, "list item", CHAIN_S)
        rows = [one.name.split(", ") for one in self.desk.look() if one.role == "list item"]
        return {row[1]: row[2] for row in rows if row[0] == CAMPAIGN}

    def earned_in_all(self) -> str:
        """What the page Earnings says that was ever earned, in GEM."""
        self.page("Earnings")
        return self.desk.see("In all ", "label").name.removeprefix("In all ").split()[0]

    def claim(self) -> str:
        """Bring what was earned into the wallet; what is there then, in GEM."""
        self.page("Earnings")
        self.desk.press("Claim to my wallet", "push button")
        self.desk.see("Fee of the relayer ", "label")
        self.desk.picture("claim")
        self.desk.press("Sign and claim", "push button")
        seen = self.desk.until(
            "the money in the wallet",
            lambda screen: (
                (one := first(screen, "In your wallet ", "label")) and "0.00 GEM" not in one.name and one
            ),
            CHAIN_S,
        )
        return str(seen.name.removeprefix("In your wallet ").split()[0])

    # --- versions ----------------------------------------------------------------------------------------
    def versions(self) -> Screen:
        """Open the part of the settings that tells of versions, and look at it."""
        self.page("Settings")
        self.desk.press("New versions", "page tab")
        self.desk.see("Version ", "label")
        return self.desk.look()

    def version(self) -> str:
        """The version that runs, as the settings say."""
        found = [_VERSION.fullmatch(one.name) for one in self.versions() if one.role == "label"]
        return next(one[1] for one in found if one)

    def look_for_update(self) -> Offered:
        """Look for a new version, and see what it costs."""
        screen = self.versions()
        self.desk.press(
            "Look again" if first(screen, "Look again") else "Look for a new version", "push button"
        )
        self.desk.until(
            "a new version", lambda seen: any(one.name.endswith("can be downloaded.") for one in seen), 60
        )
        cost = self.desk.see("It costs ", "label").name
        told = next(one.name for one in self.desk.look() if one.name.endswith("can be downloaded."))
        return Offered(told.split()[1], cost)

    def download_update(self, version: str) -> None:
        """Download what is offered; nothing starts anew."""
        self.desk.press("Download", "push button")
        self.desk.see(f"Version {version} is ready.", "label", 300)

    def close(self) -> None:
        """Close the window."""
        self.desk.focus()
        self.desk.key("ctrl+q")


def _chosen(screen: Screen) -> str | None:
    """The chosen one of the answers on the screen."""
    return next((one.name for one in screen if one.role == "radio button" and "checked" in one.states), None)
