//! Are the truces there, with their sides, times, terms and breaches, and no other?

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Gold, Mistake, Sheet, TruceGold, begins, overlaps};

/// Judges how many truces were found, and what of those that the gold describes.
pub fn judge(gold: &Gold, text: &str, lines: &[Value], claims: &[&Value], sheet: &mut Sheet) {
    let ids: Vec<&Value> = claims.iter().map(|c| &c["id"]).collect();
    let here = |l: &&Value| {
        l["type"] == "ceasefire" && l["claims"].as_array().is_some_and(|cs| cs.iter().any(|c| ids.contains(&c)))
    };
    let truces: Vec<&Value> = lines.iter().filter(here).collect();
    if let Some(n) = gold.ceasefires {
        let there = truces.len();
        let kind = if there > n { "truce-invented" } else { "truce-missing" };
        // Of truces that the gold describes, it is told below which one is missing.
        let told = there > n || gold.truce.is_empty();
        let mistake = told.then(|| Mistake::new(kind, format!("{n} truces"), format!("{there} truces")));
        sheet.mark(&title(text), "number of truces", there == n, mistake, &[]);
    }
    for g in &gold.truce {
        let item = g.anchors.first().map_or("", String::as_str);
        let about = |t: &Value| claims_of(t, claims).filter(|c| touches(text, g, c)).count();
        let found = truces.iter().copied().filter(|t| about(t) > 0).max_by_key(|t| about(t));
        let missing = Mistake::new("truce-missing", "a truce", "none");
        sheet.mark(item, "truces found", found.is_some(), Some(missing), &g.phenomena);
        match found {
            Some(t) => fields(g, t, &ids, item, sheet),
            None => sheet.lost(|s| fields(g, &Value::Null, &ids, item, s)),
        }
    }
}

/// Judges everything that is asked of one truce.
fn fields(g: &TruceGold, t: &Value, ids: &[&Value], item: &str, sheet: &mut Sheet) {
    whose(g, t, item, sheet);
    times(g, t, item, sheet);
    provisions(g, t, ids, item, sheet);
}

fn title(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

fn claims_of<'a>(truce: &'a Value, claims: &'a [&'a Value]) -> impl Iterator<Item = &'a Value> {
    let of = truce["claims"].as_array();
    claims.iter().copied().filter(move |c| of.is_some_and(|ids| ids.contains(&c["id"])))
}

fn touches(text: &str, g: &TruceGold, claim: &Value) -> bool {
    g.anchors.iter().any(|a| overlaps(text, a, &claim["content"]))
}

fn whose(g: &TruceGold, t: &Value, item: &str, sheet: &mut Sheet) {
    if !g.kind.is_empty() {
        let found = t["kind"].as_str().unwrap_or("none");
        let mistake = Mistake::new("truce-kind-false", g.kind.join(" or "), found);
        sheet.mark(item, "truce: kind", g.kind.iter().any(|k| k == found), Some(mistake), &g.phenomena);
    }
    let asked = [
        (&g.parties, "parties", "truce: parties"),
        (&g.brokers, "brokers", "truce: brokers"),
        (&g.announced_by, "announced_by", "truce: announced by"),
    ];
    for (wanted, key, field) in asked {
        if wanted.is_empty() {
            continue;
        }
        let refs = t[key].as_array().into_iter().flatten();
        let found: BTreeSet<&str> = refs.filter_map(|r| r.as_str().or_else(|| r["party"].as_str())).collect();
        let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
        let kind = if found.is_subset(&wanted) { "truce-side-missing" } else { "truce-side-false" };
        let mistake = Mistake::new(kind, format!("{key}: {}", list(&wanted)), list(&found));
        sheet.mark(item, field, found == wanted, Some(mistake), &g.phenomena);
    }
}

fn times(g: &TruceGold, t: &Value, item: &str, sheet: &mut Sheet) {
    for (wanted, key, field) in [(&g.effective, "effective", "truce: begins"), (&g.ends, "ends", "truce: ends")] {
        let Some(wanted) = wanted else { continue };
        let found = t[key]["value"].as_str();
        let kind = if found.is_some() { "truce-time-false" } else { "truce-time-missing" };
        let mistake = Mistake::new(kind, format!("{key} {wanted}"), found.unwrap_or("none"));
        sheet.mark(item, field, begins(wanted, found), Some(mistake), &g.phenomena);
    }
}

fn provisions(g: &TruceGold, t: &Value, ids: &[&Value], item: &str, sheet: &mut Sheet) {
    if !g.terms.is_empty() {
        let terms = t["terms"].as_array().into_iter().flatten();
        let found: BTreeSet<&str> = terms.filter_map(|x| x["kind"].as_str()).collect();
        let wanted: BTreeSet<&str> = g.terms.iter().map(String::as_str).collect();
        each(item, "truce: terms", ["truce-term-missing", "truce-term-false"], &wanted, &found, g, sheet);
    }
    if let Some(violations) = &g.violations {
        let mut found = BTreeSet::new();
        for v in t["violations"].as_array().into_iter().flatten().filter(|v| ids.contains(&&v["claim"])) {
            let by = v["by"].as_str().unwrap_or("none");
            for who in v["alleged_by"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                found.insert(format!("{by}, says {who}"));
            }
        }
        let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
        let wanted: BTreeSet<String> = violations.iter().map(|(by, who)| format!("{by}, says {who}")).collect();
        let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
        each(item, "truce: breaches", ["truce-breach-missing", "truce-breach-false"], &wanted, &found, g, sheet);
    }
}

/// One answer for each thing that is expected or found.
fn each(
    item: &str,
    field: &'static str,
    [missing, wrong]: [&'static str; 2],
    wanted: &BTreeSet<&str>,
    found: &BTreeSet<&str>,
    g: &TruceGold,
    sheet: &mut Sheet,
) {
    for one in wanted.union(found) {
        let mistake = if wanted.contains(one) {
            Mistake::new(missing, *one, list(found))
        } else {
            Mistake::new(wrong, list(wanted), *one)
        };
        sheet.mark(item, field, wanted.contains(one) && found.contains(one), Some(mistake), &g.phenomena);
    }
}

fn list(set: &BTreeSet<&str>) -> String {
    if set.is_empty() { "none".to_owned() } else { set.iter().copied().collect::<Vec<_>>().join(", ") }
}
