//! In which language is a text?

/// Texts below this many bytes are only given to another language than English where the recogniser is sure.
const SHORT: usize = 200;

/// ISO 639-1 code of the text's language, if recognised.
pub(crate) fn language(text: &str) -> Option<&'static str> {
    let info = whatlang::detect(text)?;
    let sure = info.is_reliable() || text.len() >= SHORT || info.lang() == whatlang::Lang::Eng;
    sure.then(|| two_letters(info.lang().code())).flatten()
}

/// ISO 639-1 code of a language as a page or a field names it: `en`, `en-GB`, `eng`.
pub(crate) fn code(name: &str) -> Option<String> {
    let first = name.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let letters = first.bytes().all(|b| b.is_ascii_lowercase());
    match first.len() {
        2 if letters => Some(first),
        3 => two_letters(&first).map(str::to_owned),
        _ => None,
    }
}

/// The two-letter code of a three-letter one, for the languages that the recogniser knows.
fn two_letters(code: &str) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    CODES.iter().find(|(three, _)| *three == code).map(|(_, two)| *two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_the_recogniser_has_a_code() {
        for lang in whatlang::Lang::all() {
            assert!(two_letters(lang.code()).is_some(), "{}", lang.code());
        }
    }

    #[test]
    fn languages_are_told_apart() {
        let en = "The army said that two soldiers were killed when shells fell on the village overnight.";
        let fr = "L'armée a déclaré que deux soldats avaient été tués lorsque des obus sont tombés sur le village.";
        assert_eq!(language(en), Some("en"));
        assert_eq!(language(fr), Some("fr"));
        assert_eq!(language("Two killed in Greth\nThe army denied it."), Some("en"));
        assert_eq!(language("12 34"), None);
    }
}
