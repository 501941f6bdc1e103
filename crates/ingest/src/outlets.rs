//! Which agencies and outlets does a page name? The names of the [`press`] directory.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use press::{Directory, Kind, Publisher};

use crate::error::Error;
use crate::tokens::tokens;

/// All agencies and outlets we know.
#[derive(Debug)]
pub(crate) struct Outlets {
    directory: &'static Directory,
    /// Agencies' names in one automaton; for each pattern the agency and whether it counts in credits only.
    names: AhoCorasick,
    meaning: Vec<(usize, bool)>,
    /// Outlet by the tokens of any of its names; bodies that others quote are not among them.
    outlets: BTreeMap<Vec<String>, usize>,
}

/// A name of an agency in a line or text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named<'a> {
    /// The agency as the ledger writes it.
    pub agency: &'a str,
    /// Where the name stands.
    pub range: Range<usize>,
    /// Whether the name means the agency even in running text.
    pub certain: bool,
}

impl Outlets {
    /// Reads the directory that travels in the program.
    ///
    /// # Errors
    /// If its file is not as its head describes.
    pub fn read() -> Result<Self, Error> {
        let directory = Directory::read().map_err(Error::outlets)?;
        let (mut patterns, mut meaning, mut outlets) = (Vec::new(), Vec::new(), BTreeMap::new());
        for (i, p) in directory.publishers().iter().enumerate() {
            match &p.kind {
                Kind::Agency { credits, .. } => {
                    let names = p.aliases.iter().map(|a| (a, false)).chain(credits.iter().map(|a| (a, true)));
                    for (name, credit_only) in names {
                        patterns.push(name.clone());
                        meaning.push((i, credit_only));
                    }
                }
                Kind::Outlet { organisation: false, .. } => {
                    outlets.extend(p.aliases.iter().chain([&p.name]).map(|a| (row(a), i)));
                }
                Kind::Outlet { .. } => {}
            }
        }
        let names = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .map_err(|e| Error::data_value("outlets.toml", e.to_string()))?;
        Ok(Self { directory, names, meaning, outlets })
    }

    /// Names, addresses, zones.
    pub fn directory(&self) -> &Directory {
        self.directory
    }

    /// Names of agencies in a line, in order; also of one we do not know, where it calls itself a News Agency.
    pub fn agencies_in<'a>(&'a self, line: &'a str) -> Vec<Named<'a>> {
        let whole = |r: &Range<usize>| !touches_word_before(line, r.start) && !touches_word_after(line, r.end);
        let known = self.names.find_iter(line).filter(|m| whole(&m.range())).map(|m| {
            let (agency, credit_only) = self.meaning[m.pattern().as_usize()];
            Named { agency: &self.publisher(agency).name, range: m.range(), certain: !credit_only }
        });
        let mut found: Vec<Named<'a>> = known.collect();
        for range in self_styled(line) {
            let taken = |n: &Named<'_>| n.range.start < range.end + 2 && range.start < n.range.end;
            if !found.iter().any(taken) {
                found.push(Named { agency: &line[range.clone()], range, certain: true });
            }
        }
        found.sort_by_key(|n| n.range.start);
        found
    }

    /// Agencies that running text credits or names ("told AFP", "(AP)"), sorted.
    pub fn agencies_of_text(&self, text: &str) -> Vec<String> {
        let mut out = Vec::new();
        for found in self.agencies_in(text) {
            let known_otherwise = self.directory.of_name(found.agency).is_some_and(|p| {
                let unless: &[String] = if let Kind::Agency { unless, .. } = &p.kind { unless } else { &[] };
                !text[found.range.clone()].contains(' ') && unless.iter().any(|u| text.contains(u))
            });
            if (found.certain || is_credited(text, &found.range)) && !known_otherwise {
                out.push(found.agency.to_owned());
            }
        }
        out.sort();
        out.dedup();
        out
    }

    /// The outlet of this very name, however capitalised; never a body that others quote ("… – OSCE").
    pub fn outlet(&self, name: &str) -> Option<&str> {
        self.outlets.get(&row(name)).map(|i| self.publisher(*i).name.as_str())
    }

    /// The outlet whose name stands anywhere in a line ("Vale Radio’s website …").
    pub fn outlet_inside(&self, line: &str) -> Option<String> {
        let row = tokens(line);
        let form = |t: &crate::tokens::Token<'_>| t.form.trim_end_matches("'s").to_owned();
        let windows = (1..=5).rev().flat_map(|n| row.windows(n));
        let mut known = windows.filter_map(|w| {
            let i = *self.outlets.get(&w.iter().map(form).collect::<Vec<_>>())?;
            // One word may be any word ("times"): it must stand as it is printed.
            (w.len() > 1 || stands_as_printed(line, self.publisher(i))).then(|| self.publisher(i).name.clone())
        });
        known.next()
    }

    fn publisher(&self, i: usize) -> &Publisher {
        &self.directory.publishers()[i]
    }
}

/// Whether one of a publisher's names stands in a line, letter by letter.
fn stands_as_printed(line: &str, publisher: &Publisher) -> bool {
    let names = publisher.aliases.iter().chain([&publisher.name]);
    let at = |n: &String| {
        line.match_indices(n.as_str())
            .any(|(at, _)| !touches_word_before(line, at) && !touches_word_after(line, at + n.len()))
    };
    names.into_iter().any(at)
}

fn row(name: &str) -> Vec<String> {
    tokens(name).into_iter().map(|t| t.form).filter(|f| f != "the").collect()
}

fn touches_word_before(line: &str, at: usize) -> bool {
    line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '@' || c == '#')
}

/// "Meridian News Agency": up to three capitalised words before the words that make it one.
fn self_styled(line: &str) -> Vec<Range<usize>> {
    const BEFORE: [&str; 5] = ["the", "by", "from", "with", "via"];
    let row = tokens(line);
    let kind = |i: usize| matches!((row[i].text, row[i + 1].text), ("News" | "Press", "Agency"));
    let mut out = Vec::new();
    for i in (0..row.len().saturating_sub(1)).filter(|i| kind(*i)) {
        let joined = |j: usize| line[row[j].end()..row[j + 1].start] == *" ";
        let is_name = |j: &usize| row[*j].is_capitalised() && !BEFORE.contains(&row[*j].form.as_str()) && joined(*j);
        let first = (i.saturating_sub(3)..i).rev().take_while(is_name).last();
        out.extend(first.filter(|_| joined(i)).map(|first| row[first].start..row[i + 1].end()));
    }
    out
}

/// "AFPs", "SANA'A"; but "AFP's" is the agency's.
fn touches_word_after(line: &str, at: usize) -> bool {
    let rest = &line[at..];
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some(c), _) if c.is_alphanumeric() => true,
        (Some('\'' | '’'), Some(c)) => c.is_alphabetic() && !matches!(c, 's' | 'S'),
        _ => false,
    }
}

/// Whether what stands around a short name shows that it is an agency's.
fn is_credited(text: &str, range: &Range<usize>) -> bool {
    const AFTER: [&str; 12] = [
        "reported",
        "reports",
        "said",
        "journalist",
        "journalists",
        "correspondent",
        "correspondents",
        "reporter",
        "reporters",
        "photographer",
        "quoted",
        "news",
    ];
    let before = text[..range.start].trim_end_matches(' ');
    let after = text[range.end..].trim_start_matches(' ');
    let next = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let previous = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let bracketed = before.ends_with(['(', '[', '/']) && after.starts_with([')', ']', '/', ',']);
    bracketed || previous == "told" || AFTER.contains(&next) || after.starts_with("news agency")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Outlets {
        Outlets::read().unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn agencies_in_running_text() {
        let known = known();
        let of = |t: &str| known.agencies_of_text(t);
        assert_eq!(of("He told AFP and Agence France-Presse that Reuters had it."), ["AFP", "Reuters"]);
        assert_eq!(of("KYIV (AP) — Officials"), ["AP"]);
        assert_eq!(of("The AP scheme of SANA'A and the AA battery"), Vec::<String>::new());
        assert_eq!(of("the official SANA news agency"), ["SANA"]);
        assert_eq!(of("Armed Forces of the Philippines (AFP) troops"), Vec::<String>::new());
        assert_eq!(of("Interfax-Ukraine said"), ["Interfax-Ukraine"]);
        assert_eq!(of("By Valley News Agency"), ["Valley News Agency"]);
        assert_eq!(
            of("It told the Valley News Agency and Iranian News Agency Tasnim"),
            ["Tasnim", "Valley News Agency"]
        );
    }

    #[test]
    fn outlets_by_name_and_address() {
        let known = known();
        assert_eq!(known.outlet("GUARDIAN"), Some("The Guardian"));
        assert_eq!(known.outlet("Press TV"), Some("Press TV"));
        assert_eq!(known.outlet("A village"), None);
        assert_eq!(known.outlet("OSCE"), None);
        assert_eq!(known.outlet_inside("The Guardian’s app: all of it").as_deref(), Some("The Guardian"));
        assert_eq!(known.outlet_inside("Not available at all times"), None);
    }
}
