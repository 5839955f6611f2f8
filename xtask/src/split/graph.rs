//! Which function belongs to which part: to one that alone reaches it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

use super::Part;
use super::module::Module;

/// Where a function goes.
pub type Belongs = BTreeMap<u32, usize>;

/// Below so many bytes of code, a function that is called by way of a pointer and calls none stays in the
/// main module, where its stub would hardly be smaller.
const LEAST_POINTED_TO: usize = 40;
/// The same, of an instance of somebody's generic function, whatever it calls: the compiler makes one of
/// those that do the same, of a part, say, and one that is always needed, under the name of either.
const LEAST_GENERIC: usize = 100;
/// The same, of hooks: of those there are most.
const LEAST_HOOK: usize = 300;

/// Who calls whom.
pub struct Graph<'a> {
    module: &'a Module<'a>,
    callees: Vec<BTreeSet<u32>>,
}

impl<'a> Graph<'a> {
    pub fn new(module: &'a Module<'a>) -> Self {
        let callees = (module.bodies.iter())
            .map(|body| Module::callees(body).unwrap_or_default())
            .collect();
        Self { module, callees }
    }

    /// The functions that go to a part, each with the place of that part.
    pub fn assign(&self, parts: &[Part]) -> Result<Belongs> {
        let named: BTreeMap<_, _> = (self.module.names.iter())
            .map(|(index, name)| (*index, plain(name)))
            .collect();
        let mut roots = Vec::new();
        for part in parts {
            roots.push(self.roots(part, &named)?);
        }
        let entries: BTreeSet<u32> = (named.iter())
            .filter(|(_, name)| {
                parts
                    .iter()
                    .any(|part| part.entries.contains(&name.as_str()))
            })
            .map(|(index, _)| *index)
            .collect();
        let all: BTreeSet<u32> = roots.iter().flatten().copied().collect();
        let pointed_to = (self.module.pointed_to.iter()).filter(|index| !all.contains(index));
        let from = self.module.exported.iter().chain(pointed_to).copied();
        let main = self.reached(from.collect(), &entries);

        let mut belongs = Belongs::new();
        let mut shared = BTreeSet::new();
        for (place, roots) in roots.iter().enumerate() {
            // Other parts' entries are called by their stubs.
            let others = entries.difference(roots).copied().collect();
            for function in self.reached(roots.difference(&main).copied().collect(), &others) {
                if !main.contains(&function) && belongs.insert(function, place).is_some() {
                    shared.insert(function);
                }
            }
        }
        belongs.retain(|function, _| !shared.contains(function) && !self.is_imported(*function));
        Ok(belongs)
    }

    /// Where a part begins.
    fn roots(&self, part: &Part, named: &BTreeMap<u32, String>) -> Result<BTreeSet<u32>> {
        for entry in part.entries {
            ensure!(
                named.values().any(|name| name == entry),
                "there is no function {entry}, by which the part {:?} is entered: \
                 has it no #[inline(never)]?",
                part.name
            );
        }
        let begins = |index: u32, name: &str| {
            part.entries.contains(&name)
                || self.module.pointed_to.contains(&index)
                    && is_of(part, name)
                    && match kind(name) {
                        Kind::Own => self.size(index) >= LEAST_POINTED_TO || self.calls(index),
                        Kind::Generic => self.size(index) >= LEAST_GENERIC,
                        Kind::Hook => self.size(index) >= LEAST_HOOK,
                    }
        };
        Ok((named.iter())
            .filter(|(index, name)| begins(**index, name))
            .map(|(index, _)| *index)
            .collect())
    }

    fn is_imported(&self, function: u32) -> bool {
        (function as usize) < self.module.imported
    }

    fn size(&self, function: u32) -> usize {
        let place = (function as usize).checked_sub(self.module.imported);
        place.map_or(0, |place| self.module.bodies[place].range().len())
    }

    fn calls(&self, function: u32) -> bool {
        let place = (function as usize).checked_sub(self.module.imported);
        place.is_some_and(|place| !self.callees[place].is_empty())
    }

    /// All that is reached from some functions, without going through others.
    fn reached(&self, from: BTreeSet<u32>, around: &BTreeSet<u32>) -> BTreeSet<u32> {
        let mut open: Vec<u32> = from.iter().copied().collect();
        let mut reached = from;
        while let Some(function) = open.pop() {
            let place = (function as usize).checked_sub(self.module.imported);
            for callee in place.into_iter().flat_map(|place| &self.callees[place]) {
                if !around.contains(callee) && reached.insert(*callee) {
                    open.push(*callee);
                }
            }
        }
        reached
    }
}

/// Whether a function belongs to a part by its name.
fn is_of(part: &Part, name: &str) -> bool {
    part.modules.iter().any(|module| name.contains(module))
}

/// Whose a function is that belongs to a part by its name.
enum Kind {
    Own,
    /// An instance of somebody's generic one, with a type of ours.
    Generic,
    Hook,
}

fn kind(name: &str) -> Kind {
    if name.trim_start_matches('<').starts_with("flotilla::") || !name.contains("flotilla::") {
        Kind::Own
    } else if name.contains("hooks::") {
        Kind::Hook
    } else {
        Kind::Generic
    }
}

/// The function of that name.
pub fn named(module: &Module, name: &str) -> Option<u32> {
    let mut names = module.names.iter();
    names
        .find(|(_, of)| plain(of) == name)
        .map(|(index, _)| *index)
}

/// A name without what says which build of a crate it is of: `flotilla[b105974019fb1386]::ui`.
fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        rest = match after.split_once(']') {
            Some((hash, after)) if hash.len() == 16 && u64::from_str_radix(hash, 16).is_ok() => {
                after
            }
            _ => {
                plain.push('[');
                after
            }
        };
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_of_a_crate_is_no_part_of_a_name() {
        assert_eq!(
            plain("<[u8; 16] as yew[d13f66234649da72]::Hook>::run[b105974019fb1386]"),
            "<[u8; 16] as yew::Hook>::run"
        );
    }
}
