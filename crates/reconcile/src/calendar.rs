//! Days as reports write them: with a year, or, in an undated report, without.

use evidence::time::Time;

/// Month and day of a time, and its year if known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Day {
    year: Option<String>,
    month_day: String,
}

impl Day {
    /// The day that a time tells of: by its value, else by its words in `text` ("14 hours 30 minutes on May 6").
    pub fn of(time: &Time, text: &str) -> Option<Self> {
        if let Some(date) = time.value.as_ref().map(|v| v.date()).filter(|d| d.len() == 10) {
            return Some(Self { year: Some(date[..4].to_owned()), month_day: date[5..].to_owned() });
        }
        let words = time.span.filter(|_| time.value.is_none())?.of(text);
        month_day(words).map(|month_day| Self { year: None, month_day })
    }

    /// Whether two days are the same, as far as both are told.
    pub fn agrees(&self, other: &Self) -> bool {
        let years = self.year.is_none() || other.year.is_none() || self.year == other.year;
        years && self.month_day == other.month_day
    }
}

/// `05-06` of "on May 6" or "6 May"; `None` where there is no month with a day beside it.
fn month_day(words: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let parts: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let month = |w: &str| w.get(..3).and_then(|m| MONTHS.iter().position(|x| m.eq_ignore_ascii_case(x)));
    let day = |w: &str| {
        let digits = w.trim_end_matches(|c: char| c.is_alphabetic());
        digits.parse::<u32>().ok().filter(|d| (1..=31).contains(d))
    };
    let at = parts.iter().position(|w| month(w).is_some() && w.chars().all(char::is_alphabetic))?;
    let near = [at.checked_add(1), at.checked_sub(1)];
    let d = near.into_iter().flatten().filter_map(|i| parts.get(i)).find_map(|w| day(w))?;
    Some(format!("{:02}-{d:02}", month(parts[at])? + 1))
}

#[cfg(test)]
mod tests {
    use super::month_day;

    #[test]
    fn months_with_a_day_beside_them_are_read() {
        assert_eq!(month_day("from 6 hours 30 on March 7").as_deref(), Some("03-07"));
        assert_eq!(month_day("the 21st of June").as_deref(), None);
        assert_eq!(month_day("2 September").as_deref(), Some("09-02"));
        assert_eq!(month_day("the early 1990s"), None);
        assert_eq!(month_day("Monday"), None);
    }
}
