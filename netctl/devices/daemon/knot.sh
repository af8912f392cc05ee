# shellcheck shell=sh
# Knot 3.2 as Debian has it; knotc speaks to the socket in /run/knot.

PARTS='knot.conf'
MAIN=knot.conf
PROGRAM=knotd
UNIT=knot
GROUP=knot

path_of() {
    case $1 in
    knot.conf) say /etc/knot/knot.conf ;;
    *) return 1 ;;
    esac
}

check() { knotc -c "$1/knot.conf" conf-check; }
answers() { timeout 5 knotc -c /etc/knot/knot.conf status > /dev/null 2>&1; }
run() { knotd -d -c /etc/knot/knot.conf; }
load() { knotc -c /etc/knot/knot.conf reload; }
must_restart() { differ_in "$1" "$2" 'server database control'; } # read at its start only
prepare() { install -d -o "$GROUP" -g "$GROUP" /run/knot; }

wanted_sockets() {
    awk '$1 == "listen:" {
        gsub(/[][,@]/, " ")
        for (i = 2; i < NF; i += 2) print $i, $(i + 1)
    }' "$(path_of knot.conf)"
}
