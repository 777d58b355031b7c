# Runs a job of several processes to its end, and again when one was lost: RUN_FOLDER RESTARTS PROGRAM ARGUMENT...
# job.pid tells who this is, by number and time of start; job.exit, at the end, how it ended.
cd -- "$1" || exit 1
left=$2
shift 2
rm -f job.exit
printf '%s %s\n' "$$" "$(cut -d' ' -f22 "/proc/$$/stat")" >job.pid.part && mv job.pid.part job.pid
while :; do
    "$@" >>log.txt 2>&1 </dev/null
    code=$?
    # 0 is done, 2 a wrong input, 3 a wish to stop: another try would end the same way
    case $code in 0 | 2 | 3) break ;; esac
    [ "$left" -gt 0 ] || break
    left=$((left - 1))
    printf '%s\n' "A process was lost (exit code $code); starting all again from the last checkpoint" >>log.txt
done
printf '%s\n' "$code" >job.exit.part && mv job.exit.part job.exit
