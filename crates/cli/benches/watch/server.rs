//! A news site that brings out an article every second: a feed of the newest ones, and a page for each.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use crate::generator::Reports;

/// Of which articles there are.
const SEED: u64 = 20_310_101;
/// How many articles the feed lists.
const LISTED: usize = 60;

/// The running site.
pub struct Server {
    pub port: u16,
    site: Arc<Site>,
}

struct Site {
    port: u16,
    state: Mutex<State>,
    stopped: AtomicBool,
}

struct Article {
    text: String,
    /// When it came out, as feeds write it.
    day: String,
    /// How often it was asked for.
    asked: u32,
}

#[derive(Default)]
struct State {
    articles: Vec<Article>,
    feed_asked: usize,
    feed_unchanged: usize,
}

impl Server {
    /// Starts the site; the first article is out at once.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let site = Arc::new(Site { port, state: Mutex::default(), stopped: AtomicBool::new(false) });
        let publisher = Arc::clone(&site);
        std::thread::spawn(move || publisher.publish());
        let doorman = Arc::clone(&site);
        std::thread::spawn(move || {
            for guest in listener.incoming().filter_map(Result::ok) {
                let site = Arc::clone(&doorman);
                std::thread::spawn(move || site.serve(guest));
            }
        });
        Self { port, site }
    }

    /// Brings out no more articles.
    pub fn stop(&self) {
        self.site.stopped.store(true, Ordering::Relaxed);
    }

    /// How many articles are out.
    pub fn out(&self) -> usize {
        self.site.state().articles.len()
    }

    /// The address of an article.
    pub fn address(&self, n: usize) -> String {
        self.site.address(n)
    }

    /// How many articles were asked for more than once.
    pub fn asked_again(&self) -> usize {
        self.site.state().articles.iter().filter(|a| a.asked > 1).count()
    }

    /// How often the feed was asked for, and how often it had not changed.
    pub fn feed_asked(&self) -> (usize, usize) {
        let state = self.site.state();
        (state.feed_asked, state.feed_unchanged)
    }
}

impl Site {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|broken| broken.into_inner())
    }

    fn address(&self, n: usize) -> String {
        format!("http://127.0.0.1:{}/articles/{n}", self.port)
    }

    fn publish(&self) {
        let mut reports = Reports::of(SEED);
        while !self.stopped.load(Ordering::Relaxed) {
            let text = reports.next().print.reading.article.text;
            let day = jiff::Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
            self.state().articles.push(Article { text, day, asked: 0 });
            std::thread::sleep(Duration::from_secs(1));
        }
    }

    /// Answers one guest until it goes.
    fn serve(&self, guest: TcpStream) {
        let mut reader = BufReader::new(guest);
        while let Some((path, known)) = request(&mut reader) {
            let answer = self.answer(&path, known.as_deref());
            if reader.get_mut().write_all(answer.as_bytes()).is_err() {
                return;
            }
        }
    }

    fn answer(&self, path: &str, known: Option<&str>) -> String {
        let mut state = self.state();
        if path == "/feed" {
            state.feed_asked += 1;
            let tag = format!("\"{}\"", state.articles.len());
            if known == Some(&tag) {
                state.feed_unchanged += 1;
                return format!("HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n");
            }
            let first = state.articles.len().saturating_sub(LISTED);
            let item = |n: usize| {
                let (address, day) = (self.address(n), &state.articles[n].day);
                format!("<item><link>{address}?utm_source=rss</link><pubDate>{day}</pubDate></item>")
            };
            let items: String = (first..state.articles.len()).rev().map(item).collect();
            let body = format!("<rss version=\"2.0\"><channel><title>Bench</title>{items}</channel></rss>");
            return ok(&format!("ETag: {tag}\r\nContent-Type: application/rss+xml"), &body);
        }
        let number = path.strip_prefix("/articles/").and_then(|rest| rest.split('?').next()?.parse::<usize>().ok());
        match number.and_then(|n| state.articles.get_mut(n)) {
            Some(article) => {
                article.asked += 1;
                ok("Content-Type: text/plain; charset=utf-8", &article.text)
            }
            None => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
        }
    }
}

fn ok(headers: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\n{headers}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// The path of the next request, and the tag of what the guest has; none when it has gone.
fn request(reader: &mut BufReader<TcpStream>) -> Option<(String, Option<String>)> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut known = None;
    loop {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("if-none-match") => known = Some(value.trim().to_owned()),
            Some(_) => {}
            None => return Some((path, known)),
        }
    }
}
