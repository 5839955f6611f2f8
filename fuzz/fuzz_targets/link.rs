//! Any link is refused or opened; what is opened runs, and is the same in another link of it.

#![no_main]

mod common;

use flotilla::timeline::share::{self, ShareError, Shared};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    // A right checksum is not found by trying: what is behind it is tried with one. The bytes begin with
    // a length, of which only a short one is tried often.
    let mut body = data.to_vec();
    for (byte, most) in body.iter_mut().zip([0xFF, 0x07, 0]) {
        *byte &= most;
    }
    look(share::decode(&sealed(&body)));
    if let Ok(text) = std::str::from_utf8(data) {
        look(share::decode(text));
        look(share::read(text));
    }
});

fn look(shared: Result<Shared, ShareError>) {
    match shared {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(shared) => {
            // What came in a text may be more than a link takes.
            if let Ok(link) = share::encode(&shared) {
                let again = share::decode(&link).expect("what was made is opened");
                assert_eq!(share::encode(&again).as_ref(), Ok(&link));
            }
            common::run(&shared.branches[shared.shown]);
        }
    }
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
