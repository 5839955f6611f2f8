//! What the inspector says, and the caption of the figure.

use crate::catalogue::catalogue;

catalogue! {
    /// The inspector and the caption.
    pub(crate) InspectorTexts of "views" {
        title: "Inspector", "Inspector", "Inspetor";
        empty:
            "Nothing is selected. Click a node, an entry in the logs, a message on its way or an operation: everything that is known of it appears here, and why it is so under the cluster. Escape ends the selection.",
            "No hay nada seleccionado. Haz clic en un nodo, una entrada de los registros, un mensaje en camino o una operación: aquí aparece todo lo que se sabe de ello y, bajo el clúster, por qué es así. Escape quita la selección.",
            "Nada está selecionado. Clique em um nó, uma entrada dos registros, uma mensagem a caminho ou uma operação: aqui aparece tudo o que se sabe disso e, sob o cluster, por que é assim. Escape desfaz a seleção.";
        unsent:
            "This message has yet to be sent at this moment.",
            "Este mensaje aún no se ha enviado en este momento.",
            "Esta mensagem ainda não foi enviada neste momento.";
        arrived: "It arrived at {0}.", "Llegó a los {0}.", "Chegou aos {0}.";
        was_lost: "It was lost at {0} on its way.", "Se perdió a los {0} por el camino.", "Perdeu-se aos {0} a caminho.";
        was_cut: "It was lost at {0}: the link was cut.", "Se perdió a los {0}: el enlace estaba cortado.",
            "Perdeu-se aos {0}: o enlace estava cortado.";
        found_down: "It was lost at {0}: its receiver was down.", "Se perdió a los {0}: su receptor estaba caído.",
            "Perdeu-se aos {0}: o receptor estava caído.";
        was_dropped: "It was dropped at {0} by hand, or as the scenario says.", "Se descartó a los {0}, a mano o según el escenario.",
            "Foi descartada aos {0}, à mão ou como diz o cenário.";
        gone:
            "It is not there at this moment.",
            "No está ahí en este momento.",
            "Não está lá neste momento.";
        inspect: "Inspect", "Inspeccionar", "Inspecionar";
        unselect: "End the selection", "Quitar la selección", "Desfazer a seleção";
        caption: "Why", "Por qué", "Por quê";
        copy: "Copy as JSON", "Copiar como JSON", "Copiar como JSON";
        copied: "Copied", "Copiado", "Copiado";
        copy_yourself:
            "The browser does not let the page copy. Copy it from here:",
            "El navegador no deja que la página copie. Cópialo de aquí:",
            "O navegador não deixa a página copiar. Copie daqui:";
        node: "Node {0}", "Nodo {0}", "Nó {0}";
        entry: "Entry {1} of {0}", "Entrada {1} de {0}", "Entrada {1} de {0}";
        message: "Message {0}", "Mensaje {0}", "Mensagem {0}";
        message_between: "{0}, {1} to {2}", "{0}, de {1} a {2}", "{0}, de {1} para {2}";
        operation: "Operation {0}", "Operación {0}", "Operação {0}";
        persistent: "Persistent state", "Estado persistente", "Estado persistente";
        volatile: "Volatile state", "Estado volátil", "Estado volátil";
        leader: "Leader state", "Estado de líder", "Estado de líder";
        role: "Role", "Papel", "Papel";
        disk: "On its disk", "En su disco", "No seu disco";
        timers: "Clock and timers", "Reloj y temporizadores", "Relógio e temporizadores";
        snapshot: "Snapshot", "Instantánea", "Instantâneo";
        configuration: "Configuration", "Configuración", "Configuração";
        lease: "Lease", "Arrendamiento", "Arrendamento";
        requests: "Requests that wait", "Peticiones en espera", "Pedidos em espera";
        machine: "State machine", "Máquina de estados", "Máquina de estados";
        head: "Message", "Mensaje", "Mensagem";
        body: "What it carries", "Lo que lleva", "O que leva";
        transit: "Its way", "Su camino", "O seu caminho";
        of_entry: "Entry", "Entrada", "Entrada";
        copies: "Its way to every node", "Su camino a cada nodo", "O seu caminho a cada nó";
        request: "What was asked", "Lo que se pidió", "O que foi pedido";
        outcome: "What became of it", "Qué fue de ello", "O que foi feito disso";
        figure: "Figure 2", "Figura 2", "Figura 2";
        votes: "Votes", "Votos", "Votos";
        changed:
            "What event {0} changed", "Lo que cambió el evento {0}", "O que o evento {0} mudou";
        nothing_changed: "Nothing of it.", "Nada de ello.", "Nada disso.";
        before: "before", "antes", "antes";
        after: "after", "después", "depois";
        field: "Field", "Campo", "Campo";
        stored: "stored", "guardada", "guardada";
        durable: "on its disk", "en su disco", "no seu disco";
        learned: "known committed", "sabe confirmada", "sabe confirmada";
        applied: "applied", "aplicada", "aplicada";
        proposed_by:
            "Proposed by {0} at {1}.", "Propuesta por {0} a los {1}.", "Proposta por {0} aos {1}.";
        committed_by:
            "Committed at {1}, which {0} knew first.",
            "Confirmada a los {1}; {0} lo supo primero.",
            "Confirmada aos {1}; {0} soube primeiro.";
        looking:
            "Looking through the past…", "Buscando en el pasado…", "Procurando no passado…";
        other_term: "another, of term {0}", "otra, del mandato {0}", "outra, do mandato {0}";
        yes: "yes", "sí", "sim";
        no: "no", "no", "não";
        none: "none", "ninguno", "nenhum";
        go: "Go there", "Ir allí", "Ir para lá";
        at_start: "the start of the run", "el inicio de la ejecución", "o início da execução";
    }
}
