//! The ledger with its cross-references: what stands where, in which order, and who disputes whom.

use std::collections::{BTreeMap, BTreeSet};

use evidence::incident::Denial;
use evidence::ledger::Reading;
use evidence::span::CodePoints;
use evidence::{
    Article, Ceasefire, Claim, Entity, EntityKind, Figure, Incident, Ledger, Origin, Relation, Shared, Span, Versions,
};

/// A ledger, indexed. Everything it lists is in the order of the export: by article (path, then id), then by position.
pub struct Book<'a> {
    pages: Vec<Page<'a>>,
    page_of: BTreeMap<&'a str, usize>,
    claims: BTreeMap<&'a str, (usize, &'a Claim)>,
    figures: BTreeMap<&'a str, &'a Figure>,
    incidents: Vec<&'a Incident>,
    incident_of: BTreeMap<&'a str, (&'a Incident, Relation)>,
    /// Claims by what answers them: denials with what they deny, and the other way round.
    denied: BTreeMap<&'a str, Vec<&'a str>>,
    denies: BTreeMap<String, Denial>,
    ceasefires: Vec<&'a Ceasefire>,
    origins: Vec<&'a Origin>,
    shared: &'a [Shared],
    versions: &'a [Versions],
    version_of: BTreeMap<&'a str, (usize, &'a Versions)>,
    entities: Vec<Entity>,
    entity_at: BTreeMap<String, usize>,
    /// Bytes of the folders that all paths start with.
    common: usize,
}

/// One article with its claims and figures in order.
pub struct Page<'a> {
    /// What was read.
    pub reading: &'a Reading,
    /// The origin it shares with its copies.
    pub origin: &'a str,
    claims: Vec<&'a Claim>,
    figures: Vec<&'a Figure>,
    points: CodePoints,
}

impl<'a> Book<'a> {
    /// Indexes a ledger.
    pub fn new(ledger: &'a Ledger) -> Self {
        let origins = evidence::origin::of_articles(&ledger.origins);
        let mut readings: Vec<&Reading> = ledger.readings.iter().collect();
        readings.sort_by_key(|r| (&r.article.path, &r.article.id));
        let pages: Vec<Page> = readings.into_iter().map(|r| Page::new(r, &origins)).collect();
        let page_of: BTreeMap<&str, usize> =
            pages.iter().enumerate().map(|(n, p)| (p.article().id.as_str(), n)).collect();
        let claims: BTreeMap<&str, (usize, &Claim)> = pages
            .iter()
            .enumerate()
            .flat_map(|(n, p)| p.claims.iter().map(move |c| (c.id.as_str(), (n, *c))))
            .collect();
        let figures = pages.iter().flat_map(|p| p.figures.iter().map(|f| (f.id.as_str(), *f))).collect();
        let place = |id: &str| claims.get(id).map_or((usize::MAX, 0), |(n, c)| (*n, c.content.start()));
        let first = |ids: &mut dyn Iterator<Item = &str>| ids.map(place).min().unwrap_or((usize::MAX, 0));
        let mut incidents: Vec<&Incident> = ledger.incidents.iter().collect();
        incidents.sort_by_key(|i| (first(&mut i.claims.iter().map(|m| m.claim.as_str())), &i.id));
        let mut ceasefires: Vec<&Ceasefire> = ledger.ceasefires.iter().collect();
        ceasefires.sort_by_key(|c| (first(&mut c.claims.iter().map(String::as_str)), &c.id));
        let mut incident_of = BTreeMap::new();
        for incident in &incidents {
            for member in &incident.claims {
                incident_of.entry(member.claim.as_str()).or_insert((*incident, member.relation));
            }
        }
        let entities = merged_entities(&pages, &incidents, &ceasefires);
        let entity_at = entities.iter().enumerate().map(|(n, e)| (e.id.clone(), n)).collect();
        // A blanket denial stands with every incident that it covers something of: here it is one.
        let mut denies: BTreeMap<String, Denial> = BTreeMap::new();
        let mut denied: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for denial in incidents.iter().flat_map(|i| &i.denials) {
            for d in &denial.denies {
                denied.entry(&d.claim).or_default().push(&denial.claim);
            }
            match denies.get_mut(&denial.claim) {
                Some(known) => known.denies.extend(denial.denies.iter().cloned()),
                None => drop(denies.insert(denial.claim.clone(), denial.clone())),
            }
        }
        let numbered =
            |v: &'a Versions| v.articles.iter().enumerate().map(move |(n, e)| (e.article.as_str(), (n + 1, v)));
        let version_of = ledger.versions.iter().flat_map(numbered).collect();
        let place = |o: &Origin| o.copies.iter().filter_map(|c| page_of.get(c.article.as_str())).min().copied();
        let mut origins: Vec<&Origin> = ledger.origins.iter().collect();
        origins.sort_by_key(|o| (place(o).unwrap_or(usize::MAX), &o.id));
        Self {
            common: common_folders(&pages),
            shared: &ledger.shared,
            versions: &ledger.versions,
            version_of,
            origins,
            pages,
            page_of,
            claims,
            figures,
            incidents,
            incident_of,
            denied,
            denies,
            ceasefires,
            entities,
            entity_at,
        }
    }

    /// Its articles.
    pub fn pages(&self) -> &[Page<'a>] {
        &self.pages
    }

    /// An article by its id.
    pub fn page(&self, article: &str) -> Option<&Page<'a>> {
        self.page_of.get(article).map(|n| &self.pages[*n])
    }

    /// Entities of all articles, each once, with all names that any article has for it; every party in use is one.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Articles that changed after publication, by address.
    pub fn versions(&self) -> &'a [Versions] {
        self.versions
    }

    /// Which version of its article this is: its number from 1, of how many, and all of them.
    pub fn version(&self, article: &str) -> Option<(usize, &'a Versions)> {
        self.version_of.get(article).copied()
    }

    /// An entity by its id.
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entity_at.get(id).map(|n| &self.entities[*n])
    }

    /// All claims.
    pub fn claims(&self) -> Vec<&'a Claim> {
        self.pages.iter().flat_map(|p| p.claims.iter().copied()).collect()
    }

    /// A claim by its id.
    pub fn claim(&self, id: &str) -> Option<&'a Claim> {
        self.claims.get(id).map(|(_, c)| *c)
    }

    /// All figures.
    pub fn figures(&self) -> Vec<&'a Figure> {
        self.pages.iter().flat_map(|p| p.figures.iter().copied()).collect()
    }

    /// A figure by its id.
    pub fn figure(&self, id: &str) -> Option<&'a Figure> {
        self.figures.get(id).copied()
    }

    /// All incidents.
    pub fn incidents(&self) -> &[&'a Incident] {
        &self.incidents
    }

    /// The incident that has a claim, and how the claim stands to it.
    pub fn incident_of(&self, claim: &str) -> Option<(&'a Incident, Relation)> {
        self.incident_of.get(claim).copied()
    }

    /// All ceasefires.
    pub fn ceasefires(&self) -> &[&'a Ceasefire] {
        &self.ceasefires
    }

    /// Origins with their copies.
    pub fn origins(&self) -> &[&'a Origin] {
        &self.origins
    }

    /// What reports of different origins print alike.
    pub fn shared(&self) -> &'a [Shared] {
        self.shared
    }

    /// A party's name, or its slug where none is known.
    pub fn party_name<'s>(&'s self, slug: &'s str) -> &'s str {
        self.entity(&format!("party:{slug}")).map_or(slug, |e| &e.name)
    }

    /// What a denial denies.
    pub fn denial(&self, claim: &str) -> Option<&Denial> {
        self.denies.get(claim)
    }

    /// Ids of the claims that deny a claim.
    pub fn denials_of(&self, claim: &str) -> &[&'a str] {
        self.denied.get(claim).map_or(&[], Vec::as_slice)
    }

    /// Who denies a claim, as party slugs or names; empty if nobody is known to.
    pub fn deniers(&self, claim: &str) -> BTreeSet<String> {
        let own: BTreeSet<&str> =
            self.claim(claim).into_iter().flat_map(|c| &c.speakers).filter_map(|s| s.party.as_deref()).collect();
        let of = |denial: &&str| {
            // Of those who deny together nobody denies what they say themselves.
            let by = self.claim(denial).map(|c| (c.speakers.as_slice(), c.joint));
            let others = |s: &&evidence::Speaker| s.party.as_deref().is_none_or(|p| !own.contains(p));
            let speaker = by.and_then(|(all, joint)| if joint { all.iter().find(others) } else { all.first() });
            let who =
                speaker.and_then(|s| s.party.clone().or_else(|| s.name.clone()).or_else(|| s.organisation.clone()));
            who.unwrap_or_else(|| "somebody".to_owned())
        };
        self.denials_of(claim).iter().map(of).collect()
    }

    /// An article's path without the folders that all paths of the ledger have in common.
    pub fn short_path(&self, page: &Page<'a>) -> &'a str {
        let path = &page.article().path;
        path.get(self.common..).unwrap_or(path)
    }

    /// The words that a span of an article covers.
    pub fn quote(&self, article: &str, span: Span) -> &'a str {
        self.page(article).map_or("", |p| p.quote(span))
    }

    /// The article whose text the time of an incident points into: that of the member it was taken from.
    pub fn article_of_time(&self, incident: &Incident) -> Option<&'a str> {
        let members = incident.claims.iter().filter_map(|m| self.claim(&m.claim));
        members.into_iter().find(|c| c.time == incident.time).map(|c| c.article.as_str())
    }
}

impl<'a> Page<'a> {
    fn new(reading: &'a Reading, origins: &BTreeMap<&str, &'a Origin>) -> Self {
        let mut claims: Vec<&Claim> = reading.claims.iter().collect();
        claims.sort_by_key(|c| (c.content, &c.id));
        let mut figures: Vec<&Figure> = reading.figures.iter().collect();
        figures.sort_by_key(|f| (f.span, &f.id));
        let id = &reading.article.id;
        let origin = origins.get(id.as_str()).map_or(id.as_str(), |o| o.id.as_str());
        Self { reading, origin, claims, figures, points: CodePoints::of(&reading.article.text) }
    }

    /// The article.
    pub fn article(&self) -> &'a Article {
        &self.reading.article
    }

    /// Claims by position.
    pub fn claims(&self) -> &[&'a Claim] {
        &self.claims
    }

    /// Figures by position.
    pub fn figures(&self) -> &[&'a Figure] {
        &self.figures
    }

    /// The words that a span covers.
    pub fn quote(&self, span: Span) -> &'a str {
        self.article().text.get(span.range()).unwrap_or_default()
    }

    /// Unicode code points of the text before a byte.
    pub fn point(&self, byte: usize) -> usize {
        self.points.at(&self.article().text, byte)
    }
}

/// Bytes of the longest run of folders with which every path starts.
fn common_folders(pages: &[Page]) -> usize {
    let folders = |path: &str| path.rfind('/').map_or(0, |slash| slash + 1);
    let Some(first) = pages.first() else { return 0 };
    let path = &first.article().path;
    let mut common = &path[..folders(path)];
    for page in pages {
        while !page.article().path.starts_with(common) {
            common = &common[..folders(common.trim_end_matches('/'))];
        }
    }
    common.len()
}

/// Entities in order of their first article and place in it. Where articles differ, the first that says something wins.
fn merged_entities(pages: &[Page], incidents: &[&Incident], ceasefires: &[&Ceasefire]) -> Vec<Entity> {
    let mut out: Vec<Entity> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for entity in pages.iter().flat_map(|p| &p.reading.entities) {
        match at.get(&entity.id) {
            None => {
                at.insert(entity.id.clone(), out.len());
                out.push(entity.clone());
            }
            Some(n) => join(&mut out[*n], entity),
        }
    }
    let named: BTreeSet<String> =
        out.iter().filter(|e| e.kind == EntityKind::Party).filter_map(|e| e.party.clone()).collect();
    let used = parties_in_use(pages, incidents, ceasefires, &out);
    out.extend(used.difference(&named).map(|slug| bare_party(slug)));
    for entity in &mut out {
        entity.aliases.sort();
        entity.aliases.dedup();
        entity.aliases.retain(|a| *a != entity.name);
    }
    out
}

fn join(entity: &mut Entity, other: &Entity) {
    entity.aliases.extend(other.aliases.iter().chain([&other.name]).cloned());
    entity.party = entity.party.take().or_else(|| other.party.clone());
    entity.country = entity.country.take().or_else(|| other.country.clone());
    if entity.lat.is_none() || entity.lon.is_none() {
        (entity.lat, entity.lon) = (other.lat, other.lon);
    }
}

fn parties_in_use(
    pages: &[Page],
    incidents: &[&Incident],
    ceasefires: &[&Ceasefire],
    entities: &[Entity],
) -> BTreeSet<String> {
    let mut used: BTreeSet<String> = entities.iter().filter_map(|e| e.party.clone()).collect();
    for page in pages {
        for c in &page.claims {
            used.extend(c.speakers.iter().filter_map(|s| s.party.clone()));
            used.extend([&c.actors, &c.targets, &c.places].into_iter().flatten().filter_map(|r| r.party.clone()));
        }
        for f in &page.figures {
            used.extend(f.speakers.iter().filter_map(|s| s.party.clone()).chain(f.party.clone()));
        }
    }
    used.extend(incidents.iter().flat_map(|i| i.parties.iter().cloned()));
    for c in ceasefires {
        let located = [&c.announced_by, &c.brokers, &c.monitors];
        used.extend(located.into_iter().flatten().filter_map(|r| r.value.party.clone()));
        used.extend(c.parties.iter().cloned());
    }
    used
}

/// A party of which only the slug is known.
fn bare_party(slug: &str) -> Entity {
    Entity {
        id: format!("party:{slug}"),
        kind: EntityKind::Party,
        name: slug.to_owned(),
        aliases: Vec::new(),
        party: Some(slug.to_owned()),
        country: None,
        lat: None,
        lon: None,
    }
}
