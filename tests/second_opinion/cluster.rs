//! A cluster of servers with either core, a network that does what the script says, and what must
//! hold at every step.

use std::collections::{BTreeMap, BTreeSet};

use crate::core::{Command, ELECTION_TICKS, Elections, Entry, Envelope, Options, Server};
use crate::script::Act;

/// More ticks than any cluster needs to recover: some ten elections.
const SETTLING_TICKS: u64 = 20 * ELECTION_TICKS;
/// Enough for a leader to find out that it has lost its quorum, and for its followers to be sure.
const RESTING_TICKS: u64 = 3 * ELECTION_TICKS;
/// More messages than any script can cause in one go.
const DELIVERIES: usize = 20_000;

/// What a run of a script has come to.
#[derive(Debug)]
pub struct Outcome {
    /// What is committed everywhere at the end.
    pub committed: Vec<Entry>,
    /// The commands that were applied, as committed, where they had been proposed.
    pub acknowledged: BTreeSet<Command>,
    /// Who led, by term.
    pub leaders: BTreeMap<u64, u8>,
    /// What was to be seen each time when the cluster rested.
    pub pictures: Vec<Picture>,
}

/// What both cores must show alike. How far a node has applied is not in it: one of them keeps its
/// commit index on the disk.
#[derive(PartialEq, Eq, Debug)]
pub struct Picture {
    pub leaders: Vec<u8>,
    /// The commands that any node has ever applied.
    pub committed: Vec<Command>,
}

impl Outcome {
    /// The commands that were committed, in order.
    pub fn commands(&self) -> Vec<Command> {
        commands(&self.committed)
    }
}

enum Slot<S: Server> {
    Up(S),
    Down(Option<S::Disk>),
}

pub struct Cluster<S: Server> {
    options: Options,
    slots: Vec<Slot<S>>,
    /// In the order in which they were sent.
    in_flight: Vec<Envelope<S::Message>>,
    /// Pairs of nodes, the smaller number first.
    cut: BTreeSet<(u8, u8)>,
    proposed: Command,

    /// What each node waits for: commands that it took since it started.
    waiting: Vec<BTreeSet<Command>>,
    /// How far each node has applied since it started.
    applied: Vec<u64>,
    leaders: BTreeMap<u64, u8>,
    committed: Vec<Entry>,
    acknowledged: BTreeSet<Command>,
    pictures: Vec<Picture>,
}

impl<S: Server> Cluster<S> {
    pub fn new(options: Options) -> Self {
        let voters = usize::from(options.voters);
        let start = |id| Slot::Up(S::start(id, options, None));
        Self {
            options,
            slots: (1..=options.voters).map(start).collect(),
            in_flight: Vec::new(),
            cut: BTreeSet::new(),
            proposed: 0,
            waiting: vec![BTreeSet::new(); voters],
            applied: vec![0; voters],
            leaders: BTreeMap::new(),
            committed: Vec::new(),
            acknowledged: BTreeSet::new(),
            pictures: Vec::new(),
        }
    }

    /// Does everything that the script says, heals everything, and waits until all nodes agree.
    pub fn run(options: Options, script: &[Act]) -> Outcome {
        let mut cluster = Self::new(options);
        for act in script {
            cluster.act(act);
        }
        cluster.settle();
        Outcome {
            committed: cluster.committed,
            acknowledged: cluster.acknowledged,
            leaders: cluster.leaders,
            pictures: cluster.pictures,
        }
    }

    fn act(&mut self, act: &Act) {
        match *act {
            Act::Propose(at) => self.propose(at),
            Act::ProposeToLeaders => self.ids().for_each(|id| {
                if self.up(id).is_some_and(|server| server.is_leader()) {
                    self.propose(id);
                }
            }),
            Act::Timeout(at) => self.at(at, S::election_timeout),
            Act::Pass(ticks) => self.pass(ticks, Elections::Forced),
            Act::Deliver(which) => {
                if let Some(place) = which.place(self.in_flight.len()) {
                    let envelope = self.in_flight.remove(place);
                    self.deliver(envelope);
                }
            }
            Act::Duplicate(which) => {
                if let Some(place) = which.place(self.in_flight.len()) {
                    let envelope = self.in_flight[place].clone();
                    self.deliver(envelope);
                }
            }
            Act::Drop(which) => {
                if let Some(place) = which.place(self.in_flight.len()) {
                    self.in_flight.remove(place);
                }
            }
            Act::DeliverAll => self.deliver_all(),
            Act::Rest => self.rest(),
            Act::Crash(at) => self.crash(at),
            Act::Restart(at) => self.restart(at),
            Act::Cut(a, b) => {
                self.cut.insert((a.min(b), a.max(b)));
            }
            Act::Heal => self.cut.clear(),
        }
    }

    fn ids(&self) -> impl Iterator<Item = u8> + use<S> {
        1..=self.options.voters
    }

    fn up(&self, id: u8) -> Option<&S> {
        match &self.slots[place(id)] {
            Slot::Up(server) => Some(server),
            Slot::Down(_) => None,
        }
    }

    /// Something happens to a node, if it is up.
    fn at(&mut self, id: u8, happens: impl FnOnce(&mut S)) {
        if let Slot::Up(server) = &mut self.slots[place(id)] {
            happens(server);
            self.look_at(id);
        }
    }

    fn propose(&mut self, at: u8) {
        // A number is used up also where the command is refused: it is then the same in both cores.
        self.proposed += 1;
        let command = self.proposed;
        let mut took = false;
        if let Slot::Up(server) = &mut self.slots[place(at)] {
            took = server.propose(command);
        }
        if took {
            self.waiting[place(at)].insert(command);
        }
        self.at(at, |_| ());
    }

    fn pass(&mut self, ticks: u64, elections: Elections) {
        for _ in 0..ticks {
            for id in self.ids() {
                self.at(id, |server| server.tick(elections));
            }
        }
    }

    fn deliver(&mut self, envelope: Envelope<S::Message>) {
        let Envelope { from, to, message } = envelope;
        if !self.cut.contains(&(from.min(to), from.max(to))) {
            self.at(to, |server| server.receive(message));
        }
    }

    fn deliver_all(&mut self) {
        for _ in 0..DELIVERIES {
            if self.in_flight.is_empty() {
                return;
            }
            for envelope in std::mem::take(&mut self.in_flight) {
                self.deliver(envelope);
            }
        }
        panic!("{}: the messages never end", S::NAME);
    }

    fn rest(&mut self) {
        for _ in 0..RESTING_TICKS {
            self.pass(1, Elections::Forced);
            self.deliver_all();
        }
        let leads = |id: &u8| self.up(*id).is_some_and(S::is_leader);
        self.pictures.push(Picture {
            leaders: self.ids().filter(leads).collect(),
            committed: commands(&self.committed),
        });
    }

    fn crash(&mut self, id: u8) {
        let slot = &mut self.slots[place(id)];
        *slot = match std::mem::replace(slot, Slot::Down(None)) {
            Slot::Up(server) => Slot::Down(Some(server.crash())),
            down @ Slot::Down(_) => down,
        };
        self.waiting[place(id)].clear();
        self.applied[place(id)] = 0;
    }

    fn restart(&mut self, id: u8) {
        let slot = &mut self.slots[place(id)];
        if let Slot::Down(disk) = slot {
            *slot = Slot::Up(S::start(id, self.options, disk.take()));
            self.look_at(id);
        }
    }

    /// Everything healed and every node up, one leader is found that all agree with, and it can
    /// commit a command: no later than after some elections.
    fn settle(&mut self) {
        self.act(&Act::Heal);
        self.ids().for_each(|id| self.restart(id));
        let script_ends = self.proposed;
        for _ in 0..SETTLING_TICKS {
            self.pass(1, Elections::Fair);
            self.deliver_all();
            if let Some(leader) = self.leader_of_all() {
                if self.proposed > script_ends && self.acknowledged.contains(&self.proposed) {
                    return;
                }
                // Also once more, if the one who took the last one was deposed over it.
                self.propose(leader);
            }
        }
        let states = self.ids().filter_map(|id| {
            let server = self.up(id)?;
            Some((id, server.term(), server.is_leader(), server.log()))
        });
        let states: Vec<_> = states.collect();
        panic!("{}: no agreement: {states:?}", S::NAME);
    }

    /// Who alone leads, when all logs are equal and applied to their end.
    fn leader_of_all(&self) -> Option<u8> {
        let servers: Vec<(u8, &S)> =
            (self.ids().filter_map(|id| Some((id, self.up(id)?)))).collect();
        let mut leaders = servers.iter().filter(|(_, server)| server.is_leader());
        let (leader, _) = *leaders.next()?;
        let agree = servers.iter().all(|(id, server)| {
            self.applied[place(*id)] == self.committed.len() as u64
                && server.log() == self.committed
        });
        (agree && leaders.next().is_none()).then_some(leader)
    }

    /// What a node has said and done goes its way, and must be right.
    fn look_at(&mut self, id: u8) {
        let Slot::Up(server) = &mut self.slots[place(id)] else {
            return;
        };
        self.in_flight.extend(server.take_sent());
        let applied = server.take_applied();
        let (term, leads) = (server.term(), server.is_leader());
        if leads {
            let leader = *self.leaders.entry(term).or_insert(id);
            assert_eq!(leader, id, "{}: two leaders in term {term}", S::NAME);
        }
        for (index, entry) in applied {
            self.applied(id, index, entry);
        }
    }

    fn applied(&mut self, id: u8, index: u64, entry: Entry) {
        let up_to = &mut self.applied[place(id)];
        *up_to += 1;
        assert_eq!(index, *up_to, "{}: S{id} applies in order", S::NAME);
        match self.committed.get(place_in_log(index)) {
            Some(known) => assert_eq!(
                *known,
                entry,
                "{}: S{id} applies another entry at index {index}",
                S::NAME
            ),
            None => self.commit(entry),
        }
        if let Some(command) = entry.1
            && self.waiting[place(id)].remove(&command)
        {
            self.acknowledged.insert(command);
        }
    }

    /// The first node to know it applies an entry: it follows on all that is committed. Terms never
    /// fall along a log; and whoever leads a term proposed after all that it found in its log, so
    /// that commands are committed in the order in which they were proposed.
    fn commit(&mut self, entry: Entry) {
        let terms = self.committed.last().map(|last| last.0);
        assert!(terms <= Some(entry.0), "{}: a term falls", S::NAME);
        let commands = self.committed.iter().rev().find_map(|last| last.1);
        assert!(
            entry.1.is_none() || commands < entry.1,
            "{}: {entry:?} is committed after {commands:?}",
            S::NAME
        );
        self.committed.push(entry);
    }
}

fn commands(entries: &[Entry]) -> Vec<Command> {
    entries.iter().filter_map(|&(_, command)| command).collect()
}

const fn place(id: u8) -> usize {
    id as usize - 1
}

const fn place_in_log(index: u64) -> usize {
    index as usize - 1
}
