-- What `standoff watch` has to do, so that a restart loses nothing and repeats nothing. Moments are seconds since 1970.
CREATE TABLE feed (
  url TEXT PRIMARY KEY,
  -- Not asked again before.
  due INTEGER NOT NULL,
  -- How often in a row it could not be had.
  failures INTEGER NOT NULL,
  -- By what to ask whether it has changed; kept in one step with the pages that it listed then.
  etag TEXT,
  modified TEXT
) STRICT, WITHOUT ROWID;

-- Every page that a feed has ever listed, by the address that all links to it share.
CREATE TABLE page (
  key TEXT PRIMARY KEY,
  -- The address as the feed gives it, and its host.
  url TEXT NOT NULL,
  host TEXT NOT NULL,
  -- The feed that listed it first, and what it told of it then.
  feed TEXT NOT NULL,
  published TEXT,
  -- When the feed says it was changed last.
  updated TEXT,
  -- When it is to be looked at next; none: never again.
  due INTEGER,
  -- When it was first read, and how often it was.
  first INTEGER,
  looks INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  etag TEXT,
  modified TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX page_to_do ON page (due, host) WHERE due IS NOT NULL;
