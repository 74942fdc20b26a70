# SPDX-License-Identifier: Apache-2.0
"""How large a module, a task and an answer may be, each bound with its reason."""

CONFIG_BYTES = 64_000  # the largest official template is under 4 KB
CONFIG_DEPTH = 16  # templates nest up to 6
CONFIG_ELEMENTS = 500  # one Choices of a few hundred classes still fits a screen that scrolls
NAME_LENGTH = 64  # names are keys in answers
LABEL_LENGTH = 200  # a choice is read at a glance
TEXT_LENGTH = 20_000  # characters of one text shown in a task
REGIONS = (
    400  # regions of one answer: twice the busiest picture of the benchmarks; comparing more takes seconds
)
TYPED_LENGTH = 10_000  # characters typed into one TextArea
TYPED_ENTRIES = 50  # separate entries of one TextArea
ANSWER_BYTES = (
    200_000  # JSON of one answer: a verdict's evidence shows up to 18 and must fit into one message
)
OPTION_DEPTH = 8  # of choices inside choices: the deepest public taxonomies have six levels
DATA_OPTIONS = 1_000  # options that one task may bring
PAGES = 60  # pictures of one Image, pages of one Pdf: a contract, not a book
PARAGRAPHS = 500  # turns of one dialogue
MESSAGES = 200  # of one chat
TABLE_ROWS = 500  # rows of one table
TABLE_CELLS = 50  # cells of one row
CELL_LENGTH = 2_000  # characters of one cell
SAMPLES = 200_000  # values of one channel inside a task; longer series come as a file
