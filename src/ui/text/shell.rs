//! What the header, the layout and the notices say.

use crate::catalogue::catalogue;
use crate::raft::Time;

catalogue! {
    /// The header, the layout and the notices.
    pub(crate) ShellTexts of page {
        help: "Help", "Ayuda", "Ajuda";
        new_here:
            "New here? Six steps show what this is.",
            "¿Primera vez aquí? Seis pasos muestran qué es esto.",
            "Primeira vez aqui? Seis passos mostram o que é isto.";
        take_tour: "Take the tour", "Hacer el recorrido", "Fazer o passeio";
        no_tour: "No, thanks", "No, gracias", "Não, obrigado";
        projector: "Projector: large type, high contrast",
            "Proyector: letra grande, alto contraste", "Projetor: letra grande, alto contraste";
        inspector: "Inspector", "Inspector", "Inspetor";
        figure: "Figure 2", "Figura 2", "Figura 2";
        metrics: "Metrics", "Métricas", "Métricas";
        network: "Network", "Red", "Rede";
        overview: "Overview", "Resumen", "Visão geral";
        on_stage: "On the stage", "En la escena", "Na cena";
        spacetime: "Space-time", "Espacio-tiempo", "Espaço-tempo";
        history: "History", "Historia", "História";
        comparison: "Comparison", "Comparación", "Comparação";
        skip: "Skip to the cluster", "Ir al clúster", "Ir para o cluster";
        safety: "Safety", "Seguridad", "Segurança";
        safe: "safe", "seguro", "seguro";
        violated(property: &str, at: Time): "{0} violated at {1}", "{0} violada en {1}", "{0} violada em {1}";
        linearizable: "linearizable", "linealizable", "linearizável";
        not_linearizable(at: Time): "not linearizable since {0}",
            "no linealizable desde {0}", "não linearizável desde {0}";
        undecided(key: &str, at: Time):
            "linearizable or not: undecided since {1}, too much was done to {0} at once",
            "linealizable o no: sin decidir desde {1}, demasiado a la vez sobre {0}",
            "linearizável ou não: por decidir desde {1}, demasiado ao mesmo tempo sobre {0}";
        one_more_violation: "and one more violation since",
            "y otra violación desde entonces", "e mais uma violação desde então";
        many_more_violations(count: usize): "and {0} more violations since",
            "y otras {0} violaciones desde entonces", "e mais {0} violações desde então";
        broken: "Broken on purpose", "Roto a propósito", "Quebrado de propósito";
        mend:
            "Mend: a new run by the right rules",
            "Reparar: nueva ejecución con las reglas correctas",
            "Consertar: nova execução com as regras certas";
        theme: "Theme", "Tema", "Tema";
        theme_system: "System", "Sistema", "Sistema";
        theme_light: "Light", "Claro", "Claro";
        theme_dark: "Dark", "Oscuro", "Escuro";
        language: "Language", "Idioma", "Idioma";
        panels: "Panels", "Paneles", "Painéis";
        failed: "That did not work.", "Eso no funcionó.", "Isso não funcionou.";
        stopped:
            "Flotilla has stopped: an error in the program. The run cannot go on.",
            "Flotilla se ha detenido: un error en el programa. La ejecución no puede continuar.",
            "Flotilla parou: um erro no programa. A execução não pode continuar.";
        start_new_run: "Start a new run", "Empezar una ejecución nueva", "Começar uma nova execução";
        dismiss: "Dismiss", "Descartar", "Dispensar";
        coming: "Loading…", "Cargando…", "Carregando…";
        did_not_come: "This could not be loaded. Is there a connection?",
            "No se pudo cargar. ¿Hay conexión?", "Não foi possível carregar. Há conexão?";
        again: "Try again", "Reintentar", "Tentar de novo";
    }
}

impl ShellTexts {
    /// How many violations there are beside the first.
    pub(crate) fn more_violations(self, count: usize) -> String {
        match count {
            1 => self.one_more_violation().to_owned(),
            _ => self.many_more_violations(count),
        }
    }
}
