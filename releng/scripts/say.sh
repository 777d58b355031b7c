# Talking to the person at the terminal. All remarks go to standard error, so that output can be piped.

say() { printf '%s\n' "$*" >&2; }

# die CODE SENTENCE: 2 is bad input or a missing need, 1 a failure.
die() {
    local code=$1
    shift
    say "dinobench: $*"
    exit "$code"
}
