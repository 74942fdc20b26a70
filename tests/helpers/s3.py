# SPDX-License-Identifier: Apache-2.0
"""An S3-compatible store of the tests' own, in a process of its own on loopback, which they may kill."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

#: What boto3 is to find in the environment.
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "tests",
    "AWS_SECRET_ACCESS_KEY": "not-a-secret",
    "AWS_EC2_METADATA_DISABLED": "true",
}
BUCKET = "gems-tests"
_SERVE = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class S3:
    """Where it listens; the bucket BUCKET is there."""

    endpoint: str


@contextmanager
def s3_server() -> Iterator[S3]:
    """A store with an empty bucket, until the `with` ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None and process.stdin is not None
    with process.stdout, process.stdin:
        try:
            endpoint = f"http://127.0.0.1:{int(process.stdout.readline())}"
            _make_bucket(endpoint)
            yield S3(endpoint)
        finally:
            process.kill()
            process.wait()


def _make_bucket(endpoint: str) -> None:
    import boto3

    client = boto3.session.Session(
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        region_name="us-east-1",
    ).client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket=BUCKET)
    client.close()
