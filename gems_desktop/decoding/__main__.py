# SPDX-License-Identifier: Apache-2.0
"""`python -m gems_desktop.decoding [ROLE]`: a decode worker for pictures, film or pages, on its input and output."""

from gems_desktop.hardening import harden


def main() -> None:
    """Close the doors first, then load the libraries of the role and serve."""
    harden()
    import sys

    role = sys.argv[1] if len(sys.argv) > 1 else "pictures"
    if role == "pictures":
        from gems_desktop.decoding.worker import serve

        serve(sys.stdin.buffer, sys.stdout.buffer)
    else:
        from gems_desktop.decoding.media_worker import serve as serve_media

        serve_media(role, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
