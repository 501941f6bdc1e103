-- The picture is made again only where readings have changed. Ids of traces are those of reconciliation; their bodies are
-- in a form that only it knows (state 'form'). Blocks are unsigned numbers kept as signed ones.
ALTER TABLE claim DROP COLUMN answers_json;

DROP TABLE origin;
DROP TABLE incident;
DROP TABLE ceasefire;
DELETE FROM state WHERE key = 'derived';
INSERT INTO state VALUES ('form', 0);

-- Articles whose readings have changed since they left their traces.
CREATE TABLE stale (
  article TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO stale SELECT id FROM article;

CREATE TABLE trace (
  key     INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT NOT NULL UNIQUE,
  layer   INTEGER NOT NULL,
  article TEXT NOT NULL,
  body    BLOB NOT NULL,
  blocks  BLOB NOT NULL
) STRICT;
CREATE INDEX trace_by_article ON trace (article);

-- Which traces stand in a block.
CREATE TABLE standing (
  block INTEGER NOT NULL,
  trace INTEGER NOT NULL,
  PRIMARY KEY (block, trace)
) STRICT, WITHOUT ROWID;

-- What was found to belong together, by the block in which it was found.
CREATE TABLE link (
  block  INTEGER NOT NULL,
  a      INTEGER NOT NULL,
  b      INTEGER NOT NULL,
  certain INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (block, a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_a ON link (a);
CREATE INDEX link_by_b ON link (b);

-- The origin, ceasefire or incident that a trace has become part of.
CREATE TABLE part (
  trace  INTEGER PRIMARY KEY,
  object TEXT NOT NULL
) STRICT;
CREATE INDEX part_by_object ON part (object);

CREATE TABLE origin (
  id        TEXT PRIMARY KEY,
  body_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  id        TEXT PRIMARY KEY,
  event     TEXT,
  disputed  INTEGER NOT NULL,
  body_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ceasefire (
  id        TEXT PRIMARY KEY,
  kind      TEXT NOT NULL,
  body_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX incident_by_dispute ON incident (disputed);

-- What articles of different origins share, by the block of the sentence.
CREATE TABLE shared (
  block     INTEGER PRIMARY KEY,
  body_json TEXT NOT NULL
) STRICT;
