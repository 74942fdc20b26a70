# SPDX-License-Identifier: Apache-2.0
"""Campaigns: offers, escrow, results, what the requester owes."""
