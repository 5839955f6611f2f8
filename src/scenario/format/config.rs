//! The tables of what the cluster is made of: `[network]`, `[raft]`, `[disk]`, `[proxy]`.

use toml::de::DeValue;

use crate::raft::{ClockBound, Mutant, Policy};
use crate::sim::{
    ClientsConfig, Config, DiskConfig, NetworkChange, NetworkConfig, ProxyConfig, RaftConfig,
    ReadFrom, ReadMode,
};

use super::reader::{MAX_INTEGER, Reader, Table, Value};

/// The most entries in one AppendEntries, and the most of these under way.
const MAX_AT_ONCE: u64 = 1_000_000;

/// The most retries of the proxy.
const MAX_RETRIES: u64 = 1_000_000;

/// The conditions of the network.
pub(super) const NETWORK: [&str; 4] = ["latency", "loss", "duplicate", "reorder"];

const RAFT: [&str; 10] = [
    "election_timeout",
    "heartbeat",
    "pre_vote",
    "check_quorum",
    "reads",
    "clock_bound",
    "max_batch",
    "max_inflight",
    "snapshot_after",
    "mutant",
];

/// Puts what the tables say in `config`.
pub(super) fn tables(reader: &mut Reader<'_>, table: &Table<'_>, config: &mut Config) {
    reader.set(&mut config.network, table.get("network"), network);
    reader.set(&mut config.raft, table.get("raft"), raft);
    reader.set(&mut config.disk, table.get("disk"), disk);
    reader.set(&mut config.clients, table.get("clients"), clients);
    reader.set(&mut config.proxy, table.get("proxy"), proxy);
}

fn network(reader: &mut Reader<'_>, value: Value<'_>) -> Option<NetworkConfig> {
    let change = network_change(reader, value, "in [network]")?;
    let fresh = NetworkConfig::default();
    Some(NetworkConfig {
        latency: change.latency.unwrap_or(fresh.latency),
        loss: change.loss.unwrap_or(fresh.loss),
        duplicate: change.duplicate.unwrap_or(fresh.duplicate),
        reorder: change.reorder.unwrap_or(fresh.reorder),
    })
}

/// The conditions of the network that a table names, at `place` in the file.
pub(super) fn network_change(
    reader: &mut Reader<'_>,
    value: Value<'_>,
    place: &'static str,
) -> Option<NetworkChange> {
    let table = reader.table(value, place, &NETWORK)?;
    Some(conditions(reader, &table))
}

/// The conditions of the network that a table names, whatever else it does.
pub(super) fn conditions(reader: &mut Reader<'_>, table: &Table<'_>) -> NetworkChange {
    NetworkChange {
        latency: table.get("latency").and_then(|v| reader.span_range(v)),
        loss: table.get("loss").and_then(|v| reader.probability(v)),
        duplicate: table.get("duplicate").and_then(|v| reader.probability(v)),
        reorder: table.get("reorder").and_then(|v| reader.boolean(v)),
    }
}

fn raft(reader: &mut Reader<'_>, value: Value<'_>) -> Option<RaftConfig> {
    let table = reader.table(value, "in [raft]", &RAFT)?;
    let mut raft = RaftConfig::default();
    let timeout = table.get("election_timeout");
    reader.set(&mut raft.election_timeout, timeout, Reader::positive_range);
    let heartbeat = table.get("heartbeat");
    reader.set(&mut raft.heartbeat, heartbeat, Reader::positive_span);
    reader.set(&mut raft.pre_vote, table.get("pre_vote"), Reader::boolean);
    let check_quorum = table.get("check_quorum");
    reader.set(&mut raft.check_quorum, check_quorum, Reader::boolean);
    reader.set(&mut raft.reads, table.get("reads"), read_mode);
    reader.set(&mut raft.clock_bound, table.get("clock_bound"), clock_bound);
    reader.set(&mut raft.max_batch, table.get("max_batch"), at_once);
    reader.set(&mut raft.max_inflight, table.get("max_inflight"), at_once);
    reader.set(&mut raft.policy, table.get("mutant"), policy);
    let snapshot_after = table.get("snapshot_after");
    reader.set(&mut raft.snapshot_after, snapshot_after, |reader, value| {
        reader.integer(value, 0..=MAX_INTEGER)
    });
    Some(raft)
}

/// The rules that are wrong on purpose: the name of one, or an array of them.
fn policy(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Policy> {
    let DeValue::Array(names) = value.get_ref() else {
        return mutant(reader, value).map(|mutant| Policy::from_iter([mutant]));
    };
    // Each wrong name is told, not only the first.
    let mutants: Vec<_> = names.iter().map(|name| mutant(reader, name)).collect();
    mutants.into_iter().collect()
}

fn mutant(reader: &mut Reader<'_>, value: Value<'_>) -> Option<Mutant> {
    let known = Mutant::ALL.map(|mutant| (mutant.name(), mutant));
    reader.choice(value, "mutant", &known)
}

fn read_mode(reader: &mut Reader<'_>, value: Value<'_>) -> Option<ReadMode> {
    let known = [
        ("log", ReadMode::Log),
        ("read-index", ReadMode::ReadIndex),
        ("lease", ReadMode::Lease),
        ("local", ReadMode::Local),
    ];
    reader.choice(value, "read mode", &known)
}

fn clock_bound(reader: &mut Reader<'_>, value: Value<'_>) -> Option<ClockBound> {
    let what =
        "by which factor at most one clock goes faster than another, from 1 to 1000, such as 1.25";
    reader
        .number(value, what, |factor| ClockBound::new(factor).is_some())
        .and_then(ClockBound::new)
}

fn at_once(reader: &mut Reader<'_>, value: Value<'_>) -> Option<usize> {
    reader
        .integer(value, 1..=MAX_AT_ONCE)
        .and_then(|number| number.try_into().ok())
}

fn disk(reader: &mut Reader<'_>, value: Value<'_>) -> Option<DiskConfig> {
    let table = reader.table(value, "in [disk]", &["sync", "lose_unsynced"])?;
    let mut disk = DiskConfig::default();
    reader.set(&mut disk.sync, table.get("sync"), Reader::span_range);
    let lose_unsynced = table.get("lose_unsynced");
    reader.set(&mut disk.lose_unsynced, lose_unsynced, Reader::boolean);
    Some(disk)
}

fn clients(reader: &mut Reader<'_>, value: Value<'_>) -> Option<ClientsConfig> {
    let table = reader.table(value, "in [clients]", &["session_timeout"])?;
    let mut clients = ClientsConfig::default();
    let timeout = table.get("session_timeout");
    reader.set(&mut clients.session_timeout, timeout, Reader::positive_span);
    Some(clients)
}

/// Where the proxy sends reads.
pub(super) fn reads_from(reader: &mut Reader<'_>, value: Value<'_>) -> Option<ReadFrom> {
    let known = [
        ("leader", ReadFrom::Leader),
        ("followers", ReadFrom::Followers),
    ];
    reader.choice(value, "target of reads", &known)
}

fn proxy(reader: &mut Reader<'_>, value: Value<'_>) -> Option<ProxyConfig> {
    let keys = ["reads", "timeout", "retries", "latency"];
    let table = reader.table(value, "in [proxy]", &keys)?;
    let mut proxy = ProxyConfig::default();
    reader.set(&mut proxy.reads, table.get("reads"), reads_from);
    reader.set(
        &mut proxy.timeout,
        table.get("timeout"),
        Reader::positive_span,
    );
    reader.set(&mut proxy.retries, table.get("retries"), |reader, value| {
        let retries = reader.integer(value, 0..=MAX_RETRIES)?;
        retries.try_into().ok()
    });
    reader.set(&mut proxy.latency, table.get("latency"), Reader::span_range);
    Some(proxy)
}
