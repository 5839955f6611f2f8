//! The texts of the stage, each in every language of the page.

use crate::raft::{NodeId, Term};
use crate::ui::text::Lang;
use crate::ui::view::{NodeView, RoleView};

/// A text of the stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StageText {
    Cluster,
    Nodes,
    NodeHint,
    PartitionNodeHint,
    Follower,
    PreCandidate,
    Candidate,
    Leader,
    Down,
    Paused,
    Term,
    Client,
    Proxy,
    Crash,
    Restart,
    Pause,
    Resume,
    Isolate,
    TimeOutNow,
    Select,
    Deselect,
    IsDown,
    IsUp,
    IsPaused,
    IsLeader,
    IsIsolated,
    IsOnly,
    Link,
    CutBoth,
    Cut,
    Heal,
    IsCut,
    IsWhole,
    Partition,
    NeedsTwoNodes,
    PartitionHint,
    NeedsTwoGroups,
    Group,
    Apply,
    Cancel,
    Faults,
    Links,
    Load,
    StopLoad,
    Chaos,
    StopChaos,
    Messages,
    NoMessages,
    Network,
    Loss,
    Duplication,
    Latency,
    LatencyFrom,
    LatencyTo,
    Reorder,
    ReorderHint,
    Drop,
    DropHint,
    Close,
    Gone,
    Sent,
    Arrives,
    AsksForVote,
    AsksForPreVote,
    CampaignNow,
    LeadNow,
    LeadsAlready,
    WipeDisk,
    Clock,
    ClockSlow,
    ClockTrue,
    ClockFast,
    NobodyLeads,
    HasNoVote,
    TakeSnapshot,
    NothingNew,
    SnapshotUpTo,
    Bytes,
    LastPiece,
    BytesReceived,
    TermOver,
    Granted,
    Refused,
    NoEntries,
    OneEntry,
    Entries,
    OfTerms,
    MatchedUpTo,
    Conflict,
    GoBackTo,
    AsksReadIndex,
    AnswersReadIndex,
    Request,
    Answer,
    Waiting,
    WaitingAt,
    Ok,
    Failed,
    Unknown,
    Absent,
    Learner,
    Outside,
    AddServer,
    AddServerHint,
    NoMoreServers,
    Remove,
    AddVoter,
    AddLearner,
    NobodyAdds,
    NobodyChanges,
    LeaderIsPaused,
    IsVoter,
    IsLearner,
    IsNoMember,
    IsLastVoter,
}

impl StageText {
    /// The text in a language.
    pub const fn get(self, lang: Lang) -> &'static str {
        let [english, spanish, portuguese] = self.all();
        match lang {
            Lang::English => english,
            Lang::Spanish => spanish,
            Lang::Portuguese => portuguese,
        }
    }

    /// The text in English, Spanish and Portuguese.
    const fn all(self) -> [&'static str; 3] {
        match self {
            Self::Cluster => ["Cluster", "Clúster", "Cluster"],
            Self::Nodes => ["Ring", "Anillo", "Anel"],
            Self::NodeHint => [
                "Click or Enter: crash, or restart if down. Right click, long press or Shift+F10: menu.",
                "Clic o Intro: hacer caer, o reiniciar si está caído. Clic derecho, pulsación larga o Mayús+F10: menú.",
                "Clique ou Enter: derrubar, ou reiniciar se caído. Clique direito, toque longo ou Shift+F10: menu.",
            ],
            Self::PartitionNodeHint => [
                "Click or Enter: next group.",
                "Clic o Intro: grupo siguiente.",
                "Clique ou Enter: próximo grupo.",
            ],
            Self::Follower => ["follower", "seguidor", "seguidor"],
            Self::PreCandidate => ["pre-candidate", "precandidato", "pré-candidato"],
            Self::Candidate => ["candidate", "candidato", "candidato"],
            Self::Leader => ["leader", "líder", "líder"],
            Self::Down => ["down", "caído", "caído"],
            Self::Paused => ["paused", "en pausa", "pausado"],
            Self::Term => ["term", "mandato", "mandato"],
            Self::Client => ["client", "cliente", "cliente"],
            Self::Proxy => ["proxy", "proxy", "proxy"],
            Self::Crash => ["Crash", "Hacer caer", "Derrubar"],
            Self::Restart => ["Restart", "Reiniciar", "Reiniciar"],
            Self::Pause => ["Pause", "Pausar", "Pausar"],
            Self::Resume => ["Resume", "Reanudar", "Retomar"],
            Self::Isolate => ["Isolate", "Aislar", "Isolar"],
            Self::TimeOutNow => [
                "Time out now",
                "Vencer su plazo ahora",
                "Esgotar o prazo agora",
            ],
            Self::Select => ["Select", "Seleccionar", "Selecionar"],
            Self::Deselect => ["Deselect", "Quitar la selección", "Desfazer a seleção"],
            Self::IsDown => ["is down.", "está caído.", "está caído."],
            Self::IsUp => ["is up.", "está en marcha.", "está ativo."],
            Self::IsPaused => ["is paused.", "está en pausa.", "está pausado."],
            Self::IsLeader => [
                "leads: a leader has no election timer.",
                "es líder: un líder no tiene plazo de elección.",
                "é líder: um líder não tem prazo de eleição.",
            ],
            Self::IsIsolated => [
                "is already cut off from all others.",
                "ya está separado de todos los demás.",
                "já está separado de todos os outros.",
            ],
            Self::IsOnly => ["is the only node.", "es el único nodo.", "é o único nó."],
            Self::Link => ["Link", "Enlace", "Enlace"],
            Self::CutBoth => [
                "Cut both directions",
                "Cortar en ambos sentidos",
                "Cortar nos dois sentidos",
            ],
            Self::Cut => ["Cut", "Cortar", "Cortar"],
            Self::Heal => ["Heal", "Reparar", "Reparar"],
            Self::IsCut => ["It is cut already.", "Ya está cortado.", "Já está cortado."],
            Self::IsWhole => ["It is not cut.", "No está cortado.", "Não está cortado."],
            Self::Partition => ["Partition", "Partir", "Partir"],
            Self::NeedsTwoNodes => [
                "A partition needs at least two nodes.",
                "Una partición necesita al menos dos nodos.",
                "Uma partição precisa de pelo menos dois nós.",
            ],
            Self::PartitionHint => [
                "Nodes in different groups do not hear each other. Click a node or drag it to the others of its group, or choose here.",
                "Los nodos de grupos distintos no se oyen. Haz clic en un nodo, arrástralo junto a los de su grupo o elige aquí.",
                "Nós de grupos diferentes não se ouvem. Clique em um nó, arraste-o para junto do seu grupo ou escolha aqui.",
            ],
            Self::NeedsTwoGroups => [
                "Put the nodes in at least two groups.",
                "Reparte los nodos en al menos dos grupos.",
                "Reparta os nós em pelo menos dois grupos.",
            ],
            Self::Group => ["Group of", "Grupo de", "Grupo de"],
            Self::Apply => ["Apply", "Aplicar", "Aplicar"],
            Self::Cancel => ["Cancel", "Cancelar", "Cancelar"],
            Self::Faults => ["Faults", "Fallos", "Falhas"],
            Self::Links => ["Links", "Enlaces", "Enlaces"],
            Self::Load => ["Load", "Carga", "Carga"],
            Self::StopLoad => ["Stop the load", "Detener la carga", "Parar a carga"],
            Self::Chaos => ["Chaos", "Caos", "Caos"],
            Self::StopChaos => ["Stop the chaos", "Detener el caos", "Parar o caos"],
            Self::Messages => ["Messages", "Mensajes", "Mensagens"],
            Self::NoMessages => [
                "No message is in flight.",
                "No hay mensajes en camino.",
                "Nenhuma mensagem a caminho.",
            ],
            Self::Network => ["Network", "Red", "Rede"],
            Self::Loss => ["Loss", "Pérdida", "Perda"],
            Self::Duplication => ["Duplication", "Duplicación", "Duplicação"],
            Self::Latency => ["Latency", "Latencia", "Latência"],
            Self::LatencyFrom => ["Shortest latency", "Latencia mínima", "Latência mínima"],
            Self::LatencyTo => ["Longest latency", "Latencia máxima", "Latência máxima"],
            Self::Reorder => ["Reorder", "Reordenar", "Reordenar"],
            Self::ReorderHint => [
                "Messages on one link may overtake each other.",
                "Los mensajes de un enlace pueden adelantarse.",
                "As mensagens de um enlace podem se ultrapassar.",
            ],
            Self::Drop => ["Drop", "Perder", "Perder"],
            Self::DropHint => [
                "Lose this message where it is",
                "Perder este mensaje donde está",
                "Perder esta mensagem onde está",
            ],
            Self::Close => ["Close", "Cerrar", "Fechar"],
            Self::Gone => [
                "It has arrived or was lost.",
                "Ha llegado o se ha perdido.",
                "Chegou ou se perdeu.",
            ],
            Self::Sent => ["sent", "enviado", "enviada"],
            Self::Arrives => ["arrives", "llega", "chega"],
            Self::CampaignNow => [
                "Tells it to campaign at once.",
                "Le dice que se postule ya.",
                "Diz-lhe que se candidate já.",
            ],
            Self::LeadNow => [
                "Hand leadership over to it",
                "Cederle el liderazgo",
                "Ceder-lhe a liderança",
            ],
            Self::WipeDisk => ["Wipe its disk", "Borrar su disco", "Apagar o seu disco"],
            Self::Clock => ["Clock", "Reloj", "Relógio"],
            Self::ClockSlow => [
                "Clock at half speed",
                "Reloj a media velocidad",
                "Relógio a meia velocidade",
            ],
            Self::ClockTrue => [
                "Clock at true speed",
                "Reloj a velocidad real",
                "Relógio à velocidade real",
            ],
            Self::ClockFast => [
                "Clock at double speed",
                "Reloj al doble de velocidad",
                "Relógio ao dobro da velocidade",
            ],
            Self::LeadsAlready => ["leads already.", "ya lidera.", "já lidera."],
            Self::NobodyLeads => [
                "cannot be given leadership: nobody leads.",
                "no puede recibir el liderazgo: nadie lidera.",
                "não pode receber a liderança: ninguém lidera.",
            ],
            Self::HasNoVote => [
                "has no vote, and cannot lead.",
                "no tiene voto y no puede liderar.",
                "não tem voto e não pode liderar.",
            ],
            Self::TakeSnapshot => [
                "Take a snapshot",
                "Tomar una instantánea",
                "Tirar um instantâneo",
            ],
            Self::NothingNew => [
                "has applied nothing since its last snapshot.",
                "no ha aplicado nada desde su última instantánea.",
                "não aplicou nada desde o seu último instantâneo.",
            ],
            Self::SnapshotUpTo => [
                "Snapshot up to index",
                "Instantánea hasta el índice",
                "Instantâneo até o índice",
            ],
            Self::Bytes => ["bytes", "bytes", "bytes"],
            Self::LastPiece => [", the last piece", ", el último trozo", ", o último pedaço"],
            Self::BytesReceived => [
                "Bytes of the snapshot received:",
                "Bytes recibidos de la instantánea:",
                "Bytes recebidos do instantâneo:",
            ],
            Self::TermOver => [
                "Refused: that term is over.",
                "Rechazado: ese mandato ha terminado.",
                "Recusado: esse mandato terminou.",
            ],
            Self::AsksForPreVote => [
                "Asks whether it would get a vote.",
                "Pregunta si obtendría un voto.",
                "Pergunta se obteria um voto.",
            ],
            Self::AsksForVote => ["Asks for a vote.", "Pide un voto.", "Pede um voto."],
            Self::Granted => ["Vote granted.", "Voto concedido.", "Voto concedido."],
            Self::Refused => ["Vote refused.", "Voto denegado.", "Voto recusado."],
            Self::NoEntries => [
                "Heartbeat: no entries.",
                "Latido: sin entradas.",
                "Batimento: sem entradas.",
            ],
            Self::OneEntry => ["entry", "entrada", "entrada"],
            Self::Entries => ["entries", "entradas", "entradas"],
            Self::OfTerms => ["of terms", "de los mandatos", "dos mandatos"],
            Self::MatchedUpTo => [
                "Stored up to index",
                "Guardado hasta el índice",
                "Guardado até o índice",
            ],
            Self::Conflict => [
                "Refused: no match at index",
                "Rechazado: no coincide en el índice",
                "Recusado: não confere no índice",
            ],
            Self::GoBackTo => ["go back to", "volver al", "voltar ao"],
            Self::AsksReadIndex => [
                "Asks at which index a read may be answered.",
                "Pregunta en qué índice puede responderse una lectura.",
                "Pergunta em que índice uma leitura pode ser respondida.",
            ],
            Self::AnswersReadIndex => [
                "Says at which index a read may be answered.",
                "Dice en qué índice puede responderse una lectura.",
                "Diz em que índice uma leitura pode ser respondida.",
            ],
            Self::Request => ["Request", "Petición", "Pedido"],
            Self::Answer => ["Answer", "Respuesta", "Resposta"],
            Self::Waiting => ["waiting", "en espera", "em espera"],
            Self::WaitingAt => ["waiting at", "en espera en", "em espera em"],
            Self::Ok => ["ok", "ok", "ok"],
            Self::Failed => ["failed", "fallida", "falhou"],
            Self::Unknown => ["unknown", "desconocido", "desconhecido"],
            Self::Absent => ["absent", "ausente", "ausente"],
            Self::Learner => ["learner", "aprendiz", "aprendiz"],
            Self::Outside => ["not a member", "no es miembro", "não é membro"],
            Self::AddServer => [
                "Add a server",
                "Añadir un servidor",
                "Adicionar um servidor",
            ],
            Self::AddServerHint => [
                "It learns the log first, and votes when it has caught up.",
                "Primero aprende el registro, y vota cuando está al día.",
                "Primeiro aprende o registro, e vota quando está em dia.",
            ],
            Self::NoMoreServers => [
                "There can be no more servers.",
                "No puede haber más servidores.",
                "Não pode haver mais servidores.",
            ],
            Self::Remove => [
                "Remove from the cluster",
                "Quitar del clúster",
                "Remover do cluster",
            ],
            Self::AddVoter => ["Give it a vote", "Darle voto", "Dar-lhe voto"],
            Self::AddLearner => ["Make it a learner", "Hacerlo aprendiz", "Torná-lo aprendiz"],
            Self::NobodyAdds => [
                "Nobody leads: a leader adds it.",
                "Nadie lidera: lo añade un líder.",
                "Ninguém lidera: quem o adiciona é um líder.",
            ],
            Self::LeaderIsPaused => [
                "cannot change its place in the cluster: the leader is paused.",
                "no puede cambiar su lugar en el clúster: el líder está en pausa.",
                "não pode mudar seu lugar no cluster: o líder está pausado.",
            ],
            Self::IsVoter => ["has a vote already.", "ya tiene voto.", "já tem voto."],
            Self::IsLearner => ["is a learner already.", "ya es aprendiz.", "já é aprendiz."],
            Self::IsNoMember => [
                "is not a member of the cluster.",
                "no es miembro del clúster.",
                "não é membro do cluster.",
            ],
            Self::IsLastVoter => [
                "is the last that has a vote.",
                "es el último que tiene voto.",
                "é o último que tem voto.",
            ],
            Self::NobodyChanges => [
                "cannot change its place in the cluster: nobody leads.",
                "no puede cambiar su lugar en el clúster: nadie lidera.",
                "não pode mudar seu lugar no cluster: ninguém lidera.",
            ],
        }
    }
}

/// What the stage is called when the cluster is on it.
pub(crate) const fn cluster(lang: Lang) -> &'static str {
    StageText::Cluster.get(lang)
}

/// The word of a node's role.
pub const fn role(role: RoleView, lang: Lang) -> &'static str {
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

/// What is said of one node: `S1 is down.`
pub fn of_node(id: NodeId, text: StageText, lang: Lang) -> String {
    format!("{id} {}", text.get(lang))
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
