//! Sessions as people have them, and how long their links are.

use crate::sim::Stream;

use super::*;

/// The most characters of an hour's session of 50 acts.
const SESSION_CHARS: usize = 2_000;
const HOUR: u64 = 3_600_000_000;

/// What a person might do.
struct Person(Stream);

impl Person {
    fn number(&mut self, from: u64, to: u64) -> u64 {
        from + self.0.below(to - from + 1)
    }

    fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.0.below(all.len() as u64) as usize]
    }

    fn node(&mut self) -> String {
        format!("\"S{}\"", self.number(1, 5))
    }

    fn letters(&mut self, count: u64) -> String {
        let letter = |_| char::from(b'a' + self.0.below(26) as u8);
        (0..count).map(letter).collect()
    }

    /// A key or a value: a letter, a number, a word, or any letters.
    fn text(&mut self) -> String {
        let words = [
            "apple", "cart", "city", "count", "hello", "name", "order", "price", "user",
        ];
        match self.0.below(4) {
            0 => self.letters(1),
            1 => self.number(1, 9_999).to_string(),
            2 => self.one_of(&words).to_owned(),
            _ => self.letters(6),
        }
    }

    fn act(&mut self) -> String {
        let node = self.node();
        match self.0.below(50) {
            0..=22 => format!(
                "put = {{ key = \"{}\", value = \"{}\" }}",
                self.text(),
                self.text()
            ),
            23..=25 => format!("get = {{ key = \"{}\" }}", self.text()),
            26..=29 => format!("crash = {node}"),
            30..=33 => format!("restart = {node}"),
            34..=35 => format!("pause = {node}"),
            36 => format!("resume = {node}"),
            37..=38 => self.partition(),
            39..=41 => "heal = true".to_owned(),
            42..=43 => format!(
                "clock = {{ node = {node}, rate = {} }}",
                self.number(50, 150) as f64 / 100.0
            ),
            44 => format!("network = {{ loss = 0.{} }}", self.number(1, 4)),
            45 => format!("isolate = {node}"),
            46 => format!("transfer = {node}"),
            47 => format!("timeout = {node}"),
            48 => format!("remove = {node}"),
            _ => format!(
                "cas = {{ key = \"{}\", expect = \"{}\", value = \"{}\" }}",
                self.text(),
                self.text(),
                self.text()
            ),
        }
    }

    fn partition(&mut self) -> String {
        let mut groups = [Vec::new(), Vec::new()];
        for node in 1..=5 {
            groups[self.0.below(2) as usize].push(format!("\"S{node}\""));
        }
        let [some, others] = groups.map(|group| group.join(", "));
        match some.is_empty() || others.is_empty() {
            true => "heal = true".to_owned(),
            false => format!("partition = [[{some}], [{others}]]"),
        }
    }

    /// So many acts at any times from then on.
    fn acts(&mut self, count: usize, from: u64) -> Vec<(u64, String)> {
        let mut times: Vec<_> = (0..count).map(|_| self.number(from, HOUR)).collect();
        times.sort_unstable();
        times.into_iter().map(|at| (at, self.act())).collect()
    }

    fn cluster(&mut self) -> String {
        let mutants = ["commit-prior-term", "forget-vote", "read-without-quorum"];
        format!(
            "title = \"{}\"\nseed = {}\nuntil = \"3600s\"\n[network]\nlatency = \"{}ms..{}ms\"\nloss = 0.0{}\n\
             [raft]\nelection_timeout = \"{}ms..{}ms\"\nheartbeat = \"{}ms\"\npre_vote = true\nmutant = \"{}\"\n\
             [disk]\nsync = \"{}ms\"\n",
            self.text(),
            self.number(0, 1 << 40),
            self.number(1, 20),
            self.number(20, 40),
            self.number(1, 9),
            self.number(100, 200),
            self.number(200, 400),
            self.number(20, 70),
            self.one_of(&mutants),
            self.number(1, 9),
        )
    }

    fn end(&mut self) -> Moment {
        Moment {
            tick: self.number(0, 10_000_000),
            at: Time(self.number(0, HOUR)),
        }
    }

    /// An hour with 50 acts: some, and the rest once again otherwise, from somewhere on.
    fn session(&mut self) -> Shared {
        let cluster = self.cluster();
        let kept = self.number(0, 40) as usize;
        let (first, second) = ((50 - kept) / 2, (50 - kept).div_ceil(2));
        let common = self.acts(kept, 0);
        let forked = common.last().map_or(0, |&(at, _)| at);
        let branches = [first, second].map(|count| {
            let mut text = cluster.clone();
            for (at, act) in common.iter().cloned().chain(self.acts(count, forked)) {
                // Half of the acts are at an event, where somebody stood.
                let event = if at % 2 == 0 {
                    "after_events = 1\n"
                } else {
                    ""
                };
                text += &format!("[[step]]\nat = \"{at}us\"\n{event}{act}\n");
            }
            scenario(&text)
        });
        Shared {
            branches: branches.into(),
            ends: [(); 2].map(|()| self.end()).into(),
            shown: self.number(0, 1) as usize,
            tick: self.number(0, 10_000_000),
            at: Time(self.number(0, HOUR)),
            speed: 1.0 / self.number(1, 1_000) as f64,
            selected: NodeId::new(self.number(1, 5) as u8),
        }
    }
}

#[test]
fn an_hours_session_of_fifty_acts_on_two_branches_is_a_link_of_under_two_thousand_characters() {
    let mut lengths: Vec<_> = (0..200)
        .map(|seed| {
            let shared = Person(Stream::new(seed, "person", 0)).session();
            encode(&shared).expect("it is small").len()
        })
        .collect();
    lengths.sort_unstable();
    let (median, longest) = (lengths[100], lengths[199]);
    println!("characters: median {median}, longest {longest}");
    assert!(longest < SESSION_CHARS, "{longest}");
}
