-- Who may use the desk. A file of its own beside the ledger, so that a ledger can be passed on without it. Moments are
-- seconds since 1970; nothing that opens a door is kept as it is, only its print (SHA-256).
CREATE TABLE account (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('reader', 'coder', 'editor', 'admin')),
  -- Of argon2id, with its parameters and salt.
  password TEXT NOT NULL,
  disabled INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  print BLOB NOT NULL UNIQUE,
  account TEXT NOT NULL REFERENCES account (name),
  begun INTEGER NOT NULL,
  -- The last time that it was seen, to the minute.
  used INTEGER NOT NULL,
  -- From where, and by which browser, as it was begun: so that its owner can recognise it.
  address TEXT NOT NULL,
  agent TEXT NOT NULL
) STRICT;
CREATE INDEX session_of_account ON session (account);

CREATE TABLE token (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  print BLOB NOT NULL UNIQUE,
  account TEXT NOT NULL REFERENCES account (name),
  name TEXT NOT NULL,
  -- At most that of the account counts.
  role TEXT NOT NULL CHECK (role IN ('reader', 'coder', 'editor', 'admin')),
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER
) STRICT;
CREATE INDEX token_of_account ON token (account);

-- What was done and by whom. `print` is made of all fields and of the print before: whoever changes, removes or inserts
-- a line breaks the chain.
CREATE TABLE audit (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  detail TEXT NOT NULL,
  print BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
  SELECT raise(ABORT, 'the audit log is only ever appended to');
END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN
  SELECT raise(ABORT, 'the audit log is only ever appended to');
END;
-- Also against INSERT OR REPLACE.
CREATE TRIGGER audit_grows BEFORE INSERT ON audit
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit) BEGIN
  SELECT raise(ABORT, 'the audit log is only ever appended to');
END;
