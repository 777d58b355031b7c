#!/usr/bin/env bash
# Slurm on host a of two-hosts.sh: munge, the controller, and two nodes on the one machine.
#   slurm.sh up DIR
#   slurm.sh down DIR
# Ends with 77 and a reason where it cannot be done.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/install.sh"

action=$1
dir=$2
slurm=$dir/slurm

down() {
    local file
    for file in "$slurm"/*.pid; do
        if [ -f "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
    done
}

# on_host PROGRAM ARGUMENT...: runs on host a
on_host() {
    nsenter --target "$(cat "$dir/a/sshd.pid")" --net --mount --uts -- env SLURM_CONF="$slurm/slurm.conf" "$@"
}

up() {
    root_or_skip
    need munged munge
    need slurmctld slurmctld
    need slurmd slurmd
    need sbatch slurm-client
    mkdir -p "$slurm/state"
    chmod 755 "$slurm"
    (umask 077 && head -c 128 /dev/urandom >"$slurm/munge.key")
    cat >"$slurm/slurm.conf" <<EOF
ClusterName=dinobench
SlurmctldHost=dino-a
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$slurm/munge.socket,cred_expire=5
SlurmctldPort=6817
SlurmctldPidFile=$slurm/slurmctld.pid
SlurmctldLogFile=$slurm/slurmctld.log
SlurmdPidFile=$slurm/slurmd-%n.pid
SlurmdLogFile=$slurm/slurmd-%n.log
SlurmdSpoolDir=$slurm/spool-%n
StateSaveLocation=$slurm/state
TmpFS=$slurm/tmp-%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=2,batch_sched_delay=0,bf_interval=2
ReturnToService=2
KillWait=5
MessageTimeout=20
JobRequeue=1
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
NodeName=one NodeHostname=dino-a Port=6821 CPUs=2 RealMemory=2000
NodeName=two NodeHostname=dino-a Port=6822 CPUs=2 RealMemory=2000
PartitionName=tests Nodes=one,two Default=YES MaxTime=60 State=UP OverSubscribe=YES
EOF
    # two nodes of one machine must not meet in /tmp
    mkdir -p "$slurm/spool-one" "$slurm/spool-two" "$slurm/tmp-one" "$slurm/tmp-two"
    on_host munged --force --num-threads=2 --key-file="$slurm/munge.key" --socket="$slurm/munge.socket" \
        --pid-file="$slurm/munged.pid" --log-file="$slurm/munged.log" --seed-file="$slurm/munged.seed"
    printf 'CgroupAutomount=no\n' >"$slurm/cgroup.conf"
    on_host slurmctld || failed
    on_host slurmd -N one || failed
    on_host slurmd -N two || failed
    local try
    for ((try = 0; try < 200; try++)); do
        if [ "$(on_host sinfo --noheader --format=%D --states=idle 2>/dev/null | tr -d ' ')" = 2 ]; then
            echo "two nodes are idle"
            return 0
        fi
        sleep 0.1
    done
    failed
}

failed() {
    echo "Slurm's nodes do not come up: $(grep -h error "$slurm"/*.log | tail -n 5)" >&2
    exit 1
}

case $action in
    up) up ;;
    down) down ;;
    *) echo "up or down" >&2 && exit 2 ;;
esac
