//! How many a day, by side: bars drawn as SVG, each a link to what it counts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use evidence::time::Iso;

/// Days that one party has something on.
pub(crate) struct Series {
    pub name: String,
    pub colour: &'static str,
    /// Day, counted from 1 January 1970, and how many.
    pub days: Vec<(i32, u64)>,
}

const WIDTH: i64 = 960;
const HEIGHT: i64 = 150;
const LEFT: i64 = 34;
const FOOT: i64 = 20;
/// Bars at most; of more days several share a bar.
const MOST: i64 = 62;

/// A chart of the days between two, or of those that have something; `href` gives the address of what fits between two days. Empty if there is nothing to draw.
pub(crate) fn chart(
    series: &[Series],
    between: Option<(i32, i32)>,
    about: &str,
    href: impl Fn(&str, &str) -> String,
) -> String {
    let days = || series.iter().flat_map(|s| &s.days).map(|d| i64::from(d.0));
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return String::new() };
    let (first, last) = between.map_or((first, last), |(a, b)| (i64::from(a).min(first), i64::from(b).max(last)));
    let step = ((last - first) / MOST + 1).max(1);
    let bins = (last - first) / step + 1;
    let mut counts: BTreeMap<i64, Vec<u64>> = BTreeMap::new();
    for (n, s) in series.iter().enumerate() {
        for (day, count) in &s.days {
            let bin = counts.entry((i64::from(*day) - first) / step).or_insert_with(|| vec![0; series.len()]);
            bin[n] += count;
        }
    }
    let most = counts.values().map(|c| c.iter().sum::<u64>()).max().unwrap_or(1).max(1);
    let mut out = format!(
        "<svg class=\"days\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"group\" aria-label=\"{}\">",
        escaped(about)
    );
    let base = HEIGHT - FOOT;
    let wide = ((WIDTH - LEFT) / bins).clamp(3, 46);
    let _ = write!(
        out,
        "<path class=\"axis\" d=\"M{LEFT} {base}H{WIDTH}\"/><text class=\"quiet\" x=\"{}\" y=\"12\" text-anchor=\"end\">{most}</text>",
        LEFT - 6
    );
    for (bin, of) in &counts {
        let (from, to) = (first + bin * step, first + (bin + 1) * step - 1);
        let (from, to) = (day(from), day(to.min(last)));
        let told = series.iter().zip(of).filter(|(_, n)| **n > 0).map(|(s, n)| format!("{} {n}", s.name));
        let range = if from == to { from.clone() } else { format!("{from} to {to}") };
        let title = format!("{range}: {}", told.collect::<Vec<_>>().join(", "));
        let _ = write!(out, "<a href=\"{}\"><title>{}</title>", escaped(&href(&from, &to)), escaped(&title));
        let (x, mut y) = (LEFT + bin * wide, base);
        for (s, n) in series.iter().zip(of) {
            let high = (i64::try_from(*n).unwrap_or(i64::MAX / 200) * (base - 6)) / i64::try_from(most).unwrap_or(1);
            let high = if *n > 0 { high.max(1) } else { 0 };
            y -= high;
            if high > 0 {
                let _ = write!(
                    out,
                    "<rect class=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{high}\"/>",
                    s.colour,
                    wide - 1
                );
            }
        }
        out.push_str("</a>");
    }
    for bin in labels(bins, wide) {
        let x = LEFT + bin * wide;
        let _ = write!(out, "<text class=\"quiet\" x=\"{x}\" y=\"{}\">{}</text>", HEIGHT - 5, day(first + bin * step));
    }
    out.push_str("</svg>");
    out
}

/// Bars that have their day below them: as many as there is room for.
fn labels(bins: i64, wide: i64) -> impl Iterator<Item = i64> {
    let each = (84 / wide + 1).max(1);
    (0..bins).step_by(usize::try_from(each).unwrap_or(1)).filter(move |b| (bins - b) * wide > 60 || *b == 0)
}

fn day(number: i64) -> String {
    i32::try_from(number).ok().and_then(Iso::of_day).map(|d| d.to_string()).unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
