#!/bin/bash
# Shows that each check can fail: it is fed a small tree that is clean, and then one fault at a time.
# TAP on standard output. Needs a display, as the checks of templates and styles do.
set -uo pipefail

here=$(cd "$(dirname "$0")" && pwd)
format="$here/../../.clang-format"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0

# A tree that every check passes.
clean ()
{
  rm -rf "$work/tree"
  mkdir -p "$work/tree"/{src/core,src/store,src/till,src/app,ui,data/po,data/migrations/till,tests/unit}
  cd "$work/tree" || exit 99
  cp "$format" .clang-format
  for folder in core store till app; do echo "# $folder" >"src/$folder/README.md"; done
  printf '/* Sums. */\n#pragma once\n\n/** The sum of two numbers. */\nint quay_sum (int a, int b);\n' >src/core/quay-sum.h
  printf '/* Sums. */\n#include "quay-sum.h"\n\nint\nquay_sum (int a, int b)\n{\n  return a + b;\n}\n' >src/core/quay-sum.c
  printf '/* Use. */\n#pragma once\n' >src/till/quay-use.h
  printf '/* Page. */\n#include <gtk/gtk.h>\n\nstatic const char *title = _ ("Sell");\n' >src/app/quay-page.c
  printf '%s\n' '<interface><template class="QuayPage" parent="GtkBox"/></interface>' >ui/quay-page.ui
  echo '.a { color: @q_fg; }' >ui/style.css
  echo '@define-color q_fg #000000;' >ui/light.css
  echo '@define-color q_fg #ffffff;' >ui/dark.css
  echo 'src/app/quay-page.c' >data/po/POTFILES
  printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Sell"\nmsgstr "Bán"\n' >data/po/vi.po
  echo 'CREATE TABLE t (a);' >data/migrations/till/0001-t.sql
  printf '%s\n' '<gresources><gresource prefix="/x"><file>migrations/till/0001-t.sql</file></gresource></gresources>' \
    >data/quay-data.gresource.xml
  printf '[Desktop Entry]\nType=Application\nName=Q\nExec=q\n' >data/q.desktop
}

report ()
{
  number=$((number + 1))
  echo "$1 $number - $2"
}

# passes CHECK: the clean tree has no fault.
passes ()
{
  local out
  clean
  if out=$(/usr/bin/python3 "$here/$1.py" "$work/tree" 2>&1); then
    report ok "/$1/clean"
  else
    report "not ok" "/$1/clean"
    sed 's/^/# /' <<<"$out"
  fi
}

# fails CHECK NAME FILE WHAT CONTENT [WHERE]: with CONTENT appended to FILE, the check ends with 1 and
# says WHAT of a file in the same folder, or of WHERE.
fails ()
{
  local check=$1 name=$2 file=$3 what=$4 content=$5 where=${6:-${3%/*}} out status
  clean
  mkdir -p "${file%/*}"
  printf '%b' "$content" >>"$file"
  out=$(/usr/bin/python3 "$here/$check.py" "$work/tree" 2>&1)
  status=$?
  if [ $status = 1 ] && grep -q -E "^$where[^ ]*:[0-9]+: .*$what" <<<"$out"; then
    report ok "/$check/$name"
  else
    report "not ok" "/$check/$name"
    echo "# status $status, wanted 1 and '$what' for $file"
    sed 's/^/# /' <<<"$out"
  fi
}

for check in layers banned sizes format docs binaries data translations css; do passes "$check"; done

c=src/core/quay-sum.c
fails layers upward $c 'src/till' '#include "quay-use.h"\n'
fails layers relative $c 'relative' '#include "../till/quay-use.h"\n'
fails layers relative-in-test tests/unit/test-a.c 'relative' '#include "../../src/core/quay-sum.h"\n'
fails layers sqlite src/till/quay-a.c 'sqlite3' '#include <sqlite3.h>\n'
fails layers gtk src/till/quay-a.c 'GTK' '#include <gtk/gtk.h>\n'
fails layers sql src/till/quay-a.c 'SQL' 'char *a = "SELECT a FROM t";\n'
fails layers unknown-folder src/misc/quay-a.c 'no layer' '/* a */\n'
fails banned double $c 'floating' 'double a;\n'
fails banned strtod src/till/quay-a.c 'floating' 'int a = strtod (b, NULL);\n'
fails banned atoi src/app/quay-a.c 'atoi' 'int a = atoi (b);\n'
fails banned sprintf src/app/quay-a.c 'sprintf' 'void f (void) { sprintf (a, b); }\n'
fails banned strcpy src/app/quay-a.c 'strcpy' 'void f (void) { strcpy (a, b); }\n'
fails banned gets src/app/quay-a.c 'gets' 'void f (void) { gets (a); }\n'
fails banned system src/app/quay-a.c 'system' 'void f (void) { system (a); }\n'
fails banned exec src/store/quay-a.c 'sqlite3_exec' 'void f (void) { sqlite3_exec (a); }\n'
fails banned clock $c 'QuayEnv' 'gint64 t = g_get_real_time ();\n'
fails banned left-over $c 'finish' "/* $(printf 'TO%s' DO) later */\n"
fails sizes file $c '600' "$(printf '\\n%.0s' $(seq 601))"
fails sizes function $c '80' "void f (void)\n{\n$(printf '  a ();\\n%.0s' $(seq 80))}\n"
fails sizes nesting $c 'nested' 'void f (void)\n{{{{{{ }}}}}}\n'
fails format layout $c 'clang-format' 'int   a ;\n'
fails docs comment src/core/quay-sum.h 'quay_less' '\nint quay_less (int a);\n'
fails docs purpose src/core/quay-new.c 'purpose' 'int a;\n'
fails docs readme src/journal/quay-a.c 'README' '/* a */\n'
fails binaries zero src/core/quay-x.bin 'binary' 'a\0b\n'
fails binaries encoding src/core/quay-x.txt 'UTF-8' '\0377\n'
fails data template ui/quay-page.ui 'ui' '<object/>'
fails data desktop data/q.desktop 'error' 'Version=9\n'
fails data metainfo data/q.metainfo.xml '.' '<component/>\n'
fails data unlisted data/migrations/till/0002-u.sql 'not listed' 'SELECT 1;\n'
fails translations unlisted src/till/quay-a.c 'POTFILES' '/* a */\nchar *a = _("b");\n'
fails translations missing src/app/quay-page.c 'not defined' 'char *b = _ ("Pay");\n' data/po/vi.po
fails translations untranslated data/po/vi.po 'untranslated' '\nmsgid "Pay"\nmsgstr ""\n'
fails translations fuzzy data/po/vi.po 'fuzzy' '\n#, fuzzy\nmsgid "Pay"\nmsgstr "Trả"\n'
fails css syntax ui/style.css 'property' '.b { display: grid; }\n'
fails css colour ui/style.css 'q_gone' '.b { color: @q_gone; }\n'
fails css uneven ui/light.css 'q_more' '@define-color q_more #111111;\n'
echo "1..$number"
