//! One claim or figure to be reviewed: its words in their context, every field as the machine read it, and a form to
//! accept, reject or correct it.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use evidence::correction::{Kind, Object, Values, Verdict};
use publish::{Book, wording};
use review::Word;
use store::Kept;

use super::candidates::Ask;
use super::context::{self, Context};
use super::form::{self, Control, Fill, Input};
use super::judge::{Found, Sent, behind, find, judge, moved};
use super::plain::said;
use super::queue::{self, Place};
use super::{Pairs, field_of};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::pages::{Frame, Page};

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

fn named(kind: &str, id: String) -> Result<Object, Fault> {
    let kind = Kind::parse(kind).ok_or_else(|| Fault::missing("kind of object"))?;
    Ok(Object { kind, id })
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
