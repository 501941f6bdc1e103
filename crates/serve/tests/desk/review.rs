//! Stories of reviewing: two coders in conflict and an editor who settles it, forms sent twice or late, values that
//! cannot be, reports that are read again.

use std::path::Path;

use super::tried::{self, Answer, PASSWORD, Tried};
use evidence::claim::Claim;
use evidence::correction::Kind;
use evidence::figure::Figure;
use evidence::ledger::Reading;
use evidence::{Act, Article, Category, Event, Harm, Ledger, Polarity, Qualifier, Span, Status};
use store::{Accounts, SqliteStore, Store};

const TEXT: &str = "Ostreland shelled Dorne, the ministry said. It killed at least 12, <i>residents</i> said.";

fn words(quote: &str) -> Span {
    let at = TEXT.find(quote).unwrap();
    Span::new(at, at + quote.len())
}

fn reading(claim: &str, figures: Vec<Figure>) -> Reading {
    let shelled = Claim {
        id: claim.into(),
        article: "a0".into(),
        content: words("Ostreland shelled Dorne"),
        cue: Some(words("said")),
        speakers: Vec::new(),
        joint: false,
        act: Act::Assert,
        event: Some(Event::Assault),
        mode: None,
        actors: Vec::new(),
        targets: Vec::new(),
        places: Vec::new(),
        time: None,
        polarity: Polarity::Affirmed,
        status: Status::Actual,
        meaning: None,
        found: Vec::new(),
    };
    let article = Article { id: "a0".into(), path: "dorne.txt".into(), ..Article::of_words(TEXT) };
    let (entities, ceasefires, notes) = (Vec::new(), Vec::new(), Vec::new());
    Reading { article, entities, claims: vec![shelled], figures, ceasefires, notes }
}

fn toll() -> Figure {
    Figure {
        id: "f0toll".into(),
        article: "a0".into(),
        claim: None,
        span: words("at least 12"),
        harm: Harm::Killed,
        low: Some(12),
        high: None,
        qualifier: Qualifier::AtLeast,
        category: Category::Unspecified,
        party: None,
        place: None,
        period: None,
        speakers: Vec::new(),
        superseded: false,
        rule: "harm/killed".into(),
    }
}

fn keep(ledger: &Path, reading: &Reading) {
    SqliteStore::open(ledger).unwrap().save("test", reading).unwrap();
}

/// A desk with two coders, an editor and a reader.
fn filled() -> Tried {
    let mut tried = Tried::prepared(&|s| keep(&s.ledger, &reading("c0shelled", vec![toll()])));
    let mut accounts = Accounts::open(&Accounts::beside(&tried.ledger())).unwrap();
    let password = serve::hash_password("anna", PASSWORD).unwrap();
    for (name, role) in [("anna", "coder"), ("boris", "coder"), ("edda", "editor"), ("rita", "reader")] {
        assert!(accounts.add(name, role, &password, &tried::deed("account")).unwrap());
    }
    tried.accounts = Some(accounts);
    tried
}

/// Somebody at a browser.
struct Person<'a> {
    tried: &'a Tried,
    cookie: String,
    csrf: String,
}

impl Person<'_> {
    async fn open(&self, path: &str) -> Answer {
        self.tried.get(path, &self.cookie).await
    }

    /// Opens an object, fills in some fields and presses a button.
    async fn judge(&self, path: &str, button: &str, fields: &str) -> Answer {
        let page = self.open(path).await;
        assert_eq!(page.status, 200, "{}", page.body);
        self.send(path, &page, button, fields).await
    }

    /// Sends the form of a page that was opened before.
    async fn send(&self, path: &str, page: &Answer, button: &str, fields: &str) -> Answer {
        let (seen, print) = (hidden(&page.body, "seen"), hidden(&page.body, "print"));
        let form = format!("csrf={}&seen={seen}&print={print}&do={button}&{fields}", self.csrf);
        self.tried.post(path, &self.cookie, &form).await
    }
}

fn people<const N: usize>(tried: &mut Tried, names: [&str; N]) -> Vec<(String, String)> {
    names.iter().map(|name| tried.session(name)).collect()
}

fn person<'a>(tried: &'a Tried, session: &(String, String)) -> Person<'a> {
    Person { tried, cookie: session.0.clone(), csrf: session.1.clone() }
}

fn hidden(body: &str, name: &str) -> String {
    let (_, rest) = body.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {body}"));
    rest.split_once('"').unwrap().0.to_owned()
}

/// The first claim as people corrected it.
fn corrected(tried: &Tried) -> Claim {
    let store = SqliteStore::open_existing(&tried.ledger()).unwrap();
    let layer = serve::layer_of(&store).unwrap();
    let ledger = Ledger { readings: store.readings(None).unwrap(), ..Ledger::default() };
    review::corrected(&ledger, &layer).0.readings[0].claims[0].clone()
}

const CLAIM: &str = "/review/claim/c0shelled";

#[tokio::test]
async fn two_coders_in_conflict_and_an_editor_settles() {
    let mut tried = filled();
    let sessions = people(&mut tried, ["anna", "boris", "edda", "rita"]);
    let [anna, boris, edda, rita] = [0, 1, 2, 3].map(|n| person(&tried, &sessions[n]));
    assert_eq!(rita.open(CLAIM).await.status, 403, "who only reads reviews nothing");
    let sent = anna.judge(CLAIM, "correct", "f.act=accuse&why=it+blames").await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(corrected(&tried).act, Act::Accuse, "one coder is believed");
    let (machine, signed) = (anna.open("/claims.jsonl").await, anna.open("/claims.jsonl?corrected=yes").await);
    assert!(signed.body.contains("\"act\":\"accuse\""), "{}", signed.body);
    assert!(machine.body.contains("\"act\":\"assert\""), "the export is what the machine read: {}", machine.body);

    let page = boris.open(CLAIM).await;
    assert!(page.body.contains("1 other has decided"), "that, not what: the two code apart");
    assert!(!page.body.contains("it blames"));
    assert_eq!(boris.judge(CLAIM, "correct", "f.act=announce").await.status, 303);
    assert_eq!(corrected(&tried).act, Act::Assert, "in conflict the machine stands");
    assert!(boris.open(CLAIM).await.body.contains("it blames"), "after one has decided, one sees the others");

    let conflicts = edda.open("/review/conflicts").await;
    for told in ["anna", "boris", "it blames", "value=\"=accuse\"", "value=\"=announce\"", "value=\"=assert\""] {
        assert!(conflicts.body.contains(told), "{told}: {}", conflicts.body);
    }
    assert!(!anna.open("/review/conflicts").await.body.contains(">Settle<"));
    let form = |who: &Person, seen: &str| format!("csrf={}&seen={seen}&f.act=%3Dannounce&why=a+communique", who.csrf);
    let path = "/review/conflicts/claim/c0shelled";
    assert_eq!(tried.post(path, &anna.cookie, &form(&anna, "2")).await.status, 403, "coders do not settle");
    let late = tried.post(path, &edda.cookie, &form(&edda, "1")).await;
    assert_eq!(late.status, 409, "who has not seen the last word does not settle either");
    let seen = hidden(&conflicts.body, "seen");
    assert_eq!(tried.post(path, &edda.cookie, &form(&edda, &seen)).await.status, 303);
    assert_eq!(corrected(&tried).act, Act::Announce);
    assert!(edda.open("/review/conflicts").await.body.contains("Nobody disagrees"));

    let log = anna.open("/review/log").await.body;
    assert!(log.contains("3 in all") && log.contains("settled") && log.contains("a communique"), "{log}");
    let agreement = anna.open("/review/agreement").await.body;
    assert!(agreement.contains("1 reviewed, 1 by two or more"), "{agreement}");
}

#[tokio::test]
async fn a_form_sent_twice_is_kept_once_and_one_sent_late_is_told() {
    let mut tried = filled();
    let sessions = people(&mut tried, ["anna", "boris"]);
    let [anna, boris] = [0, 1].map(|n| person(&tried, &sessions[n]));
    let (of_anna, of_boris) = (anna.open(CLAIM).await, boris.open(CLAIM).await);
    assert_eq!(anna.send(CLAIM, &of_anna, "accept", "").await.status, 303);
    assert_eq!(anna.send(CLAIM, &of_anna, "accept", "").await.status, 303, "the button pressed twice");
    let late = boris.send(CLAIM, &of_boris, "correct", "f.act=deny&why=read+it+again").await;
    assert_eq!(late.status, 409);
    assert!(late.body.contains("anna decided about this since you opened the page"), "{}", late.body);
    assert!(late.body.contains("value=\"deny\" selected") && late.body.contains("read it again"), "nothing is lost");
    assert!(anna.open("/review/log").await.body.contains("1 in all"));
    assert_eq!(boris.send(CLAIM, &late, "correct", "f.act=deny").await.status, 303, "sent again, it is kept");
    assert!(anna.open("/review/log").await.body.contains("2 in all"));
    let back = boris.judge(CLAIM, "take-back", "").await;
    assert_eq!((back.status.as_u16(), corrected(&tried).act), (303, Act::Assert));
}

#[tokio::test]
async fn what_cannot_be_is_told_beside_the_field_and_stays_in_it() {
    let mut tried = filled();
    let sessions = people(&mut tried, ["anna"]);
    let anna = person(&tried, &sessions[0]);
    let wrong = anna.judge("/review/figure/f0toll", "correct", "f.low=30&f.high=20&f.harm=killed").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("the lowest count, 30, is above the highest, 20"), "{}", wrong.body);
    assert!(wrong.body.contains("name=\"f.low\" value=\"30\""));
    for (button, fields, told) in [
        ("accept", "f.act=deny", "you have changed some"),
        ("correct", "f.act=assert", "No field was changed"),
        ("correct", "f.mode=visit", "visit is how CONSULT is done"),
        ("correct", "f.content=nothing+of+it", "do not stand in the report"),
        ("dance", "", "nothing that one can do here"),
        ("take-back", "", "nothing of yours to take back"),
    ] {
        let answer = anna.judge(CLAIM, button, fields).await;
        assert!(answer.status == 422 && answer.body.contains(told), "{button} {fields}: {}", answer.body);
    }
    assert!(anna.open("/review/log").await.body.contains("Nobody has said anything yet"));
    assert_eq!(anna.open("/review/claim/none").await.status, 404);
    assert_eq!(anna.open("/review/battle/c0shelled").await.status, 404);
}

#[tokio::test]
async fn what_was_said_outlives_reading_again() {
    let mut tried = filled();
    let sessions = people(&mut tried, ["anna"]);
    let anna = person(&tried, &sessions[0]);
    assert_eq!(anna.judge(CLAIM, "correct", "f.act=accuse&f.event=").await.status, 303);
    assert_eq!(anna.judge("/review/figure/f0toll", "correct", "f.low=13").await.status, 303);
    let open = anna.open(CLAIM).await;
    keep(&tried.ledger(), &reading("c9anew", Vec::new()));
    let moved = anna.open(CLAIM).await;
    assert_eq!((moved.status.as_u16(), moved.header("location")), (303, "/review/claim/c9anew"));
    let page = anna.open("/review/claim/c9anew").await.body;
    assert!(page.contains("act: accuse, not assert"), "{page}");
    let now = corrected(&tried);
    assert_eq!((now.id.as_str(), now.act, now.event), ("c9anew", Act::Accuse, None));
    let queue = anna.open("/review").await.body;
    assert!(queue.contains("Adrift") && queue.contains("at least 12"), "the figure is nowhere any more: {queue}");
    assert!(anna.open("/review/log").await.body.contains("2 in all"));
    // The form of the page before is refused, and says why.
    let late = anna.send(CLAIM, &open, "reject", "").await;
    assert!(late.status == 409, "{}", late.body);
    let store = SqliteStore::open_existing(&tried.ledger()).unwrap();
    let layer = serve::layer_of(&store).unwrap();
    assert!(layer.of(Kind::Claim, "c9anew").is_some());
}

#[tokio::test]
async fn the_queue_holds_what_one_has_not_decided() {
    let mut tried = filled();
    let sessions = people(&mut tried, ["anna", "boris"]);
    let [anna, boris] = [0, 1].map(|n| person(&tried, &sessions[n]));
    let link = "href=\"/review/claim/c0shelled?";
    let queue = anna.open("/review?order=doubt").await.body;
    assert!(queue.contains(link), "{queue}");
    assert!(!queue.contains("<i>residents</i>"));
    assert_eq!(anna.judge(CLAIM, "reject", "why=no").await.header("location"), "/review?of=claim&order=doubt");
    assert!(!anna.open("/review?order=weight").await.body.contains(link));
    let queue = boris.open("/review?order=weight").await.body;
    assert!(queue.contains(link) && queue.contains("1 other decided"), "{queue}");
    assert!(!boris.open("/review?words=nowhere").await.body.contains(link));
    assert!(boris.open("/review?of=figure").await.body.contains("/review/figure/f0toll?"));
    assert_eq!(boris.open("/review?order=luck").await.status, 400);
}
