//! A part of the ledger that hangs together: some objects with what is needed to understand them, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use evidence::ledger::Reading;
use evidence::{Ceasefire, Entity, Incident, Ledger, Origin};
use rusqlite::{Connection, OptionalExtension};

use crate::read::Cells;
use crate::rows::{CeasefireRow, IncidentRow, OriginRow, Spans, from_json};
use crate::{Error, picture, read};

/// What an excerpt is asked for, by ids. Ids that are not there are passed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Articles with all that they say.
    pub articles: Vec<String>,
    /// Claims.
    pub claims: Vec<String>,
    /// Figures, with their claims.
    pub figures: Vec<String>,
    /// Incidents, with all their claims and the figures of these.
    pub incidents: Vec<String>,
    /// Ceasefires, with all claims that speak of them.
    pub ceasefires: Vec<String>,
    /// Articles, without what they say.
    pub covers: Vec<String>,
    /// Incidents or ceasefires without their claims but the one that tells the time, and with the names of their places.
    pub heads: Vec<String>,
}

/// What is wanted, and what hangs on it. The caller has begun a transaction, so that a program writing meanwhile does not
/// show half of its work.
pub(crate) fn excerpt(db: &Connection, wanted: &Wanted) -> Result<Ledger, Error> {
    let (whole, claims, figures) = Default::default();
    Excerpt { db, whole, claims, figures }.ledger(wanted)
}

/// Entities by their ids, in that order, each with the names that at most so many articles have for it. Ids that are not
/// there are passed over.
pub(crate) fn entities(db: &Connection, ids: &[String], articles: usize) -> Result<Vec<Entity>, Error> {
    let mut query = db.prepare_cached("SELECT * FROM entity WHERE id = ?1 LIMIT ?2")?;
    let mut out: Vec<Entity> = Vec::new();
    for id in ids {
        let names = read::names(&query);
        let mut rows = query.query((id, articles as i64))?;
        let mut found: Option<Entity> = None;
        while let Some(row) = rows.next()? {
            let other = read::entity(&Cells { row, names: &names })?;
            match &mut found {
                None => found = Some(other),
                Some(entity) => {
                    entity.aliases.extend(other.aliases);
                    entity.aliases.push(other.name);
                }
            }
        }
        if let Some(entity) = &mut found {
            entity.aliases.sort();
            entity.aliases.dedup();
            entity.aliases.retain(|a| *a != entity.name);
        }
        out.extend(found);
    }
    Ok(out)
}

/// How many claims and figures some articles have.
pub(crate) fn sizes(db: &Connection, articles: &[String]) -> Result<Vec<(u64, u64)>, Error> {
    let mut query = db.prepare_cached(
        "SELECT (SELECT count(*) FROM claim WHERE article = ?1), (SELECT count(*) FROM figure WHERE article = ?1)",
    )?;
    let mut size = |id: &String| {
        let (claims, figures): (u32, u32) = query.query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok((u64::from(claims), u64::from(figures)))
    };
    articles.iter().map(&mut size).collect()
}

/// An excerpt that grows; objects by their articles.
struct Excerpt<'a> {
    db: &'a Connection,
    whole: BTreeSet<String>,
    claims: BTreeMap<String, BTreeSet<String>>,
    figures: BTreeMap<String, BTreeSet<String>>,
}

impl Excerpt<'_> {
    fn ledger(&mut self, wanted: &Wanted) -> Result<Ledger, Error> {
        self.whole.extend(wanted.articles.iter().cloned());
        let mut incidents: BTreeMap<String, Incident> = BTreeMap::new();
        for id in &wanted.incidents {
            if let Some(incident) = self.incident(id)? {
                for member in &incident.claims {
                    self.want_claim(&member.claim, true)?;
                }
                incidents.insert(id.clone(), incident);
            }
        }
        let mut ceasefires: Vec<Ceasefire> = Vec::new();
        for id in &wanted.ceasefires {
            ceasefires.extend(self.ceasefire(id)?);
        }
        for ceasefire in &ceasefires {
            self.want_ceasefire(ceasefire)?;
        }
        for id in &wanted.covers {
            self.claims.entry(id.clone()).or_default();
        }
        let mut heads: Vec<Incident> = Vec::new();
        for id in &wanted.heads {
            match self.incident(id)? {
                Some(incident) => {
                    if let Some(claim) = self.told_by(&incident)? {
                        self.want_claim(&claim, false)?;
                    }
                    heads.push(incident);
                }
                None => {
                    let ceasefire = self.ceasefire(id)?;
                    let told = ceasefire.as_ref().and_then(|c| c.effective.as_ref()).map(|t| t.article.clone());
                    if let Some(article) = told {
                        self.claims.entry(article).or_default();
                    }
                    ceasefires.extend(ceasefire);
                }
            }
        }
        for id in &wanted.figures {
            self.want_figure(id)?;
        }
        for id in &wanted.claims {
            self.want_claim(id, false)?;
        }
        for incident in self.incidents_of_claims(&wanted.claims)? {
            incidents.entry(incident.id.clone()).or_insert(incident);
        }
        for incident in incidents.values() {
            self.want_answers(incident)?;
        }
        let articles: BTreeSet<String> =
            self.whole.iter().chain(self.claims.keys()).chain(self.figures.keys()).cloned().collect();
        let mut readings = Vec::with_capacity(articles.len());
        let mut origins: BTreeMap<String, Origin> = BTreeMap::new();
        for id in &articles {
            readings.extend(self.reading(id)?);
            if let Some(origin) = self.origin(id)? {
                origins.insert(origin.id.clone(), origin);
            }
        }
        self.name_places(&heads, &mut readings)?;
        incidents.extend(heads.into_iter().map(|i| (i.id.clone(), i)));
        readings.sort_by(|a, b| (&a.article.path, &a.article.id).cmp(&(&b.article.path, &b.article.id)));
        let (origins, incidents) = (origins.into_values().collect(), incidents.into_values().collect());
        Ok(Ledger { readings, origins, incidents, ceasefires, ..Ledger::default() })
    }

    /// What whole articles say belongs to incidents, too.
    fn incidents_of_claims(&self, claims: &[String]) -> Result<Vec<Incident>, Error> {
        let mut wanted: BTreeSet<String> = claims.iter().cloned().collect();
        let mut articles: BTreeSet<&String> = self.whole.iter().collect();
        for article in &self.whole {
            wanted.extend(picture::strings(self.db, "SELECT id FROM claim WHERE article = ?1", [article])?);
        }
        let of_wanted = |ids: &BTreeSet<String>| ids.iter().any(|id| wanted.contains(id));
        articles.extend(self.claims.iter().filter(|(_, ids)| of_wanted(ids)).map(|(article, _)| article));
        let mut ids = BTreeSet::new();
        for article in articles {
            let parts = "SELECT object FROM trace JOIN part ON trace = key WHERE article = ?1 AND layer = 2";
            ids.extend(picture::strings(self.db, parts, [article])?);
        }
        for claim in &wanted {
            ids.extend(picture::strings(self.db, "SELECT incident FROM answer WHERE claim = ?1", [claim])?);
        }
        let told = |i: &Incident| {
            let members = i.claims.iter().map(|m| &m.claim);
            members.chain(i.denials.iter().map(|d| &d.claim)).any(|claim| wanted.contains(claim))
        };
        let mut out = Vec::new();
        for id in ids {
            out.extend(self.incident(&id)?.filter(told));
        }
        Ok(out)
    }

    /// The claim that the time of an incident is taken from; without one, its first.
    fn told_by(&self, incident: &Incident) -> Result<Option<String>, Error> {
        let mut query = self.db.prepare_cached("SELECT * FROM claim WHERE id = ?1 LIMIT 1")?;
        let names = read::names(&query);
        for member in &incident.claims {
            let mut rows = query.query([&member.claim])?;
            let read = |row| read::claim(&Cells { row, names: &names }, Spans(None));
            let time = rows.next()?.map(read).transpose()?.map(|c| c.time);
            if time.is_some_and(|t| t == incident.time) {
                return Ok(Some(member.claim.clone()));
            }
        }
        Ok(incident.claims.first().map(|m| m.claim.clone()))
    }

    /// Places of incidents that the one claim with them does not name.
    fn name_places(&self, heads: &[Incident], readings: &mut [Reading]) -> Result<(), Error> {
        let Some(last) = readings.last_mut() else { return Ok(()) };
        for id in heads.iter().flat_map(|i| &i.places) {
            if !last.entities.iter().any(|e| e.id == *id) {
                last.entities.extend(entities(self.db, std::slice::from_ref(id), 1)?);
            }
        }
        Ok(())
    }

    /// What wanted claims deny, and what denies them.
    fn want_answers(&mut self, incident: &Incident) -> Result<(), Error> {
        for denial in &incident.denials {
            let there = |id: &str| self.claims.values().any(|ids| ids.contains(id));
            let denies: Vec<&String> = denial.denies.iter().map(|d| &d.claim).collect();
            if there(&denial.claim) || denies.iter().any(|id| there(id)) {
                for id in denies.into_iter().chain([&denial.claim]) {
                    self.want_claim(id, false)?;
                }
            }
        }
        Ok(())
    }

    fn want_claim(&mut self, id: &str, with_figures: bool) -> Result<(), Error> {
        let Some(article) = self.article_of("claim", id)? else { return Ok(()) };
        if with_figures {
            let figures =
                picture::strings(self.db, "SELECT id FROM figure WHERE article = ?1 AND claim = ?2", [&article, id])?;
            self.figures.entry(article.clone()).or_default().extend(figures);
        }
        self.claims.entry(article).or_default().insert(id.to_owned());
        Ok(())
    }

    fn want_figure(&mut self, id: &str) -> Result<(), Error> {
        let Some(article) = self.article_of("figure", id)? else { return Ok(()) };
        let of = "SELECT claim FROM figure WHERE article = ?1 AND id = ?2 AND claim IS NOT NULL";
        let claims = picture::strings(self.db, of, [&article, id])?;
        self.claims.entry(article.clone()).or_default().extend(claims);
        self.figures.entry(article).or_default().insert(id.to_owned());
        Ok(())
    }

    fn want_ceasefire(&mut self, ceasefire: &Ceasefire) -> Result<(), Error> {
        let violations = ceasefire.violations.iter().map(|v| &v.claim);
        let told = ceasefire.status.iter().map(|(claim, _)| claim);
        for claim in ceasefire.claims.iter().chain(violations).chain(told) {
            self.want_claim(claim, false)?;
        }
        // Its values point into texts that need not have one of its claims.
        let references = [&ceasefire.announced_by, &ceasefire.brokers, &ceasefire.monitors];
        let times = [&ceasefire.effective, &ceasefire.ends];
        let articles = references.into_iter().flatten().map(|r| &r.article);
        let articles = articles.chain(times.into_iter().flatten().map(|t| &t.article));
        for article in articles.chain(ceasefire.terms.iter().map(|t| &t.article)) {
            self.claims.entry(article.clone()).or_default();
        }
        Ok(())
    }

    fn article_of(&self, table: &str, id: &str) -> Result<Option<String>, Error> {
        let mut query = self.db.prepare_cached(&format!("SELECT article FROM {table} WHERE id = ?1 LIMIT 1"))?;
        Ok(query.query_row([id], |r| r.get(0)).optional()?)
    }

    fn reading(&self, id: &str) -> Result<Option<Reading>, Error> {
        if self.whole.contains(id) {
            return read::reading(self.db, id);
        }
        let mut query = self.db.prepare_cached("SELECT * FROM article WHERE id = ?1")?;
        let names = read::names(&query);
        let mut rows = query.query([id])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let article = read::article(&Cells { row, names: &names })?;
        let spans = Spans(Some(&article.text));
        let entities = read::list(self.db, "entity", id, read::entity)?;
        let claims = self.rows("claim", id, self.claims.get(id), |r| read::claim(r, spans))?;
        let figures = self.rows("figure", id, self.figures.get(id), |r| read::figure(r, spans))?;
        let notes = read::list(self.db, "note", id, read::note)?;
        Ok(Some(Reading { entities, claims, figures, ceasefires: Vec::new(), notes, article }))
    }

    fn rows<T>(
        &self,
        table: &str,
        article: &str,
        ids: Option<&BTreeSet<String>>,
        of: impl Fn(&Cells) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut query = self
            .db
            .prepare_cached(&format!("SELECT * FROM {table} WHERE id = ?1 AND article = ?2 ORDER BY position"))?;
        let names = read::names(&query);
        let mut out = Vec::new();
        for id in ids.into_iter().flatten() {
            let mut rows = query.query([id.as_str(), article])?;
            while let Some(row) = rows.next()? {
                out.push(of(&Cells { row, names: &names })?);
            }
        }
        Ok(out)
    }

    fn incident(&self, id: &str) -> Result<Option<Incident>, Error> {
        let body = self.body("incident", id)?;
        body.map(|b| from_json::<IncidentRow>(&b, "incident")?.value()).transpose()
    }

    fn ceasefire(&self, id: &str) -> Result<Option<Ceasefire>, Error> {
        let body = self.body("ceasefire", id)?;
        body.map(|b| from_json::<CeasefireRow>(&b, "ceasefire")?.value()).transpose()
    }

    fn origin(&self, article: &str) -> Result<Option<Origin>, Error> {
        let mut query = self.db.prepare_cached("SELECT object FROM trace JOIN part ON trace = key WHERE id = ?1")?;
        let id: Option<String> = query.query_row([article], |r| r.get(0)).optional()?;
        let body = id.map(|id| self.body("origin", &id)).transpose()?.flatten();
        body.map(|b| Ok(from_json::<OriginRow>(&b, "origin")?.value())).transpose()
    }

    fn body(&self, table: &str, id: &str) -> Result<Option<String>, Error> {
        let mut query = self.db.prepare_cached(&format!("SELECT body_json FROM {table} WHERE id = ?1"))?;
        Ok(query.query_row([id], |r| r.get(0)).optional()?)
    }
}
