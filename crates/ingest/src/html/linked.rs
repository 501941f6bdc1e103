//! What do a page's blocks of linked data (schema.org in JSON-LD) tell of its report?

use super::json::{self, Value};

/// What linked data tells of the report of a page.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Linked {
    /// `headline`, else `name`.
    pub headline: Option<String>,
    /// Authors, each with whether it is an organisation.
    pub authors: Vec<(String, bool)>,
    /// Name of the publisher.
    pub publisher: Option<String>,
    /// `articleSection`, the first.
    pub section: Option<String>,
    /// `datePublished`, as written.
    pub published: Option<String>,
    /// `dateCreated` or `uploadDate`, as written.
    pub created: Option<String>,
    /// `dateModified`, as written.
    pub modified: Option<String>,
    /// `url` or `mainEntityOfPage`.
    pub url: Option<String>,
    /// `inLanguage`.
    pub language: Option<String>,
    /// Whether it is a report, not the page around it.
    pub is_report: bool,
}

/// Types of schema.org that are a report; others end in one of these too ("ReportageNewsArticle").
const REPORTS: [&str; 8] =
    ["article", "posting", "report", "blogpost", "review", "recipe", "discussionforumposting", "creativework"];
/// Types that are the page itself, or a film on it.
const PAGES: [&str; 5] = ["webpage", "itempage", "videoobject", "event", "podcastepisode"];
/// Keys whose values are other things than this page.
const OTHERS: [&str; 16] = [
    "itemListElement",
    "hasPart",
    "isPartOf",
    "comment",
    "mentions",
    "about",
    "citation",
    "relatedLink",
    "publisher",
    "author",
    "image",
    "video",
    "breadcrumb",
    "potentialAction",
    "isBasedOn",
    "review",
];

/// Everything that the blocks tell, the report before the page.
pub(super) fn linked(blocks: &[String]) -> Vec<Linked> {
    let values: Vec<Value> = blocks.iter().flat_map(|b| json::values(b)).collect();
    let mut named = Vec::new();
    values.iter().for_each(|v| names(v, &mut named));
    let mut found = Vec::new();
    values.iter().for_each(|v| look(v, &named, &mut found));
    found.sort_by_key(|l: &Linked| !l.is_report);
    found
}

/// Names of what has an `@id`, which others may point at.
fn names<'a>(value: &'a Value, named: &mut Vec<(&'a str, &'a Value)>) {
    for v in value.each() {
        let Value::Object(fields) = v else { continue };
        if let (Some(id), Some(_)) = (v.get("@id").and_then(Value::text), v.get("name")) {
            named.push((id, v));
        }
        fields.iter().for_each(|(_, inner)| names(inner, named));
    }
}

fn look(value: &Value, named: &[(&str, &Value)], found: &mut Vec<Linked>) {
    for v in value.each() {
        let Value::Object(fields) = v else { continue };
        let types: Vec<String> =
            v.get("@type").into_iter().flat_map(Value::each).filter_map(Value::text).map(str::to_lowercase).collect();
        let is = |all: &[&str]| types.iter().any(|t| all.iter().any(|a| t.ends_with(a)));
        if is(&REPORTS) || is(&PAGES) {
            found.push(of(v, named, is(&REPORTS)));
        }
        let inside = fields.iter().filter(|(k, _)| !OTHERS.contains(&&**k));
        inside.for_each(|(_, inner)| look(inner, named, found));
    }
}

fn of(v: &Value, named: &[(&str, &Value)], is_report: bool) -> Linked {
    let text = |key: &str| first_text(v.get(key)?, key);
    Linked {
        headline: text("headline").or_else(|| text("name")),
        authors: v.get("author").or_else(|| v.get("creator")).map(|a| authors(a, named)).unwrap_or_default(),
        publisher: v.get("publisher").and_then(|p| resolved(p, named)).and_then(name),
        section: text("articleSection"),
        published: text("datePublished").or_else(|| text("datepublished")),
        created: text("dateCreated").or_else(|| text("uploadDate")),
        modified: text("dateModified"),
        url: text("url").or_else(|| text("mainEntityOfPage")).or_else(|| text("@id")),
        language: text("inLanguage"),
        is_report,
    }
}

/// The string that a value is, or that the first of its values is or points at.
fn first_text(value: &Value, key: &str) -> Option<String> {
    let first = value.each().first()?;
    let inner = if key == "mainEntityOfPage" { first.get("@id").or_else(|| first.get("url")) } else { None };
    inner.unwrap_or(first).text().map(str::to_owned)
}

/// What a value is, or what it points at by its `@id`.
fn resolved<'a>(value: &'a Value, named: &[(&str, &'a Value)]) -> Option<&'a Value> {
    let first = value.each().first()?;
    if first.get("name").is_some() || first.text().is_some() {
        return Some(first);
    }
    let id = first.get("@id").and_then(Value::text)?;
    named.iter().find(|(n, _)| *n == id).map(|(_, v)| *v)
}

fn name(value: &Value) -> Option<String> {
    let name = value.get("name").map_or(value, |n| n.each().first().unwrap_or(n));
    name.text().filter(|n| !n.contains("://")).map(str::to_owned)
}

fn authors(value: &Value, named: &[(&str, &Value)]) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    for one in value.each() {
        let Some(who) = resolved(one, named) else { continue };
        let types = who.get("@type").into_iter().flat_map(Value::each).filter_map(Value::text);
        let organisation = types.map(str::to_lowercase).any(|t| t.ends_with("organization"));
        let several = who.get("name").into_iter().flat_map(Value::each).filter_map(Value::text);
        let names: Vec<String> = several.chain(who.text()).map(str::to_owned).collect();
        for name in names.into_iter().filter(|n| !n.contains("://")) {
            if !out.iter().any(|(n, _)| *n == name) {
                out.push((name, organisation));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphs_lists_and_pointers() {
        let block = r##"{"@graph": [
            {"@type": "WebPage", "@id": "p", "datePublished": "2021-05-02"},
            {"@type": "Organization", "@id": "#o", "name": "Example Daily"},
            {"@type": ["NewsArticle", "Thing"], "headline": "Shells fall", "datePublished": "2021-05-03",
             "publisher": {"@id": "#o"}, "author": [{"@type": "Person", "name": "Ada Bel"}, {"@type": "Organization", "name": "Wire"}],
             "comment": [{"@type": "Article", "headline": "no"}], "mainEntityOfPage": {"@id": "https://a.example/1"}}]}"##;
        let found = linked(&[block.to_owned()]);
        assert_eq!(found.len(), 2);
        let report = &found[0];
        assert_eq!(report.headline.as_deref(), Some("Shells fall"));
        assert_eq!(report.publisher.as_deref(), Some("Example Daily"));
        assert_eq!(report.authors, [("Ada Bel".to_owned(), false), ("Wire".to_owned(), true)]);
        assert_eq!(report.url.as_deref(), Some("https://a.example/1"));
        assert_eq!(found[1].published.as_deref(), Some("2021-05-02"));
    }

    #[test]
    fn lists_of_other_reports_are_not_this_one() {
        let block =
            r#"{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2021-05-03"}]}"#;
        assert_eq!(linked(&[block.to_owned()]), []);
    }
}
