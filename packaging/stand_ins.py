# SPDX-License-Identifier: Apache-2.0
"""Start-up hook of the packaged application: empty modules in the place of what is imported there but never used.

Alembic loads every kind of database it knows, here it is SQLite alone; eth_utils makes a class with pydantic (5 MB, and
50 ms of each start) for callers that are not here.
"""

import sys
import types
from typing import Any

OTHER_DATABASES = ("mssql", "mysql", "oracle", "postgresql")


class _Absent(types.ModuleType):
    __path__: list[str] = []  # noqa: RUF012 - a package, so that what is asked below it is not found either

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{self.__name__} is not part of the packaged application ({name})")


class _CamelModel:
    def __init__(self, *arguments: Any, **named: Any) -> None:
        raise TypeError("pydantic is not part of the packaged application")


for _name in OTHER_DATABASES:
    sys.modules[f"alembic.ddl.{_name}"] = _Absent(f"alembic.ddl.{_name}")
_models: Any = types.ModuleType("eth_utils.pydantic")
_models.CamelModel = _CamelModel
sys.modules["eth_utils.pydantic"] = _models
