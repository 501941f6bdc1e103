//! What is disputed: each denial beside what it denies, accusations both ways, counts apart, refusals.

use evidence::{Claim, Figure, Incident};

use super::{Style, Words, short};
use crate::disputes::Dispute;
use crate::{Book, wording};

/// Longest quotation shown whole, in characters.
const LONGEST: usize = 240;

/// A table for each kind of dispute that there is.
pub fn disputes<'a>(book: &Book<'a>, disputes: &[Dispute<'a>], style: Style) -> String {
    let headings = [
        ("denial", "Denials, beside what they deny", ("says", "denies")),
        ("mutual", "Accusations that two parties make of each other", ("first party", "second party")),
        ("counts", "Counts that disagree", ("counts", "")),
        ("refusal", "Not commented on, not given", ("who declines", "what")),
    ];
    let mut parts = Vec::new();
    for (kind, heading, (left, right)) in headings {
        let of_kind: Vec<&Dispute> = disputes.iter().filter(|d| d.kind() == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let mut table = style.table(&[("about", 14, 1), (left, 30, 4), (right, 30, 4)]);
        // Denials of one incident share a row: what they deny is said once.
        let of_one = |a: &&&Dispute, b: &&&Dispute| incident(a).is_some() && incident(a) == incident(b);
        let mut rest = of_kind.iter().collect::<Vec<_>>();
        while let Some(first) = rest.first().copied() {
            let (own, others): (Vec<_>, Vec<_>) =
                rest.iter().partition(|d| std::ptr::eq(**d, first) || of_one(d, &first));
            table.row(if kind == "denial" { denials(book, &own) } else { row(book, first) });
            rest = others;
        }
        parts.push(style.heading(heading) + &table.text());
    }
    parts.join("\n")
}

fn incident<'a>(dispute: &Dispute<'a>) -> Option<&'a str> {
    if let Dispute::Denial { incident, .. } = dispute { incident.map(|i| i.id.as_str()) } else { None }
}

/// One row: what is denied, each claim once; each denial with its kind and the ids of what it denies.
fn denials(book: &Book, of_one: &[&&Dispute]) -> Vec<Words> {
    let (mut said, mut denying, mut heading) = (Vec::new(), Vec::new(), String::new());
    for d in of_one {
        let Dispute::Denial { claim, denial, incident } = d else { continue };
        heading = incident.map(|i| about(book, i)).unwrap_or_default();
        let mut own = statement(book, claim);
        let denied: Vec<&str> = denial.iter().flat_map(|d| &d.denies).map(|d| d.claim.as_str()).collect();
        if let Some(kind) = denial.as_ref().map(|d| d.kind).filter(|_| !denied.is_empty()) {
            let ids: Vec<&str> = denied.iter().map(|id| short(id)).collect();
            own.push_str(&format!("\n  ≠ {} ({kind})", ids.join(", ")));
        }
        denying.push(own);
        for c in denied.iter().filter_map(|id| book.claim(id)) {
            let words = statement(book, c);
            if !said.contains(&words) {
                said.push(words);
            }
        }
    }
    if said.is_empty() {
        said.push("(nothing in the ledger is known to be meant)".to_owned());
    }
    vec![heading.into(), said.join("\n").into(), Words::Alarming(denying.join("\n"))]
}

fn row(book: &Book, dispute: &Dispute) -> Vec<Words> {
    match dispute {
        Dispute::Denial { .. } => denials(book, &[&dispute]),
        Dispute::Mutual { parties, event, day, claims } => {
            let by =
                |c: &Claim| crate::disputes::parties_of(&c.speakers, c.joint).into_iter().map(str::to_owned).collect();
            let of = |who: &[&str]| -> Vec<String> {
                let all = claims.iter().filter(|c| Vec::<String>::eq(&by(c), who));
                all.map(|c| statement(book, c)).collect()
            };
            let together = of(parties).into_iter().map(|words| format!("(together) {words}"));
            let first: Vec<String> = of(&parties[..1]).into_iter().chain(together).collect();
            let about = format!("{event}\n{}\n{} –\n{}", day.unwrap_or("no day told"), parties[0], parties[1]);
            vec![about.into(), first.join("\n").into(), of(&parties[1..]).join("\n").into()]
        }
        Dispute::Counts { figures } => {
            let lines: Vec<String> = figures.iter().map(|f| count(book, f)).collect();
            let about = figures.first().map(|f| whose(f)).unwrap_or_default();
            let (first, rest) = lines.split_at(lines.len().div_ceil(2));
            vec![about.into(), first.join("\n").into(), rest.join("\n").into()]
        }
        Dispute::Refusal { claim } => {
            let who = wording::who(book, &claim.article, &claim.speakers, claim.joint).replace('\n', " ");
            let what = wording::shortened(book.quote(&claim.article, claim.content), LONGEST);
            vec![Words::faint(short(&claim.id)), who.into(), format!("“{what}”").into()]
        }
    }
}

fn about(book: &Book, i: &Incident) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.extend(i.event.map(|e| e.to_string()));
    lines.extend(i.time.as_ref().map(|t| wording::time(book, book.article_of_time(i), t)).filter(|t| !t.is_empty()));
    lines.extend(i.places.iter().map(|id| book.entity(id).map_or(id.as_str(), |e| &e.name).to_owned()));
    lines.join("\n")
}

/// "Asa Lind (spokeswoman) [varnia] accuses: “…” c1234567".
pub(super) fn statement(book: &Book, c: &Claim) -> String {
    let who = wording::who(book, &c.article, &c.speakers, c.joint).replace('\n', " ");
    let quote = wording::shortened(book.quote(&c.article, c.content), LONGEST);
    format!("{who} {}: “{quote}” {}", wording::act(c.act), short(&c.id))
}

fn whose(f: &Figure) -> String {
    format!("{}\n{} {}", f.party.as_deref().unwrap_or("(not said)"), f.category, f.harm)
}

fn count(book: &Book, f: &Figure) -> String {
    let who = wording::who(book, &f.article, &f.speakers, false).replace('\n', " ");
    let quote = wording::shortened(book.quote(&f.article, f.span), 80);
    format!("{} ({who}): “{quote}” {}", wording::count(f), short(&f.id))
}
