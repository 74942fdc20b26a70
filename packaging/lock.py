# SPDX-License-Identifier: Apache-2.0
"""Resolves pyproject.toml, and apart from it the tools of the deep proofs, into hashed locks, so that every machine
installs the same bytes."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "packaging" / "requirements"

#: lock -> the extras it holds; `dev` comes first since the others must agree with it.
LOCKS = {
    "dev": ("platform", "company", "dev"),
    "bench": ("platform", "company", "dev", "bench"),
    "company": ("platform", "company"),
    "run": ("platform",),
    "app": (),
}

#: What goes into the environment of its own, `.venv-deep`: it shares nothing with the four locks above.
DEEP = (
    "halmos==0.3.3",
    "universalmutator==1.14.1",
    "typing==3.7.4.1",  # newer ones do not install where the standard library holds it; nothing loads it there
)

#: The newest releases with wheels for Macs with Intel chips, whose makers have since dropped them.
INTEL_MAC = {"argon2-cffi-bindings": "25.1.0", "ckzg": "2.1.5", "cryptography": "48.0.1"}
ON_INTEL_MAC = "sys_platform == 'darwin' and platform_machine == 'x86_64'"
ELSEWHERE = "sys_platform != 'darwin' or platform_machine != 'x86_64'"

HEADER = """\
# SPDX-License-Identifier: Apache-2.0
# {what}. For Python 3.11 to 3.13 on Linux, Windows and macOS.
# Written by `./dev lock`; names, versions and hashes only. Do not edit by hand.
"""
WHAT = {
    "app": "What the packaged application needs",
    "run": "What ./dev run needs: the application, the platform server and the local chain",
    "company": "What a platform on PostgreSQL with media in S3 needs: run.lock and their drivers",
    "dev": "What ./dev test, check, contracts and package need: everything but what draws plots",
    "bench": "What ./dev bench needs: dev.lock and what draws plots",
    "deep": "What ./dev contracts --deep and --mutate need in .venv-deep",
}


def uv_command() -> list[str]:
    """Return how to start uv here, or end with the reason why it cannot be."""
    if program := shutil.which("uv"):
        return [program]
    if subprocess.run([sys.executable, "-m", "uv", "--version"], capture_output=True).returncode == 0:
        return [sys.executable, "-m", "uv"]
    sys.exit("Resolving the locks needs uv, which is not installed: python3 -m pip install uv")


def main() -> None:
    """Write the locks; `--upgrade` takes newer versions, without it the pinned ones are kept."""
    uv = uv_command()
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    intel_mac = [f"{name}=={version} ; {ON_INTEL_MAC}" for name, version in INTEL_MAC.items()]
    newer = [f"{name}>{version} ; {ELSEWHERE}" for name, version in INTEL_MAC.items()]
    for name, extras in LOCKS.items():
        target = FOLDER / f"{name}.lock"
        command = compile_to(uv, target, "pyproject.toml")
        for extra in extras:
            command += ["--extra", extra]
        if name == "dev":
            command += [argument for argument in sys.argv[1:] if argument == "--upgrade"]
        else:
            target.unlink(missing_ok=True)
            command += ["--constraint", str((FOLDER / "dev.lock").relative_to(ROOT))]
        extra_lines = [*intel_mac, *newer]
        if extras:  # what the editable installation is built with
            extra_lines += build
        print(f"resolving {target.relative_to(ROOT)}", flush=True)
        subprocess.run(command, cwd=ROOT, input="\n".join(extra_lines), text=True, check=True)
        head(target)
    target = FOLDER / "deep.lock"
    print(f"resolving {target.relative_to(ROOT)}", flush=True)
    subprocess.run(compile_to(uv, target), cwd=ROOT, input="\n".join(DEEP), text=True, check=True)
    head(target)


def compile_to(uv: list[str], target: Path, *sources: str) -> list[str]:
    """Return uv's command that resolves `sources` and what comes on stdin into `target`."""
    command = [*uv, "pip", "compile", *sources, "-", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate"]
    return [*command, "--no-header", "--only-binary", ":all:", "--quiet", "--output-file", str(target)]


def head(target: Path) -> None:
    """Put our header on a lock that uv wrote."""
    body = "".join(line for line in target.read_text().splitlines(keepends=True) if not line.startswith("#"))
    target.write_text(HEADER.format(what=WHAT[target.stem]) + body, newline="\n")


if __name__ == "__main__":
    main()
