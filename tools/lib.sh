# What the scripts of this folder share; sourced, not run. Bash.
# Leaves the shell in the repository's root, with ccache told what may differ between builds.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
ROOT=$PWD
NODE_WANTED=18.0

export CCACHE_BASEDIR=${CCACHE_BASEDIR:-$ROOT}
# Two clones of one source share what was compiled; the debug information then names the clone that came first.
export CCACHE_NOHASHDIR=${CCACHE_NOHASHDIR:-true}
# A precompiled header carries macros and times that ccache would otherwise refuse.
export CCACHE_SLOPPINESS=${CCACHE_SLOPPINESS:-pch_defines,time_macros,include_file_mtime,include_file_ctime}
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then BOLD=$'\e[1m' YELLOW=$'\e[33m' RED=$'\e[31m' PLAIN=$'\e[0m'; else BOLD='' YELLOW='' RED='' PLAIN=''; fi

started=$SECONDS
step() { printf '%s[%3d s] %s%s\n' "$BOLD" $((SECONDS - started)) "$*" "$PLAIN"; }
# What this machine lacks is said aloud, so that nobody takes a skipped part for a passed one.
skip() { printf '%sSKIPPED: %s%s\n' "$YELLOW" "$*" "$PLAIN"; }
fail() { printf '%s%s%s\n' "$RED" "$*" "$PLAIN" >&2; exit 1; }

node_is_new_enough() {
  command -v node >/dev/null || return 1
  local have
  have=$(node --version) && have=${have#v}
  [ "$(printf '%s\n%s\n' "$NODE_WANTED" "$have" | sort -V | head -n 1)" = "$NODE_WANTED" ]
}

# build <preset> [target ...]: configures where that was not done, then builds; ninja shows the progress.
build() {
  local preset=$1 folder=build
  shift
  [ "$preset" = dev ] || folder=build/$preset
  if [ ! -f "$folder/build.ninja" ]; then
    step "configure $preset"
    mkdir -p build
    cmake --preset "$preset" >"build/configure-$preset.log" 2>&1 || { cat "build/configure-$preset.log" >&2; fail "cmake failed"; }
  fi
  step "build $preset"
  # Ninja configures anew by itself where a CMake file or a list of sources changed.
  ninja -C "$folder" "$@"
}

# build_wasm: the core for the phone app. Skipped, and said so, where there is no Emscripten.
build_wasm() {
  command -v emcc >/dev/null || { skip "the phone app's core: no Emscripten (package emscripten)"; return 0; }
  # Debian's Emscripten finds its JavaScript packages by NODE_PATH alone. Its compiler is clang in a script's clothes.
  NODE_PATH=${NODE_PATH:-/usr/share/nodejs} CCACHE_COMPILERTYPE=clang build wasm anketa_wasm
  mkdir -p client-core/app/core
  cmake -E copy_if_different build/wasm/bin/anketa-core.js build/wasm/bin/anketa-core.wasm client-core/app/core
}

# build_pages <what> <folder> [other folder it is made of ...]: web pages, where their sources are newer than what was built.
# They are compiled into anketa-server, so this comes before build.
build_pages() {
  local what=$1 folder=$2
  shift
  node_is_new_enough || { skip "$what: Node.js $NODE_WANTED or newer is needed"; return 0; }
  if [ -f "$folder/dist/index.html" ] && [ -z "$(find "$@" shared/text shared/web \( -path "$folder/node_modules" -o -path "$folder/dist" \) -prune \
    -o -type f -newer "$folder/dist/index.html" -print -quit)" ]; then
    return 0
  fi
  step "build $what"
  (cd "$folder" && npm run --silent build)
}

# build_console [preset]: the console, with types made of the API's description, which a program of its own prints: the
# server itself has the console in it.
build_console() {
  local preset=${1:-dev} folder=build
  [ "$preset" = dev ] || folder=build/$preset
  if node_is_new_enough; then
    build "$preset" anketa-openapi
    "$folder/bin/anketa-openapi" >"$folder/openapi.json"
    cmake -E copy_if_different "$folder/openapi.json" sync-server/console/openapi.json
  fi
  build_pages "the console" sync-server/console
}

# build_app: the phone app, around the core that build_wasm makes.
build_app() {
  build_wasm
  [ -f client-core/app/core/anketa-core.wasm ] || { skip "the phone app: its core was not built"; return 0; }
  build_pages "the phone app" client-core/app
}
