//! Claims, report by report: who says what, and who denies it.

use evidence::{Act, Claim, Polarity, Status};

use super::{Style, Words, short};
use crate::{Book, wording};

/// Longest content shown whole, in characters.
const LONGEST: usize = 320;

/// A table for each report that has a claim among `claims`.
pub fn claims<'a>(book: &Book<'a>, claims: &[&'a Claim], style: Style) -> String {
    let mut out = String::new();
    for of_report in claims.chunk_by(|a, b| a.article == b.article) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&style.heading(&heading(book, &of_report[0].article)));
        let columns =
            [("claim", 9, 0), ("who", 13, 2), ("act", 12, 0), ("what", 17, 4), ("event", 17, 0), ("when", 12, 0)];
        let mut table = style.table(&columns);
        for claim in of_report {
            let deniers = book.deniers(&claim.id);
            let (act, what) = (act(claim), what(book, claim, &deniers.into_iter().collect::<Vec<_>>()));
            let marked = claim.act == Act::Deny || what.contains("≠ denied by");
            table.row(vec![
                Words::faint(short(&claim.id)),
                wording::who(book, &claim.article, &claim.speakers, claim.joint).into(),
                Words::alarming_if(claim.act == Act::Deny, act),
                Words::alarming_if(marked, what),
                event(book, claim).into(),
                when(book, claim).into(),
            ]);
        }
        out.push_str(&table.text());
    }
    out
}

/// The report's path, outlet, date and title.
pub(super) fn heading(book: &Book, article: &str) -> String {
    let Some(page) = book.page(article) else { return article.to_owned() };
    let a = page.article();
    let mut parts = vec![book.short_path(page).to_owned()];
    parts.extend(a.outlet.clone());
    parts.push(wording::published(a));
    parts.extend(a.title.map(|t| wording::shortened(page.quote(t), 70)));
    parts.join(" · ")
}

fn act(c: &Claim) -> String {
    let mut out = wording::act(c.act).to_owned();
    if c.status != Status::Actual {
        out.push_str(&format!("\n({})", c.status));
    }
    out
}

fn what(book: &Book, c: &Claim, deniers: &[String]) -> String {
    let mut out = String::new();
    if c.polarity == Polarity::Negated {
        out.push_str("[not so] ");
    }
    out.push_str(&wording::shortened(book.quote(&c.article, c.content), LONGEST));
    if !deniers.is_empty() {
        out.push_str(&format!("\n≠ denied by {}", deniers.join(", ")));
    }
    out
}

fn event(book: &Book, c: &Claim) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(c.event.map(|e| e.to_string()));
    lines.extend(c.mode.map(|m| m.to_string()));
    let (actors, targets) =
        (wording::references(book, &c.article, &c.actors), wording::references(book, &c.article, &c.targets));
    if !actors.is_empty() {
        lines.push(actors);
    }
    if !targets.is_empty() {
        lines.push(format!("→ {targets}"));
    }
    let places = wording::places(book, c);
    if !places.is_empty() {
        lines.push(format!("in {places}"));
    }
    lines.join("\n")
}

fn when(book: &Book, c: &Claim) -> String {
    c.time.as_ref().map(|t| wording::time(book, Some(&c.article), t)).unwrap_or_default()
}
