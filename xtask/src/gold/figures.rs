//! Are the numbers of people harmed there, with what befell whom, and no other number?

use serde_json::Value;

use super::{FigureGold, Gold, Mistake, Sheet, called, named, one_of, overlaps, shared, shown};

/// Judges every expected figure, every number that is none, and every figure of the export.
pub fn judge(gold: &Gold, text: &str, figures: &[&Value], sheet: &mut Sheet) {
    let mut used = Vec::new();
    for g in &gold.figure {
        let touching: Vec<usize> =
            (0..figures.len()).filter(|i| overlaps(text, &g.anchor, &figures[*i]["span"])).collect();
        let strict = touching.iter().copied().find(|i| same(g, figures[*i]));
        used.extend(strict);
        if g.optional {
            used.extend(touching);
            continue;
        }
        // The strict score says whether all is right; the fields below say what is not.
        sheet.mark(&g.anchor, "figures recall", strict.is_some(), None, &g.phenomena);
        let nearest = touching.iter().copied().max_by_key(|i| {
            let f = figures[*i];
            (g.low == f["low"].as_u64(), one_of(&g.harm, word(f, "harm")), shared(text, &g.anchor, &f["span"]))
        });
        let found = strict.or(nearest);
        let lost = if text.contains(&g.anchor) { "figure-missing" } else { "text-lost" };
        let missing = Mistake::new(lost, wanted(g), "none");
        sheet.mark(&g.anchor, "figure: found", found.is_some(), Some(missing), &g.phenomena);
        match found {
            Some(i) => fields(g, figures[i], sheet),
            None if gold.set.is_some() => sheet.lost(|s| fields(g, &Value::Null, s)),
            None => {}
        }
    }
    for (i, f) in figures.iter().enumerate() {
        let held = gold.figure.iter().any(|g| overlaps(text, &g.anchor, &f["span"]));
        // A figure that stands where one is expected, but says something else, is told of above.
        let found = format!("{} {}", word(f, "harm"), range(f["low"].as_u64(), f["high"].as_u64()));
        let extra = (!held).then(|| Mistake::new("figure-invented", "no figure", found));
        let quote = f["span"]["quote"].as_str().unwrap_or_default();
        sheet.mark(quote, "figures precision", used.contains(&i), extra, &[]);
    }
    for trap in &gold.traps {
        let right = !figures.iter().any(|f| overlaps(text, trap, &f["span"]));
        sheet.mark(trap, "numbers of other things", right, None, &[]);
    }
}

/// Judges everything that is asked of one figure.
fn fields(g: &FigureGold, f: &Value, sheet: &mut Sheet) {
    count(g, f, sheet);
    people(g, f, sheet);
    source(g, f, sheet);
}

/// Whether harm, number and whose people are all right.
fn same(g: &FigureGold, f: &Value) -> bool {
    one_of(&g.harm, word(f, "harm"))
        && f["low"].as_u64() == g.low
        && f["high"].as_u64() == g.high
        && party_right(g, f["party"].as_str())
}

fn party_right(g: &FigureGold, found: Option<&str>) -> bool {
    if g.party_any.is_empty() {
        return found == g.party.as_deref();
    }
    g.party_any.iter().any(|p| p == found.unwrap_or("none"))
}

fn count(g: &FigureGold, f: &Value, sheet: &mut Sheet) {
    let (low, high) = (f["low"].as_u64(), f["high"].as_u64());
    let number = Mistake::new("figure-number-false", range(g.low, g.high), range(low, high));
    sheet.mark(&g.anchor, "figure: number", low == g.low && high == g.high, Some(number), &g.phenomena);
    let harm = Mistake::new("figure-harm-false", &g.harm, word(f, "harm"));
    sheet.mark(&g.anchor, "figure: harm", one_of(&g.harm, word(f, "harm")), Some(harm), &g.phenomena);
    if let Some(q) = &g.qualifier {
        let mistake = Mistake::new("figure-hedge-false", q, word(f, "qualifier"));
        sheet.mark(&g.anchor, "figure: hedge", one_of(q, word(f, "qualifier")), Some(mistake), &g.phenomena);
    }
    if let Some(s) = g.superseded {
        let found = f["superseded"].as_bool() == Some(true);
        let say = |s: bool| if s { "the old count" } else { "a count that stands" };
        let mistake = Mistake::new("figure-old-toll-stands", say(s), say(found));
        sheet.mark(&g.anchor, "figure: old toll", found == s, Some(mistake), &g.phenomena);
    }
}

fn people(g: &FigureGold, f: &Value, sheet: &mut Sheet) {
    let party = f["party"].as_str();
    let wants =
        if g.party_any.is_empty() { g.party.clone().unwrap_or("none".to_owned()) } else { g.party_any.join(" or ") };
    let kind = if party.is_some() { "figure-side-false" } else { "figure-side-missing" };
    let mistake = Mistake::new(kind, wants, party.unwrap_or("none"));
    sheet.mark(&g.anchor, "figure: whose people", party_right(g, party), Some(mistake), &g.phenomena);
    if let Some(c) = &g.category {
        let mistake = Mistake::new("figure-category-false", c, word(f, "category"));
        sheet.mark(&g.anchor, "figure: category", one_of(c, word(f, "category")), Some(mistake), &g.phenomena);
    }
}

fn source(g: &FigureGold, f: &Value, sheet: &mut Sheet) {
    let first = &f["speakers"][0];
    let kind = if first.is_null() { "figure-speaker-missing" } else { "figure-speaker-false" };
    let found = if first.is_null() { "the outlet".to_owned() } else { shown(first) };
    if let Some(s) = &g.speaker {
        let right = !first.is_null() && named(s, &called(first));
        sheet.mark(&g.anchor, "figure: speaker", right, Some(Mistake::new(kind, s, &found)), &g.phenomena);
    }
    if let Some(p) = &g.speaker_party {
        let right = first["party"].as_str() == Some(p.as_str());
        let party = first["party"].as_str().unwrap_or("none");
        let mistake = g.speaker.is_none().then(|| Mistake::new(kind, p, format!("{found} ({party})")));
        sheet.mark(&g.anchor, "figure: speaker's party", right, mistake, &g.phenomena);
    }
}

fn wanted(g: &FigureGold) -> String {
    format!("{} {}", g.harm, range(g.low, g.high))
}

fn range(low: Option<u64>, high: Option<u64>) -> String {
    match (low, high) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (a, b) => {
            format!("{}..{}", a.map_or(String::new(), |n| n.to_string()), b.map_or(String::new(), |n| n.to_string()))
        }
    }
}

fn word<'a>(f: &'a Value, key: &str) -> &'a str {
    f[key].as_str().unwrap_or("none")
}
