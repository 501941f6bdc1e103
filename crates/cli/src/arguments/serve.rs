//! What can be said to the desk.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;

use super::LedgerFile;

/// Opens the desk: the ledger in a browser
///
/// Prints the address to open. On this machine's own address nobody else can reach it, and no account is needed. Nothing
/// is asked of any other host. What `standoff read` or `standoff watch` add meanwhile appears. Ends with Ctrl-C.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff serve --ledger caucasus.db
  standoff serve --port 8700
  standoff account add mara --role admin && standoff serve --listen 0.0.0.0 --tls-cert desk.pem --tls-key desk.key")]
pub struct Serve {
    #[command(flatten)]
    pub ledger: LedgerFile,
    /// Address to answer at; any other than this machine's own demands accounts
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub listen: IpAddr,
    /// Port to answer at; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8600)]
    pub port: u16,
    /// Name by which the desk may be asked, besides this machine's own; may be given several times
    #[arg(long, value_name = "NAME")]
    pub host: Vec<String>,
    /// Certificate chain, as a PEM file: answers over TLS
    #[arg(long, value_name = "FILE.pem", requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Private key of the certificate, as a PEM file
    #[arg(long, value_name = "FILE.pem", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// Believe what a proxy before the desk says of the client: X-Forwarded-For, X-Forwarded-Proto
    #[arg(long)]
    pub behind_proxy: bool,
    /// Requests a second that each account and each address may make; 0 for any number
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub per_second: u32,
}
