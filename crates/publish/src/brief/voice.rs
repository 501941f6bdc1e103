//! Whose words they are, and what they do in saying them, worded so that no side is taken (docs/brief.md).

use evidence::{Act, Claim, Event, Polarity, Span, Speaker};

use super::around::one_line;
use super::desk::{Desk, report};
use crate::disputes::parties_of;
use crate::wording;

/// Words that stand for a speaker named elsewhere.
const PRONOUNS: [&str; 7] = ["it", "he", "she", "they", "we", "i", "you"];

/// Words that negate a content themselves.
const NEGATIONS: [&str; 8] = ["not", "no", "never", "nor", "neither", "none", "nobody", "without"];

/// Words that judge those they name: they stand as the report's own, in quotation marks.
const JUDGING: [&str; 16] = [
    "regime",
    "regimes",
    "terrorist",
    "terrorists",
    "so-called",
    "puppet",
    "puppets",
    "thug",
    "thugs",
    "invader",
    "invaders",
    "occupier",
    "occupiers",
    "aggressor",
    "aggressors",
    "junta",
];

impl Desk<'_, '_> {
    /// Whose words they are.
    pub fn voice(&self, c: &Claim) -> String {
        self.speakers(&c.article, &c.speakers, c.joint)
    }

    /// A chain ("residents, as told by X"), several together ("A and B"), or the outlet.
    pub fn speakers(&self, article: &str, speakers: &[Speaker], joint: bool) -> String {
        if speakers.is_empty() {
            return self.outlet(article);
        }
        // "Both sides" are several speakers by the same words.
        let mut each: Vec<(Option<Span>, Vec<&Speaker>)> = Vec::new();
        for s in speakers {
            match each
                .iter_mut()
                .find(|(span, of)| joint && s.name.is_none() && span.is_some() && *span == s.span && !of.is_empty())
            {
                Some((_, of)) => of.push(s),
                None => each.push((s.span, vec![s])),
            }
        }
        let mut names: Vec<String> = each.iter().map(|(_, of)| self.speaker(article, of)).collect();
        names.dedup();
        wording::printable(&names.join(if joint { " and " } else { ", as told by " }))
    }

    /// "Asa Lind (spokeswoman, defence ministry; Varnia)"; several who share their words stand as one.
    fn speaker(&self, article: &str, of: &[&Speaker]) -> String {
        let Some(s) = of.first() else { return String::new() };
        let parties: Vec<&str> = of.iter().filter_map(|s| s.party.as_deref()).collect();
        let mut names: Vec<&str> = parties.iter().map(|slug| self.book.party_name(slug)).collect();
        names.sort_unstable();
        let words = s.span.map(|span| self.book.quote(article, span));
        let named = s.name.as_deref().or(words).or(s.organisation.as_deref()).or(s.role.as_deref());
        let pronoun = |w: &&str| !names.is_empty() && PRONOUNS.contains(&w.to_lowercase().as_str());
        let Some(name) = named.filter(|w| !pronoun(w)) else {
            return if names.is_empty() {
                "(a speaker whom the report does not name)".into()
            } else {
                names.join(" and ")
            };
        };
        let mut office: Vec<&str> = Vec::new();
        for part in [s.role.as_deref(), s.organisation.as_deref()].into_iter().flatten().filter(|_| s.name.is_some()) {
            let told = |by: &str| by.to_lowercase().contains(&part.to_lowercase());
            if !told(name) && !office.iter().any(|o| told(o)) {
                office.push(part);
            }
        }
        let said = format!("{name} {}", office.join(" "));
        let mut unsaid: Vec<&str> =
            parties.iter().filter(|p| !self.names_party(&said, p)).map(|p| self.book.party_name(p)).collect();
        unsaid.sort_unstable();
        office.extend(unsaid);
        let name = as_printed(name);
        let office: Vec<String> = office.into_iter().map(as_printed).collect();
        if office.is_empty() { name } else { format!("{name} ({})", office.join(", ")) }
    }

    /// Whether words already have a party's name or adjective.
    fn names_party(&self, words: &str, slug: &str) -> bool {
        let words = words.to_lowercase();
        let entity = self.book.entity(&format!("party:{slug}"));
        let aliases = entity.into_iter().flat_map(|e| e.aliases.iter().map(String::as_str));
        [self.book.party_name(slug)].into_iter().chain(aliases).any(|name| words.contains(&name.to_lowercase()))
    }

    /// The outlet, or the file where no outlet is known.
    pub fn outlet(&self, article: &str) -> String {
        let page = self.book.page(article);
        let outlet = page.and_then(|p| p.article().outlet.clone());
        let path = || page.map(|p| self.book.short_path(p).to_owned());
        wording::printable(&outlet.or_else(path).unwrap_or_else(|| article.to_owned()))
    }

    /// Outlet and date of a report.
    pub fn report(&self, article: &str) -> String {
        self.book.page(article).map_or_else(|| article.to_owned(), |p| report(self.book, p))
    }

    /// The act in neutral words, in the past, so that it fits one and many; the outlet writes.
    pub fn verb(&self, c: &Claim) -> String {
        if c.speakers.is_empty() {
            let words = one_line(self.book.quote(&c.article, c.content));
            return if is_not_so(c, &words) { "wrote that this is not so" } else { "wrote" }.to_owned();
        }
        let by = parties_of(&c.speakers, c.joint);
        let mut accused: Vec<&str> = c.actors.iter().filter_map(|r| r.party.as_deref()).collect();
        accused.sort_unstable();
        accused.dedup();
        let verb = act(c.act);
        if c.act == Act::Accuse {
            let each_other = by.len() > 1 && by == accused;
            let names: Vec<&str> =
                accused.into_iter().filter(|p| !by.contains(p)).map(|p| self.book.party_name(p)).collect();
            let whom = if each_other { "each other".to_owned() } else { names.join(" and ") };
            return format!("{verb} {whom}").trim_end().to_owned();
        }
        let words = one_line(self.book.quote(&c.article, c.content));
        if is_not_so(c, &words) { format!("{verb} that this is not so") } else { verb.to_owned() }
    }
}

/// What is said to have happened, for a heading.
pub(super) const fn happening(event: Option<Event>) -> &'static str {
    match event {
        Some(Event::Assault) => "Use of force",
        Some(Event::Coerce) => "Seizure, arrest, restriction",
        Some(Event::Mobilize) => "Forces raised or moved",
        Some(Event::Threaten) => "Warning of force",
        Some(Event::Protest) => "Protest",
        Some(Event::Sanction) => "Relations reduced",
        Some(Event::Accuse) => "Criticism, investigation",
        Some(Event::Agree) => "Agreement",
        Some(Event::Consult) => "Talks and visits",
        Some(Event::Concede) => "Concession declared",
        Some(Event::Retreat) => "Fighting stopped, withdrawal, release, access",
        Some(Event::Support | Event::Cooperate) => "Support",
        Some(Event::Aid) => "Aid",
        Some(Event::Request) => "Request",
        Some(Event::Reject) => "Refusal",
        None => "Statements",
    }
}

/// A name or office, in quotation marks where the report's words for it judge.
fn as_printed(words: &str) -> String {
    let judges = |w: &str| JUDGING.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str());
    if words.split_whitespace().any(judges) { format!("“{words}”") } else { words.to_owned() }
}

/// With its first letter large, as a line begins.
pub(super) fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a content is told as not so, and its words alone would read as if it were.
pub(super) fn is_not_so(c: &Claim, words: &str) -> bool {
    let negates = |w: &str| NEGATIONS.contains(&w) || w.ends_with("n't") || w.ends_with("n’t");
    let negated = c.polarity == Polarity::Negated && !matches!(c.act, Act::Deny | Act::Decline);
    let letters = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    negated && !words.split_whitespace().any(|w| negates(&letters(w)))
}

/// What a speaker does, in words that take no side.
const fn act(act: Act) -> &'static str {
    match act {
        Act::Assert => "said",
        Act::Deny => "denied",
        Act::Accuse => "accused",
        Act::Confirm => "said that it is so",
        Act::Announce => "announced",
        Act::Demand => "demanded",
        Act::Appeal => "appealed",
        Act::Threaten => "warned",
        Act::Promise => "promised",
        Act::Offer => "offered",
        Act::Condemn => "condemned",
        Act::Welcome => "welcomed",
        Act::Predict => "expected",
        Act::Decline => "declined",
    }
}

#[cfg(test)]
mod tests {
    use super::as_printed;

    #[test]
    fn words_that_judge_are_those_of_the_report() {
        assert_eq!(as_printed("A regime source"), "“A regime source”");
        assert_eq!(as_printed("the defence ministry"), "the defence ministry");
    }
}
