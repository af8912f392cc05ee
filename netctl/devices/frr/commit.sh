#!/bin/sh
# netctl on the box: what an FRR router lacks to be changed safely, a commit that takes itself back.
#
#   read                                   the running state, part by part
#   stage NAME MODE < bundle               check a candidate (replace or merge) and print the router's own diff
#   commit NAME MODE TOKEN OWNER SECONDS   make it running; unless confirmed in time, everything goes back by itself
#   confirm TOKEN | abort TOKEN            make it permanent | go back now
#   status                                 "pending TOKEN OWNER SECONDS_LEFT" or "idle", then "last TOKEN OUTCOME"
#   discard NAME                           forget a staged candidate
#   boot                                   for the boot sequence, before FRR starts: an unconfirmed commit goes back
#   watch TOKEN                            (internal) the detached timer
#
# Exit: 0 done, 10 someone else's commit is pending, 11 no such commit, 12 candidate refused and nothing changed,
# 13 commit failed and taken back, 14 taken back but not completely, 15 the box lacks something.
# A commit survives the loss of its SSH session (the timer is a process of its own), of the timer (any later verb finds
# it overdue) and of power (startup configuration is written by confirm only; `boot` or any verb restores the rest).

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
PARTS='management.nft chrony.sources rsyslog.conf banner snmpd.conf'
NFT_TABLE='inet netctl'
PATIENCE=60 # seconds FRR may take for one apply; past them it has failed, and the lock is free for the timer

say() { printf '%s\n' "$*"; }
fail() { status=$1; shift; say "$*"; exit "$status"; }

path_of() {
    case $1 in
    frr.conf) say /etc/frr/frr.conf ;;
    management.nft) say /etc/netctl/management.nft ;;
    chrony.sources) say /etc/chrony/sources.d/netctl.sources ;;
    rsyslog.conf) say /etc/rsyslog.d/50-netctl.conf ;;
    banner) say /etc/issue.net ;;
    snmpd.conf) say /etc/snmp/snmpd.conf.d/netctl.conf ;;
    *) return 1 ;;
    esac
}

uptime_seconds() { read -r now _ < /proc/uptime; say "${now%%.*}"; }
boot_id() { # of the kernel, and of the first process: a container may boot without its kernel
    say "$(cat /proc/sys/kernel/random/boot_id) $(sed 's/.*) //' /proc/1/stat | cut -d' ' -f20)"
}
field() { cat "$PENDING/$1" 2>/dev/null; }

# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

running_frr() { # what FRR's daemons really hold; a line they dropped is not in it
    timeout -k 5 "$PATIENCE" vtysh -c 'show running-config' > "$1" 2>"$1.err" || fail 15 "vtysh: $(head -c 400 "$1.err")"
    sed -i -e '/^Building configuration\.\.\.$/d' -e '/^Current configuration:$/d' "$1"
    [ -s "$1" ] || fail 15 "vtysh shows no running configuration"
}

nft_running() { nft -s list table $NFT_TABLE 2>/dev/null; }

nft_replacement() { # one transaction: the table goes and comes in the same moment
    printf 'table %s {}\ndelete table %s\n' "$NFT_TABLE" "$NFT_TABLE"
    [ ! -s "$1" ] || cat "$1"
}

nft_in_force() { # is the kernel's table what this file makes? asked in a namespace of its own, so nothing is touched
    [ "$(nft_running)" = "$(nft_replacement "$1" | unshare -n sh -c "nft -f - && nft -s list table $NFT_TABLE" 2>/dev/null)" ]
}

read_part() {
    file=$(path_of "$1")
    if [ "$1" = management.nft ] && ! { [ -f "$file" ] && nft_in_force "$file"; }; then
        nft_running # the file is not what filters: show what does
        return 0
    fi
    [ ! -f "$file" ] || cat "$file"
}

verb_read() {
    work=$(mktemp -d /run/netctl.read.XXXXXX) || exit 15
    trap 'rm -rf "$work"' EXIT
    running_frr "$work/frr.conf"
    printf '%s%s\n' "$MARK" frr.conf
    cat "$work/frr.conf"
    for part in $PARTS; do
        [ "$part" != snmpd.conf ] || [ -f "$(path_of "$part")" ] || continue
        printf '%s%s\n' "$MARK" "$part"
        read_part "$part"
    done
}

# ── staging ──────────────────────────────────────────────────────────────────────────────────────────────────────────

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
    if [ -f "$dir/frr.conf" ]; then stage_frr "$dir" "$2"; fi
    if [ -f "$dir/management.nft" ]; then
        nft_replacement "$dir/management.nft" | nft -c -f - 2>&1 || fail 12 "nft refuses management.nft"
    fi
    for part in $PARTS; do
        [ ! -f "$dir/$part" ] || diff_part "$part" "$dir/$part"
    done
}

stage_frr() { # a staged folder of its own as confdir: frr-reload.py writes the startup configuration only for another one
    printf 'service integrated-vtysh-config\n' > "$1/vtysh.conf"
    report=$(vtysh -C -f "$1/frr.conf" 2>&1) || fail 12 "$report"
    if [ "$2" = merge ]; then
        sed -e '/^!/d' -e '/^$/d' "$1/frr.conf"
    else
        report=$(reload --test "$1" 2>&1) || fail 12 "$report"
        [ -z "$report" ] || say "$report"
    fi
}

diff_part() {
    old=$(path_of "$1")
    [ -f "$old" ] || old=/dev/null
    diff -u --label "running/$1" --label "candidate/$1" "$old" "$2"
    [ $? -le 1 ] || fail 15 "diff failed"
}

# ── applying ─────────────────────────────────────────────────────────────────────────────────────────────────────────

reload() { # --stdout and level error: its usual log would keep passwords in /var/log/frr
    timeout -k 5 "$PATIENCE" /usr/lib/frr/frr-reload.py "$1" --stdout --log-level error --confdir "$2" "$2/frr.conf" 9>&-
}

put() { # a part's file, whole or not at all
    mode=644
    [ "$1" != snmpd.conf ] || mode=600
    (umask 022 && mkdir -p "$(dirname "$3")")
    cp "$2" "$3.netctl" && chmod "$mode" "$3.netctl" && mv "$3.netctl" "$3"
}

in_force() { # after a part's file changed
    case $1 in
    management.nft) nft_replacement "$2" | nft -f - 2>&1 ;;
    chrony.sources) ! command -v chronyc > /dev/null || timeout 5 chronyc -n reload sources > /dev/null 2>&1 || true ;;
    rsyslog.conf) [ ! -d /run/systemd/system ] || systemctl try-restart rsyslog 2>&1 ;;
    snmpd.conf) [ ! -d /run/systemd/system ] || systemctl try-reload-or-restart snmpd 2>&1 ;;
    esac
}

apply_files() {
    for part in $PARTS; do
        [ -f "$1/$part" ] || continue
        target=$(path_of "$part")
        if [ -f "$target" ] && cmp -s "$1/$part" "$target" && { [ "$part" != management.nft ] || nft_in_force "$target"; }; then
            continue
        fi
        put "$part" "$1/$part" "$target" || return 1
        in_force "$part" "$target" || return 1
    done
}

apply() {
    if [ -f "$1/frr.conf" ]; then
        if [ "$2" = merge ]; then timeout -k 5 "$PATIENCE" vtysh -f "$1/frr.conf" 2>&1 9>&- || return 1; else reload --reload "$1" 2>&1 || return 1; fi
    fi
    apply_files "$1"
}

# ── saving and going back ────────────────────────────────────────────────────────────────────────────────────────────

save() { # into $1: what runs, and what a reboot would load
    mkdir -p "$1/files" || return 1
    running_frr "$1/frr.conf"
    rm -f "$1/frr.conf.err"
    [ ! -f /etc/frr/frr.conf ] || cp -p /etc/frr/frr.conf "$1/startup"
    nft_running > "$1/nft" || : > "$1/nft"
    for part in $PARTS; do
        file=$(path_of "$part")
        [ ! -f "$file" ] || cp -p "$file" "$1/files/$part" || return 1
    done
}

restore_files() {
    for part in $PARTS; do
        file=$(path_of "$part")
        if [ -f "$1/files/$part" ]; then
            cmp -s "$1/files/$part" "$file" && continue
            cp -p "$1/files/$part" "$file.netctl" && mv "$file.netctl" "$file" || return 1
        elif [ -f "$file" ]; then
            rm -f "$file"
        else
            continue
        fi
        [ "$part" = management.nft ] || [ "$2" = boot ] || in_force "$part" "$file" || return 1
    done
    [ ! -f "$1/startup" ] || cmp -s "$1/startup" /etc/frr/frr.conf || cp -p "$1/startup" /etc/frr/frr.conf
}

restore_frr() { # twice at most: frr-reload.py may need a second look at what its first left behind
    printf 'service integrated-vtysh-config\n' > "$1/vtysh.conf"
    for attempt in 1 2; do
        reload --reload "$1" > "$STATE/restore.log" 2>&1
        running_frr "$STATE/running"
        rm -f "$STATE/running.err"
        cmp -s "$STATE/running" "$1/frr.conf" && { rm -f "$STATE/running"; return 0; }
    done
    return 1
}

restore() { # $1: why, for `status`; everything goes back, and the pending commit ends
    token=$(field token)
    nft_replacement "$PENDING/saved/nft" | nft -f - > /dev/null 2>&1 # first: it may be what cut the way to here
    outcome=$1
    restore_files "$PENDING/saved" now || outcome=incomplete
    restore_frr "$PENDING/saved" || outcome=incomplete
    end_pending "$token" "$outcome"
    [ "$outcome" != incomplete ]
}

end_pending() { # the last commit's saved state stays, for a person
    say "$1 $2" > "$STATE/last.new" && mv "$STATE/last.new" "$STATE/last"
    rm -rf "$STATE/ended" && mv "$PENDING" "$STATE/ended"
    sync -f "$STATE"
}

# ── the commit ───────────────────────────────────────────────────────────────────────────────────────────────────────

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
    vtysh -c 'write memory' 9>&- > "$STATE/apply.log" 2>&1 || fail 15 "$(head -c 400 "$STATE/apply.log")"
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

verb_boot() { # FRR is not running yet: files only, and it starts with the startup configuration of before
    [ -d "$PENDING" ] || exit 0
    locked
    token=$(field token)
    restore_files "$PENDING/saved" boot || exit 14
    end_pending "$token" rebooted
    filter=$(path_of management.nft)
    nft_replacement "$filter" | nft -f -
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
