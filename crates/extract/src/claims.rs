//! What is claimed? Divides sentences into propositions and makes a claim of each that is attributed or tells an event.

use evidence::claim::Finding;
use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::{Act, Claim, Event, Id, Polarity, Reference, Span, Speaker, Status};

use crate::attribution::{self, Attribution, Content};
use crate::matcher::{Match, Rules};
use crate::scene::Scene;
use crate::speech::Speech;
use crate::{acts, bindings, modality, sides};

/// One proposition on its way to a claim.
#[derive(Debug)]
pub(crate) struct Proposition {
    /// Its head word.
    pub head: TokenId,
    /// Its words.
    pub tokens: Vec<TokenId>,
    /// The event it tells, if one.
    pub event: Option<Match>,
    /// Who attributes it: indices of attributions, nearest first.
    pub chain: Vec<usize>,
}

/// Everything found about a document's sayings, for assembly and `explain`.
pub(crate) struct Reading<'a> {
    pub scene: Scene<'a>,
    pub attributions: Vec<Attribution>,
    /// For every token, the innermost attribution whose content it is.
    pub said: Vec<Option<usize>>,
    /// For every token, the event it triggers.
    pub events: Vec<Option<Match>>,
}

/// All claims of a document, by position.
///
/// `of_conflict` says of every token whether its part of the article tells of armed conflict; elsewhere an "attack" is
/// no event.
pub fn find(scene: Scene, rules: &Rules, speech: &Speech, of_conflict: &[bool]) -> Vec<Claim> {
    let reading = Reading::of(scene, rules, speech, of_conflict);
    let mut claims: Vec<Claim> = Vec::new();
    for p in reading.propositions() {
        if let Some(claim) = reading.claim(&p) {
            let again =
                |c: &Claim| c.content == claim.content && c.event == claim.event && c.speakers == claim.speakers;
            if !claims.iter().any(again) {
                claims.push(claim);
            }
        }
    }
    claims.sort_by_key(|c| (c.content.start(), c.content.end()));
    acts::answer(&scene, &mut claims);
    claims
}

impl<'a> Reading<'a> {
    pub fn of(scene: Scene<'a>, rules: &Rules, speech: &Speech, of_conflict: &[bool]) -> Self {
        let attributions = attribution::find(&scene, speech);
        let count = scene.document.tokens.len();
        let mut reading = Self { scene, attributions, said: vec![None; count], events: Vec::with_capacity(count) };
        reading.events = (0..count).map(|t| rules.at(&scene, t).filter(|_| of_conflict[t])).collect();
        reading.spread();
        reading
    }

    /// Marks which words are whose content: wide contents first, so that nested ones end up innermost.
    fn spread(&mut self) {
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
            Content::Clause(head) | Content::Phrase(head) => document.subtree_without(head, &self.answered(head)),
            Content::Quote(span) => document.tokens_in(span).collect(),
            Content::Own => Vec::new(),
        };
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
    fn answered(&self, head: TokenId) -> Vec<TokenId> {
        let document = self.scene.document;
        let said = |t: &TokenId| {
            let clauses = document.children_by(*t, Deprel::AclRelcl);
            self.scene.token(*t).deprel == Deprel::Appos
                && clauses
                    .into_iter()
                    .any(|c| self.attributions.iter().any(|a| a.cue == c && a.content == [Content::Own]))
        };
        document.subtree(head).into_iter().filter(said).collect()
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

    /// Every proposition of the document that may become a claim.
    pub fn propositions(&self) -> Vec<Proposition> {
        let mut out = Vec::new();
        for sentence in &self.scene.document.sentences {
            for head in sentence.tokens.clone() {
                if self.is_unit(head) {
                    out.extend(self.clause(head));
                }
            }
        }
        for (i, a) in self.attributions.iter().enumerate() {
            for c in &a.content {
                match *c {
                    Content::Phrase(head) => out.push(self.phrase(i, head)),
                    Content::Own => out.push(self.own(i)),
                    Content::Clause(_) | Content::Quote(_) => {}
                }
            }
        }
        out
    }

    /// Whether a word heads a clause that stands by itself: every clause, and infinitives and gerunds that a cue speaks of.
    fn is_unit(&self, id: TokenId) -> bool {
        attribution::is_clause_head(&self.scene, id)
            || self.attributions.iter().any(|a| a.content.contains(&Content::Clause(id)))
    }

    fn clause(&self, head: TokenId) -> Option<Proposition> {
        if self.attributions.iter().any(|a| a.cue == head && !a.content.is_empty()) {
            return None;
        }
        let chain = self.chain_of(head);
        let is_content = chain.first().is_some_and(|a| self.is_content_root(*a, head));
        let own = self.own_tokens(head);
        let mut event = self.event_in(head, &own);
        if event.is_none() && is_content {
            // "demanded that they draw up a plan for leaving": the event may stand in a clause below.
            event = self.event_in(head, &self.foreground(head, &self.content_of(head)));
        }
        let subordinate = matches!(self.scene.token(head).deprel.base(), "acl" | "advcl" | "csubj");
        let strong = event.as_ref().is_some_and(|e| !subordinate || self.is_strong(head, e));
        // What a speaker only mentions by the way ("until they have left") is not what they claim.
        let by_the_way = !chain.is_empty() && !is_content && (self.is_background(head) || self.is_purpose(head));
        if !(is_content || strong) || by_the_way {
            return None;
        }
        let mut tokens = self.content_of(head);
        if let Some(a) = chain.first() {
            self.keep_to_quotation(&self.attributions[*a], head, &mut tokens);
        }
        Some(Proposition { head, tokens, event, chain })
    }

    /// Subordinate clauses count only if their own predicate (or what it lends its subject to) is the event.
    fn is_strong(&self, head: TokenId, event: &Match) -> bool {
        let core = matches!(self.scene.token(event.trigger).deprel.base(), "nsubj" | "obj");
        event.trigger == head || self.scene.token(event.trigger).head == Some(head) && (core || !event.bound.is_empty())
    }

    fn is_content_root(&self, a: usize, head: TokenId) -> bool {
        let a = &self.attributions[a];
        let roots: Vec<TokenId> =
            a.content.iter().filter_map(|c| if let Content::Clause(t) = c { Some(*t) } else { None }).collect();
        let conjunct_of = |t: TokenId| {
            let mut up = t;
            while self.scene.token(up).deprel == Deprel::Conj {
                let Some(h) = self.scene.token(up).head else { break };
                if roots.contains(&h) {
                    return true;
                }
                up = h;
            }
            false
        };
        let sentence_root = self.scene.token(head).head.is_none();
        roots.contains(&head) || conjunct_of(head) || sentence_root
    }

    /// Attributions whose content a word is, nearest first; each attribution stands in the content of the next.
    fn chain_of(&self, id: TokenId) -> Vec<usize> {
        let (mut chain, mut at) = (Vec::new(), self.said[id]);
        while let Some(a) = at.filter(|a| !chain.contains(a)) {
            chain.push(a);
            at = self.said[self.attributions[a].cue].filter(|outer| *outer != a);
        }
        chain
    }

    /// Words of a clause without those of clauses below it.
    fn own_tokens(&self, head: TokenId) -> Vec<TokenId> {
        let document = self.scene.document;
        let (mut out, mut open) = (Vec::new(), vec![head]);
        while let Some(t) = open.pop() {
            out.push(t);
            open.extend(document.children(t).iter().copied().filter(|c| !self.is_unit(*c)));
        }
        out.sort_unstable();
        out
    }

    /// The event of a clause: its predicate's, else that of what it complements, else of its nouns, nearest first.
    fn event_in(&self, head: TokenId, own: &[TokenId]) -> Option<Match> {
        let said_here = self.said[head];
        let depth =
            |t: TokenId| std::iter::once(t).chain(self.scene.document.ancestors(t)).take_while(|a| *a != head).count();
        let mut found: Vec<&Match> =
            own.iter().filter(|t| self.said[**t] == said_here).filter_map(|t| self.events[*t].as_ref()).collect();
        let core = |t: TokenId| {
            let top = std::iter::once(t).chain(self.scene.document.ancestors(t)).take_while(|a| *a != head).last();
            top.map_or(0, |t| match self.scene.token(t).deprel.base() {
                "xcomp" | "obj" => 1,
                "nsubj" => 2,
                _ => 3,
            })
        };
        found.sort_by_key(|m| (core(m.trigger), depth(m.trigger), m.trigger));
        let mut first = (*found.first()?).clone();
        // "A drone strike killed two": how it was done may stand in another noun of the clause.
        if first.mode.is_none()
            && let Some(how) = found.iter().find(|m| m.event == first.event && m.mode.is_some())
        {
            first.mode = how.mode;
            first.also = Some(how.rule.clone());
        }
        Some(first)
    }

    /// Words of a clause as content: with what hangs below it, without coordinated clauses and without inserted cues.
    fn content_of(&self, head: TokenId) -> Vec<TokenId> {
        let document = self.scene.document;
        let said = self.said[head];
        let (mut out, mut open) = (Vec::new(), vec![head]);
        while let Some(t) = open.pop() {
            out.push(t);
            for c in document.children(t).iter().copied() {
                let token = self.scene.token(c);
                let other_clause =
                    t == head && matches!(token.deprel, Deprel::Conj | Deprel::Parataxis) && self.is_unit(c);
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

    /// What is quoted ends with its quotation, wherever the parser hangs what follows.
    fn keep_to_quotation(&self, a: &Attribution, head: TokenId, tokens: &mut Vec<TokenId>) {
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
    pub fn foreground(&self, head: TokenId, within: &[TokenId]) -> Vec<TokenId> {
        let ancestors =
            |t: TokenId| std::iter::once(t).chain(self.scene.document.ancestors(t)).take_while(|a| *a != head);
        within.iter().copied().filter(|t| !ancestors(*t).any(|a| self.is_background(a))).collect()
    }

    /// Whether a word heads an infinitive that a noun brings along ("despite appeals to stop fighting").
    fn is_purpose(&self, id: TokenId) -> bool {
        self.scene.token(id).deprel == Deprel::Acl && self.scene.has_case(id, &["to"])
    }

    /// Whether a word heads a clause that only tells which, when or why.
    fn is_background(&self, id: TokenId) -> bool {
        const WHEN: &[&str] =
            &["since", "after", "before", "when", "while", "as", "until", "because", "although", "though"];
        let deprel = self.scene.token(id).deprel;
        deprel == Deprel::AclRelcl || deprel.is("advcl") && self.scene.has_case(id, WHEN)
    }

    /// Whether attribution `inner` stands in the content of `outer`.
    fn inside(&self, inner: usize, outer: Option<usize>) -> bool {
        self.said[self.attributions[inner].cue] == outer
    }

    fn phrase(&self, a: usize, head: TokenId) -> Proposition {
        let tokens = self.scene.document.subtree(head);
        let event = self.events[head].clone().or_else(|| tokens.iter().find_map(|t| self.events[*t].clone()));
        let mut chain = vec![a];
        chain.extend(self.chain_of(self.attributions[a].cue).into_iter().filter(|x| *x != a));
        Proposition { head, tokens, event, chain }
    }

    fn own(&self, a: usize) -> Proposition {
        let cue = self.attributions[a].cue;
        let mut chain = vec![a];
        chain.extend(self.chain_of(cue).into_iter().filter(|x| *x != a));
        // "declined to comment" says enough by itself; "Baku denied it" does not.
        let whole = matches!(self.attributions[a].act, Act::Deny | Act::Confirm);
        let other = |c: &TokenId| {
            let base = self.scene.token(*c).deprel.base();
            matches!(base, "conj" | "parataxis" | "advcl") || base == "nsubj" && !whole
        };
        let cut: Vec<TokenId> = self.scene.document.children(cue).iter().copied().filter(other).collect();
        Proposition { head: cue, tokens: self.scene.document.subtree_without(cue, &cut), event: None, chain }
    }

    /// The claim that a proposition makes, or `None` if no word of it is left.
    fn claim(&self, p: &Proposition) -> Option<Claim> {
        let scene = &self.scene;
        let content = self.trimmed(p.head, &p.tokens)?;
        let attribution = p.chain.first().map(|a| &self.attributions[*a]);
        let trigger = p.event.as_ref().map_or(p.head, |e| e.trigger);
        let roles = bindings::bind(self, p);
        let mut polarity = modality::polarity(scene, p.head, trigger);
        if attribution.is_some_and(|a| a.negates) {
            polarity = if polarity == Polarity::Affirmed { Polarity::Negated } else { Polarity::Affirmed };
        }
        let mut claim = Claim {
            id: String::new(),
            article: scene.article.id.clone(),
            content,
            cue: attribution.map(|a| scene.token(a.cue).span),
            speakers: self.speakers(&p.chain),
            joint: attribution
                .is_some_and(|a| a.speakers.iter().flat_map(|h| bindings::speakers(scene, *h)).count() > 1),
            act: attribution.map_or(Act::Assert, |a| a.act),
            event: p.event.as_ref().map(|e| e.event),
            mode: p.event.as_ref().and_then(|e| e.mode),
            actors: roles.actors,
            targets: roles.targets,
            places: roles.places,
            time: bindings::time(self, p),
            polarity,
            status: modality::status(scene, p.head, trigger),
            answers: Vec::new(),
            found: self.findings(p, roles.reasons),
        };
        acts::settle(scene, &mut claim, p, attribution);
        sides::complete(scene, &mut claim, p);
        let event = claim.event.map_or("-", Event::as_str);
        let who = claim.speakers.first().and_then(|s| s.span).map_or("-".to_owned(), |s| s.start().to_string());
        claim.id = Id::of("claim")
            .with(&claim.article)
            .with_span(content)
            .with(event)
            .with(claim.act.as_str())
            .with(&who)
            .text("c");
        Some(claim)
    }

    fn findings(&self, p: &Proposition, reasons: Vec<Finding>) -> Vec<Finding> {
        let mut out = Vec::new();
        for a in p.chain.iter().map(|a| &self.attributions[*a]) {
            let reason = format!("cue «{}» attributes it", self.scene.word(a.cue));
            out.push(Finding { rule: a.rule.clone(), reason, span: Some(self.scene.token(a.cue).span) });
        }
        if let Some(e) = &p.event {
            let reason = format!("«{}» tells of {}", self.scene.word(e.trigger), e.event);
            out.push(Finding { rule: e.rule.clone(), reason, span: Some(self.scene.token(e.trigger).span) });
            out.extend(e.also.iter().map(|r| Finding { rule: r.clone(), reason: "tells how".to_owned(), span: None }));
        }
        if out.is_empty() {
            out.push(Finding {
                rule: "claims/outlet".to_owned(),
                reason: "told in the outlet's own voice".to_owned(),
                span: None,
            });
        }
        out.extend(reasons);
        out
    }

    fn speakers(&self, chain: &[usize]) -> Vec<Speaker> {
        let heads =
            chain.iter().map(|a| &self.attributions[*a]).flat_map(|a| a.cited.iter().chain(&a.speakers).copied());
        // "according to the ministry said": nobody tells what they themselves have said.
        let mut chain: Vec<Speaker> = heads.flat_map(|h| bindings::speakers(&self.scene, h)).collect();
        chain.dedup();
        chain
    }

    /// From the first to the last word of the content, without punctuation, quotation marks and joining words at the rims.
    fn trimmed(&self, head: TokenId, tokens: &[TokenId]) -> Option<Span> {
        let joins = |t: TokenId| {
            let token = self.scene.token(t);
            let opens = matches!(token.deprel, Deprel::Case | Deprel::Mark | Deprel::Cc)
                && token.head == Some(head)
                && !matches!(self.scene.lower(t).as_str(), "if" | "unless" | "under");
            token.upos == Upos::Punct || opens
        };
        let first = tokens.iter().copied().find(|t| !joins(*t))?;
        let last = tokens.iter().rev().copied().find(|t| self.scene.token(*t).upos != Upos::Punct)?;
        (first <= last).then(|| self.scene.token(first).span.join(self.scene.token(last).span))
    }
}

/// Whether a status is told as having happened or happening.
pub(crate) fn is_told(status: Status) -> bool {
    matches!(status, Status::Actual | Status::Ongoing)
}

/// A reference to what a word refers to.
pub(crate) fn reference(scene: &Scene, id: TokenId) -> Vec<Reference> {
    let span = Some(scene.phrase(id));
    match scene.mention(id) {
        None => match scene.owner(id) {
            Some(m) => m.parties.iter().map(|p| Reference { entity: None, party: Some(p.clone()), span }).collect(),
            None => vec![Reference { entity: None, party: None, span }],
        },
        Some(m) => {
            let entity = |i: usize| m.entities.get(i).map(|e| scene.referents.entities[*e].id.clone());
            if m.parties.is_empty() {
                return vec![Reference { entity: entity(0), party: None, span }];
            }
            let one_each = m.entities.len() == m.parties.len();
            let of = |(i, p): (usize, &String)| Reference {
                entity: entity(if one_each { i } else { 0 }),
                party: Some(p.clone()),
                span,
            };
            m.parties.iter().enumerate().map(of).collect()
        }
    }
}
