# SPDX-License-Identifier: Apache-2.0
"""What a server is set up with is read by the programs that it is for, where these are installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

SERVER = Path(__file__).resolve().parents[2] / "packaging" / "server"
ROOT = SERVER.parents[1]
UNITS = sorted(SERVER.glob("*.service")) + sorted(SERVER.glob("*.timer"))
MOST_EXPOSED = 2.0  # of 10, as systemd counts
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
HARD = (
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "CapabilityBoundingSet=",
    "UMask=0077",
)


def _with_a_program(folder: Path) -> list[Path]:
    """The units in a folder, with a program that is there in the place of ours; a template as one instance."""
    made = []
    for unit in UNITS:
        path = folder / unit.name.replace("@.", "@8001.")
        path.write_text(unit.read_text("utf-8").replace("/opt/gems/bin/gems", "/bin/true"), "utf-8")
        made.append(path)
    return made


def _verify(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(path)], capture_output=True, text=True
    )


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_reads_the_units_and_finds_them_closed(tmp_path: Path) -> None:
    for path in _with_a_program(tmp_path):
        done = _verify(path)
        assert (done.returncode, done.stderr) == (0, ""), path.name
        if path.suffix == ".service":
            command = ["systemd-analyze", "security", "--offline=true", str(path)]
            told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            found = re.search(r"exposure level for \S+: ([0-9.]+)", told)
            assert found and float(found.group(1)) < MOST_EXPOSED, told[-200:]
    wrong = tmp_path / "wrong.service"
    wrong.write_text("[Service]\nExecStart=/bin/true\nProtectSystm=strict\n", "utf-8")
    assert "ProtectSystm" in _verify(wrong).stderr  # the control


def test_each_service_is_closed_alike_and_runs_what_gems_knows() -> None:
    for unit in UNITS:
        text = unit.read_text("utf-8")
        assert text.startswith("# SPDX-License-Identifier: Apache-2.0\n"), unit.name
        if unit.suffix == ".service":
            assert all(f"\n{line}\n" in text for line in HARD), unit.name
            assert re.search(r"gems platform (serve|worker|backup) ", text), unit.name


def _faults(text: str) -> list[str]:
    """What is wrong with a Containerfile; a linter's rules that matter here."""
    joined = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    steps = [line.split(None, 1) for line in joined.splitlines() if line.strip()]
    found = [f"unknown step {step[0]}" for step in steps if not step[0].isupper()]
    stages = "".join(f"\n{name} {rest}" for name, rest in steps).split("\nFROM ")
    if len(stages) < 3:
        found.append("one stage alone: what builds is in what runs")
    last = stages[-1]
    users = re.findall(r"^USER (\S+)", last, re.MULTILINE)
    if not users or users[-1].partition(":")[0] in ("0", "root"):
        found.append("it runs as root")
    bases = re.findall(r"^ARG BASE=(\S+)", joined, re.MULTILINE) + re.findall(
        r"^FROM (\S+)", joined, re.MULTILINE
    )
    for base in bases:
        if "$" not in base and (base.endswith(":latest") or ":" not in base.rpartition("/")[2]):
            found.append(f"base without a version: {base}")
    if re.search(r"^(ADD|MAINTAINER) |\bsudo\b", joined, re.MULTILINE):
        found.append("a step that is not to be used")
    if re.search(r"(?i)^(ARG|ENV) .*(secret|token|passw|_key)", joined, re.MULTILINE) or re.search(
        r"^COPY .*(\.key|\.pem|platform\.toml|\.env)\b|^COPY \. ", joined, re.MULTILINE
    ):
        found.append("something secret, or everything, is copied in")
    lock, source = joined.find("COPY packaging/requirements/company.lock"), joined.find("COPY gems_platform")
    if not 0 <= lock < source:
        found.append("the lock does not come before the source")
    for step in re.findall(r"pip install[^\n]*", joined):
        if "--require-hashes" not in step or "--no-cache-dir" not in step:
            found.append("packages without their hashes")
    for step in re.findall(r"apt-get install[^\n]*", joined):
        if "--no-install-recommends" not in step or "rm -rf /var/lib/apt/lists/*" not in step:
            found.append("apt leaves something behind")
    if "HEALTHCHECK" not in last or not re.search(r"^ENTRYPOINT \[", last, re.MULTILINE):
        found.append("no health check, or a shell in between")
    return found


@pytest.mark.parametrize(
    ("change", "by"),
    [
        ("USER 10001:10001", "USER root"),
        ("USER 10001:10001\n", ""),
        ("debian:bookworm-slim", "debian:latest"),
        ("debian:bookworm-slim", "debian"),
        ("--require-hashes ", ""),
        ("--no-install-recommends ", ""),
        ("COPY pyproject.toml README.md LICENSE /build/source/", "COPY . /build/source/"),
        ("ENV PYTHONDONTWRITEBYTECODE=1", "ENV HUB_SIGNER_KEY=00"),
        ("COPY packaging/requirements/company.lock /build/company.lock\n", ""),
        ("HEALTHCHECK", "LABEL"),
        ('ENTRYPOINT ["', 'ENTRYPOINT "'),
    ],
)
def test_the_container_keeps_the_rules_and_each_rule_has_teeth(change: str, by: str) -> None:
    text = (SERVER / "Containerfile").read_text("utf-8")
    assert _faults(text) == []
    assert change in text and _faults(text.replace(change, by)) != []


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="hadolint is not installed")
def test_hadolint_finds_nothing() -> None:
    done = subprocess.run(["hadolint", str(SERVER / "Containerfile")], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_the_container_copies_is_there() -> None:
    for line in (SERVER / "Containerfile").read_text("utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for name in line.split()[1:-1]:
                assert (ROOT / name).exists(), name


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_nginx_reads_the_proxys_settings(tmp_path: Path) -> None:
    certificate = tmp_path / "cert.pem"
    key = tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
         "-subj", "/CN=gems.example", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    text = (SERVER / "nginx.conf").read_text("utf-8")
    for there, here in (
        ("/etc/ssl/gems/fullchain.pem", certificate), ("/etc/ssl/gems/privkey.pem", key),
        ("/var/log/nginx/gems.log", tmp_path / "log"),
    ):  # fmt: skip
        assert there in text
        text = text.replace(there, str(here))
    assert NGINX is not None
    for content, code in ((text, 0), (text.replace("proxy_buffering off;", "proxy_bufering off;"), 1)):
        (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid;\n{content}", "utf-8")
        command = [
            NGINX,
            "-t",
            "-q",
            "-p",
            str(tmp_path),
            "-c",
            str(tmp_path / "nginx.conf"),
            "-e",
            str(tmp_path / "errors"),
        ]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == code, done.stderr
