//! How is one address fetched? Looked at, allowed, in its host's turn, within bounds, from redirect to redirect.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Response, redirect, retry};
use tokio::runtime::{Builder, Runtime};
use url::Url;

use crate::answer::{Answer, Page, Validators, charset};
use crate::error::{Error, Trouble};
use crate::guard::Guard;
use crate::hosts::{Hosts, Turn};
use crate::refusal::{innermost, of_status, of_transport, slow, text};
use crate::resolver::Resolver;
use crate::robots::{self, Rules};

/// Tells the time of day, which a server's date is compared with.
pub type Clock = fn() -> SystemTime;

/// What we would like to have.
const ACCEPT: &str = "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, text/plain, */*;q=0.5";

/// How a client behaves.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Address of a page or a mailbox for those who are asked, part of the user agent.
    pub contact: Option<String>,
    /// Also asks loopback and private networks: only where the user says so for a net of their own.
    pub allow_private: bool,
    /// Ports that are asked besides 80 and 443.
    pub ports: Vec<u16>,
    /// What one address may cost.
    pub limits: Limits,
    /// How much rest hosts are given.
    pub pace: Pace,
}

/// What one address may cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes, after decompression as well.
    pub largest: u64,
    /// Longest time from the first byte asked to the last one had, over all redirects, without waiting for turns.
    pub longest: Duration,
    /// Longest time without a single byte.
    pub silence: Duration,
    /// Most redirects.
    pub redirects: usize,
}

/// How much rest hosts are given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// Least rest of a host between two requests; its robots.txt may ask for more.
    pub rest: Duration,
    /// Longest wait for a host's turn; if it would be longer, that is an error of the kind [`Trouble::Resting`].
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { largest: 20_000_000, longest: Duration::from_secs(60), silence: Duration::from_secs(20), redirects: 10 }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self { rest: Duration::from_secs(2), patience: Duration::from_secs(10) }
    }
}

/// Fetches addresses; may be used by several threads at once.
#[derive(Debug)]
pub struct Client {
    runtime: Runtime,
    http: reqwest::Client,
    /// Whether this machine has certificates to trust.
    trusts: bool,
    guard: Guard,
    limits: Limits,
    pace: Pace,
    clock: Clock,
    hosts: Hosts,
    robots: robots::Known,
}

/// How a request is made.
#[derive(Debug, Clone, Copy)]
struct Manner<'a> {
    validators: &'a Validators,
    /// Whether robots.txt is asked first.
    obeying: bool,
    /// Most bytes, and whether what is over is left there instead of refused.
    most: u64,
    cut: bool,
}

/// What came of one request.
enum Step {
    Done(Answer),
    /// To another address, as the server wrote it.
    Moved(String),
}

impl Client {
    /// A client that knows no host yet. Proxies of the environment are not used: they would look up names for us.
    ///
    /// # Errors
    /// If the contact has characters that no header may have.
    pub fn new(settings: Settings, clock: Clock) -> Result<Self, Error> {
        // Another part of the program may have chosen a provider before; that one is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let guard = Guard { allow_private: settings.allow_private, ports: settings.ports };
        let agent = user_agent(settings.contact.as_deref())?;
        let silence = settings.limits.silence;
        // Without any certificate to trust, what is not encrypted can still be fetched.
        let trusting = http(&agent, silence, &guard).build();
        let trusts = trusting.is_ok();
        let http = trusting.or_else(|_| http(&agent, silence, &guard).tls_certs_only([]).build());
        let http = http.map_err(|e| {
            Error::new(Trouble::Unreachable, format!("the net cannot be used ({})", innermost(&e))).because(e)
        })?;
        let runtime = Builder::new_multi_thread().worker_threads(1).max_blocking_threads(8).enable_all().build();
        let runtime = runtime.map_err(|e| Error::new(Trouble::Unreachable, "no thread can be started").because(e))?;
        let (limits, pace) = (settings.limits, settings.pace);
        let (hosts, robots) = Default::default();
        Ok(Self { runtime, http, trusts, guard, limits, pace, clock, hosts, robots })
    }

    /// What is at an address, unless it is as `validators` say.
    ///
    /// # Errors
    /// If it cannot be had within the limits, or must not be asked for; [`Error::trouble`] tells whether waiting helps.
    pub fn get(&self, url: &str, validators: &Validators) -> Result<Answer, Error> {
        let most = self.limits.largest;
        self.follow(self.guard.url(url)?, Manner { validators, obeying: true, most, cut: false })
    }

    /// The host of an address that may be asked, by which politeness goes.
    ///
    /// # Errors
    /// If it may not be asked, as far as the address itself shows.
    pub fn host(&self, url: &str) -> Result<String, Error> {
        self.guard.url(url).map(|u| host(&u))
    }

    /// Asks from redirect to redirect.
    fn follow(&self, start: Url, manner: Manner<'_>) -> Result<Answer, Error> {
        let mut left = self.limits.longest;
        let mut seen = vec![start];
        loop {
            let url = &seen[seen.len() - 1];
            let rest = if manner.obeying { self.allowed(url)? } else { Duration::ZERO };
            let mut turn = self.hosts.turn(&host(url), self.pace.rest.max(rest), self.pace.patience)?;
            let begun = Instant::now();
            let answered = self.runtime.block_on(async { tokio::time::timeout(left, self.ask(url, manner)).await });
            let step = answered.unwrap_or_else(|_| Err(slow(self.limits.longest)));
            let to = match step.map_err(|e| rested(e, &mut turn))? {
                Step::Done(answer) => return Ok(answer),
                Step::Moved(to) => to,
            };
            drop(turn);
            left = left.saturating_sub(begun.elapsed());
            let next = self.next(url, &to)?;
            if seen.contains(&next) {
                return Err(Error::new(Trouble::Redirects, format!("its redirects go round in a circle, by {next}")));
            }
            if seen.len() > self.limits.redirects {
                let told = format!("it redirects more than {} times, at last to {next}", self.limits.redirects);
                return Err(Error::new(Trouble::Redirects, told));
            }
            seen.push(next);
        }
    }

    /// Where a redirect leads, looked at like any other address.
    fn next(&self, from: &Url, to: &str) -> Result<Url, Error> {
        let wrong = |e| Error::new(Trouble::Redirects, format!("it redirects to what is no address ({e})"));
        let joined = from.join(to).map_err(wrong)?;
        self.guard
            .url(joined.as_str())
            .map_err(|e| Error::new(e.trouble(), format!("it redirects to {joined}, which is not asked: {e}")))
    }

    /// Asks robots.txt, which is had first if it is not known; gives the rest that the host asks for.
    fn allowed(&self, url: &Url) -> Result<Duration, Error> {
        let origin = robots::origin(url);
        let rules = match self.robots.of(&origin) {
            Some(rules) => rules,
            None => self.robots.keep(&origin, self.rules(url)?),
        };
        if !rules.allow(url) {
            let told = format!("robots.txt of {} forbids it to programs; save the page in a browser", host(url));
            return Err(Error::new(Trouble::Robots, told));
        }
        Ok(rules.delay())
    }

    /// The rules of a host: none where it has none, an error where that is not known.
    fn rules(&self, url: &Url) -> Result<Rules, Error> {
        let at = url.join("/robots.txt").map_err(|e| Error::new(Trouble::Address, e.to_string()))?;
        let nothing = Validators::default();
        let manner = Manner { validators: &nothing, obeying: false, most: robots::MOST, cut: true };
        match self.follow(at, manner) {
            Ok(Answer::Page(page)) => Ok(Rules::read(&page.bytes)),
            Ok(Answer::Unchanged) => Ok(Rules::none()),
            Err(e) => match e.trouble() {
                // The server has answered, and has none for us (RFC 9309, section 2.3.1.3).
                Trouble::NotThere | Trouble::Gone | Trouble::Refused | Trouble::Redirects => Ok(Rules::none()),
                Trouble::PrivateAddress | Trouble::Address | Trouble::Later | Trouble::Resting => Err(e),
                trouble => {
                    let wait = self.hosts.turn(&host(url), self.pace.rest, self.pace.patience)?.wants_rest(None);
                    if trouble != Trouble::ServerError {
                        return Err(e.after(wait)); // The host itself cannot be asked.
                    }
                    let told =
                        format!("robots.txt of {} cannot be had, so nothing is known to be allowed: {e}", host(url));
                    Err(Error::new(Trouble::RobotsUnknown, told).because(e).after(wait))
                }
            },
        }
    }

    /// One request, within the time that is left to it.
    async fn ask(&self, url: &Url, manner: Manner<'_>) -> Result<Step, Error> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(ACCEPT));
        let Validators { etag, modified } = manner.validators;
        for (name, value) in [(header::IF_NONE_MATCH, etag), (header::IF_MODIFIED_SINCE, modified)] {
            if let Some(value) = value.as_ref().and_then(|v| HeaderValue::from_str(v).ok()) {
                headers.insert(name, value);
            }
        }
        let send = || self.http.get(url.clone()).headers(headers.clone()).send();
        let response = match send().await {
            // The connection may be one that was kept, and that the server has let go of meanwhile.
            Err(e) if e.is_request() && !e.is_connect() && !e.is_timeout() => send().await,
            sent => sent,
        };
        let response = response.map_err(|e| of_transport(e, self.limits.silence, self.trusts))?;
        let status = response.status();
        let conditional = etag.is_some() || modified.is_some();
        match status.as_u16() {
            200..=299 => self.take(response, manner).await.map(|page| Step::Done(Answer::Page(page))),
            304 if conditional => Ok(Step::Done(Answer::Unchanged)),
            301 | 302 | 303 | 307 | 308 => match text(response.headers(), header::LOCATION) {
                Some(to) => Ok(Step::Moved(to)),
                None => Err(Error::new(Trouble::Redirects, format!("it redirects ({status}) without saying where to"))),
            },
            _ => Err(of_status(status, response.headers(), (self.clock)())),
        }
    }

    /// The body of an answer, as far as it may go.
    async fn take(&self, mut response: Response, manner: Manner<'_>) -> Result<Page, Error> {
        let url = response.url().to_string();
        let header = |name| text(response.headers(), name);
        if let Some(coding) = header(header::CONTENT_ENCODING).filter(|c| !c.eq_ignore_ascii_case("identity")) {
            return Err(Error::new(
                Trouble::BrokenOff,
                format!("it comes in a coding that was not asked for ({coding})"),
            ));
        }
        let validators = Validators { etag: header(header::ETAG), modified: header(header::LAST_MODIFIED) };
        let charset = header(header::CONTENT_TYPE).and_then(|t| charset(&t));
        let too_large = || {
            let told = format!("it is larger than {} bytes, too much for a report", manner.most);
            Error::new(Trouble::TooLarge, told)
        };
        if !manner.cut && response.content_length().is_some_and(|n| n > manner.most) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| of_transport(e, self.limits.silence, self.trusts))? {
            let room = usize::try_from(manner.most).unwrap_or(usize::MAX) - bytes.len();
            if chunk.len() > room && !manner.cut {
                return Err(too_large());
            }
            bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                break;
            }
        }
        Ok(Page { url, bytes, charset, validators })
    }
}

/// How the net is asked, without redirects and proxies.
fn http(agent: &str, silence: Duration, guard: &Guard) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(agent)
        .no_proxy()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .dns_resolver(Resolver { guard: guard.clone() })
        .connect_timeout(silence)
        .read_timeout(silence)
        .pool_max_idle_per_host(1)
        .pool_idle_timeout(Duration::from_secs(30))
}

/// The name we give ourselves.
fn user_agent(contact: Option<&str>) -> Result<String, Error> {
    const OURSELVES: &str = concat!("standoff/", env!("CARGO_PKG_VERSION"));
    let Some(contact) = contact else { return Ok(OURSELVES.to_owned()) };
    if contact.is_empty() || !contact.bytes().all(|b| b.is_ascii_graphic() || b == b' ') || contact.contains(['(', ')'])
    {
        let told = format!("the contact {contact:?} must be plain letters without brackets: a mailbox or an address");
        return Err(Error::new(Trouble::Address, told));
    }
    Ok(format!("{OURSELVES} (+{contact})"))
}

/// A server that wants rest gets it, and the error says how long.
fn rested(error: Error, turn: &mut Turn<'_>) -> Error {
    if error.trouble() != Trouble::Later {
        return error;
    }
    let wait = turn.wants_rest(error.wait());
    error.after(wait)
}

fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

// Several threads use one client.
const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Arc<Client>>();
};
