//! The program `standoff`: reads reports into a ledger and shows what is in it. The whole flow is in `pipeline.rs`.

mod picture;
mod pipeline;

mod clock;
mod fetched;
mod lent;
mod sent;
mod watch;

mod arguments;
mod commands;
mod terminal;

use std::process::ExitCode;

use arguments::{Cli, Command};
use clap::Parser;

/// How a command ended, as its exit status says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// All was done: 0.
    Done,
    /// Nothing could be done: 1. (A wrong command line is 2, by clap.)
    Nothing,
    /// Some files could not be read: 3.
    Some,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli.command) {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Nothing) => ExitCode::from(1),
        Ok(Ending::Some) => ExitCode::from(3),
        // Whoever read our output has seen enough.
        Err(e) if terminal::is_closed_pipe(&e) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("standoff: {}", publish::printable(&format!("{e:#}")));
            ExitCode::from(1)
        }
    }
}

fn run(command: &Command) -> anyhow::Result<Ending> {
    match command {
        Command::Read(args) => return commands::read::run(args),
        Command::Watch(args) => return commands::watch::run(args),
        Command::Claims(args) => commands::show::claims(&args.show)?,
        Command::Figures(args) => commands::show::figures(&args.show)?,
        Command::Tolls(args) => commands::tolls::run(args)?,
        Command::Ceasefires(args) => commands::show::ceasefires(&args.show)?,
        Command::Incidents(args) => commands::show::incidents(&args.show)?,
        Command::Disputes(args) => commands::overview::disputes(&args.show)?,
        Command::Timeline(args) => commands::overview::timeline(&args.show)?,
        Command::Origins(args) => commands::overview::origins(&args.show)?,
        Command::Diff(args) => commands::diff::run(args)?,
        Command::Brief(args) => commands::brief::run(args)?,
        Command::Entities(args) => commands::show::entities(args)?,
        Command::Reports(args) => commands::show::reports(&args.show)?,
        Command::Export(args) => commands::export::run(args)?,
        Command::Serve(args) => commands::serve::run(args)?,
        Command::Account(args) => commands::account::run(args)?,
        Command::Explain(args) => commands::explain::run(args)?,
        Command::Parse(args) => commands::parse::run(args)?,
        Command::Man(_) => commands::papers::man()?,
        Command::Completions(args) => commands::papers::completions(args.shell)?,
    }
    Ok(Ending::Done)
}
