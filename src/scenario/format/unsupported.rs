//! What the format has and the simulator has not, yet: all of it is here, and only here refused.
//!
//! Its form is checked first, so that a typo is told as a typo. To support one of these, take it
//! out of this file and read it where its like are read.

use crate::scenario::script::{Fact, Verb};

use super::reader::{MAX_INTEGER, Reader, Table, Value};

/// Kinds of message.
pub(super) const MESSAGES: &[&str] = &["InstallSnapshot", "InstallSnapshotReply"];

/// Safety properties.
pub(super) const PROPERTIES: &[&str] = &["snapshot-equality"];

/// The keys of `[raft]` that are refused unless they say what holds anyway.
pub(super) fn raft(reader: &mut Reader<'_>, table: &Table<'_>) {
    if let Some(value) = table.get("snapshot_after")
        && reader
            .integer(value, 0..=MAX_INTEGER)
            .is_some_and(|after| after > 0)
    {
        refuse(reader, value.span().start, "compaction of the log");
    }
}

/// The verb called `name`, which stands at `byte`.
pub(super) fn verb(
    reader: &mut Reader<'_>,
    name: &str,
    byte: usize,
    value: Value<'_>,
) -> Option<Verb> {
    // `snapshot`
    reader.several(value)?;
    refuse(reader, byte, &format!("the verb `{name}`"));
    None
}

/// The key `name` of an expectation, which stands at `byte`.
pub(super) fn fact(
    reader: &mut Reader<'_>,
    name: &str,
    byte: usize,
    value: Value<'_>,
) -> Option<Fact> {
    // `snapshot`
    let indices = reader.per_node(value, "{ S1 = 10 }", |reader, value| {
        reader.integer(value, 0..=MAX_INTEGER)
    });
    drop(indices?);
    refuse(reader, byte, &format!("`{name}` in `expect`"));
    None
}

fn refuse(reader: &mut Reader<'_>, byte: usize, what: &str) {
    reader.error(byte, format!("{what} is not supported yet; leave it out"));
}
