//! The ledger as tables for a terminal or a page of 100 columns.

mod ceasefires;
mod claims;
mod disputes;
mod figures;
mod lists;
mod origins;
mod timeline;
mod tolls;
mod versions;

pub use ceasefires::ceasefires;
pub use claims::claims;
pub use disputes::disputes;
pub use figures::figures;
pub use lists::{entities, incidents, reports};
pub use origins::origins;
pub(crate) use origins::shared_by;
pub use timeline::timeline;
pub use tolls::tolls;
pub use versions::{counts as moved_counts, revision, versions};

use crate::wording;
use comfy_table::{Cell, Color, ColumnConstraint, ContentArrangement, Table, TableComponent, Width};

/// A line under the heading, a lighter one between rows, nothing upright (a preset of `comfy_table`).
const LINES: &str = "     ─   ╌         ";

/// Tables are never narrower than this; a narrower terminal breaks their lines itself.
const NARROWEST: u16 = 80;

/// How tables look.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Columns of characters to fill.
    pub width: u16,
    /// Whether colours are wanted: on a terminal, unless the reader wants none.
    pub colour: bool,
}

impl Style {
    /// Plain text of 100 columns.
    pub const PLAIN: Self = Self { width: 100, colour: false };

    /// An empty table with its heading. Every column has a least width in characters; what is left over is shared out
    /// by the second number.
    fn table(self, columns: &[(&str, u16, u16)]) -> Sheet {
        let mut table = Table::new();
        table.load_preset(LINES).set_content_arrangement(ContentArrangement::Dynamic);
        let width = self.width.max(NARROWEST);
        table.set_width(width);
        if self.colour {
            table.enforce_styling();
        } else {
            table.force_no_tty();
        }
        if columns.iter().any(|(name, ..)| !name.is_empty()) {
            table.set_header(columns.iter().map(|(name, ..)| self.cell(Words::Faint((*name).to_owned()))));
        }
        let spare = width.saturating_sub(columns.iter().map(|c| c.1).sum());
        let shares: u16 = columns.iter().map(|c| c.2).sum();
        for (n, (_, least, share)) in columns.iter().enumerate() {
            let wide = Width::Fixed(least + spare * share / shares.max(1));
            if let Some(column) = table.column_mut(n) {
                column.set_padding((0, 1)).set_constraint(ColumnConstraint::Absolute(wide));
            }
        }
        Sheet { table, style: self }
    }

    /// An empty table without lines between its rows, for rows that are mostly one line high.
    fn dense_table(self, columns: &[(&str, u16, u16)]) -> Sheet {
        let mut sheet = self.table(columns);
        sheet.table.remove_style(TableComponent::HorizontalLines);
        sheet
    }

    /// A line that stands above a table.
    fn heading(self, text: &str) -> String {
        let text = wording::printable(text);
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m\n") } else { format!("{text}\n") }
    }

    fn cell(self, words: Words) -> Cell {
        let (text, colour) = match words {
            Words::Plain(text) => (text, None),
            Words::Faint(text) => (text, Some(Color::DarkGrey)),
            Words::Alarming(text) => (text, Some(Color::Red)),
        };
        let cell = Cell::new(wording::printable(&text));
        colour.filter(|_| self.colour).map_or(cell.clone(), |c| cell.fg(c))
    }
}

/// A table under construction.
struct Sheet {
    table: Table,
    style: Style,
}

/// What stands in a cell, and how it should strike the eye where there are colours.
enum Words {
    Plain(String),
    Faint(String),
    Alarming(String),
}

impl Sheet {
    fn row(&mut self, cells: Vec<impl Into<Words>>) {
        self.table.add_row(cells.into_iter().map(|c| self.style.cell(c.into())).collect::<Vec<_>>());
    }

    /// The table as text without blanks at the ends of lines.
    fn text(&self) -> String {
        self.table.lines().map(|l| format!("{}\n", l.trim_end())).collect()
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

impl Words {
    fn faint(text: impl Into<String>) -> Self {
        Self::Faint(text.into())
    }

    fn alarming_if(alarming: bool, text: String) -> Self {
        if alarming { Self::Alarming(text) } else { Self::Plain(text) }
    }
}

/// The first characters of an id, enough to name it in a ledger of up to some hundred thousand objects.
fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}
