# shellcheck shell=sh
# What a daemon that reads whole files needs of netctl/devices/onbox/commit.sh. Each daemon's own file says beside it:
#   PARTS, MAIN, PROGRAM, UNIT, GROUP   its parts, the one it cannot be without, and what the system calls it
#   path_of PART                        where the part's file is
#   check DIR                           is the candidate in this folder sound? says why not
#   answers                             does it run and answer its control program?
#   run                                 start it, where there is no systemd
#   load                                let it read its files again
#   must_restart OLD NEW                would it pass over what differs between these main parts?

PATIENCE=10 # seconds a daemon may take to come up, to end, or to answer

verb_read() { # the files: a daemon does not show what it holds; what it refuses is never left in them by a commit
    for part in $PARTS; do
        printf '%s%s\n' "$MARK" "$part"
        file=$(path_of "$part")
        [ ! -f "$file" ] || cat "$file"
    done
}

stage_parts() {
    [ "$2" = replace ] || fail 12 "$PROGRAM takes whole files: nothing can be merged into them"
    for part in $PARTS; do [ -f "$1/$part" ] || fail 12 "part $part is missing"; done
    report=$(check "$1" 2>&1) || fail 12 "$report"
    for part in $PARTS; do diff_part "$part" "$1/$part"; done
}

# ── the daemon ───────────────────────────────────────────────────────────────────────────────────────────────────────

running() { pidof "$PROGRAM" > /dev/null; }

stopped() { ! running; }

eventually() {
    turns=0
    until "$@"; do
        turns=$((turns + 1))
        [ "$turns" -lt $((PATIENCE * 20)) ] || return 1
        sleep 0.05
    done
}

section() { # the named sections of a file whose sections begin in its first column
    awk -v names=" $2 " '/^[a-z-]+:/ { name = $1; sub(/:.*/, "", name); inside = index(names, " " name " ") } inside' "$1"
}

differ_in() { [ "$(section "$1" "$3")" != "$(section "$2" "$3")" ]; }

start() { # with nothing of ours left open: not the SSH session, not the lock
    prepare
    if [ -d /run/systemd/system ]; then
        systemctl restart "$UNIT"
    else
        (umask 022 && run)
    fi < /dev/null > "$STATE/start.log" 2>&1 9>&- || { head -c 2000 "$STATE/start.log"; return 1; }
    eventually answers || { say "$PROGRAM does not answer within $PATIENCE s"; return 1; }
}

stop() {
    if [ -d /run/systemd/system ]; then
        systemctl stop "$UNIT"
    elif running; then
        # shellcheck disable=SC2046 # several processes are several words
        kill $(pidof "$PROGRAM")
    fi
    eventually stopped || { say "$PROGRAM does not end within $PATIENCE s"; return 1; }
}

prepare() { :; } # what must be there before it reads its files

wanted_sockets() { :; } # "ADDRESS PORT" a line, of a daemon that goes on where it cannot have one of them

listens() {
    sockets=$(ss -Hltn | awk '{ print $4 }')
    wanted_sockets | while read -r address port; do
        case $address in *:*) socket="[$address]:$port" ;; *) socket=$address:$port ;; esac
        # An address that is not the box's can be listened on, too (IP_FREEBIND).
        say "$sockets" | grep -qxF "$socket" && [ -n "$(ip -o address show to "$address")" ] ||
            fail 1 "$PROGRAM does not listen on $address port $port"
    done
}

in_force() { # $1: what its main part said until now, perhaps nothing
    tell "$1" || return 1
    eventually listens > /dev/null || listens
}

tell() {
    file=$(path_of "$MAIN")
    if ! answers; then
        stop && start
    elif [ ! -f "$1" ] || must_restart "$1" "$file"; then
        stop && start
    elif ! cmp -s "$1" "$file"; then
        prepare && load && eventually answers
    fi
}

# ── its files ────────────────────────────────────────────────────────────────────────────────────────────────────────

put_files() { # those of the folder $1 take their places, each whole or not at all; those it does not have go
    for part in $PARTS; do
        file=$(path_of "$part")
        if [ ! -f "$1/$part" ]; then
            rm -f "$file"
        elif ! cmp -s "$1/$part" "$file"; then
            cp -p "$1/$part" "$file.netctl" && mv "$file.netctl" "$file" || return 1
        fi
    done
}

change_files() { # to those of the folder $1, and the daemon has read them
    file=$(path_of "$MAIN")
    rm -f "$STATE/before"
    [ ! -f "$file" ] || cp "$file" "$STATE/before" || return 1
    put_files "$1" && in_force "$STATE/before"
    done=$?
    rm -f "$STATE/before"
    return "$done"
}

apply() { # keys are in these files: root and the daemon may read them
    for part in $PARTS; do
        chown "root:$GROUP" "$1/$part" && chmod 640 "$1/$part" || return 1
    done
    change_files "$1" 2>&1
}

keep() { :; } # the files are what a reboot finds

save() {
    mkdir -p "$1/files" || return 1
    ! answers || : > "$1/ran"
    for part in $PARTS; do
        file=$(path_of "$part")
        [ ! -f "$file" ] || cp -p "$file" "$1/files/$part" || return 1
    done
}

put_back() {
    if [ -f "$1/ran" ]; then
        change_files "$1/files" > "$STATE/restore.log" 2>&1
    else
        put_files "$1/files" && stop > "$STATE/restore.log" 2>&1
    fi
}

put_back_at_boot() { put_files "$1/files"; }

after_boot() { :; }
