//! Leaders, candidates, followers and votes.

use crate::catalogue::catalogue;

catalogue! {
    /// What is said of leaders, candidates, followers and votes.
    pub(in crate::why::say) ElectionTexts of "views" {
        down:
            "{0} is down; its disk has term {1} and what else it must not forget ({2})",
            "{0} está caído; su disco guarda el mandato {1} y lo demás que no debe olvidar ({2})",
            "{0} está caído; o seu disco guarda o mandato {1} e tudo o mais que não pode esquecer ({2})";
        paused:
            "{0} stands still in term {1}: nothing reaches it and its timers wait (§5.5)",
            "{0} está en pausa en el mandato {1}: nada le llega y sus temporizadores esperan (§5.5)",
            "{0} está pausado no mandato {1}: nada chega a ele e os seus temporizadores esperam (§5.5)";
        leads: "{0} leads term {1}", "{0} lidera el mandato {1}", "{0} lidera o mandato {1}";
        elected:
            ": {0} voted for it ({1}), and it needed {2}",
            ": votaron por él {0} ({1}), y necesitaba {2}",
            ": votaram nele {0} ({1}), e precisava de {2}";
        newer:
            "; it has not heard yet that {0} leads term {1}",
            "; aún no sabe que {0} lidera el mandato {1}",
            "; ainda não sabe que {0} lidera o mandato {1}";
        reaches:
            "; it reaches {0}, itself included, and needs {1} to commit",
            "; alcanza a {0}, incluido él mismo, y necesita {1} para confirmar",
            "; alcança {0}, incluindo a si mesmo, e precisa de {1} para confirmar";
        looks:
            ", and looks at {0} whether a majority has answered it ({1})",
            ", y a los {0} mira si una mayoría le ha respondido ({1})",
            ", e aos {0} verifica se uma maioria lhe respondeu ({1})";
        goes_on:
            ", but nothing makes it stop until it hears of a later term",
            ", pero nada lo hace renunciar hasta que sepa de un mandato posterior",
            ", mas nada o faz renunciar até saber de um mandato posterior";
        has_handed_over:
            "; it has told {0} to campaign ({1})",
            "; ha dicho a {0} que se postule ({1})",
            "; disse a {0} que se candidatasse ({1})";
        hands_over:
            "; it hands over to {0} as soon as that has the whole log ({1})",
            "; cede el liderazgo a {0} en cuanto este tenga todo el registro ({1})",
            "; cede a liderança a {0} assim que este tiver todo o registro ({1})";
        pre_campaigns:
            "{0} asks whether it could win term {1}: {2} would vote for it, and it needs {3}",
            "{0} pregunta si podría ganar el mandato {1}: votarían por él {2}, y necesita {3}",
            "{0} pergunta se poderia vencer o mandato {1}: votariam nele {2}, e precisa de {3}";
        campaigns:
            "{0} is a candidate in term {1}: {2} have voted for it, and it needs {3}",
            "{0} es candidato en el mandato {1}: han votado por él {2}, y necesita {3}",
            "{0} é candidato no mandato {1}: votaram nele {2}, e precisa de {3}";
        told_by:
            "; {0} told it to campaign ({1})",
            "; {0} le dijo que se postulara ({1})",
            "; {0} lhe disse que se candidatasse ({1})";
        own_vote_waits:
            "; its own vote counts when its disk has it",
            "; su propio voto cuenta cuando su disco lo tenga",
            "; o seu próprio voto conta quando o seu disco o tiver";
        does_not_hear:
            "; {0} does not hear it", "; {0} no lo oye", "; {0} não o ouve";
        do_not_hear:
            "; {0} do not hear it", "; {0} no lo oyen", "; {0} não o ouvem";
        has_not_answered:
            "; {0} has not answered", "; {0} no ha respondido", "; {0} não respondeu";
        have_not_answered:
            "; {0} have not answered", "; {0} no han respondido", "; {0} não responderam";
        again:
            "; it tries again at {0}", "; lo intenta otra vez a los {0}", "; tenta outra vez aos {0}";
        follows:
            "{0} follows {1}, who leads term {2}",
            "{0} sigue a {1}, que lidera el mandato {2}",
            "{0} segue {1}, que lidera o mandato {2}";
        follows_nobody:
            "{0} follows nobody in term {1}, in which it voted for itself",
            "{0} no sigue a nadie en el mandato {1}, en el que votó por sí mismo",
            "{0} não segue ninguém no mandato {1}, em que votou em si mesmo";
        has_voted:
            "{0} follows nobody yet in term {1}, and has voted for {2}",
            "{0} aún no sigue a nadie en el mandato {1}, y ha votado por {2}",
            "{0} ainda não segue ninguém no mandato {1}, e votou em {2}";
        knows_nobody:
            "{0} knows of no leader of term {1}",
            "{0} no conoce a ningún líder del mandato {1}",
            "{0} não conhece nenhum líder do mandato {1}";
        heard_of_term:
            "; it heard of that term from {0} (§5.1)",
            "; supo de ese mandato por {0} (§5.1)",
            "; soube desse mandato por {0} (§5.1)";
        led_until:
            "; it led until {0}, when it had heard from {1} of {2} needed ({3})",
            "; lideró hasta los {0}, cuando tenía noticias de {1} de los {2} que necesitaba ({3})",
            "; liderou até {0}, quando tinha notícias de {1} dos {2} de que precisava ({3})";
        removed:
            "; it led until {0}, when it committed the configuration at index {1}, in which it has no vote (§6)",
            "; lideró hasta los {0}, cuando confirmó la configuración del índice {1}, en la que no tiene voto (§6)",
            "; liderou até {0}, quando confirmou a configuração do índice {1}, em que não tem voto (§6)";
        waits:
            "; it campaigns if it hears nothing for {0}, until {1} (§5.2)",
            "; se postula si no oye nada durante {0}, hasta los {1} (§5.2)",
            "; ele se candidata se não ouvir nada por {0}, até {1} (§5.2)";
        no_members:
            "; it waits to be told who belongs to the cluster (§6)",
            "; espera a que le digan quién pertenece al clúster (§6)",
            "; espera que lhe digam quem pertence ao cluster (§6)";
        no_voter:
            "; it never campaigns, as it has no vote in {0} (§6)",
            "; nunca se postula, pues no tiene voto en {0} (§6)",
            "; nunca se candidata, pois não tem voto em {0} (§6)";
        too_few_up:
            "no leader: {0} run, and it takes {1} to elect one (§5.2)",
            "sin líder: están en marcha {0}, y para elegir uno hacen falta {1} (§5.2)",
            "sem líder: estão ativos {0}, e para eleger um são necessários {1} (§5.2)";
        out_of_reach:
            "no leader: nobody reaches a majority; {0} reaches the most, {1}, itself included, and it takes {2} (§5.2)",
            "sin líder: nadie alcanza a una mayoría; {0} es quien más alcanza, {1}, incluido él mismo, y hacen falta {2} (§5.2)",
            "sem líder: ninguém alcança uma maioria; {0} é quem mais alcança, {1}, incluindo a si mesmo, e são necessários {2} (§5.2)";
        split:
            "no leader: the votes of term {0} are split",
            "sin líder: los votos del mandato {0} están divididos",
            "sem líder: os votos do mandato {0} estão divididos";
        several:
            "no leader yet: several ask for the votes of term {0}",
            "aún sin líder: varios piden los votos del mandato {0}",
            "ainda sem líder: vários pedem os votos do mandato {0}";
        has_votes:
            "; {0} has {1} and needs {2}", "; {0} tiene {1} y necesita {2}", "; {0} tem {1} e precisa de {2}";
        next_timeout:
            "; the next election timeout is that of {0}, at {1}",
            "; el próximo plazo de elección en vencer es el de {0}, a los {1}",
            "; o próximo prazo de eleição a vencer é o de {0}, aos {1}";
        campaign:
            "no leader yet: {0} ({1})", "aún sin líder: {0} ({1})", "ainda sem líder: {0} ({1})";
        timeout:
            "no leader: nobody campaigns, and the next election timeout, that of {0}, is due in {1}, at {2}",
            "sin líder: nadie se postula, y el próximo plazo de elección, el de {0}, vence en {1}, a los {2}",
            "sem líder: ninguém se candidata, e o próximo prazo de eleição, o de {0}, vence em {1}, aos {2}";
        nobody_may:
            "no leader: of those who run, nobody has a vote and an election timer (§6)",
            "sin líder: de los que están en marcha, nadie tiene voto y un plazo de elección que corra (§6)",
            "sem líder: dos que estão ativos, ninguém tem voto e um prazo de eleição em curso (§6)";
        unseen:
            "no leader was seen, and what the others wait for is not in the trace (§5.2)",
            "no se vio a ningún líder, y lo que esperan los demás no está en la traza (§5.2)",
            "nenhum líder foi visto, e o que os outros esperam não está no rastro (§5.2)";
        ballot:
            "; then {0} would vote for it as things are, and it needs {1}",
            "; entonces, tal como están las cosas, votarían por él {0}, y necesita {1}",
            "; então, tal como estão as coisas, votariam nele {0}, e precisa de {1}";
        would_not_answer:
            "; {0} would not answer", "; {0} no respondería", "; {0} não responderia";
        would_not_answer_either:
            "; {0} would not answer", "; {0} no responderían", "; {0} não responderiam";
        refused:
            "{0} refused its vote to {1} in term {2}, as {3} ({4})",
            "{0} negó su voto a {1} en el mandato {2}, pues {3} ({4})",
            "{0} recusou o seu voto a {1} no mandato {2}, pois {3} ({4})";
        would_refuse_in:
            "{0} would refuse its vote to {1} in term {2}, as {3} ({4})",
            "{0} negaría su voto a {1} en el mandato {2}, pues {3} ({4})",
            "{0} recusaria o seu voto a {1} no mandato {2}, pois {3} ({4})";
        granted:
            "{0} voted for {1} in term {2} (§5.2, §5.4.1)",
            "{0} votó por {1} en el mandato {2} (§5.2, §5.4.1)",
            "{0} votou em {1} no mandato {2} (§5.2, §5.4.1)";
        would_refuse:
            "{0} would refuse its vote if {1} campaigned now, as {2} ({3})",
            "{0} negaría su voto si {1} se postulara ahora, pues {2} ({3})",
            "{0} recusaria o seu voto se {1} se candidatasse agora, pois {2} ({3})";
        would_grant:
            "{0} would vote for {1} if that campaigned now (§5.2, §5.4.1)",
            "{0} votaría por {1} si se postulara ahora (§5.2, §5.4.1)",
            "{0} votaria em {1} se este se candidatasse agora (§5.2, §5.4.1)";
        not_asked:
            "nothing is to be said of the vote of {0} for {1}: one of them is not there to ask or to answer (§5.2)",
            "nada hay que decir del voto de {0} por {1}: uno de los dos no está para pedirlo o para responder (§5.2)",
            "não há o que dizer do voto de {0} em {1}: um dos dois não está lá para pedi-lo ou para responder (§5.2)";
        change_waits_own_term:
            "; the change of the members that was asked for waits until it has committed an entry of its own term {0} ({1})",
            "; el cambio de miembros que se pidió espera a que haya confirmado una entrada de su propio mandato {0} ({1})",
            "; a mudança de membros que foi pedida espera até que tenha confirmado uma entrada do seu próprio mandato {0} ({1})";
        change_waits_commit:
            "; the change of the members that was asked for waits until the configuration at index {0} is committed ({1})",
            "; el cambio de miembros que se pidió espera a que se confirme la configuración del índice {0} ({1})",
            "; a mudança de membros que foi pedida espera até que a configuração do índice {0} seja confirmada ({1})";
        change_waits_catch_up:
            "; the change of the members that was asked for waits until {0} has everything up to entry {1} ({2})",
            "; el cambio de miembros que se pidió espera a que {0} tenga todo hasta la entrada {1} ({2})",
            "; a mudança de membros que foi pedida espera até que {0} tenha tudo até a entrada {1} ({2})";
        more_changes:
            "; behind it wait {0} more",
            "; detrás de él esperan {0} más",
            "; atrás dela esperam mais {0}";
    }
}
