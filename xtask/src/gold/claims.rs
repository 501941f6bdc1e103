//! Are the claims there, with the right speaker, act, event, sides and time?

use serde_json::Value;

use super::{ClaimGold, Gold, Mistake, Sheet, begins, called, named, overlaps, shared, shown};

/// Acts by which something is told, as against asked, promised or judged.
const TELLING: [&str; 3] = ["assert", "announce", "confirm"];
/// Events that a report of no armed conflict does not tell of.
const OF_WAR: [&str; 2] = ["ASSAULT", "RETREAT"];
/// What a speaker is called who was not looked for in what stands before.
const PRONOUNS: [&str; 5] = ["he", "she", "it", "they", "we"];
/// Statuses of what is told as so.
const REAL: [&str; 2] = ["actual", "ongoing"];

/// Judges every expected claim.
pub fn judge(gold: &Gold, text: &str, claims: &[&Value], sheet: &mut Sheet) {
    for g in &gold.claim {
        let found = if gold.set.is_none() { touching(text, &g.anchor, claims) } else { covering(text, g, claims) };
        if g.optional && found.is_none() {
            // Nothing is said of it, so nothing wrong.
            sheet.mark(&g.anchor, "event", true, None, &g.phenomena);
            continue;
        }
        let lost = if text.contains(&g.anchor) { "claim-missing" } else { "text-lost" };
        let missing = Mistake::new(lost, format!("a claim by {}", speaker_wanted(g)), "none");
        sheet.mark(&g.anchor, "claims found", found.is_some(), Some(missing), &g.phenomena);
        match found {
            Some(c) => fields(gold, g, c, sheet),
            None if gold.set.is_some() => sheet.lost(|s| fields(gold, g, &Value::Null, s)),
            None => {}
        }
    }
    for c in claims.iter().filter(|_| gold.set.is_some()) {
        let anchors = gold.claim.iter().flat_map(|g| std::iter::once(&g.anchor).chain(&g.also)).chain(&gold.beside);
        let right = anchors.into_iter().any(|a| overlaps(text, a, &c["content"]));
        let by = c["speakers"].as_array().and_then(|s| s.first()).map_or("the outlet".to_owned(), shown);
        let mistake = Mistake::new("claim-invented", "no claim", format!("a claim by {by}"));
        sheet.mark(c["content"]["quote"].as_str().unwrap_or_default(), "claims precision", right, Some(mistake), &[]);
    }
    if gold.no_conflict {
        for c in claims {
            let event = c["event"].as_str().unwrap_or("none");
            let right = !OF_WAR.contains(&event);
            let quote = c["content"]["quote"].as_str().unwrap_or_default();
            sheet.mark(
                quote,
                "no war in peace",
                right,
                Some(Mistake::new("war-in-peace", "no event of war", event)),
                &[],
            );
        }
    }
}

/// Judges everything that is asked of one claim.
fn fields(gold: &Gold, g: &ClaimGold, c: &Value, sheet: &mut Sheet) {
    let right = speaker(g, c, sheet);
    speaker_party(g, c, right, sheet);
    handed_on(g, c, right, sheet);
    act(g, c, sheet);
    event(gold, g, c, sheet);
    sides(gold, g, c, sheet);
    reality(g, c, sheet);
    time(g, c, sheet);
    places(g, c, sheet);
}

/// The shortest claim whose content shares a character with the anchor.
fn touching<'a>(text: &str, anchor: &str, claims: &[&'a Value]) -> Option<&'a Value> {
    claims.iter().filter(|c| overlaps(text, anchor, &c["content"])).min_by_key(|c| length(c)).copied()
}

/// The claim whose content holds most of an anchor; of several, the shortest.
fn covering<'a>(text: &str, g: &ClaimGold, claims: &[&'a Value]) -> Option<&'a Value> {
    let held = |c: &Value| {
        let anchors = std::iter::once(&g.anchor).chain(&g.also);
        anchors.map(|a| shared(text, a, &c["content"]) * 1000 / (a.chars().count() as u64).max(1)).max().unwrap_or(0)
    };
    let best = claims.iter().map(|c| held(c)).max().filter(|most| *most > 0)?;
    claims.iter().filter(|c| held(c) == best).min_by_key(|c| length(c)).copied()
}

fn length(claim: &Value) -> usize {
    claim["content"]["quote"].as_str().map_or(usize::MAX, str::len)
}

fn speaker_wanted(g: &ClaimGold) -> &str {
    g.speaker.as_deref().unwrap_or("the outlet")
}

fn speaker(g: &ClaimGold, c: &Value, sheet: &mut Sheet) -> bool {
    let first = &c["speakers"][0];
    let right = match &g.speaker {
        None => first.is_null(),
        Some(_) if first.is_null() => g.or_outlet,
        Some(words) => named(words, &called(first)),
    };
    let kind = match &g.speaker {
        None => "speaker-invented",
        Some(_) if first.is_null() => "speaker-missing",
        Some(words) if unresolved(words, first) => "speaker-unresolved",
        Some(_) => "speaker-false",
    };
    let found = if first.is_null() { "the outlet".to_owned() } else { shown(first) };
    sheet.mark(&g.anchor, "speaker", right, Some(Mistake::new(kind, speaker_wanted(g), found)), &g.phenomena)
}

/// Whether a speaker is no more than a pronoun, or some of the words that were asked for ("the ministry").
fn unresolved(answers: &str, speaker: &Value) -> bool {
    let asked = answers.to_lowercase();
    let said = called(speaker).to_lowercase();
    said.split_whitespace().all(|w| w == "the" || PRONOUNS.contains(&w) || asked.split([' ', '|']).any(|a| a == w))
}

fn speaker_party(g: &ClaimGold, c: &Value, speaker_right: bool, sheet: &mut Sheet) {
    let all = c["speakers"].as_array().into_iter().flatten();
    let mut parties: Vec<&str> = all.filter_map(|s| s["party"].as_str()).collect();
    parties.sort_unstable();
    let first = &c["speakers"][0];
    let party = first["party"].as_str();
    let (right, wanted) = if !g.parties.is_empty() {
        (parties == g.parties, g.parties.join(", "))
    } else if !g.party_any.is_empty() {
        (g.party_any.iter().any(|p| p == party.unwrap_or("none")), g.party_any.join(" or "))
    } else {
        let outlet = g.or_outlet && first.is_null();
        (outlet || party == g.party.as_deref(), g.party.clone().unwrap_or("none".to_owned()))
    };
    let kind = if parties.is_empty() { "speaker-side-missing" } else { "speaker-side-false" };
    let found = if parties.is_empty() { "none".to_owned() } else { parties.join(", ") };
    // Whoever has the wrong speaker has the wrong side: that is one mistake.
    let mistake = speaker_right.then(|| Mistake::new(kind, wanted, found));
    sheet.mark(&g.anchor, "speaker's party", right, mistake, &g.phenomena);
}

/// Several who speak together, and those who hand on what others said.
fn handed_on(g: &ClaimGold, c: &Value, speaker_right: bool, sheet: &mut Sheet) {
    let all: Vec<String> = c["speakers"].as_array().into_iter().flatten().map(called).collect();
    let shown: Vec<String> = c["speakers"].as_array().into_iter().flatten().map(shown).collect();
    let list = || if shown.is_empty() { "the outlet".to_owned() } else { shown.join(" < ") };
    if !g.joint.is_empty() {
        let right = g.joint.iter().all(|w| all.iter().any(|s| named(w, s)));
        let mistake = speaker_right.then(|| Mistake::new("joint-speaker-lost", g.joint.join(" and "), list()));
        sheet.mark(&g.anchor, "joint speakers", right, mistake, &g.phenomena);
    }
    if !g.chain.is_empty() {
        let right = g.chain.len() <= all.len() && g.chain.iter().zip(&all).all(|(w, s)| named(w, s));
        let mistake = speaker_right.then(|| Mistake::new("nesting-lost", g.chain.join(" < "), list()));
        sheet.mark(&g.anchor, "chain of speakers", right, mistake, &g.phenomena);
    }
}

fn act(g: &ClaimGold, c: &Value, sheet: &mut Sheet) {
    let found = c["act"].as_str().unwrap_or("none");
    let right = g.act.iter().any(|a| a == found);
    // Of several acts that are right the first is what a reader would say.
    let wanted = g.act.first().map_or("none", String::as_str);
    let kind = match (wanted, found) {
        (_, "deny") => "denial-invented",
        ("deny", _) => "denial-lost",
        ("decline", _) => "refusal-lost",
        ("accuse", f) if TELLING.contains(&f) => "accusation-lost",
        (w, f) if TELLING.contains(&f) && !TELLING.contains(&w) => "act-flattened",
        (w, f) if TELLING.contains(&w) && !TELLING.contains(&f) => "act-overread",
        _ => "act-false",
    };
    let mistake = Mistake::new(kind, g.act.join(" or "), found);
    sheet.mark(&g.anchor, "act", right, Some(mistake), &g.phenomena);
}

fn event(gold: &Gold, g: &ClaimGold, c: &Value, sheet: &mut Sheet) {
    if g.event.iter().any(|e| e == "any") {
        return;
    }
    let found = c["event"].as_str().unwrap_or("none");
    let right = g.event.iter().any(|e| e == found);
    let kind = match found {
        "none" => "event-missing",
        _ if g.event == ["none"] => "event-invented",
        _ => "event-false",
    };
    // War in a report on something else is told of by itself.
    let told = !(gold.no_conflict && OF_WAR.contains(&found));
    let mistake = told.then(|| Mistake::new(kind, g.event.join(" or "), found));
    sheet.mark(&g.anchor, "event", right, mistake, &g.phenomena);
}

/// Actors and targets, by party or by the words of a side that no profile knows.
fn sides(gold: &Gold, g: &ClaimGold, c: &Value, sheet: &mut Sheet) {
    let asked = [
        (&g.actors, "actors", "actor-false", "actor-missing"),
        (&g.targets, "targets", "target-false", "target-missing"),
    ];
    for (wanted, field, false_kind, missing_kind) in asked {
        let Some(wanted) = wanted else { continue };
        let mut found: Vec<&str> = c[field].as_array().into_iter().flatten().filter_map(|r| side(gold, r)).collect();
        found.sort_unstable();
        found.dedup();
        let mut wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        wanted.sort_unstable();
        let kind = if found.iter().any(|f| !wanted.contains(f)) { false_kind } else { missing_kind };
        let list = |l: &[&str]| if l.is_empty() { "none".to_owned() } else { l.join(", ") };
        let mistake = Mistake::new(kind, list(&wanted), list(&found));
        sheet.mark(&g.anchor, field, found == wanted, Some(mistake), &g.phenomena);
    }
}

/// The party of a mention, or the side whose words it has.
fn side<'a>(gold: &'a Gold, mention: &'a Value) -> Option<&'a str> {
    let words = [&mention["span"]["quote"], &mention["entity"]];
    let calls =
        |name: &str| words.iter().filter_map(|w| w.as_str()).any(|w| w.to_lowercase().contains(&name.to_lowercase()));
    mention["party"]
        .as_str()
        .or_else(|| gold.sides.iter().find(|(_, names)| names.iter().any(|n| calls(n))).map(|(slug, _)| slug.as_str()))
}

fn reality(g: &ClaimGold, c: &Value, sheet: &mut Sheet) {
    let found = c["polarity"].as_str().unwrap_or("none");
    if !g.polarity.is_empty() {
        let right = g.polarity.iter().any(|p| p == found);
        let kind = if found == "affirmed" { "negation-lost" } else { "negation-invented" };
        sheet.mark(
            &g.anchor,
            "polarity",
            right,
            Some(Mistake::new(kind, g.polarity.join(" or "), found)),
            &g.phenomena,
        );
    }
    let found = c["status"].as_str().unwrap_or("none");
    if !g.status.is_empty() {
        let right = g.status.iter().any(|s| s == found);
        let wants_real = g.status.iter().any(|s| REAL.contains(&s.as_str()));
        let kind = match (REAL.contains(&found), wants_real) {
            (true, false) => "unreal-as-real",
            (false, true) => "real-as-unreal",
            _ => "status-false",
        };
        sheet.mark(&g.anchor, "status", right, Some(Mistake::new(kind, g.status.join(" or "), found)), &g.phenomena);
    }
}

fn time(g: &ClaimGold, c: &Value, sheet: &mut Sheet) {
    let Some(wanted) = &g.time else { return };
    let found = c["time"]["value"].as_str();
    let kind = if found.is_some() { "time-false" } else { "time-missing" };
    let words = c["time"]["text"].as_str().map(|t| format!(" («{t}»)")).unwrap_or_default();
    let found_words = format!("{}{words}", found.unwrap_or("none"));
    let mistake = Mistake::new(kind, wanted, found_words);
    sheet.mark(&g.anchor, "time", begins(wanted, found), Some(mistake), &g.phenomena);
}

fn places(g: &ClaimGold, c: &Value, sheet: &mut Sheet) {
    if g.places.is_empty() {
        return;
    }
    let all = c["places"].as_array().into_iter().flatten();
    let found: Vec<&str> = all.filter_map(|p| p["span"]["quote"].as_str()).collect();
    let right = g.places.iter().all(|w| found.iter().any(|f| f.contains(w.as_str())));
    let kind = if found.is_empty() { "place-missing" } else { "place-false" };
    let list = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
    sheet.mark(&g.anchor, "places", right, Some(Mistake::new(kind, g.places.join(", "), list)), &g.phenomena);
}
