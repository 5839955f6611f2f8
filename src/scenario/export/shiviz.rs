//! Logs for ShiViz: what happened to whom, with vector clocks.
//!
//! Everything that an event did to one host is one event of that host. A message joins its receiver's
//! clock with that of its sender as of its sending, and so do the operations and answers between
//! clients, proxy and nodes. What is lost joins nothing.

use std::fmt::Write;
use std::rc::Rc;

use crate::raft::NodeId;
use crate::scenario::format::quoted;
use crate::scenario::host::Host;
use crate::scenario::words;
use crate::sim::{Happening, Leg, LegEnd, OperationStep, World};
use crate::sorted::SortedMap;

/// How ShiViz is to read the lines of an event.
const EVENT: &str = r"(?<host>\S*) (?<clock>{.*})\n(?<event>.*)";
/// How it is to tell several runs apart.
const RUN: &str = "^=== (?<trace>.*) ===$";

/// How many events of each host are known.
type Clock = SortedMap<Host, u64>;

/// The vector clocks of a run.
#[derive(Clone, Default, Debug)]
pub(super) struct Clocks {
    hosts: SortedMap<Host, Rc<Clock>>,
    /// The sender's, as of its sending, for each message on its way.
    messages: SortedMap<u64, Rc<Clock>>,
    /// The same for each operation or answer between clients, proxy and nodes.
    legs: SortedMap<u64, Rc<Clock>>,
}

/// What an event did to one host.
struct Part {
    host: Host,
    received: Vec<Rc<Clock>>,
    texts: Vec<String>,
    /// What is told when there is nothing else.
    silent: Option<String>,
}

/// The two lines before everything.
pub(super) fn header(of_several: bool, out: &mut String) {
    out.push_str(EVENT);
    out.push('\n');
    if of_several {
        out.push_str(RUN);
    }
    out.push('\n');
}

/// The line before one run of several.
pub(super) fn run(title: &str, seed: u64, out: &mut String) {
    // What ends a line for the expression that is to find this one.
    let title = title.replace(['\u{2028}', '\u{2029}'], " ");
    // Writing to a string never fails.
    let _ = writeln!(out, "=== {title}, seed {seed} ===");
}

impl Clocks {
    /// The lines of the last event of a world.
    pub(super) fn event(&mut self, world: &World, out: &mut String) {
        let mut parts = Vec::new();
        self.legs_end(world, &mut parts);
        self.happen(world, &mut parts);
        legs_depart(world, &mut parts);
        for part in &parts {
            self.tick(part);
            self.tell(part, world, out);
        }
        self.depart(world);
    }

    fn legs_end(&mut self, world: &World, parts: &mut Vec<Part>) {
        for leg in world.ended_legs() {
            let sent = self.legs.remove(&leg.id);
            if arrived(leg, world)
                && let Some(host) = Host::at(leg.to, leg, world)
            {
                let part = part(parts, host);
                part.received.extend(sent);
                part.texts.extend(words::leg_arrives(leg, world));
            }
        }
    }

    fn happen(&mut self, world: &World, parts: &mut Vec<Part>) {
        for happening in world.happenings() {
            let Some(host) = Host::of(happening, world) else {
                continue;
            };
            let part = part(parts, host);
            if let Happening::Delivered(head) = happening {
                part.received.extend(self.messages.remove(&head.id));
            }
            match happening {
                Happening::Durable { node, .. } => {
                    part.silent = Some(format!("a write of {node} is durable"));
                }
                Happening::Wrote { node, .. } => {
                    part.silent = Some(format!("{node} hands a write to its disk"));
                }
                // Told by the legs.
                Happening::Operation {
                    step: OperationStep::Tried { .. } | OperationStep::Answered(_),
                    ..
                } => {}
                _ => {
                    let told = words::describe(happening, world);
                    part.texts.extend(told.map(|words| words.text));
                }
            }
        }
    }

    /// One event more of a host.
    fn tick(&mut self, part: &Part) {
        let clock = Rc::make_mut(self.hosts.or_default(part.host));
        for &(host, events) in part.received.iter().flat_map(|received| received.iter()) {
            let known = clock.or_default(host);
            *known = events.max(*known);
        }
        *clock.or_default(part.host) += 1;
    }

    fn tell(&self, part: &Part, world: &World, out: &mut String) {
        out.push_str(&name(part.host, world));
        out.push_str(" {");
        let clock = self.hosts.get(&part.host);
        for (place, &(host, events)) in clock.into_iter().flat_map(|clock| clock.iter()).enumerate()
        {
            let comma = if place == 0 { "" } else { "," };
            let _ = write!(out, "{comma}{}:{events}", quoted(&name(host, world)));
        }
        out.push_str("}\n");
        match &part.silent {
            Some(silent) if part.texts.is_empty() => out.push_str(silent),
            _ => out.push_str(&part.texts.join("; ")),
        }
        let _ = writeln!(out, " (#{}, {})", world.events(), world.now());
    }

    /// What was sent takes along the clock of its sender as it now is.
    fn depart(&mut self, world: &World) {
        for happening in world.happenings() {
            match happening {
                Happening::Sent(head) | Happening::Duplicated(head) => {
                    if let Some(clock) = self.hosts.get(&Host::Node(head.from)) {
                        self.messages.insert(head.id, clock.clone());
                    }
                }
                Happening::Copied(head, first) => {
                    if let Some(clock) = self.messages.get(first) {
                        self.messages.insert(head.id, clock.clone());
                    }
                }
                Happening::Lost(head, _) => {
                    self.messages.remove(&head.id);
                }
                _ => {}
            }
        }
        for leg in world.departed_legs() {
            let host = Host::at(leg.from, leg, world);
            if let Some(clock) = host.and_then(|host| self.hosts.get(&host)) {
                self.legs.insert(leg.id, clock.clone());
            }
        }
    }
}

fn legs_depart(world: &World, parts: &mut Vec<Part>) {
    for leg in world.departed_legs() {
        if let Some(host) = Host::at(leg.from, leg, world) {
            let told = words::leg_departs(leg, world);
            part(parts, host).texts.extend(told);
        }
    }
}

/// Whether what a leg carried has reached anyone.
fn arrived(leg: &Leg, world: &World) -> bool {
    match leg.to {
        LegEnd::Node(node) => world.server(node).is_some_and(|server| server.is_up()),
        LegEnd::Client | LegEnd::Proxy => true,
    }
}

/// What the event did to that host, so far.
fn part(parts: &mut Vec<Part>, host: Host) -> &mut Part {
    let place = parts.iter().position(|part| part.host == host);
    let place = place.unwrap_or_else(|| {
        parts.push(Part {
            host,
            received: Vec::new(),
            texts: Vec::new(),
            silent: None,
        });
        parts.len() - 1
    });
    &mut parts[place]
}

/// A name without spaces, that no other host has: what would be taken for another in the name of a
/// client is told by its number in Unicode.
fn name(host: Host, world: &World) -> String {
    let client = match host {
        Host::Node(node) => return node.to_string(),
        Host::Proxy => return "proxy".to_owned(),
        Host::Client(client) => world.client(client).map_or("", |client| client.name()),
    };
    let is_taken = client == "proxy" || client.parse::<NodeId>().is_ok();
    let mut name = String::new();
    for (place, c) in client.chars().enumerate() {
        let is_plain = c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if is_plain && !(is_taken && place == 0) {
            name.push(c);
        } else {
            let _ = write!(name, "%{:06x}", u32::from(c));
        }
    }
    name
}
