//! Which reports go back to one original? Copies and rewrites of a wire story are one origin.
//!
//! Candidates share a band of their MinHash signatures ([`signature`]), a sampled run of words or a whole sentence. The decision is containment:
//! the share of the shorter text's word triples that the longer one has (Broder 1997), outside quotations, since
//! independent reports quote the same statement. Copies that an editor has shortened and reworded share about a third. An
//! agency's reports of one war also share their last paragraphs, the background: so the beginning of one must stand in
//! the other.

mod signature;
mod words;

use std::cell::OnceCell;

use evidence::ledger::Reading;
use evidence::origin::{Copy, Passage};
use evidence::{Block, Id, Layer, Link, Origin, Shared, Span, Trace, address};
use serde::{Deserialize, Serialize};

use crate::block::Kind;
use crate::body;
use crate::moments;

/// Containment from which two reports are one origin.
const COPY: f64 = 0.30;
/// The same, where both credit the same agency.
const CREDITED: f64 = 0.20;
/// The same, where more than [`DAYS`] lie between them: background paragraphs are printed again for weeks.
const LATE: f64 = 0.60;
/// Containment from which texts of one address are versions of one article: a page may be filled with another one.
const VERSION: f64 = 0.10;
/// Days within which copies of a story are printed.
const DAYS: i64 = 3;
/// Share of the triples at the beginning of the one that must stand anywhere in the other.
const LEAD: f64 = 0.25;
/// From so many traces on a block is crowded: its common words are a phrase of many stories.
const CROWD: usize = 120;
/// Those that are compared there: copies appear soon one after the other.
const WINDOW: usize = 40;
/// Fewer shared triples than this prove nothing: two short reports of one thing must use the same words.
const LEAST: usize = 20;

/// What is kept of a text.
#[derive(Serialize, Deserialize)]
struct Print {
    /// Day of publication, if known.
    published: Option<String>,
    agencies: Vec<String>,
    /// Hashes of word triples outside quotations: sorted, each told by its distance from the one before.
    triples: Vec<u32>,
    /// Those of its beginning, sorted.
    lead: Vec<u32>,
    /// Hash and bytes of each sentence of some length.
    sentences: Vec<(u64, u32, u32)>,
}

/// The trace of a report's text.
pub(crate) fn trace(reading: &Reading) -> Trace {
    let article = &reading.article;
    let triples = words::triples(&article.text);
    let sentences = words::sentences(&article.text);
    let mut blocks: Vec<Block> = signature::bands(&triples).into_iter().map(|b| Kind::Band.of_hash(b)).collect();
    blocks.extend(words::runs(&article.text).into_iter().map(|r| Kind::Run.of_hash(r)));
    blocks.extend(sentences.iter().map(|s| Kind::Sentence.of_hash(s.hash)));
    blocks.extend(article.url.as_deref().and_then(address::of_article).map(|a| Kind::Address.block(&[&a])));
    blocks.sort_unstable();
    blocks.dedup();
    let print = Print {
        published: article.published.value.as_ref().map(|v| v.date().to_owned()),
        agencies: article.agencies.clone(),
        triples: distances(&triples),
        lead: words::lead(&article.text),
        sentences: sentences.iter().map(|s| (s.hash, s.span.start() as u32, s.span.end() as u32)).collect(),
    };
    Trace {
        id: article.id.clone(),
        layer: Layer::Origin,
        article: article.id.clone(),
        body: body::pack(&print),
        blocks,
    }
}

/// Links between copies in a block. A pair is judged in the first block that both stand in, and nowhere else; in a crowded
/// block only with those that appeared next.
pub(crate) fn links(block: Block, traces: &[Trace]) -> Vec<Link> {
    // Most traces of a block are judged elsewhere: they are unpacked when they are looked at.
    let opened: Vec<OnceCell<(Print, Vec<u32>)>> = traces.iter().map(|_| OnceCell::new()).collect();
    let print = |n: usize| opened[n].get_or_init(|| unpacked(&traces[n]));
    let mut order: Vec<usize> = (0..traces.len()).collect();
    let mut reach = traces.len();
    if traces.len() > CROWD {
        order.sort_by(|a, b| (&print(*a).0.published, &traces[*a].id).cmp(&(&print(*b).0.published, &traces[*b].id)));
        reach = WINDOW;
    }
    let mut out = Vec::new();
    for (at, n) in order.iter().copied().enumerate() {
        for m in order[at + 1..].iter().copied().take(reach) {
            if first_common(&traces[n].blocks, &traces[m].blocks) == Some(block) {
                let ((p, mine), (q, theirs)) = (print(n), print(m));
                let copies = are_copies((p, mine), (q, theirs));
                out.extend(copies.map(|reason| Link::new(&traces[n].id, &traces[m].id, reason)));
            }
        }
    }
    out
}

/// Links between versions of one article: texts that were printed at one address, if they have anything in common. Each
/// is linked to the one that it shares most with.
pub(crate) fn versions(traces: &[Trace]) -> Vec<Link> {
    let prints: Vec<Vec<u32>> = traces.iter().map(|t| unpacked(t).1).collect();
    let mut out = Vec::new();
    for (n, mine) in prints.iter().enumerate() {
        let shares = (0..n).map(|m| {
            let common = in_both(mine, &prints[m]) as f64 / mine.len().min(prints[m].len()).max(1) as f64;
            ((common * 100.0) as u32, std::cmp::Reverse(m))
        });
        let Some((percent, std::cmp::Reverse(m))) = shares.max() else { continue };
        if f64::from(percent) >= VERSION * 100.0 {
            let reason =
                format!("containment {:.2}, a version printed at the same address", f64::from(percent) / 100.0);
            out.push(Link::new(&traces[m].id, &traces[n].id, reason));
        }
    }
    out
}

/// The origin of some copies that hang together by `links`.
pub fn origin(traces: &[Trace], links: &[Link]) -> Origin {
    let mut articles: Vec<&str> = traces.iter().map(|t| t.article.as_str()).collect();
    articles.sort_unstable();
    let mut agencies: Vec<String> = traces.iter().flat_map(|t| unpacked(t).0.agencies).collect();
    agencies.sort();
    agencies.dedup();
    let copy = |article: &&str| {
        // The strongest of its links: reasons begin with the containment.
        let own = links.iter().filter(|l| l.a == **article || l.b == **article);
        let best = own.max_by(|x, y| x.reason.cmp(&y.reason).then_with(|| (&y.a, &y.b).cmp(&(&x.a, &x.b))));
        let reason = best.map(|l| {
            let other = if l.a == **article { &l.b } else { &l.a };
            format!("{} with {other}", l.reason)
        });
        Copy { article: (*article).to_owned(), reason: reason.unwrap_or_default() }
    };
    let copies = articles.iter().map(copy).collect();
    Origin { id: Id::of("origin").with(articles[0]).text("o"), agencies, copies }
}

/// What the articles of a sentence's block share, though they are of different origins: one passage for each origin after
/// the first, beside the one before it.
pub fn shared(block: Block, traces: &[Trace], origin_of: impl Fn(&str) -> Option<String>) -> Vec<Shared> {
    let mut seen: Vec<String> = Vec::new();
    let mut passages: Vec<Passage> = Vec::new();
    let mut sorted: Vec<&Trace> = traces.iter().collect();
    sorted.sort_by(|a, b| a.article.cmp(&b.article));
    for t in sorted {
        let Some(origin) = origin_of(&t.article).filter(|o| !seen.contains(o)) else { continue };
        let print = unpacked(t).0;
        let here = print.sentences.iter().find(|s| Kind::Sentence.of_hash(s.0) == block);
        let Some((_, start, end)) = here else { continue };
        seen.push(origin);
        passages.push(Passage { article: t.article.clone(), span: Span::new(*start as usize, *end as usize) });
    }
    passages.windows(2).map(|w| Shared { passages: [w[0].clone(), w[1].clone()] }).collect()
}

/// Why two texts are copies, if they are: begins with the containment.
fn are_copies((a, mine): (&Print, &[u32]), (b, theirs): (&Print, &[u32])) -> Option<String> {
    let common = in_both(mine, theirs);
    let contained = common as f64 / mine.len().min(theirs.len()).max(1) as f64;
    let credit = a.agencies.iter().find(|n| b.agencies.contains(n));
    let late = matches!((&a.published, &b.published), (Some(p), Some(q)) if moments::days_apart(p, q).is_none_or(|d| d > DAYS));
    let begins = |lead: &[u32], other: &[u32]| in_both(lead, other) as f64 / lead.len().max(1) as f64;
    let lead = begins(&a.lead, theirs).max(begins(&b.lead, mine));
    let limit = if late {
        LATE
    } else if credit.is_some() {
        CREDITED
    } else {
        COPY
    };
    if contained < limit || common < LEAST || lead < LEAD {
        return None;
    }
    let credited = credit.map(|name| format!(", both credited to {name}")).unwrap_or_default();
    Some(format!("containment {contained:.2}{credited}"))
}

/// How many numbers two sorted lists have in common.
fn in_both(x: &[u32], y: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < x.len() && j < y.len() {
        match x[i].cmp(&y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

/// The least that two sorted lists have in common.
fn first_common(x: &[Block], y: &[Block]) -> Option<Block> {
    let (mut i, mut j) = (0, 0);
    while i < x.len() && j < y.len() {
        match x[i].cmp(&y[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => return Some(x[i]),
        }
    }
    None
}

fn distances(sorted: &[u32]) -> Vec<u32> {
    let before = std::iter::once(0).chain(sorted.iter().copied());
    sorted.iter().zip(before).map(|(n, b)| n - b).collect()
}

/// What is kept of a text, and its triples themselves.
fn unpacked(trace: &Trace) -> (Print, Vec<u32>) {
    let print: Print = body::unpack(&trace.body);
    let mut sum = 0;
    let triples = print.triples.iter().map(|d| {
        sum += d;
        sum
    });
    let triples = triples.collect();
    (print, triples)
}
