# Starting the product that was built.

# How native code allocates and waits, measured on training steps: one arena that is not given back between steps,
# and threads that wait for each other look a short while, then sleep. Children inherit it.
tune_native_memory() {
    export MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
    export MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-1073741824}
    export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-4294967296}
    export MALLOC_TOP_PAD_=${MALLOC_TOP_PAD_:-268435456}
    export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}
    export GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-1000}
    export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1}
}

# java_product APPLICATION ARGUMENT...: replaces this shell by the product.
java_product() {
    local application=$1
    shift
    local launchers=("$PRODUCT"/plugins/org.eclipse.equinox.launcher_*.jar)
    export DJL_CACHE_DIR=${DJL_CACHE_DIR:-$DINOBENCH_CACHE/djl}
    # Commands start faster with the simple collector; the workbench needs the one with short pauses.
    local collector=-XX:+UseSerialGC
    if [ "$application" = org.dinobench.app.workbench ]; then collector=-XX:+UseG1GC; fi
    local options=(
        "$collector" -Xshare:auto
        "-Dorg.bytedeco.javacpp.cachedir=$DINOBENCH_CACHE/javacpp"
        "-Ddinobench.native.cache=$DINOBENCH_CACHE/natives"
        "-Ddinobench.cache=$DINOBENCH_CACHE"
        -DOPT_OUT_TRACKING=true
        # no logging backend is wanted, and nobody needs to be told at every start
        -Dslf4j.internal.verbosity=ERROR
        --enable-native-access=ALL-UNNAMED
    )
    # shellcheck disable=SC2206  # options of the person, split at spaces as every Java script does
    local more=(${DINOBENCH_JAVA_OPTIONS:-})
    exec "$JAVA_HOME/bin/java" "${options[@]}" "${more[@]}" -jar "${launchers[0]}" -nosplash -consoleLog \
        -application "$application" "$@"
}

run_command() {
    # Java has its own idea of the home folder; commands and workbench shall agree.
    export DINOBENCH_WORKSPACE=${DINOBENCH_WORKSPACE:-$HOME/dinobench-workspace}
    tune_native_memory
    java_product org.dinobench.app.cli -data @none "$@"
}

# open_workbench [--workspace DIR]
open_workbench() {
    local workspace=${DINOBENCH_WORKSPACE:-$HOME/dinobench-workspace}
    case "${1:-}" in
        --workspace)
            workspace=${2:-}
            [ -n "$workspace" ] || die 2 "--workspace: a folder is missing; give one"
            ;;
        --workspace=*) workspace=${1#--workspace=} ;;
    esac
    [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] \
        || die 2 "there is no display; open the workbench on a desktop, or use the commands (./dinobench --help)"
    # a look through a model runs in this process: its threads shall sleep, not spin, while others have the cores
    export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}
    java_product org.dinobench.app.workbench -data "$(realpath -m "$workspace")"
}

# start-up [RUNS]: opens the workbench in a virtual display, RUNS times, and prints the milliseconds until it is up.
measure_start_up() {
    needs ui test
    local runs=${1:-3} folder run
    folder=$(mktemp -d)
    for ((run = 1; run <= runs; run++)); do
        DINOBENCH_JAVA_OPTIONS="-Ddinobench.startup.report=true -Ddinobench.exit.after.start=true" \
            in_virtual_display open_workbench --workspace "$folder/workspace" | grep 'WORKBENCH UP'
    done
    rm -rf "$folder"
}

# screenshots [--workspace DIR] [--out DIR]: opens the workbench in a virtual display and takes the pictures of the docs.
take_screenshots() {
    local workspace=${DINOBENCH_WORKSPACE:-$HOME/dinobench-workspace} out=docs/images
    while [ $# -gt 0 ]; do
        case "$1" in
            --workspace | --out)
                [ -n "${2:-}" ] || die 2 "$1: a folder is missing; give one"
                if [ "$1" = --out ]; then out=$2; else workspace=$2; fi
                shift 2
                ;;
            -h | --help)
                say "./dinobench screenshots [--workspace DIR] [--out DIR]: takes the documentation's pictures of the workbench on a workspace, such as one that quickstart has filled."
                return 0
                ;;
            *) die 2 "screenshots: there is no option $1; use --workspace DIR and --out DIR" ;;
        esac
    done
    needs ui test
    [ -d "$workspace/datasets" ] \
        || die 2 "$workspace is no workspace with a dataset; fill one: DINOBENCH_WORKSPACE=$workspace ./dinobench quickstart --no-ui"
    local person
    person=$(mktemp -d)
    # preferences of a person who has opened no other workspace: their names are nobody's business
    DINOBENCH_JAVA_OPTIONS="-Ddinobench.screenshots=$(realpath -m "$out") -Djava.util.prefs.userRoot=$person ${DINOBENCH_JAVA_OPTIONS:-}" \
        DINOBENCH_SCREEN=1500x925x24 in_virtual_display open_workbench --workspace "$workspace" || { rm -rf "$person"; die 1 "the pictures were not taken"; }
    rm -rf "$person"
}
