//! Readings as the layer would have them, beside the machine's own.

use std::collections::BTreeSet;

use evidence::claim::Finding;
use evidence::correction::{Kind, Values, Wrong, correct_claim, correct_figure, of_claim, of_figure};
use evidence::ledger::Reading;
use evidence::{Article, Claim, Figure, Ledger, Note};

use crate::layer::Layer;
use crate::standing::{Outcome, Standing};

/// A copy of a ledger (or of a part of one) with the layer applied: rejected objects are gone, and settled and agreed
/// values stand. Ids stay. Incidents and ceasefires lose the claims that are gone and are otherwise as they were: who
/// wants them of the corrected claims reconciles the corrected readings.
pub fn corrected(ledger: &Ledger, layer: &Layer) -> (Ledger, Vec<Note>) {
    let mut notes = Vec::new();
    let mut new = ledger.clone();
    let mut gone = BTreeSet::new();
    for reading in &mut new.readings {
        correct_reading(reading, layer, &mut gone, &mut notes);
    }
    for incident in &mut new.incidents {
        incident.claims.retain(|m| !gone.contains(&m.claim));
        incident.denials.retain(|d| !gone.contains(&d.claim));
        incident.denials.iter_mut().for_each(|d| d.denies.retain(|x| !gone.contains(&x.claim)));
    }
    new.incidents.retain(|i| !i.claims.is_empty());
    let truces = new.readings.iter_mut().flat_map(|r| &mut r.ceasefires).chain(&mut new.ceasefires);
    for truce in truces {
        truce.claims.retain(|c| !gone.contains(c));
        truce.violations.retain(|v| !gone.contains(&v.claim));
        truce.status.retain(|(c, _)| !gone.contains(c));
    }
    (new, notes)
}

fn correct_reading(reading: &mut Reading, layer: &Layer, gone: &mut BTreeSet<String>, notes: &mut Vec<Note>) {
    let article = &reading.article;
    let claims = std::mem::take(&mut reading.claims);
    for claim in claims {
        match layer.of(Kind::Claim, &claim.id) {
            Some(s) if is_rejected(s) => drop(gone.insert(claim.id)),
            Some(s) => reading.claims.push(corrected_claim(article, claim, s, notes)),
            None => reading.claims.push(claim),
        }
    }
    let figures = std::mem::take(&mut reading.figures);
    for mut figure in figures {
        figure.claim = figure.claim.filter(|c| !gone.contains(c));
        match layer.of(Kind::Figure, &figure.id) {
            Some(s) if is_rejected(s) => {}
            Some(s) => reading.figures.push(corrected_figure(article, figure, s, notes)),
            None => reading.figures.push(figure),
        }
    }
}

fn is_rejected(standing: &Standing) -> bool {
    matches!(standing.there(), Outcome::Agreed(there) | Outcome::Settled(there) if there == "no")
}

fn corrected_claim(article: &Article, claim: Claim, standing: &Standing, notes: &mut Vec<Note>) -> Claim {
    let machine = of_claim(article, &claim);
    let changes = standing.changes(&machine);
    let mut new = fitting(&claim, &changes, notes, |c, v| correct_claim(article, c, v));
    if new.content != claim.content {
        // It was of other words.
        new.meaning = None;
    }
    let people = standing.people().join(", ");
    for (field, value) in &changes {
        let (was, is) = (machine.get(field).map_or("", String::as_str), value.as_str());
        let said = |v: &str| if v.is_empty() { "empty".to_owned() } else { format!("\"{}\"", v.replace('\n', "; ")) };
        let reason = format!("{field} is {}, not {}, says {people}", said(is), said(was));
        new.found.push(Finding { rule: format!("correction/{field}"), reason, span: None });
    }
    new
}

fn corrected_figure(article: &Article, figure: Figure, standing: &Standing, notes: &mut Vec<Note>) -> Figure {
    let changes = standing.changes(&of_figure(article, &figure));
    fitting(&figure, &changes, notes, |f, v| correct_figure(article, f, v))
}

/// All changes that can be made; one that cannot any more, as the report is read otherwise now, is told and left out.
fn fitting<T: Clone>(
    object: &T,
    changes: &Values,
    notes: &mut Vec<Note>,
    correct: impl Fn(&T, &Values) -> Result<T, Vec<Wrong>>,
) -> T {
    let mut left = changes.clone();
    while !left.is_empty() {
        match correct(object, &left) {
            Ok(new) => return new,
            Err(wrong) => {
                let before = left.len();
                for w in wrong {
                    left.remove(&w.field);
                    notes.push(Note::new("correction-left-out", format!("a correction cannot be applied: {w}")));
                }
                if left.len() == before {
                    // What is wrong lies in a value of the machine beside them.
                    break;
                }
            }
        }
    }
    object.clone()
}
