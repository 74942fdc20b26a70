# SPDX-License-Identifier: Apache-2.0
"""The arrows of docs/architecture.md as tests: who may import whom, who reaches the world, what is forbidden.

Each rule proves itself: it must catch the violation written beside it, and must have seen at least one file.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("gems_protocol", "gems_desktop", "gems_platform", "ui", "bench", "packaging", "tests")
PACKAGES = ("gems_protocol/", "gems_desktop/", "gems_platform/")
SUFFIXES = {".py": "#", ".vy": "#", ".vyi": "#", ".qml": "//", ".spec": "#"}

#: Where the layers are put together: these know adapters and view models both.
ROOTS = (
    "gems_desktop/main.py",
    "gems_desktop/shown.py",
    "gems_desktop/__main__.py",
    "gems_desktop/cli.py",
    "gems_desktop/cli/",
)
ROOTS += (
    "gems_desktop/session.py",
    "gems_desktop/commands/",
    "gems_desktop/diagnosing/",
    "gems_desktop/deploying/",
    "gems_desktop/startup_profile.py",
    "gems_desktop/startup_real.py",
    "gems_desktop/startup_outside.py",
    "gems_desktop/startup_updates.py",
    "gems_desktop/startup_places.py",
    "gems_desktop/startup_trial.py",
    "gems_desktop/self_test/",
)
#: Where the desktop may start a platform.
PLATFORM_STARTERS = ("gems_desktop/local/", "gems_desktop/cli.py", "gems_desktop/commands/")
#: Where it may use the platform's client, and no more of it.
CLIENT_USERS = ("gems_desktop/deploying/",)
#: What the desktop may use to reach the world, and the only files that do.
NETWORK = (
    "socket",
    "ssl",
    "socketserver",
    "http.client",
    "http.server",
    "urllib.request",
    "aiohttp",
    "requests",
)
NETWORK += ("httpx", "websockets", "urllib3", "uvicorn", "web3", "PySide6.QtNetwork", "PySide6.QtWebSockets")
NETWORK_FILES = {
    "gems_desktop/adapters/platform_http.py": "the platform",
    "gems_desktop/adapters/chain_rpc.py": "the chain",
    "gems_desktop/adapters/towers.py": "watch-towers that the user named, which get vouchers and nothing else",
    "gems_desktop/adapters/chain_jsonrpc.py": "one call to one chain node",
    "gems_desktop/adapters/update_line.py": "update_source.py's connections, which it can hang up",
    "gems_desktop/adapters/update_source.py": "where updates are published; what comes is believed by its signatures",
    "gems_desktop/local/": "the local network: servers on loopback",
    "gems_desktop/instance.py": "the socket in a profile's folder at which a second window finds the first",
    "gems_desktop/self_test/libraries.py": "makes a TLS context to see that authorities are found; connects to nobody",
    "gems_desktop/engine.py": "the QML engine's network access, which refuses everything",
    "gems_desktop/adapters/proxy_socks.py": "the SOCKS proxy that somebody named, by a bridge on loopback",
    "gems_desktop/startup_bus.py": "calls the D-Bus of this computer, to leave out one that never answers",
    "gems_desktop/startup_plain.py": "calls the display, before Qt would abort",
    "gems_desktop/startup_trust.py": "asks OpenSSL where it looks for authorities; opens no connection",
    "gems_desktop/network_kind.py": "asks the system whether the network counts megabytes; sends nothing",
}
#: What adapters may know of the services: the ports they implement and the values they carry; never a user story.
PORTS = {
    "gems_desktop.services.ports": "what adapters implement",
    "gems_desktop.services.ports_outside": "what adapters of the desktop outside the window implement",
    "gems_desktop.services.ports_updates": "what the adapters of updates implement",
    "gems_desktop.services.facts_updates": "how this copy of the program stands among its versions",
    "gems_desktop.services.queries": "what the store's port is asked with",
    "gems_desktop.services.facts": "values for the screens",
    "gems_desktop.services.facts_profiles": "the profiles of a computer",
    "gems_desktop.services.facts_proxy": "what the address of a proxy looks like",
    "gems_desktop.services.records": "values the store holds",
    "gems_desktop.services.errors": "the faults that adapters translate into",
    "gems_desktop.services.network": "the description of a network",
    "gems_desktop.services.frames": "the form of what goes through the signer's pipe, shared by both ends",
    "gems_desktop.services.backoff": "how long is waited before the next try",
    "gems_desktop.services.traffic": "what the data meter counts a request for",
    "gems_desktop.services.wallet_errors": "the faults of a wallet that cross the signer's pipe",
    "gems_desktop.services.signing": "the closed list of what may be asked of the signer",
}
#: Files that may pass 400 lines, each with its reason.
LONG_FILES = {
    "dev": "one script without dependencies, which must run before anything of the project can be imported",
    "gems_protocol/contracts/Campaigns.vy": "one deployed contract with NatSpec; what holds no state is in modules",
    "gems_protocol/contracts/Channels.vy": "one deployed contract with NatSpec; its interface is fixed",
    "gems_protocol/contracts/Judge.vy": "one deployed contract with NatSpec; what holds no state is in modules",
    "gems_protocol/task.py": "the life of a task: one table of moves and the rule of each",
    "tests/test_architecture.py": "one table of rules, read from top to bottom",
}
#: The only files that run code which no `import` brought: nothing that comes from outside the program reaches them.
CODE_RUNNERS = {
    "gems_desktop/compiled_texts.py": "what dataclasses writes and runs anyway, compiled with the package (ADR 0111)",
    "packaging/of_dataclasses.py": "compiles those texts while the package is built",
}
#: What only a server needs.
SERVER_LIBRARIES = ("sqlalchemy", "alembic", "fastapi", "starlette", "uvicorn", "pydantic", "procrastinate")
STDLIB_WITH_SIDE_EFFECTS = ("socket", "ssl", "http", "urllib.request", "subprocess", "sqlite3", "asyncio")


@dataclass(frozen=True)
class Source:
    """One file: its path relative to the project's folder, its text, and its syntax tree if it is Python."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The syntax tree (Python files only)."""
        return _parse(self.text, self.path)


@dataclass(frozen=True)
class Finding:
    """One violation: the line (from 1) and what is wrong there."""

    line: int
    what: str


@dataclass(frozen=True)
class Rule:
    """A rule, where it looks, how it finds violations, how they are mended, and one that it must catch."""

    name: str
    where: tuple[str, ...]
    find: Callable[[Source], Iterator[Finding]]
    fix: str
    bad_path: str
    bad_code: str
    except_for: tuple[str, ...] = ()
    python_only: bool = True

    def sees(self, path: str) -> bool:
        """Tell whether the rule looks at the file at `path`."""
        if self.python_only and not (path.endswith(".py") or path == "dev"):
            return False
        return _below(path, self.where) and not _below(path, self.except_for)


@cache
def _parse(text: str, path: str) -> ast.Module:
    return ast.parse(text, path)


def _below(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or (place.endswith("/") and path.startswith(place)) for place in places)


def _inside(module: str, names: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(name + ".") for name in names)


@cache
def sources() -> tuple[Source, ...]:
    """Return every source file of the project."""
    paths = [ROOT / "dev"]
    for folder in FOLDERS:
        paths += (path for path in (ROOT / folder).rglob("*") if path.suffix in SUFFIXES and path.is_file())
    return tuple(Source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in sorted(paths))


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Yield (line, absolute dotted name) of each import anywhere in the file, also inside functions."""
    package = source.path.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called.endswith(("import_module", "__import__")) and isinstance(node.args[0].value, str):
                yield node.lineno, node.args[0].value


def never_imports(*names: str) -> Callable[[Source], Iterator[Finding]]:
    """Find imports of `names` or anything below them."""

    def find(source: Source) -> Iterator[Finding]:
        for line, module in imports(source):
            if _inside(module, names):
                yield Finding(line, f"imports {module}")

    return find


def protocol_imports(source: Source) -> Iterator[Finding]:
    """Find what is neither the standard library (without side effects) nor one of the few named libraries."""
    libraries = (
        "eth_account",
        "eth_abi",
        "eth_utils",
        "Crypto.Hash",  # computes and nothing else: keccak-256
        "eth_keys",
        "coincurve",
        "cryptography",  # computes and nothing else: the sealing of carry files, alike on both sides (ADR 0063)
        "compression.zstd",  # computes and nothing else: what both sides pack and unpack (ADR 0062)
        "backports.zstd",  # the same before Python 3.14
        "defusedxml",
        "gems_protocol",
    )
    for line, module in imports(source):
        standard = module.partition(".")[0] in sys.stdlib_module_names
        if _inside(module, STDLIB_WITH_SIDE_EFFECTS) or not (standard or _inside(module, libraries)):
            yield Finding(line, f"imports {module}")


def adapter_imports(source: Source) -> Iterator[Finding]:
    """Find adapters that know more of the application than the ports and the facts."""
    above = ("viewmodels", "local", "main", "cli", "signer", "decoding")
    for line, module in imports(source):
        up = _inside(module, tuple(f"gems_desktop.{name}" for name in above))
        sideways = _inside(module, ("gems_desktop.services",)) and not _inside(module, tuple(PORTS))
        if up or sideways:
            yield Finding(line, f"imports {module}")


def platform_direction(source: Source) -> Iterator[Finding]:
    """Find arrows that point up in routes -> service -> repository."""
    layer = source.path.rsplit("/", 1)[1].removesuffix(".py")
    forbidden = {
        "routes": ("repository", "sqlalchemy"),
        "service": ("routes", "fastapi", "starlette"),
        "repository": ("routes", "service", "fastapi", "starlette"),
        "schemas": ("routes", "service", "repository", "sqlalchemy"),
        "errors": ("routes", "fastapi", "starlette"),
    }.get(layer, ())
    for line, module in imports(source):
        parts = module.split(".")
        inside = parts[0] == "gems_platform" and any(part in forbidden for part in parts[1:])
        if inside or parts[0] in forbidden:
            yield Finding(line, f"{layer} imports {module}")


def client_imports(source: Source) -> Iterator[Finding]:
    """Find what a requester's program would get of the server, its store or the window (ADR 0099)."""
    for line, module in imports(source):
        server = _inside(module, ("gems_platform",)) and not _inside(module, ("gems_platform.client",))
        if server or _inside(module, ("gems_desktop", *SERVER_LIBRARIES, "PySide6", "qasync")):
            yield Finding(line, f"imports {module}")


def client_only(source: Source) -> Iterator[Finding]:
    """Find files of the desktop outside of its starters that take more of the platform than its client."""
    for line, module in imports(source):
        if _inside(module, ("gems_platform",)) and not _inside(module, ("gems_platform.client",)):
            yield Finding(line, f"imports {module}")


def dangerous(source: Source) -> Iterator[Finding]:
    """Find what runs text as code, or reads formats that do."""
    modules = ("pickle", "marshal", "shelve", "dill", "yaml", "xml.sax", "xml.dom", "lxml")
    yield from never_imports(*modules)(source)
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called in ("eval", "exec", "os.system", "os.popen"):
            yield Finding(node.lineno, f"calls {called}")
        for keyword in node.keywords:
            if keyword.arg == "shell" and not (
                isinstance(keyword.value, ast.Constant) and not keyword.value.value
            ):
                yield Finding(node.lineno, f"{called} with shell=")


def floats(source: Source) -> Iterator[Finding]:
    """Find float literals and conversions."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield Finding(node.lineno, f"holds the float {node.value}")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "float":
            yield Finding(node.lineno, "converts to float")


def sleeps(source: Source) -> Iterator[Finding]:
    """Find time.sleep: a test waits for a condition."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "time.sleep":
            yield Finding(node.lineno, "sleeps")


def spdx(source: Source) -> Iterator[Finding]:
    """Find files without the licence line on top (below a shebang, if there is one)."""
    comment = SUFFIXES[Path(source.path).suffix] if source.path != "dev" else "#"
    head = source.text.splitlines()[:2]
    if head and head[0].startswith("#!"):
        head = head[1:]
    if not head or head[0] != f"{comment} SPDX-License-Identifier: Apache-2.0":
        yield Finding(1, "has no SPDX line")


def long_file(source: Source) -> Iterator[Finding]:
    """Find files that surely hold two ideas."""
    lines = source.text.count("\n")
    if lines > 400 and source.path not in LONG_FILES:
        yield Finding(401, f"has {lines} lines")


def vague_name(source: Source) -> Iterator[Finding]:
    """Find file names that say nothing."""
    if Path(source.path).stem in ("utils", "util", "helpers", "misc", "common"):
        yield Finding(1, "is named for no idea")


RULES = (
    Rule(
        "the protocol is pure",
        ("gems_protocol/",),
        protocol_imports,
        "gems_protocol holds rules: hand the value in, or put the side effect into an adapter behind a port",
        "gems_protocol/task.py",
        "import web3",
    ),
    Rule(
        "the platform knows no desktop",
        ("gems_platform/",),
        never_imports("gems_desktop", "PySide6", "qasync"),
        "what both need belongs into gems_protocol",
        "gems_platform/app.py",
        "from gems_desktop.services import work",
    ),
    Rule(
        "the desktop knows no platform",
        ("gems_desktop/",),
        never_imports("gems_platform"),
        "speak to it over HTTP, or put the shared rule into gems_protocol",
        "gems_desktop/services/work.py",
        "import gems_platform.app",
        except_for=(*PLATFORM_STARTERS, *CLIENT_USERS),
    ),
    Rule(
        "who puts contracts on a chain uses the platform's client alone",
        CLIENT_USERS,
        client_only,
        "gems_platform.client is for programs; the server is another process",
        "gems_desktop/deploying/plain_token.py",
        "from gems_platform.settings import Settings",
    ),
    Rule(
        "the client of a platform holds nothing of its server",
        ("gems_platform/client/",),
        client_imports,
        "speak to it over HTTP, or put the shared rule into gems_protocol",
        "gems_platform/client/http.py",
        "from gems_platform.settings import Settings",
    ),
    Rule(
        "the server knows no client",
        ("gems_platform/",),
        never_imports("gems_platform.client"),
        "what both need belongs into gems_protocol",
        "gems_platform/app.py",
        "from gems_platform.client import Client",
        except_for=("gems_platform/client/",),
    ),
    Rule(
        "services know no world",
        ("gems_desktop/services/",),
        never_imports(
            *(f"gems_desktop.{name}" for name in ("adapters", "viewmodels", "local", "main", "cli")),
            *("PySide6", "qasync", "sqlalchemy", "alembic", "keyring", "subprocess", "sqlite3", *NETWORK),
        ),
        "declare what the service needs in services/ports.py and let an adapter implement it",
        "gems_desktop/services/sync.py",
        "def f():\n    from ..adapters.store import Store",
    ),
    Rule(
        "adapters know only ports and facts",
        ("gems_desktop/adapters/",),
        adapter_imports,
        "implement a port of services/ports.py; shared values live in services/facts*.py or gems_protocol",
        "gems_desktop/adapters/store.py",
        "from ..services.work import Work",
    ),
    Rule(
        "view models know no adapters",
        ("gems_desktop/viewmodels/",),
        never_imports("gems_desktop.adapters", "gems_desktop.local", "sqlalchemy", "web3", "aiohttp"),
        "ask a service; main.py hands it in",
        "gems_desktop/viewmodels/home.py",
        "from gems_desktop.adapters import store",
    ),
    Rule(
        "the signer is alone with the keys",
        ("gems_desktop/signer/",),
        never_imports(
            *("PySide6", "qasync", "sqlalchemy", "gems_platform", *NETWORK),
            *(f"gems_desktop.{name}" for name in ("adapters", "viewmodels", "local", "main")),
        ),
        "the signer speaks only through its pipe; everything else is another process's work",
        "gems_desktop/signer/policy.py",
        "import aiohttp",
    ),
    Rule(
        "only the composition roots know adapters",
        ("gems_desktop/",),
        never_imports("gems_desktop.adapters"),
        "take the port as an argument; gems_desktop/main.py (or cli.py, local/) puts the parts together",
        "gems_desktop/decoding/worker.py",
        "import gems_desktop.adapters.store",
        except_for=(*ROOTS, "gems_desktop/local/", "gems_desktop/adapters/"),
    ),
    Rule(
        "only named files of the desktop reach the network",
        ("gems_desktop/",),
        never_imports(*NETWORK),
        f"use the port; the files that may are {sorted(NETWORK_FILES)} (add one only with its reason)",
        "gems_desktop/viewmodels/home.py",
        "import importlib\nimportlib.import_module('urllib.request')",
        except_for=tuple(NETWORK_FILES),
    ),
    Rule(
        "platform domains point inward",
        ("gems_platform/",),
        platform_direction,
        "routes call the service, the service calls the repository, only the repository queries",
        "gems_platform/tasks/routes.py",
        "from .repository import Tasks",
    ),
    Rule(
        "nothing runs text as code",
        (*PACKAGES, "packaging/", "bench/", "dev"),
        dangerous,
        "parse strictly (json, defusedxml, literal tables); start programs with a list of arguments",
        "gems_desktop/main.py",
        "import subprocess\nsubprocess.run('ls', shell=True)",
        except_for=tuple(CODE_RUNNERS),
    ),
    Rule(
        "no float touches money",
        tuple(
            f"gems_protocol/{n}.py" for n in ("amount", "channel", "staking", "task", "messages", "merkle")
        ),
        floats,
        "use Amount, basis points or Fraction",
        "gems_protocol/amount.py",
        "half = 0.5",
    ),
    Rule(
        "tests wait for conditions",
        ("tests/",),
        sleeps,
        "wait for what you expect (an event, a port, a row), with a bound",
        "tests/e2e/test_x.py",
        "import time\ntime.sleep(1)",
    ),
    Rule(
        "files are named for an idea",
        PACKAGES,
        vague_name,
        "name the file for the one idea it holds",
        "gems_desktop/utils.py",
        "",
    ),
    Rule(
        "every source file names its licence",
        (*(f"{folder}/" for folder in FOLDERS), "dev"),
        spdx,
        "begin it with `SPDX-License-Identifier: Apache-2.0` in a comment",
        "ui/Gems/Main.qml",
        "import QtQuick",
        python_only=False,
    ),
    Rule(
        "a file holds one idea",
        (*(f"{folder}/" for folder in FOLDERS), "dev"),
        long_file,
        "split it where the second idea begins (400 lines at most), or name it in LONG_FILES with a reason",
        "ui/Gems/Main.qml",
        "\n" * 401,
        python_only=False,
    ),
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_holds(rule: Rule) -> None:
    seen = [source for source in sources() if rule.sees(source.path)]
    found = [
        f"  {source.path}:{finding.line} {finding.what}" for source in seen for finding in rule.find(source)
    ]
    assert not found, f"Rule broken: {rule.name}\n" + "\n".join(found) + f"\nFix: {rule.fix}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_catches_its_violation(rule: Rule) -> None:
    assert rule.sees(rule.bad_path)
    assert list(rule.find(Source(rule.bad_path, rule.bad_code)))
    licence = f"{'//' if rule.bad_path.endswith('.qml') else '#'} SPDX-License-Identifier: Apache-2.0\n"
    assert not list(rule.find(Source("gems_protocol/good.py", licence.replace("//", "#"))))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_saw_files(rule: Rule) -> None:
    there = [place for place in rule.where if _holds_sources(ROOT / place, rule.python_only)]
    if not there:
        pytest.skip(f"nothing is there yet: {rule.where}")
    assert any(rule.sees(source.path) for source in sources())


def _holds_sources(place: Path, python_only: bool) -> bool:
    suffixes = {".py"} if python_only else set(SUFFIXES)
    return place.is_file() or any(path.suffix in suffixes for path in place.rglob("*"))


def test_exceptions_name_files_that_exist() -> None:
    for path, reason in LONG_FILES.items():
        assert (ROOT / path).is_file() and reason, f"{path} is excused but not there"


def test_the_architecture_document_names_every_package() -> None:
    document = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for package in PACKAGES:
        assert package in document
