//! What is seen of a world, event by event.

use crate::raft::Rule;
use crate::scenario::{Host, words};
use crate::sim::{
    Flight, Happening, Leg, LegEnd, LegLoad, MessageHead, OperationStep, Says, Server, World,
};
use crate::sorted::SortedMap;

use super::{Cargo, End, Line, Point, Sign};

/// What has been seen.
#[derive(Clone, Default, Debug)]
pub(super) struct Seen {
    pub(super) points: Vec<Point>,
    pub(super) lines: Vec<Line>,
    /// The lines that have not ended, by their numbers: messages, and what goes between clients, proxy
    /// and nodes.
    messages: SortedMap<u64, usize>,
    legs: SortedMap<u64, usize>,
    /// The last point of each host.
    last: SortedMap<Host, u32>,
    has_begun: bool,
}

/// What one event did to one host, so far.
struct Part {
    host: Host,
    sign: Sign,
    texts: Vec<String>,
}

impl Seen {
    /// What is under way when the stretch begins is there, if it has not begun yet.
    pub(super) fn begin(&mut self, world: &World) {
        if std::mem::replace(&mut self.has_begun, true) {
            return;
        }
        let messages = world.messages().map(|flight| of_message(flight, world));
        let legs = world.legs().filter_map(|leg| of_leg(leg, world));
        self.lines = messages.chain(legs).collect();
        self.lines.sort_by_key(|line| line.sent);
        for (place, line) in self.lines.iter().enumerate() {
            match line.cargo {
                Cargo::Message { .. } => self.messages.insert(line.id, place),
                Cargo::Operation { .. } => self.legs.insert(line.id, place),
            };
        }
    }

    /// Nothing more happens for now: what is under way is known to arrive when it is due.
    pub(super) fn rest(&mut self, world: &World) {
        for flight in world.messages() {
            if let Some(&line) = self.messages.get(&flight.id()) {
                self.lines[line].due = flight.arrives();
            }
        }
    }

    /// The world's last event.
    pub(super) fn event(&mut self, world: &World) {
        let first = self.points.len();
        for part in parts(world) {
            let place = self.points.len() as u32;
            self.points.push(Point {
                event: world.events(),
                at: world.now(),
                host: part.host,
                sign: part.sign,
                text: part.texts.join("; ").into(),
                before: self.last.insert(part.host, place),
            });
        }
        for leg in world.ended_legs() {
            self.leg_ends(leg, first, world);
        }
        for happening in world.happenings() {
            self.message(happening, first, world);
        }
        for leg in world.departed_legs() {
            self.leg_departs(leg, first, world);
        }
    }

    /// The point of the last event at that host, of those from `first` on.
    fn point(&self, first: usize, host: Host) -> Option<usize> {
        let place = self.points[first..]
            .iter()
            .position(|point| point.host == host)?;
        Some(first + place)
    }

    fn message(&mut self, happening: &Happening, first: usize, world: &World) {
        match happening {
            Happening::Sent(head) | Happening::Duplicated(head) => {
                self.messages.insert(head.id, self.lines.len());
                self.lines.push(Line {
                    departure: self.point(first, Host::Node(head.from)),
                    ..sent(head, world)
                });
            }
            Happening::Copied(head, first) => {
                // What a copy says was said where the first one left.
                let first = self.messages.get(first);
                let departure = first.and_then(|&line| self.lines[line].departure);
                let told = words::describe(happening, world);
                self.messages.insert(head.id, self.lines.len());
                self.lines.push(Line {
                    departure,
                    text: told.map_or_else(Box::default, |words| words.text.into()),
                    ..sent(head, world)
                });
            }
            Happening::Delivered(head) => {
                let line = self.messages.remove(&head.id);
                let point = self.point(first, Host::Node(head.to));
                if let Some((line, point)) = line.zip(point) {
                    let line = &mut self.lines[line];
                    (line.end, line.due) = (End::Received(point), world.now());
                }
            }
            Happening::Lost(head, cause) => {
                if let Some(line) = self.messages.remove(&head.id) {
                    let line = &mut self.lines[line];
                    let mut lost = world.lost().iter();
                    let lost = lost.find(|flight| flight.id() == head.id);
                    line.due = lost.map_or(world.now(), Flight::arrives);
                    line.end = End::Lost(world.now(), Some(*cause));
                }
            }
            _ => {}
        }
    }

    fn leg_departs(&mut self, leg: &Leg, first: usize, world: &World) {
        if let Some(line) = of_leg(leg, world) {
            self.legs.insert(leg.id, self.lines.len());
            let departure = self.point(first, line.from);
            self.lines.push(Line { departure, ..line });
        }
    }

    fn leg_ends(&mut self, leg: &Leg, first: usize, world: &World) {
        let Some(line) = self.legs.remove(&leg.id) else {
            return;
        };
        let point = Host::at(leg.to, leg, world).and_then(|host| self.point(first, host));
        let line = &mut self.lines[line];
        line.due = line.due.max(world.now());
        line.end = match point.filter(|_| has_arrived(leg, world)) {
            Some(point) => End::Received(point),
            None => End::Lost(world.now(), None),
        };
    }
}

/// A message that is under way.
fn of_message(flight: &Flight, world: &World) -> Line {
    let head = flight.head();
    Line {
        sent: flight.sent(),
        due: flight.arrives(),
        ..sent(&head, world)
    }
}

/// A message that leaves now.
fn sent(head: &MessageHead, world: &World) -> Line {
    let is_heartbeat = matches!(head.says, Says::AppendEntries { entries: 0, .. });
    let told = words::describe(&Happening::Sent(*head), world);
    Line {
        id: head.id,
        cargo: Cargo::Message {
            kind: head.kind(),
            term: head.term,
            is_heartbeat,
        },
        from: Host::Node(head.from),
        to: Host::Node(head.to),
        sent: world.now(),
        due: world.now(),
        departure: None,
        end: End::UnderWay,
        text: told.map_or_else(Box::default, |words| words.text.into()),
    }
}

fn of_leg(leg: &Leg, world: &World) -> Option<Line> {
    Some(Line {
        id: leg.id,
        cargo: Cargo::Operation {
            number: leg.operation,
            answer: matches!(leg.load, LegLoad::Answer { .. }),
        },
        from: Host::at(leg.from, leg, world)?,
        to: Host::at(leg.to, leg, world)?,
        sent: leg.sent,
        due: leg.arrives,
        departure: None,
        end: End::UnderWay,
        text: words::leg_departs(leg, world)?.into(),
    })
}

/// Whether what a leg carried has reached anyone.
fn has_arrived(leg: &Leg, world: &World) -> bool {
    match leg.to {
        LegEnd::Node(node) => world.server(node).is_some_and(Server::is_up),
        LegEnd::Client | LegEnd::Proxy => true,
    }
}

/// What the world's last event did to each host.
fn parts(world: &World) -> Vec<Part> {
    let mut parts = Vec::new();
    for leg in world.ended_legs() {
        if has_arrived(leg, world) {
            let host = Host::at(leg.to, leg, world);
            tell(
                &mut parts,
                host,
                Sign::Plain,
                words::leg_arrives(leg, world),
            );
        }
    }
    for happening in world.happenings() {
        let host = Host::of(happening, world);
        let told = match happening {
            // Told by the legs.
            Happening::Operation {
                step: OperationStep::Tried { .. } | OperationStep::Answered(_),
                ..
            } => None,
            _ => words::describe(happening, world).map(|words| words.text),
        };
        tell(&mut parts, host, sign(happening), told);
    }
    for leg in world.departed_legs() {
        let host = Host::at(leg.from, leg, world);
        tell(
            &mut parts,
            host,
            Sign::Plain,
            words::leg_departs(leg, world),
        );
    }
    parts
}

fn tell(parts: &mut Vec<Part>, host: Option<Host>, sign: Sign, text: Option<String>) {
    let Some(host) = host else {
        return;
    };
    let place = parts.iter().position(|part| part.host == host);
    let place = place.unwrap_or_else(|| {
        parts.push(Part {
            host,
            sign,
            texts: Vec::new(),
        });
        parts.len() - 1
    });
    let part = &mut parts[place];
    part.sign = part.sign.max(sign);
    part.texts.extend(text);
}

const fn sign(happening: &Happening) -> Sign {
    match happening {
        Happening::Wrote { .. } | Happening::Durable { .. } | Happening::WroteSnapshot { .. } => {
            Sign::Silent
        }
        Happening::ElectionTimeout(_) | Happening::HeartbeatTimeout(_) => Sign::Timer,
        Happening::Rule(_, rule) => of_rule(rule),
        Happening::Crashed(_) => Sign::Crash,
        Happening::Restarted(_) | Happening::Added(_) => Sign::Restart,
        Happening::Paused(_)
        | Happening::Resumed(_)
        | Happening::Clock { .. }
        | Happening::Wiped(_) => Sign::Changed,
        Happening::Operation { step, .. } => match step {
            OperationStep::Asked(_) => Sign::Asked,
            OperationStep::Ok | OperationStep::Failed | OperationStep::Unknown => Sign::Answer,
            _ => Sign::Plain,
        },
        _ => Sign::Plain,
    }
}

const fn of_rule(rule: &Rule) -> Sign {
    match rule {
        Rule::StartElection { .. } | Rule::StartPreVote { .. } => Sign::Election,
        Rule::BecomeLeader { .. } => Sign::Leader,
        Rule::StepDown { .. } => Sign::StepDown,
        Rule::LeaderCommit { .. } => Sign::Commit,
        Rule::FollowerCommit { .. } => Sign::Learned,
        Rule::GrantVote { .. } => Sign::Vote,
        _ => Sign::Plain,
    }
}
