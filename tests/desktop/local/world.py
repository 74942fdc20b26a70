# SPDX-License-Identifier: Apache-2.0
"""Tiny campaigns, and the local network as a process that a test can stop in every way."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
CONFIG = """<View><Text name="text" value="$text"/><Choices name="mood" toName="text" required="true">
<Choice value="good"/><Choice value="bad"/></Choices></View>"""


def answer(mood: str) -> list[dict[str, Any]]:
    """An answer of the tiny module."""
    return [
        {
            "id": "mood",
            "from_name": "mood",
            "to_name": "text",
            "type": "choices",
            "value": {"choices": [mood]},
        }
    ]


def write_campaign(
    folder: Path,
    *,
    policy: str = "girm",
    tasks: int = 12,
    params: dict[str, int] | None = None,
    **changes: Any,
) -> Path:
    """A campaign's files in `folder`."""
    folder.mkdir(parents=True)
    about = {
        "title": f"Moods by {policy}",
        "description": "Say whether a sentence is good or bad.",
        "instructions": "Choose one.",
        "module": {"name": "moods", "version": "1", "family": "text-choice", "difficulty": "easy"},
        "policy": {"name": policy, "params": params or {}},
        "mr": "0.30 GEM",
        "ms": "0" if policy == "girm" else "0.10 GEM",
        "vs": "0" if policy == "girm" else "0.06 GEM",
        "z": 1 if policy == "girm" else 10,
        "floor": "0.01 GEM",
        "expected_seconds": 10,
        "languages": ["en"],
        **changes,
    }
    (folder / "campaign.json").write_text(json.dumps(about))
    (folder / "config.xml").write_text(CONFIG)
    rows = []
    for number in range(tasks):
        mood = ("good", "bad")[number % 2]
        rows.append(
            json.dumps({"data": {"text": f"Sentence {number} is {mood}."}, "reference": answer(mood)})
        )
    (folder / "tasks.jsonl").write_text("\n".join(rows))
    return folder


def write_samples(folder: Path) -> Path:
    """Two tiny campaigns, one without and one with a stake."""
    write_campaign(folder / "a-free")
    write_campaign(folder / "b-staked", policy="consensus")
    return folder


@dataclass
class Process:
    """`python -m gems_desktop.local` with its standard input held open."""

    popen: subprocess.Popen[str]
    lines: list[dict[str, str]]

    @classmethod
    def start(cls, folder: Path, *arguments: str) -> Process:
        """Start it; `ready` waits."""
        command = [sys.executable, "-m", "gems_desktop.local", "--dir", str(folder), *arguments]
        popen = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        return cls(popen, [])

    def ready(self) -> dict[str, Any]:
        """The network file once it says that it is ready; fails the test when it ends before."""
        assert self.popen.stdout is not None
        for line in self.popen.stdout:
            self.lines.append(json.loads(line))
            if "ready" in self.lines[-1]:
                value: dict[str, Any] = json.loads(Path(self.lines[-1]["ready"]).read_text())
                return value
        raise AssertionError(f"it ended: {self.lines} {self.popen.communicate()[1]}")

    def end(self) -> tuple[int, str]:
        """End of its input; exit status and standard error."""
        _, said = self.popen.communicate(timeout=60)
        return self.popen.returncode, said
