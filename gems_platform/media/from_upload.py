# SPDX-License-Identifier: Apache-2.0
"""A media file that came as an upload: from its parts into the store, as if it had come at once."""

from __future__ import annotations

from typing import Any

from gems_platform.context import Context


def take(ctx: Context, me: str, name: str) -> dict[str, Any]:
    """Keep a whole upload of this account as a media file; the upload's bytes are given up then.

    The same answer to the same request again, also when the file came on another way meanwhile. Raises
    UploadIncomplete, Malformed, TooLarge, QuotaReached, MediaUnavailable; the upload is kept then.
    """
    answer = ctx.media.known(name)
    if answer is None:
        size = ctx.uploads.whole(me, name, ctx.settings.media_file_bytes)
        with ctx.media.bringing(me, name, size) as coming:
            for piece in ctx.uploads.pieces(me, name):
                coming.incoming.write(piece)
            answer = coming.keep()
    ctx.uploads.forget(me, name)
    return answer
