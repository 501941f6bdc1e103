//! How rows become readings again; whatever does not fit together is reported as damage, never guessed at.

use evidence::figure::Period;
use evidence::imprint::{Field, Imprint, Translation};
use evidence::ledger::Reading;
use evidence::time::Iso;
use evidence::version::Edition;
use evidence::{
    Act, Article, Basis, Category, Claim, Entity, EntityKind, Event, Figure, Harm, Meaning, Mode, Note, Polarity,
    Precision, Published, Qualifier, Span, Status,
};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Row, Statement};

use crate::Error;
use crate::rows::{CeasefireRow, FindingRow, ReferenceRow, SpanRow, Spans, SpeakerRow, TimeRow};
use crate::rows::{all, from_json, iso, word};

/// A row whose columns have been asked for their names: SQLite takes longer to tell a name than to give a value.
pub(crate) struct Cells<'a> {
    pub(crate) row: &'a Row<'a>,
    pub(crate) names: &'a [String],
}

impl Cells<'_> {
    fn get<T: FromSql>(&self, name: &str) -> Result<T, Error> {
        let at = self.names.iter().position(|n| n == name);
        Ok(self.row.get(at.ok_or_else(|| Error::damaged(format!("column {name}")))?)?)
    }
}

/// Names of the columns of a query.
pub(crate) fn names(query: &Statement) -> Vec<String> {
    query.column_names().map(str::to_owned).collect()
}

/// Ids of all articles, by path, then by id.
pub(crate) fn article_ids(db: &Connection) -> Result<Vec<String>, Error> {
    let mut query = db.prepare_cached("SELECT id FROM article ORDER BY path, id")?;
    let ids = query.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

/// Articles that share their address with others, by address.
pub(crate) fn editions(db: &Connection, of: Option<&str>) -> Result<Vec<(String, Vec<Edition>)>, Error> {
    let mut query = db.prepare_cached(
        "SELECT address, id, retrieved, modified, published_value FROM article WHERE address IN \
         (SELECT address FROM article WHERE address IS NOT NULL \
          AND (?1 IS NULL OR address = (SELECT address FROM article WHERE id = ?1)) \
          GROUP BY address HAVING count(*) > 1) ORDER BY address, id",
    )?;
    let names = names(&query);
    let mut rows = query.query([of])?;
    let mut out: Vec<(String, Vec<Edition>)> = Vec::new();
    while let Some(row) = rows.next()? {
        let r = &Cells { row, names: &names };
        let address = text(r, "address")?;
        if out.last().is_none_or(|(last, _)| *last != address) {
            out.push((address, Vec::new()));
        }
        let edition = Edition {
            article: text(r, "id")?,
            retrieved: iso(r.get("retrieved")?, "retrieved")?,
            modified: iso(r.get("modified")?, "modified")?,
            published: iso(r.get("published_value")?, "published")?,
        };
        if let Some((_, editions)) = out.last_mut() {
            editions.push(edition);
        }
    }
    Ok(out)
}

/// What one article says, if it is there.
pub(crate) fn reading(db: &Connection, id: &str) -> Result<Option<Reading>, Error> {
    let mut query = db.prepare_cached("SELECT * FROM article WHERE id = ?1")?;
    let names = names(&query);
    let mut rows = query.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let article = article(&Cells { row, names: &names })?;
    let spans = Spans(Some(&article.text));
    Ok(Some(Reading {
        notes: list(db, "note", id, note)?,
        entities: list(db, "entity", id, entity)?,
        claims: list(db, "claim", id, |r| claim(r, spans))?,
        figures: list(db, "figure", id, |r| figure(r, spans))?,
        ceasefires: list(db, "truce", id, |r| from_json::<CeasefireRow>(&text(r, "body_json")?, "truce")?.value())?,
        article,
    }))
}

pub(crate) fn list<T>(
    db: &Connection,
    table: &str,
    article: &str,
    of: impl Fn(&Cells) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut query = db.prepare_cached(&format!("SELECT * FROM {table} WHERE article = ?1 ORDER BY position"))?;
    let names = names(&query);
    let mut rows = query.query([article])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(of(&Cells { row, names: &names })?);
    }
    Ok(out)
}

pub(crate) fn article(r: &Cells) -> Result<Article, Error> {
    let body = text(r, "text")?;
    let spans = Spans(Some(&body));
    let published_spans: Vec<SpanRow> = from_json(&text(r, "published_spans_json")?, "published spans")?;
    Ok(Article {
        id: text(r, "id")?,
        path: text(r, "path")?,
        url: r.get("url")?,
        outlet: r.get("outlet")?,
        title: span(r, "title_start", "title_end", spans)?,
        byline: from_json(&text(r, "byline_json")?, "byline")?,
        agencies: from_json(&text(r, "agencies_json")?, "agencies")?,
        published: Published {
            value: iso(r.get("published_value")?, "published")?,
            precision: maybe_word(r, "published_precision", Precision::parse)?,
            basis: word(Basis::parse, &text(r, "published_basis")?, "published basis")?,
            spans: all(published_spans, |s| spans.make(s))?,
        },
        language: r.get("language")?,
        dateline: span(r, "dateline_start", "dateline_end", spans)?,
        imprint: imprint(r)?,
        text: body,
    })
}

fn imprint(r: &Cells) -> Result<Imprint, Error> {
    let bases: Vec<(String, String)> = from_json(&text(r, "bases_json")?, "bases")?;
    let notice: Option<String> = r.get("translation_notice")?;
    let translation = match notice {
        None => None,
        Some(notice) => {
            Some(Translation { machine: r.get("translation_machine")?, from: r.get("translation_from")?, notice })
        }
    };
    Ok(Imprint {
        section: r.get("section")?,
        modified: iso(r.get("modified")?, "modified")?,
        retrieved: iso(r.get("retrieved")?, "retrieved")?,
        translation,
        bases: all(bases, |(field, by)| Ok((word(Field::parse, &field, "field")?, by.into())))?,
    })
}

pub(crate) fn note(r: &Cells) -> Result<Note, Error> {
    let kind: String = r.get("kind")?;
    Ok(Note { kind: kind.into(), message: r.get("message")? })
}

pub(crate) fn entity(r: &Cells) -> Result<Entity, Error> {
    Ok(Entity {
        id: text(r, "id")?,
        kind: word(EntityKind::parse, &text(r, "kind")?, "entity kind")?,
        name: text(r, "name")?,
        aliases: from_json(&text(r, "aliases_json")?, "aliases")?,
        party: r.get("party")?,
        country: r.get("country")?,
        lat: r.get("lat")?,
        lon: r.get("lon")?,
    })
}

pub(crate) fn claim(r: &Cells, spans: Spans) -> Result<Claim, Error> {
    let references = |column: &str| {
        let rows: Vec<ReferenceRow> = from_json(&text(r, column)?, column)?;
        all(rows, |row| row.value(spans))
    };
    let found: Vec<FindingRow> = from_json(&text(r, "found_json")?, "found")?;
    let time = match r.get::<Option<String>>("time_basis")? {
        None => None,
        Some(basis) => Some(
            TimeRow {
                value: r.get("time_value")?,
                end: r.get("time_end")?,
                precision: r.get("time_precision")?,
                span: r.get::<Option<u32>>("time_start_at")?.zip(r.get("time_end_at")?),
                basis,
            }
            .value(spans)?,
        ),
    };
    Ok(Claim {
        id: text(r, "id")?,
        article: text(r, "article")?,
        content: whole_span(r, spans)?,
        cue: span(r, "cue_start", "cue_end", spans)?,
        speakers: speakers(r, spans)?,
        joint: r.get("joint")?,
        act: word(Act::parse, &text(r, "act")?, "act")?,
        event: maybe_word(r, "event", Event::parse)?,
        mode: maybe_word(r, "mode", Mode::parse)?,
        actors: references("actors_json")?,
        targets: references("targets_json")?,
        places: references("places_json")?,
        time,
        polarity: word(Polarity::parse, &text(r, "polarity")?, "polarity")?,
        status: word(Status::parse, &text(r, "status")?, "status")?,
        meaning: meaning(r.get("meaning")?)?,
        found: all(found, |f| f.value(spans))?,
    })
}

pub(crate) fn figure(r: &Cells, spans: Spans) -> Result<Figure, Error> {
    let count = |column: &str| -> Result<Option<u64>, Error> {
        let n: Option<i64> = r.get(column)?;
        n.map(|n| u64::try_from(n).map_err(|_| Error::damaged(format!("{column}: {n}")))).transpose()
    };
    let period = match span(r, "period_start", "period_end", spans)? {
        None => None,
        Some(span) => {
            let (from, to): (Option<Iso>, _) =
                (iso(r.get("period_from")?, "period from")?, iso(r.get("period_to")?, "period to")?);
            Some(Period { from, to, span })
        }
    };
    Ok(Figure {
        id: text(r, "id")?,
        article: text(r, "article")?,
        claim: r.get("claim")?,
        span: whole_span(r, spans)?,
        harm: word(Harm::parse, &text(r, "harm")?, "harm")?,
        low: count("low")?,
        high: count("high")?,
        qualifier: word(Qualifier::parse, &text(r, "qualifier")?, "qualifier")?,
        category: word(Category::parse, &text(r, "category")?, "category")?,
        party: r.get("party")?,
        place: r.get("place")?,
        period,
        speakers: speakers(r, spans)?,
        superseded: r.get("superseded")?,
        rule: text(r, "rule")?,
    })
}

fn meaning(bytes: Option<Vec<u8>>) -> Result<Option<Meaning>, Error> {
    let read =
        |b: Vec<u8>| Meaning::from_bytes(&b).ok_or_else(|| Error::damaged(format!("meaning: {} bytes", b.len())));
    bytes.map(read).transpose()
}

fn speakers(r: &Cells, spans: Spans) -> Result<Vec<evidence::Speaker>, Error> {
    let rows: Vec<SpeakerRow> = from_json(&text(r, "speakers_json")?, "speakers")?;
    all(rows, |row| row.value(spans))
}

fn text(r: &Cells, column: &str) -> Result<String, Error> {
    r.get(column)
}

fn maybe_word<T>(r: &Cells, column: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Error> {
    r.get::<Option<String>>(column)?.map(|t| word(parse, &t, column)).transpose()
}

fn whole_span(r: &Cells, spans: Spans) -> Result<Span, Error> {
    spans.make((r.get("start")?, r.get("end")?))
}

fn span(r: &Cells, start: &str, end: &str, spans: Spans) -> Result<Option<Span>, Error> {
    spans.maybe(r.get::<Option<u32>>(start)?.zip(r.get(end)?))
}
