//! Puts a brief together: its parts in their fixed order, each from the part of the ledger that was asked for.

use std::collections::BTreeSet;

use super::desk::Desk;
use super::{Brief, Line, Request, Section, alike, alleged, counts, disputed, sources, text, truces, unknown};
use evidence::Toll;

use crate::Book;

/// The brief of a request, of a ledger whose counts form the series `tolls`.
pub fn collect<'a>(book: &Book<'a>, tolls: &[Toll], request: &Request) -> Brief {
    let mut desk = Desk::new(book, tolls, request);
    let sections = vec![
        Section {
            id: "alleged",
            title: "What each side says",
            about: "Each statement as its speaker makes it, in the exact words of a report. Parties stand in \
                alphabetical order: first those that a truce binds or that are accused of force, then the others.",
            blocks: alleged::blocks(&mut desk),
        },
        Section {
            id: "disputed",
            title: "What is disputed",
            about: "Accounts that contradict each other, side by side. Nothing here says who is right. A denial names \
                what it denies.",
            blocks: disputed::blocks(&mut desk),
        },
        Section {
            id: "alike",
            title: "What several independent origins tell",
            about: "An origin is one original with all its copies: a wire story printed by three outlets is one. That \
                several origins tell a thing does not make it so; they may repeat one speaker.",
            blocks: alike::blocks(&mut desk),
        },
        Section {
            id: "tolls",
            title: "Tolls",
            about: "Counts of people as each source gives them, by whose people they are. Counts are never added, \
                averaged or chosen between.",
            blocks: counts::blocks(&mut desk),
        },
        Section {
            id: "truces",
            title: "Truces",
            about: "Each truce with its terms, every breach that somebody alleges, and what is said of whether it holds.",
            blocks: truces::blocks(&mut desk),
        },
        Section {
            id: "unknown",
            title: "What is not known",
            about: "What these reports do not say, or what could not be made out from them.",
            blocks: unknown::blocks(&mut desk),
        },
        Section {
            id: "reports",
            title: "Reports used",
            about: "Every report that a statement above is from. Reports of one origin are copies of one original.",
            blocks: sources::blocks(&mut desk),
        },
    ];
    let scope = scope(&desk);
    Brief { title: request.title.clone(), scope, sections, citations: desk.citations }
}

/// How much it rests on, and what was asked for.
fn scope(desk: &Desk) -> Vec<Line> {
    let claims = desk.claims();
    let articles: BTreeSet<&str> = claims.iter().map(|c| c.article.as_str()).collect();
    let origins: BTreeSet<&str> = articles.iter().filter_map(|a| desk.book.page(a)).map(|p| p.origin).collect();
    let many = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
    let mut out = vec![vec![text(format!(
        "{} in {} of {}.",
        many(claims.len(), "statement"),
        many(articles.len(), "report"),
        many(origins.len(), "independent origin")
    ))]];
    let undated = &desk.request.undated;
    if !undated.is_empty() {
        let reports: BTreeSet<&str> =
            undated.iter().filter_map(|id| desk.book.claim(id)).map(|c| c.article.as_str()).collect();
        let (statements, reports) = (many(undated.len(), "statement"), many(reports.len(), "report"));
        out.push(vec![text(if desk.request.with_undated {
            format!(
                "Among them {statements} of {reports} that neither tell a time that could be worked out nor stand in a \
                 report with a date: whether they are of these days is not known."
            )
        } else {
            format!(
                "Left out: {statements} of {reports} that neither tell a time that could be worked out nor stand in a \
                 report with a date. They may be of these days; the option --undated takes them in."
            )
        })]);
    }
    if !desk.request.filters.is_empty() {
        out.push(vec![text(format!("Only what fits: {}.", desk.request.filters.join("; ")))]);
    }
    out.push(vec![text(
        "Every statement is somebody's. Numbers in brackets lead to the exact words in the report. No statement here \
         has been checked, and none is made by this brief.",
    )]);
    out
}
