# SPDX-License-Identifier: Apache-2.0
"""Workers' releases: what the escrow would pay for a task that its channel paid already is the hub's."""
