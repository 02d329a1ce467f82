#!/bin/bash
# run.sh NAME [ARGUMENTS]: runs tests/e2e/NAME.py on a screen, a session bus and a home of its own, so
# that tests neither see each other nor the machine. QUAY_BUILD_DIR names the build to test.
#   QUAY_WM=openbox   with a window manager
#   QUAY_IME=Unikey   with ibus and that engine (Telex)
#   QUAY_DISKS=1      able to mount small disks, which go with it; skipped where that is not allowed
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
if [ "${QUAY_E2E_INSIDE:-}" != 1 ]; then
  export QUAY_E2E_INSIDE=1
  export QUAY_BUILD_DIR=${QUAY_BUILD_DIR:-$here/../../build-test}
  QUAY_BUILD_DIR=$(cd "$QUAY_BUILD_DIR" && pwd)
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  trap 'exit 143' TERM INT
  mkdir -m 700 "$work/home" "$work/run"
  # No viewer of forms lays itself over the till: imagemagick offers itself for PDF.
  mkdir "$work/home/.config"
  printf '[Removed Associations]\napplication/pdf=display-im6.q16.desktop;\n' >"$work/home/.config/mimeapps.list"
  export HOME="$work/home" XDG_RUNTIME_DIR="$work/run"
  unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME DBUS_SESSION_BUS_ADDRESS GTK_A11Y
  export LC_ALL=C.UTF-8 GSETTINGS_BACKEND=memory GTK_USE_PORTAL=0 GTK_THEME=Default
  export PYTHONDONTWRITEBYTECODE=1 QUAY_LOCALEDIR="$QUAY_BUILD_DIR/data/po"
  export GTK_IM_MODULE="${QUAY_IME:+ibus}" XMODIFIERS="${QUAY_IME:+@im=ibus}"
  : "${GTK_IM_MODULE:=gtk-im-context-simple}"
  # The bus and what it started leave with the script, whatever the test left behind.
  # What bus services say goes nowhere; the test itself speaks on descriptor 5.
  exec 5>&1
  inside=()
  if [ -n "${QUAY_DISKS:-}" ]; then
    inside=(unshare --mount)
    [ "$(id -u)" = 0 ] || inside=(unshare --user --map-root-user --mount)
    if ! "${inside[@]}" mount -t tmpfs -o size=64k none "$work/home" 2>/dev/null; then
      echo "1..0 # SKIP no disk can be mounted here"
      exit 0
    fi
  fi
  "${inside[@]}" "$here/../display.sh" dbus-run-session -- "$0" "$@" >/dev/null 2> >(grep -v -e 'fd limit' -e 'Activating service' -e 'Successfully activated' -e '^X connection' -e 'dbind-WARNING' -e '^$' >&2)
  exit $?
fi

name=$1
shift
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done' EXIT
if [ -n "${QUAY_WM:-}" ]; then
  "$QUAY_WM" >/dev/null 2>&1 &
  pids+=($!)
fi
if [ -n "${QUAY_IME:-}" ]; then
  ibus-daemon --xim --panel=disable --config=disable --emoji-extension=disable >/dev/null 2>&1 &
  pids+=($!)
  deadline=$((SECONDS + 20))
  # Setting the engine also runs setxkbmap, which fails without a keyboard: ask which one is set.
  until ibus engine "$QUAY_IME" >/dev/null 2>&1 || [ "$(ibus engine 2>/dev/null)" = "$QUAY_IME" ]; do
    [ "$SECONDS" -lt "$deadline" ] || { echo "Bail out! ibus has no engine $QUAY_IME" >&5; exit 1; }
    sleep 0.1
  done
fi
/usr/bin/python3 "$here/$name.py" "$@" >&5
