# SPDX-License-Identifier: Apache-2.0
"""`python packaging/updates COMMAND`."""

import sys

from update_command import main

sys.exit(main())
