#!/bin/sh
# Runs a job of several processes as a batch job of Slurm: RUN_FOLDER RESTARTS PROGRAM ARGUMENT...
# Slurm sends USR1 some time before the limit. The run is then asked to stop, through its control folder as a person
# would, writes a checkpoint, and the job goes back to the queue; at its next start it goes on from there.
cd -- "$1" || exit 1
left=$2
shift 2
warned=
asked=0
trap 'warned=1' USR1

ask_to_stop() {
    asked=$((asked + 1))
    name=0000$(date +%s)000000-$$-$(printf %06d "$asked")-stop.request
    mkdir -p control && printf 'time limit\n' >"control/.$name" && mv "control/.$name" "control/$name"
}

say() {
    printf '%s\n' "$*" >>log.txt
}

rm -f job.exit
say "Slurm job $SLURM_JOB_ID starts on ${SLURM_JOB_NODELIST:-$(hostname)} (start $((${SLURM_RESTART_COUNT:-0} + 1)))"
while :; do
    "$@" >>log.txt 2>&1 </dev/null &
    worker=$!
    wait "$worker"
    code=$?
    if [ -n "$warned" ]; then
        # the signal ended the wait; a run that is only starting forgets what it was asked, so it is asked again
        say "The time limit is near: a checkpoint, then back to the queue"
        while kill -0 "$worker" 2>/dev/null; do
            ask_to_stop
            sleep 2
        done
        wait "$worker" 2>/dev/null
        late=$?
        if [ "$late" != 127 ]; then code=$late; fi
    fi
    case $code in 0 | 2 | 3) break ;; esac
    [ "$left" -gt 0 ] && [ -z "$warned" ] || break
    left=$((left - 1))
    say "A process was lost (exit code $code); starting all again from the last checkpoint"
done
if [ -n "$warned" ] && [ "$code" != 0 ] && [ "$code" != 2 ]; then
    rm -f control/*-stop.request
    say "Back to the queue"
    scontrol requeue "$SLURM_JOB_ID" && exit 0
    say "Slurm does not take the job back; go on with --resume"
fi
printf '%s\n' "$code" >job.exit.part && mv job.exit.part job.exit
exit "$code"
