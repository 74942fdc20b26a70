# SPDX-License-Identifier: Apache-2.0
"""The network a profile works on, as everybody describes it."""

from gems_protocol.network import Network as Network
