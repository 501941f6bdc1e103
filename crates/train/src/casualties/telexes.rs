//! The texts of MUC-3 and MUC-4: messages in capitals, a hundred a file.

use std::path::Path;

use anyhow::{Context, Result};

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telex {
    /// "DEV-MUC3-0001".
    pub id: String,
    /// The report, a paragraph a line, without the dateline; in capitals.
    pub text: String,
}

/// All messages of the files `dev-*` of a folder, in order.
pub fn read(folder: &Path) -> Result<Vec<Telex>> {
    let mut out = Vec::new();
    for path in super::files(folder, "dev-")? {
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        out.extend(messages(&String::from_utf8_lossy(&bytes)));
    }
    Ok(out)
}

/// The messages of one file.
fn messages(text: &str) -> Vec<Telex> {
    let mut out: Vec<Telex> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if let Some(id) = line.split_whitespace().next().filter(|w| is_id(w) && !line.starts_with(' ')) {
            out.push(Telex { id: id.to_owned(), text: String::new() });
            open = false;
        } else if let Some(telex) = out.last_mut() {
            let line = line.trim();
            if line.is_empty() {
                open = false;
                continue;
            }
            if !telex.text.is_empty() {
                telex.text.push(if open { ' ' } else { '\n' });
            }
            telex.text.push_str(line);
            open = true;
        }
    }
    for telex in &mut out {
        telex.text = without_dateline(&telex.text).to_owned();
    }
    out
}

fn is_id(word: &str) -> bool {
    word.starts_with("DEV-MUC") || word.starts_with("TST")
}

/// "SAN SALVADOR, 3 JAN 90 -- [REPORT] [TEXT] THE ..." without what stands before the report.
fn without_dateline(text: &str) -> &str {
    let first = text.find('\n').unwrap_or(text.len());
    let mut rest = match text[..first].find(" -- ") {
        Some(at) => &text[at + 4..],
        None => text,
    };
    while let Some(note) = rest.trim_start().strip_prefix('[') {
        let Some(end) = note.find(']').filter(|e| *e < 120) else { break };
        rest = &note[end + 1..];
    }
    rest.trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_its_paragraphs_without_the_dateline() {
        let file = "\nDEV-MUC3-9001 (X)\n\n   MARLE, 3 JAN 90 (OSK RADIO) -- [REPORT] [TEXT] TWO MEN\nWERE SEEN.\n\n   THE END.\n\nDEV-MUC3-9002 (X)\n\n   NOTHING.\n";
        let telexes = messages(file);
        let told: Vec<(&str, &str)> = telexes.iter().map(|t| (t.id.as_str(), t.text.as_str())).collect();
        assert_eq!(told, [("DEV-MUC3-9001", "TWO MEN WERE SEEN.\nTHE END."), ("DEV-MUC3-9002", "NOTHING.")]);
    }
}
