//! What is the headline of a page, without the name of its outlet, and where on the page does it stand?

use std::collections::BTreeSet;

use crate::piece::Told;

use super::about::first_meta;
use super::linked::Linked;
use super::markup::{Markup, one_line};

/// Marks between the headline and the name of the outlet in `<title>`.
const SEPARATORS: [&str; 10] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / ", " : "];

/// The headline and what told it; `outlet` is the name of the outlet, where known.
pub(super) fn title(markup: &Markup, linked: &[Linked], outlet: Option<&str>) -> Option<Told<String>> {
    let headings: Vec<&str> = markup.lines.iter().filter(|l| l.heading == 1).map(|l| l.text.as_str()).collect();
    // Some say something else there: what the subject is, the name of the series.
    let shown: Vec<&str> =
        markup.title.as_deref().into_iter().chain(markup.meta_of("og:title")).chain(headings.iter().copied()).collect();
    let report = linked.iter().filter(|l| l.is_report).filter_map(|l| l.headline.as_deref());
    let report = report.into_iter().find(|t| shown.is_empty() || shown.iter().any(|s| are_alike(t, s)));
    let told = report.map(|t| (t, "json-ld headline".to_owned()));
    let told = told.or_else(|| {
        let metas = ["og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "title"];
        first_meta(markup, &metas).map(|(t, n)| (t, format!("meta {n}")))
    });
    let told = told.or_else(|| markup.title.as_deref().map(|t| (t, "title element".to_owned())));
    let Some((title, by)) = told else {
        let [only] = headings.as_slice() else { return None };
        return Some(Told::new((*only).to_owned(), "h1 element"));
    };
    let title = one_line(&unescaped(title));
    let title = without_outlet(&title, outlet, &headings);
    (!title.is_empty()).then(|| Told::new(title, by))
}

/// The outlet that `<title>` ends with, where a heading of the page is the rest of it.
pub(super) fn outlet_after(markup: &Markup) -> Option<Told<String>> {
    const MOST_WORDS: usize = 5;
    let title = one_line(&unescaped(markup.title.as_deref()?));
    let headings: Vec<String> = markup.lines.iter().filter(|l| l.heading == 1).map(|l| l.text.to_lowercase()).collect();
    let found = SEPARATORS.iter().find_map(|s| {
        let (before, after) = title.rsplit_once(s)?;
        headings.contains(&before.trim().to_lowercase()).then(|| after.trim().to_owned())
    })?;
    let named = !found.is_empty() && found.split_whitespace().count() <= MOST_WORDS;
    (named && found.starts_with(char::is_uppercase)).then(|| Told::new(found, "title element"))
}

/// Whether most words of one title stand in the other.
fn are_alike(a: &str, b: &str) -> bool {
    let words = |t: &str| -> BTreeSet<String> {
        t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() * 2 > a.len()
}

/// The line with the headline: a heading that is the title or holds it, else any such line, else the first heading.
pub(super) fn headline(markup: &Markup, title: &str) -> Option<usize> {
    let bare = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let title = bare(title);
    let is = |text: &str| {
        // Lines of less than half its length cannot be it; paragraphs are not.
        if text.len() * 2 <= title.len() || text.len() > title.len() + 400 || title.len() <= 8 {
            return false;
        }
        let text = bare(text);
        text.len() > 8 && (text.contains(&title) || title.contains(&text) && text.len() * 2 > title.len())
    };
    let alike: Vec<(usize, u8)> =
        markup.lines.iter().enumerate().filter(|(_, l)| is(&l.text)).map(|(n, l)| (n, l.heading)).collect();
    let first = |levels: std::ops::RangeInclusive<u8>| alike.iter().find(|(_, h)| levels.contains(h)).map(|(n, _)| *n);
    first(1..=1)
        .or_else(|| first(1..=6))
        .or_else(|| first(0..=0))
        .or_else(|| markup.lines.iter().position(|l| l.heading == 1 && !l.beside))
}

/// The title without the name of the outlet, where that is known or a heading of the page is the rest.
fn without_outlet(title: &str, outlet: Option<&str>, headings: &[&str]) -> String {
    let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
    for separator in SEPARATORS {
        let Some((before, after)) = title.rsplit_once(separator) else { continue };
        let named = outlet.is_some_and(|o| same(after, o) || same(&after.replace(' ', ""), &o.replace(' ', "")));
        let headed = headings.iter().any(|h| same(h, before));
        if named || headed {
            return without_outlet(before.trim(), outlet, headings);
        }
        let Some((first, rest)) = title.split_once(separator) else { continue };
        if outlet.is_some_and(|o| same(first, o)) || headings.iter().any(|h| same(h, rest)) {
            return rest.trim().to_owned();
        }
    }
    title.to_owned()
}

/// Marks of characters that were written twice over (`&amp;quot;`): a parser undoes one of them.
pub(super) fn unescaped(text: &str) -> String {
    const MARKS: [(&str, &str); 9] = [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&lsquo;", "‘"),
        ("&rsquo;", "’"),
        ("&nbsp;", " "),
        ("&#8217;", "’"),
        ("&amp;", "&"),
    ];
    if !text.contains('&') {
        return text.to_owned();
    }
    MARKS.iter().fold(text.to_owned(), |t, (mark, sign)| t.replace(mark, sign))
}
