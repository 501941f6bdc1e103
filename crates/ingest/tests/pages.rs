//! Pages as they come: what is read of them, what is told of it, and what is refused. The pages are our own words.

use std::time::{Duration, Instant};

use evidence::imprint::Field;
use evidence::time::Iso;
use evidence::{Article, Note};
use ingest::{Body, Desk, Given, Particulars, Piece, Told};
use proptest::prelude::*;

const WORDS: &str = "<p>GREVNA (Vestland Wire) - Shells fell on two villages of the Orle valley before dawn on Monday, \
    the regional governor said, and four people were taken to hospital in Grevna.</p>\
    <p>The army of Vestland denied that it had fired. It said that its guns had been silent since the truce of last week, \
    and asked monitors of the mission to visit its positions.</p>\
    <p>Both sides had agreed to hold their fire until the end of the month, to let grain out of the valley.</p>";

fn read(page: &[u8], charset: Option<&str>) -> (Option<Article>, Vec<Note>) {
    let desk = Desk::open().unwrap_or_else(|e| panic!("{e}"));
    let body = Body::Page { bytes: page.to_vec(), charset: charset.map(str::to_owned) };
    let piece = Piece { path: "a.html".to_owned(), body, particulars: Particulars::default() };
    desk.read(piece, &Given::default())
}

fn article(head: &str, body: &str) -> Article {
    let page = format!("<!DOCTYPE html><html lang=\"en-GB\"><head>{head}</head><body>{body}</body></html>");
    let (article, notes) = read(page.as_bytes(), None);
    article.unwrap_or_else(|| panic!("{notes:?}"))
}

fn refusal(page: &[u8]) -> String {
    let (article, notes) = read(page, None);
    assert!(article.is_none());
    notes.into_iter().find(|n| n.kind == "unreadable").map(|n| n.message).unwrap_or_default()
}

fn date(article: &Article) -> (&str, &str) {
    let value = article.published.value.as_ref().map_or("", |v| v.as_str());
    (value, article.imprint.basis(Field::Published).unwrap_or_default())
}

#[test]
fn a_page_with_everything_in_its_markup() {
    let head = r##"<title>Shells fall on Orle valley - Vestland Daily</title>
        <meta property="og:site_name" content="Vestland Daily"><meta property="article:section" content="World">
        <link rel="canonical" href="https://daily.example/2021/05/03/shells">
        <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
          "headline": "Shells fall on Orle valley", "datePublished": "2021-05-03T06:20:00+02:00",
          "dateModified": "2021-05-03T09:00:00+02:00", "author": [{"@type": "Person", "name": "Ada Bel"},
          {"@type": "Organization", "name": "Reuters"}]}]}</script>"##;
    let body = format!(
        "<nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>Shells fall on Orle valley</h1>{WORDS}</article>\
         <aside><h3>Most read</h3><a href=/x>A cat was found in a tree</a></aside><footer>© 2024 Vestland Daily</footer>"
    );
    let a = article(head, &body);
    assert_eq!(a.title.map(|t| t.of(&a.text)), Some("Shells fall on Orle valley"));
    assert_eq!(a.text.matches("Shells fall on Orle valley").count(), 1, "{}", a.text);
    assert_eq!(date(&a), ("2021-05-03T06:20:00+02:00", "json-ld datePublished"));
    assert_eq!(a.imprint.modified.as_ref().map(|m| m.as_str()), Some("2021-05-03T09:00:00+02:00"));
    assert_eq!(
        (a.outlet.as_deref(), a.imprint.basis(Field::Outlet)),
        (Some("Vestland Daily"), Some("meta og:site_name"))
    );
    assert_eq!(a.url.as_deref(), Some("https://daily.example/2021/05/03/shells"));
    assert_eq!((a.byline, a.imprint.section.as_deref()), (vec!["Ada Bel".to_owned()], Some("World")));
    assert!(a.agencies.contains(&"Reuters".to_owned()), "{:?}", a.agencies);
    assert!(!a.text.contains("cat was found") && !a.text.contains("Home"), "{}", a.text);
    assert_eq!(a.text.lines().count(), 4, "{}", a.text);
}

#[test]
fn dates_that_only_a_reader_sees() {
    let dated = |line: &str| {
        article("<title>Shells fall on the valley</title>", &format!("<h1>Shells fall on the valley</h1>{line}{WORDS}"))
    };
    for (line, value) in [
        ("<p class=date>3 May 2021, 6:20 am</p>", "2021-05-03T06:20"),
        ("<span>Published: 06:20, 3 May 2021</span><br><span>Updated: 09:00, 4 May 2021</span>", "2021-05-03"),
        ("<time>03/05/2021</time>", "2021-05-03"),
        ("<p>Updated 4 May 2021</p>", "2021-05-04"),
    ] {
        assert_eq!(dated(line).published.value.map(|v| v.to_string()).as_deref(), Some(value), "{line}");
    }
    for line in [
        "<p>© 2021 Vestland Daily</p>",
        "<p>The treaty of 3 May 1997 is broken, the governor said in Grevna on Monday evening, when asked.</p>",
    ] {
        assert_eq!(dated(line).published.value, None, "{line}");
    }
}

#[test]
fn the_day_is_that_of_the_outlet() {
    let head = "<meta property=article:published_time content=2021-05-04T01:20:00Z>";
    let body = |time: &str| format!("<h1>Shells fall on the valley</h1>{time}{WORDS}");
    let a = article(head, &body("<time datetime='2021-05-03T21:20:00'>yesterday</time>"));
    assert_eq!(date(&a).0, "2021-05-03T21:20:00-04:00");
    assert_eq!(date(&article(head, &body("<p class=date>May 3, 2021</p>"))).0, "2021-05-03");
    assert_eq!(date(&article(head, &body(""))).0, "2021-05-04T01:20:00Z");
}

#[test]
fn addresses_that_are_not_the_pages_own() {
    let url = |head: &str| article(head, WORDS).url;
    assert_eq!(url("<link rel=canonical href=https://daily.example/>"), None);
    assert_eq!(url("<link rel=canonical href=/2021/shells>"), None);
    assert_eq!(url("<link rel=canonical href=javascript:x>"), None);
    assert_eq!(
        url("<link rel=canonical href=https://daily.example/><meta property=og:url content=https://daily.example/a>")
            .as_deref(),
        Some("https://daily.example/a")
    );
    let saved = format!("<!-- saved from url=(0027)https://daily.example/shells --><html><body>{WORDS}");
    assert_eq!(read(saved.as_bytes(), None).0.and_then(|a| a.url).as_deref(), Some("https://daily.example/shells"));
}

#[test]
fn pages_that_a_machine_translated_say_so() {
    let page = format!("<html class=\"no-js translated-ltr\" lang=en><body>{WORDS}");
    let translation = read(page.as_bytes(), None).0.and_then(|a| a.imprint.translation);
    let translation = translation.unwrap_or_else(|| panic!("no translation"));
    assert!(translation.machine == Some(true) && translation.notice.contains("translated-ltr"), "{translation:?}");
}

#[test]
fn broken_bytes_are_counted_and_told() {
    let mut page =
        format!("<html><head><meta charset=utf-8></head><body>{WORDS}<p>Zoë, Chloë, Noë, Thaïs, naïve ").into_bytes();
    page.extend_from_slice(b"a\xffb</p>");
    let (article, notes) = read(&page, None);
    assert!(article.is_some());
    let note = notes.iter().find(|n| n.kind == "broken-encoding").map(|n| n.message.as_str()).unwrap_or_default();
    assert!(note.contains("a.html: 1 place") && note.contains("UTF-8"), "{note}");
    let page = format!("<html><body>{}", WORDS.replace("Orle", "Örle"));
    let bytes: Vec<u8> = page.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    assert!(read(&bytes, Some("iso-8859-1")).0.is_some_and(|a| a.text.contains("Örle valley")));
}

#[test]
fn hostile_pages_give_a_line_each_and_quickly() {
    let start = Instant::now();
    let fonts: String = (0..5_000).map(|i| format!("<p><font size={i}>word</p>")).collect();
    let attributes: String = (0..30_000).map(|i| format!(" a{i}=1")).collect();
    for (page, what) in [
        ("<html>".to_owned() + &"<span>".repeat(200_000), "deep"),
        ("<html>".to_owned() + &"<div>".repeat(20_000), "deep"),
        ("<html>".to_owned() + &"<table><tr><td>".repeat(20_000), "deep"),
        ("<html>".to_owned() + &"<svg><title><div>".repeat(20_000), "deep"),
        ("<html>".to_owned() + &fonts, "deep"),
        (format!("<html><p{attributes}>x"), "attributes"),
        ("<html>".to_owned() + &"<p>word".repeat(300_000), "elements"),
        ("<html>".to_owned() + &"\0".repeat(300_000), "no text"),
        ("<html>".to_owned() + &"<!--".repeat(300_000), "no text"),
        ("<html><script>".to_owned() + &"<!--<script".repeat(30_000), "no text"),
    ] {
        let told = refusal(page.as_bytes());
        assert!(told.contains(what) && told.contains("a.html"), "{what}: {told}");
    }
    // In a build without optimisation; a page takes milliseconds in a release.
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn what_is_deep_but_not_hostile_is_read() {
    for (open, close, times) in [
        ("<div>", "</div>", 240),
        ("<span>", "</span>", 240),
        ("<ul><li>", "</li></ul>", 110),
        ("<table><tr><td>", "</table>", 60),
    ] {
        let page = format!("<html><body>{}{WORDS}{}", open.repeat(times), close.repeat(times));
        assert!(read(page.as_bytes(), None).0.is_some_and(|a| a.text.contains("four people")), "{open}");
    }
}

#[test]
fn nothing_is_published_after_it_was_taken_from_the_net() {
    let desk = Desk::open().unwrap_or_else(|e| panic!("{e}"));
    let read = |retrieved: &str| {
        let page = format!("<html><meta name=date content=2021-05-03><body>{WORDS}");
        let body = Body::Page { bytes: page.into_bytes(), charset: None };
        let retrieved = Iso::parse(retrieved).map(|v| Told::new(v, "the archive"));
        let particulars = Particulars { retrieved, ..Particulars::default() };
        let piece = Piece { path: "a.html".to_owned(), body, particulars };
        desk.read(piece, &Given::default()).0.and_then(|a| a.published.value).map(|v| v.to_string())
    };
    assert_eq!(read("2021-05-02T20:00Z").as_deref(), Some("2021-05-03"), "it may be the next day where the outlet is");
    assert_eq!(read("2021-04-30T20:00Z"), None);
}

#[test]
fn a_million_words_in_a_line_are_refused_and_ninety_thousand_are_read() {
    let page = |words: usize| read(format!("<html><body><p>{}", "word ".repeat(words)).as_bytes(), None);
    let (article, notes) = page(1_000_000);
    assert!(article.is_none());
    assert!(notes.iter().any(|n| n.message.contains("kB, over 500 kB")), "{notes:?}");
    assert!(page(90_000).0.is_some_and(|a| a.text.len() > 400_000));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read(&bytes, None);
    }

    #[test]
    fn any_markup_is_read_or_refused(parts in proptest::collection::vec(prop::sample::select(vec![
        "<p>", "</p>", "<div class=date>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<b>", "</b>", "<a rel=author>", "</a>",
        "<h1>", "</h1>", "<time datetime='2021-05-03'>", "</time>", "<meta name=date content='3 May 2021'>", "<svg>", "<title>", "</title>",
        "<template>", "<select>", "<script type=application/ld+json>{\"@type\": \"Article\", \"datePublished\": ", "</script>",
        "<!--", "-->", "Guns fell silent. ", "Published: ", "3 May 2021", " by Ada Bel", "&amp;", "\0", "<", "<body>", "</html>", "é",
    ]), 0..60)) {
        read(parts.concat().as_bytes(), None);
    }
}

#[test]
fn a_page_that_calls_a_machine_of_the_reader_its_own_is_not_believed() {
    for url in
        ["http://169.254.169.254/latest/meta-data/", "http://[::1]/a", "https://printer.local/a", "http://0x7f.1/a"]
    {
        let head = format!("<title>Shells fall</title><link rel=\"canonical\" href=\"{url}\">");
        let page = format!("<!DOCTYPE html><html><head>{head}</head><body>{WORDS}</body></html>");
        let (article, notes) = read(page.as_bytes(), None);
        assert_eq!(article.expect("an article").url, None, "{url}");
        assert!(notes.iter().any(|n| n.kind == "strange-address" && n.message.contains(url)), "{notes:?}");
    }
    let plain = article("<link rel=\"canonical\" href=\"https://daily.example:8443/a\">", WORDS);
    assert_eq!(plain.url.as_deref(), Some("https://daily.example:8443/a"));
}

#[test]
fn the_outlet_stands_behind_a_headline_that_the_page_shows() {
    let told = article(
        "<title>Shells fall on valley | Vestland Daily</title>",
        &format!("<h1>Shells fall on valley</h1>{WORDS}"),
    );
    assert_eq!((told.title(), told.outlet.as_deref()), (Some("Shells fall on valley"), Some("Vestland Daily")));
    let part = article("<title>Orle - what we know</title>", &format!("<h1>Shells fall on valley</h1>{WORDS}"));
    assert_eq!(part.outlet.as_deref(), Some("Vestland Wire"), "the dateline's, as no heading is the rest of the title");
    let signed = format!("<h1>Shells fall on valley</h1><p class=\"byline\">By Vestland Daily</p>{WORDS}");
    let own = article("<title>Shells fall on valley | Vestland Daily</title>", &signed);
    assert!(own.byline.is_empty(), "an outlet is no author in itself: {:?}", own.byline);
}
