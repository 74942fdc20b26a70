# SPDX-License-Identifier: Apache-2.0
"""Trust from checked work: bounds, the score, and who may verify."""
