#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Signs dist/Gems.app, has it notarised by Apple and packs it as a disk image. Not run on the project's own machines.
# usage: GEMS_IDENTITY="Developer ID Application: NAME (TEAM)" GEMS_NOTARY=PROFILE make-dmg.sh VERSION
# The certificate and the notary profile (xcrun notarytool store-credentials) are in the keychain, never in a file here.
set -eu

version=${1:?say which version: make-dmg.sh 0.1.0}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
dist=$here/../../dist
app=$dist/Gems.app
image=$dist/gems-desktop-$version-macos-$(uname -m).dmg
identity=${GEMS_IDENTITY:?the name of the certificate in the keychain}
notary=${GEMS_NOTARY:?the name of the notary profile in the keychain}

[ -d "$app" ] || { echo "dist/Gems.app is not there: ./dev package" >&2; exit 1; }

# From the inside out: every library, then the program, then the bundle around them.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) -print0 |
    xargs -0 -n 1 codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" --sign "$identity"
codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" --sign "$identity" "$app"
codesign --verify --deep --strict --verbose=2 "$app"

rm -f "$image"
staged=$(mktemp -d)
trap 'rm -rf "$staged"' EXIT
ditto "$app" "$staged/Gems.app"
ln -s /Applications "$staged/Applications"
hdiutil create -volname "Gems $version" -srcfolder "$staged" -format ULMO -ov "$image"
codesign --force --timestamp --sign "$identity" "$image"

xcrun notarytool submit "$image" --keychain-profile "$notary" --wait
xcrun stapler staple "$image"
xcrun stapler validate "$image"
spctl --assess --type open --context context:primary-signature --verbose=2 "$image"
"$app/Contents/MacOS/gems-desktop" --self-test
echo "$image"
