#!/bin/sh
# netctl on the box: a commit that takes itself back, for software that has none.
#
#   read                                   the running state, part by part
#   stage NAME MODE < bundle               check a candidate (replace or merge) and print the box's own diff
#   commit NAME MODE TOKEN OWNER SECONDS   make it running; unless confirmed in time, everything goes back by itself
#   confirm TOKEN | abort TOKEN            make it permanent | go back now
#   status                                 "pending TOKEN OWNER SECONDS_LEFT" or "idle", then "last TOKEN OUTCOME"
#   discard NAME                           forget a staged candidate
#   boot                                   for the boot sequence, before the software starts: an unconfirmed commit goes back
#   watch TOKEN                            (internal) the detached timer
#
# Exit: 0 done, 10 someone else's commit is pending, 11 no such commit, 12 candidate refused and nothing changed,
# 13 commit failed and taken back, 14 taken back but not completely, 15 the box lacks something.
# A commit survives the loss of its SSH session (the timer is a process of its own), of the timer (any later verb finds
# it overdue) and of power (`boot` or any verb restores what is not confirmed).
#
# This half is the same on every box; the lines below the mark are replaced by what one kind of software needs:
#   path_of PART           where a part's file is; status 1 for a part it does not have
#   verb_read              prints the parts
#   stage_parts DIR MODE   checks the candidate's files and prints the difference; `fail 12` where it is refused
#   apply DIR MODE         makes it running
#   keep                   on confirm: what else a reboot must find
#   save DIR               what runs, and what a reboot would load
#   put_back DIR           all that was saved runs again; status 1 where not all of it does
#   put_back_at_boot DIR   the same for files only, before the software starts
#   after_boot             last of all at boot, where a commit went back

set -u
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL=C
trap '' PIPE HUP # a lost SSH session must not stop a commit half-way

MARK='=====8<===== part: '
STATE=/var/lib/netctl/commit
PENDING=$STATE/pending
STAGES=/run/netctl/stage
SELF=/var/lib/netctl/commit.sh

say() { printf '%s\n' "$*"; }
fail() { status=$1; shift; say "$*"; exit "$status"; }

uptime_seconds() { read -r now _ < /proc/uptime; say "${now%%.*}"; }
boot_id() { # of the kernel, and of the first process: a container may boot without its kernel
    say "$(cat /proc/sys/kernel/random/boot_id) $(sed 's/.*) //' /proc/1/stat | cut -d' ' -f20)"
}
field() { cat "$PENDING/$1" 2>/dev/null; }

##### what the software needs #####

# ── staging ───────────────────────────────────────────────────────────────────────────────────────────────────────────

stage_dir() {
    case $1 in '' | *[!A-Za-z0-9.-]* | .*) fail 12 "bad stage name" ;; esac
    say "$STAGES/$1"
}

verb_stage() {
    dir=$(stage_dir "$1") || fail 12 "$dir"
    rm -rf "$dir" && mkdir -p "$dir" || exit 15
    awk -v dir="$dir" -v mark="$MARK" '
        index($0, mark) == 1 {
            name = substr($0, length(mark) + 1)
            if (name !~ /^[a-z][a-z.]*$/) exit 1
            file = dir "/" name
            printf "" > file
            next
        }
        { if (file == "") exit 1; print > file }
    ' || fail 12 "the bundle is not understood"
    for file in "$dir"/*; do path_of "${file##*/}" > /dev/null || fail 12 "unknown part ${file##*/}"; done
    stage_parts "$dir" "$2"
}

diff_part() {
    old=$(path_of "$1")
    [ -f "$old" ] || old=/dev/null
    diff -u --label "running/$1" --label "candidate/$1" "$old" "$2"
    [ $? -le 1 ] || fail 15 "diff failed"
}

# ── going back ────────────────────────────────────────────────────────────────────────────────────────────────────────

restore() { # $1: why, for `status`; everything goes back, and the pending commit ends
    token=$(field token)
    outcome=$1
    put_back "$PENDING/saved" || outcome=incomplete
    end_pending "$token" "$outcome"
    [ "$outcome" != incomplete ]
}

end_pending() { # the last commit's saved state stays, for a person
    say "$1 $2" > "$STATE/last.new" && mv "$STATE/last.new" "$STATE/last"
    rm -rf "$STATE/ended" && mv "$PENDING" "$STATE/ended"
    sync -f "$STATE"
}

# ── the commit ────────────────────────────────────────────────────────────────────────────────────────────────────────

locked() { # one verb at a time; the kernel frees the lock of one that dies
    mkdir -p "$STATE" || exit 15
    exec 9> "$STATE/lock"
    flock -w "${1:-30}" 9 || fail 15 "another netctl verb is at work on this box"
}

watcher_alive() {
    watcher=$(field watcher)
    [ -n "$watcher" ] && tr '\0' ' ' < "/proc/$watcher/cmdline" 2>/dev/null | grep -q "commit.sh watch $(field token) "
}

arm() { # nothing is changed unless a timer stands by to take it back
    say $(($(uptime_seconds) + $1)) > "$PENDING/deadline.new" && mv "$PENDING/deadline.new" "$PENDING/deadline"
    watcher_alive || setsid -f sh "$SELF" watch "$(field token)" < /dev/null > /dev/null 2>&1 9>&-
    tries=0
    until watcher_alive; do
        tries=$((tries + 1))
        [ "$tries" -lt 100 ] || return 1
        sleep 0.05
    done
}

settle() { # a commit nobody watches any more goes back now; one from before a reboot too
    [ -d "$PENDING" ] || return 0
    if [ "$(field boot)" != "$(boot_id)" ]; then
        restore rebooted
    elif [ "$(uptime_seconds)" -ge "$(field deadline)" ] && ! watcher_alive; then
        restore expired
    fi
}

verb_commit() { # NAME MODE TOKEN OWNER SECONDS
    dir=$(stage_dir "$1") || fail 12 "$dir"
    case $3$4 in *[!A-Za-z0-9._:@/-]*) fail 12 "bad token or owner" ;; esac
    case $5 in '' | *[!0-9]*) fail 12 "bad deadline" ;; esac
    [ -d "$dir" ] || fail 12 "nothing is staged"
    locked
    settle
    if [ -d "$PENDING" ]; then
        [ "$(field token)" = "$3" ] || { describe; exit 10; }
    else
        rm -rf "$STATE/new" && mkdir "$STATE/new" && save "$STATE/new/saved" || exit 15
        say "$3" > "$STATE/new/token"
        say "$4" > "$STATE/new/owner"
        boot_id > "$STATE/new/boot"
        say $(($(uptime_seconds) + $5)) > "$STATE/new/deadline"
        mv -T "$STATE/new" "$PENDING" || exit 15
        sync -f "$STATE"
    fi
    arm "$5" || { restore failed; fail 15 "the timer does not start"; }
    if ! apply "$dir" "$2" > "$STATE/apply.log" 2>&1; then
        head -c 4000 "$STATE/apply.log"
        if restore failed; then exit 13; else exit 14; fi
    fi
    rm -rf "$dir"
}

verb_confirm() {
    locked
    settle
    own "$1"
    [ "$(uptime_seconds)" -lt "$(field deadline)" ] || fail 11 "the deadline has passed"
    keep > "$STATE/apply.log" 2>&1 || fail 15 "$(head -c 400 "$STATE/apply.log")"
    end_pending "$1" confirmed
}

verb_abort() {
    locked
    settle
    own "$1"
    restore aborted || exit 14
}

own() {
    [ -d "$PENDING" ] || { describe; exit 11; }
    [ "$(field token)" = "$1" ] || { describe; exit 10; }
}

describe() {
    if [ -d "$PENDING" ]; then
        say "pending $(field token) $(field owner) $(($(field deadline) - $(uptime_seconds)))"
    else
        say idle
    fi
    [ ! -f "$STATE/last" ] || say "last $(cat "$STATE/last")"
}

verb_status() { # while another verb is at work there is nothing to settle, and nobody has to wait to be told
    [ -d "$STATE" ] || { say idle; exit 0; }
    exec 9> "$STATE/lock"
    if flock -n 9; then settle; fi
    describe
}

verb_watch() {
    say $$ > "$PENDING/watcher"
    while [ "$(field token)" = "$1" ]; do
        if [ "$(uptime_seconds)" -ge "$(field deadline)" ]; then
            locked 86400
            if [ "$(field token)" = "$1" ] && [ "$(uptime_seconds)" -ge "$(field deadline)" ]; then restore expired; fi
            exec 9>&-
        fi
        sleep 0.5
    done
}

verb_boot() { # the software is not running yet: files only
    [ -d "$PENDING" ] || exit 0
    locked
    token=$(field token)
    put_back_at_boot "$PENDING/saved" || exit 14
    end_pending "$token" rebooted
    after_boot
}

verb=${1:-}
[ $# -eq 0 ] || shift
case $verb in
read) verb_read ;;
stage) verb_stage "$@" ;;
commit) verb_commit "$@" ;;
confirm) verb_confirm "$@" ;;
abort) verb_abort "$@" ;;
status) verb_status ;;
discard) dir=$(stage_dir "$1") && rm -rf "$dir" ;;
boot) verb_boot ;;
watch) verb_watch "$@" ;;
*) fail 15 "unknown verb" ;;
esac
