#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Removes the Gems program and its menu entry. It never deletes wallets or work, and says where they stay.
set -eu
HOME=${HOME-}

say() { printf '%s\n' "$*"; }

# Whether a program of this folder is running (Linux tells which file each process was started from).
running() {
    for link in /proc/[0-9]*/exe; do
        program=$(readlink -- "$link" 2>/dev/null) || continue
        case "$program" in
        "$here"/*) return 0 ;;
        esac
    done
    return 1
}

notice() {
    data=${GEMS_HOME:-"${XDG_DATA_HOME:-"$HOME/.local/share"}/gems"}
    say ""
    if [ -d "$data" ]; then
        wallets=$(find "$data" -name vault.json -type f 2>/dev/null | wc -l | tr -d ' ')
        say "NOT removed: your wallets and work, in"
        say "    $data"
        say "Wallets found there: $wallets. Work that was not sent yet is there as well."
    else
        say "Your wallets and work are not touched. None were found in $data;"
        say "with --home you may have kept them elsewhere."
    fi
    say "If you install Gems again, it goes on from there. On another computer, or if that folder is lost,"
    say "the 12 or 24 words you wrote on paper are the only way back to a wallet and its money."
    say "Delete the folder only if you have those words, or the wallet is empty."
}

main() {
    here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
    yes=no
    for word in "$@"; do
        case "$word" in
        --yes) yes=yes ;;
        *)
            say "usage: uninstall.sh [--yes]     removes the program, never wallets or work"
            exit 2
            ;;
        esac
    done
    if [ ! -d "$here/versions" ] || [ ! -f "$here/gems-desktop" ]; then
        say "There is no Gems in $here, so nothing was removed." >&2
        exit 1
    fi
    if running; then
        say "Gems is open. Close its window and start this again. Nothing was removed." >&2
        exit 1
    fi
    inside=$(find "$here/versions" -name vault.json -type f 2>/dev/null | head -n 1)
    if [ -n "$inside" ]; then
        say "A wallet is kept inside of the program's folder: $inside" >&2
        say "Move its folder somewhere else and start this again. Nothing was removed." >&2
        exit 1
    fi
    if [ "$yes" = no ]; then
        notice
        printf '\nRemove the program from %s? [y/N] ' "$here"
        read -r answer || answer=n
        case "$answer" in
        y | Y | yes) ;;
        *)
            say "Nothing was removed."
            exit 1
            ;;
        esac
    fi
    # Only what the archive and the updates put here, by name: whatever else is in this folder is somebody's.
    rm -rf -- "$here/versions"
    for name in current previous trial refused newest.json gems-desktop install.sh LICENSE uninstall.sh; do
        rm -f -- "$here/$name" "$here/.$name.new" "$here/.$name.launch"
    done
    share=${XDG_DATA_HOME:-"$HOME/.local/share"}
    entry=$share/applications/gems-desktop.desktop
    if [ -f "$entry" ] && ! starts_another; then
        rm -f -- "$entry" "$share/icons/hicolor/scalable/apps/gems-desktop.svg"
    fi
    if rmdir -- "$here" 2>/dev/null; then
        say "Gems was removed from $here."
    else
        say "Gems was removed from $here. Something else is in that folder, so it stays:"
        (cd -- "$here" && find . ! -name . -prune -exec printf '    %s\n' {} +)
    fi
    notice
}

# Whether the menu entry belongs to a Gems in another folder that is still there.
starts_another() {
    program=$(sed -n 's/^Exec="\(.*\)"$/\1/p' "$entry" | sed -e 's/%%/%/g' -e 's/\\\\\([`$"]\)/\1/g' -e 's/\\\\\\\\/\\/g')
    [ -n "$program" ] && [ "$program" != "$here/gems-desktop" ] && [ -e "$program" ]
}

main "$@"
exit 0
