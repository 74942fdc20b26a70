# SPDX-License-Identifier: Apache-2.0
"""Only the window's own pipe answers: everything else, silence and death included, is a no."""

import sys
from dataclasses import replace

import pytest

from gems_desktop.services.errors import SignerRefused
from gems_desktop.services.wallet_errors import NotConfirmed
from gems_desktop.signer.confirming import Always, WindowConfirmer, is_yes
from gems_desktop.signer.inprocess import InProcessSigner
from gems_desktop.signer.sentences import about_export
from tests.desktop.signer.conftest import FRIEND, OWN, WORDS, Bench

QUESTION = about_export(OWN)
READS = "import json,sys,time;told=json.loads(sys.stdin.readline());"


def ask(code: str, timeout_s: float = 20) -> bool:
    return WindowConfirmer([sys.executable, "-c", READS + code], timeout_s).ask(QUESTION, {"language": "en"})


def test_a_yes_with_the_number_of_the_question_is_a_yes() -> None:
    assert ask("print(json.dumps({'nonce':told['nonce'],'answer':'yes'}),flush=True)")


@pytest.mark.parametrize(
    "code",
    [
        "print(json.dumps({'nonce':told['nonce'],'answer':'no'}))",
        "print(json.dumps({'nonce':'0'*32,'answer':'yes'}))",
        "print(json.dumps({'answer':'yes'}))",
        "print(json.dumps({'nonce':told['nonce'],'answer':'yes','more':1}))",
        "print('yes')",
        "print('['*400)",
        "sys.exit(0)",
        "sys.stdout.buffer.write(b'\\xff'*600)",
    ],
)
def test_anything_else_is_a_no(code: str) -> None:
    assert not ask(code)


def test_silence_is_a_no_and_the_window_is_taken_away() -> None:
    assert not ask("sys.stdin.read()", timeout_s=0.5)


def test_no_window_at_all_is_a_no() -> None:
    assert not WindowConfirmer(["/nonexistent/window"]).ask(QUESTION, {})


def test_numbers_are_never_the_same() -> None:
    assert is_yes(b'{"nonce":"a","answer":"yes"}', "a") and not is_yes(b'{"nonce":"a","answer":"yes"}', "b")


async def test_the_main_window_has_no_operation_that_answers(bench: Bench) -> None:
    bench.person.says = False
    signer = await bench.made()
    for name in ("answer", "confirm", "yes", "ask", "set_confirmer"):
        with pytest.raises(SignerRefused):
            await signer._call(name, {"answer": "yes"})
    for fields in (
        {"name": "Home", "address": FRIEND, "confirmed": True},
        {"name": "Home", "address": FRIEND, "answer": "yes"},
    ):
        with pytest.raises(SignerRefused):
            await signer._call("book_add", fields)
    with pytest.raises(NotConfirmed):
        await signer._call("book_add", {"name": "Home", "address": FRIEND}, b"yes")
    await signer.set_looks("en", "light", 80)  # what Settings allows
    for looks in (("../../etc", "light", 100), ("en", "pink", 100), ("en", "light", 1000), (1, "light", 100)):
        with pytest.raises(SignerRefused):
            await signer.set_looks(*looks)  # type: ignore[arg-type]


async def test_without_anybody_to_ask_real_money_stays_and_practice_goes_on(bench: Bench) -> None:
    for practice in (False, True):
        signer = InProcessSigner(replace(bench.config, practice=practice), clock=lambda: bench.time[0])
        await signer.restore(bytearray(WORDS))
        if practice:
            assert await signer.export_keystore(bytearray(b"p"))
        else:
            with pytest.raises(NotConfirmed):
                await signer.export_keystore(bytearray(b"p"))
    assert Always(True).ask(QUESTION, {})
