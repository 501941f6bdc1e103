//! How values are worded for people: speakers, counts, times, acts. Nothing is said here that the ledger does not say.

use evidence::time::{Iso, Time};
use evidence::{Act, Article, Basis, Claim, Figure, Qualifier, Reference, Speaker};
use press::{Affiliation, Directory};

use crate::Book;

/// Whose words they are: the chain nearest first, "A and B" where they speak together, the outlet where nobody is named.
pub fn who(book: &Book, article: &str, speakers: &[Speaker], joint: bool) -> String {
    if speakers.is_empty() {
        return "(the outlet)".to_owned();
    }
    let each: Vec<String> = speakers.iter().map(|s| speaker(book, article, s)).collect();
    each.join(if joint { "\nand " } else { "\n← told by " })
}

/// Whose words a claim is, on one line.
pub fn speakers(book: &Book, c: &Claim) -> String {
    who(book, &c.article, &c.speakers, c.joint).replace('\n', " ")
}

/// One speaker: name, role and organisation, else the words of the text; then the party.
pub fn speaker(book: &Book, article: &str, s: &Speaker) -> String {
    let quote = s.span.map(|span| book.quote(article, span));
    let mut out = match &s.name {
        Some(name) => {
            let office = [s.role.as_deref(), s.organisation.as_deref().filter(|o| o != name)];
            let office: Vec<&str> = office.into_iter().flatten().collect();
            if office.is_empty() { name.clone() } else { format!("{name} ({})", office.join(", ")) }
        }
        None => quote.or(s.organisation.as_deref()).or(s.role.as_deref()).unwrap_or("(not named)").to_owned(),
    };
    if let Some(party) = &s.party {
        out.push_str(&format!(" [{party}]"));
    }
    out
}

/// To whom the outlet of a report belongs, where that is public knowledge. It is asked anew each time, so that it is never
/// older than the program.
pub fn affiliation(a: &Article) -> Option<&'static Affiliation> {
    Directory::shipped().of_name(a.outlet.as_deref()?)?.affiliation.as_ref()
}

/// "machine translation from ru", "translation".
pub fn translation(a: &Article) -> Option<String> {
    let t = a.imprint.translation.as_ref()?;
    let made = match t.machine {
        Some(true) => "machine translation",
        Some(false) => "human translation",
        None => "translation",
    };
    Some(t.from.as_ref().map_or(made.to_owned(), |from| format!("{made} from {from}")))
}

/// An act as a verb; a denial stands out.
pub fn act(act: Act) -> &'static str {
    match act {
        Act::Assert => "says",
        Act::Deny => "✗ denies",
        Act::Accuse => "accuses",
        Act::Confirm => "✓ confirms",
        Act::Announce => "announces",
        Act::Demand => "demands",
        Act::Appeal => "appeals for",
        Act::Threaten => "threatens",
        Act::Promise => "promises",
        Act::Offer => "offers",
        Act::Condemn => "condemns",
        Act::Welcome => "welcomes",
        Act::Predict => "predicts",
        Act::Decline => "declines",
    }
}

/// "12", "≥ 12", "≤ 30", "12–15", "about 400", "nearly 200", "> 400".
pub fn count(f: &Figure) -> String {
    let hedge = match f.qualifier {
        Qualifier::Nearly => "nearly ",
        Qualifier::About => "about ",
        _ => "",
    };
    match (f.low, f.high) {
        (Some(low), Some(high)) if low == high => format!("{hedge}{low}"),
        (Some(low), Some(high)) => format!("{hedge}{low}–{high}"),
        (Some(low), None) if f.qualifier == Qualifier::Over => format!("> {}", low.saturating_sub(1)),
        (Some(low), None) => format!("{hedge}≥ {low}"),
        (None, Some(high)) => format!("{hedge}≤ {high}"),
        (None, None) => "?".to_owned(),
    }
}

/// A time's value, or its words in marks where it has none.
pub fn time(book: &Book, article: Option<&str>, t: &Time) -> String {
    let words = t.span.zip(article).map(|(span, a)| book.quote(a, span));
    match (&t.value, &t.end) {
        (Some(from), Some(to)) => format!("{}\n– {}", moment(from), moment(to)),
        (Some(from), None) => moment(from),
        (None, Some(to)) => format!("until {}", moment(to)),
        (None, None) => words.map_or_else(String::new, |w| format!("“{w}”")),
    }
}

/// A moment on one line: `2020-10-10 12:05+04:00`.
pub fn moment(iso: &Iso) -> String {
    iso.as_str().replacen('T', " ", 1)
}

/// The date of a report and where it comes from.
pub fn published(a: &Article) -> String {
    match (&a.published.value, a.published.basis) {
        (None, _) => "undated".to_owned(),
        (Some(value), Basis::Text) => moment(value),
        (Some(value), basis) => format!("{} ({basis})", moment(value)),
    }
}

/// Who or what a reference means: its party, else its entity's name, else its words.
pub fn reference(book: &Book, article: &str, r: &Reference) -> String {
    let entity = r.entity.as_deref().and_then(|id| book.entity(id)).map(|e| e.name.clone());
    let words = || r.span.map(|s| book.quote(article, s).to_owned());
    r.party.clone().or(entity).or_else(words).unwrap_or_default()
}

/// Several references, each once.
pub fn references(book: &Book, article: &str, list: &[Reference]) -> String {
    let mut out: Vec<String> = Vec::new();
    for r in list {
        let words = reference(book, article, r);
        if !words.is_empty() && !out.contains(&words) {
            out.push(words);
        }
    }
    out.join(", ")
}

/// Names of the places of a claim.
pub fn places(book: &Book, c: &Claim) -> String {
    let name = |r: &Reference| {
        let entity = r.entity.as_deref().and_then(|id| book.entity(id)).map(|e| e.name.clone());
        entity.or_else(|| r.span.map(|s| book.quote(&c.article, s).to_owned()))
    };
    let mut names: Vec<String> = c.places.iter().filter_map(name).collect();
    names.dedup();
    names.join(", ")
}

/// A reason or note of the ledger with names in place of the ids of articles and entities.
pub fn told(book: &Book, reason: &str) -> String {
    let word = |word: &str| {
        let id = word.trim_matches(|c: char| !c.is_alphanumeric());
        let path = book.page(id).map(|p| book.short_path(p));
        match path.or_else(|| book.entity(id).map(|e| e.name.as_str())) {
            Some(name) if !id.is_empty() => word.replace(id, name),
            _ => word.to_owned(),
        }
    };
    reason.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// `text` without characters that would steer a terminal or turn the direction of writing: reports may hold any.
pub fn printable(text: &str) -> String {
    let steers =
        |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// `text` on one line, cut to at most `most` characters.
pub fn shortened(text: &str, most: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= most {
        return flat;
    }
    let cut: String = flat.chars().take(most.saturating_sub(1)).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{whole_words} …")
}
