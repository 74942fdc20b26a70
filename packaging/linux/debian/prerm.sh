#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Warns when the application is still open: what it is doing is kept, but its helpers can no longer be started.
set -e
if [ "${1:-}" = remove ]; then
    for link in /proc/[0-9]*/exe; do
        case "$(readlink "$link" 2>/dev/null || true)" in
        /usr/lib/gems-desktop/*)
            echo "Gems is still open on this computer. Your work is kept; please close the window."
            break
            ;;
        esac
    done
fi
exit 0
