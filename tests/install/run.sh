#!/usr/bin/env bash
# Installs into a scratch prefix, builds a consumer against it, runs the consumer and the installed program.
#   run.sh BUILD_DIR SOURCE_DIR
set -euo pipefail
build=$1 source=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cmake --install "$build" --prefix "$scratch/prefix" >/dev/null
cmake -S "$source/tests/install" -B "$scratch/consumer" -G Ninja -DCMAKE_BUILD_TYPE=Release \
      -DCMAKE_CXX_FLAGS="${VANBAN_TEST_CXX_FLAGS:-}" -DCMAKE_PREFIX_PATH="$scratch/prefix" >/dev/null
cmake --build "$scratch/consumer" >/dev/null
"$scratch/consumer/consumer" "$scratch/prefix/share/vanban/models" >/dev/null
cd "$scratch"
"$scratch/prefix/bin/vanban" --version
"$scratch/prefix/bin/vanban" extract "$source/samples/1250-vpcp-kstt-2021.txt" | grep -q '"number":"1250/VPCP-KSTT"'
echo "install: ok"
