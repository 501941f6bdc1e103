//! How many a day, side by side: alleged violations by the side accused of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::day_text;
use super::frame::{BOTTOM, Look, Scales, chart, escaped};

/// Bars of one kind.
#[derive(Debug, Clone)]
pub struct Bars {
    /// Their name in the legend.
    pub name: String,
    /// Day since 1970-01-01, how many, and what is shown on pointing at the bar; each day at most once.
    pub days: Vec<(i64, u64, String)>,
}

/// Bars a day, those of each kind side by side. `title` and `about` say it in words to those who do not see it.
pub fn bars(title: &str, about: &str, series: &[Bars]) -> String {
    let days = || series.iter().flat_map(|s| &s.days);
    let (Some(first), Some(last)) = (days().map(|d| d.0).min(), days().map(|d| d.0).max()) else {
        return chart(title, about, "", &[]);
    };
    let scales = Scales::new(first, last + 1, days().map(|d| d.1).max().unwrap_or(1));
    let mut plot = patterns(series.len());
    plot.push_str(&scales.axes(true));
    let mut by_day: BTreeMap<i64, Vec<(usize, u64, &str)>> = BTreeMap::new();
    for (n, s) in series.iter().enumerate() {
        for (day, count, words) in &s.days {
            by_day.entry(*day).or_default().push((n, *count, words));
        }
    }
    let wide = (scales.x(first as f64 + 1.0) - scales.x(first as f64)) * 0.8 / series.len().max(1) as f64;
    let wide = wide.min(40.0);
    for (day, list) in by_day {
        let middle = scales.x(day as f64 + 0.5);
        for (n, count, words) in list {
            let x = middle + (n as f64 - series.len() as f64 / 2.0) * wide;
            let y = scales.y(count);
            let words = if words.is_empty() {
                format!("{}, {}: {count}", day_text(day), series[n].name)
            } else {
                words.to_owned()
            };
            let _ = write!(
                plot,
                "<g><title>{}</title>{}</g>",
                escaped(&words),
                bar(n, x, y, (wide - 1.0).max(1.0), BOTTOM - y)
            );
        }
    }
    let legend: Vec<(String, String)> =
        series.iter().enumerate().map(|(n, s)| (bar(n, 6.0, 0.0, 24.0, 12.0), s.name.clone())).collect();
    chart(title, about, &plot, &legend)
}

/// A bar in its colour, hatched in its own way.
fn bar(n: usize, x: f64, y: f64, width: f64, height: f64) -> String {
    let c = Look(n).colour();
    let hatch = format!("url(#standoff-hatch-{n})");
    format!(
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{}\" stroke=\"{c}\"/>",
        if n == 0 { c } else { &hatch }
    )
}

/// Hatchings of all kinds but the first, which is solid.
fn patterns(kinds: usize) -> String {
    let mut out = String::from("<defs>");
    for n in 1..kinds {
        let (turn, gap) = ([45, 135, 90, 0][n % 4], 4 + n / 4 * 2);
        let _ = write!(
            out,
            "<pattern id=\"standoff-hatch-{n}\" width=\"{gap}\" height=\"{gap}\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate({turn})\"><rect width=\"{gap}\" height=\"{gap}\" fill=\"#fff\"/><path d=\"M0 0V{gap}\" \
             stroke=\"{}\" stroke-width=\"3\"/></pattern>",
            Look(n).colour()
        );
    }
    out.push_str("</defs>");
    out
}
