//! What can go wrong with a ledger file, in words that say how to mend it.

use rusqlite::ErrorCode;

/// Why a ledger could not be opened, read or written. Its text fits "cannot …: {error}".
#[derive(Debug)]
pub struct Error(pub(crate) Kind);

#[derive(Debug)]
pub(crate) enum Kind {
    Absent,
    NoAccounts,
    NotAccounts,
    NewerAccounts,
    NotALedger,
    Newer { found: u32, known: u32 },
    Older { found: u32 },
    ReadOnly,
    Locked,
    Full,
    Unreachable(rusqlite::Error),
    Damaged { place: String },
    Sql(rusqlite::Error),
}

impl Error {
    pub(crate) fn damaged(place: impl Into<String>) -> Self {
        Self(Kind::Damaged { place: place.into() })
    }

    /// Whether another program is writing to the file, so that the same step may go well later.
    pub fn is_locked(&self) -> bool {
        matches!(self.0, Kind::Locked)
    }

    /// Whether the file is not there at all.
    pub fn is_absent(&self) -> bool {
        matches!(self.0, Kind::Absent | Kind::NoAccounts)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Kind::Absent => f.write_str("there is no such file; read some reports into it first"),
            Kind::NoAccounts => {
                f.write_str("there are no accounts yet; make the first: standoff account add NAME --role admin")
            }
            Kind::NotAccounts => f.write_str("the file holds no accounts of Standoff; move it away"),
            Kind::NewerAccounts => f.write_str("a newer Standoff wrote it; use the newer program"),
            Kind::NotALedger => f.write_str("the file is not a ledger of Standoff; name another file"),
            Kind::Newer { found, known } => write!(
                f,
                "a newer Standoff wrote it (format {found}, this program knows {known}); use the newer program, \
                 or read the reports into a new file"
            ),
            Kind::Older { found } => write!(
                f,
                "an older Standoff wrote it (format {found}); read any report into it once, which brings it up to date"
            ),
            Kind::ReadOnly => f.write_str("the file or its folder is read-only; copy it to where you may write"),
            Kind::Locked => f.write_str("another program is writing to it; wait for that to end and try again"),
            Kind::Full => {
                f.write_str("the disk is full; free some space and run the same command again, nothing is lost")
            }
            Kind::Unreachable(e) => {
                write!(f, "the file cannot be opened ({e}); check that its folder exists and may be used")
            }
            Kind::Damaged { place } => {
                write!(f, "the file is damaged ({place}); read the reports again into a new file")
            }
            Kind::Sql(e) => write!(f, "{e}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Unreachable(e) | Kind::Sql(e) => Some(e),
            _ => None,
        }
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self(kind)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(e: rusqlite::Error) -> Self {
        Self(match e.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Kind::NotALedger,
            Some(ErrorCode::DatabaseCorrupt) => Kind::Damaged { place: e.to_string() },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Kind::ReadOnly,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Locked,
            Some(ErrorCode::DiskFull) => Kind::Full,
            Some(ErrorCode::CannotOpen) => Kind::Unreachable(e),
            _ => match e {
                rusqlite::Error::InvalidColumnType(_, name, _) => Kind::Damaged { place: format!("column {name}") },
                rusqlite::Error::Utf8Error(..) => Kind::Damaged { place: "a text that is not UTF-8".into() },
                e => Kind::Sql(e),
            },
        })
    }
}
