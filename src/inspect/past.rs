//! A message's past: with what it was sent, what led to it, and what became of it. Nobody keeps that of
//! every message: it is found by going through the past once more, from the last moment kept before it
//! was sent.

use crate::raft::{NodeId, Time};
use crate::scenario::{Advance, Run};
use crate::sim::{Flight, Happening, LossCause, World};
use crate::timeline::{BranchId, Timeline};

use super::message;
use super::value::{Field, Group, Inspection, Name, Value};
use super::way::Stop;
use crate::why::Subject;

/// What became of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It came where it was sent.
    Delivered,
    /// It was lost.
    Lost(LossCause),
}

/// What led to a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cause {
    Message(u64),
    ElectionTimer,
    HeartbeatTimer,
    Disk,
    Operation(u64),
    Start,
    Other,
}

/// The past of a message, as far as it has been followed.
#[derive(Clone, Debug)]
pub struct Past {
    branch: BranchId,
    id: u64,
    run: Run,
    sent: Option<(Flight, Stop, Cause)>,
    ended: Option<(Fate, Stop)>,
}

impl Past {
    /// That of the message of that number on the branch that is shown.
    #[inline(never)]
    pub fn new(timeline: &Timeline, id: u64) -> Self {
        let was_sent = |run: &Run| run.world().messages_sent() >= id;
        Self {
            branch: timeline.branch().id(),
            id,
            run: timeline.last_kept_without(&was_sent),
            sent: None,
            ended: None,
        }
    }

    /// Whether it is that of that message on the branch that is shown.
    pub fn is_of(&self, timeline: &Timeline, id: u64) -> bool {
        (self.branch, self.id) == (timeline.branch().id(), id)
    }

    /// Follows it up to the playhead by so many things at the most; says whether it is there.
    #[inline(never)]
    pub fn follow(&mut self, timeline: &Timeline, most: usize) -> bool {
        let end = timeline.moment().tick;
        timeline.lead(&mut self.run);
        for _ in 0..most {
            if self.ended.is_some() || self.run.ticks() >= end {
                return true;
            }
            match self.run.advance(Time(u64::MAX)) {
                Advance::Idle => return true,
                Advance::Event => self.observe(),
                Advance::Script => {}
            }
        }
        false
    }

    /// How far it has been followed.
    pub const fn ticks(&self) -> u64 {
        self.run.ticks()
    }

    fn observe(&mut self) {
        let world = self.run.world();
        let stop = Stop {
            at: world.now(),
            event: world.events(),
        };
        let lost = |id| world.lost().iter().find(move |flight| flight.id() == id);
        if self.sent.is_none() {
            let flight = world.message(self.id).or_else(|| lost(self.id));
            let Some(flight) = flight else {
                return;
            };
            let cause = cause(world, flight.message().from);
            self.sent = Some((flight.clone(), stop, cause));
        }
        for happening in world.happenings() {
            let fate = match happening {
                Happening::Delivered(head) if head.id == self.id => Fate::Delivered,
                Happening::Lost(head, cause) if head.id == self.id => Fate::Lost(*cause),
                _ => continue,
            };
            self.ended = Some((fate, stop));
        }
    }

    /// What became of it up to that event, and when; `None`: it was not yet sent, or is on its way.
    pub fn ended(&self, event: u64) -> Option<(Fate, Stop)> {
        self.ended.filter(|(_, stop)| stop.event <= event)
    }

    /// Everything that has been found of it up to that event; `None`: it was not yet sent.
    pub fn inspection(&self, event: u64) -> Option<Inspection> {
        let (flight, sent, cause) = self.sent.as_ref().filter(|(_, at, _)| at.event <= event)?;
        let mut groups = message::contents(flight);
        let mut way = vec![
            Field::new("id", Value::Number(self.id)),
            Field::new("sent", flight.sent()),
            Field::new("sentIn", Value::Event(sent.event)),
            Field::new("sentBecauseOf", value(*cause)),
        ];
        match self.ended(event) {
            Some((Fate::Delivered, stop)) => {
                way.push(Field::new("arrived", stop.at));
                way.push(Field::new("arrivedIn", Value::Event(stop.event)));
            }
            Some((Fate::Lost(cause), stop)) => {
                way.push(Field::new("lost", stop.at));
                way.push(Field::new("lostIn", Value::Event(stop.event)));
                way.push(Field::new("cause", message::cause(cause)));
            }
            None => {
                way.push(Field::new("arrives", flight.arrives()));
                way.push(Field::new("dies", flight.dies()));
            }
        }
        groups.push(Group::new(Name::Transit, way));
        Some(Inspection {
            subject: Subject::Message(self.id),
            groups,
        })
    }
}

fn value(cause: Cause) -> Value {
    match cause {
        Cause::Message(id) => Value::Message(id),
        Cause::Operation(number) => Value::Operation(number),
        Cause::ElectionTimer => Value::Word("election timer"),
        Cause::HeartbeatTimer => Value::Word("heartbeat timer"),
        Cause::Disk => Value::Word("durable write"),
        Cause::Start => Value::Word("restart"),
        Cause::Other => Value::None,
    }
}

/// What happened to that node in the world's last event, in which it sent something.
fn cause(world: &World, sender: NodeId) -> Cause {
    let of = |happening: &Happening| match happening {
        Happening::Delivered(head) if head.to == sender => Some(Cause::Message(head.id)),
        Happening::ElectionTimeout(node) if *node == sender => Some(Cause::ElectionTimer),
        Happening::HeartbeatTimeout(node) if *node == sender => Some(Cause::HeartbeatTimer),
        Happening::Durable { node, .. } if *node == sender => Some(Cause::Disk),
        Happening::Restarted(node) if *node == sender => Some(Cause::Start),
        Happening::Operation { number, .. } => Some(Cause::Operation(*number)),
        _ => None,
    };
    let mut happened = world.happenings().iter();
    happened.find_map(of).unwrap_or(Cause::Other)
}
