# SPDX-License-Identifier: Apache-2.0
"""The hub's side of the contracts Campaigns and Judge: what it answers there, and what it brings itself."""
