//! A desk for tests: a ledger in a folder of its own, an account for each role, a clock that stands.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use serve::{Desk, Role, Settings};
use sha2::{Digest, Sha256};
use store::{Accounts, Deed, Lifetimes, SqliteStore};
use tempfile::TempDir;
use tower::ServiceExt;

/// When all tests take place: 2026-03-01.
pub const NOW: i64 = 1_772_323_200;
/// Of every account.
pub const PASSWORD: &str = "seven grey herons";

/// A desk and where its files are.
pub struct Tried {
    pub folder: TempDir,
    pub desk: Desk,
    pub accounts: Option<Accounts>,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }
}

impl Tried {
    /// A desk with an account for each role, named as the role is, and `former`, a disabled admin.
    pub fn with_accounts() -> Self {
        Self::with_accounts_over(&|_| {})
    }

    /// The same, over a ledger that is filled first.
    pub fn with_accounts_over(fill: &dyn Fn(&mut SqliteStore)) -> Self {
        let mut tried = Self::of(fill, &|_| {});
        let password = serve::hash_password("reader", PASSWORD).unwrap();
        let mut accounts = Accounts::open(&Accounts::beside(&tried.ledger())).unwrap();
        for role in Role::ALL {
            assert!(accounts.add(role.as_str(), role.as_str(), &password, &deed("account")).unwrap());
        }
        accounts.add("former", "admin", &password, &deed("account")).unwrap();
        tried.accounts = Some(accounts);
        tried
    }

    /// A desk on one's own machine.
    pub fn at_home() -> Self {
        Self::prepared(&|_| {})
    }

    /// A desk with other settings.
    pub fn prepared(change: &dyn Fn(&mut Settings)) -> Self {
        Self::of(&|_| {}, change)
    }

    /// A desk over a ledger that is filled first.
    pub fn of(fill: &dyn Fn(&mut SqliteStore), change: &dyn Fn(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("ledger.db");
        fill(&mut SqliteStore::open(&ledger).unwrap());
        let mut settings = Settings::new(ledger, || NOW);
        settings.per_second = 0;
        change(&mut settings);
        Self { folder, desk: Desk::open(settings).unwrap(), accounts: None }
    }

    pub fn ledger(&self) -> PathBuf {
        self.folder.path().join("ledger.db")
    }

    pub fn accounts(&mut self) -> &mut Accounts {
        self.accounts.as_mut().unwrap()
    }

    /// Begins a session of an account; the value of its cookie, and what its forms carry.
    pub fn session(&mut self, account: &str) -> (String, String) {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        let print: [u8; 32] = Sha256::digest(bytes).into();
        let lives = Lifetimes { idle: 3600, absolute: 36000 };
        self.accounts().begin(account, &print, "test", lives, &deed("login")).unwrap();
        let mut csrf = Sha256::new();
        csrf.update(print);
        csrf.update("csrf");
        (hex(&bytes), hex(&csrf.finalize()))
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let answer = serve::router(self.desk.clone()).oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        // Streams of events never end; their heads are what is asked about.
        let events = parts.headers.get(header::CONTENT_TYPE).is_some_and(|t| t == "text/event-stream");
        let body = if events { Vec::new().into() } else { to_bytes(body, 1 << 24).await.unwrap() };
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8(body.into()).unwrap() }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, format!("standoff={cookie}"));
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, cookie: &str, form: &str) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, format!("standoff={cookie}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(form.to_owned())).unwrap()).await
    }
}

pub fn deed(action: &str) -> Deed {
    Deed {
        at: NOW,
        who: "console".into(),
        address: String::new(),
        action: action.into(),
        object: String::new(),
        detail: String::new(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
