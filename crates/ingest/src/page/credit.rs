//! Who is credited in a line: authors ("By A. Name"), agencies ("DPA - ANSA")?

use crate::outlets::Outlets;
use crate::page::line::Line;
use crate::page::phrases::Phrases;
use crate::tokens::{Token, tokens};

/// Authors and agencies that a line credits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Credit {
    /// Names of people as printed.
    pub people: Vec<String>,
    /// Agencies as the ledger writes them.
    pub agencies: Vec<String>,
    /// Nothing but the form of the names tells that they are authors.
    pub unsigned: bool,
}

/// The credit that a line consists of, with nothing else in it: "Agence X contributed this report", "AFP/Reuters",
/// "Reporting by A. Name in Town; editing by B. Name".
pub(crate) fn credit(line: &Line<'_>, phrases: &Phrases, outlets: &Outlets) -> Option<Credit> {
    let text = line.text;
    if line.words > 30 {
        return None;
    }
    let named = outlets.agencies_in(text);
    let row = tokens(text);
    let rest: Vec<&Token<'_>> = row.iter().filter(|t| !named.iter().any(|n| n.range.contains(&t.start))).collect();
    let agencies = || {
        let mut all: Vec<String> = named.iter().map(|n| n.agency.to_owned()).collect();
        all.dedup();
        all
    };
    let plain = |t: &&Token<'_>| phrases.is_credit_word(&t.form) || t.is_number();
    if rest.iter().all(plain) && (!named.is_empty() || rest.iter().any(|t| phrases.is_credit_anchor(&t.form))) {
        let lone_word = row.len() < 2 && named.is_empty();
        return (!lone_word).then(|| Credit { agencies: agencies(), ..Credit::default() });
    }
    let signed =
        rest.iter().all(|t| plain(t) || t.is_capitalised() || matches!(t.form.as_str(), "de" | "al" | "van" | "bin"));
    let anchored = rest
        .windows(2)
        .any(|w| phrases.is_credit_anchor(&w[0].form) && matches!(w[1].form.as_str(), "by" | "to" | "in"));
    let opens = rest.first().is_some_and(|t| phrases.is_credit_word(&t.form));
    (signed && anchored && (opens || text.contains("contributed"))).then(|| Credit {
        people: people_after_by(text),
        agencies: agencies(),
        unsigned: false,
    })
}

/// The byline that a line consists of, by its "By": "By A. Name and B. Name, Agency", "By our correspondent".
pub(crate) fn byline(line: &Line<'_>, phrases: &Phrases, outlets: &Outlets) -> Option<Credit> {
    const BEFORE: [&str; 5] = ["written", "reported", "story", "words", "text"];
    let row = tokens(line.text);
    let worded = row.len() > 1 && BEFORE.contains(&row[0].form.as_str()) && row[1].form == "by";
    let row = &row[usize::from(worded)..];
    let by = row.first().filter(|t| t.form == "by" || t.form == "from" && t.is_capitalised())?;
    let names = line.text[by.end()..].trim_start_matches([' ', ':']);
    let ends_open = !line.is_sentence || line.text.ends_with("Jr.") || line.text.ends_with("Sr.");
    let is_name = |t: &Token<'_>| t.is_capitalised() || phrases.is_credit_word(&t.form) || is_particle(&t.form);
    let fits = row.len() > 1 && line.words <= 16 && ends_open && row[1..].iter().all(is_name);
    let told = row[1..].iter().any(|t| t.is_capitalised() && !is_calendar(t))
        || row[1..].iter().all(|t| phrases.is_credit_word(&t.form));
    if !fits || !told || by.form == "from" && !row[1..].iter().any(|t| phrases.is_credit_anchor(&t.form)) {
        return None;
    }
    let agencies = outlets.agencies_in(names).iter().map(|n| n.agency.to_owned()).collect();
    Some(Credit { people: people(names, phrases, outlets), agencies, unsigned: false })
}

/// The people that a line consists of: "Ann Grey", "ANN GREY and A. B. Stone, Defence Correspondent", "Ann Grey in Town".
pub(crate) fn names_alone(line: &Line<'_>, phrases: &Phrases, outlets: &Outlets) -> Option<Credit> {
    let (text, place) = line.text.split_once(" in ").unwrap_or((line.text, ""));
    let place = tokens(place);
    let is_place = place.len() <= 3 && place.iter().all(Token::is_capitalised);
    let parts: Vec<&str> = text.split([',', '&', ';']).flat_map(|p| p.split(" and ")).map(str::trim).collect();
    let is_role = |p: &str| tokens(p).iter().any(|t| phrases.is_credit_anchor(&t.form));
    let fits =
        line.words <= 10 && !line.is_sentence && is_place && parts.first().is_some_and(|p| is_person(p, phrases));
    let agency = |p: &str| !outlets.agencies_in(p).is_empty() || outlets.outlet(p).is_some();
    let others = parts.iter().skip(1).all(|p| is_person(p, phrases) || is_role(p) || agency(p) || tokens(p).len() == 1);
    (fits && others).then(|| Credit {
        people: parts
            .iter()
            .filter(|p| is_person(p, phrases) && !is_role(p) && !agency(p))
            .map(|p| (*p).to_owned())
            .collect(),
        agencies: outlets.agencies_in(line.text).iter().map(|n| n.agency.to_owned()).collect(),
        unsigned: true,
    })
}

/// Two to four capitalised words that look like a person's name.
fn is_person(text: &str, phrases: &Phrases) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = |w: &str| {
        let letters = w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        letters && (w.starts_with(char::is_uppercase) || is_particle(w))
    };
    let row = tokens(text);
    let other = |t: &Token<'_>| is_calendar(t) || is_no_name(&t.form) || phrases.is_section(std::slice::from_ref(t));
    (2..=4).contains(&words.len())
        && words.iter().all(|w| named(w))
        && !row.iter().any(other)
        && !phrases.has_outlet_word(&row)
        && words[0].starts_with(char::is_uppercase)
}

/// People between "by" and the next stop, of lines like "Reporting by A. Name; editing by B. Name".
fn people_after_by(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in text.split([';', '.', ')']) {
        let Some((_, names)) = part.split_once(" by ") else { continue };
        let names = names.split(" in ").next().unwrap_or(names);
        for name in names.split(',').flat_map(|n| n.split(" and ")).map(str::trim) {
            if name.split_whitespace().count() > 1 && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase))
            {
                out.push(name.to_owned());
            }
        }
    }
    out
}

/// People of the words after "By".
fn people(names: &str, phrases: &Phrases, outlets: &Outlets) -> Vec<String> {
    let parts = names.split(" in ").next().unwrap_or(names);
    let parts = parts.split([',', '&', ';', '|', '/']).flat_map(|p| p.split(" and ")).map(str::trim);
    let told = |p: &&str| {
        let row = tokens(p);
        let role = row.iter().any(|t| phrases.is_credit_anchor(&t.form) || t.form == "agencies" || t.form == "our");
        !row.is_empty() && !role && row.len() > 1 && outlets.agencies_in(p).is_empty() && outlets.outlet(p).is_none()
    };
    parts.filter(told).map(str::to_owned).collect()
}

fn is_particle(form: &str) -> bool {
    matches!(
        form,
        "de" | "del"
            | "la"
            | "van"
            | "von"
            | "der"
            | "den"
            | "al"
            | "el"
            | "bin"
            | "ben"
            | "ibn"
            | "da"
            | "dos"
            | "di"
            | "ter"
    )
}

fn is_calendar(t: &Token<'_>) -> bool {
    crate::date::month(t.text).is_some() || crate::date::weekday(t.text).is_some()
}

/// Words that begin names of places and things more often than of people.
fn is_no_name(form: &str) -> bool {
    matches!(
        form,
        "the"
            | "a"
            | "an"
            | "no"
            | "north"
            | "south"
            | "east"
            | "west"
            | "northern"
            | "southern"
            | "eastern"
            | "western"
            | "central"
            | "upper"
            | "lower"
            | "city"
            | "province"
            | "region"
            | "republic"
            | "united"
            | "states"
            | "kingdom"
            | "new"
            | "saint"
            | "war"
            | "peace"
            | "ceasefire"
            | "truce"
            | "conflict"
            | "crisis"
            | "army"
            | "ministry"
            | "government"
            | "president"
            | "minister"
            | "council"
            | "nations"
            | "how"
            | "why"
            | "what"
            | "when"
            | "where"
            | "who"
            | "is"
            | "in"
            | "on"
            | "at"
            | "of"
            | "for"
            | "to"
            | "with"
            | "from"
            | "and"
            | "or"
            | "not"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> (Phrases, Outlets) {
        (Phrases::read().unwrap_or_else(|e| panic!("{e}")), Outlets::read().unwrap_or_else(|e| panic!("{e}")))
    }

    #[test]
    fn credits() {
        let (phrases, outlets) = known();
        let of = |s: &str| credit(&Line::new(1, s), &phrases, &outlets);
        assert_eq!(of("AFP - Reuters").map(|c| c.agencies), Some(vec!["AFP".into(), "Reuters".into()]));
        assert_eq!(of("Agence France-Presse staff contributed").map(|c| c.agencies), Some(vec!["AFP".into()]));
        assert_eq!(of("© Agence France-Presse").map(|c| c.agencies), Some(vec!["AFP".into()]));
        assert_eq!(of("Written and compiled by agencies"), Some(Credit::default()));
        assert_eq!(of("(With inputs from PTI)").map(|c| c.agencies), Some(vec!["PTI".into()]));
        let signed = of("(Reporting by Ann Grey in Vale and B. Stone; editing by Cora Reed)").expect("a credit");
        assert_eq!(signed.people, ["Ann Grey", "Cora Reed"].map(str::to_owned).to_vec());
        for line in
            ["Reuters reported heavy shelling.", "The army told Reuters", "Source of the fire unclear", "Report"]
        {
            assert_eq!(of(line), None, "{line}");
        }
    }

    #[test]
    fn bylines() {
        let (phrases, outlets) = known();
        let by = |s: &str| byline(&Line::new(1, s), &phrases, &outlets);
        assert_eq!(by("By AFP").map(|c| (c.people, c.agencies)), Some((vec![], vec!["AFP".into()])));
        assert_eq!(
            by("By Ann Grey and Bo Stone in Vale").map(|c| c.people),
            Some(vec!["Ann Grey".into(), "Bo Stone".into()])
        );
        assert_eq!(by("By our correspondent").map(|c| c.people), Some(vec![]));
        for line in
            ["By noon the shelling had stopped.", "By Monday the shelling had stopped", "By any measure", "By Monday"]
        {
            assert_eq!(by(line), None, "{line}");
        }
    }

    #[test]
    fn names_without_by() {
        let (phrases, outlets) = known();
        let alone = |s: &str| names_alone(&Line::new(1, s), &phrases, &outlets).map(|c| c.people);
        assert_eq!(alone("Ann Grey"), Some(vec!["Ann Grey".into()]));
        assert_eq!(
            alone("Ann Grey and Bo Stone, Diplomatic Correspondent"),
            Some(vec!["Ann Grey".into(), "Bo Stone".into()])
        );
        for line in
            ["Northern Vale", "Vale Post", "Rebels Sign Deal in Vale Today After Talks", "Vale rivals sign", "Ann"]
        {
            assert_eq!(alone(line), None, "{line}");
        }
    }
}
