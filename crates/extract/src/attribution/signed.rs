//! Whose is a quotation that a dash signs? "“We wait.” — Ada Brill".

use evidence::Act;
use evidence::deprel::Upos;
use evidence::document::{Sentence, TokenId};

use super::{Attribution, Content};
use crate::scene::Scene;

/// The most words of a name after a dash.
const LONGEST_NAME: usize = 8;

/// The attribution that a dash makes between a quotation and a name at the end of a line.
pub(super) fn at(scene: &Scene, sentence: &Sentence, dash: TokenId) -> Option<Attribution> {
    if !matches!(scene.word(dash), "—" | "–" | "―" | "--" | "-") {
        return None;
    }
    let text = &scene.article.text;
    let at = scene.token(dash).span.start();
    let before = |end: usize| end <= at && text[end..at].trim().is_empty();
    let quotation = scene.document.quotations.iter().find(|q| before(q.span.end()))?;
    // The name may be taken for a sentence of its own.
    let line =
        scene.document.sentences.iter().filter(|s| s.paragraph == sentence.paragraph).map(|s| s.tokens.end).max()?;
    let name: Vec<TokenId> = (dash + 1..line).filter(|t| scene.token(*t).upos != Upos::Punct).collect();
    let last = *name.last().filter(|_| name.len() <= LONGEST_NAME)?;
    let rest = text[scene.token(last).span.end()..].lines().next().unwrap_or_default();
    let named = name.iter().any(|t| scene.token(*t).upos == Upos::Propn) && !name.iter().any(|t| scene.is_verb(*t));
    if !named || !rest.trim_matches(|c: char| c.is_whitespace() || c == '.').is_empty() {
        return None;
    }
    let outside = |t: &&TokenId| scene.token(**t).head.is_none_or(|h| h <= dash);
    let speakers = vec![*name.iter().find(outside)?];
    let content = vec![Content::Quote(quotation.inner)];
    Some(Attribution::plain(dash, Act::Assert, speakers, content, "speech/assert.signed"))
}
