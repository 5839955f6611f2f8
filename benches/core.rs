//! The core's speed alone: commands committed and applied a second by three and five nodes, with
//! messages passed in memory, one a delivery, and disks that take no time.
//!
//! `cargo bench --bench core`

use std::collections::VecDeque;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

use flotilla::raft::{
    Configuration, Effect, Input, LogIndex, Message, Node, NodeId, NodeSet, Output, Persistent,
    RequestId, Settings, Time, WriteSeq,
};

type Command = Arc<[u8]>;

/// Commands in one measured run.
const COMMANDS: u64 = 2_000;
const PAYLOAD_BYTES: usize = 16;

/// Nodes with a queue of messages between them.
#[derive(Clone)]
struct Cluster {
    nodes: Vec<Node<Command>>,
    queue: VecDeque<Message<Command>>,
    output: Output<Command>,
    applied_by_leader: u64,
}

impl Cluster {
    /// A cluster whose first node leads and has committed its no-op.
    fn new(count: usize) -> Self {
        let voters = NodeSet::first(count);
        let settings = Settings {
            max_inflight: 256,
            ..Settings::default()
        };
        let mut output = Output::default();
        let start = |id| {
            let configuration = Configuration::new(voters);
            let fresh = Persistent::default();
            Node::start(id, settings, configuration, fresh, LogIndex(0), &mut output)
        };
        let mut cluster = Self {
            nodes: voters.iter().map(start).collect(),
            queue: VecDeque::new(),
            output: Output::default(),
            applied_by_leader: 0,
        };
        cluster.step(NodeId::from_index(0), Input::ElectionTimeout);
        cluster.deliver_all();
        assert!(cluster.nodes[0].is_leader());
        cluster
    }

    fn step(&mut self, id: NodeId, input: Input<Command>) {
        let node = &mut self.nodes[id.index()];
        node.step(Time::ZERO, input, &mut self.output);
        // The disk takes no time: what was written is durable, and the node goes on.
        while let Some(seq) = carry_out(&mut self.output, &mut self.queue, |applied| {
            self.applied_by_leader += u64::from(id.index() == 0) * applied;
        }) {
            node.step(Time::ZERO, Input::Durable(seq), &mut self.output);
        }
    }

    fn deliver_all(&mut self) {
        while let Some(message) = self.queue.pop_front() {
            self.step(message.to, Input::Message(message));
        }
    }

    /// Commits `commands` commands, `batch` proposed at a time, and then tells all nodes.
    fn commit(&mut self, commands: u64, batch: u64, payload: &Command) {
        let leader = NodeId::from_index(0);
        let done = self.applied_by_leader + commands;
        let mut proposed = 0;
        while self.applied_by_leader < done {
            for _ in 0..batch.min(commands - proposed) {
                proposed += 1;
                let request = RequestId(proposed);
                let command = payload.clone();
                self.step(leader, Input::Propose { request, command });
            }
            self.deliver_all();
        }
        self.step(leader, Input::HeartbeatTimeout);
        self.deliver_all();
        let applied = self.nodes[0].last_applied();
        assert!(self.nodes.iter().all(|node| node.last_applied() == applied));
    }
}

/// Takes what a node wants done; returns the write that it waits for.
fn carry_out(
    output: &mut Output<Command>,
    queue: &mut VecDeque<Message<Command>>,
    mut applied: impl FnMut(u64),
) -> Option<WriteSeq> {
    output.rules.clear();
    let mut written = None;
    for effect in output.effects.drain(..) {
        match effect {
            Effect::Send(message) => queue.push_back(message),
            Effect::Persist(write) => written = Some(write.seq),
            Effect::Apply { .. } => applied(1),
            _ => {}
        }
    }
    written
}

fn core(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("core");
    group
        .throughput(Throughput::Elements(COMMANDS))
        .sample_size(20);
    let payload: Command = vec![7; PAYLOAD_BYTES].into();
    for nodes in [3, 5] {
        let start = Cluster::new(nodes);
        for batch in [1, 64] {
            let name = format!("{nodes} nodes, {batch} proposed at a time");
            group.bench_function(name, |bencher| {
                bencher.iter_batched(
                    || start.clone(),
                    |mut cluster| {
                        cluster.commit(COMMANDS, batch, &payload);
                        cluster
                    },
                    BatchSize::LargeInput,
                );
            });
        }
    }
    group.finish();
}

criterion_group!(benches, core);
criterion_main!(benches);
