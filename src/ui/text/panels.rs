//! What the panels say: logs, state machines, operations, events.

use crate::catalogue::catalogue;
use crate::raft::{NodeId, Span};

use super::latency_text;

/// What an entry of a log is on its node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct EntryState {
    pub(crate) durable: bool,
    pub(crate) committed: bool,
    pub(crate) applied: bool,
}

catalogue! {
    /// The logs.
    pub(crate) LogsTexts of page {
        title: "Logs", "Registros", "Registros";
        node: "Node", "Nodo", "Nó";
        jump: "Jump to head", "Ir al final", "Ir para o fim";
        empty:
            "No entries yet. A new leader appends the first; each write appends one more.",
            "Aún no hay entradas. Un líder nuevo añade la primera; cada escritura añade otra.",
            "Ainda não há entradas. Um líder novo acrescenta a primeira; cada escrita, mais uma.";
        leads: "leader", "líder", "líder";
        down: "down", "caído", "caído";
        configuration: "config", "config", "config";
        snapshot: "snapshot", "instantánea", "instantâneo";
        entry_of(index: u64, term: u64, command: &str): "index {0}, term {1}, {2}",
            "índice {0}, mandato {1}, {2}", "índice {0}, mandato {1}, {2}";
        not_durable: ", not yet durable", ", aún no duradera", ", ainda não durável";
        committed: ", committed", ", confirmada", ", confirmada";
        applied: ", applied", ", aplicada", ", aplicada";
        matches: "match", "coincide", "coincide";
        next: "next", "siguiente", "próximo";
        commit: "commit", "confirmado", "confirmado";
        differs: "differs", "difiere", "difere";
        index: "Go to index", "Ir al índice", "Ir para o índice";
    }
}

impl LogsTexts {
    /// An entry, and what it is on its node.
    pub(crate) fn entry(self, index: u64, term: u64, command: &str, state: EntryState) -> String {
        let said = [
            (!state.durable, self.not_durable()),
            (state.committed, self.committed()),
            (state.applied, self.applied()),
        ];
        let mut entry = self.entry_of(index, term, command);
        for (_, what) in said.iter().filter(|(is, _)| *is) {
            entry.push_str(what);
        }
        entry
    }
}

catalogue! {
    /// The state machines.
    pub(crate) StateTexts of page {
        title: "State", "Estado", "Estado";
        key: "Key", "Clave", "Chave";
        applied(index: u64): "applied {0}", "aplicado {0}", "aplicado {0}";
        members:
            "The voters that it goes by (and learners)",
            "Los votantes que conoce (y los aprendices)",
            "Os votantes que conhece (e os aprendizes)";
        down: "down", "caído", "caído";
        absent: "absent", "ausente", "ausente";
        differs: "differs", "difiere", "difere";
        empty:
            "Nothing stored yet. Write a key: it appears under each node as soon as that node has applied it.",
            "Aún no hay nada guardado. Escribe una clave: aparece bajo cada nodo en cuanto ese nodo la ha aplicado.",
            "Ainda não há nada guardado. Escreva uma chave: ela aparece sob cada nó assim que ele a aplica.";
        expand(key: &str): "{0}: every value in full",
            "{0}: todos los valores completos", "{0}: todos os valores completos";
        close: "Close", "Cerrar", "Fechar";
    }
}

catalogue! {
    /// The clients' operations.
    pub(crate) OperationsTexts of page {
        title: "Operations", "Operaciones", "Operações";
        key: "Key", "Clave", "Chave";
        value: "Value", "Valor", "Valor";
        write: "Write", "Escribir", "Escrever";
        read: "Read", "Leer", "Ler";
        delete: "Delete", "Borrar", "Apagar";
        reads_from: "Reads from", "Lecturas de", "Leituras de";
        leader: "leader", "líder", "líder";
        followers: "followers", "seguidores", "seguidores";
        read_mode: "by", "por", "por";
        key_missing: "Type a key first.", "Escribe primero una clave.", "Escreva primeiro uma chave.";
        key_long(has: usize, most: usize):
            "The key has {0} characters; at most {1} are allowed.",
            "La clave tiene {0} caracteres; se permiten {1} como máximo.",
            "A chave tem {0} caracteres; no máximo {1} são permitidos.";
        value_long(has: usize, most: usize):
            "The value has {0} characters; at most {1} are allowed.",
            "El valor tiene {0} caracteres; se permiten {1} como máximo.",
            "O valor tem {0} caracteres; no máximo {1} são permitidos.";
        client: "Client", "Cliente", "Cliente";
        operation: "Operation", "Operación", "Operação";
        outcome: "Outcome", "Resultado", "Resultado";
        answered_by: "By", "Por", "Por";
        tries: "Tries", "Intentos", "Tentativas";
        waiting: "waiting", "espera", "espera";
        waiting_at(node: NodeId): "waiting at {0}", "espera en {0}", "espera em {0}";
        done: "ok", "ok", "ok";
        done_in(latency: &str): "ok {0}", "ok {0}", "ok {0}";
        failed(why: &str): "failed: {0}", "falló: {0}", "falhou: {0}";
        unknown: "unknown", "desconocido", "desconhecido";
        absent: "absent", "ausente", "ausente";
        empty:
            "No operations yet. Write or read a key: what became of it is listed here.",
            "Aún no hay operaciones. Escribe o lee una clave: aquí se ve qué fue de ella.",
            "Ainda não há operações. Escreva ou leia uma chave: aqui se vê o que foi dela.";
    }
}

impl OperationsTexts {
    /// That an operation was done, and how long that took.
    pub(crate) fn ok(self, latency: Option<Span>) -> String {
        match latency {
            Some(span) => self.done_in(&latency_text(span)),
            None => self.done().to_owned(),
        }
    }
}

catalogue! {
    /// The event log.
    pub(crate) EventsTexts of page {
        title: "Events", "Eventos", "Eventos";
        node: "Node", "Nodo", "Nó";
        all_nodes: "all nodes", "todos los nodos", "todos os nós";
        kinds: "Kinds of event", "Tipos de evento", "Tipos de evento";
        election: "elections", "elecciones", "eleições";
        replication: "replication", "replicación", "replicação";
        client: "clients", "clientes", "clientes";
        fault: "faults", "fallos", "falhas";
        download: "Download", "Descargar", "Baixar";
        jump: "Jump to newest", "Ir al más nuevo", "Ir para o mais novo";
        empty:
            "No events yet. Press Play, or Step for a single one.",
            "Aún no hay eventos. Pulsa Reproducir, o Paso para uno solo.",
            "Ainda não há eventos. Pressione Reproduzir, ou Passo para um só.";
        none_match:
            "No event kept is of this node and these kinds.",
            "Ningún evento guardado es de este nodo y estos tipos.",
            "Nenhum evento guardado é deste nó e destes tipos.";
    }
}
