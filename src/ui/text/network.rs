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
            "A cell is one direction: a press cuts it or heals it. The number is of messages under way.",
            "Cada celda es un sentido: al pulsarla se corta o se repara. El número es de mensajes en camino.",
            "Cada célula é um sentido: ao premir, corta-se ou repara-se. O número é de mensagens a caminho.";
        under_way: "Under way ({0})", "En camino ({0})", "A caminho ({0})";
        nothing: "No message is under way.", "No hay mensajes en camino.", "Nenhuma mensagem a caminho.";
        arrives: "arrives at {0}", "llega a los {0}", "chega aos {0}";
        held: "waits for its node", "espera a su nodo", "espera pelo seu nó";
        deliver: "Deliver now", "Entregar ya", "Entregar já";
        drop: "Drop", "Perder", "Perder";
        more: "and {0} more", "y {0} más", "e mais {0}";
    }
}
