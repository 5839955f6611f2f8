//! Acting on a world from outside.

use crate::raft::{Input, LogIndex, Node, NodeId, NodeSet, Span};

use super::action::{Action, ActionError, Course, Heal, MessageFilter, NetworkChange};
use super::config::NetworkConfig;
use super::event::{EventId, Happening, LossCause};
use super::network::Flight;
use super::queue::Due;
use super::server::Server;
use super::world::World;

impl World {
    /// Does something to the world, now, as an event of its own.
    ///
    /// # Errors
    /// When it cannot be done as asked; then nothing has happened.
    pub fn act(&mut self, action: Action) -> Result<(), ActionError> {
        self.check(&action)?;
        // So that it makes no difference whether somebody has looked at what is due.
        self.settle();
        self.begin_event(self.now, EventId::default());
        self.carry_out_action(action);
        self.end_event();
        Ok(())
    }

    fn carry_out_action(&mut self, action: Action) {
        match action {
            Action::Crash(id) => {
                self.crash_server(id);
            }
            Action::Restart(id) => {
                self.restart_server(id);
            }
            Action::Wipe(id) => {
                self.servers[id].wipe();
                self.emit(Happening::Wiped(id));
            }
            Action::Pause(id) => {
                self.servers[id].paused = true;
                self.emit(Happening::Paused(id));
            }
            Action::Resume(id) => {
                self.emit(Happening::Resumed(id));
                self.resume_server(id);
            }
            Action::Timeout(id) => self.fire_election_timer(id),
            Action::Transfer(to) => {
                if let Some(leader) = self.leader() {
                    self.input(leader, Input::TransferLeadership { to });
                }
            }
            Action::ChangeMembers(change) => self.change_members(change),
            Action::Snapshot(id) => self.input(id, Input::TakeSnapshot),
            Action::Client {
                client,
                operation,
                node,
            } => self.client_asks(client, operation, node),
            Action::Cut(links) => {
                for (from, to) in links {
                    self.cut(from, to);
                }
            }
            Action::Partition(groups) => self.partition(groups),
            Action::Isolate(id) => self.isolate(id),
            Action::Heal(Heal::All) => self.heal_all(),
            Action::Heal(Heal::Links(links)) => {
                for (from, to) in links {
                    self.heal(from, to);
                }
            }
            Action::Drop(filter) => self.drop_messages(filter),
            Action::Deliver(filter) => self.deliver_messages(filter),
            Action::Duplicate(filter) => self.duplicate_messages(filter),
            Action::Delay(filter, by) => self.delay_messages(filter, by),
            Action::Network(change) => self.change_network(self.network.config.changed(change)),
            Action::Link { links, change } => {
                for (from, to) in links {
                    self.change_link(from, to, change);
                }
            }
            Action::Reads(reads) => {
                self.emit(Happening::Reads(reads));
                self.proxy.config.reads = reads;
            }
            Action::Clock { node, rate } => {
                self.emit(Happening::Clock { node, rate });
                self.set_clock_rate(node, rate);
            }
            Action::Load(config) => self.begin_load(config),
            Action::Chaos { until, seed } => self.begin_chaos(until, seed),
            Action::Stop(Course::Load) => self.stop_loads(),
            Action::Stop(Course::Chaos) => self.stop_chaos(),
        }
    }

    pub(super) fn restart_server(&mut self, id: NodeId) {
        if !self.servers[id].is_up() {
            self.emit(Happening::Restarted(id));
            self.start_server(id, LogIndex::ZERO);
        }
    }
}

/// The network.
impl World {
    fn cut(&mut self, from: NodeId, to: NodeId) {
        let carried = self.network.carries(from, to);
        self.network.set_cut(from, to, true);
        self.link_changed(from, to, carried);
    }

    fn heal(&mut self, from: NodeId, to: NodeId) {
        let carried = self.network.carries(from, to);
        self.network.set_cut(from, to, false);
        self.link_changed(from, to, carried);
    }

    pub(super) fn isolate(&mut self, id: NodeId) {
        self.emit(Happening::Isolated(id));
        for other in self.others(id) {
            self.cut(id, other);
            self.cut(other, id);
        }
    }

    /// Nodes in different groups, or in none, do not hear each other.
    pub(super) fn partition(&mut self, mut groups: Vec<NodeSet>) {
        let grouped = groups.iter().fold(NodeSet::EMPTY, |all, &g| all.union(g));
        let alone = self.servers.all().iter().map(|server| server.id);
        let alone = alone.filter(|&id| !grouped.contains(id));
        groups.extend(alone.map(|id| std::iter::once(id).collect::<NodeSet>()));
        self.emit(Happening::Partitioned(groups.clone()));
        let group = |id| groups.iter().position(|group| group.contains(id));
        for (from, to) in self.links() {
            let carried = self.network.carries(from, to);
            let apart = group(from) != group(to);
            self.network.set_partitioned(from, to, apart);
            self.link_changed(from, to, carried);
        }
        self.groups = groups;
    }

    pub(super) fn heal_all(&mut self) {
        self.emit(Happening::AllHealed);
        self.groups.clear();
        for (from, to) in self.links() {
            self.heal(from, to);
        }
    }

    /// Tells of a link that carries no more, and loses what is on it; or of one that carries again.
    fn link_changed(&mut self, from: NodeId, to: NodeId, carried: bool) {
        match (carried, self.network.carries(from, to)) {
            (true, false) => {
                self.emit(Happening::LinkCut(from, to));
                let on_it =
                    |flight: &Flight| flight.message.from == from && flight.message.to == to;
                for (slot, id) in self.network.find(self.now, on_it) {
                    self.lose_flight(slot, id, LossCause::Cut);
                }
            }
            (false, true) => self.emit(Happening::LinkHealed(from, to)),
            _ => {}
        }
    }

    pub(super) fn change_network(&mut self, network: NetworkConfig) {
        self.network.config = network;
        self.emit(Happening::Network(network.into()));
    }

    fn change_link(&mut self, from: NodeId, to: NodeId, change: Option<NetworkChange>) {
        self.network.change_link(from, to, change);
        let own = self.network.own(from, to).is_some();
        let conditions = own.then(|| self.network.conditions(from, to).into());
        self.emit(Happening::Link {
            from,
            to,
            conditions,
        });
    }

    fn drop_messages(&mut self, filter: MessageFilter) {
        for (slot, id) in self.matching(filter) {
            self.lose_flight(slot, id, LossCause::Dropped);
        }
    }

    /// The messages in flight that match, in the order they were sent.
    fn matching(&self, filter: MessageFilter) -> Vec<(u32, u64)> {
        let all = self.network.find(self.now, |flight| fits(filter, flight));
        match filter.nth {
            None => all,
            Some(nth) => all
                .into_iter()
                .skip(nth.get() as usize - 1)
                .take(1)
                .collect(),
        }
    }

    /// Messages arrive now, in the order they were sent, each as an event of its own after this one.
    fn deliver_messages(&mut self, filter: MessageFilter) {
        for (slot, id) in self.matching(filter) {
            if let Some(flight) = self.network.flight_mut(slot, id) {
                flight.arrives = self.now;
                flight.dies = None;
            }
            let now = self.now;
            self.ask(now, Due::Flight { slot, id });
        }
    }

    /// Copies leave their senders now. What they say was caused by what caused the first ones.
    fn duplicate_messages(&mut self, filter: MessageFilter) {
        for (slot, id) in self.matching(filter) {
            if let Some((departure, head, cause)) = self.network.copy(slot, id, self.now) {
                self.emit(Happening::Copied(head, id));
                let (slot, id) = (departure.slot, departure.id);
                let due = Due::Flight { slot, id };
                self.queue.push(departure.due, due, cause);
            }
        }
    }

    /// What was due of them before is passed over: it is before they are.
    fn delay_messages(&mut self, filter: MessageFilter, by: Span) {
        for (slot, id) in self.matching(filter) {
            if let Some(flight) = self.network.flight_mut(slot, id) {
                flight.delay(by);
                let (at, cause, head) = (flight.due(), flight.cause(), flight.head());
                self.emit(Happening::Delayed(head, by));
                self.queue.push(at, Due::Flight { slot, id }, cause);
            }
        }
    }

    fn others(&self, id: NodeId) -> Vec<NodeId> {
        let ids = self.servers.all().iter().map(|server| server.id);
        ids.filter(|&other| other != id).collect()
    }

    /// Every pair of nodes, in each direction.
    fn links(&self) -> Vec<(NodeId, NodeId)> {
        let ids = || self.servers.all().iter().map(|server| server.id);
        ids()
            .flat_map(|from| ids().map(move |to| (from, to)))
            .filter(|(from, to)| from != to)
            .collect()
    }
}

/// Whether things can be done as asked.
impl World {
    /// Whether that can be done now.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(&self, action: &Action) -> Result<(), ActionError> {
        self.must_go_by_itself()?;
        match action {
            Action::Crash(id) => self.must_be_up(*id),
            Action::Restart(id) => self.must_be_down(*id),
            Action::Wipe(id) => self.must_be_wipeable(*id),
            Action::Clock { node, .. } => self.must_exist(*node),
            Action::Pause(id) => self.must_run(*id),
            Action::Resume(id) => self.must_be_paused(*id),
            Action::Timeout(id) => self.must_campaign(*id),
            Action::Transfer(to) => self.must_take_over(*to),
            Action::ChangeMembers(change) => self.must_change(*change),
            Action::Snapshot(id) => self.must_have_applied(*id),
            Action::Client { client, node, .. } => {
                if self.clients.get(*client).is_none() {
                    return Err(error(format!("there is no client number {}", client.0)));
                }
                node.map_or(Ok(()), |id| self.must_exist(id))
            }
            Action::Cut(links) | Action::Heal(Heal::Links(links)) | Action::Link { links, .. } => {
                links.iter().try_for_each(|&(from, to)| {
                    self.must_exist(from)?;
                    self.must_exist(to)?;
                    if from == to {
                        return Err(error(format!("{from} has no link to itself")));
                    }
                    Ok(())
                })
            }
            Action::Partition(groups) => self.must_be_groups(groups),
            Action::Isolate(id) => self.must_exist(*id),
            Action::Drop(filter)
            | Action::Deliver(filter)
            | Action::Duplicate(filter)
            | Action::Delay(filter, _) => self.must_match(*filter),
            Action::Load(load) if load.clients == 0 || load.keys == 0 || load.interval.0 == 0 => {
                Err(error(
                    "a load needs at least one client, one key and a rate above 0".into(),
                ))
            }
            Action::Chaos { .. } if self.in_chaos() => Err(error("chaos already reigns".into())),
            Action::Chaos { until, .. } | Action::Load(super::action::LoadConfig { until, .. })
                if *until <= self.now =>
            {
                Err(error(format!("its end, {until}, is over")))
            }
            Action::Stop(Course::Load) if !self.under_load() => {
                Err(error("no load is under way".into()))
            }
            Action::Stop(Course::Chaos) if !self.in_chaos() => {
                Err(error("no chaos is under way".into()))
            }
            Action::Stop(_)
            | Action::Heal(Heal::All)
            | Action::Network(_)
            | Action::Reads(_)
            | Action::Load(_)
            | Action::Chaos { .. } => Ok(()),
        }
    }

    fn must_exist(&self, id: NodeId) -> Result<(), ActionError> {
        match self.server(id) {
            Some(_) => Ok(()),
            None => Err(error(format!(
                "there is no {id}; there are {}",
                self.existing()
            ))),
        }
    }

    fn existing(&self) -> NodeSet {
        self.servers.all().iter().map(Server::id).collect()
    }

    fn must_be_up(&self, id: NodeId) -> Result<(), ActionError> {
        self.must_exist(id)?;
        match self.servers[id].is_up() {
            true => Ok(()),
            false => Err(error(format!("{id} is down"))),
        }
    }

    fn must_be_down(&self, id: NodeId) -> Result<(), ActionError> {
        self.must_exist(id)?;
        match self.servers[id].is_up() {
            true => Err(error(format!("{id} is already up"))),
            false => Ok(()),
        }
    }

    fn must_be_wipeable(&self, id: NodeId) -> Result<(), ActionError> {
        self.must_exist(id)?;
        match self.servers[id].is_up() {
            true => Err(error(format!("{id} is up: crash it first"))),
            false => Ok(()),
        }
    }

    fn must_run(&self, id: NodeId) -> Result<(), ActionError> {
        self.must_be_up(id)?;
        match self.servers[id].paused {
            true => Err(error(format!("{id} is paused"))),
            false => Ok(()),
        }
    }

    fn must_be_paused(&self, id: NodeId) -> Result<(), ActionError> {
        self.must_be_up(id)?;
        match self.servers[id].paused {
            true => Ok(()),
            false => Err(error(format!("{id} is not paused"))),
        }
    }

    fn must_campaign(&self, id: NodeId) -> Result<(), ActionError> {
        self.must_run(id)?;
        if self.servers[id].is_leader() {
            return Err(error(format!("{id} leads: it has no election timer")));
        }
        match self.servers[id].node().is_some_and(Node::may_campaign) {
            true => Ok(()),
            false => Err(error(format!("{id} has no vote: it does not campaign"))),
        }
    }

    /// A transfer needs a leader that runs, and another node that is up.
    fn must_take_over(&self, to: NodeId) -> Result<(), ActionError> {
        self.must_be_up(to)?;
        match self.leader() {
            None => Err(error("no node leads".into())),
            Some(leader) if leader == to => Err(error(format!("{to} leads already"))),
            Some(leader) if !self.configuration().voters().contains(to) => Err(error(format!(
                "{to} has no vote: {leader} cannot hand over to it"
            ))),
            Some(leader) => self.must_run(leader),
        }
    }

    /// A snapshot needs a node that runs and has applied something since its last one.
    fn must_have_applied(&self, id: NodeId) -> Result<(), ActionError> {
        self.must_run(id)?;
        match self.servers[id].can_snapshot() {
            true => Ok(()),
            false => Err(error(format!(
                "{id} has applied nothing since its last snapshot"
            ))),
        }
    }

    fn must_be_groups(&self, groups: &[NodeSet]) -> Result<(), ActionError> {
        let mut seen = NodeSet::EMPTY;
        for id in groups.iter().flat_map(|group| group.iter()) {
            self.must_exist(id)?;
            if !seen.insert(id) {
                return Err(error(format!("{id} is in two groups")));
            }
        }
        Ok(())
    }

    fn must_match(&self, filter: MessageFilter) -> Result<(), ActionError> {
        if filter.optional || !self.matching(filter).is_empty() {
            return Ok(());
        }
        let nth = filter.nth.filter(|nth| nth.get() > 1);
        let nth = nth.map_or(String::new(), |nth| format!("{nth}. "));
        let kind = filter.kind.map_or("message", |kind| kind.name());
        let from = filter
            .from
            .map_or(String::new(), |id| format!(" from {id}"));
        let to = filter.to.map_or(String::new(), |id| format!(" to {id}"));
        Err(error(format!("no {nth}{kind}{from}{to} is in flight")))
    }
}

fn error(message: String) -> ActionError {
    ActionError(message.into())
}

fn fits(filter: MessageFilter, flight: &Flight) -> bool {
    let message = &flight.message;
    filter.kind.is_none_or(|kind| kind == message.kind())
        && filter.from.is_none_or(|from| from == message.from)
        && filter.to.is_none_or(|to| to == message.to)
}
