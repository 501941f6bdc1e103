//! What all charts have in common: the frame, the axes, the legend, and looks that can be told apart without colour.

use std::fmt::Write as _;

use super::day_text;
use crate::wording;

/// Size of a chart in its own units.
pub(super) const WIDTH: f64 = 760.0;
pub(super) const HEIGHT: f64 = 300.0;
/// Where the plot begins and ends.
pub(super) const LEFT: f64 = 58.0;
pub(super) const RIGHT: f64 = WIDTH - 16.0;
pub(super) const TOP: f64 = 16.0;
pub(super) const BOTTOM: f64 = HEIGHT - 34.0;
/// Height of a line of the legend.
const LEGEND_LINE: f64 = 20.0;

/// Colours that people with any colour vision tell apart (Okabe and Ito 2008), without red beside green.
const COLOURS: [&str; 6] = ["#0072B2", "#E69F00", "#000000", "#56B4E9", "#CC79A7", "#7A5C00"];
/// Dashes of lines.
const DASHES: [&str; 6] = ["", "7 4", "2 3", "10 3 2 3", "4 2", "1 5"];

/// How the n-th series looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look(pub usize);

impl Look {
    pub(super) fn colour(self) -> &'static str {
        COLOURS[self.0 % COLOURS.len()]
    }

    /// A `stroke-dasharray` attribute; none for a solid line.
    pub(super) fn dash(self) -> String {
        match DASHES[self.0 % DASHES.len()] {
            "" => String::new(),
            dash => format!(" stroke-dasharray=\"{dash}\""),
        }
    }

    /// A mark at a point: dot, square, diamond, triangle, ring, cross.
    pub(super) fn mark(self, x: f64, y: f64) -> String {
        let colour = self.colour();
        match self.0 % 6 {
            0 => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>"),
            1 => {
                format!("<rect x=\"{:.1}\" y=\"{:.1}\" width=\"8\" height=\"8\" fill=\"{colour}\"/>", x - 4.0, y - 4.0)
            }
            2 => format!("<path d=\"M{x:.1} {:.1}l5 5-5 5-5-5z\" fill=\"{colour}\"/>", y - 5.0),
            3 => format!("<path d=\"M{x:.1} {:.1}l5 9h-10z\" fill=\"{colour}\"/>", y - 5.0),
            4 => format!(
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"#fff\" stroke=\"{colour}\" stroke-width=\"2\"/>"
            ),
            _ => format!(
                "<path d=\"M{:.1} {:.1}l8 8m0-8l-8 8\" stroke=\"{colour}\" stroke-width=\"2\" fill=\"none\"/>",
                x - 4.0,
                y - 4.0
            ),
        }
    }
}

/// The scales of a plot: days along, numbers upwards from nought.
pub(super) struct Scales {
    first: i64,
    last: i64,
    top: u64,
    step: u64,
}

impl Scales {
    pub(super) fn new(first: i64, last: i64, most: u64) -> Self {
        let step = step(most);
        Self { first, last: last.max(first + 1), top: most.div_ceil(step).max(1) * step, step }
    }

    pub(super) fn x(&self, day: f64) -> f64 {
        LEFT + (day - self.first as f64) / (self.last - self.first) as f64 * (RIGHT - LEFT)
    }

    pub(super) fn y(&self, number: u64) -> f64 {
        BOTTOM - number as f64 / self.top as f64 * (BOTTOM - TOP)
    }

    /// Lines and numbers at the side, days below; `middle` puts days between their borders.
    pub(super) fn axes(&self, middle: bool) -> String {
        let mut out = String::new();
        let mut n = 0;
        while n <= self.top {
            let y = self.y(n);
            let _ = write!(
                out,
                "<path d=\"M{LEFT} {y:.1}H{RIGHT}\" stroke=\"#ccc\" fill=\"none\"/><text x=\"{:.1}\" y=\"{:.1}\" \
                 text-anchor=\"end\">{}</text>",
                LEFT - 6.0,
                y + 4.0,
                spaced(n)
            );
            n += self.step;
        }
        let days = self.last - self.first + i64::from(!middle);
        // At most eight days are written out.
        let every = (days + 7) / 8;
        let mut day = self.first;
        while day < self.last || !middle && day <= self.last {
            let x = self.x(day as f64 + if middle { 0.5 } else { 0.0 });
            let anchor = if middle || (x > LEFT + 30.0 && x < RIGHT - 30.0) {
                "middle"
            } else if x > RIGHT - 30.0 {
                "end"
            } else {
                "start"
            };
            let _ = write!(
                out,
                "<path d=\"M{x:.1} {BOTTOM}v4\" stroke=\"#444\" fill=\"none\"/><text x=\"{x:.1}\" y=\"{:.1}\" \
                 text-anchor=\"{anchor}\">{}</text>",
                BOTTOM + 18.0,
                day_text(day)
            );
            day += every;
        }
        let _ = write!(out, "<path d=\"M{LEFT} {BOTTOM}H{RIGHT}\" stroke=\"#444\" fill=\"none\"/>");
        out
    }
}

/// A whole chart: title and description for those who cannot see it, the plot, and a legend below.
pub(super) fn chart(title: &str, about: &str, plot: &str, legend: &[(String, String)]) -> String {
    let height = HEIGHT + LEGEND_LINE * legend.len() as f64;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" width=\"100%\" \
         style=\"max-width:{WIDTH}px;background:#fff\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">\
         <title>{}</title><desc>{}</desc>{plot}",
        escaped(title),
        escaped(about)
    );
    for (n, (sample, name)) in legend.iter().enumerate() {
        let y = HEIGHT + LEGEND_LINE * n as f64;
        let _ = write!(
            out,
            "<g transform=\"translate({LEFT} {y})\">{sample}<text x=\"44\" y=\"10\">{}</text></g>",
            escaped(name)
        );
    }
    out.push_str("</svg>\n");
    out
}

/// Text as it may stand in SVG and HTML.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in wording::printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

/// Distance of the lines at the side: 1, 2 or 5 times a power of ten, at most six lines.
fn step(most: u64) -> u64 {
    let mut power = 1;
    loop {
        for n in [1, 2, 5] {
            if most.div_ceil(n * power) <= 6 {
                return n * power;
            }
        }
        power *= 10;
    }
}

/// "12 000".
fn spaced(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{2009}');
        }
        out.push(d);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, spaced, step};

    #[test]
    fn steps_are_round_and_few() {
        let cases = [(1, 1), (6, 1), (7, 2), (30, 5), (31, 10), (404, 100), (30_000, 5_000)];
        for (most, wanted) in cases {
            assert_eq!(step(most), wanted, "{most}");
        }
    }

    #[test]
    fn numbers_and_words_are_written_safely() {
        assert_eq!(spaced(9999), "9999");
        assert_eq!(spaced(12_345), "12\u{2009}345");
        assert_eq!(escaped("<a & \"b\">"), "&lt;a &amp; &quot;b&quot;&gt;");
    }
}
