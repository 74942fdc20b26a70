# SPDX-License-Identifier: Apache-2.0
"""`./dev release`: starts the steps in packaging/release."""

import sys

from release.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
