//! Strings and the numbers they have, in the order in which they were added.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

const FREE: u32 = u32::MAX;

/// A table of strings, open addressed: half of each entry is of the hash, so that few strings are compared in vain.
pub struct Names {
    seed: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    table: Vec<(u32, u32)>, // of the hash, and the number
    found: usize,           // entries of the table
}

impl Default for Names {
    fn default() -> Self {
        let seed = RandomState::new().build_hasher().finish();
        Names { seed, bytes: Vec::new(), ends: Vec::new(), table: Vec::new(), found: 0 }
    }
}

impl Names {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    pub fn get(&self, number: u32) -> &[u8] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.bytes[start..self.ends[number]]
    }

    /// Returns the number of a string that was added to be found.
    #[inline]
    pub fn find(&self, name: &[u8]) -> Option<u32> {
        if self.table.is_empty() {
            return None;
        }
        let hash = hash(self.seed, name);
        let (mask, mark) = (self.table.len() - 1, (hash >> 32) as u32);
        let mut at = hash as usize & mask;
        loop {
            let (of_hash, number) = self.table[at];
            if number == FREE {
                return None;
            }
            if of_hash == mark && self.get(number) == name {
                return Some(number);
            }
            at = (at + 1) & mask;
        }
    }

    /// Returns the number of a string, a new one if it has none.
    pub fn number(&mut self, name: &[u8]) -> u32 {
        self.find(name).unwrap_or_else(|| self.add(name, true))
    }

    /// Gives a string the next number; it is there to be found only if that is said.
    pub fn add(&mut self, name: &[u8], findable: bool) -> u32 {
        let number = self.ends.len() as u32;
        self.bytes.extend_from_slice(name);
        self.ends.push(self.bytes.len());
        if findable {
            if self.found * 2 >= self.table.len() {
                self.grow();
            }
            self.insert(hash(self.seed, name), number);
        }
        number
    }

    fn insert(&mut self, hash: u64, number: u32) {
        let mask = self.table.len() - 1;
        let mut at = hash as usize & mask;
        while self.table[at].1 != FREE {
            at = (at + 1) & mask;
        }
        self.table[at] = ((hash >> 32) as u32, number);
        self.found += 1;
    }

    fn grow(&mut self) {
        let larger = (self.table.len() * 2).max(64);
        let old = std::mem::replace(&mut self.table, vec![(0, FREE); larger]);
        self.found = 0;
        for (_, number) in old.into_iter().filter(|entry| entry.1 != FREE) {
            self.insert(hash(self.seed, self.get(number)), number);
        }
    }
}

/// Hashes eight bytes at a time. The seed is another in each process, so that no text can be made to be looked up slowly.
#[inline]
fn hash(seed: u64, name: &[u8]) -> u64 {
    let mut hash = mixed(seed ^ name.len() as u64);
    let mut eights = name.chunks_exact(8);
    for eight in &mut eights {
        hash = mixed(hash ^ u64::from_le_bytes(eight.try_into().expect("eight bytes")));
    }
    let mut last = [0; 8];
    last[..eights.remainder().len()].copy_from_slice(eights.remainder());
    mixed(hash ^ u64::from_le_bytes(last))
}

/// Returns a number of which every bit depends on every bit of another.
#[inline]
pub fn mixed(value: u64) -> u64 {
    let product = u128::from(value ^ 0xa076_1d64_78bd_642f) * 0x9e37_79b9_7f4a_7c15;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_keep_the_numbers_they_were_given() {
        let mut names = Names::default();
        let text = |n: u32| format!("کلمه{n}").into_bytes();
        for n in 0..5000 {
            assert_eq!(names.number(&text(n)), n);
        }
        for n in 0..5000 {
            assert_eq!((names.find(&text(n)), names.get(n)), (Some(n), &text(n)[..]));
        }
        assert_eq!(names.find(b"x"), None);
    }

    #[test]
    fn what_is_not_to_be_found_has_a_number_all_the_same() {
        let mut names = Names::default();
        assert_eq!((names.add(b"a", false), names.find(b"a"), names.number(b"a")), (0, None, 1));
    }
}
