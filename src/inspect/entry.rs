//! An entry of a node's log: what it carries, and who has it.

use crate::kv::SharedCommand;
use crate::raft::{Entry, LogIndex, Node, NodeId, Payload, Term};
use crate::sim::{Server, World};
use crate::why::Witness;

use super::value::{Field, Group, Name, Value};

pub(super) fn groups(
    world: &World,
    witness: &Witness,
    server: &Server,
    index: LogIndex,
) -> Option<Vec<Group>> {
    let entry = server.log().get(index)?;
    let mut fields = vec![Field::new("node", server.id()), Field::new("index", index)];
    fields.extend(self::fields(entry));
    Some(vec![
        Group::new(Name::Entry, fields),
        Group::new(
            Name::Copies,
            vec![Field::new("nodes", rows(world, witness, index, entry.term))],
        ),
    ])
}

/// What an entry has of its own.
pub(super) fn fields(entry: &Entry<SharedCommand>) -> Vec<Field> {
    let mut fields = vec![Field::new("term", entry.term)];
    match &entry.payload {
        Payload::Noop => fields.push(Field::new("kind", "no-op")),
        Payload::Unknown => fields.push(Field::new("kind", "unknown")),
        Payload::Configuration(members) => {
            fields.push(Field::new("kind", "configuration"));
            fields.push(Field::new("members", **members));
        }
        Payload::Command(command) => {
            fields.push(Field::new("kind", "command"));
            fields.push(Field::new("command", command.operation.to_string()));
            fields.push(Field::new(
                "clientId",
                command.session.map(|(client, _)| client.0),
            ));
            fields.push(Field::new(
                "sequence",
                command.session.map(|(_, sequence)| sequence),
            ));
            fields.push(Field::new("sessionOpened", command.opened));
            fields.push(Field::new("stamp", command.stamp));
        }
    }
    fields
}

/// Whether a node has the entry of that index and term, or a snapshot in its place: of what was committed
/// there, and not another one.
pub(super) fn has(server: &Server, witness: &Witness, index: LogIndex, term: Term) -> bool {
    let is_meant = |committed: Term| committed == term;
    match server.log().term_at(index) {
        Some(found) => found == term,
        None => {
            server.log().covers(index, term) && witness.committed_term(index).is_none_or(is_meant)
        }
    }
}

/// How it stands with the entry of that index and term on each node.
fn rows(world: &World, witness: &Witness, index: LogIndex, term: Term) -> Value {
    let servers = world.servers().iter();
    let rows: Vec<(NodeId, Vec<Field>)> = servers
        .map(|server| {
            let found = server.log().term_at(index);
            let has = has(server, witness, index, term);
            let counted = world
                .leader()
                .and_then(|leader| world.server(leader)?.node())
                .and_then(|leader| Node::counted_index(leader, server.id()));
            let fields = vec![
                Field::new("stored", has),
                Field::new("durable", has && server.durable_index() >= index),
                Field::new("counted", counted.map(|up_to| has && up_to >= index)),
                Field::new("committed", has && server.commit_index() >= index),
                Field::new("applied", has && server.last_applied() >= index),
                Field::new("otherTerm", found.filter(|found| *found != term)),
            ];
            (server.id(), fields)
        })
        .collect();
    Value::Table(rows)
}
