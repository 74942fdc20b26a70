# SPDX-License-Identifier: Apache-2.0
"""Portable trust: outcomes as off-chain attestations of the Ethereum Attestation Service (EAS)."""
