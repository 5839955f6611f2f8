//! Any link is refused or opened; what is opened comes back from another link of it, and runs.
//!
//! A right checksum, and after it a text packed so that it can be read, is not found by trying. So an
//! input goes one of three ways: one that begins as a link does is one; one that begins with a byte that
//! no text has is what stands behind a right checksum; any other is the text in a link, on which most
//! time is well spent.

#![no_main]

mod common;

use flotilla::scenario::Scenario;
use flotilla::timeline::share::{self, ShareError, Shared};
use libfuzzer_sys::fuzz_target;

/// How many things a run from a link does here: the target of scenarios plays on.
const THINGS: usize = 60;

fuzz_target!(|data: &[u8]| {
    if let Some((0xFF, body)) = data.split_first() {
        // The bytes begin with a length, of which only a short one is tried often.
        let mut body = body.to_vec();
        for (byte, most) in body.iter_mut().zip([0xFF, 0x07, 0]) {
            *byte &= most;
        }
        look(share::decode(&sealed(&body)));
    } else if let Ok(text) = std::str::from_utf8(data) {
        look(match text.starts_with("1.") {
            // A file of one line ends it.
            true => share::decode(text.trim_end_matches('\n')),
            false => share::read(text),
        });
    }
});

fn look(shared: Result<Shared, ShareError>) {
    match shared {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(shared) => {
            // What came in a text may be more than a link takes.
            if let Ok(link) = share::encode(&shared) {
                let again = share::decode(&link).expect("what was made is opened");
                assert_eq!(without_lines(again), without_lines(shared.clone()));
            }
            common::run(&shared.branches[shared.shown], THINGS);
        }
    }
}

/// The same but for the lines, which are where a text has them.
fn without_lines(mut shared: Shared) -> Shared {
    let branches = shared.branches.into_iter();
    shared.branches = branches.map(Scenario::without_lines).collect();
    shared
}

/// The link with these bytes behind the checksum.
fn sealed(body: &[u8]) -> String {
    let sum = !body.iter().fold(!0_u32, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            sum >> 1 ^ if sum & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    });
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bytes = [&sum.to_le_bytes(), body].concat();
    let mut link = "1.".to_owned();
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte));
        let bits = bits << (8 * (3 - three.len()));
        let letter = |place: usize| char::from(letters[(bits >> (18 - 6 * place) & 63) as usize]);
        link.extend((0..=three.len()).map(letter));
    }
    link
}
