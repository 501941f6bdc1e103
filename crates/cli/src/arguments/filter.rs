//! Which ledger, which part of it, in which form: what all commands that show something have in common.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use evidence::time::Iso;
use evidence::{Act, Event};

/// Which ledger.
#[derive(Debug, Args)]
pub struct LedgerFile {
    /// Ledger file
    #[arg(long, value_name = "FILE", default_value = "standoff.db")]
    pub ledger: PathBuf,
}

/// What to show, and how.
#[derive(Debug, Args)]
pub struct Show {
    #[command(flatten)]
    pub ledger: LedgerFile,
    /// Form of the output
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
    #[command(flatten)]
    pub filter: Filter,
}

/// Every filter may be given several times: any of its values will do. Different filters must all agree.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters (each may be repeated; any value will do, all filters must agree)")]
pub struct Filter {
    /// Party, by its slug: azerbaijan, nk, un
    #[arg(long, value_name = "SLUG")]
    pub party: Vec<String>,
    /// Part of the speaker's name, role, organisation or party
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    /// What the speaker does in saying it
    #[arg(long, value_name = "ACT", value_parser = act(), ignore_case = true)]
    pub act: Vec<Act>,
    /// What the claim tells of
    #[arg(long, value_name = "EVENT", value_parser = event(), ignore_case = true, hide_possible_values = true)]
    pub event: Vec<Event>,
    /// Part of any name of a place
    #[arg(long, value_name = "NAME")]
    pub place: Vec<String>,
    /// First day, month or year: of the time told, or else of publication
    #[arg(long, value_name = "DATE", value_parser = iso)]
    pub since: Option<Iso>,
    /// Last day, month or year
    #[arg(long, value_name = "DATE", value_parser = iso)]
    pub until: Option<Iso>,
    /// Part of a report's path, or its id
    #[arg(long, value_name = "PATH|ID")]
    pub report: Vec<String>,
    /// Word of the claim; repeated, all of them must be there
    #[arg(long, value_name = "WORD")]
    pub words: Vec<String>,
}

/// Forms of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading
    Table,
    /// One JSON object a line
    Jsonl,
    /// For spreadsheets
    Csv,
}

/// Forms of export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One JSON object a line
    Jsonl,
    /// Reviewed reports, a file each: what a scorer holds another reading against
    Gold,
}

impl Filter {
    /// As the store takes it.
    pub fn selection(&self) -> store::Selection {
        let slug = |p: &String| p.trim().to_lowercase().replace(' ', "-");
        let day = |d: &Option<Iso>| d.as_ref().map(|d| d.date().to_owned());
        store::Selection {
            parties: self.party.iter().map(slug).collect(),
            speakers: self.speaker.clone(),
            acts: self.act.clone(),
            events: self.event.clone(),
            places: self.place.clone(),
            since: day(&self.since),
            until: day(&self.until),
            reports: self.report.clone(),
            words: self.words.iter().flat_map(|w| w.split_whitespace()).map(str::to_owned).collect(),
        }
    }
}

pub(super) fn iso(text: &str) -> Result<Iso, String> {
    Iso::parse(text).ok_or_else(|| "no such date; write it as 2020-10-10, 2020-10 or 2020".to_owned())
}

fn act() -> impl TypedValueParser<Value = Act> {
    let words = PossibleValuesParser::new(Act::ALL.iter().map(|a| a.as_str()));
    words.try_map(|w| Act::parse(&w.to_lowercase()).ok_or("no such act"))
}

fn event() -> impl TypedValueParser<Value = Event> {
    let words = PossibleValuesParser::new(Event::ALL.iter().map(|e| e.as_str()));
    words.try_map(|w| Event::parse(&w.to_uppercase()).ok_or("no such event"))
}

pub(super) fn kind() -> impl TypedValueParser<Value = evidence::EntityKind> {
    let words = PossibleValuesParser::new(evidence::EntityKind::ALL.iter().map(|k| k.as_str()));
    words.try_map(|w| evidence::EntityKind::parse(&w).ok_or("no such kind"))
}
