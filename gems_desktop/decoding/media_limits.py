# SPDX-License-Identifier: Apache-2.0
"""The limits for sound, film and pages, each with its reason; both sides of the pipe hold to them."""

from gems_protocol.file_kinds import MAX_MEDIA_BYTES as MAX_MEDIA_BYTES
from gems_protocol.file_kinds import MAX_PDF_BYTES as MAX_PDF_BYTES

#: Seconds of a recording or film: a long meeting; more is cut into tasks.
MAX_DURATION_S = 4 * 3600.0
#: Samples a second of a recording: studios use 192,000.
MAX_RATE = 192_000
#: The least of it: each sample of a slower one would become thousands for playing.
MIN_RATE = 1_000
#: Channels of a recording: 7.1.
MAX_CHANNELS = 8
#: Pixels of a film's picture: 4K; one frame of it takes 12 MB, and a decoder holds up to seventeen.
MAX_MOVIE_PIXELS = 4096 * 2176
#: Pictures of a film: four hours at 25 a second.
MAX_FRAMES = 360_000
#: Streams in a container: a film, some languages, subtitles.
MAX_STREAMS = 16
#: Pages of a document: a book; more is cut into tasks.
MAX_PAGES = 2_000
#: Points (1/72 inch) of a page's edge: PDF's own limit of 200 inches.
MAX_PAGE_POINTS = 14_400.0
#: Characters of one page that are told with their places; a dense page of a newspaper has 20,000.
MAX_PAGE_CHARACTERS = 50_000

#: Samples a second that are played: every sound device takes this rate.
PLAY_RATE = 48_000
#: Channels that are played; more are mixed down.
PLAY_CHANNELS = 2
#: Seconds of sound in one answer: 1.9 MB of stereo.
MAX_BLOCK_S = 10.0
#: Samples a second from which the overview of a recording is made: enough for speech and three times faster.
ENVELOPE_RATE = 16_000
#: Steps a second of the overview: at four hours it is 5.8 MB a channel.
ENVELOPE_STEPS = 100
#: Seconds of wall time that the worker gives to the overview before it answers, so that playing never waits longer.
ENVELOPE_SLICE_S = 0.25
#: Columns of a drawn wave: more than any screen has pixels.
MAX_BUCKETS = 8192
#: Seconds of sound read for a close view of the wave; wider views come from the overview.
MAX_CLOSE_S = 60.0
#: Pictures in one answer: half a second of film.
MAX_RUN = 16
#: Bytes of the pictures in one answer (frames.MAX_BODY_BYTES is 64 MiB).
MAX_RUN_BYTES = 48 * 1024 * 1024

#: Bytes the worker may map beyond what it maps once its libraries are loaded: 4K film with all its reference pictures.
MEDIA_ADDRESS_SPACE = 512 * 1024 * 1024
#: Seconds of processor time in a worker's life; it says that it is worn at half of it.
MEDIA_CPU_SECONDS = 900
#: Requests after which a fresh worker takes over, so that no leak or corruption lasts.
MEDIA_REQUESTS = 3000
#: Seconds of wall time for one request: opening reads the whole file, to check its hash and to count its pictures.
MEDIA_TIMEOUT_S = 20.0
#: Containers that the worker holds open: the film, its sound, its overview, and one before.
OPEN_READERS = 4
#: Bytes of film pictures the window keeps: at 640x360 about 50, two seconds of film.
FRAME_CACHE_BYTES = 48 * 1024 * 1024
#: Overviews the window keeps; each is at most 11.5 MB and mostly under 1 MB.
OVERVIEWS = 4
#: Pixels of a page's longer edge as the window asks for it first, so that it is ready when it is asked for ahead.
PAGE_EDGE = 1600
