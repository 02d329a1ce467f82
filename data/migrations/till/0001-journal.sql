-- The till's file, version 1. Never edited after release: a change is a new numbered file.
-- Columns named ts are milliseconds since 1970 UTC; day is the business date yyyymmdd; money is whole
-- đồng; qty is thousandths of a unit; ids are 16-byte blobs.

-- ===== the journal (what happened; append-only) =====

CREATE TABLE chain (               -- chains that this file knows; marks live here, beside the journal
  no INTEGER PRIMARY KEY           -- small number of the chain in this file
    CHECK (no BETWEEN 1 AND 8191),
  id BLOB NOT NULL UNIQUE,         -- the chain's id
  till BLOB NOT NULL,              -- the till that writes it
  code TEXT NOT NULL,              -- till code, as printed (QT1)
  letter TEXT NOT NULL,            -- chain letter, as printed (A)
  mine INTEGER NOT NULL,           -- 1: the chain that this program appends to
  acked INTEGER NOT NULL DEFAULT 0, -- highest seq that the server has acknowledged
  superseded_from INTEGER          -- records from here on were moved to another chain
) STRICT;

CREATE TABLE journal (             -- the records, byte for byte
  pos INTEGER PRIMARY KEY,         -- chain.no * 2^40 + seq
  hash BLOB NOT NULL,              -- hash(seq), covers the bytes and hash(seq - 1)
  bytes BLOB NOT NULL              -- one line of JSON without the line end
) STRICT;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN SELECT RAISE (ABORT, 'journal is append-only'); END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE (ABORT, 'journal is append-only'); END;

CREATE TABLE booked (              -- events whose rows are in the tables: each once, by id
  event BLOB PRIMARY KEY,
  pos INTEGER NOT NULL             -- the record that brought it
) STRICT, WITHOUT ROWID;

CREATE TABLE held (                -- records that this program can't book, with the reason
  pos INTEGER PRIMARY KEY,
  reason TEXT NOT NULL
) STRICT;

-- ===== projected tables (rows of events; rebuilt from the journal) =====

-- no, where a table has it, says where a row lies: booked.pos * 1024 + line (0 for a document's own
-- row). It is no fact: the key is the event's id (and line), found by way of booked. Rows of a new
-- event are thus appended, which writes half the pages that a key in order of the id would.

CREATE TABLE birth (               -- beginnings of chains
  no INTEGER PRIMARY KEY,
  event BLOB NOT NULL, till BLOB NOT NULL, code TEXT NOT NULL, letter TEXT NOT NULL,
  parent BLOB NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, version TEXT NOT NULL
) STRICT;

CREATE TABLE sale (
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL,                -- the event's id
  number TEXT NOT NULL,            -- QT1A-000042; not unique: two lives of a disk may print one twice
  day INTEGER NOT NULL, ts INTEGER NOT NULL, who TEXT NOT NULL, shift BLOB NOT NULL,
  loc BLOB NOT NULL,               -- where the goods were
  total INTEGER NOT NULL, vat INTEGER NOT NULL, lines INTEGER NOT NULL,
  age INTEGER NOT NULL,            -- 1: the customer was said to be 18 or older
  buyer TEXT,                      -- sealed name and tax code, its key in person_key
  note TEXT
) STRICT;
CREATE INDEX sale_day ON sale (day, number);

CREATE TABLE sale_line (
  no INTEGER PRIMARY KEY,
  sale BLOB NOT NULL, line INTEGER NOT NULL,
  product BLOB NOT NULL,           -- zero: no catalogue entry
  sku TEXT, name TEXT NOT NULL, unit TEXT,
  kind INTEGER NOT NULL,           -- 0 piece, 1 weighed, 2 priced label
  qty INTEGER NOT NULL, tare INTEGER NOT NULL, price INTEGER NOT NULL,
  amount INTEGER NOT NULL,         -- to pay, VAT included
  net INTEGER NOT NULL,            -- without VAT
  vat_class TEXT, rate INTEGER NOT NULL, -- hundredths of a percent, -1 not taxed
  code TEXT, lot_text TEXT, trace TEXT, note TEXT, abv INTEGER NOT NULL
) STRICT;

CREATE TABLE payment (             -- of a sale; negative: of a refund
  no INTEGER PRIMARY KEY,
  doc BLOB NOT NULL, line INTEGER NOT NULL, tender TEXT NOT NULL, amount INTEGER NOT NULL,
  given INTEGER NOT NULL, change INTEGER NOT NULL, ref TEXT
) STRICT;

CREATE TABLE stock_move (
  no INTEGER PRIMARY KEY,
  event BLOB NOT NULL, line INTEGER NOT NULL, loc BLOB NOT NULL, product BLOB NOT NULL,
  lot BLOB NOT NULL,               -- zero: unallocated
  qty INTEGER NOT NULL, ts INTEGER NOT NULL, kind TEXT NOT NULL
) STRICT;

CREATE TABLE stock_balance (
  loc BLOB NOT NULL, product BLOB NOT NULL, lot BLOB NOT NULL, qty INTEGER NOT NULL,
  PRIMARY KEY (loc, product, lot)
) STRICT, WITHOUT ROWID;

CREATE TABLE running (             -- small figures that many events move
  what TEXT NOT NULL,              -- drawer: cash of a shift; number: documents of a number prefix, so
                                   -- named that it lies beside the newest shift's: one page a sale
  key TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (what, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (                -- one value of one entity
  kind TEXT NOT NULL,              -- setting, param, category, commune, producer, certificate, location, product
  entity BLOB NOT NULL,            -- id, or the bytes of a code
  field TEXT NOT NULL, value ANY,
  lam INTEGER NOT NULL, event BLOB NOT NULL, -- which event won
  PRIMARY KEY (kind, entity, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE code (                -- what a scanned code means
  code TEXT PRIMARY KEY, product BLOB, lam INTEGER NOT NULL, event BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX code_product ON code (product);

CREATE TABLE price (               -- price from a day on; NULL: none from that day
  product BLOB NOT NULL, day INTEGER NOT NULL, price INTEGER,
  lam INTEGER NOT NULL, event BLOB NOT NULL,
  PRIMARY KEY (product, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE refund (
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL, number TEXT NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, shift BLOB NOT NULL, sale BLOB NOT NULL, of TEXT NOT NULL,
  total INTEGER NOT NULL, why TEXT
) STRICT;
CREATE INDEX refund_day ON refund (day);

CREATE TABLE refund_line (
  no INTEGER PRIMARY KEY,
  refund BLOB NOT NULL, line INTEGER NOT NULL, sale BLOB NOT NULL, sale_line INTEGER NOT NULL,
  qty INTEGER NOT NULL, amount INTEGER NOT NULL, net INTEGER NOT NULL, restock INTEGER NOT NULL
) STRICT;
CREATE INDEX refund_line_sale ON refund_line (sale, sale_line);

CREATE TABLE cash_move (
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL, number TEXT NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, shift BLOB NOT NULL, amount INTEGER NOT NULL, why TEXT
) STRICT;

CREATE TABLE shift (
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL, number TEXT NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, float INTEGER NOT NULL
) STRICT;

CREATE TABLE shift_close (
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL, shift BLOB NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, counted INTEGER NOT NULL, expected INTEGER NOT NULL, why TEXT
) STRICT;
CREATE INDEX shift_close_shift ON shift_close (shift);

CREATE TABLE audit (               -- what is not a sale but must be seen
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL, kind TEXT NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, shift BLOB NOT NULL, subject BLOB NOT NULL, ref TEXT, name TEXT,
  qty INTEGER NOT NULL, amount INTEGER NOT NULL, why TEXT
) STRICT;

CREATE TABLE document (            -- long documents that were closed
  no INTEGER PRIMARY KEY,
  id BLOB NOT NULL, document BLOB NOT NULL, kind TEXT NOT NULL, day INTEGER NOT NULL,
  ts INTEGER NOT NULL, who TEXT NOT NULL, name TEXT, count INTEGER NOT NULL, hash TEXT
) STRICT;

-- ===== derived from projected tables by this program (rebuilt with them) =====

CREATE TABLE item (                -- a product as the counter needs it, from its facts
  no INTEGER PRIMARY KEY,
  product BLOB NOT NULL UNIQUE,
  sku TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL, weighed INTEGER NOT NULL,
  vat_class TEXT NOT NULL, category TEXT NOT NULL, producer BLOB, producer_name TEXT NOT NULL,
  stars INTEGER NOT NULL, stars_from INTEGER NOT NULL, stars_until INTEGER NOT NULL, -- days
  abv INTEGER NOT NULL, minimum INTEGER NOT NULL, picture TEXT NOT NULL,
  active INTEGER NOT NULL,
  sort BLOB NOT NULL,              -- Vietnamese sort key of the name
  fold TEXT NOT NULL,              -- folded words of name, SKU, codes, producer
  rank INTEGER NOT NULL DEFAULT 0  -- how often it is sold; refreshed when idle
) STRICT;
-- no and active stand in them so that a whole list comes in order without its rows
CREATE INDEX item_sku ON item (sku, no, active);
CREATE INDEX item_sort ON item (sort, no, active);
CREATE INDEX item_category ON item (category, rank DESC, sort, no, active);
CREATE INDEX item_rank ON item (rank DESC, sort, no, active);
CREATE INDEX item_producer ON item (producer);

-- ===== local tables (this till's own; not facts, not rebuilt, not sent) =====

CREATE TABLE draft (               -- open carts, a handful; the sale's transaction deletes its draft
  no INTEGER PRIMARY KEY,          -- a plain table: a cart of some lines stays on one page
  id BLOB NOT NULL,                -- the event id that the sale will have
  held INTEGER NOT NULL,           -- 1: put aside; 0: on the counter
  ts INTEGER NOT NULL, label TEXT, body TEXT NOT NULL
) STRICT;

CREATE TABLE print_job (           -- receipts to print; a sent one is never sent again by itself
  sale BLOB PRIMARY KEY, state TEXT NOT NULL, -- queued, sending, sent, failed, unknown
  ts INTEGER NOT NULL, copies INTEGER NOT NULL, why TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE person_key (          -- keys of sealed personal fields; deleting one erases the person
  event BLOB PRIMARY KEY, key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE local (               -- small things that this till remembers
  key TEXT PRIMARY KEY, value ANY
) STRICT, WITHOUT ROWID;
