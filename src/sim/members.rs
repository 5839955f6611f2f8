//! The members of the cluster: servers that are added, and what the leader is told.

use crate::raft::{
    ChangeRefusal, Configuration, Input, LogIndex, MembershipChange, NodeId, Persistent,
};

use super::action::ActionError;
use super::clock::Clock;
use super::event::Happening;
use super::server::Server;
use super::world::World;

impl World {
    /// The leader is told to change the members; those who are not there yet begin to be.
    pub(super) fn change_members(&mut self, change: MembershipChange) {
        for id in change.nodes().iter() {
            if self.server(id).is_none() {
                self.add_server(id);
            }
        }
        if let Some(leader) = self.leader() {
            self.input(leader, Input::ChangeMembership(change));
        }
    }

    /// A new server, with an empty disk. In a partition it is in no group, so it is alone.
    fn add_server(&mut self, id: NodeId) {
        self.network.grow(id, self.seed);
        if !self.groups.is_empty() {
            for other in self.servers.all() {
                self.network.set_partitioned(id, other.id, true);
                self.network.set_partitioned(other.id, id, true);
            }
            self.groups.push([id].into_iter().collect());
        }
        let server = Server::new(id, self.seed, Clock::default(), Persistent::default());
        self.servers.insert(server);
        self.emit(Happening::Added(id));
        self.start_server(id, LogIndex::ZERO);
    }

    /// A change needs a leader that runs, and must be one.
    pub(super) fn must_change(&self, change: MembershipChange) -> Result<(), ActionError> {
        let Some(leader) = self.leader().and_then(|id| self.server(id)) else {
            return Err(ActionError("no node leads".into()));
        };
        if leader.paused {
            return Err(ActionError(format!("{} is paused", leader.id).into()));
        }
        let checked = leader
            .node()
            .map_or(Ok(()), |node| node.check_change(change));
        checked.map_err(|why| ActionError(refusal(change, why).into()))
    }
}

/// Who belongs to the cluster.
impl World {
    /// The newest configuration: that of the leader; while nobody leads, the newest in any log.
    pub fn configuration(&self) -> Configuration {
        let newest = self.leader().and_then(|id| self.server(id)).or_else(|| {
            let servers = self.servers.all().iter();
            servers.max_by_key(|server| {
                let log = server.log();
                // What a snapshot says of the members is as of its last entry.
                let in_log = log.configuration_at(log.last_index());
                let index = in_log.map_or(log.base().0, |(index, _)| index);
                let knows_any = self.configuration_of(server) != Configuration::default();
                let at = (log.term_at(index), index);
                (knows_any, at, std::cmp::Reverse(server.id))
            })
        });
        newest.map_or_else(Configuration::default, |server| {
            self.configuration_of(server)
        })
    }

    /// The configuration that a server goes by, or will when it starts again.
    pub fn configuration_of(&self, server: &Server) -> Configuration {
        if let Some(node) = server.node() {
            return *node.configuration();
        }
        if let Some(configuration) = self.observed_configuration(server.id) {
            return configuration;
        }
        let log = server.log();
        let in_log = log.configuration_at(log.last_index());
        let given = || match server.snapshot() {
            Some(snapshot) => snapshot.configuration,
            None => self.first_configuration(server.id),
        };
        in_log.map_or_else(given, |(_, newest)| newest)
    }

    /// What a node is given as the first configuration, which is no entry of the log: that of the
    /// cluster at its start; one that is added knows of none.
    pub(super) fn first_configuration(&self, id: NodeId) -> Configuration {
        match self.config.nodes.contains(id) {
            true => Configuration::new(self.config.nodes),
            false => Configuration::default(),
        }
    }
}

fn refusal(change: MembershipChange, why: ChangeRefusal) -> String {
    match (change, why) {
        (MembershipChange::AddVoter(id), _) => format!("{id} votes already"),
        (MembershipChange::AddLearner(id), ChangeRefusal::NothingToChange) => {
            format!("{id} is a learner already")
        }
        (MembershipChange::Remove(id), ChangeRefusal::NothingToChange) => {
            format!("{id} is no member of the cluster")
        }
        (MembershipChange::Members(_), ChangeRefusal::NothingToChange) => {
            "these are the voters already".into()
        }
        (_, ChangeRefusal::NoVoterLeft) => "nobody would be left to vote".into(),
    }
}
