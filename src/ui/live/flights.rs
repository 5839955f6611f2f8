//! What moves, as it is drawn.

use crate::kv::SharedCommand;
use crate::raft::{Body, Entry, Message};
use crate::sim::{self, LegEnd, LegLoad, OperationRecord, World};

use super::super::view::{Death, Flight, Look, Moving, Place, TimerView};
use super::Live;

impl Moving for Live {
    fn now(&self) -> f64 {
        self.0.borrow().drawn
    }

    fn flights(&self, each: &mut dyn FnMut(&Flight)) {
        let state = self.0.borrow();
        let world = state.timeline.run().world();
        for flight in world.flights() {
            each(&of_message(flight));
        }
        for leg in world.legs() {
            if let Some(flight) = of_leg(leg, world) {
                each(&flight);
            }
        }
    }

    fn deaths(&self, each: &mut dyn FnMut(&Death)) {
        self.0.borrow().watch.deaths.iter().for_each(each);
    }

    fn timers(&self, each: &mut dyn FnMut(TimerView)) {
        for server in self.0.borrow().timeline.run().world().servers() {
            // What runs for a leader is the time in which it must hear from a majority.
            let timer = server.election_timer().filter(|_| !server.is_leader());
            if let Some(timer) = timer {
                each(TimerView {
                    id: server.id(),
                    armed: timer.since,
                    fires: timer.fires,
                });
            }
        }
    }
}

/// A message between nodes.
pub(super) fn of_message(flight: &sim::Flight) -> Flight {
    let message = flight.message();
    Flight {
        id: flight.id(),
        from: Place::Node(message.from),
        to: Place::Node(message.to),
        kind: Some(message.kind()),
        term: message.term,
        look: look(message),
        sent: flight.sent(),
        arrives: flight.arrives(),
    }
}

fn look(message: &Message<SharedCommand>) -> Look {
    match &message.body {
        Body::RequestVote { .. } => Look::RequestVote { pre: false },
        Body::PreVote { .. } => Look::RequestVote { pre: true },
        Body::RequestVoteReply { granted } => Look::Vote {
            pre: false,
            granted: *granted,
        },
        Body::PreVoteReply { granted, .. } => Look::Vote {
            pre: true,
            granted: *granted,
        },
        Body::AppendEntries { entries, .. } if entries.is_empty() => Look::Heartbeat,
        Body::AppendEntries { entries, .. } => {
            let term = |place: usize| {
                entries
                    .get(place)
                    .map(|entry: &Entry<SharedCommand>| entry.term)
            };
            Look::Entries {
                terms: [term(0), term(1), term(2)],
                count: entries.len(),
            }
        }
        Body::AppendEntriesReply { result, .. } => Look::Appended(*result),
        Body::ReadIndex { .. } => Look::ReadIndex { reply: false },
        Body::TimeoutNow => Look::TimeoutNow,
        Body::InstallSnapshot { chunk, .. } => Look::Snapshot {
            last_index: chunk.last_index,
            bytes: (chunk.offset, chunk.offset + chunk.data.len() as u64),
            done: chunk.done,
        },
        Body::InstallSnapshotReply { result, .. } => Look::SnapshotReply(*result),
        Body::ReadIndexReply { .. } => Look::ReadIndex { reply: true },
    }
}

/// An operation or its answer.
fn of_leg(leg: &sim::Leg, world: &World) -> Option<Flight> {
    let record = record(leg.operation, world)?;
    Some(Flight {
        id: leg.id,
        from: place(leg.from),
        to: place(leg.to),
        kind: None,
        term: Default::default(),
        look: Look::Operation {
            reply: matches!(leg.load, LegLoad::Answer { .. }),
            what: record.operation.to_string().into(),
            number: record.number,
        },
        sent: leg.sent,
        arrives: leg.arrives,
    })
}

fn record(number: u64, world: &World) -> Option<&OperationRecord> {
    world
        .operations()
        .get(usize::try_from(number).ok()?.checked_sub(1)?)
}

const fn place(end: LegEnd) -> Place {
    match end {
        LegEnd::Client => Place::Client,
        LegEnd::Proxy => Place::Proxy,
        LegEnd::Node(id) => Place::Node(id),
    }
}
