//! The workshop of the language layer: `train quantise`, `train evaluate`, `train speed`.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};

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
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Quantise { input, output } => {
            let vocabulary = input.with_file_name("vocab.txt");
            let vocabulary = std::fs::read_to_string(&vocabulary)
                .with_context(|| format!("cannot read {}", vocabulary.display()))?;
            train::quantise::write(&train::export::read(&input)?, &vocabulary, &output)
        }
    }
}
