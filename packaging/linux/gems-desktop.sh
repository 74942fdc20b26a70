#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Starts the version that `current` names. After an update it notes each start's process in `trial`, which the program
# removes once its window is usable; after two that ended before it goes back to `previous` and notes the version in
# `refused`. A start that is still under way, however slow, has not failed, and one more beside it changes nothing.
# How the folder lies: gems_desktop/adapters/update_layout.py. This file is not replaced by updates.

self=$0
if [ -L "$self" ]; then
    self=$(readlink -f -- "$self")
fi
case $self in
*/*) root=${self%/*} ;;
*) root=. ;;
esac
root=$(CDPATH='' cd -- "$root" && pwd -P) || exit 1

# The version in file $1, or nothing unless it can be started.
version_in() {
    version=
    if [ -r "$root/$1" ]; then
        IFS= read -r version <"$root/$1" || :
    fi
    case $version in
    '' | .* | *[!0-9.]*) version= ;;
    *) [ -f "$root/versions/$version/gems-desktop" ] && [ -x "$root/versions/$version/gems-desktop" ] || version= ;;
    esac
}

# Put text $2 into file $1, wholly or not at all, for everybody to read; where nothing may be written, nothing is.
put() {
    (umask 022 && printf '%s\n' "$2" >"$root/.$1.launch" && mv -f -- "$root/.$1.launch" "$root/$1") 2>/dev/null
}

# Add what file $1 holds to the text `lines`.
add_lines() {
    [ -f "$root/$1" ] && [ -r "$root/$1" ] || return 0
    while IFS= read -r line || [ -n "$line" ]; do
        lines="$lines
$line"
    done <"$root/$1"
}

version_in previous
previous=$version
version_in current
current=$version

if [ -z "$current" ]; then # spoilt: whatever whole version there is
    current=$previous
    for folder in "$root"/versions/[0-9]*; do
        if [ -z "$current" ] && [ -x "$folder/gems-desktop" ]; then
            current=${folder##*/}
        fi
    done
    if [ -z "$current" ]; then
        echo "gems-desktop: no version is installed below $root/versions; install it again. Your wallet was not touched." >&2
        exit 1
    fi
    put current "$current"
elif [ -f "$root/trial" ]; then
    counts=yes
    for argument; do
        case $argument in
        --help | -h | --version | --self-test) counts= ;; # no window, so nothing that becomes usable
        esac
    done
    failed=0
    lines=$$
    if [ -r "$root/trial" ]; then
        while IFS= read -r start; do
            case $start in
            '' | *[!0-9]* | ???????????*) continue ;;
            esac
            kill -0 "$start" 2>/dev/null || failed=$((failed + 1))
            lines="$lines
$start"
        done <"$root/trial"
    fi
    if [ -z "$counts" ]; then
        :
    elif [ "$failed" -lt 2 ]; then
        put trial "$lines"
    elif [ -n "$previous" ] && [ "$previous" != "$current" ]; then
        lines=$current
        add_lines refused
        put refused "$lines"
        if put current "$previous"; then
            rm -f -- "$root/trial"
        fi
        current=$previous
    fi
fi

exec "$root/versions/$current/gems-desktop" "$@"
