# SPDX-License-Identifier: MIT
# What the scripts of this folder share; sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null  # nothing here ever asks a question

bold='' plain=''
if [[ -t 1 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  bold=$'\e[1m' plain=$'\e[0m'
fi

# heading TEXT: begins a part of the work.
heading() { printf '\n%s== %s%s\n' "$bold" "$*" "$plain"; }

# run COMMAND ARG...: shows a command, then runs it.
run() {
  printf '%s$ %s%s\n' "$bold" "$*" "$plain"
  "$@"
}

# Checkouts in different folders share what ccache holds: paths below this one are taken as relative.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
