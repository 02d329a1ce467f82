#!/bin/bash
# Runs a command on an X server of its own, 1366x768, and ends the server with it. The server picks
# a free number itself, so any number of these may run side by side.
set -euo pipefail

number=$(mktemp)
Xvfb -displayfd 3 -screen 0 "${QUAY_SCREEN:-1366x768x24}" -nolisten tcp -noreset \
  3>"$number" >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -f "$number"' EXIT
trap 'exit 143' TERM INT

deadline=$((SECONDS + 20))
until [ -s "$number" ]; do
  if ! kill -0 "$server" 2>/dev/null || [ "$SECONDS" -ge "$deadline" ]; then
    echo "display.sh: no X server within 20 s" >&2
    exit 99
  fi
  sleep 0.02
done

export DISPLAY=":$(cat "$number")"
unset WAYLAND_DISPLAY XAUTHORITY
export GDK_BACKEND=x11 GSK_RENDERER=cairo GDK_DEBUG=gl-disable
status=0
"$@" || status=$?
exit "$status"
