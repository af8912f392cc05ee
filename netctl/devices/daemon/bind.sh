# shellcheck shell=sh
# BIND 9.18 as Debian has it. rndc speaks to the control channel BIND opens by itself, with /etc/bind/rndc.key.

PARTS='named.conf first.zone'
MAIN=named.conf
PROGRAM=named
UNIT=named
GROUP=bind

path_of() {
    case $1 in
    named.conf | first.zone) say "/etc/bind/$1" ;;
    *) return 1 ;;
    esac
}

check() { named-checkconf "$1/named.conf" && named-checkzone -q -i local zone.invalid "$1/first.zone"; }
answers() { timeout 5 rndc status > /dev/null 2>&1; }
run() { install -d -o root -g "$GROUP" -m 775 /run/named && named -u "$GROUP"; }
load() { rndc reconfig; }
must_restart() { return 1; } # named keeps what it needs for other addresses and keys

wanted_sockets() {
    awk '$1 ~ /^listen-on/ {
        port = 53
        for (i = 2; i <= NF; i++) {
            if ($i == "port") port = $(i + 1)
            else if ($i ~ /^[0-9a-f.:]+;$/) print substr($i, 1, length($i) - 1), port
        }
    }' "$(path_of named.conf)"
}

zone_files() { # "primary FILE" or "secondary FILE" for each zone of named.conf
    awk '
        $1 == "type" { type = $2; sub(/;/, "", type) }
        $1 == "file" { file = $2; gsub(/[";]/, "", file); print type, file }
    ' "$(path_of named.conf)"
}

prepare() { # a primary zone that never was begins with first.zone; what is there already is the server's own
    zone_files | while read -r type file; do
        install -d -o "$GROUP" -g "$GROUP" "$(dirname "$file")" || exit 1
        [ "$type" != primary ] || [ -f "$file" ] ||
            install -o "$GROUP" -g "$GROUP" -m 644 "$(path_of first.zone)" "$file" || exit 1
    done
}
