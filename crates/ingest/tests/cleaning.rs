//! Whatever a file holds, the desk reads it without losing or inventing a character.

use std::sync::LazyLock;

use evidence::{Article, Basis, Note};
use ingest::{Desk, Given, Pieces, Register};
use proptest::prelude::*;

fn desk() -> &'static Desk {
    static DESK: LazyLock<Desk> = LazyLock::new(|| Desk::open().unwrap_or_else(|e| panic!("{e}")));
    &DESK
}

fn read_file(path: &str, bytes: &[u8], given: &Given) -> (Option<Article>, Vec<Note>) {
    let piece = match Pieces::of_bytes(path, bytes.to_vec()) {
        Ok(mut pieces) => pieces.next().unwrap_or_else(|| panic!("a file is a piece or an error")),
        Err(error) => Err(error),
    };
    match piece {
        Ok(piece) => desk().read(piece, given),
        Err(error) => (None, vec![Note::new("unreadable", error.to_string())]),
    }
}

fn read(text: &str) -> (Article, Vec<Note>) {
    let (article, notes) = read_file("a.txt", text.as_bytes(), &Given::default());
    (article.unwrap_or_else(|| panic!("no article: {notes:?}")), notes)
}

fn check(text: &str, article: &Article) {
    let spans = article.title.iter().chain(&article.dateline).chain(&article.published.spans);
    for span in spans {
        assert!(article.text.get(span.range()).is_some(), "{span:?} of {:?}", article.text);
    }
    assert_eq!(article.published.value.is_none(), article.published.basis == Basis::Unknown);
    assert_eq!(article.published.value.is_none(), article.published.precision.is_none());
    let squeezed = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = squeezed(text);
    for line in article.text.split('\n') {
        assert!(whole.contains(&squeezed(line)), "{line:?} is not of {text:?}");
    }
    assert!(!article.text.trim().is_empty());
}

/// Pieces of pages, put together at random.
fn page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("Shells fell on the village of Greth on Sunday, the army of Orrin said.".to_owned()),
        Just("VALE, 3 May 2021 (Vale News Agency) - Talks went on through the night, envoys said.".to_owned()),
        Just("Read more".to_owned()),
        Just("Truce holds for a second day".to_owned()),
        Just("World | Published May 3, 2021 6:20 PM".to_owned()),
        Just("By Ann Grey and AFP".to_owned()),
        Just("(Photo by Reuters)".to_owned()),
        Just("— A. Name (@aname) May 8, 2021".to_owned()),
        Just("Also today".to_owned()),
        Just("© 2021 Vale. All rights reserved.".to_owned()),
        Just(String::new()),
        "[A-Za-z0-9 ,.:|/()\\[\\]—–-]{0,60}",
        "\\PC{0,40}",
    ];
    prop::collection::vec(line, 1..14).prop_map(|lines| lines.join("\n"))
}

#[test]
fn a_file_of_invisible_characters_is_no_report() {
    let (article, notes) = read_file("a.txt", b"\x7f", &Given::default());
    assert!(article.is_none() && notes[0].message.contains("nothing but invisible"), "{notes:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (article, notes) = read_file("a.txt", &bytes, &Given::default());
        if let (Some(article), Ok(text)) = (&article, std::str::from_utf8(&bytes)) {
            check(text, article);
        }
        prop_assert!(article.is_some() || notes.len() == 1);
    }

    #[test]
    fn any_page_keeps_its_characters(text in page()) {
        if !text.trim().is_empty() {
            let (article, _) = read(&text);
            check(&text, &article);
            let again = read(&text).0;
            prop_assert_eq!(article, again);
        }
    }

    #[test]
    fn sentences_with_a_speaker_are_never_left_out(
        before in page(),
        after in page(),
        speaker in "[A-Z][a-z]{2,8} (Army|Ministry|Union|Council)",
        count in 2..900u16,
    ) {
        let sentence = format!("The {speaker} said that {count} people had been killed in the shelling of the old town.");
        let text = format!("{before}\n{sentence}\n{after}");
        prop_assert!(read(&text).0.text.lines().any(|l| l == sentence));
    }
}

#[test]
fn the_same_report_has_the_same_id_and_two_files_of_it_keep_one_each() {
    let text = "Truce holds\nNothing was heard in the valley on Sunday, monitors of the mission said.";
    let (a, _) = read_file("x/a.txt", text.as_bytes(), &Given::default());
    let (b, _) = read_file("x/b.txt", text.as_bytes(), &Given::default());
    let (mut a, mut b) = (a.expect("an article"), b.expect("an article"));
    assert_eq!(a.id, b.id);
    let mut register = Register::default();
    assert_eq!(register.enter(&mut a), None);
    let note = register.enter(&mut b).expect("a note");
    assert_eq!(note.kind, "duplicate");
    assert_ne!(a.id, b.id);
}

#[test]
fn what_the_user_tells_goes_before_what_the_page_says() {
    let text =
        "Vale Post\nTruce holds\nPublished 3 May 2021\nNothing was heard in the valley on Sunday, monitors said.";
    let given = Given {
        published: evidence::time::Iso::parse("2021-05-04"),
        outlet: Some("Coast Herald".into()),
        url: Some("https://www.aljazeera.com/x".into()),
        ..Given::default()
    };
    let (article, _) = read_file("a.txt", text.as_bytes(), &given);
    let article = article.expect("an article");
    assert_eq!(article.outlet.as_deref(), Some("Coast Herald"));
    assert_eq!(article.published.value.map(|v| v.to_string()).as_deref(), Some("2021-05-04"));
    assert_eq!(article.published.basis, Basis::Given);
    let (plain, _) = read_file("a.txt", text.as_bytes(), &Given::default());
    let plain = plain.expect("an article");
    assert_eq!(plain.published.value.map(|v| v.to_string()).as_deref(), Some("2021-05-03"));
    assert_eq!(plain.outlet.as_deref(), Some("Vale Post"));
}

#[test]
fn every_line_left_out_is_told_with_its_number_and_why() {
    let text = "Truce holds\n\nBy Ann Grey\n\nNothing was heard in the valley on Sunday, monitors said.\n\nShare  Tweet  Email\n";
    let (article, notes) = read(text);
    assert_eq!(article.byline, ["Ann Grey"]);
    let told: Vec<&str> = notes.iter().filter(|n| n.kind == "left-out").map(|n| n.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "a.txt, line 3: left out, as it names the authors: By Ann Grey",
            "a.txt, line 7: left out, as it shares the page: Share  Tweet  Email",
        ]
    );
}

#[test]
fn another_language_is_recorded() {
    let text = "El ejército dijo que dos soldados murieron cuando cayeron proyectiles sobre la aldea durante la noche del domingo.";
    let (article, notes) = read(text);
    assert_eq!(article.language.as_deref(), Some("es"));
    assert!(notes.iter().any(|n| n.kind == "not-english"));
}

#[test]
fn a_text_in_an_unknown_language_is_no_english() {
    let text = "Vroskani delvu ministra groshkai nelto duvi soldaren kripta velu shandi greth morrano, belvi trushka \
                nold evri vaskten; dolvi prenta skavo mulden arvi tossel grenda viku.";
    let (article, notes) = read(text);
    assert_eq!(article.language.as_deref(), Some("und"));
    assert!(notes.iter().any(|n| n.kind == "not-english" && n.message.contains("not recognised")), "{notes:?}");
}

#[test]
fn a_line_in_another_language_is_told_and_stands_apart() {
    let text = "Truce holds in the valley\n\nThe ministry said on Monday that the truce was holding in all villages.\n\n\
                Le ministère a dit lundi que la trêve était respectée dans tous les villages de la vallée.\n";
    let (article, notes) = read(text);
    assert_eq!(article.language.as_deref(), Some("en"));
    let told: Vec<&str> = notes.iter().filter(|n| n.kind == "mixed-language").map(|n| n.message.as_str()).collect();
    assert!(matches!(told.as_slice(), [one] if one.contains("line 3") && one.contains("French, fr")), "{told:?}");
    let apart: Vec<&str> = desk().in_other_languages(&article).iter().map(|s| s.of(&article.text)).collect();
    assert!(matches!(apart.as_slice(), [one] if one.starts_with("Le ministère")), "{apart:?}");
}

#[test]
fn a_translation_tells_who_made_it_and_from_what() {
    let body =
        "Truce holds in the valley\n\nThe ministry said on Monday that the truce was holding in all villages.\n\n";
    let of = |notice: &str| {
        let (article, _) = read(&format!("{body}{notice}\n"));
        assert!(!article.text.contains(notice), "{}", article.text);
        article.imprint.translation.map(|t| (t.machine, t.from, t.notice))
    };
    let told = |machine, from: Option<&str>, notice: &str| Some((machine, from.map(str::to_owned), notice.to_owned()));
    for (notice, machine, from) in [
        ("This article was automatically translated from Russian.", Some(true), Some("ru")),
        ("Translated from the Armenian by Ann Grey", Some(false), Some("hy")),
        ("Unofficial translation", None, None),
    ] {
        assert_eq!(of(notice), told(machine, from, notice));
    }
    assert_eq!(of("Read this in Ukrainian"), None);
}

#[test]
fn a_clock_without_a_zone_is_that_of_the_newsroom() {
    let text = "Truce holds in the valley\nPublished 3 May 2021 00:20\n\n\
                The ministry said on Monday that the truce was holding in all villages.\n";
    let of = |outlet: &str| {
        let given = Given { outlet: Some(outlet.to_owned()), ..Given::default() };
        let (article, _) = read_file("a.txt", text.as_bytes(), &given);
        let article = article.unwrap_or_else(|| panic!("no article"));
        let basis = article.imprint.basis(evidence::imprint::Field::Published).map(str::to_owned);
        (article.published.value.map(|v| v.to_string()), basis)
    };
    let basis = "the page's words; in the zone of the outlet (Asia/Baku)".to_owned();
    assert_eq!(of("Azertac"), (Some("2021-05-03T00:20+04:00".to_owned()), Some(basis)));
    assert_eq!(of("Vale Hour"), (Some("2021-05-03T00:20".to_owned()), None));
}

#[test]
fn the_page_of_an_agency_is_its_story() {
    let text = "Truce holds in the valley\n\nThe ministry said on Monday that the truce was holding in all villages.\n";
    let of = |outlet: Option<&str>, url: Option<&str>| {
        let own = |v: Option<&str>| v.map(str::to_owned);
        let given = Given { outlet: own(outlet), url: own(url), ..Given::default() };
        read_file("a.txt", text.as_bytes(), &given).0.map(|a| a.agencies).unwrap_or_default()
    };
    assert_eq!(of(None, Some("https://tass.com/world/1")), ["TASS"]);
    assert_eq!(of(Some("Xinhua"), None), ["Xinhua"]);
    assert_eq!(of(Some("The Guardian"), Some("https://www.theguardian.com/x")), Vec::<String>::new());
}

#[test]
fn a_page_that_calls_itself_by_a_section_is_of_its_site() {
    let page = |name: &str| {
        let words = "The ministry said on Monday that the truce was holding in all villages of the valley. ".repeat(4);
        format!(
            "<html><head><meta property=\"og:site_name\" content=\"{name}\">\
             <link rel=\"canonical\" href=\"https://www.reuters.com/world/a-truce\"></head>\
             <body><article><h1>Truce holds in the valley</h1><p>{words}</p><p>{words}</p></article></body></html>"
        )
    };
    let of = |name: &str| {
        let (article, notes) = read_file("a.html", page(name).as_bytes(), &Given::default());
        let article = article.unwrap_or_else(|| panic!("no article: {notes:?}"));
        (article.outlet, article.agencies)
    };
    assert_eq!(of("World"), (Some("Reuters".to_owned()), vec!["Reuters".to_owned()]));
    assert_eq!(of("REUTERS").0.as_deref(), Some("Reuters"));
}
