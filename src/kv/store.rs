//! The store itself: what applying a command does.

use std::sync::Arc;

use rpds::RedBlackTreeMapSync;

use crate::raft::{Mutant, Policy};

use super::command::{ClientId, Command, Operation, Response};

/// What a client's session remembers: enough to know a retry and to answer it again (dissertation
/// §6.3).
#[derive(Clone, PartialEq, Eq, Debug)]
struct Session {
    sequence: u64,
    response: Response,
}

/// The state machine of one node. A clone shares its structure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Store {
    pairs: RedBlackTreeMapSync<Arc<str>, Arc<str>>,
    sessions: RedBlackTreeMapSync<ClientId, Session>,
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
    /// The answer.
    pub response: Response,
    /// Whether the command had been applied before: it was a retry, and changed nothing.
    pub duplicate: bool,
}

impl Store {
    /// An empty store, with these rules wrong on purpose.
    pub fn new(policy: Policy) -> Self {
        Self {
            pairs: RedBlackTreeMapSync::new_sync(),
            sessions: RedBlackTreeMapSync::new_sync(),
            policy,
        }
    }

    /// Applies a command. One that its session has seen before is answered as it was then, and
    /// changes nothing.
    pub fn apply(&mut self, command: &Command) -> Applied {
        if let Some((client, sequence)) = command.session
            && let Some(session) = self.sessions.get(&client)
            && sequence <= session.sequence
            && !self.policy.has(Mutant::NoClientDedup)
        {
            return Applied {
                response: session.response.clone(),
                duplicate: true,
            };
        }
        let response = self.execute(&command.operation);
        if let Some((client, sequence)) = command.session {
            let session = Session {
                sequence,
                response: response.clone(),
            };
            self.sessions.insert_mut(client, session);
        }
        Applied {
            response,
            duplicate: false,
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Arc<str>> {
        self.pairs.get(key)
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
        assert_eq!(retry.response, Response::Done);
        assert!(store.apply(&put(1, "x", "1")).duplicate);
        assert_eq!(store.get("x").map(|value| &**value), Some("2"));
    }

    #[test]
    fn compare_and_set_takes_the_empty_value_for_absent() {
        let mut store = Store::default();
        let mut cas = |sequence, expect: &str, value: &str| {
            store
                .apply(&Command {
                    session: Some((ClientId(1), sequence)),
                    operation: Operation::Cas {
                        key: "x".into(),
                        expect: expect.into(),
                        value: value.into(),
                    },
                })
                .response
        };
        assert_eq!(cas(1, "", "1"), Response::Done);
        assert_eq!(cas(2, "", "2"), Response::Mismatch(Some("1".into())));
        assert_eq!(cas(3, "1", "2"), Response::Done);
    }

    #[test]
    fn a_deleted_key_is_absent() {
        let mut store = Store::default();
        store.apply(&put(1, "x", "1"));
        store.apply(&Command {
            session: None,
            operation: Operation::Delete { key: "x".into() },
        });
        assert_eq!(store.get("x"), None);
        assert_eq!(store.iter().count(), 0);
    }
}
