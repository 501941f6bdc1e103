//! Which objects are worth a person's look, and which first?

use std::collections::BTreeSet;

use evidence::correction::{Kind, Object};
use evidence::doubt::{self, Doubt};
use evidence::{Claim, Figure, Harm};
use publish::Book;
use review::Layer;

use crate::fault::Fault;
use crate::index::{self, Field, Filter, Look, Sort, Wish};

/// What goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// What the machine is least sure of.
    Doubt,
    /// What matters most: what a side denies, then what counts killed or wounded, then the rest; in each, what most
    /// origins report.
    Weight,
}

/// Which objects are asked for.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub kind: Kind,
    pub order: Order,
    pub filter: Filter,
}

/// Objects of a queue, most urgent first.
pub(super) struct Candidates {
    pub objects: Vec<Object>,
    /// How many there are in all, decided ones among them.
    pub total: u64,
}

/// So many lines are asked for at once; first only a few more than are wanted, as most often these will do.
const AT_ONCE: usize = 500;
const SOME_MORE: usize = 40;
/// So often at most: who has decided about more than that of what is most urgent sets a filter.
const TIMES: usize = 40;
/// So often at most to find where one object stands; one that stands further behind has no neighbours, and leads back to
/// the head of the queue.
const TIMES_FOR_ONE: usize = 8;

/// The first objects that are open for a coder, at most `most`; `besides` is among them in its place though it be decided.
pub(super) fn candidates(
    look: &Look,
    layer: &Layer,
    coder: &str,
    ask: &Ask,
    besides: Option<&Object>,
    most: usize,
) -> Result<Candidates, Fault> {
    let mut out = Candidates { objects: Vec::new(), total: 0 };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let most_times = if besides.is_some() { TIMES_FOR_ONE } else { TIMES };
    let mut times = 0;
    out.total = look.count(lines_of(ask.kind), &ask.filter)?;
    for (filter, sort) in passes(ask)? {
        let mut wish = Wish { kind: lines_of(ask.kind), filter, sort, falls: true, page: None, most: most + SOME_MORE };
        while out.objects.len() < most || besides.is_some_and(|b| !has_and_goes_on(&out.objects, b)) {
            let page = look.list(&wish)?;
            times += 1;
            for id in page.ids {
                let new = seen.insert(id.clone());
                let object = Object { kind: ask.kind, id };
                if new && (besides == Some(&object) || is_open(layer, coder, &object)) {
                    out.objects.push(object);
                }
            }
            if page.next.is_none() || times >= most_times {
                break;
            }
            wish.page = page.next;
            wish.most = AT_ONCE;
        }
    }
    Ok(out)
}

/// Whether an object is among some, and another comes after it.
fn has_and_goes_on(objects: &[Object], object: &Object) -> bool {
    objects.iter().rev().skip(1).any(|o| o == object)
}

/// Whether a coder has not decided about an object, and no editor has.
pub(super) fn is_open(layer: &Layer, coder: &str, object: &Object) -> bool {
    let standing = layer.of(object.kind, &object.id);
    standing.is_none_or(|s| s.word_of(coder).is_none() && s.decision.is_none())
}

/// Why an object is worth a look, for people.
pub(super) fn reasons(book: &Book, order: Order, claim: Option<&Claim>, figure: Option<&Figure>) -> Vec<&'static str> {
    let dated = |article: &str| book.page(article).is_some_and(|p| p.article().published.value.is_some());
    if order == Order::Doubt {
        let doubts = match (figure, claim) {
            (Some(f), _) => doubt::of_figure(f, dated(&f.article)),
            (None, Some(c)) => doubt::of_claim(c, dated(&c.article)),
            (None, None) => doubt::Doubts::default(),
        };
        return doubts.iter().map(Doubt::about).collect();
    }
    let incident = claim.and_then(|c| book.incident_of(&c.id)).map(|(incident, _)| incident);
    let denied = incident.is_some_and(|i| !i.denied_by.is_empty());
    let hurts =
        |f: &&Figure| f.claim.as_ref() == claim.map(|c| &c.id) && matches!(f.harm, Harm::Killed | Harm::Wounded);
    let told = [
        ("a side denies it", denied),
        ("several origins report it", incident.is_some_and(|i| i.origins > 1)),
        ("it counts killed or wounded", claim.is_some() && book.figures().iter().any(hurts)),
    ];
    told.into_iter().filter(|(_, is)| *is).map(|(reason, _)| reason).collect()
}

/// The lists that follow each other in the queue; a later one may hold what an earlier one held.
fn passes(ask: &Ask) -> Result<Vec<(Filter, Sort)>, Fault> {
    if ask.order == Order::Doubt {
        return Ok(vec![(ask.filter.clone(), Sort::Doubt)]);
    }
    let mut filters = Vec::new();
    if !ask.filter.asks(Field::Disputed) {
        filters.push(ask.filter.with(Field::Disputed, "yes")?);
    }
    if !ask.filter.asks(Field::Harm) {
        filters.push(ask.filter.with(Field::Harm, Harm::Killed.as_str())?.with(Field::Harm, Harm::Wounded.as_str())?);
    }
    filters.push(ask.filter.clone());
    Ok(filters.into_iter().map(|filter| (filter, Sort::Weight)).collect())
}

const fn lines_of(kind: Kind) -> index::Kind {
    match kind {
        Kind::Claim => index::Kind::Claims,
        Kind::Figure => index::Kind::Figures,
    }
}
