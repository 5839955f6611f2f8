//! Messages: which of those sent is the one that was received.

use std::collections::{HashMap, VecDeque};

use crate::raft::{AppendResult, LogIndex, NodeId, Span, Term, Time};
use crate::scenario::format::Error;
use crate::sim::{ObservedMessage, Says};

use super::entries::{Brought, Entries};
use super::event::{Kind, MessageSeen};
use super::{MAX_NUMBER, MAX_TRACE_ENTRIES, error};

/// How long a message takes when none that arrives tells.
const USUAL: Span = Span::from_millis(1);

/// A message that was sent.
#[derive(Debug)]
struct Sent {
    at: Time,
    arrives: Option<Time>,
    message: ObservedMessage,
}

/// What became of the messages that say the same.
#[derive(Default, Debug)]
struct Known {
    /// Those under way: they arrive in the order in which they were sent.
    open: VecDeque<usize>,
    /// Whether one has arrived: if it arrives again, it was doubled.
    has_arrived: bool,
}

/// All messages of a trace.
#[derive(Debug)]
pub(super) struct Messages {
    sent: Vec<Sent>,
    /// What became of them, by what they say.
    known: HashMap<MessageSeen, Known>,
    /// How many entries they carry and bring.
    carried: u64,
    /// The number of the last one that arrived without having been sent: those count down.
    stray: u64,
    /// Whether every message that arrives was sent before.
    pub(super) causal: bool,
}

/// Who sends a message.
#[derive(Clone, Copy)]
pub(super) struct Sender<'t> {
    pub(super) term: Term,
    pub(super) entries: &'t Entries,
}

impl Messages {
    pub(super) fn new() -> Self {
        Self {
            sent: Vec::new(),
            known: HashMap::new(),
            carried: 0,
            stray: MAX_NUMBER,
            causal: true,
        }
    }

    /// A message leaves a node.
    pub(super) fn send(
        &mut self,
        (line, at): (u32, Time),
        seen: &MessageSeen,
        ends: (NodeId, NodeId),
        sender: Sender<'_>,
    ) -> Result<ObservedMessage, Error> {
        let place = self.sent.len();
        let message = self.observe(line, seen, ends, place as u64 + 1, sender)?;
        self.sent.push(Sent {
            at,
            arrives: None,
            message: message.clone(),
        });
        let same = self.known.entry(seen.clone()).or_default();
        same.open.push_back(place);
        Ok(message)
    }

    /// A message reaches a node. If nobody has sent it, it is what its sender would send now.
    pub(super) fn receive(
        &mut self,
        (line, at): (u32, Time),
        seen: &MessageSeen,
        ends: (NodeId, NodeId),
        sender: Sender<'_>,
    ) -> Result<ObservedMessage, Error> {
        let known = self.known.get_mut(seen);
        let was_doubled = known.as_ref().is_some_and(|same| same.has_arrived);
        if let Some(same) = known
            && let Some(place) = same.open.pop_front()
        {
            same.has_arrived = true;
            let sent = &mut self.sent[place];
            sent.arrives = Some(at);
            let message = sent.message.clone();
            self.carry(line, message.terms.len())?;
            return Ok(message);
        }
        self.causal &= was_doubled;
        let number = self.stray;
        self.stray -= 1;
        self.observe(line, seen, ends, number, sender)
    }

    /// What a message that arrives brings to its receiver, if it brings entries.
    pub(super) fn brings(
        &mut self,
        line: u32,
        seen: &MessageSeen,
        message: &ObservedMessage,
        of_sender: &Entries,
    ) -> Result<Option<Brought>, Error> {
        let (previous, terms) = match seen.kind {
            Kind::App => (seen.index, message.terms.as_slice()),
            Kind::Snap => {
                let last = of_sender.terms().len().min(seen.entries as usize);
                (0, &of_sender.terms()[..last])
            }
            _ => return Ok(None),
        };
        self.carry(line, terms.len())?;
        Ok(Some(Brought::new(seen.from, previous, terms.to_vec())))
    }

    fn observe(
        &mut self,
        line: u32,
        seen: &MessageSeen,
        (from, to): (NodeId, NodeId),
        number: u64,
        sender: Sender<'_>,
    ) -> Result<ObservedMessage, Error> {
        let terms = carried(seen, sender.entries);
        self.carry(line, terms.len())?;
        // The term of these is the one in which somebody would campaign, and nobody is in it yet.
        let term = match seen.kind {
            Kind::PreVote | Kind::PreVoteResp => sender.term,
            _ => Term(seen.term),
        };
        Ok(ObservedMessage {
            number,
            from,
            to,
            term,
            says: says(seen, terms.len() as u64),
            terms,
            arrives: Time::ZERO,
            lost: false,
        })
    }

    fn carry(&mut self, line: u32, more: usize) -> Result<(), Error> {
        self.carried += more as u64;
        if self.carried > 4 * MAX_TRACE_ENTRIES {
            let most = MAX_TRACE_ENTRIES;
            return Err(error(
                line,
                format!("the messages carry too much; those of a trace carry about {most} entries"),
            ));
        }
        Ok(())
    }

    /// Whether the message of that number was sent and has arrived.
    pub(super) fn has_arrived(&self, number: u64) -> bool {
        let place = usize::try_from(number - 1).ok();
        let sent = place.and_then(|place| self.sent.get(place));
        sent.is_some_and(|sent| sent.arrives.is_some())
    }

    /// When each message arrives, or is lost, by its number less one.
    pub(super) fn arrivals(&self) -> Vec<(Time, bool)> {
        let ways = self.sent.iter();
        let mut ways: Vec<Span> = ways
            .filter_map(|sent| Some(sent.arrives?.since(sent.at)))
            .collect();
        let middle = ways.len() / 2;
        let usual = match ways.is_empty() {
            true => USUAL,
            false => *ways.select_nth_unstable(middle).1,
        };
        let usual = usual.max(Span(1));
        let arrives = |sent: &Sent| match sent.arrives {
            Some(arrives) => (arrives, false),
            None => (sent.at + usual, true),
        };
        self.sent.iter().map(arrives).collect()
    }
}

/// The terms of the entries in a message whose sender has these.
fn carried(message: &MessageSeen, entries: &Entries) -> Vec<Term> {
    match message.kind {
        Kind::App => match &message.terms {
            Some(terms) => terms.iter().copied().map(Term).collect(),
            None => {
                let from = entries.terms().len().min(message.index as usize);
                let known = &entries.terms()[from..];
                let count = known.len().min(message.entries as usize);
                known[..count].to_vec()
            }
        },
        Kind::Snap => {
            let told = message.terms.as_ref().and_then(|terms| terms.first());
            let known = entries.at(message.entries);
            Vec::from_iter(told.copied().map(Term).or(known))
        }
        _ => Vec::new(),
    }
}

/// What a message says that carries so many entries.
fn says(message: &MessageSeen, entries: u64) -> Says {
    let (index, log_term) = (LogIndex(message.index), Term(message.log_term));
    let granted = !message.reject;
    let campaign_term = Term(message.term);
    let last = (log_term, index);
    match message.kind {
        Kind::Vote => Says::RequestVote { last },
        Kind::VoteResp => Says::RequestVoteReply { granted },
        Kind::PreVote => Says::PreVote {
            campaign_term,
            last,
        },
        Kind::PreVoteResp => Says::PreVoteReply {
            campaign_term,
            granted,
        },
        Kind::App | Kind::Heartbeat => Says::AppendEntries {
            previous: (index, log_term),
            entries,
            commit: LogIndex(message.commit),
        },
        Kind::AppResp if message.reject => Says::AppendEntriesReply(AppendResult::Conflict {
            prev_log_index: index,
            conflict_term: (message.log_term > 0).then_some(log_term),
            conflict_index: LogIndex(message.reject_hint),
        }),
        Kind::AppResp | Kind::HeartbeatResp => {
            Says::AppendEntriesReply(AppendResult::Matched { match_index: index })
        }
        Kind::Snap => Says::InstallSnapshot {
            last_index: LogIndex(message.entries),
            offset: 0,
            bytes: 0,
            done: true,
        },
        Kind::TimeoutNow => Says::TimeoutNow,
        Kind::ReadIndex => Says::ReadIndex,
        Kind::ReadIndexResp => Says::ReadIndexReply(granted.then_some(index)),
    }
}
