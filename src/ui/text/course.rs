//! What is said of loads and chaos that are to begin.

use crate::catalogue::catalogue;

catalogue! {
    /// A load or a chaos that is to begin.
    pub(crate) CourseTexts of "menus" {
        load: "Load", "Carga", "Carga";
        load_hint: "Clients write and read at random.", "Unos clientes escriben y leen al azar.",
            "Clientes escrevem e leem ao acaso.";
        clients: "Clients", "Clientes", "Clientes";
        rate: "Operations a second", "Operaciones por segundo", "Operações por segundo";
        keys: "Keys", "Claves", "Chaves";
        writes: "Share of writes", "Parte de escrituras", "Parte de escritas";
        chaos: "Chaos", "Caos", "Caos";
        chaos_hint:
            "Crashes, pauses, partitions and loss at random; at its end all is healed.",
            "Caídas, pausas, particiones y pérdidas al azar; al final todo se repara.",
            "Quedas, pausas, partições e perdas ao acaso; no fim tudo é reparado.";
        seed: "Seed", "Semilla", "Semente";
        seed_hint: "empty: the run's", "vacía: la de la ejecución", "vazia: a da execução";
        seed_wrong: "A seed is a whole number up to 18446744073709551615.",
            "Una semilla es un número entero hasta 18446744073709551615.",
            "Uma semente é um número inteiro até 18446744073709551615.";
        endless: "Until it is stopped", "Hasta que se detenga", "Até ser parado";
        lasts: "For", "Durante", "Durante";
        begin: "Begin", "Empezar", "Começar";
        close: "Close", "Cerrar", "Fechar";
    }
}
