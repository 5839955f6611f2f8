//! Spanish.

use super::*;
use crate::scenario::MAX_FILE_BYTES;
use crate::scenario::trace::MAX_TRACE_BYTES;
use crate::timeline::share::{Limit, MAX_LINK_CHARS};

/// The texts in Spanish.
pub(super) const TEXTS: Texts = Texts {
    shell: ShellTexts {
        help: "Ayuda",
        new_here: "¿Primera vez aquí? Seis pasos muestran qué es esto.",
        take_tour: "Hacer el recorrido",
        no_tour: "No, gracias",
        projector: "Proyector: letra grande, alto contraste",
        figure: "Figura 2",
        inspector: "Inspector",
        metrics: "Métricas",
        network: "Red",
        overview: "Resumen",
        on_stage: "En la escena",
        spacetime: "Espacio-tiempo",
        history: "Historia",
        skip: "Ir al clúster",
        safety: "Seguridad",
        safe: "seguro",
        violated: |property, at| format!("{property} violada en {at}"),
        linearizable: "linealizable",
        not_linearizable: |at| format!("no linealizable desde {at}"),
        undecided: |key, at| {
            format!("linealizable o no: sin decidir desde {at}, demasiado a la vez sobre {key}")
        },
        more_violations: |count| match count {
            1 => "y otra violación desde entonces".to_owned(),
            _ => format!("y otras {count} violaciones desde entonces"),
        },
        theme: "Tema",
        theme_system: "Sistema",
        theme_light: "Claro",
        theme_dark: "Oscuro",
        language: "Idioma",
        panels: "Paneles",
        failed: "Eso no funcionó.",
        stopped: "Flotilla se ha detenido: un error en el programa. La ejecución no puede continuar.",
        start_new_run: "Empezar una ejecución nueva",
        dismiss: "Descartar",
        coming: "Cargando…",
        did_not_come: "No se pudo cargar. ¿Hay conexión?",
        again: "Reintentar",
    },
    setup: SetupTexts {
        title: "Preparación",
        nodes: "Nodos",
        seed: "Semilla",
        random_seed: "Elegir al azar",
        new_run: "Nueva ejecución",
        settings: "Ajustes",
        settings_hint: "Valen a partir de la próxima ejecución.",
        elections: "Elecciones",
        storage: "Disco y registro",
        clients: "Clientes",
        replication: "Replicación",
        election: "Plazo de elección",
        election_min: "Plazo de elección más corto",
        election_max: "Plazo de elección más largo",
        disk: "Escritura en disco",
        disk_min: "Escritura en disco más corta",
        disk_max: "Escritura en disco más larga",
        from: "de",
        to: "a",
        heartbeat: "Latido",
        reads: "Lecturas",
        max_batch: "Entradas por mensaje, como máximo",
        max_inflight: "Mensajes en camino a un seguidor, como máximo",
        snapshot_after: "Compactar el registro tras tantas entradas (0: nunca)",
        lose_unsynced: "Una caída pierde lo que aún no está en disco",
        pre_vote: "PreVote: preguntar antes de ser candidato",
        check_quorum: "CheckQuorum: dejar de liderar sin mayoría",
        clock_bound: "Arrendamientos: los relojes difieren como mucho en el factor",
        session_timeout: "Sesiones de clientes: inactivas como mucho",
        bound: "Escribe un número de 1 a 1000, como 1,25.",
        defaults: "Valores iniciales",
        whole: |low, high| format!("Escribe un número entero de {low} a {high}."),
        millis: |low, high| format!("Escribe milisegundos de {low} a {high}."),
        order: "El más largo no puede ser menor que el más corto.",
    },
    wrong_rules: WrongRulesTexts {
        title: "Romper una regla",
        broken: "Roto a propósito",
        mend: "Reparar: nueva ejecución con las reglas correctas",
        falls: |falls| match falls {
            Falls::Property(property) => format!("cae: {property}"),
            Falls::Linearizability => "cae: no linealizable".to_owned(),
        },
        what: what_is_wrong,
    },
    transport: TransportTexts {
        title: "Tiempo",
        play: "Reproducir",
        pause: "Pausar",
        step: "Paso",
        step_back: "Paso atrás",
        start: "Al principio",
        end: "Al final",
        jump: |back, of| {
            let which = if back { "anterior" } else { "siguiente" };
            match of {
                Some(node) => format!("Evento importante {which} de {node}"),
                None => format!("Evento importante {which}"),
            }
        },
        more: "Más controles",
        playhead: "Cabezal",
        at: |now, end| format!("{now} de {end}"),
        until: "Avanzar hasta…",
        untils: [
            "se elige un líder",
            "se confirma una entrada",
            "un nodo se postula, gana o renuncia",
            "un nodo cae, reinicia o se pausa",
            "se responde a un cliente",
            "cambia la red",
            "se viola una propiedad",
            "se envía un mensaje…",
        ],
        undo: |what| match what {
            Some(Change::Act(act)) => format!("Deshacer {act} (volver a antes)"),
            Some(Change::Run) => "Deshacer: volver a la última ejecución".to_owned(),
            None => "Deshacer".to_owned(),
        },
        redo: |what| match what {
            Some(Change::Act(act)) => format!("Rehacer {act} (ir a después)"),
            Some(Change::Run) => "Rehacer: ir a la ejecución posterior".to_owned(),
            None => "Rehacer".to_owned(),
        },
        said: |said| match said {
            Said::Undone(act) => format!(
                "Antes de «{act}». Lo que haga ahora inicia una rama; el futuro anterior se conserva."
            ),
            Said::Redone(act) => format!("Otra vez después de «{act}»."),
            Said::NothingToUndo => "No ha hecho nada antes de este momento.".to_owned(),
            Said::NothingToRedo => "No ha hecho nada después de este momento.".to_owned(),
            Said::NotBefore => "No hay tal evento antes de este momento.".to_owned(),
            Said::NotBy(at) => format!("No ha llegado hasta {at}."),
            Said::Branched(act) => {
                format!("Con «{act}» empieza una rama; el futuro anterior se conserva.")
            }
            Said::TooLarge => {
                "Esta ejecución es ya demasiado grande para seguir: vuelve atrás o empieza otra."
                    .to_owned()
            }
            Said::Discarded(act) => format!("Se ha descartado «{act}»."),
            Said::NewRun => "Empieza una ejecución nueva; la última se conserva.".to_owned(),
            Said::LastRun => "Esa ejecución ha vuelto, donde la dejaste. Está en pausa.".to_owned(),
        },
        old_future: "Volver a él",
        last_run: "Volver a la última ejecución",
        under_way: "En camino",
        stop: "Detener",
        speed: "Velocidad",
        times_real: |factor| format!("{factor} × tiempo real"),
        only: |factor| format!("solo {factor} ×"),
        too_fast: "La velocidad elegida es más de lo que alcanza esta máquina",
        time: "Tiempo simulado",
        events: |count| match count {
            1 => "1 evento".to_owned(),
            _ => format!("{} eventos", count_text(count)),
        },
    },
    logs: LogsTexts {
        title: "Registros",
        node: "Nodo",
        jump: "Ir al final",
        empty: "Aún no hay entradas. Un líder nuevo añade la primera; cada escritura añade otra.",
        leads: "líder",
        down: "caído",
        configuration: "config",
        snapshot: "instantánea",
        entry: |index, term, command, state| {
            let durable = if state.durable {
                ""
            } else {
                ", aún no duradera"
            };
            let committed = if state.committed { ", confirmada" } else { "" };
            let applied = if state.applied { ", aplicada" } else { "" };
            format!("índice {index}, mandato {term}, {command}{durable}{committed}{applied}")
        },
        matches: "coincide",
        next: "siguiente",
        commit: "confirmado",
        differs: "difiere",
        index: "Ir al índice",
    },
    state: StateTexts {
        title: "Estado",
        key: "Clave",
        applied: |index| format!("aplicado {index}"),
        members: "Los votantes que conoce (y los aprendices)",
        down: "caído",
        absent: "ausente",
        differs: "difiere",
        empty: "Aún no hay nada guardado. Escribe una clave: aparece bajo cada nodo en cuanto ese nodo la ha aplicado.",
        expand: |key| format!("{key}: todos los valores completos"),
        close: "Cerrar",
    },
    operations: OperationsTexts {
        title: "Operaciones",
        key: "Clave",
        value: "Valor",
        write: "Escribir",
        read: "Leer",
        delete: "Borrar",
        reads_from: "Lecturas de",
        leader: "líder",
        followers: "seguidores",
        read_mode: "por",
        key_missing: "Escribe primero una clave.",
        key_long: |has, most| {
            format!("La clave tiene {has} caracteres; se permiten {most} como máximo.")
        },
        value_long: |has, most| {
            format!("El valor tiene {has} caracteres; se permiten {most} como máximo.")
        },
        client: "Cliente",
        operation: "Operación",
        outcome: "Resultado",
        answered_by: "Por",
        tries: "Intentos",
        waiting: "espera",
        waiting_at: |node| format!("espera en {node}"),
        ok: |latency| match latency {
            Some(span) => format!("ok {}", latency_text(span)),
            None => "ok".to_owned(),
        },
        failed: |why| format!("falló: {why}"),
        unknown: "desconocido",
        absent: "ausente",
        empty: "Aún no hay operaciones. Escribe o lee una clave: aquí se ve qué fue de ella.",
    },
    events: EventsTexts {
        title: "Eventos",
        node: "Nodo",
        all_nodes: "todos los nodos",
        kinds: "Tipos de evento",
        election: "elecciones",
        replication: "replicación",
        client: "clientes",
        fault: "fallos",
        download: "Descargar",
        jump: "Ir al más nuevo",
        empty: "Aún no hay eventos. Pulsa Reproducir, o Paso para uno solo.",
        none_match: "Ningún evento guardado es de este nodo y estos tipos.",
    },
    picture: PictureTexts {
        svg: "Guardar la imagen en SVG",
        png: "Guardar la imagen en PNG",
        seed: "semilla",
    },
    branches: BranchesTexts {
        title: "Ramas",
        first: "ejecución original",
        from: "desde",
        compare: "Comparar",
        compare_with: "Comparar con",
        discard: "Descartar",
        sure: "Descartar del todo",
        comparison: "Comparación",
        swap: "Mostrar la otra",
        leave: "Salir",
        on_its_way: "La otra rama está en camino a este momento.",
        nothing: "Nada difiere ahora.",
        shown: "Mostrada",
        beside: "A su lado",
        part: |at| format!("Se separan en {at}"),
        do_not_part: "Hasta donde se han ejecutado ambas, no se separan.",
        where_they_part: "Buscando dónde se separan",
        go: "Ir allí",
        then: "Luego",
        nobody: "nadie",
        term: "mandato",
        commit: "commit",
    },
    files: FilesTexts {
        title: "Ejecución",
        copy_link: "Copiar el enlace",
        open: "Abrir un archivo…",
        save: "Guardar como escenario",
        edit: "Editar el escenario",
        export_lines: "Exportar los eventos (JSON por líneas)",
        export_shiviz: "Exportar para ShiViz",
        exporting: |name| format!("Se escribe {name}"),
        stop: "Parar",
        drop_here: "Suelte el archivo para abrirlo",
        link: "Enlace",
        copied: |characters| {
            format!("Enlace copiado: {characters} caracteres, con toda la ejecución dentro.")
        },
        copy_yourself: "El navegador no deja que la página copie. Copie el enlace de aquí:",
        no_link: "No hay enlace a esta ejecución.",
        bad_link: "No se abrió el enlace.",
        link_error,
        opened: |title| format!("Abierto: {title}"),
        only_first: |count| format!("Un archivo cada vez: de los {count} se tomó el primero."),
        too_large: || {
            format!(
                "El archivo es demasiado grande; un escenario tiene como máximo {MAX_FILE_BYTES} bytes, una traza {MAX_TRACE_BYTES}."
            )
        },
        unreadable: "No se pudo leer el archivo.",
        dismiss: "Descartar",
        scenario: "Escenario",
        text: "Texto del escenario",
        run_it: "Ejecutar desde el principio",
        revert: "Descartar los cambios",
        close: "Cerrar",
        is_right: "No hay errores.",
        problems: |count| match count {
            1 => "Hay un error. La ejecución queda como está.".to_owned(),
            _ => format!("Hay {count} errores. La ejecución queda como está."),
        },
        is_trace: "Una traza cuenta lo que se vio en otra parte: envíe su archivo",
        problems_list: "Errores",
        no_last: "No hay ninguna ejecución antes de esta",
        no_picture: "El navegador no pudo dibujar la imagen. Prueba con el otro formato.",
        restored: "Tu última ejecución ha vuelto, donde la dejaste. Está en pausa.",
        forgotten: "La página ya no puede recordar esta ejecución: es demasiado larga, o el navegador no tiene sitio. Guárdala como escenario.",
        is_exporting: "Una exportación a la vez: espera a la otra, o detenla",
        kept: "Esto es lo que escribiste aquí antes, no la ejecución que se muestra. «Descartar los cambios» la muestra.",
    },
};

fn what_is_wrong(mutant: Mutant) -> &'static str {
    match mutant {
        Mutant::CommitPriorTerm => {
            "Un líder confirma cualquier entrada que tenga la mayoría, también de un mandato anterior, en vez de contar solo copias de entradas de su propio mandato."
        }
        Mutant::ForgetVote => "Un nodo reiniciado no recuerda a quién votó en su mandato.",
        Mutant::ForgetTerm => {
            "Un nodo reiniciado toma el mandato de su última entrada (el de su instantánea, o 0, si su registro está vacío) por su mandato actual, y no tiene voto."
        }
        Mutant::VoteWithoutLogCheck => {
            "Un nodo concede su voto sin comparar el registro del candidato con el suyo."
        }
        Mutant::VoteLogLengthOnly => {
            "Un nodo que vota compara solo las longitudes de los dos registros, no los mandatos de sus últimas entradas."
        }
        Mutant::VoteClearedSameTerm => {
            "Un candidato que pasa a seguidor porque otro nodo lidera su mandato olvida que se votó a sí mismo en ese mandato."
        }
        Mutant::CountDuplicateVotes => {
            "Un candidato cuenta los mensajes RequestVoteReply concedidos en vez de los votantes que los enviaron."
        }
        Mutant::CountStaleVotes => {
            "Un candidato cuenta un voto concedido sea cual sea el mandato de la respuesta, también el de una elección suya anterior."
        }
        Mutant::AppendWithoutTermCheck => {
            "Un seguidor acepta un AppendEntries cuando tiene una entrada cualquiera en el índice anterior, sea cual sea el mandato de esa entrada."
        }
        Mutant::TruncateOnHeartbeat => {
            "Un seguidor que acepta un AppendEntries borra todo lo que hay en su registro después de la última entrada que el mensaje cubre, también donde nada está en conflicto."
        }
        Mutant::AckOwnLastIndex => {
            "Un seguidor responde a un AppendEntries sin entradas que coincide hasta el final de su propio registro, sin mirar la entrada anterior."
        }
        Mutant::CommitOwnLastIndex => {
            "Un seguidor adopta el índice confirmado del líder de cada AppendEntries de su mandato, hasta donde llega su propio registro, en vez de hasta donde lo ha verificado un mensaje aceptado."
        }
        Mutant::MatchFromNack => {
            "Un líder toma un AppendEntries rechazado por uno aceptado: da por coincidente al seguidor hasta la última entrada que el mensaje llevaba (su índice anterior si no llevaba ninguna) y no retrocede."
        }
        Mutant::AckBeforeFsync => {
            "Un nodo cuenta las entradas en cuanto están en memoria: un seguidor las acusa, y un líder se cuenta a sí mismo, antes de que su disco las tenga (mandatos, votos e instantáneas sí esperan)."
        }
        Mutant::ApplyBeforeCommit => "Un nodo aplica una entrada en cuanto está en su registro.",
        Mutant::LeaderDropsStuckEntry => {
            "Un líder borra las entradas del final de su registro que han esperado su confirmación más que el plazo de elección más largo."
        }
        Mutant::ConfigBeforeOwnTermCommit => {
            "Un líder empieza un cambio de miembros antes de haber confirmado una entrada de su propio mandato."
        }
        Mutant::SwitchConfigDirectly => {
            "Un cambio de varios miembros añade de inmediato la configuración nueva en vez de la conjunta, y cada nodo la usa en cuanto está en su registro."
        }
        Mutant::ReadBeforeOwnTermCommit => {
            "Un líder nuevo responde lecturas read-index desde su índice confirmado tal como está, antes de que se confirme una entrada de su propio mandato (aún comprueba con una mayoría que lidera)."
        }
        Mutant::ReadWithoutQuorum => {
            "Un líder responde una lectura read-index de inmediato, sin comprobar con una mayoría que aún lidera."
        }
        Mutant::LeaseAcrossTransfer => {
            "Un líder sigue respondiendo lecturas con su lease después de haber enviado TimeoutNow."
        }
        Mutant::NoClientDedup => {
            "La máquina de estados aplica otra vez la operación de un cliente cuando un reintento la ha puesto por segunda vez en el registro."
        }
        Mutant::InstallOldSnapshot => {
            "Un nodo instala cada InstallSnapshot de su mandato, también uno que termina antes de su propio índice confirmado, y desecha el resto de su registro."
        }
        Mutant::MatchCanRegress => "Un acuse antiguo baja matchIndex.",
        Mutant::LeaseIgnoresClocks => {
            "Un lease dura un plazo de elección completo del reloj del propio líder, sin margen para el ritmo de los relojes."
        }
        Mutant::SnapshotKeepsConflictingLog => {
            "Al instalar una instantánea se conserva el registro que sigue aunque esté en conflicto."
        }
    }
}

fn link_error(error: &ShareError) -> String {
    match error {
        ShareError::Damaged => "No está entero: una parte se cortó o cambió por el camino. Cópielo otra vez, completo.".to_owned(),
        ShareError::Newer(_) => "Lo hizo una versión más nueva de Flotilla. Recargue la página o use la versión más nueva.".to_owned(),
        ShareError::TooLong => format!("Tiene más de {MAX_LINK_CHARS} caracteres. Guarde la ejecución como escenario y envíe el archivo."),
        ShareError::TooMuch(limit) => format!("Contiene demasiado: como máximo {}. Guarde la ejecución como escenario y envíe el archivo.", most(*limit)),
        ShareError::NotAScenario(errors) => {
            let first = errors.first().map(ToString::to_string);
            format!("Lo que contiene no es una ejecución ({}). Pida un enlace nuevo.", first.unwrap_or_default())
        }
    }
}

const fn most(limit: Limit) -> &'static str {
    match limit {
        Limit::Bytes => "256 KB de escenarios",
        Limit::Branches => "32 ramas",
        Limit::Acts => "2000 actos",
        Limit::LoadClients => "2000 clientes de cargas",
        Limit::Entries => "1 000 000 de entradas de cargas y del inicio",
        Limit::UnderWay => "10 000 entradas en camino a un seguidor",
        Limit::Awaited => "100 expectativas con `within` en una rama",
        Limit::Time => "un día simulado",
    }
}
