# SPDX-License-Identifier: Apache-2.0
"""Holds database, vouchers and chain against each other, exact to the unit."""
