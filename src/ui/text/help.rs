//! What help says: the keys, the legend, the tour.

use crate::catalogue::catalogue;

catalogue! {
    /// The help sheet.
    pub(crate) HelpTexts of "help" {
        title: "Help", "Ayuda", "Ajuda";
        close: "Close", "Cerrar", "Fechar";
        take_tour: "Take the tour", "Hacer el recorrido", "Fazer o passeio";
        keys: "Keys", "Teclas", "Teclas";
        legend: "Legend", "Leyenda", "Legenda";
        glossary: "Glossary", "Glosario", "Glossário";
        space: "Play or pause", "Reproducir o pausar", "Reproduzir ou pausar";
        step: "One event back, one event on", "Un evento atrás, un evento adelante",
            "Um evento atrás, um evento adiante";
        jump:
            "To the previous or next event that matters, of the selected node if there is one",
            "Al evento importante anterior o siguiente, del nodo seleccionado si lo hay",
            "Ao evento importante anterior ou seguinte, do nó selecionado se houver";
        ends: "To the start, to the end of what has been run",
            "Al principio, al final de lo ejecutado", "Ao início, ao fim do que foi executado";
        until: "Run until it comes again: what was last chosen, at first a leader",
            "Avanzar hasta que vuelva a ocurrir lo último elegido; al principio, un líder",
            "Avançar até que ocorra de novo o último escolhido; no início, um líder";
        diagram: "The cluster, or the space-time diagram",
            "El clúster, o el diagrama espacio-tiempo",
            "O cluster, ou o diagrama espaço-tempo";
        undo: "Undo: back to before what you last did; the old future is kept",
            "Deshacer: volver a antes de lo último que hiciste; el futuro anterior se conserva",
            "Desfazer: voltar para antes do que você fez por último; o futuro anterior é mantido";
        redo: "Redo: on to after what you did next", "Rehacer: ir a después de lo siguiente que hiciste",
            "Refazer: ir para depois do que você fez em seguida";
        help: "This sheet", "Esta hoja", "Esta folha";
        escape: "Close what is open; stop a long way", "Cerrar lo abierto; detener un camino largo",
            "Fechar o que está aberto; parar um caminho longo";
        tab: "To the next control; the arrow keys move within tabs, menus and sliders",
            "Al control siguiente; las flechas mueven dentro de pestañas, menús y deslizadores",
            "Para o próximo controle; as setas movem dentro de abas, menus e deslizadores";
        shortcuts: "Single-key shortcuts", "Atajos de una sola tecla", "Atalhos de uma só tecla";
        nodes: "Nodes", "Nodos", "Nós";
        nodes_hint:
            "The colour is the term, and its number is written. A follower's ring is its election timer, which runs down.",
            "El color es el mandato, cuyo número está escrito. El anillo de un seguidor es su plazo de elección, que se agota.",
            "A cor é o mandato, cujo número está escrito. O anel de um seguidor é o seu prazo de eleição, que se esgota.";
        messages: "Messages", "Mensajes", "Mensagens";
        asks_pre: "would you vote for me? (PreVote)", "¿me votarías? (PreVote)", "você votaria em mim? (PreVote)";
        asks: "vote for me (RequestVote)", "vótame (RequestVote)", "vote em mim (RequestVote)";
        granted: "vote granted", "voto concedido", "voto concedido";
        refused: "vote refused", "voto denegado", "voto recusado";
        heartbeat: "heartbeat: AppendEntries without entries", "latido: AppendEntries sin entradas",
            "batimento: AppendEntries sem entradas";
        entries: "AppendEntries with the entries that it brings", "AppendEntries con las entradas que lleva",
            "AppendEntries com as entradas que leva";
        many: "with more than three", "con más de tres", "com mais de três";
        acknowledged: "stored: an acknowledgement", "guardado: un acuse", "guardado: uma confirmação";
        mismatch: "refused: the log does not match", "rechazado: el registro no coincide",
            "recusado: o registro não coincide";
        read_index: "from which index may I answer a read? (ReadIndex)",
            "¿desde qué índice puedo responder una lectura? (ReadIndex)",
            "a partir de que índice posso responder uma leitura? (ReadIndex)";
        timeout_now: "campaign at once (TimeoutNow)", "postúlate ya (TimeoutNow)",
            "candidate-se já (TimeoutNow)";
        sheets: "a piece of a snapshot (InstallSnapshot)", "un trozo de una instantánea (InstallSnapshot)",
            "um pedaço de um instantâneo (InstallSnapshot)";
        operation: "a client's operation, by way of the proxy", "una operación de un cliente, por el proxy",
            "uma operação de um cliente, pelo proxy";
        marks: "Logs", "Registros", "Registros";
        stored: "stored on this node", "guardada en este nodo", "guardada neste nó";
        volatile: "not yet on its disk", "aún no en su disco", "ainda não em seu disco";
        committed: "the node knows it is committed", "el nodo sabe que está confirmada",
            "o nó sabe que está confirmada";
        applied: "applied to its state", "aplicada a su estado", "aplicada ao seu estado";
        snapshot: "dropped: a snapshot holds the state up to there",
            "descartadas: una instantánea guarda el estado hasta ahí",
            "descartadas: um instantâneo guarda o estado até ali";
        leads: "the node leads", "el nodo es líder", "o nó lidera";
        commit: "commit index: up to here the node knows that it is committed",
            "índice confirmado: hasta aquí el nodo sabe que está confirmado",
            "índice confirmado: até aqui o nó sabe que está confirmado";
        differs: "its term differs from the leader's, or from that of most nodes",
            "su mandato difiere del que tiene el líder, o la mayoría de los nodos",
            "o seu mandato difere do que tem o líder, ou a maioria dos nós";
        next: "next index: what the leader sends it next", "siguiente índice: lo próximo que el líder le envía",
            "próximo índice: o que o líder lhe envia a seguir";
        matches: "match index: up to here the leader knows that it agrees",
            "índice coincidente: hasta aquí el líder sabe que coinciden",
            "índice coincidente: até aqui o líder sabe que coincidem";
        strip: "Above the strip of time", "Sobre la franja del tiempo", "Sobre a faixa do tempo";
        acted: "you act, or the script", "actúas tú, o el guion", "você age, ou o roteiro";
        node: "a node crashes, restarts, pauses, goes on or is added",
            "un nodo cae, reinicia, se pausa, sigue o se añade",
            "um nó cai, reinicia, pausa, continua ou é adicionado";
        network: "the network changes", "cambia la red", "a rede muda";
        violation: "a property is violated", "se viola una propiedad", "uma propriedade é violada";
    }
}

catalogue! {
    /// The tour.
    pub(crate) TourTexts of "help" {
        step: "Step {0} of {1}", "Paso {0} de {1}", "Passo {0} de {1}";
        back: "Back", "Atrás", "Voltar";
        next: "Next", "Siguiente", "Seguinte";
        finish: "Finish", "Terminar", "Concluir";
        leave: "Leave the tour", "Salir del recorrido", "Sair do passeio";
        cluster: "A cluster elects a leader", "Un clúster elige a un líder", "Um cluster elege um líder";
        cluster_says:
            "Each server keeps a copy of one log. The ring round it is its election timer: the first whose timer runs down asks the others for their votes, and with those of a majority it leads (§5.2).",
            "Cada servidor guarda una copia de un mismo registro. El anillo que lo rodea es su plazo de elección: el primero cuyo plazo se agota pide el voto a los demás, y con los de una mayoría lidera (§5.2).",
            "Cada servidor guarda uma cópia de um mesmo registro. O anel à sua volta é o seu prazo de eleição: o primeiro cujo prazo se esgota pede o voto aos outros, e com os de uma maioria lidera (§5.2).";
        cluster_done: "{0} leads.", "{0} lidera.", "{0} lidera.";
        write: "Write a key", "Escribe una clave", "Escreva uma chave";
        write_says:
            "Press Write. The leader appends the command to its log and sends it to the others, as squares in the colour of its term. Once a majority has stored it, it is committed: its outline fills (§5.3).",
            "Pulsa Escribir. El líder añade el comando a su registro y lo envía a los demás, como cuadrados del color de su mandato. Cuando una mayoría lo ha guardado, está confirmado: su contorno se rellena (§5.3).",
            "Pressione Escrever. O líder acrescenta o comando ao seu registro e o envia aos outros, como quadrados da cor do seu mandato. Quando uma maioria o guardou, está confirmado: o seu contorno se preenche (§5.3).";
        write_done: "The client has its answer.", "El cliente tiene su respuesta.",
            "O cliente tem a sua resposta.";
        crash: "Crash the leader", "Haz caer al líder", "Derrube o líder";
        crash_says:
            "Click it. It loses what it had in memory, and keeps what is on its disk: its term, its vote and its log.",
            "Haz clic en él. Pierde lo que tenía en memoria y conserva lo que hay en su disco: su mandato, su voto y su registro.",
            "Clique nele. Perde o que tinha na memória e conserva o que está em seu disco: o seu mandato, o seu voto e o seu registro.";
        crash_done: "It is down.", "Ha caído.", "Caiu.";
        survive: "Your write survives", "Tu escritura sobrevive", "A sua escrita sobrevive";
        survive_says:
            "The others miss its heartbeats, and one of them is elected in a new term. Only a server whose log has every committed entry can win (§5.4.1): look for yours in the logs. Click the crashed one to restart it, and it catches up.",
            "Los demás echan en falta sus latidos y eligen a uno de ellos en un mandato nuevo. Solo puede ganar quien tenga todas las entradas confirmadas (§5.4.1): busca la tuya en los registros. Haz clic en el caído para reiniciarlo y se pondrá al día.",
            "Os outros sentem falta dos batimentos e elegem um deles em um novo mandato. Só pode vencer quem tenha todas as entradas confirmadas (§5.4.1): procure a sua nos registros. Clique no que caiu para reiniciá-lo, e ele se atualiza.";
        survive_done: "{0} leads now.", "Ahora lidera {0}.", "Agora lidera {0}.";
        past: "Go back in time", "Vuelve atrás en el tiempo", "Volte no tempo";
        past_says:
            "Drag the strip to before the crash, or press Undo. Do something else there: a new future begins, and the old one is kept beside it.",
            "Arrastra la franja hasta antes de la caída, o pulsa Deshacer. Haz allí otra cosa: comienza otro futuro, y el anterior se conserva a su lado.",
            "Arraste a faixa até antes da queda, ou pressione Desfazer. Faça ali outra coisa: começa outro futuro, e o anterior é mantido ao lado.";
        past_done: "This is the past.", "Esto es el pasado.", "Este é o passado.";
        why: "Ask why", "Pregunta por qué", "Pergunte por quê";
        why_says:
            "Select anything: a sentence under the cluster says why it is as it is, and the Inspector shows every field of it. A right click or a long press on a node or a link offers what else can be done to it. The ? has the keys, a legend and a glossary.",
            "Selecciona lo que quieras: una frase bajo el clúster dice por qué está así, y el Inspector muestra todos sus campos. Un clic derecho o una pulsación larga en un nodo o un enlace ofrece qué más se le puede hacer. En ? están las teclas, una leyenda y un glosario.",
            "Selecione o que quiser: uma frase sob o cluster diz por que está assim, e o Inspetor mostra todos os seus campos. Um clique com o botão direito ou um toque longo em um nó ou um enlace oferece o que mais se pode fazer. Em ? estão as teclas, uma legenda e um glossário.";
        why_done: "Something is selected.", "Hay algo seleccionado.", "Há algo selecionado.";
    }
}
