# SPDX-License-Identifier: Apache-2.0
"""Parts of `./dev bench engine`: what BUDGETS.md promises of the client's engine. Each has `run() -> Result`."""
