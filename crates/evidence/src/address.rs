//! Do two addresses lead to the same article? Then their canonical forms are equal.

/// Names of query parameters that tell an outlet where its reader came from, and never which page is meant.
const TRACKING: [&str; 44] = [
    "__twitter_impression",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "_openstat",
    "cmp",
    "cmpid",
    "dclid",
    "fb_action_ids",
    "fb_action_types",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gaa_at",
    "gaa_n",
    "gaa_sig",
    "gaa_ts",
    "gbraid",
    "gclid",
    "gclsrc",
    "hsctatracking",
    "igsh",
    "igshid",
    "ito",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "ocid",
    "ref_src",
    "s_cid",
    "smid",
    "srsltid",
    "traffic_source",
    "twclid",
    "vero_id",
    "wbraid",
    "wt_mc",
    "xtor",
    "yclid",
    "ymclid",
    "ysclid",
];

/// Beginnings of further ones: campaign tags of analytics programs.
const TRACKING_FAMILIES: [&str; 6] = ["utm_", "at_", "ns_", "mtm_", "pk_", "piwik_"];

/// The form of an address that all links to one page share: scheme and host in lower case, without default port,
/// fragment, and parameters that only tell where the reader came from. Everything else stays as it is and where it is,
/// as a server may tell pages apart by it: `www.`, capitals and final slashes of the path, other parameters.
///
/// `None` if it is no whole address of the web (`http` or `https` with a host), or names a user.
pub fn canonical(url: &str) -> Option<String> {
    let url = url.trim();
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let default_port = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let rest = rest.split('#').next().unwrap_or(rest);
    let end = rest.find(['/', '?', '\\']).unwrap_or(rest.len());
    let (host, tail) = rest.split_at(end);
    if host.contains('@') || tail.starts_with('\\') {
        return None;
    }
    let host = host.to_lowercase();
    let host = host.strip_suffix(default_port).or(host.strip_suffix(':')).unwrap_or(&host);
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    if name.is_empty() || port.is_some_and(|p| p.parse::<u16>().is_err()) {
        return None;
    }
    let (path, query) = tail.split_once('?').map_or((tail, ""), |(p, q)| (p, q));
    let mut out = format!("{scheme}://{name}");
    if let Some(port) = port {
        out.push(':');
        out.push_str(port);
    }
    out.push_str(if path.is_empty() { "/" } else { path });
    let mut joint = '?';
    for parameter in query.split('&').filter(|p| !p.is_empty() && !is_tracking(p)) {
        out.push(joint);
        out.push_str(parameter);
        joint = '&';
    }
    Some(out)
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or(parameter).to_ascii_lowercase();
    TRACKING.binary_search(&name.as_str()).is_ok() || TRACKING_FAMILIES.iter().any(|family| name.starts_with(family))
}

/// What all versions of one article have in common: its canonical address, whichever of the two schemes it is told
/// with. `None` for the front page of a site, which is another every hour.
pub fn of_article(url: &str) -> Option<String> {
    let address = canonical(url)?;
    let rest = address.split_once("://")?.1;
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    (!path.is_empty()).then(|| format!("https://{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_one_page_have_one_form() {
        for (given, form) in [
            ("HTTPS://News.Example.ORG:443/World/A.html#top", "https://news.example.org/World/A.html"),
            ("http://example.org:80", "http://example.org/"),
            ("http://example.org.?utm_source=x", "http://example.org/"),
            ("http://example.org:8080/a", "http://example.org:8080/a"),
            ("https://example.org/a?utm_source=rss&id=7&fbclid=Q&page=2", "https://example.org/a?id=7&page=2"),
            ("https://example.org/a?UTM_Medium=mail&at_campaign=b&gclid=1", "https://example.org/a"),
            ("https://example.org/a?&b=&c#d?e", "https://example.org/a?b=&c"),
            ("  https://example.org/a/index.html \n", "https://example.org/a/index.html"),
            ("https://[2001:DB8::1]:443/a", "https://[2001:db8::1]/a"),
            ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a"),
            ("https://Öst.example/a", "https://öst.example/a"),
            ("https://example.org/a?next=http://b/c?d", "https://example.org/a?next=http://b/c?d"),
        ] {
            assert_eq!(canonical(given).as_deref(), Some(form), "{given}");
            assert_eq!(canonical(form).as_deref(), Some(form), "it is its own form: {form}");
        }
    }

    #[test]
    fn what_may_be_another_page_stays_another() {
        let forms = [
            "https://example.org/a",
            "https://www.example.org/a",
            "https://example.org/a/",
            "https://example.org/A",
            "https://example.org/a?id=1",
            "https://example.org/a?id=1&attitude=2",
            "https://example.org/a?attitude=2&id=1",
            "http://example.org/a",
        ];
        for form in forms {
            assert_eq!(canonical(form).as_deref(), Some(form));
        }
    }

    #[test]
    fn what_is_no_address_of_the_web_has_no_form() {
        for given in [
            "",
            "a.txt",
            "example.org/a",
            "ftp://example.org/a",
            "mailto:a@example.org",
            "https://",
            "https:///a",
            "https://me:secret@example.org/",
            "https://example.org:port/",
            "https://example.org\\@b/",
            "https://exa mple.org/",
        ] {
            assert_eq!(canonical(given), None, "{given}");
        }
    }

    #[test]
    fn the_names_are_sorted() {
        assert!(TRACKING.is_sorted());
    }

    #[test]
    fn front_pages_are_no_article() {
        assert_eq!(of_article("http://courier.example/a?utm_source=x").as_deref(), Some("https://courier.example/a"));
        assert_eq!(of_article("https://courier.example/"), None);
        assert_eq!(of_article("https://courier.example"), None);
    }
}
