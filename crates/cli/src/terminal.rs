//! What the terminal is like: its width, whether colours are wanted, whether anybody still reads. The only place that
//! looks at the environment.

use std::io::{self, BufWriter, IsTerminal, Write};

use publish::table::Style;

/// Width of tables that go to a file or a pipe.
const WIDTH_OF_A_PAGE: u16 = 100;

/// How tables look on standard output: as wide as the terminal, with colours only there and unless `NO_COLOR` is set.
pub fn style() -> Style {
    if !io::stdout().is_terminal() {
        return Style { width: WIDTH_OF_A_PAGE, colour: false };
    }
    let width = width().unwrap_or(WIDTH_OF_A_PAGE);
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
        || std::env::var_os("TERM").is_some_and(|t| t == "dumb");
    Style { width, colour: !unwanted }
}

/// Standard output for many small writes.
pub fn output() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Writes a text to standard output.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = output();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Whether an error only says that nobody reads our output any more (`standoff claims | head`).
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|e| e.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe))
}

fn width() -> Option<u16> {
    let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    told.or_else(|| terminal_size::terminal_size().map(|(width, _)| width.0))
}
