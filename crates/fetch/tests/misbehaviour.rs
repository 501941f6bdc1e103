//! Servers that misbehave: each gets what it deserves, in bounded time, and one clear line.

mod server;

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, UNIX_EPOCH};

use fetch::{Answer, Client, Error, Limits, Pace, Page, Settings, Trouble, Validators};
use server::{Request, Server, ok, send};

/// Nothing in these tests may take longer, however busy the machine is.
const BOUND: Duration = Duration::from_secs(20);
const LARGEST: u64 = 100_000;

fn settings(server: &Server) -> Settings {
    Settings {
        contact: Some("desk@example.org".into()),
        allow_private: true,
        ports: vec![server.port],
        limits: Limits {
            largest: LARGEST,
            longest: Duration::from_secs(5),
            silence: Duration::from_secs(3),
            redirects: 5,
        },
        pace: Pace { rest: Duration::ZERO, patience: Duration::from_secs(1) },
    }
}

fn client(settings: Settings) -> Client {
    // The tenth day of 1970, to compare dates with.
    Client::new(settings, || UNIX_EPOCH + Duration::from_secs(10 * 86_400)).unwrap()
}

fn get(client: &Client, url: &str) -> Result<Answer, Error> {
    let begun = Instant::now();
    let answer = client.get(url, &Validators::default());
    assert!(begun.elapsed() < BOUND, "{url} took {:?}", begun.elapsed());
    answer
}

fn page(client: &Client, url: &str) -> Page {
    match get(client, url) {
        Ok(Answer::Page(page)) => page,
        other => panic!("{url}: {other:?}"),
    }
}

/// The trouble that a server's answer leads to, and the words.
fn trouble(server: &Server, change: impl Fn(&mut Settings)) -> (Trouble, String) {
    let mut settings = settings(server);
    change(&mut settings);
    let error = get(&client(settings), &server.url("/a")).expect_err("trouble");
    (error.trouble(), error.to_string())
}

fn of(answer: impl Into<Vec<u8>>) -> Trouble {
    trouble(&Server::giving(answer), |_| {}).0
}

#[test]
fn a_good_page_comes_whole_with_what_is_known_of_it() {
    let headers = "Content-Type: text/html; charset=windows-1251\r\nETag: \"7\"\r\nLast-Modified: Tue\r\n";
    let server = Server::giving(ok(headers, b"<p>words"));
    let page = page(&client(settings(&server)), &server.url("/a?b=c#d"));
    assert_eq!(page.url, server.url("/a?b=c"));
    assert_eq!((page.bytes.as_slice(), page.charset.as_deref()), (&b"<p>words"[..], Some("windows-1251")));
    assert_eq!(page.validators, Validators { etag: Some("\"7\"".into()), modified: Some("Tue".into()) });
    let asked = server.asked("/a?b=c").remove(0);
    let agent = asked.header("user-agent").unwrap();
    assert!(agent.starts_with("standoff/") && agent.ends_with(" (+desk@example.org)"), "{agent}");
}

#[test]
fn a_server_that_says_nothing_is_left() {
    let server = Server::start(|request, stream| match request.path.as_str() {
        "/robots.txt" => send(stream, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        _ => std::thread::sleep(BOUND),
    });
    let (trouble, told) = trouble(&server, |s| s.limits.silence = Duration::from_millis(300));
    assert_eq!(trouble, Trouble::Slow, "{told}");
    assert!(told.contains("0.3 seconds"), "{told}");
}

#[test]
fn a_server_that_gives_a_byte_now_and_then_is_left() {
    let server = Server::start(|request, stream| {
        if request.path == "/robots.txt" {
            return send(stream, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        }
        send(stream, b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let (trouble, told) = trouble(&server, |s| s.limits.longest = Duration::from_millis(700));
    assert_eq!(trouble, Trouble::Slow, "{told}");
}

#[test]
fn a_body_without_end_is_cut_off() {
    let server = Server::start(|request, stream| {
        if request.path == "/robots.txt" {
            return send(stream, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        }
        send(stream, b"HTTP/1.1 200 OK\r\n\r\n");
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    let (trouble, told) = trouble(&server, |_| {});
    assert_eq!(trouble, Trouble::TooLarge, "{told}");
    assert!(told.contains("larger than 100000 bytes"), "{told}");
}

#[test]
fn what_is_small_only_while_compressed_is_cut_off() {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..500 {
        zip.write_all(&[0; 100_000]).unwrap();
    }
    let bomb = zip.finish().unwrap();
    assert!((bomb.len() as u64) < LARGEST, "{}", bomb.len());
    assert_eq!(of(ok("Content-Encoding: gzip\r\n", &bomb)), Trouble::TooLarge);
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    zip.write_all(b"words").unwrap();
    let server = Server::giving(ok("Content-Encoding: gzip\r\n", &zip.finish().unwrap()));
    assert_eq!(page(&client(settings(&server)), &server.url("/a")).bytes, b"words");
}

#[test]
fn a_wrong_length_is_noticed_or_kept_to() {
    assert_eq!(of(*b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"), Trouble::BrokenOff);
    assert_eq!(of(*b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\nshort"), Trouble::TooLarge, "refused unread");
    assert_eq!(of(*b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"), Trouble::BrokenOff);
    assert_eq!(of(*b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), Trouble::BrokenOff);
    let server = Server::giving(*b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwordsHTTP/1.1 200 OK\r\n\r\nsmuggled");
    let client = client(settings(&server));
    for _ in 0..3 {
        assert_eq!(page(&client, &server.url("/a")).bytes, b"words", "what is over belongs to no answer");
    }
}

#[test]
fn what_is_no_answer_is_said_to_be_none() {
    assert_eq!(of(*b"220 mail.example.org ESMTP\r\n"), Trouble::BrokenOff);
    assert_eq!(of(*b""), Trouble::BrokenOff);
    assert_eq!(of(*b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nthis is no gzip"), Trouble::BrokenOff);
    assert_eq!(of(*b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nabc"), Trouble::BrokenOff);
    assert_eq!(of(format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(100_000))), Trouble::BrokenOff);
    assert_eq!(of(*b"HTTP/1.1 304 Not Modified\r\n\r\n"), Trouble::BrokenOff, "nobody asked whether it has changed");
}

#[test]
fn statuses_say_whether_to_come_again() {
    for (status, trouble, passes) in [
        ("404 Not Found", Trouble::NotThere, true),
        ("410 Gone", Trouble::Gone, false),
        ("403 Forbidden", Trouble::Refused, false),
        ("451 Unavailable", Trouble::Refused, false),
        ("500 Oops", Trouble::ServerError, true),
        ("503 Busy", Trouble::ServerError, true),
        ("503 Busy\r\nRetry-After: 9", Trouble::Later, true),
    ] {
        let found = of(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"));
        assert_eq!((found, found.passes()), (trouble, passes), "{status}");
    }
}

#[test]
fn redirects_are_followed_and_never_for_ever() {
    let moved = |to: &str| format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes();
    let server = Server::start(move |request, stream| {
        let answer = match request.path.as_str() {
            "/a" => moved("/b/c?d=e"),
            "/b/c?d=e" => moved("../f#g"),
            "/f" => ok("", b"words"),
            "/x" => moved("/y"),
            "/y" => moved("/x"),
            "/nowhere" => b"HTTP/1.1 302 Found\r\n\r\n".to_vec(),
            path => match path.strip_prefix("/n").and_then(|n| n.parse::<u32>().ok()) {
                Some(n) => moved(&format!("/n{}", n + 1)),
                None => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
            },
        };
        send(stream, &answer);
    });
    let client = client(settings(&server));
    assert_eq!(page(&client, &server.url("/a")).url, server.url("/f"));
    for (path, words) in [("/x", "in a circle"), ("/n1", "more than 5 times"), ("/nowhere", "without saying where")] {
        let error = get(&client, &server.url(path)).expect_err(path);
        assert_eq!(error.trouble(), Trouble::Redirects, "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
    assert_eq!(server.asked("/robots.txt").len(), 1, "it is remembered");
}

#[test]
fn a_redirect_leads_into_no_private_network() {
    for to in [
        "http://169.254.169.254/latest/meta-data",
        "http://[fd00:ec2::254]/",
        "file:///etc/passwd",
        "http://u:p@127.0.0.1/",
    ] {
        let server = Server::giving(format!("HTTP/1.1 301 Moved\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"));
        let (trouble, told) = trouble(&server, |_| {});
        assert!(matches!(trouble, Trouble::PrivateAddress | Trouble::Address), "{to}: {trouble:?}");
        assert!(told.contains("redirects to"), "{told}");
    }
}

#[test]
fn names_that_mean_machines_of_our_own_are_not_asked() {
    let server = Server::giving(ok("", b"secret"));
    let mut settings = settings(&server);
    settings.allow_private = false;
    let client = client(settings);
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        let error = get(&client, &format!("http://{host}:{}/a", server.port)).expect_err(host);
        assert_eq!(error.trouble(), Trouble::PrivateAddress, "{host}: {error}");
    }
    assert!(server.asked("/a").is_empty() && server.asked("/robots.txt").is_empty());
}

#[test]
fn a_server_that_wants_rest_gets_it() {
    let answer = |wait: &str| format!("HTTP/1.1 429 Slow down\r\n{wait}Content-Length: 0\r\n\r\n");
    for (header, seconds) in [
        ("Retry-After: 120\r\n", 120),
        ("Retry-After: Sun, 11 Jan 1970 00:05:00 GMT\r\n", 300),
        ("", 30),
        ("Retry-After: soon\r\n", 30),
    ] {
        let server = Server::giving(answer(header));
        let client = client(settings(&server));
        let error = get(&client, &server.url("/a")).expect_err("it wants rest");
        assert_eq!((error.trouble(), error.wait()), (Trouble::Later, Some(Duration::from_secs(seconds))), "{header}");
        let again = get(&client, &server.url("/b")).expect_err("it rests");
        assert_eq!(again.trouble(), Trouble::Resting, "{again}");
        assert!(again.wait() > Some(Duration::from_secs(seconds / 2)), "{again}");
        assert!(server.asked("/b").is_empty(), "it is not asked meanwhile");
    }
}

#[test]
fn a_server_in_trouble_is_fine_the_next_time() {
    let times = AtomicUsize::new(0);
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/robots.txt" => send(stream, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        _ if times.fetch_add(1, Ordering::Relaxed) < 2 => {
            send(stream, b"HTTP/1.1 502 Bad\r\nContent-Length: 0\r\n\r\n")
        }
        _ => send(stream, &ok("", b"words")),
    });
    let client = client(settings(&server));
    for _ in 0..2 {
        assert_eq!(get(&client, &server.url("/a")).expect_err("trouble").trouble(), Trouble::ServerError);
    }
    assert_eq!(page(&client, &server.url("/a")).bytes, b"words");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = Server::start(|request: &Request, stream| match request.path.as_str() {
        "/robots.txt" => send(stream, b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"),
        _ if request.header("if-none-match") == Some("\"1\"") => send(stream, b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        _ => send(stream, &ok("ETag: \"2\"\r\n", b"words")),
    });
    let client = client(settings(&server));
    let known =
        |etag: &str| Validators { etag: Some(etag.into()), modified: Some("Sat, 10 Jan 1970 00:00:00 GMT".into()) };
    assert_eq!(client.get(&server.url("/a"), &known("\"1\"")).unwrap(), Answer::Unchanged);
    let Ok(Answer::Page(page)) = client.get(&server.url("/a"), &known("\"0\"")) else { panic!("it has changed") };
    assert_eq!(page.validators.etag.as_deref(), Some("\"2\""));
    let asked = server.asked("/a");
    assert_eq!(asked[0].header("if-modified-since"), Some("Sat, 10 Jan 1970 00:00:00 GMT"));
    // What no header may hold is left out.
    assert!(client.get(&server.url("/a"), &Validators { etag: Some("a\nb".into()), modified: None }).is_ok());
}

#[test]
fn robots_txt_is_obeyed_and_asked_for_once() {
    let rules = "User-agent: *\nDisallow: /closed\nCrawl-delay: 90\n";
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/robots.txt" => send(stream, &ok("", rules.as_bytes())),
        _ => send(stream, &ok("", b"words")),
    });
    let client = client(settings(&server));
    let error = get(&client, &server.url("/closed/a")).expect_err("forbidden");
    assert_eq!(error.trouble(), Trouble::Robots, "{error}");
    assert!(server.asked("/closed/a").is_empty());
    page(&client, &server.url("/open"));
    let rest = get(&client, &server.url("/open")).expect_err("it asks for a rest of 90 seconds");
    assert_eq!(rest.trouble(), Trouble::Resting);
    assert!(rest.wait() > Some(Duration::from_secs(60)), "{rest}");
    assert_eq!(server.asked("/robots.txt").len(), 1);
}

#[test]
fn without_word_from_robots_txt_nothing_is_asked() {
    for (status, trouble) in [("500 Oops", Trouble::RobotsUnknown), ("429 Slow down", Trouble::Later)] {
        let server = Server::start(move |request, stream| match request.path.as_str() {
            "/robots.txt" => send(stream, format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").as_bytes()),
            _ => send(stream, &ok("", b"words")),
        });
        let error = get(&client(settings(&server)), &server.url("/a")).expect_err(status);
        assert_eq!(error.trouble(), trouble, "{error}");
        assert!(error.wait().is_some(), "{error}");
        assert!(server.asked("/a").is_empty());
    }
    // One that is forbidden or far too long is none, or as much of it as is read.
    for robots in [
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".to_vec(),
        ok("", "User-agent: *\nDisallow: /b\n#".repeat(100_000).as_bytes()),
    ] {
        let server = Server::start(move |request, stream| match request.path.as_str() {
            "/robots.txt" => send(stream, &robots),
            _ => send(stream, &ok("", b"words")),
        });
        page(&client(settings(&server)), &server.url("/a"));
    }
}

#[test]
fn where_nobody_listens_is_told() {
    let server = Server::giving("");
    let mut settings = settings(&server);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    settings.ports.push(free);
    let client = client(settings);
    for url in [format!("http://127.0.0.1:{free}/"), "http://no-such-name.invalid/".to_owned()] {
        let error = get(&client, &url).expect_err(&url);
        assert_eq!(error.trouble(), Trouble::Unreachable, "{url}: {error}");
    }
}

#[test]
fn a_contact_must_fit_a_header() {
    for contact in ["", "a\nb", "a (b)", "bücher"] {
        let settings = Settings { contact: Some(contact.into()), ..Settings::default() };
        assert!(Client::new(settings, || UNIX_EPOCH).is_err(), "{contact:?}");
    }
}
