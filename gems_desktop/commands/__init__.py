# SPDX-License-Identifier: Apache-2.0
"""The commands of `gems`, one file each: `add_parser(subparsers)` and handlers that give the exit code."""
