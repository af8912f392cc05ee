# shellcheck shell=sh
# NSD 4.6 as Debian has it; nsd-control speaks to the socket that nsd.conf names.

PARTS='nsd.conf'
MAIN=nsd.conf
PROGRAM=nsd
UNIT=nsd
GROUP=nsd

path_of() {
    case $1 in
    nsd.conf) say /etc/nsd/nsd.conf ;;
    *) return 1 ;;
    esac
}

check() { nsd-checkconf "$1/nsd.conf"; }
answers() { timeout 5 nsd-control status > /dev/null 2>&1; }
run() { nsd -c /etc/nsd/nsd.conf; }
load() { nsd-control reconfig; } # zones, keys and patterns
must_restart() { differ_in "$1" "$2" 'server remote-control'; } # read at its start only
prepare() { install -d -o nsd -g nsd /run/nsd; }
