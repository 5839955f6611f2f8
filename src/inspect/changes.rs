//! What differs between two inspections of one thing.

use super::value::{Field, Inspection, Name, Value};

/// A field that differs.
#[derive(Clone, PartialEq, Debug)]
pub struct Change {
    /// In which group.
    pub group: Name,
    /// Its name, after those of the fields that it is in: `progress.S2.nextIndex`.
    pub path: String,
    /// Its value before; `None`: it was not there.
    pub before: Option<Value>,
    /// Its value after; `None`: it is no more.
    pub after: Option<Value>,
}

/// What changes with time alone, whatever happens.
const WITH_TIME: [&str; 4] = ["clockShows", "leaseEndedAgo", "leaseLeft", "promiseLeft"];

/// The fields that differ, but for those that change with time alone, in the order of the later
/// inspection; those that are no more at the end.
pub fn changes(before: &Inspection, after: &Inspection) -> Vec<Change> {
    let (old, new) = (leaves(before), leaves(after));
    let mut differ = Vec::new();
    for (group, path, value) in &new {
        let was = old.iter().find(|leaf| (leaf.0, &leaf.1) == (*group, path));
        let was = was.map(|leaf| leaf.2);
        if was != Some(*value) {
            differ.push(Change {
                group: *group,
                path: path.clone(),
                before: was.cloned(),
                after: Some((*value).clone()),
            });
        }
    }
    for (group, path, value) in old {
        if !new.iter().any(|leaf| (leaf.0, &leaf.1) == (group, &path)) {
            differ.push(Change {
                group,
                path,
                before: Some(value.clone()),
                after: None,
            });
        }
    }
    differ
}

/// Every field that has no fields of its own, with its group and its path.
fn leaves(inspection: &Inspection) -> Vec<(Name, String, &Value)> {
    let mut found = Vec::new();
    for group in &inspection.groups {
        let fields = group.fields.iter();
        for field in fields.filter(|field| !WITH_TIME.contains(&field.name)) {
            descend(group.name, "", field, &mut found);
        }
    }
    found
}

fn descend<'a>(
    group: Name,
    within: &str,
    field: &'a Field,
    found: &mut Vec<(Name, String, &'a Value)>,
) {
    let path = format!("{within}{}", field.name);
    match &field.value {
        Value::Fields(fields) => {
            for inner in fields {
                descend(group, &format!("{path}."), inner, found);
            }
        }
        Value::Table(rows) => {
            for (node, fields) in rows {
                for inner in fields {
                    descend(group, &format!("{path}.{node}."), inner, found);
                }
            }
        }
        value => found.push((group, path, value)),
    }
}
