# Building: natives by CMake, everything else by Tycho; nothing is built twice from the same sources.

PRODUCTS=$DINOBENCH_ROOT/.dinobench
TARGET_PLATFORM=target-platform/org.dinobench.target
# Fragments that no manifest names: the tests of native bundles ask for them.
NATIVE_FRAGMENTS=bundles/org.dinobench.torch.linux.x86_64,bundles/org.dinobench.faiss.linux.x86_64
# Nor these, which tests install as bundles of somebody else.
EXAMPLE_BUNDLES=tests/org.dinobench.losses.example
BUILT_PRODUCT=$DINOBENCH_ROOT/releng/org.dinobench.product/target/products/dinobench/linux/gtk/x86_64

# One hash over everything that the product is made of.
source_hash() {
    (
        cd "$DINOBENCH_ROOT"
        find pom.xml .mvn bundles features releng target-platform -type f \
            -not -path '*/target/*' -not -path 'bundles/*/lib/*' -not -name '*.so' \
            -not -path 'bundles/*/native/linux-*/*' -print0 \
            | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
    )
}

build_natives() {
    local script
    for script in org.dinobench.faiss/native/build.sh org.dinobench.torch/native/mpi/build.sh; do
        "$DINOBENCH_ROOT/bundles/$script" >"$DINOBENCH_CACHE/native.log" 2>&1 \
            || die 1 "building the native bindings failed; see $DINOBENCH_CACHE/native.log"
    done
}

# PRODUCT becomes the folder of a product built from the present sources. A running workbench keeps its own folder:
# every build gets a new one, and those that nothing runs from any more go.
ensure_product() {
    needs "$@"
    local hash
    hash=$(source_hash)
    PRODUCT=$PRODUCTS/product-$hash
    if [ -f "$PRODUCT/complete" ]; then return 0; fi
    build_needs "$@"
    say "Building Dinobench (once, a few minutes on a fresh machine) …"
    local started=$SECONDS
    build_natives
    mkdir -p "$PRODUCTS"
    maven -q -Dspotless.check.skip=true -am -pl "$TARGET_PLATFORM,releng/org.dinobench.product" package \
        >"$PRODUCTS/build.log" 2>&1 || die 1 "the build failed; see $PRODUCTS/build.log"
    remove_unused_products
    rm -rf "$PRODUCT"
    cp -al "$BUILT_PRODUCT" "$PRODUCT"
    touch "$PRODUCT/complete"
    say "Built in $((SECONDS - started)) s."
}

remove_unused_products() {
    local old
    for old in "$PRODUCTS"/product-*; do
        if [ -d "$old" ] && ! pgrep -f "$old/" >/dev/null; then rm -rf "$old"; fi
    done
}

# test [--only BUNDLE] [Maven options]: everything, or the tests of one bundle and what it is built from.
run_tests() {
    local scope=() only=
    while [ $# -gt 0 ]; do
        case "$1" in
            --only)
                only=${2:-}
                [ -n "$only" ] || die 2 "--only: the name of a bundle is missing; give one such as --only losses"
                only=${only#org.dinobench.}
                [ -d "$DINOBENCH_ROOT/tests/org.dinobench.$only.tests" ] \
                    || die 2 "--only $only: there are no tests of that name; there are: $(test_names)"
                scope=(-am -pl "$TARGET_PLATFORM,$NATIVE_FRAGMENTS,$EXAMPLE_BUNDLES,tests/org.dinobench.$only.tests")
                shift 2
                ;;
            -h | --help)
                say "./dinobench test [--only BUNDLE]: builds everything and runs all tests, those of the workbench in a virtual display."
                return 0
                ;;
            *)
                scope+=("$1")
                shift
                ;;
        esac
    done
    build_needs ui test
    say "Building and testing …"
    build_natives
    mkdir -p "$PRODUCTS"
    local log=$PRODUCTS/test.log code=0
    in_virtual_display maven "${scope[@]}" verify 2>&1 | tee "$log" | grep --line-buffered -vE 'osgi\.platform|MavenDependencyRoots' || code=${PIPESTATUS[0]}
    test_summary "$log"
    return "$code"
}

test_names() {
    (cd "$DINOBENCH_ROOT/tests" && printf '%s ' org.dinobench.*.tests) | sed 's/org\.dinobench\.//g; s/\.tests//g'
}

# The closing line adds up what the test runner printed for each bundle.
test_summary() {
    sed -n 's/^.*Tests run: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\), Skipped: \([0-9]*\)$/\1 \2 \3 \4/p' "$1" \
        | awk '{ run += $1; failed += $2 + $3; skipped += $4 }
               END { printf "%d passed, %d failed, %d skipped\n", run - failed - skipped, failed, skipped }'
}

in_virtual_display() {
    (
        local display
        # Xvfb writes the number of the display it found free.
        exec 3< <(exec Xvfb -displayfd 1 -screen 0 "${DINOBENCH_SCREEN:-1600x1000x24}" -nolisten tcp 2>/dev/null)
        local server=$!
        trap 'kill "$server" 2>/dev/null' EXIT
        read -r display <&3 || die 1 "the virtual display (Xvfb) did not start"
        export DISPLAY=:$display
        unset WAYLAND_DISPLAY
        openbox >/dev/null 2>&1 &
        local manager=$!
        trap 'kill "$manager" "$server" 2>/dev/null' EXIT
        "$@"
    )
}

# The products for all platforms, as archives.
build_packages() {
    build_needs
    build_natives
    maven -q -Pall-platforms -Dspotless.check.skip=true -am -pl "$TARGET_PLATFORM,releng/org.dinobench.product" package "$@"
    ls -1 "$DINOBENCH_ROOT"/releng/org.dinobench.product/target/products/*.tar.gz "$DINOBENCH_ROOT"/releng/org.dinobench.product/target/products/*.zip 2>/dev/null
}
