//! Counts over time: each line keeps its last count until the next.

use std::fmt::Write as _;

use super::frame::{Look, RIGHT, Scales, chart, escaped};

/// One line of a step chart: what one side says over time.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name in the legend.
    pub name: String,
    /// By day, each day once.
    pub points: Vec<Point>,
}

/// What a line says on one day.
#[derive(Debug, Clone)]
pub struct Point {
    /// Days since 1970-01-01.
    pub day: i64,
    /// Lowest count of that day.
    pub low: u64,
    /// Highest count of that day; equal to the lowest where there is one.
    pub high: u64,
    /// Whose words, of which reports: shown on pointing at the mark, read by screen readers.
    pub title: String,
    /// Where the mark leads.
    pub href: Option<String>,
}

/// A step chart. `title` and `about` say it in words to those who do not see it.
pub fn steps(title: &str, about: &str, lines: &[Line]) -> String {
    let points = || lines.iter().flat_map(|l| &l.points);
    let (Some(first), Some(last)) = (points().map(|p| p.day).min(), points().map(|p| p.day).max()) else {
        return chart(title, about, "", &[]);
    };
    let scales = Scales::new(first, last, points().map(|p| p.high.max(p.low)).max().unwrap_or(1));
    let mut plot = scales.axes(false);
    for (n, line) in lines.iter().enumerate() {
        plot.push_str(&band(&scales, line, Look(n)));
    }
    for (n, line) in lines.iter().enumerate() {
        plot.push_str(&drawn(&scales, line, Look(n)));
    }
    let legend: Vec<(String, String)> =
        lines.iter().enumerate().map(|(n, l)| (sample(Look(n)), l.name.clone())).collect();
    chart(title, about, &plot, &legend)
}

/// The bands of the days on which several counts are told; each holds until the next count.
fn band(scales: &Scales, line: &Line, look: Look) -> String {
    let mut out = String::new();
    for (n, p) in line.points.iter().enumerate().filter(|(_, p)| p.low < p.high) {
        let from = scales.x(p.day as f64);
        let to = line.points.get(n + 1).map_or(RIGHT, |next| scales.x(next.day as f64)).max(from + 6.0);
        let (top, bottom) = (scales.y(p.high), scales.y(p.low));
        let _ = write!(
            out,
            "<rect x=\"{from:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{c}\" fill-opacity=\"0.18\" \
             stroke=\"{c}\" stroke-opacity=\"0.5\" stroke-dasharray=\"1 2\"/>",
            to - from,
            bottom - top,
            c = look.colour()
        );
    }
    out
}

fn drawn(scales: &Scales, line: &Line, look: Look) -> String {
    let mut path = String::new();
    for (n, p) in line.points.iter().enumerate() {
        let (x, y) = (scales.x(p.day as f64), scales.y(p.high));
        let _ = if n == 0 { write!(path, "M{x:.1} {y:.1}") } else { write!(path, "H{x:.1}V{y:.1}") };
    }
    let _ = write!(path, "H{RIGHT:.1}");
    let mut out =
        format!("<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"{}/>", look.colour(), look.dash());
    for p in &line.points {
        let x = scales.x(p.day as f64);
        let mut marks = look.mark(x, scales.y(p.high));
        if p.low != p.high {
            marks.push_str(&look.mark(x, scales.y(p.low)));
        }
        let marks = format!("<g><title>{}</title>{marks}</g>", escaped(&p.title));
        match &p.href {
            Some(href) => {
                let _ = write!(out, "<a href=\"{}\">{marks}</a>", escaped(href));
            }
            None => out.push_str(&marks),
        }
    }
    out
}

fn sample(look: Look) -> String {
    format!(
        "<path d=\"M0 6H36\" stroke=\"{}\" stroke-width=\"2\" fill=\"none\"{}/>{}",
        look.colour(),
        look.dash(),
        look.mark(18.0, 6.0)
    )
}
