//! The brief as Markdown, with a footnote for each citation. Words of reports never act as marks of the form.

use std::fmt::Write as _;

use super::{Block, Brief, Citation, Item, Line, Piece};

/// The whole brief.
pub fn markdown(brief: &Brief) -> String {
    let mut out = format!("# Situation brief: {}\n", escaped(&brief.title));
    for line in &brief.scope {
        let _ = write!(out, "\n{}\n", written(line));
    }
    for section in &brief.sections {
        let _ = write!(out, "\n## {}\n\n*{}*\n", section.title, escaped(section.about));
        for block in &section.blocks {
            out.push('\n');
            write_block(&mut out, block);
        }
    }
    out.push_str("\n## The exact words\n\nFootnotes name the report, the code points of its text, and the words.\n\n");
    for (n, c) in brief.citations.iter().enumerate() {
        let _ = writeln!(out, "[^{}]: {}", n + 1, footnote(c));
    }
    out
}

fn write_block(out: &mut String, block: &Block) {
    match block {
        Block::Heading(words) => {
            let _ = writeln!(out, "### {}", escaped(words));
        }
        Block::Under(words) => {
            let _ = writeln!(out, "#### {}", escaped(words));
        }
        Block::Text(line) => {
            let _ = writeln!(out, "{}", written(line));
        }
        Block::List(items) => write_items(out, items),
        Block::Beside(columns) => {
            for (n, column) in columns.iter().enumerate() {
                let gap = if n == 0 { "" } else { "\n" };
                let _ = write!(out, "{gap}**{}**\n\n", escaped(&column.name));
                write_items(out, &column.items);
            }
        }
        Block::Table { head, rows } => {
            let cells = |cells: &mut dyn Iterator<Item = String>| cells.collect::<Vec<_>>().join(" | ");
            let _ = writeln!(out, "| {} |", cells(&mut head.iter().map(|h| escaped(h))));
            let _ = writeln!(out, "| {} |", cells(&mut head.iter().map(|_| "---".to_owned())));
            for row in rows {
                let _ = writeln!(out, "| {} |", cells(&mut row.iter().map(written)));
            }
        }
        // What a chart shows stands in a table beside it.
        Block::Chart(_) => {}
    }
}

fn write_items(out: &mut String, items: &[Item]) {
    for item in items {
        let _ = writeln!(out, "- {}", written(&item.line));
        for line in &item.below {
            let _ = writeln!(out, "  - {}", written(line));
        }
    }
}

fn written(line: &Line) -> String {
    let piece = |p: &Piece| match p {
        Piece::Text(words) | Piece::Faint(words) => escaped(words),
        Piece::Strong(words) if words.trim().is_empty() => String::new(),
        Piece::Strong(words) => format!("**{}**", escaped(words.trim())),
        Piece::Quote(q) if q.before.is_empty() && q.after.is_empty() => {
            format!("“{}”[^{}]", escaped(&q.words), q.number)
        }
        Piece::Quote(q) => {
            let (before, words, after) = (escaped(&q.before), escaped(q.words.trim()), escaped(q.after.trim_end()));
            format!("“{}**{words}**{after}”[^{}]", before.trim_start(), q.number)
        }
        Piece::Cite(n) => format!("[^{n}]"),
    };
    line.iter().map(piece).collect()
}

fn footnote(c: &Citation) -> String {
    let place = if c.report.starts_with(&c.path) { c.report.clone() } else { format!("{} ({})", c.report, c.path) };
    format!("{}, code points {}–{}: “{}”", escaped(&place), c.start, c.end, escaped(&c.words))
}

/// `text` on one line, in which no character has a meaning of the form and no address is made a link.
fn escaped(text: &str) -> String {
    let flat = text.split_inclusive(char::is_whitespace).map(|part| part.replace(['\n', '\r', '\t'], " "));
    let mut out = String::new();
    for c in flat.flat_map(|part| part.chars().collect::<Vec<_>>()) {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    // Addresses would be made links, and a number or dash at the start of a line a list.
    let out = out.replace("://", "\\://").replace("www.", "www\\.");
    match out.chars().next() {
        Some('-' | '+' | '=') => format!("\\{out}"),
        _ => out,
    }
}
