# SPDX-License-Identifier: Apache-2.0
"""The limits both sides of the decode pipe hold to, each with its reason."""

from gems_protocol.file_kinds import MAX_FILE_BYTES as MAX_FILE_BYTES

#: Pixels of a picture before scaling; phones make 12 MP, good cameras 24 MP.
MAX_PIXELS = 24_000_000
#: Longest edge after scaling: more than any screen, and it bounds an answer to 64 MiB.
MAX_EDGE = 4096
#: Megabytes Qt may allocate for one picture (Qt's default of 256 lets bombs through).
ALLOCATION_MB = 64
#: Bytes of a message's header.
MAX_HEADER_BYTES = 4096
#: Bytes the worker may map beyond what it maps once Qt is loaded.
EXTRA_ADDRESS_SPACE = 384 * 1024 * 1024
#: Seconds of processor time in a worker's whole life.
CPU_SECONDS = 120
#: Pictures after which a fresh worker takes over, so that no leak or corruption lasts.
PICTURES_PER_WORKER = 200
#: Seconds of wall time for one picture.
TIMEOUT_S = 10.0
#: Seconds for a worker to load Qt, on a slow disk.
START_TIMEOUT_S = 30.0
#: Bytes of decoded pictures the window keeps.
CACHE_BYTES = 48 * 1024 * 1024
