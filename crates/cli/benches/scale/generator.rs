//! Which reports come, day after day? About 120 a day: every occurrence is told by one to three stories, every story is
//! printed by one outlet or by up to forty.

use std::collections::VecDeque;

use crate::draws::Draws;
use crate::print::{Print, print};
use crate::story::{Story, tell};
use crate::world::{self, Kind, Occurrence, War};

/// Things that happen on a day, in all wars.
const OCCURRENCES: usize = 18;
const AGENCIES: [&str; 4] = ["Northwire", "Meridian Press", "Lakeside Agency", "Union News"];

/// A print with the story that it is of.
pub struct Report {
    pub print: Print,
    /// Number of its story, which is its origin.
    pub story: u32,
    /// Whether it is the first print of its story.
    pub first: bool,
}

/// All reports of a seed, without end.
pub struct Reports {
    seed: u64,
    wars: Vec<War>,
    day: usize,
    occurrences: u32,
    stories: u32,
    ready: VecDeque<Report>,
}

impl Reports {
    /// Those of a seed.
    pub fn of(seed: u64) -> Self {
        let wars = world::wars(seed);
        Self { seed, wars, day: 0, occurrences: 0, stories: 0, ready: VecDeque::new() }
    }

    /// The next report.
    pub fn next(&mut self) -> Report {
        loop {
            if let Some(report) = self.ready.pop_front() {
                return report;
            }
            self.another_day();
        }
    }

    fn another_day(&mut self) {
        let happened = world::of_day(self.seed, self.day, OCCURRENCES, &mut self.occurrences);
        let mut draws = Draws::of(self.seed, &[5, self.day as u64]);
        for o in &happened {
            for _ in 0..*draws.one(&[1, 1, 2, 3]) {
                let of = told(&mut draws, &happened, o);
                let story = tell(&mut draws, &self.wars, &of);
                self.print(&mut draws, &story);
            }
        }
        self.day += 1;
    }

    fn print(&mut self, draws: &mut Draws, story: &Story) {
        let prints = match draws.below(100) {
            0..55 => 1,
            55..85 => draws.between(2, 5),
            85..97 => draws.between(6, 15),
            _ => draws.between(16, 40),
        };
        let agency = (prints > 1).then(|| *draws.one(&AGENCIES));
        for n in 0..prints {
            let print = print(self.seed, &self.wars, story, self.stories, n, agency);
            self.ready.push_back(Report { print, story: self.stories, first: n == 0 });
        }
        self.stories += 1;
    }
}

/// What a story about one occurrence tells besides: what the other side says of it, breaches of a truce, what else
/// happened in that war.
fn told<'o>(draws: &mut Draws, happened: &'o [Occurrence], main: &'o Occurrence) -> Vec<&'o Occurrence> {
    let here = |o: &&Occurrence| o.war == main.war && o.number != main.number;
    let mut out = vec![main];
    out.extend(happened.iter().filter(here).filter(|o| main.mutual == Some(o.number)));
    let beside = happened.iter().filter(here).filter(|o| main.mutual != Some(o.number) && o.kind != Kind::Truce);
    out.extend(beside.filter(|_| draws.chance(60)).take(2));
    out
}
