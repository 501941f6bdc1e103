//! The ledger as JSON Lines: one object a line.

use std::io::{Result, Write};

use evidence::{Ceasefire, Claim, Correction, Entity, Figure, Incident, Origin, Revision, Toll};
use serde::Serialize;

use crate::book::Page;
use crate::disputes::Dispute;
use crate::timeline::Occurrence;
use crate::view::{CorrectionView, DisputeView, OccurrenceView, OriginView, RevisionView};
use crate::{ArticleView, Book, CeasefireView, ClaimView, EntityView, FigureView, IncidentView, TollView};

/// Everything: articles, entities, claims, figures, incidents, ceasefires.
pub fn export(book: &Book, out: &mut impl Write) -> Result<()> {
    articles(book, book.pages().iter(), out)?;
    entities(book.entities().iter(), out)?;
    claims(book, &book.claims(), out)?;
    figures(book, &book.figures(), out)?;
    incidents(book, book.incidents(), out)?;
    ceasefires(book, book.ceasefires(), out)
}

/// Some articles.
pub fn articles<'p, 'a: 'p>(
    book: &Book<'a>,
    pages: impl Iterator<Item = &'p Page<'a>>,
    out: &mut impl Write,
) -> Result<()> {
    lines(pages.map(|p| ArticleView::new(book, p)), out)
}

/// What changed between versions of articles.
pub fn revisions<'a>(book: &Book<'a>, revisions: &[Revision], out: &mut impl Write) -> Result<()> {
    lines(revisions.iter().map(|r| RevisionView::new(book, r)), out)
}

/// Some entities.
pub fn entities<'e>(entities: impl Iterator<Item = &'e Entity>, out: &mut impl Write) -> Result<()> {
    lines(entities.map(EntityView::new), out)
}

/// Some claims.
pub fn claims<'a>(book: &Book<'a>, claims: &[&'a Claim], out: &mut impl Write) -> Result<()> {
    lines(claims.iter().map(|c| ClaimView::new(book, c)), out)
}

/// Some figures.
pub fn figures<'a>(book: &Book<'a>, figures: &[&'a Figure], out: &mut impl Write) -> Result<()> {
    lines(figures.iter().map(|f| FigureView::new(book, f)), out)
}

/// Some tolls; `ucdp` adds the reading in UCDP's terms.
pub fn tolls(book: &Book, series: &[&Toll], ucdp: bool, out: &mut impl Write) -> Result<()> {
    lines(series.iter().map(|t| TollView::new(book, t, ucdp)), out)
}

/// Some incidents.
pub fn incidents<'a>(book: &Book<'a>, incidents: &[&'a Incident], out: &mut impl Write) -> Result<()> {
    lines(incidents.iter().map(|i| IncidentView::new(book, i)), out)
}

/// Some ceasefires.
pub fn ceasefires<'a>(book: &Book<'a>, ceasefires: &[&'a Ceasefire], out: &mut impl Write) -> Result<()> {
    lines(ceasefires.iter().map(|c| CeasefireView::new(book, c)), out)
}

/// What people said of claims and figures.
pub fn corrections<'a>(book: &Book<'a>, said: &'a [Correction], out: &mut impl Write) -> Result<()> {
    lines(said.iter().map(|c| CorrectionView::new(book, c)), out)
}

/// Some disputes.
pub fn disputes<'a>(book: &Book<'a>, disputes: &[Dispute<'a>], out: &mut impl Write) -> Result<()> {
    lines(disputes.iter().map(|d| DisputeView::new(book, d)), out)
}

/// A part of the timeline.
pub fn timeline<'a>(book: &Book<'a>, occurrences: &[Occurrence<'a>], out: &mut impl Write) -> Result<()> {
    lines(occurrences.iter().map(|o| OccurrenceView::new(book, o)), out)
}

/// Some origins.
pub fn origins<'a>(book: &Book<'a>, origins: &[&'a Origin], out: &mut impl Write) -> Result<()> {
    lines(origins.iter().map(|o| OriginView::new(book, o)), out)
}

fn lines(views: impl Iterator<Item = impl Serialize>, out: &mut impl Write) -> Result<()> {
    for view in views {
        serde_json::to_writer(&mut *out, &view)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
