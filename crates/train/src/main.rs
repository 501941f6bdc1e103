//! The workshop of the language layer: `train quantise`, `train evaluate`, `train evaluate-raw`,
//! `train evaluate-times`, `train evaluate-attribution`, `train evaluate-casualties`, `train sentence-ends`,
//! `train meaning`, `train speed`.

use std::path::{Path, PathBuf};

use annotate::encoder::{Encoder, Kernel};
use annotate::{Annotator, Model};
use anyhow::{Context as _, Result, anyhow};
use clap::{Parser, Subcommand};
use train::truecase::Truecaser;
use train::{attribution, casualties, corpora, evaluate, export, meaning, quantise, raw, sentence_ends, speed, times};

#[derive(Parser)]
#[command(about = "Rounds the trained network to int8 and measures it")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Rounds an f32 export of train.py to the int8 file that the program carries.
    Quantise {
        /// The export; `vocab.txt` must lie beside it.
        input: PathBuf,
        /// The file to write, `models/standoff-en.safetensors`.
        output: PathBuf,
    },
    /// Scores on gold sentences and words.
    Evaluate {
        /// The folder of corpora.
        corpora: PathBuf,
        /// The int8 file.
        model: PathBuf,
        /// The export it was made from, to score in f32 too (slow).
        #[arg(long)]
        export: Option<PathBuf>,
        /// The kernel, if not the fastest of this machine.
        #[arg(long)]
        kernel: Option<String>,
    },
    /// Scores from raw text: tokens, words, sentences, parse.
    EvaluateRaw {
        /// The folder of corpora.
        corpora: PathBuf,
        /// The int8 file.
        model: PathBuf,
        /// The kernel, if not the fastest of this machine.
        #[arg(long)]
        kernel: Option<String>,
    },
    /// Scores time expressions on the English DateTime cases of Recognizers-Text.
    EvaluateTimes {
        /// The folder of those cases (`DateTimeModel.json` and its neighbours).
        folder: PathBuf,
        /// Print every miss too.
        #[arg(long)]
        misses: bool,
    },
    /// Scores who says what on a folder of annotated texts (PolNeAR).
    EvaluateAttribution {
        /// The folder, with `text/` and `attributions/`.
        folder: PathBuf,
        /// The int8 file.
        model: PathBuf,
        /// Print every attribution that was missed, spurious, or other than annotated.
        #[arg(long)]
        differences: bool,
    },
    /// Scores counts of the dead and the injured on MUC-3 and MUC-4.
    EvaluateCasualties {
        /// The folder, with texts `dev-*` and answer keys `key-*`.
        folder: PathBuf,
        /// The int8 file.
        model: PathBuf,
        /// The places of the world, `data/gazetteer/places.bin`.
        places: PathBuf,
        /// Print every missed and every extra count too.
        #[arg(long)]
        differences: bool,
    },
    /// Learns where sentences end and writes `models/sentence-ends.tsv`.
    SentenceEnds {
        /// The folder of corpora.
        corpora: PathBuf,
        /// The file to write.
        output: PathBuf,
    },
    /// Learns what all words have in common and writes `models/meaning.tsv`.
    Meaning {
        /// A folder of reports, `samples`.
        folder: PathBuf,
        /// The int8 file.
        model: PathBuf,
        /// The file to write.
        output: PathBuf,
    },
    /// Speed of the encoder with its heads, on EWT dev.
    Speed {
        /// The folder of corpora.
        corpora: PathBuf,
        /// The int8 file.
        model: PathBuf,
        /// The kernel, if not every kernel of this machine.
        #[arg(long)]
        kernel: Option<String>,
        /// Threads.
        #[arg(long, default_value_t = 1)]
        threads: usize,
        /// Rounds, of which the best counts.
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Quantise { input, output } => {
            let vocabulary = input.with_file_name("vocab.txt");
            let vocabulary = std::fs::read_to_string(&vocabulary)
                .with_context(|| format!("cannot read {}", vocabulary.display()))?;
            quantise::write(&export::read(&input)?, &vocabulary, &output)
        }
        Command::Evaluate { corpora, model, export, kernel } => {
            let model = read_model(&model)?;
            let kernel = kernel.map_or_else(|| Ok(Kernel::detect()), |name| named(&name))?;
            let export = export.map(|path| export::read(&path)).transpose()?;
            for (name, sentences) in corpora::test_sets(&corpora)? {
                let network = Encoder { weights: &model.weights, kernel };
                println!("{name:<18} int8  {}", evaluate::score(&model, &network, &sentences).line());
                if let Some(export) = &export {
                    println!("{name:<18} f32   {}", evaluate::score(&model, &export.network, &sentences).line());
                }
            }
            Ok(())
        }
        Command::EvaluateRaw { corpora, model, kernel } => {
            let kernel = kernel.map_or_else(|| Ok(Kernel::detect()), |name| named(&name))?;
            raw::evaluate(&corpora, &Annotator::with(read_model(&model)?, kernel))
        }
        Command::EvaluateTimes { folder, misses } => {
            let scores = times::score(&folder, &mut |miss| {
                if misses {
                    println!("{miss}");
                }
            })?;
            print!("{}", times::table(&scores));
            Ok(())
        }
        Command::EvaluateAttribution { folder, model, differences } => {
            let annotator = Annotator::with(read_model(&model)?, Kernel::detect());
            let scores = attribution::score(&folder, &annotator, &mut |line| {
                if differences {
                    println!("{line}");
                }
            })?;
            print!("{}", scores.table());
            Ok(())
        }
        Command::EvaluateCasualties { folder, model, places, differences } => {
            let caser = Truecaser::new(read_model(&model)?, &places)?;
            let annotator = Annotator::with(read_model(&model)?, Kernel::detect());
            let table = casualties::score(&folder, &caser, annotator, &mut |line| {
                if differences {
                    println!("{line}");
                }
            })?;
            print!("{table}");
            Ok(())
        }
        Command::SentenceEnds { corpora, output } => {
            let weights = sentence_ends::learn(&corpora)?;
            std::fs::write(&output, weights).with_context(|| format!("cannot write {}", output.display()))
        }
        Command::Meaning { folder, model, output } => {
            let annotator = Annotator::with(read_model(&model)?, Kernel::detect());
            std::fs::write(&output, meaning::learn(&folder, annotator)?)
                .with_context(|| format!("cannot write {}", output.display()))
        }
        Command::Speed { corpora, model, kernel, threads, rounds } => {
            let model = read_model(&model)?;
            let sets = corpora::test_sets(&corpora)?;
            let kernels = kernel.map_or_else(|| Ok(Kernel::available()), |name| named(&name).map(|k| vec![k]))?;
            for kernel in kernels {
                let speed = speed::measure(&model, kernel, threads, &sets[0].1, rounds);
                let busy = speed
                    .words_busy
                    .map_or_else(String::new, |w| format!("  {w:>7.0} words per busy second of a core"));
                let (kernel, pieces, words) = (kernel.name(), speed.pieces, speed.words);
                println!("{kernel:<12} {threads} threads  {pieces:>7.0} pieces/s  {words:>7.0} words/s{busy}");
            }
            Ok(())
        }
    }
}

fn named(name: &str) -> Result<Kernel> {
    let known = || Kernel::available().iter().map(|k| k.name()).collect::<Vec<_>>().join(", ");
    Kernel::named(name).ok_or_else(|| anyhow!("this machine has no kernel `{name}`, only {}", known()))
}

/// A model used as long as the program runs.
fn read_model(path: &Path) -> Result<Model> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Model::read(bytes.leak()).map_err(|e| anyhow!("cannot use {}: {e}", path.display()))
}
