//! What the annotator says about texts of our own.

use annotate::analyse::{self, Analysis, analyse};
use annotate::encoder::reference::Reference;
use annotate::encoder::{Encoder, Kernel, Network};
use annotate::{Annotator, Model, Scratch};
use evidence::deprel::{Deprel, Upos};
use evidence::document::{Feats, NameKind};
use evidence::{Document, Published, Span};

/// Sentences of an invented war, words divided by blanks.
const SENTENCES: [&str; 16] = [
    "Government forces shelled the village of Orlen on Tuesday , killing at least four people .",
    "The defence ministry of Ostravia denied that its troops had crossed the border .",
    "\" We did not fire a single shot , \" Colonel Marek Tolvan told reporters in Veldin .",
    "Rebels have withdrawn their heavy weapons from the town , the mediators said .",
    "Eighteen soldiers were captured and dozens wounded in clashes near the Sarn river .",
    "Both sides agreed to a ceasefire that will take effect at midnight .",
    "Lena Harsk , who heads the Red Lantern aid group , called for talks .",
    "No casualties were reported .",
    "The shelling began shortly after the truce had been announced by President Ilian Dorn .",
    "Who broke the truce is unclear , but residents say that they heard rockets .",
    "Ostravia 's foreign minister accused Kelmar of violating the agreement three times .",
    "Hospitals in Veldin were treating more than 200 injured civilians , doctors said on Friday .",
    "If the attacks do not stop , the army will respond .",
    "The convoy , carrying food and medicine , was hit by mortar fire outside Tarn .",
    "Kelmar said it had exchanged 40 prisoners with Ostravia under the deal .",
    "Observers could not reach the area to verify the claims .",
];

fn annotated(text: &str) -> Document {
    Annotator::new().annotate(&mut Scratch::default(), text, None, &Published::unknown())
}

fn run(model: &Model, network: &impl Network, sentences: &[&str]) -> Analysis {
    let words: Vec<&str> = sentences.iter().flat_map(|s| s.split(' ')).collect();
    let mut ranges = Vec::new();
    for sentence in sentences {
        let from = ranges.last().map_or(0, |r: &std::ops::Range<usize>| r.end);
        ranges.push(from..from + sentence.split(' ').count());
    }
    analyse(model, network, &mut analyse::Scratch::default(), &words, &ranges)
}

/// How many answers of two analyses are the same, of how many: tags, head and relation of each word.
fn agreement(a: &Analysis, b: &Analysis) -> (usize, usize) {
    assert_eq!(a.words.len(), b.words.len());
    let same = |(a, b): (&analyse::Word, &analyse::Word)| {
        usize::from(a.tags.upos == b.tags.upos)
            + usize::from(a.tags.feats == b.tags.feats)
            + usize::from(a.tags.script == b.tags.script)
            + usize::from(a.head == b.head)
            + usize::from(a.relation == b.relation)
    };
    (a.words.iter().zip(&b.words).map(same).sum(), 5 * a.words.len())
}

#[test]
fn every_kernel_gives_the_answers_of_plain_f32() {
    let model = Model::embedded();
    let expected = run(&model, &Reference::of(&model.weights), &SENTENCES);
    for kernel in Kernel::available() {
        let found = run(&model, &Encoder { weights: &model.weights, kernel }, &SENTENCES);
        let (same, all) = agreement(&expected, &found);
        println!("{}: {same} of {all} answers are those of f32", kernel.name());
        assert!(1000 * same >= 990 * all, "{}: only {same} of {all} answers are those of f32", kernel.name());
        let names = found.names.iter().filter(|name| expected.names.contains(name)).count();
        assert!(names + 1 >= expected.names.len(), "{}: {names} of {}", kernel.name(), expected.names.len());
    }
}

#[test]
fn a_sentence_has_the_same_answers_alone_and_among_others() {
    let model = Model::embedded();
    let network = Encoder { weights: &model.weights, kernel: Kernel::detect() };
    let many: Vec<&str> = SENTENCES.iter().copied().cycle().take(60).collect();
    let together = run(&model, &network, &many);
    let mut from = 0;
    for sentence in many {
        let alone = run(&model, &network, &[sentence]);
        for (i, word) in alone.words.iter().enumerate() {
            let among = &together.words[from + i];
            assert_eq!(word.tags, among.tags);
            assert_eq!((word.head.map(|h| h + from), word.relation), (among.head, among.relation));
        }
        from += alone.words.len();
    }
}

#[test]
fn a_plain_report_is_read_rightly() {
    let text = "Government forces shelled the village of Orlen on Tuesday.\n\
                Colonel Marek Tolvan of the Red Lantern Army denied that his troops had killed civilians.";
    let document = annotated(text);
    let of = |word: &str| {
        let i = document.tokens.iter().position(|t| t.span.of(text) == word).expect("a word of the text");
        (i, &document.tokens[i])
    };
    let (shelled, verb) = of("shelled");
    assert_eq!((verb.head, verb.deprel, verb.upos, &*verb.lemma), (None, Deprel::Root, Upos::Verb, "shell"));
    assert!(verb.feats.has(Feats::TENSE_PAST));
    assert_eq!(
        (of("forces").1.head, of("forces").1.deprel, &*of("forces").1.lemma),
        (Some(shelled), Deprel::Nsubj, "force")
    );
    assert_eq!((of("village").1.head, of("village").1.deprel), (Some(shelled), Deprel::Obj));
    assert_eq!((of("killed").1.head, of("killed").1.deprel), (Some(of("denied").0), Deprel::Ccomp));
    assert_eq!(&*of("denied").1.lemma, "deny");
    assert_eq!(document.sentences.len(), 2);
    assert_eq!(document.sentences[1].paragraph, 1);
    let names: Vec<(&str, NameKind)> = document.names.iter().map(|n| (n.span.of(text), n.kind)).collect();
    assert!(names.contains(&("Orlen", NameKind::Place)), "{names:?}");
    assert!(names.contains(&("Marek Tolvan", NameKind::Person)), "{names:?}");
}

#[test]
fn words_of_the_dateline_are_in_no_sentence() {
    let text = "VELDIN, 24 May (Lantern) - The army left the town.";
    let dateline = text.find("The").map(|end| Span::new(0, end));
    let document = Annotator::new().annotate(&mut Scratch::default(), text, dateline, &Published::unknown());
    assert_eq!(document.tokens[0].span.of(text), "The");
    assert_eq!(document.sentences[0].span.of(text), "The army left the town.");
}

#[test]
fn no_text_is_too_odd() {
    let long_word = "x".repeat(50_000);
    let long_sentence = "the army , the police and the navy ".repeat(400);
    let marks = "?!.,;:—“”’()[]{}".repeat(200);
    for text in
        ["", " ", "\n\n\n", ".", "a", "\u{301}\u{200b}\u{feff}", "中文新闻", "🇦🇿🇦🇲", &long_word, &long_sentence, &marks]
    {
        let document = annotated(text);
        assert_eq!(document.sentences.iter().map(|s| s.tokens.len()).sum::<usize>(), document.tokens.len());
        for sentence in &document.sentences {
            let roots = sentence.tokens.clone().filter(|t| document.tokens[*t].head.is_none());
            assert_eq!(roots.count(), 1);
            for token in sentence.tokens.clone() {
                assert!(document.ancestors(token).count() < document.tokens.len(), "heads go round in a circle");
                assert!(document.tokens[token].head.is_none_or(|head| sentence.tokens.contains(&head)));
                assert!(!document.tokens[token].lemma.is_empty());
            }
        }
    }
}

#[test]
fn a_broken_model_file_is_refused_with_a_reason() {
    let refused = |bytes: Vec<u8>| Model::read(bytes.leak()).expect_err("it is broken").to_string();
    assert_eq!(refused(b"nonsense".to_vec()), "it is no safetensors file");
    let header = br#"{"__metadata__":{"format":"other"}}      "#;
    let mut other = (header.len() as u64).to_le_bytes().to_vec();
    other.extend_from_slice(header);
    assert_eq!(refused(other), "its format is not `standoff-encoder 1`; make it with `train quantise`");
}

#[test]
fn like_things_in_other_words_mean_more_alike_than_other_things() {
    let meaning = |text: &str| {
        let document = annotated(text);
        document.meanings.together(0..document.tokens.len()).expect("it says something")
    };
    let shelling = meaning("Mortar bombs struck a crowded market in Veldin.");
    let again = meaning("Artillery shells hit a bazaar in the Ostravian town of Orlen.");
    let talks = meaning("Negotiators resumed discussions about a settlement on Tuesday.");
    let meeting = meaning("Envoys met mediators for another round of peace talks in Kelmar.");
    for other in [&talks, &meeting] {
        let (like, unlike) = (shelling.cosine(&again), shelling.cosine(other));
        assert!(like > unlike + 0.1, "{like} and {unlike}");
    }
    let (like, unlike) = (talks.cosine(&meeting), talks.cosine(&again));
    assert!(like > unlike + 0.1, "{like} and {unlike}");
}

#[test]
fn names_and_words_of_grammar_alone_mean_nothing() {
    let document = annotated("Lena Harsk did not.");
    assert_eq!(document.meanings.together(0..document.tokens.len()), None);
}
