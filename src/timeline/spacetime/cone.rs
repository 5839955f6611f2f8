//! What led to something, and what it led to.

use super::{End, SpaceTime};

/// Which points and lines of a stretch led to something, or came of it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Cone {
    /// For each point, whether it is among them.
    pub points: Vec<bool>,
    /// For each line, whether it is among them: both of its ends are.
    pub lines: Vec<bool>,
}

impl SpaceTime {
    /// What led to the point at that place and what came of it, as far as the stretch goes; with it.
    pub fn cone(&self, point: usize) -> Cone {
        let mut cone = self.empty();
        if point < cone.points.len() {
            self.add_past(point, &mut cone);
            self.add_future(point, &mut cone);
        }
        cone
    }

    /// What led to the line at that place and what came of it; with it.
    pub fn cone_of_line(&self, line: usize) -> Cone {
        let mut cone = self.empty();
        let Some(line) = self.lines().get(line).map(|found| (line, found)) else {
            return cone;
        };
        let (place, line) = line;
        if let Some(departure) = line.departure {
            self.add_past(departure, &mut cone);
        }
        if let End::Received(point) = line.end {
            self.add_future(point, &mut cone);
        }
        cone.lines[place] = true;
        cone
    }

    fn empty(&self) -> Cone {
        Cone {
            points: vec![false; self.points().len()],
            lines: vec![false; self.lines().len()],
        }
    }

    /// Every edge leads from an earlier point to a later one: going back once over all is enough.
    fn add_past(&self, point: usize, cone: &mut Cone) {
        let points = self.points();
        // The lines that were received, by where that was.
        let mut received: Vec<(usize, usize)> = Vec::new();
        for (place, line) in self.lines().iter().enumerate() {
            if let End::Received(at) = line.end
                && at <= point
            {
                received.push((at, place));
            }
        }
        received.sort_unstable();
        let mut is_past = vec![false; point + 1];
        is_past[point] = true;
        for at in (0..=point).rev() {
            let mut came = Vec::new();
            while let Some((_, line)) = received.pop_if(|&mut (of, _)| of == at) {
                came.push(line);
            }
            if !is_past[at] {
                continue;
            }
            cone.points[at] = true;
            if let Some(before) = points[at].before() {
                is_past[before] = true;
            }
            for line in came {
                cone.lines[line] = true;
                if let Some(departure) = self.lines()[line].departure {
                    is_past[departure] = true;
                }
            }
        }
    }

    /// The same the other way round.
    fn add_future(&self, point: usize, cone: &mut Cone) {
        let points = self.points();
        let mut is_future = vec![false; points.len()];
        is_future[point] = true;
        let left = |&(_, line): &(usize, &super::Line)| line.departure;
        let lines = self.lines().iter().enumerate();
        let mut lines = lines.filter(|line| left(line) >= Some(point)).peekable();
        for at in point..points.len() {
            let before = points[at].before();
            is_future[at] |= before.is_some_and(|before| before >= point && is_future[before]);
            cone.points[at] |= is_future[at];
            while let Some((place, line)) = lines.next_if(|line| left(line) <= Some(at)) {
                if !line.departure.is_some_and(|departure| is_future[departure]) {
                    continue;
                }
                cone.lines[place] = true;
                if let End::Received(there) = line.end {
                    is_future[there] = true;
                }
            }
        }
    }
}
