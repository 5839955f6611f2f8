//! What is said of the run as a whole: its menu, links, files, the editor, exports.

use crate::catalogue::catalogue;
use crate::scenario::MAX_FILE_BYTES;
use crate::scenario::trace::MAX_TRACE_BYTES;
use crate::timeline::share::{Limit, MAX_LINK_CHARS, ShareError};

catalogue! {
    /// The button of the run's menu, and where files are dropped.
    pub(crate) FilesTexts of page {
        title: "Run", "Ejecución", "Execução";
        drop_here: "Drop the file to open it", "Suelte el archivo para abrirlo", "Solte o arquivo para abri-lo";
    }
}

catalogue! {
    /// The run's menu, and what there is to say of links and files.
    pub(crate) RunTexts of "run" {
        copy_link: "Copy link", "Copiar el enlace", "Copiar o link";
        open: "Open a file…", "Abrir un archivo…", "Abrir um arquivo…";
        save: "Save as a scenario", "Guardar como escenario", "Salvar como cenário";
        edit: "Edit the scenario", "Editar el escenario", "Editar o cenário";
        export_lines: "Export events (JSON lines)",
            "Exportar los eventos (JSON por líneas)", "Exportar os eventos (JSON por linhas)";
        export_shiviz: "Export for ShiViz", "Exportar para ShiViz", "Exportar para o ShiViz";
        svg: "Save picture as SVG", "Guardar la imagen en SVG", "Salvar a imagem em SVG";
        png: "Save picture as PNG", "Guardar la imagen en PNG", "Salvar a imagem em PNG";
        is_trace:
            "A trace tells what was seen elsewhere: pass its file on",
            "Una traza cuenta lo que se vio en otra parte: envíe su archivo",
            "Um rastro conta o que se viu em outro lugar: envie o arquivo dele";
        is_exporting:
            "One export at a time: wait for the other, or stop it",
            "Una exportación a la vez: espera a la otra, o detenla",
            "Uma exportação de cada vez: espere a outra, ou pare-a";
        no_last: "There is no run before this one",
            "No hay ninguna ejecución antes de esta", "Não há nenhuma execução antes desta";
        link: "Link", "Enlace", "Link";
        copied(characters: usize):
            "Link copied: {0} characters, with the whole run in it.",
            "Enlace copiado: {0} caracteres, con toda la ejecución dentro.",
            "Link copiado: {0} caracteres, com toda a execução dentro.";
        copy_yourself:
            "The browser does not let the page copy. Copy the link from here:",
            "El navegador no deja que la página copie. Copie el enlace de aquí:",
            "O navegador não deixa a página copiar. Copie o link daqui:";
        no_link: "There is no link to this run.",
            "No hay enlace a esta ejecución.", "Não há link para esta execução.";
        bad_link: "The link was not opened.", "No se abrió el enlace.", "O link não foi aberto.";
        damaged:
            "It is not whole: a part was cut off or changed on its way. Copy it again, all of it.",
            "No está entero: una parte se cortó o cambió por el camino. Cópielo otra vez, completo.",
            "Não está inteiro: uma parte foi cortada ou mudou no caminho. Copie-o de novo, completo.";
        newer:
            "It was made by a newer Flotilla. Reload the page, or use the newest version.",
            "Lo hizo una versión más nueva de Flotilla. Recargue la página o use la versión más nueva.",
            "Foi feito por um Flotilla mais novo. Recarregue a página ou use a versão mais nova.";
        too_long(most: usize):
            "It is longer than {0} characters. Save the run as a scenario and pass on the file.",
            "Tiene más de {0} caracteres. Guarde la ejecución como escenario y envíe el archivo.",
            "Tem mais de {0} caracteres. Salve a execução como cenário e envie o arquivo.";
        too_much(most: &str):
            "There is too much in it: at most {0}. Save the run as a scenario and pass on the file.",
            "Contiene demasiado: como máximo {0}. Guarde la ejecución como escenario y envíe el archivo.",
            "Contém demais: no máximo {0}. Salve a execução como cenário e envie o arquivo.";
        not_a_scenario(why: &str):
            "What it holds is not a run ({0}). Ask for a new link.",
            "Lo que contiene no es una ejecución ({0}). Pida un enlace nuevo.",
            "O que ele contém não é uma execução ({0}). Peça um link novo.";
        most_bytes: "256 KB of scenarios", "256 KB de escenarios", "256 KB de cenários";
        most_branches: "32 branches", "32 ramas", "32 ramos";
        most_acts: "2,000 acts", "2000 actos", "2.000 atos";
        most_load_clients: "2,000 clients of loads", "2000 clientes de cargas", "2.000 clientes de cargas";
        most_entries:
            "1,000,000 entries from loads and the start",
            "1 000 000 de entradas de cargas y del inicio",
            "1.000.000 de entradas de cargas e do início";
        most_under_way: "10,000 entries under way to one follower",
            "10 000 entradas en camino a un seguidor", "10.000 entradas a caminho de um seguidor";
        most_awaited: "100 expectations with `within` in a branch",
            "100 expectativas con `within` en una rama", "100 expectativas com `within` em um ramo";
        most_time: "one simulated day", "un día simulado", "um dia simulado";
        opened(title: &str): "Opened: {0}", "Abierto: {0}", "Aberto: {0}";
        /// Of several files one was taken.
        only_first(count: u32):
            "One file at a time: of the {0}, the first was taken.",
            "Un archivo cada vez: de los {0} se tomó el primero.",
            "Um arquivo de cada vez: dos {0}, foi usado o primeiro.";
        too_large_for(scenario: usize, trace: usize):
            "The file is too large; a scenario has at most {0} bytes, a trace {1}.",
            "El archivo es demasiado grande; un escenario tiene como máximo {0} bytes, una traza {1}.",
            "O arquivo é grande demais; um cenário tem no máximo {0} bytes, um rastro {1}.";
        unreadable: "The file could not be read.", "No se pudo leer el archivo.", "Não foi possível ler o arquivo.";
        one_problem: "One thing is wrong. The run stays as it is.",
            "Hay un error. La ejecución queda como está.", "Há um erro. A execução fica como está.";
        many_problems(count: usize):
            "{0} things are wrong. The run stays as it is.",
            "Hay {0} errores. La ejecución queda como está.",
            "Há {0} erros. A execução fica como está.";
        problems_list: "What is wrong", "Errores", "Erros";
        restored:
            "Your last run is back, where you left it. It stands still.",
            "Tu última ejecución ha vuelto, donde la dejaste. Está en pausa.",
            "A sua última execução está de volta, onde você a deixou. Está em pausa.";
        forgotten:
            "The page can no longer remember this run: it is too long, or the browser has no room. Save it as a scenario.",
            "La página ya no puede recordar esta ejecución: es demasiado larga, o el navegador no tiene sitio. Guárdala como escenario.",
            "A página não consegue mais lembrar esta execução: é longa demais, ou o navegador não tem espaço. Salve-a como cenário.";
        no_picture:
            "The browser could not draw the picture. Try the other format.",
            "El navegador no pudo dibujar la imagen. Prueba con el otro formato.",
            "O navegador não conseguiu desenhar a imagem. Tente o outro formato.";
        dismiss: "Dismiss", "Descartar", "Dispensar";
    }
}

impl RunTexts {
    /// What is wrong with a link, or with what was to become one.
    pub(crate) fn link_error(self, error: &ShareError) -> String {
        match error {
            ShareError::Damaged => self.damaged().to_owned(),
            ShareError::Newer(_) => self.newer().to_owned(),
            ShareError::TooLong => self.too_long(MAX_LINK_CHARS),
            ShareError::TooMuch(limit) => self.too_much(self.most(*limit)),
            ShareError::NotAScenario(errors) => {
                let first = errors.first().map(ToString::to_string);
                self.not_a_scenario(&first.unwrap_or_default())
            }
        }
    }

    fn most(self, limit: Limit) -> &'static str {
        match limit {
            Limit::Bytes => self.most_bytes(),
            Limit::Branches => self.most_branches(),
            Limit::Acts => self.most_acts(),
            Limit::LoadClients => self.most_load_clients(),
            Limit::Entries => self.most_entries(),
            Limit::UnderWay => self.most_under_way(),
            Limit::Awaited => self.most_awaited(),
            Limit::Time => self.most_time(),
        }
    }

    /// That a file is too large.
    pub(crate) fn too_large(self) -> String {
        self.too_large_for(MAX_FILE_BYTES, MAX_TRACE_BYTES)
    }

    /// How much is wrong with a file.
    pub(crate) fn problems(self, count: usize) -> String {
        match count {
            1 => self.one_problem().to_owned(),
            _ => self.many_problems(count),
        }
    }
}

catalogue! {
    /// The editor of the scenario, exports and pictures.
    pub(crate) EditorTexts of "files" {
        scenario: "Scenario", "Escenario", "Cenário";
        text: "Text of the scenario", "Texto del escenario", "Texto do cenário";
        run_it: "Run from the start", "Ejecutar desde el principio", "Executar do início";
        revert: "Discard changes", "Descartar los cambios", "Descartar as mudanças";
        close: "Close", "Cerrar", "Fechar";
        is_right: "Nothing is wrong with it.", "No hay errores.", "Não há erros.";
        kept:
            "This is what you wrote here before, not the run that is shown. “Discard changes” shows that.",
            "Esto es lo que escribiste aquí antes, no la ejecución que se muestra. «Descartar los cambios» la muestra.",
            "Isto é o que você escreveu aqui antes, não a execução que se mostra. “Descartar as mudanças” a mostra.";
        exporting(name: &str): "Writing {0}", "Se escribe {0}", "Escrevendo {0}";
        stop: "Stop", "Parar", "Parar";
        /// What stands before the number under the picture.
        seed: "seed", "semilla", "semente";
    }
}
