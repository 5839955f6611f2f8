//! What is said of why, in the languages of Flotilla: templates, side by side.

mod elections;
mod entries;
mod messages;
mod operations;
mod rules;

use crate::catalogue::catalogue;

pub(super) use elections::ElectionTexts;
pub(super) use entries::EntryTexts;
pub(super) use messages::MessageTexts;
pub(super) use operations::OperationTexts;
pub(super) use rules::RuleTexts;

catalogue! {
    /// What every kind of answer says.
    pub(super) SharedTexts of "views" {
        wrong: "; wrong on purpose: {0}", "; mal a propósito: {0}", "; errado de propósito: {0}";
        /// A section of Ongaro's dissertation.
        dissertation: "dissertation {0}", "tesis {0}", "tese {0}";
        figure: "Figure {0}, {1}", "Figura {0}, {1}", "Figura {0}, {1}";
        persistent_state: "persistent state", "estado persistente", "estado persistente";
        joint_count:
            "{0} of the {1} old and {2} of the {3} new voters",
            "{0} de los {1} votantes antiguos y {2} de los {3} nuevos",
            "{0} dos {1} votantes antigos e {2} dos {3} novos";
        count: "{0} of {1}", "{0} de {1}", "{0} de {1}";
        joint_needs:
            "{0} of the old and {1} of the new",
            "{0} de los antiguos y {1} de los nuevos",
            "{0} dos antigos e {1} dos novos";
        joint_members: "{0} and {1}", "{0} y {1}", "{0} e {1}";
        learners: " (learners {0})", " (aprendices {0})", " (aprendizes {0})";
        refuses:
            "; {0} refuses, as {1} ({2})",
            "; {0} se niega, pues {1} ({2})",
            "; {0} recusa, pois {1} ({2})";
        stale_term:
            "term {0} is over, it is in term {1}",
            "el mandato {0} ha terminado: está en el mandato {1}",
            "o mandato {0} terminou: está no mandato {1}";
        live_leader:
            "it hears from the leader {0}",
            "tiene noticias del líder {0}",
            "tem notícias do líder {0}";
        already_voted:
            "it has voted for {0} in that term",
            "ha votado por {0} en ese mandato",
            "votou em {0} nesse mandato";
        log_not_up_to_date:
            "its log ends with entry {0} of term {1}, the candidate's with entry {2} of term {3}, which is less up to date",
            "su registro termina en la entrada {0} del mandato {1} y el del candidato en la entrada {2} del mandato {3}, que está menos al día",
            "o seu registro termina na entrada {0} do mandato {1} e o do candidato na entrada {2} do mandato {3}, que está menos atualizado";
        promised:
            "it has promised to vote for nobody for {0} more, since a leader may hold a lease",
            "ha prometido no votar por nadie durante {0} más, ya que un líder puede tener un arrendamiento",
            "prometeu não votar em ninguém por mais {0}, já que um líder pode ter um arrendamento";
        nobody: "nobody", "nadie", "ninguém";
    }
}
