//! Nodes where a node is wanted: by name, or by what they are at that moment.

use toml::de::DeValue;

use crate::raft::{NodeId, NodeSet};
use crate::scenario::script::{NodeSelector, PerNode, Selector};

use super::reader::{Reader, Value, entries};
use super::words::{clip, found, guess, list};

/// What stands where a node or a word is wanted.
pub(super) enum Named {
    /// A node by its name.
    Node(NodeId),
    /// One of the words.
    Word(&'static str),
}

/// The words for one node.
const ONE: [&str; 2] = ["leader", "follower"];

/// The words for several.
const SEVERAL: [&str; 4] = ["leader", "follower", "followers", "all"];

impl Reader<'_> {
    /// A node by its name.
    pub(super) fn node(&mut self, value: Value<'_>) -> Option<NodeId> {
        match self.named(value, &[])? {
            Named::Node(id) => Some(id),
            Named::Word(_) => None,
        }
    }

    /// A node by its name, or one of `words`.
    pub(super) fn named(&mut self, value: Value<'_>, words: &[&'static str]) -> Option<Named> {
        let text = self.string(value, "a node such as \"S1\"")?;
        self.name(value.span().start, text, words)
    }

    fn name(&mut self, byte: usize, text: &str, words: &[&'static str]) -> Option<Named> {
        if let Some(word) = words.iter().find(|&&word| word == text) {
            return Some(Named::Word(word));
        }
        let message = match text.parse::<NodeId>() {
            Ok(id) if self.nodes.contains(id) => return Some(Named::Node(id)),
            Ok(id) => format!(
                "there is no node {id}; the cluster has {}",
                ranges(self.nodes)
            ),
            Err(_) => match guess(text, words.iter().copied()) {
                Some(meant) => format!(
                    "\"{}\" is not a node; did you mean \"{meant}\"?",
                    clip(text)
                ),
                None => format!(
                    "\"{}\" is not a node; write {}",
                    clip(text),
                    list(
                        std::iter::once("S1").chain(words.iter().copied()),
                        '"',
                        "or"
                    )
                ),
            },
        };
        self.error(byte, message);
        None
    }

    /// One node, by name or by what it is.
    pub(super) fn one(&mut self, value: Value<'_>) -> Option<NodeSelector> {
        Some(match self.named(value, &ONE)? {
            Named::Node(id) => NodeSelector::Node(id),
            Named::Word("leader") => NodeSelector::Leader,
            Named::Word(_) => NodeSelector::Follower,
        })
    }

    /// One node or several.
    pub(super) fn several(&mut self, value: Value<'_>) -> Option<Selector> {
        match value.get_ref() {
            DeValue::String(text) => self.selector(value.span().start, text),
            DeValue::Array(items) => {
                let nodes = self.distinct(value, items, Self::one)?;
                Some(Selector::Nodes(nodes))
            }
            other => {
                let message = format!(
                    "expected a node such as \"S1\", or an array of nodes, found {}",
                    found(other)
                );
                self.error(value.span().start, message);
                None
            }
        }
    }

    fn selector(&mut self, byte: usize, text: &str) -> Option<Selector> {
        Some(match self.name(byte, text, &SEVERAL)? {
            Named::Node(id) => NodeSelector::Node(id).into(),
            Named::Word("leader") => NodeSelector::Leader.into(),
            Named::Word("follower") => NodeSelector::Follower.into(),
            Named::Word("followers") => Selector::Followers,
            Named::Word(_) => Selector::All,
        })
    }

    /// The members of an array of nodes: at least one, none twice.
    pub(super) fn distinct<T: PartialEq + std::fmt::Display>(
        &mut self,
        array: Value<'_>,
        items: &[toml::Spanned<DeValue<'_>>],
        read: fn(&mut Self, Value<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        if items.is_empty() {
            self.error(
                array.span().start,
                "this array is empty; name at least one node",
            );
            return None;
        }
        let mut nodes = Vec::new();
        let mut are_right = true;
        for item in items {
            match read(self, item) {
                Some(node) if nodes.contains(&node) => {
                    self.error(
                        item.span().start,
                        format!("{node} is named twice; name it once"),
                    );
                    are_right = false;
                }
                Some(node) => nodes.push(node),
                None => are_right = false,
            }
        }
        are_right.then_some(nodes)
    }

    /// A table from nodes to what `read` makes of the values; at least one.
    pub(super) fn per_node<T>(
        &mut self,
        value: Value<'_>,
        example: &str,
        mut read: impl FnMut(&mut Self, Value<'_>) -> Option<T>,
    ) -> Option<PerNode<T>> {
        let DeValue::Table(map) = value.get_ref() else {
            let message = format!("expected {example}, found {}", found(value.get_ref()));
            self.error(value.span().start, message);
            return None;
        };
        if map.is_empty() {
            self.error(
                value.span().start,
                format!("this names no node; write {example}"),
            );
            return None;
        }
        let mut nodes = PerNode::new();
        for (key, byte, value) in entries(map) {
            let selector = self.selector(byte, key);
            let said = read(self, value);
            nodes.extend(selector.zip(said));
        }
        Some(nodes)
    }
}

/// The nodes, runs of them shortened: `S1 to S5, S9`.
fn ranges(nodes: NodeSet) -> String {
    let mut runs: Vec<(NodeId, NodeId)> = Vec::new();
    for id in nodes.iter() {
        match runs.last_mut() {
            Some((_, last)) if last.number() + 1 == id.number() => *last = id,
            _ => runs.push((id, id)),
        }
    }
    let runs: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| match last.number() - first.number() {
            0 => first.to_string(),
            _ => format!("{first} to {last}"),
        })
        .collect();
    runs.join(", ")
}
