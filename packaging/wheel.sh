#!/bin/sh
# Wheel and sdist into dist/, built twice to see that both come out the same, byte by byte; `build` and `twine` installed.
set -eu
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)
export SOURCE_DATE_EPOCH
again=$(mktemp -d)
trap 'rm -rf "$again"' EXIT
rm -f dist/pumping_guide-*
python3 -m build --outdir dist .
python3 -m build --outdir "$again" .
for made in dist/pumping_guide-*; do cmp "$made" "$again/$(basename "$made")"; done
python3 -m twine check --strict dist/pumping_guide-*
