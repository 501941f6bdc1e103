//! Help pages are documents: each has a worked example, and `docs/cli.md` is made of them.

mod program;

use program::Place;

const COMMANDS: [&str; 21] = [
    "read",
    "watch",
    "claims",
    "figures",
    "tolls",
    "ceasefires",
    "incidents",
    "disputes",
    "timeline",
    "origins",
    "brief",
    "entities",
    "reports",
    "serve",
    "account",
    "diff",
    "export",
    "explain",
    "parse",
    "man",
    "completions",
];

#[test]
fn every_page_has_an_example() {
    let place = Place::new();
    for command in COMMANDS {
        let ran = place.run(&[command, "--help"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.contains(&format!("Example:\n  standoff {command}")), "{command}: {}", ran.out);
        let too_long = ran.out.lines().find(|l| l.chars().count() > 120);
        assert_eq!(too_long, None, "{command}");
    }
}

/// Run with `STANDOFF_UPDATE=1` to write the document anew.
#[test]
fn the_document_is_what_the_program_says() {
    let place = Place::new();
    let mut made = String::from(
        "# The command line\n\nMade from `standoff --help` and the help of each command by \
         `STANDOFF_UPDATE=1 cargo test -p cli --test help`; change `crates/cli/src/arguments.rs` instead.\n",
    );
    made.push_str(&page("standoff", &place.run(&["--help"]).out));
    for command in COMMANDS {
        made.push_str(&page(&format!("standoff {command}"), &place.run(&[command, "--help"]).out));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");
    if std::env::var_os("STANDOFF_UPDATE").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == made, "docs/cli.md is not what the program says; run this test with STANDOFF_UPDATE=1");
}

fn page(title: &str, help: &str) -> String {
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    format!("\n## {title}\n\n```text\n{}\n```\n", lines.join("\n").trim_end())
}

#[test]
fn the_manual_names_every_command_and_completions_are_made_for_every_shell() {
    let place = Place::new();
    let manual = place.run(&["man"]).out;
    for command in COMMANDS {
        assert!(manual.contains(&format!("STANDOFF {}", command.to_uppercase())), "{command}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = place.run(&["completions", shell]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("ceasefires"), "{shell}");
    }
}
