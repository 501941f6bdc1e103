//! One claim or figure to be reviewed: its words in their context, every field as the machine read it, and a form to
//! accept, reject or correct it.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use evidence::correction::{
    Anchor, Draft, Kind, Object, Values, Verdict, Wrong, correct_claim, correct_figure, of_claim, of_figure,
};
use evidence::{Article, Claim, Figure, Ledger};
use publish::{Book, wording};
use review::{Layer, Standing, Word};
use store::{Kept, SqliteStore, Store, Wanted};

use super::candidates::Ask;
use super::context::{self, Context};
use super::form::{self, Control, Fill, Input};
use super::plain::said;
use super::queue::{self, Place};
use super::{Pairs, field_of};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::pages::{Frame, Page};

/// Reasons longer than this are refused; in bytes.
const LONGEST_WHY: usize = 4000;

#[derive(Template)]
#[template(path = "review-item.html")]
struct Item {
    frame: Frame,
    kind: &'static str,
    id: String,
    /// Id of the report, with its name and date.
    article: String,
    report: String,
    context: Context,
    controls: Vec<Control>,
    /// Of the form.
    seen: u64,
    print: String,
    why: String,
    place: Place,
    /// What whoever looks has said so far, in words.
    own: Option<Own>,
    /// How many others have said something; what, is not shown before one has decided.
    others: usize,
    /// What they said, once one has decided.
    words: Vec<Said>,
    /// What went wrong with what was sent.
    notice: Option<String>,
    doubts: Vec<&'static str>,
    found: Vec<String>,
    parties: Vec<String>,
    entities: Vec<(String, String)>,
    may_settle: bool,
    in_conflict: bool,
}

struct Own {
    line: String,
    why: String,
}

struct Said {
    who: String,
    line: String,
    why: String,
}

/// An object of the ledger with all that is needed to review it.
struct Found {
    ledger: Ledger,
    object: Object,
    standing: Option<Standing>,
    machine: Values,
    anchor: Anchor,
}

/// What was sent and could not be kept, to be shown again.
struct Sent {
    values: Values,
    why: String,
    notice: Option<String>,
    wrong: Vec<Wrong>,
    /// What whoever sent it is now shown to have seen.
    seen: Option<u64>,
    status: StatusCode,
}

pub(super) async fn show(
    State(desk): State<Desk>,
    who: Who,
    Path((kind, id)): Path<(String, String)>,
    Query(query): Query<Pairs>,
) -> Result<Response, Fault> {
    let object = named(&kind, id)?;
    let ask = queue::ask_of(&query)?;
    let frame = Frame::new(&desk, who.clone(), "/review", "");
    let loaded = desk.look_with_layer(move |look, layer| {
        let found = match find(look.ledger, layer, &object)? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(Err(elsewhere)),
        };
        let place = queue::place_of(look, layer, &who.name, &ask, &found.object)?;
        Ok(Ok(drawn(frame, &found, &who, place, None)?))
    });
    match loaded.await? {
        Ok(item) => Ok(Page::of(&item)?.into_response()),
        Err(elsewhere) => {
            let to = format!("/review/{}/{}", elsewhere.kind.as_str(), elsewhere.id);
            Ok(Redirect::to(&to).into_response())
        }
    }
}

pub(super) async fn post(
    State(desk): State<Desk>,
    who: Who,
    Path((kind, id)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Fault> {
    let object = named(&kind, id)?;
    let ask = queue::ask_of(&pairs)?;
    let at = desk.now();
    let (name, sent) = (who.name.clone(), pairs.clone());
    let judged = desk.look_with_layer(move |look, layer| {
        let found = find(look.ledger, layer, &object)?.map_err(|_| moved())?;
        let draft = judge(&found, &name, at, &sent);
        Ok((found, draft))
    });
    let (found, draft) = judged.await?;
    let seen = field_of(&pairs, "seen").parse().unwrap_or(0);
    let again = match draft {
        Err(again) => *again,
        Ok(draft) => {
            let ids = found.standing.as_ref().map(|s| s.ids.clone()).unwrap_or_default();
            let taken_back = matches!(draft.verdict, Verdict::TakeBack(_));
            match desk.correct(draft, seen, ids).await? {
                Kept::New(_) | Kept::Already(_) => {
                    let to = if taken_back { here(&found.object, &ask) } else { onward(&pairs, &ask) };
                    return Ok(Redirect::to(&to).into_response());
                }
                Kept::Behind(later) => behind(&found, &who.name, &pairs, &later),
            }
        }
    };
    let frame = Frame::new(&desk, who.clone(), "/review", "");
    let status = again.status;
    let redrawn = desk.look_with_layer(move |look, layer| {
        let found = find(look.ledger, layer, &found.object)?.map_err(|_| moved())?;
        let place = queue::place_of(look, layer, &who.name, &ask, &found.object)?;
        drawn(frame, &found, &who, place, Some(again))
    });
    Ok((status, Page::of(&redrawn.await?)?).into_response())
}

/// What is to be kept, or the form again with what is wrong.
fn judge(found: &Found, coder: &str, at: i64, pairs: &Pairs) -> Result<Draft, Box<Sent>> {
    let why = field_of(pairs, "why").replace("\r\n", "\n").trim().to_owned();
    let own = found.standing.as_ref().and_then(|s| s.word_of(coder)).filter(|w| w.stands);
    let shown = own.map_or(&found.machine, |w| &w.values);
    let sent = form::sent(found.object.kind, pairs);
    let values = sent.clone().unwrap_or_default();
    let again = |notice: String, wrong: Vec<Wrong>| {
        let (values, why) = (values.clone(), why.clone());
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Box::new(Sent { values, why, notice: Some(notice), wrong, seen: None, status })
    };
    if let Err(too_long) = sent {
        return Err(again(too_long, Vec::new()));
    }
    if why.len() > LONGEST_WHY {
        return Err(again("The reason is too long; say it in fewer words.".to_owned(), Vec::new()));
    }
    let print = field_of(pairs, "print");
    if !print.is_empty() && print != found.anchor.print() {
        let told = "The report was read again since this page was opened, and this is read otherwise now. What you \
                    entered is kept below: look at the machine's values once more, and send it again.";
        return Err(Box::new(Sent { status: StatusCode::CONFLICT, ..*again(told.to_owned(), Vec::new()) }));
    }
    let changed: Values =
        values.iter().filter(|(f, v)| shown.get(f).is_none_or(|s| s.trim() != v.trim())).map(pair).collect();
    let differs = values.iter().any(|(f, v)| found.machine.get(f).is_none_or(|s| s.trim() != v.trim()));
    let verdict = match field_of(pairs, "do") {
        "accept" if differs && !changed.is_empty() => {
            let told = "To accept says that every field is right as the machine read it, and you have changed some. Save \
                        your changes, or undo them and accept.";
            return Err(again(told.to_owned(), Vec::new()));
        }
        "accept" => Verdict::Accept,
        "reject" => Verdict::Reject,
        "correct" if changed.is_empty() => {
            let told = "No field was changed. If all are right, accept; if the text says no such thing, reject.";
            return Err(again(told.to_owned(), Vec::new()));
        }
        "correct" => {
            let mut all = own.map(|w| w.values.clone()).unwrap_or_default();
            all.extend(changed.clone());
            match canonical(found, &all) {
                Ok(values) => Verdict::Correct(values.into_iter().filter(|(f, _)| changed.contains_key(f)).collect()),
                Err(wrong) => {
                    let told = "Some values cannot be. What is wrong stands beside each.";
                    return Err(again(told.to_owned(), wrong));
                }
            }
        }
        "take-back" => match found.standing.as_ref().and_then(|s| s.last_of(coder)) {
            Some(number) => Verdict::TakeBack(number),
            None => return Err(again("There is nothing of yours to take back.".to_owned(), Vec::new())),
        },
        other => return Err(again(format!("{other:?} is nothing that one can do here."), Vec::new())),
    };
    let (object, anchor) = (found.object.clone(), found.anchor.clone());
    Ok(Draft { object, anchor, coder: coder.to_owned(), at, settles: false, verdict, why })
}

/// All fields as they are written, once some have been put in.
fn canonical(found: &Found, values: &Values) -> Result<Values, Vec<Wrong>> {
    let (article, claim, figure) = found.parts();
    if let Some(c) = claim {
        return correct_claim(article, c, values).map(|c| of_claim(article, &c));
    }
    match figure {
        Some(f) => correct_figure(article, f, values).map(|f| of_figure(article, &f)),
        None => Ok(values.clone()),
    }
}

fn behind(found: &Found, coder: &str, pairs: &Pairs, later: &[evidence::Correction]) -> Sent {
    let mut others: Vec<&str> = later.iter().map(|c| c.said.coder.as_str()).collect();
    others.sort_unstable();
    others.dedup();
    let who = others.iter().map(|o| if *o == coder { "you, in another window," } else { o }).collect::<Vec<_>>();
    let notice = format!(
        "Nothing was kept yet: {} decided about this since you opened the page. What you entered is still here. Send it \
         again to add your own word, or go on to the next.",
        who.join(" and ")
    );
    Sent {
        values: form::sent(found.object.kind, pairs).unwrap_or_default(),
        why: field_of(pairs, "why").to_owned(),
        notice: Some(notice),
        wrong: Vec::new(),
        seen: later.last().map(|c| c.number),
        status: StatusCode::CONFLICT,
    }
}

fn drawn(mut frame: Frame, found: &Found, who: &Who, place: Place, again: Option<Sent>) -> Result<Item, Fault> {
    let (article, claim, figure) = found.parts();
    let book = Book::new(&found.ledger);
    let reading = found.ledger.readings.iter().find(|r| r.article.id == article.id);
    let reading = reading.ok_or_else(|| Fault::missing("report"))?;
    let of_figure = figure.and_then(|f| f.claim.as_deref()).and_then(|c| book.claim(c));
    let context = match (claim, figure) {
        (Some(c), _) => context::of_claim(&article.text, c, &reading.figures),
        (None, Some(f)) => context::of_figure(&article.text, f, of_figure),
        (None, None) => return Err(Fault::missing("object")),
    };
    let own = found.standing.as_ref().and_then(|s| s.word_of(&who.name));
    let shown = own.filter(|w| w.stands).map_or(&found.machine, |w| &w.values);
    let others: Vec<&Word> = found.standing.iter().flat_map(|s| &s.words).filter(|w| w.coder != who.name).collect();
    let decision = found.standing.as_ref().and_then(|s| s.decision.as_ref());
    let dated = article.published.value.is_some();
    let doubts = match (claim, figure) {
        (Some(c), _) => evidence::doubt::of_claim(c, dated),
        (None, Some(f)) => evidence::doubt::of_figure(f, dated),
        (None, None) => evidence::doubt::Doubts::default(),
    };
    let (values, why, notice, wrong, seen) = match again {
        Some(s) => (s.values, s.why, s.notice, s.wrong, s.seen),
        None => (shown.clone(), String::new(), None, Vec::new(), None),
    };
    let mut filled = shown.clone();
    filled.extend(values);
    let told = |w: &Word, name: String| Said { who: name, line: in_words(w, &found.machine), why: w.why.clone() };
    let mut words: Vec<Said> = Vec::new();
    if own.is_some() {
        words.extend(others.iter().map(|w| told(w, w.coder.clone())));
        words.extend(decision.map(|w| told(w, format!("{} decided", w.coder))));
    }
    let kind = found.object.kind;
    frame.title = format!("Review a {}", kind.as_str());
    let date = wording::published(article);
    let outlet = article.outlet.clone().unwrap_or_else(|| article.path.clone());
    let last = found.standing.as_ref().map_or(0, |s| s.last);
    Ok(Item {
        frame,
        kind: kind.as_str(),
        id: found.object.id.clone(),
        article: article.id.clone(),
        report: if date.is_empty() { outlet } else { format!("{outlet}, {date}") },
        context,
        controls: form::controls(kind, &filled, &found.machine, &wrong),
        seen: seen.unwrap_or(last),
        print: found.anchor.print(),
        why,
        place,
        own: own.map(|w| Own { line: in_words(w, &found.machine), why: w.why.clone() }),
        others: others.len(),
        words,
        notice,
        doubts: doubts.iter().map(evidence::doubt::Doubt::about).collect(),
        found: claim.map_or_else(
            || figure.map(|f| vec![f.rule.clone()]).unwrap_or_default(),
            |c| c.found.iter().map(|f| format!("{}: {}", f.rule, f.reason)).collect(),
        ),
        parties: book.entities().iter().filter_map(|e| e.id.strip_prefix("party:").map(str::to_owned)).collect(),
        entities: book.entities().iter().map(|e| (e.id.clone(), e.name.clone())).collect(),
        may_settle: who.may(Role::Editor),
        in_conflict: own.is_some()
            && found.standing.as_ref().is_some_and(|s| s.verdict() == Some(review::Verdict::Disputed)),
    })
}

/// A coder's word in one line: "act: accuse, not assert; event: not said, not ASSAULT".
pub(super) fn in_words(word: &Word, machine: &Values) -> String {
    if !word.stands {
        return "rejected: the text says no such thing".to_owned();
    }
    let differing = word.values.iter().filter(|(f, v)| machine.get(f) != Some(v));
    let lines: Vec<String> = differing
        .map(|(f, v)| format!("{f}: {}, not {}", said(*f, v), said(*f, machine.get(f).map_or("", String::as_str))))
        .collect();
    if lines.is_empty() { "accepted as read".to_owned() } else { lines.join("; ") }
}

impl Found {
    fn parts(&self) -> (&Article, Option<&Claim>, Option<&Figure>) {
        let reading = self.ledger.readings.iter().find(|r| r.article.id == self.anchor.article);
        let reading = reading.unwrap_or(&self.ledger.readings[0]);
        let claim = reading.claims.iter().find(|c| self.object.kind == Kind::Claim && c.id == self.object.id);
        let figure = reading.figures.iter().find(|f| self.object.kind == Kind::Figure && f.id == self.object.id);
        (&reading.article, claim, figure)
    }
}

/// The object, or the one to which what was said of it belongs now.
fn find(store: &SqliteStore, layer: &Layer, object: &Object) -> Result<Result<Found, Object>, Fault> {
    let ids = vec![object.id.clone()];
    let wanted = match object.kind {
        Kind::Claim => Wanted { claims: ids, ..Wanted::default() },
        Kind::Figure => Wanted { figures: ids, ..Wanted::default() },
    };
    let ledger = store.excerpt(&wanted)?;
    let anchor = ledger.readings.iter().find_map(|r| match object.kind {
        Kind::Claim => r.claims.iter().find(|c| c.id == object.id).map(|c| Anchor::of_claim(&r.article, c)),
        Kind::Figure => r.figures.iter().find(|f| f.id == object.id).map(|f| Anchor::of_figure(&r.article, f)),
    });
    let Some(anchor) = anchor else {
        let now = layer.all().find(|s| s.object.kind == object.kind && s.ids.contains(&object.id));
        return now.map(|s| Err(s.object.clone())).ok_or_else(|| Fault::missing(object.kind.as_str()));
    };
    let standing = layer.of(object.kind, &object.id).cloned();
    Ok(Ok(Found { machine: anchor.read.clone(), ledger, object: object.clone(), standing, anchor }))
}

fn named(kind: &str, id: String) -> Result<Object, Fault> {
    let kind = Kind::parse(kind).ok_or_else(|| Fault::missing("kind of object"))?;
    Ok(Object { kind, id })
}

fn moved() -> Fault {
    let told = "the report was read again meanwhile; open the page anew, and nothing that you said before is lost";
    Fault::new(StatusCode::CONFLICT, "read-again", told)
}

fn here(object: &Object, ask: &Ask) -> String {
    format!("/review/{}/{}?{}", object.kind.as_str(), object.id, queue::query(ask))
}

/// To the next that the form names, or back to the queue.
fn onward(pairs: &Pairs, ask: &Ask) -> String {
    let next = field_of(pairs, "next");
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let safe = next.split_once('/').is_some_and(|(kind, id)| Kind::parse(kind).is_some() && id.chars().all(plain));
    if safe { format!("/review/{next}?{}", queue::query(ask)) } else { format!("/review?{}", queue::query(ask)) }
}

fn pair((field, value): (&evidence::correction::Field, &String)) -> (evidence::correction::Field, String) {
    (*field, value.clone())
}

/// What a program says of an object, by the names and in the form that corrections have.
pub(crate) struct Saying {
    pub object: Object,
    /// `accept`, `reject`, `correct`, `take-back`.
    pub verdict: String,
    /// The fields that are otherwise.
    pub values: Values,
    pub why: String,
    /// Number of the last correction of the object that whoever says this knew of; 0 for none.
    pub seen: u64,
}

/// Keeps what a program says; what it says of an object is checked as what people say is.
pub(crate) async fn say(desk: &Desk, who: &Who, saying: Saying) -> Result<Kept, Fault> {
    let (coder, at, seen) = (who.name.clone(), desk.now(), saying.seen);
    let judged = desk.look_with_layer(move |look, layer| {
        let found = find(look.ledger, layer, &saying.object)?.map_err(|_| moved())?;
        let verdict = verdict_of(&found, &coder, &saying)?;
        let ids = found.standing.as_ref().map(|s| s.ids.clone()).unwrap_or_default();
        let (object, anchor, why) = (found.object, found.anchor, saying.why.trim().to_owned());
        Ok((Draft { object, anchor, coder, at, settles: false, verdict, why }, ids))
    });
    let (draft, ids) = judged.await?;
    desk.correct(draft, seen, ids).await
}

fn verdict_of(found: &Found, coder: &str, saying: &Saying) -> Result<Verdict, Fault> {
    if saying.why.len() > LONGEST_WHY {
        return Err(Fault::asked(format!("why: at most {LONGEST_WHY} bytes")));
    }
    let own = found.standing.as_ref().and_then(|s| s.word_of(coder)).filter(|w| w.stands);
    let last = || found.standing.as_ref().and_then(|s| s.last_of(coder));
    match saying.verdict.as_str() {
        "accept" => Ok(Verdict::Accept),
        "reject" => Ok(Verdict::Reject),
        "take-back" => {
            last().map(Verdict::TakeBack).ok_or_else(|| Fault::asked("there is nothing of yours to take back"))
        }
        "correct" if saying.values.is_empty() => Err(Fault::asked("values: say which fields are otherwise")),
        "correct" => {
            let mut all = own.map_or_else(|| found.machine.clone(), |w| w.values.clone());
            all.extend(saying.values.clone());
            let told = |w: &Wrong| format!("{}: {}", w.field, w.message);
            let values = canonical(found, &all)
                .map_err(|wrong| Fault::asked(wrong.iter().map(told).collect::<Vec<_>>().join("; ")))?;
            Ok(Verdict::Correct(values.into_iter().filter(|(f, _)| saying.values.contains_key(f)).collect()))
        }
        other => Err(Fault::asked(format!("verdict: “{other}” is none of accept, reject, correct, take-back"))),
    }
}
