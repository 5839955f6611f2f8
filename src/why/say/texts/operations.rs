//! Clients' operations.

use crate::catalogue::catalogue;

catalogue! {
    /// What is said of clients' operations.
    pub(in crate::why::say) OperationTexts of "views" {
        done: "done", "hecha", "feita";
        answered: ": {0} answered", ": respondió {0}", ": {0} respondeu";
        after: " after {0}", " tras {0}", " após {0}";
        in_one_try: ", in {0} try (§8)", ", en {0} intento (§8)", ", em {0} tentativa (§8)";
        in_tries: ", in {0} tries (§8)", ", en {0} intentos (§8)", ", em {0} tentativas (§8)";
        other_value:
            "not done: the key had another value than it should (§8)",
            "no hecha: la clave tenía un valor distinto del que debía (§8)",
            "não feita: a chave tinha um valor diferente do que devia (§8)";
        key_absent:
            "not done: the key was absent (§8)",
            "no hecha: la clave no existía (§8)",
            "não feita: a chave não existia (§8)";
        does_not_lead:
            "not done: {0} was asked, and does not lead (§8)",
            "no hecha: se pidió a {0}, que no lidera (§8)",
            "não feita: foi pedida a {0}, que não lidera (§8)";
        queued:
            "waits: its client sends it when operation {0} is answered ({1})",
            "espera: su cliente la envía cuando se responda la operación {0} ({1})",
            "espera: o seu cliente a envia quando a operação {0} for respondida ({1})";
        on_its_way:
            "waits: it is on its way from {0} to {1} until {2} (§8)",
            "espera: está en camino de {0} a {1} hasta los {2} (§8)",
            "espera: está a caminho de {0} para {1} até {2} (§8)";
        answer_on_its_way:
            "waits: the answer is on its way from {0} to {1} until {2} (§8)",
            "espera: la respuesta está en camino de {0} a {1} hasta los {2} (§8)",
            "espera: a resposta está a caminho de {0} para {1} até {2} (§8)";
        client: "its client", "su cliente", "o seu cliente";
        proxy: "the proxy", "el proxy", "o proxy";
        at_paused:
            "waits: it has reached {0}, which stands still (§8)",
            "espera: ha llegado a {0}, que está en pausa (§8)",
            "espera: chegou a {0}, que está pausado (§8)";
        waits_at: "waits at {0}: {1}", "espera en {0}: {1}", "espera em {0}: {1}";
        entry_is: "entry {0} is {1}", "entrada {0}, {1}", "entrada {0}, {1}";
        for_commit:
            "for entry {0} to be committed and applied (§5.3)",
            "a que la entrada {0} se confirme y se aplique (§5.3)",
            "que a entrada {0} seja confirmada e aplicada (§5.3)";
        for_own_term:
            "for an entry of the leader's own term {0} to be committed, before which it does not know the commit index ({1})",
            "a que se confirme una entrada del propio mandato {0} del líder, antes de lo cual este no conoce el índice confirmado ({1})",
            "que seja confirmada uma entrada do próprio mandato {0} do líder, antes do que este não conhece o índice confirmado ({1})";
        for_round:
            "for a majority to answer the heartbeats of its round, answered by {0} so far, as proof that it still leads, to read at index {1}{2} ({3})",
            "a que una mayoría responda a los latidos de su ronda, respondidos hasta ahora por {0}, como prueba de que aún lidera, para leer en el índice {1}{2} ({3})",
            "que uma maioria responda aos batimentos da sua rodada, respondidos até agora por {0}, como prova de que ainda lidera, para ler no índice {1}{2} ({3})";
        for_next_round:
            "for the round of heartbeats before its own to end, to read at index {0}{1} ({2})",
            "a que termine la ronda de latidos anterior a la suya, para leer en el índice {0}{1} ({2})",
            "que termine a rodada de batimentos anterior à sua, para ler no índice {0}{1} ({2})";
        no_lease_yet:
            "; it has no lease yet", "; aún no tiene arrendamiento", "; ainda não tem arrendamento";
        lease_ended:
            "; its lease ended {0} before", "; su arrendamiento terminó {0} antes", "; o seu arrendamento terminou {0} antes";
        lease_given_away:
            "; it has given its lease away", "; ha cedido su arrendamiento", "; cedeu o seu arrendamento";
        for_leader_index:
            "for the leader {0} to say at which index it may be read ({1})",
            "a que el líder {0} diga en qué índice se puede leer ({1})",
            "que o líder {0} diga em que índice se pode ler ({1})";
        for_some_leader:
            "for a leader to say at which index it may be read ({0})",
            "a que un líder diga en qué índice se puede leer ({0})",
            "que um líder diga em que índice se pode ler ({0})";
        to_apply:
            "to apply everything up to index {0}, having applied {1} ({2})",
            "a aplicar todo hasta el índice {0}, habiendo aplicado {1} ({2})",
            "aplicar tudo até o índice {0}, tendo aplicado {1} ({2})";
        asked_down:
            "waits: {0} was asked, and is down",
            "espera: se pidió a {0}, que está caído",
            "espera: foi pedida a {0}, que está caído";
        asked_forgotten:
            "waits: {0} was asked, and does not have it any more",
            "espera: se pidió a {0}, que ya no la tiene",
            "espera: foi pedida a {0}, que não a tem mais";
        answer_until:
            "; an answer is waited for until {0} (§8)",
            "; se espera una respuesta hasta los {0} (§8)",
            "; uma resposta é esperada até {0} (§8)";
        no_leader_known:
            "waits: nobody who was asked knows a leader",
            "espera: nadie a quien se preguntó conoce a un líder",
            "espera: ninguém a quem se perguntou conhece um líder";
        last_refusal:
            "; the last of {0} refusal was that of {1}, who {2}",
            "; la última de {0} negativa fue la de {1}, que {2}",
            "; a última de {0} recusa foi a de {1}, que {2}";
        last_of_refusals:
            "; the last of {0} refusals was that of {1}, who {2}",
            "; la última de {0} negativas fue la de {1}, que {2}",
            "; a última de {0} recusas foi a de {1}, que {2}";
        named: "named {0}", "nombró a {0}", "nomeou {0}";
        knew_none: "knew of none", "no conocía a ninguno", "não conhecia nenhum";
        no_longer_led: "no longer led", "ya no lideraba", "não liderava mais";
        timed_out:
            "unknown: {0} of {1} tries were not answered in time, and what was sent may have been done or may yet be (§8)",
            "desconocido: {0} de {1} intentos quedaron sin respuesta a tiempo, y lo enviado puede haberse hecho o hacerse aún (§8)",
            "desconhecido: {0} de {1} tentativas ficaram sem resposta a tempo, e o que foi enviado pode ter sido feito ou ainda vir a ser (§8)";
        deposed:
            "unknown: {0} led when it took it and no longer does; what becomes of its entry is open (§8)",
            "desconocido: {0} lideraba cuando la aceptó y ya no lidera; qué será de su entrada está abierto (§8)",
            "desconhecido: {0} liderava quando a aceitou e não lidera mais; o que será da sua entrada está em aberto (§8)";
        session_expired:
            "unknown: {0} no longer knows its client's session, so an earlier try may have been done ({1})",
            "desconocido: {0} ya no conoce la sesión de su cliente, así que un intento anterior puede haberse hecho ({1})",
            "desconhecido: {0} não conhece mais a sessão do seu cliente, e uma tentativa anterior pode ter sido feita ({1})";
        refused:
            "unknown: {0} of {1} tries were refused until the proxy gave up (§8)",
            "desconocido: {0} de {1} intentos fueron rechazados hasta que el proxy desistió (§8)",
            "desconhecido: {0} de {1} tentativas foram recusadas até que o proxy desistiu (§8)";
    }
}
