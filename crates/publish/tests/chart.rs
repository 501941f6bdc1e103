//! Charts are whole SVG documents that say in words what they show, and load nothing.

use publish::chart::{Bars, Line, Point, bars, day_of, steps};

fn point(date: &str, low: u64, high: u64, title: &str) -> Point {
    Point { day: day_of(date).unwrap(), low, high, title: title.to_owned(), href: Some("#f1".to_owned()) }
}

fn lines() -> Vec<Line> {
    let orrin = vec![point("2031-06-01", 310, 310, "Orrin: 310"), point("2031-06-04", 333, 340, "Orrin: 333 to 340")];
    let veldania = vec![point("2031-06-02", 900, 900, "Veldania <army>: 900")];
    vec![
        Line { name: "says orrin".to_owned(), points: orrin },
        Line { name: "says veldania".to_owned(), points: veldania },
    ]
}

#[test]
fn a_step_chart_names_itself_its_lines_and_its_sources() {
    let svg = steps("Orrin's soldiers killed", "Two sides count.", &lines());
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains("role=\"img\"") && svg.contains("<title>Orrin's soldiers killed</title>"));
    assert!(svg.contains("<desc>Two sides count.</desc>"));
    for told in ["Orrin: 310", "Veldania &lt;army&gt;: 900", "says orrin", "says veldania", "2031-06-01"] {
        assert!(svg.contains(told), "{told}");
    }
    assert_eq!(svg.matches("fill-opacity").count(), 1, "one day has a range");
    assert_eq!(svg.matches("<a href=\"#f1\">").count(), 3);
}

#[test]
fn nothing_is_loaded_and_every_tag_is_closed() {
    let days = |d: &str, n| vec![(day_of(d).unwrap(), n, String::new())];
    let series = [
        Bars { name: "accused: orrin".to_owned(), days: days("2031-06-01", 3) },
        Bars { name: "accused: veldania".to_owned(), days: days("2031-06-02", 5) },
    ];
    for svg in [steps("t", "d", &lines()), bars("t", "d", &series), steps("t", "d", &[]), bars("t", "d", &[])] {
        for bad in ["<script", "@import", "url(http", "NaN", "inf"] {
            assert!(!svg.contains(bad), "{bad} in {svg}");
        }
        assert_eq!(svg.matches("http").count(), 1, "only the name of the format");
        for tag in ["svg", "g", "a", "title", "desc", "text", "defs", "pattern"] {
            let opened = svg.matches(&format!("<{tag}>")).count() + svg.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, svg.matches(&format!("</{tag}>")).count(), "{tag} in {svg}");
        }
    }
}

#[test]
fn bars_of_one_day_stand_side_by_side_and_say_what_they_are() {
    let day = day_of("2031-06-01").unwrap();
    let one = |name: &str, n| Bars { name: name.to_owned(), days: vec![(day, n, String::new())] };
    let svg =
        bars("Alleged violations", "By the side accused.", &[one("accused: orrin", 3), one("accused: veldania", 5)]);
    assert!(svg.contains("<title>2031-06-01, accused: orrin: 3</title>"));
    assert!(svg.contains("<title>2031-06-01, accused: veldania: 5</title>"));
    assert!(svg.contains("standoff-hatch-1"), "told apart without colour");
}
