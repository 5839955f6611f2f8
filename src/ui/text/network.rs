//! What the network's view says.

use crate::catalogue::catalogue;

catalogue! {
    /// The network's view.
    pub(crate) NetworkTexts of "views" {
        title: "Network", "Red", "Rede";
        matrix: "Who can send to whom", "Quién puede enviar a quién", "Quem pode enviar a quem";
        ends: "from, to", "de, a", "de, para";
        link: "{0} to {1}", "De {0} a {1}", "De {0} para {1}";
        carries: "carries", "transmite", "transmite";
        carries_one: "carries, 1 message under way", "transmite, 1 mensaje en camino",
            "transmite, 1 mensagem a caminho";
        carries_some: "carries, {0} messages under way", "transmite, {0} mensajes en camino",
            "transmite, {0} mensagens a caminho";
        cut: "cut", "cortado", "cortado";
        hint:
            "A cell is one direction: choose one to change it below; a double click cuts or heals it. The number is of messages under way, what stands under it the link's own.",
            "Cada celda es un sentido: elige una para cambiarla abajo; un doble clic la corta o la repara. El número es de mensajes en camino; lo de abajo es propio del enlace.",
            "Cada célula é um sentido: escolha uma para mudá-la abaixo; um clique duplo a corta ou a repara. O número é de mensagens a caminho; o que está abaixo é próprio do enlace.";
        latency: "Latency", "Latencia", "Latência";
        latency_from: "Latency from", "Latencia desde", "Latência de";
        latency_to: "Latency to", "Latencia hasta", "Latência até";
        loss: "Loss", "Pérdida", "Perda";
        takes: "takes {0} ms", "tarda {0} ms", "leva {0} ms";
        loses: "loses {0} %", "pierde {0} %", "perde {0} %";
        both: "Both directions", "Ambos sentidos", "Ambos os sentidos";
        set: "Set", "Fijar", "Definir";
        cut_it: "Cut", "Cortar", "Cortar";
        heal_it: "Heal", "Reparar", "Reparar";
        reset: "As the network", "Como la red", "Como a rede";
        is_own: "It has conditions of its own.", "Tiene condiciones propias.", "Tem condições próprias.";
        is_usual: "It is as the network.", "Es como la red.", "É como a rede.";
        delay: "Delay", "Retrasar", "Atrasar";
        delay_by: "Delay by", "Retrasar", "Atrasar";
        duplicate: "Duplicate", "Duplicar", "Duplicar";
        under_way: "Under way ({0})", "En camino ({0})", "A caminho ({0})";
        nothing: "No message is under way.", "No hay mensajes en camino.", "Nenhuma mensagem a caminho.";
        arrives: "arrives at {0}", "llega a los {0}", "chega aos {0}";
        held: "waits for its node", "espera a su nodo", "espera pelo seu nó";
        deliver: "Deliver now", "Entregar ya", "Entregar agora";
        drop: "Drop", "Perder", "Perder";
        more: "and {0} more", "y {0} más", "e mais {0}";
    }
}
