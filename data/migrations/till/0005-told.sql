-- Keys of persons travel to the shop's other tills by way of the server, which is told of each once.

ALTER TABLE person_key ADD COLUMN told INTEGER NOT NULL DEFAULT 0; -- 1: the server knows that it is here
CREATE INDEX person_untold ON person_key (event) WHERE told = 0;
