//! The servers of a world, by node: those that it began with, and those added since.

use std::ops::{Index, IndexMut};

use crate::raft::NodeId;

use super::server::Server;

/// Servers by node. What is asked for by index must be there.
#[derive(Clone, Debug)]
pub(super) struct Servers {
    /// In order of their numbers.
    list: Vec<Server>,
    /// Where each node's is in the list.
    places: [Option<u8>; NodeId::MAX as usize],
}

impl Servers {
    /// All of them, in order of their numbers.
    pub(super) fn all(&self) -> &[Server] {
        &self.list
    }

    pub(super) fn get(&self, id: NodeId) -> Option<&Server> {
        self.list.get(usize::from(self.places[id.index()]?))
    }

    /// Puts one more in its place.
    pub(super) fn insert(&mut self, server: Server) {
        let place = self.list.partition_point(|other| other.id < server.id);
        self.list.insert(place, server);
        for (place, server) in (0..).zip(&self.list) {
            self.places[server.id.index()] = Some(place);
        }
    }
}

impl FromIterator<Server> for Servers {
    fn from_iter<I: IntoIterator<Item = Server>>(servers: I) -> Self {
        let mut all = Self {
            list: Vec::new(),
            places: [None; NodeId::MAX as usize],
        };
        for server in servers {
            all.insert(server);
        }
        all
    }
}

impl Index<NodeId> for Servers {
    type Output = Server;

    fn index(&self, id: NodeId) -> &Server {
        let place = self.places[id.index()].expect("the server is there");
        &self.list[usize::from(place)]
    }
}

impl IndexMut<NodeId> for Servers {
    fn index_mut(&mut self, id: NodeId) -> &mut Server {
        let place = self.places[id.index()].expect("the server is there");
        &mut self.list[usize::from(place)]
    }
}
