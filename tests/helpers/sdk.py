# SPDX-License-Identifier: Apache-2.0
"""label-studio-sdk in an environment of its own, for long tests: it is never a dependency of the project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PINNED = "label-studio-sdk==2.1.2"


def sdk_python(folder: Path) -> Path:
    """The interpreter of an environment with the SDK, made in `folder`; GEMS_SDK_PYTHON names one that is there."""
    ready = os.environ.get("GEMS_SDK_PYTHON")
    if ready:
        return Path(ready)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True, capture_output=True, timeout=120)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PINNED]
    subprocess.run(install, check=True, capture_output=True, timeout=600)
    return python
