-- The till's file, version 3: stock by lots. A movement names the document's line, what the goods
-- were sold for and what they cost; lots, documents of goods, counts, settlements, orders.

ALTER TABLE stock_move ADD COLUMN doc_line INTEGER NOT NULL DEFAULT 0; -- line of the document
ALTER TABLE stock_move ADD COLUMN amount INTEGER NOT NULL DEFAULT 0;   -- sold for
ALTER TABLE stock_move ADD COLUMN cost INTEGER NOT NULL DEFAULT 0;     -- what the goods cost
UPDATE stock_move SET doc_line = line;

-- Lots as they were received; a lot is made once and its terms never change. terms: 1 own, 2 commission,
-- 3 transfer price; price: of a unit; commission: hundredths of a percent; base: 0 of what was paid,
-- 1 of the shelf price; net: 1 without VAT; made, expires, day (received): days, 0 unknown
CREATE TABLE lot (
  no INTEGER PRIMARY KEY, event BLOB NOT NULL, line INTEGER NOT NULL, lot BLOB NOT NULL,
  product BLOB NOT NULL, producer BLOB NOT NULL, party BLOB NOT NULL, terms INTEGER NOT NULL,
  price INTEGER NOT NULL, commission INTEGER NOT NULL, base INTEGER NOT NULL, net INTEGER NOT NULL,
  made INTEGER NOT NULL, expires INTEGER NOT NULL, day INTEGER NOT NULL, code TEXT, trace TEXT,
  qty INTEGER NOT NULL
) STRICT;
CREATE INDEX lot_lot ON lot (lot);
CREATE INDEX lot_product ON lot (product);
CREATE INDEX lot_producer ON lot (producer);

-- Figures of a lot: in, sold, back (to the producer), loss (the shop bears it), waste (the producer
-- does), amount (sold for), cost (owed to the producer, or paid for the goods); s.… the same as
-- settlements stored them
CREATE TABLE lot_sum (
  lot BLOB NOT NULL, what TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (lot, what)
) STRICT, WITHOUT ROWID;

-- Documents of goods: received, issued, moved, counted, bundled. document: the first of the events of a
-- long one, which has the number; qty of a line: signed as the event says it (quay-body-stock.h)
CREATE TABLE voucher (
  no INTEGER PRIMARY KEY, id BLOB NOT NULL, document BLOB NOT NULL, kind TEXT NOT NULL, number TEXT,
  day INTEGER NOT NULL, ts INTEGER NOT NULL, who TEXT NOT NULL, loc BLOB NOT NULL, to_loc BLOB NOT NULL,
  party BLOB NOT NULL, name TEXT, reason TEXT, subject BLOB NOT NULL, ref TEXT,
  ref_day INTEGER NOT NULL, reverses BLOB NOT NULL, total INTEGER NOT NULL, owed INTEGER NOT NULL,
  note TEXT
) STRICT;
CREATE INDEX voucher_day ON voucher (day);
CREATE INDEX voucher_document ON voucher (document);

-- their lines, as on the form
CREATE TABLE voucher_line (
  no INTEGER PRIMARY KEY, voucher BLOB NOT NULL, line INTEGER NOT NULL, product BLOB NOT NULL, sku TEXT,
  name TEXT NOT NULL, unit TEXT, lot BLOB NOT NULL, qty INTEGER NOT NULL, other INTEGER NOT NULL,
  price INTEGER NOT NULL, amount INTEGER NOT NULL, cost INTEGER NOT NULL, bearer INTEGER NOT NULL,
  seen INTEGER NOT NULL, deduct INTEGER NOT NULL, note TEXT
) STRICT;

-- what was seen on a shelf in a count
CREATE TABLE count_line (
  no INTEGER PRIMARY KEY, event BLOB NOT NULL, line INTEGER NOT NULL, count BLOB NOT NULL,
  loc BLOB NOT NULL, product BLOB NOT NULL, lot BLOB NOT NULL, whole INTEGER NOT NULL,
  qty INTEGER NOT NULL, seen INTEGER NOT NULL, who TEXT NOT NULL
) STRICT;
CREATE INDEX count_line_count ON count_line (count);

-- quantities of a document that came from another lot than was thought
CREATE TABLE assign (
  no INTEGER PRIMARY KEY, id BLOB NOT NULL, day INTEGER NOT NULL, ts INTEGER NOT NULL,
  who TEXT NOT NULL, doc BLOB NOT NULL, line INTEGER NOT NULL, kind INTEGER NOT NULL,
  product BLOB NOT NULL, from_lot BLOB NOT NULL, to_lot BLOB NOT NULL, qty INTEGER NOT NULL,
  amount INTEGER NOT NULL, cost INTEGER NOT NULL, cost_from INTEGER NOT NULL, why TEXT
) STRICT;
CREATE INDEX assign_doc ON assign (doc, line);

-- settlements with producers of consigned goods
CREATE TABLE settlement (
  no INTEGER PRIMARY KEY, id BLOB NOT NULL, document BLOB NOT NULL, number TEXT, day INTEGER NOT NULL,
  ts INTEGER NOT NULL, who TEXT NOT NULL, producer BLOB NOT NULL, name TEXT, from_day INTEGER NOT NULL,
  to_day INTEGER NOT NULL, amount INTEGER NOT NULL, cost INTEGER NOT NULL, tax INTEGER NOT NULL,
  note TEXT
) STRICT;
CREATE INDEX settlement_producer ON settlement (producer);

-- their lots: what happened since the settlements before
CREATE TABLE settled_lot (
  no INTEGER PRIMARY KEY, settlement BLOB NOT NULL, line INTEGER NOT NULL, lot BLOB NOT NULL,
  product BLOB NOT NULL, sku TEXT, name TEXT NOT NULL, unit TEXT, opening INTEGER NOT NULL,
  received INTEGER NOT NULL, sold INTEGER NOT NULL, back INTEGER NOT NULL, loss INTEGER NOT NULL,
  waste INTEGER NOT NULL, amount INTEGER NOT NULL, cost INTEGER NOT NULL
) STRICT;
CREATE INDEX settled_lot_lot ON settled_lot (lot);

-- Producers' accounts: above 0 the shop owes more; doc: what it belongs to
CREATE TABLE entry (
  no INTEGER PRIMARY KEY, event BLOB NOT NULL, producer BLOB NOT NULL, kind TEXT NOT NULL,
  number TEXT, day INTEGER NOT NULL, ts INTEGER NOT NULL, who TEXT NOT NULL,
  amount INTEGER NOT NULL, doc BLOB NOT NULL, why TEXT
) STRICT;
CREATE INDEX entry_producer ON entry (producer);

-- orders with a deposit
CREATE TABLE customer_order (
  no INTEGER PRIMARY KEY, id BLOB NOT NULL, number TEXT NOT NULL, day INTEGER NOT NULL,
  ts INTEGER NOT NULL, who TEXT NOT NULL, loc BLOB NOT NULL, due INTEGER NOT NULL,
  total INTEGER NOT NULL, deposit INTEGER NOT NULL, tender TEXT, buyer TEXT, note TEXT
) STRICT;

CREATE TABLE customer_order_line (
  no INTEGER PRIMARY KEY, order_id BLOB NOT NULL, line INTEGER NOT NULL, product BLOB NOT NULL,
  sku TEXT, name TEXT NOT NULL, unit TEXT, qty INTEGER NOT NULL, price INTEGER NOT NULL,
  amount INTEGER NOT NULL, note TEXT
) STRICT;

-- how orders ended
CREATE TABLE customer_order_end (
  no INTEGER PRIMARY KEY, id BLOB NOT NULL, order_id BLOB NOT NULL, day INTEGER NOT NULL,
  ts INTEGER NOT NULL, who TEXT NOT NULL, how TEXT NOT NULL, sale BLOB NOT NULL, back INTEGER NOT NULL,
  why TEXT
) STRICT;
CREATE INDEX customer_order_end_order ON customer_order_end (order_id);
