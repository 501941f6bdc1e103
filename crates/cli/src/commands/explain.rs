//! Shows the way to a claim: report → sentence → parse → rule → binding → incident; what put an incident together; or
//! where a rule stopped matching.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use evidence::{Article, Claim, Document, Incident, Referents, Span};
use publish::{Book, Page, printable};
use store::Store;

use super::{load, open, parse};
use crate::arguments::Explain;
use crate::pipeline::Pipeline;
use crate::terminal;

/// One of the three.
pub fn run(args: &Explain) -> Result<()> {
    match (&args.claim, &args.rule, &args.text) {
        (_, Some(rule), Some(text)) => try_rule(rule, text),
        (Some(id), ..) if id.starts_with('i') => incident_way(args, id),
        (Some(claim), ..) => claim_way(args, claim),
        _ => bail!("cannot explain nothing: name a claim or an incident, or a rule and a text"),
    }
}

/// Tries one rule on one text.
fn try_rule(rule: &str, text: &str) -> Result<()> {
    let pipeline = Pipeline::new(None)?;
    let known = pipeline.extractor().rules();
    if !known.iter().any(|r| r.name == rule || r.name.rsplit('/').next() == Some(rule)) {
        bail!(
            "cannot explain the rule {rule}: there is none of that name; rules are files of data/rules, such as assault/shelling"
        );
    }
    let steps = pipeline.read_text(text);
    let trace = pipeline.extractor().trace(&steps.reading.article, &steps.document, &steps.referents, rule);
    terminal::print(&printable(&(trace.join("\n") + "\n")))
}

/// Prints the way to one claim.
fn claim_way(args: &Explain, prefix: &str) -> Result<()> {
    let store = open(&args.ledger)?;
    let path = args.ledger.ledger.display();
    let found = store.claims_like(prefix, 5).with_context(|| format!("cannot search the ledger {path}"))?;
    let (id, article) = match found.as_slice() {
        [one] => one.clone(),
        [] => {
            bail!("cannot explain {prefix}: no claim in {path} has an id that starts so; standoff claims shows the ids")
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|(id, _)| id.as_str()).collect();
            bail!("cannot explain {prefix}: several ids start so ({}); give more of it", ids.join(", "))
        }
    };
    let ledger = load(&store, &args.ledger, None)?;
    let book = Book::new(&ledger);
    let (Some(claim), Some(page)) = (book.claim(&id), book.page(&article)) else {
        bail!("cannot explain {prefix}: the ledger has changed meanwhile; try again")
    };
    let steps = Pipeline::new(None)?.read(&mut annotate::Scratch::default(), page.article().clone(), Vec::new());
    let mut out = printable(&(report(page) + &sentences(page.article(), claim, &steps.document)));
    out.push_str(&publish::table::claims(&book, &[claim], terminal::style()));
    out.push('\n');
    out.push_str(&printable(&findings(page, claim)));
    out.push_str(&printable(&meanings(page.article(), claim, &steps.referents)));
    out.push_str(&printable(&neighbours(&book, claim)));
    terminal::print(&out)
}

/// Prints how an incident was put together: its versions by side, each with its words, origin, reason and denials.
fn incident_way(args: &Explain, prefix: &str) -> Result<()> {
    let store = open(&args.ledger)?;
    let ledger = load(&store, &args.ledger, None)?;
    let book = Book::new(&ledger);
    let path = args.ledger.ledger.display();
    let found: Vec<&Incident> = book.incidents().iter().copied().filter(|i| i.id.starts_with(prefix)).collect();
    match found.as_slice() {
        [one] => terminal::print(&printable(&incident(&book, one))),
        [] => bail!(
            "cannot explain {prefix}: no incident in {path} has an id that starts so; standoff incidents shows the ids"
        ),
        several => {
            let ids: Vec<&str> = several.iter().take(5).map(|i| i.id.as_str()).collect();
            bail!("cannot explain {prefix}: several ids start so ({}); give more of it", ids.join(", "))
        }
    }
}

fn incident(book: &Book, i: &Incident) -> String {
    let mut out = format!(
        "incident   {}
",
        i.id
    );
    let event = i.event.map_or("none told", |e| e.as_str());
    let list = |names: &[String]| if names.is_empty() { "not told".to_owned() } else { names.join(", ") };
    let places: Vec<String> =
        i.places.iter().map(|id| book.entity(id).map_or(id.clone(), |e| e.name.clone())).collect();
    let time = i.time.as_ref().and_then(|t| t.value.as_ref()).map_or("not told".to_owned(), ToString::to_string);
    for (name, value) in
        [("event", event.to_owned()), ("parties", list(&i.parties)), ("places", list(&places)), ("time", time)]
    {
        let _ = writeln!(out, "{name:<10} {value}");
    }
    let _ = writeln!(out, "origins    {}", i.origins);
    let mut article = "";
    for (member, claim) in i.claims.iter().filter_map(|m| Some((m, book.claim(&m.claim)?))) {
        if claim.article != article {
            article = &claim.article;
            if let Some(page) = book.page(article) {
                let agencies = &page.article().agencies;
                let credit =
                    if agencies.is_empty() { String::new() } else { format!(", credits {}", agencies.join(", ")) };
                let path = book.short_path(page);
                let _ = writeln!(out, "\n{path} ({}), origin {}{credit}", published(page), page.origin);
            }
        }
        let who = publish::speakers(book, claim);
        let quote = book.quote(&claim.article, claim.content);
        let _ = writeln!(out, "  {} {} by {who}: “{quote}”", claim.id, member.relation);
        let _ = writeln!(
            out,
            "    joined: {}",
            if member.reason.is_empty() { "what the others are joined to" } else { &member.reason }
        );
        for denied in book.denial(&claim.id).iter().flat_map(|d| &d.denies) {
            let kind = book.denial(&claim.id).map_or("", |d| d.kind.as_str());
            let _ = writeln!(out, "    denies {} ({kind}): {}", denied.claim, denied.reason);
        }
    }
    for note in &i.notes {
        let _ = writeln!(out, "\nnote       {note}");
    }
    out
}

fn published(page: &Page) -> String {
    page.article().published.value.as_ref().map_or("undated".to_owned(), ToString::to_string)
}

fn report(page: &Page) -> String {
    let a = page.article();
    let mut out = format!("report     {}\n", a.path);
    for (name, value) in [("title", a.title()), ("outlet", a.outlet.as_deref()), ("address", a.url.as_deref())] {
        if let Some(value) = value {
            let _ = writeln!(out, "{name:<10} {value}");
        }
    }
    let published = a.published.value.as_ref().map_or("not known".to_owned(), ToString::to_string);
    let _ = writeln!(out, "published  {published} ({})", a.published.basis);
    out
}

/// Every sentence that the content or the cue stands in, with its parse.
pub(crate) fn sentences(article: &Article, claim: &Claim, document: &Document) -> String {
    let mut out = String::new();
    let touched = |span: Span| span.overlaps(claim.content) || claim.cue.is_some_and(|c| span.overlaps(c));
    for sentence in document.sentences.iter().filter(|s| touched(s.span)) {
        let _ = writeln!(out, "sentence   {}\n", sentence.span.of(&article.text));
        out.push_str(&parse::tree(&article.text, document, sentence));
        out.push('\n');
    }
    out
}

fn findings(page: &Page, claim: &Claim) -> String {
    let mut out = String::from("found by\n");
    for f in &claim.found {
        let words = f.span.map(|s| format!(" “{}”", page.quote(s))).unwrap_or_default();
        let _ = writeln!(out, "  {}:{words} {}", f.rule, f.reason);
    }
    if claim.found.is_empty() {
        out.push_str("  (the ledger does not say)\n");
    }
    out
}

/// Whom and what the words of its roles mean, and why.
pub(crate) fn meanings(article: &Article, claim: &Claim, referents: &Referents) -> String {
    let speakers =
        claim.speakers.iter().filter_map(|s| Some(("speaker", s.span?, s.party.as_ref(), s.entity.as_ref())));
    let roles = [("actor", &claim.actors), ("target", &claim.targets), ("place", &claim.places)];
    let references = roles.into_iter().flat_map(|(role, list)| {
        list.iter().filter_map(move |r| Some((role, r.span?, r.party.as_ref(), r.entity.as_ref())))
    });
    let mut out = String::new();
    for (role, span, party, entity) in speakers.chain(references) {
        let meant: Vec<&str> = [entity, party].into_iter().flatten().map(String::as_str).collect();
        let meant = if meant.is_empty() { "nobody known".to_owned() } else { meant.join(", ") };
        let mention = referents.mentions.iter().find(|m| m.span == span);
        let mention = mention.or_else(|| referents.mentions.iter().find(|m| span.contains(m.span)));
        let why = mention.map(|m| format!(" ({})", m.reason)).unwrap_or_default();
        let _ = writeln!(out, "  {role:<8} “{}” is {meant}{why}", span.of(&article.text));
    }
    if let Some(time) = &claim.time {
        let value = time.value.as_ref().map_or("not determined".to_owned(), ToString::to_string);
        let words = time.span.map(|s| format!("“{}” is ", s.of(&article.text))).unwrap_or_default();
        let _ = writeln!(out, "  {:<8} {words}{value} ({})", "time", time.basis);
    }
    if out.is_empty() { out } else { format!("meaning\n{out}") }
}

/// What else the claim stands with: claims that it answers, its incident.
fn neighbours(book: &Book, claim: &Claim) -> String {
    let mut out = String::new();
    for denied in book.denial(&claim.id).iter().flat_map(|d| &d.denies) {
        let Some(other) = book.claim(&denied.claim) else { continue };
        let quote = book.quote(&other.article, other.content);
        let _ = writeln!(out, "answers    {}: “{quote}” ({})", other.id, denied.reason);
    }
    if let Some((incident, relation)) = book.incident_of(&claim.id) {
        let _ = writeln!(out, "incident   {} ({relation}); independent origins: {}", incident.id, incident.origins);
        for member in incident.claims.iter().filter(|m| m.claim != claim.id) {
            let Some(other) = book.claim(&member.claim) else { continue };
            let quote = book.quote(&other.article, other.content);
            let _ = writeln!(out, "  {} {}: “{quote}” ({})", member.relation, other.id, member.reason);
        }
    }
    out
}
