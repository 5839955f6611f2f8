//! Which function belongs to which part: to one that alone reaches it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};

use super::Part;
use super::module::Module;

/// Where a function goes.
pub type Belongs = BTreeMap<u32, usize>;

/// Below so many bytes of code, a function that is called by way of a pointer stays in the main
/// module. The compiler makes one of small functions that do the same, under the name of either:
/// of a destructor of this part's, say, and one that is always needed.
const LEAST_POINTED_TO: usize = 300;

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
        let (small, others) = pointed_to
            .copied()
            .partition::<BTreeSet<u32>, _>(|index| is_of_a_part(parts, named.get(index)));
        let from = self.module.exported.iter().copied().chain(others);
        let mut main = self.reached(from.collect(), &entries);
        // What only these call stays in its part: whoever calls them has that.
        let mut around = entries.clone();
        for (place, part) in parts.iter().enumerate() {
            let own = self.called_by_small(&small, part, &named);
            roots[place].extend(own.difference(&main));
            around.extend(own.difference(&main));
        }
        main.extend(self.reached(small, &around));

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
                    && self.size(index) >= LEAST_POINTED_TO
                    && is_of(part, name)
        };
        Ok((named.iter())
            .filter(|(index, name)| begins(**index, name))
            .map(|(index, _)| *index)
            .collect())
    }

    /// The functions of a part that small functions call by their names, those that are pointed to.
    fn called_by_small(
        &self,
        small: &BTreeSet<u32>,
        part: &Part,
        named: &BTreeMap<u32, String>,
    ) -> BTreeSet<u32> {
        // The compiler may have made one of the destructors of several types.
        let is_own = |name: &String| is_of(part, name) && !name.starts_with("core::ptr::drop");
        (small.iter())
            .filter_map(|index| (*index as usize).checked_sub(self.module.imported))
            .flat_map(|place| &self.callees[place])
            .filter(|callee| self.size(**callee) >= LEAST_POINTED_TO)
            .filter(|callee| named.get(*callee).is_some_and(is_own))
            .copied()
            .collect()
    }

    fn is_imported(&self, function: u32) -> bool {
        (function as usize) < self.module.imported
    }

    fn size(&self, function: u32) -> usize {
        let place = (function as usize).checked_sub(self.module.imported);
        place.map_or(0, |place| self.module.bodies[place].range().len())
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

fn is_of_a_part(parts: &[Part], name: Option<&String>) -> bool {
    name.is_some_and(|name| parts.iter().any(|part| is_of(part, name)))
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
