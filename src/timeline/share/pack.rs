//! A text packed small.
//!
//! It is what the strongest compressors do, cut down to texts of scenarios: bit by bit, several guesses
//! at what comes next, each from something else of what came before, are mixed into one probability,
//! and by that the bit is coded arithmetically (Mahoney, "Adaptive weighing of context models for
//! lossless data compression", 2005). Whoever unpacks guesses the same, from what is unpacked already.
//! Both know one text beforehand, in which the words of a scenario stand.
//!
//! Of a link's text this makes two thirds of what deflate makes of it, by a quarter of the code. What
//! is here decides what a packed text says: a change of it, or of the primer, is a new version of links.

/// What stands before every text: a bit of everything that a link may say.
const PRIMER: &[u8] = include_bytes!("primer.txt");

/// The guesses that come from what once followed the same bytes, or the like.
const CONTEXTS: usize = 6;
/// How many of the last bytes the first contexts go by; the last goes by the line as it looks.
const ORDERS: [usize; CONTEXTS - 1] = [0, 1, 2, 4, 6];
/// One more guess comes from the place where the last bytes have stood before.
const GUESSES: usize = CONTEXTS + 1;
/// How many of the last bytes such a place is found by.
const ALIKE: usize = 5;
/// From how many bytes alike on it no longer matters how many they are.
const ALIKE_MAX: usize = 31;
/// Bits of the number of cells for one context, and of the number of places.
const TABLE_BITS: u32 = 17;
/// Guesses are weighed by what the last byte was, and by whether little or much is alike.
const SETS: usize = 9;
/// A weight of one.
const ONE: i32 = 1 << 16;
/// The largest odds, in 256ths of their natural logarithm.
const ODDS_MAX: i32 = 2_047;

/// The logistic function of -8 to 8 in halves, out of 65536.
const LOGISTIC: [i32; 33] = [
    22, 36, 60, 98, 162, 267, 439, 721, 1179, 1919, 3108, 4971, 7812, 11955, 17625, 24743, 32768,
    40793, 47911, 53581, 57724, 60565, 62428, 63617, 64357, 64815, 65097, 65269, 65374, 65438,
    65476, 65500, 65514,
];

/// The probability of odds, out of 65536: never 0, never all.
fn probability(odds: i32) -> i32 {
    let odds = odds.clamp(-ODDS_MAX, ODDS_MAX) + 2_048;
    let (place, part) = ((odds >> 7) as usize, odds & 127);
    (LOGISTIC[place] * (128 - part) + LOGISTIC[place + 1] * part) >> 7
}

/// How often a one came where this cell was asked: the upper 22 bits; and in how many cases.
#[derive(Clone, Copy)]
struct Cell(u32);

impl Cell {
    const EVEN: Self = Self(1 << 31);
    const CASES_BITS: u32 = 10;
    /// It goes with the last so many cases.
    const CASES_MAX: u32 = 60;

    /// Its probability, out of 4096.
    const fn twelve_bits(self) -> usize {
        (self.0 >> 20) as usize
    }

    const fn learn(&mut self, bit: u32) {
        let was = (self.0 >> Self::CASES_BITS) as i32;
        let cases = self.0 & ((1 << Self::CASES_BITS) - 1);
        let error = if bit == 1 { (1 << 22) - 1 - was } else { -was };
        let probability = (was + error * 4 / (4 * cases as i32 + 5)) as u32;
        let cases = if cases < Self::CASES_MAX {
            cases + 1
        } else {
            cases
        };
        self.0 = probability << Self::CASES_BITS | cases;
    }
}

/// A hash of some bytes after others.
fn hash(bytes: &[u8], before: u32) -> u32 {
    bytes.iter().fold(before, |hash, &byte| {
        (hash ^ u32::from(byte))
            .wrapping_mul(0x0100_0193)
            .rotate_left(5)
    })
}

/// A place in a table by a hash.
const fn place(hash: u32) -> usize {
    (hash.wrapping_mul(0x85EB_CA6B) >> (32 - TABLE_BITS)) as usize
}

/// What guesses, and learns from what came.
struct Model {
    /// All that came, the primer first.
    text: Vec<u8>,
    /// The bits that came of the next byte, after a one.
    bits: u32,
    /// The line so far, all digits alike.
    line: u32,
    contexts: [u32; CONTEXTS],
    cells: Vec<Cell>,
    /// After which byte the same last bytes stood the last time, by their hash.
    places: Vec<u32>,
    /// Where it went on there, and how many bytes are alike before it: 0 when none is.
    alike_at: usize,
    alike: usize,
    alike_cells: [Cell; 2 * (ALIKE_MAX + 1)],
    weights: [i32; SETS * GUESSES],
    /// The odds of each probability out of 4096.
    odds: Vec<i16>,
    asked: [usize; GUESSES],
    guesses: [i32; GUESSES],
    set: usize,
    mixed: i32,
}

impl Model {
    fn new() -> Self {
        let mut odds = Vec::with_capacity(4_096);
        for those in -ODDS_MAX..=ODDS_MAX {
            odds.resize((probability(those) >> 4) as usize + 1, those as i16);
        }
        odds.resize(4_096, ODDS_MAX as i16);
        let mut model = Self {
            text: Vec::new(),
            bits: 1,
            line: 0,
            contexts: [0; CONTEXTS],
            cells: vec![Cell::EVEN; CONTEXTS << TABLE_BITS],
            places: vec![0; 1 << TABLE_BITS],
            alike_at: 0,
            alike: 0,
            alike_cells: [Cell::EVEN; 2 * (ALIKE_MAX + 1)],
            weights: [ONE * 3 / 10; SETS * GUESSES],
            odds,
            asked: [0; GUESSES],
            guesses: [0; GUESSES],
            set: 0,
            mixed: 0,
        };
        for bit in PRIMER.iter().copied().flat_map(bits) {
            model.guess();
            model.learn(bit);
        }
        model
    }

    /// How probable it is that the next bit is a one, out of 65536.
    fn guess(&mut self) -> u32 {
        for (number, context) in self.contexts.into_iter().enumerate() {
            let cell = place(context ^ self.bits.wrapping_mul(0x9E37_79B1));
            self.asked[number] = number << TABLE_BITS | cell;
            let probability = self.cells[self.asked[number]].twelve_bits();
            self.guesses[number] = i32::from(self.odds[probability]);
        }
        (self.asked[CONTEXTS], self.guesses[CONTEXTS]) = self.guess_alike();
        let length = usize::from(self.alike > 0) + usize::from(self.alike >= ALIKE_MAX);
        let last = match self.text.last() {
            Some(b'0'..=b'9') => 0,
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'-') => 1,
            _ => 2,
        };
        self.set = (last * 3 + length) * GUESSES;
        let weights = &self.weights[self.set..][..GUESSES];
        let pairs = weights.iter().zip(self.guesses);
        let sum: i64 = pairs
            .map(|(&weight, guess)| i64::from(weight) * i64::from(guess))
            .sum();
        let most = i64::from(ODDS_MAX);
        self.mixed = probability((sum >> 16).clamp(-most, most) as i32);
        self.mixed as u32
    }

    /// What the place says where the last bytes have stood before: which cell, and its odds.
    fn guess_alike(&mut self) -> (usize, i32) {
        if self.alike > 0 {
            let expected = 0x100 | u32::from(self.text[self.alike_at]);
            let to_come = self.bits.leading_zeros() - 23;
            if expected >> to_come == self.bits {
                let bit = expected >> (to_come - 1) & 1;
                let cell = self.alike.min(ALIKE_MAX) * 2 + bit as usize;
                let probability = self.alike_cells[cell].twelve_bits();
                return (cell, i32::from(self.odds[probability]));
            }
            self.alike = 0;
        }
        (0, 0)
    }

    /// The bit that was guessed at is this.
    fn learn(&mut self, bit: u32) {
        let error = (((bit as i32) << 16) - self.mixed) >> 2;
        let weights = &mut self.weights[self.set..][..GUESSES];
        for (weight, guess) in weights.iter_mut().zip(self.guesses) {
            *weight = weight.saturating_add((guess * error + (1 << 13)) >> 14);
        }
        for &cell in &self.asked[..CONTEXTS] {
            self.cells[cell].learn(bit);
        }
        self.alike_cells[self.asked[CONTEXTS]].learn(bit);
        self.bits = self.bits << 1 | bit;
        if self.bits > 0xFF {
            self.came(self.bits as u8);
            self.bits = 1;
        }
    }

    /// A whole byte has come.
    fn came(&mut self, byte: u8) {
        self.text.push(byte);
        let end = self.text.len();
        for (number, order) in ORDERS.into_iter().enumerate() {
            let last = &self.text[end.saturating_sub(order)..];
            self.contexts[number] = hash(last, order as u32);
        }
        self.line = match byte {
            b'\n' => 0,
            b'0'..=b'9' => hash(b"0", self.line),
            _ => hash(&[byte], self.line),
        };
        self.contexts[ORDERS.len()] = self.line;
        if self.alike > 0 {
            (self.alike_at, self.alike) = (self.alike_at + 1, self.alike + 1);
        }
        let last = place(hash(&self.text[end.saturating_sub(ALIKE)..], 0));
        if self.alike == 0 {
            self.alike_at = self.places[last] as usize;
            let there = self.text[..self.alike_at].iter().rev();
            let here = self.text.iter().rev().take(ALIKE_MAX);
            self.alike = there.zip(here).take_while(|(a, b)| a == b).count();
        }
        self.places[last] = end as u32;
    }
}

/// The bits of a byte, the highest first.
fn bits(byte: u8) -> impl Iterator<Item = u32> {
    (0..8).rev().map(move |place| u32::from(byte >> place) & 1)
}

/// The codes that are left: all that begin as those written, from `low` to `high`.
struct Range {
    low: u32,
    high: u32,
}

impl Range {
    const ALL: Self = Self {
        low: 0,
        high: u32::MAX,
    };

    /// The last code by which the next bit is a one.
    fn last_one(&self, probability: u32) -> u32 {
        let width = u64::from(self.high - self.low);
        self.low + ((width * u64::from(probability)) >> 16) as u32
    }

    const fn take(&mut self, bit: u32, last_one: u32) {
        if bit == 1 {
            self.high = last_one;
        } else {
            self.low = last_one + 1;
        }
    }

    /// The first byte of all codes that are left, once it is the same, taken off them.
    fn settled(&mut self) -> Option<u8> {
        let first = (self.high >> 24) as u8;
        ((self.low ^ self.high) >> 24 == 0).then(|| {
            (self.low, self.high) = (self.low << 8, self.high << 8 | 0xFF);
            first
        })
    }
}

/// The text, packed.
pub(super) fn pack(text: &[u8]) -> Vec<u8> {
    let (mut model, mut range) = (Model::new(), Range::ALL);
    let mut packed = Vec::new();
    for bit in text.iter().copied().flat_map(bits) {
        let last_one = range.last_one(model.guess());
        range.take(bit, last_one);
        model.learn(bit);
        packed.extend(std::iter::from_fn(|| range.settled()));
    }
    // With zeros after it, which is how it will be read, this byte is between the two ends.
    packed.push((range.high >> 24) as u8);
    packed
}

/// The text of `length` bytes that was packed so. Whatever the bytes, some text is.
pub(super) fn unpack(packed: &[u8], length: usize) -> Vec<u8> {
    let (mut model, mut range) = (Model::new(), Range::ALL);
    let mut packed = packed.iter().copied().chain(std::iter::repeat(0));
    let mut next = |code: u32| code << 8 | packed.next().map_or(0, u32::from);
    let mut code = (0..4).fold(0, |code, _| next(code));
    let begin = model.text.len();
    while model.text.len() < begin + length {
        let last_one = range.last_one(model.guess());
        let bit = u32::from(code <= last_one);
        range.take(bit, last_one);
        model.learn(bit);
        while range.settled().is_some() {
            code = next(code);
        }
    }
    model.text.split_off(begin)
}
