//! Which reports go back to one original, why, and what reports of different origins print alike.

use std::collections::BTreeSet;

use evidence::{Origin, Shared};

use super::{Style, Words, short};
use crate::{Book, wording};

/// A table of origins, and one of shared passages if there are any.
pub fn origins<'a>(book: &Book<'a>, origins: &[&'a Origin], style: Style) -> String {
    let mut table = style.table(&[
        ("origin", 9, 0),
        ("agencies", 10, 1),
        ("reports", 20, 3),
        ("outlet, date", 18, 2),
        ("why", 16, 3),
    ]);
    for o in origins {
        let rows = o.copies.iter().filter_map(|copy| Some((book.page(&copy.article)?, &copy.reason)));
        let mut head = Some((short(&o.id), o.agencies.join(", ")));
        for (page, reason) in rows {
            let a = page.article();
            let dated: Vec<String> = a.outlet.clone().into_iter().chain([wording::published(a)]).collect();
            let (id, agencies) = head.take().unwrap_or(("", String::new()));
            table.row(vec![
                Words::faint(id),
                agencies.into(),
                book.short_path(page).to_owned().into(),
                dated.join("\n").into(),
                wording::told(book, reason).into(),
            ]);
        }
    }
    let mut out = table.text();
    let shared = shared_by(book, origins);
    if !shared.is_empty() {
        let mut table = style.table(&[("printed alike", 36, 5), ("in", 20, 2), ("and in", 20, 2)]);
        for s in shared {
            let [one, other] = &s.passages;
            let path = |article: &str| book.page(article).map_or(article, |p| book.short_path(p)).to_owned();
            let words = wording::shortened(book.quote(&one.article, one.span), 200);
            table.row(vec![format!("“{words}”"), path(&one.article), path(&other.article)]);
        }
        out.push('\n');
        out.push_str(&style.heading("Passages that reports of different origins share"));
        out.push_str(&table.text());
    }
    out
}

/// Shared passages of which one stands in a report of these origins.
pub(crate) fn shared_by<'a>(book: &Book<'a>, origins: &[&'a Origin]) -> Vec<&'a Shared> {
    let articles: BTreeSet<&str> = origins.iter().flat_map(|o| &o.copies).map(|c| c.article.as_str()).collect();
    book.shared().iter().filter(|s| s.passages.iter().any(|p| articles.contains(p.article.as_str()))).collect()
}
