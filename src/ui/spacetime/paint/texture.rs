//! How much went from node to node, where it is too much to be drawn line by line: a texture of strokes
//! between the lanes, the darker the more was sent then, and in the colour of what is wrong the more of it
//! was lost.

use crate::measure::{Measure, Metrics};
use crate::raft::{MessageKind, Time};

use super::super::lanes::Lane;
use super::Picture;

/// How far strokes are apart, and how far each leans.
const APART: f64 = 4.0;
const LEAN: f64 = 6.0;
/// In so many steps it grows darker.
const STEPS: usize = 6;
/// How dark it is at the most.
const DARKEST: f64 = 0.55;

impl Picture<'_> {
    /// The texture of what is in view.
    pub(super) fn texture(&self) {
        let columns = self.columns();
        let most = columns.iter().map(|column| column.sent).fold(0.0, f64::max);
        if most <= 0.0 {
            return;
        }
        // A quiet time is still to be told from none.
        let shade = |rate: f64| ((rate / most).sqrt() * STEPS as f64).ceil() as usize;
        let sent = columns.iter().map(|column| (column.x, shade(column.sent)));
        self.strokes(&self.theme.muted, DARKEST, &sent.collect::<Vec<_>>());
        let lost = columns.iter();
        let lost = lost.map(|column| (column.x + APART / 2.0, shade(column.lost)));
        self.strokes(&self.theme.bad, 1.0, &lost.collect::<Vec<_>>());
    }

    /// Strokes of one colour, a column each as dark as is said.
    fn strokes(&self, colour: &str, darkest: f64, columns: &[(f64, usize)]) {
        let is_node = |lane: &&Lane| matches!(lane, Lane::Node(_));
        let nodes: Vec<f64> = (self.lanes.all.iter().filter(is_node))
            .filter_map(|&lane| self.lanes.y(lane))
            .collect();
        self.stroke(colour, 1.0);
        for step in 1..=STEPS {
            self.ctx
                .set_global_alpha(darkest * step as f64 / STEPS as f64);
            self.ctx.begin_path();
            for &(x, _) in columns.iter().filter(|&&(_, dark)| dark == step) {
                for (row, pair) in nodes.windows(2).enumerate() {
                    // Up in one gap, down in the next: what is sent goes both ways.
                    let (from, to) = match row % 2 {
                        0 => (pair[0], pair[1]),
                        _ => (pair[1], pair[0]),
                    };
                    self.ctx.move_to(x, from);
                    self.ctx.line_to(x + LEAN, to);
                }
            }
            self.ctx.stroke();
        }
        self.ctx.set_global_alpha(1.0);
    }

    /// What was sent and lost a second, from left to right, as far as the branch has been run.
    fn columns(&self) -> Vec<Column> {
        let (lanes, metrics) = (self.lanes, self.branch.metrics());
        let until = lanes.window.until().min(self.end());
        let mut columns = Vec::new();
        let mut x = lanes.x(lanes.window.from.max(0.0)).max(lanes.left());
        while lanes.time(x) < until {
            let cell = |x: f64| Metrics::cell(Time(lanes.time(x).max(0.0) as u64));
            // What is shorter than a cell is as the cell is.
            let (from, to) = (cell(x), cell(x + APART).max(cell(x) + 1));
            let grown = |measure| f64::from(metrics.grown(measure, from, to));
            let kinds = MessageKind::ALL.into_iter();
            let sent: f64 = kinds.map(|kind| grown(Measure::Sent(kind))).sum();
            let cells = f64::from(to - from);
            columns.push(Column {
                x,
                sent: sent / cells,
                lost: grown(Measure::Lost) / cells,
            });
            x += APART;
        }
        columns
    }
}

/// So much was sent and lost then, a cell of the metrics.
struct Column {
    x: f64,
    sent: f64,
    lost: f64,
}
