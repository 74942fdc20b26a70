<TS version="2.1" language="fr" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>Signaler un problème</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>Le responsable de la plateforme le lit. Le client ne sait pas qui l’a signalé.</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>Envoyer le signalement</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>Qu’est-ce qui ne va pas ?</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>Ce qui s’est passé, en une phrase ou deux</translation>
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
            <translation>Ce qui se passe ensuite</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>Qui agit</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>Plutôt la corriger</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>Corriger</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Porter au contrat…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Laisser ainsi</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>Ce qu’est devenue votre réponse</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Retour à la boîte d’envoi</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>Ce qui se passe ensuite</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>Écrit</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Envoyé</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>Nouveau jugement en cours</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>Jugé à nouveau</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>Gagné</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Perdu</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>Refusé</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>Tranché</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>Faire appel</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>Ce que veut dire un appel</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>Qui décide</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>Vous pouvez faire appel jusqu’au</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>Jugé au plus tard le</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>Caution que vous mettez (%1 GEM sont libres)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>Caution que vous mettez</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>Si vous perdez, cela vous coûte</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>Si vous gagnez, vous recevez</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>Pourquoi votre réponse est juste</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>Ce qui y est juste, en une phrase ou deux</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>Elle est signée avec l’appel et part à la prochaine connexion. %1 caractères sur %2.</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>Faire appel et renoncer au second essai</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>Signer l’appel</translation>
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
            <translation>Avis</translation>
        </message>
        <message>
            <source>Notices, new: %1</source>
            <translation>Avis, nouveaux : %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Refaire</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Consignes</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Touches</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>Annuler le dernier</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Assez pour l’instant</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Enregistrer à nouveau</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>Donner cette réponse</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Passer</translation>
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
            <translation>Montrer toute l’image</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Enlever ce qui est sélectionné</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>Certaines campagnes demandent une mise. Laissez ici une part de votre paie jusqu’à ce que la caution ait cette taille ; vous n’avez jamais rien à acheter.</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>Cela ne coûte rien et compte à partir de votre prochaine paie. Rien de ce que vous avez ne bouge, et ce qui est libre dans la caution, vous pouvez le ressortir.</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>Garder dans la caution</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>0 ne garde rien ; les campagnes sans mise vous restent ouvertes.</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>Garder dans la caution, en GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Garder</translation>
        </message>
    </context>
    <context>
        <name>BondMove</name>
        <message>
            <source>Free in the bond now</source>
            <translation>Libre dans la caution</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>Rendre disponible…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>Sortir de votre caution ?</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>Cela devient tout de suite prêt à encaisser. Vous et la plateforme le signez ; rien ne se passe sur la blockchain et cela ne coûte rien.</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>Cela va par pas de la paie d’une tâche, 1 GEM au plus. Si la plateforme ne répond pas, vous pouvez perdre un seul pas.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Sortir</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Montant</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>Libre dans la caution : %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>Montant à sortir de la caution, en GEM</translation>
        </message>
    </context>
    <context>
        <name>CampaignFilter</name>
        <message>
            <source>Filter</source>
            <translation>Filtre</translation>
        </message>
        <message>
            <source>Kind of task</source>
            <translation>Genre de tâche</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>Langue des tâches</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>À charger par tâche</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>Au moins ce nombre de GEM par heure</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>GEM par heure au moins</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>Sans mise</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>Ma caution suffit</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>Sans exercices</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>Suivies seulement</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>Suivies d’abord</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Tout montrer</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>Chercher des campagnes (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Trier par</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>Mieux payées</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Paie</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>Plus courtes</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>Plus petite mise</translation>
        </message>
        <message>
            <source>Filter: %1</source>
            <translation>Filtre : %1</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filtre</translation>
        </message>
        <message>
            <source>Rows or cards</source>
            <translation>Lignes ou cartes</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>Lignes</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>Cartes</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>Campagnes</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>Ne plus me prévenir du nouveau travail</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Me prévenir du nouveau travail</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Bloquer ce client</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Cacher cette campagne</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Signaler un problème</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>Fermer cette campagne</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>Client %1</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Rapport sur le client</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>Vous pouvez quitter une telle tâche à tout moment, sans frais.</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>Ce que cela paie</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>Ce que vous risquez</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>Comment les réponses sont contrôlées</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>Temps et données</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Le client</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>Encore un exercice</translation>
        </message>
        <message>
            <source>About</source>
            <translation>À propos</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Consignes</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Bloquer ce client</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Cacher cette campagne</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>Écrire au client</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Signaler un problème</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>Faire les exemples</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>Nombre de tâches à prendre</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>Prendre %n tâche</numerusform>
                <numerusform>Prendre %n tâches</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>%1 GEM par tâche</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>Suivie</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Exercice</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>Contenu sensible</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/h</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>mise %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>sans mise</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Plus pour %1</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>Un problème est survenu dans cette application</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>Gems s’est fermé tout seul la dernière fois</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>Un rapport pour la personne qui vous aide</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>Vos réponses et votre argent sont enregistrés et intacts. Vous pouvez continuer à travailler.</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>Ce rapport contient des versions et des endroits de notre programme : aucune réponse, adresse, nom ni montant. Il n’est envoyé à personne ; enregistré dans un fichier, vous pouvez le donner à qui vous voulez.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>Enregistrer le rapport</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>Cacher son contenu</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>Montrer son contenu</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>Le rapport</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>En cours…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>Sans réseau</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>Votre travail voyage sur une clé USB. La personne qui la porte ne peut ni le lire ni le changer.</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Retour à la boîte d’envoi</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Emplacement</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Dossier</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Regarder à nouveau</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>Votre travail</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>Fichiers encore sans réponse : %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>Ce qui est dans un fichier ne peut plus être repris. Si un réseau arrive avant, c’est envoyé comme toujours ; rien ne compte deux fois.</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>Écrire un fichier</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>Dans ce dossier</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>Il n’y a ni fichier à emporter ni réponse dans ce dossier.</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>Avec une connexion, vous pouvez envoyer le fichier de quelqu’un d’autre : la réponse est écrite à côté.</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>Lire cette réponse</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>Envoyer ce fichier</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>Porter au contrat</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Retour à la boîte d’envoi</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>Il vous paie, au plus</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>À porter avant le</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>Le contrat attend les contestations</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>Enregistré dans un fichier</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>Comment cela se passe</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. Vous enregistrez un fichier avec ce qui a été signé sur cette tâche. Votre réponse n’y est pas, seulement son empreinte, ni aucun de vos secrets.</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. Toute personne qui a un peu de monnaie de gaz le porte au contrat : le gardien d’une tour de guet, un ami ou vous. Il suffit du fichier, et rien ne peut y être changé.</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. Le contrat attend les contestations, puis tout le monde peut le faire payer. Votre portefeuille reçoit l’argent, qui que ce soit qui porte le cas.</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>Enregistrer ne vous coûte rien ; qui le porte paie la monnaie de gaz. Si le contrat en décide autrement, il ne paie rien, et on ne vous prend rien de plus.</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>Sur la blockchain, tout le monde voit l’adresse de votre portefeuille, le numéro de la tâche, sa paie et son jugement. Si la plateforme vous paie finalement, Gems signe qu’elle l’a fait, et le contrat ne paie personne deux fois.</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>Enregistrer le cas</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>Enregistrer à nouveau</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>Regarder à nouveau la blockchain</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>En image</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>En tableau</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>Encaisser dans votre portefeuille ?</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>Vous signez un encaissement que seul ce relais peut utiliser, pour ces frais au plus.</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>Signer et encaisser</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>De votre canal</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Frais du relais</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Vous recevez</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Relais</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>Utilisable jusqu’au</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>Cela prend en général quelques minutes. Si ce n’est pas fait d’ici là, votre paie reste dans votre canal et vous pouvez encaisser à nouveau.</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>Frais %1 GEM · transaction %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>Frais %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Continue</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
    </context>
    <context>
        <name>ConfirmWindow</name>
        <message>
            <source>Gems: your wallet asks</source>
            <translation>Gems : votre portefeuille demande</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>Dites non si vous n’avez pas demandé cela. Sans réponse, cette fenêtre se ferme toute seule, et rien n’est signé ni changé.</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>Non, ne rien faire</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>Allez jusqu’en bas pour pouvoir accepter.</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>Encore %n jour</numerusform>
                <numerusform>Encore %n jours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>Encore %n heure</numerusform>
                <numerusform>Encore %n heures</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>Encore %n minute</numerusform>
                <numerusform>Encore %n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>Encore %n seconde</numerusform>
                <numerusform>Encore %n secondes</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>Temps écoulé</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>Jusqu’à la fin de la fermeture :</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>Pour l’encaissement en route :</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>Tous les mouvements</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Tout</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Paie</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>Mises</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>Encaissé et envoyé</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>Quels mouvements sont montrés et exportés</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Cette semaine</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Ce mois</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Tout</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>Le temps dont les mouvements sont montrés et exportés</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>Exporter en CSV</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>Appuyez sur une ligne pour voir d’où vient ce montant.</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>Rien n’a encore bougé. Paies, mises et encaissements s’affichent ici au fur et à mesure.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Quand</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Quoi</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campagne</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>Poche</translation>
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
            <translation>Recevoir des GEM</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>Tout le monde peut voir cette adresse et y envoyer des GEM. Personne ne peut rien prendre avec.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>Votre adresse en code QR</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>Copier pour une minute</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>Gains</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>Seul ce que cet ordinateur a vérifié est compté.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Essayer encore</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>Un relais l’apporte à votre portefeuille pour de petits frais en GEM. Vous n’avez pas besoin de monnaie de gaz ; les frais sont montrés avant.</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>Rien à encaisser pour le moment. Le travail accepté est payé dans votre canal et s’affiche ici.</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>Encaissement</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>Encaisser dans mon portefeuille</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>Recevoir</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Envoyer</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Gagné aujourd’hui</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>Sept jours</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>En tout</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>Encaissements</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Envoyé</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Gagné par jour</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Votre première paie s’affichera ici, jour par jour.</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>Caution, copies des bons, encaissements automatiques…</translation>
        </message>
    </context>
    <context>
        <name>EarningsSend</name>
        <message>
            <source>Send GEM</source>
            <translation>Envoyer des GEM</translation>
        </message>
        <message>
            <source>Send this?</source>
            <translation>Envoyer cela ?</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>Un relais le porte pour de petits frais en GEM. Ce qui est envoyé ne peut pas être repris.</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>Comparez toute l’adresse, groupe par groupe. Ce qui est envoyé ne peut pas être repris.</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>Signer et envoyer</translation>
        </message>
        <message>
            <source>From</source>
            <translation>De</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Portefeuille</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Canal</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>Carnet d’adresses</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Choisir…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>À</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>Cette adresse n’est pas encore complète ou correcte.</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>Adresse où envoyer</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Montant</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>Dans votre portefeuille : %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>Montant en GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>Tout ce qui peut être encaissé y va directement : %1 GEM.</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>Dans votre carnet d’adresses</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>De votre canal</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>De votre portefeuille</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Frais du relais</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>Arrive</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>Peut être fait jusqu’au</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>Cela prend en général quelques minutes. Si ce n’est pas fait d’ici là, rien n’est parti.</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Client</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Genre</translation>
        </message>
        <message>
            <source>Paid tasks</source>
            <translation>Les tâches payées</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Paie</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>Mises et cautions</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Portefeuille</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>Mouvements</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>Totaux</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>Totaux par</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>Par jour</translation>
        </message>
        <message>
            <source>By requester</source>
            <translation>Par client</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>Par genre</translation>
        </message>
        <message>
            <source>Totals of</source>
            <translation>Totaux de</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Cette semaine</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Ce mois</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Tout</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>Rien n’a bougé pendant ce temps. Choisissez plus long ci-dessus.</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>Les jours sont en UTC. Ce qui arrive au portefeuille était déjà paie ou caution, donc ce n’est pas gagné à nouveau.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>Paie par heure</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>Sur des tâches payées</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>Avec le temps non payé</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>Paie par heure, jour par jour</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Heure</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>Faites quelques tâches : une fois payées, vous voyez ici ce que rapporte une heure.</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>Le temps non payé, c’est chercher du travail, lire, s’exercer, et le travail refusé ou pas encore payé. Il est compté sur cet ordinateur, seulement quand vous utilisez la fenêtre, et reste ici.</translation>
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
            <translation>Ici sont vos GEM</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>Voir moins</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>Voir plus</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>Un bon est la signature de la plateforme pour tout ce qu’elle vous doit. Avec lui, la blockchain vous paie, même si la plateforme ne veut pas.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>Sur la blockchain : %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>Ouvrir la tâche</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>Fermer ce message</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>Que veut dire « %1 » ?</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>Plus dans l’Aide</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>Trouver du travail</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>Demande en cours…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Actualiser</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Essayer encore</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>Vous êtes hors ligne.</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>Ces campagnes sont les dernières connues. Les tâches que vous avez prises peuvent se faire sans réseau.</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>De nouvelles tâches peuvent être prises dès qu’il y a une connexion.</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>Pas encore de campagnes</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>Cet ordinateur n’en a vu aucune en ligne. Connectez-vous une fois pour les charger.</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>Les clients ajoutent des campagnes à tout moment. Revenez voir dans un moment.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Regarder à nouveau</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>Aucune campagne ne correspond à votre filtre</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>Aucune campagne ne contient ces mots</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Tout montrer</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>Vos premiers pas</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>Toutes les pages</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>Image : %1</translation>
        </message>
    </context>
    <context>
        <name>HelpReading</name>
        <message>
            <source>Page before: %1</source>
            <translation>Page d’avant : %1</translation>
        </message>
        <message>
            <source>Next page: %1</source>
            <translation>Page suivante : %1</translation>
        </message>
    </context>
    <context>
        <name>HelpResults</name>
        <message>
            <source>Found</source>
            <translation>Trouvé</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Rien trouvé</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>Essayez un mot court, comme « paie », ou parcourez toutes les pages.</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Toutes les pages</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>Aide</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>Chercher dans l’aide (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Toutes les pages</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
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
            <translation>Accueil</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Essayer encore</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>Commencer par trois exemples</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>Vos réponses sont prêtes à partir</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Prenez vos premières tâches</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Pas encore de tâches ici</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>Rien ne vous attend</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>Une minute, sans paie et sans risque.</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>En les scellant, vous les signez ; elles partent dès qu’il y a une connexion.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>Prenez un lot de tâches ; une fois ici, vous pouvez y travailler sans aucun réseau.</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>Revenues pour être corrigées</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>Faire un exercice</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Trouver du travail</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Gagné aujourd’hui</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>%1 en sept jours</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>Prouvé par le canal</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>À envoyer</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>Les derniers jours</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Gagné par jour</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Votre première paie s’affichera ici, jour par jour.</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>Votre situation</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Vous pouvez contrôler</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>Voir les preuves</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>Les voir dans la boîte d’envoi</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>Image</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Cette image ne peut pas être montrée.</translation>
        </message>
    </context>
    <context>
        <name>KeysPanel</name>
        <message>
            <source>Keys</source>
            <translation>Touches</translation>
        </message>
        <message>
            <source>Press the key that it shall have. Escape leaves it as it is.</source>
            <translation>Appuyez sur la touche voulue. Escape la laisse comme elle est.</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>Enter change la touche d’une option, Delete lui rend sa touche habituelle.</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>Options et leurs touches</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>Toutes les touches habituelles</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>appuyez sur sa nouvelle touche</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>touche %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>pas de touche</translation>
        </message>
    </context>
    <context>
        <name>LanguageBox</name>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
    </context>
    <context>
        <name>LoadingPlaceholder</name>
        <message>
            <source>Loading…</source>
            <translation>Chargement…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>Accueil</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Trouver du travail</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Travail</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Contrôle</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Boîte d’envoi</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Gains</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Confiance</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Paramètres</translation>
        </message>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Aide</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Essayer encore</translation>
        </message>
    </context>
    <context>
        <name>MarkRow</name>
        <message>
            <source>%1: 1, %2</source>
            <translation>%1 : 1, %2</translation>
        </message>
        <message>
            <source>%1: 5, %2</source>
            <translation>%1 : 5, %2</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
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
            <translation>Pages</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>Mode exercice</translation>
        </message>
    </context>
    <context>
        <name>NoticePanel</name>
        <message>
            <source>Notices</source>
            <translation>Avis</translation>
        </message>
        <message>
            <source>Settings of notices</source>
            <translation>Paramètres des avis</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>Pas encore d’avis</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>Nouveau travail, verdicts, délais et paies sont annoncés ici.</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>Tout marquer comme lu</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>Nouveau</translation>
        </message>
    </context>
    <context>
        <name>OutboxFind</name>
        <message>
            <source>Show</source>
            <translation>Montrer</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>Tout %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>À envoyer %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>En attente %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>Refusé %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>Accepté %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>Chercher par campagne (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>Chercher par campagne</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>Écrire au client</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Signaler un problème</translation>
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
            <translation>Corriger</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>Faire appel…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>Votre appel</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Ce qui s’est passé</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Porter au contrat…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Reprendre</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>Nouveau message</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Plus pour %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Marqué dans la tâche : %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Laisser ainsi</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>Boîte d’envoi</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>Sans réseau…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Envoi…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>Envoyer maintenant</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Essayer encore</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>Seuls les plus récents sont listés. Pour un plus ancien, cherchez sa campagne.</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>Rien de fait pour le moment</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>Tâches et contrôles finis attendent ici leur envoi, et restent jusqu’à leur paiement.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Trouver du travail</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>Rien ici</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>Aucune tâche n’est dans cet état pour le moment.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Tout montrer</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>faite</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>scellée</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>envoyée</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>jugée</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>payée</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>Pas encore finie</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>Étape %1 sur 5 : %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>Montrer ce qui est tapé</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>Cacher ce qui est tapé</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>Refusé</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Faire appel</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>Nouveau jugement</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Accepté</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>Encaisser</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Frais</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Vous recevez</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>Panneaux de rue</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/h</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>sans mise</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>Prendre des tâches</translation>
        </message>
    </context>
    <context>
        <name>PictureHome</name>
        <message>
            <source>Continue</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Gagné aujourd’hui</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>Envoyez-le aujourd’hui</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>Cet ordinateur</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>Clé USB</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>Un ordinateur avec réseau</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>Panneaux de rue</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Attend son envoi</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Refusé</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Payé</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>Réponses refusées</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Temps avant paiement</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Argent prévu</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>Vos étoiles</translation>
        </message>
    </context>
    <context>
        <name>PictureReview</name>
        <message>
            <source>Blue</source>
            <translation>Bleu</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Accepter</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Refuser</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>Ne suit pas la consigne</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>Lecture</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Travail et données</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Douze mots sur papier</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>En lieu sûr</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>Limites du portefeuille</translation>
        </message>
    </context>
    <context>
        <name>PictureTrust</name>
        <message>
            <source>Grade %1</source>
            <translation>Note %1</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Vous pouvez contrôler</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>Chercher une nouvelle version</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Télécharger</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>Démarre la prochaine fois</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>Signée par les créateurs de Gems</translation>
        </message>
    </context>
    <context>
        <name>PictureWelcome</name>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>New wallet</source>
            <translation>Nouveau portefeuille</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Douze mots sur papier</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>Ni photo, ni message</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Trouver du travail</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>De quelle couleur est la voiture ?</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Rouge</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Bleu</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Temps restant</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>Lecteur</translation>
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
            <translation>Pause (Space ; Ctrl+Space en tapant)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>Lire (Space ; Ctrl+Space en tapant)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>Une image en arrière</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>Une image en avant</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Plus lent</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>Vitesse %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Plus vite</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Volume</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Son</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Passage</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>Lire le passage sélectionné (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>En boucle</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>Pas d’appareil de son : la lecture est muette.</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>Exercice</translation>
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
            <translation>Exemple suivant</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Touches</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Montrer toute l’image</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Enlever ce qui est sélectionné</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>Exercice · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Exercice</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>Passer l’exercice</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Retour à la campagne</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>Cet exercice ne paie rien et ne coûte rien. %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Contrôle…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>Les faire contrôler</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>Vous avez réussi</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>Pas encore assez</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>Les vraies tâches se font de la même façon, et elles paient. Choisissez les premières.</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>Vous pouvez maintenant prendre des tâches de cette campagne.</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>Lisez les conseils et refaites les exemples ; vous pouvez le faire aussi souvent que vous voulez.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Trouver du travail</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Retour à la campagne</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>Refaire les exemples</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>Nouveau profil</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>Renommer le profil</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>Il commence vide, avec son propre portefeuille et son mot de passe.</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>Seul son nom change ; son dossier et son portefeuille restent à leur place.</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>Créer et ouvrir</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Renommer</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>Nom dans toute écriture</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>Mettre %1 de côté ?</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>Tout son dossier, avec son portefeuille, sort de la liste. Rien n’est supprimé ; on vous montre ensuite sa place.</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>Mettre de côté</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>Tapez %1 pour confirmer</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>Profils sur cet ordinateur</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>Chaque profil a son dossier, son portefeuille et son mot de passe. Personne ne voit le travail d’un autre sans son mot de passe.</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>%1 (ouvert)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Ouvrir</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>Ouvrir %1</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Renommer…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>Renommer %1</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>Mettre de côté…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>Mettre %1 de côté</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>Mis de côté, avec son portefeuille, dans ce dossier : %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>Nouveau profil…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>Aller à la boîte d’envoi</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>Ce taux est ancien.</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>Montrer aussi les montants en %1</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>Noter ce client</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>Non, merci</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>Arrêter la lecture</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>Lire à voix haute</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>Faire appel de votre exclusion</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>Pourquoi votre travail mérite un autre regard</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>Cela va au responsable de la plateforme et demande une connexion. %1 caractères sur %2.</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Envoi…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>Envoyer l’appel</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>Contrôlé sur la blockchain</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>%n tâche en tout.</numerusform>
                <numerusform>%n tâches en tout.</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campagne</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Quoi</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>Plateforme, GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>Blockchain, GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>Comparé</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>Ce qui est payé sur la blockchain suit ce qui est gagné : jamais en avance, parfois en retard.</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>Comment ils jugent</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>Les refus sont décidés par des jurys d’autres travailleurs, pas par le client seul.</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>Rapidité des paiements</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Payé</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>Tâches</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Part</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>On ne sait encore rien : aucune tâche de ce client n’a été payée.</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>Avis des travailleurs</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>Noter ce client</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>Vous avez travaillé ici, donc vous pouvez : une fois par campagne, et vous pouvez changer d’avis. Le client ne voit que les totaux.</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campagne</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Paie</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>beaucoup trop peu</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>très bien</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Clarté</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>difficile à comprendre</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>très clair</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Rapidité</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>paie très tard</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>paie tout de suite</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Justice</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>injuste</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>très juste</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>Envoyer la note</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>Rapport sur le client</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>Faits tirés des verdicts et des paiements ; les avis des travailleurs sont à part.</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>Tous les clients</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Retour à Trouver du travail</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Essayer encore</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>Clients qui proposent du travail</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>Aucune campagne connue. Cherchez d’abord du travail.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Client</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>Campagnes</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Proposer à nouveau</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Bloquer ce client</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>Bloqué : le travail de ce client ne vous est pas proposé.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Payé</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>En tout, à tous</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Paie par heure</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>Contrôleurs, par heure</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Temps avant paiement</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Argent prévu</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>Vous misez %1 GEM sur votre réponse.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>Cette réponse est-elle juste ?</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Accepter</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>Refuser…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Passer</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>Ce qui était demandé</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>Vous misez %1 GEM sur votre verdict.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>%n contrôle fait</numerusform>
                <numerusform>%n contrôles faits</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>Vous ne pouvez pas encore contrôler</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>Contrôler le travail des autres</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>Sceller signe vos verdicts avec votre clé ; ils partent dès qu’il y a une connexion.</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>Les tâches contrôlées qui étaient justes augmentent votre score de confiance ; avec assez d’entre elles, vous pouvez contrôler.</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>Des contrôles peuvent être pris dès qu’il y a une connexion. Ceux que vous avez pris peuvent se faire sans.</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>Vous voyez la consigne et la réponse, jamais qui l’a donnée. La paie et votre mise sont dites à chaque fois.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>On scelle et on envoie…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Sceller pour l’envoi</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Sceller et envoyer</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>Essayer avec le contrôleur d’exercice</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Trouver du travail</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>Demande de contrôles…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>Prendre 10 contrôles</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>Comment grandit mon score de confiance</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>Continuer à contrôler</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>Annuler le dernier verdict</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>Prendre 100 contrôles</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>Cette séance</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>Qu’est-ce qui ne va pas ?</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>Choisissez d’abord une raison : son auteur doit savoir quoi corriger.</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>Cliquez sur l’endroit, ou appuyez sur Enter dessus</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>Marquer un autre endroit</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>Marquer l’endroit de l’erreur</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>Marqué : %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>Enlever la marque</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>Mot pour l’auteur (facultatif)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Refuser</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
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
            <translation>Annuler le dernier</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Consignes</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Assez pour l’instant</translation>
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
            <translation>Vous travaillez comme contrôleur d’exercice, pas avec votre compte.</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>Retour à mon compte</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>Vos mots secrets sont à l’écran. Ils ne sont pas lus à voix haute.</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>Bloqués et cachés</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>Ce travail ne vous est pas proposé, et rien n’en est téléchargé. Les tâches que vous avez prises restent à vous. Seul cet ordinateur le sait.</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Retour à Trouver du travail</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>Bloqué</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Cachée</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Proposer à nouveau</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>Rien n’est bloqué ni caché</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>À propos</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>Profil</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Licence</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>Fait avec Qt (LGPL), IBM Plex Sans (OFL) et les icônes Lucide (ISC). Aucune donnée sur vous ne quitte cet ordinateur, sauf ce qu’il faut pour une tâche.</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>Carnet d’adresses</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Enlever</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>Enlever %1</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>Ajouter une adresse</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>Comparez encore une fois : %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>Nom, comme « Épargne »</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>Nom de l’adresse</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>Adresse, 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Adresse</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>Demande dans la fenêtre du portefeuille</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>Tout est en ordre ?</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Contrôle…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>Vérifier cette installation</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>Faire un rapport…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>Regarde cet ordinateur, votre profil et le réseau, ne change rien, et dit avec des mots ce qui ne va pas.</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>Encaissements</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>Encaisser tout seul à partir de</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>0 n’encaisse jamais tout seul. On attend aussi que les frais soient au plus 5 % de ce qui arrive.</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>Encaisser tout seul à partir de, en GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Garder</translation>
        </message>
    </context>
    <context>
        <name>SettingsClosing</name>
        <message>
            <source>Payment channel</source>
            <translation>Canal de paiement</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>Votre fermeture est en route vers la blockchain.</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>Quand vous arrêtez de travailler pour cette plateforme, fermez le canal : votre caution revient sans monnaie de gaz, même si la plateforme ne fait plus rien.</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>Fermer le canal…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Fermer votre canal de paiement ?</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>Fermer le canal</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>Ce que vous acceptez de voir</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>Les tâches qui peuvent choquer sont couvertes jusqu’à votre demande. Ce qui est désactivé ici ne vous est pas proposé.</translation>
        </message>
    </context>
    <context>
        <name>SettingsCopies</name>
        <message>
            <source>Kept safe</source>
            <translation>En lieu sûr</translation>
        </message>
        <message>
            <source>A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.</source>
            <translation>Un bon vaut autant dans toutes les mains et ne paie que vous. Des copies ailleurs protègent votre paie si cet ordinateur tombe en panne.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Enlever</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>Enlever la tour de guet %1</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>Une autre tour de guet</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>Toute plateforme peut garder les bons d’une autre : tapez son adresse.</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>Adresse d’une tour de guet</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>Aussi en fichier dans ce dossier</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>Chaque nouveau bon y est écrit. Vide : pas de fichier.</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>Dossier pour le fichier du bon</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Garder</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>Écrire un fichier maintenant</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>Chercher un bon plus récent</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>Dans le fichier d’une sauvegarde ou une tour de guet : tapez le chemin du fichier ou l’adresse de la tour. Seul ce que la plateforme a signé est gardé.</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>Fichier ou tour de guet avec un bon plus récent</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Chercher</translation>
        </message>
    </context>
    <context>
        <name>SettingsCurrency</name>
        <message>
            <source>Your own currency</source>
            <translation>Votre propre monnaie</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>Montrer aussi les montants dans cette monnaie</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>GEM reste en premier. Le deuxième montant dit seulement à peu près ce que cela vaut : rien n’est payé ni signé avec lui.</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Autre</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>Autre monnaie : ses trois lettres, comme KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>1 GEM vaut</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>Votre propre nombre passe avant celui de la plateforme. Laissez vide pour suivre la plateforme.</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>Ce que vaut 1 GEM, en %1</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Garder</translation>
        </message>
    </context>
    <context>
        <name>SettingsData</name>
        <message>
            <source>Data used</source>
            <translation>Données utilisées</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Aujourd’hui</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>14 derniers jours</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>Données utilisées par jour</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Jour</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>Rien n’a encore été envoyé ni téléchargé.</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>On compte les lignes qui ouvrent chaque demande, mais pas ce que votre réseau ajoute pour les porter (environ 3 à 5 %).</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>Où sont gardés votre portefeuille et votre travail</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>Dossier de ce profil</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>Une nouvelle version ne change rien dans ce dossier et, si vous enlevez le programme, il reste à sa place.</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>Ne supprimez le dossier que si vos douze mots sont sur papier et que rien ne reste à envoyer ou à payer.</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>Nœuds de la blockchain</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Enlever</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>Enlever le nœud %1</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>Un autre nœud de la blockchain</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>Adresse d’un nœud de la blockchain</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>Reprendre ceux du réseau</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>Nouveau travail là où j’ai travaillé</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>Verdicts et appels</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>Tâches qui expirent bientôt</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>Paies et encaissements</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Avis</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>Ce système ne montre pas de notifications. Les avis sont sous la cloche.</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>Montrer les avis aussi hors de la fenêtre</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>Si quelqu’un ferme votre canal de paiement, on vous prévient toujours, même aux heures calmes.</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>Montrer les montants hors de la fenêtre</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>Avec un petit son</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>Essayer</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>Changer le mot de passe</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>Exporter la clé dans un fichier</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>Le mot de passe actuel</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>Un mot de passe pour le fichier</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>Le nouveau mot de passe</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Encore le même mot de passe</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>Exporter, et confirmer dans la fenêtre du portefeuille</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>Changer</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>Le réseau</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Plateforme</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>Pour l’exercice : ces GEM n’ont aucune valeur</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>Travailler hors ligne : ne rien échanger tout seul tant que ceci est activé</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>Proxy pour tout</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>Une adresse comme http://host:port ou socks5://name:password@host:port. Si rien n’est écrit ici, le proxy de votre système sert. Ce qui reste sur cet ordinateur n’y passe jamais.</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>Adresse du proxy</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Utiliser</translation>
        </message>
    </context>
    <context>
        <name>SettingsQuiet</name>
        <message>
            <source>Quiet hours</source>
            <translation>Heures calmes</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>Ne rien montrer hors de la fenêtre à ces heures</translation>
        </message>
        <message>
            <source>From</source>
            <translation>De</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>Calme à partir de</translation>
        </message>
        <message>
            <source>To</source>
            <translation>À</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>Calme jusqu’à</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>Quand la fenêtre est fermée</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>Montrer Gems près de l’horloge</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>Fermer la fenêtre laisse Gems actif près de l’horloge</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>Si le système n’a pas cette zone, fermer la fenêtre quitte Gems.</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>Lecture</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>Traduit par une machine ; aucun francophone ne l’a encore relu. En cas de doute, le texte anglais compte.</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Taille du texte</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Couleurs</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Comme le système</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Clair</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Sombre</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Contraste élevé</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>Rien ne bouge tout seul</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>Limites du portefeuille</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>Le fichier de vos limites a été changé ou est plus vieux que votre portefeuille. Il repart à neuf : le carnet d’adresses est vide et, tant que vous n’avez pas mis de limite, tout vous est demandé.</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>Verrouiller après ce temps sans touche ni clic</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Jamais</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>%1 min</translation>
        </message>
        <message>
            <source>May leave in a day without a question</source>
            <translation>Peut sortir en un jour sans question</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>Limite par jour, en GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Valider</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>Une nouvelle adresse attend</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>Jusque-là, chaque paiement vers elle vous est demandé. Cela vous laisse le temps de voir une adresse que vous n’avez pas ajoutée.</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>Pas du tout</translation>
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
            <translation>Lecture</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Travail et données</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Avis</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>Protection</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>Argent</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Le réseau</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>Profils</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Nouvelles versions</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Aide</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Paramètres</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>Chaque changement est gardé aussitôt.</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>Parties des paramètres</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Caution</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>Nouvelles versions</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>Il n’y a rien à faire. Cette version n’est plus proposée.</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>Continuer à télécharger</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Télécharger</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>Arrêter ; continuer plus tard</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Regarder à nouveau</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>Chercher une nouvelle version</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>Chercher tout seul une fois par jour, jamais là où l’on paie les mégaoctets</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>Depuis une clé USB ou un dossier…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>Depuis une clé USB ou un dossier</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>Elle doit être signée par les créateurs de Gems, d’où qu’elle vienne.</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>Dossier avec une nouvelle version</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>Chercher là</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>Depuis le réseau à nouveau</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>Lecture à voix haute</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>Proposer de lire consignes et tâches à voix haute</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>Ce système n’a pas de voix. Installez speech-dispatcher et espeak-ng, puis rouvrez Gems.</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>Ce système n’a pas de voix. Ajoutez-en une dans les paramètres du système, puis rouvrez Gems.</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>F8 lance et arrête la lecture. Rien n’est lu tout seul.</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>Vitesse en pour cent</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>Portefeuille et sécurité</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>Votre adresse</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>Verrouiller maintenant</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>Vos mots secrets sont sur votre papier. Rien ici ne les montre, et personne de Gems ne vous les demandera.</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>Travail et données</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>Chercher d’autres tâches tout seul, dans mes campagnes</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>Garder ici ce nombre de jours de travail</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>Jours de travail</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>Au plus, en mégaoctets par jour</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>Mégaoctets par jour</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>Aussi sur les réseaux qui comptent les mégaoctets</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>Ce réseau compte les mégaoctets</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>Avertir ce nombre d’heures avant la fin d’une tâche</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>Heures avant la fin d’une tâche</translation>
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
            <translation>Lancement</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Essayer encore</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>Continuer avec la copie d’avant la mise à jour</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>Continuer avec la copie d’avant la mise à jour ?</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>Si vous lancez plutôt la version plus récente, rien n’est perdu.</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>Continuer avec la copie</translation>
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
            <translation>État</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Rien à envoyer</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>%n réponse à envoyer</numerusform>
                <numerusform>%n réponses à envoyer</numerusform>
            </translation>
        </message>
        <message>
            <source>Balance %1 %2</source>
            <translation>Solde %1 %2</translation>
        </message>
    </context>
    <context>
        <name>StoryMessage</name>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Marqué dans la tâche : %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>Comment le savoir ?</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>Enregistrer les preuves dans un fichier</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>Messages avec le client</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>Le client voit vos mots, mais ni votre nom ni votre adresse.</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>Envoyer le message</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>Me prévenir des nouveaux messages ici</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>Ne plus me prévenir des messages ici</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>Il part à la prochaine connexion. %1 caractères sur %2.</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>Votre message</translation>
        </message>
    </context>
    <context>
        <name>TalkMessage</name>
        <message>
            <source>Take back</source>
            <translation>Reprendre</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Signaler un problème</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>Enregistrement avec %n passage</numerusform>
                <numerusform>Enregistrement avec %n passages</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Enregistrement</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 et %2 fixent où un passage commence et finit, Enter le marque, Tab parcourt les passages, Delete en enlève un.</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>Space lit, les flèches avancent d’une seconde, avec Shift de cinq, avec Ctrl d’un dixième ; plus et moins changent le zoom, 0 montre tout.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Un passage est sélectionné : tirez ses bords ou appuyez sur %1 et %2, une étiquette le change, Delete l’enlève.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>Choisissez une étiquette, puis tirez sur l’onde, ou appuyez sur %1 et %2 pendant la lecture, puis Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>Déplié</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>Replié</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>Mois d’avant (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>Mois suivant (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>Obligatoire</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>Il faut répondre ici</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>Messages</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Les flèches sélectionnent.</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>Les flèches sélectionnent un message, E modifie un des vôtres, Delete l’enlève, Escape n’en sélectionne aucun.</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>Messages : %1 sur au moins %2</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>Messages : %1 sur au plus %2</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>Qui le dit</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>Écrivez ce que dit %1</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>Écrivez un message</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>Dire</translation>
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
            <translation>Choisissez tout ce qui convient</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Choisissez une réponse</translation>
        </message>
    </context>
    <context>
        <name>TaskDatetime</name>
        <message>
            <source>Time</source>
            <translation>Heure</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Date</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>Écrivez la date en année-mois-jour, comme 2025-03-31.</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>Écrivez année et mois, comme 2025-03.</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>Écrivez l’année avec quatre chiffres.</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>Écrivez l’heure en heures et minutes, comme 14:05.</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>Cette date n’est pas possible. %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>Cette date ou cette heure n’existe pas.</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>Il manque la date.</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>Il manque l’heure.</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>De %1 à %2</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>%1 ou plus tard</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>%1 ou plus tôt</translation>
        </message>
        <message>
            <source>YYYY-MM-DD</source>
            <translation>AAAA-MM-JJ</translation>
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
            <translation>Choisir dans un calendrier (flèche bas dans le champ)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>HH:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Effacer</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Enregistré : %1</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>Cacher l’autre réponse</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Montrer les différences</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>%1 : pareil</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>%1 (pointillés) : %n différence</numerusform>
                <numerusform>%1 (pointillés) : %n différences</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>Différences</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>Enregistré sur cet ordinateur</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>Enregistrement…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>Pas encore enregistré</translation>
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
                <numerusform>Image de la tâche avec %n zone</numerusform>
                <numerusform>Image de la tâche avec %n zones</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>Image de la tâche</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>Zoom arrière (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>Tout montrer (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>Zoom avant (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>Plus et moins changent le zoom, 0 montre tout, M tient une loupe.</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>N fait un cadre, Tab parcourt les zones.</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>N fait une ellipse, Tab parcourt les zones.</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>Cliquez les coins, ou N pose le premier. Tab parcourt les zones.</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>N pose un point, les flèches le déplacent. Tab parcourt les zones.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>Les flèches déplacent le curseur, Space peint, [ et ] changent le pinceau, E efface, N commence un nouveau masque.</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Les flèches déplacent le cadre, avec Shift elles changent sa taille, [ et ] le tournent, Delete l’enlève.</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Les flèches déplacent l’ellipse, avec Shift elles changent sa taille, [ et ] la tournent, Delete l’enlève.</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>Les flèches la déplacent ; virgule et point choisissent un coin, que les flèches déplacent, I en met un derrière et Delete l’enlève. [ et ] la tournent.</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>Les flèches déplacent le point, avec Shift elles changent sa largeur, Delete l’enlève.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>Les flèches déplacent le curseur, Space peint sur ce masque, E efface, N commence un nouveau masque, Delete enlève celui-ci.</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>Ce masque a trop de détails pour être envoyé. Utilisez un pinceau plus large.</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>Cliquez sur l’endroit, ou déplacez le curseur avec les flèches et appuyez sur Enter.</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>Un clic ou N pose un coin, les flèches déplacent le dernier, Backspace l’enlève, Enter ou un clic sur le premier coin ferme, Escape abandonne le polygone.</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>Cadre</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Ellipse</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>Polygone</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Point</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>Pinceau</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>Outils pour l’image</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>Gomme</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>Pinceau : %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Pages</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>Page d’avant (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 sur %2</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>Page suivante (Page Down)</translation>
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
            <translation>Choisissez une étiquette, puis tirez un cadre sur l’image (ou appuyez sur N).</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>Choisissez une étiquette, puis tirez une ellipse sur l’image.</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>Choisissez une étiquette, puis cliquez les coins de la forme sur l’image.</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>Choisissez une étiquette, puis cliquez le point sur l’image.</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>Choisissez une étiquette, puis peignez sur l’image.</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>Choisissez une étiquette, puis sélectionnez des mots dans le texte.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>Choisissez une étiquette, puis tirez sur le graphique.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>Choisissez une étiquette, puis tirez sur le son.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>Choisissez une étiquette, puis tirez sur la ligne de temps.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>Choisissez une étiquette, puis tirez un cadre sur la vidéo.</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>Un cadre est sélectionné : une étiquette le change, Delete l’enlève.</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>Une marque est sélectionnée : une étiquette la change, Delete l’enlève.</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Étiquettes</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>Utilisée autant que permis</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>Utilisateur</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Assistant</translation>
        </message>
        <message>
            <source>System</source>
            <translation>Système</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>Outil</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>Programmeur</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>Autrement dans l’autre réponse</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>Modifier (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Enlever (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Message</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>Enregistrer (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>TaskNumber</name>
        <message>
            <source>From %1 to %2</source>
            <translation>De %1 à %2</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>%1 ou plus</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>%1 ou moins</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>par pas de %1</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>Ce n’est pas un nombre.</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>Le nombre doit être au moins %1.</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>Le nombre doit être au plus %1.</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>Le nombre doit suivre des pas de %1.</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Nombre</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Moins</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>Un nombre</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Plus</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>Choisissez la meilleure.</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>Choisissez une des deux</translation>
        </message>
        <message>
            <source>First</source>
            <translation>Première</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>Seconde</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>une image</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>Une image de cette tâche ne peut pas être montrée.</translation>
        </message>
    </context>
    <context>
        <name>TaskParagraphs</name>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Lire</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>lit le paragraphe où est le curseur</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>Tirez chaque élément à sa place, le meilleur en haut.</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>Tirez les éléments dans l’ordre, le meilleur en haut.</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>déplace la carte au clavier, un chiffre la classe</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>déplace la carte au clavier</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>Cet ordre est juste</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>Éléments dans l’ordre</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>Élément</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>place %1 sur %2</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>Rien ici pour le moment</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>Pas de note. Les flèches donnent des étoiles, Delete les enlève.</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>Pas de note. Chiffres ou flèches donnent des étoiles, Delete les enlève.</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>%1 étoiles sur %2</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 sur %2</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>Pas de note</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>Cadre</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>Forme</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Point</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Ellipse</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>Zone peinte</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Mots</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Passage</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>Cadre mobile</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Marque</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>caché</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>verrouillé</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Cacher</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Montrer</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Libérer</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Verrouiller</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>Enlever</translation>
        </message>
        <message>
            <source>%1: %2 %3</source>
            <translation>%1 : %2 %3</translation>
        </message>
    </context>
    <context>
        <name>TaskRegions</name>
        <message numerus="yes">
            <source>Marked: %n</source>
            <translation>
                <numerusform>Marqué : %n</numerusform>
                <numerusform>Marqués : %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Hide all</source>
            <translation>Tout cacher</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Tout montrer</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>Ce qui est marqué</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>Les flèches sélectionnent, Delete enlève, Alt+H cache, Alt+L verrouille, Escape ne sélectionne rien.</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>cacher</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>enlever</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>verrouiller</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>Rien n’est encore marqué.</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>dans les deux sens</translation>
        </message>
        <message>
            <source>to</source>
            <translation>vers</translation>
        </message>
        <message>
            <source>from</source>
            <translation>de</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>Changer le sens (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Enlever (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>Liens : %n</numerusform>
                <numerusform>Liens : %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>Relier à ceci (R)</translation>
        </message>
        <message>
            <source>Relate (R)</source>
            <translation>Relier (R)</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>Annuler (Esc)</translation>
        </message>
        <message>
            <source>From %1: click the other one, or select it and press R.</source>
            <translation>De %1 : cliquez l’autre, ou sélectionnez-le et appuyez sur R.</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>Sélectionnez ce qui est marqué, appuyez sur R, puis cliquez ce à quoi c’est relié.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Liens</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Les flèches sélectionnent.</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>Les flèches sélectionnent, D change le sens, Delete enlève.</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>Quel est ce lien</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>Rien de choisi</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>Choisissez tout ce qui convient</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Choisissez une réponse</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>Tapez pour chercher</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>Les flèches déplacent le curseur, avec Shift elles sélectionnent ; Enter ou la touche d’une étiquette marque la sélection. Tab parcourt les marques ; Shift avec les flèches déplace la fin de la marque sélectionnée, Alt avec les flèches son début, Delete l’enlève.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>Les flèches déplacent le curseur, avec Shift elles sélectionnent.</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>Tableau de %n ligne</numerusform>
                <numerusform>Tableau de %n lignes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>Choisi</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>Reprendre %1</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>Chercher dans les classes</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Classes</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>Les flèches déplacent, droite ouvre une branche, gauche la ferme, Space choisit.</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>Aucune classe n’a ces lettres dans son nom.</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>On ne peut pas en choisir plus de %n.</numerusform>
                <numerusform>On ne peut pas en choisir plus de %n.</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>déplacer</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>ouvrir, fermer</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>choisir</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>Écrivez votre réponse ici</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>Votre réponse</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>Enlever cette réponse</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>Ajouter une réponse</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>Image</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Cette image ne peut pas être montrée.</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>Mesures avec %n passage</numerusform>
                <numerusform>Mesures avec %n passages</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Mesures</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 et %2 fixent où un passage commence et finit, Enter le marque ou marque l’instant du curseur, Tab parcourt les passages, Delete en enlève un.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>Les flèches déplacent le curseur, avec Shift dix à la fois ; plus et moins changent le zoom, 0 montre tout.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Un passage est sélectionné : tirez ses bords ou appuyez sur %1 et %2, une étiquette le change, Delete l’enlève.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>Choisissez une étiquette, puis tirez sur les courbes ; un clic marque un instant.</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>Contenu couvert</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>Cette tâche peut vous choquer</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>Elle reste couverte jusqu’à votre demande. La quitter ne vous coûte rien.</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>Montrer</translation>
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
            <translation>N fait un cadre, Tab parcourt les cadres, les flèches déplacent celui choisi, Shift avec les flèches change sa taille, %1 met ou enlève une image clé, %2 le fait partir ou revenir, Delete l’enlève.</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>Space lit, virgule et point avancent d’une image ; plus et moins changent le zoom, 0 montre tout.</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>Vidéo</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>Ligne de temps, %n rangée</numerusform>
                <numerusform>Ligne de temps, %n rangées</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Ligne de temps</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 et %2 fixent où un passage commence et finit, Enter le marque, Tab parcourt les passages, Delete en enlève un.</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>Les flèches avancent d’une image, avec Shift de dix ; Space lit.</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>Cadre</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>Un cadre au milieu (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>Pas d’image clé ici</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>Image clé ici</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>Parti après cette image</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>Ici à partir de cette image</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>Allez à une autre image et déplacez le cadre : cela fait une image clé, et il bouge régulièrement entre elles.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>Choisissez une étiquette, puis tirez un cadre sur l’image.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>Choisissez une étiquette, puis tirez sur la ligne de temps, ou appuyez sur %1 et %2, puis Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>La tâche</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>Sur la zone %1</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>Commence</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>Le passage sélectionné commence ici</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>Un passage commence ici</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Finit</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>Le passage sélectionné finit ici</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>Un passage finit ici</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Marque</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Mark the stretch between begin and end (Enter)</source>
            <translation>Marquer le passage entre début et fin (Enter)</translation>
        </message>
        <message>
            <source>Mark this moment (Enter)</source>
            <translation>Marquer cet instant (Enter)</translation>
        </message>
    </context>
    <context>
        <name>TimeZoom</name>
        <message>
            <source>Show more time</source>
            <translation>Montrer plus de temps</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>Tout montrer</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>Voir de plus près</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
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
            <translation>À %1 · frais %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>Effet possible des dix prochaines tâches</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>Audits</translation>
        </message>
        <message>
            <source>From</source>
            <translation>De</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Audité</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>Attendus</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>Attendus par hasard</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>Chaque tirage est recalculé sur cet ordinateur à partir du secret que la plateforme a fixé avant votre travail. Choisissez une ligne pour enregistrer ses preuves dans un fichier que quelqu’un d’autre pourra vérifier.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Quand</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campagne</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Probabilité</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Tirage</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Graine</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>Genres de travail</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Note %1</translation>
        </message>
    </context>
    <context>
        <name>TrustGrade</name>
        <message>
            <source>Grade</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Note %1</translation>
        </message>
        <message>
            <source>A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.</source>
            <translation>Un niveau compte le travail contrôlé et ne se perd jamais ; une note peut baisser, et une meilleure est à vous quand elle a tenu pendant dix tâches contrôlées.</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>Confiance</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>Calculé sur cet ordinateur à partir de verdicts signés ; personne ne peut le fixer à son gré.</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>Comparer avec la plateforme</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Essayer encore</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>Ce que vous avez gagné reste à vous. Si la plateforme vous exclut, vous pouvez faire appel ici auprès de son responsable.</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>Faites appel, dans la Boîte d’envoi, des refus que vous croyez faux : chacun que vous gagnez compte ici comme juste.</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>Ouvrir la Boîte d’envoi</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>Rien n’est perdu avec cet avis ; il regarde seulement vos dernières réponses.</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>Lisez les raisons dans la Boîte d’envoi. Vous pouvez y faire appel d’un refus que vous croyez faux.</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>La plateforme dit autre chose que vos verdicts signés.</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>Son chiffre peut avoir quelques verdicts de retard. Si cela dure, dites-le au responsable de la plateforme ; les preuves ci-dessous sont signées.</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>Aucune de vos réponses n’a encore été contrôlée</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>Chaque réponse contrôlée compte. Commencez par une campagne au choix ; celles sans mise sont les plus faciles.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Trouver du travail</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>Comment on y arrive</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>Score au fil du temps</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>Réponses contrôlées</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Score</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>Au moins</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>Au plus</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>Où se trouve sans doute la vraie valeur</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>Le score s’affiche ici dès votre deuxième réponse contrôlée.</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>Contrôler le travail des autres</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>Vous pouvez contrôler. Les contrôles paient mieux à l’heure et se font sans réseau une fois ici.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Contrôle</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Preuves</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>%1 contrôlées · %2 justes · %3 au premier essai</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>score de confiance %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>Jugé</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campagne</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Verdict</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>Essai</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>Jugé par</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>Un refus ne compte que quand il ne peut plus changer. Jusque-là, vous pouvez faire appel dans la Boîte d’envoi.</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>Voir</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Pas maintenant</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>Suivie</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Me prévenir du nouveau travail</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>Choisissez votre langue</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>Protégez-le sur cet ordinateur</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>Un mot de passe éloigne de votre argent les autres personnes qui utilisent cet ordinateur. Il n’est envoyé nulle part ; si vous l’oubliez, vos mots secrets marchent toujours.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Mot de passe</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>Au moins 8 caractères. Quelques mots à la suite sont faciles à retenir.</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>Trop court : au moins 8 caractères.</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>Facile à deviner : ajoutez un mot ou deux.</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>Un bon mot de passe.</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>Un très bon mot de passe.</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Encore le même mot de passe</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>Avec le trousseau, pas besoin de mot de passe : qui peut utiliser cet ordinateur à votre place peut utiliser le portefeuille.</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>Protéger avec ce mot de passe</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>Utiliser plutôt le trousseau du système</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>Retrouvez votre portefeuille</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>Solde, bons, travail ouvert, mises et appels reviennent de ce qui a été signé. Les brouillons jamais scellés, non.</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>Ce que vous avez</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>Mots secrets</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>Clé privée</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>Fichier de clé</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>Vos mots secrets</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>12 à 24 mots dans leur ordre, dans une des dix langues où ils existent.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>premier deuxième troisième …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>Il y avait une phrase en plus ou un autre compte</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>Phrase en plus des mots</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>Laissez vide si vous n’en avez jamais eu. Une fausse ouvre un autre portefeuille, vide.</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>Quel compte</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>Votre clé privée</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>64 signes de 0 à 9 et de a à f ; il peut y avoir 0x devant.</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>Le fichier de clé</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>Choisi : %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>Posez le fichier sur cette page, ou tapez où il est et appuyez sur Enter.</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>Chemin du fichier</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>Mot de passe du fichier</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>Posez le fichier ici</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Ouverture</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>Retrouver</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
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
            <translation>Mode exercice</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>Étape %1 sur 3</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>Recherche de votre portefeuille</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>Gems demande les mots secrets seulement sur cette page, et seulement pour créer ou retrouver un portefeuille. Personne d’autre n’en a besoin, jamais.</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>Gagnez de l’argent avec de petites tâches</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>Votre paie va dans un portefeuille que vous seul tenez. Il ne faut ni argent ni papiers pour commencer ; en créer un prend environ trois minutes.</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>Créer un portefeuille</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>Mon portefeuille existe déjà</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>Langue de ses douze mots</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>Écrivez ces douze mots sur papier</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>Ils sont votre portefeuille : qui les a a votre argent, et ils le ramènent si cet ordinateur est perdu. Ne les prenez pas en photo.</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>Gardez le papier là où vous seul pouvez le trouver.</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>Mots notés</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>Ouvrez votre portefeuille</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>Votre travail et vos gains sont sur cet ordinateur ; le trousseau du système les ouvre.</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>Votre travail et vos gains sont sur cet ordinateur ; le mot de passe les ouvre.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Mot de passe</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Ouverture</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Libérer</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>Retapez les mots</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>Dans leur ordre, depuis votre papier. Les quatre premières lettres et un espace suffisent pour un mot.</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>Les douze mots</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>Le mot %1 n’est pas l’un d’eux : regardez votre papier.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>premier deuxième troisième …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>%1 mots sur 12</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Comparer</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>Recommencer avec de nouveaux mots</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>Sur cette tâche</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>La tâche %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>Paie %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>Consignes</translation>
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
            <translation>Finir et continuer</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Refaire</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Consignes</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Touches</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Montrer les différences</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>Aller à l’élément suivant</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Zoom</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Montrer toute l’image</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Enlever ce qui est sélectionné</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>Rendre</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Enregistrer à nouveau</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>Cette réponse a été refusée : %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Marqué dans la tâche : %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>Corrigez-la et finissez-la à nouveau ; elle retourne toute seule au contrôle.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Essayer encore</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>%n tâche faite</numerusform>
                <numerusform>%n tâches faites</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>%n réponse à envoyer</numerusform>
                <numerusform>%n réponses à envoyer</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Pas encore de tâches ici</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>Elles rapportent jusqu’à %1 GEM une fois acceptées. Sceller les signe avec votre clé, pour que personne ne les change ; elles partent dès qu’il y a une connexion.</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>Elles sont scellées et en lieu sûr ici, et partent toutes seules dès qu’il y a une connexion.</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>Elles sont scellées et en route.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>Prenez un lot de tâches ; elles restent sur cet ordinateur et se font sans réseau.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>On scelle et on envoie…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Sceller pour l’envoi</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Sceller et envoyer</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Trouver du travail</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>Ouvrir la boîte d’envoi</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>Cette tâche n’indique aucun enregistrement.</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>{at} sur {whole}</translation>
        </message>
    </context>
    <context>
        <name>FilmPart</name>
        <message>
            <source>Picture {at} of {whole}</source>
            <translation>Image {at} sur {whole}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>Cette tâche n’indique aucune vidéo.</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>0.05 GEM par tâche et une minute chacune : 3 GEM en une heure.</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>1 GEM = {worth} {code}, comme vous l’avez tapé, {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>1 GEM = {worth} {code}, dit la plateforme {name} ({source}), {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>Encore 1 tâche contrôlée avant de pouvoir contrôler.</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>Encore 1 tâche contrôlée pour d’autres clients avant de pouvoir contrôler.</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>Encore 1 tâche contrôlée jusqu’au niveau suivant.</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>Encore 1 réponse juste avant de pouvoir contrôler.</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>Encore 1 réponse juste jusqu’à {grade}.</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>10 % veut dire : environ une réponse sur dix est contrôlée.</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>Un cadre ou contour ne va pas</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>Une campagne a un à trois tours.</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>Un canal ne peut être ni pour personne ni pour le contrat.</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>Un canal se ferme en 7 à 90 jours ; un autre temps a été donné.</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>Un canal a besoin d’une clé qui signe ses bons.</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>Un encaissement ne peut pas aller à l’adresse zéro ni au contrat.</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>Un encaissement n’a pas abouti</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>Un encaissement est déjà en route.</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>Un encaissement est d’un autre canal.</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>Un encaissement a une date impossible.</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>Un clic dessus ouvre Gems.</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>Un canal fermé ne rouvre jamais : vous n’y gagnez plus rien.</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>Une monnaie que la blockchain demande pour chaque paiement. Vous n’en avez pas besoin : un relais la paie pour vous.</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>Un ordinateur qui garde une copie de votre dernier bon et protège votre paie en votre absence.</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>Une décision a changé entre-temps.</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>Un fichier contiendrait {what}, et demanderait des nouvelles.</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>Une tâche finie expire : envoyez-la avant {time}.</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>Un test caché</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>Une lettre de A à F qui dit si votre travail contrôlé était juste. De meilleures notes ouvrent plus de travail.</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>Une note va de 1 à 5.</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>Un message a de 1 à 1 000 caractères.</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>Une sortie de votre caution est déjà en route.</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>Une nouvelle version vient de là où vous avez eu celle-ci. Votre portefeuille et votre travail sont gardés.</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>Un bon plus récent était là. Il est gardé et compte dès maintenant.</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>Un nombre est trop grand pour être gardé.</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>Un jury a 1, 3, 5 ou 7 contrôleurs ; les conditions disent autre chose.</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>Une part de la paie, pour les personnes qui contrôlent. La paie que vous voyez est ce qui reste.</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>Une partie a été changée en route.</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>Une image ou un fichier d’une tâche est arrivé changé ou abîmé.</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>Un profil a besoin d’un nom.</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>Un taux n’a pas exactement ses champs.</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>Un taux n’a pas de date.</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>Une réponse refusée peut être corrigée, ou vous pouvez faire appel.</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>Un refus ne compte que quand vous ne pouvez plus faire appel.</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>Un refus a besoin d’une raison.</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>Il faut 12, 15, 18, 21 ou 24 mots secrets ; ici il y en a : {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>Une mise revient quand le travail est accepté. En cas de refus définitif, elle est perdue.</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>Le numéro d’un pas est hors limites.</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>La somme d’un pas est mal formée.</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>Une tâche de cette campagne est encore en jugement sur la blockchain.</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>Une tâche expire : finissez-la et envoyez-la avant {time}.</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>Une tâche a été rouverte entre-temps.</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>Une tâche dont la bonne réponse est déjà connue. Elle mesure la qualité du travail et ne décide jamais de la paie.</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>Un verdict sur cette tâche a été porté à la blockchain.</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>Un verdict de ce tour ou d’un tour plus haut est en place.</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>Un contrôleur de ce jury a déjà jugé la tâche.</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>Un vote n’est pas signé par son contrôleur.</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>Une tour de guet est injoignable ou n’a pas pris le bon.</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>Une page web parle à la place de la plateforme : ce réseau demande votre connexion.</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>Un travailleur qui a fait ses preuves et peut contrôler le travail des autres, contre paie.</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>Une ligne jaune vous dit quand quelque chose a bientôt besoin de vous.</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Accepté</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>Acceptée le {time}.</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>Tâches acceptées qui sont jugées à nouveau : {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>Le travail accepté attend {time} avant d’être payé : jusque-là son client peut contester, et d’autres jugent.</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>Accepté, pas encore payé</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>Ajoutez-en un deuxième, de quelqu’un d’autre, dans Paramètres.</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>Ajoutez une tour de guet dans Paramètres, ou envoyez le fichier du bon à quelqu’un qui peut le remettre avant la fin.</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>Ajouter une adresse à votre carnet ?</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>Après de faux mots de passe, le portefeuille attend avant le prochain essai, en secondes : {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>Après avoir travaillé pour quelqu’un, notez-le ; cela aide le travailleur suivant.</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>Après {n} réponses contrôlées : {score}, entre {low} et {high}</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>Pareil</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>Toutes les campagnes connues ici</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>Toutes ses tâches sont prises.</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>Tous les genres de tâches</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>Toutes les langues</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>Le tout en une seule somme. Ce qui est en contrôle ou en jeu y est aussi, même si ce n’est pas encore décidé.</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>Toute la paie de vos bons jusque-là</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>Tous les mots sont dans la liste, mais ensemble ils ne vont pas : un mot est faux ou mal placé.</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>Tout votre travail fini, de fait à payé. Ce qui attend là est en sécurité sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>Autorisez d’abord tout le montant ; Gems le fait tout seul quand la commande est redonnée.</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>Montant : {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>Un montant dans un message n’est pas un nombre entier d’unités de base.</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>Une réponse a changé entre-temps.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>Un appel demande une raison, en 2 000 caractères au plus.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>Un appel demande une raison, en 500 caractères au plus.</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>Un appel prend la place du second essai, qui paierait {amount} GEM. Vous ne pouvez pas faire les deux.</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>Un plus ancien, depuis {time}</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>Agacement</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>Un autre genre de fichier porte ce nom.</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>Autre mouvement</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>Autre raison</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>Un autre relais avait le droit de porter cet encaissement.</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>Un autre verdict est en place sur la blockchain, donc ce cas ne paie rien.</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>Répondez vous-même ; on ne vous montre pas l’autre réponse.</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>Réponses à l’aveugle</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>Les réponses sont contrôlées avec la règle « {name} ».</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>Les réponses faites depuis sont reprises si cette version peut les lire. Les bons et les mises sont redemandés à la plateforme, et rien n’est signé dans votre canal avant que le dernier bon soit connu.</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>Réponses que ce client refuse</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>Tout téléchargement</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>Tout autre contenu signalé</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Faire appel</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>Faire appel d’un verdict ?</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>Jury d’appel</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>Faites appel quand ils dateront un peu, ou prenez du travail avec mise.</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>Appels décidés : {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>Appels gagnés par le travailleur : {won} sur {n}.</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>Arrivé</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>Arrivées à la plateforme : {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>Si vous débutez, choisissez-en une sans mise.</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>Tant qu’elle n’est pas envoyée, vous pouvez la reprendre et la changer.</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>Au {time}</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>Demandez un nouveau prix et encaissez à nouveau.</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>Demandez un nouveau prix.</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>Demandez encore la réponse ; votre propre fichier peut être renvoyé sans risque.</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>Demandez la réponse à votre dernier fichier, ou écrivez-en un nouveau.</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>Demandez à la plateforme de la terminer. Sinon, tout le monde le peut : il suffit, pour la fonction finish_close du contrat, de la description de votre canal, qui est dans le fichier du bon, et d’un peu de monnaie de gaz.</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>Demande de tâches…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>Au moins 80 % de vos réponses sont justes.</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>Au moins 90 % de vos réponses sont justes.</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>En jeu</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>En jeu dans du travail pas encore jugé : {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>À la plateforme</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Audité</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>Auditées : {had} sur {n}. Le hasard seul en donnerait {expected}.</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>Audits réussis : {n}. Là où des frais paient le contrôle, ils baissent avec eux.</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>Commencez-la d’abord.</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>Recommencez le paiement.</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>Commencée, gardée sur cet ordinateur</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>En cours d’envoi</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>De meilleures notes ouvrent du travail mieux payé, puis le contrôle.</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>Entre 80 et 95 justes sur cent.</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>Contrôle à l’aveugle</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>Bloqué : le travail de {who} ne vous est plus proposé.</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Caution</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>Caution revenue</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>Caution mise pour un appel</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>Portez-le à nouveau demain.</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>Rapportez la réponse de la même façon.</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>Retrouvez le portefeuille avec vos mots secrets dans un nouveau profil.</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>Retour de votre travail : {done} sur {total}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>Par la règle de la campagne : pas de mise ; une part de la paie sert au contrôle.</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>Par la règle de la campagne : d’autres personnes contrôlent chaque réponse.</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>Par la règle de la campagne : plusieurs personnes font la même tâche jusqu’à ce qu’on soit assez sûr de ce qui est juste.</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>Par la règle de la campagne : certaines réponses sont tirées au sort et contrôlées, les autres sont payées en entier.</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>Par la règle de la campagne : le travail est payé, sauf si deux inconnus, payés par son client, le refusent.</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>Par la plateforme seule</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>Arrivées trop tard : {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Campagne</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>Fin de la campagne</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>Campagnes cachées : {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>Peut être rendu sur la paie</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>Le nœud {place} de la blockchain répond n’importe quoi.</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>Le nœud {place} de la blockchain répond, la suit et a les contrats de Gems.</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>Le nœud {place} de la blockchain est injoignable.</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>Le nœud {place} a les contrats, mais la clé de la plateforme n’y est pas inscrite.</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>Le nœud {place} n’est pas de la blockchain de ce réseau.</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>Le nœud {place} de la blockchain a {minutes} minutes de retard.</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>Le nœud {place} montre d’autres contrats que ceux de Gems aux adresses de ce réseau.</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>Probabilité d’un contrôle</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>Changez les conditions de la campagne et préparez-la à nouveau.</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>Changer ce qui peut sortir sans question ?</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Canal</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>Vérifiez que le dossier du profil est à vous et que le disque marche.</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>Regardez l’adresse du nœud dans Paramètres et votre connexion ; un nouvel essai suit.</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>Regardez l’adresse.</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>Regardez les montants et essayez encore. Si cela revient, mettez Gems à jour.</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>Regardez la connexion, ou prenez un autre nœud.</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>Regardez la connexion ; le travail continue sans elle.</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>Regardez le disque. Si quelque chose manque, gardez ce fichier.</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>Regardez le disque ; la prochaine sauvegarde prend sa place.</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>Regardez la clé USB et le nom du fichier.</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>Encore du travail contrôlé pour un autre client avant de pouvoir contrôler.</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>Encore du travail contrôlé pour {more} autres clients avant de pouvoir contrôler.</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>Choisissez un temps de 7 à 90 jours.</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>Choisissez un fichier de clé de version 3, comme les portefeuilles l’exportent, ou prenez les mots secrets.</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>Choisissez un montant qui y est libre.</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>Choisissez une réponse pour chaque zone.</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>Choisissez une réponse.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Choisissez un autre dossier.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Choisissez un autre nom.</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>Choisissez un autre fichier de réseau.</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>Choisissez un autre travail, ou essayez plus tard.</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>Choisissez un autre travail.</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>Choisissez autre chose.</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>Choisissez la meilleure pour chaque zone.</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>Choisissez la meilleure.</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>Choisissez le fichier d’une sauvegarde.</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>Choisissez le fichier qui va ici.</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>Choisissez ce qui ne va pas, et dites-le en 500 caractères au plus.</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>Choisissez ce qui ne va pas.</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>Choisissez votre langue. Vous pouvez en changer à tout moment.</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>Encaisser</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>Encaissez ; un nouveau travail demande un nouveau canal.</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>Encaissez plus tard, quand il y aura davantage.</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>Encaissez ce que vous pouvez, prévenez la plateforme, et ne prenez plus de travail avant sa réponse.</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>Déjà encaissé avant</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>Encaissé avant, depuis un autre ordinateur</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>Encaissé en tout</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>Encaissé dans votre portefeuille</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Clarté</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>Fermer un fichier qui porte votre travail à la plateforme ?</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>Fermez-le à nouveau. Avec un peu de monnaie de gaz, vous pouvez aussi lancer vous-même la fonction start_close du contrat.</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>Fermez-le quand il y aura plus à encaisser.</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>Fermez d’autres programmes avant les tâches avec de grandes images ou des vidéos.</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>Fermez les programmes qui utilisent le dossier et essayez encore.</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>Fermez le polygone qui n’est pas fini.</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Fermer votre canal de paiement ?</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>Fermeture</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>Comparez chaque mot avec votre papier et retapez-les, ou recommencez avec de nouveaux mots.</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>Comparez toute l’adresse avec celle qu’on vous a donnée, pas seulement ses premières lettres.</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>Comparez-les avec ce que vous avez noté, mot par mot, dans l’ordre.</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>Complétez chaque zone.</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>Complétez-la et finissez à nouveau.</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>Connectez cet ordinateur à un réseau une fois, pour une minute.</translation>
        </message>
        <message>
            <source>Contract</source>
            <translation>Contrat</translation>
        </message>
        <message>
            <source>Contributor</source>
            <translation>Contributeur</translation>
        </message>
        <message>
            <source>Copy the whole address again and compare its first and last letters.</source>
            <translation>Copiez à nouveau toute l’adresse et comparez ses premières et dernières lettres.</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>Copiez à nouveau toute la clé ; elle peut commencer par 0x.</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>Corrigez-la, ou faites appel avant {time} : l’un des deux.</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>Corrigée</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>Déjà comptée quand vous l’avez posée</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>Compte comme {n} : les tâches faciles, et beaucoup pour un seul client, comptent moins.</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>Compte combien de vos tâches ont été contrôlées. Il ne fait que grandir.</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>Cruauté envers les animaux</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>Limite par jour</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>Données aujourd’hui</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>Données utilisées ces 14 derniers jours : {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>Les dates limites suivent l’heure de la plateforme, donc rien de vous n’est en retard pour cela.</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>Échec ; rien n’a été pris</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>Différent</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>Contesté</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>Travail contesté</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>Contesté, jugé à nouveau</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>Contesté ; d’autres contrôleurs le jugent</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>Ne continuez pas dans ce réseau ; comparez le fichier de réseau avec celui de son éditeur.</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>Ne travaillez pas dans ce réseau avant que son éditeur l’ait expliqué. Si un seul de vos nœuds le dit, prenez-en un autre, dans Paramètres.</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>Faites d’abord quelques tâches.</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Documents</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>Tirées par la plateforme seule, sans graine du client : {n}.</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>Tirages pas encore révélés, et pas comptés ici : {n}.</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>Chaque ligne est une campagne : ses tâches, la paie, la paie par heure et la mise.</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>Gagnez plus pour votre caution, et faites appel avant la fin du temps.</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>Gagné ces {n} derniers jours : {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Gains</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>Tapez dans Paramètres l’adresse d’un nœud de la bonne blockchain.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>Chaque réponse est contrôlée par d’autres personnes, qui doivent être d’accord ; vous pouvez corriger une réponse refusée une fois.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>Chaque réponse est contrôlée par d’autres personnes. Votre mise de {stake} GEM revient avec la paie si elles sont d’accord ; vous pouvez corriger une réponse refusée une fois.</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>Chaque changement est gardé tout de suite. Rien ne se perd si le courant est coupé.</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>Chaque paiement vous est demandé, encore pendant {time}</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>Tout le reste</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>Tout ici sert à essayer. Les GEM de l’exercice n’ont aucune valeur.</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>Tout ce qu’il contenait a été payé. {amount} GEM sont arrivés dans votre portefeuille.</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>Tout est jugé ; {n} acceptées, payées sauf contestation</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>Tout est envoyé et jugé</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>Tout est envoyé ; {n} attendent un verdict</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>Tout ce qui était enregistré est encore là.</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>Tout ce que votre canal vous doit à ce moment en sort, moins les frais.</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>Tout ce que vous avez fait est enregistré.</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>Preuves écrites dans {path}</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>Exemple {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>Exemple {n} sur {total}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>Échange avec la plateforme</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>Expérimenté</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>Exporter la clé de votre portefeuille dans un fichier ?</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Justice</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Frais</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>Frais du relais : {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>Frais pour ceux qui contrôlent</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Frais du relais</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>Cherchez d’abord les nouvelles et essayez encore ; si cela dure, montrez les deux chiffres à la plateforme.</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>Chargement {done} sur {total}</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>Peu de réponses refusées et une paie rapide sont de bons signes.</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>Moins d’audits que le hasard l’explique (1 sur {one_in}).</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Trouver du travail</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>Finissez avant la fin du temps restant.</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>Ne finissez plus rien pour cette plateforme. Gardez cet ordinateur en ligne de temps en temps jusqu’à la fin de la fermeture.</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>Finie, pas encore scellée</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>Pour commencer, quelques exemples : {share} doivent être justes. Ils ne coûtent rien, ne paient rien et peuvent être refaits.</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Premiers pas</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>Premier essai</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>Jugé mauvais</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>Libre dans votre caution</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>Faites de la place et essayez encore, ou lancez la version que vous aviez avant.</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>Faites de la place et essayez encore.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>Faites de la place, ou choisissez un autre dossier ou une autre clé USB.</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>Faites de la place, ou prenez moins de tâches.</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>Dès maintenant, votre paie remplit la caution jusqu’ici et pas plus : {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>De votre caution, à la fin de la fermeture, à partir de {time} : {amount} GEM.</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>Vous pourrez le porter au contrat à partir de {time}.</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>Mettez-y d’abord l’argent, ou comparez ses conditions avec ce qui a été payé.</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>Argent prévu</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>On ne peut pas envoyer de GEM à l’adresse zéro.</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>On ne peut pas envoyer de GEM à cette adresse.</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>Des GEM à vous, mis de côté pour les mises et les appels. Ce qui est libre, vous pouvez le ressortir.</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>Des GEM qui ne sont qu’à vous, sur la blockchain. Vous pouvez les garder ou les envoyer à qui vous voulez.</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>Des GEM que vous mettez avec une réponse. Ils reviennent si la réponse est acceptée, et sont perdus si elle reste refusée.</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>GRAM est audité par deux contrôleurs qui doivent être d’accord.</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>Monnaie de gaz</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>Gems ne s’est pas fermé normalement la dernière fois.</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>Gems est déjà ouvert avec ce profil.</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>Gems le renvoie tout seul.</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>Gems envoie le reste tout seul.</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>Gems {gems}, Python {python}, Qt {qt}, sur {system}</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>Gems {version} peut être téléchargé ({size}).</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>Préparation</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>Donnez une date ou une heure pour chaque zone.</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>Donnez une date ou une heure.</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>Donnez un nombre pour chaque zone.</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>Donnez un nombre.</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>Donnez une note pour chaque zone.</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>Donnez une note.</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>Donnez un montant plus grand que zéro.</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>Donnez une autre adresse.</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>Donnez un autre montant.</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>Donnez moins.</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>Donnez l’adresse de quelqu’un.</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>Rendez le dossier à votre utilisateur, ou enlevez la protection en écriture du disque.</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>Donnez votre propre réponse.</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>Rendue</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>Joie</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>Continuez à travailler. Regardez vos gains dans une heure.</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>Continuez ; si cela revient, fermez l’application et rouvrez-la.</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>Retour à la copie d’avant la mise à jour</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>Assez bon pour continuer ; plus de travail contrôlé en dira plus.</translation>
        </message>
        <message>
            <source>Grade</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>Grade {grade}.</source>
            <translation>Note {grade}.</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>La moitié des paies arrive plus vite ; 95 sur 100 en {time}.</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>La moitié des contrôles a pris moins de {time}.</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>La moitié des tâches a pris moins de {time}.</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>Remettre le travail fini ?</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>Remettre vos contrôles ?</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>Remis au relais</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>Haine et insultes</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>Voici tout ce que vous avez fini, et où cela en est.</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>Cachée : {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Accueil</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>Un travail honnête rapporte en moyenne</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>Heures d’attente d’une nouvelle adresse : {after} au lieu de {before}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>La qualité de votre travail, au moins et au plus, d’après les contrôles. Plus de travail contrôlé rapproche les deux.</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>Le temps entre l’envoi de votre réponse et le moment où la paie est à vous.</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>Le temps que prend en général une tâche.</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>Combien de réponses à ce client sur cent ont été refusées. Peu, c’est bon pour vous.</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>Combien de vos réponses d’autres personnes regardent. Vous ne pouvez pas savoir lesquelles, alors soignez-les toutes.</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>Combien de refus ont été jugés faux au second jugement. Beaucoup veut dire : faire appel en vaut la peine.</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>Si elle ne démarre pas deux fois de suite, la version précédente revient. Votre portefeuille et votre travail sont gardés.</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>Si elle est refusée, lisez la raison. Corrigez, faites appel ou laissez ainsi.</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>Si personne ne répond à temps, le contrat décide selon les règles.</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>Si le refus est faux, faites appel et dites pourquoi. Vous voyez d’abord la caution.</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>Si la fenêtre reste noire, mettez GEMS_RENDERER=software.</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>Si vous perdez, cela vous coûte : {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>Si vous perdez, le refus reste.</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>Si vous perdez, le refus reste ; la caution et ce que vous avez laissé pour l’appel sont perdus.</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>Si vous avez droit à un autre essai, corriger est souvent le plus rapide.</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>Si vous le voulez, demandez encore et dites oui dans cette fenêtre avant deux minutes.</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>Si vous gagnez, vous recevez {wins} GEM. Si vous perdez, cela vous coûte {loses} GEM.</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>Si vous travaillez aussi sur un autre ordinateur, tout va bien. Sinon, dites-le à la plateforme.</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>En un jour : {after} GEM au lieu de {before} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>En contrôle</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>Pendant ce temps, le client peut aussi payer deux inconnus pour regarder à nouveau ; seulement si les deux trouvent le travail mauvais, jusqu’à {amount} GEM de la paie sont rendus.</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>Dans ce canal, vous aurez mis en tout : {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>Dans votre carnet d’adresses sous : {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>Dans votre dossier</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>Dans votre portefeuille</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>Installez à nouveau Gems. Jusque-là, les tâches avec images ne peuvent pas être montrées.</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>Installez à nouveau Gems ; sur Debian, ./dev setup dit ce qui manque.</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>Installez à nouveau la dernière version.</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>Elle demande une mise ; votre caution ne suffit pas encore. Commencez par du travail sans mise.</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>On y demande des données personnelles, ou on en montre</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>Elle demande de réussir d’abord ses exercices ; cela ne coûte rien.</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>Elle vous rapporte {amount} GEM.</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>Gems est venu avec le gestionnaire de paquets du système, qui apporte aussi les nouvelles versions.</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>Faisable jusqu’au : {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>Illisible ou incompréhensible</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>Trop tard pour la reprendre : son envoi a commencé, donc la plateforme peut l’avoir.</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>Cela vient tout seul une fois vos réponses acceptées.</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>Cela coûte un peu de monnaie de gaz, que tout le monde peut payer. Chacun voit le cas sur la blockchain.</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>Cela ne vous coûte rien, et paie {amount} GEM si c’est accepté. Vous avez jusqu’au {time}.</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>Cela ne vous coûte rien. Vous avez jusqu’au {time}.</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>Cela coûte {size} de données.</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>Cela coûte {size} de données ; le programme entier ferait {whole}.</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>Elle ne suit pas les consignes</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>Il doit arriver avant {time}, quand expire sa première tâche.</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>Une fraude, ou on veut payer hors de la plateforme</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>Contraire à la loi</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>La copie se fait toute seule dès qu’il y a une connexion.</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>Cela date d’avant ce profil. La signature de la plateforme ou la blockchain prouve la somme ; le détail des tâches n’est pas sur cet ordinateur.</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>Ce n’est jamais fait deux fois.</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>On ne sait pas encore si une version plus récente existe.</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>Pas encore sur la blockchain. On peut le porter maintenant.</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>Il est sur la blockchain et quelqu’un a fait appel : nouveau jugement jusqu’au {time}.</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>Il est sur la blockchain. Le contrat peut payer après {time}.</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>Ceci est un pas, 1 GEM au plus, et il compte comme dû à vous. Aucun autre n’est signé avant son paiement ; le reste de votre caution reste à sa place.</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>On vous le doit, et cela vient avec le prochain bon.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>Payé si son client ne conteste pas avant {time}.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>Payé si son client ne conteste pas.</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>On le renvoie jusqu’à ce que la plateforme ait signé la réception, et il compte une fois.</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>Un nouvel essai suit ; regardez l’adresse de la tour dans Paramètres.</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>La plateforme l’a comme vous l’avez envoyée.</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>À vous : faites appel ou laissez ainsi. Si vous ne faites rien, le refus reste.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>À vous : corrigez, faites appel ou laissez ainsi.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>À vous : corrigez ou laissez ainsi.</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>Elle part à la prochaine connexion, au plus tard le {time}.</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>La paie n’est pas celle qui est annoncée</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>On y montre des choses choquantes sans prévenir</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>Elle a utilisé un bon plus ancien que le vôtre, donc tout le reste est à vous : {amount} GEM à la fin.</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>On veut me faire ouvrir un lien ou un programme</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>Rien n’y a été changé. Votre argent est sur la blockchain et vos mots secrets l’ouvrent partout.</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>Rien n’a été gardé ni ouvert.</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>Ce n’a pas été montré à temps à la blockchain, donc le contrat ne peut pas le payer.</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>Rien n’y a été touché.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>Son client a contesté ; d’autres contrôleurs ont encore accepté.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>Son client a contesté ; d’autres contrôleurs ont refusé.</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>Son client conteste. De nouveaux contrôleurs jugent.</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>Son client paie deux autres contrôleurs pour revoir ce travail accepté.</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>Son client a écrit :</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>Ses mots secrets sont sur votre papier : ils ramènent le portefeuille sur tout ordinateur.</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>Ses mots secrets n’ont jamais été comparés avec votre papier. Sans eux, le portefeuille est seulement dans ce dossier.</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>Son temps est passé avant sa remise.</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>Jugez seulement ce que demande la consigne, pas ce que vous aimez.</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>Jugé avant {time}.</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>Gardez vos douze mots sur papier en lieu sûr. Vérifiez une fois par an que vous pouvez les lire.</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>Gardé dans le trousseau du système</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Gardé.</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>Réponse connue</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>Dernier jour pour contester</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{n} derniers jours : {paid} GEM par heure sur des tâches payées, {all} GEM avec le temps non payé</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Plus tard</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>Après plus d’une semaine</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>Au moins et au plus</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>Enlevez le signe entre les milliers.</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>Reste dans votre caution pour des mises : {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>Laissez une tour de guet ou un dossier garder une copie de votre bon.</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>Laissez la personne qui reçoit le remettre.</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>Niveau</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>Niveau {n} : {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>Niveau : {level}.</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>Lignes écrites dans {path} : {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>Bloqué pour vous dans le canal</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>Bloqué dans le canal</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>Bloqué dans le contrat pour du travail encore ouvert.</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>Regardez plus tard ou choisissez une autre campagne.</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>Cherchez à nouveau plus tard, ou choisissez un autre dossier. Votre version continue de marcher.</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>Cherchez à nouveau plus tard. Si elle vient d’une clé USB, faites réécrire la clé.</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>Regardez à nouveau quand son heure est venue ; la boîte d’envoi la donne.</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>Cherchez à nouveau quand vous êtes en ligne, ou prenez une nouvelle version sur une clé USB.</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>Regardez à nouveau.</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>Regardez le montant et l’adresse, et essayez encore.</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>Regardez la réponse et la consigne à côté.</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>Regardez le cas : il doit être celui de cette tâche, entier et comme signé.</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>Regardez le solde du portefeuille avant de payer encore.</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>Cherchez-en une dans Paramètres, sous Nouvelles versions. Avant de la télécharger, vous voyez ce qu’elle coûte en données.</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>Regardez ici avant de travailler pour quelqu’un de nouveau.</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>Regardez si un tel fichier existe, et si le disque est plein.</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>Dernière recherche : {time}</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>Il faut une connexion pour chercher une nouvelle version.</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>Recherche d’une nouvelle version…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>Perte moyenne</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>Perdu : d’autres contrôleurs ont aussi refusé.</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>Créez un portefeuille. Il ne coûte rien et ne demande ni banque ni nom.</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>Créez-en un, ou retrouvez-en un avec ses mots.</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>Créez-en un, ou retrouvez le vôtre, dans la fenêtre.</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>Faites de la place avant de prendre du travail ; ce qui est enregistré est en lieu sûr.</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>Faites de la place, puis continuez. Ce qui est arrivé est gardé.</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>Beaucoup de tâches du même genre, d’un seul client, avec un prix et les mêmes règles.</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Marque</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>Marquez au moins une zone.</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>Mesuré sur le travail vraiment fait.</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Mesures</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>Images médicales</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>Messages de clients : {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>On peut y envoyer de l’argent</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>On peut y envoyer de l’argent tout de suite, dans votre limite par jour, sans question.</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>On peut y envoyer de l’argent sans question, dans votre limite par jour, après ce nombre d’heures : {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>Plus d’audits que le hasard l’explique (1 sur {one_in}).</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>Vos dernières réponses ont été refusées plus souvent que d’habitude.</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>Passer une part de votre caution dans ce que vous pouvez encaisser ?</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>Passé de votre caution à ce que vous pouvez encaisser</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>Passé dans votre caution</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>Indiquez une tour de guet ou un dossier dans Paramètres pour avoir des copies ailleurs.</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>Dites à qui elle est.</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>Nom : {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>Aucun des deux</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>Ne les prenez jamais en photo et ne les dites à personne, même pas à nous.</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>Nouveaux avis : {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Nouvelles versions</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>Nouveau travail</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>Nouveau</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>Nouvelles à vérifier avec une connexion : {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>Nouvelles : {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>Neuf tâches rapportent 1 GEM et une ne rapporte rien : 0.90 en moyenne.</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>Aucune réponse n’a encore été jugée, donc on ne peut rien dire de la justice.</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>Aucune demande n’est en attente pour cette tâche.</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>Aucun fichier à moitié écrit n’est resté, et votre travail est sur cet ordinateur.</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>Pas encore de travail jugé</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>Pas encore de travail jugé.</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>Aucune clé n’a été indiquée.</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>Plus proposée</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>Longtemps sans réseau ? Dans la Boîte d’envoi, choisissez « Sans réseau… » et écrivez un fichier sur une clé USB.</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>Aucun taux pour {code} n’est connu sur les 30 derniers jours. Tapez-en un, ou attendez celui de la plateforme.</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>Pas encore de note.</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>Aucun refus n’a eu d’appel.</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>Sans mise. {fee} de la paie va au contrôle tant que vous débutez ; {audit} de vos réponses sont contrôlées. Les frais baissent à chaque réponse contrôlée qui était juste.</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>Pas de tâches ici</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>Aucune tâche à payer.</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>Aucun verdict de cette tâche n’attend sur la blockchain.</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>Aucune version de Gems trouvée là.</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>Pas encore de travail qui pourrait être tiré pour un audit.</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>Personne ne contrôle une réponse, sauf si son client paie deux inconnus pour cela ; tout le reste est accepté comme il est.</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>Personne n’a encore écrit ici.</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>Personne ne l’a jugée à temps, elle compte donc comme acceptée.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Aucune</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>Aucune des campagnes où vous travaillez n’a de tâches pour vous en ce moment.</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>Pas d’audit</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>Pas encore assez de travail contrôlé.</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>Pas expliqué par ce qui est ici</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>Pas encore révélé</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>Pas juste</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>Pas envoyé : cette conversation est fermée</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>Un doute ? Rendez-la ; cela ne coûte rien.</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>Non prises ; la boîte d’envoi dit quoi faire : {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>Pas encore utilisé</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>Rien de plus que la paie ; le refus reste.</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>Rien ne peut être demandé sur la blockchain à cette plateforme avant qu’elle inscrive sa clé. Dites-le-lui.</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>On ne peut pas mettre zéro dans un canal.</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>Rien n’a encore été payé.</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>Rien n’y a été changé.</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>Rien n’a encore de réponse.</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>Rien n’est bloqué pour du travail ouvert.</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>Rien n’est perdu pour cela. Si cela arrive souvent, enregistrez un rapport dans Paramètres.</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>Rien n’est perdu ; le portefeuille est encore en création.</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>Il ne manque rien. De votre caution viennent {amount} GEM à la fin.</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>Plus rien : c’est réglé.</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>Il n’y a rien à faire. La caution vient toute seule à la fin de la fermeture.</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>Il n’y a rien à faire : le pas est renvoyé tout seul. Si des jours passent sans paiement, dites-le à la plateforme et ne prenez plus son travail.</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>Rien n’en a été gardé. Votre version continue de marcher.</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>Rien d’étrange : c’est à peu près ce que donne le hasard.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Rien à envoyer</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>Rien à envoyer. Un fichier peut encore demander des nouvelles : verdicts et paiements.</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>Rien n’a été accepté, et rien n’est en jeu.</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>Rien n’a été accepté.</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>Rien n’a été changé et les mots n’ont pas été gardés.</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>Rien n’a été changé et votre texte n’a pas été gardé.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Rien n’a été changé.</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>Rien n’a été changé. Votre portefeuille est toujours sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>Rien n’a bougé.</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>Rien n’a été envoyé, et tout ce qui est signé est gardé ici.</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>Rien n’a été envoyé.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>Rien n’a été signé et rien n’est en jeu.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>Rien n’a été signé et rien n’a été changé.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>Rien n’a été signé ni envoyé là-bas. Vos clés et votre travail sont sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>Rien n’a été signé.</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>Rien n’a encore été enregistré.</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>Rien n’a été enregistré.</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>Rien n’a été pris. Vous pouvez essayer encore.</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>Rien n’a été pris ; ce que vous avez ici est en lieu sûr et peut être fini et envoyé.</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>Avis d’aujourd’hui : {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Maintenant</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>Les touches de chiffres choisissent une réponse ; Enter finit la tâche. F2 montre toutes les touches.</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>Contestations du client sur des réponses acceptées : {n} ; retenues : {won}.</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>Sans client</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>De ceux-ci, maintenant : {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>Sur vos {last} dernières, {rejected} ont été refusées : moins bien que votre moyenne.</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>Sur vos {last} dernières, {right} étaient justes : mieux que votre moyenne.</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>Hors ligne : continuez à travailler, on envoie plus tard</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>Sur Debian, installez libpulse0. Les tâches sans son ni vidéo marchent.</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>En moyenne</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>Sur la blockchain, en attente de confirmations</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>En train de sortir de votre caution</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>En train de sortir de votre caution : {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>En route : {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>Une réponse à envoyer</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>Une copie est faite quand des réponses sont scellées.</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>Un seul nombre pour la qualité de votre travail, compté sur cet ordinateur à partir de verdicts signés.</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>Un des votes accepte ce travail, donc il ne prouve aucun refus.</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>Un autre contrôleur, qui ne l’a pas encore jugé</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>Une tâche est ici, environ {time} de travail</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>Encore une tâche dans ce lot</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>En ligne</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>Un seul nœud est indiqué, donc rien de ce qu’il dit ne peut être comparé.</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>Seul l’arbitre des conditions peut décider cela.</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>Seul le contrat des campagnes peut faire cela.</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>Seul le contrat qui juge peut faire cela.</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>Seule la plateforme peut le lire, et personne ne peut le changer en route.</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>Seule la personne qui reçoit peut remettre ce paiement signé.</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>Seul le client de la campagne peut faire cela.</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>Seules les deux parties d’un canal peuvent le fermer.</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>Seul ce que les créateurs de Gems ont signé est accepté, venu du réseau ou d’une clé USB.</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>Vous seul pouvez lire le dossier du profil.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>Seulement {megabytes} MB sont libres sur le disque du profil.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>Seulement {megabytes} MB de mémoire sont libres.</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>Ouvrir Gems</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>Ouvrez un navigateur, connectez-vous au réseau, et essayez encore.</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>Ouvrez-en une pour voir ce que vous pouvez gagner et perdre avant de prendre quoi que ce soit.</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>Ouvrez la Boîte d’envoi et lisez pourquoi votre réponse a été refusée, avec l’endroit en question.</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>Ouverture de votre profil</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>Autres campagnes</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>Plusieurs personnes font la même tâche, une après l’autre, jusqu’à ce qu’on soit assez sûr de la réponse juste ; pas de second essai.</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>De nouvelles personnes jugent. Si vous gagnez, votre paie et votre caution vous reviennent.</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>Les autres utilisateurs de cet ordinateur peuvent lire le dossier du profil.</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>Nouveau jugement par d’autres contrôleurs, au plus tard jusqu’au {time}.</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>Autre travail</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>Autres travailleurs</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Boîte d’envoi</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>Renversé</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>On vous le doit</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>Payé au plus tard</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>Payé avant ; le travail concerné n’est pas sur cet ordinateur</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>Payé dans votre canal</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>Payé dans votre canal.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Payé</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>Payé quand d’autres sont d’accord</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>Payé avec le prochain bon.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Paie</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>Paie par contrôle</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>Paie par tâche</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>La paie des réponses envoyées et pas encore décidées. Elle n’est pas à vous jusque-là.</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>Payez moins de tâches.</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>Payez-en moins.</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>Paie pour regarder votre correction</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>Payez une tâche ou plus.</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>Paie pour ces contrôles</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>Payer du travail d’une campagne ?</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>La paie d’un travail qui est jugé à nouveau. On décide bientôt qui la reçoit.</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>Paie dans ce bon</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>Encaisser vos gains ?</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Paie par heure</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>La paie décidée mais pas encore signée. Le prochain bon de la plateforme la contient.</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>La paie qui est à vous, prouvée par la signature de la plateforme. Vous pouvez l’encaisser quand vous voulez.</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>Canal de paiement</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>Sans paie et sans risque.</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>Amende</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>Amende en cas de refus</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Images</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>La carte graphique dessine les images.</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>Les images sont dessinées sans carte graphique, ce qui suffit.</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>Les images d’inconnus sont ouvertes dans un processus à part.</translation>
        </message>
        <message>
            <source>Pillar</source>
            <translation>Pilier</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Plateforme</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Exercice</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>Trois exemples pour s’exercer</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>Préparation de la campagne : {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>Appuyez sur A si la réponse est juste.</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>Appuyez sur R si elle est fausse, puis choisissez la raison : son auteur doit savoir quoi corriger.</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>Appuyez sur « ? » à côté d’un nombre pour lire ce qu’il veut dire.</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>Sans doute moins de 55 % de vos réponses sont justes.</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>Sans doute moins de 70 % de vos réponses sont justes.</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>Protégez plutôt le portefeuille avec un mot de passe.</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>Protégé par votre mot de passe</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>Mis dans le contrat</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>Mettez les éléments en ordre pour chaque zone.</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>Mettez les éléments en ordre.</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>Poser des mises ?</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>Gems ne marche pas avec Python {python}.</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>Impossible de charger Qt.</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Quitter</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>Lisez d’abord la consigne. Elle dit ce qu’est une bonne réponse.</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>Prêt à encaisser</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>Prêt à encaisser maintenant : {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>Actualisez et choisissez à nouveau.</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>Actualisez et essayez encore.</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>Actualisez pour voir où on en est.</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>Actualisez, et regardez ce que dit la blockchain.</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>Habitué</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Refusé</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>Réponses refusées</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>Refusée le {time}.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Liens</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Relais</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>Libérer des tâches déjà payées ?</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>Enlevez d’abord quelque chose.</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>Enlevez le programme comme il a été installé.</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>Enlevez le programme avec uninstall.sh, dans son dossier.</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>Enlevez le programme avec le gestionnaire de paquets de votre système.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Client</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Rapport sur le client</translation>
        </message>
        <message>
            <source>Requester {who}</source>
            <translation>Client {who}</translation>
        </message>
        <message>
            <source>Requesters blocked: {n}</source>
            <translation>Clients bloqués : {n}</translation>
        </message>
        <message>
            <source>Restore the wallet from its seed words; move vault.json aside first.</source>
            <translation>Retrouvez le portefeuille avec ses mots secrets ; mettez d’abord vault.json de côté.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Contrôle</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>Contrôle n° {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>Contrôle n° {n}, réponse à l’aveugle</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>Contrôleur</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>Contrôles jugés : {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Paie</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>Paie 1 GEM, frais 5 % : vous voyez et recevez 0.95 GEM.</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>Paie par tâche</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>Paie de la tâche</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Juste</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>Enregistré : {file}.</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>Scellez à nouveau.</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>Scellez et envoyez vos réponses</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>Scellé, à envoyer</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>Second regard</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>Second essai</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>Automutilation</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>Envoyer des GEM hors de votre portefeuille ?</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>Envoyez moins de tâches à la fois.</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>Envoyez-la avant {time}.</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>Envoyez-la, ou reprenez-la d’abord.</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>Envoyez moins, ou encaissez d’abord ce qui est dans votre canal.</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>Envoyez moins, ou mettez d’abord des GEM sur le compte.</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>Envoyez ce qui est fait, attendez les verdicts, puis essayez encore.</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>Temps pour envoyer</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>Cette réponse est en cours d’envoi : la plateforme peut déjà l’avoir.</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>Envoi {done} sur {total}</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Envoyé</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>Envoyé à une autre adresse</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>Envoyé, pas encore jugé</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>Envoyé. Rendez la clé USB, avec la réponse dessus : {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>Mettez un verrou et une limite par jour si d’autres utilisent cet ordinateur.</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>Mettez cet ordinateur à l’heure ; jusque-là, les heures affichées sont fausses.</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>Mettez-le à l’heure ; jusque-là, Gems suit l’heure de la plateforme.</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>Réglez la date et l’heure, puis cherchez à nouveau.</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>Paramètres, sécurité et sauvegarde</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>Vos contrôles clos qui ont été renversés plus tard : {overturned} sur {reviews}.</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>Contenu sexuel</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>Montrez cela à la plateforme. Si vous avez le fichier d’un bon, ou connaissez une tour de guet qui a gardé le vôtre, cherchez-y un bon plus récent : dans Paramètres, Argent, sous En lieu sûr.</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>Passés</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>Certaines demandent d’abord des exemples. Ils ne coûtent rien, et vous pouvez les refaire.</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>Une partie peut choquer.</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>Certaines tâches rapportent plus, d’autres moins ou rien. Voici la moyenne sur un très grand nombre de tâches.</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>Quelqu’un a fait appel du premier verdict ; vous êtes parmi ceux qui jugent à nouveau.</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>Quelqu’un est insulté ou menacé</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>Quelqu’un dans le jury n’est pas parmi les contrôleurs des conditions de la campagne.</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>Quelqu’un porte la clé USB à un ordinateur avec réseau. Personne ne peut lire ni changer votre travail.</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>Quelqu’un qui porte votre encaissement à la blockchain et paie la monnaie de gaz, pour de petits frais.</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>Autre chose</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>Un problème est survenu dans cette application.</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>Quelque chose ne va pas avec votre canal</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>Il manque quelque chose</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Son</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>Le son et la vidéo peuvent être lus.</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>Le son et la vidéo ne peuvent pas être lus ici.</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>Le son et la vidéo ne peuvent pas être ouverts sur cet ordinateur : il manque une bibliothèque du système (sur Debian : libpulse0).</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Rapidité</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>Mise</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>Mise 0.10, paie 0.50 : acceptée, la réponse rapporte 0.50 et vos 0.10 reviennent.</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>Mise en danger</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>Mise revenue</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>Mise perdue</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>Mise posée</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>Mise, perdue avec le refus</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>Se porter garant d’une campagne ?</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>Lancez Gems depuis une session de bureau.</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>Lancez Gems une fois pour le créer.</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>Lancez Gems : il reprend la dernière bonne copie et garde le fichier abîmé. Regardez le disque.</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>Lancez la version plus récente, ou retrouvez le portefeuille avec ses mots dans un nouveau profil.</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>Lancez avec --home et un dossier sur un disque de cet ordinateur, ou rendez celui-ci utilisable.</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>Novice</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>Lancement de la blockchain</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>Lancement de la plateforme</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>Restez en ligne un moment : Gems les rend tout seul. Puis essayez encore.</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>Restez en ligne un moment : Gems les envoie tout seul. Puis essayez encore.</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>Reste libre à encaisser</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>Prenez au moins {n} caractères ; quelques mots à la suite sont faciles à retenir.</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>Prenez assez de tâches pendant que vous êtes en ligne.</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>Reprenez-la d’abord, si c’est permis.</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>Ne prenez plus de travail de cette plateforme avant que sa clé soit inscrite.</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>Ne prenez pas de travail et n’envoyez pas d’argent dans ce réseau ; comparez son fichier avec celui de son éditeur.</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>Prenez des tâches en ligne ; vous pouvez les faire sans réseau.</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>Retirez-leur le droit de le lire : chmod 700 sur le dossier.</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Prenez vos premières tâches</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>Reprise</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>Prendre des tâches</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>La tâche n° {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>La tâche n° {n}, corrigée</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>La tâche {index}, essai {attempt} : d’autres la jugent à nouveau au tour {round}.</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>Tâche {n} de {campaign}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>Tâches jugées : {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>Tâches qui expirent bientôt : {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>Les tâches que vous prenez sont gardées pour vous jusqu’à une heure donnée. Personne d’autre ne les reçoit avant.</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>Tâches expirées : {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>Une dizaine ; vous pouvez les faire sans réseau.</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>Textes</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>Soit dans une heure</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>Ce mot de passe n’ouvre pas ce portefeuille.</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>La page Confiance montre où on en est.</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>Le compte a moins de GEM qu’il devait envoyer.</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>Le montant a changé.</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>Le montant est trop grand pour un canal.</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>Le montant est zéro ou trop grand.</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>La réponse avant correction</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>La réponse n’est pas complète</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>La réponse n’est pas signée par le travailleur de la tâche.</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>La réponse refusée</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>La réponse n’a pas été notée sur la blockchain à temps.</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>La réponse n’a pas été signée par la plateforme.</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>Le jury d’appel la juge. Vous n’avez rien à faire.</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>Cette attribution n’est pas signée par la plateforme.</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>La barre montre le moins et le plus qui soient sûrs pour l’instant. Chaque contrôle la raccourcit.</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>Le gros bouton vous mène plus loin : à votre prochaine tâche, ou à du nouveau travail.</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>La facture n’est pas signée par la plateforme.</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>La caution et la mise de la tâche ; le refus reste.</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>La caution de {amount} GEM est perdue.</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>Le but de la caution est enregistré.</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>La caution que vous mettez</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>La caution ; le refus reste.</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>Le bus a encore eu une heure de retard.</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>La campagne n’a pas un tel tour.</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>La campagne n’est pas encore finie.</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>La campagne de ce contrôle n’est pas sur cet ordinateur.</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>La campagne de cette tâche n’est pas sur cet ordinateur.</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>La campagne finirait trop loin dans le futur.</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>La campagne serait déjà finie.</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>Les tours, la probabilité d’audit ou l’amende de la campagne sont impossibles.</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>Le contrat des campagnes a un autre juge.</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>Les campagnes ont besoin d’un juge.</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>Le cas porte sur une autre attribution de cette tâche.</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>Le cas a été écrit dans {path}</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>La blockchain ne répond pas pour le moment.</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>La blockchain a un autre verdict que celui-ci.</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>La blockchain n’a pas d’argent pour cette campagne.</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>La blockchain ne connaît pas ce canal.</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>Le nœud de la blockchain n’a pas pris la transaction : {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>Les nœuds ne montrent rien de la dernière demi-heure : ils ne suivent plus la blockchain.</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>La blockchain dit autre chose que la plateforme sur l’argent : voir plus bas.</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>Le canal se ferme ou est fermé.</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>Le canal n’est pas en fermeture.</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>Le canal n’a pas été enregistré.</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>Les vérifications mêmes ont échoué.</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>Cet encaissement est venu plus tard que vous l’avez permis.</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>Cet encaissement n’a pas été accepté.</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>Cet ordinateur n’est pas à l’heure.</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>Cet ordinateur ne semble pas à l’heure.</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>La fermeture est déjà en route.</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>La fermeture a été remise au relais. La blockchain répond dans un instant.</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>La fermeture du canal ne peut pas encore être terminée.</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>La fermeture de votre canal pouvait finir il y a un jour, et la plateforme ne l’a pas finie.</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>La fermeture du canal que vous avez demandée n’a pas été faite.</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>La garantie est déjà en train de sortir.</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>Le contrat vous a payé dans votre portefeuille.</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>Le contrat garde votre caution pour vous. Il n’y a pas de dernier jour pour la fin, et personne d’autre ne peut la prendre.</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>Le contrat ne peut pas prendre autant de GEM du compte.</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>Le contrat a refusé sans donner de raison : un nombre ne va pas, ou il y avait trop peu de gaz.</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>Le contrat a refusé : {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>Le contrat ne règle plus rien de cette campagne aujourd’hui.</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>La copie date du {day}. Entrées que la version plus récente a écrites depuis : {count}.</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>La base de données est illisible.</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>La base de données est abîmée.</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>La base de données est en bon état : {answers} réponses, {unsent} pas encore envoyées.</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>La base de données de ce profil était abîmée.</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>La base de données vient d’une version plus récente de Gems.</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>La date de cet ordinateur est fausse.</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>La décision sur votre réponse : acceptée, ou refusée avec une raison.</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>Le temps avant la sortie n’est pas encore passé.</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>La description du réseau est inutilisable.</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>Le disque est plein, donc rien n’a pu être enregistré.</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>Le disque est plein.</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>Le document n’a pas une telle page.</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>Le document est fermé par un mot de passe.</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>Le téléchargement peut s’arrêter et reprendre à tout moment. Continuez à travailler pendant ce temps.</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>Le tirage au sort a été recalculé sur cet ordinateur.</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>Le dépôt contient trop peu pour ce verdict.</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>Les preuves ont été écrites dans {path}</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>Moins il y en a, mieux c’est : jugez d’après ce qui était demandé.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Le fichier est illisible.</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>Le fichier ne peut pas être écrit là.</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>Le fichier n’a pas pu être ouvert.</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>Le fichier n’a pas pu être écrit.</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>Le fichier est abîmé.</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>Le fichier n’est pas encore sur cet ordinateur.</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>Le fichier est trop grand pour être ouvert sans danger.</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>Le fichier du disque n’est pas celui de cette tâche.</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>Le fichier s’ouvre avec le mot de passe que vous venez de taper pour lui.</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>Le fichier du portefeuille est abîmé.</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>Le fichier de votre portefeuille est abîmé.</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>Le fichier a mis trop de temps à s’ouvrir.</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>Les fichiers de ce profil ne peuvent pas être lus ou écrits.</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>La première : {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>Le premier signalement reste valable.</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>Les deux premiers sont comparés avant de croire à l’argent.</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>Les quatre nombres disent ce que vous avez gagné, ce que vous pouvez encaisser, ce qui est en contrôle et ce qui attend son envoi.</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>Le plus haut qu’elle a signé pour vous compte et est gardé ici. Ses deux signatures le prouvent.</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>La clé avec laquelle la plateforme signe n’est pas inscrite pour elle sur la blockchain.</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>La clé qui a signé n’est pas inscrite sur la blockchain pour cette plateforme.</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>La clé a été écrite dans {path}</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>Fausse étiquette</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>La liste à la fin dit pourquoi chaque montant est venu ou parti.</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>Les listes des canaux et des montants n’ont pas la même longueur.</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>Le réseau d’exercice local n’a pas démarré.</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>Le sort n’est pas tombé sur votre réponse, donc personne ne la contrôle : elle est acceptée.</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>Argent pas encore vérifié sur la blockchain.</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>La monnaie dans laquelle on vous paie. Un GEM a beaucoup de petites parts, pour pouvoir payer de petits travaux.</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>Cet argent en dépôt est déjà en train de sortir.</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>Argent vérifié sur la blockchain par cet ordinateur.</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>Le réseau demande d’abord sa propre connexion.</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>Le nouveau mot de passe compte dès maintenant.</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>La nouvelle version n’a pas pu être écrite : le disque est plein, ou rien ne peut être écrit là.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>La nouvelle version démarre la prochaine fois que vous ouvrez Gems, jamais au milieu de votre travail.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>La nouvelle version démarre la prochaine fois que vous ouvrez Gems. Rien de ce que vous faites n’est interrompu.</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>La dernière sauvegarde est illisible.</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>Le plus récent, depuis {time}</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>La note suivante, {grade}, est encore loin.</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>Le responsable a répondu à votre appel, et votre exclusion reste. Vous pouvez écrire encore.</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>Les autres contrôleurs sont d’accord avec vous.</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>Les autres contrôleurs ont jugé autrement, donc ce contrôle n’est pas payé.</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>Le jury n’a pas une telle place.</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>Le jury n’est pas dans l’ordre de ses adresses.</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>Le jury n’est pas signé par la plateforme.</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>La partie de Gems qui garde vos clés s’est arrêtée.</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>Le mot de passe est vide.</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>Le mot de passe est trop court.</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>Le paiement n’est pas signé par le client de la campagne.</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>Le paiement de cette facture n’a pas été encaissé.</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>La permission de prendre des GEM est venue trop tard.</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>Cette image n’a pas pu être ouverte.</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>Cette image est abîmée.</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>Cette image n’est pas encore sur cet ordinateur.</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>Cette image est trop grande pour être montrée sans danger.</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>Cette image du disque n’est pas celle de la tâche.</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>Cette image a mis trop de temps à s’ouvrir.</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>La plateforme répond, signé de sa clé, en {milliseconds} ms.</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>La plateforme est revenue d’une sauvegarde et n’a pas encore vos derniers bons.</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>La plateforme est injoignable.</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>La plateforme n’a pas accès à ses images, sons et vidéos.</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>La plateforme n’a pas accès à ses données enregistrées.</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>La plateforme ne peut pas joindre la blockchain.</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>La plateforme ferme votre canal</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>La plateforme n’a pas pu lire ce qui a été envoyé.</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>La plateforme compte des verdicts que cet ordinateur a refusés, car leurs preuves ne tiennent pas. On les revoit à chaque lancement ; si cela dure, montrez les chiffres à la plateforme. Verdicts refusés : {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>La plateforme compte votre parcours autrement que cet ordinateur, donc sa paie et son risque d’audit ne seraient pas les vôtres. Audits réussis d’affilée, tâches semblables justes et tâches semblables contrôlées, selon elle et selon cet ordinateur : {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>La plateforme compte {theirs} audits réussis, cet ordinateur {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>La plateforme compte {theirs} tâches contrôlées, cet ordinateur {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>La plateforme compte {theirs} réponses justes, cet ordinateur {ours}.</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>La plateforme n’a pas accepté la connexion.</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>La plateforme ne l’a pas pris</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>La plateforme ne l’a pas pris.</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>La plateforme ne l’a pas pris. Ce que vous aviez laissé pour cela est de nouveau à vous.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>La plateforme n’a pas pris votre appel : il est venu trop tard.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>La plateforme n’a pas pris votre appel ; le refus reste.</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>La plateforme ne permet pas cela à votre compte.</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>La plateforme n’a plus cela.</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>La plateforme n’a pas cette campagne.</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>La plateforme ne prend pas votre travail. Montré à la blockchain avant la fin du temps, il compte comme remis ; si aucun verdict ne suit, le contrat peut vous payer avec la garantie de la plateforme.</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>La plateforme ne donne plus de tâches en ce moment.</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>La plateforme vous donne la note {theirs}, cet ordinateur calcule {ours}.</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>La plateforme ne vous donne plus de tâches. Une personne de la plateforme lit ce que vous écrivez.</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>La plateforme avait perdu ses dernières données. Vos bons et votre travail lui ont été rendus.</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>La plateforme a annoncé qu’elle reprend sa garantie.</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>La plateforme l’a et demande à d’autres contrôleurs.</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>La plateforme a perdu ses dernières données et n’a pas repris vos bons.</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>La plateforme n’a pas de garantie qui pourrait payer cela.</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>La plateforme n’a pas fait sa part. Vous pouvez porter le cas au contrat.</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>La plateforme n’a pas payé un pas hors de votre caution que vous avez signé.</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>La plateforme n’a rien de nouveau pour vous.</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>La plateforme n’en a qu’une partie.</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>La plateforme a montré à la blockchain qu’elle ne doit rien pour ce travail.</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>La plateforme a signé la réception</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>La plateforme a signé qu’elle a reçu votre travail, et n’a apporté aucun verdict. Le contrat peut vous payer avec la garantie de la plateforme.</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>La plateforme a votre appel ; d’autres contrôleurs jugeront à nouveau.</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>La plateforme ferme votre canal et son relais ne prend pas votre encaissement.</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>La plateforme ferme votre canal de paiement.</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>La plateforme reprend sa garantie, donc aucune mise n’est posée pour son travail.</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>La plateforme peut prendre sur l’argent de la campagne, en tout : {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>La plateforme a eu une erreur chez elle.</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>La plateforme offre un contrôle avec une autre paie ou mise que la campagne le promet.</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>La plateforme offre une tâche avec une autre paie, mise ou probabilité d’audit que la campagne le promet.</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>La plateforme l’ouvre avant le {time}.</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>La plateforme vous doit la même somme, prête à encaisser. Si elle ne répond pas, ce pas est ce que vous pouvez perdre.</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>La plateforme a refusé cela.</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>La plateforme dit que vous avez mis plus que cet ordinateur le sait.</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>La plateforme dit {theirs} ; les résultats signés donnent {ours}.</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>La plateforme montre un bon plus petit que celui qu’elle a publié.</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>La plateforme a signé qu’elle a votre réponse.</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>La plateforme a signé deux bons différents avec le même numéro.</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>La plateforme a signé votre paie</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>La plateforme a encore le temps de répondre à cette demande.</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>La plateforme a encore le temps de répondre.</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>La plateforme a encore le temps, jusqu’au {time}. Ensuite, on peut le porter.</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>La plateforme prend les envois autrement.</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>La plateforme attend la libération de tâches qu’elle vous a payées.</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>La plateforme veut que vous vous connectiez à nouveau.</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>Le fichier des bons du jour montre moins que la plateforme vous a signé avant.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>La clé de la plateforme pour les fichiers à emporter n’est pas ici.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>La clé de la plateforme pour les fichiers à emporter est trop vieille.</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>La clé de la plateforme n’est pas encore ici. Connectez cet ordinateur à un réseau une fois, pour une minute.</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>La clé de la plateforme n’est pas inscrite sur la blockchain, donc aucune mise n’est posée pour son travail.</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>La signature de la plateforme pour tout ce qu’elle vous doit. Avec elle, la blockchain vous paie, quoi qu’il arrive.</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>La signature de la plateforme a été contrôlée sur cet ordinateur à son arrivée.</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>Le processus qui ouvre les images ne démarre pas.</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>Le profil est ouvert dans une autre fenêtre de Gems.</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>Le profil {profile} n’existe pas encore sur cet ordinateur.</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>Le profil {profile} est là.</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>Impossible d’écrire dans le dossier du profil.</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>Le reçu n’est pas signé par la plateforme.</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>Cet enregistrement ou cette vidéo est codé d’une façon non permise ici.</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>Cet enregistrement, cette vidéo ou ce document est trop long pour être ouvert sans danger.</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>La demande refusée n’a rien changé, et aucun GEM n’a bougé.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>La demande refusée n’a rien changé. Ce qui est en dépôt y reste.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>La demande refusée n’a rien changé. Vos preuves sont gardées et peuvent être portées à nouveau.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>La demande refusée n’a rien changé. Vos bons sont gardés sur cet ordinateur.</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>Le refus est définitif. Votre mise de {amount} GEM est perdue.</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>Les frais du relais dépassent ce que rapporte l’encaissement.</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>La libération n’est pas signée par le travailleur.</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>Le rapport n’a pas pu être enregistré : le disque est plein ou protégé.</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Le client</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>Le client a contesté.</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>Le moment de partir est venu pour le client : pas de nouveau verdict.</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>La paie dépasse celle des conditions.</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>La paie ne dépasse pas celle permise au second essai.</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>La paie de la tâche ; la caution et la mise reviennent, et le refus ne compte pas.</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>La paie de la tâche ; la mise revient, et le refus ne compte pas.</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>La règle : d’autres personnes font la même tâche, jusqu’à ce qu’on soit assez sûr de la réponse juste.</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>La règle : deux inconnus la regardent. Seulement si les deux la trouvent mauvaise, une part de la paie est rendue.</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>La règle : {k} contrôleurs sur {n} doivent être d’accord.</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>Le score est passé de {first} à {last}.</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>Cette touche sert à la page même. Appuyez sur une lettre, un chiffre ou un signe.</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>Le magasin ouvre à neuf heures.</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>La signature n’est pas du compte qui a les GEM.</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>Le paiement signé est venu trop tard.</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>Le paiement signé ne vaut pas encore.</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>Les votes signés n’ont pas pu être relus à l’instant. Ils ont été contrôlés à leur arrivée.</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>La source d’un taux commence ou finit par un espace.</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>La source d’un taux n’est pas une ligne de texte simple de 80 caractères au plus.</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>La mise de la tâche, qu’un second essai aurait pu sauver ; le refus reste.</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>La mise que vous avez posée</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>La mise n’a pas été acceptée.</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>La signature de la mise n’est pas du travailleur du canal.</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>Le trousseau du système peut garder la clé du portefeuille.</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>La tâche a fini sans verdict, donc ce que vous aviez mis est revenu.</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>La tâche n’est pas sur la facture signée.</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>Les conditions demandent moins de votes qu’un demi-jury.</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>Les conditions demandent plus de votes qu’un jury en a.</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>Les conditions donnent plus de 30 jours pour refaire.</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>Les conditions ne nomment pas de plateforme, ou une impossible.</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>Les conditions ne nomment pas de client, ou un impossible.</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>Les conditions ne paient rien pour une tâche.</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>La part des paies dans les conditions est hors limites.</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>Le temps des appels n’est pas encore fini.</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>Le temps des appels est hors limites.</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>Le temps des appels est fini.</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>Son temps est passé</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>Le temps pour cela est fini.</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>Le temps de sa première tâche est déjà fini.</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>Le temps pour faire appel est fini.</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>Le jeton ne peut pas être créé sans quelqu’un qui le reçoit.</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>Le jeton n’a pas déplacé les GEM.</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>Cet envoi n’a pas été accepté.</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>Les deux messages ne se contredisent pas.</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>Les deux parties du cas portent sur des tâches différentes.</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>Les deux mots de passe diffèrent.</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>La mise à jour n’a pas été installée.</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>Le verdict et ses votes sont signés. Cet ordinateur a contrôlé chaque signature et compté ce montant tout seul.</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>La réponse des contrôleurs est celle de la tâche ; pas de second essai.</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>La version installée continue de marcher. Votre portefeuille et votre travail n’ont pas été touchés.</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>Les votes ne sont pas dans l’ordre des places.</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>Le bon n’apporte rien qui ne soit déjà encaissé.</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>Le bon est gardé sur cet ordinateur.</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>Le bon n’est pas signé par la clé de ce canal.</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>Fini d’attendre. Le contrat paie dès que quelqu’un le demande.</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>Le portefeuille est verrouillé.</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>La sortie de la garantie n’a pas commencé.</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>La sortie de ce dépôt n’a pas commencé.</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>Le travailleur de la tâche est dans son jury.</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>Les {amount} GEM que vous y avez misés peuvent être perdus.</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>Ensuite, ouvrez Trouver du travail et prenez vos premières tâches.</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>Ensuite arrivent les verdicts des autres ; votre paie s’ajoute dès qu’assez sont d’accord.</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>Il y a moins de votes qu’un verdict en demande.</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>Il y a d’autres nouvelles ; écrivez un autre fichier pour les avoir</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>Il n’y a pas d’images animées dans le fichier.</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>Il y a des votes pour une tâche sans réponse.</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>Il y a déjà un profil de ce nom.</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>Il y a un écran pour afficher.</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>Il y a un portefeuille, mais ses mots secrets n’ont jamais été retapés.</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>Il y a un portefeuille ; ses mots ont été notés et retapés.</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>Il y a moins dans votre canal que les frais du relais.</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>Il n’y a ni son ni image dans le fichier.</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>Il n’y a pas encore de sauvegarde de la base de données.</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>Il n’y a pas de contrat des campagnes à l’adresse donnée.</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>Il n’y a pas ici de copie d’avant une mise à jour.</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>Il n’y a pas encore de base de données.</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>Il n’y a pas ici de verdict final sur cette tâche.</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>Il n’y a pas d’autre tour pour un appel.</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>Il n’y a pas de trousseau sûr.</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>Il n’y a pas de bon plus récent là ; le vôtre est le dernier.</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>Il n’y a pas de canal de paiement ouvert.</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>Il n’y a pas encore de canal de paiement.</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>Il n’y a pas de rapport sur ce client.</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>Il n’y a pas de place pour le fichier.</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>Il n’y a pas d’écran pour afficher.</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>Il n’y a pas de son dans le fichier.</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>Il n’y a pas un tel dossier pour le fichier du bon.</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>Il n’y a pas une telle image dans la vidéo.</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>Il n’y a pas un tel profil sur cet ordinateur.</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>Il n’y a pas de jeton à l’adresse donnée.</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>Aucun verdict ne vous attend ici.</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>Il n’y a ici aucun verdict dont vous pourriez faire appel.</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>Il n’y a pas de verdict dont faire appel.</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>Il n’y a pas encore de bon.</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>Il n’y a pas encore de portefeuille ici.</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>Il n’y a pas encore de portefeuille.</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>Pas de travail de ce genre en ce moment.</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>Votre caution n’a pas autant de libre.</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>Il n’y a rien ici que le contrat paierait : c’est payé, ou la plateforme a encore le temps.</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>Il n’y a encore rien que le contrat paierait pour cela.</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>Il n’y a encore rien à encaisser qui vaille les frais du relais.</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>Trop peu de place sur le disque pour ce travail.</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>Trop peu de place sur le disque.</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>Trop peu de place sur le disque : il manque {size}.</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>Il n’y avait pas de connexion.</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>Cela fait plus de tâches qu’une campagne peut en avoir.</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>Ce ne sont pas les mots de votre nouveau portefeuille.</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>Ce sont les chiffres d’un nouveau ; ils changent avec votre travail contrôlé.</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>Ces places n’ont pas un mot de la liste : {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>Elles sont signées et partent quand il y a une connexion.</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>Ils n’ont pas vu votre réponse avant de donner la leur.</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>Ils ont écrit :</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>Cette adresse n’est pas dans votre carnet.</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>Ce montant peut se lire de deux façons.</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>Cette réponse a déjà quitté la boîte d’envoi.</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>Cette réponse n’est pas encore complète : {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>Cette réponse était déjà acceptée ; son client vous paie pour la revoir.</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>Cette campagne n’a pas d’exercices.</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>Cette campagne est pour la note A seulement.</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>Cette campagne est pour la note B et mieux.</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>Cette campagne est pour la note C et mieux.</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>Cette campagne est finie.</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>Ce fichier à emporter a été scellé pour une autre plateforme, ou il y a trop longtemps.</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>Cet ordinateur additionne tout seul ce qu’on vous doit, et n’accepte pas de bon pour moins.</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>Cet ordinateur n’a pas de trousseau sûr, ou il est fermé.</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>Cet ordinateur l’a vu sur la blockchain.</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>Cet ordinateur est à la même heure que la plateforme.</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>Cet ordinateur a {minutes} minutes d’écart avec la plateforme.</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>Cette contradiction a déjà été prouvée.</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>Cet exemplaire de Gems a été fait sans mises à jour.</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>Ce fichier ne contient pas de bon.</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>Ce fichier est à emporter, ce n’est pas la réponse à un tel fichier.</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>Ceci est une réponse, pas un fichier à envoyer.</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>Ceci est pour le responsable de la plateforme : regardez d’abord la garantie.</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>Voici à quoi ressemble un avis</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>Cela fait plus de GEM qu’une campagne peut en tenir.</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>Cela dépasse ce qui peut sortir en un jour sans question : {limit} GEM, dont {spent} GEM utilisés aujourd’hui.</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>Ce n’est pas une adresse, ou une de ses lettres est fausse.</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>Ce n’est pas un fichier à emporter, ou il a été coupé.</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>Cette adresse n’est pas correcte : une lettre ou un chiffre est faux, manque ou est en trop.</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>Gems ne peut pas ouvrir ce fichier de clé.</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>Ce n’est pas une image d’un genre permis (PNG, JPEG ou WebP).</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>Ce n’est pas une clé privée : une clé a 64 signes de 0 à 9 et de a à f.</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>Ce n’est pas un enregistrement, une vidéo ou un document d’un genre permis (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>Ce n’est pas un montant en GEM.</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>Ce n’est pas un essai précédent.</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>Ce n’est pas le code d’une monnaie.</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>Ce n’est pas ce que vaut un GEM.</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>Ceci est la dernière version.</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>Cette campagne est la vôtre.</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>Cette clé n’est pas inscrite pour la plateforme.</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>Ce nombre de contrôles est remis, scellé à {time} : {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>Ce nombre de tâches est remis, scellé à {time} : {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>Ce nombre de tâches est libéré, scellé à {time} : {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>Cela ne déplace pas d’argent.</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>Ce réseau compte les mégaoctets, et vous les gardez pour autre chose.</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>Ce nœud n’est plus interrogé : {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>Cette option ne peut pas avoir de touche.</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>Ce profil a déjà un portefeuille.</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>Ce programme ne peut pas se mettre à jour lui-même : on ne peut pas écrire dans son dossier.</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>Cette réponse est pour le fichier d’une autre personne, ou pour un que vous avez écrit il y a longtemps.</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>Cette réponse a été changée ou abîmée en route, donc elle a été refusée.</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>Ce contrôle se fait en faisant la tâche.</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>Ce contrôle n’est plus ouvert.</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>Ce paiement signé a déjà été fait ou repris.</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>Cette tâche ne peut plus être rendue.</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>Cette tâche n’est pas un contrôle à l’aveugle.</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>Cette tâche n’est pas sur cet ordinateur.</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>Cette tâche n’est plus ouverte.</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>Cette tâche ne peut plus changer.</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>Cette tâche a déjà été acceptée et payée.</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>Cette tâche a déjà été portée à la blockchain.</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>Cette tâche n’a pas été payée d’avance.</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>Ce portefeuille n’a pas de mot de passe.</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>Cela a déjà été fait autrement.</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>Cela n’a pas été confirmé dans la fenêtre du portefeuille.</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>Cela n’a pas été signé : {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>Cette tour de guet ne reçoit plus de copies : {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>Cette façon de garder un portefeuille est inconnue.</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>Ce travail n’a pas été pris : {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>Ceux qui contrôlent ne voient pas votre réponse avant d’avoir donné la leur.</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>Trois exemples</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Heure</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>Temps par tâche</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Temps restant</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Temps avant paiement</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>Le temps passé sur des tâches qui n’ont rien rapporté : rendues, refusées ou passées.</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>À télécharger</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>À charger par tâche</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>Faire passer votre paie du canal à votre portefeuille. Alors seulement vous pouvez l’envoyer ailleurs.</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>À cette adresse :</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>Dans votre portefeuille tout de suite : {amount} GEM. Les frais du relais sont {fee} GEM.</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Aujourd’hui</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>Les mégaoctets du jour sont utilisés.</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Ensemble</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>Trop peu de vos réponses contrôlées sont justes pour continuer.</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>Encore trop peu de travail jugé pour dire combien est refusé.</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>Trop peu de travail pour le mesurer.</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>Trop de demandes en peu de temps.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>Essayé {n} fois ; nouvel essai à {time}.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>Essayé {n} fois ; nouvel essai à la prochaine connexion.</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Confiance</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>Score de confiance</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>Essayez encore dans une minute.</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>Essayez plus tard.</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>Essayez encore. Si cela dure, lancez avec --fresh pour recommencer le réseau d’exercice à neuf.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>Essayez encore ; si cela dure, rendez la tâche sans frais.</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>Essayez encore de prendre le travail.</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>Douze mots</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>Douze mots qui ouvrent votre portefeuille partout. Qui les a, a votre argent : ne les dites à personne.</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>Deux autres contrôleurs l’ont trouvé mauvais : une part de la paie est revenue à son client.</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>Retapez-le ; regardez les majuscules et le clavier. Vos mots secrets ramènent aussi le portefeuille.</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>Tapez deux fois le même.</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>Avec GRAM, la mise du travailleur doit être l’amende.</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>Sous Lecture, vous changez la langue, les lettres et les couleurs.</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>Sous Travail et données, vous dites combien de mégaoctets le programme peut utiliser par jour.</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>Sous chaque tâche, vous voyez ce qui vient ensuite et jusqu’à quand.</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>Ouvrez à nouveau le portefeuille ; si cela n’aide pas, relancez Gems.</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>Ouvrez le portefeuille et essayez encore.</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>Temps non payé</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>Avant cela, Gems ne pose aucune mise pour son travail : aucun contrat n’entendrait votre cas.</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>Votre réponse doit être envoyée avant. Après, la tâche va à quelqu’un d’autre.</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>Tant que cela dure, Gems ne pose aucune mise pour son travail.</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>Jusque-là, vous ou l’autre côté pouvez contester. Après, le verdict reste pour de bon.</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>Mettez Gems à jour, puis essayez encore.</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>Mettez Gems à jour. Si cela revient, enregistrez un rapport dans Paramètres et dites-le-nous.</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>Prenez un autre nœud dans Paramètres.</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>Prenez un autre nœud, ou ajoutez-en un deuxième pour comparer, dans Paramètres.</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>Prenez un autre profil pour un autre portefeuille.</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>Prenez d’autres nœuds : donnez leurs adresses dans Paramètres.</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>Prenez la clé qui a créé la campagne.</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>Prenez l’application prête à l’emploi, ou Python 3.11 à 3.13.</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>Prenez la fenêtre déjà ouverte, ou fermez-la d’abord.</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>Prenez leur clé.</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>Utilisé {when}</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>Paie d’habitude en</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Verdict</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>Contrôleurs</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>Les contrôleurs décident avant le {time}.</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>Maintenant les contrôleurs décident. Vous n’avez rien à faire.</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>Des contrôleurs ont jugé, et la plateforme ne vous a pas payé. Le contrat peut vous payer avec le dépôt de la campagne.</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>La version {new} n’a pas démarré, deux fois de suite ; la {old} marche donc à nouveau.</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>La version {version} peut être téléchargée.</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>La version {version} se télécharge.</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>La version {version} est prête.</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>Ancien</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Vidéos</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>Violence</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>Bon</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>Le bon {n} du {time} le paie. En tout, il indique {paid} GEM à encaisser et {bonded} GEM pour la caution.</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>Attendez un moment ; Gems essaie encore.</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>Attendez que cela ne puisse plus changer.</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>Attendez son arrivée.</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>Attendez sa fin.</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Attendez que ce soit fait.</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>Attendez la fin, puis essayez encore.</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>Attendez que la blockchain le montre.</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>Attendez que le verdict soit réglé, puis finissez la sortie.</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>Attendez, puis retapez le mot de passe. Vos mots secrets ramènent aussi le portefeuille.</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>Attend la prochaine connexion</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Portefeuille</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>Tour de guet</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>Semaine du {day} : {had} contrôlées, {expected} attendues</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>Rendu : deux personnes ont trouvé le travail mauvais</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>Quelle belle journée nous avons passée !</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>Ce que vous coûte une réponse refusée en plus de sa paie. Ce n’est jamais plus que votre mise.</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>Ce qu’un client a mis pour payer le travail. Il ne peut pas le reprendre tant que des tâches sont ouvertes.</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>Ce qui répond n’est pas la plateforme de ce réseau.</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>Ce qui ne tient pas va dans le prochain fichier : {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>Que ressent la personne qui écrit ?</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>Ce qui a quitté la caution n’est plus une mise.</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>Ce qui est remis ne peut plus changer. Cela ne déplace pas d’argent.</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>Ce qui n’est pas prouvé n’a pas été pris. Ce qui est signé est revenu, et votre argent est comme les signatures le disent.</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>Ce qui est payé ne peut pas être repris.</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>Ce qui est envoyé ne peut être repris par personne. Comparez toute l’adresse avec celle qu’on vous a donnée.</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>Ce qui peut quitter votre portefeuille en un jour sans question. Au-delà, le portefeuille vous demande d’abord.</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>Ce que les gens ont gagné ici en une heure, mesuré sur du travail payé.</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>Ce que la version plus récente a écrit est mis de côté dans le dossier du profil, jamais supprimé.</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>Ce que la plateforme a mis pour vous payer. Elle ne peut pas vous devoir plus.</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>Ce que le programme télécharge pour une tâche. Les images et le son sont gros, le texte est petit.</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>Ce que le programme a envoyé et téléchargé aujourd’hui. Dans Paramètres, vous fixez le maximum.</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>Ce que le relais garde pour porter votre encaissement. Vous le voyez avant de signer ; ce n’est jamais plus.</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>Les données de ce mouvement ne sont plus sur cet ordinateur.</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>Ce qui attend part tout seul quand vous êtes en ligne, ou tout de suite avec « Envoyer maintenant ».</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>Ce qui a été trouvé est trop vieux pour s’y fier.</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>Ce qui a été proposé n’est pas signé par les créateurs de Gems.</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>On a envoyé plus que la plateforme en prend.</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>Ce que vous avez gagné reste dans votre canal.</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>Ce que vous recevez pour une tâche quand elle est acceptée.</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>Ce que vous avez gagné est gardé ici et peut être encaissé. Le travail sans mise continue.</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>Ce que vous avez gagné est gardé ici. Le travail sans mise continue.</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>Ce que paie votre dernier bon peut être encaissé jusqu’à la fin de la fermeture.</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>Ce que paie votre dernier bon va tout de suite dans votre portefeuille, moins les frais.</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>Ce que paie votre dernier bon est remis pour vous. Votre caution vient à la fin de la fermeture.</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>Quand une réponse est refusée</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>Quand vous envoyez des GEM, comparez toute l’adresse. On ne peut pas les reprendre.</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>Là où votre paie est gardée en sécurité pour vous. Personne d’autre ne peut l’encaisser ni la reprendre.</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>Qui fait faire le travail et le paie.</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>La personne qui a installé Gems peut y mettre une nouvelle version. Votre portefeuille et votre travail sont gardés ailleurs.</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>Qui a le fichier et ce mot de passe a tout dans ce portefeuille, pour toujours. Gems ne vous demande jamais un tel fichier.</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>Qui prend le contrôle de cet ordinateur pourrait envoyer autant sans votre oui.</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>La personne qui l’a écrit doit le refaire.</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>Avec la graine du client</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>Avec deux nœuds de responsables différents, on voit si un des deux ment.</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>Avec {right} justes sur les dix prochaines : au moins {low} %, note {grade}.</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>En moins d’un jour</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>En moins d’une semaine</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>En moins d’une heure</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>En moins de trois jours</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>Sans réseau, avec une clé USB</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>Sans reçu de la plateforme, on ne peut demander que ce qui a été noté à temps sur la blockchain.</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>Gagné : votre réponse est acceptée.</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Mots</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Travail</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>Travaillez comme toujours. La ligne du bas dit que vous êtes hors ligne ; rien n’est perdu.</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>Du travail de vous n’est pas encore payé. Dans ce canal, il ne peut plus l’être.</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>Travailler hors ligne</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>Le travail avec mise vous est fermé tant que vous ne gardez pas à nouveau de la paie dans la caution.</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>Commencez sans mise : les premiers gains remplissent votre caution.</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>Vous travaillez hors ligne, comme choisi</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>Au pire, pour une tâche</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>Blessures et accidents</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>Écrivez au moins une lettre.</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>Écrivez des chiffres avec au plus 18 décimales, comme 0.25.</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>Écrivez des chiffres avec au plus 8 décimales, comme 12.50.</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>Écrivez ses trois lettres majuscules, comme KES.</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>Écrivez les douze mots sur papier, dans l’ordre. Sans eux, impossible de retrouver votre argent.</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>Notez-les et confirmez-les : sans eux, un disque en panne emporte l’argent.</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>Écrivez ce qui est juste dans votre réponse.</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>Écrivez votre réponse pour chaque zone.</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>Écrivez votre réponse.</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>Écrit et signé. Il part dès qu’il y a une connexion.</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>Noté, pas encore envoyé</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>Écrit : {name}. Donnez la clé USB à quelqu’un qui a une connexion.</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>Faux</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>Oui, je promets</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>Oui, ajouter</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>Oui, faire appel</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>Oui, changer</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>Oui, fermer</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>Oui, exporter</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>Oui, remettre</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>Oui, passer</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>Oui, payer</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>Oui, encaisser</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>Oui, miser</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>Oui, libérer</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>Oui, envoyer</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Vous</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>Vous avez accepté la réponse.</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>Vous avez ajouté cette adresse il y a peu. Plus de question à partir de : {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>Vous avez répondu.</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>Vous avez fait appel et perdu : d’autres contrôleurs ont aussi refusé.</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>Vous avez fait appel et gagné.</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>Vous avez fait appel.</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>Vous avez fait appel. De nouveaux contrôleurs jugent.</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>Vous pouvez l’encaisser sur la page Gains.</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>Vous encaissez 10 GEM, les frais sont de 0.02 : il arrive 9.98.</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>Vous l’avez corrigée : votre second essai prend sa place.</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>Vous avez corrigé votre réponse.</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>Vous avez rendu une tâche. Cela ne vous coûte rien et votre mise revient.</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>Vous renoncez à l’appel, et avec lui à la paie de cette tâche.</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>Vous renoncez au second essai et à l’appel, et avec eux à la paie de cette tâche.</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>Vous renoncez au second essai, et avec lui à la paie de cette tâche.</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>La tâche vous est revenue pour la corriger, jusqu’au {time}.</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>Vous aviez accepté cette réponse.</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>Vous aviez refusé cette réponse : {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>Vous aviez passé cette réponse.</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>Vous avez déjà fait appel.</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>Vous avez déjà autant de lots non terminés qu’un compte peut en avoir.</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>Vous avez fini le second essai.</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>Vous avez fini le second essai ; reprenez-le d’abord si vous préférez faire appel.</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>Vous avez remis le second essai, donc le premier verdict reste.</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>Vous avez réussi ses exercices.</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>Vous avez déjà lu cette réponse. Rien de nouveau dedans.</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>Vous avez déjà signalé cela.</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>Vous avez la meilleure note.</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>Vous y gardez 2 GEM ; une tâche demande une mise de 0.10, donc 1.90 restent libres.</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>Vous avez accepté le refus.</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>Vous avez perdu trop d’appels sans caution ces derniers temps.</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>Vous pouvez faire appel d’un refus : alors d’autres le jugent.</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>Vous pouvez faire appel jusqu’au {time}.</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>Vous pouvez corriger une fois une réponse refusée et la renvoyer.</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>Vous pouvez la corriger.</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>Vous pouvez contrôler du travail de ce genre.</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>Vous n’avez pas besoin de monnaie de gaz : un relais la paie.</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>Vous promettez son texte, sa paie et ses règles à tous ceux qui y travaillent.</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>Vous avez refusé la réponse.</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>Vous avez refusé la réponse : {reason}.</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>Vous avez signalé cela</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>Vous l’avez enregistré comme cas pour le contrat.</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>Vous dites qu’un refus est faux, et d’autres personnes jugent à nouveau. Leur décision compte.</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>Vous avez signé ceci sur cet ordinateur.</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>Vous avez écrit :</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>Votre page Confiance montre où vous en êtes.</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>Votre compte a enregistré tout ce qu’il peut.</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>Votre réponse a été acceptée.</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>Votre réponse a été tirée au sort pour être contrôlée.</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>Votre réponse a été refusée.</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>Votre réponse :</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>Vos réponses et votre argent sont enregistrés et intacts.</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>Vos réponses pour « {title} » ont été jugées. Comment était le client ?</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>Votre appel est écrit et signé ; il part dès qu’il y a une connexion.</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>Votre appel part à la prochaine connexion. Vous n’avez rien à faire.</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>Votre appel attend le responsable de la plateforme. Ce que vous écrivez maintenant le remplace.</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>Votre caution suit à la fin de la fermeture. Cela prend le temps avec lequel votre canal a été ouvert.</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>Votre caution ne contient pas celle de cet appel.</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>Votre caution ne suffit pas pour la mise.</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>Votre caution, à la fin du canal</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>Votre canal se ferme</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>Votre canal est ouvert comme avant, et aucuns frais n’ont été pris.</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>Votre canal les a payées, donc cet argent n’est redemandé à personne. Cela ne déplace pas d’argent.</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>Votre canal reste ouvert et ce qui y est reste à vous.</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>Votre encaissement est dans votre portefeuille</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>Vos données ont été gardées.</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>Votre première paie</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>Votre note dit si votre travail contrôlé était juste.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>Vos clés, votre travail et vos bons sont sur cet ordinateur et ne sont pas touchés.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>Vos clés, votre travail et vos bons sont sur cet ordinateur et ne sont pas touchés. Rien de cette réponse n’a été compté.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>Vos clés, votre travail et vos bons sont sur cet ordinateur et ne sont pas touchés. Rien n’a été dépensé.</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>Votre dernier bon est en cours de remise pour {amount} GEM.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>Votre dernier bon est gardé ici et dans vos tours de guet ; il vaut autant dans toutes les mains.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>Votre dernier bon est gardé sur cet ordinateur seulement.</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>Votre dernier bon a été écrit dans {path}</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>Votre propre ordre remplit la caution avec votre paie. Vous fixez jusqu’où dans Paramètres.</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>Votre paie suit ce chemin : en contrôle, due, prête à encaisser, dans votre portefeuille.</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>Votre canal de paiement se ferme.</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>Votre canal de paiement est fermé</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>Votre canal de paiement se ferme déjà.</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>Votre permission ne va plus avec le canal : autre chose a été encaissé avant.</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>Votre profil n’a pas été touché.</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>Votre note est enregistrée. Merci.</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>Votre signalement part au responsable à la prochaine connexion.</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>Votre part pour un contrôle</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>Votre mise revient quand les autres contrôleurs sont du même avis que vous.</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>Vos mises dans du travail pas encore décidé. Elles reviennent quand le travail est accepté.</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>Votre système tient Gems à jour.</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>Votre score de confiance ne permet pas encore de contrôler.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>Vos bons et toutes vos preuves sont gardés ici. Rien n’est payé deux fois et rien de vous n’est perdu.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>Vos bons et toutes vos preuves sont gardés sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>Vos bons sont gardés ici. Les deux peuvent être montrés à tout le monde.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>Vos bons sont gardés ici. Ses deux signatures le prouvent.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>Vos bons sont gardés ici. La blockchain paie le dernier, même si la plateforme oublie.</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>Votre portefeuille ne contient pas autant, plus les frais.</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>Votre portefeuille est comme il était.</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>Votre portefeuille est toujours sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>Votre portefeuille est enregistré et votre travail est intact.</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>Votre portefeuille a signé. Son empreinte est {code}.</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>Votre portefeuille a signé l’appel avec ces mots.</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>Votre travail est sur cet ordinateur ; rien n’a été changé.</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>Votre travail est enregistré.</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>Votre travail a été accepté. Son client peut encore contester quelque temps ; ensuite il est payé.</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>Votre travail, vos mises et vos gains sont revenus. Ce qui n’a jamais été envoyé était seulement sur l’ordinateur perdu.</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>Vos {checked} tâches contrôlées comptent comme {counted} : les tâches faciles, et beaucoup pour un seul client, comptent moins.</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>À vous de faire</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>encore quelques secondes</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>une marque</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>encore environ {n} h</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>encore environ {n} min</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>encore environ {n} s</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>environ {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>après son acceptation</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>moins ce qui est perdu en moyenne</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>appels : {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>dès son envoi</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>comme le client l’attend</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>en plus de la paie</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>caractères {start} à {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>calculé pour un nouveau, avec {share} de réponses justes</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>calculé avec {share} de réponses justes, selon votre parcours</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>chaque réponse est contrôlée</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>image {n} : {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>elle demande une mise et il n’y a pas encore de canal de paiement.</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>sa mise ne peut pas être posée : {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>son temps est presque fini.</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>à l’instant</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>mesuré</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>mesuré sur du travail payé</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>pas encore de portefeuille</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>personne n’a encore été payé</translation>
        </message>
        <message>
            <source>none</source>
            <translation>aucun</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>pas encore assez de travail contrôlé</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>pas encore connu</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>rien</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>rien en jeu</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>une des zones marquées</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>seulement ici</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>seulement si son client le paie</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>seulement dans l’autre</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>seule la paie n’est pas versée</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>sans fin</translation>
        </message>
        <message>
            <source>overlap {share} %</source>
            <translation>recouvrement {share} %</translation>
        </message>
        <message>
            <source>page {n}: {place}</source>
            <translation>page {n} : {place}</translation>
        </message>
        <message>
            <source>paid within {time} after sending</source>
            <translation>payé sous {time} après l’envoi</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>sans doute {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>contrôles : {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>à envoyer sous {time}</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>contrôles passés : {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>tâches : {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>la plateforme reprend sa garantie, donc aucune mise n’est posée.</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>la clé de la plateforme n’est pas inscrite sur la blockchain, donc aucune mise n’est posée.</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>le client peut contester pendant {time}</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>temps écoulé</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>jusqu’à {reward} GEM</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>jusqu’à {size} par tâche</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>portefeuille {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>si tout le monde est d’accord</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>vous ne perdez rien</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>vous perdez {amount} GEM</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>votre canal de paiement n’a pas encore de dépôt confirmé.</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>votre canal de paiement se ferme.</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>{amount} GEM par tâche</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>{amount} GEM sont acceptés et payés avant {time} si aucun client ne conteste.</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>{amount} GEM sont acceptés et payés si aucun client ne conteste.</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>{audit} de vos réponses sont tirées au sort et contrôlées par deux inconnus ; une que les deux trouvent fausse coûte {penalty} GEM, les autres sont payées en entier.</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>Il y a {count} sauvegardes, la dernière a {hours} heures.</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>{count} – trop peu pour en dire plus.</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>{count} – {percent} %, sans doute {low}–{high} %.</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>{day} : aucune tâche de ce jour n’est encore payée</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>{day} : trop peu de temps pour calculer une heure</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day} : {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{day} : {paid} GEM par heure sur des tâches payées, {all} GEM avec le temps non payé</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day} : {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>{done} étapes sur {total}</translation>
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
            <translation>{good} acceptées, {bad} refusées</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>{good} d’accord avec les autres, {bad} non</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>{good} gagnés, {bad} perdus</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>{grade} est atteint ; elle est à vous si elle tient après 1 autre tâche contrôlée.</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>{grade} est atteint ; elle est à vous si elle tient après {more} autres tâches contrôlées.</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>{grade} – pas encore assez de travail contrôlé.</translation>
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
            <translation>{mark} sur 5</translation>
        </message>
        <message>
            <source>{megabytes} MB are free on the profile's disk.</source>
            <translation>{megabytes} MB sont libres sur le disque du profil.</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>{megabytes} MB de mémoire sont libres.</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>{month} : {had} contrôlées, {expected} attendues</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>Encore {more} tâches contrôlées avant de pouvoir contrôler.</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>Encore {more} tâches contrôlées pour d’autres clients avant de pouvoir contrôler.</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>Encore {more} tâches contrôlées jusqu’au niveau suivant.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>Encore {more} réponses justes à la suite avant de pouvoir contrôler.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>Encore {more} réponses justes à la suite jusqu’à {grade}.</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>{names}, et {n} de plus</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>{note} Sans doute au moins {low} % le feraient.</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>{note} ; {share} sont acceptées à la fin</translation>
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
            <translation>{n} réponses à envoyer</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>{n} jours</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>{n} n’ont pas répondu.</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>{n} tâches finies expirent : envoyez-les avant {time}.</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>{n} h</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>{n} écartées par vos paramètres</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>{n} gardées sur cet ordinateur jusqu’à la connexion</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>{n} min</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>{n} sur {total}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>{n} ouvertes</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>{n} autres contrôleurs, qui ne l’ont pas encore jugé</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>{n} l’ont noté ; {good} ont donné 4 ou 5.</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>{n} réponses refusées peuvent être corrigées ou aller en appel.</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>{n} s</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>{n} signatures de ce verdict ont été contrôlées : la vôtre, celle de la plateforme et celles des contrôleurs.</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>{n} votes signés ont été comptés sur cet ordinateur, avec le même résultat.</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>{n} tâches sont ici, environ {time} de travail</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>{n} tâches avec une mise de {amount} GEM</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>Encore {n} tâches dans ce lot</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>{n} tâches expirent : finissez et envoyez la première avant {time}.</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>{overturned} refus renversés sur {rejected} – {percent} %, sans doute {low}–{high} %.</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>{part} appels de travailleurs gagnés sur {whole}</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>{part} décisions de contrôleurs changées plus tard sur {whole}</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>{part} réponses acceptées sur {whole} jugées</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>{pay} GEM par tâche</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>{redone} de vos {last} dernières ont été refaites.</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>{rejected} des {last} dernières ont été refusées, plus que d’habitude pour vous.</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>{rejected} refusées sur {decisions} – {percent} %, sans doute {low}–{high} %.</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>{reward} GEM avant les frais</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>{right} tâches justes sur {checked} contrôlées – pas encore assez de travail contrôlé.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>{right} tâches justes sur {checked} contrôlées – {percent} %, sans doute {low}–{high} %.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>{right} tâches justes sur {checked} contrôlées : trop peu pour continuer. Vous pouvez faire appel.</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>{right} justes sur {checked}</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>{right} tests cachés justes sur {checks} ; il en faut plus pour contrôler.</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>{right} justes sur {of}</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>{share} est déjà à la plateforme.</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>{share} doivent être justes.</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>{share} de réponses refusées</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>{share} de réponses refusées, paie en {time}</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>{share} de la paie</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>{share} des {n} réponses jugées ont été refusées.</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>{size} chacune</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>{size} de fichiers attendent.</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>Encore {size} à recevoir</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>{size} à charger</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>{size} aujourd’hui</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>{spent} sur {limit} GEM utilisés aujourd’hui</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>{stake} GEM en jeu</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>{time} après votre envoi</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>il y a {time}</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>{time} chacune</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>{time} en tout, dont {unpaid} non payé</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>encore {time}</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>{time} sur des tâches payées</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>{title} (noté)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>{title} a été mis de côté ; rien n’en a été supprimé.</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>{unsent} à envoyer, {waiting} attendent un verdict</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>{used} sur {allowed} MB aujourd’hui</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what} : {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>{when} : {n} tâches sur {all} ont été payées ({share})</translation>
        </message>
        <message>
            <source>{where}: {ours} / {theirs}</source>
            <translation>{where} : {ours} / {theirs}</translation>
        </message>
        <message>
            <source>{where}: {ours} / {theirs} ({note})</source>
            <translation>{where} : {ours} / {theirs} ({note})</translation>
        </message>
        <message>
            <source>{x} % from the left, {y} % from the top</source>
            <translation>{x} % depuis la gauche, {y} % depuis le haut</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>{yes} l’ont trouvée juste, {no} fausse.</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>« Encaisser dans mon portefeuille » vous apporte ce qui est prêt. Vous voyez les frais avant de signer.</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>« Argent prévu » est de l’argent déjà mis pour le travail.</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>« {key} » est déjà la touche de « {option} ».</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>Ouverture de l’image …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>Cette tâche n’indique aucune image.</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>Ouverture de la vidéo …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>Les temps de cette série sont illisibles.</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>Cette tâche n’apporte aucune série.</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[image]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>Ouverture de l’enregistrement …</translation>
        </message>
    </context>
</TS>
