# SPDX-License-Identifier: Apache-2.0
"""Where media files and uploads lie, by the operator's settings: on disk, or in an S3-compatible store."""

from __future__ import annotations

from gems_platform.media.files import MediaFiles
from gems_platform.media.store import MediaStore
from gems_platform.settings import Settings
from gems_platform.uploads.files import UploadFiles
from gems_platform.uploads.store import UploadStore


def open_stores(settings: Settings) -> tuple[MediaStore, UploadStore]:
    """The store of media files and that of uploads; raises BadMediaUrl. boto3 is loaded only for S3."""
    bounds = (settings.media_file_bytes, settings.media_pixels)
    if not settings.media_url:
        return MediaFiles(settings.data_dir / "media", *bounds), UploadFiles(settings.data_dir / "uploads")
    from gems_platform.media.bucket import Bucket
    from gems_platform.media.in_bucket import MediaInBucket
    from gems_platform.uploads.in_bucket import UploadsInBucket

    bucket = Bucket.open(settings.media_url, settings.media_endpoint, settings.media_region)
    return MediaInBucket(bucket, settings.data_dir / "media-in", *bounds), UploadsInBucket(bucket)
