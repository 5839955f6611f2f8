//! The glossary.

use crate::catalogue::catalogue;

/// A term, its name, and what it means.
macro_rules! glossary {
    ($( $slug:literal $name:ident: $names:tt, $means:ident: $meanings:tt; )+) => {
        glossary!(@texts $( $name $names $means $meanings )+);

        impl GlossaryTexts {
            /// Every term: what elements have in `data-term`, its name, what it means.
            pub(crate) fn all(self) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
                [$( ($slug, self.$name(), self.$means()), )+].into_iter()
            }
        }
    };
    (@texts $( $name:ident ($e:literal, $s:literal, $p:literal) $means:ident ($me:literal, $ms:literal, $mp:literal) )+) => {
        catalogue! {
            /// The glossary.
            pub(crate) GlossaryTexts of "help" {
                $( $name: $e, $s, $p; $means: $me, $ms, $mp; )+
            }
        }
    };
}

glossary! {
    "append" append: ("AppendEntries", "AppendEntries", "AppendEntries"), append_is: (
        "What a leader sends to replicate entries, and, without entries, as a heartbeat. It names the entry before them: a follower that does not have that one refuses (§5.3).",
        "Lo que envía un líder para replicar entradas y, sin entradas, como latido. Nombra la entrada anterior: un seguidor que no la tiene lo rechaza (§5.3).",
        "O que um líder envia para replicar entradas e, sem entradas, como batimento. Nomeia a entrada anterior: um seguidor que não a tem o recusa (§5.3).");
    "applied" applied: ("applied", "aplicada", "aplicada"), applied_is: (
        "A committed entry is applied when a server's state machine has executed its command, in the order of the log (§5.3).",
        "Una entrada confirmada está aplicada cuando la máquina de estados de un servidor ha ejecutado su comando, en el orden del registro (§5.3).",
        "Uma entrada confirmada está aplicada quando a máquina de estados de um servidor executou o seu comando, na ordem do registro (§5.3).");
    "candidate" candidate: ("candidate", "candidato", "candidato"), candidate_is: (
        "A server that asks for votes in a new term. It votes for itself and leads once a majority has voted for it (§5.2).",
        "Un servidor que pide votos en un mandato nuevo. Se vota a sí mismo y lidera cuando lo ha votado una mayoría (§5.2).",
        "Um servidor que pede votos em um novo mandato. Vota em si mesmo e lidera quando uma maioria votou nele (§5.2).");
    "session" session: ("client session", "sesión de cliente", "sessão de cliente"), session_is: (
        "What servers remember of a client: the number and the answer of its last operation, so that one that is tried again takes effect once (§8).",
        "Lo que los servidores recuerdan de un cliente: el número y la respuesta de su última operación, para que una que se reintenta tenga efecto una sola vez (§8).",
        "O que os servidores lembram de um cliente: o número e a resposta da sua última operação, para que uma que é tentada de novo tenha efeito uma só vez (§8).");
    "committed" committed: ("committed", "confirmada", "confirmada"), committed_is: (
        "An entry is committed when a leader has it on a majority in its own term, or one after it: it will be in the log of every later leader and is never lost (§5.3, §5.4).",
        "Una entrada está confirmada cuando un líder la tiene en una mayoría en su propio mandato, o una posterior: estará en el registro de todo líder futuro y no se pierde nunca (§5.3, §5.4).",
        "Uma entrada está confirmada quando um líder a tem em uma maioria em seu próprio mandato, ou uma posterior: estará no registro de todo líder futuro e nunca se perde (§5.3, §5.4).");
    "commit-index" commit_index: ("commit index", "índice confirmado", "índice confirmado"), commit_index_is: (
        "The highest index that a server knows to be committed.",
        "El índice más alto que un servidor sabe confirmado.",
        "O índice mais alto que um servidor sabe estar confirmado.");
    "compaction" compaction: ("compaction", "compactación", "compactação"), compaction_is: (
        "Dropping the entries that a snapshot covers, so that a log does not grow for ever (§7).",
        "Descartar las entradas que cubre una instantánea, para que un registro no crezca sin fin (§7).",
        "Descartar as entradas que um instantâneo cobre, para que um registro não cresça para sempre (§7).");
    "configuration" configuration: ("configuration", "configuración", "configuração"), configuration_is: (
        "Who the members of the cluster are. A server goes by the newest in its log. While it changes, both the old and the new majority must agree (joint consensus, §6).",
        "Quiénes son los miembros del clúster. Un servidor se rige por la última de su registro. Mientras cambia, deben coincidir la mayoría antigua y la nueva (consenso conjunto, §6).",
        "Quem são os membros do cluster. Um servidor segue a mais nova do seu registro. Enquanto muda, a maioria antiga e a nova devem concordar (consenso conjunto, §6).");
    "timeout" timeout: ("election timeout", "plazo de elección", "prazo de eleição"), timeout_is: (
        "How long a follower waits for its leader before it campaigns; random for each, so that rarely two do at once (§5.2).",
        "Cuánto espera un seguidor a su líder antes de postularse; al azar para cada uno, para que rara vez lo hagan dos a la vez (§5.2).",
        "Quanto um seguidor espera pelo líder antes de se candidatar; aleatório para cada um, para que raramente dois o façam ao mesmo tempo (§5.2).");
    "entry" entry: ("entry", "entrada", "entrada"), entry_is: (
        "A command in the log, with its index and the term in which a leader received it.",
        "Un comando del registro, con su índice y el mandato en que lo recibió un líder.",
        "Um comando do registro, com o seu índice e o mandato em que um líder o recebeu.");
    "follower" follower: ("follower", "seguidor", "seguidor"), follower_is: (
        "A server that answers the leader and candidates and asks for nothing itself (§5.1).",
        "Un servidor que responde al líder y a los candidatos y no pide nada por sí mismo (§5.1).",
        "Um servidor que responde ao líder e aos candidatos e nada pede por si (§5.1).");
    "heartbeat" heartbeat: ("heartbeat", "latido", "batimento"), heartbeat_is: (
        "An AppendEntries without entries, sent regularly so that nobody else campaigns (§5.2).",
        "Un AppendEntries sin entradas, enviado con regularidad para que nadie más se postule (§5.2).",
        "Um AppendEntries sem entradas, enviado regularmente para que ninguém mais se candidate (§5.2).");
    "index" index: ("index", "índice", "índice"), index_is: (
        "The place of an entry in the log, from 1 on.",
        "El lugar de una entrada en el registro, desde 1.",
        "O lugar de uma entrada no registro, a partir de 1.");
    "leader" leader: ("leader", "líder", "líder"), leader_is: (
        "The server that takes the clients' commands and replicates them; at most one in a term (§5.2).",
        "El servidor que recibe los comandos de los clientes y los replica; como mucho uno por mandato (§5.2).",
        "O servidor que recebe os comandos dos clientes e os replica; no máximo um por mandato (§5.2).");
    "learner" learner: ("learner", "aprendiz", "aprendiz"), learner_is: (
        "A server that receives the log and has no vote, until it has caught up (dissertation §4.2.1).",
        "Un servidor que recibe el registro y no tiene voto, hasta que se ha puesto al día (tesis §4.2.1).",
        "Um servidor que recebe o registro e não tem voto, até que se atualize (tese §4.2.1).");
    "lease" lease: ("lease", "arrendamiento", "arrendamento"), lease_is: (
        "The time for which a leader may answer reads by itself, since nobody else can be elected within it if clocks keep their bound (dissertation §6.4.1).",
        "El tiempo durante el cual un líder puede responder lecturas por sí solo, pues nadie más puede ser elegido en él si los relojes respetan su cota (tesis §6.4.1).",
        "O tempo durante o qual um líder pode responder leituras sozinho, pois ninguém mais pode ser eleito nele se os relógios respeitam o seu limite (tese §6.4.1).");
    "linearizable" linearizable: ("linearizable", "linealizable", "linearizável"), linearizable_is: (
        "Every operation seems to take effect at one moment between its call and its answer, so that a read sees every write that was answered before it was asked (§8).",
        "Cada operación parece tener efecto en un instante entre su llamada y su respuesta, de modo que una lectura ve toda escritura respondida antes de pedirla (§8).",
        "Cada operação parece ter efeito em um instante entre a sua chamada e a sua resposta, de modo que uma leitura vê toda escrita respondida antes de ser pedida (§8).");
    "log" log: ("log", "registro", "registro"), log_is: (
        "The sequence of entries that every server keeps. Two logs with the same term at an index are the same up to there (log matching, §5.3).",
        "La secuencia de entradas que guarda cada servidor. Dos registros con el mismo mandato en un índice son iguales hasta ahí (§5.3).",
        "A sequência de entradas que cada servidor guarda. Dois registros com o mesmo mandato em um índice são iguais até ali (§5.3).");
    "majority" majority: ("majority", "mayoría", "maioria"), majority_is: (
        "More than half of the voters. Any two majorities share a server: that is why nothing committed is forgotten.",
        "Más de la mitad de los votantes. Dos mayorías siempre comparten un servidor: por eso no se olvida nada confirmado.",
        "Mais da metade dos votantes. Duas maiorias sempre compartilham um servidor: por isso nada confirmado é esquecido.");
    "match-index" match_index: ("match index", "índice coincidente", "índice coincidente"), match_index_is: (
        "For each server, the highest index up to which the leader knows that its log is the same as the leader's.",
        "Para cada servidor, el índice más alto hasta el que el líder sabe que su registro es igual al suyo.",
        "Para cada servidor, o índice mais alto até o qual o líder sabe que o seu registro é igual ao dele.");
    "next-index" next_index: ("next index", "siguiente índice", "próximo índice"), next_index_is: (
        "For each server, the index of the entry that the leader sends it next.",
        "Para cada servidor, el índice de la entrada que el líder le enviará a continuación.",
        "Para cada servidor, o índice da entrada que o líder lhe enviará a seguir.");
    "no-op" no_op: ("no-op", "no-op", "no-op"), no_op_is: (
        "An entry without a command that a new leader appends at once: with it, it commits what earlier terms have left (§5.4.2, §8).",
        "Una entrada sin comando que un líder nuevo añade enseguida: con ella confirma lo que dejaron mandatos anteriores (§5.4.2, §8).",
        "Uma entrada sem comando que um novo líder acrescenta logo: com ela confirma o que mandatos anteriores deixaram (§5.4.2, §8).");
    "partition" partition: ("partition", "partición", "partição"), partition_is: (
        "The network falls apart into groups that do not hear each other. Only a group with a majority can commit.",
        "La red se divide en grupos que no se oyen. Solo un grupo con mayoría puede confirmar.",
        "A rede se divide em grupos que não se ouvem. Só um grupo com maioria pode confirmar.");
    "pre-candidate" pre_candidate: ("pre-candidate", "precandidato", "pré-candidato"), pre_candidate_is: (
        "A server that first asks whether it would get the votes, so that one that was cut off does not disturb the others with a higher term (PreVote, dissertation §9.6).",
        "Un servidor que primero pregunta si obtendría los votos, para que uno que estuvo aislado no moleste a los demás con un mandato mayor (PreVote, tesis §9.6).",
        "Um servidor que primeiro pergunta se obteria os votos, para que um que esteve isolado não perturbe os outros com um mandato maior (PreVote, tese §9.6).");
    "proxy" proxy: ("proxy", "proxy", "proxy"), proxy_is: (
        "Stands between clients and servers: it sends writes to the leader, reads where it is told, and tries another server when one does not answer.",
        "Está entre los clientes y los servidores: envía las escrituras al líder, las lecturas adonde se le dice, y prueba otro servidor cuando uno no responde.",
        "Fica entre os clientes e os servidores: envia as escritas ao líder, as leituras para onde lhe é dito, e tenta outro servidor quando um não responde.");
    "read-index" read_index: ("ReadIndex", "ReadIndex", "ReadIndex"), read_index_is: (
        "A way to read without writing to the log: the leader notes its commit index, makes sure by a round of heartbeats that it still leads, and answers once it has applied up to there (dissertation §6.4).",
        "Una forma de leer sin escribir en el registro: el líder anota su índice confirmado, comprueba con una ronda de latidos que aún lidera, y responde cuando ha aplicado hasta ahí (tesis §6.4).",
        "Uma forma de ler sem escrever no registro: o líder anota o seu índice confirmado, verifica com uma rodada de batimentos que ainda lidera, e responde quando aplicou até ali (tese §6.4).");
    "snapshot" snapshot: ("snapshot", "instantánea", "instantâneo"), snapshot_is: (
        "The state of a state machine at an index, in place of the entries up to there; sent to a follower that is too far behind (§7).",
        "El estado de una máquina de estados en un índice, en lugar de las entradas hasta ahí; se envía a un seguidor demasiado atrasado (§7).",
        "O estado de uma máquina de estados em um índice, no lugar das entradas até ali; é enviado a um seguidor muito atrasado (§7).");
    "term" term: ("term", "mandato", "mandato"), term_is: (
        "A number that rises with each election: Raft's clock. Whoever hears of a higher term follows it, and messages of an older one are refused (§5.1).",
        "Un número que crece con cada elección: el reloj de Raft. Quien oye de un mandato mayor lo adopta, y los mensajes de uno anterior se rechazan (§5.1).",
        "Um número que cresce a cada eleição: o relógio do Raft. Quem ouve de um mandato maior o adota, e as mensagens de um anterior são recusadas (§5.1).");
    "transfer" transfer: ("leadership transfer", "traspaso del liderazgo", "transferência da liderança"), transfer_is: (
        "The leader brings a server up to date and tells it to campaign at once (dissertation §3.10).",
        "El líder pone al día a un servidor y le dice que se postule ya (tesis §3.10).",
        "O líder atualiza um servidor e lhe diz que se candidate já (tese §3.10).");
    "voter" voter: ("voter", "votante", "votante"), voter_is: (
        "A member of the cluster whose vote counts in elections and for commitment.",
        "Un miembro del clúster cuyo voto cuenta en las elecciones y para confirmar.",
        "Um membro do cluster cujo voto conta nas eleições e para confirmar.");
}
