//! What the history of the clients says.

use crate::catalogue::catalogue;

catalogue! {
    /// The history.
    pub(crate) HistoryTexts of "views" {
        title: "History", "Historia", "História";
        intervals: "Operations in time", "Operaciones en el tiempo", "Operações no tempo";
        key: "Key", "Clave", "Chave";
        any_key: "any", "cualquiera", "qualquer";
        nothing:
            "No client has asked for anything yet. Write or read a key, or let a workload run: each operation appears here as an interval, from its call to its answer.",
            "Ningún cliente ha pedido nada aún. Escriba o lea una clave, o deje correr una carga: cada operación aparece aquí como un intervalo, de su llamada a su respuesta.",
            "Nenhum cliente pediu nada ainda. Escreva ou leia uma chave, ou deixe correr uma carga: cada operação aparece aqui como um intervalo, da chamada à resposta.";
        hint:
            "Press an operation to go to its answer. The wheel or + and − zoom, a drag moves, the arrows step.",
            "Pulsa una operación para ir a su respuesta. La rueda o + y − acercan, arrastrar desplaza, las flechas avanzan.",
            "Clique em uma operação para ir à sua resposta. A roda ou + e − aproximam, arrastar desloca, as setas avançam.";
        holds: "Linearizable so far: one order of all operations fits every answer.",
            "Linealizable hasta ahora: un orden de todas las operaciones encaja con cada respuesta.",
            "Linearizável até agora: uma ordem de todas as operações serve a cada resposta.";
        broken: "Not linearizable: {0}. What is shaded, up to {1}, is the longest prefix that is.",
            "No linealizable: {0}. Lo sombreado, hasta {1}, es el prefijo más largo que lo es.",
            "Não linearizável: {0}. O que está sombreado, até {1}, é o maior prefixo que o é.";
        undecided: "Undecided since {0}: too many operations on {1} were open at once for all of their orders to be tried.",
            "Sin decidir desde {0}: había demasiadas operaciones abiertas a la vez sobre {1} para probar todos sus órdenes.",
            "Indeciso desde {0}: havia operações demais abertas ao mesmo tempo sobre {1} para tentar todas as suas ordens.";
        stale_one: "1 stale read: its value had been written over before it was asked.",
            "1 lectura obsoleta: su valor se había sobrescrito antes de pedirla.",
            "1 leitura obsoleta: o seu valor tinha sido substituído antes de ser pedida.";
        stale_some: "{0} stale reads: their values had been written over before they were asked.",
            "{0} lecturas obsoletas: sus valores se habían sobrescrito antes de pedirlas.",
            "{0} leituras obsoletas: os seus valores tinham sido substituídos antes de serem pedidas.";
        stale_reads: "Stale reads", "Lecturas obsoletas", "Leituras obsoletas";
        stale_before: "Previous stale read", "Lectura obsoleta anterior", "Leitura obsoleta anterior";
        stale_after: "Next stale read", "Lectura obsoleta siguiente", "Leitura obsoleta seguinte";
        go_to_first: "Go to the first that does not fit", "Ir a la primera que no encaja",
            "Ir à primeira que não serve";
        stale: "stale", "obsoleta", "obsoleta";
        does_not_fit: "has no place", "sin lugar", "sem lugar";
        waiting: "waits for its answer", "espera su respuesta", "espera a resposta";
        queued: "waits for its client", "espera a su cliente", "espera pelo seu cliente";
        unknown: "outcome unknown", "resultado desconocido", "resultado desconhecido";
        failed: "not done", "no hecha", "não feita";
        done: "done", "hecha", "feita";
        told: "{0} of {1}: {2}; from {3} to {4}", "{0} de {1}: {2}; de {3} a {4}",
            "{0} de {1}: {2}; de {3} a {4}";
        told_open: "{0} of {1}: {2}; since {3}", "{0} de {1}: {2}; desde {3}",
            "{0} de {1}: {2}; desde {3}";
        dense: "So many operations are in view that not all of them are drawn: zoom in to see them.",
            "Se ven tantas operaciones que no se dibujan todas: acerque para verlas.",
            "Há tantas operações à vista que nem todas são desenhadas: aproxime para vê-las.";
    }
}
