//! The clients' operations as intervals in time.

use crate::raft::Time;

use super::client::OperationRecord;
use super::world::World;

/// The most operations that are looked at to find those of a stretch.
const LOOKED_AT_MAX: usize = 10_000;

impl World {
    /// The operations that wait to be sent or for an answer at some time from `from` to `until`, the
    /// newest first, of a client that has many at once the latest; at most `most`. The cost is that of
    /// the stretch, or of what is looked at at the most when some client has long been silent.
    pub fn operations_between(
        &self,
        from: Time,
        until: Time,
        most: usize,
    ) -> Vec<&OperationRecord> {
        let records = self.operations();
        // They are in the order in which they were asked for.
        let (mut low, mut high) = (0, records.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match records[middle].asked <= until {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        // A client's are answered one after another: before one that was answered early, all were.
        let mut is_over = vec![false; self.clients.count()];
        let mut left = is_over.len();
        let mut found = Vec::new();
        for place in (low.saturating_sub(LOOKED_AT_MAX)..low).rev() {
            if left == 0 || found.len() == most {
                break;
            }
            let record = &records[place];
            let over = &mut is_over[record.client.0 as usize];
            if *over {
                continue;
            }
            let is_before = record.ended.is_some_and(|ended| ended < from);
            if !is_before {
                found.push(record);
            }
            if is_before || record.sequence == 1 {
                *over = true;
                left -= 1;
            }
        }
        found
    }
}
