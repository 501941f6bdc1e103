//! The answer keys of MUC-4: for every message, templates of incidents with their human targets.
//!
//! A template is numbered slots, a filler a line. Human targets are named in slots 18 and 19; slot 21 numbers them
//! (`3: "SOLDIERS" / "TROOPS"`), slot 23 says what befell them (`DEATH: "SOLDIERS"`), slot 24 sums them up. `/` parts
//! alternatives, `?` marks what need not be found, `5-` is five or more, `-15` up to 15, `~50` about 50.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use evidence::Harm;

/// What the keys say of one message.
#[derive(Debug, Default, Clone)]
pub struct Key {
    /// Counts that should be found.
    pub wanted: Vec<Count>,
    /// Counts that may be found: optional ones, totals, sums of groups, and groups of dead and injured together.
    pub allowed: Vec<Count>,
    /// Single people harmed who are described and not named.
    pub single: Vec<Harm>,
    /// Perpetrators of each incident that happened, as the keys quote them.
    pub perpetrators: Vec<Vec<String>>,
}

/// How many were harmed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    /// What befell them: killed or wounded.
    pub harm: Harm,
    /// The ways to say it, low and high end.
    pub values: Vec<(u64, Option<u64>)>,
    /// Who they are, for lists of what is missing.
    pub who: String,
}

/// The slots of one template: fillers with their quoted strings.
type Template = BTreeMap<u32, Vec<String>>;

/// The keys of the files `key-*` of a folder, by message.
pub fn read(folder: &Path) -> Result<BTreeMap<String, Key>> {
    let mut out = BTreeMap::new();
    for path in super::files(folder, "key-")? {
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        add(&String::from_utf8_lossy(&bytes), &mut out);
    }
    for key in out.values_mut() {
        key.wanted.sort();
        key.wanted.dedup_by(|a, b| a.harm == b.harm && a.values == b.values);
    }
    Ok(out)
}

fn add(text: &str, keys: &mut BTreeMap<String, Key>) {
    let mut template = Template::new();
    let mut slot = 0;
    for line in text.lines().filter(|l| !l.starts_with(";;;")) {
        let number = line.split_once('.').and_then(|(n, _)| n.parse::<u32>().ok());
        let filler = match number {
            Some(n) => {
                if n == 0 {
                    take(std::mem::take(&mut template), keys);
                }
                slot = n;
                line.get(36..).unwrap_or_default()
            }
            None => line,
        };
        let filler = filler.trim();
        if !filler.is_empty() && filler != "*" && filler != "-" {
            template.entry(slot).or_default().push(filler.to_owned());
        }
    }
    take(template, keys);
}

/// Adds what one template says to its message.
fn take(template: Template, keys: &mut BTreeMap<String, Key>) {
    let Some(id) = template.get(&0).and_then(|f| f[0].split_whitespace().next()) else { return };
    let key = keys.entry(id.to_owned()).or_default();
    let lines = |slot: u32| template.get(&slot).map_or(&[][..], Vec::as_slice);
    let optional = lines(1).iter().any(|f| f.contains("OPTIONAL"));
    let named: Vec<&str> = lines(18).iter().flat_map(|f| quoted(f)).collect();
    let mut sums: BTreeMap<Harm, Option<u64>> = BTreeMap::new();
    for effect in lines(23) {
        let who = quoted(effect);
        let numbers = lines(21).iter().find(|n| quoted(n).iter().any(|q| who.contains(q)));
        let Some((number, _)) = numbers.and_then(|n| n.split_once(": ")) else { continue };
        let values = values(number);
        // Eleven people of whom some died and some were hurt are a count of neither.
        let befallen = lines(23).iter().filter(|e| quoted(e).iter().any(|q| who.contains(q)));
        let mixed = befallen.flat_map(|e| harms(e)).collect::<BTreeSet<_>>().len() > 1;
        let unsure = mixed || optional || effect.starts_with('?') || number.contains('?');
        for harm in harms(effect) {
            let sum = sums.entry(harm).or_insert(Some(0));
            *sum = sum.zip(values.first()).map(|(s, v)| s + v.0);
            let count = Count { harm, values: values.clone(), who: who.join(" / ") };
            if values.iter().all(|v| v.0 > 1) && !values.is_empty() {
                let either = effect.split(':').next().is_some_and(|e| e.contains('/'));
                if unsure || either { key.allowed.push(count) } else { key.wanted.push(count) }
            } else if values == [(1, Some(1))] && !unsure && !who.iter().any(|w| named.contains(w)) {
                key.single.push(harm);
            }
        }
    }
    let summed = sums.iter().filter_map(|(h, n)| Some((*h, vec![((*n)?, *n)])));
    let totals = lines(24).iter().flat_map(|t| [Harm::Killed, Harm::Wounded].map(|h| (h, self::values(t))));
    let more = summed.chain(totals).map(|(harm, values)| Count { harm, values, who: "all".to_owned() });
    key.allowed.extend(more.filter(|c| c.values.iter().all(|v| v.0 > 1)));
    let happened = lines(5).iter().any(|s| s.contains("ACCOMPLISHED")) && !optional;
    let by: Vec<String> = lines(9).iter().chain(lines(10)).flat_map(|f| quoted(f)).map(str::to_owned).collect();
    if happened && !by.is_empty() {
        key.perpetrators.push(by);
    }
}

/// The strings between quotation marks.
fn quoted(filler: &str) -> Vec<&str> {
    filler.split('"').skip(1).step_by(2).collect()
}

/// What an effect does to people, as far as figures tell it.
fn harms(effect: &str) -> Vec<Harm> {
    let told = effect.split('"').next().unwrap_or_default();
    let mut out = Vec::new();
    for part in told.split('/').map(|p| p.trim().trim_matches(|c: char| !c.is_alphabetic())) {
        match part {
            "DEATH" => out.push(Harm::Killed),
            "INJURY" => out.push(Harm::Wounded),
            _ => {}
        }
    }
    out
}

/// "10 / 10- / PLURAL": the counts among the ways to say it.
fn values(number: &str) -> Vec<(u64, Option<u64>)> {
    let one = |part: &str| {
        let part = part.trim().trim_start_matches(['?', ' ', '~']);
        if let Some(n) = part.strip_suffix('-') {
            return n.parse().ok().map(|n| (n, None));
        }
        let n = part.strip_prefix('-').unwrap_or(part).parse().ok()?;
        Some((n, Some(n)))
    };
    number.split(':').next().unwrap_or_default().split('/').filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "\
0.  MESSAGE: ID                     DEV-MUC3-9001 (X)
1.  MESSAGE: TEMPLATE               1
5.  INCIDENT: STAGE OF EXECUTION    ACCOMPLISHED
10. PERP: ORGANIZATION ID           \"VDLF\"
18. HUM TGT: NAME                   \"A. BEK\"
19. HUM TGT: DESCRIPTION            \"GUARDS\" / \"MEN\"
                                    \"DRIVER\"
21. HUM TGT: NUMBER                 5-: \"GUARDS\" / \"MEN\"
                                    1: \"A. BEK\"
                                    1: \"DRIVER\"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: \"GUARDS\" / \"MEN\"
                                    INJURY: \"DRIVER\"
                                    DEATH: \"A. BEK\"
24. HUM TGT: TOTAL NUMBER           7
";

    #[test]
    fn a_template_gives_counts_of_dead_and_injured() {
        let mut keys = BTreeMap::new();
        add(KEY, &mut keys);
        let key = &keys["DEV-MUC3-9001"];
        let wanted: Vec<_> = key.wanted.iter().map(|c| (c.harm, c.values.clone())).collect();
        assert_eq!(wanted, [(Harm::Killed, vec![(5, None)])]);
        assert_eq!(key.single, [Harm::Wounded]);
        assert_eq!(key.perpetrators, [["VDLF"]]);
        let allowed: Vec<_> = key.allowed.iter().map(|c| (c.harm, c.values[0].0)).collect();
        assert_eq!(allowed, [(Harm::Killed, 6), (Harm::Killed, 7), (Harm::Wounded, 7)]);
    }
}
