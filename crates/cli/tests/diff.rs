//! Articles that change after publication: both versions kept, what changed shown, silent revisions listed.

mod program;

use program::Place;

const TABLE: &str = "\
path,published,outlet,url
reports/v1.txt,2024-05-03T12:00Z,Marle Courier,https://courier.example/dorne
reports/v2.txt,2024-05-03T20:00Z,Marle Courier,http://courier.example/dorne?utm_source=feed#top
";
const FIRST: &str = "\
Shells hit market in Dorne
DORNE, 3 May - At least 12 people were killed when shells hit a market in Dorne on Friday, the health ministry said.
The Orlan army denied that it had fired on the town.
";

/// A place with two versions of an article, the newer one with a line more; gives the summary of reading them.
fn read(line: &str) -> (Place, String) {
    let place = Place::new();
    place.write("reports/v1.txt", FIRST);
    place.write("reports/v2.txt", format!("{}{line}\n", FIRST.replace("least 12", "least 17")));
    place.write("table.csv", TABLE);
    let ran = place.run(&["read", "reports/v1.txt", "reports/v2.txt", "--metadata", "table.csv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    (place, ran.err)
}

#[test]
fn a_silently_revised_toll_is_listed() {
    let (place, summary) = read("Power was out in the whole district.");
    let line = "https://courier.example/dorne (2 versions): killed: at least 12 → at least 17, silently";
    assert!(summary.contains(line), "{summary}");
    let list = place.run(&["diff"]);
    assert!(list.out.contains("silently") && list.out.contains("1 count"), "{}", list.out);
    let one = place.run(&["diff", "https://courier.example/dorne"]).out;
    for part in [
        "At least [-12-] {+17+} people",
        "{+Power was out in the whole district.+}",
        "changed beside the text: published",
    ] {
        assert!(one.contains(part), "{one}");
    }
    // By path and by the start of an id the same article is meant.
    assert_eq!(place.run(&["diff", "reports/v2.txt"]).out, one);
    let tolls = place.run(&["tolls"]).out;
    assert!(tolls.contains("superseded") && tolls.contains("newer version"), "{tolls}");
}

#[test]
fn a_page_that_says_so_has_not_changed_silently() {
    let (place, _) = read("Correction: An earlier version of this report said that 12 people were killed.");
    let json = place.run(&["diff", "--format", "jsonl"]).out;
    assert!(json.contains("\"silent\":false") && !json.contains("\"silent\":true"), "{json}");
    assert!(json.contains("\"notices\":[\"Correction: An earlier version"), "{json}");
    let figures = place.run(&["figures", "--format", "csv"]).out;
    assert_eq!(
        figures.lines().count(),
        3,
        "what the correction takes back is no count of the newer version: {figures}"
    );
}

#[test]
fn versions_are_one_origin_and_one_article_has_none() {
    let (place, _) = read("Power was out.");
    let origins = place.run(&["origins"]).out;
    assert!(
        origins.contains("same address") && origins.lines().filter(|l| l.contains("containment")).count() == 2,
        "{origins}"
    );
    let none = place.run(&["diff", "reports/nothing.txt"]);
    assert_eq!(none.code, 1);
    assert!(none.err.contains("standoff reports --format csv lists them"), "{}", none.err);
}

/// A record of a web archive: a page as it was taken at a time.
fn taken(when: &str, least: u32, more: &str) -> String {
    let page = format!(
        "<html lang=\"en\"><head><title>Shells hit market</title></head><body><article><h1>Shells hit market</h1>\
         <p>DORNE, 3 May 2024 - At least {least} people were killed when shells hit a market in Dorne on Friday, the \
         health ministry said.</p><p>The Orlan army denied that it had fired on the town. It said that its guns had \
         been silent since Thursday.</p>{more}</article></body></html>"
    );
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}", page.len());
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/dorne\r\nWARC-Date: {when}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
}

#[test]
fn captures_of_a_web_archive_are_versions_where_their_words_differ() {
    let place = Place::new();
    let note = "<p>Correction: An earlier version of this story said that 17 people were killed.</p>";
    let captures = [
        taken("2024-05-04T09:00:00Z", 15, note),
        taken("2024-05-03T12:00:00Z", 12, ""),
        taken("2024-05-03T13:00:00Z", 12, ""),
        taken("2024-05-03T18:00:00Z", 17, ""),
    ];
    place.write("crawl.warc", captures.concat());
    let ran = place.run(&["read", "crawl.warc"]);
    assert!(ran.err.contains("4 reports into standoff.db: 3 new, 1 unchanged"), "{}", ran.err);
    let moved = "(3 versions): killed: at least 12 → at least 17, silently; killed: at least 17 → at least 15\n";
    assert!(ran.err.contains(moved), "{}", ran.err);
}

#[test]
fn a_brief_names_the_articles_that_changed() {
    let (place, _) = read("Power was out in the whole district.");
    let brief = place.run(&["brief", "--day", "2024-05-03", "--format", "md"]).out;
    assert!(
        brief.contains("Changed after publication")
            && brief.contains("courier.example/dorne | v1.txt; v2.txt | oldest first"),
        "{brief}"
    );
}
