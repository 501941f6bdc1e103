//! In which language is a report, which of its lines are in another, and is it a translation?

use evidence::article::UNDETERMINED;
use evidence::imprint::Translation;
use evidence::{Article, Note, Span};

use super::{Desk, short};
use crate::piece::Told;

impl Desk {
    /// The language, and what told it beside the text. The text is asked first; what came with it is believed where the
    /// text is too short, or of a language that is not recognised.
    pub(super) fn language(&self, text: &str, came: Option<&Told<String>>) -> (Option<String>, Option<Told<String>>) {
        let own = self.languages.of_text(text);
        let code = |l: &str| l.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let came = came.map(|t| Told { value: code(&t.value), by: t.by.clone() }).filter(|t| !t.value.is_empty());
        let believed = match own {
            None => came,
            // What calls itself English and is not stays of an unknown language.
            Some(UNDETERMINED) => came.filter(|t| t.value != "en"),
            Some(_) => None,
        };
        (believed.as_ref().map(|t| t.value.clone()).or_else(|| own.map(str::to_owned)), believed)
    }

    /// The lines of an English article that are in another language: claims are not read from them.
    pub fn in_other_languages(&self, article: &Article) -> Vec<Span> {
        if article.language.as_deref() != Some("en") {
            return Vec::new();
        }
        self.languages.foreign_lines(&article.text).into_iter().map(|(span, _)| span).collect()
    }

    /// What a person should know of the language of a text.
    pub(super) fn languages_noted(
        &self,
        path: &str,
        text: &str,
        language: Option<&str>,
        translation: Option<&Translation>,
    ) -> Vec<Note> {
        let mut notes: Vec<Note> = translation.map(|t| self.translated(path, t)).into_iter().collect();
        if let Some(other) = language.filter(|l| *l != "en") {
            let told = match self.languages.worded(other) {
                unknown if other == UNDETERMINED => format!("in a language that is {unknown}"),
                known => format!("in another language ({known})"),
            };
            let message = format!("{path}: the text seems to be {told}; it is kept, but only English is read");
            notes.push(Note::new("not-english", message));
            return notes;
        }
        notes.extend(self.languages.foreign_lines(text).into_iter().map(|(span, code)| {
            let (line, words) = (text[..span.start()].matches('\n').count() + 1, short(span.of(text)));
            let known = self.languages.worded(code);
            let told =
                format!("{path}: line {line} of the text is in another language ({known}) and not read: {words}");
            Note::new("mixed-language", told)
        }));
        notes
    }

    fn translated(&self, path: &str, t: &Translation) -> Note {
        let made = match t.machine {
            Some(true) => "made by a machine, ",
            Some(false) => "made by people, ",
            None => "",
        };
        let from = t.from.as_ref().map(|l| format!("from another language ({}), ", self.languages.worded(l)));
        let told = format!("{path} is a translation, {made}{}by its own words: ", from.unwrap_or_default());
        Note::new("translated", told + &short(&t.notice))
    }
}
