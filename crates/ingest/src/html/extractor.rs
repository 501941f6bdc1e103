//! Which words of a page are its report?

use trafilatura::dom::{Document, NodeId};

/// Finds the report in a page.
pub(super) trait Extractor {
    /// The paragraphs of the report, in order; none if there is no text in the page.
    fn paragraphs(&self, page: Document) -> Vec<String>;
}

/// The `trafilatura` crate.
pub(super) struct Trafilatura;

impl Extractor for Trafilatura {
    fn paragraphs(&self, page: Document) -> Vec<String> {
        let mut options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
        options.html_date_mode = trafilatura::HtmlDateMode::Disabled;
        let Ok(found) = trafilatura::extract_document(page, &options) else { return Vec::new() };
        let body = Document::parse(&found.content_html);
        let mut lines = Lines::default();
        body.body().into_iter().for_each(|b| lines.walk(&body, b));
        lines.end();
        lines.done
    }
}

/// Elements inside a paragraph.
const INLINE: [&str; 29] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "hi", "i", "ins", "kbd", "mark",
    "q", "ref", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
];

/// Paragraphs as they come.
#[derive(Default)]
struct Lines {
    done: Vec<String>,
    line: String,
}

impl Lines {
    fn walk(&mut self, page: &Document, top: NodeId) {
        let mut left: Vec<(NodeId, bool)> = vec![(top, false)];
        while let Some((id, ended)) = left.pop() {
            if ended {
                self.end();
            } else if page.is_text(id) {
                self.line.push_str(&page.text_content(id));
            } else if page.is_element(id) {
                if !INLINE.contains(&page.tag_name(id)) {
                    self.end();
                    left.push((id, true));
                }
                left.extend(page.child_nodes(id).into_iter().rev().map(|c| (c, false)));
            }
        }
    }

    fn end(&mut self) {
        let line: Vec<&str> = self.line.split_whitespace().collect();
        if !line.is_empty() {
            self.done.push(line.join(" "));
        }
        self.line.clear();
    }
}
