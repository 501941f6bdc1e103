//! Words a second of each stage, on one thread: `cargo bench -p cli --bench stages -- FOLDER`.
//!
//! Figures are of this machine as it is now; what they say is which stage takes which share.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use annotate::{Annotator, Scratch};
use extract::Extractor;
use ingest::{Desk, Given, Pieces};
use resolve::Knowledge;

const STAGES: [&str; 6] = ["ingest", "annotate", "resolve", "claims", "truces", "figures"];

fn main() {
    let folder = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let folder =
        folder.map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples")), PathBuf::from);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("a readable folder")
        .filter_map(Result::ok)
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let begun = Instant::now();
    let desk = Desk::open().expect("our own data");
    let annotator = Annotator::new();
    let knowledge = Knowledge::shipped().expect("our own data");
    let extractor = Extractor::shipped().expect("our own data");
    println!("start: {:.3} s", begun.elapsed().as_secs_f64());
    let mut scratch = Scratch::default();
    let (mut spent, mut words) = ([Duration::ZERO; 6], 0);
    for file in &files {
        let bytes = std::fs::read(file).expect("a readable file");
        let mut clock = Clock { stage: 0, since: Instant::now(), spent: &mut spent };
        let piece = Pieces::of_bytes(&file.display().to_string(), bytes).ok().and_then(|mut p| p.next()?.ok());
        let article = piece.and_then(|p| desk.read(p, &Given::default()).0);
        clock.lap();
        let Some(article) = article else { continue };
        words += article.text.split_whitespace().count();
        let document = annotator.annotate(&mut scratch, &article.text, article.dateline, &article.published);
        clock.lap();
        let (referents, _) = knowledge.refer(&article.text, &document, &article, None);
        clock.lap();
        let claims = extractor.claims(&article, &document, &referents);
        clock.lap();
        let truces = extractor.truces(&article, &document, &referents, &claims);
        clock.lap();
        let figures = extractor.figures(&article, &document, &referents, &claims);
        clock.lap();
        std::hint::black_box((truces, figures));
    }
    let all: Duration = spent.iter().sum();
    println!("{words} words of {} reports, {:?}", files.len(), annotate::Kernel::detect());
    for (stage, time) in STAGES.iter().zip(spent) {
        let seconds = time.as_secs_f64();
        println!(
            "{stage:<9} {:>10.0} words/s {:>5.1} %",
            f64::from(words as u32) / seconds,
            100.0 * seconds / all.as_secs_f64()
        );
    }
    println!(
        "{:<9} {:>10.0} words/s on one thread, without the ledger",
        "all",
        f64::from(words as u32) / all.as_secs_f64()
    );
}

/// Books time on one stage after the other.
struct Clock<'a> {
    stage: usize,
    since: Instant,
    spent: &'a mut [Duration; 6],
}

impl Clock<'_> {
    fn lap(&mut self) {
        self.spent[self.stage] += self.since.elapsed();
        self.stage += 1;
        self.since = Instant::now();
    }
}
