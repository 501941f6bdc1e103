//! What coders disagree about, side by side, field by field; an editor settles it.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use evidence::correction::{
    Anchor, Draft, Field, Kind, Object, Values, Verdict, correct_claim, correct_figure, of_claim, of_figure,
};
use evidence::ledger::Reading;
use review::{Outcome, Standing};
use store::{Kept, SqliteStore, Store, Wanted};

use super::plain::said;
use super::{Pairs, day, field_of, form};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};
use crate::pages::{Frame, Page};

#[derive(Template)]
#[template(path = "review-conflicts.html")]
struct Conflicts {
    frame: Frame,
    cards: Vec<Card>,
    total: usize,
    /// For the next cards.
    after: Option<usize>,
    may_settle: bool,
    notice: Option<String>,
}

/// One object that is disputed.
struct Card {
    kind: &'static str,
    id: String,
    article: String,
    quote: String,
    coders: Vec<Coder>,
    seen: u64,
    /// Rows of the comparison: first whether it is there at all, if that is disputed.
    rows: Vec<Row>,
    /// What an editor decided before somebody said otherwise.
    decided: Option<String>,
}

struct Coder {
    name: String,
    at: String,
    why: String,
}

struct Row {
    /// Name of the form's field.
    name: String,
    label: &'static str,
    machine: Option<Value>,
    /// In the order of the coders; none where they said nothing of it.
    values: Vec<Option<Value>>,
    /// Whether another value may be written.
    free: bool,
    /// The value that is written there to begin with.
    written: String,
}

struct Value {
    said: String,
    value: String,
    differs: bool,
}

/// So many are shown at once.
const SHOWN: usize = 20;

/// Chosen where another value is written beside.
const OTHER: &str = "other";

pub(super) async fn show(State(desk): State<Desk>, who: Who, Query(pairs): Query<Pairs>) -> Result<Page, Fault> {
    let from: usize = field_of(&pairs, "from").parse().unwrap_or(0);
    let drawn = draw(&desk, who, from, None).await?;
    Page::of(&drawn)
}

pub(super) async fn settle(
    State(desk): State<Desk>,
    who: Who,
    Path((kind, id)): Path<(String, String)>,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Fault> {
    let kind = Kind::parse(&kind).ok_or_else(|| Fault::missing("kind of object"))?;
    let object = Object { kind, id };
    let (name, at, sent) = (who.name.clone(), desk.now(), pairs.clone());
    let decided = desk.look_with_layer(move |look, layer| {
        let standing = layer.of(object.kind, &object.id).ok_or_else(|| Fault::missing("conflict"))?;
        let reading = reading_of(look.ledger, &object)?.ok_or_else(|| Fault::missing(object.kind.as_str()))?;
        Ok((decide(&reading, standing, &name, at, &sent), standing.ids.clone()))
    });
    let seen = field_of(&pairs, "seen").parse().unwrap_or(0);
    let (status, notice) = match decided.await? {
        (Err(wrong), _) => (StatusCode::UNPROCESSABLE_ENTITY, format!("Nothing was decided yet: {wrong}.")),
        (Ok(draft), ids) => match desk.correct(draft, seen, ids).await? {
            Kept::New(_) | Kept::Already(_) => return Ok(Redirect::to("/review/conflicts").into_response()),
            Kept::Behind(_) => {
                let told =
                    "Nothing was decided yet: somebody has said more since you opened the page. It is shown now.";
                (StatusCode::CONFLICT, told.to_owned())
            }
        },
    };
    let drawn = draw(&desk, who, 0, Some(notice)).await?;
    Ok((status, Page::of(&drawn)?).into_response())
}

async fn draw(desk: &Desk, who: Who, from: usize, notice: Option<String>) -> Result<Conflicts, Fault> {
    let may_settle = who.may(Role::Editor);
    let frame = Frame::new(desk, who, "/review", "Conflicts between coders");
    desk.look_with_layer(move |look, layer| {
        let all: Vec<&Standing> = layer.conflicts().collect();
        let mut cards = Vec::new();
        for standing in all.iter().skip(from).take(SHOWN) {
            cards.extend(card(look.ledger, standing)?);
        }
        let after = Some(from + SHOWN).filter(|n| *n < all.len());
        Ok(Conflicts { frame, cards, total: all.len(), after, may_settle, notice })
    })
    .await
}

fn card(store: &SqliteStore, standing: &Standing) -> Result<Option<Card>, Fault> {
    let Some(reading) = reading_of(store, &standing.object)? else { return Ok(None) };
    let machine = machine(&reading, &standing.object);
    let mut rows = Vec::new();
    if matches!(standing.there(), Outcome::Disputed(_)) || standing.is_challenged() {
        rows.push(there(standing));
    }
    let fields = standing.object.kind.fields().iter();
    rows.extend(fields.filter_map(|f| row(standing, *f, &machine)));
    Ok(Some(Card {
        kind: standing.object.kind.as_str(),
        id: standing.object.id.clone(),
        article: standing.article.clone(),
        quote: standing.quote.replace('\n', " "),
        coders: standing
            .words
            .iter()
            .map(|w| Coder { name: w.coder.clone(), at: day(w.at), why: w.why.clone() })
            .collect(),
        seen: standing.last,
        rows,
        decided: standing
            .decision
            .as_ref()
            .map(|d| format!("{} decided on {}, and somebody differs since.", d.coder, day(d.at))),
    }))
}

fn there(standing: &Standing) -> Row {
    let value = |stands: bool| Value {
        said: if stands { "it is there" } else { "the text says no such thing" }.to_owned(),
        value: if stands { "yes" } else { "no" }.to_owned(),
        differs: !stands,
    };
    Row {
        name: "there".to_owned(),
        label: "Is it there?",
        machine: Some(value(true)),
        values: standing.words.iter().map(|w| Some(value(w.stands))).collect(),
        free: false,
        written: String::new(),
    }
}

/// A field about which somebody differs from somebody else, or from the decision.
fn row(standing: &Standing, field: Field, machine: &Values) -> Option<Row> {
    let given: Vec<Option<&String>> = standing.words.iter().map(|w| w.values.get(&field)).collect();
    let read = machine.get(&field).map_or("", String::as_str);
    let first = given.iter().flatten().next()?;
    let decided = standing.decision.as_ref().and_then(|d| d.values.get(&field));
    let all_same = given.iter().flatten().all(|v| v == first) && decided.is_none_or(|d| d == *first);
    if all_same {
        return None;
    }
    let value = |v: &str| Value { said: said(field, v), value: v.to_owned(), differs: v != read };
    Some(Row {
        name: format!("f.{field}"),
        label: form::label(field),
        machine: Some(value(read)),
        values: given.into_iter().map(|v| v.map(|v| value(v))).collect(),
        free: true,
        written: decided.map_or(read, String::as_str).to_owned(),
    })
}

/// An editor's decision, or why it cannot be.
fn decide(reading: &Reading, standing: &Standing, editor: &str, at: i64, pairs: &Pairs) -> Result<Draft, String> {
    let object = &standing.object;
    let why = field_of(pairs, "why").replace("\r\n", "\n").trim().to_owned();
    let mut values = Values::new();
    for (name, chosen) in pairs {
        let Some(field) = name.strip_prefix("f.").and_then(Field::parse) else { continue };
        let written = if chosen == OTHER {
            field_of(pairs, &format!("o.{field}"))
        } else {
            chosen.strip_prefix('=').unwrap_or_default()
        };
        values.insert(field, written.replace("\r\n", "\n").trim().to_owned());
    }
    let verdict = match field_of(pairs, "there") {
        "=no" => Verdict::Reject,
        "" if values.is_empty() => return Err("choose a value for at least one field".to_owned()),
        _ => Verdict::Correct(canonical(reading, object, &values)?),
    };
    let anchor = anchor(reading, object).ok_or("it is not in the report any more")?;
    Ok(Draft { object: object.clone(), anchor, coder: editor.to_owned(), at, settles: true, verdict, why })
}

fn canonical(reading: &Reading, object: &Object, values: &Values) -> Result<Values, String> {
    let article = &reading.article;
    let told =
        |wrong: Vec<evidence::correction::Wrong>| wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    let all = match object.kind {
        Kind::Claim => match reading.claims.iter().find(|c| c.id == object.id) {
            Some(c) => correct_claim(article, c, values).map(|c| of_claim(article, &c)).map_err(told)?,
            None => Values::new(),
        },
        Kind::Figure => match reading.figures.iter().find(|f| f.id == object.id) {
            Some(f) => correct_figure(article, f, values).map(|f| of_figure(article, &f)).map_err(told)?,
            None => Values::new(),
        },
    };
    Ok(all.into_iter().filter(|(field, _)| values.contains_key(field)).collect())
}

fn machine(reading: &Reading, object: &Object) -> Values {
    anchor(reading, object).map(|a| a.read).unwrap_or_default()
}

fn anchor(reading: &Reading, object: &Object) -> Option<Anchor> {
    let article = &reading.article;
    match object.kind {
        Kind::Claim => reading.claims.iter().find(|c| c.id == object.id).map(|c| Anchor::of_claim(article, c)),
        Kind::Figure => reading.figures.iter().find(|f| f.id == object.id).map(|f| Anchor::of_figure(article, f)),
    }
}

fn reading_of(store: &SqliteStore, object: &Object) -> Result<Option<Reading>, Fault> {
    let ids = vec![object.id.clone()];
    let wanted = match object.kind {
        Kind::Claim => Wanted { claims: ids, ..Wanted::default() },
        Kind::Figure => Wanted { figures: ids, ..Wanted::default() },
    };
    let readings = store.excerpt(&wanted)?.readings;
    Ok(readings.into_iter().find(|r| anchor(r, object).is_some()))
}
