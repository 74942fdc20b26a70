# SPDX-License-Identifier: Apache-2.0
"""The signer: the one process that holds keys, and the closed list of what it signs."""
