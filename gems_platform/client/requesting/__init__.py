# SPDX-License-Identifier: Apache-2.0
"""The requester's side: a campaign from files to escrow, its results, its pay, its exit."""
