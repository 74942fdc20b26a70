#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes an AppImage of dist/gems-desktop with appimagetool (which must be on the PATH). Not run on the project's machines.
# usage: make.sh VERSION
set -eu

version=${1:?say which version: make.sh 0.1.0}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
packaging=$here/../..
dist=$packaging/../dist
machine=$(uname -m)
[ -x "$dist/gems-desktop/gems-desktop" ] || { echo "dist/gems-desktop is not there: ./dev package" >&2; exit 1; }
command -v appimagetool >/dev/null || { echo "appimagetool is not installed" >&2; exit 1; }

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/usr/lib" "$root/usr/share/metainfo" "$root/usr/share/applications"
cp -a "$dist/gems-desktop" "$root/usr/lib/gems-desktop"
install -m 755 "$here/AppRun" "$root/AppRun"
install -m 644 "$here/../gems-desktop.desktop" "$root/gems-desktop.desktop"
install -m 644 "$here/../gems-desktop.desktop" "$root/usr/share/applications/gems-desktop.desktop"
install -m 644 "$here/../org.gems.Desktop.metainfo.xml" "$root/usr/share/metainfo/org.gems.Desktop.appdata.xml"
install -m 644 "$packaging/icons/gems-desktop-256.png" "$root/gems-desktop.png"
ln -s gems-desktop.png "$root/.DirIcon"
ARCH=$machine VERSION=$version appimagetool --comp zstd "$root" "$dist/gems-desktop-$version-linux-$machine.AppImage"
