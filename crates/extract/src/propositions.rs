//! What is put forward? Divides sentences into propositions and finds the event that each tells.

use evidence::deprel::{Deprel, Upos};
use evidence::document::TokenId;
use evidence::{Act, Event, Mode, Span};

use crate::attribution::{self, Content};
use crate::claims::{Proposition, Reading};
use crate::frame;
use crate::matcher::Match;

impl Reading<'_> {
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
                    Content::Quote(words) => out.extend(self.fragment(i, words)),
                    Content::Clause(_) => {}
                }
            }
        }
        out
    }

    /// Whether a word heads a clause that stands by itself: every clause, and infinitives and gerunds that a cue speaks of.
    pub(crate) fn is_unit(&self, id: TokenId) -> bool {
        attribution::is_clause_head(&self.scene, id) && !self.is_cleft(id) && !frame::is_obliged(&self.scene, id)
            || self.attributions.iter().any(|a| a.content.contains(&Content::Clause(id)))
    }

    fn clause(&self, head: TokenId) -> Option<Proposition> {
        if self.attributions.iter().any(|a| a.cue == head && !a.content.is_empty()) {
            return None;
        }
        // "Neither confirmed nor denied": the second half is the same silence.
        let nor = self.scene.children_of(head, "cc").any(|c| self.scene.lower(c) == "nor");
        let silent = |h: TokenId| self.attributions.iter().any(|a| a.cue == h && a.act == Act::Decline);
        if nor && self.scene.token(head).head.is_some_and(silent) {
            return None;
        }
        if attribution::is_withheld(&self.scene, &self.attributions, head) {
            return None;
        }
        let chain = self.chain_of(head);
        let is_content = chain.first().is_some_and(|a| self.is_content_root(*a, head));
        let own = self.own_tokens(head);
        let mut event = self.event_in(head, &own);
        if event.is_none() && is_content {
            event = self.event_below(head);
        }
        let subordinate = matches!(self.scene.token(head).deprel.base(), "acl" | "advcl" | "csubj");
        let part = !is_content && self.is_told_above(head);
        let strong = event.as_ref().is_some_and(|e| !e.quiet && (!subordinate || self.is_strong(head, e)));
        let by_the_way = (!is_content || chain.is_empty()) && self.is_by_the_way(head, event.as_ref(), &chain);
        if !(is_content || strong) || by_the_way || part || self.continues(head, &chain) {
            return None;
        }
        let mut tokens = self.content_of(head);
        if let Some(a) = chain.first() {
            self.keep_to_quotation(&self.attributions[*a], head, &mut tokens);
        }
        Some(Proposition { head, tokens, event, chain })
    }

    /// The event of a content whose own words tell none: "demanded that they draw up a plan for leaving".
    fn event_below(&self, head: TokenId) -> Option<Match> {
        let depends = |t: TokenId| {
            let way = std::iter::once(t).chain(self.scene.document.ancestors(t)).take_while(|a| *a != head);
            way.into_iter().any(|a| frame::is_condition(&self.scene, a))
        };
        let mut words = self.foreground(head, &self.content_of(head));
        words.retain(|t| !depends(*t));
        self.event_in(head, &words)
    }

    /// Whether the event of a clause already is that of the content it stands in ("believed that they were attacking").
    fn is_told_above(&self, head: TokenId) -> bool {
        let Some(main) = self.governor(head) else { return false };
        let content = self.chain_of(main).first().is_some_and(|a| self.is_content_root(*a, main));
        let cue = self.attributions.iter().any(|a| a.cue == main);
        let below = self.scene.token(head).deprel != Deprel::Conj && self.said[main] == self.said[head];
        content
            && below
            && !cue
            && self.is_unit(main)
            && self.event_in(main, &self.own_tokens(main)).is_none()
            && self.event_below(main).is_some_and(|m| self.own_tokens(head).contains(&m.trigger))
    }

    /// Whether a clause is only mentioned by the way: what a speaker says of when or why ("until they have left"), what a
    /// reader knows already ("since the fighting began"), and what something else depends on.
    fn is_by_the_way(&self, head: TokenId, event: Option<&Match>, chain: &[usize]) -> bool {
        let nominal = event.is_some_and(|e| e.mode == Some(Mode::Ceasefire) && e.trigger != head);
        if frame::is_condition(&self.scene, head)
            || chain.is_empty()
                && (frame::is_heading(&self.scene, head) || nominal && frame::is_label(&self.scene, head))
        {
            return true;
        }
        if !chain.is_empty() {
            // What is demanded may tell of whom: "the soldiers who were captured".
            let asked = matches!(self.attributions[chain[0]].act, Act::Demand | Act::Appeal);
            let told = asked
                && self.scene.token(head).deprel == Deprel::AclRelcl
                && event.is_some_and(|e| e.trigger == head && matches!(e.event, Some(Event::Assault | Event::Coerce)));
            // "was on its way to the village when gunmen opened fire": the story goes on.
            // "… because they had been refused access": the cause is told too.
            let cause = self.scene.has_case(head, &["because"]) && event.is_some_and(|e| e.trigger == head && !e.quiet);
            let goes_on = frame::is_narrative_when(&self.scene, head) && self.is_news(head, event)
                || cause
                || frame::is_concession(&self.scene, head);
            return (self.is_background(head) || self.is_purpose(head)) && !told && !goes_on;
        }
        frame::is_when(&self.scene, head) && !self.is_news(head, event)
    }

    /// Whether a clause that says when tells something of its own ("after tanks fired on the village") and not only of
    /// what began or ended.
    fn is_news(&self, head: TokenId, event: Option<&Match>) -> bool {
        let pronoun = |s: TokenId| self.scene.token(s).upos == Upos::Pron;
        event.is_some_and(|e| {
            e.trigger == head
                && e.event.is_some()
                && e.mode != Some(Mode::Ceasefire)
                && !self.scene.children_of(head, "nsubj").any(pronoun)
        })
    }

    /// Whether a clause only goes on with the casualties that the clause before it counts ("… and 30 wounded", "the
    /// number of soldiers killed in …"): one proposition with it.
    fn continues(&self, head: TokenId, chain: &[usize]) -> bool {
        let Some(main) = self.governor(head) else { return false };
        let harm = |t: TokenId| {
            let found = self.event_in(t, &self.own_tokens(t));
            found.filter(|m| m.event == Some(Event::Assault)).map(|m| m.trigger)
        };
        let same = self.chain_of(main) == chain;
        let part = frame::is_elliptic(&self.scene, head)
            || self.scene.token(head).deprel == Deprel::Acl
            || frame::is_bare_participle(&self.scene, head);
        part && same && self.is_unit(main) && harm(head) == Some(head) && harm(main).is_some()
    }

    /// The head of the clause that a clause hangs in.
    fn governor(&self, id: TokenId) -> Option<TokenId> {
        self.scene.document.ancestors(id).find(|a| self.is_unit(*a))
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
            while self.scene.token(up).deprel == Deprel::Conj || frame::is_concession(&self.scene, up) {
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
        let here = own.iter().filter(|t| self.said[**t] == said_here);
        let mut found: Vec<&Match> = here.filter_map(|t| self.events[*t].as_ref()).collect();
        let aside = |m: &&Match| frame::stands_aside(&self.scene, head, m.trigger);
        if found.iter().any(|m| !aside(m)) {
            found.retain(|m| !aside(m));
        }
        let core = |t: TokenId| {
            let top = std::iter::once(t).chain(self.scene.document.ancestors(t)).take_while(|a| *a != head).last();
            top.map_or(0, |t| match self.scene.token(t).deprel.base() {
                "xcomp" | "obj" => 1,
                "advcl" if frame::is_obliged(&self.scene, t) => 1,
                "nsubj" => 2,
                _ => 3,
            })
        };
        found.sort_by_key(|m| (core(m.trigger), depth(m.trigger), m.trigger));
        let mut first = (*found.first()?).clone();
        // "A drone strike killed two": how it was done may stand in another noun of the clause.
        if first.mode.is_none()
            && first.event.is_some()
            && let Some(how) = found.iter().find(|m| m.event == first.event && m.mode.is_some())
        {
            first.mode = how.mode;
            first.also = Some(how.rule.clone());
        }
        Some(first)
    }

    fn phrase(&self, a: usize, head: TokenId) -> Proposition {
        let tokens = self.scene.document.subtree_without(head, &self.answered(head));
        // "puts them at 30 dead", "counts 30 dead": the parser may hang the word of harm on the cue.
        let beside = || self.scene.children_of(self.attributions[a].cue, "xcomp").find_map(|t| self.events[t].clone());
        let event = self.events[head].clone().or_else(|| tokens.iter().find_map(|t| self.events[*t].clone()));
        let event = event.or_else(beside);
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
        let tokens = self.scene.document.subtree_without(cue, &cut);
        // "blamed the rebels and not the army for the shooting": what they are blamed for stands among the words.
        let blames = self.attributions[a].act == Act::Accuse;
        let event = tokens.iter().filter(|t| blames && **t != cue).find_map(|t| self.events[*t].clone());
        Proposition { head: cue, tokens, event, chain }
    }

    /// "It was the rebels who attacked": the relative clause is what is said, and no clause of its own.
    fn is_cleft(&self, id: TokenId) -> bool {
        let token = self.scene.token(id);
        token.deprel == Deprel::AclRelcl
            && !self.attributions.iter().any(|a| a.cue == id || a.content.contains(&Content::Clause(id)))
            && token.head.is_some_and(|h| frame::is_clefted(&self.scene, h))
    }

    /// Words in quotation marks that are no clause ("A lie from beginning to end", he said).
    fn fragment(&self, a: usize, words: Span) -> Option<Proposition> {
        let tokens: Vec<TokenId> = self.scene.document.tokens_in(words).collect();
        let outside = |t: TokenId| self.scene.token(t).head.is_none_or(|h| !tokens.contains(&h));
        let head = tokens.iter().copied().find(|t| outside(*t) && self.scene.token(*t).upos != Upos::Punct)?;
        let told = |t: TokenId| self.is_unit(t) || self.attributions.iter().any(|a| a.cue == t);
        let whole = std::iter::once(head).chain(self.scene.document.ancestors(head)).take_while(|t| tokens.contains(t));
        if self.said[head] != Some(a) || whole.into_iter().any(told) || tokens.len() < 2 {
            return None;
        }
        let event = self.event_in(head, &tokens);
        Some(Proposition { head, tokens, event, chain: self.chain_of(head) })
    }

    /// Whether a word heads an infinitive that a noun brings along ("despite appeals to stop fighting").
    fn is_purpose(&self, id: TokenId) -> bool {
        self.scene.token(id).deprel == Deprel::Acl && self.scene.has_case(id, &["to", "of", "for", "about", "from"])
    }

    /// Whether a word heads a clause that only tells which, when or why.
    pub(crate) fn is_background(&self, id: TokenId) -> bool {
        const WHEN: &[&str] =
            &["since", "after", "before", "when", "while", "as", "until", "because", "although", "though"];
        let deprel = self.scene.token(id).deprel;
        deprel == Deprel::AclRelcl && !self.is_cleft(id)
            || deprel.is("advcl") && self.scene.has_case(id, WHEN)
            || frame::is_when(&self.scene, id)
    }
}
