//! How far coders agree, field by field.

use askama::Template;
use axum::extract::State;
use evidence::correction::Kind;
use review::{Agreement, Metric};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::Who;
use crate::pages::{Frame, Page};

#[derive(Template)]
#[template(path = "review-agreement.html")]
struct Shown {
    frame: Frame,
    tables: Vec<Table>,
}

struct Table {
    title: &'static str,
    /// Objects of the kind that anybody has said something of, and that two have.
    spoken: usize,
    double: usize,
    rows: Vec<Row>,
}

struct Row {
    field: &'static str,
    metric: &'static str,
    alpha: Option<String>,
    /// Of the bar, from 0 to 100.
    width: i64,
    /// Why there is none.
    undefined: &'static str,
    units: usize,
    values: usize,
    coders: usize,
}

pub(super) async fn show(State(desk): State<Desk>, who: Who) -> Result<Page, Fault> {
    let frame = Frame::new(&desk, who, "/review", "Agreement between coders");
    let layer = desk.layer().await?;
    let all = review::agreement(&layer);
    let table = |kind: Kind| {
        let of_kind = |s: &&review::Standing| s.object.kind == kind && s.is_spoken_of();
        Table {
            title: if kind == Kind::Claim { "Claims" } else { "Figures" },
            spoken: layer.all().filter(of_kind).count(),
            double: layer.all().filter(of_kind).filter(|s| s.words.len() > 1).count(),
            rows: all.iter().filter(|a| a.kind == kind).map(row).collect(),
        }
    };
    Page::of(&Shown { frame, tables: Kind::ALL.into_iter().map(table).collect() })
}

fn row(a: &Agreement) -> Row {
    let value = a.alpha.value.ok();
    Row {
        field: a.field.map_or("is it there?", |f| f.as_str()),
        metric: match a.metric {
            Metric::Nominal => "nominal",
            Metric::Interval => "interval",
            Metric::Ratio => "ratio",
        },
        alpha: value.map(|v| format!("{v:.3}").replace('-', "\u{2212}")),
        width: value.map_or(0, |v| (v.clamp(0.0, 1.0) * 100.0).round() as i64),
        undefined: a.alpha.value.err().map_or("", review::Why::as_str),
        units: a.alpha.units,
        values: a.alpha.values,
        coders: a.coders,
    }
}
