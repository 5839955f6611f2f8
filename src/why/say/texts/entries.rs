//! Entries.

use crate::catalogue::catalogue;

catalogue! {
    /// What is said of entries.
    pub(in crate::why::say) EntryTexts of "views" {
        absent:
            "not there: the log ends with entry {0} (§5.3)",
            "no está: el registro termina en la entrada {0} (§5.3)",
            "não está lá: o registro termina na entrada {0} (§5.3)";
        in_snapshot:
            "committed, applied and dropped: the snapshot covers everything up to entry {0} (§7)",
            "confirmada, aplicada y descartada: la instantánea cubre todo hasta la entrada {0} (§7)",
            "confirmada, aplicada e descartada: o instantâneo cobre tudo até a entrada {0} (§7)";
        committed:
            "committed: of term {0}, and the commit index is {1}",
            "confirmada: es del mandato {0}, y el índice confirmado es {1}",
            "confirmada: é do mandato {0}, e o índice confirmado é {1}";
        not_applied:
            "; it is still to be applied", "; aún está por aplicar", "; ainda está por aplicar";
        first_commit:
            "; {0} committed it first, as leader of term {1}, at {2}",
            "; {0} la confirmó primero, como líder del mandato {1}, a los {2}",
            "; {0} a confirmou primeiro, como líder do mandato {1}, aos {2}";
        commit_counted:
            ", when {0} had everything up to entry {1}",
            ", cuando {0} tenían todo hasta la entrada {1}",
            ", quando {0} tinham tudo até a entrada {1}";
        elsewhere:
            "committed, which {0} knows: of term {1}; the node's own commit index is {2} until it hears from a leader (§5.3)",
            "confirmada, y {0} lo sabe: es del mandato {1}; el índice confirmado de este nodo es {2} hasta que tenga noticias de un líder (§5.3)",
            "confirmada, e {0} sabe disso: é do mandato {1}; o índice confirmado deste nó é {2} até ter notícias de um líder (§5.3)";
        elsewhere_down:
            "committed, which {0} knows: of term {1}; the node is down (§5.3)",
            "confirmada, y {0} lo sabe: es del mandato {1}; este nodo está caído (§5.3)",
            "confirmada, e {0} sabe disso: é do mandato {1}; este nó está caído (§5.3)";
        superseded:
            "never to be committed: of term {0}, and {1} knows the one of term {2} to be committed there; the next leader to send that removes this one (§5.3)",
            "nunca se confirmará: es del mandato {0}, y {1} sabe que ahí está confirmada la del mandato {2}; el próximo líder que la envíe elimina esta (§5.3)",
            "nunca será confirmada: é do mandato {0}, e {1} sabe que ali está confirmada a do mandato {2}; o próximo líder que a enviar remove esta (§5.3)";
        superseded_dropped:
            "never to be committed: of term {0}, and {1} has a snapshot with the one of term {2} that was committed there; when it comes, it takes the place of this log (§7)",
            "nunca se confirmará: es del mandato {0}, y {1} tiene una instantánea con la del mandato {2} que se confirmó ahí; cuando llegue, ocupa el lugar de este registro (§7)",
            "nunca será confirmada: é do mandato {0}, e {1} tem um instantâneo com a do mandato {2} que foi confirmada ali; quando chegar, toma o lugar deste registro (§7)";
        no_leader:
            "not committed: only a leader commits; {0}",
            "sin confirmar: solo un líder confirma; {0}",
            "não confirmada: só um líder confirma; {0}";
        replaced:
            "not committed: of term {0}, and {1}, who leads term {2}, has one of term {3} there, which replaces it (§5.3)",
            "sin confirmar: es del mandato {0}, y {1}, que lidera el mandato {2}, tiene ahí una del mandato {3}, que la reemplaza (§5.3)",
            "não confirmada: é do mandato {0}, e {1}, que lidera o mandato {2}, tem ali uma do mandato {3}, que a substitui (§5.3)";
        not_on_leader:
            "not committed: of term {0}, and the log of {1}, who leads term {2}, does not have it (§5.3)",
            "sin confirmar: es del mandato {0}, y el registro de {1}, que lidera el mandato {2}, no la tiene (§5.3)",
            "não confirmada: é do mandato {0}, e o registro de {1}, que lidera o mandato {2}, não a tem (§5.3)";
        too_few:
            "not committed: on {0} as {1} counts, and it needs {2}",
            "sin confirmar: está en {0} según cuenta {1}, y necesita {2}",
            "não confirmada: está em {0} pelas contas de {1}, e precisa de {2}";
        older_term:
            "not committed: on {0}, but of term {1}; the current term is {2}, and only entries of the current term are committed by counting",
            "sin confirmar: está en {0}, pero es del mandato {1}; el mandato actual es {2}, y solo las entradas del mandato actual se confirman contando copias",
            "não confirmada: está em {0}, mas é do mandato {1}; o mandato atual é {2}, e só as entradas do mandato atual são confirmadas contando cópias";
        taken_along:
            ": entry {0}, now on {1}, takes it along",
            ": la entrada {0}, ahora en {1}, la confirma consigo",
            ": a entrada {0}, agora em {1}, a confirma consigo";
        at_next_answer:
            "not committed yet: on {0}, which is enough, and {1} commits it with the next answer that it gets (§5.3)",
            "aún sin confirmar: está en {0}, que bastan, y {1} la confirma con la próxima respuesta que reciba (§5.3)",
            "ainda não confirmada: está em {0}, o que basta, e {1} a confirma com a próxima resposta que receber (§5.3)";
        unseen:
            "not committed: of term {0}; on how many {1} counts it is not in the trace (§5.3)",
            "sin confirmar: es del mandato {0}; en cuántos la cuenta {1} no está en la traza (§5.3)",
            "não confirmada: é do mandato {0}; em quantos {1} a conta não está no rastro (§5.3)";
        own_disk:
            "; the leader's own disk does not have it yet",
            "; el disco del propio líder aún no la tiene",
            "; o disco do próprio líder ainda não a tem";
        is_down: "; {0} is down", "; {0} está caído", "; {0} está caído";
        are_down: "; {0} are down", "; {0} están caídos", "; {0} estão caídos";
        is_paused: "; {0} stands still", "; {0} está en pausa", "; {0} está pausado";
        are_paused: "; {0} stand still", "; {0} están en pausa", "; {0} estão pausados";
        is_cut:
            "; {0} is cut off from the leader",
            "; {0} está separado del líder",
            "; {0} está separado do líder";
        are_cut:
            "; {0} are cut off from the leader",
            "; {0} están separados del líder",
            "; {0} estão separados do líder";
        has_not_acknowledged:
            "; {0} has not acknowledged it", "; {0} no la ha acusado", "; {0} não acusou o recebimento";
        have_not_acknowledged:
            "; {0} have not acknowledged it", "; {0} no la han acusado", "; {0} não acusaram o recebimento";
        removed:
            "; what was there was removed at {0}",
            "; lo que había ahí se eliminó a los {0}",
            "; o que havia ali foi removido aos {0}";
        by_conflict:
            ": it conflicted with what {0} sent, who led term {1} (§5.3)",
            ": estaba en conflicto con lo que envió {0}, que lideraba el mandato {1} (§5.3)",
            ": estava em conflito com o que enviou {0}, que liderava o mandato {1} (§5.3)";
        by_snapshot:
            ": a snapshot took the place of the log (§7)",
            ": una instantánea ocupó el lugar del registro (§7)",
            ": um instantâneo tomou o lugar do registro (§7)";
        by_no_rule:
            ", which no rule of the paper asks for",
            ", lo que ninguna regla del artículo pide",
            ", o que nenhuma regra do artigo pede";
        by_crash:
            ": its node crashed before its disk had it, and nobody had been told that it did ({0})",
            ": su nodo cayó antes de que su disco la tuviera, y a nadie se le había dicho que la tenía ({0})",
            ": o seu nó caiu antes que o seu disco a tivesse, e a ninguém tinha sido dito que a tinha ({0})";
    }
}
