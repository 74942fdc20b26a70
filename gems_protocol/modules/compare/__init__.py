# SPDX-License-Identifier: Apache-2.0
"""Whether two answers to one task say the same: declared by the module's controls, used where people are compared."""

from gems_protocol.modules.compare.declared import Comparison, comparison, wrong_declarations
from gems_protocol.modules.compare.regions import Pair
from gems_protocol.modules.compare.verdict import agree, agreement, pairs, shares

__all__ = ["Comparison", "Pair", "agree", "agreement", "comparison", "pairs", "shares", "wrong_declarations"]
