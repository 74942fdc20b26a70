<TS version="2.1" language="es" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>Reportar un problema</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>Lo lee quien dirige la plataforma. El cliente no se entera de quién lo reportó.</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>Enviar el reporte</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>¿Qué está mal?</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>Qué pasó, en una o dos frases</translation>
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
            <translation>Qué pasa después</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>Quién actúa</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>Mejor corregirla</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>Corregir</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Llevarlo al contrato…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Aceptarlo</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>Qué pasó con tu respuesta</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Volver a la bandeja de salida</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>Qué pasa después</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>Escrita</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Enviada</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>Se juzga otra vez</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>Juzgada otra vez</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>Ganada</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Perdida</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>No admitida</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>Decidida</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>Apelar</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>Qué significa apelar</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>Quién decide</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>Puedes apelar hasta</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>Se decide, a más tardar, el</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>Fianza que pones (%1 GEM libres)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>Fianza que pones</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>Si pierdes, te cuesta</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>Si ganas, recibes</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>Por qué tu respuesta es correcta</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>Qué tiene de correcto, en una o dos frases</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>Se firma con la apelación y sale con la próxima conexión. %1 de %2 caracteres.</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>Apelar y renunciar al segundo intento</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>Firmar la apelación</translation>
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
            <translation>Avisos, nuevos: %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>Deshacer</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Rehacer</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Instrucciones</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Teclas</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>Deshacer lo último</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Basta por ahora</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Guardar otra vez</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>Dar esta respuesta</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Saltar</translation>
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
            <translation>Mostrar toda la imagen</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Quitar lo seleccionado</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>Algunas campañas piden una garantía. Deja aquí una parte de tu pago hasta que la fianza llegue a este tamaño; nunca tienes que comprar nada.</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>No cuesta nada y vale desde tu próximo pago. Nada de lo que tienes se mueve por esto, y lo que está libre en la fianza lo puedes sacar otra vez.</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>Guardar en la fianza</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>0 no guarda nada; las campañas sin garantía siguen abiertas para ti.</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>Guardar en la fianza, en GEM</translation>
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
            <translation>Libre ahora en la fianza</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>Pasar a disponible…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>¿Sacar de tu fianza?</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>Queda listo para cobrar enseguida. La plataforma y tú lo firman; no pasa nada en la cadena y no cuesta nada.</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>Va en pasos del pago de una tarea, de 1 GEM como máximo. Si la plataforma no responde, lo más que puedes perder es un paso.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Pasar</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Cantidad</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>Libre en la fianza: %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>Cantidad que sacas de la fianza, en GEM</translation>
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
            <translation>Tipo de tarea</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>Idioma de las tareas</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>Descarga por tarea</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>Al menos estos GEM por hora</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>GEM por hora como mínimo</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>Sin garantía</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>Mi fianza alcanza</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>Sin prácticas</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>Solo las que sigo</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>Primero las que sigo</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Mostrar todo</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Listo</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>Buscar campañas (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Ordenar por</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>Mejor pagadas</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Pago</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>Las más cortas</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>Menor garantía</translation>
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
            <translation>Filas o tarjetas</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>Filas</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>Tarjetas</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>Campañas</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>No avisarme más de trabajo nuevo</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Avisarme de trabajo nuevo</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Bloquear a este cliente</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Ocultar esta campaña</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Reportar un problema</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>Cerrar esta campaña</translation>
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
            <translation>Informe del cliente</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>Puedes dejar una tarea así en cualquier momento, sin costo.</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>Cuánto paga</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>Qué arriesgas</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>De qué modo se revisan las respuestas</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>Tiempo y datos</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>El cliente</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>Practicar otra vez</translation>
        </message>
        <message>
            <source>About</source>
            <translation>Acerca de</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Instrucciones</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Bloquear a este cliente</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Ocultar esta campaña</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>Escribir al cliente</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Reportar un problema</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>Hacer los ejemplos</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>Cantidad de tareas que tomas</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>Tomar %n tarea</numerusform>
                <numerusform>Tomar %n tareas</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>%1 GEM por tarea</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>Siguiendo</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Práctica</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>Aviso de contenido</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/h</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>garantía %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>sin garantía</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Más para %1</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>Algo falló en esta aplicación</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>Gems se cerró sola la última vez</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>Un informe para quien te ayude</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>Tus respuestas y tu dinero están guardados e intactos. Puedes seguir trabajando.</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>El informe contiene versiones y lugares de nuestro programa: ninguna respuesta, dirección, nombre ni cantidad. No se envía a nadie; guardado como archivo, puedes dárselo a quien tú confíes.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>Guardar el informe</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>Ocultar lo que contiene</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>Mostrar lo que contiene</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>El informe</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>Trabajando…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>Sin red</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>Tu trabajo viaja en una memoria USB. Quien la lleva no puede leerlo ni cambiarlo.</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Volver a la bandeja de salida</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Lugar</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Carpeta</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Buscar otra vez</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>Tu trabajo</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>Archivos aún sin respuesta: %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>Lo que está en un archivo ya no se puede retirar. Si antes hay red, se envía como siempre; nada cuenta dos veces.</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>Escribir un archivo</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>En esta carpeta</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>En esta carpeta no hay archivos para llevar ni respuestas.</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>Con conexión puedes enviar el archivo de otra persona: la respuesta se escribe al lado.</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>Leer esta respuesta</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>Enviar este archivo</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>Llevarlo al contrato</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Volver a la bandeja de salida</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>Te paga, como máximo</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>Llévalo antes del</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>El contrato espera objeciones</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>Guardado como archivo</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>Así funciona</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. Guardas un archivo con lo que se firmó sobre esta tarea. No contiene tu respuesta, solo su huella, ni ningún secreto tuyo.</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. Cualquiera con un poco de moneda de gas lo lleva al contrato: quien cuida una torre vigía, un amigo o tú. Solo necesita el archivo y no puede cambiar nada en él.</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. El contrato espera objeciones; después cualquiera puede hacer que pague. El dinero va a tu billetera, sin importar quién lleve el caso.</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>Guardarlo no te cuesta nada; quien lo lleva paga la moneda de gas. Si el contrato decide lo contrario, no paga nada, y no se te quita nada más.</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>En la cadena todos ven la dirección de tu billetera, el número de la tarea, su pago y cómo se juzgó. Si al final la plataforma te paga, Gems firma que lo hizo, y el contrato no paga a nadie dos veces.</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>Guardar el caso</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>Guardarlo otra vez</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>Mirar la cadena otra vez</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>Como imagen</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>Como tabla</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>¿Cobrar a tu billetera?</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>Firmas un cobro que solo este mensajero puede usar, por esta tarifa como máximo.</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>Firmar y cobrar</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>De tu canal</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Tarifa del mensajero</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Recibes</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Mensajero</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>Se puede usar hasta</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>Suele tardar unos minutos. Si para entonces no se ha hecho, tu pago sigue en tu canal y puedes cobrar otra vez.</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>Tarifa %1 GEM · transacción %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>Tarifa %1 GEM</translation>
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
            <translation>Gems: tu billetera pregunta</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>Di que no si tú no pediste esto. Sin respuesta, esta ventana se cierra sola y no se firma ni se cambia nada.</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>No, no hacer nada</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>Baja hasta el final para poder aceptar.</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>Queda %n día</numerusform>
                <numerusform>Quedan %n días</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>Queda %n hora</numerusform>
                <numerusform>Quedan %n horas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>Queda %n minuto</numerusform>
                <numerusform>Quedan %n minutos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>Queda %n segundo</numerusform>
                <numerusform>Quedan %n segundos</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>Se acabó el tiempo</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>Hasta que termine el cierre:</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>Para el cobro en camino:</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>Todos los movimientos</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Todo</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Pagos</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>Garantías</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>Cobros y envíos</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>Qué movimientos se muestran y exportan</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Esta semana</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Este mes</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Todo</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>De qué tiempo se muestran y exportan los movimientos</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>Exportar CSV</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>Presiona una línea para ver por qué es esta cantidad.</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>Aún no hay movimientos. Los pagos, garantías y cobros aparecen aquí cuando ocurren.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Cuándo</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Qué</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaña</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>Bolsillo</translation>
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
            <translation>Recibir GEM</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>Cualquiera puede ver esta dirección y enviarle GEM. Nadie puede sacar nada con ella.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>Tu dirección como código QR</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>Copiar por un minuto</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>Ganancias</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>Solo cuenta lo que esta computadora ha comprobado.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Intentar otra vez</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>Un mensajero lo lleva a tu billetera por una pequeña tarifa en GEM. No necesitas moneda de gas; la tarifa se muestra antes.</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>Ahora no hay nada que cobrar. El trabajo aceptado se paga en tu canal y aparece aquí.</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>Cobrando</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>Cobrar a mi billetera</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>Recibir</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Enviar</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Ganado hoy</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>Siete días</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>En total</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>Cobros</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Enviada</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Ganado por día</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Fecha</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Tu primer pago aparecerá aquí, día por día.</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>Fianza, copias de vales, cobros automáticos…</translation>
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
            <translation>¿Enviar esto?</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>Un mensajero lo lleva por una pequeña tarifa en GEM. Lo enviado no se puede recuperar.</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>Compara toda la dirección, grupo por grupo. Lo enviado no se puede recuperar.</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>Firmar y enviar</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Desde</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Billetera</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Canal</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>Libreta de direcciones</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Elegir…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Para</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>Esta dirección aún no está completa o no es correcta.</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>Dirección a la que envías</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Cantidad</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>En tu billetera: %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>Cantidad en GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>Todo lo que se puede cobrar va directo allí: %1 GEM.</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuar</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>En tu libreta de direcciones</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>De tu canal</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>De tu billetera</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Tarifa del mensajero</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>Llega</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>Se puede hacer hasta</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>Suele tardar unos minutos. Si para entonces no se ha hecho, no ha salido nada.</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>Fecha</translation>
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
            <translation>Tareas pagadas</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Pagos</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>Garantías y fianzas</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Billetera</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>Movimientos</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>Totales</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>Totales por</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>Por día</translation>
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
            <translation>Totales de</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Esta semana</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Este mes</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Todo</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>En este tiempo no se movió nada. Elige arriba uno más largo.</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>Los días son los de UTC. Lo que llega a la billetera antes era pago o fianza, así que no se gana otra vez.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>Pago por hora</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>En tareas pagadas</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>Con tiempo sin pago</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>Pago por hora, día por día</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Fecha</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Hora</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>Haz algunas tareas: cuando se paguen, verás aquí cuánto da una hora.</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>El tiempo sin pago es buscar trabajo, leer, practicar, y el trabajo rechazado o aún no pagado. Se cuenta en esta computadora, solo mientras usas la ventana, y se queda aquí.</translation>
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
            <translation>En dónde están tus GEM</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>Ver menos</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>Ver más</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>Un vale es la firma de la plataforma por todo lo que te debe. Con él la cadena te paga, aunque la plataforma no quiera.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>En la cadena: %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>Abrir la tarea</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>Cerrar este mensaje</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>¿Qué es “%1”?</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>Más en Ayuda</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>Buscar trabajo</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>Preguntando…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Actualizar</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Intentar otra vez</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>Estás sin conexión.</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>Estas campañas son las últimas conocidas. Las tareas que ya tomaste se pueden hacer sin red.</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>Podrás tomar tareas nuevas en cuanto haya conexión.</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>Aún no hay campañas</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>Esta computadora no vio ninguna mientras tuvo conexión. Conéctate una vez para traerlas.</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>Los clientes agregan campañas en cualquier momento. Vuelve a mirar en un rato.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Buscar otra vez</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>Ninguna campaña coincide con tu filtro</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>Ninguna campaña tiene estas palabras</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Mostrar todo</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>Tus primeros pasos</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>Todas las páginas</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>Imagen: %1</translation>
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
            <translation>Página siguiente: %1</translation>
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
            <translation>No se encontró nada</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>Prueba con una palabra corta, como “pago”, o mira todas las páginas.</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Todas las páginas</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>Ayuda</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>Buscar en la ayuda (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Todas las páginas</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
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
            <translation>Inicio</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Intentar otra vez</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>Empieza con tres ejemplos</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>Tus respuestas están listas para enviar</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Toma tus primeras tareas</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Aquí aún no hay tareas</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>No tienes nada pendiente</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>Duran un minuto, no pagan nada y no arriesgas nada.</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>Al sellarlas quedan firmadas; salen en cuanto haya conexión.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>Toma un lote de tareas; cuando esté aquí, puedes trabajar sin ninguna red.</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>Volvieron para corregir</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>Practicar</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Buscar trabajo</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuar</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Ganado hoy</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>%1 en siete días</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>Probado por el canal</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>Por enviar</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>Los últimos días</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Ganado por día</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Fecha</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Tu primer pago aparecerá aquí, día por día.</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>Tu situación</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Puedes revisar</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>Ver las pruebas</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>Verlas en la bandeja de salida</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>Imagen</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Esta imagen no se puede mostrar.</translation>
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
            <translation>Presiona la tecla que quieres para ella. Escape la deja como está.</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>Enter cambia la tecla de una opción, Delete le devuelve la habitual.</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>Opciones y sus teclas</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Listo</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>Volver a las teclas habituales</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>presiona su nueva tecla</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>tecla %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>sin tecla</translation>
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
            <translation>Cargando…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>Inicio</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Buscar trabajo</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Trabajo</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Revisar</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Bandeja de salida</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Ganancias</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Confianza</translation>
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
            <translation>Ayuda</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Intentar otra vez</translation>
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
            <translation>Secciones</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>Red de práctica</translation>
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
            <translation>Ajustes de los avisos</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>Aún no hay avisos</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>Aquí te avisamos de trabajo nuevo, veredictos, plazos y pagos.</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>Marcar todo como leído</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>Nuevo</translation>
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
            <translation>Todo %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>Por enviar %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>En espera %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>Rechazado %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>Aceptado %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>Buscar por campaña (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>Buscar por campaña</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>Escribir al cliente</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Reportar un problema</translation>
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
            <translation>Corregir</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>Apelar…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>Tu apelación</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Qué pasó</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Llevarlo al contrato…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Retirar</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>Mensaje nuevo</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Más para %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Marcado en la tarea: %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Aceptarlo</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>Bandeja de salida</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>Sin red…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Enviando…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>Enviar ahora</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Intentar otra vez</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>Solo se muestran las más nuevas. Para hallar una anterior, busca su campaña.</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>Aún no has hecho nada</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>Las tareas y revisiones terminadas esperan aquí hasta que se envían, y se quedan hasta que se pagan.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Buscar trabajo</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>Aquí no hay nada</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>Ninguna tarea está en este estado ahora.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Mostrar todo</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>hecha</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>sellada</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>enviada</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>juzgada</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>pagada</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>Sin terminar</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>Paso %1 de 5: %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>Mostrar lo que se escribe</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>Ocultar lo que se escribe</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>Rechazado</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Apelar</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>Otros juzgan otra vez</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Aceptado</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>Cobrar</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Tarifa</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Recibes</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>Señales de la calle</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/h</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>sin garantía</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>Tomar tareas</translation>
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
            <translation>Ganado hoy</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>Envíalo hoy</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>Esta computadora</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>Memoria USB</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>Una computadora con red</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>Señales de la calle</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Espera su envío</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Rechazado</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Pagado</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>Respuestas rechazadas</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Cuánto tarda en pagar</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Con fondos ahora</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>Tu calificación</translation>
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
            <translation>Aceptar</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Rechazar</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>No sigue la instrucción</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>Lectura</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Trabajo y datos</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Doce palabras en papel</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>A salvo</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>Los límites de la billetera</translation>
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
            <translation>Puedes revisar</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>Buscar una versión nueva</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Descargar</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>Empieza la próxima vez</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>Firmada por los creadores de Gems</translation>
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
            <translation>Billetera nueva</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Doce palabras en papel</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>Ni foto ni mensaje</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Buscar trabajo</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>¿De qué color es el auto?</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Rojo</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Azul</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Tiempo restante</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>Reproductor</translation>
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
            <translation>Pausar (Space; Ctrl+Space al escribir)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>Reproducir (Space; Ctrl+Space al escribir)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>Una imagen atrás</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>Una imagen adelante</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Ir más lento</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>Velocidad %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Ir más rápido</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Volumen</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Sonido</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Tramo</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>Reproducir el tramo seleccionado (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>Una y otra vez</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>No hay dispositivo de sonido: se reproduce en silencio.</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>Práctica</translation>
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
            <translation>Siguiente ejemplo</translation>
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
            <translation>Mostrar toda la imagen</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Quitar lo seleccionado</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>Práctica · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Práctica</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>Saltar la práctica</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Volver a la campaña</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>La práctica no paga nada ni cuesta nada. %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Revisando…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>Pedir que se revisen</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Atrás</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>Aprobaste</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>Aún no alcanza</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>Las tareas reales se hacen igual, y pagan. Elige ahora las primeras.</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>Ya puedes tomar tareas de esta campaña.</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>Lee las pistas y prueba los ejemplos otra vez; puedes hacerlo todas las veces que quieras.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Buscar trabajo</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Volver a la campaña</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>Probar los ejemplos otra vez</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>Perfil nuevo</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>Cambiar el nombre del perfil</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>Empieza vacío, con su propia billetera y contraseña.</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>Solo cambia el nombre; su carpeta y su billetera quedan donde están.</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>Crearlo y abrirlo</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Cambiar nombre</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>Nombre en cualquier escritura</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>¿Apartar %1?</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>Toda su carpeta, con su billetera, sale de la lista. No se borra nada; después se muestra dónde quedó.</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>Apartar</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>Escribe %1 para confirmar</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>Perfiles en esta computadora</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>Cada perfil tiene su propia carpeta, billetera y contraseña. Nadie ve el trabajo de otro sin su contraseña.</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>%1 (abierto ahora)</translation>
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
            <translation>Cambiar nombre…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>Cambiar el nombre de %1</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>Apartar…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>Apartar %1</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>Apartado, con su billetera, en esta carpeta: %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>Perfil nuevo…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>Ir a la bandeja de salida</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>Este tipo de cambio es viejo.</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>Mostrar las cantidades también en %1</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>Calificar a este cliente</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>No, gracias</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>Parar la lectura</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>Leer en voz alta</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>Apelar tu expulsión</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>Por qué tu trabajo merece otra mirada</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>Va a quien dirige la plataforma y necesita conexión. %1 de %2 caracteres.</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Enviando…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>Enviar la apelación</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>Comprobado en la cadena</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>%n tarea en total.</numerusform>
                <numerusform>%n tareas en total.</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaña</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Qué</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>Plataforma, GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>Cadena, GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>Comparado</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>Lo pagado en la cadena sigue a lo ganado: puede ir atrasado, nunca adelantado.</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>Así juzgan</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>Los rechazos los deciden jurados de otros trabajadores, no el cliente solo.</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>Qué tan rápido pagan</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Pagado</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>Tareas</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Parte</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>Aún no se sabe nada: no se ha pagado ninguna tarea de este cliente.</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>Qué dicen los trabajadores</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>Calificar a este cliente</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>Trabajaste aquí, así que puedes: una vez por campaña, y puedes cambiar de opinión. El cliente solo ve los totales.</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaña</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Pagos</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>demasiado poco</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>muy buena</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Claridad</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>difícil de entender</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>muy claro</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Rapidez</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>paga muy tarde</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>paga enseguida</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Justicia</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>injusto</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>muy justo</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>Enviar la calificación</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>Informe del cliente</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>Datos de veredictos y pagos; lo que opinan los trabajadores va aparte.</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>Todos los clientes</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Volver a Buscar trabajo</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Intentar otra vez</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>Clientes que ofrecen trabajo</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>Aún no se conoce ninguna campaña. Primero busca trabajo.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Cliente</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>Campañas</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Ofrecer otra vez</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Bloquear a este cliente</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>Bloqueado: no se te ofrece el trabajo de este cliente.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Pagado</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>En total, a todos</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Pago por hora</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>Revisores, por hora</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Cuánto tarda en pagar</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Con fondos ahora</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>Pones en juego %1 GEM por tu respuesta.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>¿Esta respuesta es correcta?</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Aceptar</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>Rechazar…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Saltar</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>Qué se pidió</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>Pones en juego %1 GEM por tu veredicto.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>%n revisión hecha</numerusform>
                <numerusform>%n revisiones hechas</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>Aún no puedes revisar</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>Revisar el trabajo de otros</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>Al sellar firmas tus veredictos con tu clave; salen en cuanto haya conexión.</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>Las tareas revisadas que estaban bien suben tu puntaje de confianza; con suficientes puedes revisar.</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>Podrás tomar revisiones en cuanto haya conexión. Las que ya tomaste se pueden hacer sin ella.</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>Ves la instrucción y la respuesta, nunca quién la dio. En cada una se indica el pago y tu garantía.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Sellando y enviando…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Sellar para enviar</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Sellar y enviar</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>Probar con el revisor de práctica</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Buscar trabajo</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>Pidiendo revisiones…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>Tomar 10 revisiones</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>Así crece mi puntaje de confianza</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>Seguir revisando</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>Deshacer el último veredicto</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>Tomar 100 revisiones</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>Esta sesión</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>¿Qué está mal?</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>Primero elige un motivo: quien la hizo debe saber qué corregir.</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>Haz clic en el lugar, o presiona Enter sobre él</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>Marcar otro lugar</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>Marcar el lugar del error</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>Marcado: %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>Quitar la marca</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>Nota para quien la hizo (opcional)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Rechazar</translation>
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
            <translation>Deshacer lo último</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Instrucciones</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Basta por ahora</translation>
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
            <translation>Trabajas como el revisor de práctica, no con tu propia cuenta.</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>Volver a mi cuenta</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>Tus palabras secretas están en la pantalla. No se leen en voz alta.</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>Bloqueados y ocultos</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>Este trabajo no se te ofrece y nada de él se descarga. Las tareas que ya tomaste siguen siendo tuyas. Solo esta computadora lo sabe.</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Volver a Buscar trabajo</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>Bloqueado</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Oculta</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Ofrecer otra vez</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>No hay nada bloqueado ni oculto</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>Acerca de</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versión</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>Perfil</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Licencia</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>Hecho con Qt (LGPL), IBM Plex Sans (OFL) e iconos Lucide (ISC). Ningún dato sobre ti sale de esta computadora, salvo lo que una tarea necesita.</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>Libreta de direcciones</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Quitar</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>Quitar %1</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>Agregar una dirección</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>Compárala una vez más: %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>Nombre, como “Ahorros”</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>Nombre de la dirección</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>Dirección, 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Dirección</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>Preguntando en la ventana de la billetera</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Agregar</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>¿Está todo en orden?</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Revisando…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>Revisar esta instalación</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>Hacer un informe…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>Mira esta computadora, tu perfil y la red, no cambia nada y dice con palabras qué está mal.</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>Cobros</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>Cobrar automáticamente desde</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>0 nunca cobra solo. Además espera a que la tarifa sea como máximo el 5 % de lo que llega.</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>Cobrar automáticamente desde, en GEM</translation>
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
            <translation>Canal de pago</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>Tu cierre va en camino a la cadena.</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>Cuando dejes de trabajar para esta plataforma, cierra el canal: tu fianza vuelve sin moneda de gas, aunque la plataforma no haga nada más.</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>Cerrar el canal…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>¿Cerrar tu canal de pago?</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>Cerrar el canal</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>Qué aceptas ver</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>Las tareas que pueden molestar están tapadas hasta que las pidas. Lo que apagues aquí no se te ofrece.</translation>
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
            <translation>Un vale vale lo mismo en manos de cualquiera y solo te paga a ti. Las copias en otro lugar protegen tu pago si esta computadora se daña.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Quitar</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>Quitar la torre vigía %1</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>Otra torre vigía</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>Cualquier plataforma puede guardar vales de otras: escribe su dirección.</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>Dirección de una torre vigía</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Agregar</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>También como archivo en esta carpeta</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>Cada vale nuevo se escribe ahí. Vacío: ningún archivo.</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>Carpeta para el archivo del vale</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Guardar</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>Escribir un archivo ahora</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>Buscar un vale más nuevo</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>En el archivo de una copia o en una torre vigía: escribe la ruta del archivo o la dirección de la torre. Solo se guarda lo que firmó la plataforma.</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>Archivo o torre vigía con un vale más nuevo</translation>
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
            <translation>Tu propia moneda</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>Mostrar las cantidades también en esta moneda</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>GEM va primero. La otra cantidad solo dice más o menos cuánto vale: con ella no se paga ni se firma nada.</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Otra</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>Otra moneda: sus tres letras, como KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>1 GEM vale</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>Tu propio número va antes que el de la plataforma. Déjalo vacío para usar el de la plataforma.</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>Cuánto vale 1 GEM, en %1</translation>
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
            <translation>Datos usados</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hoy</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>Últimos 14 días</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>Datos usados por día</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Fecha</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>Aún no se envió ni se descargó nada.</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>Se cuentan las líneas que abren cada pedido, pero no lo que tu red agrega para llevarlos (de 3 a 5 %, más o menos).</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>Dónde se guardan tu billetera y tu trabajo</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>Carpeta de este perfil</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>Una versión nueva no cambia nada en esta carpeta, y si quitas el programa, la carpeta queda donde está.</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>Borra la carpeta solo cuando tus doce palabras estén en papel y no quede nada por enviar ni por pagar.</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>Nodos de la cadena</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Quitar</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>Quitar el nodo %1 de la cadena</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>Otro nodo de la cadena</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>Dirección de un nodo de la cadena</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Agregar</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>Usar otra vez los de la red</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>Trabajo nuevo donde ya trabajé</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>Veredictos y apelaciones</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>Tareas que vencen pronto</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>Pagos y cobros</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Avisos</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>Este sistema no muestra notificaciones. Los avisos están bajo la campana.</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>Mostrar avisos también fuera de la ventana</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>Si alguien cierra tu canal de pago, siempre te avisamos, también en las horas de silencio.</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>Mostrar cantidades fuera de la ventana</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>Con un sonido corto</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>Probar</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>Cambiar la contraseña</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>Exportar la clave a un archivo</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>La contraseña actual</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>Una contraseña para el archivo</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>La contraseña nueva</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>La misma contraseña otra vez</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>Exportar y confirmar en la ventana de la billetera</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>Cambiarla</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>Red</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Plataforma</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>Red de práctica: estos GEM no tienen valor</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>Trabajar sin conexión: no intercambiar nada por su cuenta hasta apagar esto</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>Proxy para todo</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>Una dirección como http://host:port o socks5://name:password@host:port. Si no pones nada, se usa el proxy de tu sistema. Lo que se queda en esta computadora nunca pasa por él.</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>Dirección del proxy</translation>
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
            <translation>Horas de silencio</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>No mostrar nada fuera de la ventana en estas horas</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Desde</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>Silencio desde</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Para</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>Silencio hasta</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>Cuando la ventana está cerrada</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>Mostrar Gems en la bandeja del sistema</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>Al cerrar la ventana, Gems sigue en la bandeja del sistema</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>Si el sistema no tiene bandeja, cerrar la ventana cierra Gems.</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>Lectura</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Idioma</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>Traducido por una máquina; ningún hablante nativo lo ha revisado aún. Donde no esté claro, vale el texto en inglés.</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Tamaño del texto</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Colores</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Como el sistema</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Claro</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Oscuro</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Alto contraste</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>Nada se mueve solo</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>Los límites de la billetera</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>El archivo con tus límites fue cambiado o es más viejo que tu billetera. Empieza de nuevo: la libreta de direcciones está vacía y, hasta que pongas un límite, todo se pregunta.</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>Bloquear tras este tiempo sin una tecla ni un clic</translation>
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
            <translation>Puede salir en un día sin preguntar</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>Tope diario, en GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Poner</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>Una dirección nueva espera</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>Hasta entonces se pregunta por cada pago a ella. Así tienes tiempo de notar una dirección que tú no agregaste.</translation>
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
            <translation>Lectura</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Trabajo y datos</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Avisos</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>Seguridad</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>Dinero</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Red</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>Perfiles</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Versiones nuevas</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Ayuda</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Ajustes</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>Cada cambio se guarda enseguida.</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>Partes de los ajustes</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Fianza</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>Versiones nuevas</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>No hay nada que hacer. Esa versión no se vuelve a ofrecer.</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versión</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>Seguir descargando</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Descargar</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>Parar; seguir después</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Buscar otra vez</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>Buscar una versión nueva</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>Buscar por sí solo una vez al día, nunca donde se pagan los megabytes</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>Desde una memoria USB o una carpeta…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>Desde una memoria USB o una carpeta</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>Debe estar firmada por los creadores de Gems, venga de donde venga.</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>Carpeta con una versión nueva</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>Buscar ahí</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>Otra vez desde la red</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>Lectura en voz alta</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>Ofrecer leer instrucciones y tareas en voz alta</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>Este sistema no tiene voz. Instala speech-dispatcher y espeak-ng, y abre Gems otra vez.</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>Este sistema no tiene voz. Agrega una en los ajustes del sistema y abre Gems otra vez.</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>F8 empieza y para la lectura. Nada se lee solo.</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>Velocidad en porcentaje</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>Billetera y seguridad</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>Tu dirección</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>Bloquear ahora</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>Tus palabras secretas están en tu papel. Aquí nada las muestra, y nadie de Gems te las pedirá.</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>Trabajo y datos</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>Traer más tareas automáticamente, de las campañas en que trabajo</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>Tener aquí trabajo para estos días</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>Trabajo en días</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>Descargar como máximo, en megabytes por día</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>Megabytes por día</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>También en redes que cuentan los megabytes</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>Esta red cuenta los megabytes</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>Avisar estas horas antes de que venza una tarea</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>Horas antes de que venza una tarea</translation>
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
            <translation>Intentar otra vez</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>Seguir con la copia de antes de la actualización</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>¿Seguir con la copia de antes de la actualización?</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>Si en cambio inicias la versión más nueva, no se pierde nada.</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>Seguir con la copia</translation>
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
            <translation>No hay nada por enviar</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>%n respuesta por enviar</numerusform>
                <numerusform>%n respuestas por enviar</numerusform>
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
            <translation>Marcado en la tarea: %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>¿Cómo sé esto?</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>Guardar las pruebas en un archivo</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>Mensajes con el cliente</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>El cliente ve tus palabras, pero no tu nombre ni tu dirección.</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>Enviar el mensaje</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Cerrar</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>Avisarme de mensajes nuevos aquí</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>No avisarme más de mensajes aquí</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>Sale con la próxima conexión. %1 de %2 caracteres.</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>Tu mensaje</translation>
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
            <translation>Reportar un problema</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>Grabación con %n tramo</numerusform>
                <numerusform>Grabación con %n tramos</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Grabación</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 y %2 fijan dónde empieza y termina un tramo, Enter lo marca, Tab recorre los tramos, Delete quita uno.</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>Space reproduce, las flechas avanzan un segundo, con Shift cinco, con Ctrl una décima; más y menos acercan o alejan, 0 muestra todo.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Hay un tramo seleccionado: arrastra sus bordes o presiona %1 y %2, una etiqueta lo cambia, Delete lo quita.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>Elige una etiqueta y arrastra sobre la onda, o presiona %1 y %2 mientras suena, y luego Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>Desplegado</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>Plegado</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>Mes anterior (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>Mes siguiente (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>Obligatorio</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>Hay que responder esto</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>Mensajes</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Las flechas seleccionan.</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>Las flechas seleccionan un mensaje, E edita uno propio, Delete lo quita, Escape no deja ninguno seleccionado.</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>Mensajes: %1 de al menos %2</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>Mensajes: %1 de %2 como máximo</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>Quién lo dice</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>Escribe lo que dice %1</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>Escribe un mensaje</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>Decir</translation>
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
            <translation>Elige todas las que correspondan</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Elige una</translation>
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
            <translation>Fecha</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>Escribe la fecha como año-mes-día, por ejemplo 2025-03-31.</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>Escribe año y mes, por ejemplo 2025-03.</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>Escribe el año con cuatro cifras.</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>Escribe la hora con horas y minutos, por ejemplo 14:05.</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>No se puede dar esta fecha. %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>No existe esa fecha u hora.</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>Falta la fecha.</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>Falta la hora.</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>De %1 a %2</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>%1 o después</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>%1 o antes</translation>
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
            <translation>Elegir en un calendario (flecha abajo en el campo)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>HH:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Borrar</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Guardado como %1</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>Ocultar la otra respuesta</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Mostrar las diferencias</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>%1: igual</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>%1 (con rayas): %n diferencia</numerusform>
                <numerusform>%1 (con rayas): %n diferencias</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>Diferencias</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>Guardado en esta computadora</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>Guardando…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>Aún sin guardar</translation>
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
                <numerusform>Imagen de la tarea con %n región</numerusform>
                <numerusform>Imagen de la tarea con %n regiones</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>Imagen de la tarea</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>Alejar (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>Mostrar todo (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>Acercar (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>Más y menos hacen zoom, 0 la muestra entera, M sostiene una lupa.</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>N hace un recuadro, Tab recorre las regiones.</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>N hace una elipse, Tab recorre las regiones.</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>Haz clic en las esquinas, o N pone la primera. Tab recorre las regiones.</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>N pone un punto, las flechas lo mueven. Tab recorre las regiones.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>Las flechas mueven el cursor, Space pinta, [ y ] cambian el pincel, E borra, N empieza una máscara nueva.</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Las flechas mueven el recuadro, con Shift cambian su tamaño, [ y ] lo giran, Delete lo quita.</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Las flechas mueven la elipse, con Shift cambian su tamaño, [ y ] la giran, Delete la quita.</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>Las flechas la mueven; coma y punto eligen una esquina, que las flechas mueven, I pone otra detrás y Delete la saca. [ y ] la giran.</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>Las flechas mueven el punto, con Shift cambian su ancho, Delete lo quita.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>Las flechas mueven el cursor, Space pinta en esta máscara, E borra, N empieza una máscara nueva, Delete quita esta.</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>La máscara tiene demasiado detalle para enviarla. Usa un pincel más ancho.</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>Haz clic en el lugar, o mueve el cursor con las flechas y presiona Enter.</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>Un clic o N pone una esquina, las flechas mueven la última, Backspace la quita, Enter o un clic en la primera esquina cierra, Escape descarta el polígono.</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>Recuadro</translation>
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
            <translation>Punto</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>Pincel</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>Herramientas para la imagen</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>Borrador</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>Pincel: %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Secciones</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>Hoja anterior (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 de %2</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>Hoja siguiente (Page Down)</translation>
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
            <translation>Elige una etiqueta y arrastra un recuadro sobre la imagen (o presiona N ahí).</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>Elige una etiqueta y arrastra una elipse sobre la imagen.</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>Elige una etiqueta y haz clic en las esquinas de la forma en la imagen.</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>Elige una etiqueta y haz clic en el punto de la imagen.</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>Elige una etiqueta y pinta sobre la imagen.</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>Elige una etiqueta y selecciona palabras en el texto.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>Elige una etiqueta y arrastra sobre el gráfico.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>Elige una etiqueta y arrastra sobre el sonido.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>Elige una etiqueta y arrastra sobre la línea de tiempo.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>Elige una etiqueta y arrastra un recuadro sobre el video.</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>Hay un recuadro seleccionado: una etiqueta lo cambia, Delete lo quita.</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>Hay una marca seleccionada: una etiqueta la cambia, Delete la quita.</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Etiquetas</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>Ya se usó todas las veces permitidas</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>Usuario</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Asistente</translation>
        </message>
        <message>
            <source>System</source>
            <translation>Sistema</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>Herramienta</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>Desarrollador</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>La otra respuesta lo tiene distinto</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>Editar (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Quitar (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Mensaje</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>Guardar (Ctrl+Enter)</translation>
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
            <translation>%1 o más</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>%1 o menos</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>en pasos de %1</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>Esto no es un número.</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>El número debe ser al menos %1.</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>El número debe ser como máximo %1.</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>El número debe ir en pasos de %1.</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Cifra</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Reducir</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>Un número</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Aumentar</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>Elige la mejor.</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>Elige una de dos</translation>
        </message>
        <message>
            <source>First</source>
            <translation>Primera</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>Segunda</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>una imagen</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>Una imagen de esta tarea no se puede mostrar.</translation>
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
            <translation>Reproducir</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>reproduce el párrafo donde está el cursor</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>Arrastra cada elemento a donde va, el mejor arriba.</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>Arrastra los elementos para ordenarlos, el mejor arriba.</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>mueve la tarjeta con el teclado, una cifra la ordena</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>mueve la tarjeta con el teclado</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>Este orden está bien</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>Elementos en orden</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>Elemento</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>lugar %1 de %2</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>Aquí aún no hay nada</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>Calificación</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>Sin calificar. Las flechas dan estrellas, Delete las quita.</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>Sin calificar. Las cifras o las flechas dan estrellas, Delete las quita.</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>%1 de %2 estrellas</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 de %2</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>Sin calificar</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>Recuadro</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>Forma</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Punto</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Elipse</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>Zona pintada</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Palabras</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Tramo</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>Recuadro en movimiento</translation>
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
            <translation>oculto</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>bloqueado</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Ocultar</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Mostrar</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Desbloquear</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Bloquear</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>Quitar</translation>
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
            <translation>Ocultar todo</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Mostrar todo</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>Lo que está marcado</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>Las flechas seleccionan, Delete quita, Alt+H oculta, Alt+L bloquea, Escape no deja nada seleccionado.</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>ocultar</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>quitar</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>bloquear</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>Aún no hay nada marcado.</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>en ambos sentidos</translation>
        </message>
        <message>
            <source>to</source>
            <translation>hacia</translation>
        </message>
        <message>
            <source>from</source>
            <translation>desde</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>Cambiar el sentido (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Quitar (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>Relaciones: %n</numerusform>
                <numerusform>Relaciones: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>Relacionar con esto (R)</translation>
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
            <translation>Desde %1: haz clic en el otro, o selecciónalo y presiona R.</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>Selecciona lo marcado, presiona R y haz clic en aquello con lo que se relaciona.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Relaciones</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Las flechas seleccionan.</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>Las flechas seleccionan, D cambia el sentido, Delete quita.</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>Qué relación es</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>Nada elegido</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>Elige todas las que correspondan</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Elige una</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>Escribe para buscar</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>Las flechas mueven el cursor, con Shift seleccionan; Enter o la tecla de una etiqueta marca lo seleccionado. Tab recorre las marcas; Shift con flechas mueve el final de la marca seleccionada, Alt con flechas su inicio, Delete la quita.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>Las flechas mueven el cursor, con Shift seleccionan.</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>Tabla con %n fila</numerusform>
                <numerusform>Tabla con %n filas</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>Elegido</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>Retirar %1</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>Buscar en las clases</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Clases</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>Las flechas mueven, derecha abre una rama, izquierda la cierra, Space elige.</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>Ninguna clase tiene estas letras en su nombre.</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>No se puede elegir más de %n.</numerusform>
                <numerusform>No se pueden elegir más de %n.</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>mover</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>abrir, cerrar</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>elegir</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>Escribe aquí tu respuesta</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>Tu respuesta</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>Quitar esta respuesta</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>Agregar otra respuesta</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>Imagen</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Esta imagen no se puede mostrar.</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>Mediciones con %n tramo</numerusform>
                <numerusform>Mediciones con %n tramos</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Mediciones</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 y %2 fijan dónde empieza y termina un tramo, Enter lo marca o marca el momento del cursor, Tab recorre los tramos, Delete quita uno.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>Las flechas mueven el cursor, con Shift de diez en diez; más y menos acercan o alejan, 0 muestra todo.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Hay un tramo seleccionado: arrastra sus bordes o presiona %1 y %2, una etiqueta lo cambia, Delete lo quita.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>Elige una etiqueta y arrastra sobre los gráficos; un clic marca un momento.</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>Tarea tapada</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>Esta tarea puede molestarte</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>Queda tapada hasta que la pidas. Dejarla no te cuesta nada.</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>Mostrarla</translation>
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
            <translation>N hace un recuadro, Tab recorre los recuadros, las flechas mueven el seleccionado, Shift con flechas cambia su tamaño, %1 pone o quita un cuadro clave, %2 lo hace irse o volver, Delete lo quita.</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>Space reproduce, coma y punto avanzan una imagen; más y menos hacen zoom, 0 lo muestra entero.</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>Video</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>Eje de tiempo con %n fila</numerusform>
                <numerusform>Eje de tiempo con %n filas</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Eje de tiempo</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 y %2 fijan dónde empieza y termina un tramo, Enter lo marca, Tab recorre los tramos, Delete quita uno.</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>Las flechas avanzan una imagen, con Shift diez; Space reproduce.</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>Recuadro</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>Un recuadro en el medio (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>Aquí no hay cuadro clave</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>Cuadro clave aquí</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>Ya no está después de esta imagen</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>Está desde esta imagen</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>Ve a otra imagen y mueve el recuadro: eso crea un cuadro clave, y entre ellos se mueve de forma pareja.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>Elige una etiqueta y arrastra un recuadro sobre la imagen.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>Elige una etiqueta y arrastra sobre la línea de tiempo, o presiona %1 y %2, y luego Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>Tarea</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>Sobre la región %1</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>Inicio</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>El tramo seleccionado empieza aquí</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>Un tramo empieza aquí</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Fin</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>El tramo seleccionado termina aquí</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>Un tramo termina aquí</translation>
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
            <translation>Marcar el tramo entre inicio y fin (Enter)</translation>
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
            <translation>Mostrar más tiempo</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>Mostrar todo</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>Acercar</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>Deshacer</translation>
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
            <translation>A %1 · tarifa %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>Qué podrían cambiar las próximas diez tareas</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>Controles al azar</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Desde</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Con control al azar</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>Esperados</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>Esperados por azar</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>Cada sorteo se calcula otra vez en esta computadora con el secreto que la plataforma fijó antes de que trabajaras. Elige una fila para guardar sus pruebas como archivo, para que otra persona las revise.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Cuándo</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaña</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Probabilidad</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Sorteo</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Semilla</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>Tipos de trabajo</translation>
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
            <translation>Un nivel cuenta el trabajo revisado y nunca se pierde; una nota puede bajar, y una mejor es tuya cuando se ha mantenido por diez tareas revisadas.</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>Confianza</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>Calculado en esta computadora con veredictos firmados; nadie puede ponerlo a su gusto.</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>Comparar con la plataforma</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Intentar otra vez</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>Lo que has ganado sigue siendo tuyo. Si la plataforma te expulsa, aquí puedes apelar ante quien la dirige.</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>Apela en la Bandeja de salida los rechazos que creas equivocados: cada uno que ganes cuenta aquí como correcto.</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>Abrir la Bandeja de salida</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>Con este aviso no se pierde nada; solo mira tus últimas respuestas.</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>Lee los motivos en la Bandeja de salida. Un rechazo que creas equivocado se puede apelar ahí.</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>La plataforma dice algo distinto de tus veredictos firmados.</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>Su número puede ir atrasado por unos veredictos. Si sigue así, avisa a quien dirige la plataforma; las pruebas de abajo están firmadas.</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>Aún no se ha revisado ninguna respuesta tuya</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>Cada respuesta revisada cuenta. Empieza con cualquier campaña; las que no piden garantía son las más fáciles para empezar.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Buscar trabajo</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>De dónde sale</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>Puntaje a lo largo del tiempo</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>Respuestas revisadas</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Puntaje</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>Como mínimo</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>Como máximo</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>Dónde está probablemente el valor real</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>El puntaje aparece aquí desde tu segunda respuesta revisada.</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>Revisar el trabajo de otros</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>Puedes revisar. Las revisiones pagan mejor por hora y no necesitan red una vez que están aquí.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Revisar</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Pruebas</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>%1 revisadas · %2 correctas · %3 al primer intento</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>puntaje de confianza %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>Juzgada</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaña</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Veredicto</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>Intento</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>Juzgada por</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>Un rechazo solo cuenta cuando ya no puede cambiar. Hasta entonces puedes apelarlo en la Bandeja de salida.</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>Verla</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Ahora no</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>Siguiendo</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Avisarme de trabajo nuevo</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>Elige tu idioma</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>Protégela en esta computadora</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>Una contraseña aleja de tu dinero a otros que usan esta computadora. No se envía a ninguna parte; si la olvidas, tus palabras secretas aún sirven.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Contraseña</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>Al menos 8 caracteres. Unas cuantas palabras seguidas son fáciles de recordar.</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>Muy corta: al menos 8 caracteres.</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>Fácil de adivinar: agrega una o dos palabras.</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>Una buena contraseña.</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>Una contraseña muy buena.</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>La misma contraseña otra vez</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>Con el llavero no necesitas contraseña: quien puede usar esta computadora como tú puede usar la billetera.</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>Proteger con esta contraseña</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>Usar el llavero del sistema</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>Recupera tu billetera</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>Saldo, vales, trabajo abierto, garantías y apelaciones vuelven de lo que se firmó. Los borradores que nunca se sellaron, no.</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>Qué tienes</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>Palabras secretas</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>Clave privada</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>Archivo de clave</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>Tus palabras secretas</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>De 12 a 24 palabras en su orden, en cualquiera de los diez idiomas en que existen palabras secretas.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>primera segunda tercera …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>Usé una frase adicional u otra cuenta</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>Frase adicional a las palabras</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>Si nunca tuviste una, no escribas nada. Una equivocada abre otra billetera, vacía.</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>Qué cuenta</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>Tu clave privada</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>64 cifras de 0 a 9 y de a a f; puede llevar 0x delante.</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>El archivo de clave</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>Elegido: %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>Suelta el archivo en esta página, o escribe dónde está y presiona Enter.</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>Ruta del archivo</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>Contraseña del archivo</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>Suelta el archivo aquí</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Abriendo</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>Recuperar</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Atrás</translation>
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
            <translation>Red de práctica</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>Paso %1 de 3</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>Buscando tu billetera</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>Gems solo pide palabras secretas en esta página, y solo para crear o recuperar una billetera. Nadie más las necesita, nunca.</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>Gana dinero con tareas pequeñas</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>Tu pago va a una billetera que solo tú tienes. No necesitas dinero ni papeles para empezar; crear una toma unos tres minutos.</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>Crear una billetera nueva</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>Ya tengo una billetera</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>Idioma de sus doce palabras</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>Escribe estas doce palabras en papel</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>Son tu billetera: quien las tiene, tiene tu dinero, y con ellas vuelve si se pierde esta computadora. No les tomes fotos.</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>Guarda el papel donde solo tú puedas encontrarlo.</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>Ya las escribí</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Atrás</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>Desbloquea tu billetera</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>Tu trabajo y tus ganancias están guardados en esta computadora; el llavero del sistema los abre.</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>Tu trabajo y tus ganancias están guardados en esta computadora; la contraseña los abre.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Contraseña</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Abriendo</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Desbloquear</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>Vuelve a escribir las palabras</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>En su orden, de tu papel. Bastan las primeras cuatro letras y un espacio para cada palabra.</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>Las doce palabras</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>La palabra %1 no es una de ellas: mira tu papel.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>primera segunda tercera …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>%1 de 12 palabras</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Comparar</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>Empezar de nuevo con otras palabras</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>Sobre esta tarea</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>Tarea %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>Pago %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>Instrucciones</translation>
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
            <translation>Terminar y seguir</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Deshacer</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Rehacer</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Instrucciones</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Teclas</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Mostrar las diferencias</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>Ir al siguiente elemento</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Mostrar toda la imagen</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Quitar lo seleccionado</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>Devolver</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Guardar otra vez</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>Esta respuesta fue rechazada: %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Marcado en la tarea: %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>Corrígela y termínala otra vez; vuelve sola a revisión.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Intentar otra vez</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>%n tarea hecha</numerusform>
                <numerusform>%n tareas hechas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>%n respuesta por enviar</numerusform>
                <numerusform>%n respuestas por enviar</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Aquí aún no hay tareas</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>Dan hasta %1 GEM cuando se aceptan. Sellarlas las firma con tu clave para que nadie pueda cambiarlas; las selladas salen en cuanto haya conexión.</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>Están selladas y a salvo en esta computadora, y salen solas cuando haya conexión.</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>Están selladas y en camino.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>Toma un lote de tareas; se quedan en esta computadora y se pueden hacer sin red.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Sellando y enviando…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Sellar para enviar</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Sellar y enviar</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Buscar trabajo</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>Abrir la bandeja de salida</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>Esta tarea no indica ninguna grabación.</translation>
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
            <translation>Imagen {at} de {whole}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>Esta tarea no indica ningún video.</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>0.05 GEM por tarea y un minuto cada una: 3 GEM en una hora.</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>1 GEM = {worth} {code}, como lo escribiste, {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>1 GEM = {worth} {code}, según la plataforma {name} ({source}), {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>Falta 1 tarea revisada para poder revisar.</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>Falta 1 tarea revisada para otros clientes para poder revisar.</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>Falta 1 tarea revisada para el siguiente nivel.</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>Falta 1 respuesta correcta para poder revisar.</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>Falta 1 respuesta correcta para {grade}.</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>10 % quiere decir: se revisa más o menos una de cada diez respuestas.</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>Un recuadro o contorno no encaja</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>Una campaña tiene de una a tres rondas.</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>Un canal no puede ser para nadie ni para el contrato.</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>Un canal se cierra en 7 a 90 días; se dio otro plazo.</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>Un canal necesita una clave que firme sus vales.</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>Un cobro no puede ir a la dirección cero ni al contrato.</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>Un cobro no se pudo hacer</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>Ya hay un cobro en camino.</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>Un cobro es de otro canal.</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>Un cobro tiene una hora imposible.</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>Con un clic en él se abre Gems.</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>Un canal cerrado nunca se abre otra vez: ya no ganas nada en él.</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>Una moneda que la cadena pide por cada pago. No la necesitas: un mensajero la paga por ti.</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>Una computadora que guarda una copia de tu vale más nuevo y cuida tu pago cuando no estás.</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>Una decisión cambió mientras tanto.</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>Un archivo contendría {what}, y pediría novedades.</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>Una tarea terminada vence: envíala antes de {time}.</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>Una prueba oculta</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>Una letra de A a F que dice qué tan bien estuvo tu trabajo revisado. Las mejores notas abren más trabajo.</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>Una calificación va de 1 a 5.</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>Un mensaje tiene de 1 a 1,000 caracteres.</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>Ya hay un retiro de tu fianza en camino.</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>La versión nueva se consigue donde conseguiste esta. Tu billetera y tu trabajo se conservan.</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>Había un vale más nuevo. Queda guardado y cuenta desde ahora.</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>Un número es demasiado grande para guardarlo.</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>Un jurado tiene 1, 3, 5 o 7 revisores; las condiciones dicen otra cosa.</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>Una parte del pago, para quienes revisan. El pago que ves es lo que queda.</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>Una parte cambió en el camino.</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>Una imagen o un archivo de una tarea llegó cambiado o dañado.</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>Un perfil necesita un nombre.</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>Un tipo de cambio no tiene justo sus campos.</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>Un tipo de cambio no tiene hora.</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>Una respuesta rechazada se puede corregir o apelar.</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>Un rechazo cuenta solo cuando ya no puedes apelarlo.</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>Un rechazo necesita un motivo.</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>Las palabras secretas son 12, 15, 18, 21 o 24; aquí hay: {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>Una garantía vuelve cuando el trabajo se acepta. Cuando se rechaza del todo, la garantía se pierde.</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>El número de un paso está fuera de sus límites.</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>La suma de un paso está mal formada.</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>Una tarea de esta campaña aún se juzga en la cadena.</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>Una tarea vence: termínala y envíala antes de {time}.</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>Una tarea se abrió otra vez mientras tanto.</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>Una tarea cuya respuesta correcta ya se conoce. Mide qué tan bien se trabaja y nunca decide el pago.</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>Se llevó a la cadena un veredicto sobre esta tarea.</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>Ya vale un veredicto de esta ronda o de una superior.</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>Un revisor de este jurado ya juzgó la tarea antes.</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>Un voto no está firmado por su revisor.</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>No se puede llegar a una torre vigía, o no aceptó el vale.</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>Una página web responde en lugar de la plataforma: esta red quiere que inicies sesión.</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>Un trabajador con buen historial que puede revisar el trabajo de otros y cobra por ello.</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>Una línea amarilla te dice cuando algo te necesita pronto.</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Aceptado</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>Aceptada el {time}.</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>Tareas aceptadas que se juzgan otra vez: {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>El trabajo aceptado espera {time} antes de pagarse: hasta entonces su cliente puede objetar, y otros juzgan.</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>Aceptado, aún sin pagar</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>Agrega un segundo, de otra persona, en Ajustes.</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>Agrega una torre vigía en Ajustes, o envía el archivo del vale a alguien que pueda entregarlo antes del final.</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>¿Agregar una dirección a tu libreta?</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>Tras contraseñas equivocadas, la billetera espera antes del próximo intento, en segundos: {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>Después de trabajar para alguien, da tu calificación; ayuda al próximo trabajador.</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>Tras {n} respuestas revisadas: {score}, entre {low} y {high}</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>Coincide</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>Todas las campañas conocidas aquí</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>Todas sus tareas están tomadas.</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>Todo tipo de tareas</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>Todos los idiomas</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>Todo en una sola suma. Incluye también lo que está en revisión o en juego, aunque aún no esté decidido.</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>Todo el pago de tus vales hasta entonces</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>Todas las palabras están en la lista, pero juntas no sirven: una está mal o fuera de lugar.</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>Todo tu trabajo terminado, desde hecho hasta pagado. Lo que espera allí está seguro en esta computadora.</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>Primero autoriza toda la cantidad; Gems lo hace solo cuando se da la orden otra vez.</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>Cantidad: {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>Una cantidad en un mensaje no es un número entero de unidades base.</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>Una respuesta cambió mientras tanto.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>Una apelación necesita su motivo, en 2,000 caracteres como máximo.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>Una apelación necesita su motivo, en 500 caracteres como máximo.</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>Una apelación ocupa el lugar del segundo intento, que pagaría {amount} GEM. No puedes hacer ambas cosas.</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>Uno anterior, desde {time}</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>Molestia</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>Otro tipo de archivo tiene este nombre.</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>Otro movimiento</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>Otro motivo</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>Se autorizó a otro mensajero a llevar este cobro.</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>En la cadena vale otro veredicto, así que este caso no paga nada.</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>Responde por tu cuenta; no se te muestra la otra respuesta.</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>Respondidas a ciegas</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>Las respuestas se revisan con la regla “{name}”.</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>Las respuestas hechas desde entonces se traen si esta versión las puede leer. Los vales y las garantías se piden otra vez a la plataforma, y no se firma nada en tu canal antes de conocer el vale más nuevo.</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>Respuestas que este cliente rechaza</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>Cualquier descarga</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>Todo lo demás de lo que se avisa</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Apelar</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>¿Apelar un veredicto?</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>Jurado de apelación</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>Apela cuando haya pasado más tiempo, o toma trabajo con garantía.</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>Apelaciones decididas: {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>Apelaciones ganadas por el trabajador: {won} de {n}.</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>Llegó</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>Llegaron a la plataforma: {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>Si estás empezando, elige una sin garantía.</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>Mientras no se envíe, puedes recuperarla y cambiarla.</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>Al {time}</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>Pide un precio nuevo y cobra otra vez.</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>Pide un precio nuevo.</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>Pide la respuesta una vez más; puedes enviar tu propio archivo otra vez sin problema.</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>Pide la respuesta a tu archivo más nuevo, o escribe uno nuevo.</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>Pide a la plataforma que lo termine. Si no lo hace, cualquiera puede: la función finish_close del contrato solo necesita la descripción que está en el archivo del vale, y un poco de moneda de gas.</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>Pidiendo tareas…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>Al menos el 80 % de tus respuestas son correctas.</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>Al menos el 90 % de tus respuestas son correctas.</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>En juego</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>En juego en trabajo aún sin juzgar: {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>En la plataforma</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Con control al azar</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>Controladas: {had} de {n}. El puro azar daría {expected}.</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>Controles pasados: {n}. Donde una tarifa paga la revisión, baja con ellos.</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>Primero empiézala.</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>Empieza el pago otra vez.</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>Empezada, guardada en esta computadora</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>Se está enviando</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>Las mejores notas abren trabajo mejor pagado, y después revisar.</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>Entre 80 y 95 de cada cien correctas.</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>Revisión a ciegas</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>Bloqueado: ya no se te ofrece trabajo de {who}.</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Fianza</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>La fianza volvió</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>Fianza puesta para una apelación</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>Llévalo otra vez mañana.</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>Trae la respuesta de vuelta del mismo modo.</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>Recupera la billetera con tus palabras secretas en un perfil nuevo.</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>Recuperando tu trabajo: {done} de {total}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>Por la regla de la campaña: sin garantía; una parte del pago es para la revisión.</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>Por la regla de la campaña: otras personas revisan cada respuesta.</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>Por la regla de la campaña: varias personas hacen la misma tarea hasta que esté bastante claro qué es lo correcto.</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>Por la regla de la campaña: algunas respuestas se sortean y se revisan, las demás se pagan completas.</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>Por la regla de la campaña: el trabajo se paga, salvo que lo rechacen dos desconocidos a quienes paga su cliente.</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>Solo por la plataforma</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>Llegaron tarde: {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campaña</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>La campaña termina</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>Campañas ocultas: {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>Puede volver del pago</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>El nodo {place} de la cadena responde cosas sin sentido.</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>El nodo {place} de la cadena responde, sigue la cadena y tiene los contratos de Gems.</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>No se puede llegar al nodo {place} de la cadena.</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>El nodo {place} de la cadena tiene los contratos, pero la clave de la plataforma no está registrada ahí.</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>El nodo {place} no es de la cadena de esta red.</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>El nodo {place} de la cadena va {minutes} minutos atrasado.</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>El nodo {place} de la cadena muestra otros contratos que los de Gems en las direcciones de esta red.</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>Probabilidad de revisión</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>Cambia las condiciones de la campaña y planéala otra vez.</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>¿Cambiar lo que puede salir sin preguntar?</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Canal</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>Revisa que la carpeta del perfil sea tuya y que el disco funcione.</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>Revisa la dirección del nodo en Ajustes y tu conexión; se intenta otra vez.</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>Revisa la dirección.</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>Revisa las cantidades e inténtalo otra vez. Si se repite, actualiza Gems.</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>Revisa la conexión, o usa otro nodo de la cadena.</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>Revisa la conexión; el trabajo sigue sin ella.</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>Revisa el disco. Si falta algo, guarda ese archivo.</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>Revisa el disco; la próxima copia ocupa su lugar.</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>Revisa la memoria USB y el nombre del archivo.</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>Falta trabajo revisado para un cliente más para poder revisar.</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>Falta trabajo revisado para {more} clientes más para poder revisar.</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>Elige un plazo de 7 a 90 días.</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>Elige un archivo de clave de la versión 3, como lo exportan las billeteras, o usa las palabras secretas.</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>Elige una cantidad que no pase de lo libre.</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>Elige una respuesta para cada región.</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>Elige una respuesta.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Elige otra carpeta.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Elige otro nombre.</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>Elige otro archivo de red.</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>Elige otro trabajo, o inténtalo más tarde.</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>Elige otro trabajo.</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>Elige otra cosa.</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>Elige la mejor para cada región.</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>Elige la mejor.</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>Elige el archivo de una copia.</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>Elige el archivo que va aquí.</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>Elige qué está mal, y dilo en 500 caracteres como máximo.</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>Elige qué está mal.</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>Elige tu idioma. Lo puedes cambiar cuando quieras.</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>Cobrar</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>Haz el cobro; para trabajo nuevo hace falta un canal nuevo.</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>Cobra más tarde, cuando se haya juntado más.</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>Cobra lo que puedas, avisa a la plataforma y no tomes más trabajo hasta que responda.</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>Cobrado antes</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>Cobrado antes, desde otra computadora</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>Cobrado en total</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>Cobrado a tu billetera</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Claridad</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>¿Cerrar un archivo que lleva tu trabajo a la plataforma?</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>Ciérralo otra vez. Con un poco de moneda de gas también puedes empezarlo tú: la función start_close del contrato.</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>Ciérralo cuando haya más que cobrar.</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>Cierra otros programas antes de tareas con imágenes grandes o videos.</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>Cierra otros programas que usan la carpeta e inténtalo otra vez.</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>Cierra el polígono que no está terminado.</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>¿Cerrar tu canal de pago?</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>Cerrando</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>Compara cada palabra con tu papel y escríbelas otra vez, o empieza de nuevo con otras palabras.</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>Compara toda la dirección con la que te dieron, no solo sus primeras letras.</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>Compáralas con lo que escribiste, palabra por palabra, en orden.</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>Completa cada región.</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>Complétala y termina otra vez.</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>Conecta esta computadora a una red una vez, por un minuto.</translation>
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
            <translation>Copia otra vez toda la dirección y compara sus primeras y últimas letras.</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>Copia otra vez toda la clave; puede empezar con 0x.</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>Corrígela, o apela hasta {time}: una de las dos.</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>Corregida</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>Ya se contó cuando la pusiste</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>Cuenta como {n}: las tareas fáciles, y muchas para un mismo cliente, cuentan menos.</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>Cuenta cuántas de tus tareas se revisaron. Solo crece.</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>Crueldad con animales</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>Tope diario</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>Datos de hoy</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>Datos usados en los últimos 14 días: {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>Los plazos van con la hora de la plataforma, así que nada tuyo se atrasa por esto.</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>No se hizo; no se tomó nada</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>Distinto</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>En disputa</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>Trabajo en disputa</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>En disputa, se juzga otra vez</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>En disputa; otros revisores lo juzgan</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>No sigas en esta red; compara el archivo de red con el de quien la publica.</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>No trabajes en esta red hasta que quien la publica lo haya explicado. Si solo uno de tus nodos dice esto, usa otro, en Ajustes.</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>Primero haz algunas tareas.</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Documentos</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Listo</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>Sorteadas solo por la plataforma, sin semilla del cliente: {n}.</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>Sorteos aún no revelados, que aquí no se cuentan: {n}.</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>Cada línea es una campaña: sus tareas, el pago, el pago por hora y la garantía.</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>Gana más para tu fianza y apela antes de que se acabe el tiempo para hacerlo.</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>Ganado en los últimos {n} días: {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Ganancias</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>Escribe en Ajustes la dirección de un nodo de la cadena correcta.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>Otras personas revisan cada respuesta y deben estar de acuerdo; puedes corregir una respuesta rechazada una vez.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>Otras personas revisan cada respuesta. Tu garantía de {stake} GEM vuelve con el pago cuando están de acuerdo; puedes corregir una respuesta rechazada una vez.</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>Cada cambio se guarda enseguida. No se pierde nada si se va la luz.</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>Se pregunta por cada pago, por otras {time}</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>Todo lo demás</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>Aquí todo es para probar. El dinero de la red de práctica no vale nada.</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>Se pagó todo lo que había. Llegaron {amount} GEM a tu billetera.</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>Todo está juzgado; {n} aceptadas, se pagan si nadie objeta</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>Todo está enviado y juzgado</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>Todo está enviado; {n} esperan un veredicto</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>Todo lo guardado antes sigue ahí.</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>Todo lo que tu canal te deba cuando esto se haga sale de él, menos la tarifa.</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>Todo lo que hiciste está guardado.</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>Pruebas escritas en {path}</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>Ejemplo {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>Ejemplo {n} de {total}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>Intercambiando con la plataforma</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>Con experiencia</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>¿Exportar la clave de tu billetera a un archivo?</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Justicia</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Tarifa</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>Tarifa del mensajero: {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>Tarifa para quienes revisan</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Tarifa del mensajero</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>Primero trae las novedades e inténtalo otra vez; si sigue así, muestra ambas cifras a la plataforma.</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>Trayendo {done} de {total}</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>Pocas respuestas rechazadas y pago rápido son buenas señales.</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>Menos controles de los que explica el azar (1 en {one_in}).</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Buscar trabajo</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>Termina antes de que se acabe el tiempo.</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>No termines nada más para esta plataforma. Conecta esta computadora de vez en cuando hasta que termine el cierre.</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>Terminada, aún sin sellar</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>Primero unos ejemplos: {share} deben ser correctos. No cuestan nada, no pagan nada y se pueden repetir.</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Primeros pasos</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>Primer intento</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>Hallado deficiente</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>Libre en tu fianza</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>Libera espacio e inténtalo otra vez, o inicia la versión que tenías antes.</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>Libera espacio e inténtalo otra vez.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>Libera espacio, o elige otra carpeta o memoria USB.</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>Libera espacio, o toma menos tareas.</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>Desde ahora tu pago llena la fianza hasta aquí y no más: {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>De tu fianza, cuando termine el cierre, desde {time}: {amount} GEM.</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>Desde {time} puedes llevarlo al contrato.</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>Primero ponle fondos, o compara sus condiciones con lo que se pagó.</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>Con fondos</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>No se pueden enviar GEM a la dirección cero.</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>No se pueden enviar GEM a esta dirección.</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>GEM tuyos apartados para garantías y apelaciones. Lo que está libre lo puedes sacar otra vez.</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>GEM que son solo tuyos, en la cadena. Los puedes guardar o enviar a quien quieras.</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>GEM que pones con una respuesta. Vuelven si la respuesta se acepta, y se pierden si queda rechazada.</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>GRAM se controla con dos revisores que deben estar de acuerdo.</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>Moneda de gas</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>Gems no se cerró bien la última vez.</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>Gems ya está abierto con este perfil.</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>Gems lo envía otra vez por sí solo.</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>Gems envía el resto por sí solo.</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>Gems {gems}, Python {python}, Qt {qt}, en {system}</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>Ya se puede descargar Gems {version} ({size}).</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>Preparando</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>Da una fecha u hora para cada región.</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>Da una fecha u hora.</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>Da un número para cada región.</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>Da un número.</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>Da una calificación para cada región.</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>Da una calificación.</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>Da una cantidad mayor que cero.</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>Da otra dirección.</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>Da otra cantidad.</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>Da menos.</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>Da la dirección de alguien.</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>Devuelve la carpeta a tu usuario, o quita la protección contra escritura del disco.</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>Da tu propia respuesta.</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>Devuelta</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>Alegría</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>Sigue trabajando. Mira tus ganancias otra vez en una hora.</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>Sigue; si se repite, cierra la aplicación y ábrela otra vez.</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>Volviendo a la copia de antes de la actualización</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>Alcanza para seguir; con más trabajo revisado se sabrá más.</translation>
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
            <translation>La mitad de los pagos llega más rápido; 95 de 100 en menos de {time}.</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>La mitad de las revisiones tomó menos de {time}.</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>La mitad de las tareas tomó menos de {time}.</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>¿Entregar el trabajo terminado?</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>¿Entregar tus revisiones?</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>Entregado al mensajero</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>Odio e insultos</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>Aquí está todo lo que terminaste, y en qué va.</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>Oculta: {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Inicio</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>El trabajo honesto da en promedio</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>Horas que espera una dirección nueva: {after} en vez de {before}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>Qué tan bueno es tu trabajo como mínimo y como máximo, según las revisiones. Con más trabajo revisado, los dos se acercan.</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>Cuánto tarda desde que envías tu respuesta hasta que el pago es tuyo.</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>Cuánto suele durar una tarea.</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>Cuántas de cada cien respuestas a este cliente se rechazaron. Si es bajo, es bueno para ti.</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>Cuántas de tus respuestas miran otras personas. No puedes saber cuáles, así que haz bien cada una.</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>Cuántos rechazos resultaron equivocados cuando otros juzgaron otra vez. Si es alto, vale la pena apelar.</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>Si falla dos veces al iniciar, vuelve la versión anterior. Tu billetera y tu trabajo se conservan.</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>Si se rechaza, lee el motivo. Corrígela, apela o acepta el rechazo.</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>Si nadie responde a tiempo, el contrato decide según las reglas.</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>Si el rechazo está mal, apela y di por qué. Antes ves la fianza.</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>Si la ventana sigue negra, usa GEMS_RENDERER=software.</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>Si pierdes, te cuesta: {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>Si pierdes, el rechazo queda firme.</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>Si pierdes, el rechazo queda firme; se pierden la fianza y lo que dejaste por la apelación.</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>Si puedes intentarlo otra vez, corregir suele ser lo más rápido.</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>Si lo quieres, pídelo otra vez y acepta en esa ventana antes de dos minutos.</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>Si ganas, recibes {wins} GEM. Si pierdes, te cuesta {loses} GEM.</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>Si también trabajas en otra computadora, no pasa nada malo. Si no, avisa a la plataforma.</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>En un día: {after} GEM en vez de {before} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>En revisión</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>En ese tiempo el cliente también puede pagar a dos desconocidos para que miren otra vez; solo si ambos hallan mal el trabajo, vuelven hasta {amount} GEM del pago.</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>En este canal habrás puesto, en total: {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>En tu libreta de direcciones como: {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>En tu carpeta</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>En tu billetera</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>Instala Gems otra vez. Hasta entonces no se pueden mostrar tareas con imágenes.</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>Instala Gems otra vez; en Debian, ./dev setup dice qué falta.</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>Instala otra vez la versión más nueva.</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>Pide una garantía; tu fianza aún no alcanza. Empieza con trabajo que no pida ninguna.</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>Pide datos personales, o los muestra</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>Pide que apruebes primero sus prácticas; eso no cuesta nada.</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>Te da {amount} GEM.</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>Vino con el gestor de paquetes del sistema, que también trae las versiones nuevas.</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>Se puede hacer hasta: {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>No se puede leer o entender</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>No se puede retirar: ya empezó el envío, así que la plataforma puede tenerla.</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>Llega solo cuando se aceptan tus respuestas.</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>Cuesta un poco de moneda de gas, que cualquiera puede pagar. Todos ven el caso en la cadena.</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>No te cuesta nada, y paga {amount} GEM cuando se acepte. Tienes hasta {time}.</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>No te cuesta nada. Tienes hasta {time}.</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>Gasta {size} de datos.</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>Gasta {size} de datos; el programa entero serían {whole}.</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>No sigue las instrucciones</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>Debe llegar antes de {time}, cuando vence su primera tarea.</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>Es un fraude, o quiere pagar fuera de la plataforma</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>Va contra la ley</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>Se copia solo en cuanto haya conexión.</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>Es de antes de este perfil. La firma de la plataforma o la cadena prueban la suma; las tareas una por una no están en esta computadora.</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>Nunca se hace dos veces.</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>Aún no se sabe si hay una versión más nueva.</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>Aún no está en la cadena. Ya se puede llevar.</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>Está en la cadena y alguien apeló: se juzga otra vez hasta {time}.</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>Está en la cadena. El contrato puede pagar después de {time}.</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>Es un paso, de 1 GEM como máximo, y cuenta como deuda contigo. No se firma otro antes de que se pague; el resto de tu fianza se queda donde está.</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>Se te debe y llega con el próximo vale.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>Se paga si su cliente no objeta antes de {time}.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>Se paga si su cliente no objeta.</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>Se envía otra vez hasta que la plataforma firme que lo recibió, y cuenta una vez.</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>Se intenta otra vez; revisa la dirección de la torre en Ajustes.</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>La plataforma la tiene como la enviaste.</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>Te toca a ti: apela o acepta el rechazo. Si no haces nada, queda rechazada.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>Te toca a ti: corrígela, apela o acepta el rechazo.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>Te toca a ti: corrígela o acepta el rechazo.</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>Sale con la próxima conexión, a más tardar el {time}.</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>Paga otra cosa que lo que dice</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>Muestra cosas que pueden molestar sin avisar antes</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>Usó un vale más viejo que el tuyo, así que todo el resto es tuyo: {amount} GEM al final.</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>Quiere que abra un enlace o un programa</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>Se dejó como está. Tu dinero está en la cadena y tus palabras secretas lo abren en cualquier lugar.</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>No se guardó y no se abrió nada.</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>No se mostró a tiempo a la cadena, así que el contrato no puede pagarlo.</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>No se tocó.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>Su cliente objetó; otros revisores lo aceptaron otra vez.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>Su cliente objetó; otros revisores lo rechazaron.</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>Su cliente objeta. Otros revisores lo juzgan otra vez.</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>Su cliente paga a otros dos revisores para mirar otra vez este trabajo aceptado.</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>Su cliente escribió:</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>Sus palabras secretas están en tu papel: recuperan la billetera en cualquier computadora.</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>Sus palabras secretas nunca se compararon con tu papel. Sin ellas, la billetera solo está en esta carpeta.</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>Su tiempo se acabó antes de entregarla.</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>Juzga solo lo que pide la instrucción, no lo que te gusta.</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>Juzgado antes de {time}.</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>Guarda tus doce palabras en papel en un lugar seguro. Revisa una vez al año que las puedes leer.</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>Guardado en el llavero del sistema</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Guardado.</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>Respuesta conocida</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>Último día para objetar</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>Últimos {n} días: {paid} GEM por hora en tareas pagadas, {all} GEM con el tiempo sin pago</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Más tarde</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>Después de una semana</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>Mínimo y máximo</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>Quita el signo que separa los miles.</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>Queda en tu fianza para garantías: {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>Deja que una torre vigía o una carpeta guarde una copia de tu vale.</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>Deja que lo entregue quien lo recibe.</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>Nivel</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>Nivel {n}: {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>Nivel: {level}.</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>Filas escritas en {path}: {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>Bloqueado para ti en el canal</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>Bloqueado en el canal</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>Bloqueado en el contrato por trabajo que sigue abierto.</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>Mira otra vez más tarde o elige otra campaña.</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>Busca otra vez más tarde, o elige otra carpeta. Tu versión sigue funcionando.</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>Busca otra vez más tarde. Si vino de una memoria USB, pide que la graben de nuevo.</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>Mira otra vez cuando sea su hora; la bandeja de salida dice cuándo.</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>Busca otra vez cuando tengas conexión, o toma una versión nueva de una memoria USB.</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>Mira otra vez.</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>Mira la cantidad y la dirección, e inténtalo otra vez.</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>Mira la respuesta y la instrucción que está al lado.</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>Mira el caso: debe ser el de esta tarea, completo y como se firmó.</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>Mira el saldo de la billetera antes de pagar otra vez.</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>Busca una en Ajustes, en Versiones nuevas. Antes de descargarla ves cuántos datos gasta.</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>Mira aquí antes de trabajar para alguien nuevo.</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>Mira si ya hay un archivo así, y si el disco está lleno.</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>Última búsqueda: {time}</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>Para buscar una versión nueva hace falta conexión.</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>Buscando una versión nueva…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>Se pierde en promedio</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>Perdida: otros revisores también la rechazaron.</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>Haz una billetera. No cuesta nada y no necesita banco ni nombre.</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>Crea una, o recupera una con sus palabras.</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>Crea una, o recupera la tuya, en la ventana.</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>Haz lugar antes de tomar más trabajo; lo guardado está a salvo.</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>Libera espacio y luego sigue. Lo que ya llegó se conserva.</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>Muchas tareas del mismo tipo de un cliente, con un precio y unas mismas reglas.</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Marca</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>Marca al menos una región.</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>Medido sobre el trabajo que de verdad se hizo.</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Mediciones</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>Imágenes médicas</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>Mensajes de clientes: {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>El dinero puede ir allí</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>El dinero puede ir allí enseguida, dentro de tu límite diario, sin preguntar.</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>El dinero puede ir allí sin preguntar, dentro de tu límite diario, después de estas horas: {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>Demasiados controles para ser azar (1 en {one_in}).</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>De tus últimas respuestas se rechazaron más de lo usual para ti.</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>¿Pasar parte de tu fianza a lo que puedes cobrar?</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>Pasado de tu fianza a lo que puedes cobrar</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>Pasado a tu fianza</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>Indica una torre vigía o una carpeta en Ajustes para tener copias en otro lugar.</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>Di de quién es.</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>Nombre: {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>Ninguna de las dos</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>Nunca les tomes una foto y nunca se las digas a nadie, tampoco a nosotros.</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>Avisos nuevos: {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Versiones nuevas</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>Trabajo nuevo</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>Nuevo</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>Novedades que necesitan conexión para comprobarse: {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>Novedades: {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>Nueve tareas dan 1 GEM y una no da nada: 0.90 en promedio.</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>Aún no se ha juzgado ninguna respuesta, así que no se puede decir nada de la justicia.</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>No hay ningún cobro en espera sobre esta tarea.</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>No quedó ningún archivo a medias, y tu trabajo está guardado en esta computadora.</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>Aún sin trabajo juzgado</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>Aún sin trabajo juzgado.</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>No se indicó ninguna clave.</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>Ya no se ofrece</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>¿Mucho tiempo sin red? En la Bandeja de salida elige “Sin red…” y escribe un archivo en una memoria USB.</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>No se conoce un tipo de cambio de {code} de los últimos 30 días. Escribe uno, o espera el de la plataforma.</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>Aún sin calificación.</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>No se apeló ningún rechazo.</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>Sin garantía. {fee} del pago cubre la revisión mientras tienes poco historial; se revisa {audit} de tus respuestas. La tarifa baja con cada respuesta revisada que estaba bien.</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>Aquí no hay tareas</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>No había tareas por pagar.</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>Ningún veredicto de esta tarea espera en la cadena.</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>Ahí no se encontró ninguna versión de Gems.</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>Aún no hay trabajo que pueda salir sorteado para un control.</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>Nadie revisa una respuesta, salvo que su cliente pague a dos desconocidos para hacerlo; todo lo demás se acepta como está.</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>Aquí nadie ha escrito todavía.</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>Nadie la juzgó a tiempo, así que cuenta como aceptada.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Ninguna</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>Ninguna de las campañas en que trabajas tiene tareas para ti ahora.</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>Sin control</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>Aún no hay suficiente trabajo revisado.</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>No se explica con lo que hay aquí</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>Aún sin revelar</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>Incorrecto</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>No se envió: esta conversación está cerrada</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>¿Tienes dudas? Devuélvela; no cuesta nada.</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>No admitidas; la bandeja de salida dice qué hacer: {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>Aún sin usar</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>Nada además del pago; el rechazo queda firme.</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>No se puede reclamar nada en la cadena a esta plataforma hasta que registre su clave. Avísale.</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>No se puede poner nada en un canal con cantidad cero.</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>Aún no se ha pagado nada.</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>No se cambió nada en él.</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>Aún no hay nada respondido.</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>No hay nada bloqueado por trabajo abierto.</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>Con eso no se pierde nada. Si pasa seguido, guarda un informe en Ajustes.</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>No se ha perdido nada; la billetera aún se está creando.</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>No falta nada. De tu fianza llegan {amount} GEM al final.</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>Nada más: está cerrado.</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>No hay que hacer nada. La fianza llega sola cuando termina el cierre.</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>No hay que hacer nada: el paso se envía otra vez solo. Si pasan días sin que se pague, avisa a la plataforma y no tomes más trabajo de ella.</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>No se guardó nada de eso. Tu versión sigue funcionando.</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>Nada raro: es más o menos lo que da el azar.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>No hay nada por enviar</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>No hay nada por enviar. Un archivo aún puede pedir novedades: veredictos y pagos.</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>No se aceptó nada y no hay nada en juego.</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>No se aceptó nada.</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>No se cambió nada y las palabras no se guardaron.</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>No se cambió nada y lo que escribiste no se guardó.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>No se cambió nada.</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>No se cambió nada. Tu billetera sigue guardada en esta computadora.</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>No se movió nada.</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>No se envió nada, y todo lo firmado se guarda aquí.</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>No se envió nada.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>No se firmó nada y no hay nada en juego.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>No se firmó nada y no se cambió nada.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>No se firmó nada y no se envió nada allí. Tus claves y tu trabajo están en esta computadora.</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>No se firmó nada.</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>Aún no se ha guardado nada.</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>No se guardó nada.</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>No se tomó nada. Puedes intentarlo otra vez.</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>No se tomó nada; lo que tienes aquí está a salvo y se puede terminar y enviar.</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>Avisos de hoy: {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Ahora</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>Las teclas de números eligen una respuesta; Enter termina la tarea. F2 muestra todas las teclas.</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>Objeciones del cliente a respuestas aceptadas: {n}; ganadas: {won}.</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>De ningún cliente</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>De estos, ahora: {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>De tus últimas {last}, se rechazaron {rejected}: peor que tu promedio.</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>De tus últimas {last}, {right} estaban bien: mejor que tu promedio.</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>Sin conexión: sigue trabajando, se envía después</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>En Debian, instala libpulse0. Las tareas sin sonido ni video funcionan.</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>En promedio</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>En la cadena, esperando confirmaciones</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>Saliendo de tu fianza</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>Saliendo de tu fianza: {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>En camino: {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>Hay una respuesta por enviar</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>Se crea una cuando se sellan respuestas.</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>Un número que dice qué tan bueno fue tu trabajo, contado en esta computadora con veredictos firmados.</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>Uno de los votos acepta este trabajo, así que no prueba ningún rechazo.</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>Otro revisor, que no lo ha juzgado antes</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>Hay una tarea aquí, unos {time} de trabajo</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>Queda una tarea en este lote</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>En línea</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>Solo hay un nodo de la cadena, así que nada de lo que dice se puede comparar.</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>Solo el árbitro de las condiciones puede decidir esto.</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>Solo el contrato de campañas puede hacer esto.</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>Solo el contrato que juzga puede hacer esto.</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>Solo la plataforma puede leerlo, y nadie puede cambiarlo en el camino.</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>Solo quien lo recibe puede entregar este pago firmado.</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>Solo el cliente de la campaña puede hacer esto.</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>Solo las dos partes de un canal pueden cerrarlo.</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>Solo se acepta lo que firmaron los creadores de Gems, venga de la red o de una memoria USB.</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>Solo tú puedes leer la carpeta del perfil.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>Solo quedan {megabytes} MB libres en el disco del perfil.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>Solo quedan {megabytes} MB de memoria libres.</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>Abrir Gems</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>Abre un navegador, inicia sesión en la red e inténtalo otra vez.</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>Abre una para ver qué puedes ganar y perder antes de tomar nada.</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>Abre la Bandeja de salida y lee por qué se rechazó tu respuesta, con el lugar señalado.</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>Abriendo tu perfil</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>Otras campañas</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>Otras personas hacen la misma tarea, una tras otra, hasta que sea bastante seguro qué respuesta es la correcta; no hay segundo intento.</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>Otras personas juzgan otra vez. Si ganas, recibes tu pago y recuperas tu fianza.</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>Otros usuarios de esta computadora pueden leer la carpeta del perfil.</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>Otros revisores lo juzgan otra vez, a más tardar hasta {time}.</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>Otro trabajo</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>Otros trabajadores</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Bandeja de salida</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>Anulada</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>Se te debe</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>Pagado a más tardar</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>Pagado antes; el trabajo correspondiente no está en esta computadora</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>Pagado en tu canal</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>Pagado en tu canal.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Pagado</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>Se paga cuando otros están de acuerdo</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>Se paga con el próximo vale.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Pagos</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>Pago por una revisión</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>Pago por una tarea</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>Pago por respuestas que enviaste y que aún no se deciden. Hasta entonces no es tuyo.</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>Paga menos tareas.</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>Paga menos.</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>Pago por mirar tu corrección</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>Paga una tarea o más.</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>Pago por estas revisiones</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>¿Pagar por trabajo de una campaña?</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>Pago por trabajo que se está juzgando otra vez. Pronto se decide quién lo recibe.</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>Pago en este vale</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>¿Cobrar tus ganancias?</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Pago por hora</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>Pago decidido pero aún sin firmar. Viene en el próximo vale de la plataforma.</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>Pago que es tuyo, probado con la firma de la plataforma. Lo puedes cobrar cuando quieras.</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>Canal de pago</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>No paga nada y no arriesgas nada.</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>Multa</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>Multa si se rechaza</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Imágenes</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>La tarjeta gráfica dibuja las imágenes.</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>Las imágenes se dibujan sin tarjeta gráfica, y con eso alcanza.</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>Las imágenes de desconocidos se abren en un proceso aparte.</translation>
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
            <translation>Práctica</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>Practicar con tres ejemplos</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>Preparando la campaña: {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>Presiona A si la respuesta está bien.</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>Presiona R si está mal y luego elige el motivo: quien la hizo debe saber qué corregir.</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>Presiona “?” junto a cualquier número para leer qué significa.</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>Es probable que menos del 55 % de tus respuestas sean correctas.</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>Es probable que menos del 70 % de tus respuestas sean correctas.</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>Protege mejor la billetera con una contraseña.</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>Protegido con tu contraseña</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>Puesto en el contrato</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>Pon los elementos en orden para cada región.</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>Pon los elementos en orden.</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>¿Poner garantías?</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>Gems no funciona con Python {python}.</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>No se pudo cargar Qt.</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Salir</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>Primero lee la instrucción. Dice cómo es una buena respuesta.</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>Listo para cobrar</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>Listo para cobrar ahora: {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>Actualiza y elige otra vez.</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>Actualiza e inténtalo otra vez.</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>Actualiza para ver cómo está.</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>Actualiza y mira qué dice la cadena ahora.</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>Habitual</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Rechazado</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>Respuestas rechazadas</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>Rechazada el {time}.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Relaciones</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Mensajero</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>¿Liberar tareas que ya te pagaron?</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>Primero quita algo.</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>Quita el programa de la misma forma en que se instaló.</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>Quita el programa con uninstall.sh, que está en su carpeta.</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>Quita el programa con el gestor de paquetes de tu sistema.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Cliente</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Informe del cliente</translation>
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
            <translation>Recupera la billetera con sus palabras secretas; primero aparta vault.json.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Revisar</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>Revisión n.º {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>Revisión n.º {n}, respondida a ciegas</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>Revisor</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>Revisiones juzgadas: {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Pago</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>Pago 1 GEM, tarifa 5 %: ves y recibes 0.95 GEM.</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>Pago por una tarea</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>Pago de la tarea</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Correcto</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>Guardado como {file}.</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>Sella otra vez.</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>Sella y envía tus respuestas</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>Sellado y por enviar</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>Segunda mirada</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>Segundo intento</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>Autolesión</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>¿Enviar GEM fuera de tu billetera?</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>Envía menos tareas a la vez.</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>Envíala antes de {time}.</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>Envíala, o retírala primero.</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>Envía menos, o cobra primero lo que hay en tu canal.</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>Envía menos, o pon primero GEM en la cuenta.</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>Envía lo que está hecho, espera sus veredictos y luego intenta otra vez.</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>Plazo para enviar</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>El envío de esta respuesta ya empezó: la plataforma puede tenerla.</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>Enviando {done} de {total}</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Enviada</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>Enviado a otra dirección</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>Enviado, aún sin juzgar</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>Enviado. Devuelve la memoria USB con la respuesta: {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>Pon un bloqueo y un tope diario si otros usan esta computadora.</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>Ajusta el reloj de esta computadora; hasta entonces, las horas que muestra no son exactas.</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>Ajusta el reloj; hasta entonces Gems usa la hora de la plataforma.</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>Corrige la fecha y la hora, y busca otra vez.</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>Ajustes, seguridad y copias</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>Revisiones tuyas ya cerradas que después se anularon: {overturned} de {reviews}.</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>Contenido sexual</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>Muestra esto a la plataforma. Si tienes el archivo de un vale, o conoces una torre vigía que guardó los tuyos, busca ahí un vale más nuevo: en Ajustes, Dinero, bajo A salvo.</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>Saltadas</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>Algunas piden hacer ejemplos primero. No cuestan nada, y los puedes repetir.</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>Algo de esto puede molestar.</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>Unas tareas dan más, otras dan menos o nada. Este es el promedio de muchísimas tareas.</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>Alguien apeló el primer veredicto; eres de quienes juzgan otra vez.</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>Se insulta o se amenaza a alguien</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>Alguien del jurado no está entre los revisores de las condiciones de la campaña.</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>Alguien lleva la memoria USB a una computadora con red. Nadie puede leer ni cambiar tu trabajo.</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>Alguien que lleva tu cobro a la cadena y paga la moneda de gas, por una pequeña tarifa.</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>Otra cosa</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>Algo falló en esta aplicación.</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>Algo anda mal con tu canal</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>Faltó algo</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Sonido</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>El sonido y el video se pueden reproducir.</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>El sonido y el video no se pueden reproducir aquí.</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>El sonido y el video no se pueden abrir en esta computadora: falta una biblioteca del sistema (en Debian: libpulse0).</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Rapidez</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>Garantía</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>Garantía 0.10, pago 0.50: si se acepta, recibes 0.50 y tus 0.10 vuelven.</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>Garantía en riesgo</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>La garantía volvió</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>Garantía perdida</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>Garantía puesta</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>Garantía, perdida con el rechazo</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>¿Responder por una campaña?</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>Inicia Gems desde una sesión de escritorio.</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>Inicia Gems una vez para crearlo.</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>Inicia Gems: recupera la copia sana más nueva y guarda el archivo dañado. Revisa el disco.</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>Inicia la versión más nueva, o recupera la billetera con sus palabras en un perfil nuevo.</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>Inicia con --home y una carpeta en un disco de esta computadora, o haz que esta se pueda usar.</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>Principiante</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>Iniciando la cadena</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>Iniciando la plataforma</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>Sigue en línea un momento: Gems los devuelve por sí solo. Luego inténtalo otra vez.</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>Sigue en línea un momento: Gems las envía por sí solo. Luego inténtalo otra vez.</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>Queda libre para cobrar</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>Usa al menos {n} caracteres; unas cuantas palabras seguidas son fáciles de recordar.</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>Toma bastantes tareas mientras tienes conexión.</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>Primero retírala, si se puede.</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>No tomes más trabajo de esta plataforma hasta que su clave esté registrada.</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>No tomes trabajo ni envíes dinero en esta red; compara su archivo con el de quien la publica.</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>Toma tareas mientras tienes conexión; las puedes hacer sin red.</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>Quítales el permiso de leerla: chmod 700 en la carpeta.</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Toma tus primeras tareas</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>Retirada</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>Tomar tareas</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>Tarea n.º {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>Tarea n.º {n}, corregida</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>Tarea {index}, intento {attempt}: otros la juzgan otra vez en la ronda {round}.</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>Tarea {n} de {campaign}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>Tareas juzgadas: {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>Tareas que vencen pronto: {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>Las tareas que tomas se guardan para ti hasta cierta hora. Antes nadie más las recibe.</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>Tareas vencidas: {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>Unas diez; las puedes hacer sin red.</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>Textos</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>Eso es dentro de una hora</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>Esa contraseña no abre esta billetera.</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>La página Confianza muestra cuánto falta.</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>La cuenta tiene menos GEM de los que debía enviar.</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>La cantidad cambió.</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>La cantidad es mayor de lo que cabe en un canal.</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>La cantidad es cero o demasiado grande.</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>La respuesta antes de corregirla</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>La respuesta no está completa</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>La respuesta no está firmada por quien tiene la tarea.</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>La respuesta que se rechazó</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>La respuesta no se anotó en la cadena antes de su plazo.</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>La respuesta no fue firmada por la plataforma.</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>El jurado de apelación la juzga. No tienes que hacer nada.</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>La asignación no está firmada por la plataforma.</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>La barra muestra el mínimo y el máximo seguros hasta ahora. Cada revisión la hace más corta.</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>El botón grande te lleva adelante: a tu próxima tarea o a trabajo nuevo.</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>La cuenta no está firmada por la plataforma.</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>La fianza y la garantía de la tarea; el rechazo queda firme.</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>La fianza de {amount} GEM se pierde.</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>La meta de la fianza está guardada.</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>La fianza que pones</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>La fianza; el rechazo queda firme.</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>El autobús llegó otra vez una hora tarde.</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>La campaña no tiene esa ronda.</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>La campaña aún no ha terminado.</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>La campaña de esta revisión no está en esta computadora.</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>La campaña de esta tarea no está en esta computadora.</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>La campaña terminaría demasiado lejos en el futuro.</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>La campaña ya habría terminado.</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>Las rondas, la probabilidad de control o la multa de la campaña no son posibles.</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>El contrato de campañas tiene otro juez.</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>Las campañas necesitan un juez.</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>El caso trata de otra asignación de esta tarea.</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>El caso se escribió en {path}</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>Ahora no se puede consultar la cadena.</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>La cadena tiene un veredicto distinto de este.</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>La cadena no tiene dinero para esta campaña.</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>La cadena no conoce ese canal.</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>El nodo de la cadena no aceptó la transacción: {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>Los nodos no muestran nada de la última media hora: dejaron de seguir la cadena.</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>La cadena dice del dinero algo distinto que la plataforma: mira abajo.</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>El canal se está cerrando o ya se cerró.</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>El canal no se está cerrando.</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>El canal no se guardó.</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>Fallaron las propias comprobaciones.</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>El cobro llegó más tarde de lo que permitiste.</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>El cobro no se aceptó.</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>El reloj de esta computadora está mal.</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>Parece que el reloj de esta computadora está mal.</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>El cierre ya está en camino.</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>El cierre se entregó al mensajero. La cadena responde en un momento.</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>El cierre del canal aún no se puede terminar.</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>El cierre de tu canal pudo terminar hace un día, y la plataforma no lo terminó.</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>El cierre de tu canal que pediste no se hizo.</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>La garantía ya está saliendo.</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>El contrato lo pagó a tu billetera.</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>El contrato te guarda la fianza. No hay fecha límite para terminarlo, y nadie más puede llevársela.</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>El contrato no puede tomar tantos GEM de la cuenta.</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>El contrato rechazó la llamada sin dar motivo: un número no encaja, o tenía muy poco gas.</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>El contrato rechazó la llamada: {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>El contrato ya no liquida más de esta campaña hoy.</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>La copia es del {day}. Entradas que la versión más nueva escribió desde entonces: {count}.</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>No se puede leer la base de datos.</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>La base de datos está dañada.</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>La base de datos está sana: {answers} respuestas, {unsent} sin enviar.</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>La base de datos de este perfil estaba dañada.</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>La base de datos la escribió una versión más nueva de Gems.</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>La fecha de esta computadora está mal.</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>La decisión sobre tu respuesta: aceptada, o rechazada con un motivo.</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>El plazo de la salida aún no ha pasado.</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>No se puede usar la descripción de la red.</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>El disco está lleno, así que esto no se pudo guardar.</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>El disco está lleno.</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>El documento no tiene esa página.</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>El documento está bloqueado con una contraseña.</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>La descarga puede parar y seguir en cualquier momento. Mientras tanto, sigue trabajando.</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>El sorteo se calculó otra vez en esta computadora.</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>El depósito tiene muy poco para este veredicto.</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>Las pruebas se escribieron en {path}</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>Cuantas menos, mejor: juzga por lo que se pidió.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>No se puede leer el archivo.</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>No se puede escribir el archivo ahí.</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>No se pudo abrir el archivo.</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>No se pudo escribir el archivo.</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>El archivo está dañado.</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>El archivo aún no está en esta computadora.</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>El archivo es demasiado grande para abrirlo con seguridad.</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>El archivo del disco no es el de esta tarea.</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>El archivo se abre con la contraseña que acabas de escribir para él.</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>El archivo que tiene la billetera está dañado.</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>El archivo que tiene tu billetera está dañado.</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>El archivo tardó demasiado en abrirse.</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>No se pueden leer o escribir los archivos de este perfil.</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>La primera: {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>Vale el primer reporte.</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>Los dos primeros se comparan antes de creer algo sobre el dinero.</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>Los cuatro números dicen qué ganaste, qué puedes cobrar, qué está en revisión y qué espera su envío.</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>Vale el más alto que te firmó, y se guarda aquí. Sus dos firmas lo prueban.</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>La clave con que firma la plataforma no está registrada a su nombre en la cadena.</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>La clave que firmó no está registrada en la cadena para esta plataforma.</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>La clave se escribió en {path}</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>La etiqueta está mal</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>La lista al final dice por qué cada cantidad llegó o se fue.</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>Las listas de canales y de cantidades no tienen el mismo largo.</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>La red de práctica local no inició.</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>El sorteo no eligió tu respuesta, así que nadie la revisa: se acepta.</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>El dinero aún no se ha comprobado en la cadena.</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>El dinero en que te pagan. Un GEM tiene muchas partes pequeñas, para poder pagar trabajos pequeños.</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>El dinero de este depósito ya está saliendo.</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>Esta computadora comprobó el dinero en la cadena.</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>La red pide primero su propio inicio de sesión.</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>La contraseña nueva vale desde ahora.</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>No se pudo escribir la versión nueva: el disco está lleno, o ahí no se puede escribir nada.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>La versión nueva empieza la próxima vez que abras Gems, nunca en medio de tu trabajo.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>La versión nueva empieza la próxima vez que abras Gems. No se interrumpe nada de lo que haces.</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>No se puede leer la copia más nueva.</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>El más nuevo, desde {time}</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>La siguiente nota, {grade}, aún está lejos.</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>Quien dirige la plataforma respondió tu apelación, y la expulsión sigue. Puedes escribir otra vez.</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>Los otros revisores están de acuerdo contigo.</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>Los otros revisores juzgaron distinto, así que esta revisión no se paga.</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>El jurado no tiene ese puesto.</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>El jurado no está en el orden de sus direcciones.</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>El jurado no está firmado por la plataforma.</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>La parte de Gems que guarda tus claves se detuvo.</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>La contraseña está vacía.</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>La contraseña es muy corta.</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>El pago no está firmado por el cliente de la campaña.</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>El pago de esta cuenta no se cobró.</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>El permiso para tomar GEM llegó tarde.</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>No se pudo abrir la imagen.</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>La imagen está dañada.</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>La imagen aún no está en esta computadora.</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>La imagen es demasiado grande para mostrarla con seguridad.</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>La imagen del disco no es la de esta tarea.</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>La imagen tardó demasiado en abrirse.</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>La plataforma responde, firmado con su clave, en {milliseconds} ms.</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>La plataforma volvió de una copia y aún no tiene tus vales más nuevos.</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>No se puede llegar a la plataforma.</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>La plataforma no puede llegar a sus imágenes, sonidos y videos.</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>La plataforma no puede llegar a sus datos guardados.</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>La plataforma no puede llegar a la cadena.</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>La plataforma cierra tu canal</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>La plataforma no pudo leer lo enviado.</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>La plataforma cuenta veredictos que esta computadora rechazó porque sus pruebas no se sostienen. Se miran otra vez en cada inicio; si sigue así, muestra las cifras a la plataforma. Veredictos rechazados: {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>La plataforma cuenta tu historial distinto que esta computadora, así que su pago y su probabilidad de control no serían los tuyos. Controles pasados seguidos, tareas de este tipo correctas y tareas de este tipo revisadas, según su cuenta y la de esta computadora: {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>La plataforma cuenta {theirs} controles pasados, esta computadora {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>La plataforma cuenta {theirs} tareas revisadas, esta computadora {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>La plataforma cuenta {theirs} respuestas correctas, esta computadora {ours}.</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>La plataforma no aceptó el inicio de sesión.</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>La plataforma no lo aceptó</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>La plataforma no lo aceptó.</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>La plataforma no la aceptó. Lo que dejaste por ella es tuyo otra vez.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>La plataforma no aceptó tu apelación: llegó tarde.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>La plataforma no aceptó tu apelación; el rechazo queda firme.</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>La plataforma no permite esto a tu cuenta.</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>La plataforma ya no tiene esto.</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>La plataforma no tiene esta campaña.</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>La plataforma no acepta tu trabajo. Si se muestra a la cadena antes de que venza, cuenta como entregado; si no sigue un veredicto, el contrato puede pagarte con la garantía de la plataforma.</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>La plataforma no da más tareas por ahora.</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>La plataforma te da la nota {theirs}, esta computadora calcula {ours}.</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>La plataforma ya no te da tareas. Una persona de la plataforma lee lo que escribas.</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>La plataforma había perdido sus datos más nuevos. Se le devolvieron tus vales y tu trabajo.</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>La plataforma anunció que retira su garantía.</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>La plataforma lo tiene y pregunta a otros revisores.</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>La plataforma perdió sus datos más nuevos y no volvió a aceptar tus vales.</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>La plataforma no tiene garantía que pueda pagar esto.</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>La plataforma no hizo su parte. Puedes llevarlo al contrato.</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>La plataforma no ha pagado un paso de salida de tu fianza que firmaste.</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>La plataforma no tiene nada nuevo para ti.</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>La plataforma solo tiene una parte de esto.</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>La plataforma mostró a la cadena que no debe nada por este trabajo.</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>La plataforma firmó que lo recibió</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>La plataforma firmó que recibió tu trabajo, y no ha traído ningún veredicto. El contrato puede pagarte con la garantía de la plataforma.</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>La plataforma tiene tu apelación; otros revisores juzgarán otra vez.</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>La plataforma está cerrando tu canal y su mensajero no acepta tu cobro.</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>La plataforma está cerrando tu canal de pago.</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>La plataforma está retirando su garantía, así que no se pone ninguna garantía para su trabajo.</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>La plataforma puede tomar del dinero de la campaña, en total: {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>La plataforma tuvo un error propio.</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>La plataforma ofrece una revisión con otro pago u otra garantía que los prometidos por la campaña.</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>La plataforma ofrece una tarea con otro pago, garantía o probabilidad de control que los prometidos por la campaña.</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>La plataforma la abre hasta {time}.</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>La plataforma te debe la misma suma, lista para cobrar. Si no responde, este paso es lo que puedes perder.</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>La plataforma rechazó esto.</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>La plataforma dice que pusiste más garantía de la que conoce esta computadora.</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>La plataforma dice {theirs}; los resultados firmados dan {ours}.</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>La plataforma muestra un vale menor que el que publicó.</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>La plataforma firmó que tiene tu respuesta.</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>La plataforma firmó dos vales distintos con el mismo número.</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>La plataforma firmó tu pago</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>La plataforma aún tiene tiempo para responder a este reclamo.</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>La plataforma aún tiene tiempo para responder.</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>La plataforma aún tiene tiempo, hasta {time}. Después se puede llevar.</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>La plataforma recibe los envíos de otra manera.</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>La plataforma espera que liberes tareas que ya te pagó.</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>La plataforma quiere que inicies sesión otra vez.</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>El archivo diario de vales de la plataforma muestra menos de lo que te firmó antes.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>La clave de la plataforma para archivos para llevar no está aquí.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>La clave de la plataforma para archivos para llevar es demasiado vieja.</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>La clave de la plataforma aún no está aquí. Conecta esta computadora a una red una vez, por un minuto.</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>La clave de la plataforma no está registrada en la cadena, así que no se pone ninguna garantía para su trabajo.</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>La firma de la plataforma por todo lo que te debe. Con ella la cadena te paga, pase lo que pase.</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>La firma de la plataforma se revisó en esta computadora cuando llegó.</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>El proceso que abre imágenes no inicia.</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>El perfil está abierto en otra ventana de Gems.</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>El perfil {profile} aún no existe en esta computadora.</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>El perfil {profile} existe.</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>No se puede escribir en la carpeta del perfil.</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>El recibo no está firmado por la plataforma.</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>La grabación o el video está codificado de una forma que aquí no se permite.</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>La grabación, el video o el documento es demasiado largo para abrirlo con seguridad.</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>La llamada rechazada no cambió nada, y no se movió ningún GEM.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>La llamada rechazada no cambió nada. Lo que está en depósito se queda ahí.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>La llamada rechazada no cambió nada. Tus pruebas están guardadas y se pueden llevar otra vez.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>La llamada rechazada no cambió nada. Tus vales están guardados en esta computadora.</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>El rechazo es definitivo. Se pierde tu garantía de {amount} GEM.</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>La tarifa del mensajero es mayor que lo que da el cobro.</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>La liberación no está firmada por el trabajador.</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>No se pudo guardar el informe: el disco está lleno o no se puede escribir en él.</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>El cliente</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>El cliente objetó.</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>Llegó la hora de que el cliente salga: no hay veredicto nuevo.</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>El pago es mayor que el de las condiciones.</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>El pago no supera el que puede tener el segundo intento.</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>El pago de la tarea; la fianza y la garantía vuelven, y el rechazo no cuenta.</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>El pago de la tarea; la garantía vuelve, y el rechazo no cuenta.</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>La regla: otras personas hacen la misma tarea, hasta que esté bastante claro qué respuesta es la correcta.</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>La regla: dos desconocidos la miran. Solo si ambos la hallan mal hecha, vuelve una parte del pago.</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>La regla: {k} de {n} revisores deben estar de acuerdo.</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>El puntaje pasó de {first} a {last}.</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>La pantalla usa esta tecla. Presiona una letra, una cifra o un signo.</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>La tienda abre a las nueve.</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>La firma no es de la cuenta a la que pertenecen los GEM.</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>El pago firmado llegó tarde.</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>El pago firmado aún no vale.</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>Los votos firmados no se pudieron leer otra vez ahora. Se revisaron cuando llegaron.</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>La fuente de un tipo de cambio empieza o termina con un espacio.</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>La fuente de un tipo de cambio no es una línea de texto simple de 80 caracteres como máximo.</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>La garantía de la tarea, que un segundo intento pudo salvar; el rechazo queda firme.</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>La garantía que pusiste</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>La garantía no se aceptó.</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>La firma de la garantía no es del trabajador del canal.</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>El llavero del sistema puede guardar la clave de la billetera.</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>La tarea terminó sin veredicto, así que volvió lo que pusiste.</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>La tarea no está en la cuenta que se firmó.</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>Las condiciones piden menos votos que medio jurado.</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>Las condiciones piden más votos de los que tiene un jurado.</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>Las condiciones dan más de 30 días para un segundo intento.</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>Las condiciones no indican una plataforma, o una que no puede ser.</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>Las condiciones no indican un cliente, o uno que no puede ser.</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>Las condiciones no pagan nada por una tarea.</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>La parte de los pagos en las condiciones está fuera de sus límites.</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>El tiempo para apelar aún no se acaba.</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>El tiempo para apelar está fuera de sus límites.</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>El tiempo para apelaciones se acabó.</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>Se le acabó el tiempo</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>El tiempo para esto se acabó.</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>El tiempo de su primera tarea ya se acabó.</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>El tiempo para apelar se acabó.</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>El token no se puede crear sin alguien que lo reciba.</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>El token no movió los GEM.</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>El envío no se aceptó.</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>Los dos mensajes no se contradicen.</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>Las dos partes del caso tratan de tareas distintas.</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>Las dos contraseñas son distintas.</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>La actualización no se instaló.</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>El veredicto y sus votos están firmados. Esta computadora revisó cada firma y contó sola esta cantidad.</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>La respuesta de los revisores es la de la tarea; no hay segundo intento.</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>La versión instalada sigue funcionando. Tu billetera y tu trabajo no se tocaron.</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>Los votos no están en el orden de sus puestos.</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>El vale no da nada que no se haya cobrado antes.</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>El vale está guardado en esta computadora.</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>El vale no está firmado por la clave de este canal.</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>La espera terminó. El contrato paga en cuanto alguien se lo pida.</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>La billetera está bloqueada.</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>No se ha empezado a retirar la garantía.</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>No se ha empezado a retirar este depósito.</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>Quien hizo la tarea está en su jurado.</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>Los {amount} GEM que pusiste por ella pueden perderse.</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>Luego abre Buscar trabajo y toma tus primeras tareas.</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>Luego llegan los veredictos de otros; tu pago se suma en cuanto coinciden los suficientes.</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>Hay menos votos de los que necesita un veredicto.</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>Hay más novedades; escribe otro archivo para recibirlas</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>No hay imágenes en movimiento en el archivo.</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>Hay votos para una tarea sin respuesta.</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>Ya hay un perfil con este nombre.</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>Hay una pantalla donde dibujar.</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>Hay una billetera, pero sus palabras secretas nunca se volvieron a escribir.</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>Hay una billetera; sus palabras se anotaron y se volvieron a escribir.</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>En tu canal hay menos que la tarifa del mensajero.</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>En el archivo no hay ni sonido ni imagen.</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>Aún no hay copia de la base de datos.</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>No hay contrato de campañas en la dirección dada.</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>Aquí no hay una copia de antes de una actualización.</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>Aún no hay base de datos.</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>Aquí no hay un veredicto final sobre esta tarea.</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>No hay otra ronda a la que apelar.</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>No hay ningún llavero seguro.</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>Ahí no hay un vale más nuevo; el tuyo es el último.</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>No hay un canal de pago abierto en el que mover algo.</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>Aún no hay canal de pago.</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>No hay informe de este cliente.</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>No hay espacio para el archivo.</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>No hay una pantalla donde dibujar.</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>No hay sonido en el archivo.</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>No existe esa carpeta para el archivo del vale.</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>No existe esa imagen en el video.</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>No existe ese perfil en esta computadora.</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>No hay token en la dirección dada.</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>Aquí no hay ningún veredicto que te espere.</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>Aquí no hay ningún veredicto que puedas apelar.</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>No hay veredicto que apelar.</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>Aún no hay vale.</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>Aquí aún no hay billetera.</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>Aún no hay billetera.</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>Ahora no hay trabajo de este tipo.</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>No hay tanto libre en tu fianza.</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>Aquí no hay nada que el contrato pague: ya se pagó, o la plataforma aún tiene tiempo.</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>Aún no hay nada que el contrato pague por esto.</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>Aún no hay nada por cobrar que valga la tarifa del mensajero.</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>Hay muy poco espacio en el disco para este trabajo.</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>Hay muy poco espacio en el disco.</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>Hay muy poco espacio en el disco: faltan {size}.</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>No hubo conexión.</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>Son más tareas de las que puede tener una campaña.</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>Estas no son las palabras de tu billetera nueva.</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>Estas son las cifras de alguien nuevo; cambian con tu trabajo revisado.</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>En estos lugares no hay una palabra de la lista: {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>Están firmadas y salen cuando hay conexión.</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>No vieron tu respuesta antes de dar la suya.</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>Escribieron:</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>Esta dirección no está en tu libreta.</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>Esta cantidad se puede leer de dos maneras.</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>Esta respuesta ya salió de la bandeja.</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>Esta respuesta aún no está completa: {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>Esta respuesta ya se aceptó; su cliente te paga para mirarla otra vez.</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>Esta campaña no tiene prácticas.</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>Esta campaña es solo para la nota A.</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>Esta campaña es para la nota B o mejor.</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>Esta campaña es para la nota C o mejor.</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>Esta campaña terminó.</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>Este archivo para llevar se selló para otra plataforma, o hace demasiado tiempo.</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>Esta computadora suma sola lo que se te debe, y no acepta un vale por menos.</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>Esta computadora no tiene un llavero seguro, o está cerrado.</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>Esta computadora lo vio en la cadena.</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>El reloj de esta computadora coincide con el de la plataforma.</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>El reloj de esta computadora está a {minutes} minutos del de la plataforma.</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>Esta contradicción ya se probó antes.</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>Esta copia de Gems se hizo sin actualizaciones.</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>Este archivo no contiene ningún vale.</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>Este es un archivo para llevar, no la respuesta a uno.</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>Esta es una respuesta, no un archivo para enviar.</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>Esto es para quien dirige la plataforma: mira primero la garantía.</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>Así se ve un aviso</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>Son más GEM de los que caben en una campaña.</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>Es más de lo que puede salir en un día sin preguntar: {limit} GEM, de los que hoy se usaron {spent} GEM.</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>Esto no es una dirección, o una de sus letras está mal.</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>Esto no es un archivo para llevar, o está cortado.</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>Esta dirección no es correcta: una letra o cifra está mal, falta o sobra.</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>Gems no puede abrir este archivo de clave.</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>Esta imagen no es de un tipo permitido (PNG, JPEG o WebP).</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>Esto no es una clave privada: una clave tiene 64 cifras de 0 a 9 y de a a f.</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>Esta grabación, video o documento no es de un tipo permitido (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>Esto no es una cantidad de GEM.</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>Este no es el intento anterior al segundo.</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>Este no es el código de una moneda.</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>Esto no es lo que vale un GEM.</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>Esta es la versión más nueva.</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>Esta es tu propia campaña.</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>Esta clave no está registrada para la plataforma.</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>Se entregan estas revisiones, selladas a las {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>Se entregan estas tareas, selladas a las {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>Se liberan estas tareas, selladas a las {time}: {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>Esto no mueve dinero.</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>Esta red cuenta los megabytes, y tú los guardas para otras cosas.</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>Ya no se consulta este nodo: {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>Esta opción no puede tener tecla.</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>Este perfil ya tiene una billetera.</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>Este programa no se puede actualizar solo: no se puede escribir en su carpeta.</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>Esta respuesta es del archivo de otra persona, o de uno que escribiste hace mucho.</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>Esta respuesta cambió o se dañó en el camino, así que se rechazó.</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>Esta revisión se hace haciendo la tarea.</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>Esta revisión ya no está abierta.</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>Este pago firmado ya se hizo o se retiró.</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>Esta tarea ya no se puede devolver.</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>Esta tarea no es una revisión a ciegas.</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>Esta tarea no está en esta computadora.</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>Esta tarea ya no está abierta.</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>Esta tarea no está abierta a cambios.</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>Esta tarea ya se aceptó y se pagó.</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>Esta tarea ya se llevó a la cadena.</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>Esta tarea no se pagó por adelantado.</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>Esta billetera no tiene contraseña.</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>Esto ya se hizo de otra forma.</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>Esto no se confirmó en la ventana de la billetera.</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>Esto no se firmó: {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>Esta torre vigía ya no recibe copias: {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>No se conoce esta forma de guardar una billetera.</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>Este trabajo no se tomó: {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>Quienes revisan no ven tu respuesta antes de dar la suya.</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>Tres ejemplos</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Hora</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>Tiempo por tarea</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Tiempo restante</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Cuánto tarda en pagar</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>Tiempo con tareas que no dieron nada: devueltas, rechazadas o saltadas.</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>Para descargar</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>Descarga por tarea</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>Pasar tu pago del canal a tu billetera. Solo entonces lo puedes enviar a otros.</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>A esta dirección:</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>A tu billetera enseguida: {amount} GEM. La tarifa del mensajero es {fee} GEM.</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hoy</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>Se acabaron los megabytes de hoy.</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Juntos</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>Muy pocas de tus respuestas revisadas son correctas para seguir.</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>Aún hay muy poco trabajo juzgado para decir cuánto se rechaza.</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>Se hizo muy poco trabajo para medirlo.</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>Demasiados pedidos en poco tiempo.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>Se intentó {n} veces; se intenta otra vez a las {time}.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>Se intentó {n} veces; se intenta otra vez con la próxima conexión.</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Confianza</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>Puntaje de confianza</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>Inténtalo otra vez en un minuto.</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>Inténtalo más tarde.</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>Inténtalo otra vez. Si sigue así, inicia con --fresh para empezar de nuevo la red de práctica.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>Inténtalo otra vez; si sigue así, devuelve la tarea sin costo.</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>Intenta tomar el trabajo otra vez.</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>Doce palabras</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>Doce palabras que abren tu billetera en cualquier lugar. Quien las tiene, tiene tu dinero: no se las digas a nadie.</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>Otros dos revisores lo hallaron mal hecho: parte del pago volvió a su cliente.</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>Escríbela otra vez; revisa las mayúsculas y el teclado. Tus palabras secretas también la recuperan.</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>Escribe la misma dos veces.</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>Con GRAM, la garantía del trabajador debe ser la multa.</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>En Lectura cambias el idioma, las letras y los colores.</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>En Trabajo y datos dices cuántos megabytes puede usar el programa en un día.</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>Bajo cada tarea ves qué pasa después y hasta cuándo.</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>Desbloquea la billetera otra vez; si no ayuda, inicia Gems de nuevo.</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>Desbloquea la billetera e inténtalo otra vez.</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>Tiempo sin pago</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>Hasta que se registre, Gems no pone garantías para su trabajo: ningún contrato oiría tu caso.</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>Hasta entonces hay que enviar tu respuesta. Después la tarea pasa a otra persona.</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>Hasta que esto pase, Gems no pone garantías para su trabajo.</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>Hasta esta hora tú o la otra parte pueden objetar. Después el veredicto queda firme para siempre.</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>Actualiza Gems y luego inténtalo otra vez.</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>Actualiza Gems. Si se repite, guarda un informe en Ajustes y avísanos.</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>Usa otro nodo de la cadena en Ajustes.</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>Usa otro nodo de la cadena, o agrega un segundo para comparar, en Ajustes.</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>Usa otro perfil para otra billetera.</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>Usa otros nodos de la cadena: escribe sus direcciones en Ajustes.</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>Usa la clave que creó la campaña.</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>Usa la aplicación empaquetada, o Python 3.11 a 3.13.</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>Usa la ventana que ya está abierta, o ciérrala primero.</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>Usa su clave.</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>Usado {when}</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>Suele pagar en</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Veredicto</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>Revisores</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>Los revisores deciden antes de {time}.</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>Ahora deciden los revisores. No tienes que hacer nada.</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>Los revisores lo juzgaron, y la plataforma no te ha pagado. El contrato puede pagarte con el depósito de la campaña.</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>La versión {new} falló dos veces al iniciar, así que vuelve a funcionar la {old}.</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>Ya se puede descargar la versión {version}.</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>Se está descargando la versión {version}.</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>La versión {version} está lista.</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>Veterano</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Videos</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>Violencia</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>Vale</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>El vale {n} de {time} lo paga. En total dice {paid} GEM para cobrar y {bonded} GEM para la fianza.</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>Espera un momento; Gems lo intenta otra vez.</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>Espera hasta que ya no pueda cambiar.</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>Espera hasta que llegue.</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>Espera hasta que termine.</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Espera hasta que esté hecho.</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>Espera hasta que pase, y luego inténtalo otra vez.</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>Espera hasta que la cadena lo muestre.</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>Espera hasta que el veredicto quede cerrado, y luego termina la salida.</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>Espera, y luego escribe la contraseña otra vez. Tus palabras secretas también la recuperan.</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>Espera la próxima conexión</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Billetera</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>Torre vigía</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>Semana desde {day}: {had} controladas, {expected} esperadas</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>Devuelto: dos personas hallaron mal hecho el trabajo</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>¡Qué lindo día pasamos!</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>Lo que te cuesta una respuesta rechazada además de su pago. Nunca es más que tu garantía.</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>Lo que un cliente puso para pagar el trabajo. No lo puede retirar mientras haya tareas abiertas.</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>Lo que responde no es la plataforma de esta red.</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>Lo que no cabe va en el próximo archivo: {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>¿Qué siente quien escribe?</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>Lo que salió de la fianza ya no sirve de garantía.</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>Lo entregado no se puede cambiar después. Esto no mueve dinero.</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>Lo que no está probado no se tomó. Lo firmado volvió, y tu dinero está como dicen las firmas.</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>Lo pagado no se puede recuperar.</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>Nadie puede recuperar lo enviado. Compara toda la dirección con la que te dieron.</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>Lo que puede salir de tu billetera en un día sin preguntar. Si es más, la billetera te pregunta antes.</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>Lo que la gente ganó aquí en una hora, medido en trabajo pagado.</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>Lo que escribió la versión más nueva se aparta en la carpeta del perfil; nunca se borra.</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>Lo que la plataforma puso para pagarte. No te puede deber más que esto.</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>Lo que el programa descarga para una tarea. Las imágenes y el sonido son grandes, el texto es pequeño.</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>Lo que el programa envió y descargó hoy. En Ajustes pones el máximo que puede usar.</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>Lo que se queda el mensajero por llevar tu cobro. Lo ves antes de firmar; nunca es más.</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>Los datos de este movimiento ya no están en esta computadora.</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>Lo que espera se envía solo cuando tienes conexión, o enseguida con “Enviar ahora”.</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>Lo que se encontró es demasiado viejo para confiar en ello.</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>Lo que se ofreció no está firmado por los creadores de Gems.</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>Lo enviado es más grande de lo que acepta la plataforma.</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>Lo que ganaste se queda en tu canal.</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>Lo que recibes por una tarea cuando se acepta.</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>Lo que has ganado se guarda aquí y se puede cobrar. El trabajo sin garantía sigue.</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>Lo que has ganado se guarda aquí. El trabajo sin garantía sigue.</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>Lo que paga tu vale más nuevo se puede cobrar hasta que termine el cierre.</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>Lo que paga tu vale más nuevo llega enseguida a tu billetera, menos la tarifa.</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>Lo que paga tu vale más nuevo se entrega por ti. Tu fianza llega cuando termina el cierre.</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>Si te rechazan una respuesta</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>Cuando envíes GEM, compara la dirección completa. No se puede recuperar.</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>Donde tu pago se guarda seguro para ti. Solo tú lo puedes cobrar, y nadie lo puede quitar.</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>Quien encarga el trabajo y lo paga.</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>Quien lo instaló puede poner ahí una versión nueva. Tu billetera y tu trabajo se guardan en otro lugar.</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>Quien tenga el archivo y esa contraseña tiene todo lo de esta billetera, para siempre. Gems nunca te pide ese archivo.</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>Quien se apodere de esta computadora podría enviar tanto sin tu permiso.</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>Quien lo escribió tiene que escribirlo otra vez.</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>Con la semilla del cliente</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>Con dos nodos de distintos dueños, se nota si uno miente.</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>Con {right} de las próximas diez correctas: al menos {low} %, nota {grade}.</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>En menos de un día</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>En menos de una semana</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>En menos de una hora</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>En menos de tres días</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>Sin red, con una memoria USB</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>Sin un recibo de la plataforma, solo se puede reclamar lo que se anotó a tiempo en la cadena.</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>Ganada: tu respuesta se acepta.</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Palabras</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Trabajo</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>Trabaja como siempre. La línea de abajo dice que estás sin conexión; no se pierde nada.</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>Hay trabajo tuyo aún sin pagar. En este canal ya no se puede pagar.</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>Trabajar sin conexión</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>El trabajo que pide garantía está cerrado para ti hasta que guardes otra vez pago en la fianza.</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>Primero trabajo sin garantía: lo primero que ganes llena tu fianza.</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>Trabajas sin conexión, como elegiste</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>Peor caso en una tarea</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>Heridas y accidentes</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>Escribe al menos una letra.</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>Escribe cifras con 18 decimales como máximo, por ejemplo 0.25.</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>Escribe cifras con 8 decimales como máximo, por ejemplo 12.50.</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>Escribe sus tres letras mayúsculas, como KES.</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>Escribe las doce palabras en papel, en orden. Son la única forma de recuperar tu dinero.</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>Escríbelas y confírmalas: sin ellas, un disco dañado se lleva el dinero.</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>Escribe qué tiene de correcto tu respuesta.</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>Escribe tu respuesta para cada región.</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>Escribe tu respuesta.</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>Escrita y firmada. Sale en cuanto haya conexión.</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>Escrita, aún sin enviar</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>Escrito: {name}. Da la memoria USB a alguien con conexión.</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>Incorrecto</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>Lo prometo</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>Acepto agregarla</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>Acepto apelar</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>Acepto cambiarlo</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>Acepto cerrarlo</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>Acepto exportarla</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>Acepto entregar</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>Acepto pasarlo</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>Acepto pagar</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>Acepto cobrarlas</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>Acepto ponerla</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>Acepto liberar</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>Acepto enviarlo</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Tú</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>Aceptaste la respuesta.</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>Agregaste esta dirección hace poco. No hará falta preguntar desde: {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>Respondiste.</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>Apelaste y perdiste: otros revisores también la rechazaron.</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>Apelaste y ganaste.</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>Apelaste.</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>Apelaste. Otros revisores la juzgan otra vez.</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>Lo puedes cobrar en la página Ganancias.</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>Cobras 10 GEM, la tarifa es 0.02: llegan 9.98.</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>La corregiste: tu segundo intento toma su lugar.</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>Corregiste tu respuesta.</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>Devolviste una tarea. No te cuesta nada y tu garantía vuelve.</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>Renuncias a la apelación, y con ella al pago de esta tarea.</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>Renuncias al segundo intento y a la apelación, y con ellos al pago de esta tarea.</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>Renuncias al segundo intento, y con él al pago de esta tarea.</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>Recibiste la tarea de vuelta para corregirla, hasta {time}.</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>Habías aceptado esta respuesta.</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>Habías rechazado esta respuesta: {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>Habías saltado esta respuesta.</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>Ya apelaste.</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>Ya tienes todos los lotes sin terminar que puede tener una cuenta.</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>Ya terminaste el segundo intento.</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>Ya terminaste el segundo intento; retíralo primero si prefieres apelar.</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>Ya entregaste el segundo intento, así que el primer veredicto queda firme.</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>Aprobaste sus prácticas.</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>Ya leíste esta respuesta. No trae nada nuevo.</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>Ya reportaste esto.</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>Tienes la nota más alta.</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>Tienes 2 GEM en ella; una tarea pide una garantía de 0.10, así que quedan libres 1.90.</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>Aceptaste el rechazo.</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>Últimamente perdiste demasiadas apelaciones sin fianza.</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>Puedes apelar un rechazo: entonces otros lo juzgan.</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>Puedes apelar hasta {time}.</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>Puedes corregir una vez una respuesta rechazada y enviarla otra vez.</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>Puedes corregirla.</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>Puedes revisar trabajo de este tipo.</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>No necesitas moneda de gas: un mensajero la paga.</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>Prometes su texto, su pago y sus reglas a todos los que trabajen en ella.</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>Rechazaste la respuesta.</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>Rechazaste la respuesta: {reason}.</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>Reportaste esto</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>Lo guardaste como caso para el contrato.</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>Dices que un rechazo está mal, y otras personas juzgan otra vez. Vale lo que ellas decidan.</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>Firmaste esto en esta computadora.</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>Escribiste:</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>Tu página Confianza muestra cuánto te falta.</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>Tu cuenta ya guardó todo lo que puede.</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>Tu respuesta fue aceptada.</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>Tu respuesta salió en el sorteo para ser revisada.</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>Tu respuesta fue rechazada.</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>Tu respuesta:</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>Tus respuestas y tu dinero están guardados e intactos.</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>Tus respuestas para “{title}” ya se juzgaron. ¿Qué tal fue el cliente?</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>Tu apelación está escrita y firmada; sale en cuanto haya conexión.</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>Tu apelación sale con la próxima conexión. No tienes que hacer nada.</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>Tu apelación espera a quien dirige la plataforma. Lo que escribas ahora la reemplaza.</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>Tu fianza llega cuando termina el cierre. Eso tarda el plazo con que se abrió tu canal.</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>En tu fianza no hay lo que pide esta apelación.</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>Tu fianza no alcanza para la garantía.</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>Tu fianza, al terminar el canal</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>Tu canal se está cerrando</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>Tu canal está abierto como antes, y no se tomó ninguna tarifa.</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>Tu canal las pagó, así que a nadie se le pide ese dinero otra vez. Esto no mueve dinero.</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>Tu canal sigue abierto y lo que hay en él sigue siendo tuyo.</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>Tu cobro está en tu billetera</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>Tus datos se conservaron.</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>Tu primer pago</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>Tu nota dice qué tan bien estuvo tu trabajo revisado.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>Tus claves, tu trabajo y tus vales están en esta computadora y no les pasa nada.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>Tus claves, tu trabajo y tus vales están en esta computadora y no les pasa nada. No se anotó nada de esta respuesta.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>Tus claves, tu trabajo y tus vales están en esta computadora y no les pasa nada. No se gastó nada.</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>Tu vale más nuevo se está entregando por {amount} GEM.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>Tu vale más nuevo está guardado aquí y en tus torres vigía; vale lo mismo en manos de cualquiera.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>Tu vale más nuevo solo está guardado en esta computadora.</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>Tu vale más nuevo se escribió en {path}</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>Tu propia orden llena la fianza con tu pago. En Ajustes pones hasta cuánto.</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>Tu pago va por este camino: en revisión, se te debe, listo para cobrar, en tu billetera.</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>Tu canal de pago se está cerrando.</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>Tu canal de pago está cerrado</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>Tu canal de pago ya se está cerrando.</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>Tu permiso ya no encaja con el canal: antes se cobró otra cosa.</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>Tu perfil no se tocó.</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>Tu calificación está guardada. Gracias.</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>Tu reporte va a quien dirige la plataforma con la próxima conexión.</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>Tu parte por una revisión</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>Tu garantía vuelve cuando los otros revisores lo ven como tú.</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>Tus garantías en trabajo aún sin decidir. Vuelven cuando el trabajo se acepta.</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>Tu sistema mantiene Gems al día.</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>Tu puntaje de confianza aún no permite revisar.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>Tus vales y todas tus pruebas se guardan aquí. Nada se paga dos veces y nada tuyo se pierde.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>Tus vales y todas tus pruebas se guardan en esta computadora.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>Tus vales se guardan aquí. Ambos se pueden mostrar a cualquiera.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>Tus vales se guardan aquí. Sus dos firmas lo prueban.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>Tus vales se guardan aquí. La cadena paga el más nuevo, recuerde lo que recuerde la plataforma.</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>En tu billetera no hay tanto más la tarifa.</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>Tu billetera está como estaba.</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>Tu billetera sigue guardada en esta computadora.</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>Tu billetera está guardada y tu trabajo está intacto.</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>Tu billetera la firmó. Su huella es {code}.</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>Tu billetera firmó la apelación con estas palabras.</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>Tu trabajo está guardado en esta computadora; no se cambió nada.</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>Tu trabajo está guardado.</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>Tu trabajo fue aceptado. Su cliente aún puede objetar por un tiempo; después se paga.</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>Tu trabajo, garantías y ganancias han vuelto. Lo que nunca se envió solo estaba en la computadora perdida.</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>Tus {checked} tareas revisadas cuentan como {counted}: las tareas fáciles, y muchas para un mismo cliente, cuentan menos.</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>Por hacer</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>quedan pocos segundos</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>una marca</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>quedan unas {n} h</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>quedan unos {n} min</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>quedan unos {n} s</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>unos {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>después de aceptarse</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>descontado lo que se pierde en promedio</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>apelaciones: {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>en cuanto se envía</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>como espera el cliente</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>además del pago</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>caracteres {start} a {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>calculado para alguien nuevo, con {share} de respuestas correctas</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>calculado con {share} de respuestas correctas, de tu propio historial</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>se revisa cada respuesta</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>cuadro {n}: {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>pide una garantía y aún no hay canal de pago.</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>no se puede poner su garantía: {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>le queda muy poco tiempo.</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>ahora mismo</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>medido</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>medido en trabajo que se pagó</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>aún sin billetera</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>aún no se le ha pagado a nadie</translation>
        </message>
        <message>
            <source>none</source>
            <translation>ninguno</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>aún no hay suficiente trabajo revisado</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>aún no se sabe</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nada</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>nada en juego</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>una de las regiones marcadas</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>solo aquí</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>solo si su cliente lo paga</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>solo en la otra</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>solo no se paga la tarea</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>sin final</translation>
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
            <translation>pagado en {time} tras el envío</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>probablemente {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>revisiones: {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>enviar en menos de {time}</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>revisiones saltadas: {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>tareas: {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>la plataforma está retirando su garantía, así que no se pone garantía.</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>la clave de la plataforma no está registrada en la cadena, así que no se pone garantía.</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>el cliente puede objetar durante {time}</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>se acabó el tiempo</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>hasta {reward} GEM</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>hasta {size} por tarea</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>billetera {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>si nadie está en desacuerdo</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>no pierdes nada</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>pierdes {amount} GEM</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>tu canal de pago aún no tiene un depósito confirmado.</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>tu canal de pago se está cerrando.</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>{amount} GEM por tarea</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>{amount} GEM están aceptados y se pagan antes de {time} si ningún cliente objeta.</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>{amount} GEM están aceptados y se pagan si ningún cliente objeta.</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>{audit} de tus respuestas se sortean y las revisan dos desconocidos; una que ambos hallen incorrecta cuesta {penalty} GEM, las demás se pagan completas.</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>Hay {count} copias, la más nueva tiene {hours} horas.</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>{count} – muy pocas para decir más.</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>{count} – {percent} %, probablemente {low}–{high} %.</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>{day}: aún no se paga ninguna tarea de ese día</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>{day}: muy poco tiempo para calcular una hora</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day}: {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{day}: {paid} GEM por hora en tareas pagadas, {all} GEM con el tiempo sin pago</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day}: {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>{done} de {total} pasos</translation>
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
            <translation>{good} aceptadas, {bad} rechazadas</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>{good} de acuerdo con los demás, {bad} no</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>{good} ganadas, {bad} perdidas</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>Llegaste a {grade}; es tuya si se mantiene tras 1 tarea revisada más.</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>Llegaste a {grade}; es tuya si se mantiene tras {more} tareas revisadas más.</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>{grade} – aún no hay suficiente trabajo revisado.</translation>
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
            <translation>{megabytes} MB libres en el disco del perfil.</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>{megabytes} MB de memoria libres.</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>{month}: {had} controladas, {expected} esperadas</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>Faltan {more} tareas revisadas para poder revisar.</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>Faltan {more} tareas revisadas para otros clientes para poder revisar.</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>Faltan {more} tareas revisadas para el siguiente nivel.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>Faltan {more} respuestas correctas seguidas para poder revisar.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>Faltan {more} respuestas correctas seguidas para {grade}.</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>{names}, y {n} más</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>{note} Probablemente al menos {low} % lo haría.</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>{note}; {share} se aceptan al final</translation>
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
            <translation>{n} respuestas por enviar</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>{n} días</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>{n} no respondieron.</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>{n} tareas terminadas vencen: envíalas antes de {time}.</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} h</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>{n} ocultas por tus ajustes</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>{n} guardadas en esta computadora hasta que haya conexión</translation>
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
            <translation>{n} abiertas</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>Otros {n} revisores, que no lo han juzgado antes</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>{n} lo calificaron; {good} de ellos dieron 4 o 5.</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>{n} respuestas rechazadas se pueden corregir o apelar.</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} s</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>Se revisaron {n} firmas de este veredicto: la tuya, la de la plataforma y las de los revisores.</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>Se contaron {n} votos firmados en esta computadora, y salió lo mismo.</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>Hay {n} tareas aquí, unos {time} de trabajo</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>{n} tareas con una garantía de {amount} GEM</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>Quedan {n} tareas en este lote</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>{n} tareas vencen: termina y envía la primera antes de {time}.</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>{overturned} de {rejected} rechazos anulados – {percent} %, probablemente {low}–{high} %.</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>Se ganaron {part} de {whole} apelaciones de trabajadores</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>{part} de {whole} decisiones de revisores se cambiaron después</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>Se aceptaron {part} de {whole} respuestas juzgadas</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>{pay} GEM por tarea</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>{redone} de tus últimas {last} se hicieron otra vez.</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>Se rechazaron {rejected} de las últimas {last}, más de lo usual para ti.</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>{rejected} de {decisions} rechazadas – {percent} %, probablemente {low}–{high} %.</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>{reward} GEM antes de la tarifa</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>{right} de {checked} tareas revisadas correctas – aún no hay suficiente trabajo revisado.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>{right} de {checked} tareas revisadas correctas – {percent} %, probablemente {low}–{high} %.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>{right} de {checked} tareas revisadas correctas: muy pocas para seguir. Puedes apelar.</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>{right} de {checked} correctas</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>{right} de {checks} pruebas ocultas correctas; hacen falta más para revisar.</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>{right} de {of} correctas</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>{share} ya está en la plataforma.</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>{share} deben ser correctas.</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>{share} de respuestas rechazadas</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>{share} de respuestas rechazadas, paga en {time}</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>{share} del pago</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>Se rechazó {share} de {n} respuestas juzgadas.</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>{size} cada una</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>{size} de archivos en espera.</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>Faltan {size} por llegar</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>{size} por descargar</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>{size} hoy</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>{spent} de {limit} GEM usados hoy</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>{stake} GEM en juego</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>{time} después de enviarla</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>hace {time}</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>{time} cada una</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>{time} en total, {unpaid} sin pago</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>quedan {time}</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>{time} en tareas que se pagaron</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>{title} (calificado)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>{title} se apartó; no se borró nada.</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>{unsent} por enviar, {waiting} esperan un veredicto</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>{used} de {allowed} MB hoy</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what}: {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>{when}: se pagaron {n} de {all} tareas ({share})</translation>
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
            <translation>{x} % desde la izquierda, {y} % desde arriba</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>{yes} dijeron que está bien, {no} que está mal.</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>“Cobrar a mi billetera” te trae lo que está listo. Ves la tarifa antes de firmar.</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>“Con fondos” es dinero que ya está puesto para el trabajo.</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>“{key}” ya es la tecla de “{option}”.</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>La imagen se está abriendo …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>Esta tarea no indica ninguna imagen.</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>El video se está abriendo …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>No se pueden leer los tiempos de esta serie.</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>Esta tarea no trae ninguna serie.</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[imagen]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>La grabación se está abriendo …</translation>
        </message>
    </context>
</TS>
