//! What is made of many claims together, flat: disputes, the timeline, origins. One row for each part of each.

use std::io::{Result, Write};

use evidence::{Claim, Origin};

use super::{joined, points, text, write};
use crate::disputes::Dispute;
use crate::timeline::Occurrence;
use crate::{Book, wording};

/// Disputes: a row for each claim or figure with its part (`says`, `denies`, `accuses`, `counts`, `declines`).
pub fn disputes<'a>(book: &Book<'a>, disputes: &[Dispute<'a>], out: &mut impl Write) -> Result<()> {
    let head = "dispute,kind,denial_kind,incident,event,day,part,id,reason,article,path,act,speakers,speaker_party,\
        low,high,harm,whose,words,start,end";
    let rows = disputes.iter().enumerate().flat_map(|(n, d)| parts(book, n + 1, d));
    write(head, rows.collect::<Vec<_>>().into_iter(), out)
}

fn parts(book: &Book, number: usize, dispute: &Dispute) -> Vec<Vec<String>> {
    let row = |middle: [String; 6], c: &Claim| {
        let mut row = vec![number.to_string(), dispute.kind().to_owned()];
        row.extend(middle);
        row.extend(["".to_owned(), c.article.clone(), path(book, &c.article)]);
        row.extend(voice(book, c));
        row.extend(["", "", "", ""].map(str::to_owned));
        row.extend(quoted(book, &c.article, c.content));
        row
    };
    let middle = |kind: &str, incident: &str, event: Option<evidence::Event>, day: &str, part: &str, id: &str| {
        [kind.to_owned(), incident.to_owned(), text(event), day.to_owned(), part.to_owned(), id.to_owned()]
    };
    match dispute {
        Dispute::Denial { claim, denial, incident } => {
            let (kind, of) = (text(denial.as_ref().map(|d| d.kind)), incident.map_or("", |i| i.id.as_str()));
            let mut rows = vec![row(middle(&kind, of, claim.event, "", "denies", &claim.id), claim)];
            for d in denial.iter().flat_map(|d| &d.denies) {
                let Some(c) = book.claim(&d.claim) else { continue };
                let mut denied = row(middle(&kind, of, c.event, "", "says", &c.id), c);
                denied[8].clone_from(&d.reason);
                rows.push(denied);
            }
            rows
        }
        Dispute::Mutual { event, day, claims, .. } => {
            let of = |c: &Claim| book.incident_of(&c.id).map_or(String::new(), |(i, _)| i.id.clone());
            let day = day.unwrap_or("");
            claims.iter().map(|c| row(middle("", &of(c), Some(*event), day, "accuses", &c.id), c)).collect()
        }
        Dispute::Refusal { claim } => vec![row(middle("", "", claim.event, "", "declines", &claim.id), claim)],
        Dispute::Counts { figures } => {
            let of_figure = |f: &&evidence::Figure| {
                let mut row = vec![number.to_string(), dispute.kind().to_owned()];
                row.extend(middle("", "", None, "", "counts", &f.id));
                row.extend(["".to_owned(), f.article.clone(), path(book, &f.article), String::new()]);
                row.push(joined(f.speakers.iter().map(|s| wording::speaker(book, &f.article, s))));
                row.push(joined(crate::disputes::parties_of(&f.speakers, false).into_iter().map(str::to_owned)));
                row.extend([text(f.low), text(f.high), f.harm.to_string(), f.party.clone().unwrap_or_default()]);
                row.extend(quoted(book, &f.article, f.span));
                row
            };
            figures.iter().map(of_figure).collect()
        }
    }
}

/// The timeline: a row for each version of each occurrence.
pub fn timeline<'a>(book: &Book<'a>, occurrences: &[Occurrence<'a>], out: &mut impl Write) -> Result<()> {
    let head = "occurrence,day,clock,until,dated_by,incident,event,places,claim,relation,article,path,act,speakers,\
        speaker_party,denied_by,words,start,end";
    let mut rows = Vec::new();
    for (n, o) in occurrences.iter().enumerate() {
        for c in &o.claims {
            let mut row = vec![(n + 1).to_string(), text(o.day()), text(o.clock()), text(o.end)];
            row.extend([o.dated.as_str().to_owned(), text(o.incident.map(|i| &i.id)), text(c.event)]);
            row.push(joined(o.places(book).into_iter()));
            row.extend([c.id.clone(), text(book.incident_of(&c.id).map(|(_, relation)| relation))]);
            row.extend([c.article.clone(), path(book, &c.article)]);
            row.extend(voice(book, c));
            row.push(joined(book.deniers(&c.id).into_iter()));
            row.extend(quoted(book, &c.article, c.content));
            rows.push(row);
        }
    }
    write(head, rows.into_iter(), out)
}

/// Origins: a row for each copy.
pub fn origins<'a>(book: &Book<'a>, origins: &[&'a Origin], out: &mut impl Write) -> Result<()> {
    let head = "origin,agencies,copies,article,path,outlet,published,reason,shares_passages_with";
    let mut rows = Vec::new();
    for (o, copy) in origins.iter().flat_map(|o| o.copies.iter().map(move |c| (o, c))) {
        let Some(page) = book.page(&copy.article) else { continue };
        let a = page.article();
        let with = book.shared().iter().filter_map(|s| {
            let [one, other] = s.passages.each_ref().map(|p| p.article.as_str());
            if one == a.id { Some(other) } else { (other == a.id).then_some(one) }
        });
        let with: std::collections::BTreeSet<&str> = with.collect();
        let mut row = vec![o.id.clone(), joined(o.agencies.iter().cloned()), o.copies.len().to_string()];
        row.extend([a.id.clone(), a.path.clone(), a.outlet.clone().unwrap_or_default()]);
        row.extend([text(a.published.value.as_ref()), copy.reason.clone()]);
        row.push(joined(with.into_iter().map(str::to_owned)));
        rows.push(row);
    }
    write(head, rows.into_iter(), out)
}

fn path(book: &Book, article: &str) -> String {
    book.page(article).map(|p| p.article().path.clone()).unwrap_or_default()
}

/// Act, speakers, and the parties whose words they are.
fn voice(book: &Book, c: &Claim) -> [String; 3] {
    let speakers = joined(c.speakers.iter().map(|s| wording::speaker(book, &c.article, s)));
    let parties = joined(crate::disputes::parties_of(&c.speakers, c.joint).into_iter().map(str::to_owned));
    [c.act.to_string(), speakers, parties]
}

fn quoted(book: &Book, article: &str, span: evidence::Span) -> [String; 3] {
    let (start, end) = points(book.page(article), span);
    [book.quote(article, span).to_owned(), start, end]
}
