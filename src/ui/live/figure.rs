//! Figure 2 as it is at a moment of the run.

use crate::measure::Line;
use crate::raft::{NodeId, Policy};
use crate::scenario::Run;
use crate::sim::{Happening, Server, World};

use super::super::view::{FigureView, FiredView, ServerView};

/// Of that node, or of all.
#[inline(never)]
pub(super) fn view(run: &Run, node: Option<NodeId>) -> FigureView {
    let world = run.world();
    let happenings = world.happenings();
    let campaigned = run.tallies().campaigned();
    let fired = happenings.iter().filter_map(|happening| {
        let (on, line, side) = Line::of_happening(happening, happenings, campaigned)?;
        let (rule, applied) = match happening {
            Happening::Rule(_, rule) => (Some(*rule), None),
            Happening::Applied { index, .. } => (None, Some(*index)),
            _ => (None, None),
        };
        Some(FiredView {
            node: on,
            line,
            side,
            rule,
            applied,
        })
    });
    FigureView {
        node,
        firings: run.tallies().firings().clone(),
        fired: fired
            .filter(|fired| node.is_none_or(|node| node == fired.node))
            .collect(),
        server: node.and_then(|node| server(world, world.server(node)?)),
        wrong: world.config().raft.policy != Policy::CORRECT,
    }
}

fn server(world: &World, server: &Server) -> Option<ServerView> {
    let (hard_state, log) = (server.hard_state(), server.log());
    let leader = server.node().filter(|node| node.is_leader());
    let others = world.servers().iter().map(Server::id);
    let progress = others.filter_map(|id| {
        let progress = leader?.progress(id)?;
        Some((id, progress.next_index(), progress.match_index()))
    });
    Some(ServerView {
        down: !server.is_up(),
        current_term: hard_state.current_term,
        voted_for: hard_state.voted_for,
        log: (!log.is_empty()).then(|| (log.first_index(), log.last_index(), log.last_term())),
        snapshot: server.snapshot_index(),
        commit_index: server.commit_index(),
        last_applied: server.last_applied(),
        progress: progress.collect(),
        leads: leader.is_some(),
    })
}
