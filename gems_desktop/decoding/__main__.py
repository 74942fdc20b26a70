# SPDX-License-Identifier: Apache-2.0
"""`python -m gems_desktop.decoding`: the decode worker, on its standard input and output."""

from gems_desktop.hardening import harden


def main() -> None:
    """Close the doors first, then load Qt and serve."""
    harden()
    import sys

    from gems_desktop.decoding.worker import serve

    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
