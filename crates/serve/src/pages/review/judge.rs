//! What somebody sends of an object: a word to be kept, or what is wrong with it.

use axum::http::StatusCode;
use evidence::correction::{
    Anchor, Draft, Field, Kind, Object, Values, Verdict, Wrong, correct_claim, correct_figure, of_claim, of_figure,
};
use evidence::{Article, Claim, Figure, Ledger};
use review::{Layer, Standing};
use store::{Kept, SqliteStore, Store, Wanted};

use super::{Pairs, field_of, form};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Who;

/// Reasons longer than this are refused; in bytes.
const LONGEST_WHY: usize = 4000;

/// An object of the ledger with all that is needed to review it.
pub(super) struct Found {
    pub ledger: Ledger,
    pub object: Object,
    pub standing: Option<Standing>,
    pub machine: Values,
    pub anchor: Anchor,
}

/// What was sent and could not be kept, to be shown again.
pub(super) struct Sent {
    pub values: Values,
    pub why: String,
    pub notice: Option<String>,
    pub wrong: Vec<Wrong>,
    /// What whoever sent it is now shown to have seen.
    pub seen: Option<u64>,
    pub status: StatusCode,
}

/// The object, or the one to which what was said of it belongs now.
pub(super) fn find(store: &SqliteStore, layer: &Layer, object: &Object) -> Result<Result<Found, Object>, Fault> {
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

/// What is to be kept, or the form again with what is wrong.
pub(super) fn judge(found: &Found, coder: &str, at: i64, pairs: &Pairs) -> Result<Draft, Box<Sent>> {
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

pub(super) fn behind(found: &Found, coder: &str, pairs: &Pairs, later: &[evidence::Correction]) -> Sent {
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

impl Found {
    pub(super) fn parts(&self) -> (&Article, Option<&Claim>, Option<&Figure>) {
        let reading = self.ledger.readings.iter().find(|r| r.article.id == self.anchor.article);
        let reading = reading.unwrap_or(&self.ledger.readings[0]);
        let claim = reading.claims.iter().find(|c| self.object.kind == Kind::Claim && c.id == self.object.id);
        let figure = reading.figures.iter().find(|f| self.object.kind == Kind::Figure && f.id == self.object.id);
        (&reading.article, claim, figure)
    }
}

fn pair((field, value): (&Field, &String)) -> (Field, String) {
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

pub(super) fn moved() -> Fault {
    let told = "the report was read again meanwhile; open the page anew, and nothing that you said before is lost";
    Fault::new(StatusCode::CONFLICT, "read-again", told)
}
