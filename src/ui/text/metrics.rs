//! What the view of the metrics says.

use crate::catalogue::catalogue;
use crate::measure::Total;

catalogue! {
    /// The view of the metrics.
    pub(crate) MetricsTexts of "views" {
        title: "Metrics", "Métricas", "Métricas";
        hint:
            "Point at a time, or choose one with the arrow keys, to read its values; a press, or Enter, goes there. + and − zoom, as the wheel does with Ctrl; a drag moves.",
            "Señala un momento, o elígelo con las flechas, para leer sus valores; un clic, o Intro, lleva allí. + y − acercan, como la rueda con Ctrl; arrastrar desplaza.",
            "Aponte para um momento, ou escolha-o com as setas, para ler os seus valores; um clique, ou Enter, leva até lá. + e − aproximam, como a roda com Ctrl; arrastar desloca.";
        empty: "Nothing has happened yet. Let time run, and how it goes is drawn here.",
            "Aún no ha pasado nada. Deja correr el tiempo, y aquí se dibuja cómo va.",
            "Nada aconteceu ainda. Deixe o tempo correr, e aqui se desenha como vai.";
        reading: "Time that is read", "Momento que se lee", "Momento que se lê";
        stretch: "{0} to {1}", "{0} a {1}", "{0} a {1}";
        leader: "Who leads, in the colour of its term", "Quién lidera, en el color de su mandato", "Quem lidera, na cor do seu mandato";
        leads: "{0}, term {1}", "{0}, mandato {1}", "{0}, mandato {1}";
        nobody: "nobody, term {0}", "nadie, mandato {0}", "ninguém, mandato {0}";
        standstill: "Nothing can be committed", "Nada se puede confirmar", "Nada pode ser confirmado";
        stood_still: "yes", "sí", "sim";
        went: "no", "no", "não";
        waiting: "Operations that wait", "Operaciones en espera", "Operações em espera";
        commit: "Commit latency, ms", "Latencia de confirmación, ms", "Latência de confirmação, ms";
        operation: "Clients wait for answers, ms", "Los clientes esperan respuesta, ms", "Os clientes esperam resposta, ms";
        half: "p50", "p50", "p50";
        most: "p99", "p99", "p99";
        longest: "longest", "el más largo", "o mais longo";
        shortest: "shortest", "el más corto", "o mais curto";
        committed: "Entries committed a second", "Entradas confirmadas por segundo", "Entradas confirmadas por segundo";
        messages: "{0} a second", "{0} por segundo", "{0} por segundo";
        lost: "Messages lost a second", "Mensajes perdidos por segundo", "Mensagens perdidas por segundo";
        logs: "Entries in a log", "Entradas en un registro", "Entradas num registro";
        coming: "Being counted…", "Contando…", "Contando…";
        totals: "Counts up to {0}", "Cuentas hasta {0}", "Contagens até {0}";
        copy: "Copy as CSV", "Copiar como CSV", "Copiar como CSV";
        copied: "Copied", "Copiado", "Copiado";
        not_copied: "The browser does not allow it", "El navegador no lo permite", "O navegador não o permite";
        of_kind: "Messages", "Mensajes", "Mensagens";
        sent: "sent", "enviados", "enviadas";
        delivered: "delivered", "entregados", "entregues";
        gone: "lost", "perdidos", "perdidas";
        all: "all", "todos", "todas";
        elections: "Elections begun", "Elecciones empezadas", "Eleições começadas";
        leaders: "Elections won", "Elecciones ganadas", "Eleições ganhas";
        entries: "Entries committed", "Entradas confirmadas", "Entradas confirmadas";
        entries_sent: "Entries sent, repetitions included", "Entradas enviadas, con repeticiones", "Entradas enviadas, com repetições";
        snapshots: "Snapshots taken", "Instantáneas tomadas", "Instantâneos feitos";
        installed: "Snapshots installed", "Instantáneas instaladas", "Instantâneos instalados";
        snapshot_bytes: "Bytes of snapshots sent", "Bytes de instantáneas enviados", "Bytes de instantâneos enviados";
        doubled: "Messages doubled on their way", "Mensajes duplicados en camino", "Mensagens duplicadas a caminho";
        ok: "Operations done", "Operaciones hechas", "Operações feitas";
        failed: "Operations not done", "Operaciones no hechas", "Operações não feitas";
        unknown: "Operations of unknown outcome", "Operaciones de resultado desconocido", "Operações de resultado desconhecido";
        still_waiting: "Operations that wait", "Operaciones en espera", "Operações em espera";
        without: "Time in which nothing could be committed", "Tiempo en que nada se pudo confirmar", "Tempo em que nada pôde ser confirmado";
    }
}

impl MetricsTexts {
    /// What is counted.
    pub(crate) fn total(self, total: Total) -> &'static str {
        match total {
            Total::Elections => self.elections(),
            Total::Leaders => self.leaders(),
            Total::Committed => self.entries(),
            Total::EntriesSent => self.entries_sent(),
            Total::SnapshotsTaken => self.snapshots(),
            Total::SnapshotsInstalled => self.installed(),
            Total::SnapshotBytes => self.snapshot_bytes(),
            Total::Doubled => self.doubled(),
            Total::Ok => self.ok(),
            Total::Failed => self.failed(),
            Total::Unknown => self.unknown(),
            Total::Waiting => self.still_waiting(),
        }
    }
}
