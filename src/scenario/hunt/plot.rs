//! Plots: several things done one after another, of which each alone comes to nothing. A cluster that
//! is right stands any of them.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::kv::{ClientId, Operation};
use crate::raft::{MessageKind, NodeId, NodeSet, Span};
use crate::scenario::resolve;
use crate::scenario::runner::Run;
use crate::scenario::script::{InFlight, Links, NodeSelector, Selector, Verb};
use crate::sim::{ClockRate, NetworkChange, ReadMode, SpanRange, Stream};

use super::mood::Pause;
use super::setting::{clock_rates, percent, pick};
use super::verbs::{Verbs, ids, named};

/// What is done, each after a pause.
#[derive(Clone, Debug, Default)]
pub(super) struct Plot {
    acts: VecDeque<(Pause, Verb)>,
    /// Who plays each client of the plot, from the first act in which it asks for something on: so
    /// clients are numbered in the order in which the steps name them, as a file's are.
    cast: Vec<(ClientId, ClientId)>,
}

impl Plot {
    /// A plot around the node that leads; `None` when none does, or it is alone.
    pub(super) fn new(verbs: &mut Verbs, run: &mut Run, random: &mut Stream) -> Option<Self> {
        let leader = run.world().leader()?;
        let mut others = ids(run.world());
        others.retain(|&id| id != leader);
        shuffle(&mut others, random);
        let mut plotter = Plotter {
            plot: Self::default(),
            successor: *others.first()?,
            leader,
            others,
            verbs,
            run,
            random,
        };
        match plotter.random.below(5) {
            0 | 1 => plotter.succession(),
            2 => plotter.cut_short(),
            3 => plotter.rival_changes(),
            _ => plotter.old_snapshot(),
        }
        Some(plotter.plot)
    }

    /// How long to wait before the next act, if there is one.
    pub(super) fn pause(&self) -> Option<Pause> {
        self.acts.front().map(|(pause, _)| *pause)
    }

    /// The next act.
    pub(super) fn next(&mut self, run: &mut Run) -> Option<Verb> {
        let (_, mut verb) = self.acts.pop_front()?;
        // Whom it asks may not be there: then nothing is asked, and nobody named.
        let can_be_done = resolve::actions(&verb, run.world()).is_ok();
        if let Verb::Operation { client, .. } = &mut verb
            && can_be_done
        {
            *client = self.player(*client, run);
        }
        Some(verb)
    }

    /// Who plays that client: the run's own of that number if there is one, or the next, and each
    /// plays one.
    fn player(&mut self, client: ClientId, run: &mut Run) -> ClientId {
        if let Some(&(_, player)) = self.cast.iter().find(|(known, _)| *known == client) {
            return player;
        }
        let known = run.scenario().clients.len() as u32;
        let is_free = |id: &ClientId| self.cast.iter().all(|(_, player)| player != id);
        let own = Some(client).filter(|id| id.0 <= known && is_free(id));
        let free = || (0..=known).map(ClientId).find(is_free);
        let number = own.or_else(free).map_or(0, |id| id.0);
        let player = run.client_named(&format!("c{}", number + 1));
        self.cast.push((client, player));
        player
    }
}

/// Thinks out a plot.
struct Plotter<'a> {
    plot: Plot,
    leader: NodeId,
    /// Who is to lead next.
    successor: NodeId,
    /// All but the leader, the successor first.
    others: Vec<NodeId>,
    verbs: &'a mut Verbs,
    run: &'a mut Run,
    random: &'a mut Stream,
}

impl Plotter<'_> {
    fn then(&mut self, pause: Pause, verb: Verb) {
        self.plot.acts.push_back((pause, verb));
    }

    /// With that probability, in hundredths.
    fn perhaps(&mut self, percentage: u64) -> bool {
        percent(self.random, percentage)
    }

    /// Some time from `low` to `high` milliseconds.
    fn span(&mut self, low: u64, high: u64) -> Pause {
        Pause::Span(Span(low * 1_000 + self.random.below((high - low) * 1_000)))
    }

    fn ask(&mut self, number: u64, operation: Operation, node: NodeSelector) -> Verb {
        Verb::Operation {
            client: ClientId(number as u32 - 1),
            operation,
            node: Some(node),
        }
    }

    fn put(&mut self, number: u64, node: NodeSelector) -> Verb {
        let put = Operation::Put {
            key: "x".into(),
            value: self.verbs.value(),
        };
        self.ask(number, put, node)
    }

    fn get(&mut self, number: u64, node: NodeId) -> Verb {
        let get = Operation::Get {
            key: Arc::from("x"),
        };
        self.ask(number, get, NodeSelector::Node(node))
    }

    fn all_others(&self) -> Selector {
        several(&self.others)
    }

    /// A leader is left behind while another takes over, which it does not hear of: it is written to,
    /// and read.
    fn succession(&mut self) {
        let old = NodeSelector::Node(self.leader);
        if self.is_leased() && self.perhaps(60) {
            self.slow_leader();
        }
        let put = self.put(1, old);
        self.then(Pause::None, put);
        let is_told = self.perhaps(40);
        self.leave_behind(is_told);
        for number in 1..=self.random.below(4) {
            let put = self.put(number, old);
            self.then(Pause::None, put);
        }
        if !is_told && self.perhaps(30) {
            let pause = self.span(10, 600);
            self.then(pause, Verb::Timeout(named(self.successor)));
        }
        for _ in 0..=self.random.below(2) {
            let put = self.put(2, NodeSelector::Leader);
            self.then(Pause::Election, put);
        }
        let (pause, get) = (self.span(30, 90), self.get(3, self.leader));
        self.then(pause, get);
        if self.perhaps(40) {
            let pause = self.span(5, 60);
            let newest = Selector::Nodes(vec![NodeSelector::Leader]);
            self.then(pause, Verb::Snapshot(newest));
        }
        if self.perhaps(70) {
            let pause = self.span(5, 200);
            self.then(pause, Verb::Heal(None));
        }
    }

    fn is_leased(&self) -> bool {
        self.run.world().config().raft.reads == ReadMode::Lease
    }

    /// As far apart as clocks may go: the leader has promises that are over for those who gave them.
    fn slow_leader(&mut self) {
        let rates = clock_rates(&self.run.world().config().raft);
        let (slow, fast) = (rates[0], rates[rates.len() - 1]);
        for (nodes, rate) in [(named(self.leader), slow), (self.all_others(), fast)] {
            if let Some(rate) = ClockRate::new(rate) {
                self.then(Pause::None, Verb::Clock { nodes, rate });
            }
        }
        // What was promised by the clocks as they were is over.
        let pause = self.span(50, 400);
        let put = self.put(1, NodeSelector::Node(self.leader));
        self.then(pause, put);
    }

    /// The leader no longer hears the others; perhaps it has told its successor to take over.
    fn leave_behind(&mut self, is_told: bool) {
        let pause = self.span(20, 80);
        let deaf = Verb::Cut(Links::Direction {
            from: self.all_others(),
            to: named(self.leader),
        });
        if is_told {
            let successor = NodeSelector::Node(self.successor);
            self.then(pause, Verb::Transfer(successor));
            self.then(Pause::Transfer, deaf);
        } else if self.perhaps(75) {
            self.then(pause, Verb::Isolate(named(self.leader)));
        } else {
            self.then(pause, deaf);
        }
    }

    /// A new leader reaches some, with some of what it sends, and crashes; another is elected.
    fn cut_short(&mut self) {
        let (new, other) = (self.successor, self.others[self.others.len() - 1]);
        self.then(Pause::None, Verb::Timeout(named(new)));
        if self.perhaps(50) {
            let rest = several(&self.others[1..]);
            if self.others.len() > 1 {
                self.then(Pause::Election, Verb::Cut(Links::Between(named(new), rest)));
            }
        }
        let pause = match self.random.below(3) {
            0 => self.span(1, 60),
            1 => Pause::Events(1 + self.random.below(12)),
            _ => Pause::Commit,
        };
        let entries = InFlight {
            kind: Some(MessageKind::AppendEntries),
            from: Some(NodeSelector::Node(new)),
            to: None,
            nth: None,
            optional: false,
        };
        self.then(pause, Verb::Drop(entries));
        self.then(Pause::None, Verb::Crash(named(new)));
        for _ in 0..2 {
            let pause = self.span(1, 40);
            self.then(pause, Verb::Timeout(named(other)));
        }
        if self.perhaps(50) {
            let pause = self.span(1, 60);
            self.then(pause, Verb::Restart(named(new)));
        }
    }

    /// Two leaders that do not hear of each other change the members, and the first is elected again
    /// by those who have heard of neither change.
    fn rival_changes(&mut self) {
        let members = |random: &mut Stream, all: &[NodeId]| {
            let out = pick(random, all);
            match random.below(4) {
                0 => {
                    let left = all.iter().copied().filter(|&id| id != out);
                    Verb::Members(left.collect::<NodeSet>())
                }
                _ => Verb::Remove(NodeSelector::Node(out)),
            }
        };
        self.then(Pause::None, Verb::Isolate(named(self.leader)));
        let first = members(self.random, &self.others.clone());
        self.then(Pause::None, first);
        let pause = self.span(1, 20);
        self.then(pause, Verb::Timeout(named(self.successor)));
        // The new leader and some are alone, before anyone has its first entry.
        let place = 1 + self.random.below(self.others.len() as u64) as usize;
        let (with, without) = self.others.split_at(place);
        let mut rest = without.to_vec();
        rest.push(self.leader);
        let groups = vec![several(with), several(&rest)];
        self.then(Pause::Election, Verb::Partition(groups));
        let mut all = rest;
        all.push(self.others[0]);
        let second = members(self.random, &all[..all.len() - 1]);
        self.then(Pause::Events(1), second);
        for _ in 0..2 {
            let pause = self.span(20, 100);
            self.then(pause, Verb::Timeout(named(self.leader)));
        }
    }

    /// A follower is so far behind that it is sent a snapshot, which takes so long that a newer one
    /// and more overtake it.
    fn old_snapshot(&mut self) {
        let (leader, behind) = (NodeSelector::Node(self.leader), named(self.successor));
        let (away, back) = match self.random.below(2) {
            0 => (Verb::Crash(behind.clone()), Verb::Restart(behind)),
            _ => (Verb::Isolate(behind), Verb::Heal(None)),
        };
        self.then(Pause::None, away);
        for number in 1..=2 {
            let put = self.put(number, leader);
            self.then(Pause::None, put);
        }
        let pause = self.span(30, 120);
        self.then(pause, Verb::Snapshot(named(self.leader)));
        let usual = self.run.world().config().network.latency;
        let slow = pick(self.random, &[(200, 600), (1_000, 3_000)]);
        for (pause, latency, verb) in [
            (
                Pause::None,
                SpanRange::from_millis(slow.0, slow.1),
                Some(back),
            ),
            (self.span(40, 130), usual, None),
        ] {
            let change = NetworkChange {
                latency: Some(latency),
                ..NetworkChange::default()
            };
            self.then(pause, Verb::Network(change));
            verb.into_iter()
                .for_each(|verb| self.then(Pause::None, verb));
        }
        for number in 1..=2 {
            let (pause, put) = (self.span(20, 250), self.put(number, leader));
            self.then(pause, put);
        }
        let late = InFlight {
            kind: Some(MessageKind::InstallSnapshot),
            from: None,
            to: Some(NodeSelector::Node(self.successor)),
            nth: None,
            optional: false,
        };
        let pause = self.span(20, 250);
        self.then(pause, Verb::Deliver(late));
    }
}

fn several(nodes: &[NodeId]) -> Selector {
    Selector::Nodes(nodes.iter().copied().map(NodeSelector::Node).collect())
}

/// In another order, each as likely as the others.
fn shuffle(nodes: &mut [NodeId], random: &mut Stream) {
    for place in (1..nodes.len()).rev() {
        nodes.swap(place, random.below(place as u64 + 1) as usize);
    }
}
