# SPDX-License-Identifier: Apache-2.0
"""label-studio-sdk from PyPI accepts our answers and reads our masks as we do (needs an index of Python packages)."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest

from gems_protocol.modules import parse_answer, rle
from gems_protocol.modules.answer import percentage, seconds
from gems_protocol.modules.tree import Module
from tests.helpers.sdk import sdk_python
from tests.protocol.modules.kinds import KINDS, Answer

ROUNDS = 40  # random answers of each kind
CHECK = """
import json, sys
from label_studio_sdk.converter.brush import decode_rle, encode_rle
from label_studio_sdk.label_interface import LabelInterface
import numpy

told = {"refused": [], "masks": [], "codes": []}
asked = json.load(open(sys.argv[1]))
for kind in asked["kinds"]:
    interface = LabelInterface(kind["config"])
    for answer in kind["answers"]:
        if not interface.validate_annotation({"result": answer}):
            told["refused"].append([kind["name"], answer])
for mask in asked["masks"]:
    told["masks"].append(decode_rle(mask["rle"]).reshape(-1, 4)[:, 3].tolist())
    told["codes"].append(encode_rle(numpy.repeat(numpy.array(mask["mask"], dtype=numpy.uint8), 4)))
json.dump(told, open(sys.argv[2], "w"))
"""


@pytest.fixture(scope="module")
def sdk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment of its own with the SDK in it."""
    return sdk_python(tmp_path_factory.mktemp("sdk"))


def varied(value: Any, chance: random.Random, key: str = "") -> Any:
    """Another value of the same form: numbers and texts moved about, what depends on others left."""
    if isinstance(value, dict):
        return {name: varied(part, chance, name) for name, part in value.items()}
    if key == "points":
        return [[percentage(chance.uniform(0, 100)) for _ in range(2)] for _ in range(chance.randint(3, 30))]
    if key in ("x", "y"):
        return percentage(chance.uniform(0, 49))
    if key in ("width", "height", "radiusX", "radiusY"):
        return percentage(chance.uniform(0.1, 50))
    if key in ("duration", "time"):
        return seconds(chance.uniform(0, 1000))
    if key == "rating":
        return chance.randint(0, 7)
    if key == "number":
        return chance.randint(-10, 20) / 10
    if key in ("content", "ocrtext") or (key == "text" and isinstance(value, str)):
        return "".join(chance.choices("abc \n漢字\U0001f600ا", k=chance.randint(1, 30)))
    if isinstance(value, list):
        return [varied(part, chance, "text" if key == "text" else "") for part in value]
    return value


def answers(module: Module, start: Answer, chance: random.Random) -> list[Answer]:
    """Answers like `start`; companions repeat the place of their region."""
    found = [start]
    for _ in range(ROUNDS):
        regions: dict[str, dict[str, Any]] = {}
        answer: Answer = []
        for result in start:
            if "id" not in result:
                answer.append(result)
                continue
            value = varied(result["value"], chance)
            if (region := regions.setdefault(result["id"], value)) is not value:
                value = {
                    name: value[name] if name == "text" else region.get(name, value[name]) for name in value
                }
            answer.append(result | {"value": value})
        found.append(parse_answer(json.loads(json.dumps(answer)), module))
    return found


def masks(chance: random.Random) -> list[tuple[int, int, bytes]]:
    """Pictures with painted stretches; the largest has runs beyond 16 bits."""
    found = []
    for width, height in [(1, 1), (3, 2), (50, 40), (300, 200), (700, 300)]:
        mask = bytearray(width * height)
        for _ in range(chance.randint(0, 12)):
            at = chance.randrange(len(mask))
            length = min(chance.randint(1, len(mask)), len(mask) - at)
            mask[at : at + length] = bytes([chance.choice([0, 255])]) * length
        found.append((width, height, bytes(mask)))
    return found


@pytest.mark.long
def test_the_sdk_accepts_answers_and_reads_masks(sdk: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    kinds = [
        {
            "name": name,
            "config": f"<View>{kind.config}</View>",
            "answers": answers(kind.module, kind.answer, chance),
        }
        for name, kind in KINDS.items()
        if kind.sdk
    ]
    painted = [(rle.encode(*mask), mask[2]) for mask in masks(chance) for _ in range(3)]
    asked = {"kinds": kinds, "masks": [{"rle": code, "mask": list(mask)} for code, mask in painted]}
    (tmp_path / "asked.json").write_text(json.dumps(asked), "utf-8")
    (tmp_path / "check.py").write_text(CHECK, "utf-8")
    command = [str(sdk), "check.py", "asked.json", "told.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "told.json").read_text("utf-8"))
    assert told["refused"] == []
    assert [bytes(mask) for mask in told["masks"]] == [mask for _, mask in painted]
    assert [rle.decode(code, 1_000_000) for code in told["codes"]] == [mask for _, mask in painted]


def test_samples_are_answers() -> None:
    chance = random.Random(11)
    for name, kind in KINDS.items():
        if "rle" not in kind.answer[0]["value"]:
            assert len(answers(kind.module, kind.answer, chance)) == ROUNDS + 1, name
