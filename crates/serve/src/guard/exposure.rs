//! Where may the desk answer? On this machine alone without accounts; elsewhere only with them.

use std::fmt;

use store::Accounts;

use crate::desk::Settings;

/// Why the desk does not open as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(String);

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// Checks where the desk is to answer; returns what whoever opens it should know.
///
/// # Errors
/// If anybody could read and change the ledger.
pub fn exposed(settings: &Settings) -> Result<Vec<String>, Refusal> {
    let path = Accounts::beside(&settings.ledger);
    let unreadable = |e| Refusal(format!("the accounts {} cannot be read: {e}", path.display()));
    let accounts = path.exists() && Accounts::open_existing(&path).and_then(|a| a.any()).map_err(unreadable)?;
    let home = settings.listen.ip().is_loopback();
    let how = "make the first account: standoff account add NAME --role admin";
    if !accounts && settings.behind_proxy {
        return Err(Refusal(format!("behind a proxy, others than you can ask, and there are no accounts; {how}")));
    }
    if !accounts && !home {
        let at = settings.listen.ip();
        return Err(Refusal(format!(
            "on {at} others than you can ask, and there are no accounts; {how}; or leave --listen away"
        )));
    }
    let mut told = Vec::new();
    if !accounts {
        told.push("there are no accounts: whoever uses this machine may read and correct".to_owned());
    }
    if !home && settings.tls.is_none() && !settings.behind_proxy {
        told.push(
            "passwords and pages go over the net unencrypted; use --tls-cert and --tls-key, or a proxy".to_owned(),
        );
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(ledger: &std::path::Path, listen: &str) -> Settings {
        Settings { listen: listen.parse().unwrap(), ..Settings::new(ledger.to_owned(), || 0) }
    }

    #[test]
    fn without_accounts_the_desk_stays_at_home() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = folder.path().join("a.db");
        let at_home = settings(&ledger, "127.0.0.1:0");
        assert_eq!(exposed(&at_home).unwrap().len(), 1);
        assert!(exposed(&settings(&ledger, "[::1]:0")).is_ok());
        let refused = exposed(&settings(&ledger, "0.0.0.0:80")).unwrap_err().to_string();
        assert!(refused.contains("standoff account add"), "{refused}");
        assert!(exposed(&Settings { behind_proxy: true, ..at_home }).is_err());
        let mut accounts = Accounts::open(&Accounts::beside(&ledger)).unwrap();
        assert!(exposed(&settings(&ledger, "0.0.0.0:80")).is_err(), "an empty file is none");
        let deed = store::Deed {
            at: 0,
            who: "console".into(),
            address: String::new(),
            action: "account".into(),
            object: "mara".into(),
            detail: String::new(),
        };
        assert!(accounts.add("mara", "admin", "print", &deed).unwrap());
        let told = exposed(&settings(&ledger, "0.0.0.0:80")).unwrap();
        assert!(told.len() == 1 && told[0].contains("unencrypted"), "{told:?}");
        assert!(exposed(&settings(&ledger, "127.0.0.1:0")).unwrap().is_empty());
    }
}
