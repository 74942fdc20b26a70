# SPDX-License-Identifier: Apache-2.0
"""How large a module, a task and an answer may be, each bound with its reason."""

CONFIG_BYTES = 64_000  # the largest official template is under 4 KB
CONFIG_DEPTH = 16  # templates nest up to 6
CONFIG_ELEMENTS = 500  # one Choices of a few hundred classes still fits a screen that scrolls
NAME_LENGTH = 64  # names are keys in answers
LABEL_LENGTH = 200  # a choice is read at a glance
TEXT_LENGTH = 20_000  # characters of one text shown in a task
REGIONS = 1_000  # regions of one answer: five times the busiest picture of the benchmarks
TYPED_LENGTH = 10_000  # characters typed into one TextArea
TYPED_ENTRIES = 50  # separate entries of one TextArea
