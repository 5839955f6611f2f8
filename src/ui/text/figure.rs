//! What the view of Figure 2 says: the paper's page in our own words.

use crate::catalogue::catalogue;
use crate::measure::{Line, Part};

catalogue! {
    /// The view of Figure 2.
    pub(crate) FigureTexts of "views" {
        title: "Figure 2", "Figura 2", "Figura 2";
        hint:
            "Raft on one page, live: what fired in the last event is marked, with its numbers. A press on a line goes to where it fires next; ◂ and ▸ go either way.",
            "Raft en una página, en vivo: lo que actuó en el último evento está marcado, con sus números. Al pulsar una línea se va a donde actúa la próxima vez; ◂ y ▸ van en ambos sentidos.",
            "Raft numa página, ao vivo: o que atuou no último evento está marcado, com os seus números. Clicar em uma linha leva até onde atua a seguir; ◂ e ▸ vão nos dois sentidos.";
        whose: "What happens on", "Lo que pasa en", "O que acontece em";
        all_nodes: "all nodes", "todos los nodos", "todos os nós";
        next: "Next: {0}", "Siguiente: {0}", "Seguinte: {0}";
        last: "Previous: {0}", "Anterior: {0}", "Anterior: {0}";
        fired: "fired {0}", "actuó {0}", "atuou {0}";
        blocked: "held back {0}", "frenó {0}", "travou {0}";
        holds_back: "held back", "frenó", "travou";
        applied: "applies entry {0} (§5.3)", "aplica la entrada {0} (§5.3)", "aplica a entrada {0} (§5.3)";
        beats: "sends heartbeats (§5.2)", "envía latidos (§5.2)", "envia batimentos (§5.2)";
        timed_out: "has heard of no leader for an election timeout (§5.2)",
            "no ha sabido de un líder en un plazo de elección (§5.2)",
            "não soube de um líder num prazo de eleição (§5.2)";
        wrong: "Some rules of this run are wrong on purpose: they do not do what their lines say.",
            "Algunas reglas de esta ejecución son erróneas a propósito: no hacen lo que dicen sus líneas.",
            "Algumas regras desta execução estão erradas de propósito: não fazem o que as suas linhas dizem.";

        state: "State", "Estado", "Estado";
        state_empty: "Choose a node above to see its values.",
            "Elige arriba un nodo para ver sus valores.",
            "Escolha acima um nó para ver os seus valores.";
        persistent: "persistent, on all servers", "persistente, en todos los servidores", "persistente, em todos os servidores";
        volatile: "volatile, on all servers", "volátil, en todos los servidores", "volátil, em todos os servidores";
        of_leaders: "volatile, on leaders", "volátil, en los líderes", "volátil, nos líderes";
        current_term: "the latest term it has seen", "el último mandato que ha visto", "o último mandato que viu";
        voted_for: "who has its vote in that term", "quién tiene su voto en ese mandato", "quem tem o seu voto nesse mandato";
        log: "its entries; each a command and its term", "sus entradas; cada una, una orden y su mandato", "as suas entradas; cada uma, um comando e o seu mandato";
        commit_index: "the highest index it knows to be committed", "el índice más alto que sabe confirmado", "o índice mais alto que sabe confirmado";
        last_applied: "the highest index it has applied", "el índice más alto que ha aplicado", "o índice mais alto que aplicou";
        next_index: "the next index to send to each", "el próximo índice a enviar a cada uno", "o próximo índice a enviar a cada um";
        match_index: "the highest index known to be on each", "el índice más alto que se sabe en cada uno", "o índice mais alto que se sabe em cada um";
        nobody: "nobody", "nadie", "ninguém";
        is_down: "down: only what its disk has", "caído: solo lo que tiene su disco", "caído: só o que tem o seu disco";
        leads_not: "it does not lead", "no lidera", "não lidera";
        entries: "{0} to {1}, the last of term {2}", "{0} a {1}, la última del mandato {2}", "{0} a {1}, a última do mandato {2}";
        entries_none: "empty", "vacío", "vazio";
        entries_snapshot: "empty, after a snapshot up to {0}", "vacío, tras una instantánea hasta {0}", "vazio, após um instantâneo até {0}";

        all_servers: "All servers", "Todos los servidores", "Todos os servidores";
        followers: "Followers", "Seguidores", "Seguidores";
        candidates: "Candidates", "Candidatos", "Candidatos";
        leaders: "Leaders", "Líderes", "Líderes";
        request_vote: "RequestVote RPC, at the receiver", "RPC RequestVote, en quien lo recibe", "RPC RequestVote, em quem o recebe";
        append_entries: "AppendEntries RPC, at the receiver", "RPC AppendEntries, en quien lo recibe", "RPC AppendEntries, em quem o recebe";
        pre_vote: "PreVote and CheckQuorum", "PreVote y CheckQuorum", "PreVote e CheckQuorum";
        snapshots: "Snapshots, InstallSnapshot RPC", "Instantáneas, RPC InstallSnapshot", "Instantâneos, RPC InstallSnapshot";
        membership: "Membership", "Miembros", "Membros";
        reads: "Reads", "Lecturas", "Leituras";
        transfer: "Leadership transfer", "Traspaso del liderazgo", "Transferência da liderança";

        apply: "Apply what is committed, in order (§5.3).",
            "Aplicar lo confirmado, en orden (§5.3).",
            "Aplicar o que está confirmado, por ordem (§5.3).";
        higher_term: "A message has a higher term: adopt it and follow (§5.1).",
            "Un mensaje trae un mandato mayor: adoptarlo y seguir (§5.1).",
            "Uma mensagem traz um mandato maior: adotá-lo e seguir (§5.1).";
        election_timeout: "An election timeout passes without word of a leader and without giving a vote: campaign (§5.2).",
            "Pasa un plazo de elección sin noticia de un líder y sin dar un voto: postularse (§5.2).",
            "Passa um prazo de eleição sem notícia de um líder e sem dar um voto: candidatar-se (§5.2).";
        not_leader: "A client's request is for the leader: refuse, and say who that is (§8).",
            "La petición de un cliente es para el líder: rechazarla y decir quién es (§8).",
            "O pedido de um cliente é para o líder: recusá-lo e dizer quem é (§8).";
        start_election: "Begin an election, and another when nobody wins in time: raise the term, vote for itself, ask all others (§5.2).",
            "Empezar una elección, y otra si nadie gana a tiempo: subir el mandato, votarse, pedir el voto a los demás (§5.2).",
            "Começar uma eleição, e outra se ninguém vencer a tempo: subir o mandato, votar em si, pedir o voto a todos os outros (§5.2).";
        count_vote: "Count each vote once; a no does not count (§5.2).",
            "Contar cada voto una vez; un no no cuenta (§5.2).",
            "Contar cada voto uma vez; um não não conta (§5.2).";
        become_leader: "Votes from a majority: lead (§5.2).",
            "Votos de una mayoría: liderar (§5.2).",
            "Votos de uma maioria: liderar (§5.2).";
        yield_to_leader: "AppendEntries from a leader of this term: follow it (§5.2).",
            "AppendEntries de un líder de este mandato: seguirlo (§5.2).",
            "AppendEntries de um líder deste mandato: segui-lo (§5.2).";
        heartbeat: "Send heartbeats, so that nobody else campaigns (§5.2).",
            "Enviar latidos, para que nadie más se presente (§5.2).",
            "Enviar batimentos, para que mais ninguém se candidate (§5.2).";
        leader_append: "Append a client's command to its log, and first of all an empty entry of its term (§5.3, §8).",
            "Añadir a su registro la orden de un cliente, y antes de todo una entrada vacía de su mandato (§5.3, §8).",
            "Acrescentar ao seu registro o comando de um cliente, e antes de tudo uma entrada vazia do seu mandato (§5.3, §8).";
        match_advanced: "A follower has stored entries: raise its matchIndex and nextIndex (§5.3).",
            "Un seguidor guardó entradas: subir su matchIndex y su nextIndex (§5.3).",
            "Um seguidor guardou entradas: subir o seu matchIndex e o seu nextIndex (§5.3).";
        back_up: "A follower's log does not match: lower its nextIndex and try again (§5.3).",
            "El registro de un seguidor no coincide: bajar su nextIndex y reintentar (§5.3).",
            "O registro de um seguidor não coincide: baixar o seu nextIndex e tentar de novo (§5.3).";
        leader_commit: "A majority has an entry of its own term: that and all before it are committed; an older one alone is not (§5.3, §5.4.2).",
            "Una mayoría tiene una entrada de su propio mandato: ella y todas las anteriores quedan confirmadas; una más antigua sola, no (§5.3, §5.4.2).",
            "Uma maioria tem uma entrada do seu próprio mandato: ela e todas as anteriores ficam confirmadas; uma mais antiga sozinha, não (§5.3, §5.4.2).";
        step_down: "It no longer leads (§5.1, §6).",
            "Deja de liderar (§5.1, §6).",
            "Deixa de liderar (§5.1, §6).";
        vote_term: "An older term: refuse (§5.1).",
            "Un mandato más antiguo: rechazar (§5.1).",
            "Um mandato mais antigo: recusar (§5.1).";
        vote: "One vote a term, and only for a log at least as up to date as its own (§5.2, §5.4.1).",
            "Un voto por mandato, y solo para un registro al menos tan al día como el propio (§5.2, §5.4.1).",
            "Um voto por mandato, e só para um registro pelo menos tão atual como o próprio (§5.2, §5.4.1).";
        vote_leader_lives: "While a leader lives or may hold a lease, no vote for anybody (dissertation §4.2.3, §6.4.1).",
            "Mientras un líder vive o puede tener un arrendamiento, ningún voto para nadie (tesis §4.2.3, §6.4.1).",
            "Enquanto um líder vive ou pode ter um arrendamento, nenhum voto para ninguém (tese §4.2.3, §6.4.1).";
        stale_term: "1. An older term: refuse (§5.1).",
            "1. Un mandato más antiguo: rechazar (§5.1).",
            "1. Um mandato mais antigo: recusar (§5.1).";
        log_mismatch: "2. No entry at prevLogIndex of prevLogTerm: refuse (§5.3).",
            "2. En prevLogIndex no hay una entrada de prevLogTerm: rechazar (§5.3).",
            "2. Em prevLogIndex não há uma entrada de prevLogTerm: recusar (§5.3).";
        truncate_conflict: "3. An entry of another term is in the way: remove it and all after it (§5.3).",
            "3. Estorba una entrada de otro mandato: quitarla con todas las que siguen (§5.3).",
            "3. Uma entrada de outro mandato está no lugar: removê-la com todas as seguintes (§5.3).";
        append: "4. Append what it does not have (§5.3).",
            "4. Añadir lo que no tiene (§5.3).",
            "4. Acrescentar o que não tem (§5.3).";
        follower_commit: "5. The leader has committed more: raise commitIndex as far as its entries go (§5.3).",
            "5. El líder ha confirmado más: subir commitIndex hasta donde llegan sus entradas (§5.3).",
            "5. O líder confirmou mais: subir commitIndex até onde chegam as suas entradas (§5.3).";
        start_pre_vote: "Before raising its term, ask who would vote for it (dissertation §9.6).",
            "Antes de subir su mandato, preguntar quién le votaría (tesis §9.6).",
            "Antes de subir o seu mandato, perguntar quem votaria nele (tese §9.6).";
        pre_vote_given: "Say yes if the log is up to date and no leader is heard; nothing of its own changes (dissertation §9.6).",
            "Decir que sí si el registro está al día y no se oye a un líder; nada propio cambia (tesis §9.6).",
            "Dizer que sim se o registro está atual e não se ouve um líder; nada de seu muda (tese §9.6).";
        count_pre_vote: "A majority would: begin the election (dissertation §9.6).",
            "Una mayoría lo haría: empezar la elección (tesis §9.6).",
            "Uma maioria votaria: começar a eleição (tese §9.6).";
        quorum_lost: "A leader not heard by a majority for an election timeout steps down (dissertation §6.2).",
            "Un líder al que la mayoría no responde durante un plazo de elección deja de liderar (tesis §6.2).",
            "Um líder a quem a maioria não responde durante um prazo de eleição deixa de liderar (tese §6.2).";
        take_snapshot: "Save the state that the applied entries led to (§7).",
            "Guardar el estado al que llevaron las entradas aplicadas (§7).",
            "Guardar o estado a que levaram as entradas aplicadas (§7).";
        compact_log: "The snapshot is on disk: drop the entries it covers (§7).",
            "La instantánea está en disco: descartar las entradas que cubre (§7).",
            "O instantâneo está no disco: descartar as entradas que cobre (§7).";
        send_snapshot: "A follower needs entries that are gone: send it the snapshot (§7).",
            "Un seguidor necesita entradas que ya no están: enviarle la instantánea (§7).",
            "Um seguidor precisa de entradas que não existem mais: enviar a ele o instantâneo (§7).";
        store_chunk: "Store a piece of it; answer, and wait for more (§7).",
            "Guardar un trozo; responder y esperar más (§7).",
            "Guardar um pedaço; responder e esperar por mais (§7).";
        install_snapshot: "Its last entry is not in the log: it takes the place of log and state (§7).",
            "Su última entrada no está en el registro: ocupa el lugar del registro y del estado (§7).",
            "A sua última entrada não está no registro: toma o lugar do registro e do estado (§7).";
        keep_log: "Its last entry is in the log: keep what follows (§7).",
            "Su última entrada está en el registro: conservar lo que sigue (§7).",
            "A sua última entrada está no registro: manter o que se segue (§7).";
        old_snapshot: "It covers nothing new: pass over it (§7).",
            "No cubre nada nuevo: pasarla por alto (§7).",
            "Não cobre nada de novo: ignorá-lo (§7).";
        use_configuration: "Go by the latest configuration in the log, committed or not (§6).",
            "Regirse por la última configuración del registro, confirmada o no (§6).",
            "Reger-se pela última configuração do registro, confirmada ou não (§6).";
        revert_configuration: "Its entry is removed: go by the one before (§6).",
            "Se quita su entrada: volver a la anterior (§6).",
            "A sua entrada é removida: voltar à anterior (§6).";
        change_after_own_term: "A change waits for a committed entry of the leader's term (dissertation §4.1).",
            "Un cambio espera a una entrada confirmada del mandato del líder (tesis §4.1).",
            "Uma mudança espera por uma entrada confirmada do mandato do líder (tese §4.1).";
        change_after_commit: "It waits for the configuration before it to be committed (dissertation §4.1).",
            "Espera a que se confirme la configuración anterior (tesis §4.1).",
            "Espera que se confirme a configuração anterior (tese §4.1).";
        change_in_turn: "One change at a time: it waits for those asked for earlier (dissertation §4.1).",
            "Un cambio cada vez: espera a los pedidos antes (tesis §4.1).",
            "Uma mudança de cada vez: espera pelas pedidas antes (tese §4.1).";
        catch_up: "New servers catch up, in rounds, before they vote (dissertation §4.2.1).",
            "Los servidores nuevos se ponen al día, por rondas, antes de votar (tesis §4.2.1).",
            "Os servidores novos se atualizam, por rodadas, antes de votar (tese §4.2.1).";
        refuse_change: "A change that changes nothing, or leaves nobody to vote, is refused (§6).",
            "Un cambio que no cambia nada, o que no deja a nadie que vote, se rechaza (§6).",
            "Uma mudança que nada muda, ou que não deixa ninguém para votar, é recusada (§6).";
        leader_removed: "A leader without a vote in the configuration it committed steps down (§6).",
            "Un líder sin voto en la configuración que confirmó deja de liderar (§6).",
            "Um líder sem voto na configuração que confirmou deixa de liderar (§6).";
        drop_change: "It no longer leads: the changes that waited are dropped (§6).",
            "Ya no lidera: se abandonan los cambios que esperaban (§6).",
            "Não lidera mais: as mudanças que esperavam são abandonadas (§6).";
        read_confirmed: "Note commitIndex, hear from a majority that it still leads, then answer once that is applied (§8, dissertation §6.4).",
            "Anotar commitIndex, oír de una mayoría que aún lidera y responder cuando eso se haya aplicado (§8, tesis §6.4).",
            "Anotar commitIndex, ouvir de uma maioria que ainda lidera e responder quando isso estiver aplicado (§8, tese §6.4).";
        read_after_own_term: "A new leader's reads wait for a committed entry of its term (§8, dissertation §6.4).",
            "Las lecturas de un líder nuevo esperan a una entrada confirmada de su mandato (§8, tesis §6.4).",
            "As leituras de um líder novo esperam por uma entrada confirmada do seu mandato (§8, tese §6.4).";
        forward_read: "A follower asks its leader for the index (dissertation §6.4).",
            "Un seguidor pide el índice a su líder (tesis §6.4).",
            "Um seguidor pede o índice ao seu líder (tese §6.4).";
        lease_read: "Under a lease, answer without asking; without one, ask (dissertation §6.4.1).",
            "Con un arrendamiento, responder sin preguntar; sin él, preguntar (tesis §6.4.1).",
            "Com um arrendamento, responder sem perguntar; sem ele, perguntar (tese §6.4.1).";
        start_transfer: "Leadership is handed over: take no commands meanwhile (dissertation §3.10).",
            "Se traspasa el liderazgo: no aceptar órdenes entretanto (tesis §3.10).",
            "A liderança é transferida: não aceitar comandos entretanto (tese §3.10).";
        send_timeout_now: "The other has the whole log: tell it to campaign (dissertation §3.10).",
            "El otro tiene todo el registro: decirle que se presente (tesis §3.10).",
            "O outro tem o registro todo: dizer-lhe que se candidate (tese §3.10).";
        take_over: "Told so: campaign at once, though a leader lives (dissertation §3.10).",
            "Se le ha dicho: postularse ya, aunque un líder viva (tesis §3.10).",
            "Recebeu a ordem: candidatar-se já, mesmo com um líder vivo (tese §3.10).";
        abort_transfer: "Not done within an election timeout: lead on (dissertation §3.10).",
            "No se logra en un plazo de elección: seguir liderando (tesis §3.10).",
            "Não conseguido num prazo de eleição: continuar liderando (tese §3.10).";
    }
}

impl FigureTexts {
    /// The name of a box.
    pub(crate) fn part(self, part: Part) -> &'static str {
        match part {
            Part::AllServers => self.all_servers(),
            Part::Followers => self.followers(),
            Part::Candidates => self.candidates(),
            Part::Leaders => self.leaders(),
            Part::RequestVote => self.request_vote(),
            Part::AppendEntries => self.append_entries(),
            Part::PreVote => self.pre_vote(),
            Part::Snapshots => self.snapshots(),
            Part::Membership => self.membership(),
            Part::Reads => self.reads(),
            Part::Transfer => self.transfer(),
        }
    }

    /// A line.
    pub(crate) fn line(self, line: Line) -> &'static str {
        match line {
            Line::Apply => self.apply(),
            Line::HigherTerm => self.higher_term(),
            Line::ElectionTimeout => self.election_timeout(),
            Line::NotLeader => self.not_leader(),
            Line::StartElection => self.start_election(),
            Line::CountVote => self.count_vote(),
            Line::BecomeLeader => self.become_leader(),
            Line::YieldToLeader => self.yield_to_leader(),
            Line::Heartbeat => self.heartbeat(),
            Line::LeaderAppend => self.leader_append(),
            Line::MatchAdvanced => self.match_advanced(),
            Line::BackUp => self.back_up(),
            Line::LeaderCommit => self.leader_commit(),
            Line::StepDown => self.step_down(),
            Line::VoteTerm => self.vote_term(),
            Line::Vote => self.vote(),
            Line::VoteLeaderLives => self.vote_leader_lives(),
            Line::StaleTerm => self.stale_term(),
            Line::LogMismatch => self.log_mismatch(),
            Line::TruncateConflict => self.truncate_conflict(),
            Line::Append => self.append(),
            Line::FollowerCommit => self.follower_commit(),
            Line::StartPreVote => self.start_pre_vote(),
            Line::PreVote => self.pre_vote_given(),
            Line::CountPreVote => self.count_pre_vote(),
            Line::QuorumLost => self.quorum_lost(),
            Line::TakeSnapshot => self.take_snapshot(),
            Line::CompactLog => self.compact_log(),
            Line::SendSnapshot => self.send_snapshot(),
            Line::StoreChunk => self.store_chunk(),
            Line::InstallSnapshot => self.install_snapshot(),
            Line::KeepLog => self.keep_log(),
            Line::OldSnapshot => self.old_snapshot(),
            Line::UseConfiguration => self.use_configuration(),
            Line::RevertConfiguration => self.revert_configuration(),
            Line::ChangeAfterOwnTerm => self.change_after_own_term(),
            Line::ChangeAfterCommit => self.change_after_commit(),
            Line::ChangeInTurn => self.change_in_turn(),
            Line::CatchUp => self.catch_up(),
            Line::RefuseChange => self.refuse_change(),
            Line::LeaderRemoved => self.leader_removed(),
            Line::DropChange => self.drop_change(),
            Line::ReadConfirmed => self.read_confirmed(),
            Line::ReadAfterOwnTerm => self.read_after_own_term(),
            Line::ForwardRead => self.forward_read(),
            Line::LeaseRead => self.lease_read(),
            Line::StartTransfer => self.start_transfer(),
            Line::SendTimeoutNow => self.send_timeout_now(),
            Line::TakeOver => self.take_over(),
            Line::AbortTransfer => self.abort_transfer(),
        }
    }
}
