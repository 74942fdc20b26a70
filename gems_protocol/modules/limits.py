# SPDX-License-Identifier: Apache-2.0
"""How large a module, a task and an answer may be, each bound with its reason."""

CONFIG_BYTES = 64_000  # the largest official template is under 4 KB
CONFIG_DEPTH = 16  # templates nest up to 6
CONFIG_ELEMENTS = 500  # one Choices of a few hundred classes still fits a screen that scrolls
NAME_LENGTH = 64  # names are keys in answers
LABEL_LENGTH = 200  # a choice is read at a glance
TEXT_LENGTH = 20_000  # characters of one text shown in a task
REGIONS = 400  # of one answer: twice the busiest picture of the benchmarks; comparing more takes seconds
RESULTS = 2_000  # results of one answer: each region with its label and three more about it, and relations
RELATIONS = 400  # between regions: as many as there may be regions
POLYGON_POINTS = 1_000  # corners of one polygon: an outline traced on every fifth pixel of a large object
TIMELINE_RANGES = 100  # stretches of one timeline region; Label Studio draws one
KEY_FRAMES = 1_000  # of one rectangle in a video: one a second of the longest clips, the rest is interpolated
FRAMES = 10_000_000  # of one video: a day at 100 frames a second
SECONDS = 86_400  # of one recording: a day
CHANNELS = 32  # of one recording: more than any studio file
MARKED_LENGTH = 10_000_000  # characters of a text that is marked: offsets are counted, not looked up
PATH_LENGTH = 500  # characters of an XPath into a text with markup: 50 levels deep
TAXONOMY_PATHS = 100  # places of a tree chosen in one answer
PICTURE_PIXELS = 100_000_000  # that a painted mask may cover: beyond every camera, decoded in 100 MB
PICTURE_EDGE = 50_000  # pixels of one edge: below what overflows
TYPED_LENGTH = 10_000  # characters typed into one TextArea
TYPED_ENTRIES = 50  # separate entries of one TextArea
# JSON of one answer: a verdict's evidence shows up to 18 and must fit into one message. Painted masks are what
# comes near it: a byte of the code takes up to four characters, so all masks of an answer together have 50 kB of
# code, an outline of about 15 000 rows; a mask with more detail is refused by name while it is drawn.
ANSWER_BYTES = 200_000
OPTION_DEPTH = 8  # of choices inside choices: the deepest public taxonomies have six levels
DATA_OPTIONS = 1_000  # options that one task may bring
PAGES = 60  # pictures of one Image, pages of one Pdf: a contract, not a book
PARAGRAPHS = 500  # turns of one dialogue
MESSAGES = 200  # of one chat: hours of writing
TABLE_ROWS = 500  # rows of one table
TABLE_CELLS = 50  # cells of one row
CELL_LENGTH = 2_000  # characters of one cell
SAMPLES = 20_000  # values of one channel of a series: two hours at three a second, drawn within a frame
CONFIG_ATTRIBUTES = 60  # of one element: no tag of the language knows half as many
REASONS = 50  # why a config is refused: an author mends these first
TOLD_LENGTH = 500  # characters of one reason, note or problem: a name may be hostile
NOTES = 100  # what is told about a config
OPTION_HTML = 2_000  # characters of markup that one option is read from
LIST_ITEMS = 200  # of one list: each is a card that is read, and 1,000 cards take 200 MB and seconds to open
LIST_LENGTH = 200_000  # characters of all items of one list
SHOWN_LINES = 40  # problems of a file of tasks that are told one by one
DATA_DEPTH = 32  # of lists and objects in one field of a task
DATA_PARTS = 4_000_000  # values in one field of a task: a series of 16 channels of SAMPLES each
