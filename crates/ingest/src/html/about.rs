//! What does the markup of a page tell of its report: title, authors, outlet, address, section, times?

use evidence::imprint::Translation;
use jiff::civil::Date;

use crate::date;
use crate::outlets::Outlets;
use crate::piece::{Particulars, Told};

use super::dated::dated;
use super::linked::{Linked, linked};
use super::markup::{Markup, one_line};
use super::title::{headline, outlet_after, title, unescaped};

/// Names of `<meta>` that tell the authors.
const AUTHORS: [&str; 9] = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "byl",
    "sailthru.author",
    "article:author_name",
    "citation_author",
];
/// Most names that are taken for authors by the place where they stand.
const MOST_AUTHORS: usize = 6;

/// What the markup tells; `known` was told before.
pub(super) fn about(markup: &Markup, known: &Particulars, outlets: &Outlets) -> Particulars {
    let linked = linked(&markup.json);
    let saved = saved_from(markup);
    let url = address(markup, &linked, known).or(saved);
    let at = known.url.as_ref().or(url.as_ref()).map(|u| u.value.as_str());
    let outlet = outlet(markup, &linked).or_else(|| outlet_after(markup));
    let title = title(markup, &linked, outlet.as_ref().map(|o| o.value.as_str()));
    let headline = headline(markup, title.as_ref().map_or("", |t| &t.value));
    // East of where it was taken from the net, the next day may have begun.
    let latest = known.retrieved.as_ref().and_then(|r| r.value.date().parse::<Date>().ok()?.tomorrow().ok());
    let dated = dated(markup, &linked, at, latest, headline);
    let (byline, agencies) = authors(markup, &linked, outlets);
    Particulars {
        byline,
        agencies,
        section: section(markup, &linked),
        published: dated.published,
        modified: dated.modified,
        retrieved: None,
        language: language(markup, &linked),
        translation: translation(markup, at),
        title,
        outlet,
        url,
        notes: Vec::new(),
    }
}

/// The first `<meta>` of these names that has a content, and its name.
pub(super) fn first_meta<'a>(markup: &'a Markup, names: &[&'static str]) -> Option<(&'a str, &'static str)> {
    names.iter().find_map(|n| Some((markup.meta_of(n)?, *n)))
}

/// Names and what told them.
type Names = Option<Told<Vec<String>>>;

/// Authors, and agencies among them.
fn authors(markup: &Markup, linked: &[Linked], outlets: &Outlets) -> (Names, Names) {
    let agency = |name: &str| {
        let named = outlets.agencies_in(name);
        named.iter().find(|n| n.range.len() == name.len()).map(|n| n.agency.to_owned())
    };
    let Some(told) = byline(markup, linked) else { return (None, None) };
    let agencies: Vec<String> = told.value.iter().filter_map(|n| agency(n)).collect();
    let people: Vec<String> = told.value.into_iter().filter(|n| agency(n).is_none()).collect();
    let some = |names: Vec<String>| (!names.is_empty()).then(|| Told::new(names, told.by.clone()));
    (some(people), some(agencies))
}

fn byline(markup: &Markup, linked: &[Linked]) -> Names {
    let reports = linked.iter().filter(|l| l.is_report);
    let authors = distinct(reports.flat_map(|l| l.authors.iter().map(|(n, _)| clean_name(n))).collect());
    if !authors.is_empty() {
        return Some(Told::new(authors, "json-ld author"));
    }
    for name in AUTHORS {
        let named = markup.meta(name).filter(|a| !a.contains("://") && !a.starts_with("www."));
        let authors = distinct(named.flat_map(names).collect());
        if !authors.is_empty() {
            return Some(Told::new(authors, format!("meta {name}")));
        }
    }
    for by in ["itemprop author", "rel author", "class byline", "class author"] {
        let marked = markup.authors.iter().filter(|(b, _)| *b == by);
        let authors = distinct(marked.flat_map(|(_, words)| names(words)).filter(|n| is_name(n)).collect());
        // Many are those of other reports.
        if !authors.is_empty() && authors.len() <= MOST_AUTHORS {
            return Some(Told::new(authors, by));
        }
    }
    None
}

/// Whether words that stand where authors do can be a name: two to five words with capitals, no figures.
fn is_name(words: &str) -> bool {
    let count = words.split_whitespace().count();
    let capital = |w: &str| w.starts_with(|c: char| !c.is_lowercase());
    (2..=5).contains(&count)
        && !words.contains(|c: char| c.is_ascii_digit() || matches!(c, ':' | '@' | '/' | '!' | '?'))
        && words.split_whitespace().filter(|w| capital(w)).count() * 2 > count
        && words.split_whitespace().next().is_some_and(capital)
        && words.split_whitespace().last().is_some_and(capital)
        && !words.split_whitespace().any(|w| {
            date::month(w).is_some_and(|_| w.len() > 3 && w != "April" && w != "May" && w != "June")
                || date::weekday(w).is_some_and(|_| w.len() > 4)
        })
}

/// "By Ada Bel and Cem Dar, Example Daily": the names.
fn names(line: &str) -> Vec<String> {
    let line = one_line(&unescaped(line));
    let parts = line.split([',', ';', '|']).flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" & "));
    parts.map(clean_name).filter(|n| !n.is_empty()).collect()
}

fn clean_name(name: &str) -> String {
    let name = one_line(&unescaped(name));
    let name = ["By ", "by ", "BY ", "Written by ", "Posted by ", "Par ", "Von ", "Por "]
        .iter()
        .find_map(|b| name.strip_prefix(b))
        .unwrap_or(&name);
    name.trim_matches([',', ';', ' ']).to_owned()
}

fn distinct(names: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names.into_iter().filter(|n| n.chars().any(char::is_alphabetic) && n.len() < 100) {
        if !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

fn outlet(markup: &Markup, linked: &[Linked]) -> Option<Told<String>> {
    let meta = first_meta(markup, &["og:site_name", "og:site"]).map(|(v, n)| (v, format!("meta {n}")));
    let publisher = linked.iter().filter(|l| l.is_report).chain(linked).find_map(|l| l.publisher.as_deref());
    let told = meta.or_else(|| publisher.map(|p| (p, "json-ld publisher".to_owned())));
    let told = told.or_else(|| {
        let metas =
            ["application-name", "publisher", "dc.publisher", "dcterms.publisher", "citation_journal_title", "cre"];
        first_meta(markup, &metas).map(|(v, n)| (v, format!("meta {n}")))
    });
    let (name, by) = told.filter(|(n, _)| !n.contains("://"))?;
    let name = one_line(&unescaped(name)).trim_start_matches('@').to_owned();
    (!name.is_empty() && name.len() < 80).then(|| Told::new(name, by))
}

fn section(markup: &Markup, linked: &[Linked]) -> Option<Told<String>> {
    let meta = first_meta(
        markup,
        &["article:section", "og:article:section", "section", "parsely-section", "sailthru.section"],
    );
    let meta = meta.map(|(v, n)| (v, format!("meta {n}")));
    let linked = linked.iter().find_map(|l| l.section.as_deref()).map(|s| (s, "json-ld articleSection".to_owned()));
    let (section, by) = meta.or(linked)?;
    let section = one_line(&unescaped(section));
    (!section.is_empty() && section.len() < 60).then(|| Told::new(section, by))
}

/// The two letters of the language that the page says it is in.
fn language(markup: &Markup, linked: &[Linked]) -> Option<Told<String>> {
    let own = markup.language.as_deref().map(|l| (l, "html lang"));
    let metas = || first_meta(markup, &["content-language", "og:locale", "dc.language", "language"]);
    let linked = || linked.iter().find_map(|l| l.language.as_deref()).map(|l| (l, "json-ld inLanguage"));
    let (tag, by) = own.or_else(metas).or_else(linked)?;
    let code = tag.trim().split(['-', '_', ',']).next().unwrap_or_default().to_ascii_lowercase();
    let letters = code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase());
    let by = if by == "html lang" || by.starts_with("json-ld") { by.to_owned() } else { format!("meta {by}") };
    letters.then(|| Told::new(code, by))
}

/// The canonical address: absolute, and not that of the site's front page where the page is another.
fn address(markup: &Markup, linked: &[Linked], known: &Particulars) -> Option<Told<String>> {
    let canonical = markup.links.iter().filter(|(rel, _)| rel.split(' ').any(|r| r == "canonical"));
    let canonical = canonical.map(|(_, href)| (href.as_str(), "link canonical".to_owned()));
    let metas = markup.meta("og:url").map(|u| (u, "meta og:url".to_owned()));
    let linked = linked.iter().filter(|l| l.is_report).filter_map(|l| l.url.as_deref());
    let linked = linked.map(|u| (u, "json-ld url".to_owned()));
    let known = known.url.as_ref().map(|u| u.value.as_str());
    let mut all = canonical.chain(metas).chain(linked).filter(|(u, _)| is_absolute(u));
    let whole = |u: &str| !is_front_page(u) || known.is_some_and(is_front_page);
    all.find(|(u, _)| whole(u)).map(|(u, by)| Told::new(u.split('#').next().unwrap_or(u).to_owned(), by))
}

fn is_absolute(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|r| {
        let host = r.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !host.starts_with('.') && !r.contains(char::is_whitespace) && url.len() < 2_000
    }) && !is_private(url)
}

/// Whether an address leads to a machine by number, or to one of the reader's own network: no outlet prints such a one.
fn is_private(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, h)| h).to_ascii_lowercase();
    let name = host.split(':').next().unwrap_or_default().trim_end_matches('.');
    let last = name.rsplit('.').next().unwrap_or_default();
    // Numbers are also written in hexadecimal: 0x7f000001.
    let numeric = last.starts_with(|c: char| c.is_ascii_digit());
    host.starts_with('[') || numeric || matches!(last, "localhost" | "local" | "internal" | "lan" | "home" | "onion")
}

/// An address that the page calls its own and that no outlet prints.
pub(super) fn strange_address(markup: &Markup) -> Option<&str> {
    let canonical = markup.links.iter().filter(|(rel, _)| rel.split(' ').any(|r| r == "canonical"));
    let all = canonical.map(|(_, href)| href.as_str()).chain(markup.meta("og:url"));
    all.into_iter().find(|url| url.contains("://") && is_private(url))
}

fn is_front_page(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    rest.split_once('/').is_none_or(|(_, path)| path.trim_matches('/').is_empty())
}

/// `<!-- saved from url=(0042)https://… -->`, as browsers leave it in pages that they save.
fn saved_from(markup: &Markup) -> Option<Told<String>> {
    let found = markup.comments.iter().find_map(|c| {
        let rest = c.split_once("saved from url=")?.1;
        let rest = rest.strip_prefix('(').and_then(|r| r.split_once(')')).map_or(rest, |(_, r)| r);
        rest.split_whitespace().next()
    })?;
    is_absolute(found).then(|| Told::new(found.to_owned(), "the mark of the browser that saved it"))
}

/// The marks that translating programs leave.
fn translation(markup: &Markup, url: Option<&str>) -> Option<Translation> {
    let class = markup.class.split_whitespace().find(|c| matches!(*c, "translated-ltr" | "translated-rtl"));
    let meta = first_meta(markup, &["x-translated-by"]).map(|(v, n)| format!("meta {n}: {v}"));
    let host = url.and_then(|u| u.split_once("://")?.1.split(['/', '?']).next().map(str::to_owned));
    let proxied = host.filter(|h| h.ends_with(".translate.goog") || h == "translate.googleusercontent.com");
    let from = url
        .and_then(|u| u.split(['?', '&']).find_map(|p| p.strip_prefix("_x_tr_sl=").or_else(|| p.strip_prefix("sl="))));
    let from = from.filter(|f| f.len() == 2 && f.bytes().all(|b| b.is_ascii_lowercase()));
    let notice =
        class.map(|c| format!("html class {c}")).or(meta).or_else(|| proxied.map(|h| format!("address {h}")))?;
    Some(Translation { machine: Some(true), from: from.map(str::to_owned), notice })
}
