//! Points of the figure, in CSS pixels, and the arithmetic of lines.

// The browser has these: from the standard library they would have to be sent.
use js_sys::Math::{cos, sin};

/// A point of the figure.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Point {
    /// The same point where everything is so many times as large.
    pub fn times(self, scale: f64) -> Self {
        Self::new(self.x * scale, self.y * scale)
    }

    /// The point at `x`, `y`.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The point at `fraction` of the way to `other`.
    pub fn towards(self, other: Self, fraction: f64) -> Self {
        Self::new(
            self.x + (other.x - self.x) * fraction,
            self.y + (other.y - self.y) * fraction,
        )
    }

    /// How far `other` is.
    pub fn distance(self, other: Self) -> f64 {
        (other.x - self.x).hypot(other.y - self.y)
    }

    /// The point moved by `length` in the direction `angle`, which counts clockwise from the top.
    pub fn polar(self, angle: f64, length: f64) -> Self {
        Self::new(self.x + sin(angle) * length, self.y - cos(angle) * length)
    }

    /// The direction to `other`, of length 1; to the right when they are the same.
    pub fn direction(self, other: Self) -> Self {
        let length = self.distance(other);
        if length < 1e-9 {
            return Self::new(1.0, 0.0);
        }
        Self::new((other.x - self.x) / length, (other.y - self.y) / length)
    }

    /// The point moved by `length` along `direction` and by `aside` to the right of it.
    pub fn along(self, direction: Self, length: f64, aside: f64) -> Self {
        Self::new(
            self.x + direction.x * length - direction.y * aside,
            self.y + direction.y * length + direction.x * aside,
        )
    }
}
