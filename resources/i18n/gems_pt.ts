<TS version="2.1" language="pt" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>Denunciar um problema</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>Quem dirige a plataforma lê a denúncia. Seu cliente não fica sabendo quem denunciou.</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>Enviar a denúncia</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>Qual é o erro?</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>Diga o que aconteceu, em uma ou duas frases</translation>
        </message>
    </context>
    <context>
        <name>Amount</name>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
    </context>
    <context>
        <name>AppealNext</name>
        <message>
            <source>What happens next</source>
            <translation>Próximo passo</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>Quem age</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>Prefiro corrigir</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>Corrigir</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Levar ao contrato…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Aceitar assim</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>Sua resposta: o que aconteceu</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Voltar à caixa de saída</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>Próximo passo</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>Escrito</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Enviado</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>Sendo julgado de novo</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>Julgado de novo</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>Ganho</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Perdido</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>Recusado</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>Decidido</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>Recorrer</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>Como funciona um recurso</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>Quem decide</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>Você pode recorrer até</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>Decidido, no máximo, até</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>Fiança que você põe (%1 GEM livres)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>Fiança que você põe</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>Se perder, custa a você</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>Se ganhar, você recebe</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>Por que sua resposta está certa</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>Diga o que está certo nela, em uma ou duas frases</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>Vai assinado com o recurso e sai na próxima conexão. %1 de %2 caracteres.</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>Recorrer e desistir da segunda tentativa</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>Assinar o recurso</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
    </context>
    <context>
        <name>BellButton</name>
        <message>
            <source>Notices</source>
            <translation>Avisos</translation>
        </message>
        <message>
            <source>Notices, new: %1</source>
            <translation>Avisos, novos: %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>Desfazer</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Refazer</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Instruções</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Teclas</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>Desfazer a última</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Chega por agora</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Salvar de novo</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>Dar esta resposta</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Pular</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Mostrar a imagem toda</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Tirar o que está selecionado</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>Algumas campanhas pedem uma garantia. Deixe aqui uma parte do seu pagamento até a fiança chegar a este tamanho; você nunca precisa comprar nada.</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>Não custa nada e vale a partir do seu próximo pagamento. Nada do que você tem se move por isso, e o que está livre na fiança você pode tirar de novo.</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>Guardar na fiança</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>0 não guarda nada; as campanhas sem garantia continuam abertas para você.</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>Guardar na fiança, em GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Guardar</translation>
        </message>
    </context>
    <context>
        <name>BondMove</name>
        <message>
            <source>Free in the bond now</source>
            <translation>Livre na fiança agora</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>Passar para disponível…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>Tirar da sua fiança?</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>Fica pronto para sacar na hora. Você e a plataforma assinam; nada acontece na blockchain e não custa nada.</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>Vai em passos do pagamento de uma tarefa, de 1 GEM no máximo. Se a plataforma não responder, um passo é o que você pode perder.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Passar</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Quantia</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>Livre na fiança: %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>Quantia a tirar da fiança, em GEM</translation>
        </message>
    </context>
    <context>
        <name>CampaignFilter</name>
        <message>
            <source>Filter</source>
            <translation>Filtro</translation>
        </message>
        <message>
            <source>Kind of task</source>
            <translation>Tipo de tarefa</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>Idioma das tarefas</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>A baixar por tarefa</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>Pelo menos estes GEM por hora</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>GEM por hora, no mínimo</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>Sem garantia</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>Minha fiança basta</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>Sem práticas</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>Só as que sigo</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>Primeiro as que sigo</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Mostrar tudo</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Pronto</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>Buscar campanhas (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Ordenar por</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>Mais bem pagas</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Pagamento</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>Mais curtas</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>Menor garantia</translation>
        </message>
        <message>
            <source>Filter: %1</source>
            <translation>Filtro: %1</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filtro</translation>
        </message>
        <message>
            <source>Rows or cards</source>
            <translation>Linhas ou cartões</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>Linhas</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>Cartões</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>Campanhas</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>Não avisar mais de trabalho novo</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Avisar de trabalho novo</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Bloquear este cliente</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Esconder esta campanha</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Denunciar um problema</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>Fechar esta campanha</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>Cliente %1</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Relatório do cliente</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>Você pode deixar uma tarefa assim a qualquer hora, sem custo.</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>Quanto paga</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>Quanto você arrisca</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>Como as respostas são conferidas</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>Tempo e dados</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Sobre o cliente</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>Praticar de novo</translation>
        </message>
        <message>
            <source>About</source>
            <translation>Sobre</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Instruções</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Bloquear este cliente</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Esconder esta campanha</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>Escrever ao cliente</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Denunciar um problema</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>Fazer os exemplos</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>Quantas tarefas pegar</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>Pegar %n tarefa</numerusform>
                <numerusform>Pegar %n tarefas</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>%1 GEM por tarefa</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>Seguindo</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Prática</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>Aviso de conteúdo</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/h</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>garantia %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>sem garantia</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Mais para %1</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>Algo deu errado neste aplicativo</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>Gems fechou sozinho da última vez</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>Um relatório para quem ajuda você</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>Suas respostas e seu dinheiro estão guardados e intactos. Você pode continuar trabalhando.</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>Este relatório contém versões e lugares do nosso programa: nenhuma resposta, endereço, nome ou quantia. Ele não é enviado a ninguém; salvo como arquivo, você pode dar a quem confia.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>Salvar o relatório</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>Esconder o conteúdo</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>Mostrar o conteúdo</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>Relatório</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>Trabalhando…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>Sem rede</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>Seu trabalho viaja em um pen drive. Quem o leva não pode ler nem mudar nada.</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Voltar à caixa de saída</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Onde</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Pasta</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Olhar de novo</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>Seu trabalho</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>Arquivos ainda sem resposta: %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>Aquilo que está em um arquivo não pode mais ser retirado. Se uma rede vier antes, é enviado como sempre; nada conta duas vezes.</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>Gravar um arquivo</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>Nesta pasta</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>Nesta pasta não há arquivos para levar nem respostas.</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>Com conexão, você pode enviar o arquivo de outra pessoa: a resposta é gravada ao lado dele.</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>Ler esta resposta</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>Enviar este arquivo</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>Levar ao contrato</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Voltar à caixa de saída</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>Paga a você, no máximo</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>Leve até</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>Espera do contrato por contestações</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>Salvo como arquivo</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>Como funciona</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. Você salva um arquivo com o que foi assinado sobre esta tarefa. Sua resposta não está nele, só a impressão digital dela, nem nenhum segredo seu.</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. Qualquer pessoa com um pouco de moeda de gás leva ao contrato: quem cuida de uma torre de vigia, um amigo ou você. Essa pessoa precisa apenas do arquivo e não pode mudar nada nele.</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. Depois que o contrato espera por contestações, qualquer pessoa pode mandar pagar. Esse dinheiro vai para a sua carteira, não importa quem leve o caso.</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>Salvar não custa nada a você; quem leva paga a moeda de gás. Se o contrato decidir o contrário, ele não paga nada, e nada mais é tirado de você.</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>Na blockchain todos veem o endereço da sua carteira, o número da tarefa, o pagamento e como ela foi julgada. Se no fim a plataforma pagar, Gems assina que ela pagou, e o contrato não paga ninguém duas vezes.</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>Salvar o caso</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>Salvar de novo</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>Olhar a blockchain de novo</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>Como imagem</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>Como tabela</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>Sacar para sua carteira?</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>Você assina um saque que só este mensageiro pode usar, por esta taxa no máximo.</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>Assinar e sacar</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>Do seu canal</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Taxa do mensageiro</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Você recebe</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Mensageiro</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>Pode ser usado até</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>Costuma levar alguns minutos. Se até lá não for feito, seu pagamento fica no seu canal e você pode sacar de novo.</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>Taxa %1 GEM · transação %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>Taxa %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Continue</source>
            <translation>Continuar</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
    </context>
    <context>
        <name>ConfirmWindow</name>
        <message>
            <source>Gems: your wallet asks</source>
            <translation>Gems: sua carteira pergunta</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>Diga não se você não pediu isto. Sem resposta, esta janela se fecha sozinha, e nada é assinado nem mudado.</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>Cancelar, sem fazer nada</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>Role até o fim para poder aceitar.</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>Falta %n dia</numerusform>
                <numerusform>Faltam %n dias</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>Falta %n hora</numerusform>
                <numerusform>Faltam %n horas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>Falta %n minuto</numerusform>
                <numerusform>Faltam %n minutos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>Falta %n segundo</numerusform>
                <numerusform>Faltam %n segundos</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>Acabou o tempo</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>Até o fechamento terminar:</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>Para o saque a caminho:</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>Todos os movimentos</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Tudo</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Pagamentos</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>Garantias</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>Saques e envios</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>Quais movimentos são mostrados e exportados</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Esta semana</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Este mês</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Tudo</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>De que tempo os movimentos são mostrados e exportados</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>Exportar CSV</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>Aperte uma linha para ver por que é esta quantia.</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>Nada se moveu ainda. Pagamentos, garantias e saques aparecem aqui quando acontecem.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Quando</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Movimento</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campanha</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>Bolso</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
    </context>
    <context>
        <name>EarningsReceive</name>
        <message>
            <source>Receive GEM</source>
            <translation>Receber GEM</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>Qualquer pessoa pode ver este endereço e enviar GEM para ele. Ninguém pode tirar nada com ele.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>Seu endereço como código QR</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>Copiar por um minuto</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>Ganhos</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>Conta apenas o que este computador verificou.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>Um mensageiro leva à sua carteira por uma pequena taxa em GEM. Você não precisa de moeda de gás; a taxa é mostrada antes.</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>Nada pode ser sacado agora. Trabalho aceito é pago no seu canal e aparece aqui.</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>Sacando</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>Sacar para minha carteira</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>Receber</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Enviar</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Ganho hoje</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>Sete dias</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>No total</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>Saques</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Enviado</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Ganho por dia</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Dia</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Seu primeiro pagamento vai aparecer aqui, dia por dia.</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>Fiança, cópias de vales, saques automáticos…</translation>
        </message>
    </context>
    <context>
        <name>EarningsSend</name>
        <message>
            <source>Send GEM</source>
            <translation>Enviar GEM</translation>
        </message>
        <message>
            <source>Send this?</source>
            <translation>Enviar isto?</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>Um mensageiro leva por uma pequena taxa em GEM. Depois de enviado, não dá para voltar atrás.</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>Compare o endereço todo, grupo por grupo. Depois de enviado, não dá para voltar atrás.</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>Assinar e enviar</translation>
        </message>
        <message>
            <source>From</source>
            <translation>De</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Carteira</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Canal</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>Lista de endereços</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Escolher…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Para</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>Este endereço ainda não está completo ou correto.</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>Endereço de destino</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Quantia</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>Na sua carteira: %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>Quantia em GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>Tudo o que pode ser sacado vai direto para lá: %1 GEM.</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuar</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>Na sua lista de endereços</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>Do seu canal</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>Da sua carteira</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Taxa do mensageiro</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>Chega</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>Pode ser feito até</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>Costuma levar alguns minutos. Se até lá não for feito, nada saiu.</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>Dia</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Cliente</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Tipo</translation>
        </message>
        <message>
            <source>Paid tasks</source>
            <translation>Tarefas pagas</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Pagamentos</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>Garantias e fianças</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Carteira</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>Movimentos</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>Totais</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>Totais por</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>Por dia</translation>
        </message>
        <message>
            <source>By requester</source>
            <translation>Por cliente</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>Por tipo</translation>
        </message>
        <message>
            <source>Totals of</source>
            <translation>Totais de</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Esta semana</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Este mês</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Tudo</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>Nada se moveu neste tempo. Escolha um mais longo acima.</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>Dias em UTC. Quantias que chegam à carteira já eram pagamento ou fiança, então não são ganhas de novo.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>Pagamento por hora</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>Em tarefas pagas</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>Com o tempo não pago</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>Pagamento por hora, dia a dia</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Dia</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Hora</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>Faça algumas tarefas: quando forem pagas, você vê aqui quanto rende uma hora.</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>Tempo não pago é procurar trabalho, ler, praticar, e o trabalho rejeitado ou ainda não pago. Ele é contado neste computador, só enquanto você usa a janela, e fica aqui.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhere</name>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Where your GEM is</source>
            <translation>Onde estão seus GEM</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>Mostrar menos</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>Mostrar mais</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>Um vale é a assinatura da plataforma por tudo o que ela deve a você. Com ele a blockchain paga você, mesmo que a plataforma não queira.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>Na blockchain: %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>Abrir a tarefa</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>Fechar esta mensagem</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>“%1”: o que é?</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>Mais na Ajuda</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>Achar trabalho</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>Perguntando…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>Você está sem conexão.</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>Estas campanhas são as últimas conhecidas. Tarefas que você já pegou podem ser feitas sem rede.</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>Novas tarefas podem ser pegas assim que houver conexão.</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>Ainda sem campanhas</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>Este computador não viu nenhuma enquanto estava conectado. Conecte uma vez para buscá-las.</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>Clientes criam campanhas a qualquer hora. Olhe de novo daqui a pouco.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Olhar de novo</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>Nenhuma campanha combina com seu filtro</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>Nenhuma campanha tem estas palavras</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Mostrar tudo</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>Seus primeiros passos</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>Todas as páginas</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>Imagem: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpReading</name>
        <message>
            <source>Page before: %1</source>
            <translation>Página anterior: %1</translation>
        </message>
        <message>
            <source>Next page: %1</source>
            <translation>Próxima página: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpResults</name>
        <message>
            <source>Found</source>
            <translation>Encontrado</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nada encontrado</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>Tente uma palavra curta, como “pagamento”, ou veja todas as páginas.</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Todas as páginas</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>Ajuda</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>Buscar na ajuda (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Todas as páginas</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
    </context>
    <context>
        <name>HomeScreen</name>
        <message>
            <source>Home</source>
            <translation>Início</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>Comece com três exemplos</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>Suas respostas estão prontas para enviar</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Pegue suas primeiras tarefas</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Nenhuma tarefa aqui ainda</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>Nada espera por você</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>Levam um minuto, não pagam nada e não têm risco.</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>Ao selar, você as assina; elas saem assim que houver conexão.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>Pegue um lote de tarefas; com ele aqui, você pode trabalhar sem nenhuma rede.</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>Voltaram para corrigir</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>Praticar</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Achar trabalho</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuar</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Ganho hoje</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>%1 em sete dias</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>Provado pelo canal</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>A enviar</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>Últimos dias</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Ganho por dia</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Dia</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Seu primeiro pagamento vai aparecer aqui, dia por dia.</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>Sua situação</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Você pode revisar</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>Ver as provas</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>Ver na caixa de saída</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>Imagem</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Esta imagem não pode ser mostrada.</translation>
        </message>
    </context>
    <context>
        <name>KeysPanel</name>
        <message>
            <source>Keys</source>
            <translation>Teclas</translation>
        </message>
        <message>
            <source>Press the key that it shall have. Escape leaves it as it is.</source>
            <translation>Aperte a tecla que ela deve ter. Escape deixa como está.</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>Enter muda a tecla de uma opção, Delete devolve a tecla normal.</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>Opções e suas teclas</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Pronto</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>Voltar às teclas normais</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>aperte a nova tecla</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>tecla %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>sem tecla</translation>
        </message>
    </context>
    <context>
        <name>LanguageBox</name>
        <message>
            <source>Language</source>
            <translation>Idioma</translation>
        </message>
    </context>
    <context>
        <name>LoadingPlaceholder</name>
        <message>
            <source>Loading…</source>
            <translation>Carregando…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>Início</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Achar trabalho</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Trabalho</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Revisar</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Caixa de saída</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Ganhos</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Confiança</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Ajustes</translation>
        </message>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Ajuda</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
    </context>
    <context>
        <name>MarkRow</name>
        <message>
            <source>%1: 1, %2</source>
            <translation>%1: 1, %2</translation>
        </message>
        <message>
            <source>%1: 5, %2</source>
            <translation>%1: 5, %2</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>1 %1, 5 %2</source>
            <translation>1 %1, 5 %2</translation>
        </message>
    </context>
    <context>
        <name>NavRail</name>
        <message>
            <source>Pages</source>
            <translation>Seções</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>Rede de prática</translation>
        </message>
    </context>
    <context>
        <name>NoticePanel</name>
        <message>
            <source>Notices</source>
            <translation>Avisos</translation>
        </message>
        <message>
            <source>Settings of notices</source>
            <translation>Ajustes dos avisos</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>Ainda sem avisos</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>Trabalho novo, vereditos, prazos e pagamentos são avisados aqui.</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>Marcar tudo como lido</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>Novo</translation>
        </message>
    </context>
    <context>
        <name>OutboxFind</name>
        <message>
            <source>Show</source>
            <translation>Mostrar</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>Tudo %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>A enviar %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>Em espera %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>Rejeitado %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>Aceito %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>Buscar por campanha (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>Buscar por campanha</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>Escrever ao cliente</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Denunciar um problema</translation>
        </message>
    </context>
    <context>
        <name>OutboxRowItem</name>
        <message>
            <source>%1 GEM</source>
            <translation>%1 GEM</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>Corrigir</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>Recorrer…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>Seu recurso</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Veja o que aconteceu</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Levar ao contrato…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Retirar</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>Nova mensagem</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Mais para %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Marcado na tarefa: %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Aceitar assim</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>Caixa de saída</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>Sem rede…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Enviando…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>Enviar agora</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>Apenas as mais novas estão na lista. Para achar uma antiga, busque a campanha dela.</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>Nada feito ainda</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>Tarefas e revisões prontas esperam aqui até serem enviadas, e ficam até serem pagas.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Achar trabalho</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>Nada aqui</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>Nenhuma tarefa está neste estado agora.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Mostrar tudo</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>feita</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>selada</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>enviada</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>julgada</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>paga</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>Ainda não terminada</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>Passo %1 de 5: %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>Mostrar o que é digitado</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>Esconder o que é digitado</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>Rejeitado</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Recorrer</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>Outros julgam de novo</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Aceito</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>Sacar</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Taxa</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Você recebe</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>Placas de rua</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/h</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>sem garantia</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>Pegar tarefas</translation>
        </message>
    </context>
    <context>
        <name>PictureHome</name>
        <message>
            <source>Continue</source>
            <translation>Continuar</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Ganho hoje</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>Envie hoje</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>Este computador</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>Pen drive</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>Um computador com rede</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>Placas de rua</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Espera o envio</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Rejeitado</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Pago</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>Respostas rejeitadas</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Tempo até pagar</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Com dinheiro agora</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>Sua avaliação</translation>
        </message>
    </context>
    <context>
        <name>PictureReview</name>
        <message>
            <source>Blue</source>
            <translation>Azul</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Aceitar</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Rejeitar</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>Não segue a instrução</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>Leitura</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Trabalho e dados</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Doze palavras em papel</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>A salvo</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>Limites da carteira</translation>
        </message>
    </context>
    <context>
        <name>PictureTrust</name>
        <message>
            <source>Grade %1</source>
            <translation>Nota %1</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Você pode revisar</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>Procurar uma versão nova</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Baixar</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>Começa na próxima vez</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>Assinada pelos criadores do Gems</translation>
        </message>
    </context>
    <context>
        <name>PictureWelcome</name>
        <message>
            <source>Language</source>
            <translation>Idioma</translation>
        </message>
        <message>
            <source>New wallet</source>
            <translation>Nova carteira</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Doze palavras em papel</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>Sem foto, sem mensagem</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Achar trabalho</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>Qual é a cor do carro?</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Vermelho</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Azul</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Tempo restante</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>Reprodutor</translation>
        </message>
        <message>
            <source>%1×</source>
            <translation>%1×</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>Pause (Space; Ctrl+Space while typing)</source>
            <translation>Pausar (Space; Ctrl+Space ao digitar)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>Tocar (Space; Ctrl+Space ao digitar)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>Uma imagem atrás</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>Uma imagem à frente</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Mais devagar</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>Velocidade %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Mais rápido</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Volume</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Som</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Trecho</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>Tocar o trecho selecionado (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>Repetir sempre</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>Sem dispositivo de som: toca em silêncio.</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>Prática</translation>
        </message>
    </context>
    <context>
        <name>PracticePane</name>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Next example</source>
            <translation>Próximo exemplo</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Teclas</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Mostrar a imagem toda</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Tirar o que está selecionado</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>Prática · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Prática</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>Pular a prática</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Voltar à campanha</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>A prática não paga nada e não custa nada. %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Conferindo…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>Pedir para conferir</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Voltar</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>Você passou</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>Ainda não basta</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>As tarefas de verdade são feitas do mesmo jeito, e pagam. Escolha as primeiras agora.</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>Você pode pegar tarefas desta campanha agora.</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>Leia as dicas e tente os exemplos mais uma vez; você pode fazer isso quantas vezes quiser.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Achar trabalho</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Voltar à campanha</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>Tentar os exemplos de novo</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>Novo perfil</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>Mudar o nome do perfil</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>Começa vazio, com carteira e senha próprias.</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>Apenas o nome muda; a pasta e a carteira ficam onde estão.</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>Criar e abrir</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Mudar nome</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>Nome em qualquer alfabeto</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>Guardar %1 à parte?</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>A pasta inteira, com a carteira, sai da lista. Nada é apagado; depois é mostrado onde ela está.</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>Guardar à parte</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>Digite %1 para confirmar</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>Perfis neste computador</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>Cada perfil tem sua própria pasta, carteira e senha. Ninguém vê o trabalho de outro sem a senha dele.</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>%1 (aberto agora)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Abrir</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>Abrir %1</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Mudar nome…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>Mudar o nome de %1</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>Guardar à parte…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>Guardar %1 à parte</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>Guardado à parte, com a carteira, nesta pasta: %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>Novo perfil…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>Ir à caixa de saída</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>Esta cotação é antiga.</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>Mostrar quantias também em %1</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>Avaliar este cliente</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>Não, obrigado</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>Parar a leitura</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>Ler em voz alta</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>Recorrer da sua exclusão</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>Por que seu trabalho merece outra olhada</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>Vai para quem dirige a plataforma e precisa de conexão. %1 de %2 caracteres.</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Enviando…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>Enviar o recurso</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>Verificado na blockchain</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>%n tarefa no total.</numerusform>
                <numerusform>%n tarefas no total.</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campanha</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Movimento</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>Plataforma, GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>Blockchain, GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>Comparado</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>Aquilo que foi pago na blockchain segue o que foi ganho: pode atrasar, nunca adiantar.</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>Como julgam</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>Rejeições são decididas por júris de outros trabalhadores, não pelo cliente sozinho.</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>Rapidez do pagamento</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Pago</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>Tarefas</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Parte</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>Ainda não se sabe nada: nenhuma tarefa deste cliente foi paga.</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>Opinião dos trabalhadores</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>Avaliar este cliente</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>Você trabalhou aqui, então pode: uma vez por campanha, e pode mudar de ideia. Ao cliente só aparecem os totais.</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campanha</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Pagamentos</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>pouco demais</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>muito bom</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Clareza</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>difícil de entender</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>muito claro</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Rapidez</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>paga muito tarde</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>paga na hora</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Justiça</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>injusto</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>muito justo</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>Enviar a avaliação</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>Relatório do cliente</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>Fatos de vereditos e pagamentos; a opinião dos trabalhadores fica à parte.</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>Todos os clientes</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Voltar a Achar trabalho</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>Clientes que oferecem trabalho</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>Nenhuma campanha é conhecida ainda. Primeiro ache trabalho.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Cliente</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>Campanhas</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Oferecer de novo</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Bloquear este cliente</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>Bloqueado: o trabalho deste cliente não é oferecido a você.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Pago</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>No total, a todos</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Pagamento por hora</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>Revisores, por hora</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Tempo até pagar</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Com dinheiro agora</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>Você põe em garantia %1 GEM na sua resposta.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>Esta resposta está certa?</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Aceitar</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>Rejeitar…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Pular</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>Pedido da tarefa</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>Você põe em garantia %1 GEM no seu veredito.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>%n revisão feita</numerusform>
                <numerusform>%n revisões feitas</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>Você ainda não pode revisar</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>Revisar o trabalho de outros</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>Selar assina seus vereditos com sua chave; eles saem assim que houver conexão.</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>Tarefas conferidas que estavam certas aumentam sua pontuação de confiança; com bastante delas você pode revisar.</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>Revisões podem ser pegas assim que houver conexão. As que você já pegou podem ser feitas sem ela.</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>Você vê a instrução e a resposta, nunca quem a deu. Em cada uma aparecem o pagamento e sua garantia.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Selando e enviando…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Selar para enviar</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Selar e enviar</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>Tentar com o revisor de prática</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Achar trabalho</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>Pedindo revisões…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>Pegar 10 revisões</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>Como cresce minha pontuação de confiança</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>Continuar revisando</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>Desfazer o último veredito</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>Pegar 100 revisões</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>Esta sessão</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>Qual é o erro?</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>Primeiro escolha um motivo: quem fez precisa saber o que corrigir.</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>Clique no lugar, ou aperte Enter sobre ele</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>Marcar outro lugar</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>Marcar o lugar do erro</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>Marcado: %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>Tirar a marca</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>Recado para quem fez (opcional)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Rejeitar</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
    </context>
    <context>
        <name>ReviewScreen</name>
        <message>
            <source>Undo last</source>
            <translation>Desfazer a última</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Instruções</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Chega por agora</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
    </context>
    <context>
        <name>ReviewerBanner</name>
        <message>
            <source>You are working as the practice reviewer, not with your own account.</source>
            <translation>Você trabalha como o revisor de prática, não com sua própria conta.</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>Voltar à minha conta</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>Suas palavras secretas estão na tela. Elas não são lidas em voz alta.</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>Bloqueados e escondidos</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>Este trabalho não é oferecido a você, e nada dele é baixado. As tarefas que você já pegou continuam suas. Só este computador sabe disso.</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Voltar a Achar trabalho</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>Bloqueado</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Escondida</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Oferecer de novo</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>Nada está bloqueado nem escondido</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>Sobre</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versão</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>Perfil</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Licença</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>Feito com Qt (LGPL), IBM Plex Sans (OFL) e ícones Lucide (ISC). Nenhum dado sobre você sai deste computador, fora o que uma tarefa precisa.</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>Lista de endereços</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Remover</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>Remover %1</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>Adicionar um endereço</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>Compare mais uma vez: %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>Nome, como “Poupança”</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>Nome do endereço</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>Endereço, 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Endereço</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>Perguntando na janela da carteira</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Adicionar</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>Está tudo em ordem?</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Conferindo…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>Conferir esta instalação</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>Fazer um relatório…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>Olha este computador, seu perfil e a rede, não muda nada e diz com palavras o que está errado.</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>Saques</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>Sacar sozinho a partir de</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>0 nunca saca sozinho. Também espera até a taxa ser no máximo 5 % do que chega.</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>Sacar sozinho a partir de, em GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Guardar</translation>
        </message>
    </context>
    <context>
        <name>SettingsClosing</name>
        <message>
            <source>Payment channel</source>
            <translation>Canal de pagamento</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>Seu fechamento está a caminho da blockchain.</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>Quando parar de trabalhar para esta plataforma, feche o canal: sua fiança volta sem moeda de gás, mesmo que a plataforma não faça mais nada.</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>Fechar o canal…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Fechar seu canal de pagamento?</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>Fechar o canal</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>Aquilo que você aceita ver</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>Tarefas que podem perturbar ficam cobertas até você pedir. Tipos desligados aqui não são oferecidos a você.</translation>
        </message>
    </context>
    <context>
        <name>SettingsCopies</name>
        <message>
            <source>Kept safe</source>
            <translation>A salvo</translation>
        </message>
        <message>
            <source>A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.</source>
            <translation>Um vale tem o mesmo valor na mão de qualquer um e paga apenas a você. Ter cópias em outro lugar protege seu pagamento se este computador quebrar.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Remover</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>Remover a torre de vigia %1</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>Outra torre de vigia</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>Qualquer plataforma pode guardar vales de outras: digite o endereço dela.</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>Endereço de uma torre de vigia</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Adicionar</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>Também como arquivo nesta pasta</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>Cada novo vale é gravado lá. Vazio: nenhum arquivo.</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>Pasta para o arquivo do vale</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Guardar</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>Gravar um arquivo agora</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>Buscar um vale mais novo</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>No arquivo de uma cópia ou em uma torre de vigia: digite o caminho do arquivo ou o endereço da torre. Apenas o que a plataforma assinou é guardado.</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>Arquivo ou torre de vigia com um vale mais novo</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Buscar</translation>
        </message>
    </context>
    <context>
        <name>SettingsCurrency</name>
        <message>
            <source>Your own currency</source>
            <translation>Sua própria moeda</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>Mostrar quantias também nesta moeda</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>GEM vem primeiro. A outra quantia diz só mais ou menos quanto vale: nada é pago nem assinado por ela.</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Outra</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>Outra moeda: as três letras dela, como KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>1 GEM vale</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>Seu próprio número vem antes do da plataforma. Deixe vazio para usar o da plataforma.</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>Quanto vale 1 GEM, em %1</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Guardar</translation>
        </message>
    </context>
    <context>
        <name>SettingsData</name>
        <message>
            <source>Data used</source>
            <translation>Dados usados</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hoje</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>Últimos 14 dias</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>Dados usados por dia</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Dia</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>Nada foi enviado nem baixado ainda.</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>Contado com as linhas que abrem cada pedido, sem o que sua rede acrescenta para levá-los (uns 3 a 5 %).</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>Onde ficam sua carteira e seu trabalho</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>Pasta deste perfil</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>Uma versão nova não muda nada nesta pasta e, se você remover o programa, ela fica onde está.</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>Apague a pasta apenas quando suas doze palavras estiverem em papel e não houver nada a enviar ou a pagar.</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>Conexões com a blockchain (nós)</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Remover</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>Remover o nó %1 da blockchain</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>Outro nó da blockchain</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>Endereço de um nó da blockchain</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Adicionar</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>Usar de novo os da rede</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>Trabalho novo onde já trabalhei</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>Vereditos e recursos</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>Tarefas que vencem logo</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>Pagamentos e saques</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Avisos</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>Este sistema não mostra notificações. Os avisos ficam sob o sino.</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>Mostrar avisos também fora da janela</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>Quando alguém fecha seu canal de pagamento, você sempre é avisado, também nas horas de silêncio.</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>Mostrar quantias fora da janela</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>Com um som curto</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>Testar</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>Mudar a senha</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>Exportar a chave para um arquivo</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>Senha atual</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>Uma senha para o arquivo</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>A nova senha</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>A mesma senha de novo</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>Exportar e confirmar na janela da carteira</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>Mudar</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>Rede</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Plataforma</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>Rede de prática: estes GEM não têm valor</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>Trabalhar sem conexão: não trocar nada sozinho até isto ser desligado</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>Proxy para tudo</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>Um endereço como http://host:port ou socks5://name:password@host:port. Sem nada aqui, é usado o proxy do seu sistema. Tudo o que fica neste computador nunca passa por ele.</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>Endereço do proxy</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Usar</translation>
        </message>
    </context>
    <context>
        <name>SettingsQuiet</name>
        <message>
            <source>Quiet hours</source>
            <translation>Horas de silêncio</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>Não mostrar nada fora da janela nestas horas</translation>
        </message>
        <message>
            <source>From</source>
            <translation>De</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>Silêncio a partir de</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Para</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>Silêncio até</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>Quando a janela está fechada</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>Mostrar Gems na bandeja do sistema</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>Ao fechar a janela, Gems continua na bandeja do sistema</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>Se o sistema não tem bandeja, fechar a janela encerra o Gems.</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>Leitura</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Idioma</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>Traduzido por uma máquina; nenhum falante nativo conferiu ainda. Onde não estiver claro, vale o texto em inglês.</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Tamanho do texto</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Cores</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Como o sistema</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Claro</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Escuro</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Alto contraste</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>Nada se move sozinho</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>Limites da carteira</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>Seu arquivo de limites foi mudado ou é mais velho que sua carteira. Ele começa de novo: a lista de endereços está vazia e, até você definir um limite, tudo é perguntado.</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>Bloquear após este tempo sem tecla nem clique</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Nunca</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 min</translation>
        </message>
        <message>
            <source>May leave in a day without a question</source>
            <translation>Pode sair em um dia sem perguntar</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>Limite diário, em GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Definir</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>Um endereço novo espera</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>Até lá, cada pagamento a ele é perguntado. Assim você tem tempo de notar um endereço que não adicionou.</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>Nada</translation>
        </message>
        <message>
            <source>%1 h</source>
            <translation>%1 h</translation>
        </message>
    </context>
    <context>
        <name>SettingsScreen</name>
        <message>
            <source>Reading</source>
            <translation>Leitura</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Trabalho e dados</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Avisos</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>Segurança</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>Dinheiro</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Rede</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>Perfis</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Novas versões</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Ajuda</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Ajustes</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>Cada mudança é guardada na hora.</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>Partes dos ajustes</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Fiança</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>Novas versões</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>Não há nada a fazer. Essa versão não será oferecida de novo.</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versão</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>Continuar baixando</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Baixar</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>Parar; continuar depois</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Olhar de novo</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>Procurar uma versão nova</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>Procurar sozinho uma vez por dia, nunca onde se paga por megabytes</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>De um pen drive ou de uma pasta…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>De um pen drive ou de uma pasta</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>Ela precisa estar assinada pelos criadores do Gems, venha de onde vier.</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>Pasta com uma versão nova</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>Procurar ali</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>Da rede, de novo</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>Leitura em voz alta</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>Oferecer leitura de instruções e tarefas em voz alta</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>Este sistema não tem voz. Instale speech-dispatcher e espeak-ng e abra o Gems de novo.</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>Este sistema não tem voz. Adicione uma nos ajustes do sistema e abra o Gems de novo.</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>F8 começa e para a leitura. Nada é lido sozinho.</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>Velocidade em porcentagem</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>Carteira e segurança</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>Seu endereço</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>Bloquear agora</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>Suas palavras secretas estão no seu papel. Nada aqui as mostra, e ninguém do Gems vai pedi-las.</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>Trabalho e dados</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>Buscar mais tarefas sozinho, das campanhas em que trabalho</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>Ter aqui trabalho para estes dias</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>Dias de trabalho</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>Baixar no máximo, em megabytes por dia</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>Megabytes por dia</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>Também em redes que contam megabytes</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>Esta rede conta megabytes</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>Avisar estas horas antes de uma tarefa vencer</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>Horas antes de uma tarefa vencer</translation>
        </message>
    </context>
    <context>
        <name>StartingScreen</name>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Starting</source>
            <translation>Iniciando</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>Continuar com a cópia de antes da atualização</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>Continuar com a cópia de antes da atualização?</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>Se em vez disso você iniciar a versão mais nova, nada se perde.</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>Continuar com a cópia</translation>
        </message>
    </context>
    <context>
        <name>StatusStrip</name>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Nada a enviar</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>%n resposta a enviar</numerusform>
                <numerusform>%n respostas a enviar</numerusform>
            </translation>
        </message>
        <message>
            <source>Balance %1 %2</source>
            <translation>Saldo %1 %2</translation>
        </message>
    </context>
    <context>
        <name>StoryMessage</name>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Marcado na tarefa: %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>Como eu sei disso?</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>Salvar as provas em um arquivo</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>Mensagens com o cliente</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>Seu cliente vê suas palavras, mas não seu nome nem seu endereço.</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>Enviar a mensagem</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>Avisar de novas mensagens aqui</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>Não avisar mais de mensagens aqui</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>Ela sai na próxima conexão. %1 de %2 caracteres.</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>Sua mensagem</translation>
        </message>
    </context>
    <context>
        <name>TalkMessage</name>
        <message>
            <source>Take back</source>
            <translation>Retirar</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Denunciar um problema</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>Gravação com %n trecho</numerusform>
                <numerusform>Gravação com %n trechos</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Gravação</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 e %2 definem onde um trecho começa e termina, Enter marca, Tab passa pelos trechos, Delete tira um.</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>Space toca, as setas andam um segundo, com Shift cinco, com Ctrl um décimo; mais e menos aproximam e afastam, 0 mostra tudo.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Um trecho está selecionado: arraste as bordas ou aperte %1 e %2, uma etiqueta o muda, Delete tira.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>Escolha uma etiqueta e arraste sobre a onda, ou aperte %1 e %2 enquanto toca, e depois Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>Expandido</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>Recolhido</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>Voltar um mês (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>Avançar um mês (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>Obrigatório</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>Isto precisa de resposta</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>Mensagens</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>As setas selecionam.</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>As setas selecionam uma mensagem, E edita uma sua, Delete tira, Escape não deixa nenhuma selecionada.</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>Mensagens: %1 de pelo menos %2</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>Mensagens: %1 de no máximo %2</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>Quem diz</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>Escreva o que %1 diz</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>Escreva uma mensagem</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>Dizer</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
    </context>
    <context>
        <name>TaskChoices</name>
        <message>
            <source>Choose all that fit</source>
            <translation>Escolha todas que servem</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Escolha uma</translation>
        </message>
    </context>
    <context>
        <name>TaskDatetime</name>
        <message>
            <source>Time</source>
            <translation>Hora</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Data</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>Escreva a data como ano-mês-dia, por exemplo 2025-03-31.</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>Escreva ano e mês, por exemplo 2025-03.</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>Escreva o ano com quatro dígitos.</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>Escreva a hora com horas e minutos, por exemplo 14:05.</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>Esta data não pode ser dada. %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>Essa data ou hora não existe.</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>Falta a data.</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>Falta a hora.</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>De %1 a %2</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>%1 ou depois</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>%1 ou antes</translation>
        </message>
        <message>
            <source>YYYY-MM-DD</source>
            <translation>AAAA-MM-DD</translation>
        </message>
        <message>
            <source>YYYY-MM</source>
            <translation>AAAA-MM</translation>
        </message>
        <message>
            <source>YYYY</source>
            <translation>AAAA</translation>
        </message>
        <message>
            <source>Pick from a calendar (arrow down in the field)</source>
            <translation>Escolher em um calendário (seta para baixo no campo)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>HH:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Limpar</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Salvo como %1</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>Esconder a outra resposta</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Mostrar as diferenças</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>%1: igual</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>%1 (tracejado): %n diferença</numerusform>
                <numerusform>%1 (tracejado): %n diferenças</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>Diferenças</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>Salvo neste computador</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>Salvando…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>Ainda não salvo</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
    </context>
    <context>
        <name>TaskImage</name>
        <message numerus="yes">
            <source>Picture of the task with %n region(s)</source>
            <translation>
                <numerusform>Imagem da tarefa com %n região</numerusform>
                <numerusform>Imagem da tarefa com %n regiões</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>Imagem da tarefa</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>Afastar (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>Mostrar tudo (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>Aproximar (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>Mais e menos dão zoom, 0 mostra tudo, M segura uma lupa.</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>N cria um retângulo, Tab passa pelas regiões.</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>N cria uma elipse, Tab passa pelas regiões.</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>Clique nos cantos, ou N põe o primeiro. Tab passa pelas regiões.</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>N põe um ponto, as setas o movem. Tab passa pelas regiões.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>As setas movem o cursor, Space pinta, [ e ] mudam o pincel, E apaga, N começa uma nova máscara.</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>As setas movem o retângulo, com Shift mudam o tamanho, [ e ] giram, Delete remove.</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>As setas movem a elipse, com Shift mudam o tamanho, [ e ] giram, Delete remove.</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>As setas a movem; vírgula e ponto escolhem um canto, que as setas movem, I põe outro atrás dele e Delete o tira. [ e ] giram.</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>As setas movem o ponto, com Shift mudam a largura, Delete remove.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>As setas movem o cursor, Space pinta nesta máscara, E apaga, N começa uma nova máscara, Delete remove esta.</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>Esta máscara tem detalhes demais para ser enviada. Pinte com um pincel mais largo.</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>Clique no lugar, ou mova o cursor com as setas e aperte Enter.</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>Clique ou N põe um canto, as setas movem o último, Backspace o tira, Enter ou um clique no primeiro canto fecha, Escape descarta o polígono.</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>Retângulo</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Elipse</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>Polígono</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Ponto</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>Pincel</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>Ferramentas para a imagem</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>Borracha</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>Pincel: %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Seções</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>Folha anterior (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 de %2</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>Próxima folha (Page Down)</translation>
        </message>
        <message>
            <source>PgUp PgDn</source>
            <translation>PgUp PgDn</translation>
        </message>
    </context>
    <context>
        <name>TaskLabels</name>
        <message>
            <source>Choose a label, then drag a box on the picture (or press N there).</source>
            <translation>Escolha uma etiqueta e arraste um retângulo na imagem (ou aperte N ali).</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>Escolha uma etiqueta e arraste uma elipse na imagem.</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>Escolha uma etiqueta e clique nos cantos da forma na imagem.</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>Escolha uma etiqueta e clique no ponto na imagem.</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>Escolha uma etiqueta e pinte na imagem.</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>Escolha uma etiqueta e selecione palavras no texto.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>Escolha uma etiqueta e arraste sobre o gráfico.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>Escolha uma etiqueta e arraste sobre o som.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>Escolha uma etiqueta e arraste sobre a linha do tempo.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>Escolha uma etiqueta e arraste um retângulo no vídeo.</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>Um retângulo está selecionado: uma etiqueta o muda, Delete remove.</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>Uma marca está selecionada: uma etiqueta a muda, Delete remove.</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Etiquetas</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>Usada todas as vezes permitidas</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>Usuário</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Assistente</translation>
        </message>
        <message>
            <source>System</source>
            <translation>Sistema</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>Ferramenta</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>Desenvolvedor</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>A outra resposta está diferente aqui</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>Editar (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Tirar (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Mensagem</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>Salvar (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>TaskNumber</name>
        <message>
            <source>From %1 to %2</source>
            <translation>De %1 a %2</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>%1 ou mais</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>%1 ou menos</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>em passos de %1</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>Isto não é um número.</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>Esse número deve ser pelo menos %1.</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>Esse número deve ser no máximo %1.</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>Esse número deve seguir passos de %1.</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Valor</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Menos</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>Um número</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mais</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>Escolha a melhor.</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>Escolha uma de duas</translation>
        </message>
        <message>
            <source>First</source>
            <translation>Primeira</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>Segunda</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>uma imagem</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>Uma imagem desta tarefa não pode ser mostrada.</translation>
        </message>
    </context>
    <context>
        <name>TaskParagraphs</name>
        <message>
            <source>Pause</source>
            <translation>Pausar</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Tocar</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>toca o parágrafo onde está o cursor</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>Arraste cada item para onde ele vai, o melhor em cima.</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>Arraste os itens para pôr em ordem, o melhor em cima.</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>move o cartão com o teclado, um dígito o classifica</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>move o cartão com o teclado</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>Esta ordem está certa</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>Itens em ordem</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>Item</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>lugar %1 de %2</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>Nada aqui ainda</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>Avaliação</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>Sem avaliação. As setas dão estrelas, Delete as tira.</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>Sem avaliação. Números ou setas dão estrelas, Delete as tira.</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>%1 de %2 estrelas</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 de %2</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>Sem avaliação</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>Retângulo</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>Forma</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Ponto</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Elipse</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>Área pintada</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Palavras</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Trecho</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>Retângulo em movimento</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Marca</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>escondido</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>travado</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Esconder</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Mostrar</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Destravar</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Travar</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>Tirar</translation>
        </message>
        <message>
            <source>%1: %2 %3</source>
            <translation>%1: %2 %3</translation>
        </message>
    </context>
    <context>
        <name>TaskRegions</name>
        <message numerus="yes">
            <source>Marked: %n</source>
            <translation>
                <numerusform>Marcado: %n</numerusform>
                <numerusform>Marcados: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Hide all</source>
            <translation>Esconder tudo</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Mostrar tudo</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>Itens marcados</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>As setas selecionam, Delete tira, Alt+H esconde, Alt+L trava, Escape não deixa nada selecionado.</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>esconder</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>tirar</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>travar</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>Nada marcado ainda.</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>nos dois sentidos</translation>
        </message>
        <message>
            <source>to</source>
            <translation>para</translation>
        </message>
        <message>
            <source>from</source>
            <translation>de</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>Virar o sentido (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Tirar (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>Relações: %n</numerusform>
                <numerusform>Relações: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>Relacionar com este (R)</translation>
        </message>
        <message>
            <source>Relate (R)</source>
            <translation>Relacionar (R)</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>Cancelar (Esc)</translation>
        </message>
        <message>
            <source>From %1: click the other one, or select it and press R.</source>
            <translation>De %1: clique no outro, ou selecione-o e aperte R.</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>Selecione o que está marcado, aperte R e clique naquilo com que se relaciona.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Relações</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>As setas selecionam.</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>As setas selecionam, D vira o sentido, Delete tira.</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>Qual é a relação</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>Nada escolhido</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>Escolha todas que servem</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Escolha uma</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>Digite para buscar</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>As setas movem o cursor, com Shift selecionam; Enter ou a tecla de uma etiqueta marca o que está selecionado. Tab passa pelas marcas; Shift com setas move o fim da marca selecionada, Alt com setas o começo, Delete remove.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>As setas movem o cursor, com Shift selecionam.</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>Tabela com %n linha</numerusform>
                <numerusform>Tabela com %n linhas</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>Escolhido</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>Retirar %1</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>Buscar nas classes</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Classes</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>As setas movem, direita abre um ramo, esquerda fecha, Space escolhe.</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>Nenhuma classe tem estas letras no nome.</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>Você pode escolher no máximo %n.</numerusform>
                <numerusform>Você pode escolher no máximo %n.</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>mover</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>abrir, fechar</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>escolher</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>Escreva sua resposta aqui</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>Sua resposta</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>Remover esta resposta</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>Adicionar outra resposta</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>Imagem</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Esta imagem não pode ser mostrada.</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>Medições com %n trecho</numerusform>
                <numerusform>Medições com %n trechos</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Medições</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 e %2 definem onde um trecho começa e termina, Enter marca o trecho ou o momento no cursor, Tab passa pelos trechos, Delete tira um.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>As setas movem o cursor, com Shift dez de cada vez; mais e menos aproximam e afastam, 0 mostra tudo.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Um trecho está selecionado: arraste as bordas ou aperte %1 e %2, uma etiqueta o muda, Delete tira.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>Escolha uma etiqueta e arraste sobre os gráficos; um clique marca um momento.</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>Tarefa coberta</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>Esta tarefa pode perturbar você</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>Fica coberta até você pedir. Deixá-la não custa nada.</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>Mostrar</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
    </context>
    <context>
        <name>TaskVideo</name>
        <message>
            <source>N makes a box, Tab goes through the boxes, arrows move the selected one, Shift with arrows changes its size, %1 makes or takes away a key frame, %2 lets it go or come back, Delete takes it away.</source>
            <translation>N cria um retângulo, Tab passa pelos retângulos, as setas movem o selecionado, Shift com setas muda o tamanho, %1 cria ou tira um quadro-chave, %2 faz sumir ou voltar, Delete tira.</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>Space toca, vírgula e ponto andam uma imagem; mais e menos dão zoom, 0 mostra tudo.</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>Filme</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>Linha do tempo com %n linha</numerusform>
                <numerusform>Linha do tempo com %n linhas</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Linha do tempo</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 e %2 definem onde um trecho começa e termina, Enter marca, Tab passa pelos trechos, Delete tira um.</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>As setas andam uma imagem, com Shift dez; Space toca.</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>Retângulo</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>Um retângulo no meio (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>Sem quadro-chave aqui</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>Quadro-chave aqui</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>Some depois desta imagem</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>Está aqui a partir desta imagem</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>Em outra imagem, mova o retângulo: isso cria um quadro-chave, e ele se move por igual entre eles.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>Escolha uma etiqueta e arraste um retângulo na imagem.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>Escolha uma etiqueta e arraste sobre a linha do tempo, ou aperte %1 e %2, e depois Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>Tarefa</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>Sobre a região %1</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>Começo</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>Este trecho selecionado começa aqui</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>Um trecho começa aqui</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Fim</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>Este trecho selecionado termina aqui</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>Um trecho termina aqui</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Marca</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Mark the stretch between begin and end (Enter)</source>
            <translation>Marcar o trecho entre começo e fim (Enter)</translation>
        </message>
        <message>
            <source>Mark this moment (Enter)</source>
            <translation>Marcar este momento (Enter)</translation>
        </message>
    </context>
    <context>
        <name>TimeZoom</name>
        <message>
            <source>Show more time</source>
            <translation>Mostrar mais tempo</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>Mostrar tudo</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>Olhar de perto</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>Desfazer</translation>
        </message>
        <message>
            <source>Ctrl+Z</source>
            <translation>Ctrl+Z</translation>
        </message>
    </context>
    <context>
        <name>TransferItem</name>
        <message>
            <source>To %1 · fee %2 GEM</source>
            <translation>Para %1 · taxa %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>Efeito das próximas dez tarefas</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>Controles por sorteio</translation>
        </message>
        <message>
            <source>From</source>
            <translation>De</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Com controle</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>Esperados</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>Esperados por acaso</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>Cada sorteio é calculado de novo neste computador com o segredo que a plataforma fixou antes de você trabalhar. Escolha uma linha para salvar as provas como arquivo, para outra pessoa conferir.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Quando</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campanha</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Chance</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Sorteio</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Semente</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>Tipos de trabalho</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Nota %1</translation>
        </message>
    </context>
    <context>
        <name>TrustGrade</name>
        <message>
            <source>Grade</source>
            <translation>Nota</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Nota %1</translation>
        </message>
        <message>
            <source>A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.</source>
            <translation>Um nível conta trabalho conferido e nunca se perde; uma nota pode cair, e uma melhor é sua quando se mantém por dez tarefas conferidas.</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>Confiança</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>Calculado neste computador a partir de vereditos assinados; ninguém pode simplesmente defini-lo.</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>Comparar com a plataforma</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>Tudo o que você ganhou continua seu. Se a plataforma excluir você, aqui você pode recorrer a quem a dirige.</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>Recorra, na Caixa de saída, das rejeições que achar erradas: cada uma que você ganhar conta aqui como certa.</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>Abrir a Caixa de saída</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>Nada se perde com este aviso; ele só olha suas últimas respostas.</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>Leia os motivos na Caixa de saída. Ali você pode recorrer de uma rejeição que achar errada.</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>A plataforma diz algo diferente dos seus vereditos assinados.</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>A conta dela pode estar atrasada em alguns vereditos. Se continuar assim, avise quem dirige a plataforma; as provas abaixo são assinadas.</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>Nenhuma resposta sua foi conferida ainda</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>Cada resposta conferida conta. Comece com qualquer campanha; as sem garantia são o começo mais fácil.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Achar trabalho</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>De onde vem</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>Pontuação ao longo do tempo</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>Respostas conferidas</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Pontuação</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>No mínimo</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>No máximo</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>Onde o valor real deve estar</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>A pontuação aparece aqui a partir da sua segunda resposta conferida.</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>Revisar o trabalho de outros</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>Você pode revisar. Revisões pagam melhor por hora e não precisam de rede depois que estão aqui.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Revisar</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Provas</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>%1 conferidas · %2 certas · %3 na primeira tentativa</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>pontuação de confiança %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>Julgada</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campanha</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Veredito</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>Tentativa</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>Julgada por</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>Uma rejeição só conta quando não pode mais mudar. Até lá, você pode recorrer na Caixa de saída.</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>Ver</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Agora não</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>Seguindo</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Avisar de trabalho novo</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>Escolha seu idioma</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>Proteja neste computador</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>Uma senha mantém outros que usam este computador longe do seu dinheiro. Ela não é enviada a lugar nenhum; se você esquecer, suas palavras secretas ainda funcionam.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Senha</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>Pelo menos 8 caracteres. Algumas palavras seguidas são fáceis de lembrar.</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>Curta demais: pelo menos 8 caracteres.</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>Fácil de adivinhar: ponha mais uma ou duas palavras.</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>Uma boa senha.</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>Uma senha muito boa.</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>A mesma senha de novo</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>Com o chaveiro você não precisa de senha: quem pode usar este computador como você pode usar a carteira.</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>Proteger com esta senha</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>Usar o chaveiro do sistema</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>Recupere sua carteira</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>Saldo, vales, trabalho aberto, garantias e recursos voltam do que foi assinado. Rascunhos que nunca foram selados, não.</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>Como recuperar</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>Palavras secretas</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>Chave privada</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>Arquivo de chave</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>Suas palavras secretas</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>De 12 a 24 palavras na ordem, em qualquer um dos dez idiomas que têm palavras secretas.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>primeira segunda terceira …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>Usei uma frase extra ou outra conta</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>Frase extra além das palavras</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>Deixe vazio se você nunca teve uma. Uma errada abre outra carteira, vazia.</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>Qual conta</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>Sua chave privada</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>64 dígitos de 0 a 9 e de a a f; pode ter 0x antes.</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>Arquivo de chave</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>Escolhido: %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>Solte o arquivo nesta página, ou digite onde ele está e aperte Enter.</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>Caminho do arquivo</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>Senha do arquivo</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>Solte o arquivo aqui</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Abrindo</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>Recuperar</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Voltar</translation>
        </message>
    </context>
    <context>
        <name>WelcomeScreen</name>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>Rede de prática</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>Passo %1 de 3</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>Procurando sua carteira</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>Gems pede palavras secretas só nesta página, e só para criar ou recuperar uma carteira. Ninguém mais precisa delas, nunca.</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>Ganhe com pequenas tarefas</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>Seu pagamento vai para uma carteira que só você tem. Você não precisa de dinheiro nem de documentos para começar; criar uma leva uns três minutos.</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>Criar uma nova carteira</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>Eu tenho uma carteira</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>Idioma das doze palavras</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>Escreva estas doze palavras em papel</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>Elas são sua carteira: quem as tem, tem seu dinheiro, e elas a trazem de volta se este computador se perder. Nunca tire foto delas.</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>Guarde o papel onde só você possa achar.</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>Anotei as palavras</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Voltar</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>Desbloqueie sua carteira</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>Seu trabalho e seus ganhos estão guardados neste computador; o chaveiro do sistema os abre.</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>Seu trabalho e seus ganhos estão guardados neste computador; a senha os abre.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Senha</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Abrindo</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Destravar</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>Digite as palavras de volta</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>Na ordem delas, do seu papel. As primeiras quatro letras e um espaço bastam para cada palavra.</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>As doze palavras</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>A palavra %1 não é uma delas: olhe no seu papel.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>primeira segunda terceira …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>%1 de 12 palavras</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Comparar</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>Recomeçar com novas palavras</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>Sobre esta tarefa</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>Tarefa %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>Pagamento %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>Instruções</translation>
        </message>
    </context>
    <context>
        <name>WorkPause</name>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
    </context>
    <context>
        <name>WorkScreen</name>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Finish and next</source>
            <translation>Terminar e seguir</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Desfazer</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Refazer</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Instruções</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Teclas</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Mostrar as diferenças</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>Ir ao próximo elemento</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Mostrar a imagem toda</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Tirar o que está selecionado</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>Devolver</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Salvar de novo</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>Esta resposta foi rejeitada: %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Marcado na tarefa: %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>Corrija e termine de novo; ela volta sozinha à revisão.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>%n tarefa feita</numerusform>
                <numerusform>%n tarefas feitas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>%n resposta a enviar</numerusform>
                <numerusform>%n respostas a enviar</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Nenhuma tarefa aqui ainda</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>Elas rendem até %1 GEM quando são aceitas. Selar as assina com sua chave, para ninguém poder mudá-las; respostas seladas saem assim que houver conexão.</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>Estão seladas e seguras neste computador, e saem sozinhas quando houver conexão.</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>Estão seladas e a caminho.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>Pegue um lote de tarefas; elas ficam neste computador e podem ser feitas sem rede.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Selando e enviando…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Selar para enviar</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Selar e enviar</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Achar trabalho</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>Abrir a caixa de saída</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>Esta tarefa não indica nenhuma gravação.</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>{at} de {whole}</translation>
        </message>
    </context>
    <context>
        <name>FilmPart</name>
        <message>
            <source>Picture {at} of {whole}</source>
            <translation>Imagem {at} de {whole}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>Esta tarefa não indica nenhum vídeo.</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>0.05 GEM por tarefa e um minuto cada: 3 GEM em uma hora.</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>1 GEM = {worth} {code}, como você digitou, {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>1 GEM = {worth} {code}, diz a plataforma {name} ({source}), {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>Falta 1 tarefa conferida para você poder revisar.</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>Falta 1 tarefa conferida para outros clientes para você poder revisar.</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>Falta 1 tarefa conferida para o próximo nível.</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>Falta 1 resposta certa para você poder revisar.</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>Falta 1 resposta certa para {grade}.</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>10 % quer dizer: cerca de uma em cada dez respostas é conferida.</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>Um retângulo ou contorno não encaixa</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>Uma campanha tem de uma a três rodadas.</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>Um canal não pode ser para ninguém nem para o contrato.</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>Um canal fecha em 7 a 90 dias; foi dado outro prazo.</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>Um canal precisa de uma chave que assine seus vales.</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>Um saque não pode ir para o endereço zero nem para o contrato.</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>Um saque não deu certo</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>Um saque já está a caminho.</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>Um saque é de outro canal.</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>Um saque tem uma hora impossível.</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>Um clique nele abre o Gems.</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>Um canal fechado nunca abre de novo: você não ganha mais nada nele.</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>Uma moeda que a blockchain pede por cada pagamento. Você não precisa dela: um mensageiro paga por você.</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>Um computador que guarda uma cópia do seu vale mais novo e protege seu pagamento quando você não está.</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>Uma decisão mudou enquanto isso.</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>Um arquivo teria {what}, e pediria novidades.</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>Uma tarefa pronta vence: envie antes de {time}.</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>Um teste escondido</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>Uma letra de A a F que diz quão certo estava seu trabalho conferido. Notas melhores abrem mais trabalho.</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>Uma nota vai de 1 a 5.</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>Uma mensagem tem de 1 a 1.000 caracteres.</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>Uma retirada da sua fiança já está a caminho.</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>A versão nova vem do mesmo lugar de onde veio esta. Sua carteira e seu trabalho são mantidos.</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>Havia um vale mais novo. Ele foi guardado e vale a partir de agora.</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>Um número é grande demais para ser guardado.</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>Um júri tem 1, 3, 5 ou 7 revisores; as condições dizem outra coisa.</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>Uma parte do pagamento que vai para quem confere. Você já vê o pagamento sem ela.</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>Uma parte mudou no caminho.</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>Uma imagem ou arquivo de uma tarefa chegou mudado ou quebrado.</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>Um perfil precisa de um nome.</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>Uma cotação não tem exatamente os seus campos.</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>Uma cotação não tem hora.</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>Uma resposta rejeitada pode ser corrigida ou ter recurso.</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>Uma rejeição só conta quando você não pode mais recorrer dela.</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>Uma rejeição precisa de um motivo.</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>As palavras secretas devem ser 12, 15, 18, 21 ou 24; aqui há: {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>Uma garantia volta quando o trabalho é aceito. Quando ele é rejeitado de vez, a garantia se perde.</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>Um número de passo está fora dos limites.</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>A soma de um passo está malformada.</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>Uma tarefa desta campanha ainda está sendo julgada na blockchain.</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>Uma tarefa vence: termine e envie antes de {time}.</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>Uma tarefa foi reaberta enquanto isso.</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>Uma tarefa com resposta certa já conhecida. Ela mede a qualidade do trabalho e nunca decide o pagamento.</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>Um veredito sobre esta tarefa foi levado à blockchain.</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>Um veredito desta rodada ou de uma maior já vale.</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>Um revisor deste júri já julgou a tarefa antes.</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>Um voto não está assinado por seu revisor.</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>Uma torre de vigia está fora de alcance ou não aceitou o vale.</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>Uma página web responde no lugar da plataforma: esta rede quer que você faça login.</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>Um trabalhador com bom histórico, que por isso confere o trabalho de outros e é pago.</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>Uma linha amarela avisa quando algo precisa de você logo.</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Aceito</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>Aceita em {time}.</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>Tarefas aceitas que são julgadas de novo: {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>Trabalho aceito espera {time} antes de ser pago: até lá o cliente pode contestar, e outros julgam.</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>Aceito, ainda não pago</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>Adicione um segundo, de outra pessoa, em Ajustes.</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>Adicione uma torre de vigia em Ajustes, ou envie o arquivo do vale a alguém que possa entregá-lo antes do fim.</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>Adicionar um endereço à sua lista?</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>Depois de senhas erradas, a carteira espera antes da próxima tentativa, em segundos: {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>Depois de trabalhar para alguém, dê sua avaliação; ela ajuda o próximo trabalhador.</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>Após {n} respostas conferidas: {score}, entre {low} e {high}</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>Confere</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>Todas as campanhas conhecidas aqui</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>Todas as tarefas dela já foram pegas.</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>Todos os tipos de tarefa</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>Todos os idiomas</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>Tudo em uma só soma. Inclui também o que está em revisão ou em jogo, embora ainda não esteja decidido.</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>Todo o pagamento dos seus vales até então</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>Todas as palavras estão na lista, mas juntas não servem: uma está errada ou fora do lugar.</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>Todo o seu trabalho pronto, de feito até pago. Mesmo esperando, ele está seguro neste computador.</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>Primeiro autorize a quantia toda; Gems faz isso sozinho quando a ordem é dada de novo.</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>Quantia: {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>Uma quantia em uma mensagem não é um número inteiro de unidades básicas.</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>Uma resposta mudou enquanto isso.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>Um recurso precisa de um motivo, em no máximo 2.000 caracteres.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>Um recurso precisa de um motivo, em no máximo 500 caracteres.</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>Um recurso ocupa o lugar da segunda tentativa, que pagaria {amount} GEM. Você só pode fazer um dos dois.</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>Um mais velho, desde {time}</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>Irritação</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>Outro tipo de arquivo tem este nome.</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>Outro movimento</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>Outro motivo</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>Outro mensageiro foi autorizado a levar este saque.</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>Outro veredito vale na blockchain, então este caso não paga nada.</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>Responda por conta própria; a outra resposta não é mostrada a você.</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>Respondidas às cegas</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>As respostas são conferidas pela regra “{name}”.</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>As respostas feitas desde então vêm junto se esta versão conseguir ler. Vales e garantias são buscados de novo na plataforma, e nada é assinado no seu canal antes de se conhecer o vale mais novo.</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>Respostas que este cliente rejeita</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>Qualquer download</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>Todo o resto sobre o que há aviso</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Recorrer</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>Recorrer de um veredito?</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>Júri do recurso</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>Recorra quando tiver passado mais tempo, ou pegue trabalho com garantia.</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>Recursos decididos: {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>Recursos ganhos pelo trabalhador: {won} de {n}.</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>Chegou</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>Chegaram à plataforma: {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>Se está começando, escolha uma sem garantia.</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>Enquanto não for enviada, você pode pegar de volta e mudar.</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>Em {time}</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>Peça um novo preço e saque de novo.</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>Peça um novo preço.</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>Peça a resposta mais uma vez; seu próprio arquivo pode ser enviado de novo sem problema.</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>Peça a resposta ao seu arquivo mais novo, ou grave um novo.</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>Peça à plataforma que termine. Se ela não terminar, qualquer pessoa pode: a função finish_close do contrato só precisa da descrição que está no arquivo do vale, e um pouco de moeda de gás.</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>Pedindo tarefas…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>Pelo menos 80 % das suas respostas estão certas.</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>Pelo menos 90 % das suas respostas estão certas.</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>Em jogo</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>Em jogo em trabalho ainda não julgado: {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>Na plataforma</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Com controle</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>Controladas: {had} de {n}. Apenas o acaso daria {expected}.</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>Controles passados: {n}. Onde uma taxa paga a conferência, ela cai com eles.</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>Primeiro comece.</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>Comece o pagamento de novo.</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>Começada, guardada neste computador</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>Sendo enviada</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>Notas melhores abrem trabalho que paga mais, e depois a revisão.</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>Entre 80 e 95 de cem certas.</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>Revisão às cegas</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>Bloqueado: o trabalho de {who} não é mais oferecido a você.</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Fiança</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>A fiança voltou</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>Fiança posta em um recurso</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>Leve de novo amanhã.</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>Traga a resposta de volta do mesmo jeito.</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>Recupere a carteira com suas palavras secretas em um novo perfil.</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>Recuperando seu trabalho: {done} de {total}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>Pela regra da campanha: sem garantia; uma parte do pagamento vai para a conferência.</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>Pela regra da campanha: outras pessoas conferem cada resposta.</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>Pela regra da campanha: várias pessoas fazem a mesma tarefa até ser bastante certo o que está correto.</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>Pela regra da campanha: algumas respostas são sorteadas e conferidas, as outras são pagas por inteiro.</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>Pela regra da campanha: o trabalho é pago, a menos que dois desconhecidos, pagos pelo cliente, o rejeitem.</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>Apenas pela plataforma</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>Chegaram tarde: {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campanha</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>Fim da campanha</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>Campanhas escondidas: {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>Pode voltar do pagamento</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>A resposta do nó {place} da blockchain não faz sentido.</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>Responde, segue a blockchain e tem os contratos do Gems: nó {place}.</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>Sem contato com o nó {place} da blockchain.</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>No nó {place} estão os contratos, mas a chave da plataforma não está registrada lá.</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>Este nó não é da blockchain desta rede: {place}.</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>Este nó da blockchain, {place}, está {minutes} minutos atrasado.</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>Este nó da blockchain, {place}, mostra outros contratos que não os do Gems nos endereços desta rede.</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>Chance de ser conferida</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>Mude as condições da campanha e planeje de novo.</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>Mudar o que pode sair sem perguntar?</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Canal</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>Confira se a pasta do perfil é sua e se o disco funciona.</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>Confira o endereço do nó em Ajustes e sua conexão; há nova tentativa.</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>Confira o endereço.</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>Confira as quantias e tente de novo. Se acontecer de novo, atualize o Gems.</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>Confira a conexão, ou use outro nó da blockchain.</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>Confira a conexão; o trabalho continua sem ela.</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>Confira o disco. Se faltar algo, guarde esse arquivo.</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>Confira o disco; a próxima cópia ocupa o lugar dela.</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>Confira o pen drive e o nome do arquivo.</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>Falta trabalho conferido para mais um cliente para você poder revisar.</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>Falta trabalho conferido para mais {more} clientes para você poder revisar.</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>Escolha um prazo de 7 a 90 dias.</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>Escolha um arquivo de chave da versão 3, como as carteiras exportam, ou use as palavras secretas.</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>Escolha uma quantia até o que está livre nela.</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>Escolha uma resposta para cada região.</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>Escolha uma resposta.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Escolha outra pasta.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Escolha outro nome.</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>Escolha outro arquivo de rede.</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>Escolha outro trabalho, ou tente mais tarde.</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>Escolha outro trabalho.</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>Escolha outra coisa.</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>Escolha a melhor para cada região.</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>Escolha a melhor.</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>Escolha o arquivo de uma cópia.</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>Escolha o arquivo que vai aqui.</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>Escolha o que está errado e explique em no máximo 500 caracteres.</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>Escolha o que está errado.</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>Escolha seu idioma. Você pode mudar quando quiser.</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>Sacar</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>Saque; trabalho novo precisa de um canal novo.</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>Saque mais tarde, quando tiver juntado mais.</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>Saque o que puder, avise a plataforma e não pegue mais trabalho até ela responder.</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>Já sacado antes</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>Sacado antes, de outro computador</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>Sacado no total</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>Sacado para sua carteira</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Clareza</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>Fechar um arquivo que leva seu trabalho à plataforma?</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>Feche de novo. Com um pouco de moeda de gás também dá para iniciar por conta própria: a função start_close do contrato.</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>Feche quando houver mais para sacar.</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>Feche outros programas antes de tarefas com imagens grandes ou vídeos.</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>Feche outros programas que usam a pasta e tente de novo.</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>Feche o polígono que não está terminado.</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Fechar seu canal de pagamento?</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>Fechando</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>Compare cada palavra com seu papel e digite de novo, ou recomece com novas palavras.</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>Compare o endereço todo com o que deram a você, não só as primeiras letras.</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>Compare com o que você anotou, palavra por palavra, na ordem.</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>Complete cada região.</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>Complete e termine de novo.</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>Conecte este computador a uma rede uma vez, por um minuto.</translation>
        </message>
        <message>
            <source>Contract</source>
            <translation>Contrato</translation>
        </message>
        <message>
            <source>Contributor</source>
            <translation>Colaborador</translation>
        </message>
        <message>
            <source>Copy the whole address again and compare its first and last letters.</source>
            <translation>Copie de novo o endereço todo e compare as primeiras e as últimas letras.</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>Copie de novo a chave toda; ela pode começar com 0x.</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>Corrija, ou recorra até {time}: um dos dois.</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>Corrigida</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>Já contada quando você a pôs</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>Conta como {n}: tarefas fáceis, e muitas para um só cliente, contam menos.</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>Conta quantas das suas tarefas foram conferidas. Só cresce.</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>Crueldade com animais</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>Limite diário</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>Dados de hoje</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>Dados usados nos últimos 14 dias: {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>Prazos seguem a hora da plataforma, então nada seu se atrasa por isso.</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>A operação falhou; nada foi tirado</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>Diferente</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>Em disputa</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>Trabalho em disputa</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>Em disputa, julgado de novo</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>Em disputa; outros revisores julgam</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>Pare nesta rede; compare o arquivo de rede com o de quem a publica.</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>Pare de trabalhar nesta rede até quem a publica explicar. Se apenas um dos seus nós diz isso, use outro, em Ajustes.</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>Primeiro faça algumas tarefas.</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Documentos</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Pronto</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>Sorteadas só pela plataforma, sem semente do cliente: {n}.</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>Sorteios ainda não revelados, e não contados aqui: {n}.</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>Cada linha é uma campanha: as tarefas, o pagamento, o pagamento por hora e a garantia.</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>Ganhe mais para sua fiança e recorra antes de acabar o tempo.</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>Ganho nos últimos {n} dias: {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Ganhos</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>Digite em Ajustes o endereço de um nó da blockchain certa.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>Cada resposta é conferida por outras pessoas, que devem concordar; você pode corrigir uma resposta rejeitada uma vez.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>Cada resposta é conferida por outras pessoas. Sua garantia de {stake} GEM volta com o pagamento quando elas concordam; você pode corrigir uma resposta rejeitada uma vez.</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>Cada mudança é guardada na hora. Nada se perde se faltar luz.</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>Cada pagamento é perguntado, por mais {time}</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>Todo o resto</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>Tudo aqui é para testar. Dinheiro da rede de prática não vale nada.</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>Tudo o que havia foi pago. {amount} GEM chegaram à sua carteira.</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>Tudo julgado; {n} aceitas, pagas se ninguém contestar</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>Tudo enviado e julgado</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>Tudo enviado; {n} esperam um veredito</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>Tudo o que foi salvo antes ainda está lá.</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>Tudo o que seu canal dever a você quando isto for feito sai dele, menos a taxa.</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>Tudo o que você fez está salvo.</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>Provas gravadas em {path}</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>Exemplo {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>Exemplo {n} de {total}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>Trocando com a plataforma</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>Experiente</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>Exportar a chave da sua carteira para um arquivo?</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Justiça</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Taxa</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>Taxa do mensageiro: {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>Taxa para quem confere</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Taxa do mensageiro</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>Primeiro busque as novidades e tente de novo; se continuar assim, mostre os dois números à plataforma.</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>Buscando {done} de {total}</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>Poucas respostas rejeitadas e pagamento rápido são bons sinais.</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>Menos controles do que o acaso explica (1 em {one_in}).</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Achar trabalho</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>Termine antes de acabar o tempo.</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>Pare de terminar trabalho para esta plataforma. Mantenha este computador conectado de vez em quando até o fechamento terminar.</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>Pronta, ainda não selada</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>Primeiro alguns exemplos: {share} deles devem estar certos. Eles não custam nada, não pagam nada e podem ser repetidos.</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Primeiros passos</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>Primeira tentativa</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>Achado ruim</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>Livre na sua fiança</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>Libere espaço e tente de novo, ou inicie a versão que você tinha antes.</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>Libere espaço e tente de novo.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>Libere espaço, ou escolha outra pasta ou pen drive.</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>Libere espaço, ou pegue menos tarefas.</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>A partir de agora seu pagamento enche a fiança até aqui e não mais: {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>Da sua fiança, quando o fechamento terminar, a partir de {time}: {amount} GEM.</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>A partir de {time} você pode levar ao contrato.</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>Primeiro ponha dinheiro nela, ou compare as condições com o que foi pago.</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>Com dinheiro</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>GEM não podem ser enviados ao endereço zero.</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>GEM não podem ser enviados a este endereço.</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>GEM seus, separados para garantias e recursos. Deles, o que está livre você pode tirar de novo.</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>GEM que são só seus, na blockchain. Você pode guardar ou enviar a quem quiser.</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>GEM que você põe com uma resposta. Voltam se a resposta é aceita, e se perdem se ela fica rejeitada.</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>GRAM é controlado por dois revisores que devem concordar.</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>Moeda de gás</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>Gems não fechou direito da última vez.</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>Gems já está aberto com este perfil.</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>Gems envia de novo sozinho.</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>Gems envia o resto sozinho.</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>Gems {gems}, Python {python}, Qt {qt}, em {system}</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>Já dá para baixar o Gems {version} ({size}).</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>Preparando</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>Informe uma data ou hora para cada região.</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>Informe uma data ou hora.</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>Informe um número para cada região.</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>Informe um número.</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>Avalie cada região.</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>Faça uma avaliação.</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>Informe uma quantia acima de zero.</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>Informe outro endereço.</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>Informe outra quantia.</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>Informe menos.</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>Informe o endereço de alguém.</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>Devolva a pasta ao seu usuário, ou tire a proteção contra gravação do disco.</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>Responda você.</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>Devolvida</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>Alegria</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>Continue trabalhando. Olhe seus ganhos de novo em uma hora.</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>Continue; se acontecer de novo, feche o aplicativo e abra de novo.</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>Voltando à cópia de antes da atualização</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>Bom o bastante para continuar; mais trabalho conferido dirá mais.</translation>
        </message>
        <message>
            <source>Grade</source>
            <translation>Nota</translation>
        </message>
        <message>
            <source>Grade {grade}.</source>
            <translation>Nota {grade}.</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>Metade dos pagamentos chega mais rápido; 95 de 100 em até {time}.</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>Metade das revisões levou menos de {time}.</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>Metade das tarefas levou menos de {time}.</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>Entregar o trabalho pronto?</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>Entregar suas revisões?</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>Entregue ao mensageiro</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>Ofensas e discurso de ódio</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>Aqui está tudo o que você terminou, e em que pé está.</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>Escondida: {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Início</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>Trabalho honesto rende em média</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>Horas que um endereço novo espera: {after} em vez de {before}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>Quão bom é seu trabalho, no mínimo e no máximo, até onde as conferências mostram. Mais trabalho conferido aproxima os dois.</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>Quanto tempo leva do envio da sua resposta até o pagamento ser seu.</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>Quanto tempo uma tarefa costuma levar.</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>Quantas de cem respostas a este cliente foram rejeitadas. Baixo é bom para você.</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>Quantas das suas respostas outras pessoas olham. Você não tem como saber quais, então faça bem cada uma.</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>Quantas rejeições outros acharam erradas ao julgar de novo. Alto quer dizer: vale a pena recorrer.</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>Se ela falhar duas vezes ao iniciar, volta a versão anterior. Sua carteira e seu trabalho são mantidos.</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>Se for rejeitada, leia o motivo. Corrija, recorra ou aceite assim.</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>Se ninguém responder a tempo, o contrato decide pelas regras.</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>Se a rejeição está errada, recorra e diga por quê. Antes você vê a fiança.</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>Se a janela continuar preta, use GEMS_RENDERER=software.</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>Se perder, custa a você: {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>Se perder, a rejeição vale.</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>Se perder, a rejeição vale; a fiança e o que você deixou pelo recurso se perdem.</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>Se você pode tentar de novo, corrigir costuma ser o mais rápido.</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>Se quiser isso, peça de novo e aceite naquela janela em até dois minutos.</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>Se ganhar, você recebe {wins} GEM. Se perder, custa {loses} GEM.</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>Se você trabalha também em outro computador, está tudo certo. Se não, avise a plataforma.</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>Em um dia: {after} GEM em vez de {before} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>Em revisão</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>Nesse tempo o cliente também pode pagar dois desconhecidos para olhar de novo; apenas se os dois acharem o trabalho ruim, até {amount} GEM do pagamento voltam.</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>Neste canal você terá posto, no total: {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>Na sua lista de endereços como: {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>Na sua pasta</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>Na sua carteira</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>Instale o Gems de novo. Até lá, tarefas com imagens não podem ser mostradas.</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>Instale o Gems de novo; no Debian, ./dev setup diz o que falta.</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>Instale de novo a versão mais nova.</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>Ela pede uma garantia; sua fiança ainda não basta. Comece com trabalho que não pede nenhuma.</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>Pede dados pessoais, ou mostra</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>Ela pede que você passe primeiro nas práticas dela; isso não custa nada.</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>Rende a você {amount} GEM.</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>Veio com o gerenciador de pacotes do sistema, que também traz as novas versões.</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>Pode ser feito até: {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>Impossível de ler ou entender</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>Impossível retirar: o envio começou, então a plataforma pode já ter a resposta.</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>Vem sozinho quando suas respostas são aceitas.</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>Custa um pouco de moeda de gás, que qualquer pessoa pode pagar. Todos veem o caso na blockchain.</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>Não custa nada a você, e paga {amount} GEM quando for aceita. Você tem até {time}.</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>Não custa nada a você. Você tem até {time}.</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>Gasta {size} de dados.</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>Gasta {size} de dados; o programa inteiro seriam {whole}.</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>Foge das instruções</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>Precisa chegar antes de {time}, quando a primeira tarefa dele vence.</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>É uma fraude, ou quer pagar fora da plataforma</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>É contra a lei</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>A cópia é feita sozinha assim que houver conexão.</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>É de antes deste perfil. A assinatura da plataforma ou a blockchain prova a soma; cada tarefa em si não está neste computador.</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>Nunca é feito duas vezes.</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>Ainda não se sabe se há uma versão mais nova.</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>Ainda não está na blockchain. Pode ser levado agora.</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>Está na blockchain e alguém recorreu: é julgado de novo até {time}.</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>Está na blockchain. Esse contrato pode pagar depois de {time}.</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>É um passo, de 1 GEM no máximo, e conta como devido a você. Nenhum outro é assinado antes de ele ser pago; o resto da sua fiança fica onde está.</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>É devido a você e vem com o próximo vale.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>É pago se o cliente não contestar até {time}.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>É pago se o cliente não contestar.</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>É enviado de novo até a plataforma assinar que recebeu, e conta uma vez.</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>Haverá nova tentativa; confira o endereço da torre em Ajustes.</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>Está com a plataforma como você enviou.</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>É sua vez: recorra ou aceite assim. Se não fizer nada, a rejeição fica.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>É sua vez: corrija, recorra ou aceite assim.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>É sua vez: corrija ou aceite assim.</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>Sai na próxima conexão, no máximo até {time}.</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>Paga diferente do que diz</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>Mostra coisas que perturbam sem avisar antes</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>Foi usado um vale mais velho que o seu, então todo o resto é seu: {amount} GEM no fim.</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>Quer que eu abra um link ou um programa</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>Ficou como estava. Seu dinheiro está na blockchain e suas palavras secretas o abrem em qualquer lugar.</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>Nada foi guardado nem aberto.</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>Faltou mostrar à blockchain a tempo, então o contrato não pode pagar.</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>Ficou intacto.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>Seu cliente contestou; outros revisores aceitaram de novo.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>Seu cliente contestou; outros revisores rejeitaram.</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>Seu cliente contesta. Outros revisores julgam de novo.</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>Seu cliente paga dois outros revisores para olhar de novo este trabalho aceito.</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>Seu cliente escreveu:</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>As palavras secretas dela estão no seu papel: elas recuperam a carteira em qualquer computador.</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>As palavras secretas dela nunca foram comparadas com seu papel. Sem elas, a carteira está apenas nesta pasta.</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>Seu tempo acabou antes da entrega.</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>Julgue só o que a instrução pede, não o que você gosta.</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>Julgado até {time}.</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>Guarde suas doze palavras em papel em um lugar seguro. Confira uma vez por ano se consegue lê-las.</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>Guardado no chaveiro do sistema</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Guardado.</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>Resposta conhecida</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>Último dia para contestar</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>Últimos {n} dias: {paid} GEM por hora em tarefas pagas, {all} GEM com o tempo não pago</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Depois</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>Depois de uma semana</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>Mínimo e máximo</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>Tire o sinal que separa os milhares.</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>Resta na sua fiança para garantias: {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>Deixe uma torre de vigia ou uma pasta guardar uma cópia do seu vale.</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>Deixe quem recebe entregar.</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>Nível</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>Seu nível {n}: {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>Seu nível: {level}.</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>Linhas gravadas em {path}: {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>Travado para você no canal</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>Travado no canal</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>Travado no contrato por trabalho ainda aberto.</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>Olhe de novo mais tarde ou escolha outra campanha.</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>Procure de novo mais tarde, ou escolha outra pasta. Sua versão continua funcionando.</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>Procure de novo mais tarde. Se veio de um pen drive, peça para gravarem de novo.</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>Olhe de novo quando chegar a hora; a caixa de saída diz quando.</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>Procure de novo quando tiver conexão, ou pegue uma versão nova de um pen drive.</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>Olhe de novo.</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>Olhe a quantia e o endereço, e tente de novo.</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>Olhe a resposta e a instrução ao lado.</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>Olhe o caso: deve ser o desta tarefa, inteiro e como foi assinado.</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>Olhe o saldo da carteira antes de pagar de novo.</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>Procure uma em Ajustes, em Novas versões. Antes de baixar, você vê quantos dados ela gasta.</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>Olhe aqui antes de trabalhar para alguém novo.</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>Veja se já existe um arquivo assim, e se o disco está cheio.</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>Última procura: {time}</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>Para procurar uma versão nova é preciso conexão.</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>Procurando uma versão nova…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>Perda média</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>Perdido: outros revisores também rejeitaram.</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>Crie uma carteira. Não custa nada e não precisa de banco nem de nome.</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>Crie uma, ou recupere uma com as palavras dela.</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>Crie uma, ou recupere a sua, na janela.</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>Abra espaço antes de pegar mais trabalho; aquilo que está guardado está seguro.</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>Libere espaço e continue. Tudo o que já chegou fica guardado.</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>Muitas tarefas do mesmo tipo, de um só cliente, com um preço e um conjunto de regras.</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Marca</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>Marque pelo menos uma região.</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>Medido sobre o trabalho que foi feito de verdade.</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Medições</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>Imagens médicas</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>Mensagens de clientes: {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>Dinheiro pode ir para lá</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>Dinheiro pode ir para lá na hora, dentro do seu limite diário, sem perguntar.</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>Dinheiro pode ir para lá sem perguntar, dentro do seu limite diário, depois destas horas: {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>Mais controles do que o acaso explica (1 em {one_in}).</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>Mais das suas últimas respostas foram rejeitadas do que é comum para você.</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>Passar parte da sua fiança para o que você pode sacar?</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>Passado da sua fiança para o que você pode sacar</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>Passado para sua fiança</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>Indique uma torre de vigia ou uma pasta em Ajustes para ter cópias em outro lugar.</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>Diga de quem é.</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>Nome: {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>Nenhuma das duas</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>Nunca tire foto delas e nunca as diga a ninguém, nem a nós.</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>Avisos novos: {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Novas versões</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>Trabalho novo</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>Novato</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>Novidades que precisam de conexão para conferir: {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>Novidades: {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>Nove tarefas rendem 1 GEM e uma não rende nada: 0.90 em média.</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>Nenhuma resposta foi julgada ainda, então nada se pode dizer sobre justiça.</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>Nenhum pedido sobre esta tarefa está em espera.</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>Nenhum arquivo pela metade ficou para trás, e seu trabalho está guardado neste computador.</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>Ainda sem trabalho julgado</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>Ainda sem trabalho julgado.</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>Nenhuma chave foi indicada.</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>Não é mais oferecida</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>Muito tempo sem rede? Na Caixa de saída escolha “Sem rede…” e grave um arquivo em um pen drive.</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>Nenhuma cotação de {code} dos últimos 30 dias é conhecida. Digite uma, ou espere a da plataforma.</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>Ainda sem avaliação.</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>Nenhuma rejeição teve recurso.</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>Sem garantia. {fee} do pagamento cobre a conferência enquanto seu histórico é curto; {audit} das suas respostas são conferidas. A taxa cai a cada resposta conferida que estava certa.</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>Nenhuma tarefa aqui</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>Nenhuma tarefa para pagar.</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>Nenhum veredito desta tarefa espera na blockchain.</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>Nenhuma versão do Gems foi encontrada ali.</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>Ainda sem trabalho que possa ser sorteado para controle.</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>Ninguém confere uma resposta, a menos que o cliente pague dois desconhecidos para isso; todo o resto é aceito como está.</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>Ninguém escreveu aqui ainda.</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>Ninguém julgou a tempo, então conta como aceita.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Nenhuma</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>Nenhuma das campanhas em que você trabalha tem tarefas para você agora.</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>Sem controle</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>Ainda não há trabalho conferido o bastante.</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>Não explicado pelo que há aqui</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>Ainda não revelado</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>Errada</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>Não enviada: esta conversa está fechada</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>Não tem certeza? Devolva; isso não custa nada.</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>Recusadas; a caixa de saída diz o que fazer: {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>Ainda não usado</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>Nada além do pagamento; a rejeição vale.</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>Nada pode ser cobrado na blockchain desta plataforma até ela registrar sua chave. Avise a plataforma.</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>Impossível pôr zero em um canal.</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>Nada foi pago ainda.</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>Nada nele mudou.</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>Nada foi respondido ainda.</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>Nada está travado por trabalho aberto.</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>Nada se perde com isso. Se acontecer muito, salve um relatório em Ajustes.</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>Nada se perdeu; a carteira ainda está sendo criada.</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>Nada falta. Da sua fiança vêm {amount} GEM no fim.</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>Nada mais: está encerrado.</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>Nada precisa ser feito. A fiança vem sozinha quando o fechamento terminar.</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>Nada precisa ser feito: o passo é enviado de novo sozinho. Se passar dias sem ser pago, avise a plataforma e não pegue mais trabalho dela.</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>Nada dela foi guardado. Sua versão continua funcionando.</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>Nada estranho: é mais ou menos o que o acaso dá.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Nada a enviar</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>Nada a enviar. Um arquivo ainda pode pedir novidades: vereditos e pagamentos.</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>Nada foi aceito, e nada está em jogo.</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>Nada foi aceito.</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>Nada foi mudado e as palavras não foram guardadas.</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>Nada foi mudado e o que você digitou não foi guardado.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Nada foi mudado.</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>Nada foi mudado. Sua carteira continua guardada neste computador.</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>Nada foi movido.</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>Nada foi enviado, e tudo o que foi assinado está guardado aqui.</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>Nada foi enviado.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>Nada foi assinado e nada está em jogo.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>Nada foi assinado e nada foi mudado.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>Nada foi assinado e nada foi enviado para lá. Suas chaves e seu trabalho estão neste computador.</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>Nada foi assinado.</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>Nada foi guardado ainda.</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>Nada foi guardado.</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>Nada foi tirado. Você pode tentar de novo.</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>Nada foi pego; o que você tem aqui está seguro e pode ser terminado e enviado.</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>Avisos de hoje: {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Agora</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>As teclas de número escolhem uma resposta; Enter termina a tarefa. F2 mostra todas as teclas.</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>Contestações do cliente a respostas aceitas: {n}; confirmadas: {won}.</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>De nenhum cliente</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>Destes, agora: {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>Das suas últimas {last}, {rejected} foram rejeitadas: pior que sua média.</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>Das suas últimas {last}, {right} estavam certas: melhor que sua média.</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>Sem conexão: continue trabalhando, é enviado depois</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>No Debian, instale libpulse0. Tarefas sem som e vídeo funcionam.</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>Em média</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>Na blockchain, esperando confirmações</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>Saindo da sua fiança</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>Saindo da sua fiança: {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>A caminho: {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>Uma resposta a enviar</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>Uma é criada quando respostas são seladas.</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>Um número que diz quão bom foi seu trabalho, contado neste computador a partir de vereditos assinados.</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>Um dos votos aceita este trabalho, então ele não prova nenhuma recusa.</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>Um outro revisor, que não julgou antes</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>Uma tarefa está aqui, uns {time} de trabalho</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>Falta uma tarefa neste lote</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>Conectado</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>Apenas um nó da blockchain está definido, então nada do que ele diz pode ser comparado.</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>Apenas o árbitro das condições pode decidir isto.</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>Apenas o contrato de campanhas pode fazer isto.</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>Apenas o contrato que julga pode fazer isto.</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>Apenas a plataforma pode ler, e ninguém pode mudar no caminho.</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>Apenas quem recebe pode entregar este pagamento assinado.</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>Apenas o cliente da campanha pode fazer isto.</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>Apenas as duas partes de um canal podem fechá-lo.</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>Só é aceito o que os criadores do Gems assinaram, venha da rede ou de um pen drive.</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>Apenas você pode ler a pasta do perfil.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>Apenas {megabytes} MB estão livres no disco do perfil.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>Apenas {megabytes} MB de memória estão livres.</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>Abrir o Gems</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>Abra um navegador, faça login na rede e tente de novo.</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>Abra uma para ver o que pode ganhar e perder antes de pegar algo.</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>Abra a Caixa de saída e leia por que sua resposta foi rejeitada, com o lugar apontado.</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>Abrindo seu perfil</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>Outras campanhas</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>Outras pessoas fazem a mesma tarefa, uma depois da outra, até ser bastante certo qual resposta está certa; não há segunda tentativa.</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>Outras pessoas julgam de novo. Se ganhar, você recebe seu pagamento e sua fiança de volta.</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>Outros usuários deste computador podem ler a pasta do perfil.</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>Outros revisores julgam de novo, no máximo até {time}.</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>Outro trabalho</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>Outros trabalhadores</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Caixa de saída</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>Anulada</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>Devido a você</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>Pago no máximo até</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>Pago antes; esse trabalho não está neste computador</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>Pago no seu canal</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>Pago no seu canal.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Pago</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>Pago quando outros concordam</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>Pago com o próximo vale.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Pagamentos</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>Pagamento por revisão</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>Pagamento por tarefa</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>Pagamento por respostas que você enviou e que ainda não foram decididas. Até lá não é seu.</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>Pague por menos tarefas.</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>Pague por menos.</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>Pagamento por olhar sua correção</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>Pague por uma tarefa ou mais.</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>Pagamento por estas revisões</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>Pagar por trabalho de uma campanha?</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>Pagamento por trabalho que está sendo julgado de novo. Logo se decide quem recebe.</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>Pagamento neste vale</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>Sacar seus ganhos?</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Pagamento por hora</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>Pagamento decidido mas ainda não assinado. Ele vem no próximo vale da plataforma.</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>Pagamento que é seu, provado pela assinatura da plataforma. Você pode sacar quando quiser.</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>Canal de pagamento</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>Não paga nada e não tem risco.</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>Multa</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>Multa se rejeitada</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Imagens</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>A placa de vídeo desenha as imagens.</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>As imagens são desenhadas sem placa de vídeo, e isso basta.</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>Imagens de desconhecidos são abertas em um processo separado.</translation>
        </message>
        <message>
            <source>Pillar</source>
            <translation>Pilar</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Plataforma</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Prática</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>Praticar com três exemplos</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>Preparando a campanha: {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>Aperte A se a resposta está certa.</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>Aperte R se está errada e escolha o motivo: quem fez precisa saber o que corrigir.</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>Aperte “?” ao lado de qualquer número para ler o que quer dizer.</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>Provavelmente menos de 55 % das suas respostas estão certas.</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>Provavelmente menos de 70 % das suas respostas estão certas.</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>Proteja a carteira com uma senha.</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>Protegido por sua senha</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>Posto no contrato</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>Ponha os itens em ordem para cada região.</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>Ponha os itens em ordem.</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>Fazer garantias?</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>Gems não funciona com Python {python}.</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>Falha ao carregar o Qt.</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Sair</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>Leia a instrução primeiro. Ela diz o que é uma boa resposta.</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>Pronto para sacar</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>Pronto para sacar agora: {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>Atualize e escolha de novo.</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>Atualize e tente de novo.</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>Atualize para ver como está.</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>Atualize e olhe o que a blockchain diz agora.</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>Frequente</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Rejeitado</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>Respostas rejeitadas</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>Rejeitada em {time}.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Relações</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Mensageiro</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>Liberar tarefas pelas quais você foi pago?</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>Primeiro remova algo.</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>Remova o programa do mesmo jeito que ele foi instalado.</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>Remova o programa com o uninstall.sh, que está na pasta dele.</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>Remova o programa com o gerenciador de pacotes do seu sistema.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Cliente</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Relatório do cliente</translation>
        </message>
        <message>
            <source>Requester {who}</source>
            <translation>Cliente {who}</translation>
        </message>
        <message>
            <source>Requesters blocked: {n}</source>
            <translation>Clientes bloqueados: {n}</translation>
        </message>
        <message>
            <source>Restore the wallet from its seed words; move vault.json aside first.</source>
            <translation>Recupere a carteira com as palavras secretas; primeiro mova vault.json para outro lugar.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Revisar</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>Revisão n.º {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>Revisão n.º {n}, respondida às cegas</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>Revisor</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>Revisões julgadas: {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Pagamento</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>Pagamento 1 GEM, taxa 5 %: você vê e recebe 0.95 GEM.</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>Pagamento por tarefa</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>Pagamento da tarefa</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Certa</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>Salvo como {file}.</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>Sele de novo.</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>Sele e envie suas respostas</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>Selado, a enviar</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>Segunda olhada</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>Segunda tentativa</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>Automutilação</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>Enviar GEM da sua carteira?</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>Envie menos tarefas por vez.</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>Envie até {time}.</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>Envie, ou retire primeiro.</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>Envie menos, ou saque primeiro o que está no seu canal.</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>Envie menos, ou ponha GEM na conta primeiro.</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>Envie o que está feito, espere os vereditos e depois tente de novo.</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>Prazo para enviar</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>Está em andamento o envio desta resposta: a plataforma pode já ter recebido.</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>Enviando {done} de {total}</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Enviado</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>Enviado a outro endereço</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>Enviado, ainda não julgado</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>Enviado. Devolva o pen drive, com a resposta nele: {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>Ponha um bloqueio e um limite diário se outros usam este computador.</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>Acerte o relógio deste computador; até lá, as horas que ele mostra estão erradas.</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>Acerte o relógio; até lá, Gems usa a hora da plataforma.</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>Acerte a data e a hora, e procure de novo.</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>Ajustes, segurança e cópias</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>Revisões suas encerradas que depois foram anuladas: {overturned} de {reviews}.</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>Conteúdo sexual</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>Mostre isto à plataforma. Se você tem um arquivo de vale, ou conhece uma torre de vigia que guardou o seu, busque lá um vale mais novo: em Ajustes, Dinheiro, em A salvo.</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>Puladas</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>Algumas pedem exemplos primeiro. Eles não custam nada, e você pode repetir.</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>Parte disto pode perturbar.</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>Algumas tarefas rendem mais, outras menos ou nada. Esta é a média de muitíssimas tarefas.</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>Alguém recorreu do primeiro veredito; você é um dos que julgam de novo.</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>Alguém é ofendido ou ameaçado</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>Alguém do júri não está entre os revisores das condições da campanha.</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>Alguém leva o pen drive a um computador com rede. Ninguém pode ler nem mudar seu trabalho.</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>Alguém que leva seu saque à blockchain e paga a moeda de gás, por uma pequena taxa.</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>Outra coisa</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>Algo deu errado neste aplicativo.</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>Algo está errado com seu canal</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>Algo ficou faltando</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Som</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>Som e vídeo podem ser tocados.</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>Som e vídeo não podem ser tocados aqui.</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>Som e vídeo não podem ser abertos neste computador: falta uma biblioteca do sistema (no Debian: libpulse0).</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Rapidez</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>Garantia</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>Garantia 0.10, pagamento 0.50: se aceita, você recebe 0.50 e seus 0.10 de volta.</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>Garantia em risco</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>A garantia voltou</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>Garantia perdida</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>Garantia feita</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>Garantia, perdida com a rejeição</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>Assumir uma campanha?</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>Inicie o Gems em uma sessão com tela.</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>Inicie o Gems uma vez para criá-lo.</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>Inicie o Gems: ele recupera a cópia boa mais nova e guarda o arquivo danificado. Confira o disco.</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>Inicie a versão mais nova, ou recupere a carteira com as palavras dela em um novo perfil.</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>Inicie com --home e uma pasta em um disco deste computador, ou faça com que esta possa ser usada.</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>Iniciante</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>Iniciando a blockchain</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>Iniciando a plataforma</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>Fique conectado um momento: Gems devolve os vales sozinho. Depois tente de novo.</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>Fique conectado um momento: Gems envia sozinho. Depois tente de novo.</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>Fica livre para sacar</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>Use pelo menos {n} caracteres; algumas palavras seguidas são fáceis de lembrar.</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>Pegue tarefas o bastante enquanto tem conexão.</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>Primeiro retire, se puder.</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>Pare de pegar trabalho desta plataforma até a chave dela ser registrada.</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>Nesta rede, não pegue trabalho nem envie dinheiro; compare o arquivo dela com o de quem a publica.</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>Pegue tarefas enquanto tem conexão; você pode fazê-las sem rede.</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>Tire deles a permissão de ler: chmod 700 na pasta.</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Pegue suas primeiras tarefas</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>Retirada</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>Pegar tarefas</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>Tarefa n.º {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>Tarefa n.º {n}, corrigida</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>Tarefa {index}, tentativa {attempt}: outros julgam de novo na rodada {round}.</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>Tarefa {n} de {campaign}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>Tarefas julgadas: {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>Tarefas que vencem logo: {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>As tarefas que você pega ficam guardadas para você até certa hora. Ninguém mais as recebe antes.</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>Tarefas vencidas: {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>Umas dez; você pode fazê-las sem rede.</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>Textos</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>Isso é daqui a uma hora</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>Essa senha não abre esta carteira.</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>A página Confiança mostra quanto falta.</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>A conta tem menos GEM do que devia enviar.</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>A quantia mudou.</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>A quantia é maior do que cabe em um canal.</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>A quantia é zero ou grande demais.</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>A resposta antes da correção</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>A resposta não está completa</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>A resposta não está assinada por quem fez a tarefa.</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>A resposta que foi rejeitada</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>A resposta não foi registrada na blockchain antes do prazo.</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>A resposta não foi assinada pela plataforma.</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>Quem julga é o júri do recurso. Você não precisa fazer nada.</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>A atribuição não está assinada pela plataforma.</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>A barra mostra o mínimo e o máximo que já são certos. Cada conferência a deixa mais curta.</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>Use o botão grande para seguir: para sua próxima tarefa ou para trabalho novo.</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>A conta não está assinada pela plataforma.</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>A fiança e a garantia da tarefa; a rejeição vale.</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>A fiança de {amount} GEM se perde.</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>A meta da fiança está guardada.</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>A fiança que você põe</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>A fiança; a rejeição vale.</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>De novo o ônibus chegou uma hora atrasado.</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>A campanha não tem essa rodada.</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>A campanha ainda não terminou.</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>A campanha desta revisão não está neste computador.</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>A campanha desta tarefa não está neste computador.</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>A campanha terminaria longe demais no futuro.</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>A campanha já teria terminado.</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>As rodadas, a chance de controle ou a multa da campanha não são possíveis.</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>Esse contrato de campanhas tem outro juiz.</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>As campanhas precisam de um juiz.</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>Esse caso é sobre outra atribuição desta tarefa.</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>Caso gravado em {path}</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>A blockchain não pode ser consultada agora.</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>A blockchain tem outro veredito, não este.</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>A blockchain não tem dinheiro para esta campanha.</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>A blockchain não conhece esse canal.</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>A transação não foi aceita pelo nó da blockchain: {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>Os nós não mostram nada da última meia hora: pararam de seguir a blockchain.</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>A blockchain diz algo diferente da plataforma sobre o dinheiro: veja abaixo.</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>Este canal está fechando ou fechado.</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>Este canal não está sendo fechado.</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>Este canal não foi guardado.</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>As próprias verificações falharam.</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>Esse saque veio mais tarde do que você permitiu.</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>Esse saque não foi aceito.</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>A hora deste computador está errada.</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>A hora deste computador parece estar errada.</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>Esse fechamento já está a caminho.</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>Fechamento entregue ao mensageiro. A palavra da blockchain vem em um momento.</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>Ainda não dá para terminar o fechamento do canal.</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>Seu canal podia ter terminado de fechar há um dia, e a plataforma não terminou.</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>Esse fechamento do seu canal que você pediu não foi feito.</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>A garantia já está saindo.</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>Pago pelo contrato na sua carteira.</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>Esse contrato guarda sua fiança para você. Terminar não tem último dia, e ninguém mais pode pegá-la.</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>Esse contrato não pode tirar tantos GEM da conta.</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>Esse contrato recusou a chamada sem dar motivo: um número nela não serve, ou faltou gás.</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>Chamada recusada pelo contrato: {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>Esse contrato não acerta mais nada desta campanha hoje.</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>A cópia é de {day}. Registros que a versão mais nova gravou desde então: {count}.</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>Impossível ler o banco de dados.</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>Banco de dados danificado.</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>Banco de dados em ordem: {answers} respostas, {unsent} ainda não enviadas.</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>Banco de dados deste perfil estava danificado.</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>Banco de dados gravado por uma versão mais nova do Gems.</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>A data deste computador está errada.</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>A decisão sobre sua resposta: aceita, ou rejeitada com um motivo.</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>A espera para sair ainda não acabou.</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>A descrição da rede não pode ser usada.</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>Disco cheio, então isto não pôde ser salvo.</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>Disco cheio.</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>Este documento não tem essa página.</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>Este documento está travado com uma senha.</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>Você pode parar e continuar quando quiser. Enquanto baixa, continue trabalhando.</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>Este computador calculou o sorteio de novo.</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>Saldo do depósito baixo demais para este veredito.</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>As provas foram gravadas em {path}</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>Quanto menos, melhor: julgue pelo que foi pedido.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Este arquivo não pode ser lido.</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>Este arquivo não pode ser gravado lá.</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>Este arquivo não pôde ser aberto.</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>Este arquivo não pôde ser gravado.</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>Este arquivo está danificado.</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>Este arquivo ainda não está neste computador.</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>Este arquivo é grande demais para abrir com segurança.</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>Este arquivo no disco não é o desta tarefa.</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>Este arquivo abre com a senha que você acabou de digitar para ele.</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>Arquivo da carteira danificado.</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>Arquivo da sua carteira danificado.</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>Este arquivo demorou demais para abrir.</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>Os arquivos deste perfil não podem ser lidos ou gravados.</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>A primeira: {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>A primeira denúncia continua valendo.</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>Os dois primeiros são comparados antes de acreditar em dinheiro.</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>Os quatro números dizem o que você ganhou, o que pode sacar, o que está em revisão e o que espera o envio.</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>Vale o mais alto que ela assinou para você, e está guardado aqui. As duas assinaturas dela provam isso.</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>A chave com que a plataforma assina não está registrada para ela na blockchain.</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>A chave que assinou não está registrada na blockchain para esta plataforma.</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>A chave foi gravada em {path}</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>A etiqueta está errada</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>A lista no fim diz por que cada quantia veio ou foi.</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>As listas de canais e quantias têm tamanhos diferentes.</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>A rede local de prática não iniciou.</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>Sua resposta não foi sorteada, então ninguém confere: ela é aceita.</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>Ainda falta verificar o dinheiro na blockchain.</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>Dinheiro em que você é pago. Um GEM tem muitas partes pequenas, para poder pagar trabalhos pequenos.</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>Dinheiro deste depósito já está saindo.</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>Dinheiro verificado na blockchain por este computador.</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>A rede pede primeiro um login próprio.</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>A nova senha vale a partir de agora.</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>Não foi possível gravar a versão nova: o disco está cheio, ou não se pode gravar nada ali.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>A versão nova começa na próxima vez que você abrir o Gems, nunca no meio do seu trabalho.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>A versão nova começa na próxima vez que você abrir o Gems. Nada do que você faz é interrompido.</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>A cópia mais nova não pode ser lida.</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>Vale mais novo, desde {time}</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>A próxima nota, {grade}, ainda está longe.</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>Quem dirige a plataforma respondeu ao seu recurso, e a exclusão continua. Você pode escrever de novo.</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>Os outros revisores concordam com você.</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>Os outros revisores julgaram diferente, então esta revisão não é paga.</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>Esse júri não tem esse lugar.</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>Esse júri não está na ordem dos endereços.</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>Esse júri não está assinado pela plataforma.</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>A parte do Gems que guarda suas chaves parou.</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>A senha está vazia.</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>A senha é curta demais.</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>Esse pagamento não está assinado pelo cliente da campanha.</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>Esse pagamento desta conta não foi recebido.</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>A permissão para pegar GEM veio tarde demais.</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>A imagem não pôde ser aberta.</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>A imagem está danificada.</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>A imagem ainda não está neste computador.</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>A imagem é grande demais para mostrar com segurança.</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>A imagem no disco não é a desta tarefa.</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>A imagem demorou demais para abrir.</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>A plataforma responde, assinado com a chave dela, em {milliseconds} ms.</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>A plataforma voltou de uma cópia e ainda não tem seus vales mais novos.</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>A plataforma está fora de alcance.</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>A plataforma não consegue acessar suas imagens, sons e vídeos.</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>A plataforma não consegue acessar seus dados guardados.</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>A plataforma não alcança a blockchain.</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>A plataforma fecha seu canal</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>A plataforma não conseguiu ler o que foi enviado.</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>A plataforma conta vereditos que este computador recusou, porque as provas não se sustentam. Eles são olhados de novo a cada início; se continuar assim, mostre os números à plataforma. Vereditos recusados: {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>A plataforma conta seu histórico de outro jeito que este computador, então o pagamento e a chance de controle não seriam os seus. Controles passados seguidos, tarefas deste tipo certas e tarefas deste tipo conferidas, pela conta dela e pela deste computador: {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>A plataforma conta {theirs} controles passados, este computador {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>A plataforma conta {theirs} tarefas conferidas, este computador {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>A plataforma conta {theirs} respostas certas, este computador {ours}.</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>A plataforma não aceitou o login.</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>A plataforma não aceitou</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>A plataforma não aceitou.</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>A plataforma não aceitou. Aquilo que você deixou por isso é seu de novo.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>A plataforma não aceitou seu recurso: ele chegou tarde demais.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>A plataforma não aceitou seu recurso; a rejeição vale.</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>A plataforma não permite isto à sua conta.</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>A plataforma não tem mais isto.</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>A plataforma não tem esta campanha.</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>A plataforma não aceita seu trabalho. Mostrado à blockchain antes de o tempo acabar, ele conta como entregue; se não vier um veredito, o contrato pode pagar você com a garantia da plataforma.</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>A plataforma não dá mais tarefas agora.</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>A plataforma dá a você a nota {theirs}, este computador calcula {ours}.</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>A plataforma não dá mais tarefas a você. Uma pessoa da plataforma lê o que você escreve.</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>A plataforma tinha perdido seus registros mais novos. Seus vales e seu trabalho foram devolvidos a ela.</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>A plataforma anunciou que vai retirar a garantia.</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>A plataforma recebeu e pergunta a outros revisores.</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>A plataforma perdeu seus registros mais novos e não aceitou seus vales de volta.</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>A plataforma não tem garantia que possa pagar isto.</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>A plataforma não fez a parte dela. Você pode levar ao contrato.</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>A plataforma não pagou um passo da sua fiança que você assinou.</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>A plataforma não tem nada novo para você.</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>A plataforma só tem uma parte disto.</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>A plataforma mostrou à blockchain que não deve nada por este trabalho.</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>A plataforma assinou que recebeu</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>A plataforma assinou que recebeu seu trabalho, e não trouxe nenhum veredito. Aqui o contrato pode pagar você com a garantia da plataforma.</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>A plataforma tem seu recurso; outros revisores vão julgar de novo.</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>A plataforma está fechando seu canal e o mensageiro dela não aceita seu saque.</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>A plataforma está fechando seu canal de pagamento.</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>A plataforma está retirando a garantia, então nenhuma garantia é feita para o trabalho dela.</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>A plataforma pode tirar do dinheiro da campanha, no total: {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>A plataforma teve um erro próprio.</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>A plataforma oferece uma revisão com outro pagamento ou garantia que não o prometido pela campanha.</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>A plataforma oferece uma tarefa com outro pagamento, garantia ou chance de controle que não o prometido pela campanha.</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>A plataforma abre até {time}.</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>A plataforma deve a você a mesma soma, pronta para sacar. Se ela não responder, este passo é o que você pode perder.</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>A plataforma recusou isto.</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>A plataforma diz que você pôs mais garantia do que este computador conhece.</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>A plataforma diz {theirs}; os resultados assinados dão {ours}.</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>A plataforma mostra um vale menor do que o que publicou.</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>A plataforma assinou que tem sua resposta.</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>A plataforma assinou dois vales diferentes com o mesmo número.</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>A plataforma assinou seu pagamento</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>A plataforma ainda tem tempo para responder a este pedido.</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>A plataforma ainda tem tempo para responder.</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>A plataforma ainda tem tempo, até {time}. Depois disso, pode ser levado.</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>A plataforma recebe envios de outro jeito.</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>A plataforma espera a liberação de tarefas que pagou a você.</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>A plataforma quer que você faça login de novo.</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>Vales no arquivo diário da plataforma somam menos do que ela assinou para você antes.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>A chave da plataforma para arquivos para levar não está aqui.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>A chave da plataforma para arquivos para levar é velha demais.</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>A chave da plataforma ainda não está aqui. Conecte este computador a uma rede uma vez, por um minuto.</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>A chave da plataforma não está registrada na blockchain, então nenhuma garantia é feita para o trabalho dela.</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>A assinatura da plataforma por tudo o que ela deve a você. Com ela a blockchain paga você, aconteça o que acontecer.</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>A assinatura da plataforma foi conferida neste computador quando chegou.</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>Falha ao iniciar o processo que abre imagens.</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>Este perfil está aberto em outra janela do Gems.</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>Este perfil ainda não existe neste computador: {profile}.</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>Perfil {profile} encontrado.</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>Impossível gravar na pasta do perfil.</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>Esse recibo não está assinado pela plataforma.</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>A gravação ou o vídeo está codificado de um jeito não permitido aqui.</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>A gravação, o vídeo ou o documento é longo demais para abrir com segurança.</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>A chamada recusada não mudou nada, e nenhum GEM se moveu.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>A chamada recusada não mudou nada. Tudo o que está no depósito fica lá.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>A chamada recusada não mudou nada. Suas provas estão guardadas e podem ser levadas de novo.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>A chamada recusada não mudou nada. Seus vales estão guardados neste computador.</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>A rejeição é definitiva. Sua garantia de {amount} GEM está perdida.</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>A taxa do mensageiro é maior do que o saque rende.</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>A liberação não está assinada pelo trabalhador.</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>Falha ao salvar o relatório: o disco está cheio ou não pode ser gravado.</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Sobre o cliente</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>Contestado pelo cliente.</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>Chegou a hora de o cliente sair: nenhum veredito novo.</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>Pagamento acima do das condições.</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>Esse pagamento não passa do que a segunda tentativa pode ter.</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>Pagamento da tarefa; a fiança e a garantia voltam, e a rejeição não conta.</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>Pagamento da tarefa; a garantia volta, e a rejeição não conta.</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>A regra: outras pessoas fazem a mesma tarefa, até ser bastante certo qual resposta está certa.</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>A regra: dois desconhecidos olham. Só se os dois acharem ruim, parte do pagamento volta.</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>A regra: {k} de {n} revisores precisam concordar.</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>A pontuação foi de {first} a {last}.</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>A própria tela usa esta tecla. Aperte uma letra, um dígito ou um sinal.</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>A loja abre às nove.</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>A assinatura não é da conta que tem os GEM.</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>Esse pagamento assinado veio tarde demais.</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>Esse pagamento assinado ainda não vale.</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>Os votos assinados não puderam ser lidos de novo agora. Eles foram conferidos quando chegaram.</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>A fonte de uma cotação começa ou termina com um espaço.</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>A fonte de uma cotação não é uma linha de texto simples com no máximo 80 caracteres.</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>A garantia da tarefa, que uma segunda tentativa poderia salvar; a rejeição vale.</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>A garantia que você pôs</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>A garantia não foi aceita.</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>A assinatura da garantia não é do trabalhador do canal.</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>Pronto para guardar a chave da carteira: o chaveiro do sistema.</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>A tarefa terminou sem veredito, então o que você pôs voltou.</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>A tarefa não está na conta que foi assinada.</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>As condições pedem menos votos que meio júri.</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>As condições pedem mais votos do que um júri tem.</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>As condições dão mais de 30 dias para refazer.</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>As condições não indicam uma plataforma, ou uma que não pode ser.</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>As condições não indicam um cliente, ou um que não pode ser.</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>As condições não pagam nada por uma tarefa.</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>A parte dos pagamentos nas condições está fora dos limites.</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>Ainda não acabou o tempo para recursos.</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>Tempo para recursos fora dos limites.</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>Acabou o tempo para recursos.</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>Acabou o tempo dela</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>Acabou o tempo para isto.</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>Acabou o tempo da primeira tarefa dele.</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>Acabou o tempo para recorrer.</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>Um token não pode ser criado sem alguém que o receba.</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>Os GEM não foram movidos pelo token.</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>Esse envio não foi aceito.</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>As duas mensagens não se contradizem.</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>As duas partes do caso são sobre tarefas diferentes.</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>As duas senhas são diferentes.</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>A atualização não foi instalada.</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>Tanto o veredito como os votos estão assinados. Este computador conferiu cada assinatura e contou esta quantia sozinho.</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>A resposta dos revisores é a resposta da tarefa; não há segunda tentativa.</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>A versão instalada continua funcionando. Sua carteira e seu trabalho não foram tocados.</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>Os votos não estão na ordem dos lugares.</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>Esse vale não traz nada que não foi sacado antes.</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>Esse vale está guardado neste computador.</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>Esse vale não está assinado pela chave deste canal.</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>A espera acabou. Esse contrato paga assim que alguém pedir.</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>A carteira está bloqueada.</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>A retirada da garantia não foi começada.</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>A retirada deste depósito não foi começada.</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>Quem fez a tarefa está no júri dela.</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>Os {amount} GEM que você pôs nela podem se perder.</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>Depois abra Achar trabalho e pegue suas primeiras tarefas.</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>Depois chegam os vereditos dos outros; seu pagamento entra assim que bastantes concordam.</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>Faltam votos para um veredito.</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>Existem mais novidades; grave outro arquivo para recebê-las</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>Nenhuma imagem em movimento no arquivo.</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>Existem votos para uma tarefa sem resposta.</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>Existe um perfil com este nome.</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>Existe uma tela para desenhar.</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>Existe uma carteira, mas as palavras secretas dela nunca foram digitadas de volta.</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>Existe uma carteira; as palavras dela foram anotadas e digitadas de volta.</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>Seu canal tem menos do que a taxa do mensageiro.</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>Nem som nem imagem no arquivo.</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>Ainda não há cópia do banco de dados.</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>Nenhum contrato de campanhas no endereço dado.</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>Aqui não há uma cópia de antes de uma atualização.</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>Ainda não há banco de dados.</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>Nenhum veredito final sobre esta tarefa aqui.</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>Nenhuma outra rodada para recorrer.</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>Nenhum chaveiro seguro para usar.</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>Nenhum vale mais novo lá; seu vale é o mais novo.</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>Nenhum canal de pagamento aberto para mover algo.</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>Ainda não há canal de pagamento.</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>Nenhum relatório deste cliente.</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>Falta espaço para o arquivo.</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>Nenhuma tela para desenhar.</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>Nenhum som no arquivo.</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>Essa pasta para o arquivo do vale não existe.</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>Essa imagem não existe no vídeo.</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>Esse perfil não existe neste computador.</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>Nenhum token no endereço dado.</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>Nenhum veredito aqui espera por você.</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>Aqui não há veredito do qual você possa recorrer.</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>Nenhum veredito para recorrer.</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>Ainda não há vale.</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>Ainda não há carteira aqui.</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>Ainda não há carteira.</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>Nenhum trabalho deste tipo agora.</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>Sua fiança não tem tanto livre.</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>Nada aqui que o contrato pagaria: está pago, ou a plataforma ainda tem tempo.</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>Ainda não há nada que o contrato pagaria por isto.</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>Ainda não há nada a sacar que valha a taxa do mensageiro.</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>Falta espaço no disco para este trabalho.</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>Falta espaço no disco.</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>Há pouco espaço no disco: faltam {size}.</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>Faltou conexão.</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>Aqui há mais tarefas do que uma campanha pode ter.</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>Estas não são as palavras da sua nova carteira.</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>Estes são os números de um novato; eles mudam com seu trabalho conferido.</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>Nestes lugares não há uma palavra da lista: {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>Estão assinadas e saem quando houver conexão.</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>Eles não viram sua resposta antes de dar a deles.</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>Eles escreveram:</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>Este endereço não está na sua lista.</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>Esta quantia pode ser lida de dois jeitos.</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>Esta resposta saiu da caixa de saída.</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>Esta resposta ainda não está completa: {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>Esta resposta foi aceita antes; o cliente paga você para olhar de novo.</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>Esta campanha não tem práticas.</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>Esta campanha é só para a nota A.</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>Esta campanha é para a nota B ou melhor.</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>Esta campanha é para a nota C ou melhor.</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>Esta campanha acabou.</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>Este arquivo para levar foi selado para outra plataforma, ou há tempo demais.</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>Este computador soma sozinho o que é devido a você, e não aceita vale por menos.</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>Este computador não tem um chaveiro seguro, ou ele está fechado.</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>Este computador viu isso na blockchain.</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>A hora deste computador bate com a da plataforma.</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>A hora deste computador está a {minutes} minutos da hora da plataforma.</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>Esta contradição foi provada antes.</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>Esta cópia do Gems foi feita sem atualizações.</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>Este arquivo não tem nenhum vale.</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>Este é um arquivo para levar, não a resposta a um.</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>Esta é uma resposta, não um arquivo para enviar.</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>Isto é para quem dirige a plataforma: olhe primeiro a garantia.</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>Assim é um aviso</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>Aqui há mais GEM do que cabem em uma campanha.</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>É mais do que pode sair em um dia sem perguntar: {limit} GEM, dos quais {spent} GEM foram usados hoje.</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>Isto não é um endereço, ou uma das letras está errada.</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>Isto não é um arquivo para levar, ou foi cortado.</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>Este endereço não é correto: uma letra ou dígito está errado, falta ou sobra.</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>Este não é um arquivo de chave que o Gems possa abrir.</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>Esta imagem não é de um tipo permitido (PNG, JPEG ou WebP).</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>Isto não é uma chave privada: uma chave tem 64 dígitos de 0 a 9 e de a a f.</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>Esta gravação, vídeo ou documento não é de um tipo permitido (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>Isto não é uma quantia de GEM.</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>Esta não é a tentativa antes da segunda.</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>Este não é o código de uma moeda.</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>Isto não é o que vale um GEM.</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>Esta é a versão mais nova.</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>Esta é sua própria campanha.</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>Esta chave não está registrada para a plataforma.</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>Estas revisões são entregues, seladas às {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>Estas tarefas são entregues, seladas às {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>Estas tarefas são liberadas, seladas às {time}: {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>Isto não move dinheiro.</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>Esta rede conta megabytes, e você os guarda para outras coisas.</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>Este nó não é mais consultado: {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>Esta opção não pode ter tecla.</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>Este perfil já tem uma carteira.</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>Este programa não consegue se atualizar sozinho: não se pode gravar na pasta dele.</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>Esta resposta é do arquivo de outra pessoa, ou de um que você gravou há muito tempo.</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>Esta resposta mudou ou se danificou no caminho, então foi recusada.</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>Esta revisão se faz fazendo a tarefa.</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>Esta revisão não está mais aberta.</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>Este pagamento assinado foi feito ou retirado antes.</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>Esta tarefa não pode mais ser devolvida.</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>Esta tarefa não é uma revisão às cegas.</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>Esta tarefa não está neste computador.</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>Esta tarefa não está mais aberta.</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>Esta tarefa não está aberta a mudanças.</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>Esta tarefa foi aceita e paga antes.</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>Esta tarefa foi levada à blockchain antes.</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>Esta tarefa não foi paga adiantada.</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>Esta carteira não tem senha.</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>Isto já foi feito de outro jeito.</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>Isto não foi confirmado na janela da carteira.</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>Isto não foi assinado: {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>Esta torre de vigia não recebe mais cópias: {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>Este modo de guardar uma carteira é desconhecido.</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>Este trabalho não foi pego: {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>Quem confere não vê sua resposta antes de dar a dele.</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>Três exemplos</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Hora</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>Tempo por tarefa</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Tempo restante</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Tempo até pagar</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>Tempo com tarefas que não renderam nada: devolvidas, rejeitadas ou puladas.</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>Para baixar</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>A baixar por tarefa</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>Passar seu pagamento do canal para sua carteira. Só então você pode enviá-lo a outros.</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>Para este endereço:</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>Para sua carteira na hora: {amount} GEM. A taxa do mensageiro é {fee} GEM.</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hoje</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>Acabaram os megabytes de hoje.</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Juntos</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>Poucas das suas respostas conferidas estão certas para continuar.</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>Ainda há pouco trabalho julgado para dizer quanto é rejeitado.</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>Foi feito pouco trabalho para medir.</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>Pedidos demais em pouco tempo.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>Tentado {n} vezes; nova tentativa às {time}.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>Tentado {n} vezes; nova tentativa na próxima conexão.</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Confiança</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>Pontuação de confiança</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>Tente de novo em um minuto.</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>Tente mais tarde.</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>Tente de novo. Se continuar assim, inicie com --fresh para recomeçar a rede de prática.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>Tente de novo; se continuar assim, devolva a tarefa sem custo.</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>Tente pegar o trabalho de novo.</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>Doze palavras</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>Doze palavras que abrem sua carteira em qualquer lugar. Quem as tem, tem seu dinheiro: não conte a ninguém.</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>Dois outros revisores acharam ruim: parte do pagamento voltou ao cliente.</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>Digite de novo; confira as maiúsculas e o teclado. Suas palavras secretas também recuperam a carteira.</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>Digite a mesma duas vezes.</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>Com GRAM, a garantia do trabalhador deve ser a multa.</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>Em Leitura você muda o idioma, as letras e as cores.</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>Em Trabalho e dados você diz quantos megabytes o programa pode usar por dia.</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>Sob cada tarefa você vê o que acontece depois e até quando.</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>Desbloqueie a carteira de novo; se não ajudar, inicie o Gems de novo.</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>Desbloqueie a carteira e tente de novo.</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>Tempo não pago</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>Até ela ser registrada, Gems não faz garantias para o trabalho dela: nenhum contrato ouviria seu caso.</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>Até então sua resposta precisa ser enviada. Depois disso a tarefa vai para outra pessoa.</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>Até isto acabar, Gems não faz garantias para o trabalho dela.</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>Até esta hora você ou o outro lado podem contestar. Depois dela o veredito vale para sempre.</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>Atualize o Gems e tente de novo.</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>Atualize o Gems. Se acontecer de novo, salve um relatório em Ajustes e avise a gente.</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>Use outro nó da blockchain em Ajustes.</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>Use outro nó da blockchain, ou adicione um segundo para comparar, em Ajustes.</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>Use outro perfil para outra carteira.</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>Use outros nós da blockchain: digite os endereços em Ajustes.</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>Use a chave que criou a campanha.</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>Use o aplicativo empacotado, ou Python 3.11 a 3.13.</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>Use a janela que já está aberta, ou feche-a primeiro.</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>Use a chave deles.</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>Usado {when}</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>Costuma pagar em</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Veredito</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>Revisores</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>Os revisores decidem até {time}.</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>Agora os revisores decidem. Você não precisa fazer nada.</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>Revisores julgaram, e a plataforma não pagou você. Aqui o contrato pode pagar com o depósito da campanha.</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>A versão {new} falhou duas vezes ao iniciar, então a {old} voltou a funcionar.</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>Já dá para baixar a versão {version}.</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>Baixando a versão {version}.</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>A versão {version} está pronta.</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>Veterano</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Vídeos</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>Violência</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>Vale</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>Pago pelo vale {n} de {time}. No total ele diz {paid} GEM para sacar e {bonded} GEM para a fiança.</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>Espere um momento; Gems tenta de novo.</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>Espere até não poder mais mudar.</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>Espere até chegar.</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>Espere até terminar.</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Espere até ficar pronto.</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>Espere até acabar, e depois tente de novo.</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>Espere até a blockchain mostrar.</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>Espere o veredito ser encerrado, e depois termine a saída.</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>Espere, e digite a senha de novo. Suas palavras secretas também recuperam a carteira.</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>Espera a próxima conexão</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Carteira</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>Torre de vigia</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>Semana de {day}: {had} conferidas, {expected} esperadas</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>Devolvido: duas pessoas acharam o trabalho ruim</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>Que dia lindo nós tivemos!</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>Quanto uma resposta rejeitada custa além do pagamento dela. Nunca é mais que sua garantia.</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>Quanto um cliente pôs para pagar o trabalho. Ele não pode tirar enquanto há tarefas abertas.</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>Quem responde não é a plataforma desta rede.</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>Aquilo que não cabe vai no próximo arquivo: {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>Qual é o sentimento de quem escreve?</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>Aquilo que saiu da fiança não serve mais de garantia.</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>Depois de entregue, nada pode ser mudado. Isto não move dinheiro.</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>Aquilo que não está provado não foi aceito. Tudo o que está assinado voltou, e seu dinheiro está como as assinaturas dizem.</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>Depois de pago, não dá para voltar atrás.</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>Depois de enviado, ninguém pode voltar atrás. Compare o endereço todo com o que deram a você.</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>Quanto pode sair da sua carteira em um dia sem pergunta. Para mais, a carteira pergunta antes.</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>Quanto as pessoas ganharam aqui em uma hora, medido em trabalho pago.</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>Tudo o que a versão mais nova gravou é guardado à parte na pasta do perfil, nunca apagado.</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>Quanto a plataforma pôs para pagar você. Ela não pode dever mais que isso a você.</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>Quanto o programa baixa para uma tarefa. Imagens e sons são grandes, texto é pequeno.</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>Quanto o programa enviou e baixou hoje. Em Ajustes você põe o máximo que ele pode usar.</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>Quanto o mensageiro guarda por levar seu saque. Você vê antes de assinar; nunca é mais.</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>Os dados deste movimento não estão mais neste computador.</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>Tudo o que espera é enviado sozinho quando você tem conexão, ou na hora com “Enviar agora”.</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>Aquilo que foi encontrado é velho demais para se confiar.</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>Aquilo que foi oferecido não está assinado pelos criadores do Gems.</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>Foi enviado mais do que a plataforma aceita.</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>Seus ganhos ficam no seu canal.</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>Quanto você recebe por uma tarefa quando ela é aceita.</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>Seus ganhos estão guardados aqui e podem ser sacados. Trabalho sem garantia continua.</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>Seus ganhos estão guardados aqui. Trabalho sem garantia continua.</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>Seu vale mais novo pode ser sacado até o fechamento terminar.</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>Seu vale mais novo é pago na sua carteira na hora, menos a taxa.</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>Seu vale mais novo é entregue por você. Sua fiança vem quando o fechamento terminar.</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>Quando uma resposta é rejeitada</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>Ao enviar GEM, compare o endereço inteiro. Não dá para voltar atrás.</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>Onde seu pagamento fica seguro para você. Só você pode sacar, e ninguém pode tirar de volta.</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>Quem manda fazer o trabalho e paga por ele.</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>Quem instalou o programa pode pôr ali uma versão nova. Sua carteira e seu trabalho ficam em outro lugar.</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>Quem tem o arquivo e essa senha tem tudo nesta carteira, para sempre. Gems nunca pede um arquivo assim.</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>Quem tomar conta deste computador poderia enviar tanto sem você aceitar.</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>Quem gravou tem que gravar de novo.</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>Com a semente do cliente</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>Com dois nós de donos diferentes, um que mente é notado.</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>Com {right} das próximas dez certas: pelo menos {low} %, nota {grade}.</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>Em até um dia</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>Em até uma semana</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>Em até uma hora</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>Em até três dias</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>Sem rede, com um pen drive</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>Sem um recibo da plataforma, só se pode cobrar o que foi registrado a tempo na blockchain.</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>Ganho: sua resposta é aceita.</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Palavras</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Trabalho</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>Trabalhe como sempre. A linha de baixo diz que você está sem conexão; nada se perde.</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>Trabalho seu ainda não foi pago. Neste canal ele não pode mais ser pago.</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>Trabalhar sem conexão</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>Trabalho que pede garantia fica fechado para você até guardar pagamento na fiança de novo.</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>Primeiro trabalho sem garantia: os primeiros ganhos enchem a sua fiança.</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>Trabalhando sem conexão, como você escolheu</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>Pior caso em uma tarefa</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>Feridas e acidentes</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>Escreva pelo menos uma letra.</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>Escreva dígitos com no máximo 18 casas decimais, por exemplo 0.25.</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>Escreva dígitos com no máximo 8 casas decimais, por exemplo 12.50.</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>Escreva as três letras maiúsculas dela, como KES.</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>Escreva as doze palavras em papel, em ordem. Elas são o único caminho de volta ao seu dinheiro.</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>Anote e confirme as palavras: sem elas, um disco quebrado leva o dinheiro junto.</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>Escreva o que está certo na sua resposta.</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>Escreva sua resposta para cada região.</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>Escreva sua resposta.</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>Escrito e assinado. Sai assim que houver conexão.</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>Escrito, ainda não enviado</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>Gravado: {name}. Entregue o pen drive a alguém com conexão.</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>Errada</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>Sim, prometo</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>Sim, adicionar</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>Sim, recorrer</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>Sim, mudar</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>Sim, fechar</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>Sim, exportar</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>Sim, entregar</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>Sim, passar</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>Sim, pagar</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>Sim, sacar</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>Sim, pôr em garantia</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>Sim, liberar</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>Sim, enviar</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Você</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>Você aceitou a resposta.</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>Você adicionou este endereço há pouco. Ele não precisa de pergunta a partir de: {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>Você respondeu.</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>Você recorreu e perdeu: outros revisores também rejeitaram.</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>Você recorreu e ganhou.</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>Você recorreu.</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>Você recorreu. Outros revisores julgam de novo.</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>Você pode sacar na página Ganhos.</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>Você saca 10 GEM, a taxa é 0.02: chegam 9.98.</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>Você corrigiu: sua segunda tentativa toma o lugar dela.</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>Você corrigiu sua resposta.</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>Você devolveu uma tarefa. Não custa nada a você e sua garantia volta.</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>Você desiste do recurso, e com ele do pagamento desta tarefa.</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>Você desiste da segunda tentativa e do recurso, e com eles do pagamento desta tarefa.</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>Você desiste da segunda tentativa, e com ela do pagamento desta tarefa.</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>Você recebeu a tarefa de volta para corrigir, até {time}.</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>Você tinha aceitado esta resposta.</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>Você tinha rejeitado esta resposta: {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>Você tinha pulado esta resposta.</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>Você já recorreu.</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>Você já tem todos os lotes não terminados que uma conta pode ter.</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>Você terminou a segunda tentativa.</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>Você terminou a segunda tentativa; retire-a primeiro se preferir recorrer.</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>Você entregou a segunda tentativa, então o primeiro veredito vale.</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>Você passou nas práticas dela.</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>Você já leu esta resposta. Nada de novo nela.</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>Você já denunciou isto.</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>Você tem a nota mais alta.</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>Você guarda 2 GEM nela; uma tarefa pede garantia de 0.10, então 1.90 ficam livres.</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>Você aceitou a rejeição.</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>Você perdeu recursos demais sem fiança nos últimos tempos.</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>Você pode recorrer de uma rejeição: então outros julgam.</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>Você pode recorrer até {time}.</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>Você pode corrigir uma resposta rejeitada uma vez e enviar de novo.</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>Você pode corrigir.</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>Você pode revisar trabalho deste tipo.</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>Você não precisa de moeda de gás: um mensageiro paga.</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>Você promete o texto, o pagamento e as regras dela a todos que trabalharem nela.</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>Você rejeitou a resposta.</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>Você rejeitou a resposta: {reason}.</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>Você denunciou isto</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>Você salvou como um caso para o contrato.</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>Você diz que uma rejeição está errada, e outras pessoas julgam de novo. Vale a decisão delas.</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>Você assinou isto neste computador.</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>Você escreveu:</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>Sua página Confiança mostra quanto falta.</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>Sua conta já guardou tudo o que pode.</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>Sua resposta foi aceita.</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>Sua resposta foi sorteada para ser conferida.</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>Sua resposta foi rejeitada.</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>Sua resposta:</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>Suas respostas e seu dinheiro estão guardados e intactos.</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>Suas respostas para “{title}” foram julgadas. Como foi o cliente?</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>Seu recurso está escrito e assinado; sai assim que houver conexão.</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>Seu recurso sai com a próxima conexão. Você não precisa fazer nada.</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>Seu recurso espera por quem dirige a plataforma. Aquilo que você escrever agora toma o lugar dele.</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>Sua fiança vem quando o fechamento terminar. Isso leva o tempo com que seu canal foi aberto.</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>Sua fiança não tem o que este recurso pede.</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>Sua fiança não basta para a garantia.</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>Sua fiança, quando o canal terminou</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>Seu canal está sendo fechado</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>Seu canal está aberto como antes, e nenhuma taxa foi cobrada.</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>Seu canal pagou por elas, então esse dinheiro não é pedido de novo a ninguém. Isto não move dinheiro.</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>Seu canal continua aberto e o que está nele continua seu.</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>Seu saque está na sua carteira</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>Seus dados foram mantidos.</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>Seu primeiro pagamento</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>Sua nota diz quão certo estava seu trabalho conferido.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>Suas chaves, seu trabalho e seus vales estão neste computador e não são afetados.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>Suas chaves, seu trabalho e seus vales estão neste computador e não são afetados. Nada foi lançado desta resposta.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>Suas chaves, seu trabalho e seus vales estão neste computador e não são afetados. Nada foi gasto.</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>Seu vale mais novo está sendo entregue por {amount} GEM.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>Seu vale mais novo está guardado aqui e nas suas torres de vigia; ele vale o mesmo na mão de qualquer um.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>Seu vale mais novo está guardado só neste computador.</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>Seu vale mais novo foi gravado em {path}</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>Sua própria ordem enche a fiança com seu pagamento. Em Ajustes você põe até quanto.</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>Seu pagamento segue este caminho: em revisão, devido a você, pronto para sacar, na sua carteira.</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>Seu canal de pagamento está sendo fechado.</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>Seu canal de pagamento está fechado</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>Seu canal de pagamento já está fechando.</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>Sua permissão não serve mais para o canal: outra coisa foi sacada antes.</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>Seu perfil não foi tocado.</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>Sua avaliação está guardada. Obrigado.</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>Sua denúncia vai para quem dirige a plataforma na próxima conexão.</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>Sua parte por uma revisão</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>Sua garantia volta quando os outros revisores veem como você.</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>Suas garantias em trabalho ainda não decidido. Voltam quando o trabalho é aceito.</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>Seu sistema mantém o Gems em dia.</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>Sua pontuação de confiança ainda não permite revisar.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>Seus vales e todas as suas provas estão guardados aqui. Nada é pago duas vezes e nada seu se perde.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>Seus vales e todas as suas provas estão guardados neste computador.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>Seus vales estão guardados aqui. Ambos podem ser mostrados a qualquer um.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>Seus vales estão guardados aqui. As duas assinaturas dela provam isso.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>Seus vales estão guardados aqui. A blockchain paga o mais novo, não importa o que a plataforma lembre.</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>Sua carteira não tem tanto mais a taxa.</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>Sua carteira está como estava.</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>Sua carteira continua guardada neste computador.</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>Sua carteira está guardada e seu trabalho está intacto.</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>Sua carteira assinou. A impressão digital é {code}.</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>Sua carteira assinou o recurso com estas palavras.</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>Seu trabalho está guardado neste computador; nada foi mudado.</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>Seu trabalho está guardado.</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>Seu trabalho foi aceito. Seu cliente ainda pode contestar por um tempo; depois ele é pago.</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>Seu trabalho, suas garantias e seus ganhos voltaram. Aquilo que nunca foi enviado estava só no computador perdido.</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>Suas {checked} tarefas conferidas contam como {counted}: tarefas fáceis, e muitas para um só cliente, contam menos.</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>Para você fazer</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>faltam poucos segundos</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>uma marca</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>faltam cerca de {n} h</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>faltam cerca de {n} min</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>faltam cerca de {n} s</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>uns {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>depois de ser aceito</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>depois do que se perde em média</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>recursos: {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>assim que for enviado</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>como o cliente espera</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>além do pagamento</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>caracteres {start} a {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>calculado para um novato, com {share} de respostas certas</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>calculado com {share} de respostas certas, do seu próprio histórico</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>cada resposta é conferida</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>quadro {n}: {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>pede uma garantia e ainda não há canal de pagamento.</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>a garantia não pode ser feita: {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>o tempo dela está quase acabando.</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>agora mesmo</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>medido</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>medido em trabalho que foi pago</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>ainda sem carteira</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>ninguém foi pago ainda</translation>
        </message>
        <message>
            <source>none</source>
            <translation>nenhum</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>ainda não há trabalho conferido o bastante</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>ainda não se sabe</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nada</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>nada em jogo</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>uma das regiões marcadas</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>só aqui</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>só se o cliente pagar por isso</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>só na outra</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>só não se recebe o pagamento</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>sem fim definido</translation>
        </message>
        <message>
            <source>overlap {share} %</source>
            <translation>coincide {share} %</translation>
        </message>
        <message>
            <source>page {n}: {place}</source>
            <translation>página {n}: {place}</translation>
        </message>
        <message>
            <source>paid within {time} after sending</source>
            <translation>pago em até {time} após o envio</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>provavelmente {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>revisões: {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>enviar em até {time}</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>revisões puladas: {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>tarefas: {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>a plataforma está retirando a garantia, então nenhuma garantia é feita.</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>a chave da plataforma não está registrada na blockchain, então nenhuma garantia é feita.</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>o cliente pode contestar por {time}</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>acabou o tempo</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>até {reward} GEM</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>até {size} por tarefa</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>carteira {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>quando ninguém discorda</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>você não perde nada</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>você perde {amount} GEM</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>seu canal de pagamento ainda não tem depósito confirmado.</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>seu canal de pagamento está fechando.</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>{amount} GEM por tarefa</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>{amount} GEM estão aceitos e são pagos até {time} se nenhum cliente contestar.</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>{amount} GEM estão aceitos e são pagos se nenhum cliente contestar.</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>{audit} das suas respostas são sorteadas e conferidas por dois desconhecidos; uma que os dois acham errada custa {penalty} GEM, as outras são pagas por inteiro.</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>Existem {count} cópias, a mais nova tem {hours} horas.</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>{count} – poucos para dizer mais.</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>{count} – {percent} %, provavelmente {low}–{high} %.</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>{day}: nenhuma tarefa desse dia foi paga ainda</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>{day}: pouco tempo para calcular uma hora</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day}: {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{day}: {paid} GEM por hora em tarefas pagas, {all} GEM com o tempo não pago</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day}: {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>{done} de {total} passos</translation>
        </message>
        <message>
            <source>{evidence}, {meaning}</source>
            <translation>{evidence}, {meaning}</translation>
        </message>
        <message>
            <source>{from_s} – {to_s} s</source>
            <translation>{from_s} – {to_s} s</translation>
        </message>
        <message>
            <source>{good} accepted, {bad} rejected</source>
            <translation>{good} aceitas, {bad} rejeitadas</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>{good} de acordo com os outros, {bad} não</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>{good} ganhos, {bad} perdidos</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>Você chegou a {grade}; é sua se ainda valer depois de mais 1 tarefa conferida.</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>Você chegou a {grade}; é sua se ainda valer depois de mais {more} tarefas conferidas.</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>{grade} – ainda não há trabalho conferido o bastante.</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>{h} h {m} min</translation>
        </message>
        <message>
            <source>{label} {n}</source>
            <translation>{label} {n}</translation>
        </message>
        <message>
            <source>{mark} of 5</source>
            <translation>{mark} de 5</translation>
        </message>
        <message>
            <source>{megabytes} MB are free on the profile's disk.</source>
            <translation>{megabytes} MB livres no disco do perfil.</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>{megabytes} MB de memória livres.</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>{month}: {had} conferidas, {expected} esperadas</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>Faltam {more} tarefas conferidas para você poder revisar.</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>Faltam {more} tarefas conferidas para outros clientes para você poder revisar.</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>Faltam {more} tarefas conferidas para o próximo nível.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>Faltam {more} respostas certas seguidas para você poder revisar.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>Faltam {more} respostas certas seguidas para {grade}.</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>{names} e mais {n}</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>{note} Provavelmente pelo menos {low} % fariam.</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>{note}; {share} delas são aceitas no fim</translation>
        </message>
        <message>
            <source>{n} KB</source>
            <translation>{n} KB</translation>
        </message>
        <message>
            <source>{n} MB</source>
            <translation>{n} MB</translation>
        </message>
        <message>
            <source>{n} answers wait to be sent</source>
            <translation>{n} respostas a enviar</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>{n} dias</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>{n} não responderam.</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>{n} tarefas prontas vencem: envie antes de {time}.</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} h</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>{n} ocultas por seus ajustes</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>{n} guardadas neste computador até haver conexão</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} min</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>{n} de {total}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>{n} abertas</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>{n} outros revisores, que não julgaram antes</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>{n} avaliaram; {good} deles deram 4 ou 5.</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>{n} respostas rejeitadas podem ser corrigidas ou ter recurso.</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} s</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>{n} assinaturas deste veredito foram conferidas: a sua, a da plataforma e as dos revisores.</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>{n} votos assinados foram contados neste computador, e deu o mesmo.</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>{n} tarefas estão aqui, uns {time} de trabalho</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>{n} tarefas com garantia de {amount} GEM</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>Faltam {n} tarefas neste lote</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>{n} tarefas vencem: termine e envie a primeira antes de {time}.</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>{overturned} de {rejected} rejeições anuladas – {percent} %, provavelmente {low}–{high} %.</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>{part} de {whole} recursos de trabalhadores foram ganhos</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>{part} de {whole} decisões de revisores foram mudadas depois</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>{part} de {whole} respostas julgadas foram aceitas</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>{pay} GEM por tarefa</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>{redone} das suas últimas {last} foram refeitas.</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>{rejected} das últimas {last} foram rejeitadas, mais do que é comum para você.</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>{rejected} de {decisions} rejeitadas – {percent} %, provavelmente {low}–{high} %.</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>{reward} GEM antes da taxa</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>{right} de {checked} tarefas conferidas certas – ainda não há trabalho conferido o bastante.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>{right} de {checked} tarefas conferidas certas – {percent} %, provavelmente {low}–{high} %.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>{right} de {checked} tarefas conferidas certas: poucas para continuar. Você pode recorrer.</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>{right} de {checked} certas</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>{right} de {checks} testes escondidos certos; é preciso mais para revisar.</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>{right} de {of} certas</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>{share} já está com a plataforma.</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>{share} devem estar certas.</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>{share} de respostas rejeitadas</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>{share} de respostas rejeitadas, paga em até {time}</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>{share} do pagamento</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>{share} de {n} respostas julgadas foram rejeitadas.</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>{size} cada</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>{size} de arquivos em espera.</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>Faltam {size}</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>{size} a baixar</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>{size} hoje</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>{spent} de {limit} GEM usados hoje</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>{stake} GEM em jogo</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>{time} depois de enviar</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>há {time}</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>{time} cada</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>{time} no total, {unpaid} sem pagamento</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>faltam {time}</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>{time} em tarefas que foram pagas</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>{title} (avaliado)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>{title} foi guardado à parte; nada dele foi apagado.</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>{unsent} a enviar, {waiting} esperam um veredito</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>{used} de {allowed} MB hoje</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what}: {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>{when}: {n} de {all} tarefas foram pagas ({share})</translation>
        </message>
        <message>
            <source>{where}: {ours} / {theirs}</source>
            <translation>{where}: {ours} / {theirs}</translation>
        </message>
        <message>
            <source>{where}: {ours} / {theirs} ({note})</source>
            <translation>{where}: {ours} / {theirs} ({note})</translation>
        </message>
        <message>
            <source>{x} % from the left, {y} % from the top</source>
            <translation>{x} % da esquerda, {y} % do topo</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>{yes} acharam certa, {no} acharam errada.</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>“Sacar para minha carteira” traz a você o que está pronto. Você vê a taxa antes de assinar.</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>“Com dinheiro” quer dizer que já há dinheiro posto para o trabalho.</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>“{key}” já é a tecla de “{option}”.</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>A imagem está sendo aberta …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>Esta tarefa não indica nenhuma imagem.</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>Abrindo o vídeo …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>Os tempos desta série não podem ser lidos.</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>Esta tarefa não traz nenhuma série.</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[imagem]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>A gravação está sendo aberta …</translation>
        </message>
    </context>
</TS>
