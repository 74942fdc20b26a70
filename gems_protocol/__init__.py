# SPDX-License-Identifier: Apache-2.0
"""The rules and the language that workers, requesters and platforms share: pure Python, no I/O."""
