# SPDX-License-Identifier: Apache-2.0
"""What an operator does with a platform beside serving it: set up, move, copy, put back, compare, examine."""
