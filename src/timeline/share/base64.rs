//! Bytes in letters that a URL leaves alone: base64url without padding (RFC 4648, §5).

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The letters of bytes.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut letters = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |place| u32::from(three.get(place).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for letter in 0..=three.len() {
            let number = bits >> (18 - 6 * letter) & 63;
            letters.push(char::from(LETTERS[number as usize]));
        }
    }
    letters
}

/// The bytes of letters; `None` when these are not what [`encode`] writes of any.
pub(super) fn decode(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len() / 4 * 3 + 2);
    for four in letters.as_bytes().chunks(4) {
        let mut bits = 0;
        for place in 0..4 {
            let number = match four.get(place) {
                Some(letter) => LETTERS.iter().position(|known| known == letter)?,
                None => 0,
            };
            bits = bits << 6 | number as u32;
        }
        let [_, first, second, third] = bits.to_be_bytes();
        let there = [first, second, third];
        let (whole, rest) = there.split_at(four.len() - 1);
        bytes.extend(whole);
        if four.len() == 1 || rest.iter().any(|&byte| byte != 0) {
            return None;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_examples_of_the_standard_are_right() {
        for (bytes, letters) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
            ("???>>>", "Pz8_Pj4-"),
        ] {
            assert_eq!(encode(bytes.as_bytes()), letters);
            assert_eq!(decode(letters).as_deref(), Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn what_is_not_written_so_is_not_read() {
        for letters in [
            "Z", "Zm9vY", "Zh", "Zm9", "Zg==", "Zm9v Yg", "Pz8/", "é", "Zm\n",
        ] {
            assert_eq!(decode(letters), None, "{letters}");
        }
    }

    proptest! {
        #[test]
        fn bytes_are_read_as_they_were(bytes in proptest::collection::vec(any::<u8>(), 0..50)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn letters_have_one_meaning(letters in "[A-Za-z0-9_-]{0,9}") {
            if let Some(bytes) = decode(&letters) {
                prop_assert_eq!(encode(&bytes), letters);
            }
        }
    }
}
