//! What kind of file is it? Its first bytes tell, never its name.

use evidence::Note;

use crate::charset;
use crate::fields::Mapping;
use crate::table::Head;

/// How many bytes at the start of a file are looked at.
pub(crate) const HEAD: usize = 32 * 1024;

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A file packed by gzip.
    Gzip,
    /// A ZIP archive.
    Zip,
    /// A web archive.
    Warc,
    /// A web page.
    Page,
    /// Objects of JSON.
    Json,
    /// A table of reports, with what parts its columns.
    Table(u8),
    /// An e-mail, or a page saved as one (MHTML).
    Mail,
    /// E-mails one after the other (mbox).
    Mailbox,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
    /// Nothing that can be read: what it seems to be, and how to mend it.
    Strange(String),
}

/// Recognises a file by its first bytes; for UTF-16, also its name.
pub(crate) fn recognise(head: &[u8], map: &Mapping) -> (Kind, Option<&'static str>) {
    if let Some(kind) = packed(head) {
        return (kind, None);
    }
    if let Some((what, mend)) = foreign(head) {
        return (Kind::Strange(format!("it is {what}; {mend}")), None);
    }
    let decoded = charset::decode(whole_characters(head), None);
    let wide = decoded.charset.starts_with("UTF-16").then_some(decoded.charset);
    (of_text(&decoded.text, map), wide)
}

/// Why a file in a folder or an archive is passed over, though it may be readable: nobody named it.
pub(crate) fn is_no_report(path: &str, head: &[u8], map: &Mapping) -> Option<&'static str> {
    let name = path.rsplit(['/', '\\', '!']).next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    if ["README", "LICENSE", "LICENCE", "COPYING", "CHANGELOG"].iter().any(|n| stem.eq_ignore_ascii_case(n)) {
        return Some("it tells of the folder");
    }
    if let Some((what, _)) = foreign(head) {
        return Some(what);
    }
    if packed(head).is_some() {
        return None;
    }
    let text = charset::decode(whole_characters(head), None).text;
    if is_binary(&text) {
        return Some("a binary file");
    }
    match Head::of(&text, map) {
        Some(Head::Metadata) => return Some("a table for --metadata"),
        Some(Head::Unknown(_)) => return Some("a table without texts"),
        _ => {}
    }
    match of_text(&text, map) {
        Kind::Text | Kind::Markdown if is_code(&text) => Some("a program or a style sheet"),
        Kind::Strange(_) if is_feed(&text) => Some("a feed"),
        Kind::Strange(_) if starts_like_xml(&text) => Some("an XML file"),
        _ => None,
    }
}

/// Whether a file lies in the folder that browsers save beside a page: its pictures and scripts.
pub(crate) fn belongs_to_page(path: &str, there: impl Fn(&str) -> bool) -> bool {
    const ENDINGS: [&str; 7] = ["_files", "-Dateien", "_fichiers", "_archivos", "_ficheiros", "_file", "_bestanden"];
    let folders = path.char_indices().filter(|(_, c)| *c == '/').map(|(i, _)| &path[..i]);
    let stems = folders.filter_map(|folder| ENDINGS.iter().find_map(|e| folder.strip_suffix(e)));
    let mut pages = stems.flat_map(|stem| ["html", "htm", "xhtml"].map(|e| format!("{stem}.{e}")));
    pages.any(|page| there(&page))
}

/// A note on files that were passed over in a folder or an archive.
pub(crate) fn passed_over(place: &str, names: &[String]) -> Note {
    const SHOWN: usize = 5;
    let more = names.len().saturating_sub(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let shown = names[..names.len().min(SHOWN)].join(", ");
    Note::new(
        "passed-over",
        format!(
            "{place}: passed over, as they seem to be no reports: {shown}{more}; name a file itself to have it read"
        ),
    )
}

fn packed(head: &[u8]) -> Option<Kind> {
    let zip = head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06");
    match head {
        _ if zip && !is_office(head) => Some(Kind::Zip),
        _ if head.starts_with(b"\x1f\x8b") => Some(Kind::Gzip),
        _ if head.starts_with(b"WARC/") => Some(Kind::Warc),
        _ => None,
    }
}

/// Whether a ZIP is a document of an office program or a book: its first file says so.
fn is_office(head: &[u8]) -> bool {
    let name = head.get(30..).unwrap_or_default();
    let marks: [&[u8]; 6] = [b"[Content_Types].xml", b"mimetype", b"_rels/", b"word/", b"xl/", b"ppt/"];
    marks.iter().any(|m| name.starts_with(m))
}

/// What the first bytes show the file to be, if that is nothing we read, and how to mend it.
fn foreign(head: &[u8]) -> Option<(&'static str, &'static str)> {
    const TEXT: &str = "save the report as text or as a web page";
    const UNPACK: &str = "unpack it and name the files";
    const NONE: &str = "there is no text in it to read";
    const MARKS: [(&[u8], &str, &str); 27] = [
        (b"%PDF", "a PDF file", TEXT),
        (b"\xd0\xcf\x11\xe0", "an old office file", TEXT),
        (b"{\\rtf", "an RTF file", TEXT),
        (b"%!PS", "a PostScript file", TEXT),
        (b"AT&TFORM", "a DjVu file", TEXT),
        (b"SQLite format 3", "a database (SQLite)", "export its reports as CSV or JSON Lines"),
        (b"PAR1", "a Parquet file", "export its reports as CSV or JSON Lines"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
        (b"Rar!", "a RAR archive", UNPACK),
        (b"BZh", "a bzip2 file", UNPACK),
        (b"\xfd7zXZ", "an xz file", UNPACK),
        (b"\x28\xb5\x2f\xfd", "a Zstandard file", UNPACK),
        (b"\x89PNG", "a picture", NONE),
        (b"\xff\xd8\xff", "a picture", NONE),
        (b"GIF8", "a picture", NONE),
        (b"BM\0\0", "a picture", NONE),
        (b"II*\0", "a picture", NONE),
        (b"MM\0*", "a picture", NONE),
        (b"\0\0\x01\0", "a picture", NONE),
        (b"wOF", "a font", NONE),
        (b"OggS", "a sound or film", NONE),
        (b"ID3", "a sound or film", NONE),
        (b"\x1aE\xdf\xa3", "a sound or film", NONE),
        (b"\x7fELF", "a program", NONE),
        (b"MZ\x90\0", "a program", NONE),
        (b"\0asm", "a program", NONE),
        (b"\xca\xfe\xba\xbe", "a program", NONE),
    ];
    if is_zip(head) && is_office(head) {
        return Some(("an office file or a book", TEXT));
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some(("a TAR archive", UNPACK));
    }
    match (head.get(..4), head.get(4..8), head.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP")) => return Some(("a picture", NONE)),
        (Some(b"RIFF"), _, Some(b"WAVE" | b"AVI ")) | (_, Some(b"ftyp"), _) => return Some(("a sound or film", NONE)),
        _ => {}
    }
    MARKS.iter().find(|(mark, ..)| head.starts_with(mark)).map(|(_, what, mend)| (*what, *mend))
}

fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

fn of_text(text: &str, map: &Mapping) -> Kind {
    let strange = |why: &str| Kind::Strange(why.to_owned());
    if text.trim().is_empty() {
        return strange("it is empty; remove it or save the report again");
    }
    if is_binary(text) {
        let line = text.find('\0').map(|at| text[..at].matches('\n').count() + 1);
        let line = line.map_or_else(|| "control characters all over".to_owned(), |l| format!("a NUL byte in line {l}"));
        return Kind::Strange(format!("it is binary ({line}); save the report as text or as a web page"));
    }
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if is_page(start) {
        return Kind::Page;
    }
    if is_feed(text) {
        return strange("it is a feed, which lists reports; give its address to standoff watch, or save the reports");
    }
    if starts_like_xml(text) {
        return strange("it is an XML file of a kind that is not known; save the report as text or as a web page");
    }
    if is_json(start) {
        return Kind::Json;
    }
    if is_mailbox(start) {
        return Kind::Mailbox;
    }
    if is_mail(start) {
        return Kind::Mail;
    }
    match Head::of(start, map) {
        Some(Head::Reports(delimiter)) => return Kind::Table(delimiter),
        Some(Head::Metadata) => {
            return strange("it is a table of what is known of reports; give it with --metadata");
        }
        Some(Head::Unknown(_)) => {
            let head = start.lines().next().unwrap_or_default();
            let head: String = head.chars().take(200).collect();
            return Kind::Strange(format!(
                "it is a table, but none of its columns is known to hold the text ({head}); name it: --map text=COLUMN"
            ));
        }
        None => {}
    }
    if crate::markdown::is_markdown(start) { Kind::Markdown } else { Kind::Text }
}

/// The bytes without a character that the end of what was looked at cuts through.
fn whole_characters(head: &[u8]) -> &[u8] {
    match std::str::from_utf8(head) {
        Err(e) if e.error_len().is_none() => &head[..e.valid_up_to()],
        _ => head,
    }
}

/// More than one character in a hundred steers a machine instead of being read, or more than one in a thousand is NUL.
fn is_binary(text: &str) -> bool {
    let (mut all, mut zeros, mut steering) = (0, 0, 0);
    for c in text.chars() {
        all += 1;
        zeros += usize::from(c == '\0');
        steering += usize::from(c < ' ' && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}'));
    }
    zeros * 1000 > all || steering * 100 > all
}

/// Marks of HTML at the start, after comments and processing instructions; or further down, before any words.
fn is_page(start: &str) -> bool {
    const TAGS: &str = " html head body title meta article section main header nav div p span table script style link \
                        base center font h1 h2 h3 h4 ul ol a b i em strong img br blockquote figure form iframe noscript ";
    let mut rest = start;
    loop {
        let next = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.find("-->").map(|end| &comment[end + 3..])
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.find("?>").map(|end| &instruction[end + 2..])
        } else {
            break;
        };
        match next {
            Some(next) => rest = next.trim_start(),
            None => return false,
        }
    }
    let beginning: String = rest.chars().take(4096).collect::<String>().to_ascii_lowercase();
    if let Some(kind) = beginning.strip_prefix("<!doctype") {
        return kind.trim_start().starts_with("html");
    }
    if let Some(tag) = beginning.strip_prefix('<') {
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        let ends = tag[name.len()..].starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace());
        return ends && TAGS.contains(&format!(" {name} "));
    }
    ["\n<html", "\n<!doctype html"].iter().any(|m| beginning.contains(m))
}

fn starts_like_xml(text: &str) -> bool {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    start.starts_with("<?xml") || start.starts_with("<svg") || start.starts_with("<!DOCTYPE ")
}

fn is_feed(text: &str) -> bool {
    let head: String = text.chars().take(2000).collect();
    let start = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    start.starts_with('<') && ["<rss", "<feed", "<rdf:RDF"].iter().any(|m| head.contains(m))
}

/// An object, or a list of objects: a name in quotation marks and a colon come first, or the object ends at once. Words
/// in a brace are a text.
fn is_json(start: &str) -> bool {
    let inside = |rest: &str| match rest.trim_start() {
        object if object.starts_with('}') => {
            object[1..].trim_start().is_empty() || object[1..].starts_with(['\n', '\r'])
        }
        object => object
            .strip_prefix('"')
            .and_then(|name| name.split_once('"'))
            .is_some_and(|(name, rest)| !name.contains('\n') && rest.trim_start().starts_with(':')),
    };
    match (start.strip_prefix('{'), start.strip_prefix('[')) {
        (Some(object), _) => inside(object),
        (_, Some(list)) => list.trim_start().strip_prefix('{').is_some_and(inside),
        _ => false,
    }
}

/// "From a@b.example Sat Oct 10 12:05:00 2020" and then the head of a mail.
fn is_mailbox(start: &str) -> bool {
    let mut lines = start.lines();
    let clock =
        |l: &str| l.as_bytes().windows(5).any(|w| w[2] == b':' && w[0].is_ascii_digit() && w[4].is_ascii_digit());
    let first = lines.next().is_some_and(|l| l.starts_with("From ") && l.len() < 200 && clock(l));
    first && lines.next().is_some_and(|l| header(l).is_some())
}

/// Lines of a mail's head up to an empty line, with two at least that only mails have.
fn is_mail(start: &str) -> bool {
    const OF_MAILS: [&str; 13] = [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "received",
        "return-path",
        "delivered-to",
        "mime-version",
        "reply-to",
        "x-mailer",
        "dkim-signature",
        "content-type",
    ];
    let mut found = 0;
    for (n, line) in start.lines().enumerate() {
        if line.trim().is_empty() {
            break;
        }
        match header(line) {
            Some(name) => found += usize::from(OF_MAILS.contains(&name.to_ascii_lowercase().as_str())),
            None if n > 0 && line.starts_with([' ', '\t']) => {}
            None => return false,
        }
    }
    found >= 2 && (found >= 3 || start.starts_with("Received") || start.contains("\nMessage-I") || has_from(start))
}

fn has_from(start: &str) -> bool {
    let from = start.lines().find(|l| l.to_ascii_lowercase().starts_with("from:"));
    from.is_some_and(|l| l.contains('@') || l.contains('<'))
}

/// The name of a header line.
fn header(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let right = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    right.then_some(name)
}

/// Programs and style sheets are dense in marks that sentences hardly have, or begin by naming who runs them.
fn is_code(text: &str) -> bool {
    let (mut all, mut marks) = (0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        all += 1;
        marks += usize::from(matches!(c, '{' | '}' | ';' | '=' | '<' | '>' | '\\' | '_' | '|' | '$' | '&' | '#' | '`'));
    }
    text.starts_with("#!") || marks * 25 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8]) -> Kind {
        recognise(bytes, &Mapping::default()).0
    }

    #[test]
    fn what_cannot_be_read_says_why_and_what_to_do() {
        for (bytes, what) in [
            (&b"  \n"[..], "empty"),
            (b"a\0b", "NUL byte in line 1"),
            (b"\x00\xff\xfe", "binary"),
            (b"%PDF-1.7", "a PDF file"),
            (b"PK\x03\x04..........................[Content_Types].xml", "an office file"),
            (b"<?xml version='1.0'?><rss><channel>", "a feed"),
            (b"<?xml version='1.0'?><svg>", "an XML file"),
            (b"path,published\na.txt,2020-10-10", "--metadata"),
            (b"n,a,b,c\n1,2,3,4\n1,2,3,4\n", "--map text=COLUMN"),
        ] {
            let Kind::Strange(why) = kind(bytes) else { panic!("{what}: {:?}", kind(bytes)) };
            assert!(why.contains(what), "{why}");
        }
    }

    #[test]
    fn files_by_their_first_bytes() {
        for (bytes, expected) in [
            (&b"\xef\xbb\xbfShells fell."[..], Kind::Text),
            (b"not \xff ok", Kind::Text),
            (b"\xff\xfeS\0h\0e\0l\0l\0", Kind::Text),
            (b"\n<!-- saved from url --> <!DOCTYPE HTML><p>", Kind::Page),
            (b"<?xml version='1.0'?>\n<html xmlns='http://www.w3.org/1999/xhtml'>", Kind::Page),
            (b"<article class=x><p>Words", Kind::Page),
            (b"<div>Words", Kind::Page),
            (b"<3 is a heart", Kind::Text),
            (b"{\"text\": \"x\"}\n", Kind::Json),
            (b"[ {\"text\": \"x\"}]", Kind::Json),
            (b"[AFP] Shells fell.", Kind::Text),
            (b"{curly} words", Kind::Text),
            (b"title,text\nx,y", Kind::Table(b',')),
            (b"\"Title\";\"Text\";\"Date\"\nx;y;z", Kind::Table(b';')),
            (b"text\ttitle\nx\ty", Kind::Table(b'\t')),
            (b"Fighting, shelling, and hunger\nIt goes on, they say, and on.", Kind::Text),
            (b"From: a@b.example\r\nSubject: x\r\nDate: y\r\n\r\nWords", Kind::Mail),
            (b"From a@b.example Sat Oct 10 12:05:00 2020\nFrom: a\n\nWords", Kind::Mailbox),
            (b"From the valley\nNews: shells fell.", Kind::Text),
            (b"Note: this is\nno: mail\n\nWords", Kind::Text),
            (b"# Shells fall\n\nThe army said so.", Kind::Markdown),
            (b"WARC/1.0\r\n", Kind::Warc),
            (b"\x1f\x8b\x08", Kind::Gzip),
            (b"PK\x03\x04..........................a.txt", Kind::Zip),
        ] {
            assert_eq!(kind(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_mapping_makes_a_table_of_reports() {
        let map: Mapping = "text=words".parse().expect("a mapping");
        assert_eq!(recognise(b"head,words\nx,y", &map).0, Kind::Table(b','));
    }

    #[test]
    fn what_nobody_named_is_passed_over() {
        let why = |name: &str, head: &[u8]| is_no_report(name, head, &Mapping::default());
        assert_eq!(why("a/x.js", b"function f(a){return a;}\nvar x = {y: 1};\n"), Some("a program or a style sheet"));
        assert_eq!(why("x.css", b"body { margin: 0; }\n.a { color: red; }"), Some("a program or a style sheet"));
        assert_eq!(why("x.jpg", b"\xff\xd8\xff\xe0"), Some("a picture"));
        assert_eq!(why("a.zip!README.md", b"# Words"), Some("it tells of the folder"));
        assert_eq!(why("m.csv", b"path,outlet\n1,2"), Some("a table for --metadata"));
        assert_eq!(why("x", b"The army said on Monday that shells had fallen (again); nobody was hurt."), None);
    }
}
