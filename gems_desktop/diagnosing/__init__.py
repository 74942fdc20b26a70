# SPDX-License-Identifier: Apache-2.0
"""What is wrong with somebody's set-up, in words: checks that read and never change, and reports without secrets."""
