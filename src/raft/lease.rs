//! Reads without a round: the leader's lease (dissertation §6.4.1).
//!
//! **The rule.** A leader that a majority has answered knows that nobody else is elected for a while
//! after, because who answers a leader promises by that to vote for nobody else for the shortest
//! election timeout. While that lasts, its commit index is the newest there is, and it answers reads
//! at once. Without a lease it falls back to a round of heartbeats ([`super::reads`]).
//!
//! **What it assumes.** Of any two clocks none goes faster than the other by more than the factor
//! [`ClockBound`], at any moment while a lease lasts. Nothing else in Raft's safety rests on clocks.
//!
//! **Why no stale read is answered.** Let a leader *L* of term *t* answer a read under its lease, which
//! counts from the time *s*, by its own clock, at which it sent a round of heartbeats that a majority
//! *Q* has answered. Suppose that some node had been elected in a term above *t* by then, and take the
//! first that was. It has the votes of a majority, so that of some node *V* of *Q*.
//!
//! 1. If *V* is *L*, it led no more when it voted, and answers no reads. Else *V* did not vote before it took the round's message: it answered in term *t*.
//! 2. *V* took that message no earlier than *L* sent it, and then promised, for an election timeout *E*
//!    of its own clock, no vote, not even to itself. The promise does not depend on terms and outlasts
//!    what else *V* hears. A restarted node does not know what it had promised, and makes the promise
//!    anew.
//! 3. So *V* votes only when its clock has gone on by more than *E* less one microsecond, the tick of a
//!    clock. *L*'s has then gone on by more than that through the bound since *s*; but it answers
//!    reads only while its clock has gone on by less. So the vote came after the read.
//! 4. The exception are votes that a leader itself asks for with a TimeoutNow, because they need not
//!    wait. A leader that has sent one holds no lease any more in its term: TimeoutNow, and the votes
//!    it leads to, may be under way for long after it has given the transfer up. A TimeoutNow of a
//!    leader of a term below *t* leads to an election in a term up to *t*, which is not above it.
//!
//! A change of configuration alters nothing: either the majorities of the two meet, or whoever is in
//! the new one's has answered *L* later than *s*.
//!
//! A lease begins with an entry of the leader's own term committed, as any read does.

use std::collections::VecDeque;
use std::fmt;

use super::decimal::write_decimal;
use super::effect::Output;
use super::node::{Node, Role};
use super::policy::Mutant;
use super::rule::{NoLease, Rule, VoteRefusal};
use super::types::{Span, Time};

/// Millionths, in which a bound is kept.
const ONE: u32 = 1_000_000;
/// The largest bound there may be.
const LARGEST: u32 = 1_000;

/// By which factor at most, as leases assume, one clock goes faster than another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClockBound(u32);

impl ClockBound {
    /// The nearest to `factor`; `None` when that is not from 1 to 1000.
    pub fn new(factor: f64) -> Option<Self> {
        (1.0..=f64::from(LARGEST))
            .contains(&factor)
            .then(|| Self((factor * f64::from(ONE)).round() as u32))
    }

    /// As a number, for showing.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / f64::from(ONE)
    }

    /// How far a clock goes on at least while another goes on by `span`.
    fn least(self, span: Span) -> Span {
        let micros = u128::from(span.0) * u128::from(ONE) / u128::from(self.0);
        Span(micros as u64)
    }
}

impl Default for ClockBound {
    fn default() -> Self {
        Self(ONE + ONE / 4)
    }
}

impl fmt::Display for ClockBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(f, self.0.into(), ONE.into())
    }
}

/// What a leader knows of its lease.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug)]
pub(super) struct Lease {
    /// The rounds of heartbeats that no majority has answered yet, and when each was sent.
    rounds: VecDeque<(u64, Time)>,
    /// When the latest round was sent that a majority has answered.
    since: Option<Time>,
    /// Whether it has been given away with a TimeoutNow.
    given_away: bool,
}

impl Lease {
    /// Whoever is told to take over may do so at any time from now on.
    pub(super) fn give_away(&mut self) {
        self.given_away = true;
    }
}

/// The leader's side.
impl<C: Clone> Node<C> {
    /// Begins a round of heartbeats, which are to be sent now.
    pub(super) fn begin_round(&mut self) {
        let length = self.lease_length();
        let now = self.now;
        let Role::Leader(leader) = &mut self.role else {
            return;
        };
        let round = leader.reads.begin_round();
        let Some(length) = length else {
            return;
        };
        // A round so old would give no lease any more.
        let rounds = &mut leader.lease.rounds;
        while rounds
            .pop_front_if(|(_, sent)| now.since(*sent) >= length)
            .is_some()
        {}
        rounds.push_back((round, now));
        // Alone, it is its own majority.
        self.renew_lease();
    }

    /// The lease counts from when the latest round was sent that a majority has answered.
    pub(super) fn renew_lease(&mut self) {
        if self.settings.lease.is_none() {
            return;
        }
        let confirmed = self.confirmed_round();
        if let Role::Leader(leader) = &mut self.role {
            let Lease { rounds, since, .. } = &mut leader.lease;
            while let Some((_, sent)) = rounds.pop_front_if(|(round, _)| *round <= confirmed) {
                *since = Some(sent);
            }
        }
    }

    /// For how long yet a leader that reads under leases holds one; `None` when it does not read so.
    pub fn lease_left(&self) -> Option<Result<Span, NoLease>> {
        let length = self.lease_length()?;
        let Role::Leader(leader) = &self.role else {
            return None;
        };
        Some(match leader.lease {
            Lease {
                given_away: true, ..
            } => Err(NoLease::GivenAway),
            Lease { since: None, .. } => Err(NoLease::NotYet),
            Lease {
                since: Some(since), ..
            } => {
                let age = self.now.since(since);
                match age < length {
                    true => Ok(Span(length.0 - age.0)),
                    false => Err(NoLease::Expired {
                        ago: Span(age.0 - length.0),
                    }),
                }
            }
        })
    }

    /// For how long after a round was sent a lease lasts.
    fn lease_length(&self) -> Option<Span> {
        let bound = self.settings.lease?;
        let promised = self.settings.election_timeout_min;
        if self.settings.policy.has(Mutant::LeaseIgnoresClocks) {
            return Some(promised);
        }
        Some(bound.least(Span(promised.0.saturating_sub(1))))
    }
}

/// The side of those who vote.
impl<C: Clone> Node<C> {
    /// It has run before, up to some time before `now` by its own clock, and does not know what it
    /// had promised: it makes the promise anew. The host says so before anything else happens.
    pub fn restarted(&mut self, now: Time) {
        self.promised = Some(now);
    }

    /// For how long yet it has promised to vote for nobody, so that its leader has a lease.
    pub fn promise_left(&self) -> Option<Span> {
        self.settings.lease?;
        let age = self.now.since(self.promised?);
        let span = self.settings.election_timeout_min;
        (age < span).then(|| Span(span.0 - age.0))
    }

    /// Whether the vote that it has given itself may count; if not, says so.
    pub(super) fn may_count_own_vote(&self, out: &mut Output<C>) -> bool {
        let left = self.promise_left();
        if let Some(left) = left {
            out.rules.push(Rule::RefuseVote {
                to: self.id,
                why: VoteRefusal::Promised { left },
            });
        }
        left.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_from_one_on() {
        assert_eq!(ClockBound::default().to_string(), "1.25");
        assert_eq!(
            ClockBound::new(1.0).map(|bound| bound.least(Span(150))),
            Some(Span(150))
        );
        assert_eq!(
            ClockBound::new(1.25).map(|bound| bound.least(Span(149))),
            Some(Span(119))
        );
        for wrong in [0.99, 0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(ClockBound::new(wrong), None, "{wrong}");
        }
    }
}
