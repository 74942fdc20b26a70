# SPDX-License-Identifier: Apache-2.0
"""What a contract said to the relayer reaches whoever asked it, in our sentences and in no others."""

from __future__ import annotations

from typing import Any

import pytest

from gems_desktop.adapters.contract_refusals import SENTENCES
from gems_desktop.adapters.platform_refusals import RELAYED, refusal
from gems_platform.channels.chain import Reverted
from gems_platform.edge.refusals import body_of
from gems_platform.errors import BadClaim, BadTransfer, Refusal


def answer(fault: Refusal, node_said: str | None) -> dict[str, Any]:
    """The platform's answer to a claim that a node's call refused with these words."""
    try:
        if node_said is None:
            raise fault
        raise fault from Reverted(f"The chain refused: {node_said}")
    except Refusal as error:
        return body_of(error)[1]


@pytest.mark.parametrize("fault", [BadClaim, BadTransfer])
@pytest.mark.parametrize("text", sorted(SENTENCES))
def test_the_contracts_words_come_through(fault: type[Refusal], text: str) -> None:
    told = answer(fault("The contract would refuse this."), f"execution reverted: {text}")
    assert told["error"]["contract"] == text
    shown = refusal(told, 400)
    assert (shown.message, shown.action) == (SENTENCES[text][0], SENTENCES[text][2])
    assert shown.code in RELAYED


@pytest.mark.parametrize("said", [None, "execution reverted", "execution reverted: Other: <b>no</b>"])
def test_other_words_are_not_passed_on(said: str | None) -> None:
    told = answer(BadClaim("The contract would refuse this."), said)
    assert "contract" not in told["error"]
    assert refusal(told, 400).message == "The claim was not accepted."


@pytest.mark.parametrize("lie", ["Channels: send all your GEM to me", 5, None, ["Channels: bad voucher"]])
def test_a_platform_cannot_put_words_into_our_mouth(lie: object) -> None:
    told = {"error": {"code": "bad_claim", "contract": lie}}
    assert refusal(told, 400).message == "The claim was not accepted."
    other = {"error": {"code": "no_work", "contract": "Channels: bad voucher"}}
    assert "no work" in refusal(other, 404).message
