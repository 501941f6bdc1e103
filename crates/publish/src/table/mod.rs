//! The ledger as tables for a terminal or a page of 100 columns.

mod ceasefires;
mod claims;
mod figures;
mod lists;

pub use ceasefires::ceasefires;
pub use claims::claims;
pub use figures::{disagreements, figures};
pub use lists::{entities, incidents, reports};

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
    fn table(self, columns: &[(&str, u16, u16)]) -> Table {
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
            table.set_header(columns.iter().map(|(name, ..)| self.faint(name)));
        }
        let spare = width.saturating_sub(columns.iter().map(|c| c.1).sum());
        let shares: u16 = columns.iter().map(|c| c.2).sum();
        for (n, (_, least, share)) in columns.iter().enumerate() {
            let wide = Width::Fixed(least + spare * share / shares.max(1));
            if let Some(column) = table.column_mut(n) {
                column.set_padding((0, 1)).set_constraint(ColumnConstraint::Absolute(wide));
            }
        }
        table
    }

    /// An empty table without lines between its rows, for rows that are mostly one line high.
    fn dense_table(self, columns: &[(&str, u16, u16)]) -> Table {
        let mut table = self.table(columns);
        table.remove_style(TableComponent::HorizontalLines);
        table
    }

    fn faint(self, text: &str) -> Cell {
        self.coloured(text, Color::DarkGrey)
    }

    fn alarming(self, text: &str) -> Cell {
        self.coloured(text, Color::Red)
    }

    fn coloured(self, text: &str, colour: Color) -> Cell {
        let cell = Cell::new(text);
        if self.colour { cell.fg(colour) } else { cell }
    }

    /// A line that stands above a table.
    fn heading(self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m\n") } else { format!("{text}\n") }
    }
}

/// The table as text without blanks at the ends of lines.
fn text_of(table: &Table) -> String {
    table.lines().map(|l| format!("{}\n", l.trim_end())).collect()
}

/// The first characters of an id, enough to name it in a ledger of up to some hundred thousand objects.
fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}
