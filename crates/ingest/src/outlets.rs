//! Which agencies and outlets does a page name? The names of `data/outlets.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::error::Error;
use crate::tokens::tokens;

const FILE: &str = "outlets.toml";

/// All agencies and outlets we know.
#[derive(Debug)]
pub(crate) struct Outlets {
    agencies: Vec<RawAgency>,
    /// Agencies' names in one automaton; for each pattern the agency and whether it counts in credits only.
    names: AhoCorasick,
    meaning: Vec<(usize, bool)>,
    /// Outlet's name by the tokens of any of its names.
    outlets: BTreeMap<Vec<String>, String>,
    /// Outlet's or agency's name by domain.
    sites: BTreeMap<String, String>,
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
    /// Reads `data/outlets.toml`.
    ///
    /// # Errors
    /// If the file is not as its head describes.
    pub fn read() -> Result<Self, Error> {
        let text = bundle::file(FILE);
        let raw: Raw = toml::from_str(text).map_err(|e| Error::data(FILE, text, &e))?;
        let (mut patterns, mut meaning) = (Vec::new(), Vec::new());
        for (i, agency) in raw.agency.iter().enumerate() {
            let names = agency.aliases.iter().map(|a| (a, false)).chain(agency.credits.iter().map(|a| (a, true)));
            for (name, credit_only) in names {
                patterns.push(name.as_str());
                meaning.push((i, credit_only));
            }
        }
        let names = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .map_err(|e| Error::data_value(FILE, e.to_string()))?;
        let sites = raw.outlet.iter().map(|o| (&o.site, &o.name));
        let sites = sites.chain(raw.agency.iter().filter_map(|a| Some((a.site.as_ref()?, &a.name))));
        let sites = sites.map(|(site, name)| (site.clone(), name.clone())).collect();
        let aliases =
            raw.outlet.iter().flat_map(|o| o.aliases.iter().chain([&o.name]).map(|a| (row(a), o.name.clone())));
        let outlets = aliases.collect();
        Ok(Self { names, meaning, outlets, sites, agencies: raw.agency })
    }

    /// Names of agencies in a line, in order; also of one we do not know, where it calls itself a News Agency.
    pub fn agencies_in<'a>(&'a self, line: &'a str) -> Vec<Named<'a>> {
        let whole = |r: &Range<usize>| !touches_word_before(line, r.start) && !touches_word_after(line, r.end);
        let known = self.names.find_iter(line).filter(|m| whole(&m.range())).map(|m| {
            let (agency, credit_only) = self.meaning[m.pattern().as_usize()];
            Named { agency: &self.agencies[agency].name, range: m.range(), certain: !credit_only }
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
            let known_otherwise = self.agencies.iter().any(|a| {
                a.name == found.agency
                    && !text[found.range.clone()].contains(' ')
                    && a.unless.iter().any(|u| text.contains(u))
            });
            if (found.certain || is_credited(text, &found.range)) && !known_otherwise {
                out.push(found.agency.to_owned());
            }
        }
        out.sort();
        out.dedup();
        out
    }

    /// The outlet of this very name, however capitalised.
    pub fn outlet(&self, name: &str) -> Option<&str> {
        self.outlets.get(&row(name)).map(String::as_str)
    }

    /// The outlet whose name stands anywhere in a line ("Vale Radio’s website …").
    pub fn outlet_inside(&self, line: &str) -> Option<String> {
        let row: Vec<String> = tokens(line).into_iter().map(|t| t.form.trim_end_matches("'s").to_owned()).collect();
        let windows = (1..=5).rev().flat_map(|n| row.windows(n));
        let mut known = windows.filter_map(|w| self.outlets.get(w));
        known.next().cloned()
    }

    /// The outlet or agency whose site an address belongs to.
    pub fn of_url(&self, url: &str) -> Option<&str> {
        let host =
            url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#', ':']).next()?.to_lowercase();
        let mut domain = host.as_str();
        loop {
            if let Some(name) = self.sites.get(domain) {
                return Some(name);
            }
            domain = domain.split_once('.')?.1;
        }
    }
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    agency: Vec<RawAgency>,
    outlet: Vec<RawOutlet>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAgency {
    name: String,
    aliases: Vec<String>,
    #[serde(default)]
    credits: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(rename = "country")]
    _country: String,
    site: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOutlet {
    name: String,
    aliases: Vec<String>,
    #[serde(rename = "country")]
    _country: String,
    site: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Outlets {
        Outlets::read().unwrap_or_else(|e| panic!("{e}"))
    }

    #[test]
    fn there_are_enough_of_them() {
        let known = known();
        assert!(known.agencies.len() >= 60 && known.outlets.len() >= 60);
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
        assert_eq!(known.of_url("https://www.aljazeera.com/news/2020/x"), Some("Al Jazeera"));
        assert_eq!(known.of_url("nonsense"), None);
    }
}
