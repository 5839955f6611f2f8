//! The texts of the stage that are said from the start.

use crate::catalogue::catalogue;
use crate::raft::Term;
use crate::ui::text::Lang;
use crate::ui::view::{NodeView, RoleView};

catalogue! {
    /// A text of the stage.
    pub enum StageText of page {
        Cluster: "Cluster", "Clúster", "Cluster";
        Nodes: "Ring", "Anillo", "Anel";
        NodeHint:
            "Click or Enter: crash, or restart if down. Right click, long press or Shift+F10: menu.",
            "Clic o Intro: hacer caer, o reiniciar si está caído. Clic derecho, pulsación larga o Mayús+F10: menú.",
            "Clique ou Enter: derrubar, ou reiniciar se caído. Clique direito, toque longo ou Shift+F10: menu.";
        PartitionNodeHint: "Click or Enter: next group.",
            "Clic o Intro: grupo siguiente.", "Clique ou Enter: próximo grupo.";
        Follower: "follower", "seguidor", "seguidor";
        PreCandidate: "pre-candidate", "precandidato", "pré-candidato";
        Candidate: "candidate", "candidato", "candidato";
        Leader: "leader", "líder", "líder";
        Down: "down", "caído", "caído";
        Paused: "paused", "en pausa", "pausado";
        Term: "term", "mandato", "mandato";
        Client: "client", "cliente", "cliente";
        Proxy: "proxy", "proxy", "proxy";
        Heal: "Heal", "Reparar", "Reparar";
        Partition: "Partition", "Partir", "Partir";
        NeedsTwoNodes:
            "A partition needs at least two nodes.",
            "Una partición necesita al menos dos nodos.",
            "Uma partição precisa de pelo menos dois nós.";
        Faults: "Faults", "Fallos", "Falhas";
        Links: "Links", "Enlaces", "Enlaces";
        Load: "Load", "Carga", "Carga";
        StopLoad: "Stop the load", "Detener la carga", "Parar a carga";
        Chaos: "Chaos", "Caos", "Caos";
        StopChaos: "Stop the chaos", "Detener el caos", "Parar o caos";
        Messages: "Messages", "Mensajes", "Mensagens";
        Network: "Network", "Red", "Rede";
        Loss: "Loss", "Pérdida", "Perda";
        Duplication: "Duplication", "Duplicación", "Duplicação";
        Latency: "Latency", "Latencia", "Latência";
        LatencyFrom: "Shortest latency", "Latencia mínima", "Latência mínima";
        LatencyTo: "Longest latency", "Latencia máxima", "Latência máxima";
        Reorder: "Reorder", "Reordenar", "Reordenar";
        ReorderHint:
            "Messages on one link may overtake each other.",
            "Los mensajes de un enlace pueden adelantarse.",
            "As mensagens de um enlace podem se ultrapassar.";
        Waiting: "waiting", "en espera", "em espera";
        WaitingAt: "waiting at", "en espera en", "em espera em";
        Ok: "ok", "ok", "ok";
        Failed: "failed", "fallida", "falhou";
        Unknown: "unknown", "desconocido", "desconhecido";
        Absent: "absent", "ausente", "ausente";
        Learner: "learner", "aprendiz", "aprendiz";
        Outside: "not a member", "no es miembro", "não é membro";
        AddServer: "Add a server", "Añadir un servidor", "Adicionar um servidor";
        AddServerHint:
            "It learns the log first, and votes when it has caught up.",
            "Primero aprende el registro, y vota cuando está al día.",
            "Primeiro aprende o registro, e vota quando está em dia.";
        NoMoreServers: "There can be no more servers.",
            "No puede haber más servidores.", "Não pode haver mais servidores.";
        NobodyAdds: "Nobody leads: a leader adds it.",
            "Nadie lidera: lo añade un líder.", "Ninguém lidera: quem o adiciona é um líder.";
    }
}

/// What the stage is called when the cluster is on it.
pub(crate) fn cluster(lang: Lang) -> &'static str {
    StageText::Cluster.get(lang)
}

/// The word of a node's role.
pub fn role(role: RoleView, lang: Lang) -> &'static str {
    let text = match role {
        RoleView::Follower => StageText::Follower,
        RoleView::PreCandidate { .. } => StageText::PreCandidate,
        RoleView::Candidate { .. } => StageText::Candidate,
        RoleView::Leader => StageText::Leader,
        RoleView::Down => StageText::Down,
        RoleView::Paused => StageText::Paused,
        RoleView::Learner => StageText::Learner,
        RoleView::Outside => StageText::Outside,
    };
    text.get(lang)
}

/// The name by which a node is found: `S1, leader, term 2`.
pub fn node_name(node: &NodeView, lang: Lang) -> String {
    let NodeView { id, term, .. } = node;
    let word = StageText::Term.get(lang);
    format!("{id}, {}, {word} {term}", role(node.role, lang))
}

/// A group's letter: `A`, `B`, …
pub fn group_letter(group: usize) -> char {
    char::from(b'A' + (group % 26) as u8)
}

/// Terms, as in `2, 2, 3, …`; `more`: there are more than these.
pub fn terms(terms: impl Iterator<Item = Term>, more: bool) -> String {
    let mut words: Vec<String> = terms.map(|term| term.to_string()).collect();
    if more {
        words.push("…".to_owned());
    }
    words.join(", ")
}
