//! Articles that changed after publication: which, and what changed from one version to the next.

use evidence::version::{Change, Edition, Revision, Versions};
use evidence::{Claim, Figure, Span};
use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::{Style, Words, short};
use crate::{Book, wording};

/// Words that stay around a change that is shown; longer stretches are left out.
const AROUND: usize = 7;
/// Longest claim shown whole, in characters.
const LONGEST: usize = 200;

/// One table of articles with several versions, and what changed in their counts.
pub fn versions(book: &Book, all: &[(&Versions, Vec<Revision>)], style: Style) -> String {
    let columns = [("article", 30, 3), ("versions", 24, 1), ("changed", 14, 1), ("counts", 22, 2)];
    let mut table = style.table(&columns);
    for (versions, revisions) in all {
        let last = versions.articles.last().and_then(|e| book.page(&e.article));
        let title = last.and_then(|p| p.article().title()).map(|t| wording::shortened(t, 100));
        let article = [title, Some(versions.address.clone())].into_iter().flatten().collect::<Vec<_>>().join("\n");
        let seen: Vec<String> =
            versions.articles.iter().map(|e| format!("{} {}", short(&e.article), when(e))).collect();
        let sum = |of: fn(&Revision) -> usize, what: &str| {
            let n: usize = revisions.iter().map(of).sum();
            (n > 0).then(|| super::lists::count(n, what))
        };
        let changed =
            [sum(|r| r.text.len(), "paragraph"), sum(|r| r.claims.len(), "claim"), sum(|r| r.figures.len(), "count")];
        let counts: Vec<String> = revisions.iter().flat_map(|r| counts(book, r)).collect();
        let silent = revisions.iter().any(|r| r.silent().next().is_some());
        let counts = counts.join("\n");
        table.row(vec![
            Words::Plain(article),
            Words::Plain(seen.join("\n")),
            Words::Plain(changed.into_iter().flatten().collect::<Vec<_>>().join("\n")),
            if silent { Words::Alarming(counts) } else { Words::Plain(counts) },
        ]);
    }
    table.text()
}

/// Everything that changed from one version to another.
pub fn revision(book: &Book, r: &Revision, style: Style) -> String {
    let mut out = style.heading(&format!("From {} to {}", named(book, &r.older), named(book, &r.newer)));
    if book.version(&r.newer).is_some_and(|(_, v)| !v.ordered) {
        out.push_str("which of the two came first is not told; they stand in the order of their ids\n");
    }
    for notice in &r.notices {
        out.push_str(&wording::printable(&format!("the newer one says of itself: {notice}\n")));
    }
    if !r.particulars.is_empty() {
        let names: Vec<&str> = r.particulars.iter().map(|f| f.as_str()).collect();
        out.push_str(&format!("changed beside the text: {}\n", names.join(", ")));
    }
    if r.is_empty() {
        return out + "nothing else changed\n";
    }
    let mut parts = vec![out];
    if !r.figures.is_empty() {
        parts.push(style.heading("Counts") + &counts_table(book, r, style));
    }
    if !r.claims.is_empty() {
        parts.push(style.heading("Claims") + &claims_table(book, r, style));
    }
    if !r.text.is_empty() {
        parts.push(style.heading("Text: [-gone-] {+new+}") + &text(book, r));
    }
    parts.join("\n")
}

/// A line for each count that became another, told of itself or not.
pub fn counts(book: &Book, r: &Revision) -> Vec<String> {
    let silent: Vec<&Change<String>> = r.silent().collect();
    let both = r.figures.iter().filter_map(|c| Some((c, figure(book, &c.older)?, figure(book, &c.newer)?)));
    let moved = both.filter(|(c, ..)| c.fields.iter().any(|f| f == "count"));
    let line = |(c, a, b): (&Change<String>, &Figure, &Figure)| {
        let whose = b.party.as_deref().map(|p| format!(" ({p})")).unwrap_or_default();
        let told = if silent.contains(&c) { ", silently" } else { "" };
        format!("{}{whose}: {} → {}{told}", b.harm, a.number(), b.number())
    };
    moved.map(line).collect()
}

fn counts_table(book: &Book, r: &Revision, style: Style) -> String {
    let silent: Vec<&Change<String>> = r.silent().collect();
    let mut table = style.table(&[("change", 12, 0), ("older", 30, 1), ("newer", 30, 1)]);
    for c in &r.figures {
        let cell = |id: &Option<String>| figure(book, id).map(|f| count(book, f)).unwrap_or_default();
        let kind = if silent.contains(&c) { Words::Alarming("silently".into()) } else { Words::Plain(kind(c)) };
        table.row(vec![kind, cell(&c.older).into(), cell(&c.newer).into()]);
    }
    table.text()
}

fn claims_table(book: &Book, r: &Revision, style: Style) -> String {
    let mut table = style.table(&[("change", 12, 0), ("older", 30, 1), ("newer", 30, 1)]);
    for c in &r.claims {
        let cell = |id: &Option<String>| {
            id.as_deref().and_then(|id| book.claim(id)).map(|c| claim(book, c)).unwrap_or_default()
        };
        table.row(vec![kind(c), cell(&c.older), cell(&c.newer)]);
    }
    table.text()
}

fn kind(c: &Change<String>) -> String {
    match (&c.older, &c.newer) {
        (None, _) => "new".to_owned(),
        (_, None) => "gone".to_owned(),
        _ => c.fields.join(", "),
    }
}

fn claim(book: &Book, c: &Claim) -> String {
    let words = wording::shortened(book.quote(&c.article, c.content), LONGEST);
    format!("{} {}: “{words}”", wording::speakers(book, c), wording::act(c.act), words = words.trim())
}

fn count(book: &Book, f: &Figure) -> String {
    let whose = f.party.as_deref().map(|p| format!(" of {p}")).unwrap_or_default();
    format!("{} {}{whose}: “{}”", f.harm, f.number(), book.quote(&f.article, f.span))
}

fn figure<'a>(book: &Book<'a>, id: &Option<String>) -> Option<&'a Figure> {
    id.as_deref().and_then(|id| book.figure(id))
}

/// Each changed paragraph with the changed words marked.
fn text(book: &Book, r: &Revision) -> String {
    let of = |article: &str, span: Option<Span>| span.map(|s| book.quote(article, s)).unwrap_or_default();
    let mut out = String::new();
    for c in &r.text {
        out.push_str("  ");
        out.push_str(&wording::printable(&marked(of(&r.older, c.older), of(&r.newer, c.newer))));
        out.push('\n');
    }
    out
}

/// Words that are gone and new between those that stay.
fn marked(older: &str, newer: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (older.split_whitespace().collect(), newer.split_whitespace().collect());
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let mut parts: Vec<String> = Vec::new();
    for (n, op) in ops.iter().enumerate() {
        let (gone, come) = (old[op.old_range()].join(" "), new[op.new_range()].join(" "));
        if op.tag() == DiffTag::Equal {
            parts.push(around(&old[op.old_range()], n > 0, n + 1 < ops.len()));
            continue;
        }
        if !gone.is_empty() {
            parts.push(format!("[-{gone}-]"));
        }
        if !come.is_empty() {
            parts.push(format!("{{+{come}+}}"));
        }
    }
    parts.join(" ")
}

/// What stays, without the middle of a long stretch.
fn around(words: &[&str], after_change: bool, before_change: bool) -> String {
    let (head, tail) = (if after_change { AROUND } else { 0 }, if before_change { AROUND } else { 0 });
    if words.len() <= head + tail + 1 {
        return words.join(" ");
    }
    let parts = [words[..head].join(" "), "…".to_owned(), words[words.len() - tail..].join(" ")];
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ")
}

fn named(book: &Book, article: &str) -> String {
    let edition = book.version(article).and_then(|(n, v)| v.articles.get(n - 1));
    format!("{} ({})", short(article), edition.map(when).unwrap_or_default())
}

/// When a version was seen, by the best that is told of it.
fn when(e: &Edition) -> String {
    match (&e.retrieved, &e.modified, &e.published) {
        (Some(t), ..) => format!("taken {}", wording::moment(t)),
        (_, Some(t), _) => format!("changed {}", wording::moment(t)),
        (.., Some(t)) => format!("published {}", wording::moment(t)),
        _ => "undated".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn changed_words_are_marked_among_their_neighbours() {
        let older = "The mayor of the river town said on Monday that at least 12 people were hurt when the old bridge fell into the river.";
        let newer = older.replace("12 people", "17 people");
        assert_eq!(
            marked(older, &newer),
            "… town said on Monday that at least [-12-] {+17+} people were hurt when the old bridge …"
        );
        assert_eq!(marked("", "It rained."), "{+It rained.+}");
    }
}
