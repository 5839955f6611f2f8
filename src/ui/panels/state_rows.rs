//! What the state table says: which keys there are, what each node has, who differs.

use std::rc::Rc;

use crate::ui::view::StateView;

/// What a node has for a key.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Held {
    /// The value; `None`: the key is absent.
    pub(super) value: Option<Rc<str>>,
    /// Whether that differs from what the node that has applied most has.
    pub(super) differs: bool,
}

/// Every key that any node has, in order.
pub(super) fn keys(states: &[StateView]) -> Vec<Rc<str>> {
    states
        .iter()
        .fold(Vec::new(), |keys, state| merged(&keys, &state.pairs))
}

/// The keys with those of `pairs`, both in order.
fn merged(keys: &[Rc<str>], pairs: &[(Rc<str>, Rc<str>)]) -> Vec<Rc<str>> {
    let mut all = Vec::with_capacity(keys.len().max(pairs.len()));
    let (mut keys, mut pairs) = (keys, pairs);
    while let (Some(key), Some((other, _))) = (keys.first(), pairs.first()) {
        all.push(Rc::clone(key.min(other)));
        let order = key.cmp(other);
        keys = &keys[usize::from(order.is_le())..];
        pairs = &pairs[usize::from(order.is_ge())..];
    }
    all.extend_from_slice(keys);
    all.extend(pairs.iter().map(|(key, _)| Rc::clone(key)));
    all
}

/// What each node has for `key`, in order of the nodes; `None` for a node that is down.
pub(super) fn held(states: &[StateView], key: &str) -> Vec<Option<Held>> {
    let newest = states
        .iter()
        .filter(|state| !state.down)
        .max_by_key(|state| state.applied)
        .and_then(|state| value(state, key));
    states
        .iter()
        .map(|state| {
            (!state.down).then(|| {
                let value = value(state, key);
                Held {
                    differs: value != newest,
                    value,
                }
            })
        })
        .collect()
}

fn value(state: &StateView, key: &str) -> Option<Rc<str>> {
    let place = state
        .pairs
        .binary_search_by(|(other, _)| other.as_ref().cmp(key))
        .ok()?;
    Some(Rc::clone(&state.pairs[place].1))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;
    use crate::raft::{Configuration, LogIndex, NodeId};

    fn state(node: usize, applied: u64, pairs: &[(&str, &str)]) -> StateView {
        StateView {
            id: NodeId::from_index(node),
            down: false,
            applied: LogIndex(applied),
            members: Configuration::default(),
            pairs: pairs
                .iter()
                .map(|&(key, value)| (key.into(), value.into()))
                .collect(),
        }
    }

    #[test]
    fn every_key_of_any_node_is_shown_once_in_order() {
        let states = [
            state(0, 2, &[("a", "1"), ("c", "1")]),
            state(1, 1, &[("b", "1"), ("c", "1")]),
        ];
        let keys = keys(&states);
        assert_eq!(
            keys.iter().map(|key| &**key).collect::<Vec<_>>(),
            ["a", "b", "c"]
        );
    }

    #[test]
    fn who_lags_differs_from_who_has_applied_most() {
        let states = [
            state(0, 3, &[("x", "2")]),
            state(1, 2, &[("x", "1")]),
            state(2, 0, &[]),
            StateView {
                down: true,
                ..state(3, 0, &[])
            },
        ];
        let held = held(&states, "x");
        let differs: Vec<_> = held
            .iter()
            .map(|held| held.as_ref().map(|held| held.differs))
            .collect();
        assert_eq!(differs, [Some(false), Some(true), Some(true), None]);
    }
}
