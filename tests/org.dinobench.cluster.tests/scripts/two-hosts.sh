#!/usr/bin/env bash
# Two hosts on this machine: network, host name and home folder of their own, and an SSH server in each.
#   two-hosts.sh up DIR     prints "host-a ADDRESS" and "host-b ADDRESS"; keys and known hosts are in DIR
#   two-hosts.sh down DIR
# Ends with 77 and a reason where it cannot be done.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/install.sh"

action=$1
dir=$2

down() {
    local file
    for file in "$dir"/*/sshd.pid "$dir"/keeper-*.pid; do
        if [ -f "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
    done
    if [ -f "$dir/net" ]; then
        local net
        net=$(cat "$dir/net")
        local side pids
        for side in a b; do
            # whatever was started over there goes with it
            pids=$(ip netns pids "$net$side" 2>/dev/null || true)
            if [ -n "$pids" ]; then kill -9 $pids 2>/dev/null || true; fi
            ip netns del "$net$side" 2>/dev/null || true
        done
        ip link del "$net" 2>/dev/null || true
    fi
}

host() {
    local side=$1 address=$2 other=$3 home=$dir/$1/home
    # the home folder of this machine, with its caches, is seen over there as "outside"
    mkdir -p "$home/.ssh" "$dir/outside"
    chmod 700 "$home" "$home/.ssh"
    ssh-keygen -q -t ed25519 -N '' -f "$dir/$side/host_key"
    cp "$dir/client_key.pub" "$home/.ssh/authorized_keys"
    printf '127.0.0.1 localhost\n%s dino-%s\n%s dino-%s\n' \
        "$address" "$side" "$other" "$([ "$side" = a ] && echo b || echo a)" >"$dir/$side/hosts"
    cat >"$dir/$side/sshd_config" <<EOF
Port 22
ListenAddress $address
HostKey $dir/$side/host_key
PidFile $dir/$side/sshd.pid
AuthorizedKeysFile $home/.ssh/authorized_keys
PermitRootLogin prohibit-password
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
StrictModes no
Subsystem sftp internal-sftp
SetEnv SLURM_CONF=$dir/slurm/slurm.conf
EOF
    ip netns add "$net$side"
    ip link add "$net-$side" type veth peer name eth0 netns "$net$side"
    ip link set "$net-$side" master "$net" up
    ip -n "$net$side" link set lo up
    ip -n "$net$side" address add "$address/24" dev eth0
    ip -n "$net$side" link set eth0 up
    # not by "ip netns exec", which hides the control groups that Slurm wants to see
    nsenter --net="/run/netns/$net$side" unshare --uts --mount --propagation private sh -c '
        hostname "dino-$1" && mount --bind ~root "$2/../outside" && mount --bind "$2/home" ~root && mount --bind "$2/hosts" /etc/hosts \
            && exec /usr/sbin/sshd -D -e -f "$2/sshd_config"' host "$side" "$dir/$side" \
        >"$dir/$side/sshd.log" 2>&1 </dev/null &
    echo $! >"$dir/keeper-$side.pid"
}

up() {
    root_or_skip
    need ip iproute2
    need /usr/sbin/sshd openssh-server
    need ssh-keyscan openssh-client
    mkdir -p "$dir" /run/sshd
    # at most 15 characters with the suffixes
    net=db$(printf %05x $((RANDOM * 32 + RANDOM % 32)))
    local n=$((RANDOM % 250 + 1)) m=$((RANDOM % 250 + 1))
    if ! ip link add "$net" type bridge 2>"$dir/error"; then
        echo "there can be no network bridge here ($(cat "$dir/error"))"
        exit 77
    fi
    echo "$net" >"$dir/net"
    ip address add "10.$n.$m.1/24" dev "$net"
    ip link set "$net" up
    ssh-keygen -q -t ed25519 -N '' -f "$dir/client_key"
    host a "10.$n.$m.2" "10.$n.$m.3"
    host b "10.$n.$m.3" "10.$n.$m.2"
    local side address try
    for side in a b; do
        address=10.$n.$m.$([ $side = a ] && echo 2 || echo 3)
        for ((try = 0; try < 100; try++)); do
            if [ -f "$dir/$side/sshd.pid" ] && (exec 3<>"/dev/tcp/$address/22") 2>/dev/null; then break; fi
            sleep 0.1
        done
        if [ "$try" = 100 ]; then
            echo "the SSH server of host $side does not answer: $(tail -n 1 "$dir/$side/sshd.log")" >&2
            exit 1
        fi
        printf '%s %s\n' "$address" "$(cut -d' ' -f1,2 "$dir/$side/host_key.pub")" >>"$dir/known_hosts"
        echo "host-$side $address"
    done
    # mpirun on host a logs in to host b
    ssh-keygen -q -t ed25519 -N '' -f "$dir/a/home/.ssh/id_ed25519"
    cat "$dir/a/home/.ssh/id_ed25519.pub" >>"$dir/b/home/.ssh/authorized_keys"
    cp "$dir/known_hosts" "$dir/a/home/.ssh/known_hosts"
}

case $action in
    up) up ;;
    down) down ;;
    *) echo "up or down" >&2 && exit 2 ;;
esac
