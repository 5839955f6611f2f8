//! Portuguese.

use super::*;
use crate::scenario::MAX_FILE_BYTES;
use crate::scenario::trace::MAX_TRACE_BYTES;
use crate::timeline::share::{Limit, MAX_LINK_CHARS};

/// The texts in Portuguese.
pub(super) const TEXTS: Texts = Texts {
    shell: ShellTexts {
        help: "Ajuda",
        new_here: "Primeira vez aqui? Seis passos mostram o que é isto.",
        take_tour: "Fazer o passeio",
        no_tour: "Não, obrigado",
        projector: "Projetor: letra grande, alto contraste",
        figure: "Figura 2",
        inspector: "Inspetor",
        metrics: "Métricas",
        network: "Rede",
        overview: "Visão geral",
        on_stage: "Na cena",
        spacetime: "Espaço-tempo",
        history: "História",
        skip: "Ir para o cluster",
        safety: "Segurança",
        safe: "seguro",
        violated: |property, at| format!("{property} violada em {at}"),
        linearizable: "linearizável",
        not_linearizable: |at| format!("não linearizável desde {at}"),
        undecided: |key, at| {
            format!(
                "linearizável ou não: por decidir desde {at}, demasiado ao mesmo tempo sobre {key}"
            )
        },
        more_violations: |count| match count {
            1 => "e mais uma violação desde então".to_owned(),
            _ => format!("e mais {count} violações desde então"),
        },
        theme: "Tema",
        theme_system: "Sistema",
        theme_light: "Claro",
        theme_dark: "Escuro",
        language: "Idioma",
        panels: "Painéis",
        failed: "Isso não funcionou.",
        stopped: "Flotilla parou: um erro no programa. A execução não pode continuar.",
        start_new_run: "Começar uma nova execução",
        dismiss: "Dispensar",
        coming: "Carregando…",
        did_not_come: "Não foi possível carregar. Há conexão?",
        again: "Tentar de novo",
    },
    setup: SetupTexts {
        title: "Preparação",
        nodes: "Nós",
        seed: "Semente",
        random_seed: "Sortear",
        new_run: "Nova execução",
        settings: "Ajustes",
        settings_hint: "Valem a partir da próxima execução.",
        elections: "Eleições",
        storage: "Disco e registro",
        clients: "Clientes",
        replication: "Replicação",
        election: "Prazo de eleição",
        election_min: "Prazo de eleição mais curto",
        election_max: "Prazo de eleição mais longo",
        disk: "Escrita em disco",
        disk_min: "Escrita em disco mais curta",
        disk_max: "Escrita em disco mais longa",
        from: "de",
        to: "a",
        heartbeat: "Batimento",
        reads: "Leituras",
        max_batch: "Entradas por mensagem, no máximo",
        max_inflight: "Mensagens a caminho de um seguidor, no máximo",
        snapshot_after: "Compactar o registro após tantas entradas (0: nunca)",
        lose_unsynced: "Uma queda perde o que ainda não está em disco",
        pre_vote: "PreVote: perguntar antes de se candidatar",
        check_quorum: "CheckQuorum: deixar de liderar sem maioria",
        clock_bound: "Arrendamentos: os relógios diferem no máximo pelo fator",
        session_timeout: "Sessões de clientes: inativas no máximo",
        bound: "Escreva um número de 1 a 1000, como 1,25.",
        defaults: "Valores iniciais",
        whole: |low, high| format!("Escreva um número inteiro de {low} a {high}."),
        millis: |low, high| format!("Escreva milissegundos de {low} a {high}."),
        order: "O mais longo não pode ser menor que o mais curto.",
    },
    wrong_rules: WrongRulesTexts {
        title: "Quebrar uma regra",
        broken: "Quebrado de propósito",
        mend: "Consertar: nova execução com as regras certas",
        falls: |falls| match falls {
            Falls::Property(property) => format!("cai: {property}"),
            Falls::Linearizability => "cai: não linearizável".to_owned(),
        },
        what: what_is_wrong,
    },
    transport: TransportTexts {
        title: "Tempo",
        play: "Reproduzir",
        pause: "Pausar",
        step: "Passo",
        step_back: "Passo atrás",
        start: "Ao início",
        end: "Ao fim",
        jump: |back, of| {
            let which = if back { "anterior" } else { "seguinte" };
            match of {
                Some(node) => format!("Evento importante {which} de {node}"),
                None => format!("Evento importante {which}"),
            }
        },
        more: "Mais controles",
        playhead: "Cursor do tempo",
        at: |now, end| format!("{now} de {end}"),
        until: "Avançar até…",
        untils: [
            "um líder é eleito",
            "uma entrada é confirmada",
            "um nó se candidata, vence ou renuncia",
            "um nó cai, reinicia ou pausa",
            "um cliente é respondido",
            "a rede muda",
            "uma propriedade é violada",
            "uma mensagem é enviada…",
        ],
        undo: |what| match what {
            Some(Change::Act(act)) => format!("Desfazer {act} (voltar para antes)"),
            Some(Change::Run) => "Desfazer: voltar à última execução".to_owned(),
            None => "Desfazer".to_owned(),
        },
        redo: |what| match what {
            Some(Change::Act(act)) => format!("Refazer {act} (ir para depois)"),
            Some(Change::Run) => "Refazer: ir para a execução posterior".to_owned(),
            None => "Refazer".to_owned(),
        },
        said: |said| match said {
            Said::Undone(act) => format!(
                "Antes de “{act}”. O que você fizer agora inicia um ramo; o futuro anterior é mantido."
            ),
            Said::Redone(act) => format!("Depois de “{act}” outra vez."),
            Said::NothingToUndo => "Você não fez nada antes deste momento.".to_owned(),
            Said::NothingToRedo => "Você não fez nada depois deste momento.".to_owned(),
            Said::NotBefore => "Não há tal evento antes deste momento.".to_owned(),
            Said::NotBy(at) => format!("Não veio até {at}."),
            Said::Branched(act) => {
                format!("Com “{act}” começa um ramo; o futuro anterior é mantido.")
            }
            Said::TooLarge => {
                "Esta execução ficou grande demais para continuar: volte no tempo ou comece outra."
                    .to_owned()
            }
            Said::Discarded(act) => format!("“{act}” foi descartado."),
            Said::NewRun => "Começa uma nova execução; a última é mantida.".to_owned(),
            Said::LastRun => {
                "Essa execução está de volta, onde você a deixou. Está em pausa.".to_owned()
            }
        },
        old_future: "Voltar a ele",
        last_run: "Voltar à última execução",
        under_way: "A caminho",
        stop: "Parar",
        speed: "Velocidade",
        times_real: |factor| format!("{factor} × tempo real"),
        only: |factor| format!("só {factor} ×"),
        too_fast: "A velocidade escolhida é mais do que esta máquina alcança",
        time: "Tempo simulado",
        events: |count| match count {
            1 => "1 evento".to_owned(),
            _ => format!("{} eventos", count_text(count)),
        },
    },
    logs: LogsTexts {
        title: "Registros",
        node: "Nó",
        jump: "Ir para o fim",
        empty: "Ainda não há entradas. Um líder novo acrescenta a primeira; cada escrita, mais uma.",
        leads: "líder",
        down: "caído",
        configuration: "config",
        snapshot: "instantâneo",
        entry: |index, term, command, state| {
            let durable = if state.durable {
                ""
            } else {
                ", ainda não durável"
            };
            let committed = if state.committed { ", confirmada" } else { "" };
            let applied = if state.applied { ", aplicada" } else { "" };
            format!("índice {index}, mandato {term}, {command}{durable}{committed}{applied}")
        },
        matches: "coincide",
        next: "próximo",
        commit: "confirmado",
        differs: "difere",
        index: "Ir para o índice",
    },
    state: StateTexts {
        title: "Estado",
        key: "Chave",
        applied: |index| format!("aplicado {index}"),
        members: "Os votantes que conhece (e os aprendizes)",
        down: "caído",
        absent: "ausente",
        differs: "difere",
        empty: "Ainda não há nada guardado. Escreva uma chave: ela aparece sob cada nó assim que ele a aplica.",
        expand: |key| format!("{key}: todos os valores completos"),
        close: "Fechar",
    },
    operations: OperationsTexts {
        title: "Operações",
        key: "Chave",
        value: "Valor",
        write: "Escrever",
        read: "Ler",
        delete: "Apagar",
        reads_from: "Leituras de",
        leader: "líder",
        followers: "seguidores",
        read_mode: "por",
        key_missing: "Escreva primeiro uma chave.",
        key_long: |has, most| {
            format!("A chave tem {has} caracteres; no máximo {most} são permitidos.")
        },
        value_long: |has, most| {
            format!("O valor tem {has} caracteres; no máximo {most} são permitidos.")
        },
        client: "Cliente",
        operation: "Operação",
        outcome: "Resultado",
        answered_by: "Por",
        tries: "Tentativas",
        waiting: "espera",
        waiting_at: |node| format!("espera em {node}"),
        ok: |latency| match latency {
            Some(span) => format!("ok {}", latency_text(span)),
            None => "ok".to_owned(),
        },
        failed: |why| format!("falhou: {why}"),
        unknown: "desconhecido",
        absent: "ausente",
        empty: "Ainda não há operações. Escreva ou leia uma chave: aqui se vê o que foi dela.",
    },
    events: EventsTexts {
        title: "Eventos",
        node: "Nó",
        all_nodes: "todos os nós",
        kinds: "Tipos de evento",
        election: "eleições",
        replication: "replicação",
        client: "clientes",
        fault: "falhas",
        download: "Baixar",
        jump: "Ir para o mais novo",
        empty: "Ainda não há eventos. Pressione Reproduzir, ou Passo para um só.",
        none_match: "Nenhum evento guardado é deste nó e destes tipos.",
    },
    picture: PictureTexts {
        svg: "Salvar a imagem em SVG",
        png: "Salvar a imagem em PNG",
        seed: "semente",
    },
    branches: BranchesTexts {
        title: "Ramos",
        first: "execução original",
        from: "desde",
        compare: "Comparar",
        compare_with: "Comparar com",
        discard: "Descartar",
        sure: "Descartar de vez",
        comparison: "Comparação",
        swap: "Mostrar o outro",
        leave: "Sair",
        on_its_way: "O outro ramo está a caminho deste momento.",
        nothing: "Nada difere agora.",
        shown: "Mostrado",
        beside: "Ao lado",
        part: |at| format!("Separam-se em {at}"),
        do_not_part: "Até onde ambos foram executados, não se separam.",
        where_they_part: "Procurando onde se separam",
        go: "Ir para lá",
        then: "Depois",
        nobody: "ninguém",
        term: "mandato",
        commit: "commit",
    },
    files: FilesTexts {
        title: "Execução",
        copy_link: "Copiar o link",
        open: "Abrir um arquivo…",
        save: "Salvar como cenário",
        edit: "Editar o cenário",
        export_lines: "Exportar os eventos (JSON por linhas)",
        export_shiviz: "Exportar para o ShiViz",
        exporting: |name| format!("Escrevendo {name}"),
        stop: "Parar",
        drop_here: "Solte o arquivo para abri-lo",
        link: "Link",
        copied: |characters| {
            format!("Link copiado: {characters} caracteres, com toda a execução dentro.")
        },
        copy_yourself: "O navegador não deixa a página copiar. Copie o link daqui:",
        no_link: "Não há link para esta execução.",
        bad_link: "O link não foi aberto.",
        link_error,
        opened: |title| format!("Aberto: {title}"),
        only_first: |count| format!("Um arquivo de cada vez: dos {count}, foi usado o primeiro."),
        too_large: || {
            format!(
                "O arquivo é grande demais; um cenário tem no máximo {MAX_FILE_BYTES} bytes, um rastro {MAX_TRACE_BYTES}."
            )
        },
        unreadable: "Não foi possível ler o arquivo.",
        dismiss: "Dispensar",
        scenario: "Cenário",
        text: "Texto do cenário",
        run_it: "Executar do início",
        revert: "Descartar as mudanças",
        close: "Fechar",
        is_right: "Não há erros.",
        problems: |count| match count {
            1 => "Há um erro. A execução fica como está.".to_owned(),
            _ => format!("Há {count} erros. A execução fica como está."),
        },
        is_trace: "Um rastro conta o que se viu em outro lugar: envie o arquivo dele",
        problems_list: "Erros",
        no_last: "Não há nenhuma execução antes desta",
        no_picture: "O navegador não conseguiu desenhar a imagem. Tente o outro formato.",
        restored: "A sua última execução está de volta, onde você a deixou. Está em pausa.",
        forgotten: "A página não consegue mais lembrar esta execução: é longa demais, ou o navegador não tem espaço. Salve-a como cenário.",
        is_exporting: "Uma exportação de cada vez: espere a outra, ou pare-a",
        kept: "Isto é o que você escreveu aqui antes, não a execução que se mostra. “Descartar as mudanças” a mostra.",
    },
};

fn what_is_wrong(mutant: Mutant) -> &'static str {
    match mutant {
        Mutant::CommitPriorTerm => {
            "Um líder confirma qualquer entrada que a maioria tenha, também de um mandato anterior, em vez de contar só cópias de entradas do seu próprio mandato."
        }
        Mutant::ForgetVote => "Um nó reiniciado não se lembra em quem votou no seu mandato.",
        Mutant::ForgetTerm => {
            "Um nó reiniciado toma o mandato da sua última entrada (o do seu instantâneo, ou 0, se o registro está vazio) pelo seu mandato atual, e não tem voto."
        }
        Mutant::VoteWithoutLogCheck => {
            "Um nó concede o voto sem comparar o registro do candidato com o seu."
        }
        Mutant::VoteLogLengthOnly => {
            "Um nó que vota compara só os comprimentos dos dois registros, não os mandatos das últimas entradas."
        }
        Mutant::VoteClearedSameTerm => {
            "Um candidato que passa a seguidor porque outro nó lidera o seu mandato esquece que votou em si mesmo nesse mandato."
        }
        Mutant::CountDuplicateVotes => {
            "Um candidato conta as mensagens RequestVoteReply concedidas em vez dos votantes que as enviaram."
        }
        Mutant::CountStaleVotes => {
            "Um candidato conta um voto concedido qualquer que seja o mandato da resposta, também o de uma eleição sua anterior."
        }
        Mutant::AppendWithoutTermCheck => {
            "Um seguidor aceita um AppendEntries quando tem uma entrada qualquer no índice anterior, qualquer que seja o mandato dessa entrada."
        }
        Mutant::TruncateOnHeartbeat => {
            "Um seguidor que aceita um AppendEntries apaga tudo o que há no seu registro depois da última entrada que a mensagem cobre, também onde nada está em conflito."
        }
        Mutant::AckOwnLastIndex => {
            "Um seguidor responde a um AppendEntries sem entradas que coincide até o fim do seu próprio registro, sem olhar a entrada anterior."
        }
        Mutant::CommitOwnLastIndex => {
            "Um seguidor adota o índice confirmado do líder de cada AppendEntries do seu mandato, até onde o seu próprio registro chega, em vez de até onde uma mensagem aceita o verificou."
        }
        Mutant::MatchFromNack => {
            "Um líder toma um AppendEntries recusado por um aceito: dá o seguidor por coincidente até a última entrada que a mensagem levava (o índice anterior se não levava nenhuma) e não recua."
        }
        Mutant::AckBeforeFsync => {
            "Um nó conta as entradas assim que estão na memória: um seguidor as confirma ao líder, e um líder conta a si mesmo, antes que o disco as tenha (mandatos, votos e instantâneos ainda esperam)."
        }
        Mutant::ApplyBeforeCommit => "Um nó aplica uma entrada assim que está no seu registro.",
        Mutant::LeaderDropsStuckEntry => {
            "Um líder apaga as entradas do fim do seu registro que esperaram pela confirmação mais do que o prazo de eleição mais longo."
        }
        Mutant::ConfigBeforeOwnTermCommit => {
            "Um líder começa uma mudança de membros antes de ter confirmado uma entrada do seu próprio mandato."
        }
        Mutant::SwitchConfigDirectly => {
            "Uma mudança de vários membros acrescenta de imediato a configuração nova em vez da conjunta, e cada nó a usa assim que está no seu registro."
        }
        Mutant::ReadBeforeOwnTermCommit => {
            "Um líder novo responde leituras read-index a partir do seu índice confirmado tal como está, antes que uma entrada do seu próprio mandato seja confirmada (ainda verifica com uma maioria que lidera)."
        }
        Mutant::ReadWithoutQuorum => {
            "Um líder responde uma leitura read-index de imediato, sem verificar com uma maioria que ainda lidera."
        }
        Mutant::LeaseAcrossTransfer => {
            "Um líder continua a responder leituras com o seu lease depois de ter enviado TimeoutNow."
        }
        Mutant::NoClientDedup => {
            "A máquina de estados aplica de novo a operação de um cliente quando uma nova tentativa a pôs pela segunda vez no registro."
        }
        Mutant::InstallOldSnapshot => {
            "Um nó instala cada InstallSnapshot do seu mandato, também um que termina antes do seu próprio índice confirmado, e descarta o resto do seu registro."
        }
        Mutant::MatchCanRegress => "Uma confirmação antiga baixa matchIndex.",
        Mutant::LeaseIgnoresClocks => {
            "Um lease dura um prazo de eleição inteiro do relógio do próprio líder, sem margem para o ritmo dos relógios."
        }
        Mutant::SnapshotKeepsConflictingLog => {
            "Ao instalar um instantâneo conserva-se o registro que se segue mesmo em conflito."
        }
    }
}

fn link_error(error: &ShareError) -> String {
    match error {
        ShareError::Damaged => "Não está inteiro: uma parte foi cortada ou mudou no caminho. Copie-o de novo, completo.".to_owned(),
        ShareError::Newer(_) => "Foi feito por um Flotilla mais novo. Recarregue a página ou use a versão mais nova.".to_owned(),
        ShareError::TooLong => format!("Tem mais de {MAX_LINK_CHARS} caracteres. Salve a execução como cenário e envie o arquivo."),
        ShareError::TooMuch(limit) => format!("Contém demais: no máximo {}. Salve a execução como cenário e envie o arquivo.", most(*limit)),
        ShareError::NotAScenario(errors) => {
            let first = errors.first().map(ToString::to_string);
            format!("O que ele contém não é uma execução ({}). Peça um link novo.", first.unwrap_or_default())
        }
    }
}

const fn most(limit: Limit) -> &'static str {
    match limit {
        Limit::Bytes => "256 KB de cenários",
        Limit::Branches => "32 ramos",
        Limit::Acts => "2.000 atos",
        Limit::LoadClients => "2.000 clientes de cargas",
        Limit::Entries => "1.000.000 de entradas de cargas e do início",
        Limit::UnderWay => "10.000 entradas a caminho de um seguidor",
        Limit::Awaited => "100 expectativas com `within` em um ramo",
        Limit::Time => "um dia simulado",
    }
}
