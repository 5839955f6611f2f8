//! What the set-up of a new run says.

use crate::catalogue::catalogue;

catalogue! {
    /// The row that is always there.
    pub(crate) SetupTexts of page {
        title: "Set-up", "Preparación", "Preparação";
        nodes: "Nodes", "Nodos", "Nós";
        seed: "Seed", "Semilla", "Semente";
        random_seed: "Draw at random", "Elegir al azar", "Sortear";
        new_run: "New run", "Nueva ejecución", "Nova execução";
        settings: "Settings", "Ajustes", "Ajustes";
        whole(low: u64, high: u64): "Give a whole number from {0} to {1}.",
            "Escribe un número entero de {0} a {1}.", "Escreva um número inteiro de {0} a {1}.";
    }
}

catalogue! {
    /// The settings that are not asked for every time.
    pub(crate) SettingsTexts of "sheets" {
        hint: "They take effect with the next new run.",
            "Valen a partir de la próxima ejecución.", "Valem a partir da próxima execução.";
        elections: "Elections", "Elecciones", "Eleições";
        storage: "Disk and log", "Disco y registro", "Disco e registro";
        clients: "Clients", "Clientes", "Clientes";
        replication: "Replication", "Replicación", "Replicação";
        election: "Election timeout", "Plazo de elección", "Prazo de eleição";
        election_min: "Shortest election timeout", "Plazo de elección más corto", "Prazo de eleição mais curto";
        election_max: "Longest election timeout", "Plazo de elección más largo", "Prazo de eleição mais longo";
        disk: "Disk sync", "Escritura en disco", "Escrita em disco";
        disk_min: "Shortest disk sync", "Escritura en disco más corta", "Escrita em disco mais curta";
        disk_max: "Longest disk sync", "Escritura en disco más larga", "Escrita em disco mais longa";
        from: "from", "de", "de";
        to: "to", "a", "a";
        heartbeat: "Heartbeat", "Latido", "Batimento";
        reads: "Reads", "Lecturas", "Leituras";
        max_batch: "Entries per message, at most",
            "Entradas por mensaje, como máximo", "Entradas por mensagem, no máximo";
        max_inflight:
            "Messages under way to a follower, at most",
            "Mensajes en camino a un seguidor, como máximo",
            "Mensagens a caminho de um seguidor, no máximo";
        snapshot_after:
            "Compact the log every so many entries (0: never)",
            "Compactar el registro tras tantas entradas (0: nunca)",
            "Compactar o registro após tantas entradas (0: nunca)";
        lose_unsynced:
            "A crash loses what is not yet on disk",
            "Una caída pierde lo que aún no está en disco",
            "Uma queda perde o que ainda não está em disco";
        pre_vote:
            "PreVote: ask before campaigning",
            "PreVote: preguntar antes de ser candidato",
            "PreVote: perguntar antes de se candidatar";
        check_quorum:
            "CheckQuorum: step down without a majority",
            "CheckQuorum: dejar de liderar sin mayoría",
            "CheckQuorum: deixar de liderar sem maioria";
        clock_bound:
            "Leases: clocks differ at most by the factor",
            "Arrendamientos: los relojes difieren como mucho en el factor",
            "Arrendamentos: os relógios diferem no máximo pelo fator";
        session_timeout: "Client sessions: idle for at most",
            "Sesiones de clientes: inactivas como mucho", "Sessões de clientes: inativas no máximo";
        bound:
            "Give a number from 1 to 1000, such as 1.25.",
            "Escribe un número de 1 a 1000, como 1,25.",
            "Escreva um número de 1 a 1000, como 1,25.";
        defaults: "Defaults", "Valores iniciales", "Valores iniciais";
        millis(low: u64, high: u64): "Give milliseconds from {0} to {1}.",
            "Escribe milisegundos de {0} a {1}.", "Escreva milissegundos de {0} a {1}.";
        order:
            "The longest must not be below the shortest.",
            "El más largo no puede ser menor que el más corto.",
            "O mais longo não pode ser menor que o mais curto.";
    }
}
