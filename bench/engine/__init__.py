# SPDX-License-Identifier: Apache-2.0
"""Parts of `./dev bench engine`: what the client's engine takes, against its budgets. Each has `run() -> Result`."""
