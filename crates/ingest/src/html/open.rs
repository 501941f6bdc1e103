//! Which elements are open at a place of a page, about as a browser would have it?

use super::guard::Tag;

/// Elements that no end tag reaches across.
const WALLS: [&str; 9] = ["table", "td", "th", "caption", "button", "object", "template", "svg", "html"];
/// Elements in which formatting begins anew.
const CELLS: [&str; 5] = ["td", "th", "caption", "object", "template"];

/// What is open at a place of the page.
#[derive(Default)]
pub(super) struct Open {
    /// Names of the open elements, the innermost last.
    pub stack: Vec<String>,
    /// `None` where a cell began.
    formatting: Vec<Option<Formatting>>,
    /// Elements so far.
    pub made: usize,
}

impl Open {
    /// An element begins.
    pub fn start(&mut self, tag: &Tag<'_>) {
        let name = &*tag.name;
        self.made += 1;
        if is_block(name) {
            self.close("p", &WALLS);
        }
        match name {
            "li" => self.close("li", &["ul", "ol", "menu", "table", "td", "th"]),
            "dd" | "dt" => {
                self.close("dd", &["dl", "table", "td", "th"]);
                self.close("dt", &["dl", "table", "td", "th"]);
            }
            "option" | "optgroup" => self.close("option", &["select", "datalist"]),
            "td" | "th" => {
                self.close("td", &["table", "tr"]);
                self.close("th", &["table", "tr"]);
            }
            "tr" => self.close("tr", &["table"]),
            "tbody" | "thead" | "tfoot" => ["tbody", "thead", "tfoot"].iter().for_each(|n| self.close(n, &["table"])),
            "a" | "nobr" if self.formatted(name) => self.end(name),
            _ => {}
        }
        if !is_block(name) {
            self.formatting_again();
        }
        if is_void(name) || self.foreign() && tag.text.ends_with("/>") {
            return;
        }
        if is_formatting(name) {
            self.note_formatting(tag);
        }
        if CELLS.contains(&name) {
            self.formatting.push(None);
        }
        self.stack.push(tag.name.clone());
    }

    /// An end tag of that name.
    pub fn end(&mut self, name: &str) {
        if !is_formatting(name) {
            let inline = !is_block(name) && !WALLS.contains(&name);
            let walls: Vec<&str> = WALLS.iter().copied().filter(|w| *w != name).collect();
            // The end of an inline element is not seen across a block.
            let hidden = inline && self.stack.iter().rev().take_while(|o| *o != name).any(|o| is_block(o));
            if !hidden {
                self.close(name, if name == "table" || name == "tr" || name == "html" { &[] } else { &walls });
            }
            return;
        }
        let from = self.formatting.iter().rposition(Option::is_none).map_or(0, |i| i + 1);
        let named = |f: &Option<Formatting>| f.as_ref().is_some_and(|f| f.name == name);
        if let Some(i) = self.formatting[from..].iter().rposition(named) {
            self.formatting.remove(from + i);
        }
        let Some(at) = self.stack.iter().rposition(|o| o == name) else { return };
        if self.stack[at..].iter().any(|o| is_block(o) || WALLS.contains(&&**o)) {
            // The block stays open; a parser copies what stood between.
            self.made += self.stack.len() - at;
            if !self.stack[at..].iter().any(|o| WALLS.contains(&&**o)) {
                self.stack.remove(at);
            }
        } else {
            self.pop_to(at);
        }
    }

    /// Closes the innermost element of that name, if none of `walls` stands before it.
    fn close(&mut self, name: &str, walls: &[&str]) {
        for at in (0..self.stack.len()).rev() {
            if self.stack[at] == name {
                return self.pop_to(at);
            }
            if walls.contains(&&*self.stack[at]) {
                return;
            }
        }
    }

    fn pop_to(&mut self, length: usize) {
        while self.stack.len() > length {
            let Some(name) = self.stack.pop() else { return };
            if CELLS.contains(&&*name) {
                let from = self.formatting.iter().rposition(Option::is_none).unwrap_or(0);
                self.formatting.truncate(from);
            } else if is_formatting(&name) {
                let closed = self.formatting.iter_mut().flatten().rfind(|f| f.open && f.name == name);
                if let Some(f) = closed {
                    f.open = false;
                }
            }
        }
    }

    /// Opens formatting again that a block closed.
    pub fn formatting_again(&mut self) {
        let from = self.formatting.iter().rposition(Option::is_none).map_or(0, |i| i + 1);
        for f in self.formatting[from..].iter_mut().flatten().filter(|f| !f.open) {
            f.open = true;
            self.made += 1;
            self.stack.push(f.name.clone());
        }
    }

    /// Three of the same are kept, no more.
    fn note_formatting(&mut self, tag: &Tag<'_>) {
        let from = self.formatting.iter().rposition(Option::is_none).map_or(0, |i| i + 1);
        let same = |f: &Option<Formatting>| f.as_ref().is_some_and(|f| f.text == tag.text);
        let mut twins = (from..self.formatting.len()).filter(|i| same(&self.formatting[*i]));
        if let (Some(first), Some(_), Some(_)) = (twins.next(), twins.next(), twins.next()) {
            self.formatting.remove(first);
        }
        self.formatting.push(Some(Formatting { name: tag.name.clone(), text: tag.text.to_owned(), open: true }));
    }

    fn formatted(&self, name: &str) -> bool {
        let from = self.formatting.iter().rposition(Option::is_none).map_or(0, |i| i + 1);
        self.formatting[from..].iter().flatten().any(|f| f.name == name)
    }

    /// Whether it is in a drawing or formula, where other rules hold.
    pub fn foreign(&self) -> bool {
        self.stack.iter().any(|o| o == "svg" || o == "math")
    }
}

/// A formatting element that is not closed.
struct Formatting {
    name: String,
    text: String,
    /// Whether it is on the stack of open elements.
    open: bool,
}

/// Elements that have no content.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "basefont"
            | "bgsound"
            | "br"
            | "col"
            | "embed"
            | "frame"
            | "hr"
            | "img"
            | "input"
            | "keygen"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "wbr"
    )
}

/// Elements that a parser opens again after a block that ended while they were open.
fn is_formatting(name: &str) -> bool {
    matches!(
        name,
        "a" | "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

/// Elements that end an open paragraph.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dd"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "ul"
    )
}
