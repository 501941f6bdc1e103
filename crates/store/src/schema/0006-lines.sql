-- What lists and filters need of every report, claim, figure, incident and ceasefire, short enough to be read whole into
-- memory when a server starts. Made in the same step as what it is of. Bodies are in the form of `line/body.rs`.

-- Every value that a filter can name, once; kinds are those of `Facet`. A number is never used again.
CREATE TABLE word (
  id    INTEGER PRIMARY KEY AUTOINCREMENT,
  kind  INTEGER NOT NULL,
  value TEXT NOT NULL,
  UNIQUE (kind, value)
) STRICT;

-- One report with its claims and figures.
CREATE TABLE sheet (
  key     INTEGER PRIMARY KEY AUTOINCREMENT,
  article TEXT NOT NULL UNIQUE,
  -- The change that made it, see state 'change'.
  change  INTEGER NOT NULL,
  body    BLOB NOT NULL
) STRICT;
CREATE INDEX sheet_by_change ON sheet (change);

-- Signs of the numbers of what each claim of a report means: the claim's key in 8 bytes, then 48 bytes, for each that has any.
CREATE TABLE sense (
  sheet INTEGER PRIMARY KEY,
  signs BLOB NOT NULL
) STRICT;

-- One incident (kind 0) or ceasefire (kind 1).
CREATE TABLE matter (
  key    INTEGER PRIMARY KEY AUTOINCREMENT,
  kind   INTEGER NOT NULL,
  id     TEXT NOT NULL UNIQUE,
  change INTEGER NOT NULL,
  body   BLOB NOT NULL
) STRICT;
CREATE INDEX matter_by_change ON matter (change);

-- Sheets (kind 0) and matters (kind 1) that are gone; only those since state 'forgotten'.
CREATE TABLE gone (
  change INTEGER NOT NULL,
  kind   INTEGER NOT NULL,
  key    INTEGER NOT NULL,
  PRIMARY KEY (change, kind, key)
) STRICT, WITHOUT ROWID;

-- Entities of all reports, each once; where reports differ, the first that says something stays.
CREATE TABLE thing (
  id      TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  name    TEXT NOT NULL,
  party   TEXT,
  country TEXT,
  lat     REAL,
  lon     REAL
) STRICT, WITHOUT ROWID;

-- change: counts changes of sheets and matters; forgotten: the last change of which nothing is told in 'gone';
-- claim: the last key that a claim was given, as none is given twice.
INSERT INTO state VALUES ('change', 1), ('forgotten', 0), ('claim', (SELECT coalesce(max(key), 0) FROM claim));
