# What the tests with real servers need, from Debian's packages. To be sourced.

# need PROGRAM PACKAGE...: ends with 77 and a reason when the program is missing and may not be installed.
need() {
    local program=$1
    shift
    command -v "$program" >/dev/null && return 0
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        echo "there is no $program (Debian: apt-get install $*), and only root can install it"
        exit 77
    fi
    # the servers are wanted by these tests alone: none of them is started by its package, now or at the next start of
    # the machine; a server that was here before is left as it is
    local unit units=()
    for unit in ssh munge slurmctld slurmd; do
        [ -e "/lib/systemd/system/$unit.service" ] || units+=("$unit")
    done
    local policy=/usr/sbin/policy-rc.d mine=
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && mine=1
    fi
    {
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
    } >/dev/null 2>&1 || true
    if [ -n "$mine" ]; then rm -f "$policy"; fi
    if [ -d /run/systemd/system ] && [ ${#units[@]} -gt 0 ]; then
        for unit in "${units[@]}"; do
            [ ! -e "/lib/systemd/system/$unit.service" ] || systemctl disable --quiet "$unit" || true
        done
    fi
    command -v "$program" >/dev/null && return 0
    echo "there is no $program, and $* could not be installed"
    exit 77
}

# root_or_skip: namespaces are for root.
root_or_skip() {
    if [ "$(id -u)" != 0 ]; then
        echo "network namespaces need root"
        exit 77
    fi
}
