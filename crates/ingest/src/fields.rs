//! What do the fields of a record mean: a line of JSON, a row of a table, the head of a Markdown file?

use std::borrow::Cow;

use evidence::imprint::Field;
use evidence::time::Iso;
use serde_json::Value;

use crate::moment;
use crate::piece::{Body, Particulars, Told};

/// What a field of a record can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// The report's name in the collection: stands in its path.
    Id,
    /// Its words as text.
    Text,
    /// Its words as a web page, or a part of one.
    Html,
    /// What is told of it.
    Of(Field),
}

/// The names of fields that are understood without a mapping, the documented one first. Capitals, spaces, hyphens and
/// underscores make no difference.
const NAMES: [(Meaning, &[&str]); 13] = [
    (Meaning::Id, &["id"]),
    (Meaning::Text, &["text", "body", "content", "article_text", "full_text", "maintext", "body_text"]),
    (Meaning::Html, &["html", "body_html", "content_html", "raw_html"]),
    (Meaning::Of(Field::Title), &["title", "headline"]),
    (Meaning::Of(Field::Byline), &["byline", "authors", "author"]),
    (Meaning::Of(Field::Outlet), &["outlet", "publisher", "publication", "media_name", "site_name", "sitename"]),
    (Meaning::Of(Field::Agencies), &["agencies", "agency"]),
    (Meaning::Of(Field::Section), &["section"]),
    (Meaning::Of(Field::Url), &["url", "link", "canonical_url"]),
    (
        Meaning::Of(Field::Published),
        &["published", "date", "published_at", "date_published", "date_publish", "publish_date", "publication_date"],
    ),
    (Meaning::Of(Field::Modified), &["modified", "modified_at", "updated_at", "date_modified", "date_modify"]),
    (Meaning::Of(Field::Retrieved), &["retrieved", "retrieved_at", "date_download", "fetched_at"]),
    (Meaning::Of(Field::Language), &["language", "lang"]),
];

impl Meaning {
    fn of_name(name: &str) -> Option<Self> {
        let name = plain(name);
        NAMES.iter().find(|(_, names)| names.iter().any(|n| plain(n) == name)).map(|(m, _)| *m)
    }
}

/// Which field of the user's records means what, where its name does not say so: `title=headline,text=body_text`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    pairs: Vec<(Meaning, String)>,
}

impl std::str::FromStr for Mapping {
    type Err = String;

    /// Reads `ours=theirs` pairs with commas between them; a dot leads into an object of JSON (`outlet=source.name`).
    fn from_str(text: &str) -> Result<Self, String> {
        let mut pairs: Vec<(Meaning, String)> = Vec::new();
        for pair in text.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let Some((ours, theirs)) = pair.split_once('=').map(|(a, b)| (a.trim(), b.trim())) else {
                return Err(format!("{pair:?} is no pair; write FIELD=THEIRS, for instance title=headline"));
            };
            let known = || NAMES.iter().map(|(_, names)| names[0]).collect::<Vec<_>>().join(", ");
            let meaning =
                Meaning::of_name(ours).ok_or_else(|| format!("there is no field {ours:?}; there are {}", known()))?;
            if theirs.is_empty() {
                return Err(format!("{pair:?} does not say which of your fields is the {ours}"));
            }
            if pairs.iter().any(|(m, _)| *m == meaning) {
                return Err(format!("{ours} is given twice; give it once"));
            }
            pairs.push((meaning, theirs.to_owned()));
        }
        Ok(Self { pairs })
    }
}

impl Mapping {
    /// Whether the user maps a field of that name.
    pub(crate) fn maps(&self, name: &str) -> bool {
        self.pairs.iter().any(|(_, theirs)| theirs == name)
    }

    /// The user's name for something.
    fn theirs(&self, meaning: Meaning) -> Option<&str> {
        self.pairs.iter().find(|(m, _)| *m == meaning).map(|(_, name)| name.as_str())
    }

    /// What a field of that name is.
    pub(crate) fn meaning(&self, name: &str) -> Option<Meaning> {
        let mapped = self.pairs.iter().find(|(_, theirs)| theirs == name || theirs.split('.').next() == Some(name));
        mapped.map(|(m, _)| *m).or_else(|| Meaning::of_name(name))
    }

    /// The user's names that are none of `names`.
    pub(crate) fn missing<'a>(&'a self, names: &'a [String]) -> impl Iterator<Item = &'a str> {
        let there = |theirs: &&str| {
            names.iter().any(|n| n == theirs || theirs.split_once('.').is_some_and(|(first, _)| first == n))
        };
        self.pairs.iter().map(|(_, theirs)| theirs.as_str()).filter(move |t| !there(t))
    }

    /// What is wrong with a record in which no text was found.
    pub(crate) fn no_text(&self) -> String {
        let theirs = |m: Meaning| self.theirs(m).map(|t| format!("{t:?}"));
        match theirs(Meaning::Text).or_else(|| theirs(Meaning::Html)) {
            Some(field) => format!("its field {field}, mapped to the text, is empty or not there"),
            None => "it has no text: there is nothing in a field \"text\" or \"html\"; if the text is in another \
                     field, name it: --map text=FIELD"
                .to_owned(),
        }
    }
}

/// Whether a field of that name is understood.
pub(crate) fn is_known(name: &str) -> bool {
    Meaning::of_name(name).is_some()
}

/// The fields of a record: names as the user's file has them, in its order.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// Each with its value; a table's are strings.
    pub fields: Vec<(String, Value)>,
}

/// A record as a report.
#[derive(Debug)]
pub(crate) struct Filed {
    /// What is told of the report.
    pub told: Particulars,
    /// Its words, if there are any.
    pub body: Option<Body>,
    /// Its own name in the collection.
    pub id: Option<String>,
    /// Values that cannot be what their field says they are.
    pub broken: Vec<String>,
}

impl Record {
    /// What the record tells, each value told by its field.
    pub fn filed(&self, map: &Mapping) -> Filed {
        let mut reading = Reading { record: self, map, broken: Vec::new() };
        let told = Particulars {
            title: reading.line(Field::Title),
            byline: reading.list(Field::Byline),
            outlet: reading.line(Field::Outlet),
            agencies: reading.list(Field::Agencies),
            section: reading.line(Field::Section),
            url: reading.line(Field::Url),
            published: reading.moment(Field::Published),
            modified: reading.moment(Field::Modified),
            retrieved: reading.moment(Field::Retrieved),
            language: reading.language(),
            ..Particulars::default()
        };
        let body = reading.body();
        let id = reading.value(Meaning::Id).and_then(|(_, v)| match v {
            Value::String(id) => Some(id.trim().to_owned()).filter(|i| !i.is_empty()),
            Value::Number(id) => Some(id.to_string()),
            _ => None,
        });
        Filed { told, body, id, broken: reading.broken }
    }
}

struct Reading<'r> {
    record: &'r Record,
    map: &'r Mapping,
    broken: Vec<String>,
}

impl<'r> Reading<'r> {
    /// The value of the mapped field, or else of the first known one that holds something.
    fn value(&self, meaning: Meaning) -> Option<(Cow<'r, str>, &'r Value)> {
        let mapped = self.map.theirs(meaning).and_then(|name| Some((Cow::Owned(name.to_owned()), self.at(name)?)));
        let named = || {
            let taken = |name: &str| self.map.pairs.iter().any(|(m, theirs)| *m != meaning && theirs == name);
            let known =
                self.record.fields.iter().filter(|(name, value)| {
                    Meaning::of_name(name) == Some(meaning) && !is_nothing(value) && !taken(name)
                });
            // The documented name comes first.
            let rank = |name: &str| {
                let all = NAMES.iter().find(|(m, _)| *m == meaning).map_or(&[][..], |(_, names)| names);
                all.iter().position(|n| plain(n) == plain(name))
            };
            known.min_by_key(|(name, _)| rank(name)).map(|(name, value)| (Cow::Borrowed(name.as_str()), value))
        };
        mapped.filter(|(_, v)| !is_nothing(v)).or_else(named)
    }

    /// The value of a field, or inside an object (`source.name`).
    fn at(&self, name: &str) -> Option<&'r Value> {
        let field = |n: &str| self.record.fields.iter().find(|(name, _)| name == n).map(|(_, v)| v);
        field(name).or_else(|| {
            let mut parts = name.split('.');
            let mut value = field(parts.next()?)?;
            for part in parts {
                value = match value {
                    Value::Array(list) => list.first()?.get(part)?,
                    other => other.get(part)?,
                };
            }
            Some(value)
        })
    }

    fn body(&mut self) -> Option<Body> {
        let page = |html: &str| Body::Page { bytes: html.as_bytes().to_vec(), charset: Some("utf-8".into()) };
        if let Some((name, value)) = self.value(Meaning::Text) {
            match value.as_str() {
                Some(text) if is_marked_up(text) => return Some(page(text)),
                Some(text) => return Some(Body::Text(text.to_owned())),
                None => self.strange(&name, value, "a text"),
            }
        }
        let (name, value) = self.value(Meaning::Html)?;
        match value.as_str() {
            Some(html) => Some(page(html)),
            None => {
                self.strange(&name, value, "a web page");
                None
            }
        }
    }

    fn line(&mut self, field: Field) -> Option<Told<String>> {
        let (name, value) = self.value(Meaning::Of(field))?;
        let Value::String(text) = value else {
            self.strange(&name, value, "a text");
            return None;
        };
        Some(Told::new(text.split_whitespace().collect::<Vec<_>>().join(" "), by(&name)))
    }

    /// A list, a list of objects with names, or a text with semicolons.
    fn list(&mut self, field: Field) -> Option<Told<Vec<String>>> {
        let (name, value) = self.value(Meaning::Of(field))?;
        let one = |v: &Value| v.as_str().or_else(|| v.get("name").and_then(Value::as_str)).map(str::to_owned);
        let parts: Option<Vec<String>> = match value {
            Value::String(text) => Some(text.split(';').map(str::to_owned).collect()),
            Value::Array(list) => list.iter().map(one).collect(),
            other => one(other).map(|v| vec![v]),
        };
        let Some(parts) = parts else {
            self.strange(&name, value, "a list of names");
            return None;
        };
        let parts = parts.iter().map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
        let parts: Vec<String> = parts.filter(|p| !p.is_empty()).collect();
        (!parts.is_empty()).then(|| Told::new(parts, by(&name)))
    }

    fn moment(&mut self, field: Field) -> Option<Told<Iso>> {
        let (name, value) = self.value(Meaning::Of(field))?;
        let found = match value {
            Value::String(text) => moment::moment(text),
            Value::Number(n) => n.as_i64().or_else(|| n.as_f64().map(|f| f as i64)).and_then(moment::epoch),
            _ => None,
        };
        if found.is_none() {
            let mend = "a date; write it as 2020-10-10 or 2020-10-10T12:05+04:00";
            self.strange(&name, value, mend);
        }
        found.map(|value| Told::new(value, by(&name)))
    }

    fn language(&mut self) -> Option<Told<String>> {
        let (name, value) = self.value(Meaning::Of(Field::Language))?;
        let code = value.as_str().and_then(crate::language::code);
        if code.is_none() {
            self.strange(&name, value, "a code of a language; write it as en or en-GB");
        }
        code.map(|code| Told::new(code, by(&name)))
    }

    fn strange(&mut self, name: &str, value: &Value, what: &str) {
        const MOST: usize = 40;
        let written = match value {
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            Value::String(text) if text.chars().count() > MOST => {
                format!("{:?}…", text.chars().take(MOST).collect::<String>())
            }
            other => other.to_string(),
        };
        self.broken.push(format!("field {name:?} is {written}, which is not {what}; it is left empty"));
    }
}

fn by(name: &str) -> String {
    format!("field {name:?}")
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// Whether a text is a part of a web page: paragraphs and line breaks of HTML stand in it.
fn is_marked_up(text: &str) -> bool {
    const TAGS: [&str; 8] = ["</p>", "<br>", "<br/>", "<br />", "</div>", "</html>", "<p>", "</article>"];
    text.contains('<') && {
        let lower = text.to_ascii_lowercase();
        TAGS.iter().any(|t| lower.contains(t))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filed(json: &str, map: &str) -> Filed {
        let Value::Object(object) = serde_json::from_str(json).expect("JSON") else { panic!("an object") };
        let record = Record { fields: object.into_iter().collect() };
        record.filed(&map.parse().expect("a mapping"))
    }

    #[test]
    fn fields_by_their_names_and_by_a_mapping() {
        let json = r#"{"id": 7, "headline": "Shells fall", "title": "x", "body_text": "Words.", "Published-At": 1602331500,
            "source": {"name": "Marle Courier"}, "authors": [{"name": "A. Name"}, "B.  Name"], "lang": "en-GB"}"#;
        let found = filed(json, "title=headline, outlet=source.name");
        let p = found.told;
        assert_eq!(found.body, Some(Body::Text("Words.".into())));
        assert_eq!(p.title, Some(Told::new("Shells fall".to_owned(), "field \"headline\"")));
        assert_eq!(p.outlet, Some(Told::new("Marle Courier".to_owned(), "field \"source.name\"")));
        assert_eq!(p.byline.map(|b| b.value), Some(vec!["A. Name".to_owned(), "B. Name".to_owned()]));
        assert_eq!(p.published.map(|d| d.value.to_string()).as_deref(), Some("2020-10-10T12:05:00Z"));
        assert_eq!(p.language.map(|l| l.value).as_deref(), Some("en"));
        assert_eq!((found.id.as_deref(), found.broken.len()), (Some("7"), 0));
    }

    #[test]
    fn values_that_cannot_be_are_told_and_left_empty() {
        let json = r#"{"text": "Words.", "title": 5, "published": "soon", "byline": 3, "language": "Klingon"}"#;
        let found = filed(json, "");
        assert_eq!(found.told, Particulars::default());
        assert_eq!(found.broken.len(), 4, "{:?}", found.broken);
        assert!(found.broken[2].contains("\"published\" is \"soon\", which is not a date"), "{:?}", found.broken);
    }

    #[test]
    fn markup_in_a_text_is_a_page() {
        let found = filed(r#"{"text": "<p>Words.</p>"}"#, "");
        assert!(matches!(found.body, Some(Body::Page { .. })));
        assert!(filed(r#"{"text": 5}"#, "").body.is_none());
    }

    #[test]
    fn a_mapping_that_cannot_be_says_why() {
        for (text, why) in [
            ("title", "is no pair"),
            ("titel=x", "there is no field \"titel\"; there are id, text"),
            ("title=", "does not say which"),
            ("title=a,title=b", "given twice"),
        ] {
            let error = text.parse::<Mapping>().expect_err(why);
            assert!(error.contains(why), "{error}");
        }
    }
}
