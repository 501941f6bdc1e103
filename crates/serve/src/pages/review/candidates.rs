//! Which objects are worth a person's look, and which first?

use std::collections::BTreeSet;

use evidence::correction::{Kind, Object};
use evidence::doubt::{self, Doubts};
use evidence::{Ceasefire, Claim, Figure, Harm};
use publish::Book;
use store::{Selection, SqliteStore, Store, Wanted};

use crate::fault::Fault;

/// What goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// What the machine is least sure of.
    Doubt,
    /// What matters most: disputed, of many origins, with casualties, against a truce.
    Weight,
}

/// Which objects are asked for.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub kind: Kind,
    pub order: Order,
    /// Party slug; empty: any.
    pub party: String,
    /// Part of a report's path, or its id; empty: any.
    pub report: String,
}

/// An object with why it is worth a look.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub object: Object,
    pub reasons: Vec<&'static str>,
    score: u32,
}

/// At most so many are put in order.
const MOST: usize = 2000;

/// Candidates, the most urgent first; of equals, those of the first report.
pub(super) fn candidates(store: &SqliteStore, ask: &Ask) -> Result<Vec<Candidate>, Fault> {
    let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty()).into_iter().collect();
    let selection = Selection { parties: some(&ask.party), reports: some(&ask.report), ..Selection::default() };
    let selected = store.select(&selection)?;
    let ids = |found: BTreeSet<String>| found.into_iter().take(MOST).collect::<Vec<_>>();
    let wanted = match ask.kind {
        Kind::Claim => Wanted { claims: ids(selected.claims), ..Wanted::default() },
        Kind::Figure => Wanted { figures: ids(selected.figures), ..Wanted::default() },
    };
    let ledger = store.excerpt(&wanted)?;
    let truces = match ask.order {
        Order::Weight => store.derived()?.map(|d| d.ceasefires).unwrap_or_default(),
        Order::Doubt => Vec::new(),
    };
    let book = Book::new(&ledger);
    let mut out = Vec::new();
    for page in book.pages() {
        let dated = page.article().published.value.is_some();
        match ask.kind {
            Kind::Claim => {
                out.extend(page.claims().iter().filter(|c| wanted.claims.contains(&c.id)).map(|c| match ask.order {
                    Order::Doubt => doubtful(Kind::Claim, &c.id, doubt::of_claim(c, dated)),
                    Order::Weight => weighty(&book, Kind::Claim, &c.id, c, page.figures(), &truces),
                }))
            }
            Kind::Figure => out.extend(page.figures().iter().map(|f| match ask.order {
                Order::Doubt => doubtful(Kind::Figure, &f.id, doubt::of_figure(f, dated)),
                Order::Weight => match f.claim.as_deref().and_then(|c| book.claim(c)) {
                    Some(claim) => weighty(&book, Kind::Figure, &f.id, claim, page.figures(), &truces),
                    None => doubtful(Kind::Figure, &f.id, Doubts::default()),
                },
            })),
        }
    }
    out.sort_by_key(|c| std::cmp::Reverse(c.score));
    Ok(out)
}

fn doubtful(kind: Kind, id: &str, doubts: Doubts) -> Candidate {
    let reasons = doubts.iter().map(doubt::Doubt::about).collect();
    Candidate { object: Object { kind, id: id.to_owned() }, reasons, score: u32::from(doubts.weight()) }
}

fn weighty(book: &Book, kind: Kind, id: &str, claim: &Claim, figures: &[&Figure], truces: &[Ceasefire]) -> Candidate {
    let mut reasons = Vec::new();
    let mut score = 0;
    let mut add = |reason: &'static str, weight: u32, is: bool| {
        if is {
            reasons.push(reason);
            score += weight;
        }
    };
    let incident = book.incident_of(&claim.id).map(|(incident, _)| incident);
    let disputed = incident.is_some_and(|i| !i.asserted_by.is_empty() && !i.denied_by.is_empty());
    add("one side asserts it, another denies it", 8, disputed);
    add("it is alleged to break a truce", 5, truces.iter().any(|t| t.violations.iter().any(|v| v.claim == claim.id)));
    let of_claim = |f: &&&Figure| f.claim.as_ref() == Some(&claim.id);
    let hurt = figures.iter().filter(of_claim).any(|f| matches!(f.harm, Harm::Killed | Harm::Wounded));
    add("it counts killed or wounded", 4, hurt);
    let origins = incident.map_or(0, |i| i.origins).min(9) as u32;
    add("several origins report it", 2 * origins, origins > 1);
    Candidate { object: Object { kind, id: id.to_owned() }, reasons, score }
}
