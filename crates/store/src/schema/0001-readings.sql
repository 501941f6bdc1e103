-- What each report says, and what reconciliation makes of all of them.
-- Spans are bytes of article.text, half-open. Columns ending in _json hold lists as JSON.

CREATE TABLE state (
  key   TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT;
-- revision: counts changes of the readings; derived: the revision that incidents, ceasefires and origins were made from.
INSERT INTO state VALUES ('revision', 1), ('derived', 0);

CREATE TABLE article (
  id                   TEXT PRIMARY KEY,
  path                 TEXT NOT NULL,
  url                  TEXT,
  outlet               TEXT,
  title_start          INTEGER,
  title_end            INTEGER,
  byline_json          TEXT NOT NULL,
  agencies_json        TEXT NOT NULL,
  published_value      TEXT,
  published_precision  TEXT,
  published_basis      TEXT NOT NULL,
  published_spans_json TEXT NOT NULL,
  language             TEXT,
  text                 TEXT NOT NULL,
  dateline_start       INTEGER,
  dateline_end         INTEGER,
  reader               TEXT NOT NULL
) STRICT;
CREATE INDEX article_by_path ON article (path, id);

CREATE TABLE note (
  article  TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL,
  message  TEXT NOT NULL,
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity (
  article      TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  position     INTEGER NOT NULL,
  id           TEXT NOT NULL,
  kind         TEXT NOT NULL,
  name         TEXT NOT NULL,
  aliases_json TEXT NOT NULL,
  party        TEXT,
  country      TEXT,
  lat          REAL,
  lon          REAL,
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_by_id ON entity (id);
CREATE INDEX entity_by_party ON entity (party);

CREATE TABLE claim (
  key            INTEGER PRIMARY KEY,
  article        TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  position       INTEGER NOT NULL,
  id             TEXT NOT NULL,
  start          INTEGER NOT NULL,
  end            INTEGER NOT NULL,
  content        TEXT NOT NULL,
  cue_start      INTEGER,
  cue_end        INTEGER,
  speakers_json  TEXT NOT NULL,
  joint          INTEGER NOT NULL,
  act            TEXT NOT NULL,
  event          TEXT,
  mode           TEXT,
  actors_json    TEXT NOT NULL,
  targets_json   TEXT NOT NULL,
  places_json    TEXT NOT NULL,
  time_value     TEXT,
  time_end       TEXT,
  time_precision TEXT,
  time_start_at  INTEGER,
  time_end_at    INTEGER,
  time_basis     TEXT,
  polarity       TEXT NOT NULL,
  status         TEXT NOT NULL,
  answers_json   TEXT NOT NULL,
  found_json     TEXT NOT NULL,
  first_day      TEXT,
  last_day       TEXT,
  UNIQUE (article, position)
) STRICT;
CREATE INDEX claim_by_id ON claim (id);
CREATE INDEX claim_by_act ON claim (act);
CREATE INDEX claim_by_event ON claim (event, mode);
CREATE INDEX claim_by_day ON claim (first_day, last_day);

CREATE VIRTUAL TABLE claim_words USING fts5 (content, content = 'claim', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER claim_words_in AFTER INSERT ON claim BEGIN
  INSERT INTO claim_words (rowid, content) VALUES (new.key, new.content);
END;
CREATE TRIGGER claim_words_out AFTER DELETE ON claim BEGIN
  INSERT INTO claim_words (claim_words, rowid, content) VALUES ('delete', old.key, old.content);
END;

CREATE TABLE figure (
  article       TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  position      INTEGER NOT NULL,
  id            TEXT NOT NULL,
  claim         TEXT,
  start         INTEGER NOT NULL,
  end           INTEGER NOT NULL,
  harm          TEXT NOT NULL,
  low           INTEGER,
  high          INTEGER,
  qualifier     TEXT NOT NULL,
  category      TEXT NOT NULL,
  party         TEXT,
  place         TEXT,
  period_from   TEXT,
  period_to     TEXT,
  period_start  INTEGER,
  period_end    INTEGER,
  speakers_json TEXT NOT NULL,
  superseded    INTEGER NOT NULL,
  rule          TEXT NOT NULL,
  first_day     TEXT,
  last_day      TEXT,
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX figure_by_id ON figure (id);
CREATE INDEX figure_by_party ON figure (party);
CREATE INDEX figure_by_day ON figure (first_day, last_day);

-- Truces as one report tells of them.
CREATE TABLE truce (
  article  TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  position INTEGER NOT NULL,
  id       TEXT NOT NULL,
  body_json TEXT NOT NULL,
  PRIMARY KEY (article, position)
) STRICT, WITHOUT ROWID;

-- What filters look for: party slugs, and names of speakers and places in small letters.
CREATE TABLE facet (
  article TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  object  TEXT NOT NULL,
  kind    TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (kind, value, object, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX facet_by_article ON facet (article);
CREATE INDEX facet_by_object ON facet (object, kind);

-- From here on: made again from the readings whenever they change.
CREATE TABLE origin (
  article TEXT PRIMARY KEY,
  origin  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  position  INTEGER PRIMARY KEY,
  id        TEXT NOT NULL,
  event     TEXT,
  body_json TEXT NOT NULL
) STRICT;

CREATE TABLE ceasefire (
  position  INTEGER PRIMARY KEY,
  id        TEXT NOT NULL,
  kind      TEXT NOT NULL,
  body_json TEXT NOT NULL
) STRICT;
