#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Says where wallets and work stay: a package never touches what is in people's home folders.
set -e
case "${1:-}" in
remove | purge)
    cat <<'END'
Gems: wallets and work are NOT removed. Each person's are in ~/.local/share/gems
(or in $XDG_DATA_HOME/gems, or in $GEMS_HOME). A wallet is opened by its password
there, or comes back from its 12 or 24 words on paper. Without both, its money is lost,
so delete that folder only when you have the words or the wallet is empty.
END
    ;;
esac
exit 0
