//! Which lines of a page are its report, and what do the others tell?
//!
//! Every line gets a verdict with a reason. What is not known to be noise stays: a line of noise costs little,
//! a line of the report lost cannot be made good.

mod caption;
mod credit;
mod header;
mod line;
mod links;
mod phrases;
mod stamp;
mod title;
mod verdict;

use std::collections::BTreeSet;

pub(crate) use header::Known;
pub(crate) use line::Line;
pub(crate) use phrases::Phrases;
pub(crate) use stamp::Stamp;
pub(crate) use verdict::{Reason, Verdict};

use credit::Credit;

/// Longest scrap between the title and the first paragraph, in words: a standfirst is longer.
const LONGEST_SCRAP_ABOVE: usize = 4;
/// Longest scrap after the last paragraph, in words.
const LONGEST_SCRAP_BELOW: usize = 14;
/// Most lines that are taken for names of authors by their form alone.
const MOST_UNSIGNED: usize = 2;

/// Where in the page a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The first line that is not noise: the title, if there is one.
    First,
    /// Between the title and the first paragraph.
    Head,
    /// From the first paragraph to the last.
    Body,
    /// After the last paragraph.
    Tail,
}

/// A page whose lines have been judged.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    /// Lines that are not empty, each with its verdict.
    pub lines: Vec<(Line<'a>, Verdict)>,
    /// Which of `lines` is the title, and the words of it without the outlet's name.
    pub title: Option<(usize, &'a str)>,
    /// Authors as printed.
    pub byline: Vec<String>,
    /// Agencies credited by lines that are no part of the report.
    pub agencies: Vec<String>,
    /// The outlet that the page names.
    pub outlet: Option<String>,
    /// What the page says of when it appeared, in order.
    pub stamps: Vec<Stamp>,
}

/// Judges the lines of a page. `raw` are its lines with their numbers in the file; with `titled` the first is known to be
/// the title.
pub(crate) fn judge<'a>(raw: impl Iterator<Item = (usize, &'a str)>, titled: bool, known: Known<'_>) -> Page<'a> {
    let mut judge = Judge::new(raw, known);
    judge.titled = titled && !judge.lines.is_empty();
    judge.judge_wording();
    links::drop_captions(&judge.lines, &mut judge.verdicts);
    judge.judge_head();
    judge.judge_tail();
    links::drop_lists(&judge.lines, &mut judge.verdicts);
    links::drop_other_matters(&judge.lines, &mut judge.verdicts, known.phrases);
    judge.drop_repeats();
    judge.spare_the_last();
    judge.into_page()
}

struct Judge<'a, 'k> {
    known: Known<'k>,
    lines: Vec<Line<'a>>,
    verdicts: Vec<Verdict>,
    /// Whether the first line is known to be the title.
    titled: bool,
    title: Option<(usize, &'a str)>,
    /// Names, and whether only their form tells that they are authors.
    byline: Vec<(String, bool)>,
    /// Lines with such names.
    unsigned: usize,
    agencies: Vec<String>,
    outlet: Option<String>,
    stamps: Vec<Stamp>,
}

impl<'a, 'k> Judge<'a, 'k> {
    fn new(raw: impl Iterator<Item = (usize, &'a str)>, known: Known<'k>) -> Self {
        let lines: Vec<Line<'a>> = raw.map(|(n, text)| Line::new(n, text)).filter(|l| !l.text.is_empty()).collect();
        let verdicts = vec![Verdict::Kept; lines.len()];
        Self {
            known,
            lines,
            verdicts,
            titled: false,
            title: None,
            byline: vec![],
            unsigned: 0,
            agencies: vec![],
            outlet: None,
            stamps: vec![],
        }
    }

    /// Lines that are noise wherever they stand.
    fn judge_wording(&mut self) {
        for i in usize::from(self.titled)..self.lines.len() {
            let line = &self.lines[i];
            let first = self.verdicts[..i].iter().all(|v| *v != Verdict::Kept);
            let row = crate::tokens::tokens(line.text);
            let worded = self.known.phrases.reason(&row, line.is_sentence);
            // A title may begin like a link: "Explained: …", "Video: …".
            let worded = worded.filter(|r| !(first && *r == Reason::Related));
            let reason = if self.known.phrases.tells_of_change(&row) {
                Some(Reason::Correction)
            } else if row.is_empty() || is_address_alone(line.text) {
                Some(Reason::Navigation)
            } else if caption::is_caption(line, self.known.outlets, first) {
                Some(Reason::Caption)
            } else {
                worded
            };
            if let Some(credit) = credit::credit(line, self.known.phrases, self.known.outlets)
                .filter(|_| reason.is_none() || reason == Some(Reason::Copyright))
            {
                self.take_credit(credit);
                self.verdicts[i] = Verdict::Dropped(Reason::Credit);
            } else if let Some(reason) = reason {
                self.verdicts[i] = Verdict::Dropped(reason);
                if matches!(reason, Reason::Address | Reason::Copyright) {
                    self.outlet = self.outlet.take().or_else(|| self.known.outlets.outlet_inside(line.text));
                }
            }
        }
    }

    /// The title and the furniture around it, up to the first paragraph; then what can stand amid paragraphs.
    fn judge_head(&mut self) {
        let from = usize::from(self.titled);
        let is_body = |i: &usize| *i >= from && self.lines[*i].is_body() && self.verdicts[*i] == Verdict::Kept;
        // A question over the page is its title, however long.
        let asks = |i: &usize| {
            let line = &self.lines[*i];
            self.verdicts[..*i].iter().all(|v| *v != Verdict::Kept) && line.is_headline() && line.text.ends_with('?')
        };
        let first_body = (0..self.lines.len()).find(|i| is_body(i) && !asks(i)).unwrap_or(self.lines.len());
        let last_body = (0..self.lines.len()).rfind(is_body).unwrap_or(0);
        let mut titled = self.titled;
        if titled {
            let found = title::title(&self.lines[0], self.known);
            self.title = Some((0, found.as_ref().map_or(self.lines[0].text, |t| t.words)));
            self.outlet = self.outlet.take().or_else(|| found.and_then(|t| t.outlet));
        }
        for i in usize::from(titled)..self.lines.len() {
            if self.verdicts[i] != Verdict::Kept {
                continue;
            }
            let place = match i {
                _ if i > last_body && i > first_body => continue,
                _ if i >= first_body => Place::Body,
                _ if titled => Place::Head,
                _ => Place::First,
            };
            let next = (i + 1..self.lines.len()).find(|&j| self.verdicts[j] == Verdict::Kept);
            let next_is_headline = next.is_some_and(|j| self.lines[j].is_headline());
            if place == Place::First && next.is_some_and(|j| title::is_kicker(&self.lines[i], &self.lines[j])) {
                self.verdicts[i] = Verdict::Dropped(Reason::Section);
                continue;
            }
            if self.take_furniture(i, place, next_is_headline) {
                continue;
            }
            if !titled && place != Place::Body {
                self.title = title::title(&self.lines[i], self.known).map(|t| (i, t.words));
                self.outlet =
                    self.outlet.take().or_else(|| title::title(&self.lines[i], self.known).and_then(|t| t.outlet));
                titled = true;
            } else if place == Place::Head && first_body < self.lines.len() && self.is_scrap(i, LONGEST_SCRAP_ABOVE) {
                self.verdicts[i] = Verdict::Dropped(Reason::Scrap);
            }
        }
    }

    /// What stands after the last paragraph.
    fn judge_tail(&mut self) {
        let is_body = |i: &usize| self.lines[*i].is_body() && self.verdicts[*i] == Verdict::Kept;
        let Some(last) = (0..self.lines.len()).rfind(is_body) else { return };
        for i in last + 1..self.lines.len() {
            if self.verdicts[i] != Verdict::Kept || self.take_furniture(i, Place::Tail, false) {
                continue;
            }
            let line = &self.lines[i];
            let own = self.outlet.as_deref().or(self.known.given_outlet);
            let names_own = own.is_some_and(|o| begins_with(line.text, o));
            if names_own && line.words <= 8 && !line.is_sentence {
                self.verdicts[i] = Verdict::Dropped(Reason::Footer);
            } else if self.is_scrap(i, LONGEST_SCRAP_BELOW) {
                self.verdicts[i] = Verdict::Dropped(Reason::Scrap);
            }
        }
    }

    /// Whether a line outside the paragraphs is short, no sentence, no quotation and no signature, and has no word of
    /// war and peace and no time of day: nothing that the report could lack.
    fn is_scrap(&self, i: usize, longest: usize) -> bool {
        let line = &self.lines[i];
        let row = crate::tokens::tokens(line.text);
        let clock = row.len() == 1 && row[0].is_number();
        let marked = line.text.contains(['"', '“', '”', '«', '@']) || line.text.starts_with(['—', '–']);
        line.words <= longest && !line.is_sentence && !clock && !marked && !self.known.phrases.speaks_of_war(&row)
    }

    fn take_furniture(&mut self, i: usize, place: Place, next_is_headline: bool) -> bool {
        let Some(found) = header::furniture(&self.lines[i], self.known, place, next_is_headline) else { return false };
        self.verdicts[i] = Verdict::Dropped(found.reason);
        self.outlet = self.outlet.take().or(found.outlet);
        self.stamps.extend(found.stamp);
        self.take_credit(found.credit);
        true
    }

    fn take_credit(&mut self, credit: Credit) {
        self.unsigned += usize::from(credit.unsigned && !credit.people.is_empty());
        self.byline.extend(credit.people.into_iter().map(|name| (name, credit.unsigned)));
        self.agencies.extend(credit.agencies);
    }

    /// A line that stands twice in a row, the title again, or a paragraph again.
    fn drop_repeats(&mut self) {
        let mut seen = BTreeSet::new();
        let mut last = "";
        for i in 0..self.lines.len() {
            let line = &self.lines[i];
            if self.verdicts[i] != Verdict::Kept {
                continue;
            }
            let again = !seen.insert(line.text);
            if again
                && (line.words >= 8
                    || line.text == last
                    || self.title.is_some_and(|(t, _)| self.lines[t].text == line.text))
            {
                self.verdicts[i] = Verdict::Dropped(Reason::Repeated);
            }
            last = line.text;
        }
    }

    /// A page of noise alone is taken as it is: it is more likely that we are wrong.
    fn spare_the_last(&mut self) {
        if self.verdicts.iter().all(|v| *v != Verdict::Kept) {
            self.verdicts.fill(Verdict::Kept);
        }
    }

    fn into_page(self) -> Page<'a> {
        let mut agencies = self.agencies;
        agencies.sort();
        agencies.dedup();
        let mut byline: Vec<String> = Vec::new();
        // Many short capitalised lines are the menu of a site, not its authors.
        let menu = self.unsigned > MOST_UNSIGNED;
        for (name, unsigned) in self.byline {
            if !(byline.contains(&name) || unsigned && menu) {
                byline.push(name);
            }
        }
        let title = self.title.filter(|(i, _)| self.verdicts[*i] == Verdict::Kept);
        let lines = self.lines.into_iter().zip(self.verdicts).collect();
        Page { lines, title, byline, agencies, outlet: self.outlet, stamps: self.stamps }
    }
}

/// A web or mail address, or several, or a counter of pictures ("1/2"), and nothing else.
fn is_address_alone(text: &str) -> bool {
    let address = |w: &str| {
        let w = w.to_lowercase();
        w.starts_with("http://")
            || w.starts_with("https://")
            || w.starts_with("www.")
            || w.starts_with("pic.twitter.com/")
            || w.starts_with("t.co/")
            || w.contains('@') && w.contains('.') && !w.ends_with(')')
    };
    let counter =
        text.split('/').all(|n| !n.is_empty() && n.trim().bytes().all(|b| b.is_ascii_digit())) && text.contains('/');
    counter || text.split_whitespace().all(address)
}

fn begins_with(text: &str, name: &str) -> bool {
    let (line, name) = (crate::tokens::tokens(text), crate::tokens::tokens(name));
    line.len() >= name.len() && name.iter().zip(&line).all(|(a, b)| a.form == b.form)
}
