# What the machine must have: found, or installed from Debian's packages, or named with the command that installs it.

MAVEN_VERSION=3.9.12
MAVEN_HOME_CACHED=$DINOBENCH_CACHE/maven/apache-maven-$MAVEN_VERSION

# A JDK (not only a runtime: its headers are needed for native code) of version 17 or newer; prints its folder.
find_jdk() {
    local candidate
    for candidate in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /nowhere/bin/javac)")")")" /usr/lib/jvm/*; do
        if [ -x "$candidate/bin/javac" ] && [ -f "$candidate/include/jni.h" ] && [ "$(jdk_major "$candidate")" -ge 17 ]; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

jdk_major() {
    local version
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
    printf '%s\n' "${version:-0}"
}

has_file() { compgen -G "$1" >/dev/null; }

has_maven() { [ -x "$MAVEN_HOME_CACHED/bin/mvn" ]; }

can_have_maven() { has_maven || command -v mvn; }

# The Fortran run-time library, linked statically into the Faiss binding, comes with the compiler's own version.
gfortran_package() {
    local major
    major=$(g++ -dumpversion 2>/dev/null | cut -d. -f1)
    [ -n "$major" ] || major=$(apt-cache depends g++ 2>/dev/null | sed -n 's/.*Depends: g++-\([0-9]*\).*/\1/p' | head -n 1)
    printf 'libgfortran-%s-dev\n' "${major:-12}"
}

# One line a need: NAME | test | Debian package | what for. "ui" needs are for the workbench and its tests,
# "optional" ones are only reported.
need_table() {
    cat <<EOF
build|JDK 17 or newer|find_jdk|openjdk-17-jdk-headless|compiling and running everything
build|Maven, to fetch Maven $MAVEN_VERSION|can_have_maven|maven|the build
build|C++ compiler|command -v g++|g++|the Faiss binding
build|CMake|command -v cmake|cmake|the Faiss binding
build|make|command -v make|make|the Faiss binding
build|Faiss library|has_file '/usr/lib/*/libfaiss.a'|libfaiss-dev|nearest neighbours and k-means
build|OpenBLAS library|has_file '/usr/lib/*/openblas-pthread/libopenblas.a'|libopenblas-dev|Faiss
build|Fortran run-time library|has_file '/usr/lib/gcc/*/*/libgfortran.a'|$(gfortran_package)|Faiss
build|Open MPI headers|has_file '/usr/lib/*/openmpi/include/mpi.h'|libopenmpi-dev|training over processes
build|Open MPI launcher|command -v mpirun|openmpi-bin|training over processes
ui|GTK 3|has_file '/usr/lib/*/libgtk-3.so.0'|libgtk-3-0|the workbench
test|virtual display|command -v Xvfb|xvfb|tests of the workbench
test|xauth|command -v xauth|xauth|tests of the workbench
test|window manager|command -v openbox|openbox|tests of the workbench
EOF
}

# missing_packages KIND...: the Debian packages of the needs of these kinds that are not met.
missing_packages() {
    local kind name test package what wanted
    while IFS='|' read -r kind name test package what; do
        for wanted in "$@"; do
            if [ "$kind" = "$wanted" ] && ! eval "$test" >/dev/null 2>&1; then printf '%s\n' "$package"; fi
        done
    done < <(need_table)
}

# Installs Debian packages when this user may; otherwise prints the one command that does, and ends with 2.
install_packages() {
    [ $# -gt 0 ] || return 0
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo)
        else
            die 2 "this machine lacks $*; install with: sudo apt-get install -y $*"
        fi
    fi
    command -v apt-get >/dev/null || die 2 "this machine lacks $* and has no apt-get; install their equivalents, then call again (see ./dinobench doctor)"
    say "Installing $* …"
    "${as_root[@]}" apt-get update -qq >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$DINOBENCH_CACHE/install.log" 2>&1 \
        || die 1 "installing $* failed; see $DINOBENCH_CACHE/install.log"
}

# Maven itself fetches the newer Maven, through whatever mirror it is set up for.
fetch_maven() {
    has_maven && return 0
    say "Fetching Maven $MAVEN_VERSION …"
    local parts
    parts=$(mktemp -d "$DINOBENCH_CACHE/maven-XXXXXX")
    # Away from the checkout, whose build extensions the older Maven does not understand.
    (cd "$parts" && JAVA_HOME=$(find_jdk) mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
        -Dartifact=org.apache.maven:apache-maven:$MAVEN_VERSION:tar.gz:bin -DoutputDirectory="$parts") >&2 \
        || die 1 "Maven $MAVEN_VERSION could not be fetched; is a package registry reachable for mvn?"
    tar xzf "$parts"/apache-maven-*.tar.gz -C "$parts"
    mkdir -p "$(dirname "$MAVEN_HOME_CACHED")"
    rm -rf "$MAVEN_HOME_CACHED"
    mv "$parts/apache-maven-$MAVEN_VERSION" "$MAVEN_HOME_CACHED"
    rm -rf "$parts"
}

# needs KIND...: everything of these kinds is there when this returns.
needs() {
    mkdir -p "$DINOBENCH_CACHE"
    local packages
    mapfile -t packages < <(missing_packages "$@")
    install_packages "${packages[@]}"
    JAVA_HOME=$(find_jdk) || die 2 "no JDK 17 or newer was found; install one with: sudo apt-get install -y openjdk-17-jdk-headless"
    export JAVA_HOME
}

build_needs() {
    needs build "$@"
    fetch_maven
}

maven() {
    (cd "$DINOBENCH_ROOT" && "$MAVEN_HOME_CACHED/bin/mvn" -B -ntp "$@")
}

doctor() {
    local kind name test package what missing=0
    while IFS='|' read -r kind name test package what; do
        if eval "$test" >/dev/null 2>&1; then
            printf '  found    %-32s for %s\n' "$name" "$what"
        else
            printf '  MISSING  %-32s for %s: sudo apt-get install -y %s\n' "$name" "$what" "$package"
            missing=1
        fi
    done < <(need_table)
    if command -v npm >/dev/null; then
        printf '  found    %-32s for %s\n' npm "the sample images of quickstart"
    else
        printf '  absent   %-32s quickstart then needs --images DIR; or: sudo apt-get install -y npm\n' npm
    fi
    if command -v nvidia-smi >/dev/null && nvidia-smi -L >/dev/null 2>&1; then
        printf '  found    %-32s %s\n' GPU "$(nvidia-smi -L | head -n 1)"
    else
        printf '  absent   %-32s everything runs on the processor\n' GPU
    fi
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        printf '  found    %-32s for the workbench\n' display
    else
        printf '  absent   %-32s the workbench needs one; every command runs without\n' display
    fi
    if [ "$missing" = 1 ]; then
        printf 'Something is missing. ./dinobench quickstart and ./dinobench test install it where they may.\n'
        return 2
    fi
    printf 'Nothing is missing.\n'
}
