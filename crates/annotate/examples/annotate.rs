//! Shows how a text is annotated: `cargo run -p annotate --example annotate < report.txt`.

use std::io::Read as _;

use annotate::{Annotator, Scratch};
use evidence::Published;

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let document = Annotator::new().annotate(&mut Scratch::default(), &text, None, &Published::unknown());
    for sentence in &document.sentences {
        println!("# {}", sentence.span.of(&text));
        let first = sentence.tokens.start;
        for (i, token) in document.tokens[sentence.tokens.clone()].iter().enumerate() {
            let head = token.head.map_or(0, |head| head - first + 1);
            let (word, lemma, upos, feats) = (token.span.of(&text), &token.lemma, token.upos, token.feats);
            println!("{}\t{word}\t{lemma}\t{upos}\t{feats}\t{head}\t{}", i + 1, token.deprel);
        }
        for name in document.names.iter().filter(|n| sentence.span.contains(n.span)) {
            println!("# {} {}", name.kind.as_str(), name.span.of(&text));
        }
        println!();
    }
    Ok(())
}
