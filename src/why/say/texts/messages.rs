//! Messages.

use crate::catalogue::catalogue;

catalogue! {
    /// What is said of messages.
    pub(in crate::why::say) MessageTexts of "views" {
        with_fate: "{0}; {1} ({2})", "{0}; {1} ({2})", "{0}; {1} ({2})";
        lost:
            "{0}; lost at {1}: {2} ({3})",
            "{0}; perdido a los {1}: {2} ({3})",
            "{0}; perdida aos {1}: {2} ({3})";
        sent_again:
            "{0}: what is not answered is sent again",
            "{0}: lo que no se responde se vuelve a enviar",
            "{0}: o que não é respondido é enviado de novo";
        asked_again:
            "{0}: who does not win asks again in another election",
            "{0}: quien no gana vuelve a pedirlo en otra elección",
            "{0}: quem não vence pede de novo em outra eleição";
        read_again:
            "{0}: it is not sent again; the read waits until whoever asked gives up",
            "{0}: no se vuelve a enviar; la lectura espera hasta que quien la pidió desista",
            "{0}: não é enviada de novo; a leitura espera até que quem a pediu desista";
        leads_on:
            "{0}: who handed over leads on after an election timeout",
            "{0}: quien cedía el liderazgo sigue liderando tras un plazo de elección",
            "{0}: quem cedia a liderança continua liderando após um prazo de eleição";
        by_loss: "the network loses some", "la red pierde algunos", "a rede perde algumas";
        by_cut:
            "nothing gets from {0} to {1}", "nada llega de {0} a {1}", "nada chega de {0} a {1}";
        by_down:
            "{0} was down when it arrived", "{0} estaba caído cuando llegó", "{0} estava caído quando chegou";
        by_drop: "somebody dropped it", "alguien lo hizo perder", "alguém a fez perder";
        dies:
            "the network loses it at {0}", "la red lo pierde a los {0}", "a rede a perde aos {0}";
        receiver_down:
            "it is lost at {0}, as whom it reaches is down",
            "se pierde a los {0}, pues a quien llega está caído",
            "ela se perde aos {0}, pois a quem chega está caído";
        receiver_paused:
            "it waits there, as whom it reaches stands still",
            "espera allí, pues a quien llega está en pausa",
            "espera lá, pois a quem chega está pausado";
        unseen:
            "what comes of it is yet to be seen",
            "qué resulta de él está aún por ver",
            "o que resulta dela ainda está por ver";
        arrives:
            "at {0} it reaches a node of term {1}, which then {2}",
            "a los {0} llega a un nodo del mandato {1}, que entonces {2}",
            "aos {0} chega a um nó do mandato {1}, que então {2}";
        resets_timer:
            "sets its election timer anew",
            "reinicia su plazo de elección",
            "reinicia o seu prazo de eleição";
        does_nothing: "does nothing", "no hace nada", "não faz nada";
        sends_one: "sends one message", "envía un mensaje", "envia uma mensagem";
        sends: "sends {0} messages", "envía {0} mensajes", "envia {0} mensagens";
        request_vote:
            "{0}, candidate in term {1}, asks {2} for its vote; its log ends with entry {3} of term {4}",
            "{0}, candidato en el mandato {1}, pide a {2} su voto; su registro termina en la entrada {3} del mandato {4}",
            "{0}, candidato no mandato {1}, pede a {2} o seu voto; o seu registro termina na entrada {3} do mandato {4}";
        gives_vote:
            "{0} gives {1} its vote of term {2}",
            "{0} da a {1} su voto del mandato {2}",
            "{0} dá a {1} o seu voto do mandato {2}";
        refuses_vote:
            "{0}, in term {1}, refuses {2} its vote",
            "{0}, en el mandato {1}, niega su voto a {2}",
            "{0}, no mandato {1}, recusa o seu voto a {2}";
        pre_vote:
            "{0} asks {1} whether it would vote for it in term {2}",
            "{0} pregunta a {1} si votaría por él en el mandato {2}",
            "{0} pergunta a {1} se votaria nele no mandato {2}";
        would_vote:
            "{0} tells {1} that it would vote for it in term {2}",
            "{0} dice a {1} que votaría por él en el mandato {2}",
            "{0} diz a {1} que votaria nele no mandato {2}";
        would_not_vote:
            "{0} tells {1} that it would not vote for it in term {2}",
            "{0} dice a {1} que no votaría por él en el mandato {2}",
            "{0} diz a {1} que não votaria nele no mandato {2}";
        heartbeat:
            "{0}, leader of term {1}, tells {2} that it leads, after entry {3} of term {4}, with commit index {5}",
            "{0}, líder del mandato {1}, dice a {2} que lidera, tras la entrada {3} del mandato {4}, con índice confirmado {5}",
            "{0}, líder do mandato {1}, diz a {2} que lidera, após a entrada {3} do mandato {4}, com índice confirmado {5}";
        one_entry:
            "{0}, leader of term {1}, sends {2} entry {6}, after entry {3} of term {4}, with commit index {5}",
            "{0}, líder del mandato {1}, envía a {2} la entrada {6}, tras la entrada {3} del mandato {4}, con índice confirmado {5}",
            "{0}, líder do mandato {1}, envia a {2} a entrada {6}, após a entrada {3} do mandato {4}, com índice confirmado {5}";
        entries:
            "{0}, leader of term {1}, sends {2} entries {6} to {7}, after entry {3} of term {4}, with commit index {5}",
            "{0}, líder del mandato {1}, envía a {2} las entradas {6} a {7}, tras la entrada {3} del mandato {4}, con índice confirmado {5}",
            "{0}, líder do mandato {1}, envia a {2} as entradas {6} a {7}, após a entrada {3} do mandato {4}, com índice confirmado {5}";
        matched:
            "{0} tells {1} that their logs are equal up to entry {2}",
            "{0} dice a {1} que sus registros son iguales hasta la entrada {2}",
            "{0} diz a {1} que os seus registros são iguais até a entrada {2}";
        conflict:
            "{0}, in term {1}, tells {2} that it does not have its entry {3}, or does not follow it",
            "{0}, en el mandato {1}, dice a {2} que no tiene su entrada {3}, o que no lo sigue",
            "{0}, no mandato {1}, diz a {2} que não tem a sua entrada {3}, ou que não o segue";
        read_index:
            "{0} asks {1} at which index a read may be answered",
            "{0} pregunta a {1} en qué índice puede responderse una lectura",
            "{0} pergunta a {1} em que índice uma leitura pode ser respondida";
        read_at:
            "{0} tells {1} to answer its read at index {2}",
            "{0} dice a {1} que responda su lectura en el índice {2}",
            "{0} diz a {1} que responda à sua leitura no índice {2}";
        no_read:
            "{0} tells {1} that it does not lead",
            "{0} dice a {1} que no lidera",
            "{0} diz a {1} que não lidera";
        timeout_now:
            "{0}, leader of term {1}, tells {2} to campaign at once",
            "{0}, líder del mandato {1}, dice a {2} que se postule de inmediato",
            "{0}, líder do mandato {1}, diz a {2} que se candidate de imediato";
        snapshot:
            "{0}, leader of term {1}, sends {2} bytes {3} to {4} of its snapshot up to entry {5}",
            "{0}, líder del mandato {1}, envía a {2} los bytes {3} a {4} de su instantánea hasta la entrada {5}",
            "{0}, líder do mandato {1}, envia a {2} os bytes {3} a {4} do seu instantâneo até a entrada {5}";
        snapshot_reply:
            "{0} tells {1} how much it has of the snapshot up to entry {2}",
            "{0} dice a {1} cuánto tiene de la instantánea hasta la entrada {2}",
            "{0} diz a {1} quanto tem do instantâneo até a entrada {2}";
    }
}
