# SPDX-License-Identifier: Apache-2.0
"""A process that edits without end and says what was acknowledged, to be killed by the test."""

import asyncio
import sys
from pathlib import Path

from gems_desktop.adapters.store import SqliteStore
from gems_desktop.services.records import AnswerRecord, EditRecord


async def main(folder: Path) -> None:
    store = SqliteStore(folder)
    await store.open()
    await store.open_sealed(bytearray(32))
    number = await store.run(lambda tx: tx.count(EditRecord))
    while True:
        number += 1
        edit = EditRecord(0, "item", "edit", f'{{"n":{number}}}')
        answer = AnswerRecord(f"item{number}", "[]", "0x", "0x", number)
        await store.run(lambda tx, edit=edit, answer=answer: tx.put(edit, answer))  # type: ignore[misc]
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


asyncio.run(main(Path(sys.argv[1])))
