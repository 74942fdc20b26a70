# SPDX-License-Identifier: Apache-2.0
"""Every sentence of `gems doctor`: code -> (what was found, what to do); the window says them translated."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "versions": ("Gems {gems}, Python {python}, Qt {qt}, on {system}", ""),
    "python_old": (
        "Python {python} is not one that Gems supports.",
        "Use the packaged application, or Python 3.11 to 3.13.",
    ),
    "qt_missing": (
        "Qt could not be loaded.",
        "Install Gems again; on Debian, ./dev setup names what is missing.",
    ),
    "display": ("There is a screen to draw on.", ""),
    "no_display": ("There is no screen to draw on.", "Start Gems from a desktop session."),
    "software": ("Pictures are drawn without a graphics card, which is enough.", ""),
    "gpu": (
        "Pictures are drawn by the graphics card.",
        "If the window stays black, set GEMS_RENDERER=software.",
    ),
    "memory": ("{megabytes} MB of memory are free.", ""),
    "memory_low": (
        "Only {megabytes} MB of memory are free.",
        "Close other programs before tasks with large pictures or films.",
    ),
    "keyring": ("The system's keyring can keep the wallet's key.", ""),
    "no_keyring": ("There is no keyring that is safe to use.", "Protect the wallet with a password instead."),
    "decoder": ("Pictures of strangers are opened in a process of their own.", ""),
    "no_decoder": (
        "The process that opens pictures does not start.",
        "Install Gems again. Until then, tasks with pictures cannot be shown.",
    ),
    "sound": ("Sound and film can be decoded.", ""),
    "no_sound": (
        "Sound and film cannot be decoded here.",
        "On Debian, install libpulse0. Tasks without sound and film work.",
    ),
    "profile": ("The profile {profile} is there.", ""),
    "no_profile": (
        "The profile {profile} does not exist on this computer yet.",
        "Start Gems once to make it.",
    ),
    "folder_readonly": (
        "The profile's folder cannot be written to.",
        "Give the folder back to your own user, or free the disk of its write protection.",
    ),
    "folder_open": (
        "Other users of this computer can read the profile's folder.",
        "Take their right to read it away: chmod 700 on the folder.",
    ),
    "folder_closed": ("Only you can read the profile's folder.", ""),
    "space": ("{megabytes} MB are free on the profile's disk.", ""),
    "space_low": (
        "Only {megabytes} MB are free on the profile's disk.",
        "Make room before you take more work; what is stored is safe.",
    ),
    "in_use": ("The profile is open in another window of Gems.", ""),
    "store_sound": ("The database is sound: {answers} answers, {unsent} not sent yet.", ""),
    "store_damaged": (
        "The database is damaged.",
        "Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.",
    ),
    "store_newer": (
        "The database was written by a newer version of Gems.",
        "Install the newest version again.",
    ),
    "store_unreadable": (
        "The database cannot be read.",
        "Close other programs that use the folder and try again.",
    ),
    "no_store": ("There is no database yet.", ""),
    "backups": ("{count} backups are there, the newest is {hours} hours old.", ""),
    "no_backups": ("There is no backup of the database yet.", "One is made when answers are sealed."),
    "backup_damaged": (
        "The newest backup cannot be read.",
        "Check the disk; the next backup takes its place.",
    ),
    "wallet": ("There is a wallet; its words were written down and typed back.", ""),
    "wallet_words": (
        "There is a wallet, but its seed words were never typed back.",
        "Write them down and confirm them: without them, a broken disk takes the money with it.",
    ),
    "no_wallet": ("There is no wallet yet.", "Make one, or restore yours, in the window."),
    "wallet_damaged": (
        "The file that holds the wallet is damaged.",
        "Restore the wallet from its seed words; move vault.json aside first.",
    ),
    "ended_badly": (
        "Gems did not end in order the last time.",
        "Nothing is lost by that. If it happens often, save a report in Settings.",
    ),
    "platform": ("The platform answers, signed by its key, in {milliseconds} ms.", ""),
    "offline": ("The platform cannot be reached.", "Check the connection; work goes on without one."),
    "portal": (
        "A web page answers in the platform's place: this network wants you to log in.",
        "Open a browser, log in to the network, and try again.",
    ),
    "platform_wrong": (
        "What answers is not the platform of this network.",
        "Do not go on in this network; compare the network file with its publisher's.",
    ),
    "clock": ("This computer's clock agrees with the platform's.", ""),
    "clock_wrong": (
        "This computer's clock is {minutes} minutes away from the platform's.",
        "Set the clock; Gems counts with the platform's time until then.",
    ),
    "node": ("Chain node {place} answers and follows the chain.", ""),
    "node_stale": ("Chain node {place} is {minutes} minutes behind.", "Use another chain node in Settings."),
    "node_wrong": (
        "Chain node {place} is not of this network's chain.",
        "Use another chain node in Settings.",
    ),
    "node_lied": ("Chain node {place} answers nonsense.", "Use another chain node in Settings."),
    "node_offline": (
        "Chain node {place} cannot be reached.",
        "Check the connection, or use another chain node.",
    ),
    "one_node": (
        "Only one chain node is set, so nothing that it says can be compared.",
        "Add a second one of somebody else in Settings.",
    ),
    "network_bad": ("The description of the network cannot be used.", "Choose another network file."),
}
