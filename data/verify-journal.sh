#!/bin/sh
# Checks a journal written by `quayctl events export FILE` without any program of Quầy: by openssl,
# jq and awk alone, so that nobody has to trust a till to know what it did. A line of the file is one
# of these; below them what is computed, all numbers big-endian:
#
#   {"chain":,"till":,"code":,"letter":,"seq":,"hash":,"record":}     a record; "superseded":1 may follow
#   {"chain":,"till":,"seq":,"hash":,"seal":,"key":}                 a server's seal and its public key
#
#   hash(n) = SHA-256("quay1" | till 16 B | chain 16 B | n 8 B | length 4 B | record | hash(n-1))
#   seal    = Ed25519("quay1-head" | till 16 B | chain 16 B | n 8 B | hash(n))
#
# It finds each record that was changed, taken out, put in, moved or doubled. Records cut off at the
# end, and a chain made anew from its first record on, show only against what was kept elsewhere:
# - a receipt: its QR code says QUAY:NUMBER:CODE;
# - a place and hash that were noted down: CHAIN:SEQ:HASH;
# - a server's seal, which is a line of the file. With one or more KEYs (the server's public keys,
#   base64) only seals by these count, and each chain must have one.
#
# Exit code: 0 whole, 1 not whole, 2 wrong use.
set -eu
export LC_ALL=C
die () { echo "verify-journal: $*" >&2; exit 2; }

[ $# -ge 1 ] || die "usage: verify-journal.sh FILE [QUAY:NUMBER:CODE | CHAIN:SEQ:HASH | KEY]..."
[ -f "$1" ] && [ -r "$1" ] || die "can't read '$1'"
for tool in openssl jq awk xargs; do
  command -v "$tool" >/dev/null || die "this needs $tool"
done
file=$1
shift
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 2' HUP INT TERM
mkdir "$dir/r" "$dir/s"
printf '%s\n' "$@" >"$dir/known"

# 1. The record of each line as its own bytes; an empty line where there is none.
jq -rR 'try (fromjson | .record | if type == "string" and (test ("[\\x00-\\x1f]") | not) then . else "" end)
        catch ""' "$file" >"$dir/records" || die "jq can't read '$file'"

# 2. The lines' form and order; a file for each thing that is hashed (r) or sealed (s); the table.
awk -v dir="$dir" '
  function found(what) { print "line " NR ": " what }
  function bytes(hex, to,   i) {
    for (i = 1; i < length (hex); i += 2) printf "%c", value[substr (hex, i, 2)] > to
  }
  function number(n, size, to) { while (size-- > 0) printf "%c", int (n / 256 ^ size) % 256 > to }
  function bare(id) { gsub (/-/, "", id); return id }
  function is_hex(text, size) { return length (text) == size && text !~ /[^0-9a-f]/ }
  function is_id(text) { return length (text) == 36 && is_hex(bare(text), 32) }
  function is_base64(text) { return text ~ /^[A-Za-z0-9+\/]+=*$/ }

  function take_seal(   out) {
    seq = substr (f[11], 2) + 0; hash = f[14]
    start = start sprintf ("\"seq\":%.0f,\"hash\":\"%s\",\"seal\":\"%s\",\"key\":\"%s\"}", seq, hash, f[18], f[22])
    if ($0 != start || seq < 1 || !is_hex(hash, 64) || !is_base64(f[18]) || !is_base64(f[22])) {
      found("neither a record nor a seal")
      return
    }
    out = sprintf ("%s/s/%d", dir, NR)
    print f[18] > (out ".sig64"); close (out ".sig64")
    print f[22] > (out ".key64"); close (out ".key64")
    out = out ".text"
    printf "quay1-head" > out
    bytes(bare(till) bare(chain), out); number(seq, 8, out); bytes(hash, out); close (out)
    print "S", NR, chain, seq, hash, f[22] > (dir "/table")
  }

  # Exactly as it was written, with nothing behind the record.
  function is_record(   tail) {
    start = start sprintf ("\"code\":\"%s\",\"letter\":\"%s\",\"seq\":%.0f,\"hash\":\"%s\",\"record\":\"",
                           code, letter, seq, hash)
    tail = substr ($0, length (start) + 1)
    gsub (/\\./, "", tail)
    gone = tail ~ /^[^"\\]*","superseded":1}$/
    return index ($0, start) == 1 && (gone || tail ~ /^[^"\\]*"}$/) && record != "" && seq >= 1 &&
           is_hex(hash, 64)
  }

  function begin_chain() {
    if (seq != 1)
      found("chain " chain " begins at record " seq)
    else if (index (record, "{\"t\":\"chain.birth\",") != 1 || !index (record, "\"till\":\"" till "\"") ||
             !index (record, "\"code\":\"" code "\"") || !index (record, "\"letter\":\"" letter "\""))
      found("not the birth of " code letter)
    whose[chain] = till " " code " " letter; last[chain] = seq - 1
    stands[chain, seq - 1] = zero
  }

  function take_record(   before, out, at, label) {
    seq = substr (f[19], 2) + 0; hash = f[22]; code = f[12]; letter = f[16]
    if (!is_record()) { found("not a record"); return }
    if (!(chain in last)) begin_chain()
    if (whose[chain] != till " " code " " letter) found("names another till than its chain")
    before = gone && (chain, seq - 1) in lost ? lost[chain, seq - 1] : stands[chain, seq - 1]
    if (gone)
      lost[chain, seq] = hash
    else {
      if (seq != last[chain] + 1) found("record " seq " comes after record " last[chain])
      last[chain] = seq; stands[chain, seq] = hash
    }
    out = sprintf ("%s/r/%d", dir, NR)
    printf "quay1" > out
    bytes(bare(till) bare(chain), out); number(seq, 8, out); number(length (record), 4, out)
    printf "%s", record > out
    bytes(before, out); close (out)
    at = match (record, /"number":"[^"\\ ]+"/)
    label = code letter
    gsub (/[^A-Za-z0-9-]/, "?", label)
    print "R", NR, chain, seq, hash, label, at ? substr (record, at + 10, RLENGTH - 11) : "-", gone > (dir "/table")
  }

  BEGIN { for (i = 0; i < 256; i++) value[sprintf ("%02x", i)] = i; zero = sprintf ("%064d", 0) }
  {
    if ((getline record < (dir "/records")) <= 0) record = ""
    split (substr ($0, 1, 600), f, "\"")
    chain = f[4]; till = f[8]
    start = sprintf ("{\"chain\":\"%s\",\"till\":\"%s\",", chain, till)
    if (!is_id(chain) || !is_id(till)) found("neither a record nor a seal")
    else if (f[10] == "code") take_record()
    else take_seal()
  }' "$file" >"$dir/found"

# 3. The hashes and the seals, by openssl.
(cd "$dir/r" && find . -type f | xargs -r openssl dgst -sha256 -r) >"$dir/hashes"
for text in "$dir"/s/*.text; do
  [ -f "$text" ] || continue
  seal=${text%.text}
  openssl base64 -d -A -in "$seal.sig64" -out "$seal.sig"
  { printf '\060\052\060\005\006\003\053\145\160\003\041\000' # "an Ed25519 key follows", in DER
    openssl base64 -d -A -in "$seal.key64"; } >"$seal.der"
  if openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$seal.der" -in "$text" \
    -sigfile "$seal.sig" >"$seal.says" 2>&1; then
    echo "${seal##*/}"
  fi
done >"$dir/sealed"

# 4. The verdict.
: >>"$dir/table"
awk -v dir="$dir" '
  function found(what) { print what; bad++ }
  # What the receipt shows: 30 bits in base 32 without I, L, O, U.
  function code_of(hash,   i, n, text) {
    for (i = 1; i <= 8; i++) n = n * 16 + index ("0123456789abcdef", substr (hash, i, 1)) - 1
    for (n = int (n / 4); length (text) < 6; n = int (n / 32))
      text = substr ("0123456789ABCDEFGHJKMNPQRSTVWXYZ", n % 32 + 1, 1) text
    return text
  }
  BEGIN {
    while ((getline < (dir "/found")) > 0) found($0)
    while ((getline < (dir "/hashes")) > 0) { sub (/^.*\//, "", $2); real[$2] = $1 }
    while ((getline < (dir "/sealed")) > 0) good[$1] = 1
    while ((getline < (dir "/known")) > 0)
      if (length ($0) == 44 && !index ($0, ":")) { trusted[$0] = 1; keys++ }
      else if ($0 != "") known[++n_known] = $0
    while ((getline < (dir "/table")) > 0)
      if ($1 == "R") {
        n++
        if (real[$2] != $5) found("line " $2 ": record " $4 " of " $6 " is not what its hash says")
        codes[$7] = codes[$7] " " code_of($5) " "
        if (!$8) { stands[$3, $4] = $5; last[$3] = $4; name[$3] = $6 }
      } else {
        seals++
        line[seals] = $2; chain[seals] = $3; seq[seals] = $4; head[seals] = $5; by[seals] = $6
      }
    for (i = 1; i <= seals; i++)
      if (!good[line[i]]) found("line " line[i] ": the seal is false")
      else if (stands[chain[i], seq[i]] != head[i])
        found("line " line[i] ": the sealed record " seq[i] " is not here")
      else if (!keys || by[i] in trusted) {
        n_good++
        if (seq[i] > sealed[chain[i]]) sealed[chain[i]] = seq[i]
      }
    for (i = 1; i <= n_known; i++) {
      split (known[i], p, ":")
      if (p[1] == "QUAY" && length (p[3]) == 6) {
        if (!index (codes[p[2]], " " p[3] " ")) found("the receipt " p[2] " with code " p[3] " is not here")
      } else if (length (p[3]) == 64) {
        if (stands[p[1], p[2]] != p[3]) found("record " p[2] " of chain " p[1] " is not the one noted")
      } else {
        print "verify-journal: what is \"" known[i] "\"?"
        exit 2
      }
    }
    for (c in last) {
      if (keys && !sealed[c]) found("chain " name[c] " has no seal by a key that was given")
      print name[c] " " c ": records 1-" last[c] ", head " stands[c, last[c]] ", sealed up to " sealed[c] + 0
    }
    if (n == 0) found("there is no record in it")
    if (bad) print "NOT WHOLE: " bad " found in " n + 0 " records"
    else print "WHOLE: " n " records, " n_good + 0 " seals, " n_known + 0 " known from elsewhere"
    exit (bad > 0)
  }'
