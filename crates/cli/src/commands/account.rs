//! Makes and changes accounts, and shows the log.

use std::io::{BufRead, IsTerminal, Write};

use anyhow::{Context, Result, anyhow, bail};
use jiff::Timestamp;
use publish::printable;
use store::{Accounts, Deed, SqliteStore};

use crate::arguments::{Account, RoleName, Wish};
use crate::{clock, terminal};

const DAY: i64 = 24 * 3600;

/// Does what is wished.
pub fn run(args: &Account) -> Result<()> {
    let path = Accounts::beside(&args.ledger);
    let context = || format!("cannot open the accounts {}", path.display());
    match &args.wish {
        Wish::Add { name, role } => {
            // A mistyped ledger would get accounts that no desk ever looks at.
            // One of an older program will do: the desk brings it up to date.
            match SqliteStore::open_existing(&args.ledger) {
                Err(e) if e.is_absent() => {
                    return Err(e).with_context(|| format!("cannot open the ledger {}", args.ledger.display()));
                }
                _ => {}
            }
            let name = serve::account_name(name).map_err(|e| anyhow!("cannot make the account: {e}"))?;
            let password = new_password(&name)?;
            add(&mut Accounts::open(&path).with_context(context)?, &name, *role, &password)
        }
        Wish::List => list(&Accounts::open_existing(&path).with_context(context)?),
        Wish::Audit { check: true, .. } => check(&Accounts::open_existing(&path).with_context(context)?),
        Wish::Audit { last, .. } => show(&Accounts::open_existing(&path).with_context(context)?, *last),
        wish => change(&mut Accounts::open_existing(&path).with_context(context)?, wish),
    }
}

fn add(accounts: &mut Accounts, name: &str, role: RoleName, password: &str) -> Result<()> {
    let deed = Deed { detail: role.as_str().to_owned(), ..deed("account made", name) };
    if !accounts.add(name, role.as_str(), password, &deed)? {
        bail!("there is an account {name} already; `standoff account role` gives it another role");
    }
    eprintln!("The account {name} is made: {}.", role.as_str());
    Ok(())
}

fn change(accounts: &mut Accounts, wish: &Wish) -> Result<()> {
    let (Wish::Role { name, .. }
    | Wish::Password { name }
    | Wish::Disable { name }
    | Wish::Enable { name }
    | Wish::RemoveSessions { name }
    | Wish::Token { account: name, .. }) = wish
    else {
        return Ok(());
    };
    let name = serve::account_name(name).map_err(|e| anyhow!("cannot find the account: {e}"))?;
    let account = accounts.account(&name)?;
    let account = account.ok_or_else(|| anyhow!("there is no account {name}; `standoff account list` shows all"))?;
    let told = match wish {
        Wish::Role { role, .. } => {
            let deed = Deed { detail: role.as_str().to_owned(), ..deed("role", &name) };
            accounts.set_role(&name, role.as_str(), &deed)?;
            format!("{name} is {} from now on.", role.as_str())
        }
        Wish::Password { .. } => {
            let password = new_password(&name)?;
            accounts.set_password(&name, &password, None, &deed("password", &name))?;
            format!("The password of {name} is another, and its sessions have ended; its tokens have not.")
        }
        Wish::Disable { .. } => {
            accounts.set_disabled(&name, true, &deed("account disabled", &name))?;
            format!("The account {name} is shut.")
        }
        Wish::Enable { .. } => {
            accounts.set_disabled(&name, false, &deed("account enabled", &name))?;
            format!("The account {name} is open.")
        }
        Wish::Token { name: what_for, role, days, .. } => {
            return token(accounts, &account.name, what_for, *role, *days);
        }
        _ => {
            accounts.end_sessions(&name, None, &deed("sessions ended", &name))?;
            format!("The sessions of {name} have ended.")
        }
    };
    eprintln!("{told}");
    Ok(())
}

fn token(accounts: &mut Accounts, account: &str, name: &str, role: RoleName, days: u16) -> Result<()> {
    let (token, print) = serve::new_token();
    let expires = clock::seconds() + i64::from(days) * DAY;
    let deed = Deed { detail: format!("{} of {account}, {days} days", role.as_str()), ..deed("token", name) };
    accounts.add_token(account, name, role.as_str(), &print, expires, &deed)?;
    eprintln!("This is shown once; programs send it as `Authorization: Bearer …`:");
    terminal::print(&format!("{token}\n"))
}

fn list(accounts: &Accounts) -> Result<()> {
    let mut out = String::new();
    for a in accounts.accounts()? {
        let shut = if a.disabled { "  disabled" } else { "" };
        out += &format!("{}  {}  since {}{shut}\n", a.name, a.role, moment(a.created));
    }
    terminal::print(&out)
}

fn show(accounts: &Accounts, last: usize) -> Result<()> {
    let mut out = String::new();
    for line in accounts.audit(None, last)?.into_iter().rev() {
        let d = line.deed;
        let fields =
            [d.who, d.address, d.action, d.object, d.detail].map(|f| if f.is_empty() { "-".into() } else { f });
        out += &printable(&format!("{}  {}  {}", line.number, moment(d.at), fields.join("  ")));
        out.push('\n');
    }
    terminal::print(&out)
}

fn check(accounts: &Accounts) -> Result<()> {
    let last = accounts.check_audit()?.map_err(|broken| {
        anyhow!(
            "the log was changed: line {} is not what was written after the line before; compare with a copy",
            broken.number
        )
    })?;
    let Some(last) = last else { return terminal::print("The log is empty.\n") };
    let print: String = last.print.iter().map(|b| format!("{b:02x}")).collect();
    terminal::print(&format!(
        "The log is as it was written: {} lines.\nNote the last print elsewhere, and compare: lines cut off at the end \
         show in nothing else.\n{} {print}\n",
        last.number, last.number
    ))
}

fn deed(action: &str, object: &str) -> Deed {
    Deed {
        at: clock::seconds(),
        who: "console".to_owned(),
        address: String::new(),
        action: action.to_owned(),
        object: object.to_owned(),
        detail: String::new(),
    }
}

/// Asks for a new password, at a terminal twice; returns its print.
fn new_password(name: &str) -> Result<String> {
    let password = if std::io::stdin().is_terminal() {
        let ask = |prompt: String| rpassword::prompt_password(prompt).context("cannot read the password");
        let password = ask(format!("Password for {name}, at least 12 characters: "))?;
        if password != ask("The same again: ".to_owned())? {
            bail!("the two passwords differ; nothing was changed");
        }
        password
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).context("cannot read the password from standard input")?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    std::io::stderr().flush()?;
    serve::hash_password(name, &password).map_err(|e| anyhow!("cannot take that password: {e}"))
}

fn moment(seconds: i64) -> String {
    Timestamp::from_second(seconds).map(|t| t.to_string()).unwrap_or_default()
}
