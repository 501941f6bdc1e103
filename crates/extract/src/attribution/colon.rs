//! Who stands before a colon, or behind one in a headline? "Army: …", "X, its spokesman: …", "Rebels broke truce: ministry".

use std::ops::Range;

use evidence::document::{Feats, TokenId};
use evidence::mention::MentionKind;
use evidence::{Act, Mention};

use super::{Attribution, Content, is_clause_head};
use crate::scene::Scene;

/// A speaker and where they are stand in at most this many tokens before the colon.
const BEFORE: usize = 24;
/// Who says a headline stands in at most this many tokens behind its colon.
const BEHIND: usize = 7;

/// Attributions by a colon, one for each paragraph at most; `found` are those by words.
pub(super) fn find(scene: &Scene, found: &[Attribution]) -> Vec<Attribution> {
    let paragraphs = scene.document.sentences.chunk_by(|a, b| a.paragraph == b.paragraph);
    let statement = |p: &[evidence::document::Sentence]| {
        let first = p.first()?.tokens.clone();
        let colon = first.clone().take(BEFORE).find(|t| scene.word(*t) == ":")?;
        if found.iter().any(|a| (first.start..colon).contains(&a.cue) && !a.speakers.is_empty()) {
            return None;
        }
        let sentences: Vec<Range<TokenId>> = p.iter().map(|s| s.tokens.clone()).collect();
        // "Nine soldiers killed: ministry" has a verb in front; who speaks before a colon has none.
        let told_first = (first.start..colon).any(|t| scene.is_verb(t));
        let closing = || behind(scene, &sentences, found);
        told_first.then(closing).flatten().or_else(|| before(scene, colon, &sentences, found)).or_else(closing)
    };
    paragraphs.filter_map(statement).collect()
}

/// "X, spokesman of the front: we have left." The rest of the paragraph is X's, but for what is said of others.
fn before(scene: &Scene, colon: TokenId, sentences: &[Range<TokenId>], found: &[Attribution]) -> Option<Attribution> {
    let first = sentences[0].clone();
    let heads_report = scene.document.sentences.iter().take(4).any(|s| s.tokens.start == first.start);
    let speaker = speaker_at(scene, first.start..colon, heads_report)?;
    if (first.start..colon).any(|t| is_finite(scene, t)) {
        return None;
    }
    let mut content = heads(scene, colon + 1..first.end);
    for s in &sentences[1..] {
        let told_by_another = found.iter().any(|a| s.contains(&a.cue) && !a.speakers.is_empty());
        if !told_by_another {
            content.extend(heads(scene, s.clone()));
        }
    }
    // "Orrin: five dead" counts Orrin's dead and is nobody's saying.
    let end = sentences.last().map_or(first.end, |s| s.end);
    let told = speaker.kind != MentionKind::Party || (colon..end).any(|t| is_finite(scene, t));
    if content.is_empty() || !told {
        return None;
    }
    Some(attribution(colon, speaker.head, content, "before"))
}

/// "Rebels broke truce: ministry", of a headline.
fn behind(scene: &Scene, sentences: &[Range<TokenId>], found: &[Attribution]) -> Option<Attribution> {
    let [only] = sentences else { return None };
    let marks = [":", "-", "–", "—"];
    let mark = only.clone().rev().take(BEHIND + 1).find(|t| marks.contains(&scene.word(*t)))?;
    let headline = !matches!(scene.word(only.end - 1), "." | "!" | "?" | "\"" | "”");
    let rest = mark + 1..only.end;
    if !headline || rest.is_empty() || rest.clone().any(|t| is_finite(scene, t)) {
        return None;
    }
    let speaker = speaker_at(scene, rest, false)?;
    let content = heads(scene, only.start..mark);
    let said = content.iter().any(|c| matches!(c, Content::Clause(h) if is_clause_head(scene, *h)));
    let spoken_for = found.iter().any(|a| (only.start..mark).contains(&a.cue) && !a.speakers.is_empty());
    (said && !spoken_for).then(|| attribution(mark, speaker.head, content, "behind"))
}

fn attribution(cue: TokenId, speaker: TokenId, content: Vec<Content>, form: &str) -> Attribution {
    Attribution::plain(cue, Act::Assert, vec![speaker], content, format!("speech/assert.colon-{form}"))
}

/// Somebody who can speak, named or described at the start of some tokens.
fn speaker_at<'a>(scene: &Scene<'a>, tokens: Range<TokenId>, first: bool) -> Option<&'a Mention> {
    let (from, to) = (scene.token(tokens.start).span.start(), scene.token(tokens.end - 1).span.end());
    let can = |m: &&Mention| {
        let words = m.span.of(&scene.article.text);
        let kind = match m.kind {
            // "A teacher: …", but no "Five dead: …".
            MentionKind::People => {
                scene.token(m.head).feats.has(Feats::NUMBER_SING) && !words.starts_with(char::is_numeric)
            }
            MentionKind::Place => {
                // "Orsk: …" may be where a report was written; a capital that is no dateline speaks for its state.
                let site = matches!(scene.lemma(m.head), "hospital" | "clinic" | "embassy" | "headquarters");
                let shouted = words.chars().all(|c| !c.is_lowercase());
                let whole = scene.token(m.head).span.end() == scene.token(tokens.end - 1).span.end();
                site || !m.parties.is_empty() && !shouted && whole && !first
            }
            _ => true,
        };
        kind && m.span.start() == from && m.span.end() <= to
    };
    scene.referents.mentions.iter().filter(can).max_by_key(|m| m.span.len())
}

/// The heads of what some tokens say: clauses that hang on none of them; where there is no clause, the first such word.
fn heads(scene: &Scene, tokens: Range<TokenId>) -> Vec<Content> {
    let outside = |t: &TokenId| scene.token(*t).head.is_none_or(|h| !tokens.contains(&h));
    let content = |t: &TokenId| is_clause_head(scene, *t) || scene.is_nominal(*t) || scene.is_verb(*t);
    let tops: Vec<TokenId> = tokens.clone().filter(outside).filter(content).collect();
    let clauses: Vec<TokenId> = tops.iter().copied().filter(|t| is_clause_head(scene, *t)).collect();
    let chosen = if clauses.is_empty() { tops.into_iter().take(1).collect() } else { clauses };
    chosen.into_iter().map(Content::Clause).collect()
}

fn is_finite(scene: &Scene, t: TokenId) -> bool {
    scene.is_verb(t) && scene.token(t).feats.has(Feats::VERB_FIN)
}
