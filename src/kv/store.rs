//! The store itself: what applying a command does.

use std::sync::Arc;

use rpds::{RedBlackTreeMapSync, RedBlackTreeSetSync};
use serde::{Deserialize, Serialize};

use crate::raft::{Mutant, Policy, Span, Time};

use super::command::{ClientId, Command, Operation, Response};

/// How long a session may be idle, unless somebody says otherwise.
pub const SESSION_TIMEOUT: Span = Span::from_secs(60);

/// What a client's session remembers: enough to know a retry and to answer it again (dissertation
/// §6.3).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Session {
    /// When its client opened it.
    opened: Time,
    /// When it was last used, in the time of the store; not before it was opened.
    used: Time,
    sequence: u64,
    response: Response,
}

/// The state machine of one node. A clone shares its structure.
///
/// Its time is what the log says: the latest of the clocks of the leaders that put commands into it.
/// So sessions expire at the same command on every node (dissertation §6.3). A command whose session
/// is not known opens one only if that session, had it been used no more since its client opened it,
/// would not have expired by now; and a session that is known was used no earlier than it was opened.
/// So whatever had once an effect in a session is refused after the session has expired, however the
/// clocks go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Store {
    pairs: RedBlackTreeMapSync<Arc<str>, Arc<str>>,
    sessions: RedBlackTreeMapSync<ClientId, Session>,
    /// When each session was last used, the oldest first.
    used: RedBlackTreeSetSync<(Time, ClientId)>,
    time: Time,
    session_timeout: Span,
    policy: Policy,
}

impl Default for Store {
    fn default() -> Self {
        Self::new(Policy::CORRECT)
    }
}

/// What applying a command came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Applied {
    /// The answer, if it has one.
    pub response: Result<Response, SessionExpired>,
    /// Whether it changed nothing: it was a retry of what had been applied before, or refused.
    pub duplicate: bool,
}

/// The session of a command has expired: whether the command was applied before is not known, and it
/// is not applied now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SessionExpired {
    /// The time of the store; a session opened then is a new one.
    pub time: Time,
}

impl Store {
    /// An empty store, with these rules wrong on purpose.
    pub fn new(policy: Policy) -> Self {
        Self {
            pairs: RedBlackTreeMapSync::new_sync(),
            sessions: RedBlackTreeMapSync::new_sync(),
            used: RedBlackTreeSetSync::new_sync(),
            time: Time::ZERO,
            session_timeout: SESSION_TIMEOUT,
            policy,
        }
    }

    /// The same store, whose sessions may be idle for so long.
    pub fn with_session_timeout(self, session_timeout: Span) -> Self {
        Self {
            session_timeout,
            ..self
        }
    }

    /// Applies a command. One that its session has seen before is answered as it was then, and
    /// changes nothing.
    pub fn apply(&mut self, command: &Command) -> Applied {
        self.time = self.time.max(command.stamp);
        self.expire_sessions();
        let Some((client, sequence)) = command.session else {
            return Applied {
                response: Ok(self.execute(&command.operation)),
                duplicate: false,
            };
        };
        let known = self.sessions.get(&client);
        let is_open = match known {
            Some(session) if session.opened >= command.opened => session.opened == command.opened,
            _ => self.time <= command.opened + self.session_timeout,
        };
        if !is_open {
            return Applied {
                response: Err(SessionExpired { time: self.time }),
                duplicate: true,
            };
        }
        let seen = known.filter(|session| {
            session.opened == command.opened
                && sequence <= session.sequence
                && !self.policy.has(Mutant::NoClientDedup)
        });
        let (duplicate, sequence, response) = match seen {
            Some(session) => (true, session.sequence, session.response.clone()),
            None => (false, sequence, self.execute(&command.operation)),
        };
        let session = Session {
            opened: command.opened,
            used: self.time.max(command.opened),
            sequence,
            response: response.clone(),
        };
        self.remember(client, session);
        Applied {
            response: Ok(response),
            duplicate,
        }
    }

    fn remember(&mut self, client: ClientId, session: Session) {
        let used = session.used;
        match self.sessions.get_mut(&client) {
            Some(known) => {
                let before = std::mem::replace(known, session);
                self.used.remove_mut(&(before.used, client));
            }
            None => self.sessions.insert_mut(client, session),
        }
        self.used.insert_mut((used, client));
    }

    /// Forgets the sessions that have been idle for too long.
    fn expire_sessions(&mut self) {
        while let Some(&(used, client)) = self.used.first()
            && used + self.session_timeout < self.time
        {
            self.used.remove_mut(&(used, client));
            self.sessions.remove_mut(&client);
        }
    }

    /// All that it holds, pairs, sessions and its time, as bytes for a snapshot: equal stores, equal
    /// bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let pairs: Vec<_> = self.pairs.iter().collect();
        let sessions: Vec<_> = self.sessions.iter().collect();
        postcard::to_allocvec(&(self.time, pairs, sessions))
            .expect("memory takes whatever is written to it")
    }

    /// The store that was written as these bytes, with the settings of this one.
    ///
    /// # Errors
    /// When no store was.
    pub fn restored(&self, bytes: &[u8]) -> Result<Self, postcard::Error> {
        let (time, pairs, sessions): (_, Vec<_>, Vec<(ClientId, Session)>) =
            postcard::from_bytes(bytes)?;
        Ok(Self {
            time,
            pairs: pairs.into_iter().collect(),
            used: sessions
                .iter()
                .map(|(client, s)| (s.used, *client))
                .collect(),
            sessions: sessions.into_iter().collect(),
            session_timeout: self.session_timeout,
            policy: self.policy,
        })
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Arc<str>> {
        self.pairs.get(key)
    }

    /// How many keys it has.
    pub fn keys(&self) -> usize {
        self.pairs.size()
    }

    /// How many sessions of clients it knows.
    pub fn sessions(&self) -> usize {
        self.sessions.size()
    }

    /// All keys and values, in order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.pairs.iter()
    }

    fn execute(&mut self, operation: &Operation) -> Response {
        match operation {
            Operation::Put { key, value } => {
                self.pairs.insert_mut(key.clone(), value.clone());
                Response::Done
            }
            Operation::Get { key } => Response::Value(self.get(key).cloned()),
            Operation::Delete { key } => {
                self.pairs.remove_mut(key);
                Response::Done
            }
            Operation::Cas { key, expect, value } => {
                let found = self.get(key).cloned();
                if found.as_deref().unwrap_or_default() == &**expect {
                    self.pairs.insert_mut(key.clone(), value.clone());
                    Response::Done
                } else {
                    Response::Mismatch(found)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(sequence: u64, key: &str, value: &str) -> Command {
        Command {
            session: Some((ClientId(0), sequence)),
            opened: Time::ZERO,
            stamp: Time::ZERO,
            operation: Operation::Put {
                key: key.into(),
                value: value.into(),
            },
        }
    }

    #[test]
    fn a_retry_is_answered_but_not_applied_again() {
        let mut store = Store::default();
        assert!(!store.apply(&put(1, "x", "1")).duplicate);
        assert!(!store.apply(&put(2, "x", "2")).duplicate);
        let retry = store.apply(&put(2, "x", "2"));
        assert!(retry.duplicate);
        assert_eq!(retry.response, Ok(Response::Done));
        assert!(store.apply(&put(1, "x", "1")).duplicate);
        assert_eq!(store.get("x").map(|value| &**value), Some("2"));
    }

    #[test]
    fn a_store_is_read_as_it_was_written() {
        let mut store = Store::default();
        let fresh = store.clone();
        assert_eq!(fresh.restored(&store.to_bytes()).as_ref(), Ok(&store));
        store.apply(&put(1, "x", "1"));
        store.apply(&put(2, "y", "é"));
        let mut read = fresh.restored(&store.to_bytes()).expect("a store wrote it");
        assert_eq!(read, store);
        // Sessions too: a retry is known.
        assert!(read.apply(&put(2, "y", "é")).duplicate);
        assert_ne!(fresh.to_bytes(), store.to_bytes());
        assert!(fresh.restored(&[200]).is_err());
    }

    #[test]
    fn compare_and_set_takes_the_empty_value_for_absent() {
        let mut store = Store::default();
        let mut cas = |sequence, expect: &str, value: &str| {
            store
                .apply(&Command {
                    session: Some((ClientId(1), sequence)),
                    opened: Time::ZERO,
                    stamp: Time::ZERO,
                    operation: Operation::Cas {
                        key: "x".into(),
                        expect: expect.into(),
                        value: value.into(),
                    },
                })
                .response
        };
        assert_eq!(cas(1, "", "1"), Ok(Response::Done));
        assert_eq!(cas(2, "", "2"), Ok(Response::Mismatch(Some("1".into()))));
        assert_eq!(cas(3, "1", "2"), Ok(Response::Done));
    }

    #[test]
    fn a_deleted_key_is_absent() {
        let mut store = Store::default();
        store.apply(&put(1, "x", "1"));
        store.apply(&Command {
            session: None,
            opened: Time::ZERO,
            stamp: Time::ZERO,
            operation: Operation::Delete { key: "x".into() },
        });
        assert_eq!(store.get("x"), None);
        assert_eq!(store.iter().count(), 0);
    }

    /// A put of a client in the session it opened at `opened`, put into the log at `stamp`; times
    /// are seconds.
    fn put_at(client: u32, opened: u64, stamp: u64, sequence: u64) -> Command {
        Command {
            session: Some((ClientId(client), sequence)),
            opened: Time(opened * 1_000_000),
            stamp: Time(stamp * 1_000_000),
            ..put(sequence, "x", &sequence.to_string())
        }
    }

    #[test]
    fn what_was_applied_is_refused_once_its_session_has_expired() {
        let mut store = Store::default();
        let applied = |store: &mut Store, command| {
            let applied = store.apply(&command);
            (applied.response.is_ok(), applied.duplicate)
        };
        let (done, retried, refused) = ((true, false), (true, true), (false, true));
        assert_eq!(applied(&mut store, put_at(0, 1, 5, 1)), done);
        // A session that is used lives on.
        assert_eq!(applied(&mut store, put_at(0, 1, 60, 2)), done);
        assert_eq!(applied(&mut store, put_at(0, 1, 120, 2)), retried);
        // Another's command is what makes time pass; it does not go back with a leader whose clock is behind.
        assert_eq!(applied(&mut store, put_at(1, 181, 181, 1)), done);
        assert_eq!(store.sessions.size(), 1);
        for sequence in 1..=3 {
            assert_eq!(applied(&mut store, put_at(0, 1, 7, sequence)), refused);
        }
        let told = store.apply(&put_at(0, 1, 7, 3)).response;
        assert_eq!(
            told,
            Err(SessionExpired {
                time: Time(181_000_000)
            })
        );
        assert_eq!(applied(&mut store, put_at(0, 181, 181, 3)), done);
        // The new session stands, and what comes late of the old one is refused.
        assert_eq!(applied(&mut store, put_at(0, 1, 182, 3)), refused);
        assert_eq!(applied(&mut store, put_at(0, 181, 182, 3)), retried);
    }

    #[test]
    fn a_client_whose_clock_is_ahead_gets_no_second_effect() {
        let mut store = Store::default();
        assert!(!store.apply(&put_at(0, 100, 1, 1)).duplicate);
        for stamp in [90, 155, 160, 161, 200] {
            assert!(
                store.apply(&put_at(0, 100, stamp, 1)).duplicate,
                "at {stamp} s"
            );
        }
    }
}
