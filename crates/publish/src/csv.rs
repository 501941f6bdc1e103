//! The ledger as comma-separated values: one flat row an object, for spreadsheets. Lists stand in one cell, joined
//! by `; `.

mod overview;

use std::io::{Result, Write};

use evidence::time::{Iso, Time};
use evidence::{Ceasefire, Claim, Entity, Figure, Incident, Reference, Span, Toll};

use crate::book::Page;
use crate::{Book, tolls, wording};

pub use overview::{disputes, origins, timeline};

/// Claims.
pub fn claims<'a>(book: &Book<'a>, claims: &[&'a Claim], out: &mut impl Write) -> Result<()> {
    let head = "id,article,path,outlet,published,act,event,mode,polarity,status,speaker,speaker_role,\
        speaker_organisation,speaker_party,speakers,joint,actors,actor_parties,targets,target_parties,places,time,\
        time_end,time_text,content,start,end,cue,incident,denied_by";
    let rows = claims.iter().map(|c| {
        let page = book.page(&c.article);
        let first = c.speakers.first();
        let (start, end) = points(page, c.content);
        let of = |span: Option<Span>| span.map(|s| book.quote(&c.article, s).to_owned()).unwrap_or_default();
        let mut row = vec![c.id.clone(), c.article.clone()];
        row.extend(source(page));
        row.extend([c.act.to_string(), text(c.event), text(c.mode), c.polarity.to_string(), c.status.to_string()]);
        row.extend([
            first.map(|s| s.name.clone().unwrap_or_else(|| of(s.span))).unwrap_or_default(),
            first.and_then(|s| s.role.clone()).unwrap_or_default(),
            first.and_then(|s| s.organisation.clone()).unwrap_or_default(),
            first.and_then(|s| s.party.clone()).unwrap_or_default(),
            joined(c.speakers.iter().map(|s| wording::speaker(book, &c.article, s))),
            c.joint.to_string(),
        ]);
        for references in [&c.actors, &c.targets] {
            row.push(joined(references.iter().map(|r| words(book, &c.article, r))));
            row.push(joined(references.iter().filter_map(|r| r.party.clone())));
        }
        row.push(joined(c.places.iter().map(|r| words(book, &c.article, r))));
        row.extend(time_cells(book, Some(&c.article), c.time.as_ref()));
        row.extend([of(Some(c.content)), start, end, of(c.cue)]);
        row.push(book.incident_of(&c.id).map(|(i, _)| i.id.clone()).unwrap_or_default());
        row.push(joined(book.deniers(&c.id).into_iter()));
        row
    });
    write(head, rows, out)
}

/// Figures.
pub fn figures<'a>(book: &Book<'a>, figures: &[&'a Figure], series: &[Toll], out: &mut impl Write) -> Result<()> {
    let head = "id,article,path,outlet,published,claim,harm,low,high,qualifier,category,party,place,period_from,\
        period_to,period_text,speakers,speaker_party,words,start,end,superseded,disagrees_with";
    let disagreements = tolls::disagreements(series);
    let rows = figures.iter().map(|f| {
        let page = book.page(&f.article);
        let (start, end) = points(page, f.span);
        let period = f.period.as_ref();
        let count = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let mut row = vec![f.id.clone(), f.article.clone()];
        row.extend(source(page));
        row.extend([f.claim.clone().unwrap_or_default(), f.harm.to_string(), count(f.low), count(f.high)]);
        row.extend([f.qualifier.to_string(), f.category.to_string(), f.party.clone().unwrap_or_default()]);
        row.extend([
            f.place.clone().unwrap_or_default(),
            text(period.and_then(|p| p.from.as_ref())),
            text(period.and_then(|p| p.to.as_ref())),
            period.map(|p| book.quote(&f.article, p.span).to_owned()).unwrap_or_default(),
            joined(f.speakers.iter().map(|s| wording::speaker(book, &f.article, s))),
            f.speakers.first().and_then(|s| s.party.clone()).unwrap_or_default(),
            book.quote(&f.article, f.span).to_owned(),
            start,
            end,
            f.superseded.to_string(),
            joined(disagreements.get(f.id.as_str()).into_iter().flatten().map(|id| (*id).to_owned())),
        ]);
        row
    });
    write(head, rows, out)
}

/// Tolls: a row for each count of each series. `ucdp` adds the reading in UCDP's terms, the same in each row of a series.
pub fn tolls(book: &Book, series: &[&Toll], ucdp: bool, out: &mut impl Write) -> Result<()> {
    let mut head =
        "toll,heading,conflict,side,harm,category,scope,from,to,places,incident,day,voice,speakers,low,high,\
        qualifier,party,relation,related_to,reason,disagrees_with,part_of,origins,reports,figures,words"
            .to_owned();
    if ucdp {
        head.push_str(",ucdp_low,ucdp_best,ucdp_high");
    }
    let rows = series.iter().flat_map(|t| t.counts.iter().map(move |c| (*t, c))).map(|(t, c)| {
        let count = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        let (from, to, places, incident) = tolls::scope_parts(&t.scope);
        let figure = book.figure(c.name());
        let mut row = vec![t.id.clone(), tolls::heading(book, t), t.conflict.clone().unwrap_or_default()];
        row.extend([t.side.clone().unwrap_or_default(), t.harm.to_string(), t.category.to_string()]);
        row.extend([tolls::scope_kind(&t.scope).to_owned(), from, to, joined(places.iter().cloned()), incident]);
        row.extend([text(c.day.as_ref()), tolls::voice(&c.voice)]);
        row.push(
            figure
                .map(|f| joined(f.speakers.iter().map(|s| wording::speaker(book, &f.article, s))))
                .unwrap_or_default(),
        );
        row.extend([count(c.low), count(c.high), c.qualifier.to_string(), c.party.clone().unwrap_or_default()]);
        row.extend([c.relation.to_string(), joined(c.to.iter().cloned()), c.reason.clone()]);
        row.push(joined(c.against.iter().cloned()));
        row.push(c.part_of.as_ref().map(|p| p.figure.clone()).unwrap_or_default());
        row.push(c.origins.to_string());
        row.push(joined(c.articles.iter().filter_map(|a| book.page(a)).map(|p| p.article().path.clone())));
        row.push(joined(c.figures.iter().cloned()));
        row.push(figure.map(|f| book.quote(&f.article, f.span).to_owned()).unwrap_or_default());
        if ucdp {
            let reading = t.in_ucdp_terms();
            row.extend([reading.as_ref().map(|r| r.low), reading.as_ref().and_then(|r| r.best)].map(count));
            row.push(count(reading.map(|r| r.high)));
        }
        row
    });
    write(&head, rows, out)
}

/// Incidents.
pub fn incidents<'a>(book: &Book<'a>, incidents: &[&'a Incident], out: &mut impl Write) -> Result<()> {
    let head = "id,event,parties,places,time,time_end,time_text,origins,asserted_by,denied_by,claims,relations,\
        reasons,denials,notes";
    let rows = incidents.iter().map(|i| {
        let mut row = vec![i.id.clone(), text(i.event)];
        row.extend([&i.parties, &i.places].map(|list| joined(list.iter().cloned())));
        row.extend(time_cells(book, book.article_of_time(i), i.time.as_ref()));
        row.push(i.origins.to_string());
        row.extend([&i.asserted_by, &i.denied_by].map(|list| joined(list.iter().cloned())));
        row.push(joined(i.claims.iter().map(|m| m.claim.clone())));
        row.push(joined(i.claims.iter().map(|m| m.relation.to_string())));
        row.push(joined(i.claims.iter().map(|m| m.reason.clone())));
        row.push(joined(i.denials.iter().map(|d| {
            let denied: Vec<&str> = d.denies.iter().map(|x| x.claim.as_str()).collect();
            format!("{} denies {} ({})", d.claim, denied.join("+"), d.kind)
        })));
        row.push(joined(i.notes.iter().cloned()));
        row
    });
    write(head, rows, out)
}

/// Ceasefires.
pub fn ceasefires<'a>(book: &Book<'a>, ceasefires: &[&'a Ceasefire], out: &mut impl Write) -> Result<()> {
    let head = "id,kind,parties,announced_by,brokers,monitors,effective,effective_end,effective_text,ends,ends_end,\
        ends_text,terms,violations,violations_by,violations_alleged_by,claims";
    let rows = ceasefires.iter().map(|c| {
        let mut row = vec![c.id.clone(), c.kind.to_string(), joined(c.parties.iter().cloned())];
        row.extend(
            [&c.announced_by, &c.brokers, &c.monitors]
                .map(|list| joined(list.iter().map(|l| wording::reference(book, &l.article, &l.value)))),
        );
        for time in [&c.effective, &c.ends] {
            let (article, value) = (time.as_ref().map(|t| t.article.as_str()), time.as_ref().map(|t| &t.value));
            row.extend(time_cells(book, article, value));
        }
        row.push(joined(c.terms.iter().map(|t| t.kind.to_string())));
        row.push(joined(c.violations.iter().map(|v| v.claim.clone())));
        row.push(joined(c.violations.iter().map(|v| v.by.clone().unwrap_or_else(|| "?".into()))));
        row.push(joined(c.violations.iter().map(|v| v.alleged_by.join("+"))));
        row.push(joined(c.claims.iter().cloned()));
        row
    });
    write(head, rows, out)
}

/// Entities.
pub fn entities(entities: &[&Entity], out: &mut impl Write) -> Result<()> {
    let head = "id,kind,name,aliases,party,country,lat,lon";
    let rows = entities.iter().map(|e| {
        vec![
            e.id.clone(),
            e.kind.to_string(),
            e.name.clone(),
            joined(e.aliases.iter().cloned()),
            e.party.clone().unwrap_or_default(),
            e.country.clone().unwrap_or_default(),
            text(e.lat),
            text(e.lon),
        ]
    });
    write(head, rows, out)
}

/// Reports.
pub fn reports(pages: &[&Page], out: &mut impl Write) -> Result<()> {
    let head = "id,path,outlet,published,basis,title,url,byline,agencies,language,origin,claims,figures,notes,\
                affiliation,translation,translated_from";
    let rows = pages.iter().map(|p| {
        let a = p.article();
        vec![
            a.id.clone(),
            a.path.clone(),
            a.outlet.clone().unwrap_or_default(),
            text(a.published.value.as_ref()),
            a.published.basis.to_string(),
            a.title.map(|t| p.quote(t).to_owned()).unwrap_or_default(),
            a.url.clone().unwrap_or_default(),
            joined(a.byline.iter().cloned()),
            joined(a.agencies.iter().cloned()),
            a.language.clone().unwrap_or_default(),
            p.origin.to_owned(),
            p.claims().len().to_string(),
            p.figures().len().to_string(),
            joined(p.reading.notes.iter().map(|n| n.message.clone())),
            wording::affiliation(a).map(ToString::to_string).unwrap_or_default(),
            a.imprint.translation.as_ref().map_or("", |t| made(t.machine)).to_owned(),
            a.imprint.translation.as_ref().and_then(|t| t.from.clone()).unwrap_or_default(),
        ]
    });
    write(head, rows, out)
}

/// Who made a translation.
fn made(machine: Option<bool>) -> &'static str {
    match machine {
        Some(true) => "machine",
        Some(false) => "human",
        None => "unknown",
    }
}

fn write(head: &str, rows: impl Iterator<Item = Vec<String>>, out: &mut impl Write) -> Result<()> {
    let mut csv = ::csv::Writer::from_writer(out);
    csv.write_record(head.split(','))?;
    for row in rows {
        csv.write_record(row)?;
    }
    csv.flush()
}

/// Path, outlet and date of the report.
fn source(page: Option<&Page>) -> [String; 3] {
    let a = page.map(Page::article);
    [
        a.map(|a| a.path.clone()).unwrap_or_default(),
        a.and_then(|a| a.outlet.clone()).unwrap_or_default(),
        text(a.and_then(|a| a.published.value.as_ref())),
    ]
}

fn time_cells(book: &Book, article: Option<&str>, time: Option<&Time>) -> [String; 3] {
    let words = time.and_then(|t| t.span).zip(article).map(|(s, a)| book.quote(a, s).to_owned());
    [
        text(time.and_then(|t| t.value.as_ref()).map(Iso::as_str)),
        text(time.and_then(|t| t.end.as_ref()).map(Iso::as_str)),
        words.unwrap_or_default(),
    ]
}

fn points(page: Option<&Page>, span: Span) -> (String, String) {
    page.map(|p| (p.point(span.start()).to_string(), p.point(span.end()).to_string())).unwrap_or_default()
}

/// The words of a reference, or what it is known as.
fn words(book: &Book, article: &str, r: &Reference) -> String {
    r.span.map_or_else(|| wording::reference(book, article, r), |s| book.quote(article, s).to_owned())
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

fn text(value: Option<impl ToString>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}
