# shellcheck shell=sh
# What an FRR router needs of netctl/devices/onbox/commit.sh, which this becomes a part of.

PARTS='management.nft chrony.sources rsyslog.conf banner snmpd.conf'
NFT_TABLE='inet netctl'
PATIENCE=60 # seconds FRR may take for one apply; past them it has failed, and the lock is free for the timer

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

# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────

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

# ── staging ───────────────────────────────────────────────────────────────────────────────────────────────────────────

stage_parts() {
    dir=$1
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

# ── applying ──────────────────────────────────────────────────────────────────────────────────────────────────────────

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

keep() { vtysh -c 'write memory' 9>&-; }

# ── saving and going back ─────────────────────────────────────────────────────────────────────────────────────────────

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

put_back() {
    nft_replacement "$1/nft" | nft -f - > /dev/null 2>&1 # first: it may be what cut the way to here
    whole=0
    restore_files "$1" now || whole=1
    restore_frr "$1" || whole=1
    return "$whole"
}

put_back_at_boot() { restore_files "$1" boot; } # FRR starts with the startup configuration of before

after_boot() {
    filter=$(path_of management.nft)
    nft_replacement "$filter" | nft -f -
}
