# shellcheck shell=sh
# Unbound 1.17 as Debian has it; unbound-control speaks to the socket that unbound.conf names.

PARTS='unbound.conf'
MAIN=unbound.conf
PROGRAM=unbound
UNIT=unbound
GROUP=unbound

path_of() {
    case $1 in
    unbound.conf) say /etc/unbound/unbound.conf ;;
    *) return 1 ;;
    esac
}

check() { unbound-checkconf "$1/unbound.conf"; }
answers() { timeout 5 unbound-control status > /dev/null 2>&1; }
run() { unbound -c /etc/unbound/unbound.conf; }
load() { unbound-control reload; }

bound() { grep -E '^[[:space:]]*(interface|port|username|chroot|directory|pidfile|control-interface):' "$1"; }
must_restart() { [ "$(bound "$1")" != "$(bound "$2")" ]; } # once it is no longer root it cannot bind port 53
