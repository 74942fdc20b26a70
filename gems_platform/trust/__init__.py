# SPDX-License-Identifier: Apache-2.0
"""Outcomes, scores and who may verify."""
