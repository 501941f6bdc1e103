//! Which words are content? Gives every word to the attribution whose content it is, and cuts a clause out of its sentence.

use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::{Event, Span};

use crate::attribution::{Attribution, Content};
use crate::claims::Reading;
use crate::frame;

impl Reading<'_> {
    /// Marks which words are whose content: wide contents first, so that nested ones end up innermost.
    pub(crate) fn spread(&mut self) {
        let mut contents: Vec<(usize, Vec<TokenId>)> = Vec::new();
        for (i, a) in self.attributions.iter().enumerate() {
            for c in &a.content {
                contents.push((i, self.content_tokens(a, *c)));
            }
        }
        contents.sort_by_key(|(i, tokens)| (std::cmp::Reverse(tokens.len()), *i));
        for (i, tokens) in contents {
            for t in tokens {
                self.said[t] = Some(i);
            }
        }
        self.carry_quotations();
    }

    fn content_tokens(&self, a: &Attribution, content: Content) -> Vec<TokenId> {
        let document = self.scene.document;
        let mut tokens = match content {
            Content::Clause(head) if document.ancestors(a.cue).any(|x| x == head) => {
                // The cue is inserted in its content: all of the clause but the branch of the cue.
                let branch = self.branch_below(a.cue, head);
                document.subtree_without(head, &branch)
            }
            Content::Clause(head) | Content::Phrase(head) => {
                document.subtree_without(head, &[self.answered(head), a.apart.clone()].concat())
            }
            Content::Quote(span) => document.tokens_in(span).collect(),
            Content::Own => Vec::new(),
        };
        if let Content::Clause(head) = content {
            let beside: Vec<TokenId> =
                frame::meanwhile(&self.scene, a.cue, head).into_iter().flat_map(|c| document.subtree(c)).collect();
            tokens.retain(|t| !beside.contains(t));
            tokens.extend(frame::conditions(&self.scene, a.cue).into_iter().flat_map(|c| document.subtree(c)));
            tokens.sort_unstable();
            tokens.dedup();
        }
        // A speaker that the parser hangs into what is told is no part of it.
        if matches!(content, Content::Clause(_)) {
            let speakers: Vec<TokenId> = a.speakers.iter().flat_map(|s| document.subtree(*s)).collect();
            if speakers.iter().all(|t| *t != a.cue) {
                tokens.retain(|t| !speakers.contains(t));
            }
        }
        // A clause in quotation marks brings along the rest of its quotation.
        if let Content::Clause(head) = content {
            let at = self.scene.token(head).span;
            let around = document.quotations.iter().find(|q| !q.fragment && q.inner.contains(at));
            if let Some(q) = around {
                let cue = self.scene.token(a.cue).span;
                if !q.inner.contains(cue) {
                    tokens.extend(document.tokens_in(q.inner));
                    tokens.sort_unstable();
                    tokens.dedup();
                }
            }
        }
        tokens
    }

    /// "…, a charge that the army denies": an apposition to what is said in which another answers it, no part of it.
    pub(crate) fn answered(&self, head: TokenId) -> Vec<TokenId> {
        let document = self.scene.document;
        let said = |t: &TokenId| {
            let clauses = document.children_by(*t, Deprel::AclRelcl);
            let answers = self.scene.token(*t).deprel == Deprel::Appos
                && clauses
                    .into_iter()
                    .any(|c| self.attributions.iter().any(|a| a.cue == c && a.content == [Content::Own]));
            answers || self.is_by_another(*t)
        };
        document.subtree(head).into_iter().filter(said).collect()
    }

    /// "…, for which residents blame soldiers": a relative clause behind a comma in which another says something.
    fn is_by_another(&self, id: TokenId) -> bool {
        let first = self.scene.document.subtree(id).first().copied().unwrap_or(id);
        let set_off = self.scene.word(first) == "," || first > 0 && self.scene.word(first - 1) == ",";
        self.scene.token(id).deprel == Deprel::AclRelcl
            && set_off
            && self.attributions.iter().any(|a| a.cue == id && !a.speakers.is_empty())
    }

    /// The dependant of `head` on the way down to `below`, with the speaker phrase that hangs beside "according to".
    fn branch_below(&self, below: TokenId, head: TokenId) -> Vec<TokenId> {
        let path: Vec<TokenId> =
            std::iter::once(below).chain(self.scene.document.ancestors(below)).take_while(|t| *t != head).collect();
        path.last().copied().into_iter().collect()
    }

    /// Sentences inside a quotation that no cue of their own attributes go on from the speaker before (or after) them.
    fn carry_quotations(&mut self) {
        let document = self.scene.document;
        let mut last: Option<(usize, usize)> = None;
        for (s, sentence) in document.sentences.iter().enumerate() {
            let quoted = document.quotations.iter().find(|q| !q.fragment && q.span.overlaps(sentence.span));
            let own = sentence.tokens.clone().find_map(|t| self.said[t]).filter(|_| quoted.is_some());
            if let Some(a) = own {
                last = Some((a, sentence.paragraph));
                continue;
            }
            let Some(quote) = quoted else { continue };
            let before = last
                .filter(|(_, p)| {
                    let goes_on = quote.continued || quote.span.contains(sentence.span);
                    *p == sentence.paragraph || goes_on && p + 1 >= sentence.paragraph
                })
                .map(|(a, _)| a);
            let after = || self.next_cue_in_paragraph(s);
            if let Some(a) = before.or_else(after) {
                for t in document.tokens_in(quote.inner).filter(|t| sentence.tokens.contains(t)) {
                    self.said[t] = Some(a);
                }
                last = Some((a, sentence.paragraph));
            }
        }
    }

    fn next_cue_in_paragraph(&self, sentence: usize) -> Option<usize> {
        let document = self.scene.document;
        let paragraph = document.sentences[sentence].paragraph;
        let end = document.sentences[sentence].tokens.end;
        self.attributions.iter().position(|a| {
            a.cue >= end
                && document.sentences[document.sentence_of(a.cue)].paragraph == paragraph
                && document.sentence_of(a.cue) <= sentence + 2
        })
    }

    /// Words of a clause as content: with what hangs below it, without coordinated clauses and without inserted cues.
    pub(crate) fn content_of(&self, head: TokenId) -> Vec<TokenId> {
        let document = self.scene.document;
        let said = self.said[head];
        let (mut out, mut open) = (Vec::new(), vec![head]);
        let told = said.map(|a| &self.attributions[a]).filter(|a| a.content.contains(&Content::Clause(head)));
        open.extend(told.into_iter().flat_map(|a| frame::conditions(&self.scene, a.cue)));
        while let Some(t) = open.pop() {
            out.push(t);
            for c in document.children(t).iter().copied() {
                let token = self.scene.token(c);
                let other_clause = t == head
                    && (matches!(token.deprel, Deprel::Conj | Deprel::Parataxis)
                        || frame::is_concession(&self.scene, c))
                    && self.is_unit(c)
                    && !self.goes_on(c);
                let leaves_content = said.is_some()
                    && self.said[c] != said
                    && !self.said[c].is_some_and(|inner| self.inside(inner, said));
                let cue = said.is_none()
                    && self.attributions.iter().any(|a| a.cue == c && a.content.contains(&Content::Clause(t)));
                let reporting = t == head
                    && said.is_none()
                    && token.deprel == Deprel::Advcl
                    && self.attributions.iter().any(|a| a.cue == c);
                if !(other_clause || leaves_content || cue || reporting) {
                    open.push(c);
                }
            }
        }
        out.sort_unstable();
        out
    }

    /// Whether a coordinated clause is one proposition with the one before ("… and 30 wounded").
    fn goes_on(&self, id: TokenId) -> bool {
        let harm = |t: TokenId| self.events[t].as_ref().is_some_and(|m| m.event == Some(Event::Assault));
        frame::is_elliptic(&self.scene, id) && harm(id)
    }

    /// What is quoted ends with its quotation, wherever the parser hangs what follows.
    pub(crate) fn keep_to_quotation(&self, a: &Attribution, head: TokenId, tokens: &mut Vec<TokenId>) {
        let (at, cue) = (self.scene.token(head).span, self.scene.token(a.cue).span);
        let quote = self
            .scene
            .document
            .quotations
            .iter()
            .find(|q| !q.fragment && q.inner.contains(at) && !q.inner.overlaps(cue));
        if let Some(q) = quote {
            tokens.retain(|t| q.inner.contains(self.scene.token(*t).span));
        }
    }

    /// Words of a content without clauses that only tell which, when or why ("since fighting resumed", "that took effect").
    pub(crate) fn foreground(&self, head: TokenId, within: &[TokenId]) -> Vec<TokenId> {
        let ancestors =
            |t: TokenId| std::iter::once(t).chain(self.scene.document.ancestors(t)).take_while(|a| *a != head);
        within.iter().copied().filter(|t| !ancestors(*t).any(|a| self.is_background(a))).collect()
    }

    /// Whether attribution `inner` stands in the content of `outer`.
    fn inside(&self, inner: usize, outer: Option<usize>) -> bool {
        self.said[self.attributions[inner].cue] == outer
    }

    /// From the first to the last word of the content, without punctuation, quotation marks and joining words at the rims.
    pub(crate) fn trimmed(&self, head: TokenId, tokens: &[TokenId]) -> Option<Span> {
        let joins = |t: TokenId| {
            let token = self.scene.token(t);
            let opens = matches!(token.deprel, Deprel::Case | Deprel::Mark | Deprel::Cc)
                && token.head == Some(head)
                && !matches!(self.scene.lower(t).as_str(), "if" | "unless" | "under");
            let goes_on = token.deprel == Deprel::Fixed
                && token.head.is_some_and(|h| {
                    matches!(self.scene.token(h).deprel, Deprel::Case | Deprel::Mark)
                        && self.scene.token(h).head == Some(head)
                });
            token.upos == Upos::Punct || opens || goes_on
        };
        let first = tokens.iter().copied().find(|t| !joins(*t))?;
        let last = tokens.iter().rev().copied().find(|t| self.scene.token(*t).upos != Upos::Punct)?;
        (first <= last).then(|| self.scene.token(first).span.join(self.scene.token(last).span))
    }
}
