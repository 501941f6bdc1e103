//! What a file of accounts promises: private, appended to, and not mended unseen.

use rusqlite::Connection;
use store::{Accounts, Broken, Deed};

fn deed(at: i64, action: &str) -> Deed {
    Deed {
        at,
        who: "console".into(),
        address: String::new(),
        action: action.into(),
        object: "mara".into(),
        detail: "é".into(),
    }
}

#[test]
fn the_log_is_only_appended_to_and_a_change_past_that_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.accounts");
    let mut accounts = Accounts::open(&path).unwrap();
    assert_eq!(accounts.check_audit().unwrap(), Ok(None));
    assert!(accounts.add("mara", "editor", "print", &deed(1, "account")).unwrap());
    assert!(!accounts.add("mara", "admin", "print", &deed(2, "account")).unwrap(), "there is one");
    assert!(accounts.set_role("mara", "coder", &deed(3, "role")).unwrap());
    accounts.log(&deed(4, "export")).unwrap();
    let lines = accounts.audit(None, 10).unwrap();
    assert_eq!(lines.iter().map(|l| (l.number, l.deed.at)).collect::<Vec<_>>(), [(3, 4), (2, 3), (1, 1)]);
    assert_eq!(accounts.check_audit().unwrap().unwrap().unwrap(), lines[0]);
    assert_eq!(accounts.audit(Some(3), 1).unwrap(), lines[1..2]);

    let db = Connection::open(&path).unwrap();
    for sql in [
        "UPDATE audit SET who = 'nobody' WHERE number = 2",
        "DELETE FROM audit WHERE number = 3",
        "INSERT OR REPLACE INTO audit SELECT number, at, 'x', address, action, object, detail, print FROM audit \
         WHERE number = 2",
        "INSERT INTO audit SELECT 9, at, who, address, action, object, detail, print FROM audit WHERE number = 2",
    ] {
        let refused = db.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("only ever appended to"), "{sql}: {refused}");
    }
    db.execute_batch("DROP TRIGGER audit_stays; UPDATE audit SET detail = '' WHERE number = 2").unwrap();
    assert_eq!(accounts.check_audit().unwrap(), Err(Broken { number: 2 }));
    db.execute_batch("DROP TRIGGER audit_is_kept; DELETE FROM audit WHERE number = 1").unwrap();
    assert_eq!(accounts.check_audit().unwrap(), Err(Broken { number: 1 }));
}

#[test]
fn other_files_are_left_alone_and_ours_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("b.accounts");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert!(Accounts::open(&foreign).err().unwrap().to_string().contains("no accounts of Standoff"));
    let absent = folder.path().join("c.accounts");
    assert!(Accounts::open_existing(&absent).err().unwrap().is_absent());
    assert!(!absent.exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        drop(Accounts::open(&absent).unwrap());
        assert_eq!(std::fs::metadata(&absent).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_role_is_one_of_four() {
    let folder = tempfile::tempdir().unwrap();
    let mut accounts = Accounts::open(&folder.path().join("a.accounts")).unwrap();
    assert!(accounts.add("mara", "root", "print", &deed(1, "account")).is_err());
    assert_eq!(accounts.accounts().unwrap(), []);
    assert!(accounts.add("mara", "reader", "print", &deed(1, "account")).unwrap());
    assert!(accounts.set_role("mara", "root", &deed(2, "role")).is_err());
    assert_eq!(accounts.audit(None, 9).unwrap().len(), 1, "what was not done is not told");
}
