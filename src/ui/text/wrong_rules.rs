//! What is said of the rules that can be broken on purpose.

use crate::catalogue::catalogue;
use crate::check::{Falls, Property};
use crate::raft::Mutant;

catalogue! {
    /// The rules that are wrong on purpose.
    pub(crate) WrongRulesTexts of "sheets" {
        title: "Break a rule", "Romper una regla", "Quebrar uma regra";
        falls_of(property: Property): "falls: {0}", "cae: {0}", "cai: {0}";
        falls_linearizability: "falls: not linearizable", "cae: no linealizable", "cai: não linearizável";
        commit_prior_term:
            "A leader commits any entry that a majority has, also one of an earlier term, instead of counting copies of its own term's entries only.",
            "Un líder confirma cualquier entrada que tenga la mayoría, también de un mandato anterior, en vez de contar solo copias de entradas de su propio mandato.",
            "Um líder confirma qualquer entrada que a maioria tenha, também de um mandato anterior, em vez de contar só cópias de entradas do seu próprio mandato.";
        forget_vote:
            "A restarted node does not remember whom it voted for in its term.",
            "Un nodo reiniciado no recuerda a quién votó en su mandato.",
            "Um nó reiniciado não se lembra em quem votou no seu mandato.";
        forget_term:
            "A restarted node takes the term of its last entry (of its snapshot, or 0, when its log is empty) for its current term, and has no vote.",
            "Un nodo reiniciado toma el mandato de su última entrada (el de su instantánea, o 0, si su registro está vacío) por su mandato actual, y no tiene voto.",
            "Um nó reiniciado toma o mandato da sua última entrada (o do seu instantâneo, ou 0, se o registro está vazio) pelo seu mandato atual, e não tem voto.";
        vote_without_log_check:
            "A node grants its vote without comparing the candidate's log with its own.",
            "Un nodo concede su voto sin comparar el registro del candidato con el suyo.",
            "Um nó concede o voto sem comparar o registro do candidato com o seu.";
        vote_log_length_only:
            "A node that votes compares the lengths of the two logs only, not the terms of their last entries.",
            "Un nodo que vota compara solo las longitudes de los dos registros, no los mandatos de sus últimas entradas.",
            "Um nó que vota compara só os comprimentos dos dois registros, não os mandatos das últimas entradas.";
        vote_cleared_same_term:
            "A candidate that becomes a follower because another node leads its term forgets that it voted for itself in that term.",
            "Un candidato que pasa a seguidor porque otro nodo lidera su mandato olvida que se votó a sí mismo en ese mandato.",
            "Um candidato que passa a seguidor porque outro nó lidera o seu mandato esquece que votou em si mesmo nesse mandato.";
        count_duplicate_votes:
            "A candidate counts granted RequestVoteReply messages instead of the voters who sent them.",
            "Un candidato cuenta los mensajes RequestVoteReply concedidos en vez de los votantes que los enviaron.",
            "Um candidato conta as mensagens RequestVoteReply concedidas em vez dos votantes que as enviaram.";
        count_stale_votes:
            "A candidate counts a granted vote whatever the term of the reply, also one from an earlier election of its own.",
            "Un candidato cuenta un voto concedido sea cual sea el mandato de la respuesta, también el de una elección suya anterior.",
            "Um candidato conta um voto concedido qualquer que seja o mandato da resposta, também o de uma eleição sua anterior.";
        append_without_term_check:
            "A follower accepts an AppendEntries when it has any entry at the previous index, whatever the term of that entry.",
            "Un seguidor acepta un AppendEntries cuando tiene una entrada cualquiera en el índice anterior, sea cual sea el mandato de esa entrada.",
            "Um seguidor aceita um AppendEntries quando tem uma entrada qualquer no índice anterior, qualquer que seja o mandato dessa entrada.";
        truncate_on_heartbeat:
            "A follower that accepts an AppendEntries deletes everything in its log after the last entry that the message covers, also where nothing conflicts.",
            "Un seguidor que acepta un AppendEntries borra todo lo que hay en su registro después de la última entrada que el mensaje cubre, también donde nada está en conflicto.",
            "Um seguidor que aceita um AppendEntries apaga tudo o que há no seu registro depois da última entrada que a mensagem cobre, também onde nada está em conflito.";
        ack_own_last_index:
            "A follower answers an AppendEntries without entries as matching up to the end of its own log, without looking at the previous entry.",
            "Un seguidor responde a un AppendEntries sin entradas que coincide hasta el final de su propio registro, sin mirar la entrada anterior.",
            "Um seguidor responde a um AppendEntries sem entradas que coincide até o fim do seu próprio registro, sem olhar a entrada anterior.";
        commit_own_last_index:
            "A follower takes over the leader's commit index from every AppendEntries of its term, as far as its own log reaches, instead of as far as an accepted message has verified.",
            "Un seguidor adopta el índice confirmado del líder de cada AppendEntries de su mandato, hasta donde llega su propio registro, en vez de hasta donde lo ha verificado un mensaje aceptado.",
            "Um seguidor adota o índice confirmado do líder de cada AppendEntries do seu mandato, até onde o seu próprio registro chega, em vez de até onde uma mensagem aceita o verificou.";
        match_from_nack:
            "A leader takes a refused AppendEntries for an accepted one: it counts the follower as matching up to the last entry that the message carried (its previous index when it carried none) and does not go back.",
            "Un líder toma un AppendEntries rechazado por uno aceptado: da por coincidente al seguidor hasta la última entrada que el mensaje llevaba (su índice anterior si no llevaba ninguna) y no retrocede.",
            "Um líder toma um AppendEntries recusado por um aceito: dá o seguidor por coincidente até a última entrada que a mensagem levava (o índice anterior se não levava nenhuma) e não recua.";
        ack_before_fsync:
            "A node counts entries as soon as they are in memory: a follower acknowledges them, and a leader counts itself, before its disk has them (terms, votes and snapshots still wait).",
            "Un nodo cuenta las entradas en cuanto están en memoria: un seguidor las acusa, y un líder se cuenta a sí mismo, antes de que su disco las tenga (mandatos, votos e instantáneas sí esperan).",
            "Um nó conta as entradas assim que estão na memória: um seguidor as confirma ao líder, e um líder conta a si mesmo, antes que o disco as tenha (mandatos, votos e instantâneos ainda esperam).";
        apply_before_commit:
            "A node applies an entry as soon as it is in its log.",
            "Un nodo aplica una entrada en cuanto está en su registro.",
            "Um nó aplica uma entrada assim que está no seu registro.";
        leader_drops_stuck_entry:
            "A leader deletes the entries at the end of its log that have waited for their commit for longer than the longest election timeout.",
            "Un líder borra las entradas del final de su registro que han esperado su confirmación más que el plazo de elección más largo.",
            "Um líder apaga as entradas do fim do seu registro que esperaram pela confirmação mais do que o prazo de eleição mais longo.";
        config_before_own_term_commit:
            "A leader starts a membership change before it has committed an entry of its own term.",
            "Un líder empieza un cambio de miembros antes de haber confirmado una entrada de su propio mandato.",
            "Um líder começa uma mudança de membros antes de ter confirmado uma entrada do seu próprio mandato.";
        switch_config_directly:
            "A change of several members appends the new configuration at once instead of the joint one, and each node uses it as soon as it is in its log.",
            "Un cambio de varios miembros añade de inmediato la configuración nueva en vez de la conjunta, y cada nodo la usa en cuanto está en su registro.",
            "Uma mudança de vários membros acrescenta de imediato a configuração nova em vez da conjunta, e cada nó a usa assim que está no seu registro.";
        read_before_own_term_commit:
            "A new leader answers read-index reads from its commit index as it stands, before an entry of its own term is committed (it still confirms with a majority that it leads).",
            "Un líder nuevo responde lecturas read-index desde su índice confirmado tal como está, antes de que se confirme una entrada de su propio mandato (aún comprueba con una mayoría que lidera).",
            "Um líder novo responde leituras read-index a partir do seu índice confirmado tal como está, antes que uma entrada do seu próprio mandato seja confirmada (ainda verifica com uma maioria que lidera).";
        read_without_quorum:
            "A leader answers a read-index read at once, without confirming with a majority that it still leads.",
            "Un líder responde una lectura read-index de inmediato, sin comprobar con una mayoría que aún lidera.",
            "Um líder responde uma leitura read-index de imediato, sem verificar com uma maioria que ainda lidera.";
        lease_across_transfer:
            "A leader goes on answering reads under its lease after it has sent TimeoutNow.",
            "Un líder sigue respondiendo lecturas con su lease después de haber enviado TimeoutNow.",
            "Um líder continua a responder leituras com o seu lease depois de ter enviado TimeoutNow.";
        no_client_dedup:
            "The state machine applies a client's operation again when a retry has put it into the log a second time.",
            "La máquina de estados aplica otra vez la operación de un cliente cuando un reintento la ha puesto por segunda vez en el registro.",
            "A máquina de estados aplica de novo a operação de um cliente quando uma nova tentativa a pôs pela segunda vez no registro.";
        install_old_snapshot:
            "A node installs every InstallSnapshot of its term, also one that ends before its own commit index, and drops its log beyond.",
            "Un nodo instala cada InstallSnapshot de su mandato, también uno que termina antes de su propio índice confirmado, y desecha el resto de su registro.",
            "Um nó instala cada InstallSnapshot do seu mandato, também um que termina antes do seu próprio índice confirmado, e descarta o resto do seu registro.";
        match_can_regress: "An old acknowledgement lowers matchIndex.",
            "Un acuse antiguo baja matchIndex.", "Uma confirmação antiga baixa matchIndex.";
        lease_ignores_clocks:
            "A lease lasts a full election timeout of the leader's own clock, with no margin for clock rates.",
            "Un lease dura un plazo de elección completo del reloj del propio líder, sin margen para el ritmo de los relojes.",
            "Um lease dura um prazo de eleição inteiro do relógio do próprio líder, sem margem para o ritmo dos relógios.";
        snapshot_keeps_conflicting_log:
            "Installing a snapshot keeps the log behind it even if it conflicts.",
            "Al instalar una instantánea se conserva el registro que sigue aunque esté en conflicto.",
            "Ao instalar um instantâneo conserva-se o registro que se segue mesmo em conflito.";
    }
}

impl WrongRulesTexts {
    /// What falls when a rule is broken.
    pub(crate) fn falls(self, falls: Falls) -> String {
        match falls {
            Falls::Property(property) => self.falls_of(property),
            Falls::Linearizability => self.falls_linearizability().to_owned(),
        }
    }

    /// What a wrong rule does wrong, in a sentence.
    pub(crate) fn what(self, mutant: Mutant) -> &'static str {
        match mutant {
            Mutant::CommitPriorTerm => self.commit_prior_term(),
            Mutant::ForgetVote => self.forget_vote(),
            Mutant::ForgetTerm => self.forget_term(),
            Mutant::VoteWithoutLogCheck => self.vote_without_log_check(),
            Mutant::VoteLogLengthOnly => self.vote_log_length_only(),
            Mutant::VoteClearedSameTerm => self.vote_cleared_same_term(),
            Mutant::CountDuplicateVotes => self.count_duplicate_votes(),
            Mutant::CountStaleVotes => self.count_stale_votes(),
            Mutant::AppendWithoutTermCheck => self.append_without_term_check(),
            Mutant::TruncateOnHeartbeat => self.truncate_on_heartbeat(),
            Mutant::AckOwnLastIndex => self.ack_own_last_index(),
            Mutant::CommitOwnLastIndex => self.commit_own_last_index(),
            Mutant::MatchFromNack => self.match_from_nack(),
            Mutant::AckBeforeFsync => self.ack_before_fsync(),
            Mutant::ApplyBeforeCommit => self.apply_before_commit(),
            Mutant::LeaderDropsStuckEntry => self.leader_drops_stuck_entry(),
            Mutant::ConfigBeforeOwnTermCommit => self.config_before_own_term_commit(),
            Mutant::SwitchConfigDirectly => self.switch_config_directly(),
            Mutant::ReadBeforeOwnTermCommit => self.read_before_own_term_commit(),
            Mutant::ReadWithoutQuorum => self.read_without_quorum(),
            Mutant::LeaseAcrossTransfer => self.lease_across_transfer(),
            Mutant::NoClientDedup => self.no_client_dedup(),
            Mutant::InstallOldSnapshot => self.install_old_snapshot(),
            Mutant::MatchCanRegress => self.match_can_regress(),
            Mutant::LeaseIgnoresClocks => self.lease_ignores_clocks(),
            Mutant::SnapshotKeepsConflictingLog => self.snapshot_keeps_conflicting_log(),
        }
    }
}
