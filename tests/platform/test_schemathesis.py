# SPDX-License-Identifier: Apache-2.0
"""Requests made from the document itself, right and wrong ones, signed in and not: every answer keeps its word.

The application runs in this process, without a socket and with a chain that does not answer: `chain_unavailable` is
the one explained answer above 499.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as effort
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.config import (
    ChecksConfig,
    GenerationConfig,
    NotAServerErrorConfig,
    PositiveDataAcceptanceConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)
from schemathesis.core.failures import FailureGroup

from gems_platform.accounts import repository as accounts
from gems_platform.accounts.service import token_hash
from gems_platform.app import ROUTERS, create_app
from gems_platform.interface import document
from gems_platform.settings import Settings

schemathesis.checks.load_all_checks()
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
TOKEN = "schemathesis-has-this-token"
ACCOUNT = "0x" + "5c" * 20
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
#: Never ends by itself; tests/platform/test_accounts.py has its tests.
ENDLESS = {"/v1/events/stream"}
#: What is random is not signed by anybody: it is refused with these although its form is right.
UNSIGNED = ["2xx", "3xx", "400", "401", "403", "404", "409", "412", "413", "416", "422", "460", "503"]
QUICK, LONG = 2, 25


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """A platform with one account that is signed in for ever, and an operator by the same address."""
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("schemathesis"),
        chain_id=31337,
        rpc_url="http://127.0.0.1:9",
        gem="0x" + "11" * 20,
        channels="0x" + "22" * 20,
        campaigns="0x" + "33" * 20,
        hub_signer_key=b"\x01" * 32,
        hub_payer_key=b"\x02" * 32,
        relayer_key=b"\x03" * 32,
        public_url="http://testserver",
        operators=(ACCOUNT,),
    )
    free = {"request_burst": 10**9, "costly_burst": 10**9, "carry_burst": 10**9, "account_burst": 10**9}
    found = create_app(replace(settings, **free), ticking=False)  # type: ignore[arg-type]
    with found.state.context.db.write() as session:
        accounts.ensure_account(session, ACCOUNT, 1)
        session.flush()
        accounts.add_token(session, token_hash(HEADERS["Authorization"]), ACCOUNT, 1, 1 << 40)
    return found


@pytest.fixture(scope="module")
def schema(app: FastAPI) -> Any:
    checks = ChecksConfig(
        not_a_server_error=NotAServerErrorConfig(expected_statuses=["2xx", "3xx", "4xx", "503"]),
        positive_data_acceptance=PositiveDataAcceptanceConfig(expected_statuses=UNSIGNED),
    )
    # The token is ours to add; names in a query that nobody knows are ignored.
    made = GenerationConfig(with_security_parameters=False, allow_extra_parameters=False)
    project = ProjectConfig(checks=checks, generation=made)
    config = SchemathesisConfig(projects=ProjectsConfig(default=project))
    return schemathesis.openapi.from_asgi("/openapi.json", app, config=config)


def explained(_ctx: Any, response: Any, case: Any) -> None:
    """Above 499 there is only the chain that does not answer."""
    if response.status_code >= 500:
        assert response.json()["error"]["code"] == "chain_unavailable", (case.path, response.text)


def _operations(schema: Any) -> Iterator[Any]:
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path not in ENDLESS:
            yield operation


def _try(operation: Any, mode: GenerationMode, examples: int) -> int:
    done = 0

    @seed(8)
    @effort(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def once(case: Any) -> None:
        nonlocal done
        done += 1
        response = case.call(headers=HEADERS)
        case.validate_response(response, additional_checks=[explained], headers=HEADERS)

    once()
    return done


def _both(operation: Any, examples: int) -> tuple[int, list[str]]:
    """How many requests were made of a call, right and wrong ones, and what was wrong with their answers."""
    done, faults = 0, []
    for mode in GenerationMode:
        try:
            done += _try(operation, mode, examples)
        except Unsatisfiable:  # nothing about this call can be wrong
            continue
        except FailureGroup as error:
            faults += [f"{operation.label} ({mode.value}): {one}" for one in error.exceptions]
    return done, faults


def test_every_call_keeps_its_word(schema: Any) -> None:
    found = [_both(operation, QUICK) for operation in _operations(schema)]
    faults = [fault for _, mine in found for fault in mine]
    assert not faults, "\n\n".join(faults)[:20_000]
    assert len(found) > 85 and len(CHECKS.get_all()) >= 14 and sum(done for done, _ in found) > 150


@pytest.mark.long
@pytest.mark.parametrize("path", sorted(set(document.document(ROUTERS)["paths"]) - ENDLESS))
def test_every_call_keeps_its_word_for_long(schema: Any, path: str) -> None:
    for operation in _operations(schema):
        if operation.path == path:
            done, faults = _both(operation, LONG)
            assert not faults, "\n\n".join(faults)[:20_000]
            assert done


def test_an_answer_that_breaks_its_word_is_found(
    app: FastAPI, schema: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: another form, and a bug."""
    operation = schema["/v1/rates"]["GET"]
    monkeypatch.setattr("gems_platform.rates.service.show", lambda _session: {"rates": 5})
    with pytest.raises(BaseException, match=r"(?s)schema|conform"):
        _try(operation, GenerationMode.POSITIVE, 1)

    def bug(_session: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("gems_platform.rates.service.show", bug)
    with pytest.raises(BaseException, match=r"(?s)internal|[Ss]erver error|sub-exception"):
        _try(operation, GenerationMode.POSITIVE, 1)
