//! What an outlet tells in its own voice is put into nobody's mouth, however it calls itself.

use evidence::Article;

use crate::stages::Stages;

const TEXT: &str = "Vale Hour has learned that two soldiers were killed in the attack. \
    The Vale Hour said that it could not verify the toll. \
    Our correspondent in Greth says that the army shelled the market. \
    According to Vale Hour, rebels attacked the bridge. \
    A Vale Hour reporter said that the rebels shot four prisoners. \
    Reuters reported that militants bombed the port. \
    The mayor told Vale Hour that the army had attacked the school.";

fn speakers(stages: &Stages, outlet: Option<&str>, text: &str, words: &str) -> Vec<String> {
    let article = Article { outlet: outlet.map(str::to_owned), ..Article::of_words(text) };
    let (_, _, claims) = stages.claims(&article, None);
    let claim = claims.iter().find(|c| c.content.of(text).contains(words));
    let claim = claim.unwrap_or_else(|| panic!("no claim has {words:?}"));
    claim.speakers.iter().map(|s| s.span.map_or("", |s| s.of(text)).to_owned()).collect()
}

#[test]
fn the_outlet_is_no_speaker() {
    let stages = Stages::new();
    let of = |words: &str| speakers(&stages, Some("Vale Hour"), TEXT, words);
    for words in [
        "two soldiers were killed",
        "could not verify",
        "shelled the market",
        "attacked the bridge",
        "shot four prisoners",
    ] {
        assert_eq!(of(words), Vec::<String>::new(), "{words}");
    }
    assert_eq!(of("bombed the port"), ["Reuters"]);
    assert_eq!(of("attacked the school"), ["The mayor"]);
}

#[test]
fn elsewhere_it_is_quoted() {
    let stages = Stages::new();
    let of = |words: &str| speakers(&stages, Some("Coast Herald"), TEXT, words);
    assert_eq!(of("shot four prisoners"), ["A Vale Hour reporter"]);
    assert_eq!(of("shelled the market"), Vec::<String>::new());
    assert!(!of("could not verify").is_empty());
}

#[test]
fn a_body_speaks_by_its_name_on_its_own_pages() {
    let stages = Stages::new();
    let text = "Human Rights Watch said that government forces shelled the market. Azertac said that rebels attacked the bridge.";
    assert_eq!(speakers(&stages, Some("Human Rights Watch"), text, "shelled the market"), ["Human Rights Watch"]);
    assert_eq!(speakers(&stages, Some("Azertac"), text, "attacked the bridge"), Vec::<String>::new());
}
