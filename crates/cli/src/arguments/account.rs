//! What can be said about accounts.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Makes and changes the accounts of the desk
///
/// Accounts are kept in a file beside the ledger, named as it is with .accounts after it. Passwords are asked for at the
/// terminal, or read from the first line of standard input; they are never given as arguments, which others can see.
/// docs/serving.md tells what each role may do.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff account add mara --role admin
  standoff account token mara --name nightly-export --role reader --days 90
  standoff account audit --check")]
pub struct Account {
    /// What to do
    #[command(subcommand)]
    pub wish: Wish,
    /// Ledger file
    #[arg(long, value_name = "FILE", default_value = "standoff.db", global = true)]
    pub ledger: PathBuf,
}

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum Wish {
    /// Makes an account
    Add {
        /// Letters a to z, digits, dots, hyphens, underscores
        name: String,
        /// What it may do
        #[arg(long, value_enum)]
        role: RoleName,
    },
    /// Gives an account another role
    Role {
        /// The account
        name: String,
        /// What it may do from now on
        #[arg(value_enum)]
        role: RoleName,
    },
    /// Gives an account another password, and ends its sessions
    Password {
        /// The account
        name: String,
    },
    /// Shuts an account: its sessions end, its tokens open nothing
    Disable {
        /// The account
        name: String,
    },
    /// Opens a shut account again
    Enable {
        /// The account
        name: String,
    },
    /// Ends all sessions of an account
    RemoveSessions {
        /// The account
        name: String,
    },
    /// Makes a token for a program, and prints it: this once
    Token {
        /// The account
        account: String,
        /// What it is for
        #[arg(long)]
        name: String,
        /// What it may do, at most what the account may
        #[arg(long, value_enum)]
        role: RoleName,
        /// How many days it lasts
        #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=366))]
        days: u16,
    },
    /// Lists the accounts
    List,
    /// Shows what was done and refused, the newest last
    Audit {
        /// Check that no line was changed, removed or put in since it was written
        #[arg(long)]
        check: bool,
        /// How many lines to show
        #[arg(long, value_name = "N", default_value_t = 50)]
        last: usize,
    },
}

/// What an account may do; each may do what those before it may.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleName {
    /// Looks
    Reader,
    /// Corrects, in their own name
    Coder,
    /// Settles what coders disagree about, and has reports read
    Editor,
    /// Sees the log and the accounts
    Admin,
}

impl RoleName {
    /// As it is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Coder => "coder",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }
}
