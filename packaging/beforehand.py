# SPDX-License-Identifier: Apache-2.0
"""Start-up hook of the packaged application: what was compiled while it was built is not compiled again."""

import sys
from pathlib import Path

from gems_desktop import compiled_texts

compiled_texts.use(Path(getattr(sys, "_MEIPASS", "")) / compiled_texts.NAME)
