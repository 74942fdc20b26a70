# SPDX-License-Identifier: Apache-2.0
"""Known answers: hidden checks among a campaign's tasks, and practice sets before them."""
