//! What is made of several reports: disputes, the timeline, origins, and the brief, of a small ledger of two invented
//! countries. One report is hostile: its words try to act as marks of the forms they are written in.

#[path = "../../store/tests/fixture/mod.rs"]
mod fixture;

use std::collections::BTreeSet;

use evidence::ledger::Reading;
use evidence::origin::{Copy, Passage};
use evidence::time::Iso;
use evidence::toll::{Barrier, Bounds, Count, Scope, Voice};
use evidence::{Act, Category, Harm, Ledger, Origin, Qualifier, Relation, Shared, Span, Speaker, Toll, TollRelation};
use publish::brief::{self, Request};
use publish::table::{self, Style};
use publish::{Book, csv, disputes, jsonl, timeline};

const HOSTILE: &str = "<script src=\"https://evil.example/x.js\"></script> & \"Dorne\"\n\
    Varnia's guns fired on Halden, said <b onmouseover='x()'>Brandt</b> | see www.evil.example [1](https://evil.example) \
    *now*. He would not comment on a toll. Nine people died in Dorne.";

/// The two reports of the fixture, a copy of the first, and the hostile one; they are of three origins.
fn ledger() -> Ledger {
    let mut copy = fixture::alpha();
    rename(&mut copy, "a0copy", "reports/copy.txt");
    copy.ceasefires.clear();
    let origin = |id: &str, agencies: &[&str], copies: &[(&str, &str)]| Origin {
        id: id.into(),
        agencies: agencies.iter().map(|a| (*a).to_owned()).collect(),
        copies: copies.iter().map(|(a, r)| Copy { article: (*a).into(), reason: (*r).into() }).collect(),
    };
    let mut incident = fixture::incident();
    for claim in ["c0shelling-copy", "c1guns"] {
        let mut member = incident.claims[0].clone();
        (member.claim, member.relation) = (claim.into(), Relation::Asserts);
        incident.claims.push(member);
    }
    let passage = |article: &str, words: &str, text: &str| {
        let at = text.find(words).unwrap();
        Passage { article: article.into(), span: Span::new(at, at + words.len()) }
    };
    Ledger {
        origins: vec![
            origin(
                "o0northwire",
                &["Northwire"],
                &[("a0alpha", ""), ("a0copy", "containment 0.98, credited to Northwire")],
            ),
            origin("o0beta", &[], &[("a0beta", "")]),
            origin("o0hostile", &[], &[("a1hostile", "")]),
        ],
        shared: vec![Shared {
            passages: [
                passage("a0alpha", "Dorne", &fixture::alpha().article.text),
                passage("a1hostile", "Dorne", HOSTILE),
            ],
        }],
        incidents: vec![incident],
        ceasefires: fixture::alpha().ceasefires,
        readings: vec![fixture::alpha(), fixture::beta(), copy, hostile()],
        versions: Vec::new(),
    }
}

fn hostile() -> Reading {
    let mut reading = fixture::beta();
    reading.article.text = HOSTILE.into();
    reading.article.title = Some(Span::new(0, HOSTILE.find('\n').unwrap()));
    reading.article.dateline = None;
    rename(&mut reading, "a1hostile", "reports/<hostile>.txt");
    reading.article.outlet = Some("Dorne \"Times\" </title>".into());
    reading.article.published = fixture::alpha().article.published;
    let at = |words: &str| {
        let start = HOSTILE.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let mut guns = reading.claims.remove(0);
    guns.id = "c1guns".into();
    guns.act = Act::Accuse;
    guns.content = at(
        "Varnia's guns fired on Halden, said <b onmouseover='x()'>Brandt</b> | see www.evil.example [1](https://evil.example) *now*",
    );
    guns.cue = None;
    for r in guns.actors.iter_mut().chain(&mut guns.places) {
        r.span = Some(at("guns"));
        r.party = r.party.as_ref().map(|_| "varnia".to_owned());
    }
    guns.speakers = vec![Speaker { party: Some("ostreland".into()), span: Some(at("Brandt")), ..Speaker::default() }];
    let mut silence = guns.clone();
    (silence.id, silence.act, silence.event) = ("c2silence".into(), Act::Decline, None);
    (silence.actors, silence.content) = (Vec::new(), at("would not comment on a toll"));
    reading.claims = vec![guns, silence];
    let mut nine = fixture::alpha().figures.remove(0);
    (nine.id, nine.article, nine.claim) = ("f1nine".into(), "a1hostile".into(), None);
    (nine.low, nine.high, nine.qualifier, nine.span) = (Some(9), Some(9), Qualifier::Exactly, at("Nine people"));
    (nine.period, nine.speakers) = (None, Vec::new());
    reading.figures = vec![nine];
    reading
}

/// The counts of the dead of Dorne: two that cannot both be right, a day apart.
fn series() -> Vec<Toll> {
    let count = |figures: &[&str], n: u64, high, day: &str, voice, against: &str| Count {
        figures: figures.iter().map(|f| (*f).to_owned()).collect(),
        articles: vec!["a0alpha".into()],
        origins: 1,
        low: Some(n),
        high,
        qualifier: if high.is_some() { Qualifier::Exactly } else { Qualifier::AtLeast },
        party: Some("varnia".into()),
        voice,
        day: Iso::parse(day),
        relation: TollRelation::Disagrees,
        to: vec![against.into()],
        reason: "both cannot be right".into(),
        against: vec![against.into()],
        part_of: None,
    };
    let side = || Voice::Side("varnia".into());
    let bounds = |day: &str, voice, n| Bounds { day: Iso::parse(day), voice, low: n, high: n, origins: 1 };
    vec![Toll {
        id: "s0dorne".into(),
        conflict: None,
        side: Some("varnia".into()),
        harm: Harm::Killed,
        category: Category::Civilian,
        scope: Scope::Since { from: Iso::parse("2024-05-01"), words: "since 1 May".into() },
        counts: vec![
            count(&["f0toll", "f0toll-copy"], 12, None, "2024-05-03", side(), "f1nine"),
            count(&["f1nine"], 9, Some(9), "2024-05-04", Voice::Outlet, "f0toll"),
        ],
        range: vec![bounds("2024-05-03", side(), 12), bounds("2024-05-04", Voice::Outlet, 9)],
        barriers: vec![Barrier { toll: None, reason: "the counts may be of the same people".into() }],
        notes: vec!["report a0beta has no date".into()],
    }]
}

/// Gives a reading, and all that points into its article, another id.
fn rename(reading: &mut Reading, id: &str, path: &str) {
    (reading.article.id, reading.article.path) = (id.into(), path.into());
    for c in &mut reading.claims {
        (c.article, c.id) = (id.into(), format!("{}-copy", c.id));
    }
    for f in &mut reading.figures {
        f.article = id.into();
        f.id.push_str("-copy");
        f.claim = f.claim.as_ref().map(|c| format!("{c}-copy"));
    }
}

fn request(ledger: &Ledger) -> Request {
    Request {
        title: "2024-05-01 to 2024-05-04".into(),
        claims: ledger.readings.iter().flat_map(|r| &r.claims).map(|c| c.id.clone()).collect(),
        figures: ledger.readings.iter().flat_map(|r| &r.figures).map(|f| f.id.clone()).collect(),
        ..Request::default()
    }
}

fn both(request: impl FnOnce(&Ledger) -> Request) -> (String, String) {
    let ledger = ledger();
    let book = Book::new(&ledger);
    let brief = brief::collect(&book, &series(), &request(&ledger));
    (brief::markdown(&brief), brief::html(&brief))
}

/// Every value of an attribute of a page.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    page.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_statement_leads_to_its_words() {
    let (markdown, page) = both(request);
    let ids: Vec<&str> = attributes(&page, "id");
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "no id twice");
    let links = attributes(&page, "href");
    assert!(links.len() > 20);
    for link in links {
        let target = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} leads out of the page"));
        assert!(ids.contains(&target), "{link} leads nowhere");
    }
    assert!(page.contains("<mark>Ostreland&#39;s army shelled the town of Dorne on Thursday</mark>"), "{page}");
    let notes: BTreeSet<&str> =
        markdown.lines().filter_map(|l| l.strip_prefix("[^")?.split_once("]: ")).map(|(n, _)| n).collect();
    let named = markdown.split("[^").skip(1).filter_map(|rest| rest.split(']').next());
    for name in named {
        assert!(notes.contains(name), "no footnote {name}");
    }
    let start = fixture::alpha().article.text.chars().collect::<String>().find("Ostreland's army").unwrap();
    let points = fixture::alpha().article.text[..start].chars().count();
    assert!(markdown.contains(&format!("code points {points}–")), "{markdown}");
}

#[test]
fn nothing_is_loaded_or_run_and_words_of_reports_stay_words() {
    let (markdown, page) = both(request);
    for wrong in [
        "<script",
        "<b onmouseover",
        "</title> ",
        "src=",
        "http:",
        "https://evil.example\"",
        "url(",
        "@import",
        "<link",
        "<img",
    ] {
        assert!(!page.replace("&lt;script src=", "").contains(wrong), "{wrong}");
    }
    assert!(page.contains("default-src 'none'"));
    assert!(page.contains("&lt;b onmouseover=&#39;x()&#39;&gt;Brandt&lt;/b&gt; | see www.evil.example"));
    for wrong in ["<script", "<b ", "https://", "www.evil", "[1](", " *now*"] {
        assert!(!markdown.contains(wrong), "{wrong}");
    }
    let rows = markdown.lines().filter(|l| l.starts_with("| "));
    assert!(rows.map(|r| r.replace("\\|", "").matches('|').count()).all(|cells| cells > 2));
}

#[test]
fn each_side_is_told_in_its_own_words_and_a_denial_beside_what_it_denies() {
    let (markdown, page) = both(request);
    let accusation = "Ostreland's army shelled the town of Dorne on Thursday";
    assert!(
        markdown.contains(&format!(
            "**Åsa Lind (spokeswoman, defence ministry, Varnia)** accused Ostreland: “{accusation}”"
        )),
        "{markdown}"
    );
    let denial = "**Teo Brandt (foreign minister, Ostreland)** denied: “Ostreland's foreign minister, Teo Brandt, denied that **its army had shelled Dorne**.”";
    assert!(markdown.contains(denial), "{markdown}");
    assert!(markdown.contains("Denied by Teo Brandt (foreign minister, Ostreland) [^"), "{markdown}");
    assert!(
        markdown
            .contains("Denies an act of its own that is told by Åsa Lind (spokeswoman, defence ministry, Varnia) [^"),
        "{markdown}"
    );
    let disputed = section(&page, "disputed");
    let (ostreland, varnia) = (disputed.find("<h5>Ostreland</h5>").unwrap(), disputed.find("<h5>Varnia</h5>").unwrap());
    assert!(ostreland < varnia, "sides in alphabetical order");
    assert!(
        disputed.contains("would not comment on a toll")
            && disputed.contains("Accusations that two parties make of each other")
    );
    let alleged = section(&page, "alleged");
    for topic in ["Force and harm", "Truce, talks, aid", "Other statements"] {
        assert!(alleged.matches(&format!("<h4>{topic}</h4>")).count() >= 2, "{topic} for each side");
    }
}

fn section<'p>(page: &'p str, id: &str) -> &'p str {
    let rest = page.split(&format!("<section id=\"{id}\"")).nth(1).unwrap();
    rest.split("</section>").next().unwrap()
}

#[test]
fn copies_are_one_origin_and_several_origins_are_no_proof() {
    let (markdown, _) = both(request);
    assert!(markdown.contains("**Told by 2 independent origins**. It is told by: Ostreland, Varnia."), "{markdown}");
    assert!(markdown.contains("Marle Courier (credits Northwire)"), "{markdown}");
    assert!(markdown.contains("in 4 reports of 3 independent origins"), "{markdown}");
    assert!(markdown.contains("containment 0.98, credited to Northwire"), "{markdown}");
    let own_words = markdown.to_lowercase();
    for word in
        ["admit", "regime", "terrorist", "claims falsely", "claimed", "confirm", "really", "in fact", "actually"]
    {
        assert!(!own_words.contains(word), "{word}");
    }
}

#[test]
fn what_has_no_date_is_left_out_or_marked_and_always_said() {
    let undated = || BTreeSet::from(["c0denial".to_owned()]);
    let (left_out, _) = both(|l| {
        let mut r = Request { undated: undated(), ..request(l) };
        r.claims.remove("c0denial");
        r
    });
    assert!(left_out.contains("Left out: 1 statement of 1 report") && left_out.contains("--undated"), "{left_out}");
    let (taken_in, _) = both(|l| Request { undated: undated(), with_undated: true, ..request(l) });
    assert!(taken_in.contains("Among them 1 statement of 1 report"), "{taken_in}");
    let (nothing, page) = both(|_| Request::default());
    assert!(nothing.contains("No statement of these days is in the ledger.") && page.ends_with("</html>\n"));
}

#[test]
fn truces_and_tolls_have_their_sources() {
    let (markdown, page) = both(request);
    assert!(markdown.contains("### Ostreland and Varnia: a bilateral truce, from 2024-04-30"), "{markdown}");
    assert!(markdown.contains("| Brokered by | lake-union [^"), "{markdown}");
    assert!(markdown.contains("| Term: prisoner exchange | “an exchange of prisoners”[^"), "{markdown}");
    let row = markdown.lines().find(|l| l.starts_with("| 2024-05-03 | **≥ 12**")).unwrap();
    assert!(row.contains("“at least 12 civilians”[^") && row.contains("cannot be right together with 9"), "{row}");
    assert!(markdown.contains("Not to be added or merged (the counts may be of the same people)."), "{markdown}");
    assert!(markdown.contains("Note: report beta.txt has no date."), "{markdown}");
    let drawn = section(&page, "tolls");
    assert!(drawn.contains("<svg") && drawn.contains("href=\"#w") && !drawn.contains("href=\"#f0toll"), "{drawn}");
}

#[test]
fn lists_of_disputes_occurrences_and_origins_in_every_form() {
    let ledger = ledger();
    let book = Book::new(&ledger);
    let all = request(&ledger);
    let disputes = disputes::picked(&book, disputes::disputes(&book, &series()), &all.claims, &all.figures);
    let kinds: Vec<&str> = disputes.iter().map(disputes::Dispute::kind).collect();
    assert_eq!(kinds, ["denial", "mutual", "counts", "refusal"]);
    let timeline = timeline::timeline(&book, &all.claims);
    let days: Vec<Option<&str>> = timeline.iter().map(timeline::Occurrence::day).collect();
    assert!(days.contains(&Some("2024-05-02")) && days.is_sorted_by_key(|d| (d.is_none(), *d)), "{days:?}");
    let origins = book.origins().to_vec();
    let mut forms: [Vec<u8>; 6] = Default::default();
    csv::disputes(&book, &disputes, &mut forms[0]).unwrap();
    csv::timeline(&book, &timeline, &mut forms[1]).unwrap();
    csv::origins(&book, &origins, &mut forms[2]).unwrap();
    for form in &forms[..3] {
        let mut reader = ::csv::Reader::from_reader(form.as_slice());
        assert!(reader.records().filter(|r| r.is_ok()).count() >= 3, "{}", String::from_utf8_lossy(form));
        let broken = ::csv::Reader::from_reader(form.as_slice()).records().any(|r| r.is_err());
        assert!(!broken, "{}", String::from_utf8_lossy(form));
    }
    jsonl::disputes(&book, &disputes, &mut forms[3]).unwrap();
    jsonl::timeline(&book, &timeline, &mut forms[4]).unwrap();
    jsonl::origins(&book, &origins, &mut forms[5]).unwrap();
    let first: serde_json::Value = serde_json::from_slice(forms[3].split(|b| *b == b'\n').next().unwrap()).unwrap();
    assert_eq!(first["kind"], "denial");
    assert_eq!(first["claims"][0]["part"], "denies");
    assert_eq!(first["claims"][1]["claim"], "c0shelling");
    let mut lines = forms[5].split(|b| *b == b'\n').filter_map(|l| serde_json::from_slice::<serde_json::Value>(l).ok());
    let origin = lines.find(|o| o["id"] == "o0northwire").unwrap();
    assert_eq!(
        (origin["copies"][1]["article"].as_str(), origin["shared"][0]["with"].as_str()),
        (Some("a0copy"), Some("a1hostile"))
    );
    for width in [80, 100, 160] {
        let style = Style { width, colour: false };
        let tables = [
            table::disputes(&book, &disputes, style),
            table::timeline(&book, &timeline, style),
            table::origins(&book, &origins, style),
        ];
        for table in &tables {
            let too_long = table.lines().find(|l| l.chars().count() > usize::from(width));
            assert_eq!(too_long, None);
        }
        assert!(tables[0].contains("✗ denies") && tables[0].contains("≠ c0shelli"), "{}", tables[0]);
        assert!(tables[2].contains("containment"), "{}", tables[2]);
    }
}

#[test]
fn the_same_ledger_gives_the_same_brief_in_any_order() {
    let (markdown, page) = both(request);
    let mut other = ledger();
    other.readings.reverse();
    other.origins.reverse();
    let book = Book::new(&other);
    let brief = brief::collect(&book, &series(), &request(&other));
    assert_eq!((brief::markdown(&brief), brief::html(&brief)), (markdown, page));
}
