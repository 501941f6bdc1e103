-- Origins have reasons, and what reports of different origins share; denials belong to incidents.
ALTER TABLE claim DROP COLUMN answers_json;

DROP TABLE origin;
CREATE TABLE origin (
  position  INTEGER PRIMARY KEY,
  body_json TEXT NOT NULL
) STRICT;

CREATE TABLE shared (
  position  INTEGER PRIMARY KEY,
  body_json TEXT NOT NULL
) STRICT;

UPDATE state SET value = 0 WHERE key = 'derived';
