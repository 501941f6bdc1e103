//! Writes the whole ledger in the export format: as the machine read it, or as people corrected it; or what people
//! reviewed, as gold.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use evidence::Ledger;
use publish::{Book, gold, jsonl};
use review::Layer;
use store::Store;

use super::{load, open, write_whole};
use crate::arguments::{Export, ExportFormat};
use crate::{picture, terminal};

/// To a file or to standard output; gold to a folder.
pub fn run(args: &Export) -> Result<()> {
    let store = open(&args.ledger)?;
    let context = || format!("cannot read the corrections in {}", args.ledger.ledger.display());
    let layer = serve::layer_of(&store).with_context(context)?;
    if args.format == ExportFormat::Gold {
        let ledger = Ledger { readings: store.readings(None).with_context(context)?, ..Ledger::default() };
        let folder = args.output.as_deref().context("cannot write gold: name a folder with --output")?;
        return write_gold(&ledger, &layer, folder);
    }
    let mut ledger = load(&store, &args.ledger, None)?;
    if args.corrected {
        ledger = corrected(ledger, &layer).with_context(context)?;
    }
    let book = Book::new(&ledger);
    let said = if args.with_corrections { layer.log() } else { &[] };
    match &args.output {
        None => {
            let mut out = terminal::output();
            jsonl::export(&book, &mut out)?;
            jsonl::corrections(&book, said, &mut out)?;
            out.flush()?;
        }
        Some(path) => write_whole(path, |out| {
            jsonl::export(&book, out)?;
            Ok(jsonl::corrections(&book, said, out)?)
        })
        .with_context(|| format!("cannot write {}", path.display()))?,
    }
    Ok(())
}

/// The ledger as people corrected it, with incidents, ceasefires and origins of the corrected claims.
fn corrected(ledger: Ledger, layer: &Layer) -> Result<Ledger> {
    let (ledger, notes) = review::corrected(&ledger, layer);
    for note in notes {
        eprintln!("standoff: {}", note.message);
    }
    let store::Derived { origins, shared, incidents, ceasefires } = picture::of(&ledger.readings)?;
    Ok(Ledger { origins, shared, incidents, ceasefires, ..ledger })
}

/// A file for each report of which everything was reviewed, and its text beside; what is left out is told with why.
fn write_gold(ledger: &Ledger, layer: &Layer, folder: &Path) -> Result<()> {
    let mut decided: Vec<&str> = Vec::new();
    for reading in &ledger.readings {
        let open = review::open(layer, reading);
        let path = &reading.article.path;
        match (open.all, open.unseen, open.disputed) {
            (0, ..) => eprintln!("standoff: {path} is left out: it has no claims to review"),
            (_, 0, 0) => decided.push(&reading.article.id),
            (all, unseen, 0) => eprintln!("standoff: {path} is left out: {unseen} of {all} are not reviewed"),
            (all, unseen, disputed) => {
                eprintln!("standoff: {path} is left out: of {all}, {unseen} are not reviewed, {disputed} in conflict");
            }
        }
    }
    let (new, _) = review::corrected(ledger, layer);
    let book = Book::new(&new);
    let mut names = BTreeSet::new();
    let texts = folder.join("reports");
    fs::create_dir_all(&texts).with_context(|| format!("cannot make the folder {}", texts.display()))?;
    for page in book.pages().iter().filter(|p| decided.contains(&p.article().id.as_str())) {
        let path = &page.article().path;
        let stem = Path::new(path).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        if !names.insert(stem.clone()) {
            eprintln!("standoff: {path} is left out: another report has the same name, by which scorers know it");
            continue;
        }
        let file = folder.join(format!("{stem}.json"));
        write_whole(&file, |out| Ok(gold::report(&book, page, out)?))
            .with_context(|| format!("cannot write {}", file.display()))?;
        let text = texts.join(format!("{stem}.txt"));
        fs::write(&text, &page.article().text).with_context(|| format!("cannot write {}", text.display()))?;
    }
    if names.is_empty() {
        anyhow::bail!("no report is reviewed throughout yet: accept, reject or correct every claim and figure of one");
    }
    eprintln!("standoff: {} of {} reports written", names.len(), ledger.readings.len());
    Ok(())
}
