//! The way back: from a [`Scenario`] to the text of a file that says it.
//!
//! Only what differs from the defaults is written, and every step with its own time, so that one can
//! be taken out without moving the others. Lines are not kept: they are where the text has them.

mod expect;
#[cfg(test)]
mod tests;
mod values;
mod verbs;

use std::fmt::{self, Display, Write};

use crate::raft::Time;
use crate::scenario::script::{Scenario, Step};
use crate::sim::{
    ClientsConfig, ClockRate, Config, DiskConfig, NetworkChange, NetworkConfig, ProxyConfig,
    RaftConfig, ReadFrom, ReadMode, StartState,
};

use super::reader::MAX_INTEGER;
use values::{array, duration, range, text};
pub(in crate::scenario) use values::{probability, text as quoted};

/// The text of a file that [`parse`](super::parse) reads as this scenario.
#[inline(never)] // The page loads it when it is wanted: it must be a function of its own.
pub fn write(scenario: &Scenario) -> String {
    let mut out = String::new();
    // Writing to a string never fails.
    let _ = scenario_to(&mut out, scenario);
    out
}

fn scenario_to(out: &mut String, scenario: &Scenario) -> fmt::Result {
    writeln!(out, "title = {}", text(&scenario.title))?;
    if scenario.seed != 1 {
        writeln!(out, "seed = {}", seed(scenario.seed))?;
    }
    let config = &scenario.config;
    if config.start.is_empty() && config.nodes != Config::default().nodes {
        writeln!(out, "nodes = {}", config.nodes.len())?;
    }
    writeln!(out, "until = {}", at(scenario.until))?;
    table(out, "network", &network(config.network))?;
    table(out, "raft", &raft(config.raft))?;
    table(out, "disk", &disk(config.disk))?;
    table(out, "proxy", &proxy(config.proxy))?;
    table(out, "clients", &clients(config.clients))?;
    for start in &config.start {
        writeln!(out, "\n[[node]]")?;
        lines(out, &node(start))?;
    }
    for step in &scenario.steps {
        step_to(out, scenario, step)?;
    }
    Ok(())
}

fn step_to(out: &mut String, scenario: &Scenario, step: &Step) -> fmt::Result {
    writeln!(out, "\n[[step]]")?;
    writeln!(out, "at = {}", at(step.at))?;
    if step.after_events > 0 {
        writeln!(out, "after_events = {}", step.after_events)?;
    }
    let (name, value) = verbs::verb(&step.verb, &scenario.clients);
    writeln!(out, "{name} = {value}")
}

/// A seed: in quotes where it is no integer of TOML.
fn seed(seed: u64) -> String {
    let digits = seed.to_string();
    match seed <= MAX_INTEGER {
        true => digits,
        false => text(&digits),
    }
}

/// A moment of the run.
fn at(time: Time) -> String {
    duration(time.since(Time::ZERO))
}

/// Keys and what they are given.
#[derive(Default)]
struct Keys(Vec<(&'static str, String)>);

impl Keys {
    /// The key, with this value.
    fn put(&mut self, key: &'static str, value: impl Display) {
        self.0.push((key, value.to_string()));
    }

    /// The key, when there is something to give it.
    fn put_some(&mut self, key: &'static str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.put(key, value);
        }
    }

    /// The key, when its value is not the one that it has anyway.
    fn put_unless<T: PartialEq>(
        &mut self,
        key: &'static str,
        value: T,
        default: T,
        shown: impl Fn(T) -> String,
    ) {
        if value != default {
            self.put(key, shown(value));
        }
    }

    /// As an inline table.
    fn inline(&self) -> String {
        let pairs: Vec<_> = self.0.iter().map(|(k, v)| format!("{k} = {v}")).collect();
        values::braces(&pairs)
    }
}

/// A table of the top level, if there is anything in it.
fn table(out: &mut String, name: &str, keys: &Keys) -> fmt::Result {
    if keys.0.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n[{name}]")?;
    lines(out, keys)
}

fn lines(out: &mut String, keys: &Keys) -> fmt::Result {
    for (key, value) in &keys.0 {
        writeln!(out, "{key} = {value}")?;
    }
    Ok(())
}

fn network(network: NetworkConfig) -> Keys {
    let fresh = NetworkConfig::default();
    network_change(NetworkChange {
        latency: (network.latency != fresh.latency).then_some(network.latency),
        loss: (network.loss != fresh.loss).then_some(network.loss),
        duplicate: (network.duplicate != fresh.duplicate).then_some(network.duplicate),
        reorder: (network.reorder != fresh.reorder).then_some(network.reorder),
    })
}

fn network_change(change: NetworkChange) -> Keys {
    let mut keys = Keys::default();
    put_conditions(&mut keys, change);
    keys
}

fn put_conditions(keys: &mut Keys, change: NetworkChange) {
    keys.put_some("latency", change.latency.map(range));
    keys.put_some("loss", change.loss.map(probability));
    keys.put_some("duplicate", change.duplicate.map(probability));
    keys.put_some("reorder", change.reorder);
}

fn raft(raft: RaftConfig) -> Keys {
    let fresh = RaftConfig::default();
    let mut keys = Keys::default();
    keys.put_unless(
        "election_timeout",
        raft.election_timeout,
        fresh.election_timeout,
        range,
    );
    keys.put_unless("heartbeat", raft.heartbeat, fresh.heartbeat, duration);
    let shown = |truth: bool| truth.to_string();
    keys.put_unless("pre_vote", raft.pre_vote, fresh.pre_vote, shown);
    keys.put_unless("check_quorum", raft.check_quorum, fresh.check_quorum, shown);
    keys.put_unless("reads", raft.reads, fresh.reads, |reads| {
        text(read_mode(reads))
    });
    keys.put_unless(
        "clock_bound",
        raft.clock_bound,
        fresh.clock_bound,
        |bound| bound.to_string(),
    );
    let shown = |number: usize| number.to_string();
    keys.put_unless("max_batch", raft.max_batch, fresh.max_batch, shown);
    keys.put_unless("max_inflight", raft.max_inflight, fresh.max_inflight, shown);
    keys.put_unless(
        "snapshot_after",
        raft.snapshot_after,
        fresh.snapshot_after,
        |entries| entries.to_string(),
    );
    keys.put_unless("mutant", raft.policy, fresh.policy, |policy| {
        let names: Vec<_> = policy.iter().map(|mutant| text(mutant.name())).collect();
        match names.as_slice() {
            [one] => one.clone(),
            several => array(several),
        }
    });
    keys
}

const fn read_mode(reads: ReadMode) -> &'static str {
    match reads {
        ReadMode::Log => "log",
        ReadMode::ReadIndex => "read-index",
        ReadMode::Lease => "lease",
        ReadMode::Local => "local",
    }
}

fn disk(disk: DiskConfig) -> Keys {
    let fresh = DiskConfig::default();
    let mut keys = Keys::default();
    keys.put_unless("sync", disk.sync, fresh.sync, range);
    keys.put_unless(
        "lose_unsynced",
        disk.lose_unsynced,
        fresh.lose_unsynced,
        |truth| truth.to_string(),
    );
    keys
}

fn reads_from(reads: ReadFrom) -> String {
    text(match reads {
        ReadFrom::Leader => "leader",
        ReadFrom::Followers => "followers",
    })
}

fn proxy(proxy: ProxyConfig) -> Keys {
    let fresh = ProxyConfig::default();
    let mut keys = Keys::default();
    keys.put_unless("reads", proxy.reads, fresh.reads, reads_from);
    keys.put_unless("timeout", proxy.timeout, fresh.timeout, duration);
    keys.put_unless("retries", proxy.retries, fresh.retries, |retries| {
        retries.to_string()
    });
    keys.put_unless("latency", proxy.latency, fresh.latency, range);
    keys
}

fn clients(clients: ClientsConfig) -> Keys {
    let fresh = ClientsConfig::default();
    let mut keys = Keys::default();
    keys.put_unless(
        "session_timeout",
        clients.session_timeout,
        fresh.session_timeout,
        duration,
    );
    keys
}

fn node(start: &StartState) -> Keys {
    let mut keys = Keys::default();
    keys.put("id", values::node(start.id));
    let least = start.log.last().copied().unwrap_or_default();
    keys.put_unless("term", start.term, least, |term| term.to_string());
    keys.put_some("voted_for", start.voted_for.map(values::node));
    if !start.log.is_empty() {
        keys.put("log", array(&start.log));
    }
    keys.put_unless("commit", start.commit.0, 0, |commit| commit.to_string());
    keys.put_unless("clock", start.clock, ClockRate::TRUE, |rate| {
        rate.to_string()
    });
    keys.put_unless("down", start.down, false, |down| down.to_string());
    keys
}
