//! Nodes set to what was seen of them: while they run, as they stop, and as they start again.

use crate::raft::{LogIndex, NodeId, ObservedNode, ObservedRole, Persistent};
use crate::sim::event::Happening;
use crate::sim::queue::Queue;
use crate::sim::recording::{NodeState, unknown};
use crate::sim::server::Power;

use super::Watching;

impl Watching<'_> {
    /// Its timers do not run: nothing happens by itself.
    pub(super) fn stand_still(&mut self, id: NodeId) {
        self.world.servers[id].election_timer.disarm();
        self.world.servers[id].heartbeat_timer.disarm();
        self.world.queue = Queue::default();
    }

    /// Sets a node that is up to that state. Returns the first and last index of what has changed in
    /// its log, and how many entries were removed.
    pub(super) fn set(
        &mut self,
        id: NodeId,
        state: &NodeState,
    ) -> Option<(LogIndex, LogIndex, u64)> {
        let term = state.hard_state.current_term;
        let heard = self.watch(id).leader;
        let leader = match state.role {
            ObservedRole::Leader => Some(id),
            _ => heard.filter(|&(of, _)| of == term).map(|(_, from)| from),
        };
        self.watch(id).configuration = state.configuration;
        let Power::Up(node) = &mut self.world.servers[id].power else {
            return None;
        };
        node.observe(&ObservedNode {
            hard_state: state.hard_state,
            role: state.role,
            leader,
            commit_index: state.commit,
            last_applied: state.applied,
            configuration: state.configuration,
        });
        let change = state.log.as_ref()?;
        let entries = change.terms.iter().map(|&term| unknown(term));
        let removed = node.observe_log(change.first, entries) as u64;
        let last = node.log().last_index();
        let watch = self.watch(id);
        watch.committed = watch.committed.min(change.first.previous());
        watch.applied = watch.applied.min(change.first.previous());
        Some((change.first, last, removed))
    }

    /// A node that runs stops, and its disk has that; also if it has stopped before.
    pub(super) fn go_down(&mut self, id: NodeId, state: &NodeState) {
        self.watch(id).configuration = state.configuration;
        if let Power::Down(disk) = &mut self.world.servers[id].power {
            disk.hard_state = state.hard_state;
            if let Some(change) = &state.log {
                disk.log.truncate_from(change.first);
                for &term in &change.terms {
                    disk.log.append(unknown(term));
                }
            }
            return;
        }
        self.set(id, state);
        let server = &mut self.world.servers[id];
        let stopped = std::mem::replace(&mut server.power, Power::Down(Persistent::default()));
        if let Power::Up(node) = stopped {
            server.power = Power::Down(node.into_persistent());
        }
        server.disk.observe(state.hard_state);
        let watch = self.watch(id);
        (watch.durable, watch.heard, watch.leader) = (state.hard_state, None, None);
        self.world.emit(Happening::Crashed(id));
    }

    /// A node that does not run starts, in that state but for what only a node that runs knows.
    pub(super) fn come_up(&mut self, id: NodeId, state: &NodeState) {
        if let Power::Down(disk) = &mut self.world.servers[id].power {
            // What was seen need not make sense; the core insists on this much.
            let term = &mut disk.hard_state.current_term;
            *term = disk.log.last_term().max(*term);
        }
        self.world.start_server(id, LogIndex::ZERO);
        self.stand_still(id);
        let fresh = NodeState {
            role: ObservedRole::Follower,
            commit: LogIndex::ZERO,
            applied: LogIndex::ZERO,
            ..state.clone()
        };
        self.set(id, &fresh);
        self.world.servers[id].disk.observe(state.hard_state);
        self.watch(id).durable = state.hard_state;
        self.world.emit(Happening::Restarted(id));
    }
}
