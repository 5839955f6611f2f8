//! Who leads, and whether anything can be committed.

use crate::raft::{NodeId, NodeSet, Rule};
use crate::sim::{Happening, Server, World};

/// Whether there is a leader that can commit: it is up and goes, and with it a quorum of its configuration
/// does that has no higher term, and to and from which the network carries.
pub fn can_commit(world: &World) -> bool {
    let mut leaders = world.servers().iter().filter(|server| server.is_leader());
    leaders.any(|leader| has_quorum(world, leader))
}

fn has_quorum(world: &World, leader: &Server) -> bool {
    let Some(node) = leader.node().filter(|_| !leader.is_paused()) else {
        return false;
    };
    let term = node.current_term();
    let follows = |server: &Server| {
        server.is_up() && !server.is_paused() && server.hard_state().current_term <= term
    };
    let is_heard = |id: NodeId| {
        id == leader.id() || world.carries(leader.id(), id) && world.carries(id, leader.id())
    };
    let electorate = node.configuration().electorate();
    let reached: NodeSet = (electorate.iter())
        .filter(|&id| world.server(id).is_some_and(follows) && is_heard(id))
        .collect();
    node.configuration().is_quorum(reached)
}

/// Whether, after it, somebody else may lead, or [`can_commit`] say something else.
pub(super) const fn may_change_standing(happening: &Happening) -> bool {
    match happening {
        Happening::Rule(_, rule) => matches!(
            rule,
            Rule::HigherTerm { .. }
                | Rule::StartElection { .. }
                | Rule::BecomeLeader { .. }
                | Rule::YieldToLeader { .. }
                | Rule::StepDown { .. }
                | Rule::QuorumLost { .. }
                | Rule::LeaderRemoved { .. }
                | Rule::UseConfiguration { .. }
                | Rule::RevertConfiguration { .. }
                | Rule::InstallSnapshot { .. }
        ),
        Happening::Sent(_)
        | Happening::Duplicated(_)
        | Happening::Delivered(_)
        | Happening::Lost(..)
        | Happening::ElectionTimeout(_)
        | Happening::HeartbeatTimeout(_)
        | Happening::Durable { .. }
        | Happening::Applied { .. }
        | Happening::Operation { .. }
        | Happening::Clock { .. }
        | Happening::Network(_)
        | Happening::Reads(_)
        | Happening::SessionExpired { .. }
        | Happening::Copied(..)
        | Happening::Delayed(..)
        | Happening::Link { .. }
        | Happening::LoadStopped => false,
        // Of what is observed, a node's term and role come with what it wrote.
        Happening::Wrote { hard_state, .. } => hard_state.is_some(),
        Happening::Crashed(_)
        | Happening::Restarted(_)
        | Happening::Paused(_)
        | Happening::Resumed(_)
        | Happening::LinkCut(..)
        | Happening::LinkHealed(..)
        | Happening::ChaosBegan
        | Happening::ChaosEnded
        | Happening::Partitioned(_)
        | Happening::Isolated(_)
        | Happening::AllHealed
        | Happening::Wiped(_)
        | Happening::Added(_)
        | Happening::WroteSnapshot { .. }
        | Happening::Restored { .. } => true,
    }
}

/// Whether, after it, a log may have another length.
pub(super) const fn may_change_logs(happening: &Happening) -> bool {
    matches!(
        happening,
        Happening::Wrote { log: Some(_), .. }
            | Happening::WroteSnapshot { .. }
            | Happening::Restored { .. }
            | Happening::Crashed(_)
            | Happening::Restarted(_)
            | Happening::Wiped(_)
            | Happening::Added(_)
            | Happening::Rule(
                _,
                Rule::CompactLog { .. } | Rule::InstallSnapshot { .. } | Rule::KeepLog { .. }
            )
    )
}
