-- The till's file, version 4: people, cash and second thoughts.

ALTER TABLE sale ADD COLUMN customer BLOB;      -- whose debt and points it moves
ALTER TABLE sale ADD COLUMN list TEXT;          -- price list, NULL: shelf prices
ALTER TABLE payment ADD COLUMN seen INTEGER NOT NULL DEFAULT 0; -- when a transfer was seen to arrive
ALTER TABLE refund ADD COLUMN customer BLOB;
ALTER TABLE refund ADD COLUMN exchange BLOB;    -- the sale that took it in the same step
ALTER TABLE refund ADD COLUMN approver TEXT;    -- who allowed it, if not who did it
ALTER TABLE refund_line ADD COLUMN product BLOB; -- from here on: only without a receipt
ALTER TABLE refund_line ADD COLUMN sku TEXT;
ALTER TABLE refund_line ADD COLUMN name TEXT;
ALTER TABLE refund_line ADD COLUMN unit TEXT;
ALTER TABLE refund_line ADD COLUMN vat_class TEXT;
ALTER TABLE refund_line ADD COLUMN rate INTEGER;
ALTER TABLE cash_move ADD COLUMN kind TEXT;     -- bank, safe, debt
ALTER TABLE cash_move ADD COLUMN party TEXT;
ALTER TABLE cash_move ADD COLUMN doc BLOB;
ALTER TABLE cash_move ADD COLUMN approver TEXT;
ALTER TABLE shift ADD COLUMN notes TEXT;        -- counted: 500000:2 200000:1
ALTER TABLE shift_close ADD COLUMN notes TEXT;
ALTER TABLE shift_close ADD COLUMN verified INTEGER NOT NULL DEFAULT 0; -- counted by the approver
ALTER TABLE shift_close ADD COLUMN approver TEXT;
ALTER TABLE shift_close ADD COLUMN note TEXT;   -- for who comes next
ALTER TABLE audit ADD COLUMN act TEXT;          -- what was done or allowed
ALTER TABLE audit ADD COLUMN approver TEXT;

-- why lines cost less than quantity × price. kind: 0 by hand, 1 share of the cart's, 2 promotion,
-- 3 expires soon
CREATE TABLE line_off (
  no INTEGER PRIMARY KEY, sale BLOB NOT NULL, n INTEGER NOT NULL, line INTEGER NOT NULL,
  kind INTEGER NOT NULL, amount INTEGER NOT NULL, promo BLOB, name TEXT
) STRICT;

CREATE TABLE list_price (          -- as price, of a price list
  list TEXT NOT NULL, product BLOB NOT NULL, day INTEGER NOT NULL, price INTEGER,
  lam INTEGER NOT NULL, event BLOB NOT NULL,
  PRIMARY KEY (list, product, day)
) STRICT, WITHOUT ROWID;

-- tenders put right; what was and what is, as payments of this document
CREATE TABLE payment_fix (
  no INTEGER PRIMARY KEY, id BLOB NOT NULL, number TEXT NOT NULL, day INTEGER NOT NULL,
  ts INTEGER NOT NULL, who TEXT NOT NULL, shift BLOB NOT NULL, sale BLOB NOT NULL, of TEXT, why TEXT,
  approver TEXT
) STRICT;
CREATE INDEX payment_fix_sale ON payment_fix (sale);

-- customers' accounts: amount above 0, the customer owes more
CREATE TABLE customer_move (
  no INTEGER PRIMARY KEY, event BLOB NOT NULL, customer BLOB NOT NULL, number TEXT NOT NULL,
  day INTEGER NOT NULL, ts INTEGER NOT NULL, who TEXT NOT NULL, shift BLOB NOT NULL,
  kind TEXT NOT NULL, amount INTEGER NOT NULL, points INTEGER NOT NULL, tender TEXT, doc BLOB, why TEXT
) STRICT;
CREATE INDEX customer_move_customer ON customer_move (customer);
