//! Which claims, figures and reports a reader asks for.

use std::collections::BTreeSet;

use evidence::{Act, Event};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::Error;

/// What to pick. Within one field any value will do; all fields that are given must agree.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Party slugs, of speakers, actors or targets; of a figure: whose people are counted.
    pub parties: Vec<String>,
    /// Parts of a speaker's name, role, organisation or party.
    pub speakers: Vec<String>,
    /// Acts.
    pub acts: Vec<Act>,
    /// Events.
    pub events: Vec<Event>,
    /// Parts of a place's name; every name of a place finds it.
    pub places: Vec<String>,
    /// First day (`2020-10-10`, `2020-10`, `2020`): of the time told, or else of publication.
    pub since: Option<String>,
    /// Last day.
    pub until: Option<String>,
    /// Article ids, or parts of their paths.
    pub reports: Vec<String>,
    /// Words that the content has, all of them.
    pub words: Vec<String>,
}

/// Ids of what was picked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selected {
    /// Of claims.
    pub claims: BTreeSet<String>,
    /// Of figures; where acts, events or words are asked for, those of the claims picked.
    pub figures: BTreeSet<String>,
    /// Of articles with a claim or figure picked; where only reports and days are asked for, of all such articles.
    pub articles: BTreeSet<String>,
}

impl Selection {
    /// Whether it picks everything.
    pub fn asks_for_nothing(&self) -> bool {
        !self.asks_for_claims() && self.since.is_none() && self.until.is_none() && self.reports.is_empty()
    }

    /// Whether it asks for something that only claims and figures have.
    pub fn asks_for_claims(&self) -> bool {
        let lists = [&self.parties, &self.speakers, &self.places, &self.words];
        !(self.acts.is_empty() && self.events.is_empty() && lists.iter().all(|l| l.is_empty()))
    }
}

pub(crate) fn select(db: &Connection, s: &Selection) -> Result<Selected, Error> {
    let claims = run(db, "SELECT x.id, x.article FROM claim x JOIN article ON article.id = x.article", |q| {
        q.facets(s);
        q.one_of("x.act", s.acts.iter().map(|a| a.as_str()));
        q.one_of("x.event", s.events.iter().map(|e| e.as_str()));
        q.words("x.key", &s.words);
        q.days("x.first_day", "x.last_day", s);
        q.reports(&s.reports);
    })?;
    let figures = run(db, "SELECT x.id, x.article FROM figure x JOIN article ON article.id = x.article", |q| {
        q.facets(s);
        if !(s.acts.is_empty() && s.events.is_empty() && s.words.is_empty()) {
            q.open("EXISTS (SELECT 1 FROM claim c WHERE c.id = x.claim AND c.article = x.article");
            q.one_of("c.act", s.acts.iter().map(|a| a.as_str()));
            q.one_of("c.event", s.events.iter().map(|e| e.as_str()));
            q.words("c.key", &s.words);
            q.close();
        }
        q.days("x.first_day", "x.last_day", s);
        q.reports(&s.reports);
    })?;
    let mut articles: BTreeSet<String> = claims.iter().chain(&figures).map(|(_, a)| a.clone()).collect();
    if !s.asks_for_claims() {
        articles = run(db, "SELECT article.id, article.id FROM article", |q| {
            q.days("article.published_value", "article.published_value", s);
            q.reports(&s.reports);
        })?
        .into_iter()
        .map(|(id, _)| id)
        .collect();
    }
    let ids = |pairs: Vec<(String, String)>| pairs.into_iter().map(|(id, _)| id).collect();
    Ok(Selected { claims: ids(claims), figures: ids(figures), articles })
}

fn run(db: &Connection, head: &str, conditions: impl Fn(&mut Query)) -> Result<Vec<(String, String)>, Error> {
    let mut query = Query { sql: format!("{head} WHERE 1"), values: Vec::new() };
    conditions(&mut query);
    let mut statement = db.prepare(&query.sql)?;
    let rows = statement.query_map(params_from_iter(query.values), |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A query under construction; values never stand in its text.
struct Query {
    sql: String,
    values: Vec<Value>,
}

impl Query {
    fn open(&mut self, condition: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
    }

    fn close(&mut self) {
        self.sql.push(')');
    }

    fn any<T>(&mut self, items: impl Iterator<Item = T>, mut condition: impl FnMut(T) -> (&'static str, Vec<String>)) {
        let mut parts = Vec::new();
        for item in items {
            let (part, values) = condition(item);
            parts.push(part);
            self.values.extend(values.into_iter().map(Value::Text));
        }
        if !parts.is_empty() {
            self.open(&format!("({})", parts.join(" OR ")));
        }
    }

    fn one_of<'a>(&mut self, column: &str, words: impl Iterator<Item = &'a str>) {
        let values: Vec<Value> = words.map(|w| Value::Text(w.to_owned())).collect();
        if !values.is_empty() {
            self.open(&format!("{column} IN ({})", vec!["?"; values.len()].join(", ")));
            self.values.extend(values);
        }
    }

    fn facets(&mut self, s: &Selection) {
        const EXACT: &str = "EXISTS (SELECT 1 FROM facet f WHERE f.object = x.id AND f.article = x.article \
                             AND f.kind = ? AND f.value = ?)";
        const PART: &str = "EXISTS (SELECT 1 FROM facet f WHERE f.object = x.id AND f.article = x.article \
                            AND f.kind = ? AND instr(f.value, ?) > 0)";
        self.any(s.parties.iter(), |p| (EXACT, vec!["party".to_owned(), p.clone()]));
        self.any(s.speakers.iter(), |n| (PART, vec!["speaker".to_owned(), n.to_lowercase()]));
        self.any(s.places.iter(), |n| (PART, vec!["place".to_owned(), n.to_lowercase()]));
    }

    fn words(&mut self, key: &str, words: &[String]) {
        if !words.is_empty() {
            // Each word in quotes, so that the marks of the search language are plain letters here.
            let wanted: Vec<String> = words.iter().map(|w| format!("\"{}\"", w.replace('"', "\"\""))).collect();
            self.open(&format!("{key} IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)"));
            self.values.push(Value::Text(wanted.join(" ")));
        }
    }

    /// Keeps what overlaps the days asked for; a coarse value ("2020-10") counts for all its days.
    fn days(&mut self, first: &str, last: &str, s: &Selection) {
        let mut bound = |column: &str, sign: &str, day: &Option<String>| {
            if let Some(day) = day {
                self.open(&format!(
                    "substr({column}, 1, min(length({column}), length(?), 10)) {sign} \
                     substr(?, 1, min(length({column}), length(?), 10))"
                ));
                self.values.extend(std::iter::repeat_n(Value::Text(day.clone()), 3));
            }
        };
        bound(last, ">=", &s.since);
        bound(first, "<=", &s.until);
    }

    fn reports(&mut self, reports: &[String]) {
        self.any(reports.iter(), |r| ("(article.id = ? OR instr(article.path, ?) > 0)", vec![r.clone(), r.clone()]));
    }
}
