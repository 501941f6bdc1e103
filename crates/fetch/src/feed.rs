//! What does a feed list? RSS, Atom and JSON Feed, as entries with an address each.

use std::panic::{AssertUnwindSafe, catch_unwind};

use evidence::time::Iso;
use feed_rs::model;
use feed_rs::parser::Builder;
use url::Url;

use crate::build;
use crate::error::{Error, Trouble};

/// Most entries of one feed that are taken, the first ones; a feed lists a few dozen.
const MOST: usize = 5000;

/// One article that a feed lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its address, whole.
    pub url: String,
    /// What the feed calls it, so that a change of address would show.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// When it was published, in UTC.
    pub published: Option<Iso>,
    /// When it was last changed, in UTC; none if that is the time of publication.
    pub updated: Option<Iso>,
}

/// The entries of a feed that has been fetched from an address, in its order; those without an address of the web are
/// left out.
///
/// # Errors
/// If it is no feed, is not well formed, or is built so that reading it would cost too much.
pub fn feed(bytes: &[u8], url: &str) -> Result<Vec<Entry>, Error> {
    build::check(bytes)?;
    let parse = || Builder::new().base_uri(Some(url)).sanitize_content(false).build().parse(bytes);
    let parsed = catch_unwind(AssertUnwindSafe(parse));
    let told = |why: &str| Error::new(Trouble::NotAFeed, format!("it is no feed that can be read: {why}"));
    let feed = parsed.map_err(|_| told("its reader cannot make sense of it"))?.map_err(|e| told(&e.to_string()))?;
    let base = Url::parse(url).ok();
    Ok(feed.entries.into_iter().take(MOST).filter_map(|e| entry(e, base.as_ref())).collect())
}

fn entry(entry: model::Entry, base: Option<&Url>) -> Option<Entry> {
    let published = entry.published.and_then(moment);
    let updated = entry.updated.and_then(moment).filter(|u| Some(u) != published.as_ref());
    let title = entry.title.map(|t| t.content.trim().to_owned()).filter(|t| !t.is_empty());
    let link = address(&entry.links, base).or_else(|| whole(&entry.id, None))?;
    Some(Entry { url: link, id: entry.id, title, published, updated })
}

/// The link to the article itself: not to its comments, sound or pictures.
fn address(links: &[model::Link], base: Option<&Url>) -> Option<String> {
    let plain = |l: &&model::Link| l.rel.as_deref().is_none_or(|r| r == "alternate");
    let page = |l: &&model::Link| l.media_type.as_deref().is_none_or(|t| t.contains("html") || t.starts_with("text/"));
    let best = links.iter().find(|l| plain(l) && page(l));
    whole(best.or(links.iter().find(plain))?.href.trim(), base)
}

fn whole(href: &str, base: Option<&Url>) -> Option<String> {
    let url = Url::options().base_url(base).parse(href).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then(|| url.to_string())
}

fn moment<T: ToString>(time: T) -> Option<Iso> {
    // Written as "2030-10-01 12:05:00 UTC", perhaps with a fraction of the second.
    let text = time.to_string();
    let (day, rest) = text.split_once(' ')?;
    Iso::parse(&format!("{day}T{}Z", rest.get(..8)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: &str = "https://news.example.org/feeds/all.xml";

    fn entries(text: &str) -> Vec<Entry> {
        feed(text.as_bytes(), AT).unwrap_or_else(|e| panic!("{e}"))
    }

    fn iso(text: &str) -> Option<Iso> {
        Some(Iso::parse(text).expect("a moment"))
    }

    #[test]
    fn rss_names_articles_by_link_or_permanent_guid() {
        let found = entries(
            r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Marle Courier</title>
            <item><title>Guns &amp; silence</title><link>https://news.example.org/a?utm_source=rss</link>
              <guid isPermaLink="false">17</guid><pubDate>Tue, 01 Oct 2030 14:05:00 +0200</pubDate></item>
            <item><title>No link</title><guid>https://news.example.org/b</guid></item>
            <item><title>Relative</title><link>/c</link></item>
            <item><title>Nothing to fetch</title><guid isPermaLink="false">x1</guid></item>
            <item><link>javascript:alert(1)</link></item>
            </channel></rss>"#,
        );
        let urls: Vec<&str> = found.iter().map(|e| e.url.as_str()).collect();
        assert_eq!(
            urls,
            ["https://news.example.org/a?utm_source=rss", "https://news.example.org/b", "https://news.example.org/c"]
        );
        assert_eq!(found[0].title.as_deref(), Some("Guns & silence"));
        assert_eq!(found[0].id, "17");
        assert_eq!(found[0].published, iso("2030-10-01T12:05:00Z"));
        assert_eq!(found[0].updated, None, "RSS does not tell");
    }

    #[test]
    fn atom_and_json_tell_when_an_article_was_changed() {
        let atom = entries(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><id>urn:1</id>
            <link rel="enclosure" href="https://news.example.org/a.mp3" type="audio/mpeg"/>
            <link rel="alternate" type="application/json" href="https://news.example.org/a.json"/>
            <link rel="alternate" type="text/html" href="../a.html"/>
            <published>2030-10-01T12:05:00Z</published><updated>2030-10-01T14:00:00.250Z</updated></entry></feed>"#,
        );
        assert_eq!(atom[0].url, "https://news.example.org/a.html");
        assert_eq!(
            (&atom[0].published, &atom[0].updated),
            (&iso("2030-10-01T12:05:00Z"), &iso("2030-10-01T14:00:00Z"))
        );
        let json = entries(
            r#"{"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": [{"id": "1", "url":
            "https://news.example.org/a", "content_text": "x", "date_published": "2030-10-01T12:05:00Z",
            "date_modified": "2030-10-02T12:05:00+04:00"}]}"#,
        );
        assert_eq!(json[0].url, "https://news.example.org/a");
        assert_eq!(json[0].updated, iso("2030-10-02T08:05:00Z"));
    }

    #[test]
    fn what_is_no_feed_says_so() {
        for (text, trouble) in [
            ("", Trouble::NotAFeed),
            ("<html><body><p>Not found</body></html>", Trouble::NotAFeed),
            ("<rss version=\"2.0\"><channel><item><title>A", Trouble::NotAFeed),
            ("{\"version\": 1}", Trouble::NotAFeed),
            ("<rss version='2.0'><channel><item></chanel>", Trouble::NotAFeed),
        ] {
            let error = feed(text.as_bytes(), AT).expect_err(text);
            assert_eq!(error.trouble(), trouble, "{text}: {error}");
        }
    }
}
