//! What the transport bar says.

use crate::catalogue::catalogue;
use crate::raft::{NodeId, Time};
use crate::ui::view::{Change, Said};

use super::count_text;

catalogue! {
    /// The transport bar.
    pub(crate) TransportTexts of page {
        title: "Time", "Tiempo", "Tempo";
        play: "Play", "Reproducir", "Reproduzir";
        pause: "Pause", "Pausar", "Pausar";
        step: "Step", "Paso", "Passo";
        step_back: "Step back", "Paso atrás", "Passo atrás";
        start: "To the start", "Al principio", "Ao início";
        end: "To the end", "Al final", "Ao fim";
        previous_event: "Previous event that matters", "Evento importante anterior", "Evento importante anterior";
        next_event: "Next event that matters", "Evento importante siguiente", "Evento importante seguinte";
        previous_event_of(node: NodeId): "Previous event that matters for {0}",
            "Evento importante anterior de {0}", "Evento importante anterior de {0}";
        next_event_of(node: NodeId): "Next event that matters for {0}",
            "Evento importante siguiente de {0}", "Evento importante seguinte de {0}";
        more: "More controls", "Más controles", "Mais controles";
        playhead: "Playhead", "Cabezal", "Cursor do tempo";
        at(now: Time, end: Time): "{0} of {1}", "{0} de {1}", "{0} de {1}";
        until: "Run until…", "Avanzar hasta…", "Avançar até…";
        until_leader: "a leader is elected", "se elige un líder", "um líder é eleito";
        until_commit: "an entry is committed", "se confirma una entrada", "uma entrada é confirmada";
        until_election: "a node campaigns, wins or steps down",
            "un nodo se postula, gana o renuncia", "um nó se candidata, vence ou renuncia";
        until_node: "a node crashes, restarts or pauses",
            "un nodo cae, reinicia o se pausa", "um nó cai, reinicia ou pausa";
        until_answer: "a client is answered", "se responde a un cliente", "um cliente é respondido";
        until_network: "the network changes", "cambia la red", "a rede muda";
        until_violation: "a property is violated", "se viola una propiedad", "uma propriedade é violada";
        until_message: "a message is sent…", "se envía un mensaje…", "uma mensagem é enviada…";
        undo_nothing: "Undo", "Deshacer", "Desfazer";
        undo_act(act: &str): "Undo {0} (go back before it)",
            "Deshacer {0} (volver a antes)", "Desfazer {0} (voltar para antes)";
        undo_run: "Undo: go back to the last run",
            "Deshacer: volver a la última ejecución", "Desfazer: voltar à última execução";
        redo_nothing: "Redo", "Rehacer", "Refazer";
        redo_act(act: &str): "Redo {0} (go on to after it)",
            "Rehacer {0} (ir a después)", "Refazer {0} (ir para depois)";
        redo_run: "Redo: go on to the later run",
            "Rehacer: ir a la ejecución posterior", "Refazer: ir para a execução posterior";
        undone(act: &str):
            "Back before “{0}”. What you do now begins a branch; the old future is kept.",
            "Antes de «{0}». Lo que haga ahora inicia una rama; el futuro anterior se conserva.",
            "Antes de “{0}”. O que você fizer agora inicia um ramo; o futuro anterior é mantido.";
        redone(act: &str): "After “{0}” again.", "Otra vez después de «{0}».", "Depois de “{0}” outra vez.";
        nothing_to_undo: "You have done nothing before this moment.",
            "No ha hecho nada antes de este momento.", "Você não fez nada antes deste momento.";
        nothing_to_redo: "You have done nothing after this moment.",
            "No ha hecho nada después de este momento.", "Você não fez nada depois deste momento.";
        not_before: "There is no such event before this moment.",
            "No hay tal evento antes de este momento.", "Não há tal evento antes deste momento.";
        not_by(at: Time): "It has not come by {0}.", "No ha llegado hasta {0}.", "Não veio até {0}.";
        branched(act: &str):
            "A branch begins with “{0}”; the old future is kept.",
            "Con «{0}» empieza una rama; el futuro anterior se conserva.",
            "Com “{0}” começa um ramo; o futuro anterior é mantido.";
        too_large:
            "This run has grown too large to go on: go back, or begin a new one.",
            "Esta ejecución es ya demasiado grande para seguir: vuelve atrás o empieza otra.",
            "Esta execução ficou grande demais para continuar: volte no tempo ou comece outra.";
        discarded(act: &str): "“{0}” is discarded.", "Se ha descartado «{0}».", "“{0}” foi descartado.";
        new_run:
            "A new run has begun; the last one is kept.",
            "Empieza una ejecución nueva; la última se conserva.",
            "Começa uma nova execução; a última é mantida.";
        is_last_run:
            "That run is back, where you left it. It stands still.",
            "Esa ejecución ha vuelto, donde la dejaste. Está en pausa.",
            "Essa execução está de volta, onde você a deixou. Está em pausa.";
        /// What leads back to the future that was left.
        old_future: "Go back to it", "Volver a él", "Voltar a ele";
        /// What leads back to the run that was shown before.
        last_run: "Go back to the last run", "Volver a la última ejecución", "Voltar à última execução";
        under_way: "On the way", "En camino", "A caminho";
        stop: "Stop", "Detener", "Parar";
        speed: "Speed", "Velocidad", "Velocidade";
        times_real(factor: &str): "{0} × real time", "{0} × tiempo real", "{0} × tempo real";
        /// The speed that is reached, when it is less than the one chosen.
        only(factor: &str): "only {0} ×", "solo {0} ×", "só {0} ×";
        too_fast:
            "The speed chosen is more than this machine holds",
            "La velocidad elegida es más de lo que alcanza esta máquina",
            "A velocidade escolhida é mais do que esta máquina alcança";
        time: "Simulated time", "Tiempo simulado", "Tempo simulado";
        one_event: "1 event", "1 evento", "1 evento";
        many_events(count: &str): "{0} events", "{0} eventos", "{0} eventos";
    }
}

impl TransportTexts {
    /// The event that matters before the playhead or after it, of one node or of all.
    pub(crate) fn jump(self, back: bool, of: Option<NodeId>) -> String {
        match (back, of) {
            (true, Some(node)) => self.previous_event_of(node),
            (true, None) => self.previous_event().to_owned(),
            (false, Some(node)) => self.next_event_of(node),
            (false, None) => self.next_event().to_owned(),
        }
    }

    /// What one can run until, in the order of the menu; the last leads to the kinds of message.
    pub(crate) fn untils(self) -> [&'static str; 8] {
        [
            self.until_leader(),
            self.until_commit(),
            self.until_election(),
            self.until_node(),
            self.until_answer(),
            self.until_network(),
            self.until_violation(),
            self.until_message(),
        ]
    }

    /// What undoing does.
    pub(crate) fn undo(self, what: Option<&Change>) -> String {
        match what {
            Some(Change::Act(act)) => self.undo_act(act),
            Some(Change::Run) => self.undo_run().to_owned(),
            None => self.undo_nothing().to_owned(),
        }
    }

    /// What redoing does.
    pub(crate) fn redo(self, what: Option<&Change>) -> String {
        match what {
            Some(Change::Act(act)) => self.redo_act(act),
            Some(Change::Run) => self.redo_run().to_owned(),
            None => self.redo_nothing().to_owned(),
        }
    }

    /// What there is to say of the last move in time.
    pub(crate) fn said(self, said: &Said) -> String {
        match said {
            Said::Undone(act) => self.undone(act),
            Said::Redone(act) => self.redone(act),
            Said::NothingToUndo => self.nothing_to_undo().to_owned(),
            Said::NothingToRedo => self.nothing_to_redo().to_owned(),
            Said::NotBefore => self.not_before().to_owned(),
            Said::NotBy(at) => self.not_by(*at),
            Said::Branched(act) => self.branched(act),
            Said::TooLarge => self.too_large().to_owned(),
            Said::Discarded(act) => self.discarded(act),
            Said::NewRun => self.new_run().to_owned(),
            Said::LastRun => self.is_last_run().to_owned(),
        }
    }

    /// How many events there have been.
    pub(crate) fn events(self, count: u64) -> String {
        match count {
            1 => self.one_event().to_owned(),
            _ => self.many_events(&count_text(count)),
        }
    }
}
