//! Commands that show many reports together: what is disputed, in which order things are told, from which origins; and
//! the brief made of them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use evidence::time::Iso;

use super::filter::{Filter, LedgerFile, Show, iso};

/// Shows what some say and others deny, and who would not comment
///
/// Each denial stands beside the claims that it denies; then come accusations that two parties make of each other,
/// counts that cannot both be right, and refusals to comment. A dispute is shown if one of its claims fits the filters.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff disputes --since 2020-10-10 --party azerbaijan
  standoff disputes --format csv > disputes.csv")]
pub struct Disputes {
    #[command(flatten)]
    pub show: Show,
}

/// Shows what each side says happened, by day and clock
///
/// One entry is an incident with all its versions, or a single claim. What is told without a time stands at the date of
/// its report, and says so; what has neither stands at the end.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff timeline --since 2020-10-09 --until 2020-10-11
  standoff timeline --place Stepanakert --format csv > timeline.csv")]
pub struct Timeline {
    #[command(flatten)]
    pub show: Show,
}

/// Shows which reports go back to one original, why, and what different origins print alike
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff origins
  standoff origins --since 2020-10-10 --format jsonl | jq .agencies")]
pub struct Origins {
    #[command(flatten)]
    pub show: Show,
}

/// Shows what changed in articles after their publication: text, claims, and counts
///
/// Reports that were printed at one address with different words are versions of one article. Without ARTICLE, all
/// articles with several versions are listed, and which counts became others silently: without the page saying that it
/// was corrected or updated. Nothing is decided about which version is right.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff diff
  standoff diff https://courier.example/bridge
  standoff diff a7k2m9xq --format jsonl | jq '.figures[] | select(.silent)'")]
pub struct Diff {
    /// An article: its address, its path, or the first characters of its id
    #[arg(value_name = "ARTICLE")]
    pub article: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table")]
    pub format: DiffFormat,
    #[command(flatten)]
    pub ledger: LedgerFile,
}

/// Forms of what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For reading
    Table,
    /// One object a line for each version and the next
    Jsonl,
}

/// Writes a situation brief: what each side says, what is disputed, tolls, truces, what is not known
///
/// Each statement has its speaker and leads to the exact words. Nothing is averaged, checked or called true. The page
/// (html) loads nothing and runs nothing. Without days, the brief is of the whole ledger.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  standoff brief --day 2020-10-10 -o brief.html
  standoff brief --since 2020-10-04 --until 2020-10-10 --undated --party azerbaijan
  standoff brief --day 2020-10-10 --format md | less")]
pub struct Brief {
    /// The one day it is of, in place of --since and --until
    #[arg(long, value_name = "DATE", value_parser = iso, conflicts_with_all = ["since", "until"])]
    pub day: Option<Iso>,
    /// Takes in, marked, what has no date of its own nor from its report
    #[arg(long)]
    pub undated: bool,
    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Form of the brief [default: by the ending of the file, else md]
    #[arg(long, value_enum)]
    pub format: Option<BriefFormat>,
    #[command(flatten)]
    pub ledger: LedgerFile,
    #[command(flatten)]
    pub filter: Filter,
}

/// Forms of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BriefFormat {
    /// Markdown, with a footnote for each statement
    Md,
    /// One page that needs nothing else
    Html,
}
