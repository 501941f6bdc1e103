//! What a report brings is text, whatever it looks like: no page runs it, and no link leads to it.

use super::tried::Tried;

const HARM: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{7*7}} &lt;b&gt;";
const LINK: &str = "javascript:alert(document.cookie)//example.org";

/// Ids of the told ledger that may stand in a path.
const IDS: [&str; 13] = [
    "a0alpha",
    "a0beta",
    "c0shelling",
    "c0truce",
    "c0denial",
    "f0toll",
    "i0shelling",
    "t0truce",
    "party:varnia",
    "person:asa-lind",
    "place:dorne",
    "claim",
    "figure",
];

#[tokio::test]
async fn every_page_shows_a_hostile_report_as_text() {
    let tried = Tried::of(&|store| super::told::fill(store, HARM, LINK), &|_| {});
    let (mut pages, mut told) = (0, 0);
    for route in serve::routes().into_iter().filter(|r| r.method == "GET" && !r.path.starts_with("/assets")) {
        for address in addresses(route.path) {
            let answer = tried.get(&address, "").await;
            assert!(!answer.status.is_server_error(), "{address}: {}", answer.body);
            if !answer.header("content-type").starts_with("text/html") {
                assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
                continue;
            }
            pages += usize::from(answer.status.is_success());
            told += usize::from(answer.body.contains("alert(1)"));
            for raw in ["<script>alert", "<img src=x", "href=\"javascript", "href='javascript", "src=\"javascript"] {
                assert!(!answer.body.contains(raw), "{address} has {raw}");
            }
            assert!(!answer.body.contains(" style=\""), "{address} has a style that the policy forbids");
            assert!(!answer.body.contains("<script>"), "{address} has a script that the policy forbids");
        }
    }
    assert!(pages > 5 && told > 3, "{pages} pages, {told} with the words");
}

/// The path with each id that may be meant; of a path with two parts, the same in both.
fn addresses(path: &str) -> Vec<String> {
    if !path.contains('{') {
        return vec![
            path.to_owned(),
            format!("{path}?q=%3Cscript%3Ealert(1)%3C/script%3E&words=%22%3E%3Cscript%3Ealert"),
        ];
    }
    let fill =
        |id: &str| path.split('/').map(|p| if p.starts_with('{') { id } else { p }).collect::<Vec<_>>().join("/");
    let kinds = |kind: &str, id: &str| path.replace("{kind}", kind).replace("{id}", id);
    let mut all: Vec<String> = IDS.iter().map(|id| fill(id)).collect();
    if path.contains("{kind}") {
        all.extend([kinds("claim", "c0shelling"), kinds("figure", "f0toll"), kinds("claims", "c0denial")]);
    }
    all.retain(|a| !a.contains('{'));
    all
}
