#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Adds Gems to this user's menu. The unpacked folder is the installation already; this needs no administrator.
set -eu

say() { printf '%s\n' "$*"; }

# A path as the Exec key of a menu entry wants it: in double quotes, and \ " ` $ % told apart (twice for \).
quoted() {
    # shellcheck disable=SC2016 # these are the characters themselves
    printf '%s' "$1" | sed -e 's/\\/\\\\\\\\/g' -e 's/"/\\\\"/g' -e 's/`/\\\\`/g' -e 's/\$/\\\\$/g' -e 's/%/%%/g'
}

main() {
    here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
    share=${XDG_DATA_HOME:-"$HOME/.local/share"}
    if [ ! -x "$here/gems-desktop" ]; then
        say "There is no Gems in $here, so nothing was added. Unpack the whole archive and start install.sh there." >&2
        exit 1
    fi
    case "$here" in
    *'
'*)
        say "The path of this folder holds a line break, which no menu can name. Move it and start this again." >&2
        exit 1
        ;;
    esac
    mkdir -p "$share/applications" "$share/icons/hicolor/scalable/apps"
    cat >"$share/icons/hicolor/scalable/apps/gems-desktop.svg" <<'ICON'
<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 512 512">
  <!-- SPDX-License-Identifier: Apache-2.0 -->
  <rect x="16" y="16" width="480" height="480" rx="104" fill="#0b6b57"/>
  <path d="M160 136h192l72 96-168 168L88 232z" fill="#dceee7"/>
  <path d="M160 136h192l-24 96H184z" fill="#ffffff"/>
  <path d="M184 232h144l-72 168z" fill="#57c7a5"/>
  <path d="M160 136l24 96H88zM352 136l-24 96h96z" fill="#a4e6d1"/>
</svg>
ICON
    entry=$share/applications/gems-desktop.desktop
    {
        cat <<'ENTRY'
[Desktop Entry]
Type=Application
Version=1.4
Name=Gems
GenericName=Paid small tasks
Comment=Do small tasks that need human judgement, offline, and be paid for them
Icon=gems-desktop
Terminal=false
Categories=Office;
Keywords=tasks;work;labelling;review;payment;
StartupNotify=true
StartupWMClass=gems-desktop
ENTRY
        printf 'Exec="%s"\n' "$(quoted "$here/gems-desktop")"
    } >"$entry.part"
    mv "$entry.part" "$entry"
    if command -v update-desktop-database >/dev/null 2>&1; then
        update-desktop-database -q "$share/applications" || true # the menu is only shown later without it
    fi
    say "Gems is in your menu now. To start it here: $here/gems-desktop"
    say "To remove it: $here/uninstall.sh (your wallet and work stay)."
}

main "$@"
exit 0
