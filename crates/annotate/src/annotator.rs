//! The whole flow from a text to its annotations.

use std::ops::Range;

use evidence::deprel::Upos;
use evidence::document::{Name, NameKind, Sentence};
use evidence::{Document, Published, Span, Token};

use crate::analyse::{self, Analysis, analyse};
use crate::encoder::{Encoder, Kernel};
use crate::meaning::Meanings;
use crate::model::Model;
use crate::names;
use crate::quotes;
use crate::sentences::{self, RawSentence};
use crate::{numbers, times};

/// Annotates texts. One serves all threads; each thread brings its own [`Scratch`].
#[derive(Debug)]
pub struct Annotator {
    model: Model,
    kernel: Kernel,
    times: times::Tagger,
    meanings: Meanings,
}

/// Room for intermediate results, kept by each thread from text to text.
#[derive(Debug, Default)]
pub struct Scratch(analyse::Scratch);

#[cfg(feature = "embedded")]
impl Default for Annotator {
    fn default() -> Self {
        Self::new()
    }
}

impl Annotator {
    /// With the model in this program and the fastest kernel of this machine.
    #[cfg(feature = "embedded")]
    pub fn new() -> Self {
        Self::with(Model::embedded(), Kernel::detect())
    }

    /// With a given model and kernel.
    ///
    /// # Panics
    /// If there is a mistake in `data/time/en/`, which a test reads.
    pub fn with(model: Model, kernel: Kernel) -> Self {
        let times = times::Tagger::new().unwrap_or_else(|error| panic!("cannot {error}"));
        Self { model, kernel, times, meanings: Meanings::shipped() }
    }

    /// With another mean of what words mean.
    #[must_use]
    pub fn with_meanings(self, meanings: Meanings) -> Self {
        Self { meanings, ..self }
    }

    /// The annotations of `text`. Words that stand `apart` belong to no sentence: the dateline, lines in another language.
    pub fn annotate(
        &self,
        scratch: &mut Scratch,
        text: &str,
        apart: impl IntoIterator<Item = Span>,
        published: &Published,
    ) -> Document {
        let sentences = apart.into_iter().fold(sentences::segment(text), without);
        let spans: Vec<Span> = sentences.iter().flat_map(|s| s.tokens.iter().copied()).collect();
        let words: Vec<&str> = spans.iter().map(|s| s.of(text)).collect();
        let ranges = ranges(&sentences);
        let network = Encoder { weights: &self.model.weights, kernel: self.kernel };
        let mut analysis = analyse(&self.model, &network, &mut scratch.0, &words, &ranges);
        names::agree(&words, &mut analysis.names);
        let tokens = self.tokens(&spans, &words, &analysis);
        let names = analysis.names.iter().filter_map(|(words, kind)| name(&tokens, words.clone(), *kind)).collect();
        let whole =
            sentences.iter().zip(ranges).map(|(s, tokens)| Sentence { span: s.span, tokens, paragraph: s.paragraph });
        let mut document = Document::new(whole.collect(), tokens, names);
        document.meanings = self.meanings.of_words(&self.model, &scratch.0.pieces, &document);
        document.quotations = quotes::find(text, &document.sentences);
        document.times = self.times.find(text, published);
        document.numbers = numbers::find(text);
        // "22" of "22 February" counts nothing.
        let times = &document.times;
        let beside = |n: Span| times.get(times.partition_point(|t| t.span.end() <= n.start()));
        document.numbers.retain(|n| beside(n.span).is_none_or(|t| !t.span.overlaps(n.span)));
        document
    }

    fn tokens(&self, spans: &[Span], words: &[&str], analysis: &Analysis) -> Vec<Token> {
        let token = |((span, word), said): ((&Span, &&str), &analyse::Word)| Token {
            span: *span,
            upos: said.tags.upos,
            feats: said.tags.feats,
            lemma: self.model.lemma(word, said.tags).into(),
            head: said.head,
            deprel: said.relation,
        };
        let mut tokens: Vec<Token> = spans.iter().zip(words).zip(&analysis.words).map(token).collect();
        for i in 2..tokens.len() {
            let touching = spans[i - 2].end() == spans[i - 1].start() && spans[i - 1].end() == spans[i].start();
            if let Some(one) = crate::lemma::hyphenated(words[i - 2], words[i - 1], words[i]).filter(|_| touching) {
                tokens[i].lemma = one.into();
            }
        }
        tokens
    }
}

/// The sentences without the words of a stretch that stands apart.
fn without(mut sentences: Vec<RawSentence>, apart: Span) -> Vec<RawSentence> {
    for sentence in sentences.iter_mut().filter(|s| s.span.overlaps(apart)) {
        sentence.tokens.retain(|t| !t.overlaps(apart));
        if let (Some(first), Some(last)) = (sentence.tokens.first(), sentence.tokens.last()) {
            sentence.span = first.join(*last);
        }
    }
    sentences.retain(|s| !s.tokens.is_empty());
    sentences
}

/// The tokens of each sentence, counted over the whole text.
fn ranges(sentences: &[RawSentence]) -> Vec<Range<usize>> {
    let mut from = 0;
    let range = sentences.iter().map(|s| {
        let to = from + s.tokens.len();
        std::mem::replace(&mut from, to)..to
    });
    range.collect()
}

/// A name without determiners in front ("the Red Cross"); nothing if nothing is left.
fn name(tokens: &[Token], words: Range<usize>, kind: NameKind) -> Option<Name> {
    let first = words.clone().find(|w| tokens[*w].upos != Upos::Det)?;
    let tokens_of = first..words.end;
    Some(Name { span: tokens[first].span.join(tokens[words.end - 1].span), tokens: tokens_of, kind })
}
