//! What the space-time diagram says.

use crate::catalogue::catalogue;

catalogue! {
    /// The space-time diagram.
    pub(crate) SpaceTimeTexts of "views" {
        diagram: "Space-time diagram", "Diagrama espacio-tiempo", "Diagrama espaço-tempo";
        clients: "clients", "clientes", "clientes";
        proxy: "proxy", "proxy", "proxy";
        follow: "Follow", "Seguir", "Seguir";
        hint:
            "Point at an event for its causes and effects; press it to go there. The wheel or + and − zoom, a drag moves, the arrows step.",
            "Señala un evento para ver sus causas y efectos; púlsalo para ir allí. La rueda o + y − acercan, arrastrar desplaza, las flechas avanzan.",
            "Aponte um evento para ver as suas causas e efeitos; clique nele para ir até lá. A roda ou + e − aproximam, arrastar desloca, as setas avançam.";
        nothing:
            "Nothing has happened yet. Let time run: messages appear as lines from lane to lane.",
            "Aún no ha pasado nada. Deja correr el tiempo: los mensajes aparecen como líneas entre nodos.",
            "Nada aconteceu ainda. Deixe correr o tempo: as mensagens aparecem como linhas entre nós.";
        dense:
            "So much happened here that messages are a texture: the darker, the more were sent, and in red, lost. Zoom in to see each of them.",
            "Aquí pasó tanto que los mensajes son una textura: cuanto más oscura, más se enviaron y, en rojo, se perdieron. Acerca para ver cada uno.",
            "Aqui aconteceu tanto que as mensagens são uma textura: quanto mais escura, mais foram enviadas e, em vermelho, perdidas. Aproxime para ver cada uma.";
        received: "{0}; sent at {1}, received at {2}", "{0}; enviado a los {1}, recibido a los {2}",
            "{0}; enviado aos {1}, recebido aos {2}";
        lost: "{0}; sent at {1}, lost at {2}", "{0}; enviado a los {1}, perdido a los {2}",
            "{0}; enviado aos {1}, perdido aos {2}";
        under_way: "{0}; sent at {1}, under way", "{0}; enviado a los {1}, en camino",
            "{0}; enviado aos {1}, a caminho";
        timer: "timer", "temporizador", "temporizador";
        election: "election", "elección", "eleição";
        vote: "vote", "voto", "voto";
        leader: "leader", "líder", "líder";
        commit: "commits", "confirma", "confirma";
        learned: "learns of it", "lo sabe", "fica sabendo";
        answer: "answered", "respondido", "respondido";
        crash: "crash", "caída", "falha";
    }
}
