//! What stands still, as the page shows it: each part made anew only when it has changed.

use std::rc::Rc;

use crate::kv::Response;
use crate::raft::{
    ChangeRefusal, Configuration, LogIndex, MembershipChange, NodeId, NodeSet, Role, Term,
};
use crate::scenario::Run;
use crate::sim::{Failure, Happening, NetworkChange, OperationRecord, Outcome, Server, World};

use super::super::view::{
    LogView, NodeView, OperationView, OutcomeView, PlaceBar, RoleView, SafetyView, StateView, View,
};

/// The most operations shown.
const OPERATIONS_MAX: usize = 200;

/// The parts as they were last shown, and what may have changed since.
pub(super) struct Parts {
    view: View,
    logs: Vec<LogPrint>,
    states: Vec<(NodeId, bool, LogIndex, Configuration)>,
    changed: Changed,
    /// Whose turn it is, of the tables.
    turn: Table,
    /// Whether another run or moment is to be shown, of which no table may be left behind.
    renewed: bool,
}

/// Which parts may have changed.
#[derive(Clone, Copy)]
struct Changed {
    any: bool,
    links: bool,
    logs: bool,
    states: bool,
    operations: bool,
}

impl Changed {
    const ALL: Self = Self {
        any: true,
        links: true,
        logs: true,
        states: true,
        operations: true,
    };
    const NONE: Self = Self {
        any: false,
        links: false,
        logs: false,
        states: false,
        operations: false,
    };
}

/// A part that takes long to show: while time runs they take turns, one a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    Logs,
    States,
    Operations,
    Events,
}

impl Table {
    const fn next(self) -> Self {
        match self {
            Self::Logs => Self::States,
            Self::States => Self::Operations,
            Self::Operations => Self::Events,
            Self::Events => Self::Logs,
        }
    }
}

/// What tells one state of a log from another, without comparing entries: by log matching, logs that
/// end alike are alike.
#[derive(Clone, Copy, PartialEq, Eq)]
struct LogPrint {
    id: NodeId,
    down: bool,
    leads: bool,
    first: LogIndex,
    last: (LogIndex, Term),
    marks: [LogIndex; 3],
    progress: Option<(LogIndex, LogIndex)>,
}

impl Parts {
    /// The parts of a run that has just begun.
    pub(super) fn of(run: &Run) -> Self {
        let empty = View {
            now: run.world().now(),
            events: 0,
            lines: 0,
            nodes: Rc::new([]),
            cuts: Rc::new([]),
            own: Rc::new([]),
            groups: Rc::new([]),
            logs: Rc::new([]),
            states: Rc::new([]),
            operations: Rc::new([]),
            safety: Rc::default(),
        };
        Self {
            view: empty,
            logs: Vec::new(),
            states: Vec::new(),
            changed: Changed::ALL,
            turn: Table::Logs,
            renewed: true,
        }
    }

    /// Everything may have changed, and the logs be those of another future, in which the same place
    /// and term need not mean the same entry.
    pub(super) fn renew(&mut self) {
        self.logs.clear();
        self.states.clear();
        self.changed = Changed::ALL;
        self.renewed = true;
    }

    /// Something has happened: notes what it may have changed.
    pub(super) fn observe(&mut self, world: &World) {
        self.changed.any = true;
        self.changed.logs = true;
        self.changed.states = true;
        for happening in world.happenings() {
            match happening {
                Happening::LinkCut(..)
                | Happening::LinkHealed(..)
                | Happening::Link { .. }
                | Happening::Added(_) => {
                    self.changed.links = true;
                }
                Happening::Operation { .. } => self.changed.operations = true,
                _ => {}
            }
        }
    }

    /// The moment as it is now; while time runs, of the tables that one whose turn it is, and the others as
    /// they were some frames before. `lines`: how many there are of the event
    /// log, if that is asked for.
    pub(super) fn view(&mut self, run: &Run, lines: Option<u64>, in_turns: bool) -> View {
        let world = run.world();
        self.view.now = world.now();
        let changed = std::mem::replace(&mut self.changed, Changed::NONE);
        if changed.any {
            self.view.events = world.events();
            replace(&mut self.view.nodes, nodes(world));
            self.renew_safety(run);
            replace(&mut self.view.groups, world.groups().iter().copied());
        }
        if changed.links {
            replace(&mut self.view.cuts, cuts(world));
            replace(&mut self.view.own, own_conditions(world));
        }
        let in_turns = in_turns && !std::mem::take(&mut self.renewed);
        self.turn = self.turn.next();
        let is_now = |table| !in_turns || self.turn == table;
        let (logs, states) = (is_now(Table::Logs), is_now(Table::States));
        let (operations, events) = (is_now(Table::Operations), is_now(Table::Events));
        // What is not shown as it is may still have changed in the next frame.
        self.changed.logs = changed.logs && !logs;
        self.changed.states = changed.states && !states;
        self.changed.operations = changed.operations && !operations;
        if changed.logs && logs {
            self.renew_logs(world);
        }
        if changed.states && states {
            self.renew_states(world);
        }
        if changed.operations && operations {
            let newest = world.operations().iter().rev().take(OPERATIONS_MAX);
            let newest = newest.map(|record| operation(record, world));
            replace(&mut self.view.operations, newest);
        }
        if let Some(lines) = lines.filter(|_| events) {
            self.view.lines = lines;
        }
        self.view.clone()
    }

    fn renew_logs(&mut self, world: &World) {
        let leader = world.leader().and_then(|id| world.server(id));
        let prints = world.servers().iter().map(|s| print(s, leader));
        let prints: Vec<LogPrint> = prints.collect();
        if prints != self.logs {
            let servers = world.servers().iter().zip(&prints);
            self.view.logs = servers.map(|(server, print)| log(server, print)).collect();
            self.logs = prints;
        }
    }

    fn renew_states(&mut self, world: &World) {
        let servers = world.servers().iter();
        let prints: Vec<_> = servers
            .map(|server| {
                let members = world.configuration_of(server);
                (server.id(), !server.is_up(), server.last_applied(), members)
            })
            .collect();
        if prints != self.states {
            let servers = world.servers().iter();
            self.view.states = servers.map(|server| state(server, world)).collect();
            self.states = prints;
        }
    }

    fn renew_safety(&mut self, run: &Run) {
        let violations = run.monitor().violations();
        let linearizability = run.monitor().linearizability();
        let shown = &self.view.safety;
        if violations.len() != shown.violations.len() || *linearizability != shown.linearizability {
            let violations = violations.iter().map(|violation| {
                (
                    violation.property.name().into(),
                    violation.at,
                    violation.detail.as_str().into(),
                )
            });
            self.view.safety = Rc::new(SafetyView {
                violations: violations.collect(),
                linearizability: linearizability.clone(),
            });
        }
    }
}

/// Puts the new values in place of the old if they differ.
fn replace<T: PartialEq>(part: &mut Rc<[T]>, new: impl Iterator<Item = T>) {
    let new: Rc<[T]> = new.collect();
    if *part != new {
        *part = new;
    }
}

fn nodes(world: &World) -> impl Iterator<Item = NodeView> {
    let members = world.configuration();
    let servers = world.servers().iter();
    servers.map(move |server| node(server, &members, world))
}

fn node(server: &Server, members: &Configuration, world: &World) -> NodeView {
    let hard_state = server.hard_state();
    let id = server.id();
    NodeView {
        id,
        role: role(server, members),
        term: hard_state.current_term,
        voted_for: hard_state.voted_for,
        leader: server.node().and_then(|node| node.leader()),
        commit: server.commit_index(),
        applied: server.last_applied(),
        last: server.log().last_index(),
        clock: server.clock_rate(),
        can_snapshot: server.can_snapshot(),
        no_vote: place_bar(world, MembershipChange::AddVoter(id)),
        no_learner: place_bar(world, MembershipChange::AddLearner(id)),
        no_removal: place_bar(world, MembershipChange::Remove(id)),
    }
}

fn place_bar(world: &World, change: MembershipChange) -> Option<PlaceBar> {
    let Some(leader) = world.leader().and_then(|id| world.server(id)) else {
        return Some(PlaceBar::NobodyLeads);
    };
    if leader.is_paused() {
        return Some(PlaceBar::LeaderPaused);
    }
    match leader.node()?.check_change(change) {
        Ok(()) => None,
        Err(ChangeRefusal::NothingToChange) => Some(PlaceBar::HasIt),
        Err(ChangeRefusal::NoVoterLeft) => Some(PlaceBar::NoVoterLeft),
    }
}

fn role(server: &Server, members: &Configuration) -> RoleView {
    match server.node() {
        None => RoleView::Down,
        Some(_) if server.is_paused() => RoleView::Paused,
        Some(node) => match node.role() {
            Role::Follower if members.is_voter(server.id()) => RoleView::Follower,
            Role::Follower if members.learners().contains(server.id()) => RoleView::Learner,
            Role::Follower => RoleView::Outside,
            Role::PreCandidate { votes } => RoleView::PreCandidate {
                votes: *votes,
                needed: node.configuration().majority(),
            },
            Role::Candidate { votes } => RoleView::Candidate {
                votes: *votes,
                needed: node.configuration().majority(),
            },
            Role::Leader(_) => RoleView::Leader,
        },
    }
}

fn print(server: &Server, leader: Option<&Server>) -> LogPrint {
    let progress = leader.and_then(|leader| leader.node()?.progress(server.id()));
    LogPrint {
        id: server.id(),
        down: !server.is_up(),
        leads: server.is_leader(),
        first: server.log().first_index(),
        last: (server.log().last_index(), server.log().last_term()),
        marks: [
            server.commit_index(),
            server.last_applied(),
            server.durable_index(),
        ],
        progress: progress.map(|progress| (progress.next_index(), progress.match_index())),
    }
}

fn log(server: &Server, print: &LogPrint) -> LogView {
    let [commit, applied, durable] = print.marks;
    LogView {
        id: print.id,
        down: print.down,
        leads: print.leads,
        log: server.log().clone(),
        commit,
        applied,
        durable,
        progress: print.progress,
    }
}

fn state(server: &Server, world: &World) -> StateView {
    let pairs = server.store().iter();
    StateView {
        id: server.id(),
        down: !server.is_up(),
        applied: server.last_applied(),
        members: world.configuration_of(server),
        pairs: pairs
            .map(|(key, value)| (Rc::from(&**key), Rc::from(&**value)))
            .collect(),
    }
}

/// Every link, in each direction.
fn links(world: &World) -> impl Iterator<Item = (NodeId, NodeId)> {
    let all: NodeSet = world.servers().iter().map(Server::id).collect();
    all.iter()
        .flat_map(move |from| all.iter().map(move |to| (from, to)))
        .filter(|(from, to)| from != to)
}

fn cuts(world: &World) -> impl Iterator<Item = (NodeId, NodeId)> {
    links(world).filter(|&(from, to)| !world.carries(from, to))
}

fn own_conditions(world: &World) -> impl Iterator<Item = (NodeId, NodeId, NetworkChange)> {
    links(world).filter_map(|(from, to)| Some((from, to, world.own_conditions(from, to)?)))
}

fn operation(record: &OperationRecord, world: &World) -> OperationView {
    let client = world.client(record.client);
    OperationView {
        number: record.number,
        client: client.map_or("?", |client| client.name()).into(),
        what: record.operation.to_string().into(),
        asked: record.asked,
        outcome: outcome(record),
        answered_by: record.answered_by,
        latency: record.latency(),
        tries: record.tries,
    }
}

fn outcome(record: &OperationRecord) -> OutcomeView {
    match &record.outcome {
        Outcome::Pending => OutcomeView::Waiting(record.asked_of),
        Outcome::Ok(Response::Value(value)) => {
            OutcomeView::Ok(Some(value.as_deref().map(Rc::from)))
        }
        Outcome::Ok(_) => OutcomeView::Ok(None),
        Outcome::Failed(Failure::Mismatch(Some(found))) => {
            OutcomeView::Failed(format!("found {found:?}").into())
        }
        Outcome::Failed(Failure::Mismatch(None)) => OutcomeView::Failed("no such key".into()),
        Outcome::Failed(Failure::NotLeader(node)) => {
            OutcomeView::Failed(format!("{node} does not lead").into())
        }
        Outcome::Unknown => OutcomeView::Unknown,
    }
}
