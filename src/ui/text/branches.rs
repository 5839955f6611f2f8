//! What is said of branches.

use crate::catalogue::catalogue;
use crate::raft::Time;

catalogue! {
    /// The branches, and two of them side by side.
    pub(crate) BranchesTexts of "sheets" {
        title: "Branches", "Ramas", "Ramos";
        /// The name of the first branch.
        first: "original run", "ejecución original", "execução original";
        /// What stands before the time at which a branch begins.
        from: "from", "desde", "desde";
        compare: "Compare", "Comparar", "Comparar";
        compare_with: "Compare with", "Comparar con", "Comparar com";
        discard: "Discard", "Descartar", "Descartar";
        sure: "Discard for good", "Descartar del todo", "Descartar de vez";
        swap: "Show the other", "Mostrar la otra", "Mostrar o outro";
        leave: "Leave", "Salir", "Sair";
        on_its_way:
            "The other branch is on its way to this time.",
            "La otra rama está en camino a este momento.",
            "O outro ramo está a caminho deste momento.";
        nothing: "Nothing differs now.", "Nada difiere ahora.", "Nada difere agora.";
        shown: "Shown", "Mostrada", "Mostrado";
        beside: "Beside it", "A su lado", "Ao lado";
        part(at: Time): "They part at {0}", "Se separan en {0}", "Separam-se em {0}";
        do_not_part:
            "As far as both have been run, they do not part.",
            "Hasta donde se han ejecutado ambas, no se separan.",
            "Até onde ambos foram executados, não se separam.";
        /// What is looked for.
        where_they_part: "Looking for where they part", "Buscando dónde se separan", "Procurando onde se separam";
        go: "Go there", "Ir allí", "Ir para lá";
        /// The heading of the row that says what came where they part.
        then: "Then", "Luego", "Depois";
        nobody: "nobody", "nadie", "ninguém";
        term: "term", "mandato", "mandato";
        commit: "commit", "commit", "commit";
    }
}
