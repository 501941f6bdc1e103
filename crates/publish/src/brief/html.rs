//! The brief as one self-contained page: no script, nothing loaded, every word of a report escaped.

use std::fmt::Write as _;

use super::{Block, Brief, Citation, Item, Line, Piece};

/// The looks, inline.
const STYLE: &str = include_str!("brief.css");

/// Nothing may be loaded or run, whatever a report says.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The whole page.
pub fn html(brief: &Brief) -> String {
    let title = escaped(&format!("Situation brief: {}", brief.title));
    let mut page = Writer::of(brief);
    let _ = write!(
        page.out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<a class=\"skip\" href=\"#alleged\">To the statements</a>\n<header>\n<h1>{title}</h1>\n"
    );
    page.scope(brief);
    page.out.push_str("</header>\n<main>\n");
    page.sections(brief);
    page.out.push_str("</main>\n</body>\n</html>\n");
    page.out
}

/// What stands on the page below its title, for a page that has looks of its own.
pub fn content(brief: &Brief) -> String {
    let mut page = Writer::of(brief);
    page.scope(brief);
    page.sections(brief);
    page.out
}

struct Writer {
    out: String,
    /// Whether a citation has been named: its first naming is where the words lead back to.
    used: Vec<bool>,
}

impl Writer {
    fn of(brief: &Brief) -> Self {
        Self { out: String::new(), used: vec![false; brief.citations.len() + 1] }
    }

    fn scope(&mut self, brief: &Brief) {
        for line in &brief.scope {
            self.paragraph(line);
        }
        self.contents(brief);
    }

    fn sections(&mut self, brief: &Brief) {
        for section in &brief.sections {
            let (id, title, about) = (section.id, escaped(section.title), escaped(section.about));
            let _ = write!(
                self.out,
                "<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{title}</h2>\n"
            );
            let _ = writeln!(self.out, "<p class=\"about\">{about}</p>");
            section.blocks.iter().for_each(|b| self.block(b));
            self.out.push_str("</section>\n");
        }
        self.words(&brief.citations);
    }

    fn contents(&mut self, brief: &Brief) {
        self.out.push_str("<nav aria-label=\"Contents\">\n<ul>\n");
        for section in &brief.sections {
            let _ = writeln!(self.out, "<li><a href=\"#{}\">{}</a></li>", section.id, escaped(section.title));
        }
        self.out.push_str("<li><a href=\"#words\">The exact words</a></li>\n</ul>\n</nav>\n");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(words) => {
                let _ = writeln!(self.out, "<h3>{}</h3>", escaped(words));
            }
            Block::Under(words) => {
                let _ = writeln!(self.out, "<h4>{}</h4>", escaped(words));
            }
            Block::Text(line) => self.paragraph(line),
            Block::List(items) => self.items(items),
            Block::Beside(columns) => {
                self.out.push_str("<div class=\"beside\">\n");
                for column in columns {
                    let _ = write!(self.out, "<div class=\"side\">\n<h5>{}</h5>\n", escaped(&column.name));
                    self.items(&column.items);
                    self.out.push_str("</div>\n");
                }
                self.out.push_str("</div>\n");
            }
            Block::Table { head, rows } => self.table(head, rows),
            Block::Chart(svg) => {
                // Within a page it needs no name of its language, which looks like an address.
                let svg = svg.replace(" xmlns=\"http://www.w3.org/2000/svg\"", "");
                let _ = write!(
                    self.out,
                    "<figure>
{svg}
</figure>
"
                );
            }
        }
    }

    fn paragraph(&mut self, line: &Line) {
        self.out.push_str("<p>");
        self.line(line);
        self.out.push_str("</p>\n");
    }

    fn items(&mut self, items: &[Item]) {
        self.out.push_str("<ul class=\"said\">\n");
        for item in items {
            self.out.push_str("<li>");
            self.line(&item.line);
            if !item.below.is_empty() {
                self.out.push_str("\n<ul>\n");
                for line in &item.below {
                    self.out.push_str("<li>");
                    self.line(line);
                    self.out.push_str("</li>\n");
                }
                self.out.push_str("</ul>\n");
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ul>\n");
    }

    /// A table; on a narrow screen each cell says its column. One without names of columns names its rows instead.
    fn table(&mut self, head: &[&str], rows: &[Vec<Line>]) {
        let named = head.iter().any(|h| !h.is_empty());
        self.out.push_str(if named {
            "<table role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\">"
        } else {
            "<table role=\"table\" class=\"facts\">\n"
        });
        if named {
            for h in head {
                let _ = write!(self.out, "<th role=\"columnheader\" scope=\"col\">{}</th>", escaped(h));
            }
            self.out.push_str("</tr></thead>\n");
        }
        self.out.push_str("<tbody role=\"rowgroup\">\n");
        for row in rows {
            self.out.push_str("<tr role=\"row\">");
            for (n, cell) in row.iter().enumerate() {
                let tag = if !named && n == 0 {
                    "th role=\"rowheader\" scope=\"row\"".to_owned()
                } else {
                    "td role=\"cell\"".to_owned()
                };
                let label = head.get(n).filter(|h| !h.is_empty()).map(|h| format!(" data-head=\"{}\"", escaped(h)));
                let _ = write!(self.out, "<{tag}{}>", label.unwrap_or_default());
                self.line(cell);
                let _ = write!(self.out, "</{}>", if !named && n == 0 { "th" } else { "td" });
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n");
    }

    fn line(&mut self, line: &Line) {
        for piece in line {
            match piece {
                Piece::Text(words) => self.out.push_str(&escaped(words)),
                Piece::Strong(words) => {
                    let _ = write!(self.out, "<b>{}</b>", escaped(words));
                }
                Piece::Faint(words) => {
                    let _ = write!(self.out, "<span class=\"faint\">{}</span>", escaped(words));
                }
                Piece::Quote(q) if q.before.is_empty() && q.after.is_empty() => {
                    let _ = write!(self.out, "<q>“{}”</q>", escaped(&q.words));
                    self.cite(q.number);
                }
                Piece::Quote(q) => {
                    let (before, after) = (escaped(q.before.trim_start()), escaped(q.after.trim_end()));
                    let _ = write!(self.out, "<q class=\"part\">“{before}<em>{}</em>{after}”</q>", escaped(&q.words));
                    self.cite(q.number);
                }
                Piece::Cite(n) => self.cite(*n),
            }
        }
    }

    fn cite(&mut self, n: usize) {
        let first = self.used.get_mut(n).is_some_and(|used| !std::mem::replace(used, true));
        let id = if first { format!(" id=\"s{n}\"") } else { String::new() };
        let _ = write!(self.out, "<a class=\"cite\"{id} href=\"#w{n}\" aria-label=\"exact words {n}\">[{n}]</a>");
    }

    /// The paragraphs that cited words stand in, with the words marked.
    fn words(&mut self, citations: &[Citation]) {
        self.out.push_str(
            "<section id=\"words\" aria-labelledby=\"words-title\">\n<h2 id=\"words-title\">The exact words</h2>\n\
             <p class=\"about\">The paragraph of the report that each statement is from, with its words marked. \
             Positions count the code points of the report’s text.</p>\n<ol class=\"words\">\n",
        );
        for (n, c) in citations.iter().enumerate() {
            let n = n + 1;
            let back = if self.used[n] {
                format!("<a href=\"#s{n}\" aria-label=\"back to statement {n}\">↑ {n}</a>")
            } else {
                n.to_string()
            };
            let path = if c.report.starts_with(&c.path) { String::new() } else { format!(" · {}", escaped(&c.path)) };
            let _ = write!(
                self.out,
                "<li id=\"w{n}\"><p class=\"where\">{back} · {}{path} · {}–{}</p>\n<blockquote>{}<mark>{}</mark>{}</blockquote></li>\n",
                escaped(&c.report),
                c.start,
                c.end,
                escaped(&c.before),
                escaped(&c.words),
                escaped(&c.after)
            );
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}

/// `text` in which no character has a meaning of HTML, also within an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}
