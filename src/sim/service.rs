//! Serving clients: how an operation travels from its client by the proxy to a node and back.

use std::hash::Hash;
use std::sync::Arc;

use crate::kv::{ClientId, Command, Operation, Response};
use crate::raft::{Input, NodeId, NodeSet, Refusal, RequestId};

use super::client::{Failure, Outcome};
use super::config::ReadMode;
use super::event::{Happening, OperationStep};
use super::legs::{Answer, Leg, LegEnd, LegLoad};
use super::proxy::Next;
use super::queue::Due;
use super::world::World;

/// How many bits of a request's number tell which try it is.
const ATTEMPT_BITS: u32 = 20;
/// The try of an operation that its client sends straight to a node.
const DIRECT_ATTEMPT: u32 = 1;

/// The client's side.
impl World {
    /// A client asks for an operation; it is sent when those before it are answered.
    pub(super) fn client_asks(
        &mut self,
        client: ClientId,
        operation: Operation,
        direct: Option<NodeId>,
    ) {
        // No happening tells what is asked, but runs in which something else is asked are not equal.
        operation.hash(&mut self.digest);
        let (number, free) = self.clients.ask(client, operation, direct, self.now);
        self.operation_step(number, OperationStep::Asked(client));
        if free {
            self.client_sends(number);
        }
    }

    fn client_sends(&mut self, number: u64) {
        let now = self.now;
        let record = self.clients.record_mut(number);
        record.began = Some(now);
        match record.direct {
            Some(node) => {
                self.try_node(number, LegEnd::Client, node, DIRECT_ATTEMPT);
            }
            None => self.depart_leg(number, 0, (LegEnd::Client, LegEnd::Proxy), LegLoad::Request),
        }
    }

    fn client_hears(&mut self, number: u64, answer: Answer, by: Option<NodeId>) {
        let record = self.clients.record_mut(number);
        if record.outcome != Outcome::Pending {
            return;
        }
        if let (Answer::SessionExpired(told), Some(node)) = (&answer, by) {
            // It was asked once, so it has not been done.
            let client = record.client;
            self.clients.open_session(client, *told, self.now);
            self.operation_step(number, OperationStep::SessionExpired(node));
            return self.try_node(number, LegEnd::Client, node, DIRECT_ATTEMPT);
        }
        record.answered_by = by;
        let outcome = match (answer, by) {
            (Answer::Response(Response::Mismatch(found)), _) => {
                Outcome::Failed(Failure::Mismatch(found))
            }
            (Answer::Response(response), _) => Outcome::Ok(response),
            (Answer::Refused(Refusal::NotLeader { .. }), Some(node)) => {
                Outcome::Failed(Failure::NotLeader(node))
            }
            (Answer::Refused(_) | Answer::SessionExpired(_) | Answer::Unknown, _) => {
                Outcome::Unknown
            }
        };
        self.operation_ends(number, outcome);
    }

    fn operation_ends(&mut self, number: u64, outcome: Outcome) {
        let step = match outcome {
            Outcome::Ok(_) => OperationStep::Ok,
            Outcome::Failed(_) => OperationStep::Failed,
            Outcome::Unknown | Outcome::Pending => OperationStep::Unknown,
        };
        self.operation_step(number, step);
        if let Some(next) = self.clients.finish(number, outcome, self.now) {
            self.client_sends(next);
        }
    }
}

/// The proxy's side.
impl World {
    pub(super) fn is_waited_for(&self, number: u64, attempt: u32) -> bool {
        let record = self.clients.record(number);
        match record.direct {
            Some(_) => record.outcome == Outcome::Pending,
            None => self.proxy.is_current(number, attempt),
        }
    }

    /// A node, asked by the proxy or by a client itself, has not answered in time.
    pub(super) fn patience_due(&mut self, number: u64) {
        let record = self.clients.record(number);
        if let Some(node) = record.asked_of {
            self.operation_step(number, OperationStep::TimedOut(node));
        }
        if self.clients.record(number).direct.is_some() {
            self.operation_ends(number, Outcome::Unknown);
        } else {
            let next = self.proxy.timed_out(number, self.nodes(), self.now);
            self.proxy_does(number, next);
        }
    }

    pub(super) fn retry_due(&mut self, number: u64) {
        let next = self.proxy.ask_next(number, self.nodes(), self.now);
        self.proxy_does(number, next);
    }

    fn proxy_accepts(&mut self, number: u64) {
        let operation = self.clients.record(number).operation.clone();
        let next = self
            .proxy
            .accept(number, &operation, self.nodes(), self.now);
        self.proxy_does(number, next);
    }

    fn proxy_hears(&mut self, leg: Leg, answer: Answer, by: NodeId) {
        let number = leg.operation;
        match answer {
            // An answer to an earlier try serves as well.
            Answer::Response(_) => {
                self.operation_step(number, OperationStep::Answered(by));
                self.proxy.served(number, by);
                let load = LegLoad::Answer {
                    answer,
                    by: Some(by),
                };
                self.depart_leg(number, 0, (LegEnd::Proxy, LegEnd::Client), load);
            }
            Answer::Refused(refusal) if self.proxy.is_current(number, leg.attempt) => {
                self.operation_step(number, OperationStep::Refused(by, refusal));
                let next = self
                    .proxy
                    .refused(number, by, refusal, self.nodes(), self.now);
                self.proxy_does(number, next);
            }
            Answer::SessionExpired(told) if self.proxy.is_current(number, leg.attempt) => {
                self.operation_step(number, OperationStep::SessionExpired(by));
                let client = self.clients.record(number).client;
                self.clients.open_session(client, told, self.now);
                let next = self.proxy.session_expired(number, by, self.now);
                self.proxy_does(number, next);
            }
            Answer::Refused(_) | Answer::SessionExpired(_) | Answer::Unknown => {}
        }
    }

    fn proxy_does(&mut self, number: u64, next: Next) {
        match next {
            Next::Ask(node, attempt) => self.try_node(number, LegEnd::Proxy, node, attempt),
            Next::Wait(until, attempt) => {
                let due = Due::Retry {
                    operation: number,
                    attempt,
                };
                self.ask(until, due);
            }
            Next::GiveUp => {
                self.proxy.gave_up(number);
                let load = LegLoad::Answer {
                    answer: Answer::Unknown,
                    by: None,
                };
                self.depart_leg(number, 0, (LegEnd::Proxy, LegEnd::Client), load);
            }
        }
    }

    fn try_node(&mut self, number: u64, from: LegEnd, node: NodeId, attempt: u32) {
        let record = self.clients.record_mut(number);
        record.asked_of = Some(node);
        record.tries += 1;
        let attempt_shown = record.tries;
        self.operation_step(
            number,
            OperationStep::Tried {
                node,
                attempt: attempt_shown,
            },
        );
        self.depart_leg(
            number,
            attempt,
            (from, LegEnd::Node(node)),
            LegLoad::Request,
        );
        let due = Due::Patience {
            operation: number,
            attempt,
        };
        self.ask(self.now + self.proxy.config.timeout, due);
    }

    /// Whom the proxy knows: whoever votes.
    fn nodes(&self) -> NodeSet {
        self.configuration().electorate()
    }
}

/// The node's side.
impl World {
    /// The operation that a request to a node is about.
    pub const fn operation_of(request: RequestId) -> u64 {
        request.0 >> ATTEMPT_BITS
    }

    fn node_hears(&mut self, leg: &Leg, node: NodeId) {
        let number = leg.operation;
        if !self.servers[node].is_up() {
            return self.operation_step(number, OperationStep::NodeDown(node));
        }
        let attempt = u64::from(leg.attempt) & ((1 << ATTEMPT_BITS) - 1);
        let request = RequestId((number << ATTEMPT_BITS) | attempt);
        let record = self.clients.record(number);
        let read = record.operation.is_read();
        match self.config.raft.reads {
            ReadMode::Local if read => self.read(node, request),
            ReadMode::ReadIndex | ReadMode::Lease if read => {
                self.input(node, Input::ReadIndex { request })
            }
            _ => {
                let (client, sequence) = (record.client, record.sequence);
                let operation = record.operation.clone();
                let command = Command {
                    session: Some((client, sequence)),
                    opened: self.clients.session_opened(client, self.now),
                    stamp: self.servers[node].clock.shows(self.now),
                    operation,
                };
                let command = Arc::new(command);
                self.input(node, Input::Propose { request, command });
            }
        }
    }

    /// A node answers whoever asked it.
    pub(super) fn answer(&mut self, node: NodeId, request: RequestId, answer: Answer) {
        let number = Self::operation_of(request);
        let to = match self.clients.record(number).direct {
            Some(_) => LegEnd::Client,
            None => LegEnd::Proxy,
        };
        let attempt = (request.0 & ((1 << ATTEMPT_BITS) - 1)) as u32;
        let load = LegLoad::Answer {
            answer,
            by: Some(node),
        };
        self.depart_leg(number, attempt, (LegEnd::Node(node), to), load);
    }
}

/// The ways between them.
impl World {
    pub(super) fn leg_due(&mut self, id: u64) {
        let Some(leg) = self.legs.take(id) else {
            return;
        };
        self.ended_legs.push(leg.clone());
        match (leg.to, leg.load.clone()) {
            (LegEnd::Node(node), _) => self.node_hears(&leg, node),
            (LegEnd::Proxy, LegLoad::Request) => self.proxy_accepts(leg.operation),
            (
                LegEnd::Proxy,
                LegLoad::Answer {
                    answer,
                    by: Some(by),
                },
            ) => self.proxy_hears(leg, answer, by),
            (LegEnd::Client, LegLoad::Answer { answer, by }) => {
                self.client_hears(leg.operation, answer, by);
            }
            (LegEnd::Proxy, LegLoad::Answer { by: None, .. })
            | (LegEnd::Client, LegLoad::Request) => {
                unreachable!("nobody sends requests to clients, or answers of its own to the proxy")
            }
        }
    }

    /// What waited for a paused node is lost with it.
    pub(super) fn lose_leg(&mut self, id: u64) {
        if let Some(leg) = self.legs.take(id)
            && let LegEnd::Node(node) = leg.to
        {
            self.operation_step(leg.operation, OperationStep::NodeDown(node));
            self.ended_legs.push(leg);
        }
    }

    fn depart_leg(&mut self, operation: u64, attempt: u32, way: (LegEnd, LegEnd), load: LegLoad) {
        let (from, to) = way;
        let leg = Leg {
            id: 0,
            operation,
            attempt,
            from,
            to,
            load,
            sent: self.now,
            arrives: self.now,
            cause: self.event(),
        };
        let (id, arrives) = self.legs.depart(leg, self.proxy.config.latency);
        self.ask(arrives, Due::Leg(id));
    }

    fn operation_step(&mut self, number: u64, step: OperationStep) {
        self.emit(Happening::Operation { number, step });
    }
}
