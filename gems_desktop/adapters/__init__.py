# SPDX-License-Identifier: Apache-2.0
"""What touches the world: disk, network, chain, clock, and the signer process."""
