//! What can be said on the command line. Help, man page and completions are made from this one definition.

mod account;
mod filter;
mod overview;
mod serve;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use evidence::time::Iso;

pub use account::{Account, RoleName, Wish};
pub use filter::{ExportFormat, Format, LedgerFile, Show};
use filter::{iso, kind};
pub use overview::{Brief, BriefFormat, Diff, DiffFormat, Disputes, Origins, Timeline};
pub use serve::Serve;

/// Reads war reports and keeps a ledger of who says what happened, and who denies it.
///
/// Every claim in the ledger belongs to somebody, and every value points at the words it was read from. Nothing is
/// averaged, merged away or taken for a fact. Works offline.
#[derive(Debug, Parser)]
#[command(
    name = "standoff",
    version,
    max_term_width = 100,
    after_help = "\
Example:
  standoff read reports/ --metadata reports.csv    read a folder into standoff.db
  standoff watch feeds.toml                        read new articles as they come
  standoff claims --party azerbaijan --act deny    what Azerbaijan denies
  standoff figures --format csv > tolls.csv        the tolls, for a spreadsheet
  standoff brief --day 2020-10-10 -o brief.html    one day, side by side, to read and to print
  standoff export -o ledger.jsonl                  everything, as JSON Lines
  standoff serve                                   the desk: all of it in a browser

Exit status:
  0  all was done
  1  nothing could be done
  2  the command line was wrong
  3  some files could not be read; the others are in the ledger"
)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// Commands, in the order in which a newcomer needs them.
#[derive(Debug, Subcommand)]
pub enum Command {
    Read(Read),
    Watch(Watch),
    Claims(Claims),
    Figures(Figures),
    Tolls(Tolls),
    Ceasefires(Ceasefires),
    Incidents(Incidents),
    Disputes(Disputes),
    Timeline(Timeline),
    Origins(Origins),
    Diff(Diff),
    Brief(Brief),
    Entities(Entities),
    Reports(Reports),
    Export(Export),
    Serve(Serve),
    Account(Account),
    Explain(Explain),
    Parse(Parse),
    Man(Man),
    Completions(Completions),
}

/// Reads reports into the ledger
///
/// A file may be text, a web page, Markdown or an e-mail, or hold many reports: a table (CSV, TSV), JSON Lines, a web
/// archive (WARC), a mailbox, a ZIP of any of these, and packed by gzip. What it is, its content tells, not its name; of
/// a folder all reports are read. Reading the same report again changes nothing. A file or record that cannot be read
/// gets one line, and the rest goes on. The program may be stopped at any moment: what is in the ledger by then is
/// whole. docs/reading.md tells of all kinds, fields and notes.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff read reports/ --ledger caucasus.db --conflict nagorno-karabakh
  standoff read page.txt --published 2020-10-10 --outlet \"Marle Courier\"
  standoff read export.csv --map title=headline,text=body,published=seen
  curl -s https://example.org/report.txt | standoff read -

A table for --metadata has a head line, and a row for each report that something is known of:
  path,published,outlet,url
  03.txt,2020-10-10,Marle Courier,https://example.org/3

Exit status: 0 all files were read, 1 none, 2 the command line was wrong, 3 some.")]
pub struct Read {
    /// Files, folders, or - for standard input; with --fetch, addresses as well
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Fetch the addresses among the paths from the net: nothing else of this command uses it
    #[arg(long)]
    pub fetch: bool,
    /// Whom servers may turn to, a mailbox or a page: told them with each request
    #[arg(long, value_name = "ADDRESS", requires = "fetch")]
    pub contact: Option<String>,
    #[command(flatten)]
    pub ledger: LedgerFile,
    /// When the reports were published: 2020-10-10, or with a time 2020-10-10T12:05+04:00
    #[arg(long, value_name = "DATE", value_parser = iso)]
    pub published: Option<Iso>,
    /// Who published them
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Table with what is known of each report; it comes before --published and --outlet
    #[arg(long, value_name = "FILE.csv")]
    pub metadata: Option<PathBuf>,
    /// What fields of your tables and JSON mean, where their names do not say so: title=headline,text=body_text
    #[arg(long, value_name = "OURS=YOURS,…", default_value = "", hide_default_value = true)]
    pub map: ingest::Mapping,
    /// Conflict profile to use for all reports, by name or as a file; without it, each report's words decide
    #[arg(long, value_name = "NAME|FILE.toml")]
    pub conflict: Option<String>,
    /// How many reports to read at once [default: as many as the machine has processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

/// Watches feeds and reads new articles as they come
///
/// RSS, Atom and JSON feeds. A server is asked one thing at a time, as its robots.txt allows, and only whether
/// something has changed. Articles are kept as they come, and looked at again later if wanted, so that silent changes
/// show. Ctrl-C ends it; a restart, even after a crash, loses nothing and repeats nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff watch feeds.toml --ledger caucasus.db

A feeds.toml names whom servers may turn to, and the feeds; docs/reading.md tells of all keys:
  contact = \"desk@example.org\"
  revisit = [\"1h\", \"6h\", \"24h\"]
  [[feed]]
  url = \"https://news.example.org/rss\"
  outlet = \"Marle Courier\"

Exit status: 0 it was interrupted, or with --once all was read, 1 nothing was, 2 the command line was wrong, 3 with
--once, some was.")]
pub struct Watch {
    /// File with the feeds
    #[arg(value_name = "FEEDS.toml")]
    pub feeds: PathBuf,
    #[command(flatten)]
    pub ledger: LedgerFile,
    /// Ask each feed once, read what is new, and end
    #[arg(long)]
    pub once: bool,
    /// No line for each article, only for trouble
    #[arg(long)]
    pub quiet: bool,
}

/// Shows who says what
///
/// In tables, denials carry a cross and claims that somebody denies say by whom. The party of a claim is that of a
/// speaker, an actor or a target.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff claims --event assault --place Stepanakert --since 2020-10-10 --until 2020-10-12
  standoff claims --speaker \"defence ministry\" --act deny --act accuse
  standoff claims --words ceasefire --format jsonl | jq .content.quote")]
pub struct Claims {
    #[command(flatten)]
    pub show: Show,
}

/// Shows counts of people killed, wounded, captured, displaced
///
/// In tables, counts of the same people stand together; counts of one incident that cannot both be right are marked
/// as disagreeing. The party of a figure is that of the people counted.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff figures --party armenia
  standoff figures --since 2020-10 --format csv > tolls.csv")]
pub struct Figures {
    #[command(flatten)]
    pub show: Show,
}

/// Shows how counts of the same people move: who updates, who disagrees, what must never be added
///
/// Figures of the same harm to the same side's people over the same time are one series; the same number of several
/// reports is one count with its origins. Nothing is summed up. docs/tolls.md says how series are made.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff tolls --party armenia --since 2020-10-01
  standoff tolls --ucdp --format csv > series.csv")]
pub struct Tolls {
    #[command(flatten)]
    pub show: Show,
    /// Add a reading in the terms of the Uppsala Conflict Data Program: low, best and high count of the dead
    #[arg(long)]
    pub ucdp: bool,
}

/// Shows truces: sides, brokers, times, terms, and each alleged violation
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff ceasefires --party azerbaijan
  standoff ceasefires --format jsonl | jq '.violations[].alleged_by'")]
pub struct Ceasefires {
    #[command(flatten)]
    pub show: Show,
}

/// Shows what several claims tell of together: who asserts it, who denies it
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff incidents --event assault --since 2020-10-10")]
pub struct Incidents {
    #[command(flatten)]
    pub show: Show,
}

/// Shows persons, organisations, places, forces and parties
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff entities --kind place --report 03.txt
  standoff entities --party armenia")]
pub struct Entities {
    /// Only entities of this kind
    #[arg(long, value_parser = kind())]
    pub kind: Option<evidence::EntityKind>,
    #[command(flatten)]
    pub show: Show,
}

/// Shows the reports of the ledger and what needs mending in them
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff reports
  standoff reports --speaker Pashinyan")]
pub struct Reports {
    #[command(flatten)]
    pub show: Show,
}

/// Writes the whole ledger, one object a line
///
/// The same ledger always gives the same bytes. Articles come first, then entities, claims, figures, incidents and
/// ceasefires. What people corrected is a layer of its own: without a flag, the export is what the machine read.
/// docs/corrections.md says how the layer settles what coders disagree about.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff export --format jsonl -o ledger.jsonl
  standoff export | jq 'select(.type == \"figure\")'
  standoff export --corrected -o signed.jsonl
  standoff export --format gold -o gold/")]
pub struct Export {
    #[command(flatten)]
    pub ledger: LedgerFile,
    /// Form of the export
    #[arg(long, value_enum, default_value = "jsonl")]
    pub format: ExportFormat,
    /// As people corrected it: rejected claims are left out, settled values stand
    #[arg(long)]
    pub corrected: bool,
    /// Add what people said, an object of type correction for each word
    #[arg(long)]
    pub with_corrections: bool,
    /// File to write [default: standard output]; for gold, a folder
    #[arg(short, long, value_name = "FILE", required_if_eq("format", "gold"))]
    pub output: Option<PathBuf>,
}

/// Shows the way from the report to a claim, what put an incident together, or where a rule stopped matching
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff explain c7k2m9xq
  standoff explain i3nze81c
  standoff explain --rule assault/shelling --text \"Government forces shelled the town of Dorne on Monday.\"")]
pub struct Explain {
    /// Id of a claim or an incident, or enough of its first characters
    #[arg(required_unless_present = "rule", conflicts_with = "rule")]
    pub claim: Option<String>,
    /// Name of a rule
    #[arg(long, requires = "text")]
    pub rule: Option<String>,
    /// Sentence to try the rule on
    #[arg(long, requires = "rule")]
    pub text: Option<String>,
    #[command(flatten)]
    pub ledger: LedgerFile,
}

/// Shows how a text is read: words, tree, names, times, numbers, quotations
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff parse \"At least 18 people were killed on Saturday, the ministry said.\" --published 2020-10-12")]
pub struct Parse {
    /// The text
    pub text: String,
    /// When it was published, so that days can be worked out
    #[arg(long, value_name = "DATE", value_parser = iso)]
    pub published: Option<Iso>,
}

/// Prints the manual page
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff man > standoff.1 && man ./standoff.1")]
pub struct Man {}

/// Prints completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff completions bash > ~/.local/share/bash-completion/completions/standoff")]
pub struct Completions {
    /// Shell to write them for
    pub shell: clap_complete::Shell,
}
