//! How fast time really runs, where it cannot run as fast as it should.

/// Over how many seconds on the wall it is measured.
const SECONDS: f64 = 0.5;
/// What is not even this part of the speed asked for falls short of it.
const SHORT: f64 = 0.95;

/// The pace.
#[derive(Default)]
pub(super) struct Pace {
    wall: f64,
    simulated: f64,
    short: Option<f64>,
}

impl Pace {
    /// So many seconds have passed on the wall and so many in the run, which should go at `speed`.
    pub(super) fn note(&mut self, wall: f64, simulated: f64, speed: f64) {
        self.wall += wall;
        self.simulated += simulated;
        if self.wall >= SECONDS {
            let actual = self.simulated / self.wall;
            let short = (actual < SHORT * speed).then_some(actual);
            *self = Self {
                short,
                ..Self::default()
            };
        }
    }

    /// The speed that is reached, in simulated seconds a second, when it falls short.
    pub(super) const fn short(&self) -> Option<f64> {
        self.short
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    #[test]
    fn a_speed_that_is_not_reached_is_told_until_it_is() {
        let mut pace = Pace::default();
        pace.note(0.3, 0.9, 10.0);
        assert_eq!(pace.short(), None, "too early to tell");
        pace.note(0.3, 0.9, 10.0);
        assert!(
            pace.short()
                .is_some_and(|actual| (actual - 3.0).abs() < 1e-9)
        );
        pace.note(0.6, 5.9, 10.0);
        assert_eq!(pace.short(), None, "near enough");
    }
}
