//! A node with the `raft` crate's core, driven as that one's documentation says.

use raft::eraftpb::{Entry, Message, MessageType};
use raft::storage::MemStorage;
use raft::{Config, RawNode};

use crate::driver::{Habits, Outside, Peer, Setup};

/// More than a batch has: the crate limits an AppendEntries by its bytes.
const MAX_BYTES: u64 = 1 << 20;

pub struct RaftCrate {
    node: RawNode<MemStorage>,
}

fn send(messages: Vec<Message>, outside: &mut Outside<Message>) {
    let place = |message: &Message| message.to as usize - 1;
    let sent = messages
        .into_iter()
        .map(|message| (place(&message), message));
    outside.sent.extend(sent);
}

fn apply(entries: &[Entry], outside: &mut Outside<Message>) {
    // The entry with which a leader begins its term is empty.
    for entry in entries.iter().filter(|entry| !entry.data.is_empty()) {
        outside.applied.apply(&entry.data);
    }
}

impl Peer for RaftCrate {
    type Message = Message;

    fn start(place: usize, setup: Setup) -> Self {
        let config = Config {
            id: place as u64 + 1,
            max_inflight_msgs: Setup::MAX_INFLIGHT,
            max_size_per_msg: MAX_BYTES,
            pre_vote: Setup::PRE_VOTE,
            check_quorum: Setup::CHECK_QUORUM,
            skip_bcast_commit: setup.habits == Habits::CommitsCarried,
            batch_append: setup.habits == Habits::AppendsBatched,
            ..Config::default()
        };
        let voters: Vec<u64> = (1..=setup.nodes as u64).collect();
        let storage = MemStorage::new_with_conf_state((voters, Vec::new()));
        let silent = slog::Logger::root(slog::Discard, slog::o!());
        Self {
            node: RawNode::new(&config, storage, &silent).expect("the configuration is right"),
        }
    }

    fn campaign(&mut self) {
        self.node.campaign().expect("a voter may campaign");
    }

    fn heartbeat(&mut self) {
        self.node.ping();
    }

    fn receive(&mut self, message: Message) {
        self.node
            .step(message)
            .expect("a member says nothing wrong");
    }

    fn propose(&mut self, command: &[u8]) {
        (self.node.propose(Vec::new(), command.to_vec())).expect("it leads");
    }

    fn propose_together<'a>(&mut self, commands: impl Iterator<Item = &'a [u8]>) {
        let entries = commands.map(|command| Entry {
            data: command.to_vec().into(),
            ..Entry::default()
        });
        let mut message = Message {
            from: self.node.raft.id,
            entries: entries.collect::<Vec<_>>().into(),
            ..Message::default()
        };
        message.set_msg_type(MessageType::MsgPropose);
        self.node.raft.step(message).expect("it leads");
    }

    fn carry_out(&mut self, outside: &mut Outside<Message>) {
        while self.node.has_ready() {
            let mut ready = self.node.ready();
            assert!(ready.snapshot().is_empty(), "no log is ever compacted");
            send(ready.take_messages(), outside);
            apply(&ready.take_committed_entries(), outside);
            if !ready.entries().is_empty() || ready.hs().is_some() {
                let mut disk = self.node.store().wl();
                disk.append(ready.entries()).expect("entries follow on");
                if let Some(hard_state) = ready.hs() {
                    disk.set_hardstate(hard_state.clone());
                }
            }
            send(ready.take_persisted_messages(), outside);
            let mut light = self.node.advance(ready);
            if let Some(commit) = light.commit_index() {
                self.node.store().wl().mut_hard_state().commit = commit;
            }
            send(light.take_messages(), outside);
            apply(&light.take_committed_entries(), outside);
            self.node.advance_apply();
        }
    }
}
