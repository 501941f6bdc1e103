-- What people say of claims and figures: a layer of its own that is only ever added to. Nothing here refers to a reading by
-- key, so that a report that is read again keeps what was said of it. Moments are seconds since 1970.
CREATE TABLE correction (
  number      INTEGER PRIMARY KEY AUTOINCREMENT,
  -- 'claim' or 'figure', and the id that it had then.
  kind        TEXT NOT NULL,
  object      TEXT NOT NULL,
  -- Where it stood, and how the machine read it: a map of fields.
  article     TEXT NOT NULL,
  start       INTEGER NOT NULL,
  end         INTEGER NOT NULL,
  quote       TEXT NOT NULL,
  read_json   TEXT NOT NULL,
  print       TEXT NOT NULL,
  coder       TEXT NOT NULL,
  at          INTEGER NOT NULL,
  -- 1: an editor's decision.
  settles     INTEGER NOT NULL,
  verdict     TEXT NOT NULL,
  -- For 'correct': a map of fields. For 'take-back': the number that does not count any more.
  values_json TEXT,
  takes_back  INTEGER,
  why         TEXT NOT NULL
) STRICT;
CREATE INDEX correction_by_object ON correction (kind, object);
CREATE INDEX correction_by_article ON correction (article);

CREATE TRIGGER correction_never_changes BEFORE UPDATE ON correction BEGIN
  SELECT RAISE(ABORT, 'a correction never changes; add another');
END;
CREATE TRIGGER correction_never_goes BEFORE DELETE ON correction BEGIN
  SELECT RAISE(ABORT, 'a correction never goes; take it back by another');
END;
-- INSERT OR REPLACE would pass by the other two.
CREATE TRIGGER correction_never_replaces BEFORE INSERT ON correction WHEN new.number IN (SELECT number FROM correction) BEGIN
  SELECT RAISE(ABORT, 'a correction never changes; add another');
END;
