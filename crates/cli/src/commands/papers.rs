//! The manual page and completions, made from the same definition as the help.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::arguments::Cli;
use crate::terminal;

/// One page with all commands.
pub fn man() -> Result<()> {
    let mut page = Vec::new();
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands().filter(|c| !c.is_hide_set()) {
        let name = format!("standoff {}", sub.get_name());
        let sub = sub.clone().bin_name(name.clone()).display_name(name.clone());
        let sub = clap_mangen::Man::new(sub);
        page.extend_from_slice(format!(".SH \"{}\"\n", name.to_uppercase()).as_bytes());
        sub.render_description_section(&mut page)?;
        sub.render_synopsis_section(&mut page)?;
        sub.render_options_section(&mut page)?;
        sub.render_extra_section(&mut page)?;
    }
    terminal::print(&String::from_utf8_lossy(&page))
}

/// For one shell.
pub fn completions(shell: Shell) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "standoff", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))
}
