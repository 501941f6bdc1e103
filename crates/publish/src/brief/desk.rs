//! How a claim becomes a statement: its speaker, the act in neutral words, the exact words with their citation, and
//! what the ledger has of time and place.

use std::collections::{BTreeMap, BTreeSet};

use evidence::time::Time;
use evidence::{Act, Basis, Claim, DenialKind, Span, Status, Toll};

use super::around::{Around, around, one_line};
use super::voice::{capitalised, is_not_so};
use super::{Citation, Item, Line, Piece, Quote, Request, text};
use crate::{Book, Page, wording};

/// Most characters of a paragraph that are shown on either side of cited words.
const PARAGRAPH: usize = 320;

/// Most characters of a sentence that are shown on either side of words that say too little alone.
const SENTENCE: usize = 160;

/// Contents shorter than this are shown in their sentence, in characters.
const BRIEF: usize = 40;

/// Most claims that are named beside one that they answer, or that answers them.
const NAMED: usize = 10;

/// The ledger and the request, and the citations made so far.
pub(super) struct Desk<'d, 'a> {
    pub book: &'d Book<'a>,
    pub request: &'d Request,
    /// Series of all counts of the ledger.
    pub tolls: &'d [Toll],
    pub citations: Vec<Citation>,
    numbers: BTreeMap<(&'a str, Span), usize>,
}

impl<'d, 'a> Desk<'d, 'a> {
    /// With no citation yet.
    pub fn new(book: &'d Book<'a>, tolls: &'d [Toll], request: &'d Request) -> Self {
        Self { book, tolls, request, citations: Vec::new(), numbers: BTreeMap::new() }
    }

    /// The claims that the brief is of, in the order of the export.
    pub fn claims(&self) -> Vec<&'a Claim> {
        self.book.claims().into_iter().filter(|c| self.has(&c.id)).collect()
    }

    /// Whether the brief is of a claim.
    pub fn has(&self, claim: &str) -> bool {
        self.request.claims.contains(claim)
    }

    /// Ids of the articles whose words are cited.
    pub fn cited(&self) -> BTreeSet<&'a str> {
        self.numbers.keys().map(|(article, _)| *article).collect()
    }

    /// A claim as one line.
    pub fn statement(&mut self, c: &'a Claim) -> Line {
        let mut line = vec![Piece::Strong(capitalised(&self.voice(c))), text(format!(" {}: ", self.verb(c)))];
        line.push(self.content(c));
        let told = self.circumstances(c);
        line.extend((!told.is_empty()).then(|| Piece::Faint(format!(" —\u{a0}{told}"))));
        line
    }

    /// The exact words of a report.
    pub fn quote(&mut self, article: &'a str, span: Span) -> Piece {
        let (before, after) = (String::new(), String::new());
        let words = one_line(self.book.quote(article, span));
        Piece::Quote(Quote { before, words, after, number: self.cite(article, span) })
    }

    /// The words of a claim, with the rest of their sentence where they say too little alone.
    pub fn content(&mut self, c: &'a Claim) -> Piece {
        let words = one_line(self.book.quote(&c.article, c.content));
        let torn = words.matches('"').count() % 2 == 1 || words.matches(['“', '”']).count() % 2 == 1;
        let whole = words.chars().count() >= BRIEF && !torn && !is_not_so(c, &words);
        let Some(page) = self.book.page(&c.article).filter(|_| !whole) else {
            return self.quote(&c.article, c.content);
        };
        let Around { before, after } = around(&page.article().text, c.content, SENTENCE, true);
        let (before, after) = (one_line(&before), one_line(&after));
        Piece::Quote(Quote { before, words, after, number: self.cite(&c.article, c.content) })
    }

    /// The number of the citation of these words.
    pub fn cite(&mut self, article: &'a str, span: Span) -> usize {
        let next = self.citations.len() + 1;
        let number = *self.numbers.entry((article, span)).or_insert(next);
        if number == next {
            self.citations.extend(self.book.page(article).map(|page| citation(self.book, page, span)));
        }
        number
    }

    /// A statement with who denies it and what it denies.
    pub fn answered(&mut self, c: &'a Claim) -> Item {
        let line = self.statement(c);
        let mut below: Vec<Line> = self.denied_by(c).into_iter().collect();
        if c.act == Act::Deny || self.book.denial(&c.id).is_some() {
            below.push(self.denies(c));
        }
        Item { line, below }
    }

    /// Who denies a claim.
    pub fn denied_by(&mut self, c: &'a Claim) -> Option<Line> {
        let denials = self.book.denials_of(&c.id).iter().filter_map(|id| self.book.claim(id));
        let denials: Vec<&Claim> = denials.collect();
        (!denials.is_empty()).then(|| self.named("Denied by ", &denials))
    }

    /// What a denial denies.
    fn denies(&mut self, c: &'a Claim) -> Line {
        let denial = self.book.denial(&c.id).filter(|d| !d.denies.is_empty());
        let Some(denial) = denial else {
            return vec![Piece::Faint("No statement in these reports is known to be what it denies.".into())];
        };
        let kind = match denial.kind {
            DenialKind::OwnAct => "Denies an act of its own that is told by ",
            DenialKind::Version => "Denies the account of ",
            DenialKind::Blanket => "Denies all that is said of the kind, among it by ",
        };
        let denied: Vec<&Claim> = denial.denies.iter().filter_map(|d| self.book.claim(&d.claim)).collect();
        self.named(kind, &denied)
    }

    /// Those who make some claims, each once with the citations of all that are theirs.
    fn named(&mut self, before: &str, claims: &[&'a Claim]) -> Line {
        let mut by: Vec<(String, Vec<usize>)> = Vec::new();
        for c in claims.iter().take(NAMED) {
            let (voice, number) = (self.voice(c), self.cite(&c.article, c.content));
            match by.iter_mut().find(|(name, _)| *name == voice) {
                Some((_, numbers)) => numbers.push(number),
                None => by.push((voice, vec![number])),
            }
        }
        let mut line = vec![text(before)];
        for (n, (voice, numbers)) in by.into_iter().enumerate() {
            line.push(text(if n == 0 { format!("{voice} ") } else { format!(", {voice} ") }));
            line.extend(numbers.into_iter().map(Piece::Cite));
        }
        let more = claims.len().saturating_sub(NAMED);
        line.extend((more > 0).then(|| text(format!(" and {more} more; the command standoff disputes has them"))));
        line
    }

    /// Time, place, how it stands to reality, report.
    fn circumstances(&self, c: &Claim) -> String {
        let mut parts: Vec<String> = c.time.iter().filter_map(|t| self.time(&c.article, t)).collect();
        let places = wording::places(self.book, c);
        parts.extend((!places.is_empty()).then_some(places));
        let status = match c.status {
            Status::Actual => None,
            Status::Ongoing => Some("told as going on"),
            Status::Planned => Some("told as to come"),
            Status::Demanded => Some("asked for, not told as done"),
            Status::Conditional => Some("told as depending on a condition"),
            Status::Possible => Some("told as possible"),
        };
        parts.extend(status.map(str::to_owned));
        if !c.speakers.is_empty() {
            parts.push(self.report(&c.article));
        }
        wording::printable(&parts.join("; "))
    }

    /// A time as far as it is told: its value, or else its words.
    pub fn time(&self, article: &str, t: &Time) -> Option<String> {
        let told = wording::time(self.book, Some(article), t).replace('\n', " ");
        (!told.is_empty()).then_some(told)
    }
}

/// Outlet and date of a report, or its path where no outlet is known.
pub(super) fn report(book: &Book, page: &Page) -> String {
    let a = page.article();
    let name = a.outlet.clone().unwrap_or_else(|| book.short_path(page).to_owned());
    let date = match (&a.published.value, a.published.basis) {
        (None, _) => "undated".to_owned(),
        (Some(day), Basis::Inferred) => format!("{} (date worked out)", day.date()),
        (Some(day), _) => day.date().to_owned(),
    };
    wording::printable(&format!("{name}, {date}"))
}

fn citation(book: &Book, page: &Page, span: Span) -> Citation {
    let Around { before, after } = around(&page.article().text, span, PARAGRAPH, false);
    Citation {
        report: report(book, page),
        path: wording::printable(book.short_path(page)),
        start: page.point(span.start()),
        end: page.point(span.end()),
        before: wording::printable(&before),
        words: wording::printable(page.quote(span)),
        after: wording::printable(&after),
    }
}
