//! A vector whose clones share their structure: what logs and histories are kept in.

use std::ops::Index;
use std::sync::Arc;

use rpds::VectorSync;

/// About so many bytes a chunk has: so few that a clone that goes its own way copies little, so many
/// that an element costs hardly more than its own size.
const CHUNK_BYTES: usize = 1024;

/// Elements by place. A clone costs two reference counts, and shares with the original whatever neither
/// changes afterwards.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chunks<T> {
    full: VectorSync<Vec<T>>,
    /// What comes after them and is no full chunk: nearly everything is done here, and without a way
    /// through the tree.
    last: Arc<Vec<T>>,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self {
            full: VectorSync::new_sync(),
            last: Arc::default(),
        }
    }
}

impl<T> Chunks<T> {
    /// How many elements a chunk has.
    const CHUNK: usize = match CHUNK_BYTES / size_of::<T>() {
        0..16 => 8,
        16..32 => 16,
        32..64 => 32,
        _ => 64,
    };

    /// How many there are.
    pub fn len(&self) -> usize {
        self.full.len() * Self::CHUNK + self.last.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one at that place, from 0.
    pub fn get(&self, place: usize) -> Option<&T> {
        let (chunk, place) = (place / Self::CHUNK, place % Self::CHUNK);
        match chunk == self.full.len() {
            true => self.last.get(place),
            false => self.full.get(chunk)?.get(place),
        }
    }

    /// The last.
    pub fn last(&self) -> Option<&T> {
        self.last.last().or_else(|| self.full.last()?.last())
    }

    /// How many at the front are the same as the other's because both share them: there may be more
    /// that are equal. It takes a step for each chunk.
    pub fn shared(&self, other: &Self) -> usize {
        let pairs = self.full.iter().zip(&other.full);
        let shared = pairs.take_while(|(one, other)| std::ptr::eq(*one, *other));
        let chunks = shared.count();
        let all = chunks == self.full.len() && chunks == other.full.len();
        let last = match all && Arc::ptr_eq(&self.last, &other.last) {
            true => self.last.len(),
            false => 0,
        };
        chunks * Self::CHUNK + last
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.full.iter().flatten().chain(self.last.iter())
    }
}

impl<T: Clone> Chunks<T> {
    /// The one at that place, to be changed.
    pub fn get_mut(&mut self, place: usize) -> Option<&mut T> {
        let (chunk, place) = (place / Self::CHUNK, place % Self::CHUNK);
        match chunk == self.full.len() {
            true => Arc::make_mut(&mut self.last).get_mut(place),
            false => self.full.get_mut(chunk)?.get_mut(place),
        }
    }

    /// Adds one at the end.
    pub fn push(&mut self, element: T) {
        let last = Arc::make_mut(&mut self.last);
        // A chunk that was shared has been copied, with no more room than it needed.
        last.reserve_exact(Self::CHUNK - last.len());
        last.push(element);
        if last.len() == Self::CHUNK {
            self.full.push_back_mut(std::mem::take(last));
        }
    }

    /// Removes the last.
    pub fn pop(&mut self) -> Option<T> {
        if self.last.is_empty() {
            self.last = Arc::new(self.full.last()?.clone());
            self.full.drop_last_mut();
        }
        Arc::make_mut(&mut self.last).pop()
    }
}

impl<T> Index<usize> for Chunks<T> {
    type Output = T;

    fn index(&self, place: usize) -> &T {
        self.get(place).expect("it is there")
    }
}

impl<T: Clone> FromIterator<T> for Chunks<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let mut all = Self::default();
        for element in elements {
            all.push(element);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_vector() {
        let mut chunks = Chunks::default();
        let mut vector = Vec::new();
        // Up and down, over the ends of chunks.
        for (up, down) in [(70, 7), (1, 1), (100, 132), (65, 64), (200, 3)] {
            for number in 0..up {
                chunks.push(number);
                vector.push(number);
            }
            for _ in 0..down {
                assert_eq!(chunks.pop(), vector.pop());
            }
            assert_eq!((chunks.len(), chunks.last()), (vector.len(), vector.last()));
            assert!(chunks.iter().eq(vector.iter()));
            assert!(chunks.iter().rev().eq(vector.iter().rev()));
            assert!((0..=vector.len()).all(|place| chunks.get(place) == vector.get(place)));
            assert_eq!(vector.iter().copied().collect::<Chunks<_>>(), chunks);
        }
    }

    #[test]
    fn clones_go_their_own_ways() {
        let mut one: Chunks<u32> = (0..90).collect();
        let mut other = one.clone();
        one.push(1);
        other.push(2);
        *other.get_mut(70).expect("it is there") = 7;
        assert_eq!((one[70], one[90]), (70, 1));
        assert_eq!((other[70], other[90]), (7, 2));
    }

    #[test]
    fn clones_share_what_neither_has_changed() {
        let whole = Chunks::<u32>::CHUNK;
        let one: Chunks<u32> = (0..10 * whole as u32).collect();
        let mut other = one.clone();
        assert_eq!(one.shared(&other), 10 * whole);
        other.push(1);
        assert_eq!(one.shared(&other), 10 * whole);
        *other.get_mut(3 * whole + 1).expect("it is there") = 7;
        assert_eq!(one.shared(&other), 3 * whole);
        // What is equal is not shared for that.
        assert_eq!(one.shared(&one.iter().copied().collect()), 0);
    }
}
