//! How the picture of many reports is brought up to date: what changed leaves traces, blocks that it touched are compared
//! again, and whatever hangs together by links becomes one origin, one ceasefire, one incident.
//!
//! Only what is touched is looked at, and links of a block depend on nothing but its traces: so the picture after one more
//! report is the picture of all reports read at once, in any order.

use std::collections::{BTreeMap, BTreeSet};

use evidence::ledger::Reading;
use evidence::{Block, Layer, Link, Trace};
use store::{Derived, Error, Object, Picture, SqliteStore, Store};

/// Brings the picture of a store up to date with its readings.
pub fn update(store: &mut dyn Store) -> Result<(), Error> {
    let mut work = Work { picture: store.picture(reconcile::FORM)?, blocks: Vec::new(), touched: BTreeMap::new() };
    work.leave_traces()?;
    for layer in [Layer::Origin, Layer::Ceasefire, Layer::Incident] {
        work.relink(layer)?;
        work.rebuild(layer)?;
    }
    work.picture.finish()
}

/// The picture of some readings, made in memory.
pub fn of(readings: &[Reading]) -> Result<Derived, Error> {
    let mut store = SqliteStore::in_memory()?;
    for reading in readings {
        store.save("", reading)?;
    }
    update(&mut store)?;
    Ok(store.derived()?.unwrap_or_default())
}

struct Work<'a> {
    picture: Picture<'a>,
    /// Blocks whose traces have changed.
    blocks: Vec<Block>,
    /// Traces whose links have changed, or what they are part of.
    touched: BTreeMap<Layer, BTreeSet<String>>,
}

impl Work<'_> {
    /// Every changed reading leaves its traces anew.
    fn leave_traces(&mut self) -> Result<(), Error> {
        for article in self.picture.stale()? {
            let reading = self.picture.reading(&article)?;
            let traces = reading.as_ref().map(reconcile::traces).unwrap_or_default();
            let touched = self.picture.leave(&article, &traces)?;
            for object in &touched.gone {
                self.unfill(object)?;
            }
            self.blocks.extend(touched.blocks);
            for (layer, id) in touched.traces {
                self.touched.entry(layer).or_default().insert(id);
            }
        }
        self.blocks.sort_unstable();
        self.blocks.dedup();
        Ok(())
    }

    /// Compares the traces of touched blocks.
    fn relink(&mut self, layer: Layer) -> Result<(), Error> {
        let of_layer: Vec<Block> = self.blocks.iter().copied().filter(|b| reconcile::layer(*b) == layer).collect();
        for block in self.picture.crowded(&of_layer)? {
            let traces = self.picture.traces_in(block)?;
            self.set_links(layer, block, &reconcile::links(block, &traces))?;
        }
        Ok(())
    }

    fn set_links(&mut self, layer: Layer, block: Block, links: &[Link]) -> Result<(), Error> {
        let changed = self.picture.link(block, links)?;
        self.touched.entry(layer).or_default().extend(changed);
        Ok(())
    }

    /// Makes again whatever touched traces are, or were, part of.
    fn rebuild(&mut self, layer: Layer) -> Result<(), Error> {
        let touched: Vec<String> = self.touched.remove(&layer).unwrap_or_default().into_iter().collect();
        let (gone, others) = self.picture.dissolve(&touched)?;
        for object in &gone {
            self.unfill(object)?;
        }
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut moved: BTreeSet<String> = BTreeSet::new();
        for start in touched.into_iter().chain(others) {
            if seen.contains(&start) {
                continue;
            }
            let (ids, links) = self.component(&start, &mut seen)?;
            // What is now joined to it may have been part of something else.
            for object in self.picture.dissolve(&ids)?.0 {
                self.unfill(&object)?;
            }
            let traces = self.picture.traces(&ids)?;
            if !traces.is_empty() {
                self.build(layer, &traces, &links, &mut moved)?;
            }
        }
        if layer == Layer::Origin {
            self.after_origins(&moved)?;
        }
        Ok(())
    }

    /// All traces that hang together with one, with their links.
    fn component(&self, start: &str, seen: &mut BTreeSet<String>) -> Result<(Vec<String>, Vec<Link>), Error> {
        let mut links: BTreeSet<Link> = BTreeSet::new();
        let (mut ids, mut open) = (BTreeSet::new(), vec![start.to_owned()]);
        seen.insert(start.to_owned());
        while let Some(id) = open.pop() {
            for link in self.picture.links_at(&id)? {
                for end in [&link.a, &link.b] {
                    if seen.insert(end.clone()) {
                        open.push(end.clone());
                    }
                }
                links.insert(link);
            }
            ids.insert(id);
        }
        Ok((ids.into_iter().collect(), links.into_iter().collect()))
    }

    fn build(
        &mut self,
        layer: Layer,
        traces: &[Trace],
        links: &[Link],
        moved: &mut BTreeSet<String>,
    ) -> Result<(), Error> {
        let ids: Vec<String> = traces.iter().map(|t| t.id.clone()).collect();
        match layer {
            Layer::Origin => {
                let origin = reconcile::origin(traces, links);
                moved.extend(origin.copies.iter().map(|c| c.article.clone()));
                let block = reconcile::block_of_origin(&origin.id);
                self.picture.put(&Object::Origin(origin), &ids)?;
                if traces.len() > 1 {
                    let strands = self.strands_of(traces)?;
                    self.picture.fill(block, &strands)?;
                    let strands = self.picture.traces(&strands)?;
                    self.set_links(Layer::Incident, block, &reconcile::links_of_copies(&strands))?;
                }
            }
            Layer::Ceasefire => {
                let told = self.picture.truces(&ids)?;
                let ceasefire = reconcile::ceasefire(told);
                let strands = self.strands_of(traces)?;
                let block = reconcile::block_of_ceasefire(&ceasefire.id);
                self.picture.fill(block, &strands)?;
                let strands = self.picture.traces(&strands)?;
                self.set_links(Layer::Incident, block, &reconcile::links_of_ceasefire(&ceasefire, &ids, &strands))?;
                self.picture.put(&Object::Ceasefire(ceasefire), &ids)?;
            }
            Layer::Incident => {
                let mut origins: BTreeMap<&str, Option<String>> = BTreeMap::new();
                for t in traces {
                    origins.insert(&t.article, self.picture.origin_of(&t.article)?);
                }
                let origin_of = |article: &str| origins.get(article).cloned().flatten();
                for (incident, own) in reconcile::incidents(traces, links, origin_of) {
                    self.picture.put(&Object::Incident(incident), &own)?;
                }
            }
        }
        Ok(())
    }

    /// Articles that have another origin now: their incidents count origins anew, and what their sentences share.
    fn after_origins(&mut self, moved: &BTreeSet<String>) -> Result<(), Error> {
        let mut sentences: Vec<Block> = Vec::new();
        for article in moved {
            let strands = self.picture.traces_of(article, Layer::Incident)?;
            self.touched.entry(Layer::Incident).or_default().extend(strands);
            let own = self.picture.traces(std::slice::from_ref(article))?;
            sentences.extend(own.iter().flat_map(|t| &t.blocks).copied().filter(|b| reconcile::is_sentence(*b)));
        }
        sentences.extend(self.blocks.iter().copied().filter(|b| reconcile::is_sentence(*b)));
        sentences.sort_unstable();
        sentences.dedup();
        let crowded = self.picture.crowded(&sentences)?;
        for block in sentences.iter().filter(|b| crowded.binary_search(b).is_err()) {
            self.picture.share(*block, &[])?;
        }
        for block in crowded {
            let traces = self.picture.traces_in(block)?;
            let mut origins = BTreeMap::new();
            for t in &traces {
                origins.insert(t.article.clone(), self.picture.origin_of(&t.article)?);
            }
            let shared = reconcile::shared(block, &traces, |a| origins.get(a).cloned().flatten());
            self.picture.share(block, &shared)?;
        }
        Ok(())
    }

    /// Takes back what an origin or a ceasefire had joined among incidents.
    fn unfill(&mut self, object: &Object) -> Result<(), Error> {
        let block = match object {
            Object::Origin(o) if o.copies.len() > 1 => reconcile::block_of_origin(&o.id),
            Object::Ceasefire(c) => reconcile::block_of_ceasefire(&c.id),
            _ => return Ok(()),
        };
        self.set_links(Layer::Incident, block, &[])?;
        self.picture.fill(block, &[])
    }

    fn strands_of(&self, traces: &[Trace]) -> Result<Vec<String>, Error> {
        let articles: BTreeSet<&str> = traces.iter().map(|t| t.article.as_str()).collect();
        let mut out = Vec::new();
        for article in articles {
            out.extend(self.picture.traces_of(article, Layer::Incident)?);
        }
        Ok(out)
    }
}
