-- Keys of customers and buyers on their way between the tills of one shop, sealed for one till each: this
-- server can't open them. Not rows of events; but nothing is here of a customer who was erased.

ALTER TABLE site ADD COLUMN persons INTEGER NOT NULL DEFAULT 1; -- a ts or more; changes with what its tills may have

CREATE TABLE person (
  site INTEGER NOT NULL, till BLOB NOT NULL,
  event BLOB NOT NULL,             -- the customer's id, or the event's whose person it is
  state INTEGER NOT NULL,          -- 0 a box waits for it, 1 the till has the key, 2 it said so before
  key TEXT,                        -- id of the till's key that the box is sealed for
  box BLOB,                        -- gone when it was taken
  PRIMARY KEY (site, till, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_waits ON person (site, till) WHERE state = 0;
