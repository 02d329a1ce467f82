-- The till's file, version 2: a chain may have come down in several versions (a disk that was
-- copied, a server that went back), and a row of "chain" is a branch of one. The record that stands
-- at a seq is in the branch with first <= seq and (superseded_from IS NULL OR seq < superseded_from):
-- of those there is one. What does not stand any more stays in the journal and in the tables.

CREATE TABLE branch (
  no INTEGER PRIMARY KEY           -- small number of the branch in this file
    CHECK (no BETWEEN 1 AND 8191),
  id BLOB NOT NULL,                -- the chain's id
  till BLOB NOT NULL,              -- the till that writes it
  code TEXT NOT NULL,              -- till code, as printed (QT1)
  letter TEXT NOT NULL,            -- chain letter, as printed (A)
  mine INTEGER NOT NULL,           -- 1: the chain that this program appends to
  here INTEGER NOT NULL,           -- 1: its records were written into this file, not taken from elsewhere
  first INTEGER NOT NULL CHECK (first >= 1), -- seq of its first record
  follows INTEGER,                 -- journal.pos of the record before that; NULL at a chain's beginning
  superseded_from INTEGER          -- its records from this seq on do not stand any more
    CHECK (superseded_from >= first),
  lam INTEGER,                     -- greatest Lamport counter up to its last record; NULL: not counted.
                                   -- Of the chain that is appended to: as of some record
  acked INTEGER NOT NULL DEFAULT 0, -- highest seq of the chain that the server has acknowledged
  seal BLOB                        -- the server's, for that
) STRICT;

INSERT INTO branch (no, id, till, code, letter, mine, here, first, superseded_from, acked)
SELECT no, id, till, code, letter, mine,
  till = (SELECT till FROM chain WHERE mine = 1), 1, superseded_from, acked
FROM chain;

DROP TABLE chain;
ALTER TABLE branch RENAME TO chain;

CREATE UNIQUE INDEX chain_first ON chain (id, first)
  WHERE superseded_from IS NULL OR superseded_from > first;
CREATE UNIQUE INDEX chain_end ON chain (id) WHERE superseded_from IS NULL;
CREATE UNIQUE INDEX chain_mine ON chain (mine) WHERE mine = 1;
