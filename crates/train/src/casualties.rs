//! How well are counts of the dead and the injured read? Measured on MUC-3 and MUC-4 against their answer keys.
//!
//! A document's figures are compared as sets of (harm, number) with the counts of its keys: human targets of two or
//! more with the effect death or injury.
//!
//! * *recall*: the share of the keys' counts that a figure gives.
//! * *precision*: the share of figures of two or more, killed or wounded, that are among the keys' counts, in documents
//!   whose keys have any. Optional counts, totals and sums of groups are neither asked for nor held against us. It has
//!   a ceiling: keys leave out clashes between armed forces, and past years, which a ledger keeps.
//! * *strict*: the same number ("at least 12" is 12). *lenient*: within a tenth, or ranges that overlap.
//!
//! Single people stand apart: the keys name most of them, and a named victim is no figure. So do documents without
//! counts in their keys.

mod keys;
mod telexes;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use annotate::{Annotator, Scratch};
use anyhow::{Context, Result, anyhow, bail};
use evidence::{Article, Claim, Event, Figure, Harm, Qualifier};
use extract::Extractor;
use resolve::Knowledge;

use self::keys::{Count, Key};
use crate::raw::Score;
use crate::truecase::Truecaser;

/// A figure as the keys would count it.
type Told = (Harm, u64, Option<u64>);

/// Right, found and wanted counts.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    right: usize,
    found: usize,
    wanted: usize,
    recalled: usize,
}

/// The stages of the program that a figure needs.
struct Stages {
    annotator: Annotator,
    knowledge: Knowledge,
    extractor: Extractor,
}

/// Scores the folder and gives the table; with `list`, every missed and every extra count goes to it before.
pub fn score(folder: &Path, caser: &Truecaser, annotator: Annotator, list: &mut impl FnMut(String)) -> Result<String> {
    let telexes = telexes::read(folder)?;
    if telexes.is_empty() {
        bail!("{} holds no file dev-*", folder.display());
    }
    let keys = keys::read(folder)?;
    let stages = Stages::new(annotator)?;
    let mut board = Board::default();
    let mut scratch = Scratch::default();
    for telex in &telexes {
        let key = keys.get(&telex.id).cloned().unwrap_or_default();
        let text = caser.restore(&telex.text);
        let (claims, figures) = stages.read(&mut scratch, &text);
        board.add(&telex.id, &text, &key, &figures, &claims, list);
    }
    Ok(board.table(telexes.len()))
}

/// Files of a folder whose names begin so, sorted.
fn files(folder: &Path, prefix: &str) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let named = |p: &PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(prefix));
    let mut out: Vec<PathBuf> = entries.filter_map(Result::ok).map(|e| e.path()).filter(named).collect();
    out.sort();
    Ok(out)
}

impl Stages {
    fn new(annotator: Annotator) -> Result<Self> {
        let knowledge = Knowledge::shipped().map_err(|e| anyhow!("cannot load the data of the program: {e}"))?;
        let extractor = Extractor::shipped().map_err(|e| anyhow!("cannot load the data of the program: {e}"))?;
        Ok(Self { annotator, knowledge, extractor })
    }

    fn read(&self, scratch: &mut Scratch, text: &str) -> (Vec<Claim>, Vec<Figure>) {
        let article = Article::of_words(text);
        let document = self.annotator.annotate(scratch, text, None, &article.published);
        let (referents, _) = self.knowledge.refer(text, &document, &article, None);
        let claims = self.extractor.claims(&article, &document, &referents);
        let figures = self.extractor.figures(&article, &document, &referents, &claims);
        (claims, figures)
    }
}

/// All that is counted.
#[derive(Debug, Default)]
struct Board {
    documents: usize,
    strict: [Tally; 2],
    lenient: [Tally; 2],
    /// Figures in documents whose keys have no counts.
    elsewhere: usize,
    singles: (usize, usize),
    /// Incidents whose perpetrators an attack of ours names, and all with perpetrators.
    perpetrators: (usize, usize),
}

impl Board {
    fn add(
        &mut self,
        id: &str,
        text: &str,
        key: &Key,
        figures: &[Figure],
        claims: &[Claim],
        list: &mut impl FnMut(String),
    ) {
        let told: BTreeSet<Told> = figures.iter().filter_map(told).collect();
        self.perpetrators(id, text, key, claims, list);
        for harm in &key.single {
            self.singles.1 += 1;
            self.singles.0 += usize::from(told.contains(&(*harm, 1, Some(1))));
        }
        let many: Vec<Told> = told.into_iter().filter(|t| t.1 > 1).collect();
        if key.wanted.is_empty() {
            self.elsewhere += if key.allowed.is_empty() { many.len() } else { 0 };
            return;
        }
        self.documents += 1;
        for count in &key.wanted {
            let row = usize::from(count.harm == Harm::Wounded);
            for (tally, same) in [(&mut self.strict[row], strict as Same), (&mut self.lenient[row], lenient as Same)] {
                tally.wanted += 1;
                tally.recalled += usize::from(many.iter().any(|t| same(t, count)));
            }
            if !many.iter().any(|t| strict(t, count)) {
                list(format!("missed  {id}  {} {:?}  {}", count.harm, count.values, count.who));
            }
        }
        for t in &many {
            let row = usize::from(t.0 == Harm::Wounded);
            for (tally, same) in [(&mut self.strict[row], strict as Same), (&mut self.lenient[row], lenient as Same)] {
                let right = key.wanted.iter().any(|c| same(t, c));
                let spared = !right && key.allowed.iter().any(|c| same(t, c));
                tally.right += usize::from(right);
                tally.found += usize::from(!spared);
            }
            if !key.wanted.iter().chain(&key.allowed).any(|c| strict(t, c)) {
                let words = figures.iter().find(|f| self::told(f) == Some(*t)).map_or("", |f| line_of(text, f));
                list(format!("extra   {id}  {} {}..{:?}  {words}", t.0, t.1, t.2));
            }
        }
    }

    /// Whether the claims of attacks name those whom the keys hold responsible.
    fn perpetrators(&mut self, id: &str, text: &str, key: &Key, claims: &[Claim], list: &mut impl FnMut(String)) {
        let violent = |c: &&Claim| matches!(c.event, Some(Event::Assault | Event::Coerce));
        let actors: Vec<String> = claims
            .iter()
            .filter(violent)
            .flat_map(|c| &c.actors)
            .filter_map(|a| Some(a.span?.of(text).to_uppercase()))
            .collect();
        for incident in &key.perpetrators {
            self.perpetrators.1 += 1;
            let named =
                incident.iter().any(|p| actors.iter().any(|a| a.contains(p.as_str()) || p.contains(a.as_str())));
            self.perpetrators.0 += usize::from(named);
            if !named {
                list(format!("perpetrator  {id}  {incident:?}  ours: {:?}", actors.iter().collect::<BTreeSet<_>>()));
            }
        }
    }

    fn table(&self, documents: usize) -> String {
        let mut out = format!("MUC casualties: {documents} documents, {} with counts in their keys\n", self.documents);
        let _ = writeln!(out, "{:<18}{:>10}{:>10}{:>10}{:>10}", "", "counts", "precision", "recall", "F1");
        let sets = [("strict", &self.strict), ("lenient", &self.lenient)];
        for (name, rows) in sets {
            let both = rows[0].and(rows[1]);
            for (harm, tally) in [("killed", rows[0]), ("wounded", rows[1]), ("both", both)] {
                let score = tally.score();
                let _ = writeln!(
                    out,
                    "{:<18}{:>10}{:>10.3}{:>10.3}{:>10.3}",
                    format!("{name}, {harm}"),
                    tally.wanted,
                    score.precision,
                    score.recall,
                    score.f1()
                );
            }
        }
        let ((single, singles), (named, incidents)) = (self.singles, self.perpetrators);
        let _ = writeln!(out, "single people described, not named: {single} of {singles} found");
        let _ = writeln!(out, "counts in documents whose keys have none: {}", self.elsewhere);
        let _ = writeln!(out, "incidents of whose perpetrators an attack of ours names one: {named} of {incidents}");
        out
    }
}

impl Tally {
    fn and(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            found: self.found + other.found,
            wanted: self.wanted + other.wanted,
            recalled: self.recalled + other.recalled,
        }
    }

    fn score(self) -> Score {
        let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        Score { precision: share(self.right, self.found), recall: share(self.recalled, self.wanted) }
    }
}

/// A figure of dead or injured with the number that is said: "over 400" is 400.
fn told(f: &Figure) -> Option<Told> {
    let over = u64::from(f.qualifier == Qualifier::Over);
    let low = f.low.map(|l| l - over.min(l)).or(f.high)?;
    matches!(f.harm, Harm::Killed | Harm::Wounded).then_some((f.harm, low, f.high))
}

/// Whether a figure gives a count.
type Same = fn(&Told, &Count) -> bool;

fn strict(told: &Told, count: &Count) -> bool {
    told.0 == count.harm && count.values.iter().any(|v| v.0 == told.1)
}

fn lenient(told: &Told, count: &Count) -> bool {
    let near = |a: u64, b: u64| a.abs_diff(b) * 10 <= a.max(b);
    let overlap = |v: &(u64, Option<u64>)| {
        let (a, b) = (told.2.unwrap_or(told.1), v.1.unwrap_or(v.0));
        told.1 <= b && v.0 <= a
    };
    told.0 == count.harm && count.values.iter().any(|v| near(v.0, told.1) || overlap(v))
}

/// The line that a figure stands in.
fn line_of<'a>(text: &'a str, figure: &Figure) -> &'a str {
    let from = text[..figure.span.start()].rfind(['\n', '.']).map_or(0, |n| n + 1);
    let to = text[figure.span.end()..].find(['\n', '.']).map_or(text.len(), |n| figure.span.end() + n);
    text[from..to].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(values: &[(u64, Option<u64>)]) -> Count {
        Count { harm: Harm::Killed, values: values.to_vec(), who: String::new() }
    }

    #[test]
    fn strict_asks_for_the_number_and_lenient_for_one_near_it() {
        assert!(strict(&(Harm::Killed, 12, None), &count(&[(12, Some(12))])));
        assert!(!strict(&(Harm::Wounded, 12, None), &count(&[(12, Some(12))])));
        assert!(!strict(&(Harm::Killed, 11, Some(11)), &count(&[(12, Some(12))])));
        assert!(lenient(&(Harm::Killed, 19, Some(19)), &count(&[(20, None)])));
        assert!(!lenient(&(Harm::Killed, 10, Some(10)), &count(&[(12, Some(12))])));
        assert!(lenient(&(Harm::Killed, 10, Some(15)), &count(&[(12, Some(12))])));
    }
}
