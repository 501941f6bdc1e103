//! What is told of one series: its counts with whose words they are, how they stand to each other, what must not be added.

use evidence::toll::{Count, Voice};
use evidence::{Toll, TollRelation};
use publish::{Book, toll_heading, wording};

use super::plot::Plot;
use crate::pages::Colours;

/// One series.
pub(crate) struct Series {
    pub id: String,
    pub heading: String,
    /// What each voice counts last: name, class, number, day.
    pub standing: Vec<(String, &'static str, String, String)>,
    /// The reading in UCDP's terms; none but for the dead.
    pub ucdp: Option<String>,
    pub plot: Option<Plot>,
    pub counts: Vec<Told>,
    /// What must not be added: words, and the other series where it is on the page.
    pub barriers: Vec<(String, Option<(String, String)>)>,
    pub notes: Vec<String>,
    /// Barriers and notes left out.
    pub more: usize,
}

/// One count.
pub(crate) struct Told {
    /// Of its first figure.
    pub id: String,
    pub number: String,
    /// Of another party, that stands with the side.
    pub of: Option<String>,
    pub day: String,
    pub who: String,
    pub class: &'static str,
    pub quote: String,
    /// Article id and outlet of each report that prints it.
    pub sources: Vec<(String, String)>,
    pub more_sources: usize,
    pub origins: usize,
    /// How it stands to the others.
    pub stands: String,
    pub disagrees: bool,
}

/// Barriers and notes of one series.
const SHOWN: usize = 6;
/// Reports named for one count.
const SOURCES: usize = 3;

impl Series {
    /// One of a list of series, of which so many are on the page.
    pub fn of(book: &Book, colours: &Colours, t: &Toll, all: &[Toll], on_page: usize) -> Self {
        let (mut barriers, mut notes) = (barriers(book, t, &all[..on_page]), t.notes.clone());
        let more = barriers.len().saturating_sub(SHOWN) + notes.len().saturating_sub(SHOWN);
        barriers.truncate(SHOWN);
        notes.truncate(SHOWN);
        let standing = t.standing().into_iter().map(|c| {
            (
                voice(book, &c.voice),
                class(colours, &c.voice),
                c.words(),
                c.day.as_ref().map(|d| d.date().to_owned()).unwrap_or_default(),
            )
        });
        Self {
            id: t.id.clone(),
            heading: toll_heading(book, t),
            standing: standing.collect(),
            ucdp: t.in_ucdp_terms().map(|r| {
                let best = r.best.map_or_else(|| "none".to_owned(), |n| n.to_string());
                format!("low {}, best {best}, high {}", r.low, r.high)
            }),
            plot: Plot::of(book, colours, t),
            counts: t.counts.iter().map(|c| told(book, colours, t, c)).collect(),
            barriers,
            notes: notes.iter().map(|n| wording::told(book, n)).collect(),
            more,
        }
    }
}

/// A voice in a word or name.
pub(super) fn voice(book: &Book, v: &Voice) -> String {
    match v {
        Voice::Side(slug) => book.party_name(slug).to_owned(),
        Voice::Other(name) => wording::shortened(name, 60),
        Voice::Outlet => "outlets".to_owned(),
    }
}

/// The class of a voice: that of its party.
pub(super) fn class(colours: &Colours, v: &Voice) -> &'static str {
    match v {
        Voice::Side(slug) => colours.class(Some(slug)),
        Voice::Other(_) => "p-other",
        Voice::Outlet => "p-none",
    }
}

fn told(book: &Book, colours: &Colours, t: &Toll, c: &Count) -> Told {
    let figure = book.figure(c.name());
    let who = figure.map(|f| wording::who(book, &f.article, &f.speakers, false).replace('\n', " ")).unwrap_or_default();
    // The whole of what is claimed, or else the number's own words.
    let claim = figure.and_then(|f| book.claim(f.claim.as_deref()?));
    let quote = match (claim, figure) {
        (Some(claim), _) => book.quote(&claim.article, claim.content),
        (None, Some(f)) => book.quote(&f.article, f.span),
        (None, None) => "",
    };
    let pages = c.articles.iter().filter_map(|a| book.page(a));
    let name = |p: &publish::Page| p.article().outlet.clone().unwrap_or_else(|| book.short_path(p).to_owned());
    Told {
        id: c.name().to_owned(),
        number: figure.map_or_else(|| c.words(), wording::count),
        of: c.party.as_ref().filter(|p| Some(*p) != t.side.as_ref()).map(|p| book.party_name(p).to_owned()),
        day: c.day.as_ref().map_or_else(|| "no day".to_owned(), |d| d.date().to_owned()),
        who,
        class: class(colours, &c.voice),
        quote: wording::shortened(quote, 400),
        sources: pages.take(SOURCES).map(|p| (p.article().id.clone(), name(p))).collect(),
        more_sources: c.articles.len().saturating_sub(SOURCES),
        origins: c.origins,
        stands: stands(book, t, c),
        disagrees: !c.against.is_empty(),
    }
}

/// "updates 12: the same side counts more on a later day".
fn stands(book: &Book, t: &Toll, c: &Count) -> String {
    if let Some(part) = &c.part_of {
        let total = book.figure(&part.figure).map(wording::count).unwrap_or_default();
        return format!("part of {total}: {}", wording::told(book, &part.reason));
    }
    let mut out = c.relation.to_string();
    if !c.to.is_empty() && c.relation != TollRelation::Beside {
        out.push_str(&format!(" {}", numbers(t, &c.to)));
    }
    if !c.against.is_empty() && c.relation != TollRelation::Disagrees {
        out.push_str(&format!(", disagrees with {}", numbers(t, &c.against)));
    }
    if !c.reason.is_empty() {
        out.push_str(&format!(": {}", wording::told(book, &c.reason)));
    }
    out
}

/// The numbers of some counts of a series.
fn numbers(t: &Toll, ids: &[String]) -> String {
    let of = |id: &String| t.counts.iter().find(|c| c.name() == id).map(Count::words);
    let list: Vec<String> = ids.iter().filter_map(of).collect();
    if list.len() > 4 { format!("{} and {} more", list[..3].join(", "), list.len() - 3) } else { list.join(", ") }
}

fn barriers(book: &Book, t: &Toll, on_page: &[Toll]) -> Vec<(String, Option<(String, String)>)> {
    let barrier = |b: &evidence::toll::Barrier| {
        let other = b.toll.as_ref().and_then(|id| on_page.iter().find(|o| o.id == *id));
        (wording::told(book, &b.reason), other.map(|o| (o.id.clone(), toll_heading(book, o))))
    };
    t.barriers.iter().map(barrier).collect()
}
