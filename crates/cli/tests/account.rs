//! Accounts on the command line: passwords never as arguments, tokens shown once, a log that tells when it was changed.

mod program;

use std::io::Write;
use std::process::Stdio;

use program::{Place, Ran};

fn with_ledger() -> Place {
    let place = Place::new();
    assert_eq!(place.run(&["read", "reports/denial.txt"]).code, 0);
    place
}

/// Runs `standoff` with a line on standard input.
fn told(place: &Place, arguments: &[&str], line: &str) -> Ran {
    let mut command = place.command(arguments);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.unwrap();
    // Whoever refuses before reading closes it.
    let _ = child.stdin.take().unwrap().write_all(line.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { out: text(output.stdout), err: text(output.stderr), code: output.status.code().unwrap_or(-1) }
}

#[test]
fn an_account_is_made_changed_and_its_history_kept() {
    let place = with_ledger();
    let none = place.run(&["account", "list"]);
    assert!(none.code == 1 && none.err.contains("standoff account add NAME --role admin"), "{none:?}");
    let short = told(&place, &["account", "add", "mara", "--role", "admin"], "too short\n");
    assert!(short.code == 1 && short.err.contains("at least 12"), "{short:?}");
    let strange = told(&place, &["account", "add", "Mara Lind", "--role", "admin"], "seven grey herons\n");
    assert!(strange.code == 1 && strange.err.contains("letters a to z"), "{strange:?}");
    let made = told(&place, &["account", "add", "mara", "--role", "admin"], "seven grey herons\n");
    assert_eq!((made.code, made.err.as_str()), (0, "The account mara is made: admin.\n"));
    let twice = told(&place, &["account", "add", "mara", "--role", "reader"], "seven grey herons\n");
    assert!(twice.code == 1 && twice.err.contains("already"), "{twice:?}");
    assert_eq!(place.run(&["account", "role", "mara", "editor"]).code, 0);
    assert_eq!(place.run(&["account", "disable", "mara"]).code, 0);
    assert!(place.run(&["account", "list"]).out.starts_with("mara  editor  since "));
    assert!(place.run(&["account", "list"]).out.contains("disabled"));
    assert_eq!(place.run(&["account", "enable", "mara"]).code, 0);
    assert_eq!(told(&place, &["account", "password", "mara"], "nine quiet otters\n").code, 0);
    let token = place.run(&["account", "token", "mara", "--name", "nightly", "--role", "reader", "--days", "3"]);
    assert!(token.code == 0 && token.out.trim_end().len() == 9 + 64 && token.out.starts_with("standoff_"), "{token:?}");
    let ghost = place.run(&["account", "role", "ghost", "editor"]);
    assert!(ghost.code == 1 && ghost.err.contains("there is no account ghost"), "{ghost:?}");
    let log = place.run(&["account", "audit"]).out;
    let actions = ["account made", "role", "account disabled", "account enabled", "password", "token"];
    assert_eq!(log.lines().count(), actions.len(), "{log}");
    assert!(log.lines().zip(actions).all(|(line, action)| line.contains(action)), "{log}");
    for secret in ["herons", "otters", token.out.trim_end(), "$argon2id$"] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

#[test]
fn a_changed_log_is_found() {
    let place = with_ledger();
    told(&place, &["account", "add", "mara", "--role", "admin"], "seven grey herons\n");
    place.run(&["account", "disable", "mara"]);
    let whole = place.run(&["account", "audit", "--check"]);
    assert!(whole.code == 0 && whole.out.starts_with("The log is as it was written: 2 lines."), "{whole:?}");
    let db = rusqlite::Connection::open(place.path("standoff.db.accounts")).unwrap();
    db.execute_batch("DROP TRIGGER audit_stays; UPDATE audit SET who = 'ghost' WHERE number = 1").unwrap();
    let broken = place.run(&["account", "audit", "--check"]);
    assert!(broken.code == 1 && broken.err.contains("line 1 is not what was written"), "{broken:?}");
}

#[test]
fn a_desk_for_others_demands_accounts() {
    let place = with_ledger();
    for arguments in [&["serve", "--listen", "0.0.0.0", "--port", "0"][..], &["serve", "--behind-proxy", "--port", "0"]]
    {
        let refused = place.run(arguments);
        assert!(refused.code == 1 && refused.err.contains("standoff account add NAME --role admin"), "{refused:?}");
    }
    let alone = place.run(&["account", "add", "mara", "--role", "admin", "--ledger", "elsewhere.db"]);
    assert!(alone.code == 1 && !place.path("elsewhere.db.accounts").exists(), "{alone:?}");
}
