//! What a message brings about.

use crate::catalogue::catalogue;

catalogue! {
    /// What a node does by a rule, after "then".
    pub(in crate::why::say) RuleTexts of "views" {
        higher_term: "goes to term {0} (§5.1)", "pasa al mandato {0} (§5.1)", "passa ao mandato {0} (§5.1)";
        grant_vote:
            "votes for {0} (§5.2, §5.4.1)", "vota por {0} (§5.2, §5.4.1)", "vota em {0} (§5.2, §5.4.1)";
        refuse_vote: "refuses, as {0} ({1})", "se niega, pues {0} ({1})", "recusa, pois {0} ({1})";
        grant_pre_vote: "would vote for {0} ({1})", "votaría por {0} ({1})", "votaria em {0} ({1})";
        count_vote:
            "has {0} of {1} votes needed (§5.2)",
            "tiene {0} de los {1} votos que necesita (§5.2)",
            "tem {0} dos {1} votos de que precisa (§5.2)";
        count_pre_vote:
            "would have {0} of {1} votes needed ({2})",
            "tendría {0} de los {1} votos que necesita ({2})",
            "teria {0} dos {1} votos de que precisa ({2})";
        vote_denied:
            "goes without the vote of {0} (§5.2)", "se queda sin el voto de {0} (§5.2)", "fica sem o voto de {0} (§5.2)";
        become_leader: "leads term {0} (§5.2)", "lidera el mandato {0} (§5.2)", "lidera o mandato {0} (§5.2)";
        start_election:
            "campaigns in term {0} (§5.2)", "se postula en el mandato {0} (§5.2)", "se candidata no mandato {0} (§5.2)";
        take_over: "takes over from {0} ({1})", "toma el relevo de {0} ({1})", "assume no lugar de {0} ({1})";
        yield_to_leader: "gives way to {0} (§5.2)", "cede el paso a {0} (§5.2)", "dá lugar a {0} (§5.2)";
        step_down:
            "stops leading term {0} (§5.1, §6, {1})",
            "deja de liderar el mandato {0} (§5.1, §6, {1})",
            "deixa de liderar o mandato {0} (§5.1, §6, {1})";
        refuse_stale_term:
            "refuses it, as term {0} is over (§5.1)",
            "lo rechaza, pues el mandato {0} ha terminado (§5.1)",
            "recusa-a, pois o mandato {0} terminou (§5.1)";
        log_mismatch:
            "refuses it, as its entry {0} is of term {1} and not {2} (§5.3)",
            "lo rechaza, pues su entrada {0} es del mandato {1} y no del {2} (§5.3)",
            "recusa-a, pois a sua entrada {0} é do mandato {1} e não do {2} (§5.3)";
        log_gap:
            "refuses it, as it has no entry {0} (§5.3)",
            "lo rechaza, pues no tiene la entrada {0} (§5.3)",
            "recusa-a, pois não tem a entrada {0} (§5.3)";
        truncate: "removes its {0} (§5.3)", "elimina {0} de su registro (§5.3)", "remove {0} do seu registro (§5.3)";
        append: "stores {0} (§5.3)", "guarda {0} (§5.3)", "guarda {0} (§5.3)";
        leader_append: "appends entry {0} (§5.3)", "añade la entrada {0} (§5.3)", "acrescenta a entrada {0} (§5.3)";
        match_advanced:
            "counts {0} up to entry {1} (§5.3)",
            "cuenta a {0} hasta la entrada {1} (§5.3)",
            "conta {0} até a entrada {1} (§5.3)";
        back_up:
            "goes back to entry {0} for {1} (§5.3)",
            "retrocede a la entrada {0} para {1} (§5.3)",
            "recua à entrada {0} para {1} (§5.3)";
        commit: "commits {0} (§5.3)", "confirma {0} (§5.3)", "confirma {0} (§5.3)";
        commit_only_own_term:
            "does not commit entry {0} of term {1} in term {2} (§5.4.2)",
            "no confirma la entrada {0} del mandato {1} en el mandato {2} (§5.4.2)",
            "não confirma a entrada {0} do mandato {1} no mandato {2} (§5.4.2)";
        read_confirmed:
            "may answer a read from index {0} on ({1})",
            "puede responder una lectura desde el índice {0} ({1})",
            "pode responder a uma leitura a partir do índice {0} ({1})";
        store_chunk:
            "has {0} bytes of the snapshot (§7)",
            "tiene {0} bytes de la instantánea (§7)",
            "tem {0} bytes do instantâneo (§7)";
        install_snapshot:
            "takes the snapshot up to entry {0} for its log (§7)",
            "toma la instantánea hasta la entrada {0} en lugar de su registro (§7)",
            "toma o instantâneo até a entrada {0} no lugar do seu registro (§7)";
        keep_log:
            "keeps its log after entry {0} of the snapshot (§7)",
            "conserva su registro después de la entrada {0} de la instantánea (§7)",
            "conserva o seu registro depois da entrada {0} do instantâneo (§7)";
        ignore_old_snapshot:
            "leaves the snapshot, as its commit index is {0} already (§7)",
            "deja la instantánea, pues su índice confirmado ya es {0} (§7)",
            "deixa o instantâneo, pois o seu índice confirmado já é {0} (§7)";
        use_configuration:
            "goes by {0} from index {1} on (§6)",
            "se rige por {0} desde el índice {1} (§6)",
            "segue {0} a partir do índice {1} (§6)";
        revert_configuration:
            "goes by {0} again (§6)", "se rige otra vez por {0} (§6)", "segue {0} outra vez (§6)";
        catch_up:
            "waits for {0} to catch up to entry {1} ({2})",
            "espera a que {0} se ponga al día hasta la entrada {1} ({2})",
            "espera que {0} se atualize até a entrada {1} ({2})";
        caught_up:
            "sees that {0} caught up ({1})", "ve que {0} se ha puesto al día ({1})", "vê que {0} se atualizou ({1})";
        send_snapshot:
            "sends {0} its snapshot up to entry {1} (§7)",
            "envía a {0} su instantánea hasta la entrada {1} (§7)",
            "envia a {0} o seu instantâneo até a entrada {1} (§7)";
        leader_removed:
            "is no voter of the configuration at index {0} (§6)",
            "no es votante de la configuración del índice {0} (§6)",
            "não é votante da configuração do índice {0} (§6)";
        send_timeout_now:
            "tells {0} to campaign ({1})", "dice a {0} que se postule ({1})", "diz a {0} que se candidate ({1})";
        not_leader:
            "refuses the request, as it does not lead (§8)",
            "rechaza la petición, pues no lidera (§8)",
            "recusa o pedido, pois não lidera (§8)";
        read_waits:
            "lets the read wait for an entry of term {0} to be committed ({1})",
            "deja la lectura en espera de que se confirme una entrada del mandato {0} ({1})",
            "deixa a leitura esperar que uma entrada do mandato {0} seja confirmada ({1})";
        start_pre_vote:
            "asks who would vote for it in term {0} ({1})",
            "pregunta quién le votaría en el mandato {0} ({1})",
            "pergunta quem votaria nele no mandato {0} ({1})";
        quorum_lost:
            "has heard from {0} of {1} needed, itself included ({2})",
            "ha oído a {0} de los {1} que necesita, contándose a sí mismo ({2})",
            "ouviu {0} dos {1} de que precisa, contando a si mesmo ({2})";
        start_transfer:
            "begins to hand over to {0} ({1})", "empieza el traspaso a {0} ({1})", "começa a transferência para {0} ({1})";
        abort_transfer:
            "leads on, as {0} has not taken over ({1})",
            "sigue liderando, pues {0} no ha tomado el relevo ({1})",
            "continua liderando, pois {0} não assumiu ({1})";
        transfer_under_way:
            "refuses the command, as it hands over to {0} ({1})",
            "rechaza la orden, pues traspasa el liderazgo a {0} ({1})",
            "recusa o comando, pois transfere a liderança para {0} ({1})";
        lease_read:
            "may answer a read from index {0} on: its lease lasts {1} more ({2})",
            "puede responder una lectura desde el índice {0}: a su arrendamiento le quedan {1} ({2})",
            "pode responder a uma leitura a partir do índice {0}: ao seu arrendamento restam {1} ({2})";
        lease_not_yet:
            "asks a majority for a read, as none has answered it in its term ({0})",
            "pregunta a una mayoría por una lectura, pues ninguna le ha respondido en su mandato ({0})",
            "pergunta a uma maioria por uma leitura, pois nenhuma lhe respondeu no seu mandato ({0})";
        lease_expired:
            "asks a majority for a read, as its lease ended {0} ago ({1})",
            "pregunta a una mayoría por una lectura, pues su arrendamiento terminó hace {0} ({1})",
            "pergunta a uma maioria por uma leitura, pois o seu arrendamento terminou há {0} ({1})";
        lease_given_away:
            "asks a majority for a read, as it has told another to take over ({0})",
            "pregunta a una mayoría por una lectura, pues ha dicho a otro que tome el relevo ({0})",
            "pergunta a uma maioria por uma leitura, pois disse a outro que assumisse ({0})";
        forward_read:
            "asks {0} for the index of a read ({1})",
            "pide a {0} el índice de una lectura ({1})",
            "pede a {0} o índice de uma leitura ({1})";
        change_waits_term:
            "lets a change of members wait for an entry of term {0} to be committed ({1})",
            "deja un cambio de miembros en espera de que se confirme una entrada del mandato {0} ({1})",
            "deixa uma mudança de membros esperar que uma entrada do mandato {0} seja confirmada ({1})";
        change_waits_commit:
            "lets a change of members wait for entry {0} to be committed ({1})",
            "deja un cambio de miembros en espera de que se confirme la entrada {0} ({1})",
            "deixa uma mudança de membros esperar que a entrada {0} seja confirmada ({1})";
        change_waits_others:
            "lets a change of members wait for earlier ones: {0} ({1})",
            "deja un cambio de miembros en espera de los anteriores: {0} ({1})",
            "deixa uma mudança de membros esperar as anteriores: {0} ({1})";
        nothing_to_change:
            "refuses a change, as it is so already (§6)",
            "rechaza un cambio, pues ya es así (§6)",
            "recusa uma mudança, pois já é assim (§6)";
        no_voter_left:
            "refuses a change, as nobody would be left to vote (§6)",
            "rechaza un cambio, pues no quedaría nadie que votara (§6)",
            "recusa uma mudança, pois ninguém ficaria para votar (§6)";
        drop_change:
            "drops a change that waited, as it no longer leads (§6)",
            "abandona un cambio que esperaba, pues ya no lidera (§6)",
            "abandona uma mudança que esperava, pois não lidera mais (§6)";
        take_snapshot:
            "takes a snapshot up to entry {0} (§7)",
            "toma una instantánea hasta la entrada {0} (§7)",
            "tira um instantâneo até a entrada {0} (§7)";
        compact_log:
            "drops its log up to entry {0} (§7)",
            "descarta su registro hasta la entrada {0} (§7)",
            "descarta o seu registro até a entrada {0} (§7)";
        entry: "entry {0}", "la entrada {0}", "a entrada {0}";
        entries: "entries {0} to {1}", "las entradas {0} a {1}", "as entradas {0} a {1}";
    }
}
