//! What does the markup of a page hold beside its report? One walk over the tree gathers it, nothing is judged.

use std::rc::Rc;

use trafilatura::dom::{Document, NodeId};

/// Elements whose words a reader does not see.
const UNSEEN: [&str; 10] =
    ["script", "style", "noscript", "template", "svg", "select", "textarea", "iframe", "head", "object"];
/// Elements inside a line.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "big", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "time", "u", "wbr",
];
/// Elements that hold a time where their class says so.
const DATED: [&str; 16] =
    ["abbr", "span", "div", "p", "a", "li", "em", "i", "b", "strong", "small", "dd", "td", "h5", "h6", "address"];
/// Words in names of classes and of elements around what is not the report itself.
const BESIDE: [&str; 21] = [
    "nav",
    "footer",
    "aside",
    "sidebar",
    "related",
    "recommend",
    "comment",
    "widget",
    "teaser",
    "promo",
    "popular",
    "trending",
    "latest",
    "copyright",
    "breaking",
    "ticker",
    "archive",
    "calendar",
    "weather",
    "newsletter",
    "carousel",
];
/// Most bytes of words that are gathered for marked times.
const MOST_GATHERED: usize = 4 << 20;
/// Longest words that are taken for authors, in bytes.
const LONGEST_BYLINE: usize = 120;
/// How many elements above one give it its context.
const ABOVE: usize = 4;

/// What a page's markup holds.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// `lang` of the page.
    pub language: Option<String>,
    /// `class` of the page.
    pub class: String,
    /// `<title>`.
    pub title: Option<String>,
    /// `<meta>`: `name`, `property`, `itemprop` or `http-equiv` in lower case, and `content`.
    pub metas: Vec<(String, String)>,
    /// `<link>`: `rel` in lower case and `href`.
    pub links: Vec<(String, String)>,
    /// `<base href>`.
    pub base: Option<String>,
    /// Blocks of JSON-LD, as written.
    pub json: Vec<String>,
    /// Comments outside elements' words that tell where the page was saved from, as written.
    pub comments: Vec<String>,
    /// Lines that a reader sees, in order.
    pub lines: Vec<Line>,
    /// Values that markup marks as times, in order.
    pub marks: Vec<Mark>,
    /// Words that markup marks as the authors, each with what marks them, in order.
    pub authors: Vec<(&'static str, String)>,
}

/// A line that a reader sees.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Its words, single spaces between them.
    pub text: String,
    /// 1 to 6 for a heading, else 0.
    pub heading: u8,
    /// Names of the elements, classes and ids around it, in lower case.
    pub context: String,
    /// Whether it stands beside the report, by those names.
    pub beside: bool,
}

/// A value that markup marks as a time.
#[derive(Debug)]
pub(super) struct Mark {
    /// Element and attribute: `time datetime`, `abbr title`.
    pub by: String,
    /// `itemprop` of the element, in lower case.
    pub itemprop: String,
    /// The value.
    pub value: String,
    /// The words that a reader sees in its place.
    pub words: String,
    /// Names of the elements, classes and ids around it, in lower case.
    pub context: String,
    /// Whether it stands beside the report, by those names.
    pub beside: bool,
    /// Whether it has the attribute `pubdate`.
    pub pubdate: bool,
    /// How many lines stand before it.
    pub line: usize,
}

impl Markup {
    /// Gathers what a tree holds.
    pub fn of(page: &Document) -> Self {
        let mut walk = Walk { page, markup: Self::default(), line: Line::default(), gathered: 0 };
        walk.all();
        walk.markup
    }

    /// The contents of all `<meta>` of a name, in order; empty ones are not.
    pub fn meta<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.metas.iter().filter(move |(n, _)| n == name);
        named.map(|(_, content)| content.trim()).filter(|c| !c.is_empty())
    }

    /// The content of the first `<meta>` of a name that has one.
    pub fn meta_of(&self, name: &str) -> Option<&str> {
        self.metas.iter().filter(|(n, _)| n == name).map(|(_, c)| c.trim()).find(|c| !c.is_empty())
    }
}

struct Walk<'a> {
    page: &'a Document,
    markup: Markup,
    line: Line,
    /// Bytes of words gathered for marks: elements inside each other hold the same words.
    gathered: usize,
}

/// What to do next.
enum Step {
    Enter(NodeId, Rc<Names>),
    EndLine,
}

/// Names above an element, the nearest last.
#[derive(Debug, Clone, Default)]
struct Names {
    above: Vec<Rc<str>>,
    beside: bool,
    heading: u8,
}

impl Walk<'_> {
    fn all(&mut self) {
        let mut left = vec![Step::Enter(self.page.root(), Rc::default())];
        while let Some(step) = left.pop() {
            match step {
                Step::EndLine => self.end_line(),
                Step::Enter(id, names) => self.enter(id, names, &mut left),
            }
        }
        self.end_line();
    }

    fn enter(&mut self, id: NodeId, mut names: Rc<Names>, left: &mut Vec<Step>) {
        if let Some(comment) = self.page.comment_data(id) {
            if comment.contains("saved from url") && self.markup.comments.len() < 4 {
                self.markup.comments.push(comment.to_owned());
            }
        } else if self.page.is_text(id) {
            self.words(id, &names);
        } else {
            let tag = self.page.tag_name(id).to_owned();
            self.of_head(id, &tag);
            if self.page.is_element(id) {
                names = Rc::new(self.name(id, &tag, &names));
                self.marked(id, &tag, &names);
                self.signed(id, &tag, &names);
            }
            let seen = !UNSEEN.contains(&&*tag) && !self.is_hidden(id);
            let breaks = !INLINE.contains(&&*tag);
            if breaks {
                self.end_line();
                left.push(Step::EndLine);
            }
            let children = self.page.child_nodes(id);
            let inside = |c: &NodeId| seen || tag == "head" && self.page.is_element(*c);
            left.extend(children.into_iter().rev().filter(inside).map(|c| Step::Enter(c, Rc::clone(&names))));
        }
    }

    fn is_hidden(&self, id: NodeId) -> bool {
        let style = self.page.get_attribute(id, "style").unwrap_or_default();
        style.replace(' ', "").contains("display:none")
    }

    fn of_head(&mut self, id: NodeId, tag: &str) {
        let value = |name: &str| self.page.get_attribute(id, name);
        match tag {
            "html" => {
                self.markup.language = value("lang").or_else(|| value("xml:lang")).or(self.markup.language.take());
                self.markup.class = value("class").unwrap_or_default();
            }
            "title" if self.markup.title.is_none() => {
                self.markup.title = Some(one_line(&self.page.text_content(id))).filter(|t| !t.is_empty());
            }
            "base" => self.markup.base = self.markup.base.take().or_else(|| value("href")),
            "meta" => {
                let content = value("content").or_else(|| value("value")).unwrap_or_default();
                let names = ["name", "property", "itemprop", "http-equiv"].into_iter().filter_map(value);
                let names: Vec<String> = names.map(|n| n.trim().to_lowercase()).collect();
                self.markup.metas.extend(names.into_iter().map(|n| (n, content.clone())));
            }
            "link" => {
                let (rel, href) = (value("rel").unwrap_or_default().to_lowercase(), value("href").unwrap_or_default());
                self.markup.links.push((rel, href.trim().to_owned()));
            }
            "script" if value("type").is_some_and(|t| t.to_lowercase().contains("ld+json")) => {
                self.markup.json.push(self.page.text_content(id));
            }
            _ => {}
        }
    }

    fn name(&self, id: NodeId, tag: &str, around: &Names) -> Names {
        let value = |name: &str| self.page.get_attribute(id, name).unwrap_or_default();
        let name = format!("{tag} {} {} {}", value("class"), value("id"), value("itemprop")).to_lowercase();
        let level = tag.strip_prefix('h').and_then(|n| n.parse::<u8>().ok());
        let apart = !matches!(tag, "html" | "body" | "time") && is_beside(&name);
        let skipped = (around.above.len() + 1).saturating_sub(ABOVE);
        let mut above: Vec<Rc<str>> = around.above[skipped.min(around.above.len())..].to_vec();
        above.push(name.into());
        Names { above, beside: around.beside || apart, heading: level.unwrap_or(around.heading) }
    }

    fn marked(&mut self, id: NodeId, tag: &str, names: &Names) {
        let value = |name: &str| self.page.get_attribute(id, name).filter(|v| !v.trim().is_empty());
        let itemprop = value("itemprop").unwrap_or_default().to_lowercase();
        let own = names.above.last().map_or("", |n| n);
        let dated = ["date", "time", "publish", "posted"].iter().any(|w| own.contains(w));
        let found = match tag {
            "meta" | "html" | "body" => None,
            "time" => value("datetime").map(|v| ("datetime", v)),
            _ if itemprop.starts_with("date") => {
                ["content", "datetime", "title"].into_iter().find_map(|a| Some((a, value(a)?)))
            }
            _ if dated && DATED.contains(&tag) => {
                ["datetime", "title", "data-datetime", "data-date", "data-time", "data-timestamp", "data-published"]
                    .into_iter()
                    .find_map(|a| Some((a, value(a)?)))
            }
            _ => None,
        };
        let by_words = tag == "time" || itemprop.starts_with("date") || dated && DATED.contains(&tag);
        if found.is_none() && (!by_words || matches!(tag, "meta" | "html" | "body")) || self.gathered > MOST_GATHERED {
            return;
        }
        let words = one_line(&self.page.text_content(id));
        self.gathered += words.len();
        let (attribute, value) = found.unwrap_or_else(|| ("text", words.clone()));
        if value.len() >= 100 {
            return;
        }
        self.markup.marks.push(Mark {
            by: format!("{tag} {attribute}"),
            itemprop,
            value,
            words,
            context: names.above.join(" "),
            beside: names.beside,
            pubdate: self.page.get_attribute(id, "pubdate").is_some(),
            line: self.markup.lines.len(),
        });
    }

    fn signed(&mut self, id: NodeId, tag: &str, names: &Names) {
        let value = |name: &str| self.page.get_attribute(id, name).unwrap_or_default().to_lowercase();
        let (rel, itemprop, class) = (value("rel"), value("itemprop"), format!("{} {}", value("class"), value("id")));
        let by = match tag {
            "meta" | "link" | "html" | "body" | "script" => return,
            _ if itemprop.split(' ').any(|i| i == "author") => "itemprop author",
            _ if rel.split(' ').any(|r| r == "author") => "rel author",
            _ if class.contains("byline") && !class.contains("bylines") => "class byline",
            _ if class.split([' ', '-', '_']).any(|w| matches!(w, "author" | "authors")) => "class author",
            _ => return,
        };
        if names.beside || self.gathered > MOST_GATHERED || self.markup.authors.len() > 40 {
            return;
        }
        let text = one_line(&self.page.text_content(id));
        self.gathered += text.len();
        if !text.is_empty() && text.len() < LONGEST_BYLINE {
            self.markup.authors.push((by, text));
        }
    }

    fn words(&mut self, id: NodeId, names: &Names) {
        let text = self.page.text_content(id);
        if self.line.text.trim().is_empty() && !text.trim().is_empty() {
            let context = names.above.join(" ");
            self.line = Line { text: String::new(), heading: names.heading, context, beside: names.beside };
        }
        self.line.text.push_str(&text);
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let text = one_line(&line.text);
        if !text.is_empty() {
            self.markup.lines.push(Line { text, ..line });
        }
    }
}

/// Words with single spaces between them.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a word of `names` begins with one of those around what is not the report ("nav-bar", not "canvas").
fn is_beside(names: &str) -> bool {
    let mut words = names.split(|c: char| !c.is_ascii_alphanumeric());
    names.contains("more-") || words.any(|w| BESIDE.iter().any(|b| w.starts_with(b)))
}
