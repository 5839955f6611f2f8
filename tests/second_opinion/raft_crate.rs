//! A server with the `raft` crate's core.

use raft::eraftpb::{self, Message, MessageType};
use raft::storage::MemStorage;
use raft::{Config, GetEntriesContext, RawNode, StateRole, Storage};

use crate::core::{
    Command, ELECTION_TICKS, Elections, Entry, Envelope, HEARTBEAT_TICKS, NEVER_TICKS, Options,
    Server, patience,
};

pub struct RaftCrate {
    node: RawNode<MemStorage>,
    sent: Vec<Message>,
    applied: Vec<(u64, Entry)>,
}

impl RaftCrate {
    /// Does what the node wants done: what it writes is durable before what depends on it is sent.
    fn carry_out(&mut self) {
        while self.node.has_ready() {
            let mut ready = self.node.ready();
            assert!(ready.snapshot().is_empty(), "no log is ever compacted");
            self.sent.extend(ready.take_messages());
            self.apply(ready.take_committed_entries());
            let mut disk = self.node.store().wl();
            disk.append(ready.entries()).expect("entries follow on");
            if let Some(hard_state) = ready.hs() {
                disk.set_hardstate(hard_state.clone());
            }
            drop(disk);
            self.sent.extend(ready.take_persisted_messages());
            let mut light = self.node.advance(ready);
            if let Some(commit) = light.commit_index() {
                self.node.store().wl().mut_hard_state().commit = commit;
            }
            self.sent.extend(light.take_messages());
            self.apply(light.take_committed_entries());
            self.node.advance_apply();
        }
    }

    fn apply(&mut self, entries: Vec<eraftpb::Entry>) {
        let applied = entries.iter().map(|kept| (kept.index, entry(kept)));
        self.applied.extend(applied);
    }
}

fn entry(entry: &eraftpb::Entry) -> Entry {
    let bytes = entry.data.as_ref().try_into();
    (entry.term, bytes.ok().map(Command::from_le_bytes))
}

impl Server for RaftCrate {
    const NAME: &'static str = "raft crate";
    type Message = Message;
    type Disk = MemStorage;

    fn start(id: u8, options: Options, disk: Option<MemStorage>) -> Self {
        let config = Config {
            id: id.into(),
            election_tick: ELECTION_TICKS as usize,
            heartbeat_tick: HEARTBEAT_TICKS as usize,
            max_election_tick: NEVER_TICKS as usize + 1,
            max_inflight_msgs: 4,
            max_size_per_msg: 64,
            pre_vote: options.pre_vote,
            check_quorum: options.check_quorum,
            ..Config::default()
        };
        let fresh = || {
            let voters: Vec<u64> = (1..=options.voters.into()).collect();
            MemStorage::new_with_conf_state((voters, Vec::new()))
        };
        let silent = slog::Logger::root(slog::Discard, slog::o!());
        let disk = disk.unwrap_or_else(fresh);
        Self {
            node: RawNode::new(&config, disk, &silent).expect("the configuration is right"),
            sent: Vec::new(),
            applied: Vec::new(),
        }
    }

    fn crash(self) -> MemStorage {
        self.node.store().clone()
    }

    fn receive(&mut self, message: Message) {
        self.node
            .step(message)
            .expect("a member says nothing wrong");
        self.carry_out();
    }

    fn propose(&mut self, command: Command) -> bool {
        // A follower would pass it on.
        let took = self.is_leader()
            && (self.node)
                .propose(Vec::new(), command.to_le_bytes().to_vec())
                .is_ok();
        self.carry_out();
        took
    }

    fn election_timeout(&mut self) {
        if !self.is_leader() {
            self.node.campaign().expect("a voter may campaign");
        } else if self.node.raft.check_quorum {
            let mut look = Message::default();
            look.set_msg_type(MessageType::MsgCheckQuorum);
            (self.node.raft.step(look)).expect("a leader may look at its quorum");
        }
        self.carry_out();
    }

    fn tick(&mut self, elections: Elections) {
        let ticks = match elections {
            Elections::Forced => NEVER_TICKS,
            Elections::Fair => patience(self.node.raft.id as u8, self.term()),
        };
        // In place of the random one that it drew.
        (self.node.raft).set_randomized_election_timeout(ticks as usize);
        self.node.tick();
        self.carry_out();
    }

    fn take_sent(&mut self) -> Vec<Envelope<Message>> {
        let envelope = |message: Message| Envelope {
            from: message.from as u8,
            to: message.to as u8,
            message,
        };
        self.sent.drain(..).map(envelope).collect()
    }

    fn take_applied(&mut self) -> Vec<(u64, Entry)> {
        std::mem::take(&mut self.applied)
    }

    fn term(&self) -> u64 {
        self.node.raft.term
    }

    fn is_leader(&self) -> bool {
        self.node.raft.state == StateRole::Leader
    }

    fn log(&self) -> Vec<Entry> {
        let disk = self.node.store();
        let last = disk.last_index().expect("it is in memory");
        if last == 0 {
            return Vec::new();
        }
        let all = disk.entries(1, last + 1, None, GetEntriesContext::empty(false));
        all.map(|entries| entries.iter().map(entry).collect())
            .expect("nothing is compacted")
    }
}
