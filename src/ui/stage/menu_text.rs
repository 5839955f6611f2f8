//! The texts of what opens on the stage: menus, notes, the choice of groups.

use crate::catalogue::catalogue;
use crate::raft::NodeId;
use crate::ui::text::Lang;

catalogue! {
    /// A text of what opens on the stage.
    pub enum MenuText of "menus" {
        Crash: "Crash", "Hacer caer", "Derrubar";
        Restart: "Restart", "Reiniciar", "Reiniciar";
        Pause: "Pause", "Pausar", "Pausar";
        Resume: "Resume", "Reanudar", "Retomar";
        Isolate: "Isolate", "Aislar", "Isolar";
        TimeOutNow: "Time out now", "Vencer su plazo ahora", "Esgotar o prazo agora";
        Select: "Select", "Seleccionar", "Selecionar";
        Deselect: "Deselect", "Quitar la selección", "Desfazer a seleção";
        IsDown: "is down.", "está caído.", "está caído.";
        IsUp: "is up.", "está en marcha.", "está ativo.";
        IsPaused: "is paused.", "está en pausa.", "está pausado.";
        IsLeader:
            "leads: a leader has no election timer.",
            "es líder: un líder no tiene plazo de elección.",
            "é líder: um líder não tem prazo de eleição.";
        IsIsolated: "is already cut off from all others.",
            "ya está separado de todos los demás.", "já está separado de todos os outros.";
        IsOnly: "is the only node.", "es el único nodo.", "é o único nó.";
        Link: "Link", "Enlace", "Enlace";
        CutBoth: "Cut both directions", "Cortar en ambos sentidos", "Cortar nos dois sentidos";
        Cut: "Cut", "Cortar", "Cortar";
        IsCut: "It is cut already.", "Ya está cortado.", "Já está cortado.";
        IsWhole: "It is not cut.", "No está cortado.", "Não está cortado.";
        PartitionHint:
            "Nodes in different groups do not hear each other. Click a node or drag it to the others of its group, or choose here.",
            "Los nodos de grupos distintos no se oyen. Haz clic en un nodo, arrástralo junto a los de su grupo o elige aquí.",
            "Nós de grupos diferentes não se ouvem. Clique em um nó, arraste-o para junto do seu grupo ou escolha aqui.";
        NeedsTwoGroups:
            "Put the nodes in at least two groups.",
            "Reparte los nodos en al menos dos grupos.",
            "Reparta os nós em pelo menos dois grupos.";
        Group: "Group of", "Grupo de", "Grupo de";
        Apply: "Apply", "Aplicar", "Aplicar";
        Cancel: "Cancel", "Cancelar", "Cancelar";
        NoMessages: "No message is in flight.", "No hay mensajes en camino.", "Nenhuma mensagem a caminho.";
        Drop: "Drop", "Perder", "Perder";
        DropHint: "Lose this message where it is",
            "Perder este mensaje donde está", "Perder esta mensagem onde está";
        Close: "Close", "Cerrar", "Fechar";
        Gone: "It has arrived or was lost.", "Ha llegado o se ha perdido.", "Chegou ou se perdeu.";
        Sent: "sent", "enviado", "enviada";
        Arrives: "arrives", "llega", "chega";
        AsksForVote: "Asks for a vote.", "Pide un voto.", "Pede um voto.";
        AsksForPreVote: "Asks whether it would get a vote.",
            "Pregunta si obtendría un voto.", "Pergunta se obteria um voto.";
        CampaignNow: "Tells it to campaign at once.", "Le dice que se postule ya.", "Diz-lhe que se candidate já.";
        LeadNow: "Hand leadership over to it", "Cederle el liderazgo", "Ceder-lhe a liderança";
        LeadsAlready: "leads already.", "ya lidera.", "já lidera.";
        WipeDisk: "Wipe its disk", "Borrar su disco", "Apagar o seu disco";
        Clock: "Clock", "Reloj", "Relógio";
        ClockSlow: "Clock at half speed", "Reloj a media velocidad", "Relógio a meia velocidade";
        ClockTrue: "Clock at true speed", "Reloj a velocidad real", "Relógio à velocidade real";
        ClockFast: "Clock at double speed", "Reloj al doble de velocidad", "Relógio ao dobro da velocidade";
        NobodyLeads:
            "cannot be given leadership: nobody leads.",
            "no puede recibir el liderazgo: nadie lidera.",
            "não pode receber a liderança: ninguém lidera.";
        HasNoVote: "has no vote, and cannot lead.",
            "no tiene voto y no puede liderar.", "não tem voto e não pode liderar.";
        TakeSnapshot: "Take a snapshot", "Tomar una instantánea", "Tirar um instantâneo";
        NothingNew:
            "has applied nothing since its last snapshot.",
            "no ha aplicado nada desde su última instantánea.",
            "não aplicou nada desde o seu último instantâneo.";
        SnapshotUpTo: "Snapshot up to index", "Instantánea hasta el índice", "Instantâneo até o índice";
        Bytes: "bytes", "bytes", "bytes";
        LastPiece: ", the last piece", ", el último trozo", ", o último pedaço";
        BytesReceived: "Bytes of the snapshot received:",
            "Bytes recibidos de la instantánea:", "Bytes recebidos do instantâneo:";
        TermOver: "Refused: that term is over.",
            "Rechazado: ese mandato ha terminado.", "Recusado: esse mandato terminou.";
        Granted: "Vote granted.", "Voto concedido.", "Voto concedido.";
        Refused: "Vote refused.", "Voto denegado.", "Voto recusado.";
        NoEntries: "Heartbeat: no entries.", "Latido: sin entradas.", "Batimento: sem entradas.";
        OneEntry: "entry", "entrada", "entrada";
        Entries: "entries", "entradas", "entradas";
        OfTerms: "of terms", "de los mandatos", "dos mandatos";
        MatchedUpTo: "Stored up to index", "Guardado hasta el índice", "Guardado até o índice";
        Conflict: "Refused: no match at index",
            "Rechazado: no coincide en el índice", "Recusado: não confere no índice";
        GoBackTo: "go back to", "volver al", "voltar ao";
        AsksReadIndex:
            "Asks at which index a read may be answered.",
            "Pregunta en qué índice puede responderse una lectura.",
            "Pergunta em que índice uma leitura pode ser respondida.";
        AnswersReadIndex:
            "Says at which index a read may be answered.",
            "Dice en qué índice puede responderse una lectura.",
            "Diz em que índice uma leitura pode ser respondida.";
        Request: "Request", "Petición", "Pedido";
        Answer: "Answer", "Respuesta", "Resposta";
        Remove: "Remove from the cluster", "Quitar del clúster", "Remover do cluster";
        AddVoter: "Give it a vote", "Darle voto", "Dar-lhe voto";
        AddLearner: "Make it a learner", "Hacerlo aprendiz", "Torná-lo aprendiz";
        NobodyChanges:
            "cannot change its place in the cluster: nobody leads.",
            "no puede cambiar su lugar en el clúster: nadie lidera.",
            "não pode mudar seu lugar no cluster: ninguém lidera.";
        LeaderIsPaused:
            "cannot change its place in the cluster: the leader is paused.",
            "no puede cambiar su lugar en el clúster: el líder está en pausa.",
            "não pode mudar seu lugar no cluster: o líder está pausado.";
        IsVoter: "has a vote already.", "ya tiene voto.", "já tem voto.";
        IsLearner: "is a learner already.", "ya es aprendiz.", "já é aprendiz.";
        IsNoMember: "is not a member of the cluster.", "no es miembro del clúster.", "não é membro do cluster.";
        IsLastVoter: "is the last that has a vote.", "es el último que tiene voto.", "é o último que tem voto.";
    }
}

/// What is said of one node: `S1 is down.`
pub fn of_node(id: NodeId, text: MenuText, lang: Lang) -> String {
    format!("{id} {}", text.get(lang))
}
