//! The reports used, by origin, with their agencies and dates, and what different origins print alike.

use std::collections::{BTreeMap, BTreeSet};

use evidence::Article;

use super::desk::Desk;
use super::{Block, Piece, text};
use crate::{table, wording};

/// One row for each report, copies of one origin together; then shared passages.
pub(super) fn blocks<'a>(desk: &mut Desk<'_, 'a>) -> Vec<Block> {
    // A report may be cited only for what it answers to a statement of these days.
    let mut used: BTreeMap<&str, usize> = desk.cited().into_iter().map(|article| (article, 0)).collect();
    for c in desk.claims() {
        *used.entry(&c.article).or_default() += 1;
    }
    let mut rows = Vec::new();
    let mut number = 0;
    for origin in desk.book.origins() {
        let copies: Vec<_> = origin.copies.iter().filter(|c| used.contains_key(c.article.as_str())).collect();
        number += usize::from(!copies.is_empty());
        for copy in copies {
            let Some(page) = desk.book.page(&copy.article) else { continue };
            let a = page.article();
            rows.push(vec![
                vec![text(format!("{number}"))],
                outlet(desk, a),
                vec![text(wording::printable(desk.book.short_path(page)))],
                vec![text(wording::published(a))],
                vec![text(a.agencies.join(", "))],
                vec![Piece::Faint(wording::told(desk.book, &copy.reason))],
                vec![text(used.get(a.id.as_str()).copied().unwrap_or(0).to_string())],
            ]);
        }
    }
    let head = vec!["Origin", "Outlet", "Report", "Published", "Agencies", "Why of this origin", "Statements"];
    let mut out = vec![Block::Table { head, rows }];
    let used: BTreeSet<&str> = used.keys().copied().collect();
    out.extend(changed(desk, &used));
    out.extend(shared(desk, &used));
    out
}

/// Articles that changed after publication, with their versions.
fn changed(desk: &Desk<'_, '_>, used: &BTreeSet<&str>) -> Option<Block> {
    let all = desk.book.versions().iter().filter(|v| v.articles.iter().any(|e| used.contains(e.article.as_str())));
    let rows: Vec<_> = all
        .map(|v| {
            let order = if v.ordered { "oldest first" } else { "which came first is not told" };
            let pages = v.articles.iter().filter_map(|e| desk.book.page(&e.article));
            let reports: Vec<String> = pages.map(|p| wording::printable(desk.book.short_path(p))).collect();
            vec![
                vec![text(wording::printable(&v.address))],
                vec![Piece::Faint(reports.join("; "))],
                vec![Piece::Faint(order.to_owned())],
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| Block::Table { head: vec!["Changed after publication", "Versions", "Order"], rows })
}

/// The outlet, and to whom it belongs where that is public knowledge.
fn outlet(desk: &Desk<'_, '_>, a: &Article) -> Vec<Piece> {
    let mut out = vec![Piece::Strong(desk.outlet(&a.id))];
    out.extend(wording::affiliation(a).map(|whose| Piece::Faint(format!(" {whose}"))));
    out
}

fn shared<'a>(desk: &mut Desk<'_, 'a>, used: &BTreeSet<&'a str>) -> Option<Block> {
    let origins = desk.book.origins().to_vec();
    let both = |s: &&evidence::Shared| s.passages.iter().all(|p| used.contains(p.article.as_str()));
    let rows: Vec<_> = table::shared_by(desk.book, &origins)
        .into_iter()
        .filter(both)
        .map(|s| {
            let [one, other] = &s.passages;
            vec![
                vec![desk.quote(&one.article, one.span)],
                vec![Piece::Faint(desk.report(&one.article))],
                vec![
                    Piece::Faint(desk.report(&other.article)),
                    text(" "),
                    Piece::Cite(desk.cite(&other.article, other.span)),
                ],
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| Block::Table { head: vec!["Printed alike by different origins", "In", "And in"], rows })
}
