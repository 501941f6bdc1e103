//! Does the comparison reward what is right, and call what is wrong by its name?

use serde_json::{Value, json};

use super::{Gold, compare};

const TEXT: &str = "Ruritania's army said that Zenda had shelled the bridge, killing six soldiers. Zenda denied it.";

fn span(quote: &str) -> Value {
    let start = TEXT.find(quote).expect("words of the text");
    json!({"start": start, "end": start + quote.len(), "quote": quote})
}

/// The claim that the army's sentence makes, with some fields changed.
fn claim(changes: &Value) -> Value {
    let mut c = json!({
        "type": "claim", "id": "c1", "article": "a", "content": span("Zenda had shelled the bridge"),
        "speakers": [{"name": null, "role": null, "organisation": "army", "party": "ruritania", "span": span("Ruritania's army")}],
        "act": "accuse", "event": "ASSAULT", "actors": [{"party": null, "entity": null, "span": span("Zenda")}],
        "targets": [], "places": [], "time": null, "polarity": "affirmed", "status": "actual"
    });
    for (key, value) in changes.as_object().into_iter().flatten() {
        c[key] = value.clone();
    }
    c
}

/// Fields that were right, and the kinds of the mistakes.
fn judged(gold: &str, lines: &[Value]) -> (Vec<&'static str>, Vec<&'static str>) {
    let gold: Gold = toml::from_str(gold).expect("gold");
    let article = json!({"type": "article", "id": "a", "text": TEXT, "published": {"value": null}});
    let all = compare(&gold, lines, &article);
    let right = all.iter().filter(|j| j.right).map(|j| j.field).collect();
    (right, all.iter().filter_map(|j| j.mistake.as_ref()).map(|m| m.kind).collect())
}

const GOLD: &str = r#"
set = "second"
[sides]
zenda = ["Zenda"]
[[claim]]
anchor = "had shelled the bridge"
speaker = "Ruritania's army"
party = "ruritania"
act = ["accuse"]
event = ["ASSAULT"]
actors = ["zenda"]
polarity = ["affirmed"]
"#;

#[test]
fn a_claim_that_says_what_the_report_says_is_right_in_everything() {
    let (right, wrong) = judged(GOLD, &[claim(&json!({}))]);
    assert_eq!(
        right,
        ["claims found", "speaker", "speaker's party", "act", "event", "actors", "polarity", "claims precision"]
    );
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn a_false_speaker_is_one_mistake_and_a_bare_description_another() {
    let other = json!({"speakers": [{"organisation": "Zenda", "party": null, "span": span("Zenda denied")}]});
    assert_eq!(judged(GOLD, &[claim(&other)]).1, ["speaker-false"]);
    let bare = json!({"speakers": [{"organisation": "army", "party": "ruritania", "span": null}]});
    assert_eq!(judged(GOLD, &[claim(&bare)]).1, ["speaker-unresolved"]);
    assert_eq!(judged(GOLD, &[claim(&json!({"speakers": []}))]).1, ["speaker-missing"]);
}

#[test]
fn an_actor_too_many_is_false_and_none_is_missing() {
    let both = json!({"actors": [{"party": null, "span": span("Zenda")}, {"party": "ruritania", "span": null}]});
    assert_eq!(judged(GOLD, &[claim(&both)]).1, ["actor-false"]);
    assert_eq!(judged(GOLD, &[claim(&json!({"actors": []}))]).1, ["actor-missing"]);
}

#[test]
fn a_claim_of_which_the_report_says_nothing_is_invented_unless_it_may_stand_beside() {
    let answer = json!({"id": "c2", "content": span("denied it"), "act": "deny"});
    let lines = [claim(&json!({})), claim(&answer)];
    assert_eq!(judged(GOLD, &lines).1, ["claim-invented"]);
    assert!(judged(&GOLD.replace("[sides]", "beside = [\"denied it\"]\n[sides]"), &lines).1.is_empty());
}

#[test]
fn what_is_asked_of_a_claim_that_is_not_there_is_wrong_but_one_mistake() {
    let (right, wrong) = judged(GOLD, &[]);
    assert!(right.is_empty(), "{right:?}");
    assert_eq!(wrong, ["claim-missing"]);
}

#[test]
fn a_figure_is_judged_field_by_field_and_numbers_beside_it_are_invented() {
    let gold = "[[figure]]\nanchor = \"six soldiers\"\nharm = \"killed\"\nlow = 6\nhigh = 6\nparty = \"ruritania\"\n";
    let figure = |quote: &str, low: u64, harm: &str| {
        json!({"type": "figure", "article": "a", "span": span(quote), "harm": harm, "low": low, "high": low,
               "party": "ruritania", "speakers": []})
    };
    assert!(judged(gold, &[figure("six", 6, "killed")]).1.is_empty());
    assert_eq!(judged(gold, &[figure("six", 7, "wounded")]).1, ["figure-number-false", "figure-harm-false"]);
    let beside = [figure("six", 6, "killed"), figure("the bridge", 1, "killed")];
    assert_eq!(judged(gold, &beside).1, ["figure-invented"]);
}

#[test]
fn a_report_without_a_war_has_no_event_of_war_and_no_truce() {
    let truce = json!({"type": "ceasefire", "claims": ["c1"]});
    let (_, wrong) = judged("no_conflict = true\nceasefires = 0\n", &[claim(&json!({})), truce]);
    assert_eq!(wrong, ["war-in-peace", "truce-invented"]);
}
