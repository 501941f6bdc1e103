//! Watching feeds, from a server of our own to the ledger: what is new is read once, whatever happens in between.

mod program;
#[path = "../../fetch/tests/server/mod.rs"]
#[expect(dead_code, reason = "other tests want simpler servers")]
mod server;

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use program::Place;
use rusqlite::Connection;
use server::{Request, Server, ok, send};

/// Nothing in these tests may take longer, however busy the machine is.
const BOUND: Duration = Duration::from_secs(60);

/// A news site: articles by path, the feed that lists them, and what it does to those who ask.
#[derive(Clone, Default)]
struct Site(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    articles: Vec<(String, String)>,
    /// Instead of the feed.
    feed: Option<String>,
    /// Counts up, and with it the tag of the feed, though nothing else changes.
    restless: Option<u32>,
    /// A path that never gets an answer.
    stuck: Option<String>,
    robots: String,
}

impl Site {
    fn start(&self) -> Server {
        let site = self.clone();
        Server::start(move |request, stream| site.answer(request, stream))
    }

    fn article(&self, path: &str, toll: &str) {
        let text = format!(
            "{toll} killed in shelling of Dornau\nDORNAU, 3 May 2031 - {toll} people were killed when artillery shelled \
             the town of Dornau on Friday, the mayor said.\nThe defence ministry of Orrin denied that its forces had \
             shelled the town.\n"
        );
        let mut state = self.0.lock().unwrap();
        state.articles.retain(|(p, _)| p != path);
        state.articles.push((path.to_owned(), text));
    }

    fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.0.lock().unwrap());
    }

    fn answer(&self, request: &Request, stream: &mut TcpStream) {
        let mut state = self.0.lock().unwrap();
        if state.stuck.as_ref() == Some(&request.path) {
            drop(state);
            std::thread::sleep(BOUND);
            return;
        }
        let answer = match request.path.as_str() {
            "/robots.txt" => ok("", state.robots.as_bytes()),
            "/feed" => state.feed(request),
            path => match state.articles.iter().find(|(p, _)| p == path) {
                Some((_, text)) => ok("Content-Type: text/plain; charset=utf-8\r\n", text.as_bytes()),
                None => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
            },
        };
        drop(state);
        send(stream, &answer);
    }
}

impl State {
    fn feed(&mut self, request: &Request) -> Vec<u8> {
        let items: String = self
            .articles
            .iter()
            .map(|(path, _)| {
                format!("<item><link>{path}</link><pubDate>Sat, 03 May 2031 10:00:00 GMT</pubDate></item>")
            })
            .collect();
        let listed = format!("<rss version=\"2.0\"><channel><title>t</title>{items}</channel></rss>");
        let body = self.feed.clone().unwrap_or(listed);
        let tag = match &mut self.restless {
            Some(n) => {
                *n += 1;
                format!("\"{n}\"")
            }
            None => format!("\"{}-{}\"", self.articles.len(), body.len()),
        };
        if request.header("if-none-match") == Some(&tag) {
            return b"HTTP/1.1 304 Not Modified\r\n\r\n".to_vec();
        }
        ok(&format!("ETag: {tag}\r\n"), body.as_bytes())
    }
}

/// A place with a file of feeds, one for each server.
fn place(more: &str, servers: &[&Server]) -> Place {
    let place = Place::new();
    let ports: Vec<String> = servers.iter().map(|s| s.port.to_string()).collect();
    let mut text = format!(
        "contact = \"desk@example.org\"\nallow-private = true\nports = [{}]\nrest = \"0s\"\ninterval = \"1s\"\n{more}\n",
        ports.join(", ")
    );
    for (n, server) in servers.iter().enumerate() {
        text += &format!("[[feed]]\nurl = \"{}\"\nname = \"feed {n}\"\n", server.url("/feed"));
    }
    place.write("feeds.toml", text);
    place
}

/// Addresses in the ledger, sorted, as often as they are there.
fn kept(place: &Place) -> Vec<String> {
    let db = Connection::open(place.path("w.db")).unwrap();
    let mut query = db.prepare("SELECT url FROM article ORDER BY url").unwrap();
    query.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect()
}

const ONCE: [&str; 5] = ["watch", "feeds.toml", "--once", "--ledger", "w.db"];

#[test]
fn what_is_new_is_read_once() {
    let site = Site::default();
    site.article("/a?utm_source=rss", "Four");
    site.article("/b", "Seven");
    let server = site.start();
    let place = place("", &[&server]);
    let ran = place.run(&ONCE);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("new: ") && ran.err.contains("2 reports into w.db: 2 new"), "{}", ran.err);
    assert_eq!(kept(&place), [server.url("/a"), server.url("/b")]);
    let claims = place.run(&["claims", "--ledger", "w.db", "--act", "deny", "--format", "jsonl"]);
    assert_eq!(claims.out.lines().count(), 2, "{claims:?}");
    let export = place.run(&["export", "--ledger", "w.db"]);
    assert!(export.out.contains("the time of fetching"), "what told the time of fetching is kept");

    let again = place.run(&ONCE);
    assert!(again.err.contains("0 reports into w.db"), "{}", again.err);
    assert_eq!(server.asked("/b").len(), 1);
    assert_eq!(server.asked("/feed").len(), 2);
    assert!(server.asked("/feed")[1].header("if-none-match").is_some(), "it is asked whether it has changed");

    // Tags that change, and links that only look new, bring nothing new.
    site.set(|s| s.restless = Some(0));
    site.set(|s| s.articles.push(("/b?fbclid=1#top".into(), String::new())));
    for _ in 0..2 {
        let ran = place.run(&ONCE);
        assert!(ran.err.contains("0 reports into w.db"), "{}", ran.err);
    }
    assert_eq!(kept(&place).len(), 2);
}

#[test]
fn a_bad_feed_is_told_and_the_others_go_on() {
    let (good, bad, bomb) = (Site::default(), Site::default(), Site::default());
    good.article("/a", "Four");
    bad.set(|s| s.feed = Some("<rss version='2.0'><channel><item><title>x</chanel>".into()));
    let laughs = "<!DOCTYPE rss [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><rss version='2.0'>&b;</rss>";
    bomb.set(|s| s.feed = Some(laughs.into()));
    let servers = [bad.start(), bomb.start(), good.start()];
    // Three names of this machine, as one host is asked one thing at a time.
    let place = place("", &[&servers[0], &servers[1], &servers[2]]);
    let ran = place.run(&ONCE);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(
        ran.err.contains("cannot fetch the feed feed 0") && ran.err.contains("no feed that can be read"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("cannot fetch the feed feed 1") && ran.err.contains("stands for others"), "{}", ran.err);
    assert_eq!(kept(&place), [servers[2].url("/a")]);
}

#[test]
fn pages_that_cannot_be_had_are_told_once_and_tried_again_where_that_helps() {
    let site = Site::default();
    site.set(|s| s.robots = "User-agent: *\nDisallow: /closed\n".into());
    site.article("/closed/a", "Four");
    site.article("/closed/b", "Five");
    site.article("/open", "Six");
    let server = site.start();
    site.set(|s| {
        let items = ["/closed/a", "/closed/b", "/open", "/missing", "http://169.254.169.254/latest", "ftp://x/y"];
        let items: String = items.iter().map(|l| format!("<item><link>{l}</link></item>")).collect();
        s.feed = Some(format!("<rss version=\"2.0\"><channel>{items}</channel></rss>"));
    });
    let place = place("", &[&server]);
    let ran = place.run(&ONCE);
    assert_eq!(kept(&place), [server.url("/open")]);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert_eq!(ran.err.matches("standoff: cannot fetch").count(), 3, "robots.txt, not there, private: {}", ran.err);
    assert!(ran.err.contains("Still to be read, the next time: 1"), "{}", ran.err);
    assert!(server.asked("/closed/a").is_empty());
    let db = Connection::open(place.path("w.db")).unwrap();
    let due = |path: &str| -> Option<i64> {
        db.query_row("SELECT due FROM page WHERE url = ?1", [server.url(path)], |r| r.get(0)).unwrap()
    };
    assert_eq!((due("/closed/a"), due("/open")), (None, None));
    assert!(due("/missing").is_some());
}

#[test]
fn a_kill_loses_nothing_and_repeats_nothing() {
    let site = Site::default();
    for (path, toll) in [("/a", "Four"), ("/b", "Five"), ("/c", "Six")] {
        site.article(path, toll);
    }
    site.set(|s| s.stuck = Some("/b".into()));
    let server = site.start();
    let place = place("", &[&server]);
    let mut child = start(&place);
    until(|| !server.asked("/b").is_empty());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(kept(&place), [server.url("/a")], "the rest was not reached");
    site.set(|s| s.stuck = None);
    let ran = place.run(&ONCE);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(kept(&place), [server.url("/a"), server.url("/b"), server.url("/c")]);
    assert_eq!(server.asked("/a").len(), 1, "it was done");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_in_good_order() {
    let site = Site::default();
    site.article("/a", "Four");
    let server = site.start();
    let place = place("", &[&server]);
    let mut child = start(&place);
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(lines.any(|l| l.starts_with("new: ")));
    // It goes on, and reads what comes.
    site.article("/b", "Five");
    assert!(lines.any(|l| l.starts_with("new: ")));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let rest: Vec<String> = lines.collect();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{rest:?}");
    assert!(rest.iter().any(|l| l.contains("2 reports into w.db: 2 new")), "{rest:?}");
    let incidents = place.run(&["incidents", "--ledger", "w.db"]);
    assert_eq!(incidents.code, 0, "{incidents:?}");
}

#[test]
fn a_silent_change_becomes_a_version() {
    let site = Site::default();
    site.article("/a", "Four");
    let server = site.start();
    let place = place("revisit = [\"1s\", \"2d\"]", &[&server]);
    assert_eq!(place.run(&ONCE).code, 0);
    site.article("/a", "Nine");
    std::thread::sleep(Duration::from_millis(2100));
    let ran = place.run(&ONCE);
    assert!(ran.err.contains("changed: "), "{}", ran.err);
    assert_eq!(kept(&place), [server.url("/a"), server.url("/a")], "both are kept");
    let third = place.run(&ONCE);
    assert!(third.err.contains("0 reports"), "it is not yet time again: {}", third.err);
}

#[test]
fn addresses_are_fetched_only_where_that_is_asked_for() {
    let server = Site::default().start();
    let place = Place::new();
    let ran = place.run(&["read", "https://courier.example/a", "--ledger", "w.db"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("cannot read https://courier.example/a") && ran.err.contains("--fetch"), "{}", ran.err);
    let url = server.url("/a");
    for (url, words) in [
        (url.as_str(), "port"),
        ("http://127.0.0.1/a", "not asked: 127.0.0.1 is this machine"),
        ("http://169.254.169.254/latest/meta-data", "not asked"),
    ] {
        let ran = place.run(&["read", "--fetch", url, "reports/denial.txt", "--ledger", "w.db"]);
        assert_eq!(ran.code, 3, "the file is read: {ran:?}");
        assert!(ran.err.contains(&format!("cannot fetch {url}")) && ran.err.contains(words), "{}", ran.err);
    }
    assert!(server.asked("/a").is_empty() && server.asked("/robots.txt").is_empty());
}

#[test]
fn mistakes_in_the_file_of_feeds_are_told_with_their_line() {
    let place = Place::new();
    place.write(
        "feeds.toml",
        "contact = \"a@example.org\"\n[[feed]]\nurl = \"https://example.org/f\"\noutlett = \"x\"\n",
    );
    let ran = place.run(&ONCE);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("cannot use feeds.toml") && ran.err.contains("line 4") && ran.err.contains("outlett"),
        "{}",
        ran.err
    );
    let shipped = include_str!("../../../docs/feeds.toml");
    place.write("feeds.toml", format!("{shipped}\noutlett = \"x\"\n"));
    assert!(place.run(&ONCE).err.contains("unknown field `outlett`"), "the sample itself is right up to there");
}

fn start(place: &Place) -> Child {
    let mut command = place.command(&["watch", "feeds.toml", "--ledger", "w.db"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

fn until(mut so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < BOUND, "it never came so far");
        std::thread::sleep(Duration::from_millis(20));
    }
}
