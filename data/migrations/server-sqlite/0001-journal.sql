-- The province's file, version 1. Never edited after release: a change is a new numbered file.
-- Columns named ts are milliseconds since 1970 UTC; day is the business date yyyymmdd; money is whole
-- đồng; qty is thousandths of a unit; ids are 16-byte blobs; site is site.no, 0 for the province's own.

-- ===== who there is =====

CREATE TABLE site (                -- sales points
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  commune TEXT NOT NULL,           -- code of today's unit
  ts INTEGER NOT NULL              -- when it was entered
) STRICT;
INSERT INTO site (no, id, name, commune, ts) VALUES (0, zeroblob (16), '', '', 0);

CREATE TABLE till (
  id BLOB PRIMARY KEY,
  site INTEGER NOT NULL REFERENCES site (no),
  code TEXT NOT NULL,              -- as printed (QT1); a replaced till and its successor share one
  state INTEGER NOT NULL,          -- 0 enrolled, 1 revoked
  ts INTEGER NOT NULL              -- when it enrolled last
) STRICT, WITHOUT ROWID;
CREATE INDEX till_site ON till (site, code);

CREATE TABLE till_key (            -- public keys, also those that are over: old seals need them
  till BLOB NOT NULL, id TEXT NOT NULL,
  key BLOB NOT NULL,               -- Ed25519, 32 bytes
  state INTEGER NOT NULL,          -- 0 good, 1 given and not used yet, 2 over
  no INTEGER NOT NULL,             -- order of age
  PRIMARY KEY (till, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE secret (              -- one-time codes for enrolment
  hash BLOB PRIMARY KEY,           -- keyed hash of the code
  site INTEGER NOT NULL REFERENCES site (no),
  replaces BLOB NOT NULL,          -- the till whose place is taken; zero: none
  until INTEGER NOT NULL,          -- ts
  till BLOB NOT NULL,              -- who has used it, zero: nobody; then key, code, letter as answered
  key BLOB NOT NULL, code TEXT NOT NULL, letter TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE letter (              -- chain letters that are taken: none is given twice
  site INTEGER NOT NULL, code TEXT NOT NULL, letter TEXT NOT NULL,
  key TEXT NOT NULL,               -- what it was given for: chain:…, fork:…, till:…
  PRIMARY KEY (site, code, letter)
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm (               -- what a person at the office must see
  no INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, -- the same thing seen again only counts
  site INTEGER NOT NULL, till BLOB NOT NULL, chain BLOB NOT NULL, seq INTEGER NOT NULL,
  what TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL
) STRICT;

CREATE TABLE value (               -- small things that this server remembers
  key TEXT PRIMARY KEY, value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- ===== the journal (what happened; append-only) =====

CREATE TABLE chain (
  no INTEGER PRIMARY KEY
    CHECK (no BETWEEN 1 AND 2097151),
  id BLOB NOT NULL UNIQUE,
  till BLOB NOT NULL,              -- who writes it
  site INTEGER NOT NULL REFERENCES site (no),
  code TEXT NOT NULL, letter TEXT NOT NULL, -- as printed (QT1, A)
  hwm INTEGER NOT NULL,            -- its last seq here
  head BLOB NOT NULL,              -- hash there
  lam INTEGER NOT NULL,            -- Lamport counter of its last record that counts
  seal BLOB NOT NULL,              -- the till's signature of the head; zeros: none came
  ts INTEGER NOT NULL              -- when it last grew
) STRICT;
CREATE INDEX chain_site ON chain (site);

CREATE TABLE journal (             -- the records, byte for byte
  pos INTEGER PRIMARY KEY,         -- chain.no * 2^32 + seq
  hash BLOB NOT NULL,              -- hash(seq), covers the bytes and hash(seq - 1)
  bytes BLOB NOT NULL              -- one line of JSON without the line end
) STRICT;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE (ABORT, 'journal is append-only'); END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE (ABORT, 'journal is append-only'); END;

CREATE TABLE booked (              -- events whose rows are in the tables: each once a site, by id
  site INTEGER NOT NULL, event BLOB NOT NULL,
  pos INTEGER NOT NULL,            -- the record that brought it
  PRIMARY KEY (site, event)
) STRICT, WITHOUT ROWID;

CREATE TABLE held (                -- records that this program can't book, with the reason
  pos INTEGER PRIMARY KEY,
  reason TEXT NOT NULL
) STRICT;

-- ===== projected tables (rows of events; given again by a replay) =====

-- The columns are those of the till's tables, in the same meaning. no: booked.pos * 1024 + line, so
-- the rows of a document lie together, found by way of booked.

CREATE TABLE birth (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  event BLOB NOT NULL, till BLOB NOT NULL, code TEXT NOT NULL, letter TEXT NOT NULL,
  parent BLOB NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, version TEXT NOT NULL
) STRICT;

CREATE TABLE sale (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  id BLOB NOT NULL, number TEXT NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, shift BLOB NOT NULL, loc BLOB NOT NULL, total INTEGER NOT NULL,
  vat INTEGER NOT NULL, lines INTEGER NOT NULL, age INTEGER NOT NULL, buyer TEXT, note TEXT
) STRICT;
CREATE INDEX sale_day ON sale (site, day);

CREATE TABLE sale_line (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  sale BLOB NOT NULL, line INTEGER NOT NULL, product BLOB NOT NULL, sku TEXT, name TEXT NOT NULL,
  unit TEXT, kind INTEGER NOT NULL, qty INTEGER NOT NULL, tare INTEGER NOT NULL,
  price INTEGER NOT NULL, amount INTEGER NOT NULL, net INTEGER NOT NULL, vat_class TEXT,
  rate INTEGER NOT NULL, code TEXT, lot_text TEXT, trace TEXT, note TEXT, abv INTEGER NOT NULL
) STRICT;

CREATE TABLE payment (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  doc BLOB NOT NULL, line INTEGER NOT NULL, tender TEXT NOT NULL, amount INTEGER NOT NULL,
  given INTEGER NOT NULL, change INTEGER NOT NULL, ref TEXT
) STRICT;

CREATE TABLE stock_move (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  event BLOB NOT NULL, line INTEGER NOT NULL, loc BLOB NOT NULL, product BLOB NOT NULL,
  lot BLOB NOT NULL, qty INTEGER NOT NULL, ts INTEGER NOT NULL, kind TEXT NOT NULL
) STRICT;

CREATE TABLE stock_balance (
  site INTEGER NOT NULL, loc BLOB NOT NULL, product BLOB NOT NULL, lot BLOB NOT NULL,
  qty INTEGER NOT NULL,
  PRIMARY KEY (site, loc, product, lot)
) STRICT, WITHOUT ROWID;

CREATE TABLE running (
  site INTEGER NOT NULL, what TEXT NOT NULL, key TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (site, what, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
  site INTEGER NOT NULL, kind TEXT NOT NULL, entity BLOB NOT NULL, field TEXT NOT NULL, value ANY,
  lam INTEGER NOT NULL, event BLOB NOT NULL,
  PRIMARY KEY (site, kind, entity, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE code (
  site INTEGER NOT NULL, code TEXT NOT NULL, product BLOB, lam INTEGER NOT NULL, event BLOB NOT NULL,
  PRIMARY KEY (site, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE price (
  site INTEGER NOT NULL, product BLOB NOT NULL, day INTEGER NOT NULL, price INTEGER,
  lam INTEGER NOT NULL, event BLOB NOT NULL,
  PRIMARY KEY (site, product, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE refund (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  id BLOB NOT NULL, number TEXT NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, shift BLOB NOT NULL, sale BLOB NOT NULL, of TEXT NOT NULL,
  total INTEGER NOT NULL, why TEXT
) STRICT;
CREATE INDEX refund_day ON refund (site, day);

CREATE TABLE refund_line (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  refund BLOB NOT NULL, line INTEGER NOT NULL, sale BLOB NOT NULL, sale_line INTEGER NOT NULL,
  qty INTEGER NOT NULL, amount INTEGER NOT NULL, net INTEGER NOT NULL, restock INTEGER NOT NULL
) STRICT;

CREATE TABLE cash_move (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  id BLOB NOT NULL, number TEXT NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, shift BLOB NOT NULL, amount INTEGER NOT NULL, why TEXT
) STRICT;

CREATE TABLE shift (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  id BLOB NOT NULL, number TEXT NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, float INTEGER NOT NULL
) STRICT;

CREATE TABLE shift_close (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  id BLOB NOT NULL, shift BLOB NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, counted INTEGER NOT NULL, expected INTEGER NOT NULL, why TEXT
) STRICT;

CREATE TABLE audit (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  id BLOB NOT NULL, kind TEXT NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, shift BLOB NOT NULL, subject BLOB NOT NULL, ref TEXT, name TEXT,
  qty INTEGER NOT NULL, amount INTEGER NOT NULL, why TEXT
) STRICT;

CREATE TABLE document (
  no INTEGER PRIMARY KEY, site INTEGER NOT NULL,
  id BLOB NOT NULL, document BLOB NOT NULL, kind TEXT NOT NULL, day INTEGER NOT NULL,
  ts INTEGER NOT NULL, who TEXT NOT NULL, name TEXT, count INTEGER NOT NULL, hash TEXT
) STRICT;
