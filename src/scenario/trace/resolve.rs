//! From the lines of a trace to what was seen, in order of time.

use std::sync::Arc;

use crate::raft::{Configuration, HardState, LogIndex, NodeId, NodeSet, ObservedRole, Term, Time};
use crate::scenario::format::Error;
use crate::sim::{LogChange, NodeState, Observation, Observed, Recording, Seen, Sight};

use super::Trace;
use super::entries::{Assumed, Entries, Logs};
use super::event::{Event, Kind, MessageSeen, Name};
use super::lives::{self, Life};
use super::messages::{Messages, Sender};
use super::prelude::{self, Nodes};

/// The trace that these lines tell, each at its time.
pub(super) fn resolve(events: Vec<Event>, times: &[Time]) -> Result<Trace, Error> {
    let mut timed: Vec<(Time, Event)> = times.iter().copied().zip(events).collect();
    // Those of one time stay in the order of the file.
    timed.sort_by_cached_key(|&(at, _)| at.0);
    let (times, events): (Vec<Time>, Vec<Event>) = timed.into_iter().unzip();
    let mut resolver = Resolver::new(&events)?;
    let prelude = prelude::length(&events);
    let start = resolver.start(&events, prelude)?;
    for (&at, event) in times.iter().zip(&events).skip(prelude) {
        resolver.take(at, event)?;
    }
    Ok(resolver.finish(start, &events))
}

/// A node as the trace goes on.
#[derive(Debug)]
struct Track {
    hard_state: HardState,
    role: ObservedRole,
    commit: u64,
    applied: u64,
    configuration: Configuration,
    entries: Entries,
    /// Whether there was anything of it.
    seen: bool,
    /// The events of this life.
    life: Vec<usize>,
    /// The life before and the event in which this one began, while it is not told what that left.
    unsettled: Option<(Vec<usize>, usize)>,
}

struct Resolver {
    nodes: Nodes,
    /// By node index.
    tracks: Vec<Track>,
    logs: Logs,
    messages: Messages,
    events: Vec<Observation>,
    lives: Vec<Life>,
    /// Whether what is applied is told at all.
    tells_applied: bool,
    /// Whether anybody is seen to vote for another.
    grants: bool,
    /// Whether anybody leads without having been elected.
    leads_unelected: bool,
}

impl Resolver {
    fn new(events: &[Event]) -> Result<Self, Error> {
        let nodes = Nodes::new(events)?;
        let places = nodes.iter().map(|(id, _)| id.index() + 1).max();
        let fresh = || Track {
            hard_state: HardState::default(),
            role: ObservedRole::Follower,
            commit: 0,
            applied: 0,
            configuration: Configuration::default(),
            entries: Entries::default(),
            seen: false,
            life: Vec::new(),
            unsettled: None,
        };
        Ok(Self {
            tracks: std::iter::repeat_with(fresh)
                .take(places.unwrap_or(0))
                .collect(),
            nodes,
            logs: Logs::new(Assumed::new(events)),
            messages: Messages::new(),
            events: Vec::with_capacity(events.len()),
            lives: Vec::new(),
            tells_applied: events.iter().any(|event| event.applied.is_some()),
            grants: false,
            leads_unelected: false,
        })
    }

    /// The nodes as they begin.
    fn start(
        &mut self,
        events: &[Event],
        prelude: usize,
    ) -> Result<Vec<(NodeId, NodeState)>, Error> {
        let first = prelude::configuration(events, &self.nodes);
        let mut start = Vec::new();
        for (id, number) in self.nodes.iter() {
            let track = &mut self.tracks[id.index()];
            if first.members().contains(id) {
                track.configuration = first;
            }
            if let Some(event) = prelude::start(events, prelude, number) {
                track.seen = events[..prelude].iter().any(|event| event.node == number);
                let told = self.nodes.configuration(&event);
                if track.configuration == Configuration::default() {
                    track.configuration = told.unwrap_or_default();
                }
                track.hard_state = HardState {
                    current_term: Term(event.term.unwrap_or(0)),
                    voted_for: event.vote.and_then(|vote| self.nodes.id(vote)),
                };
                self.logs.start(&mut track.entries, &event)?;
                let last = track.entries.last();
                track.commit = event.commit.unwrap_or(0).min(last);
                let applied = if self.tells_applied {
                    event.applied
                } else {
                    event.commit
                };
                track.applied = applied.unwrap_or(0).min(track.commit);
                self.logs.committed(&track.entries, track.commit);
            }
            let log = LogChange {
                first: LogIndex(1),
                terms: track.entries.terms().to_vec(),
            };
            start.push((id, track.state(Some(log))));
        }
        Ok(start)
    }

    /// The next event.
    fn take(&mut self, at: Time, event: &Event) -> Result<(), Error> {
        let Some(id) = self.nodes.id(event.node) else {
            return Ok(());
        };
        let place = self.events.len();
        let begins_again = event.name == Name::InitState && self.tracks[id.index()].seen;
        let is_blind = begins_again && event.term.unwrap_or(0) == 0;
        self.end_life(id, event, place, is_blind);
        let log = self.follow(id, event, is_blind)?;
        let seen = self.seen(at, id, event, begins_again)?;
        let track = &mut self.tracks[id.index()];
        self.logs.committed(&track.entries, track.commit);
        let state = track.state(log);
        track.seen = true;
        track.life.push(place);
        let what = Observed::Node {
            node: id,
            seen,
            state,
        };
        self.events.push(Observation { at, what });
        Ok(())
    }

    /// If a life is over with this event, or was with one before, what it left is settled.
    fn end_life(&mut self, id: NodeId, event: &Event, place: usize, is_blind: bool) {
        let ends = matches!(event.name, Name::Crash | Name::Restart | Name::Wipe)
            || (event.name == Name::InitState && self.tracks[id.index()].seen);
        let left = HardState {
            current_term: Term(event.term.unwrap_or(0)),
            voted_for: event.vote.and_then(|vote| self.nodes.id(vote)),
        };
        let track = &mut self.tracks[id.index()];
        if ends {
            self.logs.end_life(&mut track.entries);
            let events = std::mem::take(&mut track.life);
            if is_blind {
                track.unsettled = Some((events, place));
            } else if event.term.is_some() {
                self.lives.push(Life { events, left });
            }
        } else if let Some((events, began)) = track.unsettled.take() {
            if let Some(Observation {
                what: Observed::Node { state, .. },
                ..
            }) = self.events.get_mut(began)
            {
                state.hard_state = left;
            }
            self.lives.push(Life { events, left });
        }
    }

    /// The node is as the event says; returns what has changed in its log.
    fn follow(
        &mut self,
        id: NodeId,
        event: &Event,
        is_blind: bool,
    ) -> Result<Option<LogChange>, Error> {
        let configuration = self.nodes.configuration(event);
        let vote = event.vote.map(|vote| self.nodes.id(vote));
        let track = &mut self.tracks[id.index()];
        let before = (track.role, track.hard_state.current_term);
        if is_blind {
            (track.role, track.commit, track.applied) = (ObservedRole::Follower, 0, 0);
            return self.logs.follow(&mut track.entries, event, None);
        }
        if let Some(term) = event.term.map(Term)
            && term != track.hard_state.current_term
        {
            track.hard_state = HardState {
                current_term: term,
                voted_for: None,
            };
        }
        if let Some(vote) = vote {
            track.hard_state.voted_for = vote;
        }
        track.role = event.role.unwrap_or(track.role);
        track.configuration = configuration.unwrap_or(track.configuration);
        track.commit = event.commit.unwrap_or(track.commit);
        track.applied = match self.tells_applied {
            true => event.applied.unwrap_or(track.applied),
            false => track.commit,
        };
        let term = track.hard_state.current_term;
        let leads = track.role == ObservedRole::Leader;
        if leads && before != (track.role, term) && event.name != Name::BecomeLeader {
            self.leads_unelected = true;
        }
        if event.name == Name::Wipe {
            return Ok(Some(track.entries.wipe()));
        }
        self.logs
            .follow(&mut track.entries, event, leads.then_some(term))
    }

    /// What the node did.
    fn seen(
        &mut self,
        at: Time,
        id: NodeId,
        event: &Event,
        begins_again: bool,
    ) -> Result<Seen, Error> {
        match event.name {
            Name::Crash => return Ok(Seen::Crashed),
            Name::Restart => return Ok(Seen::Restarted),
            Name::Wipe => return Ok(Seen::Wiped),
            _ if begins_again => return Ok(Seen::Restarted),
            _ => {}
        }
        let Some(message) = &event.message else {
            return Ok(Seen::State);
        };
        let (Some(from), Some(to)) = (self.nodes.id(message.from), self.nodes.id(message.to))
        else {
            return Ok(Seen::State);
        };
        // What a node says to itself is no message of the network.
        match event.name {
            _ if from == to => Ok(Seen::State),
            Name::Send if from == id => self.send(at, event.line, (from, to), message),
            Name::Receive if to == id => self.receive(at, event.line, (from, to), message),
            _ => Ok(Seen::State),
        }
    }

    fn send(
        &mut self,
        at: Time,
        line: u32,
        ends: (NodeId, NodeId),
        message: &MessageSeen,
    ) -> Result<Seen, Error> {
        let track = &mut self.tracks[ends.0.index()];
        let grants = message.kind == Kind::VoteResp && !message.reject;
        self.grants |= grants;
        // etcd says yes first, and notes for whom it has voted afterwards.
        let hard_state = &mut track.hard_state;
        if grants && hard_state.current_term.0 == message.term {
            hard_state.voted_for = hard_state.voted_for.or(Some(ends.1));
        }
        let sender = Sender {
            term: track.hard_state.current_term,
            entries: &track.entries,
        };
        let sent = self.messages.send((line, at), message, ends, sender)?;
        Ok(Seen::Sent(sent))
    }

    fn receive(
        &mut self,
        at: Time,
        line: u32,
        ends: (NodeId, NodeId),
        message: &MessageSeen,
    ) -> Result<Seen, Error> {
        let track = &self.tracks[ends.0.index()];
        let sender = Sender {
            term: track.hard_state.current_term,
            entries: &track.entries,
        };
        let received = self.messages.receive((line, at), message, ends, sender)?;
        let brought = self
            .messages
            .brings(line, message, &received, sender.entries)?;
        if let Some(brought) = brought {
            self.tracks[ends.1.index()].entries.bring(brought);
        }
        Ok(Seen::Received(received))
    }

    /// What can be judged.
    fn sight(&self, events: &[Event], start: &[(NodeId, NodeState)]) -> Sight {
        let told: NodeSet = events
            .iter()
            .filter_map(|event| self.nodes.id(event.node))
            .collect();
        let of_events = events
            .iter()
            .filter_map(|event| self.nodes.configuration(event));
        let of_start = start.iter().map(|(_, state)| state.configuration);
        let mut configurations = of_events.chain(of_start);
        let all_told = configurations.all(|configuration| {
            let silent = configuration.electorate().difference(told);
            silent.is_empty()
        });
        let is_whole = all_told && self.messages.causal;
        Sight {
            votes: is_whole && self.grants && !self.leads_unelected,
            logs: self.logs.known,
            quorums: is_whole && self.logs.known,
        }
    }

    fn finish(mut self, start: Vec<(NodeId, NodeState)>, lines: &[Event]) -> Trace {
        lives::settle(&self.lives, &mut self.events, &self.messages);
        let sight = self.sight(lines, &start);
        let arrivals = self.messages.arrivals();
        let end = self.events.last().map_or(Time::ZERO, |last| last.at);
        let mut losses = Vec::new();
        for event in &mut self.events {
            if let Observed::Node {
                seen: Seen::Sent(message),
                ..
            } = &mut event.what
            {
                (message.arrives, message.lost) = arrivals[message.number as usize - 1];
                // What is under way when the trace ends is not lost.
                message.lost &= message.arrives <= end;
                if message.lost {
                    losses.push(Observation {
                        at: message.arrives,
                        what: Observed::Lost(message.number),
                    });
                }
            }
        }
        self.events.append(&mut losses);
        self.events.sort_by_cached_key(|event| event.at.0);
        let numbers = self.nodes.iter().map(|(_, number)| number).collect();
        Trace {
            recording: Arc::new(Recording {
                start,
                events: self.events,
                sight,
            }),
            numbers,
        }
    }
}

impl Track {
    /// What it is, with what has changed in its log.
    const fn state(&self, log: Option<LogChange>) -> NodeState {
        NodeState {
            hard_state: self.hard_state,
            durable: true,
            role: self.role,
            commit: LogIndex(self.commit),
            applied: LogIndex(self.applied),
            configuration: self.configuration,
            log,
        }
    }
}
