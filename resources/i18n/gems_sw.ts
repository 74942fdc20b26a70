<TS version="2.1" language="sw" sourcelanguage="en">
    <context>
        <name>AbuseDialog</name>
        <message>
            <source>Report a problem</source>
            <translation>Ripoti tatizo</translation>
        </message>
        <message>
            <source>The platform's operator reads it. The requester does not learn who reported.</source>
            <translation>Msimamizi wa jukwaa huisoma. Mtoa kazi hajui nani aliyeripoti.</translation>
        </message>
        <message>
            <source>Send the report</source>
            <translation>Tuma ripoti</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Funga</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Ghairi</translation>
        </message>
        <message>
            <source>What is wrong?</source>
            <translation>Kosa ni nini?</translation>
        </message>
        <message>
            <source>What happened, in a sentence or two</source>
            <translation>Nini kimetokea, kwa sentensi moja au mbili</translation>
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
            <translation>Kinachofuata</translation>
        </message>
        <message>
            <source>Who acts</source>
            <translation>Nani anachukua hatua</translation>
        </message>
        <message>
            <source>Correct it instead</source>
            <translation>Lisahihishe badala yake</translation>
        </message>
        <message>
            <source>Correct it</source>
            <translation>Lisahihishe</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Peleka kwenye mkataba…</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Kubali kukataliwa</translation>
        </message>
    </context>
    <context>
        <name>AppealPage</name>
        <message>
            <source>What happened to your answer</source>
            <translation>Kilichotokea kwa jibu lako</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Rudi kwenye kikasha</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>What happens next</source>
            <translation>Kinachofuata</translation>
        </message>
    </context>
    <context>
        <name>AppealSteps</name>
        <message>
            <source>Written</source>
            <translation>Imeandikwa</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Imetumwa</translation>
        </message>
        <message>
            <source>Being judged again</source>
            <translation>Inaamuliwa tena</translation>
        </message>
        <message>
            <source>Judged again</source>
            <translation>Imeamuliwa tena</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>Umeshinda</translation>
        </message>
        <message>
            <source>Lost</source>
            <translation>Umeshindwa</translation>
        </message>
        <message>
            <source>Not taken</source>
            <translation>Haikupokelewa</translation>
        </message>
        <message>
            <source>Decided</source>
            <translation>Imeamuliwa</translation>
        </message>
    </context>
    <context>
        <name>AppealWrite</name>
        <message>
            <source>Appeal</source>
            <translation>Rufaa</translation>
        </message>
        <message>
            <source>What an appeal means</source>
            <translation>Maana ya rufaa</translation>
        </message>
        <message>
            <source>Who decides</source>
            <translation>Nani anaamua</translation>
        </message>
        <message>
            <source>You can appeal until</source>
            <translation>Unaweza kukata rufaa hadi</translation>
        </message>
        <message>
            <source>Decided by, at the latest</source>
            <translation>Itaamuliwa kabla ya</translation>
        </message>
        <message>
            <source>Bond you put up (%1 GEM are free)</source>
            <translation>Amana unayoweka (%1 GEM ziko huru)</translation>
        </message>
        <message>
            <source>Bond you put up</source>
            <translation>Amana unayoweka</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>If you lose, it costs you</source>
            <translation>Ukishindwa, inakugharimu</translation>
        </message>
        <message>
            <source>If you win, you get</source>
            <translation>Ukishinda, unapata</translation>
        </message>
        <message>
            <source>Why your answer is right</source>
            <translation>Kwa nini jibu lako ni sahihi</translation>
        </message>
        <message>
            <source>What is right about it, in a sentence or two</source>
            <translation>Kwa nini ni sahihi, kwa sentensi moja au mbili</translation>
        </message>
        <message>
            <source>It is signed with the appeal and leaves with the next connection. %1 of %2 characters.</source>
            <translation>Husainiwa pamoja na rufaa na huondoka mtandao ukipatikana. Herufi %1 kati ya %2.</translation>
        </message>
        <message>
            <source>Appeal and give up the second try</source>
            <translation>Kata rufaa na uache jaribio la pili</translation>
        </message>
        <message>
            <source>Sign the appeal</source>
            <translation>Saini rufaa</translation>
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
            <translation>Arifa</translation>
        </message>
        <message>
            <source>Notices, new: %1</source>
            <translation>Arifa, mpya: %1</translation>
        </message>
    </context>
    <context>
        <name>BlindReview</name>
        <message>
            <source>Undo</source>
            <translation>Tendua</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Rudia</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Maelekezo</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Vitufe</translation>
        </message>
        <message>
            <source>Undo last</source>
            <translation>Tendua la mwisho</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Inatosha kwa sasa</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Hifadhi tena</translation>
        </message>
        <message>
            <source>Give this answer</source>
            <translation>Toa jibu hili</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Ruka</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Kuza</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Onyesha picha yote</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Ondoa kilichochaguliwa</translation>
        </message>
    </context>
    <context>
        <name>BondForm</name>
        <message>
            <source>Some campaigns ask for a stake. Let a part of your pay stay here until the bond has this size; you never have to buy anything.</source>
            <translation>Kampeni nyingine huomba dau. Acha sehemu ya malipo yako ibaki hapa hadi amana ifike kiasi hiki; huhitaji kamwe kununua chochote.</translation>
        </message>
        <message>
            <source>It costs nothing and counts from your next pay on. Nothing that you have moves by it, and what is free in the bond you can take out again.</source>
            <translation>Haigharimu kitu na inaanza na malipo yako yajayo. Ulicho nacho hakisogei, na zilizo huru kwenye amana unaweza kuzitoa tena.</translation>
        </message>
        <message>
            <source>Keep in the bond</source>
            <translation>Weka kwenye amana</translation>
        </message>
        <message>
            <source>0 keeps nothing; campaigns without a stake stay open to you.</source>
            <translation>0 haiweki kitu; kampeni zisizo na dau hubaki wazi kwako.</translation>
        </message>
        <message>
            <source>Keep in the bond, in GEM</source>
            <translation>Weka kwenye amana, kwa GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Weka</translation>
        </message>
    </context>
    <context>
        <name>BondMove</name>
        <message>
            <source>Free in the bond now</source>
            <translation>Iliyo huru kwenye amana sasa</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Move to spendable…</source>
            <translation>Hamishia ya kutumia…</translation>
        </message>
        <message>
            <source>Move out of your bond?</source>
            <translation>Uhamishe kutoka kwenye amana?</translation>
        </message>
        <message>
            <source>It becomes ready to claim at once. You and the platform both sign it; nothing happens on the chain, and it costs nothing.</source>
            <translation>Inakuwa tayari kuchukuliwa mara moja. Wewe na jukwaa mnasaini; hakuna kinachotokea kwenye mnyororo, na haigharimu kitu.</translation>
        </message>
        <message>
            <source>It goes in steps of one task's pay, 1 GEM at most. If the platform does not answer, one step is what you can lose.</source>
            <translation>Huenda kwa hatua za malipo ya kazi moja, isiyozidi 1 GEM. Jukwaa lisipojibu, unachoweza kupoteza ni hatua moja.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Hamisha</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Kiasi</translation>
        </message>
        <message>
            <source>Free in the bond: %1 GEM</source>
            <translation>Iliyo huru kwenye amana: %1 GEM</translation>
        </message>
        <message>
            <source>Amount to move out of the bond, in GEM</source>
            <translation>Kiasi cha kutoa kwenye amana, kwa GEM</translation>
        </message>
    </context>
    <context>
        <name>CampaignFilter</name>
        <message>
            <source>Filter</source>
            <translation>Kichujio</translation>
        </message>
        <message>
            <source>Kind of task</source>
            <translation>Aina ya kazi</translation>
        </message>
        <message>
            <source>Language of the tasks</source>
            <translation>Lugha ya kazi</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>Ya kupakua kwa kazi</translation>
        </message>
        <message>
            <source>At least so many GEM an hour</source>
            <translation>Angalau GEM hizi kwa saa</translation>
        </message>
        <message>
            <source>GEM an hour at least</source>
            <translation>GEM kwa saa, angalau</translation>
        </message>
        <message>
            <source>No stake</source>
            <translation>Bila dau</translation>
        </message>
        <message>
            <source>My bond is enough for it</source>
            <translation>Amana yangu inatosha</translation>
        </message>
        <message>
            <source>No practice</source>
            <translation>Bila mazoezi</translation>
        </message>
        <message>
            <source>Only watched</source>
            <translation>Ninazofuatilia tu</translation>
        </message>
        <message>
            <source>Watched first</source>
            <translation>Ninazofuatilia kwanza</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Onyesha zote</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Tayari</translation>
        </message>
    </context>
    <context>
        <name>CampaignFind</name>
        <message>
            <source>Search campaigns (Ctrl+F)</source>
            <translation>Tafuta kampeni (Ctrl+F)</translation>
        </message>
        <message>
            <source>Sort by</source>
            <translation>Panga kwa</translation>
        </message>
        <message>
            <source>Best paid</source>
            <translation>Inayolipa zaidi</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Ujira</translation>
        </message>
        <message>
            <source>Shortest</source>
            <translation>Fupi zaidi</translation>
        </message>
        <message>
            <source>Lowest stake</source>
            <translation>Dau dogo zaidi</translation>
        </message>
        <message>
            <source>Filter: %1</source>
            <translation>Kichujio: %1</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Kichujio</translation>
        </message>
        <message>
            <source>Rows or cards</source>
            <translation>Mistari au kadi</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>Mistari</translation>
        </message>
        <message>
            <source>Cards</source>
            <translation>Kadi</translation>
        </message>
    </context>
    <context>
        <name>CampaignList</name>
        <message>
            <source>Campaigns</source>
            <translation>Kampeni</translation>
        </message>
    </context>
    <context>
        <name>CampaignMenu</name>
        <message>
            <source>Tell me no more of new work</source>
            <translation>Usiniambie tena kazi mpya ikija</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Niambie kazi mpya ikija</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Mzuie mtoa kazi huyu</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Ficha kampeni hii</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Ripoti tatizo</translation>
        </message>
    </context>
    <context>
        <name>CampaignPage</name>
        <message>
            <source>Close this campaign</source>
            <translation>Funga kampeni hii</translation>
        </message>
        <message>
            <source>Requester %1</source>
            <translation>Mtoa kazi %1</translation>
        </message>
        <message>
            <source>W</source>
            <translation>W</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Ripoti ya mtoa kazi</translation>
        </message>
        <message>
            <source>You may leave such a task at any time, at no cost.</source>
            <translation>Unaweza kuacha kazi kama hii wakati wowote, bila gharama.</translation>
        </message>
        <message>
            <source>What it pays</source>
            <translation>Inalipa nini</translation>
        </message>
        <message>
            <source>What you risk</source>
            <translation>Unahatarisha nini</translation>
        </message>
        <message>
            <source>How answers are checked</source>
            <translation>Majibu yanakaguliwaje</translation>
        </message>
        <message>
            <source>Time and data</source>
            <translation>Muda na data</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Mtoa kazi</translation>
        </message>
        <message>
            <source>Practise again</source>
            <translation>Fanya mazoezi tena</translation>
        </message>
        <message>
            <source>About</source>
            <translation>Kuhusu</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Maelekezo</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Mzuie mtoa kazi huyu</translation>
        </message>
        <message>
            <source>B</source>
            <translation>B</translation>
        </message>
        <message>
            <source>Hide this campaign</source>
            <translation>Ficha kampeni hii</translation>
        </message>
        <message>
            <source>H</source>
            <translation>H</translation>
        </message>
        <message>
            <source>Message the requester</source>
            <translation>Mwandikie mtoa kazi</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Ripoti tatizo</translation>
        </message>
        <message>
            <source>Do the examples</source>
            <translation>Fanya mifano</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Number of tasks to take</source>
            <translation>Idadi ya kazi za kuchukua</translation>
        </message>
        <message numerus="yes">
            <source>Take %n task(s)</source>
            <translation>
                <numerusform>Chukua kazi %n</numerusform>
                <numerusform>Chukua kazi %n</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CampaignRowItem</name>
        <message>
            <source>%1 GEM a task</source>
            <translation>%1 GEM kwa kazi</translation>
        </message>
        <message>
            <source>Watched</source>
            <translation>Inafuatiliwa</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Mazoezi</translation>
        </message>
        <message>
            <source>Content warning</source>
            <translation>Onyo la maudhui</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/saa</translation>
        </message>
        <message>
            <source>stake %1</source>
            <translation>dau %1</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>bila dau</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Zaidi kuhusu %1</translation>
        </message>
    </context>
    <context>
        <name>CareDialog</name>
        <message>
            <source>Something in this application went wrong</source>
            <translation>Kuna hitilafu katika programu hii</translation>
        </message>
        <message>
            <source>Gems ended by itself the last time</source>
            <translation>Gems ilijifunga yenyewe mara iliyopita</translation>
        </message>
        <message>
            <source>A report for somebody who helps you</source>
            <translation>Ripoti kwa mtu anayekusaidia</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched. You can go on working.</source>
            <translation>Majibu yako na pesa zako zimehifadhiwa na hazijaguswa. Unaweza kuendelea na kazi.</translation>
        </message>
        <message>
            <source>The report holds versions and places in our program: no answer, no address, no name, no amount. It is sent to nobody; saved as a file, you can give it to whom you trust.</source>
            <translation>Ripoti ina matoleo na mahali katika programu yetu tu: si jibu, si anwani, si jina, si kiasi. Haitumwi kwa yeyote; ukiihifadhi kama faili, unaweza kumpa unayemwamini.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Funga</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>Hifadhi ripoti</translation>
        </message>
        <message>
            <source>Hide what it holds</source>
            <translation>Ficha kilichomo</translation>
        </message>
        <message>
            <source>Show what it holds</source>
            <translation>Onyesha kilichomo</translation>
        </message>
        <message>
            <source>The report</source>
            <translation>Ripoti</translation>
        </message>
    </context>
    <context>
        <name>CarryPage</name>
        <message>
            <source>Working…</source>
            <translation>Inafanya kazi…</translation>
        </message>
        <message>
            <source>Without a network</source>
            <translation>Bila mtandao</translation>
        </message>
        <message>
            <source>Your work travels on a stick. Whoever carries it can neither read nor change it.</source>
            <translation>Kazi yako inasafiri kwenye flashi. Anayeibeba hawezi kuisoma wala kuibadilisha.</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Rudi kwenye kikasha</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>Wapi</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Folda</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Angalia tena</translation>
        </message>
        <message>
            <source>Your work</source>
            <translation>Kazi yako</translation>
        </message>
        <message>
            <source>Files without a reply so far: %1</source>
            <translation>Faili ambazo bado hazijajibiwa: %1</translation>
        </message>
        <message>
            <source>What is in a file can no longer be taken back. If a network comes first, it is sent as always; nothing counts twice.</source>
            <translation>Kilichomo kwenye faili hakiwezi kurudishwa tena. Mtandao ukija kwanza, inatumwa kama kawaida; hakuna kinachohesabiwa mara mbili.</translation>
        </message>
        <message>
            <source>Write a file</source>
            <translation>Andika faili</translation>
        </message>
        <message>
            <source>In this folder</source>
            <translation>Katika folda hii</translation>
        </message>
        <message>
            <source>There are no carry files and no replies in this folder.</source>
            <translation>Hakuna faili za kubeba wala majibu yake katika folda hii.</translation>
        </message>
        <message>
            <source>With a connection you can send the file of somebody else: the reply is written beside it.</source>
            <translation>Ukiwa na mtandao unaweza kutuma faili ya mtu mwingine: jibu lake linaandikwa kando yake.</translation>
        </message>
    </context>
    <context>
        <name>CarryRowItem</name>
        <message>
            <source>Read this reply</source>
            <translation>Soma jibu hili</translation>
        </message>
        <message>
            <source>Send this file</source>
            <translation>Tuma faili hii</translation>
        </message>
    </context>
    <context>
        <name>CasePage</name>
        <message>
            <source>Take it to the contract</source>
            <translation>Peleka kwenye mkataba</translation>
        </message>
        <message>
            <source>Back to the outbox</source>
            <translation>Rudi kwenye kikasha</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>It pays you, at most</source>
            <translation>Unakulipa, hadi</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Bring it by</source>
            <translation>Ilete kabla ya</translation>
        </message>
        <message>
            <source>The contract waits for objections</source>
            <translation>Mkataba unasubiri pingamizi</translation>
        </message>
        <message>
            <source>Saved as a file</source>
            <translation>Imehifadhiwa kama faili</translation>
        </message>
        <message>
            <source>How it goes</source>
            <translation>Jinsi inavyoenda</translation>
        </message>
        <message>
            <source>1. You save a file with what was signed about this task. Your answer is not in it, only its fingerprint, and no secret of yours.</source>
            <translation>1. Unahifadhi faili yenye yaliyosainiwa kuhusu kazi hii. Jibu lako halimo, ni alama yake ya kidole tu, wala siri yako yoyote.</translation>
        </message>
        <message>
            <source>2. Anybody with a little gas coin brings it to the contract: the keeper of a watch-tower, a friend, or you. They need nothing but the file, and can change nothing in it.</source>
            <translation>2. Yeyote mwenye sarafu kidogo ya gesi anaipeleka kwenye mkataba: mwenye mnara wa ulinzi, rafiki, au wewe. Hahitaji kingine ila faili, na hawezi kubadilisha chochote ndani yake.</translation>
        </message>
        <message>
            <source>3. The contract waits for objections, then anybody can let it pay. The money goes to your wallet, whoever brings the case.</source>
            <translation>3. Mkataba unasubiri pingamizi, kisha yeyote anaweza kuufanya ulipe. Pesa zinaenda kwenye pochi yako, yeyote aletaye kesi.</translation>
        </message>
        <message>
            <source>Saving costs you nothing; who brings it pays the gas coin. If the contract decides otherwise, it pays nothing, and nothing more is taken from you.</source>
            <translation>Kuhifadhi hakukugharimu kitu; anayeileta ndiye hulipa sarafu ya gesi. Mkataba ukiamua vingine, haulipi kitu, na huchukuliwi kitu zaidi.</translation>
        </message>
        <message>
            <source>On the chain everybody sees your wallet's address, the task's number, its pay, and how it was judged. If the platform pays you after all, Gems signs that it did, and the contract pays nobody twice.</source>
            <translation>Kwenye mnyororo kila mtu anaona anwani ya pochi yako, namba ya kazi, malipo yake, na ilivyoamuliwa. Jukwaa likikulipa hatimaye, Gems inasaini kwamba limelipa, na mkataba haumlipi mtu mara mbili.</translation>
        </message>
        <message>
            <source>Save the case</source>
            <translation>Hifadhi kesi</translation>
        </message>
        <message>
            <source>Save it again</source>
            <translation>Hifadhi tena</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Look at the chain again</source>
            <translation>Angalia mnyororo tena</translation>
        </message>
    </context>
    <context>
        <name>ChartFrame</name>
        <message>
            <source>As a picture</source>
            <translation>Kama picha</translation>
        </message>
        <message>
            <source>As a table</source>
            <translation>Kama jedwali</translation>
        </message>
    </context>
    <context>
        <name>ClaimDialog</name>
        <message>
            <source>Claim to your wallet?</source>
            <translation>Uchukue kwenye pochi yako?</translation>
        </message>
        <message>
            <source>You sign a claim that only this relayer can use, for at most this fee.</source>
            <translation>Unasaini ombi la kuchukua ambalo ni mjumbe huyu tu anaweza kulitumia, kwa ada isiyozidi hii.</translation>
        </message>
        <message>
            <source>Sign and claim</source>
            <translation>Saini na uchukue</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>Kutoka kwenye njia yako</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Ada ya mjumbe</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Unapokea</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Mjumbe</translation>
        </message>
        <message>
            <source>Can be used until</source>
            <translation>Inaweza kutumika hadi</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, your pay stays in your channel and you can claim again.</source>
            <translation>Kwa kawaida huchukua dakika chache. Ikiwa haijatekelezwa hadi hapo, malipo yako yanabaki kwenye njia yako na unaweza kuyachukua tena.</translation>
        </message>
    </context>
    <context>
        <name>ClaimItem</name>
        <message>
            <source>Fee %1 GEM · transaction %2</source>
            <translation>Ada %1 GEM · muamala %2</translation>
        </message>
        <message>
            <source>Fee %1 GEM</source>
            <translation>Ada %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Continue</source>
            <translation>Endelea</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Ghairi</translation>
        </message>
    </context>
    <context>
        <name>ConfirmWindow</name>
        <message>
            <source>Gems: your wallet asks</source>
            <translation>Gems: pochi yako inauliza</translation>
        </message>
        <message>
            <source>Say no if you did not ask for this. Without an answer this window closes by itself, and nothing is signed or changed.</source>
            <translation>Sema hapana kama hukuomba hili. Bila jibu dirisha hili linajifunga, na hakuna kinachosainiwa au kubadilishwa.</translation>
        </message>
        <message>
            <source>No, do nothing</source>
            <translation>Hapana, usifanye kitu</translation>
        </message>
        <message>
            <source>Scroll to the end to be able to agree.</source>
            <translation>Sogeza hadi mwisho ili uweze kukubali.</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message numerus="yes">
            <source>%n day(s) left</source>
            <translation>
                <numerusform>Imebaki siku %n</numerusform>
                <numerusform>Zimebaki siku %n</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s) left</source>
            <translation>
                <numerusform>Imebaki saa %n</numerusform>
                <numerusform>Zimebaki saa %n</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) left</source>
            <translation>
                <numerusform>Imebaki dakika %n</numerusform>
                <numerusform>Zimebaki dakika %n</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n second(s) left</source>
            <translation>
                <numerusform>Imebaki sekunde %n</numerusform>
                <numerusform>Zimebaki sekunde %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Time is over</source>
            <translation>Muda umekwisha</translation>
        </message>
    </context>
    <context>
        <name>EarningsAlerts</name>
        <message>
            <source>Until the closing ends:</source>
            <translation>Hadi ufungaji uishe:</translation>
        </message>
        <message>
            <source>For the claim on its way:</source>
            <translation>Kwa pesa zinazochukuliwa:</translation>
        </message>
    </context>
    <context>
        <name>EarningsMovements</name>
        <message>
            <source>Every movement</source>
            <translation>Miamala yote</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Kila kitu</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Malipo</translation>
        </message>
        <message>
            <source>Stakes</source>
            <translation>Dau</translation>
        </message>
        <message>
            <source>Claims and sent</source>
            <translation>Zilizochukuliwa na kutumwa</translation>
        </message>
        <message>
            <source>Which movements are shown and exported</source>
            <translation>Miamala ipi ionyeshwe na kutolewa kama faili</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Wiki hii</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Mwezi huu</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Yote</translation>
        </message>
        <message>
            <source>The time whose movements are shown and exported</source>
            <translation>Muda ambao miamala yake inaonyeshwa na kutolewa</translation>
        </message>
        <message>
            <source>Export CSV</source>
            <translation>Toa CSV</translation>
        </message>
        <message>
            <source>Press a line to see why it is this amount.</source>
            <translation>Bonyeza mstari kuona kwa nini ni kiasi hiki.</translation>
        </message>
        <message>
            <source>Nothing has moved yet. Pay, stakes and claims are listed here as they happen.</source>
            <translation>Hakuna muamala bado. Malipo, dau na pesa zilizochukuliwa huorodheshwa hapa yanapotokea.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Lini</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Nini</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Kampeni</translation>
        </message>
        <message>
            <source>Pocket</source>
            <translation>Mfuko</translation>
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
            <translation>Pokea GEM</translation>
        </message>
        <message>
            <source>Anybody may see this address and send GEM to it. Nobody can take anything with it.</source>
            <translation>Yeyote anaweza kuona anwani hii na kutuma GEM kwake. Hakuna anayeweza kuchukua kitu kwa kuitumia.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Funga</translation>
        </message>
        <message>
            <source>Your address as a QR code</source>
            <translation>Anwani yako kama msimbo wa QR</translation>
        </message>
        <message>
            <source>Copy for a minute</source>
            <translation>Nakili kwa dakika moja</translation>
        </message>
    </context>
    <context>
        <name>EarningsScreen</name>
        <message>
            <source>Earnings</source>
            <translation>Mapato</translation>
        </message>
        <message>
            <source>Only what this computer has checked is counted.</source>
            <translation>Kinachohesabiwa ni kile tu kompyuta hii imekikagua.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Jaribu tena</translation>
        </message>
        <message>
            <source>A relayer brings it to your wallet for a small fee in GEM. You need no gas coin; the fee is shown before.</source>
            <translation>Mjumbe anazileta kwenye pochi yako kwa ada ndogo ya GEM. Huhitaji sarafu ya gesi; ada inaonyeshwa kwanza.</translation>
        </message>
        <message>
            <source>Nothing can be claimed right now. Accepted work is paid into your channel and shows here.</source>
            <translation>Hakuna cha kuchukua kwa sasa. Kazi iliyokubaliwa inalipwa kwenye njia yako na kuonekana hapa.</translation>
        </message>
        <message>
            <source>Claiming</source>
            <translation>Inachukuliwa</translation>
        </message>
        <message>
            <source>Claim to my wallet</source>
            <translation>Chukua kwenye pochi yangu</translation>
        </message>
        <message>
            <source>Receive</source>
            <translation>Pokea</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Tuma</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Mapato ya leo</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Seven days</source>
            <translation>Siku saba</translation>
        </message>
        <message>
            <source>In all</source>
            <translation>Jumla</translation>
        </message>
        <message>
            <source>Claims</source>
            <translation>Zilizochukuliwa</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Imetumwa</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Mapato kwa siku</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Siku</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Malipo yako ya kwanza yataonekana hapa, siku kwa siku.</translation>
        </message>
        <message>
            <source>Bond, copies of vouchers, claims by themselves…</source>
            <translation>Amana, nakala za vocha, kuchukua kwa kujiendesha…</translation>
        </message>
    </context>
    <context>
        <name>EarningsSend</name>
        <message>
            <source>Send GEM</source>
            <translation>Tuma GEM</translation>
        </message>
        <message>
            <source>Send this?</source>
            <translation>Utume hizi?</translation>
        </message>
        <message>
            <source>A relayer carries it for a small fee in GEM. What is sent cannot be called back.</source>
            <translation>Mjumbe anazipeleka kwa ada ndogo ya GEM. Zilizotumwa haziwezi kurudishwa.</translation>
        </message>
        <message>
            <source>Compare the whole address, group by group. What is sent cannot be called back.</source>
            <translation>Linganisha anwani yote, kundi kwa kundi. Zilizotumwa haziwezi kurudishwa.</translation>
        </message>
        <message>
            <source>Sign and send</source>
            <translation>Saini na utume</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Kutoka</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Pochi</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Njia</translation>
        </message>
        <message>
            <source>Address book</source>
            <translation>Kitabu cha anwani</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Chagua…</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Kwenda</translation>
        </message>
        <message>
            <source>This is not a whole and correct address yet.</source>
            <translation>Hii bado si anwani kamili na sahihi.</translation>
        </message>
        <message>
            <source>Address to send to</source>
            <translation>Anwani ya kutumia</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Kiasi</translation>
        </message>
        <message>
            <source>In your wallet: %1 GEM</source>
            <translation>Kwenye pochi yako: %1 GEM</translation>
        </message>
        <message>
            <source>Amount in GEM</source>
            <translation>Kiasi kwa GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Everything that can be claimed goes straight there: %1 GEM.</source>
            <translation>Zote zinazoweza kuchukuliwa zinaenda huko moja kwa moja: %1 GEM.</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Endelea</translation>
        </message>
        <message>
            <source>In your address book</source>
            <translation>Kwenye kitabu chako cha anwani</translation>
        </message>
        <message>
            <source>From your channel</source>
            <translation>Kutoka kwenye njia yako</translation>
        </message>
        <message>
            <source>From your wallet</source>
            <translation>Kutoka kwenye pochi yako</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Ada ya mjumbe</translation>
        </message>
        <message>
            <source>Arrives</source>
            <translation>Zitafika</translation>
        </message>
        <message>
            <source>Can be carried out until</source>
            <translation>Inaweza kutekelezwa hadi</translation>
        </message>
        <message>
            <source>It usually takes a few minutes. If it is not carried out by then, nothing has left.</source>
            <translation>Kwa kawaida huchukua dakika chache. Ikiwa haijatekelezwa hadi hapo, hakuna kilichoondoka.</translation>
        </message>
    </context>
    <context>
        <name>EarningsTotals</name>
        <message>
            <source>Day</source>
            <translation>Siku</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Mtoa kazi</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Aina</translation>
        </message>
        <message>
            <source>Paid tasks</source>
            <translation>Kazi zilizolipwa</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Malipo</translation>
        </message>
        <message>
            <source>Stakes and bonds</source>
            <translation>Dau na amana</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Pochi</translation>
        </message>
        <message>
            <source>Movements</source>
            <translation>Miamala</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Totals</source>
            <translation>Jumla</translation>
        </message>
        <message>
            <source>Totals by</source>
            <translation>Jumla kwa</translation>
        </message>
        <message>
            <source>By day</source>
            <translation>Kwa siku</translation>
        </message>
        <message>
            <source>By requester</source>
            <translation>Kwa mtoa kazi</translation>
        </message>
        <message>
            <source>By kind</source>
            <translation>Kwa aina</translation>
        </message>
        <message>
            <source>Totals of</source>
            <translation>Jumla ya</translation>
        </message>
        <message>
            <source>This week</source>
            <translation>Wiki hii</translation>
        </message>
        <message>
            <source>This month</source>
            <translation>Mwezi huu</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Yote</translation>
        </message>
        <message>
            <source>Nothing moved in this time. Choose a longer one above.</source>
            <translation>Hakuna muamala katika muda huu. Chagua muda mrefu zaidi hapo juu.</translation>
        </message>
        <message>
            <source>Days are those of UTC. What comes to the wallet was pay or bond before, so it is not earned again.</source>
            <translation>Siku ni za UTC. Kinachokuja kwenye pochi kilikuwa malipo au amana kabla, hivyo si mapato mapya.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWage</name>
        <message>
            <source>Pay per hour</source>
            <translation>Malipo kwa saa</translation>
        </message>
        <message>
            <source>On paid tasks</source>
            <translation>Kwa kazi zilizolipwa</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>With unpaid time</source>
            <translation>Pamoja na muda usiolipwa</translation>
        </message>
        <message>
            <source>Pay per hour by day</source>
            <translation>Malipo kwa saa, kwa siku</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Siku</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Saa</translation>
        </message>
        <message>
            <source>Do a few tasks: once they are paid, you see here what an hour brings.</source>
            <translation>Fanya kazi chache: zikilipwa, hapa utaona saa moja inaleta nini.</translation>
        </message>
        <message>
            <source>Unpaid time is looking for work, reading, practice, and work that was rejected or is not paid yet. It is counted on this computer, only while you use the window, and stays here.</source>
            <translation>Muda usiolipwa ni kutafuta kazi, kusoma, mazoezi, na kazi iliyokataliwa au ambayo bado haijalipwa. Huhesabiwa kwenye kompyuta hii, unapotumia dirisha hili tu, na hubaki hapa.</translation>
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
            <translation>GEM zako ziko wapi</translation>
        </message>
        <message>
            <source>Show less</source>
            <translation>Onyesha kidogo</translation>
        </message>
        <message>
            <source>Show more</source>
            <translation>Onyesha zaidi</translation>
        </message>
        <message>
            <source>A voucher is the platform's signature for all that it owes you. With it the chain pays you, even if the platform does not want to.</source>
            <translation>Vocha ni saini ya jukwaa kwa yote linalodaiwa na wewe. Ukiwa nayo, mnyororo unakulipa hata kama jukwaa halitaki.</translation>
        </message>
    </context>
    <context>
        <name>EarningsWhy</name>
        <message>
            <source>Close</source>
            <translation>Funga</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>On the chain: %1</source>
            <translation>Kwenye mnyororo: %1</translation>
        </message>
        <message>
            <source>Open the task</source>
            <translation>Fungua kazi hii</translation>
        </message>
    </context>
    <context>
        <name>ErrorBanner</name>
        <message>
            <source>Dismiss this message</source>
            <translation>Ondoa ujumbe huu</translation>
        </message>
    </context>
    <context>
        <name>Explain</name>
        <message>
            <source>What is “%1”?</source>
            <translation>“%1” ni nini?</translation>
        </message>
    </context>
    <context>
        <name>ExplainPopup</name>
        <message>
            <source>More in Help</source>
            <translation>Zaidi kwenye Msaada</translation>
        </message>
    </context>
    <context>
        <name>FindWorkScreen</name>
        <message>
            <source>Find work</source>
            <translation>Tafuta kazi</translation>
        </message>
        <message>
            <source>Asking…</source>
            <translation>Inauliza…</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Onyesha upya</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Jaribu tena</translation>
        </message>
        <message>
            <source>You are offline.</source>
            <translation>Huna mtandao.</translation>
        </message>
        <message>
            <source>These campaigns are as last known. Tasks you have taken can be done without a network.</source>
            <translation>Kampeni hizi ni kama zilivyojulikana mwisho. Kazi ulizochukua zinaweza kufanywa bila mtandao.</translation>
        </message>
        <message>
            <source>New tasks can be taken as soon as there is a connection.</source>
            <translation>Kazi mpya zinaweza kuchukuliwa mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>No campaigns yet</source>
            <translation>Hakuna kampeni bado</translation>
        </message>
        <message>
            <source>This computer has not seen any while it was online. Connect once to fetch them.</source>
            <translation>Kompyuta hii haijaona yoyote ilipokuwa mtandaoni. Unganisha mara moja ili uzipate.</translation>
        </message>
        <message>
            <source>Requesters add campaigns at any time. Look again in a while.</source>
            <translation>Watoa kazi huongeza kampeni wakati wowote. Angalia tena baadaye kidogo.</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Angalia tena</translation>
        </message>
        <message>
            <source>No campaign fits your filter</source>
            <translation>Hakuna kampeni inayolingana na kichujio chako</translation>
        </message>
        <message>
            <source>No campaign has these words</source>
            <translation>Hakuna kampeni yenye maneno haya</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Onyesha zote</translation>
        </message>
    </context>
    <context>
        <name>FirstSteps</name>
        <message>
            <source>Your first steps</source>
            <translation>Hatua zako za kwanza</translation>
        </message>
    </context>
    <context>
        <name>HelpContents</name>
        <message>
            <source>All pages</source>
            <translation>Kurasa zote</translation>
        </message>
    </context>
    <context>
        <name>HelpPicture</name>
        <message>
            <source>Picture: %1</source>
            <translation>Picha: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpReading</name>
        <message>
            <source>Page before: %1</source>
            <translation>Ukurasa uliopita: %1</translation>
        </message>
        <message>
            <source>Next page: %1</source>
            <translation>Ukurasa unaofuata: %1</translation>
        </message>
    </context>
    <context>
        <name>HelpResults</name>
        <message>
            <source>Found</source>
            <translation>Zilizopatikana</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Hakuna kilichopatikana</translation>
        </message>
        <message>
            <source>Try one short word, such as “pay”, or look through all pages.</source>
            <translation>Jaribu neno moja fupi, kama “malipo”, au pitia kurasa zote.</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Kurasa zote</translation>
        </message>
    </context>
    <context>
        <name>HelpScreen</name>
        <message>
            <source>Help</source>
            <translation>Msaada</translation>
        </message>
        <message>
            <source>Search the help (Ctrl+F)</source>
            <translation>Tafuta kwenye msaada (Ctrl+F)</translation>
        </message>
        <message>
            <source>All pages</source>
            <translation>Kurasa zote</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Funga</translation>
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
            <translation>Mwanzo</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Jaribu tena</translation>
        </message>
        <message>
            <source>Begin with three examples</source>
            <translation>Anza na mifano mitatu</translation>
        </message>
        <message>
            <source>Your answers are ready to be sent</source>
            <translation>Majibu yako yako tayari kutumwa</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Chukua kazi zako za kwanza</translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Hakuna kazi hapa bado</translation>
        </message>
        <message>
            <source>Nothing is waiting for you</source>
            <translation>Hakuna kinachokusubiri</translation>
        </message>
        <message>
            <source>They take a minute, pay nothing and risk nothing.</source>
            <translation>Huchukua dakika moja, hailipi kitu na haihatarishi kitu.</translation>
        </message>
        <message>
            <source>Sealing signs them; they leave as soon as there is a connection.</source>
            <translation>Kupiga muhuri kunayasaini; yanaondoka mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; once it is here you can work on it without any network.</source>
            <translation>Chukua fungu la kazi; likishafika hapa unaweza kulifanyia kazi bila mtandao wowote.</translation>
        </message>
        <message>
            <source>Came back to be corrected</source>
            <translation>Yamerudi kusahihishwa</translation>
        </message>
        <message>
            <source>Practise</source>
            <translation>Fanya mazoezi</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tafuta kazi</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Endelea</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Mapato ya leo</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>%1 in seven days</source>
            <translation>%1 kwa siku saba</translation>
        </message>
        <message>
            <source>Proven by the channel</source>
            <translation>Imethibitishwa na njia</translation>
        </message>
        <message>
            <source>Waiting to send</source>
            <translation>Yanasubiri kutumwa</translation>
        </message>
        <message>
            <source>The last days</source>
            <translation>Siku za karibuni</translation>
        </message>
        <message>
            <source>Earned by day</source>
            <translation>Mapato kwa siku</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Siku</translation>
        </message>
        <message>
            <source>Your first pay will show here, day by day.</source>
            <translation>Malipo yako ya kwanza yataonekana hapa, siku kwa siku.</translation>
        </message>
        <message>
            <source>Your standing</source>
            <translation>Hali yako</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Unaweza kukagua</translation>
        </message>
        <message>
            <source>See the evidence</source>
            <translation>Ona ushahidi</translation>
        </message>
    </context>
    <context>
        <name>HomeWaiting</name>
        <message>
            <source>See them in the outbox</source>
            <translation>Yaone kwenye kikasha</translation>
        </message>
    </context>
    <context>
        <name>InstructionText</name>
        <message>
            <source>Picture</source>
            <translation>Picha</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Picha hii haiwezi kuonyeshwa.</translation>
        </message>
    </context>
    <context>
        <name>KeysPanel</name>
        <message>
            <source>Keys</source>
            <translation>Vitufe</translation>
        </message>
        <message>
            <source>Press the key that it shall have. Escape leaves it as it is.</source>
            <translation>Bonyeza kitufe unachotaka. Escape inaacha kilivyo.</translation>
        </message>
        <message>
            <source>Enter changes the key of an option, Delete gives it its usual key back.</source>
            <translation>Enter hubadilisha kitufe cha chaguo, Delete hurudisha kitufe chake cha kawaida.</translation>
        </message>
        <message>
            <source>Options and their keys</source>
            <translation>Chaguo na vitufe vyake</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Tayari</translation>
        </message>
        <message>
            <source>All usual keys again</source>
            <translation>Vitufe vyote vya kawaida tena</translation>
        </message>
    </context>
    <context>
        <name>KeysPanelRow</name>
        <message>
            <source>press its new key</source>
            <translation>bonyeza kitufe kipya</translation>
        </message>
        <message>
            <source>key %1</source>
            <translation>kitufe %1</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>hakuna kitufe</translation>
        </message>
    </context>
    <context>
        <name>LanguageBox</name>
        <message>
            <source>Language</source>
            <translation>Lugha</translation>
        </message>
    </context>
    <context>
        <name>LoadingPlaceholder</name>
        <message>
            <source>Loading…</source>
            <translation>Inapakia…</translation>
        </message>
    </context>
    <context>
        <name>Main</name>
        <message>
            <source>Home</source>
            <translation>Mwanzo</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tafuta kazi</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Kazi</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Ukaguzi</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Kikasha</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Mapato</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Uaminifu</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Mipangilio</translation>
        </message>
        <message>
            <source>Gems</source>
            <translation>Gems</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Msaada</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Jaribu tena</translation>
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
            <translation>Kurasa</translation>
        </message>
        <message>
            <source>Practice network</source>
            <translation>Mtandao wa mazoezi</translation>
        </message>
    </context>
    <context>
        <name>NoticePanel</name>
        <message>
            <source>Notices</source>
            <translation>Arifa</translation>
        </message>
        <message>
            <source>Settings of notices</source>
            <translation>Mipangilio ya arifa</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Funga</translation>
        </message>
        <message>
            <source>No notices yet</source>
            <translation>Hakuna arifa bado</translation>
        </message>
        <message>
            <source>New work, verdicts, deadlines and pay are told here.</source>
            <translation>Kazi mpya, maamuzi, muda wa mwisho na malipo huarifiwa hapa.</translation>
        </message>
        <message>
            <source>Mark all as read</source>
            <translation>Weka zote kuwa zimesomwa</translation>
        </message>
    </context>
    <context>
        <name>NoticeRowItem</name>
        <message>
            <source>New</source>
            <translation>Mpya</translation>
        </message>
    </context>
    <context>
        <name>OutboxFind</name>
        <message>
            <source>Show</source>
            <translation>Onyesha</translation>
        </message>
        <message>
            <source>All %1</source>
            <translation>Yote %1</translation>
        </message>
        <message>
            <source>To send %1</source>
            <translation>Ya kutuma %1</translation>
        </message>
        <message>
            <source>Waiting %1</source>
            <translation>Yanasubiri %1</translation>
        </message>
        <message>
            <source>Rejected %1</source>
            <translation>Yamekataliwa %1</translation>
        </message>
        <message>
            <source>Accepted %1</source>
            <translation>Yamekubaliwa %1</translation>
        </message>
        <message>
            <source>Search by campaign (Ctrl+F)</source>
            <translation>Tafuta kwa kampeni (Ctrl+F)</translation>
        </message>
        <message>
            <source>Search by campaign</source>
            <translation>Tafuta kwa kampeni</translation>
        </message>
    </context>
    <context>
        <name>OutboxMenu</name>
        <message>
            <source>Message the requester</source>
            <translation>Mwandikie mtoa kazi</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Ripoti tatizo</translation>
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
            <translation>Lisahihishe</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Appeal…</source>
            <translation>Kata rufaa…</translation>
        </message>
        <message>
            <source>Your appeal</source>
            <translation>Rufaa yako</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Kilichotokea</translation>
        </message>
        <message>
            <source>Take it to the contract…</source>
            <translation>Peleka kwenye mkataba…</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>Rudisha kwangu</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>Ujumbe mpya</translation>
        </message>
        <message>
            <source>More for %1</source>
            <translation>Zaidi kuhusu %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Alama katika kazi: %1</translation>
        </message>
        <message>
            <source>Let it stand</source>
            <translation>Kubali kukataliwa</translation>
        </message>
    </context>
    <context>
        <name>OutboxScreen</name>
        <message>
            <source>Outbox</source>
            <translation>Kikasha</translation>
        </message>
        <message>
            <source>Without a network…</source>
            <translation>Bila mtandao…</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Inatuma…</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>Tuma sasa</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Jaribu tena</translation>
        </message>
        <message>
            <source>Only the newest are listed. To find an older one, search for its campaign.</source>
            <translation>Ni mapya tu yaliyoorodheshwa. Ili kupata la zamani, tafuta kampeni yake.</translation>
        </message>
        <message>
            <source>Nothing done yet</source>
            <translation>Hakuna kilichofanywa bado</translation>
        </message>
        <message>
            <source>Finished tasks and reviews wait here until they are sent, and stay until they are paid.</source>
            <translation>Kazi na kaguzi zilizokamilika husubiri hapa hadi zitumwe, na hubaki hadi zilipwe.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tafuta kazi</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>Hakuna kitu hapa</translation>
        </message>
        <message>
            <source>No task is in this state at the moment.</source>
            <translation>Hakuna kazi iliyo katika hali hii kwa sasa.</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Onyesha zote</translation>
        </message>
    </context>
    <context>
        <name>OutboxSteps</name>
        <message>
            <source>drafted</source>
            <translation>imeandaliwa</translation>
        </message>
        <message>
            <source>sealed</source>
            <translation>ina muhuri</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>imetumwa</translation>
        </message>
        <message>
            <source>judged</source>
            <translation>imeamuliwa</translation>
        </message>
        <message>
            <source>paid</source>
            <translation>imelipwa</translation>
        </message>
        <message>
            <source>Not finished yet</source>
            <translation>Bado haijakamilika</translation>
        </message>
        <message>
            <source>Step %1 of 5: %2</source>
            <translation>Hatua %1 kati ya 5: %2</translation>
        </message>
    </context>
    <context>
        <name>PasswordField</name>
        <message>
            <source>Show what is typed</source>
            <translation>Onyesha kinachoandikwa</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>Ficha kinachoandikwa</translation>
        </message>
    </context>
    <context>
        <name>PictureAppeals</name>
        <message>
            <source>Rejected</source>
            <translation>Imekataliwa</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Rufaa</translation>
        </message>
        <message>
            <source>Others judge again</source>
            <translation>Wengine wanaamua tena</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Imekubaliwa</translation>
        </message>
    </context>
    <context>
        <name>PictureEarnings</name>
        <message>
            <source>Claim</source>
            <translation>Chukua</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Ada</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>Unapokea</translation>
        </message>
    </context>
    <context>
        <name>PictureFindWork</name>
        <message>
            <source>Street signs</source>
            <translation>Alama za barabarani</translation>
        </message>
        <message>
            <source>%1 GEM/h</source>
            <translation>%1 GEM/saa</translation>
        </message>
        <message>
            <source>no stake</source>
            <translation>bila dau</translation>
        </message>
        <message>
            <source>Take tasks</source>
            <translation>Chukua kazi</translation>
        </message>
    </context>
    <context>
        <name>PictureHome</name>
        <message>
            <source>Continue</source>
            <translation>Endelea</translation>
        </message>
        <message>
            <source>Earned today</source>
            <translation>Mapato ya leo</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Send it today</source>
            <translation>Tuma leo</translation>
        </message>
    </context>
    <context>
        <name>PictureOffline</name>
        <message>
            <source>This computer</source>
            <translation>Kompyuta hii</translation>
        </message>
        <message>
            <source>USB stick</source>
            <translation>Flashi</translation>
        </message>
        <message>
            <source>A computer with a network</source>
            <translation>Kompyuta yenye mtandao</translation>
        </message>
    </context>
    <context>
        <name>PictureOutbox</name>
        <message>
            <source>Street signs</source>
            <translation>Alama za barabarani</translation>
        </message>
        <message>
            <source>Waits to be sent</source>
            <translation>Inasubiri kutumwa</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Imekataliwa</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Imelipwa</translation>
        </message>
    </context>
    <context>
        <name>PictureReport</name>
        <message>
            <source>Rejected answers</source>
            <translation>Majibu yaliyokataliwa</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Muda wa kulipa</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Pesa zilizowekwa sasa</translation>
        </message>
        <message>
            <source>Your marks</source>
            <translation>Alama ulizotoa</translation>
        </message>
    </context>
    <context>
        <name>PictureReview</name>
        <message>
            <source>Blue</source>
            <translation>Bluu</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Kubali</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Kataa</translation>
        </message>
        <message>
            <source>It does not follow the instruction</source>
            <translation>Halifuati maelekezo</translation>
        </message>
    </context>
    <context>
        <name>PictureSettings</name>
        <message>
            <source>Reading</source>
            <translation>Kusoma</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Kazi na data</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Maneno kumi na mawili kwenye karatasi</translation>
        </message>
        <message>
            <source>Kept safe</source>
            <translation>Iliyolindwa</translation>
        </message>
        <message>
            <source>Limits of the wallet</source>
            <translation>Mipaka ya pochi</translation>
        </message>
    </context>
    <context>
        <name>PictureTrust</name>
        <message>
            <source>Grade %1</source>
            <translation>Daraja %1</translation>
        </message>
        <message>
            <source>You may review</source>
            <translation>Unaweza kukagua</translation>
        </message>
    </context>
    <context>
        <name>PictureUpdates</name>
        <message>
            <source>Look for a new version</source>
            <translation>Tafuta toleo jipya</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Pakua</translation>
        </message>
        <message>
            <source>Starts the next time</source>
            <translation>Litaanza ukifungua tena</translation>
        </message>
        <message>
            <source>Signed by the makers of Gems</source>
            <translation>Limesainiwa na watengenezaji wa Gems</translation>
        </message>
    </context>
    <context>
        <name>PictureWelcome</name>
        <message>
            <source>Language</source>
            <translation>Lugha</translation>
        </message>
        <message>
            <source>New wallet</source>
            <translation>Pochi mpya</translation>
        </message>
        <message>
            <source>Twelve words on paper</source>
            <translation>Maneno kumi na mawili kwenye karatasi</translation>
        </message>
        <message>
            <source>No photo, no message</source>
            <translation>Usipige picha, usitume ujumbe</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tafuta kazi</translation>
        </message>
    </context>
    <context>
        <name>PictureWork</name>
        <message>
            <source>Which colour is the car?</source>
            <translation>Gari lina rangi gani?</translation>
        </message>
        <message>
            <source>Red</source>
            <translation>Nyekundu</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>Bluu</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Muda uliobaki</translation>
        </message>
    </context>
    <context>
        <name>PlayerBar</name>
        <message>
            <source>Player</source>
            <translation>Kichezaji</translation>
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
            <translation>Simamisha (Space; Ctrl+Space unapoandika)</translation>
        </message>
        <message>
            <source>Play (Space; Ctrl+Space while typing)</source>
            <translation>Cheza (Space; Ctrl+Space unapoandika)</translation>
        </message>
        <message>
            <source>One picture back</source>
            <translation>Picha moja nyuma</translation>
        </message>
        <message>
            <source>One picture on</source>
            <translation>Picha moja mbele</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Polepole</translation>
        </message>
        <message>
            <source>Speed %1</source>
            <translation>Kasi %1</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Haraka</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Kiwango cha sauti</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Sauti</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Sehemu</translation>
        </message>
        <message>
            <source>Shift+Space</source>
            <translation>Shift+Space</translation>
        </message>
        <message>
            <source>Play the selected stretch (Shift+Space)</source>
            <translation>Cheza sehemu iliyochaguliwa (Shift+Space)</translation>
        </message>
        <message>
            <source>Again and again</source>
            <translation>Tena na tena</translation>
        </message>
        <message>
            <source>No sound device: it plays silently.</source>
            <translation>Hakuna kifaa cha sauti: inacheza kimya.</translation>
        </message>
    </context>
    <context>
        <name>PracticeBadge</name>
        <message>
            <source>Practice</source>
            <translation>Mazoezi</translation>
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
            <translation>Mfano unaofuata</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Vitufe</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Kuza</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Onyesha picha yote</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Ondoa kilichochaguliwa</translation>
        </message>
        <message>
            <source>Practice · %1</source>
            <translation>Mazoezi · %1</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Mazoezi</translation>
        </message>
        <message>
            <source>Skip the practice</source>
            <translation>Ruka mazoezi</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Rudi kwenye kampeni</translation>
        </message>
        <message>
            <source>Practice pays nothing and costs nothing. %1</source>
            <translation>Mazoezi hayalipi na hayagharimu kitu. %1</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Inakagua…</translation>
        </message>
        <message>
            <source>Have them checked</source>
            <translation>Ikaguliwe</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Rudi</translation>
        </message>
    </context>
    <context>
        <name>PracticeResult</name>
        <message>
            <source>You have passed</source>
            <translation>Umefaulu</translation>
        </message>
        <message>
            <source>Not enough yet</source>
            <translation>Bado haitoshi</translation>
        </message>
        <message>
            <source>Real tasks are done the same way, and they pay. Choose the first ones now.</source>
            <translation>Kazi halisi hufanywa vivyo hivyo, na zinalipa. Chagua za kwanza sasa.</translation>
        </message>
        <message>
            <source>You can take tasks of this campaign now.</source>
            <translation>Sasa unaweza kuchukua kazi za kampeni hii.</translation>
        </message>
        <message>
            <source>Read the hints and try the examples once more; you may do so as often as you like.</source>
            <translation>Soma vidokezo na ujaribu mifano tena; unaweza kufanya hivyo mara nyingi upendavyo.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tafuta kazi</translation>
        </message>
        <message>
            <source>Back to the campaign</source>
            <translation>Rudi kwenye kampeni</translation>
        </message>
        <message>
            <source>Try the examples again</source>
            <translation>Jaribu mifano tena</translation>
        </message>
    </context>
    <context>
        <name>ProfileNaming</name>
        <message>
            <source>New profile</source>
            <translation>Wasifu mpya</translation>
        </message>
        <message>
            <source>Rename the profile</source>
            <translation>Badilisha jina la wasifu</translation>
        </message>
        <message>
            <source>It begins empty, with a wallet and a password of its own.</source>
            <translation>Unaanza ukiwa mtupu, na pochi na nywila yake yenyewe.</translation>
        </message>
        <message>
            <source>Only its name changes; its folder and its wallet stay where they are.</source>
            <translation>Jina lake tu linabadilika; folda na pochi yake hubaki zilipo.</translation>
        </message>
        <message>
            <source>Make and open it</source>
            <translation>Tengeneza na ufungue</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Badilisha jina</translation>
        </message>
        <message>
            <source>Name in any script</source>
            <translation>Jina kwa maandishi yoyote</translation>
        </message>
    </context>
    <context>
        <name>ProfileRemoving</name>
        <message>
            <source>Put %1 aside?</source>
            <translation>Uweke %1 kando?</translation>
        </message>
        <message>
            <source>Its whole folder, with its wallet, is moved out of the list. Nothing is deleted; where it lies is shown afterwards.</source>
            <translation>Folda yake yote, pamoja na pochi yake, inaondolewa kwenye orodha. Hakuna kinachofutwa; ilipo itaonyeshwa baadaye.</translation>
        </message>
        <message>
            <source>Put aside</source>
            <translation>Weka kando</translation>
        </message>
        <message>
            <source>Type %1 to confirm</source>
            <translation>Andika %1 kuthibitisha</translation>
        </message>
    </context>
    <context>
        <name>ProfilesCard</name>
        <message>
            <source>Profiles on this computer</source>
            <translation>Wasifu kwenye kompyuta hii</translation>
        </message>
        <message>
            <source>Each profile has its own folder, wallet and password. Nobody sees another one's work without its password.</source>
            <translation>Kila wasifu una folda, pochi na nywila yake. Hakuna anayeona kazi ya mwingine bila nywila yake.</translation>
        </message>
        <message>
            <source>%1 (open now)</source>
            <translation>%1 (uko wazi sasa)</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Fungua</translation>
        </message>
        <message>
            <source>Open %1</source>
            <translation>Fungua %1</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Badilisha jina…</translation>
        </message>
        <message>
            <source>Rename %1</source>
            <translation>Badilisha jina la %1</translation>
        </message>
        <message>
            <source>Put aside…</source>
            <translation>Weka kando…</translation>
        </message>
        <message>
            <source>Put %1 aside</source>
            <translation>Weka %1 kando</translation>
        </message>
        <message>
            <source>Put aside, with its wallet, in this folder: %1</source>
            <translation>Umewekwa kando, pamoja na pochi yake, katika folda hii: %1</translation>
        </message>
        <message>
            <source>New profile…</source>
            <translation>Wasifu mpya…</translation>
        </message>
    </context>
    <context>
        <name>QueueBanner</name>
        <message>
            <source>Go to the outbox</source>
            <translation>Nenda kwenye kikasha</translation>
        </message>
    </context>
    <context>
        <name>RateLine</name>
        <message>
            <source>This rate is old.</source>
            <translation>Kiwango hiki ni cha zamani.</translation>
        </message>
        <message>
            <source>Show amounts in %1 too</source>
            <translation>Onyesha viasi kwa %1 pia</translation>
        </message>
    </context>
    <context>
        <name>RateOffer</name>
        <message>
            <source>Rate this requester</source>
            <translation>Mpe mtoa kazi huyu alama</translation>
        </message>
        <message>
            <source>No, thank you</source>
            <translation>Hapana, asante</translation>
        </message>
    </context>
    <context>
        <name>ReadAloud</name>
        <message>
            <source>Stop reading</source>
            <translation>Acha kusoma</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>Soma kwa sauti</translation>
        </message>
    </context>
    <context>
        <name>RemovalAppeal</name>
        <message>
            <source>Appeal your removal</source>
            <translation>Kata rufaa ya kuondolewa kwako</translation>
        </message>
        <message>
            <source>Why your work deserves another look</source>
            <translation>Kwa nini kazi yako iangaliwe tena</translation>
        </message>
        <message>
            <source>It goes to the platform's operator and needs a connection. %1 of %2 characters.</source>
            <translation>Inaenda kwa msimamizi wa jukwaa na inahitaji mtandao. Herufi %1 kati ya %2.</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Inatuma…</translation>
        </message>
        <message>
            <source>Send the appeal</source>
            <translation>Tuma rufaa</translation>
        </message>
    </context>
    <context>
        <name>ReportChain</name>
        <message>
            <source>Checked on the chain</source>
            <translation>Imekaguliwa kwenye mnyororo</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) in all.</source>
            <translation>
                <numerusform>Jumla kazi %n.</numerusform>
                <numerusform>Jumla kazi %n.</numerusform>
            </translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Kampeni</translation>
        </message>
        <message>
            <source>What</source>
            <translation>Nini</translation>
        </message>
        <message>
            <source>Platform, GEM</source>
            <translation>Jukwaa, GEM</translation>
        </message>
        <message>
            <source>Chain, GEM</source>
            <translation>Mnyororo, GEM</translation>
        </message>
        <message>
            <source>Compared</source>
            <translation>Imelinganishwa</translation>
        </message>
        <message>
            <source>What was paid out on the chain follows what was earned: it may lag behind, never run ahead.</source>
            <translation>Kilicholipwa kwenye mnyororo kinafuata mapato: kinaweza kuchelewa, hakitangulii kamwe.</translation>
        </message>
    </context>
    <context>
        <name>ReportJudging</name>
        <message>
            <source>How they judge</source>
            <translation>Jinsi wanavyoamua</translation>
        </message>
        <message>
            <source>Rejections are decided by panels of other workers, not by the requester alone.</source>
            <translation>Kukataliwa huamuliwa na majopo ya wafanyakazi wengine, si mtoa kazi peke yake.</translation>
        </message>
    </context>
    <context>
        <name>ReportPromptness</name>
        <message>
            <source>How fast they pay</source>
            <translation>Wanalipa haraka kiasi gani</translation>
        </message>
        <message>
            <source>Paid</source>
            <translation>Imelipwa</translation>
        </message>
        <message>
            <source>Tasks</source>
            <translation>Kazi</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Sehemu</translation>
        </message>
        <message>
            <source>Nothing is known yet: no task of this requester has been paid.</source>
            <translation>Hakuna kinachojulikana bado: hakuna kazi ya mtoa kazi huyu iliyolipwa.</translation>
        </message>
    </context>
    <context>
        <name>ReportRating</name>
        <message>
            <source>What workers say</source>
            <translation>Wafanyakazi wanasema nini</translation>
        </message>
        <message>
            <source>Rate this requester</source>
            <translation>Mpe mtoa kazi huyu alama</translation>
        </message>
        <message>
            <source>You worked here, so you may: once for each campaign, and you may change your mind. The requester sees only the counts.</source>
            <translation>Ulifanya kazi hapa, kwa hiyo unaweza: mara moja kwa kila kampeni, na unaweza kubadilisha mawazo. Mtoa kazi anaona idadi tu.</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Kampeni</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Malipo</translation>
        </message>
        <message>
            <source>far too little</source>
            <translation>kidogo mno</translation>
        </message>
        <message>
            <source>very good</source>
            <translation>vizuri sana</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Uwazi</translation>
        </message>
        <message>
            <source>hard to understand</source>
            <translation>vigumu kuelewa</translation>
        </message>
        <message>
            <source>very clear</source>
            <translation>wazi sana</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Kasi</translation>
        </message>
        <message>
            <source>pays very late</source>
            <translation>hulipa kwa kuchelewa sana</translation>
        </message>
        <message>
            <source>pays at once</source>
            <translation>hulipa mara moja</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Haki</translation>
        </message>
        <message>
            <source>unfair</source>
            <translation>si haki</translation>
        </message>
        <message>
            <source>very fair</source>
            <translation>haki kabisa</translation>
        </message>
        <message>
            <source>Send the rating</source>
            <translation>Tuma alama</translation>
        </message>
    </context>
    <context>
        <name>RequesterReportScreen</name>
        <message>
            <source>Requester report</source>
            <translation>Ripoti ya mtoa kazi</translation>
        </message>
        <message>
            <source>Facts from verdicts and payments; what workers think of them stands apart.</source>
            <translation>Ukweli kutoka kwa maamuzi na malipo; maoni ya wafanyakazi yako kando.</translation>
        </message>
        <message>
            <source>All requesters</source>
            <translation>Watoa kazi wote</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Rudi kwenye Tafuta kazi</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Jaribu tena</translation>
        </message>
        <message>
            <source>Requesters with work on offer</source>
            <translation>Watoa kazi wenye kazi sasa</translation>
        </message>
        <message>
            <source>No campaign is known yet. Look for work first.</source>
            <translation>Hakuna kampeni inayojulikana bado. Tafuta kazi kwanza.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Mtoa kazi</translation>
        </message>
        <message>
            <source>Campaigns</source>
            <translation>Kampeni</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Nionyeshe tena</translation>
        </message>
        <message>
            <source>Block this requester</source>
            <translation>Mzuie mtoa kazi huyu</translation>
        </message>
        <message>
            <source>Blocked: you are not offered this requester's work.</source>
            <translation>Amezuiwa: huonyeshwi kazi za mtoa kazi huyu.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Zimelipwa</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>In all, to everybody</source>
            <translation>Jumla, kwa wote</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Malipo kwa saa</translation>
        </message>
        <message>
            <source>Reviewers, per hour</source>
            <translation>Wakaguzi, kwa saa</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Muda wa kulipa</translation>
        </message>
        <message>
            <source>Funded now</source>
            <translation>Pesa zilizowekwa sasa</translation>
        </message>
    </context>
    <context>
        <name>ReviewKind</name>
        <message>
            <source>You stake %1 GEM on your answer.</source>
            <translation>Unaweka dau la %1 GEM kwa jibu lako.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPanel</name>
        <message>
            <source>Is this answer right?</source>
            <translation>Je, jibu hili ni sahihi?</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>Kubali</translation>
        </message>
        <message>
            <source>Reject…</source>
            <translation>Kataa…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>Ruka</translation>
        </message>
        <message>
            <source>What was asked</source>
            <translation>Kilichoulizwa</translation>
        </message>
        <message>
            <source>You stake %1 GEM on your verdict.</source>
            <translation>Unaweka dau la %1 GEM kwa uamuzi wako.</translation>
        </message>
    </context>
    <context>
        <name>ReviewPause</name>
        <message numerus="yes">
            <source>%n review(s) done</source>
            <translation>
                <numerusform>Ukaguzi %n umekamilika</numerusform>
                <numerusform>Kaguzi %n zimekamilika</numerusform>
            </translation>
        </message>
        <message>
            <source>You cannot review yet</source>
            <translation>Bado huwezi kukagua</translation>
        </message>
        <message>
            <source>Review other people's work</source>
            <translation>Kagua kazi za watu wengine</translation>
        </message>
        <message>
            <source>Sealing signs your verdicts with your key; they leave as soon as there is a connection.</source>
            <translation>Kupiga muhuri kunasaini maamuzi yako kwa ufunguo wako; yanaondoka mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>Checked tasks that were right raise your trust score; with enough of them you may review.</source>
            <translation>Kazi zilizokaguliwa zikiwa sahihi huongeza alama yako ya uaminifu; zikitosha unaweza kukagua.</translation>
        </message>
        <message>
            <source>Reviews can be taken as soon as there is a connection. Those you have taken can be done without.</source>
            <translation>Kaguzi zinaweza kuchukuliwa mtandao ukipatikana. Ulizochukua zinaweza kufanywa bila mtandao.</translation>
        </message>
        <message>
            <source>You see the instruction and the answer, never who gave it. The pay and your stake are said with each one.</source>
            <translation>Unaona maelekezo na jibu, kamwe si aliyelitoa. Malipo na dau lako vinatajwa kwa kila moja.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Inapiga muhuri na kutuma…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Piga muhuri ili kutuma</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Piga muhuri na utume</translation>
        </message>
        <message>
            <source>Try with the practice reviewer</source>
            <translation>Jaribu na mkaguzi wa mazoezi</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tafuta kazi</translation>
        </message>
        <message>
            <source>Asking for reviews…</source>
            <translation>Inaomba kaguzi…</translation>
        </message>
        <message>
            <source>Take 10 reviews</source>
            <translation>Chukua kaguzi 10</translation>
        </message>
        <message>
            <source>How my trust score grows</source>
            <translation>Alama yangu ya uaminifu inakuaje</translation>
        </message>
        <message>
            <source>Go on reviewing</source>
            <translation>Endelea kukagua</translation>
        </message>
        <message>
            <source>Undo the last verdict</source>
            <translation>Tendua uamuzi wa mwisho</translation>
        </message>
        <message>
            <source>Take 100 reviews</source>
            <translation>Chukua kaguzi 100</translation>
        </message>
        <message>
            <source>This sitting</source>
            <translation>Kikao hiki</translation>
        </message>
    </context>
    <context>
        <name>ReviewReasons</name>
        <message>
            <source>What is wrong?</source>
            <translation>Kosa ni nini?</translation>
        </message>
        <message>
            <source>Choose a reason first: its author has to know what to correct.</source>
            <translation>Chagua sababu kwanza: mwandishi wake lazima ajue cha kusahihisha.</translation>
        </message>
        <message>
            <source>Click the place, or press Enter on it</source>
            <translation>Bofya mahali, au bonyeza Enter juu yake</translation>
        </message>
        <message>
            <source>Mark another place</source>
            <translation>Weka alama mahali pengine</translation>
        </message>
        <message>
            <source>Mark the place of the fault</source>
            <translation>Weka alama mahali pa kosa</translation>
        </message>
        <message>
            <source>Marked: %1</source>
            <translation>Alama: %1</translation>
        </message>
        <message>
            <source>Take the mark away</source>
            <translation>Ondoa alama</translation>
        </message>
        <message>
            <source>Remark for the author (optional)</source>
            <translation>Maoni kwa mwandishi (si lazima)</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>Kataa</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Ghairi</translation>
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
            <translation>Tendua la mwisho</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Maelekezo</translation>
        </message>
        <message>
            <source>Enough for now</source>
            <translation>Inatosha kwa sasa</translation>
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
            <translation>Unafanya kazi kama mkaguzi wa mazoezi, si kwa akaunti yako.</translation>
        </message>
        <message>
            <source>Back to my own account</source>
            <translation>Rudi kwenye akaunti yangu</translation>
        </message>
    </context>
    <context>
        <name>SeedWords</name>
        <message>
            <source>Your seed words are on the screen. They are not read aloud.</source>
            <translation>Maneno yako ya siri yako kwenye skrini. Hayasomwi kwa sauti.</translation>
        </message>
    </context>
    <context>
        <name>SetAsidePane</name>
        <message>
            <source>Blocked and hidden</source>
            <translation>Waliozuiwa na zilizofichwa</translation>
        </message>
        <message>
            <source>You are not offered this work, and none of it is fetched. Tasks that you have taken stay yours. Only this computer knows it.</source>
            <translation>Huonyeshwi kazi hizi, na hakuna chochote kinacholetwa. Kazi ulizochukua zinabaki zako. Ni kompyuta hii tu inayojua.</translation>
        </message>
        <message>
            <source>Back to Find work</source>
            <translation>Rudi kwenye Tafuta kazi</translation>
        </message>
        <message>
            <source>Blocked</source>
            <translation>Amezuiwa</translation>
        </message>
        <message>
            <source>Hidden</source>
            <translation>Imefichwa</translation>
        </message>
        <message>
            <source>Offer it again</source>
            <translation>Nionyeshe tena</translation>
        </message>
        <message>
            <source>Nothing is blocked or hidden</source>
            <translation>Hakuna aliyezuiwa wala kilichofichwa</translation>
        </message>
    </context>
    <context>
        <name>SettingsAbout</name>
        <message>
            <source>About</source>
            <translation>Kuhusu</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Toleo</translation>
        </message>
        <message>
            <source>Profile</source>
            <translation>Wasifu</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Leseni</translation>
        </message>
        <message>
            <source>Made with Qt (LGPL), IBM Plex Sans (OFL) and Lucide icons (ISC). No data about you leaves this computer but what a task needs.</source>
            <translation>Imetengenezwa kwa Qt (LGPL), IBM Plex Sans (OFL) na aikoni za Lucide (ISC). Hakuna data yako inayotoka kwenye kompyuta hii ila ile kazi inayohitaji.</translation>
        </message>
    </context>
    <context>
        <name>SettingsBook</name>
        <message>
            <source>Address book</source>
            <translation>Kitabu cha anwani</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Ondoa</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>Ondoa %1</translation>
        </message>
        <message>
            <source>Add an address</source>
            <translation>Ongeza anwani</translation>
        </message>
        <message>
            <source>Compare it once more: %1</source>
            <translation>Ilinganishe tena: %1</translation>
        </message>
        <message>
            <source>Name, as “Savings”</source>
            <translation>Jina, kama “Akiba”</translation>
        </message>
        <message>
            <source>Name of the address</source>
            <translation>Jina la anwani</translation>
        </message>
        <message>
            <source>Address, 0x…</source>
            <translation>Anwani, 0x…</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Anwani</translation>
        </message>
        <message>
            <source>Asking in the wallet's own window</source>
            <translation>Inauliza katika dirisha la pochi yenyewe</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ongeza</translation>
        </message>
    </context>
    <context>
        <name>SettingsCare</name>
        <message>
            <source>Is everything in order?</source>
            <translation>Je, kila kitu kiko sawa?</translation>
        </message>
        <message>
            <source>Checking…</source>
            <translation>Inakagua…</translation>
        </message>
        <message>
            <source>Check this set-up</source>
            <translation>Kagua mpangilio huu</translation>
        </message>
        <message>
            <source>Make a report…</source>
            <translation>Tengeneza ripoti…</translation>
        </message>
        <message>
            <source>Looks at this computer, your profile and the network, changes nothing, and says in words what is wrong.</source>
            <translation>Inaangalia kompyuta hii, wasifu wako na mtandao, haibadilishi kitu, na inasema kwa maneno palipo na tatizo.</translation>
        </message>
    </context>
    <context>
        <name>SettingsClaims</name>
        <message>
            <source>Claims</source>
            <translation>Zilizochukuliwa</translation>
        </message>
        <message>
            <source>Claim by itself from</source>
            <translation>Ichukue yenyewe kuanzia</translation>
        </message>
        <message>
            <source>0 never claims by itself. It also waits until the fee is at most 5 % of what comes.</source>
            <translation>0 haichukui yenyewe kamwe. Pia husubiri hadi ada isizidi 5 % ya kinachokuja.</translation>
        </message>
        <message>
            <source>Claim by itself from, in GEM</source>
            <translation>Ichukue yenyewe kuanzia, kwa GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Weka</translation>
        </message>
    </context>
    <context>
        <name>SettingsClosing</name>
        <message>
            <source>Payment channel</source>
            <translation>Njia ya malipo</translation>
        </message>
        <message>
            <source>Your close is on its way to the chain.</source>
            <translation>Ombi lako la kufunga liko njiani kwenda kwenye mnyororo.</translation>
        </message>
        <message>
            <source>When you stop working for this platform, close the channel: your bond comes back without a gas coin, even if the platform does nothing more.</source>
            <translation>Ukiacha kufanya kazi na jukwaa hili, funga njia: amana yako inarudi bila sarafu ya gesi, hata jukwaa lisipofanya chochote zaidi.</translation>
        </message>
        <message>
            <source>Close the channel…</source>
            <translation>Funga njia…</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Ufunge njia yako ya malipo?</translation>
        </message>
        <message>
            <source>Close the channel</source>
            <translation>Funga njia</translation>
        </message>
    </context>
    <context>
        <name>SettingsContent</name>
        <message>
            <source>What you are willing to see</source>
            <translation>Unachokubali kuona</translation>
        </message>
        <message>
            <source>Tasks that may disturb are covered until you ask for them. What is switched off here is not offered to you at all.</source>
            <translation>Kazi zinazoweza kusumbua hufunikwa hadi uziombe. Kilichozimwa hapa hupewi kabisa.</translation>
        </message>
    </context>
    <context>
        <name>SettingsCopies</name>
        <message>
            <source>Kept safe</source>
            <translation>Iliyolindwa</translation>
        </message>
        <message>
            <source>A voucher is worth the same from anybody's hand and pays you alone. Copies elsewhere keep your pay safe when this computer breaks.</source>
            <translation>Vocha ina thamani ileile kutoka mkono wowote na inakulipa wewe tu. Nakala mahali pengine hulinda malipo yako kompyuta hii ikiharibika.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Ondoa</translation>
        </message>
        <message>
            <source>Remove the watch-tower %1</source>
            <translation>Ondoa mnara wa ulinzi %1</translation>
        </message>
        <message>
            <source>Another watch-tower</source>
            <translation>Mnara mwingine wa ulinzi</translation>
        </message>
        <message>
            <source>Any platform can keep vouchers of others: enter its address.</source>
            <translation>Jukwaa lolote linaweza kutunza vocha za wengine: weka anwani yake.</translation>
        </message>
        <message>
            <source>Address of a watch-tower</source>
            <translation>Anwani ya mnara wa ulinzi</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ongeza</translation>
        </message>
        <message>
            <source>Also as a file in this folder</source>
            <translation>Pia kama faili katika folda hii</translation>
        </message>
        <message>
            <source>Each new voucher is written there. Empty: no file.</source>
            <translation>Kila vocha mpya inaandikwa hapo. Tupu: hakuna faili.</translation>
        </message>
        <message>
            <source>Folder for the voucher's file</source>
            <translation>Folda ya faili ya vocha</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Weka</translation>
        </message>
        <message>
            <source>Write a file now</source>
            <translation>Andika faili sasa</translation>
        </message>
        <message>
            <source>Look for a newer voucher</source>
            <translation>Tafuta vocha mpya zaidi</translation>
        </message>
        <message>
            <source>In the file of a backup or at a watch-tower: enter the file's path or the tower's address. Only what the platform signed is kept.</source>
            <translation>Kwenye faili ya nakala rudufu au mnara wa ulinzi: weka mahali faili ilipo au anwani ya mnara. Kinachowekwa ni kile tu jukwaa lilichosaini.</translation>
        </message>
        <message>
            <source>File or watch-tower with a newer voucher</source>
            <translation>Faili au mnara wa ulinzi yenye vocha mpya zaidi</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Angalia</translation>
        </message>
    </context>
    <context>
        <name>SettingsCurrency</name>
        <message>
            <source>Your own currency</source>
            <translation>Sarafu ya nchi yako</translation>
        </message>
        <message>
            <source>Show amounts in this currency too</source>
            <translation>Onyesha viasi kwa sarafu hii pia</translation>
        </message>
        <message>
            <source>GEM stays first. The other amount is only about what it is worth: nothing is paid or signed by it.</source>
            <translation>GEM hubaki mbele. Kiasi kingine ni makadirio tu ya thamani yake: hakuna kinacholipwa wala kusainiwa kwacho.</translation>
        </message>
        <message>
            <source>Other</source>
            <translation>Nyingine</translation>
        </message>
        <message>
            <source>Another currency: its three letters, such as KES</source>
            <translation>Sarafu nyingine: herufi zake tatu, kama KES</translation>
        </message>
        <message>
            <source>1 GEM is worth</source>
            <translation>GEM 1 ina thamani ya</translation>
        </message>
        <message>
            <source>Your own number comes before the platform's. Leave it empty to go by the platform's.</source>
            <translation>Namba yako hutangulia ile ya jukwaa. Iache tupu kufuata ya jukwaa.</translation>
        </message>
        <message>
            <source>What 1 GEM is worth, in %1</source>
            <translation>Thamani ya GEM 1, kwa %1</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Weka</translation>
        </message>
    </context>
    <context>
        <name>SettingsData</name>
        <message>
            <source>Data used</source>
            <translation>Data iliyotumika</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Leo</translation>
        </message>
        <message>
            <source>Last 14 days</source>
            <translation>Siku 14 zilizopita</translation>
        </message>
        <message>
            <source>Data used by day</source>
            <translation>Data iliyotumika kwa siku</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Siku</translation>
        </message>
        <message>
            <source>Nothing was sent or fetched yet.</source>
            <translation>Hakuna kilichotumwa wala kuletwa bado.</translation>
        </message>
        <message>
            <source>Counted with the lines that introduce each request, without what your network adds to carry them (about 3 to 5 %).</source>
            <translation>Imehesabiwa pamoja na mistari inayoanza kila ombi, bila kile mtandao wako unachoongeza kuibeba (karibu 3 hadi 5 %).</translation>
        </message>
    </context>
    <context>
        <name>SettingsKept</name>
        <message>
            <source>Where your wallet and work are kept</source>
            <translation>Mahali pochi na kazi zako zinapohifadhiwa</translation>
        </message>
        <message>
            <source>Folder of this profile</source>
            <translation>Folda ya wasifu huu</translation>
        </message>
        <message>
            <source>A new version changes nothing in this folder, and removing the program leaves it where it is.</source>
            <translation>Toleo jipya halibadilishi kitu katika folda hii, na ukiondoa programu folda hubaki ilipo.</translation>
        </message>
        <message>
            <source>Remove the folder only when your twelve words are on paper and nothing waits to be sent or paid.</source>
            <translation>Futa folda hii tu ikiwa maneno yako kumi na mawili yako kwenye karatasi na hakuna kinachosubiri kutumwa au kulipwa.</translation>
        </message>
    </context>
    <context>
        <name>SettingsNetwork</name>
        <message>
            <source>Chain nodes</source>
            <translation>Nodi za mnyororo</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Ondoa</translation>
        </message>
        <message>
            <source>Remove the chain node %1</source>
            <translation>Ondoa nodi ya mnyororo %1</translation>
        </message>
        <message>
            <source>Another chain node</source>
            <translation>Nodi nyingine ya mnyororo</translation>
        </message>
        <message>
            <source>Address of a chain node</source>
            <translation>Anwani ya nodi ya mnyororo</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ongeza</translation>
        </message>
        <message>
            <source>Use those of the network again</source>
            <translation>Tumia tena zile za mtandao</translation>
        </message>
    </context>
    <context>
        <name>SettingsNotices</name>
        <message>
            <source>New work where I have worked</source>
            <translation>Kazi mpya pale nilipowahi kufanya kazi</translation>
        </message>
        <message>
            <source>Verdicts and appeals</source>
            <translation>Maamuzi na rufaa</translation>
        </message>
        <message>
            <source>Tasks that run out soon</source>
            <translation>Kazi zinazokaribia kuisha muda</translation>
        </message>
        <message>
            <source>Pay and claims</source>
            <translation>Malipo na pesa zilizochukuliwa</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Arifa</translation>
        </message>
        <message>
            <source>This system shows no notifications. Notices stand under the bell.</source>
            <translation>Mfumo huu hauonyeshi arifa. Arifa za Gems ziko chini ya kengele.</translation>
        </message>
        <message>
            <source>Show notices outside the window too</source>
            <translation>Onyesha arifa nje ya dirisha pia</translation>
        </message>
        <message>
            <source>When somebody closes your payment channel, you are always told, also in quiet hours.</source>
            <translation>Mtu akifunga njia yako ya malipo, unaambiwa daima, hata katika saa za utulivu.</translation>
        </message>
        <message>
            <source>Show amounts outside the window</source>
            <translation>Onyesha viasi vya pesa nje ya dirisha</translation>
        </message>
        <message>
            <source>With a short sound</source>
            <translation>Kwa sauti fupi</translation>
        </message>
        <message>
            <source>Try it out</source>
            <translation>Jaribu</translation>
        </message>
    </context>
    <context>
        <name>SettingsPassword</name>
        <message>
            <source>Change the password</source>
            <translation>Badilisha nywila</translation>
        </message>
        <message>
            <source>Export the key to a file</source>
            <translation>Toa ufunguo kwenye faili</translation>
        </message>
        <message>
            <source>The password of now</source>
            <translation>Nywila ya sasa</translation>
        </message>
        <message>
            <source>A password for the file</source>
            <translation>Nywila ya faili</translation>
        </message>
        <message>
            <source>The new password</source>
            <translation>Nywila mpya</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Nywila ileile tena</translation>
        </message>
        <message>
            <source>Export, and confirm in the wallet's own window</source>
            <translation>Toa, na uthibitishe katika dirisha la pochi yenyewe</translation>
        </message>
        <message>
            <source>Change it</source>
            <translation>Ibadilishe</translation>
        </message>
    </context>
    <context>
        <name>SettingsPlatform</name>
        <message>
            <source>Network</source>
            <translation>Mtandao</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Jukwaa</translation>
        </message>
        <message>
            <source>Practice network: this GEM has no value</source>
            <translation>Mtandao wa mazoezi: GEM hii haina thamani</translation>
        </message>
        <message>
            <source>Work offline: exchange nothing by itself until this is off</source>
            <translation>Fanya kazi bila mtandao: hakuna kinachotumwa au kuletwa chenyewe hadi uizime hii</translation>
        </message>
    </context>
    <context>
        <name>SettingsProxy</name>
        <message>
            <source>Proxy for everything</source>
            <translation>Proksi kwa kila kitu</translation>
        </message>
        <message>
            <source>An address like http://host:port or socks5://name:password@host:port. With nothing here the proxy of your system is used. What stays on this computer never goes through it.</source>
            <translation>Anwani kama http://host:port au socks5://name:password@host:port. Ukiacha tupu, proksi ya mfumo wako hutumika. Kinachobaki kwenye kompyuta hii hakipiti humo kamwe.</translation>
        </message>
        <message>
            <source>Address of the proxy</source>
            <translation>Anwani ya proksi</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Tumia</translation>
        </message>
    </context>
    <context>
        <name>SettingsQuiet</name>
        <message>
            <source>Quiet hours</source>
            <translation>Saa za utulivu</translation>
        </message>
        <message>
            <source>Show nothing outside the window in these hours</source>
            <translation>Usionyeshe kitu nje ya dirisha katika saa hizi</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Kutoka</translation>
        </message>
        <message>
            <source>Quiet from</source>
            <translation>Utulivu kuanzia</translation>
        </message>
        <message>
            <source>To</source>
            <translation>Kwenda</translation>
        </message>
        <message>
            <source>Quiet to</source>
            <translation>Utulivu hadi</translation>
        </message>
        <message>
            <source>When the window is closed</source>
            <translation>Dirisha likifungwa</translation>
        </message>
        <message>
            <source>Show Gems in the tray</source>
            <translation>Onyesha Gems kwenye trei ya mfumo</translation>
        </message>
        <message>
            <source>Closing the window leaves Gems running in the tray</source>
            <translation>Kufunga dirisha kunaiacha Gems ikiendelea kwenye trei</translation>
        </message>
        <message>
            <source>Where the system has no tray, closing the window ends Gems.</source>
            <translation>Mfumo usipokuwa na trei, kufunga dirisha kunaifunga Gems.</translation>
        </message>
    </context>
    <context>
        <name>SettingsReading</name>
        <message>
            <source>Reading</source>
            <translation>Kusoma</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Lugha</translation>
        </message>
        <message>
            <source>Translated by a machine; no native speaker has checked it yet. Where it is unclear, the English text counts.</source>
            <translation>Imetafsiriwa na mashine; hakuna mzungumzaji wa Kiswahili aliyeikagua bado. Pasipo wazi, maandishi ya Kiingereza ndiyo yanayotumika.</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Ukubwa wa maandishi</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>Rangi</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Kama mfumo</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Angavu</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Giza</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Utofauti mkubwa</translation>
        </message>
        <message>
            <source>Nothing moves on its own</source>
            <translation>Hakuna kinachosogea chenyewe</translation>
        </message>
    </context>
    <context>
        <name>SettingsSafety</name>
        <message>
            <source>Limits of the wallet</source>
            <translation>Mipaka ya pochi</translation>
        </message>
        <message>
            <source>The file with your limits was changed or is older than your wallet. It begins anew: the address book is empty, and until you set a limit everything is asked for.</source>
            <translation>Faili yenye mipaka yako imebadilishwa au ni ya zamani kuliko pochi yako. Inaanza upya: kitabu cha anwani ni kitupu, na hadi uweke mpaka utaulizwa kwa kila kitu.</translation>
        </message>
        <message>
            <source>Lock after this long without a key or a click</source>
            <translation>Ijifunge baada ya muda huu bila kitufe wala kubofya</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Kamwe</translation>
        </message>
        <message>
            <source>%1 min</source>
            <translation>Dakika %1</translation>
        </message>
        <message>
            <source>May leave in a day without a question</source>
            <translation>Kinachoweza kutoka kwa siku bila kuulizwa</translation>
        </message>
        <message>
            <source>Daily limit, in GEM</source>
            <translation>Mpaka wa siku, kwa GEM</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Weka</translation>
        </message>
        <message>
            <source>A new address waits</source>
            <translation>Anwani mpya inasubiri</translation>
        </message>
        <message>
            <source>Until then every payment to it is asked for. It gives you time to notice an address that you did not add.</source>
            <translation>Hadi wakati huo utaulizwa kwa kila malipo kwenda huko. Inakupa muda wa kuona anwani ambayo hukuiongeza.</translation>
        </message>
        <message>
            <source>Not at all</source>
            <translation>Hapana kabisa</translation>
        </message>
        <message>
            <source>%1 h</source>
            <translation>Saa %1</translation>
        </message>
    </context>
    <context>
        <name>SettingsScreen</name>
        <message>
            <source>Reading</source>
            <translation>Kusoma</translation>
        </message>
        <message>
            <source>Work and data</source>
            <translation>Kazi na data</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Arifa</translation>
        </message>
        <message>
            <source>Safety</source>
            <translation>Usalama</translation>
        </message>
        <message>
            <source>Money</source>
            <translation>Pesa</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Mtandao</translation>
        </message>
        <message>
            <source>Profiles</source>
            <translation>Wasifu</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Matoleo mapya</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Msaada</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Mipangilio</translation>
        </message>
        <message>
            <source>Every change is kept at once.</source>
            <translation>Kila badiliko huhifadhiwa mara moja.</translation>
        </message>
        <message>
            <source>Parts of the settings</source>
            <translation>Sehemu za mipangilio</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Amana</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdates</name>
        <message>
            <source>New versions</source>
            <translation>Matoleo mapya</translation>
        </message>
        <message>
            <source>There is nothing to do. That version is not offered again.</source>
            <translation>Hakuna cha kufanya. Toleo hilo halitatolewa tena.</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Toleo</translation>
        </message>
        <message>
            <source>Go on downloading</source>
            <translation>Endelea kupakua</translation>
        </message>
        <message>
            <source>Download</source>
            <translation>Pakua</translation>
        </message>
        <message>
            <source>Stop; go on later</source>
            <translation>Acha; endelea baadaye</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Angalia tena</translation>
        </message>
        <message>
            <source>Look for a new version</source>
            <translation>Tafuta toleo jipya</translation>
        </message>
        <message>
            <source>Look by itself once a day, never where megabytes are paid for</source>
            <translation>Itafute yenyewe mara moja kwa siku, kamwe si pale megabaiti zinapolipiwa</translation>
        </message>
    </context>
    <context>
        <name>SettingsUpdatesFolder</name>
        <message>
            <source>From a USB stick or a folder…</source>
            <translation>Kutoka flashi au folda…</translation>
        </message>
        <message>
            <source>From a USB stick or a folder</source>
            <translation>Kutoka flashi au folda</translation>
        </message>
        <message>
            <source>It must be signed by the makers of Gems, wherever it comes from.</source>
            <translation>Lazima liwe limesainiwa na watengenezaji wa Gems, popote linapotoka.</translation>
        </message>
        <message>
            <source>Folder with a new version</source>
            <translation>Folda yenye toleo jipya</translation>
        </message>
        <message>
            <source>Look there</source>
            <translation>Tafuta hapo</translation>
        </message>
        <message>
            <source>From the network again</source>
            <translation>Kutoka mtandaoni tena</translation>
        </message>
    </context>
    <context>
        <name>SettingsVoice</name>
        <message>
            <source>Reading aloud</source>
            <translation>Kusoma kwa sauti</translation>
        </message>
        <message>
            <source>Offer to read instructions and tasks aloud</source>
            <translation>Toa uwezo wa kusomewa maelekezo na kazi kwa sauti</translation>
        </message>
        <message>
            <source>This system has no voice. Install speech-dispatcher and espeak-ng, then open Gems again.</source>
            <translation>Mfumo huu hauna sauti ya kusoma. Sakinisha speech-dispatcher na espeak-ng, kisha fungua Gems tena.</translation>
        </message>
        <message>
            <source>This system has no voice. Add one in the system's settings, then open Gems again.</source>
            <translation>Mfumo huu hauna sauti ya kusoma. Iongeze kwenye mipangilio ya mfumo, kisha fungua Gems tena.</translation>
        </message>
        <message>
            <source>F8 reads, and stops. Nothing is read by itself.</source>
            <translation>F8 husoma, na husimamisha. Hakuna kinachosomwa chenyewe.</translation>
        </message>
        <message>
            <source>Speed in percent</source>
            <translation>Kasi kwa asilimia</translation>
        </message>
    </context>
    <context>
        <name>SettingsWallet</name>
        <message>
            <source>Wallet and security</source>
            <translation>Pochi na usalama</translation>
        </message>
        <message>
            <source>Your address</source>
            <translation>Anwani yako</translation>
        </message>
        <message>
            <source>Lock now</source>
            <translation>Funga sasa</translation>
        </message>
        <message>
            <source>Your seed words are on your paper. Nothing here shows them, and nobody from Gems will ask for them.</source>
            <translation>Maneno yako ya siri yako kwenye karatasi yako. Hakuna kitu hapa kinachoyaonyesha, na hakuna mtu wa Gems atakayeyaomba.</translation>
        </message>
    </context>
    <context>
        <name>SettingsWork</name>
        <message>
            <source>Work and data</source>
            <translation>Kazi na data</translation>
        </message>
        <message>
            <source>Fetch more tasks by itself, from the campaigns that I work in</source>
            <translation>Ilete kazi zaidi yenyewe, kutoka kampeni ninazofanyia kazi</translation>
        </message>
        <message>
            <source>Keep this many days of work here</source>
            <translation>Idadi ya siku za kazi za kuweka hapa</translation>
        </message>
        <message>
            <source>Days of work</source>
            <translation>Siku za kazi</translation>
        </message>
        <message>
            <source>Download at most, in megabytes a day</source>
            <translation>Pakua hadi, megabaiti kwa siku</translation>
        </message>
        <message>
            <source>Megabytes a day</source>
            <translation>Megabaiti kwa siku</translation>
        </message>
        <message>
            <source>Also on networks that count megabytes</source>
            <translation>Pia kwenye mitandao inayohesabu megabaiti</translation>
        </message>
        <message>
            <source>This network counts megabytes</source>
            <translation>Mtandao huu unahesabu megabaiti</translation>
        </message>
        <message>
            <source>Warn this many hours before a task runs out</source>
            <translation>Idadi ya saa za kuonya kabla ya muda wa kazi kuisha</translation>
        </message>
        <message>
            <source>Hours before a task runs out</source>
            <translation>Saa kabla ya muda wa kazi kuisha</translation>
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
            <translation>Inaanza</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Jaribu tena</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update</source>
            <translation>Endelea na nakala ya kabla ya sasisho</translation>
        </message>
        <message>
            <source>Go on with the copy from before the update?</source>
            <translation>Uendelee na nakala ya kabla ya sasisho?</translation>
        </message>
        <message>
            <source>Starting the newer version instead loses nothing.</source>
            <translation>Ukianzisha toleo jipya zaidi badala yake, hakuna kinachopotea.</translation>
        </message>
        <message>
            <source>Go on with the copy</source>
            <translation>Endelea na nakala</translation>
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
            <translation>Hali</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Hakuna kinachosubiri kutumwa</translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) to send</source>
            <translation>
                <numerusform>Jibu %n la kutuma</numerusform>
                <numerusform>Majibu %n ya kutuma</numerusform>
            </translation>
        </message>
        <message>
            <source>Balance %1 %2</source>
            <translation>Salio %1 %2</translation>
        </message>
    </context>
    <context>
        <name>StoryMessage</name>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Alama katika kazi: %1</translation>
        </message>
        <message>
            <source>How do I know this?</source>
            <translation>Ninajuaje hili?</translation>
        </message>
        <message>
            <source>Save the evidence as a file</source>
            <translation>Hifadhi ushahidi kama faili</translation>
        </message>
    </context>
    <context>
        <name>TalkDialog</name>
        <message>
            <source>Messages with the requester</source>
            <translation>Ujumbe kati yako na mtoa kazi</translation>
        </message>
        <message>
            <source>The requester sees your words, and no name or address of yours.</source>
            <translation>Mtoa kazi huona maneno yako, bila jina wala anwani yako.</translation>
        </message>
        <message>
            <source>Send the message</source>
            <translation>Tuma ujumbe</translation>
        </message>
        <message>
            <source>Ctrl+Enter</source>
            <translation>Ctrl+Enter</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Funga</translation>
        </message>
        <message>
            <source>Tell me of new messages here</source>
            <translation>Niambie ujumbe mpya ukija hapa</translation>
        </message>
        <message>
            <source>Tell me no more of messages here</source>
            <translation>Usiniambie tena ujumbe ukija hapa</translation>
        </message>
        <message>
            <source>It leaves with the next connection. %1 of %2 characters.</source>
            <translation>Utaondoka mtandao ukipatikana. Herufi %1 kati ya %2.</translation>
        </message>
        <message>
            <source>Your message</source>
            <translation>Ujumbe wako</translation>
        </message>
    </context>
    <context>
        <name>TalkMessage</name>
        <message>
            <source>Take back</source>
            <translation>Rudisha kwangu</translation>
        </message>
        <message>
            <source>Report a problem</source>
            <translation>Ripoti tatizo</translation>
        </message>
    </context>
    <context>
        <name>TaskAudio</name>
        <message numerus="yes">
            <source>Recording with %n stretch(es)</source>
            <translation>
                <numerusform>Rekodi yenye sehemu %n</numerusform>
                <numerusform>Rekodi yenye sehemu %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Rekodi</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 na %2 huweka mwanzo na mwisho wa sehemu, Enter huiwekea alama, Tab hupitia sehemu, Delete huondoa moja.</translation>
        </message>
        <message>
            <source>Space plays, arrows go one second, with Shift five, with Ctrl a tenth; plus and minus look closer, 0 shows all.</source>
            <translation>Space hucheza, mishale husogea sekunde moja, pamoja na Shift tano, pamoja na Ctrl sehemu ya kumi; jumlisha na toa hukuza, 0 huonyesha yote.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Sehemu imechaguliwa: buruta kingo zake au bonyeza %1 na %2, lebo huibadilisha, Delete huiondoa.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the wave, or press %1 and %2 while it plays, then Enter.</source>
            <translation>Chagua lebo, kisha buruta juu ya wimbi, au bonyeza %1 na %2 ikicheza, kisha Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskBranch</name>
        <message>
            <source>Unfolded</source>
            <translation>Imefunguliwa</translation>
        </message>
        <message>
            <source>Folded</source>
            <translation>Imekunjwa</translation>
        </message>
    </context>
    <context>
        <name>TaskCalendar</name>
        <message>
            <source>Month before (Page Up)</source>
            <translation>Mwezi uliopita (Page Up)</translation>
        </message>
        <message>
            <source>Next month (Page Down)</source>
            <translation>Mwezi ujao (Page Down)</translation>
        </message>
    </context>
    <context>
        <name>TaskCaption</name>
        <message>
            <source>Required</source>
            <translation>Lazima</translation>
        </message>
        <message>
            <source>This must be answered</source>
            <translation>Hili lazima lijibiwe</translation>
        </message>
    </context>
    <context>
        <name>TaskChat</name>
        <message>
            <source>Messages</source>
            <translation>Ujumbe</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Mishale huchagua.</translation>
        </message>
        <message>
            <source>Arrows select a message, E edits one's own, Delete takes it away, Escape selects none.</source>
            <translation>Mishale huchagua ujumbe, E huhariri wako mwenyewe, Delete huuondoa, Escape haichagui yoyote.</translation>
        </message>
        <message>
            <source>Messages: %1 of at least %2</source>
            <translation>Ujumbe: %1, angalau %2</translation>
        </message>
        <message>
            <source>Messages: %1 of at most %2</source>
            <translation>Ujumbe: %1, usiozidi %2</translation>
        </message>
        <message>
            <source>Who says it</source>
            <translation>Nani anasema</translation>
        </message>
        <message>
            <source>Write what %1 says</source>
            <translation>Andika anachosema %1</translation>
        </message>
        <message>
            <source>Write a message</source>
            <translation>Andika ujumbe</translation>
        </message>
        <message>
            <source>Say</source>
            <translation>Sema</translation>
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
            <translation>Chagua zote zinazofaa</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Chagua moja</translation>
        </message>
    </context>
    <context>
        <name>TaskDatetime</name>
        <message>
            <source>Time</source>
            <translation>Saa</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>Tarehe</translation>
        </message>
        <message>
            <source>Write the date as year-month-day, such as 2025-03-31.</source>
            <translation>Andika tarehe kama mwaka-mwezi-siku, kama 2025-03-31.</translation>
        </message>
        <message>
            <source>Write year and month, such as 2025-03.</source>
            <translation>Andika mwaka na mwezi, kama 2025-03.</translation>
        </message>
        <message>
            <source>Write the year with four digits.</source>
            <translation>Andika mwaka kwa tarakimu nne.</translation>
        </message>
        <message>
            <source>Write the time as hours and minutes, such as 14:05.</source>
            <translation>Andika saa kama saa na dakika, kama 14:05.</translation>
        </message>
        <message>
            <source>This date cannot be given. %1</source>
            <translation>Tarehe hii haiwezi kutolewa. %1</translation>
        </message>
        <message>
            <source>There is no such date or time.</source>
            <translation>Hakuna tarehe wala saa kama hiyo.</translation>
        </message>
        <message>
            <source>The date is missing.</source>
            <translation>Tarehe haipo.</translation>
        </message>
        <message>
            <source>The time is missing.</source>
            <translation>Saa haipo.</translation>
        </message>
        <message>
            <source>From %1 to %2</source>
            <translation>Kuanzia %1 hadi %2</translation>
        </message>
        <message>
            <source>%1 or later</source>
            <translation>%1 au baadaye</translation>
        </message>
        <message>
            <source>%1 or earlier</source>
            <translation>%1 au kabla</translation>
        </message>
        <message>
            <source>YYYY-MM-DD</source>
            <translation>YYYY-MM-DD</translation>
        </message>
        <message>
            <source>YYYY-MM</source>
            <translation>YYYY-MM</translation>
        </message>
        <message>
            <source>YYYY</source>
            <translation>YYYY</translation>
        </message>
        <message>
            <source>Pick from a calendar (arrow down in the field)</source>
            <translation>Chagua kwenye kalenda (mshale wa chini katika sehemu)</translation>
        </message>
        <message>
            <source>HH:MM</source>
            <translation>HH:MM</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Futa</translation>
        </message>
        <message>
            <source>Saved as %1</source>
            <translation>Imehifadhiwa kama %1</translation>
        </message>
    </context>
    <context>
        <name>TaskDifferences</name>
        <message>
            <source>Hide the other answer</source>
            <translation>Ficha jibu lingine</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Onyesha tofauti</translation>
        </message>
        <message>
            <source>%1: the same</source>
            <translation>%1: sawa</translation>
        </message>
        <message numerus="yes">
            <source>%1 (dashed): %n difference(s)</source>
            <translation>
                <numerusform>%1 (mistari katika): tofauti %n</numerusform>
                <numerusform>%1 (mistari katika): tofauti %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Differences</source>
            <translation>Tofauti</translation>
        </message>
    </context>
    <context>
        <name>TaskFooter</name>
        <message>
            <source>Saved on this computer</source>
            <translation>Imehifadhiwa kwenye kompyuta hii</translation>
        </message>
        <message>
            <source>Saving…</source>
            <translation>Inahifadhi…</translation>
        </message>
        <message>
            <source>Not saved yet</source>
            <translation>Bado haijahifadhiwa</translation>
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
                <numerusform>Picha ya kazi yenye eneo %n</numerusform>
                <numerusform>Picha ya kazi yenye maeneo %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture of the task</source>
            <translation>Picha ya kazi</translation>
        </message>
        <message>
            <source>Zoom out (−)</source>
            <translation>Punguza (−)</translation>
        </message>
        <message>
            <source>Show all (0)</source>
            <translation>Onyesha yote (0)</translation>
        </message>
        <message>
            <source>Zoom in (+)</source>
            <translation>Kuza (+)</translation>
        </message>
    </context>
    <context>
        <name>TaskImageHelp</name>
        <message>
            <source>Plus and minus zoom, 0 shows all of it, M holds a magnifier.</source>
            <translation>Jumlisha na toa hukuza na kupunguza, 0 huonyesha yote, M hushika kioo cha kukuza.</translation>
        </message>
        <message>
            <source>N makes a box, Tab goes through the regions.</source>
            <translation>N hutengeneza kisanduku, Tab hupitia maeneo.</translation>
        </message>
        <message>
            <source>N makes an ellipse, Tab goes through the regions.</source>
            <translation>N hutengeneza duaradufu, Tab hupitia maeneo.</translation>
        </message>
        <message>
            <source>Click the corners, or N sets the first one. Tab goes through the regions.</source>
            <translation>Bofya pembe, au N huweka ya kwanza. Tab hupitia maeneo.</translation>
        </message>
        <message>
            <source>N sets a point, arrows move it. Tab goes through the regions.</source>
            <translation>N huweka nukta, mishale huisogeza. Tab hupitia maeneo.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints, [ and ] change the brush, E erases, N begins a new mask.</source>
            <translation>Mishale husogeza kishale, Space hupaka, [ na ] hubadilisha brashi, E hufuta, N huanza funiko jipya.</translation>
        </message>
        <message>
            <source>Arrows move the box, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Mishale husogeza kisanduku, pamoja na Shift hubadilisha ukubwa, [ na ] hukigeuza, Delete hukiondoa.</translation>
        </message>
        <message>
            <source>Arrows move the ellipse, with Shift they change its size, [ and ] turn it, Delete removes it.</source>
            <translation>Mishale husogeza duaradufu, pamoja na Shift hubadilisha ukubwa, [ na ] huigeuza, Delete huiondoa.</translation>
        </message>
        <message>
            <source>Arrows move it; comma and full stop choose a corner, which arrows move, I puts one behind it and Delete takes it out. [ and ] turn it.</source>
            <translation>Mishale hulisogeza; mkato na nukta huchagua pembe, ambayo mishale huisogeza, I huweka nyingine nyuma yake na Delete huitoa. [ na ] huligeuza.</translation>
        </message>
        <message>
            <source>Arrows move the point, with Shift they change its width, Delete removes it.</source>
            <translation>Mishale husogeza nukta, pamoja na Shift hubadilisha upana wake, Delete huiondoa.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, Space paints on this mask, E erases, N begins a new mask, Delete removes this one.</source>
            <translation>Mishale husogeza kishale, Space hupaka kwenye funiko hili, E hufuta, N huanza funiko jipya, Delete huondoa hili.</translation>
        </message>
        <message>
            <source>The mask has too much detail to be sent. Paint it with a wider brush.</source>
            <translation>Funiko lina maelezo mengi mno kutumwa. Lipake kwa brashi pana zaidi.</translation>
        </message>
        <message>
            <source>Click the place, or move the cursor with arrows and press Enter.</source>
            <translation>Bofya mahali, au sogeza kishale kwa mishale na ubonyeze Enter.</translation>
        </message>
        <message>
            <source>Click or N sets a corner, arrows move the last one, Backspace takes it back, Enter or a click on the first corner closes, Escape drops the polygon.</source>
            <translation>Kubofya au N huweka pembe, mishale husogeza ya mwisho, Backspace huirudisha, Enter au kubofya pembe ya kwanza hufunga, Escape huacha umbo.</translation>
        </message>
    </context>
    <context>
        <name>TaskImageTools</name>
        <message>
            <source>Box</source>
            <translation>Kisanduku</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Duaradufu</translation>
        </message>
        <message>
            <source>Polygon</source>
            <translation>Pembe nyingi</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Nukta</translation>
        </message>
        <message>
            <source>Brush</source>
            <translation>Brashi</translation>
        </message>
        <message>
            <source>Tools for the picture</source>
            <translation>Zana za picha</translation>
        </message>
        <message>
            <source>Eraser</source>
            <translation>Kifutio</translation>
        </message>
        <message>
            <source>Brush: %1</source>
            <translation>Brashi: %1</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Kurasa</translation>
        </message>
        <message>
            <source>Page before (Page Up)</source>
            <translation>Ukurasa uliopita (Page Up)</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 kati ya %2</translation>
        </message>
        <message>
            <source>Next page (Page Down)</source>
            <translation>Ukurasa unaofuata (Page Down)</translation>
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
            <translation>Chagua lebo, kisha buruta kisanduku kwenye picha (au bonyeza N hapo).</translation>
        </message>
        <message>
            <source>Choose a label, then drag an ellipse on the picture.</source>
            <translation>Chagua lebo, kisha buruta duaradufu kwenye picha.</translation>
        </message>
        <message>
            <source>Choose a label, then click the corners of the shape on the picture.</source>
            <translation>Chagua lebo, kisha bofya pembe za umbo kwenye picha.</translation>
        </message>
        <message>
            <source>Choose a label, then click the point on the picture.</source>
            <translation>Chagua lebo, kisha bofya nukta kwenye picha.</translation>
        </message>
        <message>
            <source>Choose a label, then paint on the picture.</source>
            <translation>Chagua lebo, kisha paka kwenye picha.</translation>
        </message>
        <message>
            <source>Choose a label, then select words in the text.</source>
            <translation>Chagua lebo, kisha chagua maneno kwenye maandishi.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the chart.</source>
            <translation>Chagua lebo, kisha buruta juu ya chati.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the sound.</source>
            <translation>Chagua lebo, kisha buruta juu ya sauti.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline.</source>
            <translation>Chagua lebo, kisha buruta juu ya mstari wa muda.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the film.</source>
            <translation>Chagua lebo, kisha buruta kisanduku kwenye filamu.</translation>
        </message>
        <message>
            <source>A box is selected: a label changes it, Delete removes it.</source>
            <translation>Kisanduku kimechaguliwa: lebo hukibadilisha, Delete hukiondoa.</translation>
        </message>
        <message>
            <source>A mark is selected: a label changes it, Delete removes it.</source>
            <translation>Alama imechaguliwa: lebo huibadilisha, Delete huiondoa.</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Lebo</translation>
        </message>
        <message>
            <source>Used as often as it may be</source>
            <translation>Imetumika mara zote zinazoruhusiwa</translation>
        </message>
    </context>
    <context>
        <name>TaskMessage</name>
        <message>
            <source>User</source>
            <translation>Mtumiaji</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Msaidizi</translation>
        </message>
        <message>
            <source>System</source>
            <translation>Mfumo</translation>
        </message>
        <message>
            <source>Tool</source>
            <translation>Zana</translation>
        </message>
        <message>
            <source>Developer</source>
            <translation>Msanidi</translation>
        </message>
        <message>
            <source>The other answer has it otherwise</source>
            <translation>Jibu lingine lina tofauti</translation>
        </message>
        <message>
            <source>Edit (E)</source>
            <translation>Hariri (E)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Ondoa (Del)</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Ujumbe</translation>
        </message>
        <message>
            <source>Save (Ctrl+Enter)</source>
            <translation>Hifadhi (Ctrl+Enter)</translation>
        </message>
    </context>
    <context>
        <name>TaskNumber</name>
        <message>
            <source>From %1 to %2</source>
            <translation>Kuanzia %1 hadi %2</translation>
        </message>
        <message>
            <source>%1 or more</source>
            <translation>%1 au zaidi</translation>
        </message>
        <message>
            <source>%1 or less</source>
            <translation>%1 au chini</translation>
        </message>
        <message>
            <source>in steps of %1</source>
            <translation>kwa hatua za %1</translation>
        </message>
        <message>
            <source>This is not a number.</source>
            <translation>Hii si namba.</translation>
        </message>
        <message>
            <source>The number must be at least %1.</source>
            <translation>Namba lazima iwe angalau %1.</translation>
        </message>
        <message>
            <source>The number must be at most %1.</source>
            <translation>Namba isizidi %1.</translation>
        </message>
        <message>
            <source>The number must lie on a step of %1.</source>
            <translation>Namba lazima iwe kwenye hatua ya %1.</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Namba</translation>
        </message>
        <message>
            <source>Less</source>
            <translation>Punguza</translation>
        </message>
        <message>
            <source>A number</source>
            <translation>Namba</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Ongeza</translation>
        </message>
    </context>
    <context>
        <name>TaskPairwise</name>
        <message>
            <source>Choose the better one.</source>
            <translation>Chagua iliyo bora.</translation>
        </message>
        <message>
            <source>Choose one of two</source>
            <translation>Chagua moja kati ya mbili</translation>
        </message>
        <message>
            <source>First</source>
            <translation>Ya kwanza</translation>
        </message>
        <message>
            <source>Second</source>
            <translation>Ya pili</translation>
        </message>
        <message>
            <source>a picture</source>
            <translation>picha</translation>
        </message>
        <message>
            <source>A picture of this task cannot be shown.</source>
            <translation>Picha ya kazi hii haiwezi kuonyeshwa.</translation>
        </message>
    </context>
    <context>
        <name>TaskParagraphs</name>
        <message>
            <source>Pause</source>
            <translation>Simamisha</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Cheza</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>plays the paragraph at the cursor</source>
            <translation>hucheza aya iliyo kwenye kishale</translation>
        </message>
    </context>
    <context>
        <name>TaskRanker</name>
        <message>
            <source>Drag each item to where it belongs, the best on top.</source>
            <translation>Buruta kila kitu hadi mahali pake, bora zaidi juu.</translation>
        </message>
        <message>
            <source>Drag the items into order, the best on top.</source>
            <translation>Buruta vitu kwa mpangilio, bora zaidi juu.</translation>
        </message>
        <message>
            <source>move the card with the keyboard, a digit sorts it</source>
            <translation>sogeza kadi kwa kibodi, tarakimu huipanga</translation>
        </message>
        <message>
            <source>move the card with the keyboard</source>
            <translation>sogeza kadi kwa kibodi</translation>
        </message>
        <message>
            <source>This order is right</source>
            <translation>Mpangilio huu ni sahihi</translation>
        </message>
    </context>
    <context>
        <name>TaskRankerColumn</name>
        <message>
            <source>Items in order</source>
            <translation>Vitu kwa mpangilio</translation>
        </message>
        <message>
            <source>Item</source>
            <translation>Kitu</translation>
        </message>
        <message>
            <source>place %1 of %2</source>
            <translation>nafasi %1 kati ya %2</translation>
        </message>
        <message>
            <source>Nothing here yet</source>
            <translation>Hakuna kitu hapa bado</translation>
        </message>
    </context>
    <context>
        <name>TaskRating</name>
        <message>
            <source>Rating</source>
            <translation>Alama</translation>
        </message>
        <message>
            <source>Not rated. Arrows give stars, Delete takes them back.</source>
            <translation>Haijapewa alama. Mishale huweka nyota, Delete huzirudisha.</translation>
        </message>
        <message>
            <source>Not rated. Digits or arrows give stars, Delete takes them back.</source>
            <translation>Haijapewa alama. Tarakimu au mishale huweka nyota, Delete huzirudisha.</translation>
        </message>
        <message>
            <source>%1 of %2 stars</source>
            <translation>Nyota %1 kati ya %2</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 kati ya %2</translation>
        </message>
        <message>
            <source>Not rated</source>
            <translation>Haijapewa alama</translation>
        </message>
    </context>
    <context>
        <name>TaskRegion</name>
        <message>
            <source>Box</source>
            <translation>Kisanduku</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>Umbo</translation>
        </message>
        <message>
            <source>Point</source>
            <translation>Nukta</translation>
        </message>
        <message>
            <source>Ellipse</source>
            <translation>Duaradufu</translation>
        </message>
        <message>
            <source>Painted area</source>
            <translation>Eneo lililopakwa</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Maneno</translation>
        </message>
        <message>
            <source>Stretch</source>
            <translation>Sehemu</translation>
        </message>
        <message>
            <source>Moving box</source>
            <translation>Kisanduku kinachosogea</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Alama</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>imefichwa</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>imefungwa</translation>
        </message>
        <message>
            <source>Hide</source>
            <translation>Ficha</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Onyesha</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Fungua</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>Funga</translation>
        </message>
        <message>
            <source>Take away</source>
            <translation>Ondoa</translation>
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
                <numerusform>Alama: %n</numerusform>
                <numerusform>Alama: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Hide all</source>
            <translation>Ficha zote</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Onyesha zote</translation>
        </message>
        <message>
            <source>What is marked</source>
            <translation>Kilichowekewa alama</translation>
        </message>
        <message>
            <source>Arrows select, Delete takes away, Alt+H hides, Alt+L locks, Escape selects none.</source>
            <translation>Mishale huchagua, Delete huondoa, Alt+H huficha, Alt+L hufunga, Escape haichagui kitu.</translation>
        </message>
        <message>
            <source>hide</source>
            <translation>ficha</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>take away</source>
            <translation>ondoa</translation>
        </message>
        <message>
            <source>lock</source>
            <translation>funga</translation>
        </message>
        <message>
            <source>Nothing is marked yet.</source>
            <translation>Hakuna kilichowekewa alama bado.</translation>
        </message>
    </context>
    <context>
        <name>TaskRelation</name>
        <message>
            <source>both ways</source>
            <translation>pande zote</translation>
        </message>
        <message>
            <source>to</source>
            <translation>kwenda</translation>
        </message>
        <message>
            <source>from</source>
            <translation>kutoka</translation>
        </message>
        <message>
            <source>Turn the direction (D)</source>
            <translation>Geuza mwelekeo (D)</translation>
        </message>
        <message>
            <source>Take away (Del)</source>
            <translation>Ondoa (Del)</translation>
        </message>
    </context>
    <context>
        <name>TaskRelations</name>
        <message numerus="yes">
            <source>Relations: %n</source>
            <translation>
                <numerusform>Uhusiano: %n</numerusform>
                <numerusform>Mahusiano: %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Relate to this (R)</source>
            <translation>Husisha na hiki (R)</translation>
        </message>
        <message>
            <source>Relate (R)</source>
            <translation>Husisha (R)</translation>
        </message>
        <message>
            <source>Cancel (Esc)</source>
            <translation>Ghairi (Esc)</translation>
        </message>
        <message>
            <source>From %1: click the other one, or select it and press R.</source>
            <translation>Kutoka %1: bofya kingine, au kichague na ubonyeze R.</translation>
        </message>
        <message>
            <source>Select what is marked, press R, then click what it relates to.</source>
            <translation>Chagua chenye alama, bonyeza R, kisha bofya kinachohusiana nacho.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Mahusiano</translation>
        </message>
        <message>
            <source>Arrows select.</source>
            <translation>Mishale huchagua.</translation>
        </message>
        <message>
            <source>Arrows select, D turns the direction, Delete takes away.</source>
            <translation>Mishale huchagua, D hugeuza mwelekeo, Delete huondoa.</translation>
        </message>
        <message>
            <source>What the relation is</source>
            <translation>Uhusiano ni upi</translation>
        </message>
    </context>
    <context>
        <name>TaskSelect</name>
        <message>
            <source>Nothing chosen</source>
            <translation>Hakuna kilichochaguliwa</translation>
        </message>
        <message>
            <source>Choose all that fit</source>
            <translation>Chagua zote zinazofaa</translation>
        </message>
        <message>
            <source>Choose one</source>
            <translation>Chagua moja</translation>
        </message>
        <message>
            <source>Type to search</source>
            <translation>Andika ili kutafuta</translation>
        </message>
    </context>
    <context>
        <name>TaskSpans</name>
        <message>
            <source>Arrows move the cursor, with Shift they select; Enter or the key of a label marks what is selected. Tab goes through the marks; Shift with arrows moves the end of the selected mark, Alt with arrows its start, Delete removes it.</source>
            <translation>Mishale husogeza kishale, pamoja na Shift huchagua; Enter au kitufe cha lebo huweka alama kwenye kilichochaguliwa. Tab hupitia alama; Shift pamoja na mishale husogeza mwisho wa alama iliyochaguliwa, Alt pamoja na mishale mwanzo wake, Delete huiondoa.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift they select.</source>
            <translation>Mishale husogeza kishale, pamoja na Shift huchagua.</translation>
        </message>
    </context>
    <context>
        <name>TaskTable</name>
        <message numerus="yes">
            <source>Table with %n row(s)</source>
            <translation>
                <numerusform>Jedwali lenye safu %n</numerusform>
                <numerusform>Jedwali lenye safu %n</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TaskTaxonomy</name>
        <message>
            <source>Chosen</source>
            <translation>Zilizochaguliwa</translation>
        </message>
        <message>
            <source>Take back %1</source>
            <translation>Rudisha %1</translation>
        </message>
        <message>
            <source>Search the classes</source>
            <translation>Tafuta aina</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Aina</translation>
        </message>
        <message>
            <source>Arrows move, right opens a branch, left closes it, Space chooses.</source>
            <translation>Mishale husogeza, kulia hufungua tawi, kushoto hulifunga, Space huchagua.</translation>
        </message>
        <message>
            <source>No class has these letters in its name.</source>
            <translation>Hakuna aina yenye herufi hizi kwenye jina.</translation>
        </message>
        <message numerus="yes">
            <source>No more than %n can be chosen.</source>
            <translation>
                <numerusform>Haiwezi kuchaguliwa zaidi ya %n.</numerusform>
                <numerusform>Haziwezi kuchaguliwa zaidi ya %n.</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>sogeza</translation>
        </message>
        <message>
            <source>open, close</source>
            <translation>fungua, funga</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>chagua</translation>
        </message>
    </context>
    <context>
        <name>TaskTextArea</name>
        <message>
            <source>Write your answer here</source>
            <translation>Andika jibu lako hapa</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>Jibu lako</translation>
        </message>
        <message>
            <source>Remove this answer</source>
            <translation>Ondoa jibu hili</translation>
        </message>
        <message>
            <source>Add another answer</source>
            <translation>Ongeza jibu lingine</translation>
        </message>
    </context>
    <context>
        <name>TaskThumb</name>
        <message>
            <source>Picture</source>
            <translation>Picha</translation>
        </message>
        <message>
            <source>This picture cannot be shown.</source>
            <translation>Picha hii haiwezi kuonyeshwa.</translation>
        </message>
    </context>
    <context>
        <name>TaskTimeSeries</name>
        <message numerus="yes">
            <source>Measurements with %n stretch(es)</source>
            <translation>
                <numerusform>Vipimo vyenye sehemu %n</numerusform>
                <numerusform>Vipimo vyenye sehemu %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Vipimo</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it or the moment at the cursor, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 na %2 huweka mwanzo na mwisho wa sehemu, Enter huiwekea alama au wakati ulio kwenye kishale, Tab hupitia sehemu, Delete huondoa moja.</translation>
        </message>
        <message>
            <source>Arrows move the cursor, with Shift ten at a time; plus and minus look closer, 0 shows all.</source>
            <translation>Mishale husogeza kishale, pamoja na Shift kumi kwa mara; jumlisha na toa hukuza, 0 huonyesha yote.</translation>
        </message>
        <message>
            <source>A stretch is selected: drag its edges or press %1 and %2, a label changes it, Delete takes it away.</source>
            <translation>Sehemu imechaguliwa: buruta kingo zake au bonyeza %1 na %2, lebo huibadilisha, Delete huiondoa.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the plots; a click marks one moment.</source>
            <translation>Chagua lebo, kisha buruta juu ya michoro; kubofya huweka alama ya wakati mmoja.</translation>
        </message>
    </context>
    <context>
        <name>TaskVeil</name>
        <message>
            <source>Covered task</source>
            <translation>Kazi iliyofunikwa</translation>
        </message>
        <message>
            <source>This task may disturb you</source>
            <translation>Kazi hii inaweza kukusumbua</translation>
        </message>
        <message>
            <source>It stays covered until you ask for it. Leaving it costs you nothing.</source>
            <translation>Inabaki imefunikwa hadi uiombe. Kuiacha hakukugharimu kitu.</translation>
        </message>
        <message>
            <source>Show it</source>
            <translation>Ionyeshe</translation>
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
            <translation>N hutengeneza kisanduku, Tab hupitia visanduku, mishale husogeza kilichochaguliwa, Shift pamoja na mishale hubadilisha ukubwa, %1 huweka au kuondoa fremu kuu, %2 hukiondosha au kukirudisha, Delete hukifuta.</translation>
        </message>
        <message>
            <source>Space plays, comma and full stop go one picture; plus and minus zoom, 0 shows all of it.</source>
            <translation>Space hucheza, mkato na nukta huenda picha moja; jumlisha na toa hukuza, 0 huonyesha yote.</translation>
        </message>
        <message>
            <source>Film</source>
            <translation>Filamu</translation>
        </message>
        <message numerus="yes">
            <source>Timeline with %n row(s)</source>
            <translation>
                <numerusform>Mstari wa muda wenye safu %n</numerusform>
                <numerusform>Mstari wa muda wenye safu %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Mstari wa muda</translation>
        </message>
        <message>
            <source>%1 and %2 set where a stretch begins and ends, Enter marks it, Tab goes through the stretches, Delete takes one away.</source>
            <translation>%1 na %2 huweka mwanzo na mwisho wa sehemu, Enter huiwekea alama, Tab hupitia sehemu, Delete huondoa moja.</translation>
        </message>
        <message>
            <source>Arrows go one picture, with Shift ten; Space plays.</source>
            <translation>Mishale huenda picha moja, pamoja na Shift kumi; Space hucheza.</translation>
        </message>
        <message>
            <source>Box</source>
            <translation>Kisanduku</translation>
        </message>
        <message>
            <source>A box in the middle (N)</source>
            <translation>Kisanduku katikati (N)</translation>
        </message>
        <message>
            <source>No key frame here</source>
            <translation>Hakuna fremu kuu hapa</translation>
        </message>
        <message>
            <source>Key frame here</source>
            <translation>Fremu kuu hapa</translation>
        </message>
        <message>
            <source>Gone after this picture</source>
            <translation>Hakipo baada ya picha hii</translation>
        </message>
        <message>
            <source>There from this picture on</source>
            <translation>Kipo kuanzia picha hii</translation>
        </message>
        <message>
            <source>Go to another picture and move the box: that makes a key frame, and it moves evenly between them.</source>
            <translation>Nenda picha nyingine na usogeze kisanduku: hiyo inaweka fremu kuu, na kisanduku kinasogea sawasawa kati yake.</translation>
        </message>
        <message>
            <source>Choose a label, then drag a box on the picture.</source>
            <translation>Chagua lebo, kisha buruta kisanduku kwenye picha.</translation>
        </message>
        <message>
            <source>Choose a label, then drag over the timeline, or press %1 and %2, then Enter.</source>
            <translation>Chagua lebo, kisha buruta juu ya mstari wa muda, au bonyeza %1 na %2, kisha Enter.</translation>
        </message>
    </context>
    <context>
        <name>TaskView</name>
        <message>
            <source>Task</source>
            <translation>Kazi</translation>
        </message>
        <message>
            <source>About region %1</source>
            <translation>Kuhusu eneo %1</translation>
        </message>
    </context>
    <context>
        <name>TimeEdges</name>
        <message>
            <source>Begin</source>
            <translation>Mwanzo</translation>
        </message>
        <message>
            <source>The selected stretch begins here</source>
            <translation>Sehemu iliyochaguliwa inaanza hapa</translation>
        </message>
        <message>
            <source>A stretch begins here</source>
            <translation>Sehemu inaanza hapa</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Mwisho</translation>
        </message>
        <message>
            <source>The selected stretch ends here</source>
            <translation>Sehemu iliyochaguliwa inaisha hapa</translation>
        </message>
        <message>
            <source>A stretch ends here</source>
            <translation>Sehemu inaisha hapa</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Alama</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>Mark the stretch between begin and end (Enter)</source>
            <translation>Weka alama sehemu kati ya mwanzo na mwisho (Enter)</translation>
        </message>
        <message>
            <source>Mark this moment (Enter)</source>
            <translation>Weka alama wakati huu (Enter)</translation>
        </message>
    </context>
    <context>
        <name>TimeZoom</name>
        <message>
            <source>Show more time</source>
            <translation>Onyesha muda zaidi</translation>
        </message>
        <message>
            <source>Show all of it</source>
            <translation>Onyesha yote</translation>
        </message>
        <message>
            <source>Look closer</source>
            <translation>Angalia kwa karibu</translation>
        </message>
    </context>
    <context>
        <name>Toast</name>
        <message>
            <source>Undo</source>
            <translation>Tendua</translation>
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
            <translation>Kwenda %1 · ada %2 GEM</translation>
        </message>
    </context>
    <context>
        <name>TrustAhead</name>
        <message>
            <source>What the next ten tasks could do</source>
            <translation>Kazi kumi zijazo zinaweza kufanya nini</translation>
        </message>
    </context>
    <context>
        <name>TrustAudits</name>
        <message>
            <source>Audits</source>
            <translation>Kaguzi za ghafla</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Kutoka</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Imekaguliwa ghafla</translation>
        </message>
        <message>
            <source>Expected</source>
            <translation>Zilizotarajiwa</translation>
        </message>
        <message>
            <source>Expected by chance</source>
            <translation>Zilizotarajiwa kwa bahati</translation>
        </message>
        <message>
            <source>Each draw is computed again on this computer from the secret that the platform committed to before you worked. Choose a row to save its evidence as a file for somebody else to check.</source>
            <translation>Kila droo inahesabiwa tena kwenye kompyuta hii kutoka siri ambayo jukwaa liliifunga kabla hujafanya kazi. Chagua safu ili kuhifadhi ushahidi wake kama faili mtu mwingine aukague.</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Lini</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Kampeni</translation>
        </message>
        <message>
            <source>Chance</source>
            <translation>Nafasi</translation>
        </message>
        <message>
            <source>Draw</source>
            <translation>Droo</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Mbegu</translation>
        </message>
    </context>
    <context>
        <name>TrustFamilies</name>
        <message>
            <source>Kinds of work</source>
            <translation>Aina za kazi</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Daraja %1</translation>
        </message>
    </context>
    <context>
        <name>TrustGrade</name>
        <message>
            <source>Grade</source>
            <translation>Daraja</translation>
        </message>
        <message>
            <source>Grade %1</source>
            <translation>Daraja %1</translation>
        </message>
        <message>
            <source>A level counts checked work and is never lost; a grade can fall, and a better one is yours once it has held for ten checked tasks.</source>
            <translation>Ngazi huhesabu kazi zilizokaguliwa na haipotei kamwe; daraja linaweza kushuka, na lililo bora ni lako likidumu kwa kazi kumi zilizokaguliwa.</translation>
        </message>
    </context>
    <context>
        <name>TrustScreen</name>
        <message>
            <source>Trust</source>
            <translation>Uaminifu</translation>
        </message>
        <message>
            <source>Computed on this computer from signed verdicts; nobody can simply set it.</source>
            <translation>Imehesabiwa kwenye kompyuta hii kutoka maamuzi yaliyosainiwa; hakuna anayeweza kuiweka tu.</translation>
        </message>
        <message>
            <source>Compare with the platform</source>
            <translation>Linganisha na jukwaa</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Jaribu tena</translation>
        </message>
        <message>
            <source>What you have earned stays yours. If the platform removes you, you can appeal to its operator here.</source>
            <translation>Ulichopata kinabaki chako. Jukwaa likikuondoa, unaweza kukata rufaa kwa msimamizi wake hapa.</translation>
        </message>
        <message>
            <source>Appeal rejections that you think are wrong in the Outbox: each one that you win counts as right here.</source>
            <translation>Kata rufaa kwenye Kikasha kwa kukataliwa unakoona si sahihi: kila unayoshinda inahesabiwa kuwa sahihi hapa.</translation>
        </message>
        <message>
            <source>Open the Outbox</source>
            <translation>Fungua Kikasha</translation>
        </message>
        <message>
            <source>Nothing is lost by this notice; it looks only at your last answers.</source>
            <translation>Hakuna kinachopotea kwa taarifa hii; inaangalia majibu yako ya mwisho tu.</translation>
        </message>
        <message>
            <source>Read the reasons in the Outbox. A rejection that you think is wrong can be appealed there.</source>
            <translation>Soma sababu kwenye Kikasha. Kukataliwa unakoona si sahihi unaweza kukukatia rufaa huko.</translation>
        </message>
        <message>
            <source>The platform says something else than your signed verdicts.</source>
            <translation>Jukwaa linasema tofauti na maamuzi yako yaliyosainiwa.</translation>
        </message>
        <message>
            <source>Its number may lag behind by a few verdicts. If it stays so, tell the platform's operator; the evidence below is signed.</source>
            <translation>Namba yake inaweza kuchelewa kwa maamuzi machache. Ikibaki hivyo, mwambie msimamizi wa jukwaa; ushahidi ulio hapa chini umesainiwa.</translation>
        </message>
        <message>
            <source>No answer of yours has been checked yet</source>
            <translation>Hakuna jibu lako lililokaguliwa bado</translation>
        </message>
        <message>
            <source>Every checked answer counts. Begin with any campaign; those without a stake are the easiest start.</source>
            <translation>Kila jibu lililokaguliwa linahesabika. Anza na kampeni yoyote; zisizo na dau ni rahisi zaidi kuanza.</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tafuta kazi</translation>
        </message>
        <message>
            <source>How it came about</source>
            <translation>Ilivyotokea</translation>
        </message>
        <message>
            <source>Score over time</source>
            <translation>Alama kadiri ya muda</translation>
        </message>
        <message>
            <source>Checked answers</source>
            <translation>Majibu yaliyokaguliwa</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Alama</translation>
        </message>
        <message>
            <source>At least</source>
            <translation>Chini kabisa</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>Juu kabisa</translation>
        </message>
        <message>
            <source>Where the true value probably lies</source>
            <translation>Mahali thamani halisi huenda ilipo</translation>
        </message>
        <message>
            <source>The score shows here from your second checked answer on.</source>
            <translation>Alama inaonekana hapa kuanzia jibu lako la pili lililokaguliwa.</translation>
        </message>
        <message>
            <source>Reviewing other people's work</source>
            <translation>Kukagua kazi za watu wengine</translation>
        </message>
        <message>
            <source>You may review. Reviews pay better by the hour and need no network once they are here.</source>
            <translation>Unaweza kukagua. Kaguzi hulipa zaidi kwa saa na hazihitaji mtandao zikishafika hapa.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Ukaguzi</translation>
        </message>
        <message>
            <source>Evidence</source>
            <translation>Ushahidi</translation>
        </message>
        <message>
            <source>%1 checked · %2 right · %3 at the first try</source>
            <translation>%1 zimekaguliwa · %2 sahihi · %3 kwa jaribio la kwanza</translation>
        </message>
        <message>
            <source>trust score %1</source>
            <translation>alama ya uaminifu %1</translation>
        </message>
        <message>
            <source>Judged</source>
            <translation>Imeamuliwa</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Kampeni</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Uamuzi</translation>
        </message>
        <message>
            <source>Attempt</source>
            <translation>Jaribio</translation>
        </message>
        <message>
            <source>Judged by</source>
            <translation>Imeamuliwa na</translation>
        </message>
        <message>
            <source>A rejection counts only when it can change no more. You may appeal it in the Outbox until then.</source>
            <translation>Kukataliwa kunahesabika pale tu kusipoweza kubadilika tena. Hadi hapo unaweza kukata rufaa kwenye Kikasha.</translation>
        </message>
    </context>
    <context>
        <name>UpdateOffer</name>
        <message>
            <source>Look at it</source>
            <translation>Liangalie</translation>
        </message>
        <message>
            <source>Not now</source>
            <translation>Si sasa</translation>
        </message>
    </context>
    <context>
        <name>WatchButton</name>
        <message>
            <source>Watched</source>
            <translation>Inafuatiliwa</translation>
        </message>
        <message>
            <source>Tell me of new work</source>
            <translation>Niambie kazi mpya ikija</translation>
        </message>
    </context>
    <context>
        <name>WelcomeLanguage</name>
        <message>
            <source>Choose your language</source>
            <translation>Chagua lugha yako</translation>
        </message>
    </context>
    <context>
        <name>WelcomeProtect</name>
        <message>
            <source>Protect it on this computer</source>
            <translation>Ilinde kwenye kompyuta hii</translation>
        </message>
        <message>
            <source>A password keeps others who use this computer away from your money. It is not sent anywhere; if you forget it, your seed words still work.</source>
            <translation>Nywila huwazuia wengine wanaotumia kompyuta hii wasiguse pesa zako. Haitumwi popote; ukiisahau, maneno yako ya siri bado yanafanya kazi.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Nywila</translation>
        </message>
        <message>
            <source>At least 8 characters. A few words in a row are easy to remember.</source>
            <translation>Angalau herufi 8. Maneno machache mfululizo ni rahisi kukumbuka.</translation>
        </message>
        <message>
            <source>Too short: at least 8 characters.</source>
            <translation>Fupi mno: angalau herufi 8.</translation>
        </message>
        <message>
            <source>Easy to guess: add a word or two.</source>
            <translation>Rahisi kubahatisha: ongeza neno moja au mawili.</translation>
        </message>
        <message>
            <source>A good password.</source>
            <translation>Nywila nzuri.</translation>
        </message>
        <message>
            <source>A very good password.</source>
            <translation>Nywila nzuri sana.</translation>
        </message>
        <message>
            <source>The same password again</source>
            <translation>Nywila ileile tena</translation>
        </message>
        <message>
            <source>With the keyring you need no password: who can use this computer as you can use the wallet.</source>
            <translation>Kwa hifadhi ya funguo huhitaji nywila: anayeweza kutumia kompyuta hii kama wewe anaweza kutumia pochi.</translation>
        </message>
        <message>
            <source>Protect with this password</source>
            <translation>Linda kwa nywila hii</translation>
        </message>
        <message>
            <source>Use the system's keyring instead</source>
            <translation>Tumia hifadhi ya funguo ya mfumo badala yake</translation>
        </message>
    </context>
    <context>
        <name>WelcomeRestore</name>
        <message>
            <source>Bring your wallet back</source>
            <translation>Rudisha pochi yako</translation>
        </message>
        <message>
            <source>Balance, vouchers, open work, stakes and appeals come back from what was signed. Drafts that were never sealed do not.</source>
            <translation>Salio, vocha, kazi zilizo wazi, dau na rufaa hurudi kutoka yaliyosainiwa. Rasimu ambazo hazikupigwa muhuri hazirudi.</translation>
        </message>
        <message>
            <source>What you have</source>
            <translation>Ulicho nacho</translation>
        </message>
        <message>
            <source>Seed words</source>
            <translation>Maneno ya siri</translation>
        </message>
        <message>
            <source>Private key</source>
            <translation>Ufunguo wa siri</translation>
        </message>
        <message>
            <source>Keystore file</source>
            <translation>Faili ya keystore</translation>
        </message>
        <message>
            <source>Your seed words</source>
            <translation>Maneno yako ya siri</translation>
        </message>
        <message>
            <source>12 to 24 words in their order, in any of the ten languages there are seed words in.</source>
            <translation>Maneno 12 hadi 24 kwa mpangilio wake, katika lugha yoyote kati ya kumi zenye maneno ya siri.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>la kwanza la pili la tatu …</translation>
        </message>
        <message>
            <source>I used a passphrase or another account</source>
            <translation>Nilitumia kaulisiri au akaunti nyingine</translation>
        </message>
        <message>
            <source>Passphrase beside the words</source>
            <translation>Kaulisiri pamoja na maneno</translation>
        </message>
        <message>
            <source>Leave it empty if you never had one. A wrong one opens another, empty wallet.</source>
            <translation>Iache tupu kama hukuwahi kuwa nayo. Isiyo sahihi hufungua pochi nyingine, tupu.</translation>
        </message>
        <message>
            <source>Which account</source>
            <translation>Akaunti ipi</translation>
        </message>
        <message>
            <source>Your private key</source>
            <translation>Ufunguo wako wa siri</translation>
        </message>
        <message>
            <source>64 digits from 0 to 9 and a to f; 0x before them may be there.</source>
            <translation>Tarakimu 64 kutoka 0 hadi 9 na a hadi f; zinaweza kutanguliwa na 0x.</translation>
        </message>
        <message>
            <source>The keystore file</source>
            <translation>Faili ya keystore</translation>
        </message>
        <message>
            <source>Chosen: %1</source>
            <translation>Imechaguliwa: %1</translation>
        </message>
        <message>
            <source>Drop the file on this page, or type where it is and press Enter.</source>
            <translation>Dondosha faili kwenye ukurasa huu, au andika ilipo na ubonyeze Enter.</translation>
        </message>
        <message>
            <source>Path of the file</source>
            <translation>Mahali pa faili</translation>
        </message>
        <message>
            <source>Password of the file</source>
            <translation>Nywila ya faili</translation>
        </message>
        <message>
            <source>Drop the file here</source>
            <translation>Dondosha faili hapa</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Inafungua</translation>
        </message>
        <message>
            <source>Bring it back</source>
            <translation>Irudishe</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Rudi</translation>
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
            <translation>Mtandao wa mazoezi</translation>
        </message>
        <message>
            <source>Step %1 of 3</source>
            <translation>Hatua %1 kati ya 3</translation>
        </message>
        <message>
            <source>Looking for your wallet</source>
            <translation>Inatafuta pochi yako</translation>
        </message>
        <message>
            <source>Gems asks for seed words only on this page, and only to make or bring back a wallet. Nobody else needs them, ever.</source>
            <translation>Gems huomba maneno ya siri kwenye ukurasa huu tu, na kwa kutengeneza au kurudisha pochi tu. Hakuna mwingine anayeyahitaji, kamwe.</translation>
        </message>
        <message>
            <source>Get paid for small tasks</source>
            <translation>Lipwa kwa kazi ndogondogo</translation>
        </message>
        <message>
            <source>Your pay goes to a wallet that only you hold. You need no money and no papers to begin; making one takes about three minutes.</source>
            <translation>Malipo yako yanaenda kwenye pochi unayoishika wewe tu. Huhitaji pesa wala karatasi kuanza; kuitengeneza huchukua kama dakika tatu.</translation>
        </message>
        <message>
            <source>Make a new wallet</source>
            <translation>Tengeneza pochi mpya</translation>
        </message>
        <message>
            <source>I have a wallet already</source>
            <translation>Nina pochi tayari</translation>
        </message>
        <message>
            <source>Language of its twelve words</source>
            <translation>Lugha ya maneno yake kumi na mawili</translation>
        </message>
        <message>
            <source>Write these twelve words on paper</source>
            <translation>Andika maneno haya kumi na mawili kwenye karatasi</translation>
        </message>
        <message>
            <source>They are your wallet: whoever has them has your money, and they bring it back if this computer is lost. Do not photograph them.</source>
            <translation>Ndiyo pochi yako: aliye nayo ana pesa zako, na yanairudisha kompyuta hii ikipotea. Usiyapige picha.</translation>
        </message>
        <message>
            <source>Keep the paper where only you can find it.</source>
            <translation>Tunza karatasi mahali ambapo wewe tu unaweza kuipata.</translation>
        </message>
        <message>
            <source>I have written them down</source>
            <translation>Nimeyaandika</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Rudi</translation>
        </message>
        <message>
            <source>Unlock your wallet</source>
            <translation>Fungua pochi yako</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the system's keyring opens them.</source>
            <translation>Kazi yako na mapato yako yamehifadhiwa kwenye kompyuta hii; hifadhi ya funguo ya mfumo inayafungua.</translation>
        </message>
        <message>
            <source>Your work and your earnings are stored on this computer; the password opens them.</source>
            <translation>Kazi yako na mapato yako yamehifadhiwa kwenye kompyuta hii; nywila inayafungua.</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Nywila</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Inafungua</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Fungua</translation>
        </message>
    </context>
    <context>
        <name>WelcomeTypeBack</name>
        <message>
            <source>Type the words back</source>
            <translation>Yaandike maneno tena</translation>
        </message>
        <message>
            <source>In their order, from your paper. The first four letters and a space are enough for a word.</source>
            <translation>Kwa mpangilio wake, kutoka karatasi yako. Herufi nne za kwanza na nafasi moja zinatosha kwa neno.</translation>
        </message>
        <message>
            <source>The twelve words</source>
            <translation>Maneno kumi na mawili</translation>
        </message>
        <message>
            <source>Word %1 is not one of them: look at your paper.</source>
            <translation>Neno la %1 si mojawapo: angalia karatasi yako.</translation>
        </message>
        <message>
            <source>first second third …</source>
            <translation>la kwanza la pili la tatu …</translation>
        </message>
        <message>
            <source>%1 of 12 words</source>
            <translation>Maneno %1 kati ya 12</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Linganisha</translation>
        </message>
        <message>
            <source>Start over with new words</source>
            <translation>Anza upya na maneno mapya</translation>
        </message>
    </context>
    <context>
        <name>WorkAbove</name>
        <message>
            <source>About this task</source>
            <translation>Kuhusu kazi hii</translation>
        </message>
    </context>
    <context>
        <name>WorkHeader</name>
        <message>
            <source>Task %1</source>
            <translation>Kazi %1</translation>
        </message>
        <message>
            <source>Reward %1 GEM</source>
            <translation>Ujira %1 GEM</translation>
        </message>
    </context>
    <context>
        <name>WorkInstructions</name>
        <message>
            <source>Instructions</source>
            <translation>Maelekezo</translation>
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
            <translation>Maliza, nenda nyingine</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Tendua</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Rudia</translation>
        </message>
        <message>
            <source>Instructions</source>
            <translation>Maelekezo</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Vitufe</translation>
        </message>
        <message>
            <source>Show the differences</source>
            <translation>Onyesha tofauti</translation>
        </message>
        <message>
            <source>Go to the next element</source>
            <translation>Nenda sehemu inayofuata</translation>
        </message>
        <message>
            <source>Zoom</source>
            <translation>Kuza</translation>
        </message>
        <message>
            <source>Show all of a picture</source>
            <translation>Onyesha picha yote</translation>
        </message>
        <message>
            <source>Del</source>
            <translation>Del</translation>
        </message>
        <message>
            <source>Take away what is selected</source>
            <translation>Ondoa kilichochaguliwa</translation>
        </message>
        <message>
            <source>Give back</source>
            <translation>Rudisha</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Hifadhi tena</translation>
        </message>
        <message>
            <source>This answer was rejected: %1</source>
            <translation>Jibu hili lilikataliwa: %1</translation>
        </message>
        <message>
            <source>Marked in the task: %1</source>
            <translation>Alama katika kazi: %1</translation>
        </message>
        <message>
            <source>Correct it and finish it again; it goes back to review by itself.</source>
            <translation>Lisahihishe na ulimalize tena; linarudi kukaguliwa lenyewe.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Jaribu tena</translation>
        </message>
        <message numerus="yes">
            <source>%n task(s) done</source>
            <translation>
                <numerusform>Kazi %n imekamilika</numerusform>
                <numerusform>Kazi %n zimekamilika</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) waiting to be sent</source>
            <translation>
                <numerusform>Jibu %n linasubiri kutumwa</numerusform>
                <numerusform>Majibu %n yanasubiri kutumwa</numerusform>
            </translation>
        </message>
        <message>
            <source>No tasks here yet</source>
            <translation>Hakuna kazi hapa bado</translation>
        </message>
        <message>
            <source>They bring up to %1 GEM when they are accepted. Sealing signs them with your key, so that nobody can change them; sealed answers leave as soon as there is a connection.</source>
            <translation>Yanaleta hadi %1 GEM yakikubaliwa. Kupiga muhuri kunayasaini kwa ufunguo wako, ili asiweze mtu kuyabadilisha; majibu yenye muhuri huondoka mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>They are sealed and safe on this computer, and leave by themselves when there is a connection.</source>
            <translation>Yana muhuri na yako salama kwenye kompyuta hii, na huondoka yenyewe mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>They are sealed and on their way.</source>
            <translation>Yana muhuri na yako njiani.</translation>
        </message>
        <message>
            <source>Take a batch of tasks; they stay on this computer and can be done without a network.</source>
            <translation>Chukua fungu la kazi; zinabaki kwenye kompyuta hii na zinaweza kufanywa bila mtandao.</translation>
        </message>
        <message>
            <source>Sealing and sending…</source>
            <translation>Inapiga muhuri na kutuma…</translation>
        </message>
        <message>
            <source>Seal for sending</source>
            <translation>Piga muhuri ili kutuma</translation>
        </message>
        <message>
            <source>Seal and send</source>
            <translation>Piga muhuri na utume</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tafuta kazi</translation>
        </message>
        <message>
            <source>Open the outbox</source>
            <translation>Fungua kikasha</translation>
        </message>
    </context>
    <context>
        <name>AudioPart</name>
        <message>
            <source>This task names no recording.</source>
            <translation>Kazi hii haitaji rekodi yoyote.</translation>
        </message>
        <message>
            <source>{at} of {whole}</source>
            <translation>{at} kati ya {whole}</translation>
        </message>
    </context>
    <context>
        <name>FilmPart</name>
        <message>
            <source>Picture {at} of {whole}</source>
            <translation>Picha {at} kati ya {whole}</translation>
        </message>
        <message>
            <source>This task names no film.</source>
            <translation>Kazi hii haitaji filamu yoyote.</translation>
        </message>
    </context>
    <context>
        <name>Gems</name>
        <message>
            <source>0.05 GEM a task and one minute each: 3 GEM in an hour.</source>
            <translation>0.05 GEM kwa kazi na dakika moja kila moja: 3 GEM kwa saa.</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, as you typed it, {age}</source>
            <translation>1 GEM = {worth} {code}, kama ulivyoandika, {age}</translation>
        </message>
        <message>
            <source>1 GEM = {worth} {code}, says the platform {name} ({source}), {age}</source>
            <translation>1 GEM = {worth} {code}, linasema jukwaa {name} ({source}), {age}</translation>
        </message>
        <message>
            <source>1 more checked task before you can review.</source>
            <translation>Kazi 1 zaidi iliyokaguliwa kabla uweze kukagua.</translation>
        </message>
        <message>
            <source>1 more checked task for other requesters before you can review.</source>
            <translation>Kazi 1 zaidi iliyokaguliwa ya watoa kazi wengine kabla uweze kukagua.</translation>
        </message>
        <message>
            <source>1 more checked task to the next level.</source>
            <translation>Kazi 1 zaidi iliyokaguliwa kufika ngazi inayofuata.</translation>
        </message>
        <message>
            <source>1 more right answer before you can review.</source>
            <translation>Jibu 1 zaidi sahihi kabla uweze kukagua.</translation>
        </message>
        <message>
            <source>1 more right answer to {grade}.</source>
            <translation>Jibu 1 zaidi sahihi kufika {grade}.</translation>
        </message>
        <message>
            <source>10 % means: about one of ten answers is checked.</source>
            <translation>10 % maana yake: karibu jibu moja kati ya kumi hukaguliwa.</translation>
        </message>
        <message>
            <source>A box or outline does not fit</source>
            <translation>Kisanduku au mstari wa nje haulingani</translation>
        </message>
        <message>
            <source>A campaign has one to three rounds.</source>
            <translation>Kampeni ina raundi moja hadi tatu.</translation>
        </message>
        <message>
            <source>A channel cannot be for nobody or for the contract.</source>
            <translation>Njia haiwezi kuwa ya mtu asiyekuwepo au ya mkataba.</translation>
        </message>
        <message>
            <source>A channel closes in 7 to 90 days; another time was given.</source>
            <translation>Njia hufungwa kwa siku 7 hadi 90; muda mwingine ulitolewa.</translation>
        </message>
        <message>
            <source>A channel needs a key that signs its vouchers.</source>
            <translation>Njia inahitaji ufunguo unaosaini vocha zake.</translation>
        </message>
        <message>
            <source>A claim cannot go to the zero address or to the contract.</source>
            <translation>Pesa zinazochukuliwa haziwezi kwenda kwenye anwani ya sifuri au mkataba.</translation>
        </message>
        <message>
            <source>A claim did not go through</source>
            <translation>Ombi la kuchukua halikufanikiwa</translation>
        </message>
        <message>
            <source>A claim is already on its way.</source>
            <translation>Kuna pesa zinazochukuliwa tayari.</translation>
        </message>
        <message>
            <source>A claim is of another channel.</source>
            <translation>Ombi la kuchukua ni la njia nyingine.</translation>
        </message>
        <message>
            <source>A claim was at an impossible time.</source>
            <translation>Ombi la kuchukua lilikuwa la wakati usiowezekana.</translation>
        </message>
        <message>
            <source>A click on it opens Gems.</source>
            <translation>Kuibofya kunafungua Gems.</translation>
        </message>
        <message>
            <source>A closed channel is never opened again: you earn nothing more in it.</source>
            <translation>Njia iliyofungwa haifunguliwi tena kamwe: hupati tena kitu humo.</translation>
        </message>
        <message>
            <source>A coin that the chain wants for each payment. You need none: a relayer pays it for you.</source>
            <translation>Sarafu ambayo mnyororo unataka kwa kila malipo. Huihitaji: mjumbe anakulipia.</translation>
        </message>
        <message>
            <source>A computer that keeps a copy of your newest voucher and guards your pay while you are away.</source>
            <translation>Kompyuta inayotunza nakala ya vocha yako mpya zaidi na kulinda malipo yako ukiwa haupo.</translation>
        </message>
        <message>
            <source>A decision was changed meanwhile.</source>
            <translation>Uamuzi ulibadilishwa wakati huo.</translation>
        </message>
        <message>
            <source>A file would hold {what}, and ask for news.</source>
            <translation>Faili ingebeba {what}, na kuuliza habari.</translation>
        </message>
        <message>
            <source>A finished task runs out: send it before {time}.</source>
            <translation>Kazi iliyokamilika muda wake unaisha: itume kabla ya {time}.</translation>
        </message>
        <message>
            <source>A hidden check</source>
            <translation>Jaribio la siri</translation>
        </message>
        <message>
            <source>A letter from A to F for how right your checked work was. Better grades open more work.</source>
            <translation>Herufi kuanzia A hadi F ya jinsi kazi yako iliyokaguliwa ilivyo sahihi. Daraja bora hufungua kazi zaidi.</translation>
        </message>
        <message>
            <source>A mark is from 1 to 5.</source>
            <translation>Alama ni kutoka 1 hadi 5.</translation>
        </message>
        <message>
            <source>A message has 1 to 1,000 characters.</source>
            <translation>Ujumbe una herufi 1 hadi 1,000.</translation>
        </message>
        <message>
            <source>A move out of your bond is on its way already.</source>
            <translation>Kuhamisha kutoka kwenye amana yako kunaendelea tayari.</translation>
        </message>
        <message>
            <source>A new version comes from where you got this one. Your wallet and your work are kept.</source>
            <translation>Toleo jipya hupatikana ulikopata hili. Pochi na kazi zako zinabaki salama.</translation>
        </message>
        <message>
            <source>A newer voucher was there. It is kept and counts from now on.</source>
            <translation>Kulikuwa na vocha mpya zaidi. Imehifadhiwa na inahesabika kuanzia sasa.</translation>
        </message>
        <message>
            <source>A number is larger than any that can be kept.</source>
            <translation>Namba ni kubwa kuliko yoyote inayoweza kuhifadhiwa.</translation>
        </message>
        <message>
            <source>A panel has 1, 3, 5 or 7 verifiers; the terms say something else.</source>
            <translation>Jopo lina wakaguzi 1, 3, 5 au 7; masharti yanasema tofauti.</translation>
        </message>
        <message>
            <source>A part of the reward that pays the people who check. The reward that you see is what is left.</source>
            <translation>Sehemu ya ujira inayowalipa wanaokagua. Ujira unaouona ndio unaobaki.</translation>
        </message>
        <message>
            <source>A part was changed on its way.</source>
            <translation>Sehemu ilibadilishwa njiani.</translation>
        </message>
        <message>
            <source>A picture or file of a task arrived changed or broken.</source>
            <translation>Picha au faili ya kazi ilifika ikiwa imebadilishwa au kuharibika.</translation>
        </message>
        <message>
            <source>A profile needs a name.</source>
            <translation>Wasifu unahitaji jina.</translation>
        </message>
        <message>
            <source>A rate does not have exactly its fields.</source>
            <translation>Kiwango hakina sehemu zake kamili.</translation>
        </message>
        <message>
            <source>A rate has no time.</source>
            <translation>Kiwango hakina muda.</translation>
        </message>
        <message>
            <source>A rejected answer can be corrected or appealed.</source>
            <translation>Jibu lililokataliwa linaweza kusahihishwa au kukatiwa rufaa.</translation>
        </message>
        <message>
            <source>A rejection counts only when you can no longer appeal it.</source>
            <translation>Kukataliwa kunahesabika pale tu usipoweza tena kukata rufaa.</translation>
        </message>
        <message>
            <source>A rejection needs a reason.</source>
            <translation>Kukataa kunahitaji sababu.</translation>
        </message>
        <message>
            <source>A seed phrase has 12, 15, 18, 21 or 24 words; here are: {what}</source>
            <translation>Maneno ya siri huwa 12, 15, 18, 21 au 24; hapa yapo: {what}</translation>
        </message>
        <message>
            <source>A stake comes back when the work is accepted. When it is rejected for good, the stake is lost.</source>
            <translation>Dau hurudi kazi ikikubaliwa. Ikikataliwa kabisa, dau linapotea.</translation>
        </message>
        <message>
            <source>A step's number is out of its bounds.</source>
            <translation>Namba ya hatua iko nje ya mipaka yake.</translation>
        </message>
        <message>
            <source>A step's sum is malformed.</source>
            <translation>Jumla ya hatua ina muundo mbovu.</translation>
        </message>
        <message>
            <source>A task of this campaign is still being judged on the chain.</source>
            <translation>Kazi ya kampeni hii bado inaamuliwa kwenye mnyororo.</translation>
        </message>
        <message>
            <source>A task runs out: finish and send it before {time}.</source>
            <translation>Muda wa kazi unaisha: imalize na uitume kabla ya {time}.</translation>
        </message>
        <message>
            <source>A task was reopened meanwhile.</source>
            <translation>Kazi ilifunguliwa tena wakati huo.</translation>
        </message>
        <message>
            <source>A task whose right answer is known before. It measures how well people work and never decides pay.</source>
            <translation>Kazi ambayo jibu lake sahihi linajulikana tayari. Hupima watu wanavyofanya kazi vizuri na kamwe haiamui malipo.</translation>
        </message>
        <message>
            <source>A verdict about this task was brought to the chain.</source>
            <translation>Uamuzi kuhusu kazi hii uliletwa kwenye mnyororo.</translation>
        </message>
        <message>
            <source>A verdict of this or a higher round stands.</source>
            <translation>Uamuzi wa raundi hii au ya juu upo.</translation>
        </message>
        <message>
            <source>A verifier of this panel judged the task before.</source>
            <translation>Mkaguzi wa jopo hili aliiamua kazi hii kabla.</translation>
        </message>
        <message>
            <source>A vote is not signed by its verifier.</source>
            <translation>Kura haijasainiwa na mkaguzi wake.</translation>
        </message>
        <message>
            <source>A watch-tower cannot be reached or did not take the voucher.</source>
            <translation>Mnara wa ulinzi haufikiki au haukupokea vocha.</translation>
        </message>
        <message>
            <source>A web page answers in the platform's place: this network wants you to log in.</source>
            <translation>Ukurasa wa wavuti unajibu mahali pa jukwaa: mtandao huu unataka uingie.</translation>
        </message>
        <message>
            <source>A worker whose good record lets him check the work of others, for pay.</source>
            <translation>Mfanyakazi ambaye rekodi yake nzuri inamruhusu kukagua kazi za wengine, kwa malipo.</translation>
        </message>
        <message>
            <source>A yellow line tells you when something needs you soon.</source>
            <translation>Mstari wa njano hukuambia kitu kinapokuhitaji karibuni.</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>Imekubaliwa</translation>
        </message>
        <message>
            <source>Accepted on {time}.</source>
            <translation>Ilikubaliwa {time}.</translation>
        </message>
        <message>
            <source>Accepted tasks that are judged again: {n}</source>
            <translation>Kazi zilizokubaliwa zinazoamuliwa tena: {n}</translation>
        </message>
        <message>
            <source>Accepted work waits {time} before it is paid: until then its requester may object, and others judge.</source>
            <translation>Kazi iliyokubaliwa husubiri {time} kabla ya kulipwa: hadi hapo mtoa kazi wake anaweza kupinga, na wengine wanaamua.</translation>
        </message>
        <message>
            <source>Accepted, not yet paid</source>
            <translation>Zimekubaliwa, bado hazijalipwa</translation>
        </message>
        <message>
            <source>Add a second one of somebody else in Settings.</source>
            <translation>Ongeza ya pili ya mtu mwingine kwenye Mipangilio.</translation>
        </message>
        <message>
            <source>Add a watch-tower in Settings, or send the voucher's file to somebody who can hand it in before the end.</source>
            <translation>Ongeza mnara wa ulinzi kwenye Mipangilio, au mtumie faili ya vocha mtu anayeweza kuiwasilisha kabla ya mwisho.</translation>
        </message>
        <message>
            <source>Add an address to your address book?</source>
            <translation>Uongeze anwani kwenye kitabu chako cha anwani?</translation>
        </message>
        <message>
            <source>After wrong passwords the wallet waits before the next try, in seconds: {what}</source>
            <translation>Baada ya nywila zisizo sahihi pochi husubiri kabla ya kujaribu tena, kwa sekunde: {what}</translation>
        </message>
        <message>
            <source>After you have worked for somebody, give your marks; they help the next worker.</source>
            <translation>Ukishamfanyia mtu kazi, mpe alama zako; zinamsaidia mfanyakazi anayefuata.</translation>
        </message>
        <message>
            <source>After {n} checked answers: {score}, between {low} and {high}</source>
            <translation>Baada ya majibu {n} yaliyokaguliwa: {score}, kati ya {low} na {high}</translation>
        </message>
        <message>
            <source>Agrees</source>
            <translation>Inakubaliana</translation>
        </message>
        <message>
            <source>All campaigns known here</source>
            <translation>Kampeni zote zinazojulikana hapa</translation>
        </message>
        <message>
            <source>All its tasks are taken.</source>
            <translation>Kazi zake zote zimechukuliwa.</translation>
        </message>
        <message>
            <source>All kinds of tasks</source>
            <translation>Aina zote za kazi</translation>
        </message>
        <message>
            <source>All languages</source>
            <translation>Lugha zote</translation>
        </message>
        <message>
            <source>All of it in one sum. What is in review or at stake is in it too, though it is not decided yet.</source>
            <translation>Zote katika jumla moja. Zinazokaguliwa au zilizo kwenye dau zimo pia, ingawa bado hazijaamuliwa.</translation>
        </message>
        <message>
            <source>All pay of your vouchers until then</source>
            <translation>Malipo yote ya vocha zako hadi wakati huo</translation>
        </message>
        <message>
            <source>All words are in the list, but together they are no seed phrase: one is wrong or moved.</source>
            <translation>Maneno yote yako kwenye orodha, lakini pamoja si maneno ya siri: moja si sahihi au limehama.</translation>
        </message>
        <message>
            <source>All your finished work, from done to paid. What waits there is safe on this computer.</source>
            <translation>Kazi zako zote ulizomaliza, kutoka kufanywa hadi kulipwa. Kinachosubiri hapo kiko salama kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>Allow it the whole amount first; Gems does that by itself when the command is given again.</source>
            <translation>Ruhusu kiasi chote kwanza; Gems hufanya hivyo yenyewe amri ikitolewa tena.</translation>
        </message>
        <message>
            <source>Amount: {amount} GEM</source>
            <translation>Kiasi: {amount} GEM</translation>
        </message>
        <message>
            <source>An amount in a message is not a whole number of base units.</source>
            <translation>Kiasi katika ujumbe si namba nzima ya vipimo vya msingi.</translation>
        </message>
        <message>
            <source>An answer was changed meanwhile.</source>
            <translation>Jibu lilibadilishwa wakati huo.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 2,000 characters.</source>
            <translation>Rufaa inahitaji sababu isiyozidi herufi 2,000.</translation>
        </message>
        <message>
            <source>An appeal needs its reason in at most 500 characters.</source>
            <translation>Rufaa inahitaji sababu isiyozidi herufi 500.</translation>
        </message>
        <message>
            <source>An appeal takes the place of the second try, which would pay {amount} GEM. You cannot do both.</source>
            <translation>Rufaa inachukua nafasi ya jaribio la pili, ambalo lingelipa {amount} GEM. Huwezi kufanya yote mawili.</translation>
        </message>
        <message>
            <source>An older one, since {time}</source>
            <translation>Ya zamani zaidi, tangu {time}</translation>
        </message>
        <message>
            <source>Annoyed</source>
            <translation>Ameudhika</translation>
        </message>
        <message>
            <source>Another kind of file has this name.</source>
            <translation>Faili ya aina nyingine ina jina hili.</translation>
        </message>
        <message>
            <source>Another movement</source>
            <translation>Muamala mwingine</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>Sababu nyingine</translation>
        </message>
        <message>
            <source>Another relayer was allowed to bring this claim.</source>
            <translation>Mjumbe mwingine ndiye aliyeruhusiwa kuleta pesa hizi.</translation>
        </message>
        <message>
            <source>Another verdict stands on the chain, so this case pays nothing.</source>
            <translation>Uamuzi mwingine uko kwenye mnyororo, hivyo kesi hii hailipi kitu.</translation>
        </message>
        <message>
            <source>Answer it yourself; you are not shown the other answer.</source>
            <translation>Lijibu mwenyewe; huonyeshwi jibu lingine.</translation>
        </message>
        <message>
            <source>Answered blind</source>
            <translation>Umejibu bila kuona</translation>
        </message>
        <message>
            <source>Answers are checked by the rule “{name}”.</source>
            <translation>Majibu hukaguliwa kwa kanuni “{name}”.</translation>
        </message>
        <message>
            <source>Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from the platform again, and nothing is signed in your channel before the newest voucher is known.</source>
            <translation>Majibu ya tangu hapo yanaletwa kama toleo hili linaweza kuyasoma. Vocha na dau huletwa tena kutoka kwenye jukwaa, na hakuna kinachosainiwa kwenye njia yako kabla vocha mpya kabisa haijajulikana.</translation>
        </message>
        <message>
            <source>Answers this requester rejects</source>
            <translation>Majibu anayokataa mtoa kazi huyu</translation>
        </message>
        <message>
            <source>Any download</source>
            <translation>Upakuaji wowote</translation>
        </message>
        <message>
            <source>Anything else that is warned of</source>
            <translation>Kingine chochote kinachoonywa</translation>
        </message>
        <message>
            <source>Appeal</source>
            <translation>Rufaa</translation>
        </message>
        <message>
            <source>Appeal against a verdict?</source>
            <translation>Ukate rufaa dhidi ya uamuzi?</translation>
        </message>
        <message>
            <source>Appeal panel</source>
            <translation>Jopo la rufaa</translation>
        </message>
        <message>
            <source>Appeal when they are longer ago, or take work with a stake.</source>
            <translation>Kata rufaa muda zaidi ukipita, au chukua kazi yenye dau.</translation>
        </message>
        <message>
            <source>Appeals decided: {n}</source>
            <translation>Rufaa zilizoamuliwa: {n}</translation>
        </message>
        <message>
            <source>Appeals won by the worker: {won} of {n}.</source>
            <translation>Rufaa alizoshinda mfanyakazi: {won} kati ya {n}.</translation>
        </message>
        <message>
            <source>Arrived</source>
            <translation>Imefika</translation>
        </message>
        <message>
            <source>Arrived at the platform: {n}</source>
            <translation>Imefika kwenye jukwaa: {n}</translation>
        </message>
        <message>
            <source>As a beginner, choose one without a stake.</source>
            <translation>Ukiwa mgeni, chagua isiyo na dau.</translation>
        </message>
        <message>
            <source>As long as it is not sent you can take it back and change it.</source>
            <translation>Mradi haijatumwa unaweza kuirudisha na kuibadilisha.</translation>
        </message>
        <message>
            <source>As of {time}</source>
            <translation>Kufikia {time}</translation>
        </message>
        <message>
            <source>Ask for a new quote and claim again.</source>
            <translation>Omba bei mpya na uchukue tena.</translation>
        </message>
        <message>
            <source>Ask for a new quote.</source>
            <translation>Omba bei mpya.</translation>
        </message>
        <message>
            <source>Ask for the reply once more; your own file may be sent again without harm.</source>
            <translation>Omba jibu tena; faili yako inaweza kutumwa tena bila madhara.</translation>
        </message>
        <message>
            <source>Ask for the reply to your newest file, or write a new one.</source>
            <translation>Omba jibu la faili yako mpya kabisa, au andika mpya.</translation>
        </message>
        <message>
            <source>Ask the platform to end it. If it does not, anybody can: the contract's function finish_close needs only the description of your channel, which is in the voucher's file, and a little gas coin.</source>
            <translation>Liombe jukwaa limalize. Lisipofanya hivyo, yeyote anaweza: amri finish_close ya mkataba inahitaji tu maelezo ya njia yako, yaliyomo kwenye faili ya vocha, na sarafu kidogo ya gesi.</translation>
        </message>
        <message>
            <source>Asking for tasks…</source>
            <translation>Inaomba kazi…</translation>
        </message>
        <message>
            <source>At least 80 % of your answers are right.</source>
            <translation>Angalau 80 % ya majibu yako ni sahihi.</translation>
        </message>
        <message>
            <source>At least 90 % of your answers are right.</source>
            <translation>Angalau 90 % ya majibu yako ni sahihi.</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>Zilizo kwenye dau</translation>
        </message>
        <message>
            <source>At stake in work that is not judged yet: {amount} GEM</source>
            <translation>Zilizo kwenye dau katika kazi ambazo hazijaamuliwa: {amount} GEM</translation>
        </message>
        <message>
            <source>At the platform</source>
            <translation>Kwenye jukwaa</translation>
        </message>
        <message>
            <source>Audited</source>
            <translation>Imekaguliwa ghafla</translation>
        </message>
        <message>
            <source>Audited: {had} of {n}. Chance alone would bring about {expected}.</source>
            <translation>Zilizokaguliwa ghafla: {had} kati ya {n}. Bahati tu ingeleta karibu {expected}.</translation>
        </message>
        <message>
            <source>Audits passed: {n}. Where a fee pays for checking, it falls with them.</source>
            <translation>Kaguzi za ghafla ulizofaulu: {n}. Pale ada inapolipia ukaguzi, inashuka nazo.</translation>
        </message>
        <message>
            <source>Begin it first.</source>
            <translation>Ianze kwanza.</translation>
        </message>
        <message>
            <source>Begin the payment again.</source>
            <translation>Anza malipo tena.</translation>
        </message>
        <message>
            <source>Begun, kept on this computer</source>
            <translation>Imeanzwa, imewekwa kwenye kompyuta hii</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>Inatumwa</translation>
        </message>
        <message>
            <source>Better grades open better paid work, and then reviewing.</source>
            <translation>Madaraja bora hufungua kazi zinazolipa zaidi, kisha ukaguzi.</translation>
        </message>
        <message>
            <source>Between 80 and 95 of a hundred right.</source>
            <translation>Kati ya 80 na 95 sahihi kwa kila mia.</translation>
        </message>
        <message>
            <source>Blind review</source>
            <translation>Ukaguzi bila kuona</translation>
        </message>
        <message>
            <source>Blocked: you are not offered work of {who} any more.</source>
            <translation>Amezuiwa: huonyeshwi tena kazi za {who}.</translation>
        </message>
        <message>
            <source>Bond</source>
            <translation>Amana</translation>
        </message>
        <message>
            <source>Bond came back</source>
            <translation>Amana imerudi</translation>
        </message>
        <message>
            <source>Bond put up for an appeal</source>
            <translation>Amana iliyowekwa kwa rufaa</translation>
        </message>
        <message>
            <source>Bring it again tomorrow.</source>
            <translation>Ilete tena kesho.</translation>
        </message>
        <message>
            <source>Bring the reply back the same way.</source>
            <translation>Rudisha jibu kwa njia hiyohiyo.</translation>
        </message>
        <message>
            <source>Bring the wallet back from your seed words in a new profile.</source>
            <translation>Rudisha pochi kwa maneno yako ya siri katika wasifu mpya.</translation>
        </message>
        <message>
            <source>Bringing your work back: {done} of {total}</source>
            <translation>Inarudisha kazi yako: {done} kati ya {total}</translation>
        </message>
        <message>
            <source>By the campaign's rule: no stake; a part of the reward pays for checking.</source>
            <translation>Kwa kanuni ya kampeni: hakuna dau; sehemu ya ujira hulipia ukaguzi.</translation>
        </message>
        <message>
            <source>By the campaign's rule: other people check every answer.</source>
            <translation>Kwa kanuni ya kampeni: watu wengine hukagua kila jibu.</translation>
        </message>
        <message>
            <source>By the campaign's rule: several people do the same task until it is sure enough what is right.</source>
            <translation>Kwa kanuni ya kampeni: watu kadhaa hufanya kazi ileile hadi iwe hakika ya kutosha lipi ni sahihi.</translation>
        </message>
        <message>
            <source>By the campaign's rule: some answers are drawn by lot and checked, the others are paid in full.</source>
            <translation>Kwa kanuni ya kampeni: majibu mengine huchaguliwa kwa droo na kukaguliwa, mengine hulipwa kikamilifu.</translation>
        </message>
        <message>
            <source>By the campaign's rule: work is paid unless two strangers, whom its requester pays, reject it.</source>
            <translation>Kwa kanuni ya kampeni: kazi hulipwa isipokuwa watu wawili wasiojulikana, wanaolipwa na mtoa kazi wake, waikatae.</translation>
        </message>
        <message>
            <source>By the platform alone</source>
            <translation>Na jukwaa peke yake</translation>
        </message>
        <message>
            <source>Came too late: {n}</source>
            <translation>Zilichelewa: {n}</translation>
        </message>
        <message>
            <source>Campaign</source>
            <translation>Kampeni</translation>
        </message>
        <message>
            <source>Campaign ends</source>
            <translation>Kampeni inaisha</translation>
        </message>
        <message>
            <source>Campaigns hidden: {n}</source>
            <translation>Kampeni zilizofichwa: {n}</translation>
        </message>
        <message>
            <source>Can go back of the reward</source>
            <translation>Sehemu ya ujira inayoweza kurudi</translation>
        </message>
        <message>
            <source>Chain node {place} answers nonsense.</source>
            <translation>Nodi ya mnyororo {place} inajibu upuuzi.</translation>
        </message>
        <message>
            <source>Chain node {place} answers, follows the chain and holds the contracts of Gems.</source>
            <translation>Nodi ya mnyororo {place} inajibu, inafuata mnyororo na ina mikataba ya Gems.</translation>
        </message>
        <message>
            <source>Chain node {place} cannot be reached.</source>
            <translation>Nodi ya mnyororo {place} haifikiki.</translation>
        </message>
        <message>
            <source>Chain node {place} holds the contracts, but the platform's key is not registered there.</source>
            <translation>Nodi ya mnyororo {place} ina mikataba, lakini ufunguo wa jukwaa haujasajiliwa huko.</translation>
        </message>
        <message>
            <source>Chain node {place} is not of this network's chain.</source>
            <translation>Nodi ya mnyororo {place} si ya mnyororo wa mtandao huu.</translation>
        </message>
        <message>
            <source>Chain node {place} is {minutes} minutes behind.</source>
            <translation>Nodi ya mnyororo {place} iko nyuma kwa dakika {minutes}.</translation>
        </message>
        <message>
            <source>Chain node {place} shows other contracts than those of Gems at this network's addresses.</source>
            <translation>Nodi ya mnyororo {place} inaonyesha mikataba tofauti na ya Gems kwenye anwani za mtandao huu.</translation>
        </message>
        <message>
            <source>Chance to be checked</source>
            <translation>Nafasi ya kukaguliwa</translation>
        </message>
        <message>
            <source>Change the campaign's terms and plan it again.</source>
            <translation>Badilisha masharti ya kampeni na uipange tena.</translation>
        </message>
        <message>
            <source>Change what may leave without a question?</source>
            <translation>Ubadilishe kinachoweza kutoka bila kuulizwa?</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Njia</translation>
        </message>
        <message>
            <source>Check that the folder of the profile belongs to you and that the disk works.</source>
            <translation>Hakikisha folda ya wasifu ni yako na diski inafanya kazi.</translation>
        </message>
        <message>
            <source>Check the address of the chain node in Settings and your connection; it is tried again.</source>
            <translation>Angalia anwani ya nodi ya mnyororo kwenye Mipangilio na mtandao wako; itajaribiwa tena.</translation>
        </message>
        <message>
            <source>Check the address.</source>
            <translation>Angalia anwani.</translation>
        </message>
        <message>
            <source>Check the amounts and try again. If it happens again, update Gems.</source>
            <translation>Angalia viasi na ujaribu tena. Ikitokea tena, sasisha Gems.</translation>
        </message>
        <message>
            <source>Check the connection, or use another chain node.</source>
            <translation>Angalia mtandao, au tumia nodi nyingine ya mnyororo.</translation>
        </message>
        <message>
            <source>Check the connection; work goes on without one.</source>
            <translation>Angalia mtandao; kazi inaendelea bila huo.</translation>
        </message>
        <message>
            <source>Check the disk. If something is missing, keep that file.</source>
            <translation>Angalia diski. Kama kuna kinachokosekana, tunza faili hiyo.</translation>
        </message>
        <message>
            <source>Check the disk; the next backup takes its place.</source>
            <translation>Angalia diski; nakala rudufu ijayo inachukua nafasi yake.</translation>
        </message>
        <message>
            <source>Check the stick and the name of the file.</source>
            <translation>Angalia flashi na jina la faili.</translation>
        </message>
        <message>
            <source>Checked work for one more requester before you can review.</source>
            <translation>Kazi iliyokaguliwa ya mtoa kazi mmoja zaidi kabla uweze kukagua.</translation>
        </message>
        <message>
            <source>Checked work for {more} more requesters before you can review.</source>
            <translation>Kazi zilizokaguliwa za watoa kazi {more} zaidi kabla uweze kukagua.</translation>
        </message>
        <message>
            <source>Choose a delay of 7 to 90 days.</source>
            <translation>Chagua muda wa siku 7 hadi 90.</translation>
        </message>
        <message>
            <source>Choose a keystore file of version 3 as wallets export it, or use the seed words.</source>
            <translation>Chagua faili ya keystore ya toleo la 3 kama pochi zinavyoitoa, au tumia maneno ya siri.</translation>
        </message>
        <message>
            <source>Choose an amount up to what is free in it.</source>
            <translation>Chagua kiasi kisichozidi kilicho huru humo.</translation>
        </message>
        <message>
            <source>Choose an answer for each region.</source>
            <translation>Chagua jibu kwa kila eneo.</translation>
        </message>
        <message>
            <source>Choose an answer.</source>
            <translation>Chagua jibu.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Chagua folda nyingine.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Chagua jina lingine.</translation>
        </message>
        <message>
            <source>Choose another network file.</source>
            <translation>Chagua faili nyingine ya mtandao.</translation>
        </message>
        <message>
            <source>Choose other work, or try again later.</source>
            <translation>Chagua kazi nyingine, au jaribu tena baadaye.</translation>
        </message>
        <message>
            <source>Choose other work.</source>
            <translation>Chagua kazi nyingine.</translation>
        </message>
        <message>
            <source>Choose something else.</source>
            <translation>Chagua kitu kingine.</translation>
        </message>
        <message>
            <source>Choose the better one for each region.</source>
            <translation>Chagua iliyo bora kwa kila eneo.</translation>
        </message>
        <message>
            <source>Choose the better one.</source>
            <translation>Chagua iliyo bora.</translation>
        </message>
        <message>
            <source>Choose the file of a backup.</source>
            <translation>Chagua faili ya nakala rudufu.</translation>
        </message>
        <message>
            <source>Choose the file that belongs here.</source>
            <translation>Chagua faili ya hapa.</translation>
        </message>
        <message>
            <source>Choose what is wrong, and say it in at most 500 characters.</source>
            <translation>Chagua kilicho kibaya, na ukieleze kwa herufi zisizozidi 500.</translation>
        </message>
        <message>
            <source>Choose what is wrong.</source>
            <translation>Chagua kosa ni nini.</translation>
        </message>
        <message>
            <source>Choose your language. You can change it at any time.</source>
            <translation>Chagua lugha yako. Unaweza kuibadilisha wakati wowote.</translation>
        </message>
        <message>
            <source>Claim</source>
            <translation>Chukua</translation>
        </message>
        <message>
            <source>Claim it; new work needs a new channel.</source>
            <translation>Zichukue; kazi mpya inahitaji njia mpya.</translation>
        </message>
        <message>
            <source>Claim later, when more has come together.</source>
            <translation>Chukua baadaye, zikiongezeka.</translation>
        </message>
        <message>
            <source>Claim what you can, tell the platform, and take no more work until it is answered.</source>
            <translation>Chukua unachoweza, liambie jukwaa, na usichukue kazi zaidi hadi lijibu.</translation>
        </message>
        <message>
            <source>Claimed before</source>
            <translation>Zilizochukuliwa awali</translation>
        </message>
        <message>
            <source>Claimed earlier, from another computer</source>
            <translation>Zilichukuliwa awali, kutoka kompyuta nyingine</translation>
        </message>
        <message>
            <source>Claimed in all</source>
            <translation>Zilizochukuliwa jumla</translation>
        </message>
        <message>
            <source>Claimed to your wallet</source>
            <translation>Zimechukuliwa kwenye pochi yako</translation>
        </message>
        <message>
            <source>Clarity</source>
            <translation>Uwazi</translation>
        </message>
        <message>
            <source>Close a file that carries your work to the platform?</source>
            <translation>Ukamilishe faili inayobeba kazi yako kwenda kwenye jukwaa?</translation>
        </message>
        <message>
            <source>Close it again. With a little gas coin you can also start it yourself: the contract's function start_close.</source>
            <translation>Ifunge tena. Ukiwa na sarafu kidogo ya gesi unaweza pia kuianza mwenyewe: amri start_close ya mkataba.</translation>
        </message>
        <message>
            <source>Close it when there is more to pay out.</source>
            <translation>Ifunge kukiwa na zaidi ya kulipwa.</translation>
        </message>
        <message>
            <source>Close other programs before tasks with large pictures or films.</source>
            <translation>Funga programu nyingine kabla ya kazi zenye picha kubwa au filamu.</translation>
        </message>
        <message>
            <source>Close other programs that use the folder and try again.</source>
            <translation>Funga programu nyingine zinazotumia folda hiyo na ujaribu tena.</translation>
        </message>
        <message>
            <source>Close the polygon that is not finished.</source>
            <translation>Funga umbo ambalo halijakamilika.</translation>
        </message>
        <message>
            <source>Close your payment channel?</source>
            <translation>Ufunge njia yako ya malipo?</translation>
        </message>
        <message>
            <source>Closing</source>
            <translation>Inafungwa</translation>
        </message>
        <message>
            <source>Compare each word with your paper and type them again, or start over for new words.</source>
            <translation>Linganisha kila neno na karatasi yako na uyaandike tena, au anza upya kwa maneno mapya.</translation>
        </message>
        <message>
            <source>Compare the whole address with the one you were given; not only its first letters.</source>
            <translation>Linganisha anwani yote na uliyopewa; si herufi zake za kwanza tu.</translation>
        </message>
        <message>
            <source>Compare them with what you wrote down, word by word, in order.</source>
            <translation>Yalinganishe na uliyoandika, neno kwa neno, kwa mpangilio.</translation>
        </message>
        <message>
            <source>Complete each region.</source>
            <translation>Kamilisha kila eneo.</translation>
        </message>
        <message>
            <source>Complete it and finish again.</source>
            <translation>Likamilishe na umalize tena.</translation>
        </message>
        <message>
            <source>Connect this computer to a network once, for a minute.</source>
            <translation>Unganisha kompyuta hii na mtandao mara moja, kwa dakika moja.</translation>
        </message>
        <message>
            <source>Contract</source>
            <translation>Mkataba</translation>
        </message>
        <message>
            <source>Contributor</source>
            <translation>Mchangiaji</translation>
        </message>
        <message>
            <source>Copy the whole address again and compare its first and last letters.</source>
            <translation>Nakili anwani yote tena na ulinganishe herufi zake za kwanza na za mwisho.</translation>
        </message>
        <message>
            <source>Copy the whole key again; it may begin with 0x.</source>
            <translation>Nakili ufunguo wote tena; unaweza kuanza na 0x.</translation>
        </message>
        <message>
            <source>Correct it, or appeal until {time}: one of the two.</source>
            <translation>Lisahihishe, au kata rufaa hadi {time}: moja kati ya mawili.</translation>
        </message>
        <message>
            <source>Corrected</source>
            <translation>Imesahihishwa</translation>
        </message>
        <message>
            <source>Counted already when you put it down</source>
            <translation>Lilihesabiwa tayari ulipoliweka</translation>
        </message>
        <message>
            <source>Counts as {n}: easy tasks, and many for one requester, count less.</source>
            <translation>Zinahesabiwa kama {n}: kazi rahisi, na nyingi za mtoa kazi mmoja, huhesabiwa kidogo.</translation>
        </message>
        <message>
            <source>Counts how many of your tasks were checked. It only grows.</source>
            <translation>Huhesabu ni kazi zako ngapi zilizokaguliwa. Hukua tu.</translation>
        </message>
        <message>
            <source>Cruelty to animals</source>
            <translation>Ukatili kwa wanyama</translation>
        </message>
        <message>
            <source>Daily limit</source>
            <translation>Mpaka wa siku</translation>
        </message>
        <message>
            <source>Data today</source>
            <translation>Data ya leo</translation>
        </message>
        <message>
            <source>Data used in the last 14 days: {size}</source>
            <translation>Data iliyotumika siku 14 zilizopita: {size}</translation>
        </message>
        <message>
            <source>Deadlines go by the platform's time, so nothing of yours is late because of it.</source>
            <translation>Mwisho wa muda hufuata saa ya jukwaa, kwa hiyo hakuna chako kinachochelewa kwa sababu hiyo.</translation>
        </message>
        <message>
            <source>Did not go through; nothing was taken</source>
            <translation>Haikufanikiwa; hakuna kilichochukuliwa</translation>
        </message>
        <message>
            <source>Differs</source>
            <translation>Inatofautiana</translation>
        </message>
        <message>
            <source>Disputed</source>
            <translation>Zina mgogoro</translation>
        </message>
        <message>
            <source>Disputed work</source>
            <translation>Kazi zenye mgogoro</translation>
        </message>
        <message>
            <source>Disputed, judged again</source>
            <translation>Zina mgogoro, zinaamuliwa tena</translation>
        </message>
        <message>
            <source>Disputed; other verifiers judge it</source>
            <translation>Ina mgogoro; wakaguzi wengine wanaiamua</translation>
        </message>
        <message>
            <source>Do not go on in this network; compare the network file with its publisher's.</source>
            <translation>Usiendelee katika mtandao huu; linganisha faili ya mtandao na ya mchapishaji wake.</translation>
        </message>
        <message>
            <source>Do not work in this network until its publisher has explained it. If only one of your chain nodes says this, use another one, in Settings.</source>
            <translation>Usifanye kazi katika mtandao huu hadi mchapishaji wake aeleze. Ikiwa ni nodi moja tu ya mnyororo inayosema hivi, tumia nyingine, kwenye Mipangilio.</translation>
        </message>
        <message>
            <source>Do some tasks first.</source>
            <translation>Fanya kazi kadhaa kwanza.</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Nyaraka</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Tayari</translation>
        </message>
        <message>
            <source>Drawn by the platform alone, without a seed of the requester: {n}.</source>
            <translation>Droo za jukwaa peke yake, bila mbegu ya mtoa kazi: {n}.</translation>
        </message>
        <message>
            <source>Draws not revealed yet, and not counted here: {n}.</source>
            <translation>Droo ambazo bado hazijafunuliwa, na hazijahesabiwa hapa: {n}.</translation>
        </message>
        <message>
            <source>Each line is a campaign: its tasks, the reward, the pay per hour and the stake.</source>
            <translation>Kila mstari ni kampeni: kazi zake, ujira, malipo kwa saa na dau.</translation>
        </message>
        <message>
            <source>Earn more into your bond pocket, and appeal before the time for it is over.</source>
            <translation>Ingiza mapato zaidi kwenye mfuko wako wa amana, na ukate rufaa kabla muda wake kuisha.</translation>
        </message>
        <message>
            <source>Earned in the last {n} days: {amount} GEM</source>
            <translation>Mapato ya siku {n} zilizopita: {amount} GEM</translation>
        </message>
        <message>
            <source>Earnings</source>
            <translation>Mapato</translation>
        </message>
        <message>
            <source>Enter the address of a node of the right chain in Settings.</source>
            <translation>Weka anwani ya nodi ya mnyororo sahihi kwenye Mipangilio.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people, who must agree; you may correct a rejected answer once.</source>
            <translation>Kila jibu hukaguliwa na watu wengine, ambao lazima wakubaliane; unaweza kusahihisha jibu lililokataliwa mara moja.</translation>
        </message>
        <message>
            <source>Every answer is checked by other people. Your stake of {stake} GEM comes back with the pay when they agree; you may correct a rejected answer once.</source>
            <translation>Kila jibu hukaguliwa na watu wengine. Dau lako la {stake} GEM hurudi na malipo wakikubaliana; unaweza kusahihisha jibu lililokataliwa mara moja.</translation>
        </message>
        <message>
            <source>Every change is kept at once. Nothing is lost if the power fails.</source>
            <translation>Kila badiliko linahifadhiwa mara moja. Umeme ukikatika hakuna kinachopotea.</translation>
        </message>
        <message>
            <source>Every payment is asked for, for another {time}</source>
            <translation>Unaulizwa kwa kila malipo, kwa {time} zaidi</translation>
        </message>
        <message>
            <source>Everything else</source>
            <translation>Mengine yote</translation>
        </message>
        <message>
            <source>Everything here is for trying out. The money of the practice network is worth nothing.</source>
            <translation>Kila kitu hapa ni cha kujaribu. Pesa za mtandao wa mazoezi hazina thamani.</translation>
        </message>
        <message>
            <source>Everything in it has been paid out. {amount} GEM came to your wallet.</source>
            <translation>Zote zilizokuwemo zimelipwa. {amount} GEM zimekuja kwenye pochi yako.</translation>
        </message>
        <message>
            <source>Everything is judged; {n} accepted, paid unless objected to</source>
            <translation>Yote yameamuliwa; {n} yamekubaliwa, yanalipwa yasipopingwa</translation>
        </message>
        <message>
            <source>Everything is sent and judged</source>
            <translation>Yote yametumwa na kuamuliwa</translation>
        </message>
        <message>
            <source>Everything is sent; {n} waiting for a verdict</source>
            <translation>Yote yametumwa; {n} yanasubiri uamuzi</translation>
        </message>
        <message>
            <source>Everything saved before is still there.</source>
            <translation>Kila kilichohifadhiwa awali bado kipo.</translation>
        </message>
        <message>
            <source>Everything that your channel owes you when this is carried out goes out of it, less the fee.</source>
            <translation>Zote ambazo njia yako inadaiwa na wewe hili litakapotekelezwa zinatoka humo, ukiondoa ada.</translation>
        </message>
        <message>
            <source>Everything you did is saved.</source>
            <translation>Kila ulichofanya kimehifadhiwa.</translation>
        </message>
        <message>
            <source>Evidence written to {path}</source>
            <translation>Ushahidi umeandikwa kwenye {path}</translation>
        </message>
        <message>
            <source>Example {n}</source>
            <translation>Mfano {n}</translation>
        </message>
        <message>
            <source>Example {n} of {total}</source>
            <translation>Mfano {n} kati ya {total}</translation>
        </message>
        <message>
            <source>Exchanging with the platform</source>
            <translation>Inabadilishana na jukwaa</translation>
        </message>
        <message>
            <source>Experienced</source>
            <translation>Mzoefu</translation>
        </message>
        <message>
            <source>Export the key of your wallet to a file?</source>
            <translation>Utoe ufunguo wa pochi yako kwenye faili?</translation>
        </message>
        <message>
            <source>Fairness</source>
            <translation>Haki</translation>
        </message>
        <message>
            <source>Fee</source>
            <translation>Ada</translation>
        </message>
        <message>
            <source>Fee for the relayer: {amount} GEM</source>
            <translation>Ada ya mjumbe: {amount} GEM</translation>
        </message>
        <message>
            <source>Fee for those who check</source>
            <translation>Ada ya wanaokagua</translation>
        </message>
        <message>
            <source>Fee of the relayer</source>
            <translation>Ada ya mjumbe</translation>
        </message>
        <message>
            <source>Fetch the news first and try again; if it stays so, show both figures to the platform.</source>
            <translation>Leta habari kwanza na ujaribu tena; ikibaki hivyo, lionyeshe jukwaa namba zote mbili.</translation>
        </message>
        <message>
            <source>Fetching {done} of {total}</source>
            <translation>Inaleta {done} kati ya {total}</translation>
        </message>
        <message>
            <source>Few rejected answers and fast pay are good signs.</source>
            <translation>Majibu machache yaliyokataliwa na malipo ya haraka ni dalili nzuri.</translation>
        </message>
        <message>
            <source>Fewer audits than chance explains (1 in {one_in}).</source>
            <translation>Kaguzi za ghafla chache kuliko bahati inavyoeleza (1 kati ya {one_in}).</translation>
        </message>
        <message>
            <source>Find work</source>
            <translation>Tafuta kazi</translation>
        </message>
        <message>
            <source>Finish before the time left is over.</source>
            <translation>Maliza kabla muda uliobaki haujaisha.</translation>
        </message>
        <message>
            <source>Finish nothing more for this platform. Keep this computer online from time to time until the closing ends.</source>
            <translation>Usimalize chochote zaidi kwa jukwaa hili. Weka kompyuta hii mtandaoni mara kwa mara hadi ufungaji uishe.</translation>
        </message>
        <message>
            <source>Finished, not yet sealed</source>
            <translation>Imekamilika, bado haijapigwa muhuri</translation>
        </message>
        <message>
            <source>First a few examples: {share} of them must be right. They cost nothing, pay nothing, and can be repeated.</source>
            <translation>Kwanza mifano michache: {share} lazima iwe sahihi. Haigharimu kitu, hailipi kitu, na inaweza kurudiwa.</translation>
        </message>
        <message>
            <source>First steps</source>
            <translation>Hatua za kwanza</translation>
        </message>
        <message>
            <source>First try</source>
            <translation>Jaribio la kwanza</translation>
        </message>
        <message>
            <source>Found poor</source>
            <translation>Ilionekana mbovu</translation>
        </message>
        <message>
            <source>Free in your bond</source>
            <translation>Zilizo huru kwenye amana yako</translation>
        </message>
        <message>
            <source>Free some space and try again, or start the version that you had before.</source>
            <translation>Ongeza nafasi na ujaribu tena, au anzisha toleo ulilokuwa nalo awali.</translation>
        </message>
        <message>
            <source>Free some space and try again.</source>
            <translation>Ongeza nafasi na ujaribu tena.</translation>
        </message>
        <message>
            <source>Free some space, or choose another folder or stick.</source>
            <translation>Ongeza nafasi, au chagua folda au flashi nyingine.</translation>
        </message>
        <message>
            <source>Free some space, or take fewer tasks.</source>
            <translation>Ongeza nafasi, au chukua kazi chache.</translation>
        </message>
        <message>
            <source>From now on your pay fills the bond up to this and no higher: {amount} GEM</source>
            <translation>Kuanzia sasa malipo yako hujaza amana hadi hapa na si zaidi: {amount} GEM</translation>
        </message>
        <message>
            <source>From your bond, when the closing ends, from {time} on: {amount} GEM.</source>
            <translation>Kutoka kwenye amana yako, ufungaji ukiisha, kuanzia {time}: {amount} GEM.</translation>
        </message>
        <message>
            <source>From {time} on you can take it to the contract.</source>
            <translation>Kuanzia {time} unaweza kuipeleka kwenye mkataba.</translation>
        </message>
        <message>
            <source>Fund it first, or compare its terms with what was funded.</source>
            <translation>Iwekee pesa kwanza, au linganisha masharti yake na kilichowekewa pesa.</translation>
        </message>
        <message>
            <source>Funded</source>
            <translation>Pesa zilizowekwa</translation>
        </message>
        <message>
            <source>GEM</source>
            <translation>GEM</translation>
        </message>
        <message>
            <source>GEM cannot be sent to the zero address.</source>
            <translation>GEM haiwezi kutumwa kwenye anwani ya sifuri.</translation>
        </message>
        <message>
            <source>GEM cannot be sent to this address.</source>
            <translation>GEM haiwezi kutumwa kwenye anwani hii.</translation>
        </message>
        <message>
            <source>GEM of yours that is set aside for stakes and appeals. What is free in it you can take out again.</source>
            <translation>GEM zako zilizotengwa kwa dau na rufaa. Zilizo huru humo unaweza kuzitoa tena.</translation>
        </message>
        <message>
            <source>GEM that is yours alone, on the chain. You can keep it or send it to anybody.</source>
            <translation>GEM ambazo ni zako peke yako, kwenye mnyororo. Unaweza kuzitunza au kumtumia yeyote.</translation>
        </message>
        <message>
            <source>GEM that you put down with an answer. It comes back if the answer is accepted, and is lost if it stays rejected.</source>
            <translation>GEM unazoweka pamoja na jibu. Zinarudi jibu likikubaliwa, na zinapotea likibaki limekataliwa.</translation>
        </message>
        <message>
            <source>GRAM is audited by two verifiers who must agree.</source>
            <translation>GRAM hukaguliwa na wakaguzi wawili ambao lazima wakubaliane.</translation>
        </message>
        <message>
            <source>Gas coin</source>
            <translation>Sarafu ya gesi</translation>
        </message>
        <message>
            <source>Gems did not end in order the last time.</source>
            <translation>Gems haikufungwa vizuri mara iliyopita.</translation>
        </message>
        <message>
            <source>Gems is already open with this profile.</source>
            <translation>Gems iko wazi tayari kwa wasifu huu.</translation>
        </message>
        <message>
            <source>Gems sends it again by itself.</source>
            <translation>Gems inatuma tena yenyewe.</translation>
        </message>
        <message>
            <source>Gems sends the rest by itself.</source>
            <translation>Gems inatuma zilizobaki yenyewe.</translation>
        </message>
        <message>
            <source>Gems {gems}, Python {python}, Qt {qt}, on {system}</source>
            <translation>Gems {gems}, Python {python}, Qt {qt}, kwenye {system}</translation>
        </message>
        <message>
            <source>Gems {version} can be downloaded ({size}).</source>
            <translation>Gems {version} inaweza kupakuliwa ({size}).</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>Inajiandaa</translation>
        </message>
        <message>
            <source>Give a date or time for each region.</source>
            <translation>Toa tarehe au saa kwa kila eneo.</translation>
        </message>
        <message>
            <source>Give a date or time.</source>
            <translation>Toa tarehe au saa.</translation>
        </message>
        <message>
            <source>Give a number for each region.</source>
            <translation>Toa namba kwa kila eneo.</translation>
        </message>
        <message>
            <source>Give a number.</source>
            <translation>Toa namba.</translation>
        </message>
        <message>
            <source>Give a rating for each region.</source>
            <translation>Toa alama kwa kila eneo.</translation>
        </message>
        <message>
            <source>Give a rating.</source>
            <translation>Toa alama.</translation>
        </message>
        <message>
            <source>Give an amount above zero.</source>
            <translation>Toa kiasi zaidi ya sifuri.</translation>
        </message>
        <message>
            <source>Give another address.</source>
            <translation>Toa anwani nyingine.</translation>
        </message>
        <message>
            <source>Give another amount.</source>
            <translation>Toa kiasi kingine.</translation>
        </message>
        <message>
            <source>Give less.</source>
            <translation>Toa kidogo zaidi.</translation>
        </message>
        <message>
            <source>Give the address of somebody.</source>
            <translation>Toa anwani ya mtu.</translation>
        </message>
        <message>
            <source>Give the folder back to your own user, or free the disk of its write protection.</source>
            <translation>Irudishe folda kwa mtumiaji wako, au ondoa kinga ya kuandika kwenye diski.</translation>
        </message>
        <message>
            <source>Give your own answer.</source>
            <translation>Toa jibu lako mwenyewe.</translation>
        </message>
        <message>
            <source>Given back</source>
            <translation>Imerudishwa</translation>
        </message>
        <message>
            <source>Glad</source>
            <translation>Ana furaha</translation>
        </message>
        <message>
            <source>Go on working. Look at your earnings again in an hour.</source>
            <translation>Endelea na kazi. Angalia mapato yako tena baada ya saa moja.</translation>
        </message>
        <message>
            <source>Go on; if it happens again, close the application and open it again.</source>
            <translation>Endelea; ikitokea tena, funga programu na uifungue tena.</translation>
        </message>
        <message>
            <source>Going back to the copy from before the update</source>
            <translation>Inarudi kwenye nakala ya kabla ya sasisho</translation>
        </message>
        <message>
            <source>Good enough to go on; more checked work will tell more.</source>
            <translation>Inatosha kuendelea; kazi zaidi zilizokaguliwa zitaonyesha zaidi.</translation>
        </message>
        <message>
            <source>Grade</source>
            <translation>Daraja</translation>
        </message>
        <message>
            <source>Grade {grade}.</source>
            <translation>Daraja {grade}.</translation>
        </message>
        <message>
            <source>Half of all pay arrives faster; 95 of 100 within {time}.</source>
            <translation>Nusu ya malipo hufika haraka zaidi; 95 kati ya 100 ndani ya {time}.</translation>
        </message>
        <message>
            <source>Half of all reviews took less than {time}.</source>
            <translation>Nusu ya kaguzi zilichukua chini ya {time}.</translation>
        </message>
        <message>
            <source>Half of all tasks took less than {time}.</source>
            <translation>Nusu ya kazi zilichukua chini ya {time}.</translation>
        </message>
        <message>
            <source>Hand in finished work?</source>
            <translation>Uwasilishe kazi iliyokamilika?</translation>
        </message>
        <message>
            <source>Hand in your reviews?</source>
            <translation>Uwasilishe kaguzi zako?</translation>
        </message>
        <message>
            <source>Handed to the relayer</source>
            <translation>Imekabidhiwa mjumbe</translation>
        </message>
        <message>
            <source>Hatred and insults</source>
            <translation>Chuki na matusi</translation>
        </message>
        <message>
            <source>Here is all that you finished, and where it stands.</source>
            <translation>Hapa yapo yote uliyomaliza, na yalipofikia.</translation>
        </message>
        <message>
            <source>Hidden: {title}</source>
            <translation>Imefichwa: {title}</translation>
        </message>
        <message>
            <source>Home</source>
            <translation>Mwanzo</translation>
        </message>
        <message>
            <source>Honest work brings on average</source>
            <translation>Kazi ya uaminifu huleta kwa wastani</translation>
        </message>
        <message>
            <source>Hours that a new address waits: {after} instead of {before}</source>
            <translation>Saa ambazo anwani mpya inasubiri: {after} badala ya {before}</translation>
        </message>
        <message>
            <source>How good your work is at least and at most, as far as the checks show. More checked work brings the two closer.</source>
            <translation>Kazi yako ni nzuri kiasi gani, kwa chini na kwa juu kabisa, kwa kadiri ukaguzi unavyoonyesha. Kazi zaidi zikikaguliwa, viwili hivyo vinakaribiana.</translation>
        </message>
        <message>
            <source>How long it takes from sending your answer until the pay is yours.</source>
            <translation>Muda tangu kutuma jibu lako hadi malipo yawe yako.</translation>
        </message>
        <message>
            <source>How long one task usually takes.</source>
            <translation>Muda ambao kazi moja huchukua kwa kawaida.</translation>
        </message>
        <message>
            <source>How many of a hundred answers to this requester were rejected. Low is good for you.</source>
            <translation>Majibu mangapi kati ya mia kwa mtoa kazi huyu yalikataliwa. Machache ni vizuri kwako.</translation>
        </message>
        <message>
            <source>How many of your answers other people look at. You cannot know which, so do each one well.</source>
            <translation>Majibu yako mangapi huangaliwa na watu wengine. Huwezi kujua yapi, hivyo fanya kila moja vizuri.</translation>
        </message>
        <message>
            <source>How many rejections others found wrong when they judged again. High means: appeals are worth it.</source>
            <translation>Ni kukataliwa kungapi wengine walikuona si sahihi walipoamua tena. Nyingi maana yake: rufaa inafaa.</translation>
        </message>
        <message>
            <source>If it does not start twice, the version before it comes back. Your wallet and your work are kept.</source>
            <translation>Likishindwa kuanza mara mbili, toleo la awali linarudi. Pochi na kazi zako zinabaki salama.</translation>
        </message>
        <message>
            <source>If it is rejected, read the reason. Correct it, appeal, or let it stand.</source>
            <translation>Likikataliwa, soma sababu. Lisahihishe, kata rufaa, au ukubali kukataliwa.</translation>
        </message>
        <message>
            <source>If nobody answers in time, the contract decides by the rules.</source>
            <translation>Asipojibu mtu kwa wakati, mkataba unaamua kwa kanuni.</translation>
        </message>
        <message>
            <source>If the rejection is wrong, appeal and say why. You see the bond first.</source>
            <translation>Kukataliwa kusipokuwa sahihi, kata rufaa na useme kwa nini. Unaona amana kwanza.</translation>
        </message>
        <message>
            <source>If the window stays black, set GEMS_RENDERER=software.</source>
            <translation>Dirisha likibaki jeusi, weka GEMS_RENDERER=software.</translation>
        </message>
        <message>
            <source>If you lose, it costs you: {amount} GEM</source>
            <translation>Ukishindwa, inakugharimu: {amount} GEM</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands.</source>
            <translation>Ukishindwa, kukataliwa kunabaki.</translation>
        </message>
        <message>
            <source>If you lose, the rejection stands; the bond and what you gave up for the appeal are lost.</source>
            <translation>Ukishindwa, kukataliwa kunabaki; amana na ulichoacha kwa ajili ya rufaa vinapotea.</translation>
        </message>
        <message>
            <source>If you may try again, correcting is often the fastest.</source>
            <translation>Ukiruhusiwa kujaribu tena, kusahihisha mara nyingi ni haraka zaidi.</translation>
        </message>
        <message>
            <source>If you want it, ask again and say yes in that window within two minutes.</source>
            <translation>Ukitaka, omba tena na useme ndiyo katika dirisha hilo ndani ya dakika mbili.</translation>
        </message>
        <message>
            <source>If you win, you get {wins} GEM. If you lose, it costs you {loses} GEM.</source>
            <translation>Ukishinda, unapata {wins} GEM. Ukishindwa, inakugharimu {loses} GEM.</translation>
        </message>
        <message>
            <source>If you work on another computer too, nothing is wrong. Otherwise tell the platform.</source>
            <translation>Ukifanya kazi pia kwenye kompyuta nyingine, hakuna tatizo. La sivyo liambie jukwaa.</translation>
        </message>
        <message>
            <source>In a day: {after} GEM instead of {before} GEM</source>
            <translation>Kwa siku: {after} GEM badala ya {before} GEM</translation>
        </message>
        <message>
            <source>In review</source>
            <translation>Inakaguliwa</translation>
        </message>
        <message>
            <source>In that time the requester may also pay two strangers to look again; only if both find the work poor, up to {amount} GEM of the reward goes back.</source>
            <translation>Katika muda huo mtoa kazi anaweza pia kulipa watu wawili wasiohusika waangalie tena; wote wawili wakiona kazi ni mbovu tu, hadi {amount} GEM ya ujira inarudi.</translation>
        </message>
        <message>
            <source>In this channel you will have put up, in all: {amount} GEM</source>
            <translation>Katika njia hii utakuwa umeweka, kwa jumla: {amount} GEM</translation>
        </message>
        <message>
            <source>In your address book as: {name}</source>
            <translation>Kwenye kitabu chako cha anwani kama: {name}</translation>
        </message>
        <message>
            <source>In your folder</source>
            <translation>Kwenye folda yako</translation>
        </message>
        <message>
            <source>In your wallet</source>
            <translation>Kwenye pochi yako</translation>
        </message>
        <message>
            <source>Install Gems again. Until then, tasks with pictures cannot be shown.</source>
            <translation>Sakinisha Gems tena. Hadi hapo, kazi zenye picha haziwezi kuonyeshwa.</translation>
        </message>
        <message>
            <source>Install Gems again; on Debian, ./dev setup names what is missing.</source>
            <translation>Sakinisha Gems tena; kwenye Debian, ./dev setup inataja kinachokosekana.</translation>
        </message>
        <message>
            <source>Install the newest version again.</source>
            <translation>Sakinisha toleo jipya kabisa tena.</translation>
        </message>
        <message>
            <source>It asks for a stake; your bond pocket does not hold enough yet. Start with work that asks for none.</source>
            <translation>Inaomba dau; mfuko wako wa amana bado hautoshi. Anza na kazi isiyoomba dau.</translation>
        </message>
        <message>
            <source>It asks for personal data, or shows it</source>
            <translation>Inaomba taarifa binafsi za mtu, au inazionyesha</translation>
        </message>
        <message>
            <source>It asks you to pass its practice set first; that costs nothing.</source>
            <translation>Inakuomba ufaulu mazoezi yake kwanza; hayagharimu kitu.</translation>
        </message>
        <message>
            <source>It brings you {amount} GEM.</source>
            <translation>Inakuletea {amount} GEM.</translation>
        </message>
        <message>
            <source>It came with the system's package manager, which brings new versions too.</source>
            <translation>Ilikuja na kidhibiti cha vifurushi cha mfumo, ambacho pia huleta matoleo mapya.</translation>
        </message>
        <message>
            <source>It can be carried out until: {time}</source>
            <translation>Inaweza kutekelezwa hadi: {time}</translation>
        </message>
        <message>
            <source>It cannot be read or understood</source>
            <translation>Haisomeki au haieleweki</translation>
        </message>
        <message>
            <source>It cannot be taken back: sending it has begun, so the platform may have it.</source>
            <translation>Haiwezi kurudishwa: kutuma kumeanza, hivyo jukwaa linaweza kuwa nayo.</translation>
        </message>
        <message>
            <source>It comes by itself once your answers are accepted.</source>
            <translation>Inakuja yenyewe majibu yako yakikubaliwa.</translation>
        </message>
        <message>
            <source>It costs a little gas coin, which anybody can pay. Everybody sees the case on the chain.</source>
            <translation>Inagharimu sarafu kidogo ya gesi, ambayo yeyote anaweza kulipa. Kila mtu anaona kesi kwenye mnyororo.</translation>
        </message>
        <message>
            <source>It costs you nothing, and pays {amount} GEM when it is accepted. You have until {time}.</source>
            <translation>Haikugharimu kitu, na inalipa {amount} GEM ikikubaliwa. Una muda hadi {time}.</translation>
        </message>
        <message>
            <source>It costs you nothing. You have until {time}.</source>
            <translation>Haikugharimu kitu. Una muda hadi {time}.</translation>
        </message>
        <message>
            <source>It costs {size} of data.</source>
            <translation>Inatumia data {size}.</translation>
        </message>
        <message>
            <source>It costs {size} of data; the whole program would be {whole}.</source>
            <translation>Inatumia data {size}; programu nzima ingekuwa {whole}.</translation>
        </message>
        <message>
            <source>It does not follow the instructions</source>
            <translation>Halifuati maelekezo</translation>
        </message>
        <message>
            <source>It has to arrive before {time}, when the first task in it runs out.</source>
            <translation>Lazima ifike kabla ya {time}, muda wa kazi ya kwanza iliyomo unapoisha.</translation>
        </message>
        <message>
            <source>It is a fraud, or wants to pay outside of the platform</source>
            <translation>Ni ulaghai, au inataka kulipa nje ya jukwaa</translation>
        </message>
        <message>
            <source>It is against the law</source>
            <translation>Ni kinyume cha sheria</translation>
        </message>
        <message>
            <source>It is copied by itself as soon as there is a connection.</source>
            <translation>Inanakiliwa yenyewe mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>It is from before this profile. The platform's signature or the chain proves the sum; the single tasks are not on this computer.</source>
            <translation>Ni ya kabla ya wasifu huu. Saini ya jukwaa au mnyororo unathibitisha jumla; kazi moja moja hazipo kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>It is never carried out twice.</source>
            <translation>Haitekelezwi mara mbili kamwe.</translation>
        </message>
        <message>
            <source>It is not known yet whether there is a newer version.</source>
            <translation>Bado haijulikani kama kuna toleo jipya zaidi.</translation>
        </message>
        <message>
            <source>It is not on the chain yet. It can be brought now.</source>
            <translation>Bado haiko kwenye mnyororo. Inaweza kuletwa sasa.</translation>
        </message>
        <message>
            <source>It is on the chain and somebody has appealed: it is judged again until {time}.</source>
            <translation>Iko kwenye mnyororo na kuna mtu amekata rufaa: inaamuliwa tena hadi {time}.</translation>
        </message>
        <message>
            <source>It is on the chain. The contract can pay after {time}.</source>
            <translation>Iko kwenye mnyororo. Mkataba unaweza kulipa baada ya {time}.</translation>
        </message>
        <message>
            <source>It is one step, 1 GEM at most, and counts as owed to you. No other is signed before it is paid; the rest of your bond stays where it is.</source>
            <translation>Ni hatua moja, isiyozidi 1 GEM, na inahesabiwa kuwa unaidai. Nyingine haisainiwi kabla hii haijalipwa; amana yako iliyobaki inabaki ilipo.</translation>
        </message>
        <message>
            <source>It is owed to you and comes with the next voucher.</source>
            <translation>Unaidai na itakuja na vocha inayofuata.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects by {time}.</source>
            <translation>Inalipwa mtoa kazi wake asipopinga kabla ya {time}.</translation>
        </message>
        <message>
            <source>It is paid unless its requester objects.</source>
            <translation>Inalipwa mtoa kazi wake asipopinga.</translation>
        </message>
        <message>
            <source>It is sent again until the platform has signed for it, and counts once.</source>
            <translation>Inatumwa tena hadi jukwaa lisaini kuipokea, na inahesabiwa mara moja.</translation>
        </message>
        <message>
            <source>It is tried again; check the tower's address in Settings.</source>
            <translation>Itajaribiwa tena; angalia anwani ya mnara kwenye Mipangilio.</translation>
        </message>
        <message>
            <source>It is with the platform as you sent it.</source>
            <translation>Iko kwenye jukwaa kama ulivyoituma.</translation>
        </message>
        <message>
            <source>It is your turn: appeal, or let it stand. If you do nothing, it stands by itself.</source>
            <translation>Ni zamu yako: kata rufaa, au kubali kukataliwa. Usipofanya kitu, kukataliwa kunabaki kwenyewe.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, appeal, or let it stand.</source>
            <translation>Ni zamu yako: lisahihishe, kata rufaa, au kubali kukataliwa.</translation>
        </message>
        <message>
            <source>It is your turn: correct it, or let it stand.</source>
            <translation>Ni zamu yako: lisahihishe, au kubali kukataliwa.</translation>
        </message>
        <message>
            <source>It leaves with the next connection, by {time} at the latest.</source>
            <translation>Inaondoka mtandao ukipatikana, kabla ya {time}.</translation>
        </message>
        <message>
            <source>It pays something else than it says</source>
            <translation>Malipo si yale yaliyotajwa</translation>
        </message>
        <message>
            <source>It shows disturbing things without a warning</source>
            <translation>Inaonyesha mambo ya kusumbua bila onyo</translation>
        </message>
        <message>
            <source>It used an older voucher than yours, so the whole rest is yours: {amount} GEM at the end.</source>
            <translation>Lilitumia vocha ya zamani kuliko yako, hivyo zilizobaki zote ni zako: {amount} GEM mwishoni.</translation>
        </message>
        <message>
            <source>It wants me to open a link or a program</source>
            <translation>Inataka nifungue kiungo au programu</translation>
        </message>
        <message>
            <source>It was left as it is. Your money is on the chain and your seed words open it anywhere.</source>
            <translation>Imeachwa kama ilivyokuwa. Pesa zako ziko kwenye mnyororo na maneno yako ya siri yanazifungua popote.</translation>
        </message>
        <message>
            <source>It was not kept, and nothing was opened.</source>
            <translation>Haikuhifadhiwa, na hakuna kilichofunguliwa.</translation>
        </message>
        <message>
            <source>It was not shown to the chain in time, so the contract cannot pay it.</source>
            <translation>Haikuonyeshwa kwenye mnyororo kwa wakati, hivyo mkataba hauwezi kuilipa.</translation>
        </message>
        <message>
            <source>It was not touched.</source>
            <translation>Haikuguswa.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers accepted it again.</source>
            <translation>Mtoa kazi wake alipinga; wakaguzi wengine waliikubali tena.</translation>
        </message>
        <message>
            <source>Its requester objected; other verifiers rejected it.</source>
            <translation>Mtoa kazi wake alipinga; wakaguzi wengine waliikataa.</translation>
        </message>
        <message>
            <source>Its requester objects. Other verifiers judge it again.</source>
            <translation>Mtoa kazi wake anapinga. Wakaguzi wengine wanaiamua tena.</translation>
        </message>
        <message>
            <source>Its requester pays two other verifiers to look at this accepted work again.</source>
            <translation>Mtoa kazi wake anawalipa wakaguzi wengine wawili kuangalia tena kazi hii iliyokubaliwa.</translation>
        </message>
        <message>
            <source>Its requester wrote:</source>
            <translation>Mtoa kazi wake aliandika:</translation>
        </message>
        <message>
            <source>Its seed words are on your paper: they bring the wallet back on any computer.</source>
            <translation>Maneno yake ya siri yako kwenye karatasi yako: yanarudisha pochi kwenye kompyuta yoyote.</translation>
        </message>
        <message>
            <source>Its seed words were never compared with your paper. Without them, the wallet is only in this folder.</source>
            <translation>Maneno yake ya siri hayakuwahi kulinganishwa na karatasi yako. Bila hayo, pochi iko kwenye folda hii tu.</translation>
        </message>
        <message>
            <source>Its time ran out before it was delivered.</source>
            <translation>Muda wake uliisha kabla haijafikishwa.</translation>
        </message>
        <message>
            <source>Judge only what the instruction asks, not what you like.</source>
            <translation>Amua tu kwa kile maelekezo yanachoomba, si unachopenda.</translation>
        </message>
        <message>
            <source>Judged by {time}.</source>
            <translation>Itaamuliwa kabla ya {time}.</translation>
        </message>
        <message>
            <source>Keep your twelve words on paper in a safe place. Check once a year that you can read them.</source>
            <translation>Tunza maneno yako kumi na mawili kwenye karatasi mahali salama. Kila mwaka hakikisha yanasomeka.</translation>
        </message>
        <message>
            <source>Kept in the system's keyring</source>
            <translation>Imewekwa kwenye hifadhi ya funguo ya mfumo</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Imehifadhiwa.</translation>
        </message>
        <message>
            <source>Known answer</source>
            <translation>Jibu linalojulikana</translation>
        </message>
        <message>
            <source>Last day to object</source>
            <translation>Siku ya mwisho ya kupinga</translation>
        </message>
        <message>
            <source>Last {n} days: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>Siku {n} zilizopita: {paid} GEM kwa saa kwa kazi zilizolipwa, {all} GEM pamoja na muda usiolipwa</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Baadaye</translation>
        </message>
        <message>
            <source>Later than a week</source>
            <translation>Baada ya wiki</translation>
        </message>
        <message>
            <source>Least and most</source>
            <translation>Chini na juu kabisa</translation>
        </message>
        <message>
            <source>Leave out the mark between thousands.</source>
            <translation>Usiweke alama ya kutenganisha maelfu.</translation>
        </message>
        <message>
            <source>Left in your bond for stakes: {amount} GEM</source>
            <translation>Zilizobaki kwenye amana yako kwa dau: {amount} GEM</translation>
        </message>
        <message>
            <source>Let a watch-tower or a folder keep a copy of your voucher.</source>
            <translation>Acha mnara wa ulinzi au folda itunze nakala ya vocha yako.</translation>
        </message>
        <message>
            <source>Let the receiver hand it in.</source>
            <translation>Acha mpokeaji aiwasilishe.</translation>
        </message>
        <message>
            <source>Level</source>
            <translation>Kiwango</translation>
        </message>
        <message>
            <source>Level {n}: {level}</source>
            <translation>Ngazi {n}: {level}</translation>
        </message>
        <message>
            <source>Level: {level}.</source>
            <translation>Ngazi: {level}.</translation>
        </message>
        <message>
            <source>Lines written to {path}: {n}</source>
            <translation>Mistari iliyoandikwa kwenye {path}: {n}</translation>
        </message>
        <message>
            <source>Locked for you in the channel</source>
            <translation>Zimefungwa kwa ajili yako kwenye njia</translation>
        </message>
        <message>
            <source>Locked in the channel</source>
            <translation>Zilizofungwa kwenye njia</translation>
        </message>
        <message>
            <source>Locked in the contract for work that is still open.</source>
            <translation>Zimefungwa kwenye mkataba kwa kazi ambazo bado ziko wazi.</translation>
        </message>
        <message>
            <source>Look again later or choose another campaign.</source>
            <translation>Angalia tena baadaye au chagua kampeni nyingine.</translation>
        </message>
        <message>
            <source>Look again later, or choose another folder. Your version runs on.</source>
            <translation>Tafuta tena baadaye, au chagua folda nyingine. Toleo lako linaendelea kufanya kazi.</translation>
        </message>
        <message>
            <source>Look again later. If it came from a stick, have it written anew.</source>
            <translation>Tafuta tena baadaye. Kama lilitoka kwenye flashi, omba liandikwe upya.</translation>
        </message>
        <message>
            <source>Look again when its time has come; the outbox says when.</source>
            <translation>Angalia tena wakati wake ukifika; kikasha kinasema lini.</translation>
        </message>
        <message>
            <source>Look again when you are online, or take a new version from a USB stick.</source>
            <translation>Tafuta tena ukiwa na mtandao, au chukua toleo jipya kutoka kwenye flashi.</translation>
        </message>
        <message>
            <source>Look again.</source>
            <translation>Angalia tena.</translation>
        </message>
        <message>
            <source>Look at the amount and the address, and try again.</source>
            <translation>Angalia kiasi na anwani, na ujaribu tena.</translation>
        </message>
        <message>
            <source>Look at the answer and at the instruction beside it.</source>
            <translation>Angalia jibu na maelekezo yaliyo kando yake.</translation>
        </message>
        <message>
            <source>Look at the case: it has to be the one of this task, whole and as it was signed.</source>
            <translation>Angalia kesi: lazima iwe ya kazi hii, nzima na kama ilivyosainiwa.</translation>
        </message>
        <message>
            <source>Look at the wallet's balance before you pay again.</source>
            <translation>Angalia salio la pochi kabla ya kulipa tena.</translation>
        </message>
        <message>
            <source>Look for one in Settings, under New versions. You see what it costs in data before you download it.</source>
            <translation>Litafute kwenye Mipangilio, chini ya Matoleo mapya. Unaona data litakayotumia kabla ya kulipakua.</translation>
        </message>
        <message>
            <source>Look here before you work for somebody new.</source>
            <translation>Angalia hapa kabla ya kumfanyia kazi mtu mpya.</translation>
        </message>
        <message>
            <source>Look whether such a file is there already, and whether the disk is full.</source>
            <translation>Angalia kama faili kama hiyo ipo tayari, na kama diski imejaa.</translation>
        </message>
        <message>
            <source>Looked on {time}</source>
            <translation>Ilitafutwa {time}</translation>
        </message>
        <message>
            <source>Looking for a new version needs a connection.</source>
            <translation>Kutafuta toleo jipya kunahitaji mtandao.</translation>
        </message>
        <message>
            <source>Looking for a new version…</source>
            <translation>Inatafuta toleo jipya…</translation>
        </message>
        <message>
            <source>Lost on average</source>
            <translation>Kinachopotea kwa wastani</translation>
        </message>
        <message>
            <source>Lost: other verifiers rejected it too.</source>
            <translation>Umeshindwa: wakaguzi wengine pia walikataa.</translation>
        </message>
        <message>
            <source>Make a wallet. It costs nothing and needs no bank and no name.</source>
            <translation>Tengeneza pochi. Haigharimu kitu na haihitaji benki wala jina.</translation>
        </message>
        <message>
            <source>Make one, or bring one back from its words.</source>
            <translation>Tengeneza moja, au irudishe kwa maneno yake.</translation>
        </message>
        <message>
            <source>Make one, or restore yours, in the window.</source>
            <translation>Tengeneza moja, au rudisha yako, kwenye dirisha.</translation>
        </message>
        <message>
            <source>Make room before you take more work; what is stored is safe.</source>
            <translation>Ongeza nafasi kabla ya kuchukua kazi zaidi; kilichohifadhiwa kiko salama.</translation>
        </message>
        <message>
            <source>Make room, then go on. What has come is kept.</source>
            <translation>Ongeza nafasi, kisha endelea. Kilichofika kimehifadhiwa.</translation>
        </message>
        <message>
            <source>Many tasks of the same kind from one requester, with one price and one set of rules.</source>
            <translation>Kazi nyingi za aina moja kutoka mtoa kazi mmoja, zenye bei moja na kanuni zilezile.</translation>
        </message>
        <message>
            <source>Mark</source>
            <translation>Alama</translation>
        </message>
        <message>
            <source>Mark at least one region.</source>
            <translation>Weka alama angalau eneo moja.</translation>
        </message>
        <message>
            <source>Measured over the work that was really done.</source>
            <translation>Imepimwa kwa kazi iliyofanywa kweli.</translation>
        </message>
        <message>
            <source>Measurements</source>
            <translation>Vipimo</translation>
        </message>
        <message>
            <source>Medical pictures</source>
            <translation>Picha za matibabu</translation>
        </message>
        <message>
            <source>Messages from requesters: {n}</source>
            <translation>Ujumbe kutoka kwa watoa kazi: {n}</translation>
        </message>
        <message>
            <source>Money may go there</source>
            <translation>Pesa zinaweza kwenda huko</translation>
        </message>
        <message>
            <source>Money may go there at once, within your daily limit, without a question.</source>
            <translation>Pesa zinaweza kwenda huko mara moja, ndani ya mpaka wako wa siku, bila kuulizwa.</translation>
        </message>
        <message>
            <source>Money may go there without a question, within your daily limit, after this many hours: {hours}</source>
            <translation>Pesa zinaweza kwenda huko bila kuulizwa, ndani ya mpaka wako wa siku, baada ya saa hizi: {hours}</translation>
        </message>
        <message>
            <source>More audits than chance explains (1 in {one_in}).</source>
            <translation>Kaguzi za ghafla nyingi kuliko bahati inavyoeleza (1 kati ya {one_in}).</translation>
        </message>
        <message>
            <source>More of your last answers were rejected than usual for you.</source>
            <translation>Majibu yako ya mwisho yamekataliwa zaidi ya kawaida yako.</translation>
        </message>
        <message>
            <source>Move a part of your bond to what you can claim?</source>
            <translation>Uhamishe sehemu ya amana yako kwenye za kuchukua?</translation>
        </message>
        <message>
            <source>Moved from your bond to what you can claim</source>
            <translation>Zimehamishwa kutoka amana yako kwenye za kuchukua</translation>
        </message>
        <message>
            <source>Moved into your bond</source>
            <translation>Zimehamishwa kwenye amana yako</translation>
        </message>
        <message>
            <source>Name a watch-tower or a folder in Settings to have copies elsewhere.</source>
            <translation>Taja mnara wa ulinzi au folda kwenye Mipangilio ili uwe na nakala mahali pengine.</translation>
        </message>
        <message>
            <source>Name its holder.</source>
            <translation>Taja mwenye nayo.</translation>
        </message>
        <message>
            <source>Name: {name}</source>
            <translation>Jina: {name}</translation>
        </message>
        <message>
            <source>Neither of them</source>
            <translation>Hakuna kati ya hizo</translation>
        </message>
        <message>
            <source>Never photograph them and never tell them to anybody, not even to us.</source>
            <translation>Usiyapige picha kamwe na usimwambie mtu yeyote, hata sisi.</translation>
        </message>
        <message>
            <source>New notices: {n}</source>
            <translation>Arifa mpya: {n}</translation>
        </message>
        <message>
            <source>New versions</source>
            <translation>Matoleo mapya</translation>
        </message>
        <message>
            <source>New work</source>
            <translation>Kazi mpya</translation>
        </message>
        <message>
            <source>Newcomer</source>
            <translation>Mgeni</translation>
        </message>
        <message>
            <source>News that need a connection to be checked: {n}</source>
            <translation>Habari zinazohitaji mtandao ili kukaguliwa: {n}</translation>
        </message>
        <message>
            <source>News: {n}</source>
            <translation>Habari: {n}</translation>
        </message>
        <message>
            <source>Nine tasks bring 1 GEM and one brings nothing: 0.90 on average.</source>
            <translation>Kazi tisa zinaleta 1 GEM na moja haileti kitu: wastani ni 0.90.</translation>
        </message>
        <message>
            <source>No answer has been judged yet, so nothing can be said about fairness.</source>
            <translation>Hakuna jibu lililoamuliwa bado, hivyo hakuna cha kusema kuhusu haki.</translation>
        </message>
        <message>
            <source>No claim about this task is waiting.</source>
            <translation>Hakuna dai linalosubiri kuhusu kazi hii.</translation>
        </message>
        <message>
            <source>No half file was left behind, and your work is stored on this computer.</source>
            <translation>Hakuna nusu faili iliyobaki, na kazi yako imehifadhiwa kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>No judged work yet</source>
            <translation>Hakuna kazi iliyoamuliwa bado</translation>
        </message>
        <message>
            <source>No judged work yet.</source>
            <translation>Hakuna kazi iliyoamuliwa bado.</translation>
        </message>
        <message>
            <source>No key was named.</source>
            <translation>Hakuna ufunguo uliotajwa.</translation>
        </message>
        <message>
            <source>No longer offered</source>
            <translation>Haitolewi tena</translation>
        </message>
        <message>
            <source>No network for long? In the Outbox choose “Without a network…” and write a file to a USB stick.</source>
            <translation>Bila mtandao kwa muda mrefu? Kwenye Kikasha chagua “Bila mtandao…” na uandike faili kwenye flashi.</translation>
        </message>
        <message>
            <source>No rate for {code} from the last 30 days is known. Type one, or wait for the platform's.</source>
            <translation>Hakuna kiwango cha {code} cha siku 30 zilizopita. Andika kimoja, au subiri cha jukwaa.</translation>
        </message>
        <message>
            <source>No rating yet.</source>
            <translation>Hakuna alama bado.</translation>
        </message>
        <message>
            <source>No rejection was appealed.</source>
            <translation>Hakuna kukataliwa kulikokatiwa rufaa.</translation>
        </message>
        <message>
            <source>No stake. {fee} of the reward pays for checking while your record is young; {audit} of your answers are checked. The fee falls with every checked answer that was right.</source>
            <translation>Bila dau. {fee} ya ujira inalipia ukaguzi rekodi yako ikiwa bado changa; {audit} ya majibu yako hukaguliwa. Ada inashuka kwa kila jibu sahihi lililokaguliwa.</translation>
        </message>
        <message>
            <source>No tasks are here</source>
            <translation>Hakuna kazi hapa</translation>
        </message>
        <message>
            <source>No tasks were to be paid for.</source>
            <translation>Hakukuwa na kazi za kulipia.</translation>
        </message>
        <message>
            <source>No verdict of this task is waiting on the chain.</source>
            <translation>Hakuna uamuzi wa kazi hii unaosubiri kwenye mnyororo.</translation>
        </message>
        <message>
            <source>No versions of Gems were found there.</source>
            <translation>Hakuna toleo la Gems lililopatikana hapo.</translation>
        </message>
        <message>
            <source>No work that could be drawn for an audit yet.</source>
            <translation>Bado hakuna kazi inayoweza kuchaguliwa kwa ukaguzi wa ghafla.</translation>
        </message>
        <message>
            <source>Nobody checks an answer unless its requester pays two strangers for it; everything else is accepted as it is.</source>
            <translation>Hakuna anayekagua jibu ila mtoa kazi wake alipe watu wawili wasiohusika kwa hilo; mengine yote yanakubaliwa yalivyo.</translation>
        </message>
        <message>
            <source>Nobody has written here yet.</source>
            <translation>Bado hakuna aliyeandika hapa.</translation>
        </message>
        <message>
            <source>Nobody judged it in time, so it counts as accepted.</source>
            <translation>Hakuna aliyeamua kwa wakati, hivyo linahesabiwa limekubaliwa.</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Hakuna</translation>
        </message>
        <message>
            <source>None of the campaigns that you work in has tasks for you right now.</source>
            <translation>Hakuna kampeni unayofanyia kazi yenye kazi kwa ajili yako sasa hivi.</translation>
        </message>
        <message>
            <source>Not audited</source>
            <translation>Haijakaguliwa ghafla</translation>
        </message>
        <message>
            <source>Not enough checked work yet.</source>
            <translation>Kazi zilizokaguliwa bado hazitoshi.</translation>
        </message>
        <message>
            <source>Not explained by what is here</source>
            <translation>Isiyoelezwa na yaliyopo hapa</translation>
        </message>
        <message>
            <source>Not revealed yet</source>
            <translation>Bado haijafunuliwa</translation>
        </message>
        <message>
            <source>Not right</source>
            <translation>Si sahihi</translation>
        </message>
        <message>
            <source>Not sent: this conversation is closed</source>
            <translation>Haukutumwa: mazungumzo haya yamefungwa</translation>
        </message>
        <message>
            <source>Not sure? Give it back; that costs nothing.</source>
            <translation>Huna hakika? Irudishe; haigharimu kitu.</translation>
        </message>
        <message>
            <source>Not taken; the outbox says what to do: {n}</source>
            <translation>Hazikupokelewa; kikasha kinasema la kufanya: {n}</translation>
        </message>
        <message>
            <source>Not used yet</source>
            <translation>Bado haijatumika</translation>
        </message>
        <message>
            <source>Nothing beyond the reward; the rejection stands.</source>
            <translation>Hakuna zaidi ya ujira; kukataliwa kunabaki.</translation>
        </message>
        <message>
            <source>Nothing can be claimed on the chain against this platform until it registers its key. Tell it.</source>
            <translation>Hakuna kinachoweza kudaiwa kwenye mnyororo dhidi ya jukwaa hili hadi lisajili ufunguo wake. Liambie.</translation>
        </message>
        <message>
            <source>Nothing cannot be put into a channel.</source>
            <translation>Huwezi kuweka sifuri kwenye njia.</translation>
        </message>
        <message>
            <source>Nothing has been paid yet.</source>
            <translation>Hakuna kilicholipwa bado.</translation>
        </message>
        <message>
            <source>Nothing in it was changed.</source>
            <translation>Hakuna kilichobadilishwa humo.</translation>
        </message>
        <message>
            <source>Nothing is answered yet.</source>
            <translation>Hakuna kilichojibiwa bado.</translation>
        </message>
        <message>
            <source>Nothing is locked for open work.</source>
            <translation>Hakuna kilichofungwa kwa kazi zilizo wazi.</translation>
        </message>
        <message>
            <source>Nothing is lost by that. If it happens often, save a report in Settings.</source>
            <translation>Hakuna kinachopotea kwa hilo. Ikitokea mara nyingi, hifadhi ripoti kwenye Mipangilio.</translation>
        </message>
        <message>
            <source>Nothing is lost; the wallet is still being made.</source>
            <translation>Hakuna kilichopotea; pochi bado inatengenezwa.</translation>
        </message>
        <message>
            <source>Nothing is missing. From your bond come {amount} GEM at the end.</source>
            <translation>Hakuna kinachokosekana. Kutoka amana yako zitakuja {amount} GEM mwishoni.</translation>
        </message>
        <message>
            <source>Nothing more: it is settled.</source>
            <translation>Hakuna zaidi: imekwisha.</translation>
        </message>
        <message>
            <source>Nothing needs to be done. The bond comes by itself when the closing ends.</source>
            <translation>Hakuna cha kufanya. Amana inakuja yenyewe ufungaji ukiisha.</translation>
        </message>
        <message>
            <source>Nothing needs to be done: the step is sent again by itself. If it is not paid for days, tell the platform and take no more work from it.</source>
            <translation>Hakuna cha kufanya: hatua inatumwa tena yenyewe. Isipolipwa kwa siku kadhaa, liambie jukwaa na usichukue kazi zaidi kwake.</translation>
        </message>
        <message>
            <source>Nothing of it was kept. Your version runs on.</source>
            <translation>Hakuna chake kilichohifadhiwa. Toleo lako linaendelea kufanya kazi.</translation>
        </message>
        <message>
            <source>Nothing unusual: that is about what chance brings.</source>
            <translation>Si kitu cha ajabu: ndivyo bahati huleta.</translation>
        </message>
        <message>
            <source>Nothing waits to be sent</source>
            <translation>Hakuna kinachosubiri kutumwa</translation>
        </message>
        <message>
            <source>Nothing waits to be sent. A file can still ask for news: verdicts and payments.</source>
            <translation>Hakuna kinachosubiri kutumwa. Faili bado inaweza kuuliza habari: maamuzi na malipo.</translation>
        </message>
        <message>
            <source>Nothing was accepted, and nothing is at stake.</source>
            <translation>Hakuna kilichokubaliwa, na hakuna kilicho kwenye dau.</translation>
        </message>
        <message>
            <source>Nothing was accepted.</source>
            <translation>Hakuna kilichokubaliwa.</translation>
        </message>
        <message>
            <source>Nothing was changed and the words were not kept.</source>
            <translation>Hakuna kilichobadilishwa na maneno hayakuhifadhiwa.</translation>
        </message>
        <message>
            <source>Nothing was changed and what you typed was not kept.</source>
            <translation>Hakuna kilichobadilishwa na ulichoandika hakikuhifadhiwa.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Hakuna kilichobadilishwa.</translation>
        </message>
        <message>
            <source>Nothing was changed. Your wallet is still stored on this computer.</source>
            <translation>Hakuna kilichobadilishwa. Pochi yako bado imehifadhiwa kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>Nothing was moved.</source>
            <translation>Hakuna kilichohamishwa.</translation>
        </message>
        <message>
            <source>Nothing was sent, and everything that was signed is kept here.</source>
            <translation>Hakuna kilichotumwa, na yote yaliyosainiwa yamehifadhiwa hapa.</translation>
        </message>
        <message>
            <source>Nothing was sent.</source>
            <translation>Hakuna kilichotumwa.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing is at stake.</source>
            <translation>Hakuna kilichosainiwa na hakuna kilicho kwenye dau.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was changed.</source>
            <translation>Hakuna kilichosainiwa na hakuna kilichobadilishwa.</translation>
        </message>
        <message>
            <source>Nothing was signed and nothing was sent there. Your keys and your work are on this computer.</source>
            <translation>Hakuna kilichosainiwa wala kutumwa huko. Funguo zako na kazi yako viko kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>Nothing was signed.</source>
            <translation>Hakuna kilichosainiwa.</translation>
        </message>
        <message>
            <source>Nothing was stored yet.</source>
            <translation>Hakuna kilichohifadhiwa bado.</translation>
        </message>
        <message>
            <source>Nothing was stored.</source>
            <translation>Hakuna kilichohifadhiwa.</translation>
        </message>
        <message>
            <source>Nothing was taken. You can try again.</source>
            <translation>Hakuna kilichochukuliwa. Unaweza kujaribu tena.</translation>
        </message>
        <message>
            <source>Nothing was taken; what you have here is safe and can be finished and sent.</source>
            <translation>Hakuna kilichochukuliwa; ulicho nacho hapa kiko salama na kinaweza kumalizwa na kutumwa.</translation>
        </message>
        <message>
            <source>Notices today: {n}</source>
            <translation>Arifa za leo: {n}</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>Sasa</translation>
        </message>
        <message>
            <source>Number keys choose an answer; Enter finishes the task. F2 shows all keys.</source>
            <translation>Vitufe vya namba huchagua jibu; Enter humaliza kazi. F2 huonyesha vitufe vyote.</translation>
        </message>
        <message>
            <source>Objections of the requester to accepted answers: {n}; upheld: {won}.</source>
            <translation>Pingamizi za mtoa kazi kwa majibu yaliyokubaliwa: {n}; zilizokubaliwa: {won}.</translation>
        </message>
        <message>
            <source>Of no requester</source>
            <translation>Si ya mtoa kazi yeyote</translation>
        </message>
        <message>
            <source>Of these now: {amount} GEM</source>
            <translation>Kati ya hizo sasa: {amount} GEM</translation>
        </message>
        <message>
            <source>Of your last {last}, {rejected} were rejected: not as good as your long run.</source>
            <translation>Kati ya {last} yako ya mwisho, {rejected} yalikataliwa: si vizuri kama kawaida yako.</translation>
        </message>
        <message>
            <source>Of your last {last}, {right} were right: better than your long run.</source>
            <translation>Kati ya {last} yako ya mwisho, {right} yalikuwa sahihi: bora kuliko kawaida yako.</translation>
        </message>
        <message>
            <source>Offline: go on working, it is sent later</source>
            <translation>Bila mtandao: endelea na kazi, itatumwa baadaye</translation>
        </message>
        <message>
            <source>On Debian, install libpulse0. Tasks without sound and film work.</source>
            <translation>Kwenye Debian, sakinisha libpulse0. Kazi zisizo na sauti na filamu zinafanya kazi.</translation>
        </message>
        <message>
            <source>On average</source>
            <translation>Kwa wastani</translation>
        </message>
        <message>
            <source>On chain, waiting for confirmations</source>
            <translation>Kwenye mnyororo, inasubiri kuthibitishwa</translation>
        </message>
        <message>
            <source>On its way out of your bond</source>
            <translation>Njiani kutoka amana yako</translation>
        </message>
        <message>
            <source>On its way out of your bond: {amount} GEM</source>
            <translation>Njiani kutoka amana yako: {amount} GEM</translation>
        </message>
        <message>
            <source>On its way: {amount} GEM</source>
            <translation>Njiani: {amount} GEM</translation>
        </message>
        <message>
            <source>One answer waits to be sent</source>
            <translation>Jibu moja linasubiri kutumwa</translation>
        </message>
        <message>
            <source>One is made when answers are sealed.</source>
            <translation>Moja hutengenezwa majibu yakipigwa muhuri.</translation>
        </message>
        <message>
            <source>One number for how good your work was, counted on this computer from signed verdicts.</source>
            <translation>Namba moja ya jinsi kazi yako ilivyokuwa nzuri, iliyohesabiwa kwenye kompyuta hii kutoka maamuzi yaliyosainiwa.</translation>
        </message>
        <message>
            <source>One of the votes accepts this work, so it proves no refusal.</source>
            <translation>Kura moja inakubali kazi hii, hivyo haithibitishi kukataa.</translation>
        </message>
        <message>
            <source>One other verifier, who has not judged it before</source>
            <translation>Mkaguzi mwingine mmoja, ambaye hakuiamua kabla</translation>
        </message>
        <message>
            <source>One task is here, about {time} of work</source>
            <translation>Kazi moja iko hapa, kama {time} za kazi</translation>
        </message>
        <message>
            <source>One task left in this batch</source>
            <translation>Kazi moja imebaki katika fungu hili</translation>
        </message>
        <message>
            <source>Online</source>
            <translation>Mtandaoni</translation>
        </message>
        <message>
            <source>Only one chain node is set, so nothing that it says can be compared.</source>
            <translation>Nodi moja tu ya mnyororo imewekwa, hivyo inachosema hakiwezi kulinganishwa.</translation>
        </message>
        <message>
            <source>Only the arbiter of the terms may decide this.</source>
            <translation>Ni msuluhishi wa masharti tu anayeweza kuamua hili.</translation>
        </message>
        <message>
            <source>Only the campaigns contract may do this.</source>
            <translation>Ni mkataba wa kampeni tu unaoweza kufanya hili.</translation>
        </message>
        <message>
            <source>Only the contract that judges may do this.</source>
            <translation>Ni mkataba unaoamua tu unaoweza kufanya hili.</translation>
        </message>
        <message>
            <source>Only the platform can read it, and nobody can change it on the way.</source>
            <translation>Ni jukwaa tu linaloweza kuisoma, na hakuna anayeweza kuibadilisha njiani.</translation>
        </message>
        <message>
            <source>Only the receiver may hand in this signed payment.</source>
            <translation>Ni mpokeaji tu anayeweza kuwasilisha malipo haya yaliyosainiwa.</translation>
        </message>
        <message>
            <source>Only the requester of the campaign may do this.</source>
            <translation>Ni mtoa kazi wa kampeni tu anayeweza kufanya hili.</translation>
        </message>
        <message>
            <source>Only the two parties of a channel may close it.</source>
            <translation>Ni pande mbili za njia tu zinazoweza kuifunga.</translation>
        </message>
        <message>
            <source>Only what the makers of Gems signed is taken, from the network or from a USB stick.</source>
            <translation>Kinachokubaliwa ni kile tu watengenezaji wa Gems walichosaini, kiwe cha mtandaoni au cha flashi.</translation>
        </message>
        <message>
            <source>Only you can read the profile's folder.</source>
            <translation>Ni wewe tu unayeweza kusoma folda ya wasifu.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB are free on the profile's disk.</source>
            <translation>Ni {megabytes} MB tu zilizo huru kwenye diski ya wasifu.</translation>
        </message>
        <message>
            <source>Only {megabytes} MB of memory are free.</source>
            <translation>Ni {megabytes} MB tu za kumbukumbu zilizo huru.</translation>
        </message>
        <message>
            <source>Open Gems</source>
            <translation>Fungua Gems</translation>
        </message>
        <message>
            <source>Open a browser, log in to the network, and try again.</source>
            <translation>Fungua kivinjari, ingia kwenye mtandao, na ujaribu tena.</translation>
        </message>
        <message>
            <source>Open one to see what you can win and lose before you take anything.</source>
            <translation>Fungua moja uone unachoweza kupata na kupoteza kabla ya kuchukua chochote.</translation>
        </message>
        <message>
            <source>Open the Outbox and read why your answer was rejected, with the place that is meant.</source>
            <translation>Fungua Kikasha na usome kwa nini jibu lako lilikataliwa, na mahali panapolengwa.</translation>
        </message>
        <message>
            <source>Opening your profile</source>
            <translation>Inafungua wasifu wako</translation>
        </message>
        <message>
            <source>Other campaigns</source>
            <translation>Kampeni nyingine</translation>
        </message>
        <message>
            <source>Other people do the same task, one after the other, until it is sure enough which answer is right; there is no second try.</source>
            <translation>Watu wengine wanafanya kazi ileile, mmoja baada ya mwingine, hadi iwe wazi vya kutosha jibu lipi ni sahihi; hakuna jaribio la pili.</translation>
        </message>
        <message>
            <source>Other people judge again. If you win, you get your pay and your bond back.</source>
            <translation>Watu wengine wanaamua tena. Ukishinda, unapata malipo yako na amana yako inarudi.</translation>
        </message>
        <message>
            <source>Other users of this computer can read the profile's folder.</source>
            <translation>Watumiaji wengine wa kompyuta hii wanaweza kusoma folda ya wasifu.</translation>
        </message>
        <message>
            <source>Other verifiers judge it again, until {time} at the latest.</source>
            <translation>Wakaguzi wengine wanaiamua tena, kabla ya {time}.</translation>
        </message>
        <message>
            <source>Other work</source>
            <translation>Kazi nyingine</translation>
        </message>
        <message>
            <source>Other workers</source>
            <translation>Wafanyakazi wengine</translation>
        </message>
        <message>
            <source>Outbox</source>
            <translation>Kikasha</translation>
        </message>
        <message>
            <source>Overturned</source>
            <translation>Zilizopinduliwa</translation>
        </message>
        <message>
            <source>Owed</source>
            <translation>Unazodai</translation>
        </message>
        <message>
            <source>Paid at the latest</source>
            <translation>Inalipwa kabla ya</translation>
        </message>
        <message>
            <source>Paid earlier; the work behind it is not on this computer</source>
            <translation>Ililipwa awali; kazi yake haiko kwenye kompyuta hii</translation>
        </message>
        <message>
            <source>Paid into your channel</source>
            <translation>Imelipwa kwenye njia yako</translation>
        </message>
        <message>
            <source>Paid into your channel.</source>
            <translation>Imelipwa kwenye njia yako.</translation>
        </message>
        <message>
            <source>Paid out</source>
            <translation>Zimelipwa</translation>
        </message>
        <message>
            <source>Paid when others agree</source>
            <translation>Inalipwa wengine wakikubaliana</translation>
        </message>
        <message>
            <source>Paid with the next voucher.</source>
            <translation>Inalipwa na vocha inayofuata.</translation>
        </message>
        <message>
            <source>Pay</source>
            <translation>Malipo</translation>
        </message>
        <message>
            <source>Pay for a review</source>
            <translation>Malipo kwa ukaguzi</translation>
        </message>
        <message>
            <source>Pay for a task</source>
            <translation>Malipo kwa kazi</translation>
        </message>
        <message>
            <source>Pay for answers that you sent and that are not decided yet. It is not yours until then.</source>
            <translation>Malipo ya majibu uliyotuma ambayo bado hayajaamuliwa. Si yako hadi hapo.</translation>
        </message>
        <message>
            <source>Pay for fewer tasks.</source>
            <translation>Lipia kazi chache.</translation>
        </message>
        <message>
            <source>Pay for fewer.</source>
            <translation>Lipia chache.</translation>
        </message>
        <message>
            <source>Pay for looking at your correction</source>
            <translation>Malipo ya kuangalia sahihisho lako</translation>
        </message>
        <message>
            <source>Pay for one task or more.</source>
            <translation>Lipia kazi moja au zaidi.</translation>
        </message>
        <message>
            <source>Pay for these reviews</source>
            <translation>Malipo ya kaguzi hizi</translation>
        </message>
        <message>
            <source>Pay for work from a campaign?</source>
            <translation>Ulipie kazi kutoka kampeni?</translation>
        </message>
        <message>
            <source>Pay for work that is being judged again. It is decided soon who gets it.</source>
            <translation>Malipo ya kazi inayoamuliwa tena. Karibuni itaamuliwa nani anayapata.</translation>
        </message>
        <message>
            <source>Pay in this voucher</source>
            <translation>Malipo katika vocha hii</translation>
        </message>
        <message>
            <source>Pay out your earnings?</source>
            <translation>Ulipwe mapato yako?</translation>
        </message>
        <message>
            <source>Pay per hour</source>
            <translation>Malipo kwa saa</translation>
        </message>
        <message>
            <source>Pay that is decided but not signed yet. The platform's next voucher holds it.</source>
            <translation>Malipo yaliyoamuliwa lakini bado hayajasainiwa. Yatakuwa kwenye vocha ijayo ya jukwaa.</translation>
        </message>
        <message>
            <source>Pay that is proven yours by the platform's signature. You can claim it whenever you like.</source>
            <translation>Malipo ambayo saini ya jukwaa inathibitisha ni yako. Unaweza kuyachukua wakati wowote upendao.</translation>
        </message>
        <message>
            <source>Payment channel</source>
            <translation>Njia ya malipo</translation>
        </message>
        <message>
            <source>Pays nothing and risks nothing.</source>
            <translation>Hailipi kitu na haihatarishi kitu.</translation>
        </message>
        <message>
            <source>Penalty</source>
            <translation>Adhabu</translation>
        </message>
        <message>
            <source>Penalty when rejected</source>
            <translation>Adhabu ikikataliwa</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Picha</translation>
        </message>
        <message>
            <source>Pictures are drawn by the graphics card.</source>
            <translation>Picha zinachorwa na kadi ya michoro.</translation>
        </message>
        <message>
            <source>Pictures are drawn without a graphics card, which is enough.</source>
            <translation>Picha zinachorwa bila kadi ya michoro, na inatosha.</translation>
        </message>
        <message>
            <source>Pictures of strangers are opened in a process of their own.</source>
            <translation>Picha za watu usiowajua hufunguliwa katika mchakato wake.</translation>
        </message>
        <message>
            <source>Pillar</source>
            <translation>Nguzo</translation>
        </message>
        <message>
            <source>Platform</source>
            <translation>Jukwaa</translation>
        </message>
        <message>
            <source>Practice</source>
            <translation>Mazoezi</translation>
        </message>
        <message>
            <source>Practise with three examples</source>
            <translation>Fanya mazoezi kwa mifano mitatu</translation>
        </message>
        <message>
            <source>Preparing the campaign: {what}</source>
            <translation>Inaandaa kampeni: {what}</translation>
        </message>
        <message>
            <source>Press A if the answer is right.</source>
            <translation>Bonyeza A ikiwa jibu ni sahihi.</translation>
        </message>
        <message>
            <source>Press R if it is wrong, then choose the reason: its author must know what to correct.</source>
            <translation>Bonyeza R ikiwa si sahihi, kisha chagua sababu: aliyelitoa lazima ajue cha kusahihisha.</translation>
        </message>
        <message>
            <source>Press “?” beside any number to read what it means.</source>
            <translation>Bonyeza “?” kando ya namba yoyote kusoma maana yake.</translation>
        </message>
        <message>
            <source>Probably fewer than 55 % of your answers are right.</source>
            <translation>Huenda chini ya 55 % ya majibu yako ni sahihi.</translation>
        </message>
        <message>
            <source>Probably fewer than 70 % of your answers are right.</source>
            <translation>Huenda chini ya 70 % ya majibu yako ni sahihi.</translation>
        </message>
        <message>
            <source>Protect the wallet with a password instead.</source>
            <translation>Linda pochi kwa nywila badala yake.</translation>
        </message>
        <message>
            <source>Protected by your password</source>
            <translation>Imelindwa kwa nywila yako</translation>
        </message>
        <message>
            <source>Put into the contract</source>
            <translation>Zimewekwa kwenye mkataba</translation>
        </message>
        <message>
            <source>Put the items in order for each region.</source>
            <translation>Panga vitu kwa kila eneo.</translation>
        </message>
        <message>
            <source>Put the items in order.</source>
            <translation>Panga vitu kwa mpangilio.</translation>
        </message>
        <message>
            <source>Put up stakes?</source>
            <translation>Uweke dau?</translation>
        </message>
        <message>
            <source>Python {python} is not one that Gems supports.</source>
            <translation>Python {python} haitumiki na Gems.</translation>
        </message>
        <message>
            <source>Qt could not be loaded.</source>
            <translation>Qt haikuweza kupakiwa.</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Funga Gems</translation>
        </message>
        <message>
            <source>Read the instruction first. It says what a good answer is.</source>
            <translation>Soma maelekezo kwanza. Yanasema jibu zuri ni lipi.</translation>
        </message>
        <message>
            <source>Ready to claim</source>
            <translation>Tayari kuchukuliwa</translation>
        </message>
        <message>
            <source>Ready to claim now: {amount} GEM</source>
            <translation>Tayari kuchukuliwa sasa: {amount} GEM</translation>
        </message>
        <message>
            <source>Refresh and choose again.</source>
            <translation>Onyesha upya na uchague tena.</translation>
        </message>
        <message>
            <source>Refresh and try again.</source>
            <translation>Onyesha upya na ujaribu tena.</translation>
        </message>
        <message>
            <source>Refresh to see how it stands.</source>
            <translation>Onyesha upya kuona hali ilivyo.</translation>
        </message>
        <message>
            <source>Refresh, and look at what the chain says now.</source>
            <translation>Onyesha upya, na uone mnyororo unavyosema sasa.</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>Wa kawaida</translation>
        </message>
        <message>
            <source>Rejected</source>
            <translation>Imekataliwa</translation>
        </message>
        <message>
            <source>Rejected answers</source>
            <translation>Majibu yaliyokataliwa</translation>
        </message>
        <message>
            <source>Rejected on {time}.</source>
            <translation>Ilikataliwa {time}.</translation>
        </message>
        <message>
            <source>Relations</source>
            <translation>Mahusiano</translation>
        </message>
        <message>
            <source>Relayer</source>
            <translation>Mjumbe</translation>
        </message>
        <message>
            <source>Release tasks that you were paid for?</source>
            <translation>Uachilie kazi ulizolipwa?</translation>
        </message>
        <message>
            <source>Remove something first.</source>
            <translation>Ondoa kitu kwanza.</translation>
        </message>
        <message>
            <source>Remove the program the way it was installed.</source>
            <translation>Ondoa programu kwa njia ile ile iliyotumika kuisakinisha.</translation>
        </message>
        <message>
            <source>Remove the program with uninstall.sh in its folder.</source>
            <translation>Ondoa programu kwa uninstall.sh iliyo kwenye folda yake.</translation>
        </message>
        <message>
            <source>Remove the program with your system's package manager.</source>
            <translation>Ondoa programu kwa kidhibiti cha vifurushi cha mfumo wako.</translation>
        </message>
        <message>
            <source>Requester</source>
            <translation>Mtoa kazi</translation>
        </message>
        <message>
            <source>Requester report</source>
            <translation>Ripoti ya mtoa kazi</translation>
        </message>
        <message>
            <source>Requester {who}</source>
            <translation>Mtoa kazi {who}</translation>
        </message>
        <message>
            <source>Requesters blocked: {n}</source>
            <translation>Watoa kazi waliozuiwa: {n}</translation>
        </message>
        <message>
            <source>Restore the wallet from its seed words; move vault.json aside first.</source>
            <translation>Rudisha pochi kwa maneno yake ya siri; weka vault.json kando kwanza.</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Ukaguzi</translation>
        </message>
        <message>
            <source>Review no. {n}</source>
            <translation>Ukaguzi na. {n}</translation>
        </message>
        <message>
            <source>Review no. {n}, answered blind</source>
            <translation>Ukaguzi na. {n}, umejibiwa bila kuona</translation>
        </message>
        <message>
            <source>Reviewer</source>
            <translation>Mkaguzi</translation>
        </message>
        <message>
            <source>Reviews judged: {n}</source>
            <translation>Kaguzi zilizoamuliwa: {n}</translation>
        </message>
        <message>
            <source>Reward</source>
            <translation>Ujira</translation>
        </message>
        <message>
            <source>Reward 1 GEM, fee 5 %: you see and get 0.95 GEM.</source>
            <translation>Ujira 1 GEM, ada 5 %: unaona na kupata 0.95 GEM.</translation>
        </message>
        <message>
            <source>Reward for a task</source>
            <translation>Ujira kwa kazi</translation>
        </message>
        <message>
            <source>Reward of the task</source>
            <translation>Ujira wa kazi</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>Sahihi</translation>
        </message>
        <message>
            <source>Saved as {file}.</source>
            <translation>Imehifadhiwa kama {file}.</translation>
        </message>
        <message>
            <source>Seal again.</source>
            <translation>Piga muhuri tena.</translation>
        </message>
        <message>
            <source>Seal and send your answers</source>
            <translation>Piga muhuri na utume majibu yako</translation>
        </message>
        <message>
            <source>Sealed and waiting to be sent</source>
            <translation>Imepigwa muhuri na inasubiri kutumwa</translation>
        </message>
        <message>
            <source>Second look</source>
            <translation>Kuangalia tena</translation>
        </message>
        <message>
            <source>Second try</source>
            <translation>Jaribio la pili</translation>
        </message>
        <message>
            <source>Self-harm</source>
            <translation>Kujidhuru</translation>
        </message>
        <message>
            <source>Send GEM out of your wallet?</source>
            <translation>Utume GEM kutoka kwenye pochi yako?</translation>
        </message>
        <message>
            <source>Send fewer tasks at a time.</source>
            <translation>Tuma kazi chache kwa mara moja.</translation>
        </message>
        <message>
            <source>Send it by {time}.</source>
            <translation>Itume kabla ya {time}.</translation>
        </message>
        <message>
            <source>Send it, or take it back first.</source>
            <translation>Itume, au irudishe kwako kwanza.</translation>
        </message>
        <message>
            <source>Send less, or claim what is in your channel first.</source>
            <translation>Tuma kidogo zaidi, au chukua kilicho kwenye njia yako kwanza.</translation>
        </message>
        <message>
            <source>Send less, or put GEM into the account first.</source>
            <translation>Tuma kidogo zaidi, au weka GEM kwenye akaunti kwanza.</translation>
        </message>
        <message>
            <source>Send what is done, wait for its verdicts, then try again.</source>
            <translation>Tuma zilizokamilika, subiri maamuzi yake, kisha jaribu tena.</translation>
        </message>
        <message>
            <source>Send within</source>
            <translation>Tuma ndani ya</translation>
        </message>
        <message>
            <source>Sending this answer has begun: the platform may have it already.</source>
            <translation>Kutuma jibu hili kumeanza: jukwaa linaweza kuwa nalo tayari.</translation>
        </message>
        <message>
            <source>Sending {done} of {total}</source>
            <translation>Inatuma {done} kati ya {total}</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>Imetumwa</translation>
        </message>
        <message>
            <source>Sent to another address</source>
            <translation>Zimetumwa kwenye anwani nyingine</translation>
        </message>
        <message>
            <source>Sent, not yet judged</source>
            <translation>Zimetumwa, bado hazijaamuliwa</translation>
        </message>
        <message>
            <source>Sent. Give the stick back, with the reply on it: {name}</source>
            <translation>Imetumwa. Rudisha flashi, ikiwa na jibu lake: {name}</translation>
        </message>
        <message>
            <source>Set a lock and a daily limit if others use this computer.</source>
            <translation>Weka kufuli na mpaka wa siku ikiwa wengine hutumia kompyuta hii.</translation>
        </message>
        <message>
            <source>Set the clock of this computer; times that it shows are off until then.</source>
            <translation>Rekebisha saa ya kompyuta hii; hadi hapo muda inaouonyesha si sahihi.</translation>
        </message>
        <message>
            <source>Set the clock; Gems counts with the platform's time until then.</source>
            <translation>Rekebisha saa; hadi hapo Gems inatumia saa ya jukwaa.</translation>
        </message>
        <message>
            <source>Set the date and the time right, then look again.</source>
            <translation>Rekebisha tarehe na saa, kisha tafuta tena.</translation>
        </message>
        <message>
            <source>Settings, safety and backup</source>
            <translation>Mipangilio, usalama na nakala</translation>
        </message>
        <message>
            <source>Settled reviews of yours that were overturned later: {overturned} of {reviews}.</source>
            <translation>Kaguzi zako zilizokwisha ambazo zilipinduliwa baadaye: {overturned} kati ya {reviews}.</translation>
        </message>
        <message>
            <source>Sexual content</source>
            <translation>Maudhui ya ngono</translation>
        </message>
        <message>
            <source>Show this to the platform. If you have a voucher's file, or know a watch-tower that kept yours, look there for a newer voucher: in Settings, Money, under Kept safe.</source>
            <translation>Lionyeshe jukwaa hili. Ukiwa na faili ya vocha, au unajua mnara wa ulinzi uliotunza yako, tafuta huko vocha mpya zaidi: kwenye Mipangilio, Pesa, chini ya Iliyolindwa.</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>Zilizorukwa</translation>
        </message>
        <message>
            <source>Some ask you to do examples first. They cost nothing, and you can repeat them.</source>
            <translation>Nyingine zinakuomba ufanye mifano kwanza. Haigharimu kitu, na unaweza kuirudia.</translation>
        </message>
        <message>
            <source>Some of it may be disturbing.</source>
            <translation>Baadhi inaweza kusumbua.</translation>
        </message>
        <message>
            <source>Some tasks bring more, some bring less or nothing. This is the middle over very many tasks.</source>
            <translation>Kazi nyingine huleta zaidi, nyingine kidogo au hazileti kitu. Huu ni wastani wa kazi nyingi sana.</translation>
        </message>
        <message>
            <source>Somebody appealed against the first verdict; you are one of those who judge again.</source>
            <translation>Kuna aliyekata rufaa dhidi ya uamuzi wa kwanza; wewe ni mmoja wa wanaoamua tena.</translation>
        </message>
        <message>
            <source>Somebody is insulted or threatened</source>
            <translation>Kuna mtu anayetukanwa au kutishwa</translation>
        </message>
        <message>
            <source>Somebody on the panel is not among the verifiers of the campaign's terms.</source>
            <translation>Kuna mtu kwenye jopo asiyekuwa kati ya wakaguzi wa masharti ya kampeni.</translation>
        </message>
        <message>
            <source>Somebody takes the stick to a computer with a network. Nobody can read or change your work.</source>
            <translation>Mtu anapeleka flashi kwenye kompyuta yenye mtandao. Hakuna anayeweza kusoma au kubadilisha kazi yako.</translation>
        </message>
        <message>
            <source>Somebody who carries your claim to the chain and pays the gas coin, for a small fee.</source>
            <translation>Anayepeleka ombi lako la kuchukua kwenye mnyororo na kulipa sarafu ya gesi, kwa ada ndogo.</translation>
        </message>
        <message>
            <source>Something else</source>
            <translation>Kitu kingine</translation>
        </message>
        <message>
            <source>Something in this application went wrong.</source>
            <translation>Kuna hitilafu katika programu hii.</translation>
        </message>
        <message>
            <source>Something is wrong with your channel</source>
            <translation>Kuna tatizo kwenye njia yako</translation>
        </message>
        <message>
            <source>Something was missed</source>
            <translation>Kuna kilichosahauliwa</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Sauti</translation>
        </message>
        <message>
            <source>Sound and film can be decoded.</source>
            <translation>Sauti na filamu zinaweza kufunguliwa.</translation>
        </message>
        <message>
            <source>Sound and film cannot be decoded here.</source>
            <translation>Sauti na filamu haziwezi kufunguliwa hapa.</translation>
        </message>
        <message>
            <source>Sound and film cannot be opened on this computer: a library of the system is missing (on Debian: libpulse0).</source>
            <translation>Sauti na filamu haziwezi kufunguliwa kwenye kompyuta hii: maktaba ya mfumo inakosekana (kwenye Debian: libpulse0).</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Kasi</translation>
        </message>
        <message>
            <source>Stake</source>
            <translation>Dau</translation>
        </message>
        <message>
            <source>Stake 0.10, reward 0.50: accepted brings 0.50 and your 0.10 back.</source>
            <translation>Dau 0.10, ujira 0.50: likikubaliwa unapata 0.50 na 0.10 yako inarudi.</translation>
        </message>
        <message>
            <source>Stake at risk</source>
            <translation>Dau lililo hatarini</translation>
        </message>
        <message>
            <source>Stake came back</source>
            <translation>Dau limerudi</translation>
        </message>
        <message>
            <source>Stake lost</source>
            <translation>Dau limepotea</translation>
        </message>
        <message>
            <source>Stake put down</source>
            <translation>Dau limewekwa</translation>
        </message>
        <message>
            <source>Stake, lost with the rejection</source>
            <translation>Dau, lililopotea kwa kukataliwa</translation>
        </message>
        <message>
            <source>Stand behind a campaign?</source>
            <translation>Uidhinishe kampeni kwa jina lako?</translation>
        </message>
        <message>
            <source>Start Gems from a desktop session.</source>
            <translation>Anzisha Gems kutoka kwenye eneo-kazi.</translation>
        </message>
        <message>
            <source>Start Gems once to make it.</source>
            <translation>Anzisha Gems mara moja ili kuitengeneza.</translation>
        </message>
        <message>
            <source>Start Gems: it restores the newest sound copy and keeps the damaged file. Check the disk.</source>
            <translation>Anzisha Gems: inarudisha nakala nzima mpya kabisa na kutunza faili iliyoharibika. Angalia diski.</translation>
        </message>
        <message>
            <source>Start the newer version, or bring the wallet back from its words in a new profile.</source>
            <translation>Anzisha toleo jipya zaidi, au rudisha pochi kwa maneno yake katika wasifu mpya.</translation>
        </message>
        <message>
            <source>Start with --home and a folder on a disk of this computer, or make this one usable.</source>
            <translation>Anzisha kwa --home na folda iliyo kwenye diski ya kompyuta hii, au fanya hii iweze kutumika.</translation>
        </message>
        <message>
            <source>Starter</source>
            <translation>Anayeanza</translation>
        </message>
        <message>
            <source>Starting the chain</source>
            <translation>Inaanzisha mnyororo</translation>
        </message>
        <message>
            <source>Starting the platform</source>
            <translation>Inaanzisha jukwaa</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems hands them back by itself. Then try again.</source>
            <translation>Kaa mtandaoni kidogo: Gems inazirudisha yenyewe. Kisha jaribu tena.</translation>
        </message>
        <message>
            <source>Stay online for a moment: Gems sends them by itself. Then try again.</source>
            <translation>Kaa mtandaoni kidogo: Gems inazituma yenyewe. Kisha jaribu tena.</translation>
        </message>
        <message>
            <source>Stays free to claim</source>
            <translation>Zinabaki huru kuchukuliwa</translation>
        </message>
        <message>
            <source>Take at least {n} characters; a few words in a row are easy to remember.</source>
            <translation>Tumia angalau herufi {n}; maneno machache mfululizo ni rahisi kukumbuka.</translation>
        </message>
        <message>
            <source>Take enough tasks while you are online.</source>
            <translation>Chukua kazi za kutosha ukiwa na mtandao.</translation>
        </message>
        <message>
            <source>Take it back first, if it may be.</source>
            <translation>Irudishe kwako kwanza, kama inawezekana.</translation>
        </message>
        <message>
            <source>Take no more work of this platform until its key is registered.</source>
            <translation>Usichukue kazi zaidi za jukwaa hili hadi ufunguo wake usajiliwe.</translation>
        </message>
        <message>
            <source>Take no work and send no money in this network; compare its file with its publisher's.</source>
            <translation>Usichukue kazi wala kutuma pesa katika mtandao huu; linganisha faili yake na ya mchapishaji wake.</translation>
        </message>
        <message>
            <source>Take tasks while you are online; you can do them without a network.</source>
            <translation>Chukua kazi ukiwa na mtandao; unaweza kuzifanya bila mtandao.</translation>
        </message>
        <message>
            <source>Take their right to read it away: chmod 700 on the folder.</source>
            <translation>Waondolee haki ya kuisoma: chmod 700 kwenye folda.</translation>
        </message>
        <message>
            <source>Take your first tasks</source>
            <translation>Chukua kazi zako za kwanza</translation>
        </message>
        <message>
            <source>Taken back</source>
            <translation>Imerudishwa kwako</translation>
        </message>
        <message>
            <source>Taking tasks</source>
            <translation>Kuchukua kazi</translation>
        </message>
        <message>
            <source>Task no. {n}</source>
            <translation>Kazi na. {n}</translation>
        </message>
        <message>
            <source>Task no. {n}, corrected</source>
            <translation>Kazi na. {n}, imesahihishwa</translation>
        </message>
        <message>
            <source>Task {index}, try {attempt}: others judge it again in round {round}.</source>
            <translation>Kazi {index}, jaribio {attempt}: wengine wanaiamua tena katika raundi {round}.</translation>
        </message>
        <message>
            <source>Task {n} of {campaign}</source>
            <translation>Kazi {n} ya {campaign}</translation>
        </message>
        <message>
            <source>Tasks judged: {n}</source>
            <translation>Kazi zilizoamuliwa: {n}</translation>
        </message>
        <message>
            <source>Tasks that run out soon: {n}</source>
            <translation>Kazi zinazokaribia kuisha muda: {n}</translation>
        </message>
        <message>
            <source>Tasks that you take are kept for you until a time. Nobody else gets them before.</source>
            <translation>Kazi unazochukua unatunziwa hadi muda fulani. Hakuna mwingine anayezipata kabla ya hapo.</translation>
        </message>
        <message>
            <source>Tasks whose time ran out: {n}</source>
            <translation>Kazi zilizoisha muda: {n}</translation>
        </message>
        <message>
            <source>Ten or so; you can do them without a network.</source>
            <translation>Kama kumi hivi; unaweza kuzifanya bila mtandao.</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>Maandishi</translation>
        </message>
        <message>
            <source>That is in an hour</source>
            <translation>Ni ndani ya saa moja</translation>
        </message>
        <message>
            <source>That password does not open this wallet.</source>
            <translation>Nywila hiyo haifungui pochi hii.</translation>
        </message>
        <message>
            <source>The Trust page shows how far it is.</source>
            <translation>Ukurasa wa Uaminifu unaonyesha umbali uliobaki.</translation>
        </message>
        <message>
            <source>The account holds less GEM than it was to send.</source>
            <translation>Akaunti ina GEM chache kuliko ilizotakiwa kutuma.</translation>
        </message>
        <message>
            <source>The amount has changed.</source>
            <translation>Kiasi kimebadilika.</translation>
        </message>
        <message>
            <source>The amount is larger than a channel can hold.</source>
            <translation>Kiasi ni kikubwa kuliko njia inavyoweza kubeba.</translation>
        </message>
        <message>
            <source>The amount is zero or too large.</source>
            <translation>Kiasi ni sifuri au kikubwa mno.</translation>
        </message>
        <message>
            <source>The answer before it was corrected</source>
            <translation>Jibu kabla ya kusahihishwa</translation>
        </message>
        <message>
            <source>The answer is not complete</source>
            <translation>Jibu halijakamilika</translation>
        </message>
        <message>
            <source>The answer is not signed by the worker of the task.</source>
            <translation>Jibu halijasainiwa na mfanyakazi wa kazi hii.</translation>
        </message>
        <message>
            <source>The answer that was rejected</source>
            <translation>Jibu lililokataliwa</translation>
        </message>
        <message>
            <source>The answer was not put down on the chain before it was due.</source>
            <translation>Jibu halikuwekwa kwenye mnyororo kabla ya muda wake.</translation>
        </message>
        <message>
            <source>The answer was not signed by the platform.</source>
            <translation>Jibu halikusainiwa na jukwaa.</translation>
        </message>
        <message>
            <source>The appeal panel judges it. You need not do anything.</source>
            <translation>Jopo la rufaa linaamua. Huhitaji kufanya kitu.</translation>
        </message>
        <message>
            <source>The assignment is not signed by the platform.</source>
            <translation>Ugawaji wa kazi haujasainiwa na jukwaa.</translation>
        </message>
        <message>
            <source>The bar shows the least and the most that is sure so far. Each check makes it shorter.</source>
            <translation>Mstari huu unaonyesha kiwango cha chini na cha juu kilicho hakika hadi sasa. Kila ukaguzi unaufupisha.</translation>
        </message>
        <message>
            <source>The big button takes you on: to your next task, or to new work.</source>
            <translation>Kitufe kikubwa kinakupeleka mbele: kwenye kazi yako ijayo, au kazi mpya.</translation>
        </message>
        <message>
            <source>The bill is not signed by the platform.</source>
            <translation>Bili haijasainiwa na jukwaa.</translation>
        </message>
        <message>
            <source>The bond and the stake of the task; the rejection stands.</source>
            <translation>Amana na dau la kazi; kukataliwa kunabaki.</translation>
        </message>
        <message>
            <source>The bond of {amount} GEM is lost.</source>
            <translation>Amana ya {amount} GEM imepotea.</translation>
        </message>
        <message>
            <source>The bond target is stored.</source>
            <translation>Lengo la amana limehifadhiwa.</translation>
        </message>
        <message>
            <source>The bond that you put up</source>
            <translation>Amana uliyoweka</translation>
        </message>
        <message>
            <source>The bond; the rejection stands.</source>
            <translation>Amana; kukataliwa kunabaki.</translation>
        </message>
        <message>
            <source>The bus came an hour late again.</source>
            <translation>Basi limechelewa saa nzima tena.</translation>
        </message>
        <message>
            <source>The campaign has no such round.</source>
            <translation>Kampeni haina raundi hiyo.</translation>
        </message>
        <message>
            <source>The campaign has not ended yet.</source>
            <translation>Kampeni bado haijaisha.</translation>
        </message>
        <message>
            <source>The campaign of this review is not on this computer.</source>
            <translation>Kampeni ya ukaguzi huu haiko kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>The campaign of this task is not on this computer.</source>
            <translation>Kampeni ya kazi hii haiko kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>The campaign would end too far in the future.</source>
            <translation>Kampeni ingeisha mbali mno baadaye.</translation>
        </message>
        <message>
            <source>The campaign would have ended already.</source>
            <translation>Kampeni ingekuwa imeisha tayari.</translation>
        </message>
        <message>
            <source>The campaign's rounds, chance of an audit or penalty is not possible.</source>
            <translation>Raundi za kampeni, nafasi ya ukaguzi wa ghafla au adhabu haiwezekani.</translation>
        </message>
        <message>
            <source>The campaigns contract has another judge.</source>
            <translation>Mkataba wa kampeni una mwamuzi mwingine.</translation>
        </message>
        <message>
            <source>The campaigns need a judge.</source>
            <translation>Kampeni zinahitaji mwamuzi.</translation>
        </message>
        <message>
            <source>The case is about another assignment of this task.</source>
            <translation>Kesi inahusu ugawaji mwingine wa kazi hii.</translation>
        </message>
        <message>
            <source>The case was written to {path}</source>
            <translation>Kesi imeandikwa kwenye {path}</translation>
        </message>
        <message>
            <source>The chain cannot be asked at the moment.</source>
            <translation>Mnyororo hauwezi kuulizwa kwa sasa.</translation>
        </message>
        <message>
            <source>The chain holds another verdict than this.</source>
            <translation>Mnyororo una uamuzi mwingine tofauti na huu.</translation>
        </message>
        <message>
            <source>The chain holds no money for this campaign.</source>
            <translation>Mnyororo hauna pesa za kampeni hii.</translation>
        </message>
        <message>
            <source>The chain knows no such channel.</source>
            <translation>Mnyororo haujui njia kama hiyo.</translation>
        </message>
        <message>
            <source>The chain node did not take the transaction: {what}</source>
            <translation>Nodi ya mnyororo haikupokea muamala: {what}</translation>
        </message>
        <message>
            <source>The chain nodes show nothing newer than half an hour: they have stopped following the chain.</source>
            <translation>Nodi za mnyororo hazionyeshi kitu kipya kwa nusu saa: zimeacha kufuata mnyororo.</translation>
        </message>
        <message>
            <source>The chain says something else than the platform about the money: see below.</source>
            <translation>Mnyororo unasema tofauti na jukwaa kuhusu pesa: tazama chini.</translation>
        </message>
        <message>
            <source>The channel is closing or closed.</source>
            <translation>Njia inafungwa au imefungwa.</translation>
        </message>
        <message>
            <source>The channel is not being closed.</source>
            <translation>Njia haifungwi kwa sasa.</translation>
        </message>
        <message>
            <source>The channel was not stored.</source>
            <translation>Njia haikuhifadhiwa.</translation>
        </message>
        <message>
            <source>The checks themselves failed.</source>
            <translation>Ukaguzi wenyewe umeshindwa.</translation>
        </message>
        <message>
            <source>The claim came later than you allowed.</source>
            <translation>Ombi la kuchukua lilikuja baada ya muda uliouruhusu.</translation>
        </message>
        <message>
            <source>The claim was not accepted.</source>
            <translation>Ombi la kuchukua halikukubaliwa.</translation>
        </message>
        <message>
            <source>The clock of this computer is wrong.</source>
            <translation>Saa ya kompyuta hii si sahihi.</translation>
        </message>
        <message>
            <source>The clock of this computer seems to be wrong.</source>
            <translation>Saa ya kompyuta hii inaonekana si sahihi.</translation>
        </message>
        <message>
            <source>The close is already on its way.</source>
            <translation>Ombi la kufunga liko njiani tayari.</translation>
        </message>
        <message>
            <source>The close was handed to the relayer. The chain's word comes in a moment.</source>
            <translation>Ombi la kufunga limekabidhiwa mjumbe. Jibu la mnyororo linakuja punde.</translation>
        </message>
        <message>
            <source>The closing of the channel cannot be ended yet.</source>
            <translation>Ufungaji wa njia hauwezi kumalizwa bado.</translation>
        </message>
        <message>
            <source>The closing of your channel could have ended a day ago, and the platform has not ended it.</source>
            <translation>Ufungaji wa njia yako ungeweza kumalizwa siku moja iliyopita, na jukwaa halijaumaliza.</translation>
        </message>
        <message>
            <source>The closing of your channel that you asked for was not carried out.</source>
            <translation>Ufungaji wa njia yako uliouomba haukutekelezwa.</translation>
        </message>
        <message>
            <source>The collateral is already on its way out.</source>
            <translation>Dhamana iko njiani kutoka tayari.</translation>
        </message>
        <message>
            <source>The contract has paid it into your wallet.</source>
            <translation>Mkataba umeilipa kwenye pochi yako.</translation>
        </message>
        <message>
            <source>The contract keeps your bond for you. There is no last day for ending it, and nobody else can take it.</source>
            <translation>Mkataba unakutunzia amana yako. Hakuna siku ya mwisho ya kuimaliza, na hakuna mwingine anayeweza kuichukua.</translation>
        </message>
        <message>
            <source>The contract may not take that much GEM from the account.</source>
            <translation>Mkataba hauruhusiwi kuchukua GEM nyingi hivyo kwenye akaunti.</translation>
        </message>
        <message>
            <source>The contract refused the call and gave no reason: a number in it does not fit, or its gas was too little.</source>
            <translation>Mkataba umekataa ombi bila kutoa sababu: namba fulani hailingani, au gesi yake ilikuwa kidogo.</translation>
        </message>
        <message>
            <source>The contract refused the call: {what}</source>
            <translation>Mkataba umekataa ombi: {what}</translation>
        </message>
        <message>
            <source>The contract settles no more of this campaign today.</source>
            <translation>Mkataba hautatui zaidi ya kampeni hii leo.</translation>
        </message>
        <message>
            <source>The copy is of {day}. Entries that the newer version has written since then: {count}.</source>
            <translation>Nakala ni ya {day}. Maingizo ambayo toleo jipya zaidi limeandika tangu hapo: {count}.</translation>
        </message>
        <message>
            <source>The database cannot be read.</source>
            <translation>Hifadhidata haisomeki.</translation>
        </message>
        <message>
            <source>The database is damaged.</source>
            <translation>Hifadhidata imeharibika.</translation>
        </message>
        <message>
            <source>The database is sound: {answers} answers, {unsent} not sent yet.</source>
            <translation>Hifadhidata ni nzima: majibu {answers}, {unsent} bado hayajatumwa.</translation>
        </message>
        <message>
            <source>The database of this profile was damaged.</source>
            <translation>Hifadhidata ya wasifu huu ilikuwa imeharibika.</translation>
        </message>
        <message>
            <source>The database was written by a newer version of Gems.</source>
            <translation>Hifadhidata iliandikwa na toleo jipya zaidi la Gems.</translation>
        </message>
        <message>
            <source>The date of this computer is wrong.</source>
            <translation>Tarehe ya kompyuta hii si sahihi.</translation>
        </message>
        <message>
            <source>The decision about your answer: accepted, or rejected with a reason.</source>
            <translation>Uamuzi kuhusu jibu lako: limekubaliwa, au limekataliwa pamoja na sababu.</translation>
        </message>
        <message>
            <source>The delay of the way out is not over yet.</source>
            <translation>Muda wa kusubiri kutoka bado haujaisha.</translation>
        </message>
        <message>
            <source>The description of the network cannot be used.</source>
            <translation>Maelezo ya mtandao hayawezi kutumika.</translation>
        </message>
        <message>
            <source>The disk is full, so this could not be saved.</source>
            <translation>Diski imejaa, hivyo hii haikuweza kuhifadhiwa.</translation>
        </message>
        <message>
            <source>The disk is full.</source>
            <translation>Diski imejaa.</translation>
        </message>
        <message>
            <source>The document has no such page.</source>
            <translation>Waraka hauna ukurasa huo.</translation>
        </message>
        <message>
            <source>The document is locked with a password.</source>
            <translation>Waraka umefungwa kwa nywila.</translation>
        </message>
        <message>
            <source>The download can stop and go on at any time. Go on working meanwhile.</source>
            <translation>Upakuaji unaweza kusimama na kuendelea wakati wowote. Endelea na kazi kwa sasa.</translation>
        </message>
        <message>
            <source>The draw was computed again on this computer.</source>
            <translation>Droo imehesabiwa tena kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>The escrow holds too little for this verdict.</source>
            <translation>Escrow ina pesa kidogo mno kwa uamuzi huu.</translation>
        </message>
        <message>
            <source>The evidence was written to {path}</source>
            <translation>Ushahidi umeandikwa kwenye {path}</translation>
        </message>
        <message>
            <source>The fewer, the better: judge by what was asked.</source>
            <translation>Chache ni bora: amua kwa kile kilichoombwa.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Faili haisomeki.</translation>
        </message>
        <message>
            <source>The file cannot be written there.</source>
            <translation>Faili haiwezi kuandikwa hapo.</translation>
        </message>
        <message>
            <source>The file could not be opened.</source>
            <translation>Faili haikuweza kufunguliwa.</translation>
        </message>
        <message>
            <source>The file could not be written.</source>
            <translation>Faili haikuweza kuandikwa.</translation>
        </message>
        <message>
            <source>The file is damaged.</source>
            <translation>Faili imeharibika.</translation>
        </message>
        <message>
            <source>The file is not on this computer yet.</source>
            <translation>Faili bado haiko kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>The file is too large to be opened safely.</source>
            <translation>Faili ni kubwa mno kufunguliwa kwa usalama.</translation>
        </message>
        <message>
            <source>The file on the disk is not the one of this task.</source>
            <translation>Faili iliyo kwenye diski si ya kazi hii.</translation>
        </message>
        <message>
            <source>The file opens with the password that you just typed for it.</source>
            <translation>Faili inafunguka kwa nywila uliyoiandikia sasa hivi.</translation>
        </message>
        <message>
            <source>The file that holds the wallet is damaged.</source>
            <translation>Faili inayobeba pochi imeharibika.</translation>
        </message>
        <message>
            <source>The file that holds your wallet is damaged.</source>
            <translation>Faili inayobeba pochi yako imeharibika.</translation>
        </message>
        <message>
            <source>The file took too long to open.</source>
            <translation>Faili ilichukua muda mrefu mno kufunguka.</translation>
        </message>
        <message>
            <source>The files of this profile cannot be read or written.</source>
            <translation>Faili za wasifu huu hazisomeki au haziandikiki.</translation>
        </message>
        <message>
            <source>The first one: {time}</source>
            <translation>Ya kwanza: {time}</translation>
        </message>
        <message>
            <source>The first report stands.</source>
            <translation>Ripoti ya kwanza inabaki.</translation>
        </message>
        <message>
            <source>The first two are compared before money is believed.</source>
            <translation>Mbili za kwanza hulinganishwa kabla ya kuamini pesa.</translation>
        </message>
        <message>
            <source>The four numbers say what you earned, what you can claim, what is in review and what waits to be sent.</source>
            <translation>Namba nne zinaonyesha ulichopata, unachoweza kuchukua, kinachokaguliwa na kinachosubiri kutumwa.</translation>
        </message>
        <message>
            <source>The highest that it signed for you counts and is kept here. Its two signatures prove it.</source>
            <translation>Vocha ya juu kabisa iliyosainiwa kwa ajili yako ndiyo inayohesabika, na imehifadhiwa hapa. Saini zake mbili zinathibitisha.</translation>
        </message>
        <message>
            <source>The key by which the platform signs is not registered for it on the chain.</source>
            <translation>Ufunguo ambao jukwaa linasainia haujasajiliwa kwa ajili yake kwenye mnyororo.</translation>
        </message>
        <message>
            <source>The key that signed is not registered on the chain for this platform.</source>
            <translation>Ufunguo uliosaini haujasajiliwa kwenye mnyororo kwa jukwaa hili.</translation>
        </message>
        <message>
            <source>The key was written to {path}</source>
            <translation>Ufunguo umeandikwa kwenye {path}</translation>
        </message>
        <message>
            <source>The label is wrong</source>
            <translation>Lebo si sahihi</translation>
        </message>
        <message>
            <source>The list at the end says why each amount came or went.</source>
            <translation>Orodha iliyo mwishoni inasema kwa nini kila kiasi kiliingia au kutoka.</translation>
        </message>
        <message>
            <source>The lists of channels and amounts are of different lengths.</source>
            <translation>Orodha za njia na viasi zina urefu tofauti.</translation>
        </message>
        <message>
            <source>The local practice network did not start.</source>
            <translation>Mtandao wa mazoezi wa hapa haukuanza.</translation>
        </message>
        <message>
            <source>The lot did not fall on your answer, so nobody checks it: it is accepted.</source>
            <translation>Droo haikuangukia jibu lako, hivyo hakuna anayelikagua: limekubaliwa.</translation>
        </message>
        <message>
            <source>The money has not been checked on the chain yet.</source>
            <translation>Pesa bado hazijakaguliwa kwenye mnyororo.</translation>
        </message>
        <message>
            <source>The money in which you are paid. One GEM has many small parts, so that small work can be paid.</source>
            <translation>Pesa unayolipwa nayo. GEM moja ina sehemu nyingi ndogo, ili kazi ndogo zilipwe.</translation>
        </message>
        <message>
            <source>The money of this escrow is already on its way out.</source>
            <translation>Pesa za escrow hii ziko njiani kutoka tayari.</translation>
        </message>
        <message>
            <source>The money was checked on the chain by this computer.</source>
            <translation>Pesa zimekaguliwa kwenye mnyororo na kompyuta hii.</translation>
        </message>
        <message>
            <source>The network asks for a sign-in of its own first.</source>
            <translation>Mtandao unaomba uingie kwake kwanza.</translation>
        </message>
        <message>
            <source>The new password counts from now on.</source>
            <translation>Nywila mpya inatumika kuanzia sasa.</translation>
        </message>
        <message>
            <source>The new version could not be written: the disk is full, or nothing may be written there.</source>
            <translation>Toleo jipya halikuweza kuandikwa: diski imejaa, au hairuhusiwi kuandika hapo.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems, never in the middle of your work.</source>
            <translation>Toleo jipya litaanza utakapofungua Gems tena, kamwe si katikati ya kazi yako.</translation>
        </message>
        <message>
            <source>The new version starts the next time you open Gems. Nothing you are doing is interrupted.</source>
            <translation>Toleo jipya litaanza utakapofungua Gems tena. Hakuna unachofanya kinachokatizwa.</translation>
        </message>
        <message>
            <source>The newest backup cannot be read.</source>
            <translation>Nakala rudufu mpya kabisa haisomeki.</translation>
        </message>
        <message>
            <source>The newest, since {time}</source>
            <translation>Mpya kabisa, tangu {time}</translation>
        </message>
        <message>
            <source>The next grade, {grade}, is still far away.</source>
            <translation>Daraja linalofuata, {grade}, bado liko mbali.</translation>
        </message>
        <message>
            <source>The operator has answered your appeal, and the removal stands. You may write again.</source>
            <translation>Msimamizi amejibu rufaa yako, na kuondolewa kunabaki. Unaweza kuandika tena.</translation>
        </message>
        <message>
            <source>The other verifiers agree with you.</source>
            <translation>Wakaguzi wengine wanakubaliana nawe.</translation>
        </message>
        <message>
            <source>The other verifiers judged otherwise, so this review is not paid.</source>
            <translation>Wakaguzi wengine waliamua tofauti, hivyo ukaguzi huu haulipwi.</translation>
        </message>
        <message>
            <source>The panel has no such seat.</source>
            <translation>Jopo halina kiti hicho.</translation>
        </message>
        <message>
            <source>The panel is not in the order of its addresses.</source>
            <translation>Jopo haliko kwa mpangilio wa anwani zake.</translation>
        </message>
        <message>
            <source>The panel is not signed by the platform.</source>
            <translation>Jopo halijasainiwa na jukwaa.</translation>
        </message>
        <message>
            <source>The part of Gems that keeps your keys has stopped.</source>
            <translation>Sehemu ya Gems inayotunza funguo zako imesimama.</translation>
        </message>
        <message>
            <source>The password is empty.</source>
            <translation>Nywila ni tupu.</translation>
        </message>
        <message>
            <source>The password is too short.</source>
            <translation>Nywila ni fupi mno.</translation>
        </message>
        <message>
            <source>The payment is not signed by the campaign's requester.</source>
            <translation>Malipo hayajasainiwa na mtoa kazi wa kampeni.</translation>
        </message>
        <message>
            <source>The payment of this bill was not redeemed.</source>
            <translation>Malipo ya bili hii hayakukombolewa.</translation>
        </message>
        <message>
            <source>The permission to take GEM came too late.</source>
            <translation>Ruhusa ya kuchukua GEM ilichelewa.</translation>
        </message>
        <message>
            <source>The picture could not be opened.</source>
            <translation>Picha haikuweza kufunguliwa.</translation>
        </message>
        <message>
            <source>The picture is damaged.</source>
            <translation>Picha imeharibika.</translation>
        </message>
        <message>
            <source>The picture is not on this computer yet.</source>
            <translation>Picha bado haiko kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>The picture is too large to be shown safely.</source>
            <translation>Picha ni kubwa mno kuonyeshwa kwa usalama.</translation>
        </message>
        <message>
            <source>The picture on the disk is not the one of this task.</source>
            <translation>Picha iliyo kwenye diski si ya kazi hii.</translation>
        </message>
        <message>
            <source>The picture took too long to open.</source>
            <translation>Picha ilichukua muda mrefu mno kufunguka.</translation>
        </message>
        <message>
            <source>The platform answers, signed by its key, in {milliseconds} ms.</source>
            <translation>Jukwaa linajibu, kwa saini ya ufunguo wake, ndani ya {milliseconds} ms.</translation>
        </message>
        <message>
            <source>The platform came back from a backup and does not have your newest vouchers yet.</source>
            <translation>Jukwaa limerejeshwa kutoka nakala rudufu na bado halina vocha zako mpya kabisa.</translation>
        </message>
        <message>
            <source>The platform cannot be reached.</source>
            <translation>Jukwaa halifikiki.</translation>
        </message>
        <message>
            <source>The platform cannot reach its media files.</source>
            <translation>Jukwaa halifikii faili zake za picha, sauti na video.</translation>
        </message>
        <message>
            <source>The platform cannot reach its store.</source>
            <translation>Jukwaa halifikii hifadhi yake ya data.</translation>
        </message>
        <message>
            <source>The platform cannot reach the chain.</source>
            <translation>Jukwaa haliwezi kufikia mnyororo.</translation>
        </message>
        <message>
            <source>The platform closes your channel</source>
            <translation>Jukwaa linafunga njia yako</translation>
        </message>
        <message>
            <source>The platform could not read what was sent.</source>
            <translation>Jukwaa halikuweza kusoma kilichotumwa.</translation>
        </message>
        <message>
            <source>The platform counts verdicts that this computer refused, because their evidence does not hold. They are looked at again at each start; if it stays so, show the figures to the platform. Refused verdicts: {what}</source>
            <translation>Jukwaa linahesabu maamuzi ambayo kompyuta hii ilikataa, kwa sababu ushahidi wake hausimami. Huangaliwa tena kila inapoanza; ikibaki hivyo, lionyeshe jukwaa namba hizi. Maamuzi yaliyokataliwa: {what}</translation>
        </message>
        <message>
            <source>The platform counts your record otherwise than this computer does, so its pay and its chance of an audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind checked, by its count and by that of this computer: {what}</source>
            <translation>Jukwaa linahesabu rekodi yako tofauti na kompyuta hii, hivyo malipo yake na nafasi yake ya ukaguzi wa ghafla visingekuwa vyako. Kaguzi za ghafla ulizofaulu mfululizo, kazi sahihi za aina hii, na kazi zilizokaguliwa za aina hii, kwa hesabu yake na ya kompyuta hii: {what}</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as audited passes, this computer {ours}.</source>
            <translation>Jukwaa linahesabu {theirs} kama kaguzi za ghafla ulizofaulu, kompyuta hii {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as checked tasks, this computer {ours}.</source>
            <translation>Jukwaa linahesabu {theirs} kama kazi zilizokaguliwa, kompyuta hii {ours}.</translation>
        </message>
        <message>
            <source>The platform counts {theirs} as right answers, this computer {ours}.</source>
            <translation>Jukwaa linahesabu {theirs} kama majibu sahihi, kompyuta hii {ours}.</translation>
        </message>
        <message>
            <source>The platform did not accept the sign-in.</source>
            <translation>Jukwaa halikukubali kuingia.</translation>
        </message>
        <message>
            <source>The platform did not take it</source>
            <translation>Jukwaa halikupokea</translation>
        </message>
        <message>
            <source>The platform did not take it.</source>
            <translation>Jukwaa halikuipokea.</translation>
        </message>
        <message>
            <source>The platform did not take it. What you gave up for it is yours again.</source>
            <translation>Jukwaa halikuipokea. Ulichoacha kwa ajili yake ni chako tena.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal: it came too late.</source>
            <translation>Jukwaa halikupokea rufaa yako: ilichelewa.</translation>
        </message>
        <message>
            <source>The platform did not take your appeal; the rejection stands.</source>
            <translation>Jukwaa halikupokea rufaa yako; kukataliwa kunabaki.</translation>
        </message>
        <message>
            <source>The platform does not allow this to your account.</source>
            <translation>Jukwaa haliruhusu hili kwa akaunti yako.</translation>
        </message>
        <message>
            <source>The platform does not have this any more.</source>
            <translation>Jukwaa halina hiki tena.</translation>
        </message>
        <message>
            <source>The platform does not have this campaign.</source>
            <translation>Jukwaa halina kampeni hii.</translation>
        </message>
        <message>
            <source>The platform does not take your work. Shown to the chain before its time is over, it counts as handed in; if no verdict follows, the contract can pay you from the platform's collateral.</source>
            <translation>Jukwaa halipokei kazi yako. Ikionyeshwa kwenye mnyororo kabla muda wake kuisha, inahesabiwa kuwa imewasilishwa; uamuzi usipofuata, mkataba unaweza kukulipa kutoka dhamana ya jukwaa.</translation>
        </message>
        <message>
            <source>The platform gives no more tasks right now.</source>
            <translation>Jukwaa halitoi kazi zaidi sasa hivi.</translation>
        </message>
        <message>
            <source>The platform gives you grade {theirs}, this computer computes {ours}.</source>
            <translation>Jukwaa linakupa daraja {theirs}, kompyuta hii inahesabu {ours}.</translation>
        </message>
        <message>
            <source>The platform gives you no more tasks. A person at the platform reads what you write.</source>
            <translation>Jukwaa halikupi kazi tena. Mtu kwenye jukwaa anasoma unachoandika.</translation>
        </message>
        <message>
            <source>The platform had lost its newest records. Your vouchers and your work were handed back to it.</source>
            <translation>Jukwaa lilikuwa limepoteza rekodi zake mpya. Vocha zako na kazi yako vimerudishwa kwake.</translation>
        </message>
        <message>
            <source>The platform has announced that it takes its collateral back.</source>
            <translation>Jukwaa limetangaza kwamba linachukua tena dhamana yake.</translation>
        </message>
        <message>
            <source>The platform has it and asks other verifiers.</source>
            <translation>Jukwaa linayo na linauliza wakaguzi wengine.</translation>
        </message>
        <message>
            <source>The platform has lost its newest records and did not take your vouchers back.</source>
            <translation>Jukwaa limepoteza rekodi zake mpya na halikupokea tena vocha zako.</translation>
        </message>
        <message>
            <source>The platform has no collateral that could pay this.</source>
            <translation>Jukwaa halina dhamana inayoweza kulipa hili.</translation>
        </message>
        <message>
            <source>The platform has not done its part. You can take it to the contract.</source>
            <translation>Jukwaa halijatimiza wajibu wake. Unaweza kuipeleka kwenye mkataba.</translation>
        </message>
        <message>
            <source>The platform has not paid a step out of your bond that you signed.</source>
            <translation>Jukwaa halijalipa hatua ya amana yako uliyosaini.</translation>
        </message>
        <message>
            <source>The platform has nothing new for you.</source>
            <translation>Jukwaa halina kitu kipya kwako.</translation>
        </message>
        <message>
            <source>The platform has only a part of this.</source>
            <translation>Jukwaa lina sehemu tu ya hiki.</translation>
        </message>
        <message>
            <source>The platform has shown the chain that it owes nothing for this work.</source>
            <translation>Jukwaa limeuonyesha mnyororo kwamba halidaiwi kitu kwa kazi hii.</translation>
        </message>
        <message>
            <source>The platform has signed for it</source>
            <translation>Jukwaa limesaini kuipokea</translation>
        </message>
        <message>
            <source>The platform has signed that it got your work, and has brought no verdict about it. The contract can pay you from the platform's collateral.</source>
            <translation>Jukwaa limesaini kwamba limepata kazi yako, na halijaleta uamuzi wake. Mkataba unaweza kukulipa kutoka dhamana ya jukwaa.</translation>
        </message>
        <message>
            <source>The platform has your appeal; other verifiers will judge again.</source>
            <translation>Jukwaa lina rufaa yako; wakaguzi wengine wataamua tena.</translation>
        </message>
        <message>
            <source>The platform is closing your channel and its relayer does not take your claim.</source>
            <translation>Jukwaa linafunga njia yako na mjumbe wake hapokei ombi lako la kuchukua.</translation>
        </message>
        <message>
            <source>The platform is closing your payment channel.</source>
            <translation>Jukwaa linafunga njia yako ya malipo.</translation>
        </message>
        <message>
            <source>The platform is taking its collateral back, so no stake is put up for its work.</source>
            <translation>Jukwaa linachukua tena dhamana yake, hivyo hakuna dau linalowekwa kwa kazi zake.</translation>
        </message>
        <message>
            <source>The platform may take from the campaign's money, in all: {amount} GEM</source>
            <translation>Jukwaa linaweza kuchukua kutoka pesa za kampeni, kwa jumla: {amount} GEM</translation>
        </message>
        <message>
            <source>The platform met an error of its own.</source>
            <translation>Jukwaa limepata hitilafu yake lenyewe.</translation>
        </message>
        <message>
            <source>The platform offers a review for other pay or stake than the campaign promises.</source>
            <translation>Jukwaa linatoa ukaguzi kwa malipo au dau tofauti na kampeni inavyoahidi.</translation>
        </message>
        <message>
            <source>The platform offers a task for other pay, stake or chance of an audit than the campaign promises.</source>
            <translation>Jukwaa linatoa kazi kwa malipo, dau au nafasi ya ukaguzi wa ghafla tofauti na kampeni inavyoahidi.</translation>
        </message>
        <message>
            <source>The platform opens it until {time}.</source>
            <translation>Jukwaa litaifungua kabla ya {time}.</translation>
        </message>
        <message>
            <source>The platform owes you the same sum, ready to claim. If it does not answer, this step is what you can lose.</source>
            <translation>Jukwaa linadaiwa na wewe kiasi hichohicho, tayari kuchukuliwa. Lisipojibu, hatua hii ndiyo unayoweza kupoteza.</translation>
        </message>
        <message>
            <source>The platform refused this.</source>
            <translation>Jukwaa limekataa hili.</translation>
        </message>
        <message>
            <source>The platform says that you put up more stake than this computer knows of.</source>
            <translation>Jukwaa linasema uliweka dau zaidi ya kompyuta hii inavyojua.</translation>
        </message>
        <message>
            <source>The platform says {theirs}; the signed outcomes give {ours}.</source>
            <translation>Jukwaa linasema {theirs}; matokeo yaliyosainiwa yanatoa {ours}.</translation>
        </message>
        <message>
            <source>The platform shows a voucher that is less than the one it published.</source>
            <translation>Jukwaa linaonyesha vocha ndogo kuliko ile lililoitangaza.</translation>
        </message>
        <message>
            <source>The platform signed that it has your answer.</source>
            <translation>Jukwaa lilisaini kwamba lina jibu lako.</translation>
        </message>
        <message>
            <source>The platform signed two different vouchers with the same number.</source>
            <translation>Jukwaa lilisaini vocha mbili tofauti zenye namba moja.</translation>
        </message>
        <message>
            <source>The platform signed your pay</source>
            <translation>Jukwaa lilisaini malipo yako</translation>
        </message>
        <message>
            <source>The platform still has time to answer this claim.</source>
            <translation>Jukwaa bado lina muda wa kujibu dai hili.</translation>
        </message>
        <message>
            <source>The platform still has time to answer.</source>
            <translation>Jukwaa bado lina muda wa kujibu.</translation>
        </message>
        <message>
            <source>The platform still has time, until {time}. After that it can be brought.</source>
            <translation>Jukwaa bado lina muda, hadi {time}. Baada ya hapo inaweza kuletwa.</translation>
        </message>
        <message>
            <source>The platform takes uploads in another way.</source>
            <translation>Jukwaa linapokea upakiaji kwa namna nyingine.</translation>
        </message>
        <message>
            <source>The platform waits for releases of tasks that it paid you for.</source>
            <translation>Jukwaa linasubiri uachilie kazi lilizokulipa.</translation>
        </message>
        <message>
            <source>The platform wants you to sign in again.</source>
            <translation>Jukwaa linataka uingie tena.</translation>
        </message>
        <message>
            <source>The platform's daily file of vouchers shows less than it signed for you before.</source>
            <translation>Faili ya vocha ya kila siku ya jukwaa inaonyesha chini ya kile lilichokusainia awali.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is not here.</source>
            <translation>Ufunguo wa jukwaa wa faili za kubeba hauko hapa.</translation>
        </message>
        <message>
            <source>The platform's key for carry files is too old.</source>
            <translation>Ufunguo wa jukwaa wa faili za kubeba ni wa zamani mno.</translation>
        </message>
        <message>
            <source>The platform's key is not here yet. Connect this computer to a network once, for a minute.</source>
            <translation>Ufunguo wa jukwaa bado hauko hapa. Unganisha kompyuta hii na mtandao mara moja, kwa dakika moja.</translation>
        </message>
        <message>
            <source>The platform's key is not registered on the chain, so no stake is put up for its work.</source>
            <translation>Ufunguo wa jukwaa haujasajiliwa kwenye mnyororo, hivyo hakuna dau linalowekwa kwa kazi zake.</translation>
        </message>
        <message>
            <source>The platform's signature for all that it owes you. With it the chain pays you, whatever happens.</source>
            <translation>Saini ya jukwaa kwa yote linayodaiwa na wewe. Kwa hiyo mnyororo unakulipa, litokee lolote.</translation>
        </message>
        <message>
            <source>The platform's signature was checked on this computer when it came.</source>
            <translation>Saini ya jukwaa ilikaguliwa kwenye kompyuta hii ilipofika.</translation>
        </message>
        <message>
            <source>The process that opens pictures does not start.</source>
            <translation>Mchakato unaofungua picha hauanzi.</translation>
        </message>
        <message>
            <source>The profile is open in another window of Gems.</source>
            <translation>Wasifu uko wazi katika dirisha lingine la Gems.</translation>
        </message>
        <message>
            <source>The profile {profile} does not exist on this computer yet.</source>
            <translation>Wasifu {profile} bado haupo kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>The profile {profile} is there.</source>
            <translation>Wasifu {profile} upo.</translation>
        </message>
        <message>
            <source>The profile's folder cannot be written to.</source>
            <translation>Folda ya wasifu haiwezi kuandikwa.</translation>
        </message>
        <message>
            <source>The receipt is not signed by the platform.</source>
            <translation>Risiti haijasainiwa na jukwaa.</translation>
        </message>
        <message>
            <source>The recording or film is coded in a way that is not allowed here.</source>
            <translation>Rekodi au filamu imetengenezwa kwa namna isiyoruhusiwa hapa.</translation>
        </message>
        <message>
            <source>The recording, film or document is too long to be opened safely.</source>
            <translation>Rekodi, filamu au waraka ni mrefu mno kufunguliwa kwa usalama.</translation>
        </message>
        <message>
            <source>The refused call changed nothing, and no GEM moved.</source>
            <translation>Ombi lililokataliwa halikubadilisha kitu, na hakuna GEM iliyohama.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. What is in escrow stays there.</source>
            <translation>Ombi lililokataliwa halikubadilisha kitu. Kilicho kwenye escrow kinabaki huko.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your evidence is kept and can be brought again.</source>
            <translation>Ombi lililokataliwa halikubadilisha kitu. Ushahidi wako umehifadhiwa na unaweza kuletwa tena.</translation>
        </message>
        <message>
            <source>The refused call changed nothing. Your vouchers are kept on this computer.</source>
            <translation>Ombi lililokataliwa halikubadilisha kitu. Vocha zako ziko kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>The rejection is final. Your stake of {amount} GEM is lost.</source>
            <translation>Kukataliwa ni kwa mwisho. Dau lako la {amount} GEM limepotea.</translation>
        </message>
        <message>
            <source>The relayer's fee is higher than what the claim brings.</source>
            <translation>Ada ya mjumbe ni kubwa kuliko pesa zinazochukuliwa.</translation>
        </message>
        <message>
            <source>The release is not signed by the worker.</source>
            <translation>Uachiliaji haujasainiwa na mfanyakazi.</translation>
        </message>
        <message>
            <source>The report could not be saved: the disk is full or cannot be written to.</source>
            <translation>Ripoti haikuweza kuhifadhiwa: diski imejaa au haiandikiki.</translation>
        </message>
        <message>
            <source>The requester</source>
            <translation>Mtoa kazi</translation>
        </message>
        <message>
            <source>The requester objected.</source>
            <translation>Mtoa kazi alipinga.</translation>
        </message>
        <message>
            <source>The requester's time to leave has come: no new verdict.</source>
            <translation>Wakati wa mtoa kazi kuondoka umefika: hakuna uamuzi mpya.</translation>
        </message>
        <message>
            <source>The reward is above that of the terms.</source>
            <translation>Ujira ni zaidi ya ule wa masharti.</translation>
        </message>
        <message>
            <source>The reward is no more than the redo's may be.</source>
            <translation>Ujira hauzidi unaoruhusiwa kwa marudio.</translation>
        </message>
        <message>
            <source>The reward of the task; the bond and the stake come back, and the rejection does not count.</source>
            <translation>Ujira wa kazi; amana na dau vinarudi, na kukataliwa hakuhesabiwi.</translation>
        </message>
        <message>
            <source>The reward of the task; the stake comes back, and the rejection does not count.</source>
            <translation>Ujira wa kazi; dau linarudi, na kukataliwa hakuhesabiwi.</translation>
        </message>
        <message>
            <source>The rule: other people do the same task, until it is sure enough which answer is right.</source>
            <translation>Kanuni: watu wengine hufanya kazi ileile, hadi iwe hakika ya kutosha jibu lipi ni sahihi.</translation>
        </message>
        <message>
            <source>The rule: two strangers look at it. Only if both find it poor, part of the pay goes back.</source>
            <translation>Kanuni: watu wawili wasiojulikana huiangalia. Wote wawili wakiiona mbaya tu, sehemu ya malipo hurudi.</translation>
        </message>
        <message>
            <source>The rule: {k} of {n} verifiers must agree.</source>
            <translation>Kanuni: wakaguzi {k} kati ya {n} lazima wakubaliane.</translation>
        </message>
        <message>
            <source>The score went from {first} to {last}.</source>
            <translation>Alama ilitoka {first} hadi {last}.</translation>
        </message>
        <message>
            <source>The screen uses this key itself. Press a letter, a digit or a sign.</source>
            <translation>Skrini inatumia kitufe hiki yenyewe. Bonyeza herufi, tarakimu au ishara.</translation>
        </message>
        <message>
            <source>The shop opens at nine.</source>
            <translation>Duka linafunguliwa saa tatu asubuhi.</translation>
        </message>
        <message>
            <source>The signature is not by the account whose GEM it is.</source>
            <translation>Saini si ya akaunti yenye GEM hizo.</translation>
        </message>
        <message>
            <source>The signed payment came too late.</source>
            <translation>Malipo yaliyosainiwa yalichelewa.</translation>
        </message>
        <message>
            <source>The signed payment does not hold yet.</source>
            <translation>Malipo yaliyosainiwa bado hayajaanza kutumika.</translation>
        </message>
        <message>
            <source>The signed votes could not be read again just now. They were checked when they came.</source>
            <translation>Kura zilizosainiwa hazikuweza kusomwa tena sasa hivi. Zilikaguliwa zilipofika.</translation>
        </message>
        <message>
            <source>The source of a rate begins or ends with a space.</source>
            <translation>Chanzo cha kiwango kinaanza au kuisha kwa nafasi tupu.</translation>
        </message>
        <message>
            <source>The source of a rate is not one line of plain text with 80 characters at most.</source>
            <translation>Chanzo cha kiwango si mstari mmoja wa maandishi ya kawaida usiozidi herufi 80.</translation>
        </message>
        <message>
            <source>The stake of the task, which a second try could have saved; the rejection stands.</source>
            <translation>Dau la kazi, ambalo jaribio la pili lingeliokoa; kukataliwa kunabaki.</translation>
        </message>
        <message>
            <source>The stake that you put down</source>
            <translation>Dau uliloweka</translation>
        </message>
        <message>
            <source>The stake was not accepted.</source>
            <translation>Dau halikukubaliwa.</translation>
        </message>
        <message>
            <source>The stake's signature is not by the channel's worker.</source>
            <translation>Saini ya dau si ya mfanyakazi wa njia.</translation>
        </message>
        <message>
            <source>The system's keyring can keep the wallet's key.</source>
            <translation>Hifadhi ya funguo ya mfumo inaweza kutunza ufunguo wa pochi.</translation>
        </message>
        <message>
            <source>The task ended without a verdict, so what you put down came back.</source>
            <translation>Kazi iliisha bila uamuzi, hivyo ulichoweka kilirudi.</translation>
        </message>
        <message>
            <source>The task is not on the bill that was signed.</source>
            <translation>Kazi haiko kwenye bili iliyosainiwa.</translation>
        </message>
        <message>
            <source>The terms ask for fewer votes than half a panel.</source>
            <translation>Masharti yanaomba kura chini ya nusu ya jopo.</translation>
        </message>
        <message>
            <source>The terms ask for more votes than a panel has.</source>
            <translation>Masharti yanaomba kura zaidi ya zilizo kwenye jopo.</translation>
        </message>
        <message>
            <source>The terms give more than 30 days for a redo.</source>
            <translation>Masharti yanatoa zaidi ya siku 30 za kurudia.</translation>
        </message>
        <message>
            <source>The terms name no platform, or one that cannot be.</source>
            <translation>Masharti hayataji jukwaa, au yanataja lisilowezekana.</translation>
        </message>
        <message>
            <source>The terms name no requester, or one that cannot be.</source>
            <translation>Masharti hayataji mtoa kazi, au yanataja asiyewezekana.</translation>
        </message>
        <message>
            <source>The terms pay nothing for a task.</source>
            <translation>Masharti hayalipi kitu kwa kazi.</translation>
        </message>
        <message>
            <source>The terms' share of rewards is outside its bounds.</source>
            <translation>Sehemu ya ujira katika masharti iko nje ya mipaka.</translation>
        </message>
        <message>
            <source>The time for appeals is not over yet.</source>
            <translation>Muda wa rufaa bado haujaisha.</translation>
        </message>
        <message>
            <source>The time for appeals is outside its bounds.</source>
            <translation>Muda wa rufaa uko nje ya mipaka.</translation>
        </message>
        <message>
            <source>The time for appeals is over.</source>
            <translation>Muda wa rufaa umekwisha.</translation>
        </message>
        <message>
            <source>The time for it ran out</source>
            <translation>Muda wake uliisha</translation>
        </message>
        <message>
            <source>The time for this is over.</source>
            <translation>Muda wa hili umekwisha.</translation>
        </message>
        <message>
            <source>The time of the first task in it is over already.</source>
            <translation>Muda wa kazi ya kwanza iliyomo umekwisha tayari.</translation>
        </message>
        <message>
            <source>The time to appeal is over.</source>
            <translation>Muda wa kukata rufaa umekwisha.</translation>
        </message>
        <message>
            <source>The token cannot be made without somebody who gets it.</source>
            <translation>Tokeni haiwezi kutengenezwa bila wa kuipokea.</translation>
        </message>
        <message>
            <source>The token did not move the GEM.</source>
            <translation>Tokeni haikuhamisha GEM.</translation>
        </message>
        <message>
            <source>The transfer was not accepted.</source>
            <translation>Uhamisho haukukubaliwa.</translation>
        </message>
        <message>
            <source>The two messages do not contradict each other.</source>
            <translation>Jumbe hizo mbili hazipingani.</translation>
        </message>
        <message>
            <source>The two parts of the case are about different tasks.</source>
            <translation>Sehemu mbili za kesi zinahusu kazi tofauti.</translation>
        </message>
        <message>
            <source>The two passwords differ.</source>
            <translation>Nywila mbili zinatofautiana.</translation>
        </message>
        <message>
            <source>The update was not installed.</source>
            <translation>Sasisho halikusakinishwa.</translation>
        </message>
        <message>
            <source>The verdict and its votes are signed. This computer checked every signature and counted this amount by itself.</source>
            <translation>Uamuzi na kura zake vimesainiwa. Kompyuta hii ilikagua kila saini na kuhesabu kiasi hiki yenyewe.</translation>
        </message>
        <message>
            <source>The verifiers' answer is the task's answer; there is no second try.</source>
            <translation>Jibu la wakaguzi ndilo jibu la kazi; hakuna jaribio la pili.</translation>
        </message>
        <message>
            <source>The version that is installed keeps working. Your wallet and your work were not touched.</source>
            <translation>Toleo lililosakinishwa linaendelea kufanya kazi. Pochi na kazi zako hazikuguswa.</translation>
        </message>
        <message>
            <source>The votes are not in the order of their seats.</source>
            <translation>Kura haziko kwa mpangilio wa viti vyao.</translation>
        </message>
        <message>
            <source>The voucher brings nothing that was not claimed before.</source>
            <translation>Vocha haileti kitu ambacho hakijachukuliwa.</translation>
        </message>
        <message>
            <source>The voucher is kept on this computer.</source>
            <translation>Vocha imehifadhiwa kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>The voucher is not signed by the key of this channel.</source>
            <translation>Vocha haijasainiwa na ufunguo wa njia hii.</translation>
        </message>
        <message>
            <source>The waiting is over. The contract pays as soon as anybody asks it to.</source>
            <translation>Kusubiri kumekwisha. Mkataba unalipa mara yeyote atakapouomba.</translation>
        </message>
        <message>
            <source>The wallet is locked.</source>
            <translation>Pochi imefungwa.</translation>
        </message>
        <message>
            <source>The way out of the collateral was not begun.</source>
            <translation>Kutoa dhamana hakukuanzwa.</translation>
        </message>
        <message>
            <source>The way out of this escrow was not begun.</source>
            <translation>Kutoa kwenye escrow hii hakukuanzwa.</translation>
        </message>
        <message>
            <source>The worker of the task sits on its panel.</source>
            <translation>Mfanyakazi wa kazi hii yuko kwenye jopo lake.</translation>
        </message>
        <message>
            <source>The {amount} GEM that you staked on it may be lost.</source>
            <translation>{amount} GEM ulizoweka dau zinaweza kupotea.</translation>
        </message>
        <message>
            <source>Then open Find work and take your first tasks.</source>
            <translation>Kisha fungua Tafuta kazi na uchukue kazi zako za kwanza.</translation>
        </message>
        <message>
            <source>Then others' verdicts come in; your pay is added as soon as enough agree.</source>
            <translation>Kisha maamuzi ya wengine yanaingia; malipo yako yanaongezwa wa kutosha wakikubaliana.</translation>
        </message>
        <message>
            <source>There are fewer votes than a verdict needs.</source>
            <translation>Kura ni chache kuliko uamuzi unavyohitaji.</translation>
        </message>
        <message>
            <source>There are more news; write another file to get them</source>
            <translation>Kuna habari zaidi; andika faili nyingine ili kuzipata</translation>
        </message>
        <message>
            <source>There are no moving pictures in the file.</source>
            <translation>Hakuna picha zinazosogea katika faili.</translation>
        </message>
        <message>
            <source>There are votes for a task with no answer.</source>
            <translation>Kuna kura za kazi isiyo na jibu.</translation>
        </message>
        <message>
            <source>There is a profile with this name.</source>
            <translation>Kuna wasifu wenye jina hili.</translation>
        </message>
        <message>
            <source>There is a screen to draw on.</source>
            <translation>Kuna skrini ya kuchorea.</translation>
        </message>
        <message>
            <source>There is a wallet, but its seed words were never typed back.</source>
            <translation>Kuna pochi, lakini maneno yake ya siri hayakuwahi kuandikwa tena.</translation>
        </message>
        <message>
            <source>There is a wallet; its words were written down and typed back.</source>
            <translation>Kuna pochi; maneno yake yaliandikwa na kurudiwa.</translation>
        </message>
        <message>
            <source>There is less in your channel than the relayer's fee.</source>
            <translation>Njia yako ina chini ya ada ya mjumbe.</translation>
        </message>
        <message>
            <source>There is neither sound nor picture in the file.</source>
            <translation>Hakuna sauti wala picha katika faili.</translation>
        </message>
        <message>
            <source>There is no backup of the database yet.</source>
            <translation>Hakuna nakala rudufu ya hifadhidata bado.</translation>
        </message>
        <message>
            <source>There is no campaigns contract at the address that was given.</source>
            <translation>Hakuna mkataba wa kampeni kwenye anwani iliyotolewa.</translation>
        </message>
        <message>
            <source>There is no copy from before an update here.</source>
            <translation>Hakuna nakala ya kabla ya sasisho hapa.</translation>
        </message>
        <message>
            <source>There is no database yet.</source>
            <translation>Hakuna hifadhidata bado.</translation>
        </message>
        <message>
            <source>There is no final verdict about this task here.</source>
            <translation>Hakuna uamuzi wa mwisho kuhusu kazi hii hapa.</translation>
        </message>
        <message>
            <source>There is no further round to appeal to.</source>
            <translation>Hakuna raundi nyingine ya kukatia rufaa.</translation>
        </message>
        <message>
            <source>There is no keyring that is safe to use.</source>
            <translation>Hakuna hifadhi ya funguo iliyo salama kutumia.</translation>
        </message>
        <message>
            <source>There is no newer voucher there; yours is the newest.</source>
            <translation>Hakuna vocha mpya zaidi huko; yako ndiyo mpya kabisa.</translation>
        </message>
        <message>
            <source>There is no open payment channel to move anything in.</source>
            <translation>Hakuna njia ya malipo iliyo wazi ya kuhamishia kitu.</translation>
        </message>
        <message>
            <source>There is no payment channel yet.</source>
            <translation>Hakuna njia ya malipo bado.</translation>
        </message>
        <message>
            <source>There is no report of this requester.</source>
            <translation>Hakuna ripoti ya mtoa kazi huyu.</translation>
        </message>
        <message>
            <source>There is no room for the file.</source>
            <translation>Hakuna nafasi ya faili.</translation>
        </message>
        <message>
            <source>There is no screen to draw on.</source>
            <translation>Hakuna skrini ya kuchorea.</translation>
        </message>
        <message>
            <source>There is no sound in the file.</source>
            <translation>Hakuna sauti katika faili.</translation>
        </message>
        <message>
            <source>There is no such folder for the voucher's file.</source>
            <translation>Hakuna folda kama hiyo ya faili ya vocha.</translation>
        </message>
        <message>
            <source>There is no such picture in the film.</source>
            <translation>Hakuna picha kama hiyo katika filamu.</translation>
        </message>
        <message>
            <source>There is no such profile on this computer.</source>
            <translation>Hakuna wasifu kama huo kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>There is no token at the address that was given.</source>
            <translation>Hakuna tokeni kwenye anwani iliyotolewa.</translation>
        </message>
        <message>
            <source>There is no verdict here that waits for you.</source>
            <translation>Hakuna uamuzi hapa unaokusubiri.</translation>
        </message>
        <message>
            <source>There is no verdict here that you could appeal.</source>
            <translation>Hakuna uamuzi hapa unaoweza kuukatia rufaa.</translation>
        </message>
        <message>
            <source>There is no verdict to appeal against.</source>
            <translation>Hakuna uamuzi wa kukatia rufaa.</translation>
        </message>
        <message>
            <source>There is no voucher yet.</source>
            <translation>Hakuna vocha bado.</translation>
        </message>
        <message>
            <source>There is no wallet here yet.</source>
            <translation>Hakuna pochi hapa bado.</translation>
        </message>
        <message>
            <source>There is no wallet yet.</source>
            <translation>Hakuna pochi bado.</translation>
        </message>
        <message>
            <source>There is no work of this kind right now.</source>
            <translation>Hakuna kazi ya aina hii sasa hivi.</translation>
        </message>
        <message>
            <source>There is not so much free in your bond.</source>
            <translation>Amana yako haina kiasi hicho kilicho huru.</translation>
        </message>
        <message>
            <source>There is nothing here that the contract would pay: it is paid, or the platform still has time.</source>
            <translation>Hakuna hapa ambacho mkataba ungelipa: kimelipwa, au jukwaa bado lina muda.</translation>
        </message>
        <message>
            <source>There is nothing that the contract would pay for this yet.</source>
            <translation>Hakuna ambacho mkataba ungelipa kwa hili bado.</translation>
        </message>
        <message>
            <source>There is nothing to claim yet that is worth the relayer's fee.</source>
            <translation>Hakuna cha kuchukua bado kinachostahili ada ya mjumbe.</translation>
        </message>
        <message>
            <source>There is too little room on the disk for this work.</source>
            <translation>Nafasi kwenye diski ni ndogo mno kwa kazi hii.</translation>
        </message>
        <message>
            <source>There is too little room on the disk.</source>
            <translation>Nafasi kwenye diski ni ndogo mno.</translation>
        </message>
        <message>
            <source>There is too little room on the disk: {size} are missing.</source>
            <translation>Nafasi kwenye diski haitoshi: zinakosekana {size}.</translation>
        </message>
        <message>
            <source>There was no connection.</source>
            <translation>Hakukuwa na mtandao.</translation>
        </message>
        <message>
            <source>These are more tasks than a campaign can have.</source>
            <translation>Kazi hizi ni nyingi kuliko kampeni inavyoweza kuwa nazo.</translation>
        </message>
        <message>
            <source>These are not the words of your new wallet.</source>
            <translation>Haya si maneno ya pochi yako mpya.</translation>
        </message>
        <message>
            <source>These are the figures for a newcomer; they change with your checked work.</source>
            <translation>Hizi ni namba za mgeni; hubadilika kwa kazi zako zilizokaguliwa.</translation>
        </message>
        <message>
            <source>These places do not hold a word of the list: {what}</source>
            <translation>Nafasi hizi hazina neno la orodha: {what}</translation>
        </message>
        <message>
            <source>They are signed and leave when there is a connection.</source>
            <translation>Yanasainiwa na kuondoka mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>They did not see your answer before they gave theirs.</source>
            <translation>Hawakuona jibu lako kabla ya kutoa lao.</translation>
        </message>
        <message>
            <source>They wrote:</source>
            <translation>Waliandika:</translation>
        </message>
        <message>
            <source>This address is not in your address book.</source>
            <translation>Anwani hii haiko kwenye kitabu chako cha anwani.</translation>
        </message>
        <message>
            <source>This amount can be read in two ways.</source>
            <translation>Kiasi hiki kinaweza kusomwa kwa njia mbili.</translation>
        </message>
        <message>
            <source>This answer has left the outbox already.</source>
            <translation>Jibu hili limeondoka kwenye kikasha tayari.</translation>
        </message>
        <message>
            <source>This answer is not complete yet: {what}</source>
            <translation>Jibu hili bado halijakamilika: {what}</translation>
        </message>
        <message>
            <source>This answer was accepted already; its requester pays you to look at it again.</source>
            <translation>Jibu hili lilikubaliwa tayari; mtoa kazi wake anakulipa uliangalie tena.</translation>
        </message>
        <message>
            <source>This campaign has no practice set.</source>
            <translation>Kampeni hii haina mazoezi.</translation>
        </message>
        <message>
            <source>This campaign is for grade A only.</source>
            <translation>Kampeni hii ni ya daraja A tu.</translation>
        </message>
        <message>
            <source>This campaign is for grade B and better.</source>
            <translation>Kampeni hii ni ya daraja B na bora zaidi.</translation>
        </message>
        <message>
            <source>This campaign is for grade C and better.</source>
            <translation>Kampeni hii ni ya daraja C na bora zaidi.</translation>
        </message>
        <message>
            <source>This campaign is over.</source>
            <translation>Kampeni hii imekwisha.</translation>
        </message>
        <message>
            <source>This carry file was sealed for another platform, or too long ago.</source>
            <translation>Faili hii ya kubeba ilipigwa muhuri kwa jukwaa lingine, au zamani mno.</translation>
        </message>
        <message>
            <source>This computer adds up what you are owed by itself, and takes no voucher for less.</source>
            <translation>Kompyuta hii inajumlisha yenyewe unachodai, na haipokei vocha ya kiasi pungufu.</translation>
        </message>
        <message>
            <source>This computer has no safe keyring, or it is closed.</source>
            <translation>Kompyuta hii haina hifadhi ya funguo iliyo salama, au imefungwa.</translation>
        </message>
        <message>
            <source>This computer saw it on the chain.</source>
            <translation>Kompyuta hii iliiona kwenye mnyororo.</translation>
        </message>
        <message>
            <source>This computer's clock agrees with the platform's.</source>
            <translation>Saa ya kompyuta hii inakubaliana na ya jukwaa.</translation>
        </message>
        <message>
            <source>This computer's clock is {minutes} minutes away from the platform's.</source>
            <translation>Saa ya kompyuta hii inapishana na ya jukwaa kwa dakika {minutes}.</translation>
        </message>
        <message>
            <source>This contradiction was proven before.</source>
            <translation>Mkanganyiko huu ulithibitishwa kabla.</translation>
        </message>
        <message>
            <source>This copy was built without updates.</source>
            <translation>Nakala hii ya Gems ilitengenezwa bila masasisho.</translation>
        </message>
        <message>
            <source>This file holds no voucher.</source>
            <translation>Faili hii haina vocha.</translation>
        </message>
        <message>
            <source>This is a carry file, not the reply to one.</source>
            <translation>Hii ni faili ya kubeba, si jibu lake.</translation>
        </message>
        <message>
            <source>This is a reply, not a file to be sent.</source>
            <translation>Hili ni jibu, si faili ya kutumwa.</translation>
        </message>
        <message>
            <source>This is for the platform's operator: look at the collateral first.</source>
            <translation>Hili ni la msimamizi wa jukwaa: aangalie dhamana kwanza.</translation>
        </message>
        <message>
            <source>This is how a notice looks</source>
            <translation>Hivi ndivyo arifa inavyoonekana</translation>
        </message>
        <message>
            <source>This is more GEM than a campaign can hold.</source>
            <translation>Hizi ni GEM nyingi kuliko kampeni inavyoweza kubeba.</translation>
        </message>
        <message>
            <source>This is more than may leave in a day without a question: {limit} GEM, of which {spent} GEM is used today.</source>
            <translation>Hii ni zaidi ya kinachoweza kutoka kwa siku bila kuulizwa: {limit} GEM, ambapo {spent} GEM zimetumika leo.</translation>
        </message>
        <message>
            <source>This is no address, or one of its letters is wrong.</source>
            <translation>Hii si anwani, au herufi yake moja si sahihi.</translation>
        </message>
        <message>
            <source>This is not a carry file, or it was cut off.</source>
            <translation>Hii si faili ya kubeba, au ilikatika.</translation>
        </message>
        <message>
            <source>This is not a correct address: a letter or digit is wrong, missing or too many.</source>
            <translation>Hii si anwani sahihi: herufi au tarakimu si sahihi, haipo au imezidi.</translation>
        </message>
        <message>
            <source>This is not a keystore file that Gems can open.</source>
            <translation>Hii si faili ya keystore ambayo Gems inaweza kufungua.</translation>
        </message>
        <message>
            <source>This is not a picture of a kind that is allowed (PNG, JPEG or WebP).</source>
            <translation>Hii si picha ya aina inayoruhusiwa (PNG, JPEG au WebP).</translation>
        </message>
        <message>
            <source>This is not a private key: a key has 64 digits from 0 to 9 and a to f.</source>
            <translation>Huu si ufunguo wa siri: ufunguo una tarakimu 64 kutoka 0 hadi 9 na a hadi f.</translation>
        </message>
        <message>
            <source>This is not a recording, film or document of a kind that is allowed (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</source>
            <translation>Hii si rekodi, filamu au waraka wa aina inayoruhusiwa (WAV, FLAC, Ogg, MP3, MP4, WebM, PDF).</translation>
        </message>
        <message>
            <source>This is not an amount of GEM.</source>
            <translation>Hiki si kiasi cha GEM.</translation>
        </message>
        <message>
            <source>This is not the attempt before the redo.</source>
            <translation>Hili si jaribio la kabla ya marudio.</translation>
        </message>
        <message>
            <source>This is not the code of a currency.</source>
            <translation>Huu si msimbo wa sarafu ya nchi.</translation>
        </message>
        <message>
            <source>This is not what one GEM is worth.</source>
            <translation>Hii si thamani ya GEM moja.</translation>
        </message>
        <message>
            <source>This is the newest version.</source>
            <translation>Hili ndilo toleo jipya kabisa.</translation>
        </message>
        <message>
            <source>This is your own campaign.</source>
            <translation>Hii ni kampeni yako mwenyewe.</translation>
        </message>
        <message>
            <source>This key is not registered for the platform.</source>
            <translation>Ufunguo huu haujasajiliwa kwa jukwaa.</translation>
        </message>
        <message>
            <source>This many reviews are handed in, sealed at {time}: {count}</source>
            <translation>Kaguzi hizi zinawasilishwa, zimepigwa muhuri {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are handed in, sealed at {time}: {count}</source>
            <translation>Kazi hizi zinawasilishwa, zimepigwa muhuri {time}: {count}</translation>
        </message>
        <message>
            <source>This many tasks are released, sealed at {time}: {count}</source>
            <translation>Kazi hizi zinaachiliwa, zimepigwa muhuri {time}: {count}</translation>
        </message>
        <message>
            <source>This moves no money.</source>
            <translation>Hili halihamishi pesa.</translation>
        </message>
        <message>
            <source>This network counts megabytes, and you keep those for other things.</source>
            <translation>Mtandao huu unahesabu megabaiti, na unazitunza kwa mambo mengine.</translation>
        </message>
        <message>
            <source>This node is not asked any more: {url}</source>
            <translation>Nodi hii haiulizwi tena: {url}</translation>
        </message>
        <message>
            <source>This option cannot have a key.</source>
            <translation>Chaguo hili haliwezi kuwa na kitufe.</translation>
        </message>
        <message>
            <source>This profile already holds a wallet.</source>
            <translation>Wasifu huu una pochi tayari.</translation>
        </message>
        <message>
            <source>This program cannot update itself: its folder cannot be written.</source>
            <translation>Programu hii haiwezi kujisasisha: folda yake haiandikiki.</translation>
        </message>
        <message>
            <source>This reply belongs to another person's file, or to one that you wrote long ago.</source>
            <translation>Jibu hili ni la faili ya mtu mwingine, au la uliyoandika zamani.</translation>
        </message>
        <message>
            <source>This reply was changed or damaged on its way, so it was refused.</source>
            <translation>Jibu hili lilibadilishwa au kuharibika njiani, hivyo lilikataliwa.</translation>
        </message>
        <message>
            <source>This review is done by doing the task.</source>
            <translation>Ukaguzi huu unafanywa kwa kufanya kazi yenyewe.</translation>
        </message>
        <message>
            <source>This review is not open any more.</source>
            <translation>Ukaguzi huu hauko wazi tena.</translation>
        </message>
        <message>
            <source>This signed payment was already carried out or taken back.</source>
            <translation>Malipo haya yaliyosainiwa yalitekelezwa au kurudishwa tayari.</translation>
        </message>
        <message>
            <source>This task cannot be given back any more.</source>
            <translation>Kazi hii haiwezi kurudishwa tena.</translation>
        </message>
        <message>
            <source>This task is not a blind review.</source>
            <translation>Kazi hii si ukaguzi bila kuona.</translation>
        </message>
        <message>
            <source>This task is not on this computer.</source>
            <translation>Kazi hii haiko kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>This task is not open any more.</source>
            <translation>Kazi hii haiko wazi tena.</translation>
        </message>
        <message>
            <source>This task is not open for changes.</source>
            <translation>Kazi hii haiko wazi kubadilishwa.</translation>
        </message>
        <message>
            <source>This task was accepted and paid before.</source>
            <translation>Kazi hii ilikubaliwa na kulipwa kabla.</translation>
        </message>
        <message>
            <source>This task was brought to the chain before.</source>
            <translation>Kazi hii ililetwa kwenye mnyororo kabla.</translation>
        </message>
        <message>
            <source>This task was not paid for in advance.</source>
            <translation>Kazi hii haikulipiwa mapema.</translation>
        </message>
        <message>
            <source>This wallet has no password.</source>
            <translation>Pochi hii haina nywila.</translation>
        </message>
        <message>
            <source>This was already done differently.</source>
            <translation>Hili lilifanywa tayari kwa namna nyingine.</translation>
        </message>
        <message>
            <source>This was not confirmed in the wallet's own window.</source>
            <translation>Hili halikuthibitishwa katika dirisha la pochi yenyewe.</translation>
        </message>
        <message>
            <source>This was not signed: {what}</source>
            <translation>Hili halikusainiwa: {what}</translation>
        </message>
        <message>
            <source>This watch-tower gets no further copies: {place}</source>
            <translation>Mnara huu wa ulinzi haupati nakala zaidi: {place}</translation>
        </message>
        <message>
            <source>This way of storing a wallet is unknown.</source>
            <translation>Namna hii ya kuhifadhi pochi haijulikani.</translation>
        </message>
        <message>
            <source>This work was not taken: {what}</source>
            <translation>Kazi hii haikuchukuliwa: {what}</translation>
        </message>
        <message>
            <source>Those who check do not see your answer before they have given theirs.</source>
            <translation>Wanaokagua hawaoni jibu lako kabla ya kutoa lao.</translation>
        </message>
        <message>
            <source>Three examples</source>
            <translation>Mifano mitatu</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Saa</translation>
        </message>
        <message>
            <source>Time for a task</source>
            <translation>Muda wa kazi</translation>
        </message>
        <message>
            <source>Time left</source>
            <translation>Muda uliobaki</translation>
        </message>
        <message>
            <source>Time to pay</source>
            <translation>Muda wa kulipa</translation>
        </message>
        <message>
            <source>Time with tasks that brought nothing: given back, rejected or skipped.</source>
            <translation>Muda wa kazi ambazo hazikuleta kitu: zilizorudishwa, zilizokataliwa au zilizorukwa.</translation>
        </message>
        <message>
            <source>To download</source>
            <translation>Ya kupakua</translation>
        </message>
        <message>
            <source>To download for a task</source>
            <translation>Ya kupakua kwa kazi</translation>
        </message>
        <message>
            <source>To move your pay from the channel into your wallet. Only then can you send it on.</source>
            <translation>Kuhamisha malipo yako kutoka kwenye njia hadi pochi yako. Baada ya hapo tu unaweza kuyatuma.</translation>
        </message>
        <message>
            <source>To this address:</source>
            <translation>Kwenye anwani hii:</translation>
        </message>
        <message>
            <source>To your wallet at once: {amount} GEM. The relayer's fee is {fee} GEM.</source>
            <translation>Kwenye pochi yako mara moja: {amount} GEM. Ada ya mjumbe ni {fee} GEM.</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Leo</translation>
        </message>
        <message>
            <source>Today's megabytes are used up.</source>
            <translation>Megabaiti za leo zimeisha.</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>Pamoja</translation>
        </message>
        <message>
            <source>Too few of your checked answers are right to go on.</source>
            <translation>Majibu yako sahihi kati ya yaliyokaguliwa ni machache mno kuendelea.</translation>
        </message>
        <message>
            <source>Too little judged work yet to say how often work is rejected.</source>
            <translation>Kazi zilizoamuliwa ni chache mno kusema kazi hukataliwa mara ngapi.</translation>
        </message>
        <message>
            <source>Too little work was done to measure it.</source>
            <translation>Kazi iliyofanywa ni ndogo mno kupimwa.</translation>
        </message>
        <message>
            <source>Too many requests in a short time.</source>
            <translation>Maombi mengi mno kwa muda mfupi.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again at {time}.</source>
            <translation>Imejaribiwa mara {n}; itajaribiwa tena {time}.</translation>
        </message>
        <message>
            <source>Tried {n} times; tried again with the next connection.</source>
            <translation>Imejaribiwa mara {n}; itajaribiwa tena mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>Trust</source>
            <translation>Uaminifu</translation>
        </message>
        <message>
            <source>Trust score</source>
            <translation>Alama ya uaminifu</translation>
        </message>
        <message>
            <source>Try again in a minute.</source>
            <translation>Jaribu tena baada ya dakika moja.</translation>
        </message>
        <message>
            <source>Try again later.</source>
            <translation>Jaribu tena baadaye.</translation>
        </message>
        <message>
            <source>Try again. If it stays so, start with --fresh to begin the practice network anew.</source>
            <translation>Jaribu tena. Ikibaki hivyo, anzisha kwa --fresh ili kuanza upya mtandao wa mazoezi.</translation>
        </message>
        <message>
            <source>Try again; if it stays so, give the task back at no cost.</source>
            <translation>Jaribu tena; ikibaki hivyo, rudisha kazi bila gharama.</translation>
        </message>
        <message>
            <source>Try to take the work again.</source>
            <translation>Jaribu kuchukua kazi tena.</translation>
        </message>
        <message>
            <source>Twelve words</source>
            <translation>Maneno kumi na mawili</translation>
        </message>
        <message>
            <source>Twelve words that open your wallet anywhere. Who has them has your money: tell nobody.</source>
            <translation>Maneno kumi na mawili yanayofungua pochi yako popote. Aliye nayo ana pesa zako: usimwambie mtu.</translation>
        </message>
        <message>
            <source>Two other verifiers found it poor: part of the reward went back to its requester.</source>
            <translation>Wakaguzi wengine wawili waliiona mbovu: sehemu ya ujira imerudi kwa mtoa kazi wake.</translation>
        </message>
        <message>
            <source>Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.</source>
            <translation>Iandike tena; angalia Caps Lock na kibodi. Maneno yako ya siri pia yanairudisha.</translation>
        </message>
        <message>
            <source>Type the same one twice.</source>
            <translation>Andika ileile mara mbili.</translation>
        </message>
        <message>
            <source>Under GRAM the miner's stake must be the penalty.</source>
            <translation>Chini ya GRAM dau la mfanyakazi lazima liwe sawa na adhabu.</translation>
        </message>
        <message>
            <source>Under Reading you change language, letters and colours.</source>
            <translation>Chini ya Kusoma unabadilisha lugha, herufi na rangi.</translation>
        </message>
        <message>
            <source>Under Work and data you say how many megabytes the program may use in a day.</source>
            <translation>Chini ya Kazi na data unasema programu itumie megabaiti ngapi kwa siku.</translation>
        </message>
        <message>
            <source>Under each task you see what happens next and until when.</source>
            <translation>Chini ya kila kazi unaona kinachofuata na hadi lini.</translation>
        </message>
        <message>
            <source>Unlock the wallet again; if that does not help, start Gems again.</source>
            <translation>Fungua pochi tena; isiposaidia, anzisha Gems tena.</translation>
        </message>
        <message>
            <source>Unlock the wallet and try again.</source>
            <translation>Fungua pochi na ujaribu tena.</translation>
        </message>
        <message>
            <source>Unpaid time</source>
            <translation>Muda usiolipwa</translation>
        </message>
        <message>
            <source>Until it is registered, Gems puts up no stake for its work: no contract would hear your case.</source>
            <translation>Hadi usajiliwe, Gems haiweki dau kwa kazi zake: hakuna mkataba ambao ungesikiliza kesi yako.</translation>
        </message>
        <message>
            <source>Until then your answer must be sent. After that the task goes to somebody else.</source>
            <translation>Hadi hapo jibu lako lazima liwe limetumwa. Baadaye kazi inaenda kwa mtu mwingine.</translation>
        </message>
        <message>
            <source>Until this is over, Gems puts up no stake for its work.</source>
            <translation>Hadi hili liishe, Gems haiweki dau kwa kazi zake.</translation>
        </message>
        <message>
            <source>Until this time you or the other side can object. After it the verdict stands for good.</source>
            <translation>Hadi muda huu wewe au upande mwingine mnaweza kupinga. Baada yake uamuzi unabaki milele.</translation>
        </message>
        <message>
            <source>Update Gems, then try again.</source>
            <translation>Sasisha Gems, kisha jaribu tena.</translation>
        </message>
        <message>
            <source>Update Gems. If it happens again, save a report in Settings and tell us.</source>
            <translation>Sasisha Gems. Ikitokea tena, hifadhi ripoti kwenye Mipangilio na utuambie.</translation>
        </message>
        <message>
            <source>Use another chain node in Settings.</source>
            <translation>Tumia nodi nyingine ya mnyororo kwenye Mipangilio.</translation>
        </message>
        <message>
            <source>Use another chain node, or add a second one to compare with, in Settings.</source>
            <translation>Tumia nodi nyingine ya mnyororo, au ongeza ya pili ya kulinganisha, kwenye Mipangilio.</translation>
        </message>
        <message>
            <source>Use another profile for another wallet.</source>
            <translation>Tumia wasifu mwingine kwa pochi nyingine.</translation>
        </message>
        <message>
            <source>Use other chain nodes: give their addresses in Settings.</source>
            <translation>Tumia nodi nyingine za mnyororo: weka anwani zake kwenye Mipangilio.</translation>
        </message>
        <message>
            <source>Use the key that created the campaign.</source>
            <translation>Tumia ufunguo uliotengeneza kampeni.</translation>
        </message>
        <message>
            <source>Use the packaged application, or Python 3.11 to 3.13.</source>
            <translation>Tumia programu iliyofungashwa, au Python 3.11 hadi 3.13.</translation>
        </message>
        <message>
            <source>Use the window that is already open, or close it first.</source>
            <translation>Tumia dirisha lililo wazi tayari, au lifunge kwanza.</translation>
        </message>
        <message>
            <source>Use their key.</source>
            <translation>Tumia ufunguo wao.</translation>
        </message>
        <message>
            <source>Used {when}</source>
            <translation>Ilitumika {when}</translation>
        </message>
        <message>
            <source>Usually pays within</source>
            <translation>Kwa kawaida hulipa ndani ya</translation>
        </message>
        <message>
            <source>Verdict</source>
            <translation>Uamuzi</translation>
        </message>
        <message>
            <source>Verifiers</source>
            <translation>Wakaguzi</translation>
        </message>
        <message>
            <source>Verifiers decide by {time}.</source>
            <translation>Wakaguzi wanaamua kabla ya {time}.</translation>
        </message>
        <message>
            <source>Verifiers decide next. You need not do anything.</source>
            <translation>Sasa wakaguzi wanaamua. Huhitaji kufanya kitu.</translation>
        </message>
        <message>
            <source>Verifiers have judged it, and the platform has not paid you. The contract can pay you from the campaign's escrow.</source>
            <translation>Wakaguzi wameiamua, na jukwaa halijakulipa. Mkataba unaweza kukulipa kutoka escrow ya kampeni.</translation>
        </message>
        <message>
            <source>Version {new} did not start twice, so {old} runs again.</source>
            <translation>Toleo {new} limeshindwa kuanza mara mbili, hivyo {old} linatumika tena.</translation>
        </message>
        <message>
            <source>Version {version} can be downloaded.</source>
            <translation>Toleo {version} linaweza kupakuliwa.</translation>
        </message>
        <message>
            <source>Version {version} is being downloaded.</source>
            <translation>Toleo {version} linapakuliwa.</translation>
        </message>
        <message>
            <source>Version {version} is ready.</source>
            <translation>Toleo {version} liko tayari.</translation>
        </message>
        <message>
            <source>Veteran</source>
            <translation>Mkongwe</translation>
        </message>
        <message>
            <source>Videos</source>
            <translation>Video</translation>
        </message>
        <message>
            <source>Violence</source>
            <translation>Vurugu</translation>
        </message>
        <message>
            <source>Voucher</source>
            <translation>Vocha</translation>
        </message>
        <message>
            <source>Voucher {n} of {time} pays it. In all it says {paid} GEM to claim and {bonded} GEM for the bond.</source>
            <translation>Vocha {n} ya {time} inailipa. Kwa jumla inasema {paid} GEM za kuchukua na {bonded} GEM za amana.</translation>
        </message>
        <message>
            <source>Wait a moment; Gems tries again.</source>
            <translation>Subiri kidogo; Gems inajaribu tena.</translation>
        </message>
        <message>
            <source>Wait until it can change no more.</source>
            <translation>Subiri hadi isiweze kubadilika tena.</translation>
        </message>
        <message>
            <source>Wait until it has arrived.</source>
            <translation>Subiri hadi ifike.</translation>
        </message>
        <message>
            <source>Wait until it has ended.</source>
            <translation>Subiri hadi iishe.</translation>
        </message>
        <message>
            <source>Wait until it is done.</source>
            <translation>Subiri hadi ikamilike.</translation>
        </message>
        <message>
            <source>Wait until it is over, then try again.</source>
            <translation>Subiri hadi iishe, kisha jaribu tena.</translation>
        </message>
        <message>
            <source>Wait until the chain shows it.</source>
            <translation>Subiri hadi mnyororo uionyeshe.</translation>
        </message>
        <message>
            <source>Wait until the verdict is settled, then finish the exit.</source>
            <translation>Subiri hadi uamuzi ukamilike, kisha maliza kutoka.</translation>
        </message>
        <message>
            <source>Wait, then type the password again. Your seed words also bring it back.</source>
            <translation>Subiri, kisha andika nywila tena. Maneno yako ya siri pia yanairudisha.</translation>
        </message>
        <message>
            <source>Waits for the next connection</source>
            <translation>Inasubiri mtandao upatikane</translation>
        </message>
        <message>
            <source>Wallet</source>
            <translation>Pochi</translation>
        </message>
        <message>
            <source>Watch-tower</source>
            <translation>Mnara wa ulinzi</translation>
        </message>
        <message>
            <source>Week from {day}: {had} audited, {expected} expected</source>
            <translation>Wiki kuanzia {day}: {had} zilikaguliwa ghafla, {expected} zilitarajiwa</translation>
        </message>
        <message>
            <source>Went back: two people found the work poor</source>
            <translation>Zilirudi: watu wawili waliona kazi ni mbaya</translation>
        </message>
        <message>
            <source>What a lovely day we had!</source>
            <translation>Leo tumekuwa na siku nzuri sana!</translation>
        </message>
        <message>
            <source>What a rejected answer costs you beyond its reward. It is never more than your stake.</source>
            <translation>Jibu lililokataliwa linakugharimu nini zaidi ya ujira wake. Kamwe halizidi dau lako.</translation>
        </message>
        <message>
            <source>What a requester has put down to pay for work. It cannot take it away while tasks are open.</source>
            <translation>Pesa ambazo mtoa kazi ameweka kulipia kazi. Hawezi kuziondoa wakati kazi ziko wazi.</translation>
        </message>
        <message>
            <source>What answers is not the platform of this network.</source>
            <translation>Kinachojibu si jukwaa la mtandao huu.</translation>
        </message>
        <message>
            <source>What does not fit goes with the next file: {n}</source>
            <translation>Kisichotosha kinaenda na faili ijayo: {n}</translation>
        </message>
        <message>
            <source>What does the writer feel?</source>
            <translation>Mwandishi anahisi nini?</translation>
        </message>
        <message>
            <source>What has left the bond is no stake any more.</source>
            <translation>Kilichotoka kwenye amana si dau tena.</translation>
        </message>
        <message>
            <source>What is handed in cannot be changed afterwards. This moves no money.</source>
            <translation>Kilichowasilishwa hakiwezi kubadilishwa baadaye. Hili halihamishi pesa.</translation>
        </message>
        <message>
            <source>What is not proven was not taken. What is signed came back, and your money is as the signatures say.</source>
            <translation>Kisichothibitishwa hakikupokelewa. Kilichosainiwa kimerudi, na pesa zako ziko kama saini zinavyosema.</translation>
        </message>
        <message>
            <source>What is paid cannot be taken back.</source>
            <translation>Kilicholipwa hakiwezi kurudishwa.</translation>
        </message>
        <message>
            <source>What is sent cannot be taken back by anybody. Compare the whole address with the one you were given.</source>
            <translation>Zilizotumwa haziwezi kurudishwa na yeyote. Linganisha anwani yote na uliyopewa.</translation>
        </message>
        <message>
            <source>What may leave your wallet in a day without a question. For more, the wallet asks you first.</source>
            <translation>Kinachoweza kutoka kwenye pochi yako kwa siku bila kuulizwa. Kwa zaidi, pochi inakuuliza kwanza.</translation>
        </message>
        <message>
            <source>What people earned here in an hour, measured on work that was paid.</source>
            <translation>Watu walichopata hapa kwa saa moja, kwa kupima kazi zilizolipwa.</translation>
        </message>
        <message>
            <source>What the newer version wrote is put aside in the profile's folder, never deleted.</source>
            <translation>Kilichoandikwa na toleo jipya zaidi kinawekwa kando kwenye folda ya wasifu, hakifutwi kamwe.</translation>
        </message>
        <message>
            <source>What the platform has put down to pay you. It cannot owe you more than this.</source>
            <translation>Pesa ambazo jukwaa limeweka kukulipa. Haliwezi kudaiwa na wewe zaidi ya hapa.</translation>
        </message>
        <message>
            <source>What the program fetches for one task. Pictures and sound are large, text is small.</source>
            <translation>Kile ambacho programu inapakua kwa kazi moja. Picha na sauti ni kubwa, maandishi ni madogo.</translation>
        </message>
        <message>
            <source>What the program has sent and fetched today. You set the most it may use in Settings.</source>
            <translation>Kile ambacho programu imetuma na kuleta leo. Unaweka kikomo chake kwenye Mipangilio.</translation>
        </message>
        <message>
            <source>What the relayer keeps for carrying your claim. You see it before you sign; it is never more.</source>
            <translation>Anachobaki nacho mjumbe kwa kupeleka ombi lako la kuchukua. Unakiona kabla ya kusaini; kamwe hakizidi.</translation>
        </message>
        <message>
            <source>What this movement was read from is not on this computer any more.</source>
            <translation>Chanzo cha muamala huu hakipo tena kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>What waits is sent by itself when you are online, or at once with “Send now”.</source>
            <translation>Kinachosubiri hutumwa chenyewe ukiwa na mtandao, au mara moja kwa “Tuma sasa”.</translation>
        </message>
        <message>
            <source>What was found is too old to be trusted.</source>
            <translation>Kilichopatikana ni cha zamani mno kuaminika.</translation>
        </message>
        <message>
            <source>What was offered is not signed by the makers of Gems.</source>
            <translation>Kilichotolewa hakijasainiwa na watengenezaji wa Gems.</translation>
        </message>
        <message>
            <source>What was sent is larger than the platform takes.</source>
            <translation>Kilichotumwa ni kikubwa kuliko jukwaa linavyopokea.</translation>
        </message>
        <message>
            <source>What you earned stays in your channel.</source>
            <translation>Ulichopata kinabaki kwenye njia yako.</translation>
        </message>
        <message>
            <source>What you get for one task when it is accepted.</source>
            <translation>Unachopata kwa kazi moja ikikubaliwa.</translation>
        </message>
        <message>
            <source>What you have earned is kept here and can be claimed. Work without a stake goes on.</source>
            <translation>Ulichopata kimehifadhiwa hapa na kinaweza kuchukuliwa. Kazi isiyo na dau inaendelea.</translation>
        </message>
        <message>
            <source>What you have earned is kept here. Work without a stake goes on.</source>
            <translation>Ulichopata kimehifadhiwa hapa. Kazi isiyo na dau inaendelea.</translation>
        </message>
        <message>
            <source>What your newest voucher pays can be claimed until the closing ends.</source>
            <translation>Inacholipa vocha yako mpya kabisa kinaweza kuchukuliwa hadi ufungaji uishe.</translation>
        </message>
        <message>
            <source>What your newest voucher pays comes to your wallet at once, less the fee.</source>
            <translation>Inacholipa vocha yako mpya kabisa kinakuja kwenye pochi yako mara moja, ukiondoa ada.</translation>
        </message>
        <message>
            <source>What your newest voucher pays is handed in for you. Your bond comes when the closing ends.</source>
            <translation>Vocha yako mpya kabisa inawasilishwa kwa niaba yako. Amana yako inakuja ufungaji ukiisha.</translation>
        </message>
        <message>
            <source>When you are rejected</source>
            <translation>Jibu lako likikataliwa</translation>
        </message>
        <message>
            <source>When you send GEM, compare the whole address. It cannot be called back.</source>
            <translation>Unapotuma GEM, linganisha anwani nzima. Haziwezi kurudishwa.</translation>
        </message>
        <message>
            <source>Where your pay is kept safe for you. Only you can claim it, and nobody can take it back.</source>
            <translation>Mahali malipo yako yanapotunzwa salama. Ni wewe tu unayeweza kuyachukua, na hakuna anayeweza kuyarudisha.</translation>
        </message>
        <message>
            <source>Who has the work done and pays for it.</source>
            <translation>Anayefanyiwa kazi na anayeilipia.</translation>
        </message>
        <message>
            <source>Who installed it can put a new version there. Your wallet and your work are kept elsewhere.</source>
            <translation>Aliyeisakinisha anaweza kuweka toleo jipya hapo. Pochi na kazi zako zimehifadhiwa mahali pengine.</translation>
        </message>
        <message>
            <source>Whoever has the file and that password has everything in this wallet, for ever. Gems never asks you for such a file.</source>
            <translation>Aliye na faili na nywila hiyo ana kila kitu katika pochi hii, milele. Gems haikuombi kamwe faili kama hiyo.</translation>
        </message>
        <message>
            <source>Whoever takes over this computer could send as much without your yes.</source>
            <translation>Atakayeshika kompyuta hii anaweza kutuma kiasi hicho bila ndiyo yako.</translation>
        </message>
        <message>
            <source>Whoever wrote it has to write it again.</source>
            <translation>Aliyeiandika lazima aiandike tena.</translation>
        </message>
        <message>
            <source>With the requester's seed</source>
            <translation>Kwa mbegu ya mtoa kazi</translation>
        </message>
        <message>
            <source>With two nodes of different operators, one that lies is noticed.</source>
            <translation>Ukiwa na nodi mbili za wamiliki tofauti, moja ikidanganya inaonekana.</translation>
        </message>
        <message>
            <source>With {right} of the next ten right: at least {low} %, grade {grade}.</source>
            <translation>{right} kati ya kumi zijazo zikiwa sahihi: angalau {low} %, daraja {grade}.</translation>
        </message>
        <message>
            <source>Within a day</source>
            <translation>Ndani ya siku moja</translation>
        </message>
        <message>
            <source>Within a week</source>
            <translation>Ndani ya wiki</translation>
        </message>
        <message>
            <source>Within an hour</source>
            <translation>Ndani ya saa moja</translation>
        </message>
        <message>
            <source>Within three days</source>
            <translation>Ndani ya siku tatu</translation>
        </message>
        <message>
            <source>Without a network, with a USB stick</source>
            <translation>Bila mtandao, kwa flashi</translation>
        </message>
        <message>
            <source>Without a receipt of the platform, only what was anchored in time can be claimed.</source>
            <translation>Bila risiti ya jukwaa, kinachoweza kudaiwa ni kile tu kilichowekwa kwenye mnyororo kwa wakati.</translation>
        </message>
        <message>
            <source>Won: your answer is accepted.</source>
            <translation>Umeshinda: jibu lako limekubaliwa.</translation>
        </message>
        <message>
            <source>Words</source>
            <translation>Maneno</translation>
        </message>
        <message>
            <source>Work</source>
            <translation>Kazi</translation>
        </message>
        <message>
            <source>Work as always. The line below says that you are offline; nothing is lost.</source>
            <translation>Fanya kazi kama kawaida. Mstari wa chini unasema kwamba huna mtandao; hakuna kinachopotea.</translation>
        </message>
        <message>
            <source>Work of yours is not paid yet. In this channel it cannot be paid any more.</source>
            <translation>Kuna kazi yako ambayo bado haijalipwa. Katika njia hii haiwezi kulipwa tena.</translation>
        </message>
        <message>
            <source>Work offline</source>
            <translation>Fanya kazi bila mtandao</translation>
        </message>
        <message>
            <source>Work that asks for a stake is closed to you until you keep pay in the bond again.</source>
            <translation>Kazi inayoomba dau imefungwa kwako hadi uweke tena malipo kwenye amana.</translation>
        </message>
        <message>
            <source>Work without a stake first: the first earnings fill the bond pocket.</source>
            <translation>Anza na kazi isiyo na dau: mapato ya kwanza hujaza mfuko wa amana.</translation>
        </message>
        <message>
            <source>Working offline, as you chose</source>
            <translation>Unafanya kazi bila mtandao, kama ulivyochagua</translation>
        </message>
        <message>
            <source>Worst case on one task</source>
            <translation>Hali mbaya zaidi kwa kazi moja</translation>
        </message>
        <message>
            <source>Wounds and accidents</source>
            <translation>Majeraha na ajali</translation>
        </message>
        <message>
            <source>Write at least one letter.</source>
            <translation>Andika angalau herufi moja.</translation>
        </message>
        <message>
            <source>Write digits with at most 18 decimals, such as 0.25.</source>
            <translation>Andika tarakimu zenye desimali zisizozidi 18, kama 0.25.</translation>
        </message>
        <message>
            <source>Write digits with at most 8 decimals, such as 12.50.</source>
            <translation>Andika tarakimu zenye desimali zisizozidi 8, kama 12.50.</translation>
        </message>
        <message>
            <source>Write its three capital letters, such as KES.</source>
            <translation>Andika herufi zake tatu kubwa, kama KES.</translation>
        </message>
        <message>
            <source>Write the twelve words on paper, in order. They are the only way back to your money.</source>
            <translation>Andika maneno kumi na mawili kwenye karatasi, kwa mpangilio. Ndiyo njia pekee ya kurudi kwenye pesa zako.</translation>
        </message>
        <message>
            <source>Write them down and confirm them: without them, a broken disk takes the money with it.</source>
            <translation>Yaandike na uyathibitishe: bila hayo, diski ikiharibika pesa zinapotea nayo.</translation>
        </message>
        <message>
            <source>Write what is right about your answer.</source>
            <translation>Andika kilicho sahihi kuhusu jibu lako.</translation>
        </message>
        <message>
            <source>Write your answer for each region.</source>
            <translation>Andika jibu lako kwa kila eneo.</translation>
        </message>
        <message>
            <source>Write your answer.</source>
            <translation>Andika jibu lako.</translation>
        </message>
        <message>
            <source>Written and signed. It leaves as soon as there is a connection.</source>
            <translation>Imeandikwa na kusainiwa. Inaondoka mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>Written down, not yet sent</source>
            <translation>Imeandikwa, bado haijatumwa</translation>
        </message>
        <message>
            <source>Written: {name}. Give the stick to somebody with a connection.</source>
            <translation>Imeandikwa: {name}. Mpe flashi mtu mwenye mtandao.</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>Si sahihi</translation>
        </message>
        <message>
            <source>Yes, I promise</source>
            <translation>Ndiyo, naahidi</translation>
        </message>
        <message>
            <source>Yes, add it</source>
            <translation>Ndiyo, ongeza</translation>
        </message>
        <message>
            <source>Yes, appeal</source>
            <translation>Ndiyo, kata rufaa</translation>
        </message>
        <message>
            <source>Yes, change it</source>
            <translation>Ndiyo, badilisha</translation>
        </message>
        <message>
            <source>Yes, close it</source>
            <translation>Ndiyo, funga</translation>
        </message>
        <message>
            <source>Yes, export it</source>
            <translation>Ndiyo, toa</translation>
        </message>
        <message>
            <source>Yes, hand in</source>
            <translation>Ndiyo, wasilisha</translation>
        </message>
        <message>
            <source>Yes, move it</source>
            <translation>Ndiyo, hamisha</translation>
        </message>
        <message>
            <source>Yes, pay</source>
            <translation>Ndiyo, lipa</translation>
        </message>
        <message>
            <source>Yes, pay out</source>
            <translation>Ndiyo, nilipwe</translation>
        </message>
        <message>
            <source>Yes, put it up</source>
            <translation>Ndiyo, weka</translation>
        </message>
        <message>
            <source>Yes, release</source>
            <translation>Ndiyo, achilia</translation>
        </message>
        <message>
            <source>Yes, send it</source>
            <translation>Ndiyo, tuma</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Wewe</translation>
        </message>
        <message>
            <source>You accepted the answer.</source>
            <translation>Ulikubali jibu.</translation>
        </message>
        <message>
            <source>You added this address not long ago. It needs no question from: {time}</source>
            <translation>Uliongeza anwani hii hivi karibuni. Haitahitaji kuulizwa kuanzia: {time}</translation>
        </message>
        <message>
            <source>You answered.</source>
            <translation>Ulijibu.</translation>
        </message>
        <message>
            <source>You appealed and lost: other verifiers rejected it too.</source>
            <translation>Ulikata rufaa na kushindwa: wakaguzi wengine pia walikataa.</translation>
        </message>
        <message>
            <source>You appealed and won.</source>
            <translation>Ulikata rufaa na kushinda.</translation>
        </message>
        <message>
            <source>You appealed.</source>
            <translation>Ulikata rufaa.</translation>
        </message>
        <message>
            <source>You appealed. Other verifiers judge it again.</source>
            <translation>Ulikata rufaa. Wakaguzi wengine wanaiamua tena.</translation>
        </message>
        <message>
            <source>You can claim it on the page Earnings.</source>
            <translation>Unaweza kuzichukua kwenye ukurasa wa Mapato.</translation>
        </message>
        <message>
            <source>You claim 10 GEM, the fee is 0.02: 9.98 arrive.</source>
            <translation>Unachukua 10 GEM, ada ni 0.02: zinafika 9.98.</translation>
        </message>
        <message>
            <source>You corrected it: your second try takes its place.</source>
            <translation>Ulilisahihisha: jaribio lako la pili linachukua nafasi yake.</translation>
        </message>
        <message>
            <source>You corrected your answer.</source>
            <translation>Ulisahihisha jibu lako.</translation>
        </message>
        <message>
            <source>You gave a task back. It costs you nothing and your stake comes back.</source>
            <translation>Ulirudisha kazi. Haikugharimu kitu na dau lako linarudi.</translation>
        </message>
        <message>
            <source>You give up the appeal, and with it this task's reward.</source>
            <translation>Unaacha rufaa, na pamoja nayo ujira wa kazi hii.</translation>
        </message>
        <message>
            <source>You give up the second try and the appeal, and with them this task's reward.</source>
            <translation>Unaacha jaribio la pili na rufaa, na pamoja navyo ujira wa kazi hii.</translation>
        </message>
        <message>
            <source>You give up the second try, and with it this task's reward.</source>
            <translation>Unaacha jaribio la pili, na pamoja nalo ujira wa kazi hii.</translation>
        </message>
        <message>
            <source>You got the task back to correct it, until {time}.</source>
            <translation>Ulirudishiwa kazi uisahihishe, hadi {time}.</translation>
        </message>
        <message>
            <source>You had accepted this answer.</source>
            <translation>Ulikuwa umekubali jibu hili.</translation>
        </message>
        <message>
            <source>You had rejected this answer: {reason}</source>
            <translation>Ulikuwa umekataa jibu hili: {reason}</translation>
        </message>
        <message>
            <source>You had skipped this answer.</source>
            <translation>Ulikuwa umeruka jibu hili.</translation>
        </message>
        <message>
            <source>You have appealed already.</source>
            <translation>Umekata rufaa tayari.</translation>
        </message>
        <message>
            <source>You have as many unfinished batches as one account may have.</source>
            <translation>Una mafungu yasiyokamilika mengi kadiri akaunti moja inavyoruhusiwa.</translation>
        </message>
        <message>
            <source>You have finished the second try.</source>
            <translation>Umemaliza jaribio la pili.</translation>
        </message>
        <message>
            <source>You have finished the second try; take it back first if you would rather appeal.</source>
            <translation>Umemaliza jaribio la pili; lirudishe kwako kwanza kama ungependa kukata rufaa.</translation>
        </message>
        <message>
            <source>You have handed in the second try, so the first verdict stands.</source>
            <translation>Umewasilisha jaribio la pili, hivyo uamuzi wa kwanza unabaki.</translation>
        </message>
        <message>
            <source>You have passed its practice set.</source>
            <translation>Umefaulu mazoezi yake.</translation>
        </message>
        <message>
            <source>You have read this reply before. There is nothing new in it.</source>
            <translation>Umesoma jibu hili kabla. Hakuna kipya ndani yake.</translation>
        </message>
        <message>
            <source>You have reported this already.</source>
            <translation>Umesharipoti hili.</translation>
        </message>
        <message>
            <source>You have the highest grade.</source>
            <translation>Una daraja la juu kabisa.</translation>
        </message>
        <message>
            <source>You keep 2 GEM in it; a task asks for a stake of 0.10, so 1.90 stay free.</source>
            <translation>Unaweka 2 GEM humo; kazi inaomba dau la 0.10, hivyo 1.90 zinabaki huru.</translation>
        </message>
        <message>
            <source>You let the rejection stand.</source>
            <translation>Ulikubali kukataliwa.</translation>
        </message>
        <message>
            <source>You lost too many appeals without a bond lately.</source>
            <translation>Hivi karibuni umeshindwa rufaa nyingi mno bila amana.</translation>
        </message>
        <message>
            <source>You may appeal a rejection: then others judge it.</source>
            <translation>Unaweza kukata rufaa ukikataliwa: kisha wengine wanaamua.</translation>
        </message>
        <message>
            <source>You may appeal until {time}.</source>
            <translation>Unaweza kukata rufaa hadi {time}.</translation>
        </message>
        <message>
            <source>You may correct a rejected answer once and send it again.</source>
            <translation>Unaweza kusahihisha jibu lililokataliwa mara moja na kulituma tena.</translation>
        </message>
        <message>
            <source>You may correct it.</source>
            <translation>Unaweza kulisahihisha.</translation>
        </message>
        <message>
            <source>You may review work of this kind.</source>
            <translation>Unaweza kukagua kazi za aina hii.</translation>
        </message>
        <message>
            <source>You need no gas coin: a relayer pays it.</source>
            <translation>Huhitaji sarafu ya gesi: mjumbe anailipa.</translation>
        </message>
        <message>
            <source>You promise its text, its pay and its rules to everybody who works on it.</source>
            <translation>Unaahidi maandishi yake, malipo yake na kanuni zake kwa kila anayeifanyia kazi.</translation>
        </message>
        <message>
            <source>You rejected the answer.</source>
            <translation>Ulikataa jibu.</translation>
        </message>
        <message>
            <source>You rejected the answer: {reason}.</source>
            <translation>Ulikataa jibu: {reason}.</translation>
        </message>
        <message>
            <source>You reported this</source>
            <translation>Umeripoti hili</translation>
        </message>
        <message>
            <source>You saved it as a case for the contract.</source>
            <translation>Uliihifadhi kama kesi ya mkataba.</translation>
        </message>
        <message>
            <source>You say that a rejection is wrong, and other people judge again. Their decision counts.</source>
            <translation>Unasema kwamba kukataliwa si sahihi, na watu wengine wanaamua tena. Uamuzi wao ndio unaohesabika.</translation>
        </message>
        <message>
            <source>You signed this on this computer.</source>
            <translation>Ulisaini hili kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>You wrote:</source>
            <translation>Uliandika:</translation>
        </message>
        <message>
            <source>Your Trust page shows how far you are from it.</source>
            <translation>Ukurasa wako wa Uaminifu unaonyesha umbali uliobaki.</translation>
        </message>
        <message>
            <source>Your account has stored as much as it may.</source>
            <translation>Akaunti yako imehifadhi kiasi chote inachoruhusiwa.</translation>
        </message>
        <message>
            <source>Your answer was accepted.</source>
            <translation>Jibu lako lilikubaliwa.</translation>
        </message>
        <message>
            <source>Your answer was drawn by lot to be checked.</source>
            <translation>Jibu lako lilichaguliwa kwa droo ili likaguliwe.</translation>
        </message>
        <message>
            <source>Your answer was rejected.</source>
            <translation>Jibu lako lilikataliwa.</translation>
        </message>
        <message>
            <source>Your answer:</source>
            <translation>Jibu lako:</translation>
        </message>
        <message>
            <source>Your answers and your money are stored and untouched.</source>
            <translation>Majibu yako na pesa zako zimehifadhiwa na hazijaguswa.</translation>
        </message>
        <message>
            <source>Your answers for “{title}” were judged. How was its requester?</source>
            <translation>Majibu yako ya “{title}” yameamuliwa. Mtoa kazi wake alikuwaje?</translation>
        </message>
        <message>
            <source>Your appeal is written and signed; it leaves as soon as there is a connection.</source>
            <translation>Rufaa yako imeandikwa na kusainiwa; inaondoka mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>Your appeal leaves with the next connection. You need not do anything.</source>
            <translation>Rufaa yako itaondoka mtandao ukipatikana. Huhitaji kufanya kitu.</translation>
        </message>
        <message>
            <source>Your appeal waits for the platform's operator. What you write now takes its place.</source>
            <translation>Rufaa yako inamsubiri msimamizi wa jukwaa. Unachoandika sasa kinachukua nafasi yake.</translation>
        </message>
        <message>
            <source>Your bond follows when the closing ends. That takes the time that your channel was opened with.</source>
            <translation>Amana yako inafuata ufungaji ukiisha. Huchukua muda ambao njia yako ilifunguliwa nao.</translation>
        </message>
        <message>
            <source>Your bond pocket does not hold the bond of this appeal.</source>
            <translation>Mfuko wako wa amana hauna amana ya rufaa hii.</translation>
        </message>
        <message>
            <source>Your bond pocket holds too little for the stake.</source>
            <translation>Mfuko wako wa amana hautoshi kwa dau.</translation>
        </message>
        <message>
            <source>Your bond, when the channel ended</source>
            <translation>Amana yako, njia ilipoisha</translation>
        </message>
        <message>
            <source>Your channel is being closed</source>
            <translation>Njia yako inafungwa</translation>
        </message>
        <message>
            <source>Your channel is open as before, and no fee was taken.</source>
            <translation>Njia yako iko wazi kama awali, na hakuna ada iliyochukuliwa.</translation>
        </message>
        <message>
            <source>Your channel paid for them, so nobody is asked for that money again. This moves no money.</source>
            <translation>Njia yako ilizilipia, hivyo hakuna anayeombwa pesa hizo tena. Hili halihamishi pesa.</translation>
        </message>
        <message>
            <source>Your channel stays open and what is in it stays yours.</source>
            <translation>Njia yako inabaki wazi na kilichomo kinabaki chako.</translation>
        </message>
        <message>
            <source>Your claim is in your wallet</source>
            <translation>Pesa ulizochukua ziko kwenye pochi yako</translation>
        </message>
        <message>
            <source>Your data was kept.</source>
            <translation>Data yako imehifadhiwa.</translation>
        </message>
        <message>
            <source>Your first pay</source>
            <translation>Malipo yako ya kwanza</translation>
        </message>
        <message>
            <source>Your grade says how right your checked work was.</source>
            <translation>Daraja lako linasema kazi yako iliyokaguliwa ilikuwa sahihi kiasi gani.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected.</source>
            <translation>Funguo zako, kazi yako na vocha zako viko kwenye kompyuta hii na havijaathirika.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was booked from this answer.</source>
            <translation>Funguo zako, kazi yako na vocha zako viko kwenye kompyuta hii na havijaathirika. Hakuna kilichoandikwa kwenye hesabu kutoka jibu hili.</translation>
        </message>
        <message>
            <source>Your keys, your work and your vouchers are on this computer and are not affected. Nothing was spent.</source>
            <translation>Funguo zako, kazi yako na vocha zako viko kwenye kompyuta hii na havijaathirika. Hakuna kilichotumika.</translation>
        </message>
        <message>
            <source>Your newest voucher is being handed in for {amount} GEM.</source>
            <translation>Vocha yako mpya kabisa inawasilishwa kwa {amount} GEM.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept here and at your watch-towers; it is worth the same from anybody's hand.</source>
            <translation>Vocha yako mpya kabisa imehifadhiwa hapa na kwenye minara yako ya ulinzi; ina thamani ileile kutoka mkono wowote.</translation>
        </message>
        <message>
            <source>Your newest voucher is kept on this computer only.</source>
            <translation>Vocha yako mpya kabisa imehifadhiwa kwenye kompyuta hii tu.</translation>
        </message>
        <message>
            <source>Your newest voucher was written to {path}</source>
            <translation>Vocha yako mpya kabisa imeandikwa kwenye {path}</translation>
        </message>
        <message>
            <source>Your own order fills the bond from your pay. You set how far in Settings.</source>
            <translation>Agizo lako mwenyewe hujaza amana kutoka malipo yako. Unaweka hadi kiasi gani kwenye Mipangilio.</translation>
        </message>
        <message>
            <source>Your pay goes this way: in review, owed, ready to claim, in your wallet.</source>
            <translation>Malipo yako hupita hivi: yanakaguliwa, unayadai, tayari kuchukuliwa, kwenye pochi yako.</translation>
        </message>
        <message>
            <source>Your payment channel is being closed.</source>
            <translation>Njia yako ya malipo inafungwa.</translation>
        </message>
        <message>
            <source>Your payment channel is closed</source>
            <translation>Njia yako ya malipo imefungwa</translation>
        </message>
        <message>
            <source>Your payment channel is closing already.</source>
            <translation>Njia yako ya malipo inafungwa tayari.</translation>
        </message>
        <message>
            <source>Your permission does not fit the channel any more: something else was claimed first.</source>
            <translation>Ruhusa yako hailingani na njia tena: kingine kilichukuliwa kwanza.</translation>
        </message>
        <message>
            <source>Your profile was not touched.</source>
            <translation>Wasifu wako haukuguswa.</translation>
        </message>
        <message>
            <source>Your rating is stored. Thank you.</source>
            <translation>Alama uliyotoa imehifadhiwa. Asante.</translation>
        </message>
        <message>
            <source>Your report goes to the operator with the next connection.</source>
            <translation>Ripoti yako itaenda kwa msimamizi mtandao ukipatikana.</translation>
        </message>
        <message>
            <source>Your share for one review</source>
            <translation>Sehemu yako kwa ukaguzi mmoja</translation>
        </message>
        <message>
            <source>Your stake comes back when the other reviewers see it as you do.</source>
            <translation>Dau lako linarudi wakaguzi wengine wakiona kama wewe.</translation>
        </message>
        <message>
            <source>Your stakes in work that is not decided yet. They come back when the work is accepted.</source>
            <translation>Dau zako katika kazi ambazo bado hazijaamuliwa. Zinarudi kazi ikikubaliwa.</translation>
        </message>
        <message>
            <source>Your system keeps Gems up to date.</source>
            <translation>Mfumo wako husasisha Gems kila mara.</translation>
        </message>
        <message>
            <source>Your trust score does not allow reviewing yet.</source>
            <translation>Alama yako ya uaminifu bado hairuhusu kukagua.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept here. Nothing is paid twice and nothing of yours is lost.</source>
            <translation>Vocha zako na ushahidi wako wote vimehifadhiwa hapa. Hakuna kinacholipwa mara mbili na hakuna chako kinachopotea.</translation>
        </message>
        <message>
            <source>Your vouchers and all your evidence are kept on this computer.</source>
            <translation>Vocha zako na ushahidi wako wote vimehifadhiwa kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Both can be shown to anybody.</source>
            <translation>Vocha zako zimehifadhiwa hapa. Zote mbili zinaweza kuonyeshwa kwa yeyote.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. Its two signatures prove it.</source>
            <translation>Vocha zako zimehifadhiwa hapa. Saini zake mbili zinathibitisha.</translation>
        </message>
        <message>
            <source>Your vouchers are kept here. The chain pays the newest, whatever the platform remembers.</source>
            <translation>Vocha zako zimehifadhiwa hapa. Mnyororo unalipa mpya kabisa, lolote jukwaa linalokumbuka.</translation>
        </message>
        <message>
            <source>Your wallet does not hold that much and the fee.</source>
            <translation>Pochi yako haina kiasi hicho pamoja na ada.</translation>
        </message>
        <message>
            <source>Your wallet is as it was.</source>
            <translation>Pochi yako iko kama ilivyokuwa.</translation>
        </message>
        <message>
            <source>Your wallet is still stored on this computer.</source>
            <translation>Pochi yako bado imehifadhiwa kwenye kompyuta hii.</translation>
        </message>
        <message>
            <source>Your wallet is stored and your work is untouched.</source>
            <translation>Pochi yako imehifadhiwa na kazi yako haijaguswa.</translation>
        </message>
        <message>
            <source>Your wallet signed it. Its fingerprint is {code}.</source>
            <translation>Pochi yako iliisaini. Alama yake ya kidole ni {code}.</translation>
        </message>
        <message>
            <source>Your wallet signed the appeal with these words.</source>
            <translation>Pochi yako ilisaini rufaa kwa maneno haya.</translation>
        </message>
        <message>
            <source>Your work is stored on this computer; nothing was changed.</source>
            <translation>Kazi yako imehifadhiwa kwenye kompyuta hii; hakuna kilichobadilishwa.</translation>
        </message>
        <message>
            <source>Your work is stored.</source>
            <translation>Kazi yako imehifadhiwa.</translation>
        </message>
        <message>
            <source>Your work was accepted. Its requester may still object for some time; then it is paid.</source>
            <translation>Kazi yako ilikubaliwa. Mtoa kazi wake bado anaweza kupinga kwa muda; kisha inalipwa.</translation>
        </message>
        <message>
            <source>Your work, stakes and earnings are back. What was never sent was on the lost computer alone.</source>
            <translation>Kazi yako, dau na mapato vimerudi. Kisichowahi kutumwa kilikuwa kwenye kompyuta iliyopotea tu.</translation>
        </message>
        <message>
            <source>Your {checked} checked tasks count as {counted}: easy tasks, and many for one requester, count less.</source>
            <translation>Kazi zako {checked} zilizokaguliwa zinahesabiwa kama {counted}: kazi rahisi, na nyingi za mtoa kazi mmoja, huhesabiwa kidogo.</translation>
        </message>
        <message>
            <source>Yours to do</source>
            <translation>Zako za kufanya</translation>
        </message>
        <message>
            <source>a few seconds left</source>
            <translation>zimebaki sekunde chache</translation>
        </message>
        <message>
            <source>a mark</source>
            <translation>alama</translation>
        </message>
        <message>
            <source>about {n} h left</source>
            <translation>zimebaki saa {n} hivi</translation>
        </message>
        <message>
            <source>about {n} min left</source>
            <translation>zimebaki dakika {n} hivi</translation>
        </message>
        <message>
            <source>about {n} s left</source>
            <translation>zimebaki sekunde {n} hivi</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>kama {time}</translation>
        </message>
        <message>
            <source>after it was accepted</source>
            <translation>baada ya kukubaliwa</translation>
        </message>
        <message>
            <source>after what is lost on average</source>
            <translation>baada ya kinachopotea kwa wastani</translation>
        </message>
        <message>
            <source>appeals: {n}</source>
            <translation>rufaa: {n}</translation>
        </message>
        <message>
            <source>as soon as it is sent</source>
            <translation>mara inapotumwa</translation>
        </message>
        <message>
            <source>as the requester expects</source>
            <translation>kama mtoa kazi anavyotarajia</translation>
        </message>
        <message>
            <source>beyond the reward</source>
            <translation>zaidi ya ujira</translation>
        </message>
        <message>
            <source>characters {start} to {end}</source>
            <translation>herufi {start} hadi {end}</translation>
        </message>
        <message>
            <source>counted for a newcomer, with {share} right answers</source>
            <translation>imehesabiwa kwa mgeni, kwa majibu sahihi {share}</translation>
        </message>
        <message>
            <source>counted with {share} right answers, from your own record</source>
            <translation>imehesabiwa kwa majibu sahihi {share}, kutoka rekodi yako</translation>
        </message>
        <message>
            <source>every answer is checked</source>
            <translation>kila jibu hukaguliwa</translation>
        </message>
        <message>
            <source>frame {n}: {place}</source>
            <translation>fremu {n}: {place}</translation>
        </message>
        <message>
            <source>it asks for a stake and there is no payment channel yet.</source>
            <translation>inaomba dau na bado hakuna njia ya malipo.</translation>
        </message>
        <message>
            <source>its stake cannot be put up: {what}</source>
            <translation>dau lake haliwezi kuwekwa: {what}</translation>
        </message>
        <message>
            <source>its time is nearly over.</source>
            <translation>muda wake unakaribia kuisha.</translation>
        </message>
        <message>
            <source>just now</source>
            <translation>sasa hivi</translation>
        </message>
        <message>
            <source>measured</source>
            <translation>imepimwa</translation>
        </message>
        <message>
            <source>measured on work that was paid</source>
            <translation>imepimwa kwa kazi iliyolipwa</translation>
        </message>
        <message>
            <source>no wallet yet</source>
            <translation>hakuna pochi bado</translation>
        </message>
        <message>
            <source>nobody has been paid yet</source>
            <translation>hakuna aliyelipwa bado</translation>
        </message>
        <message>
            <source>none</source>
            <translation>hakuna</translation>
        </message>
        <message>
            <source>not enough checked work yet</source>
            <translation>kazi zilizokaguliwa bado hazitoshi</translation>
        </message>
        <message>
            <source>not known yet</source>
            <translation>bado haijulikani</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>hakuna kitu</translation>
        </message>
        <message>
            <source>nothing at stake</source>
            <translation>hakuna dau</translation>
        </message>
        <message>
            <source>one of the marked regions</source>
            <translation>moja ya maeneo yenye alama</translation>
        </message>
        <message>
            <source>only here</source>
            <translation>hapa tu</translation>
        </message>
        <message>
            <source>only if its requester pays for it</source>
            <translation>mtoa kazi wake akilipia tu</translation>
        </message>
        <message>
            <source>only in the other</source>
            <translation>kwenye lingine tu</translation>
        </message>
        <message>
            <source>only the reward is not paid</source>
            <translation>ni ujira tu usiolipwa</translation>
        </message>
        <message>
            <source>open end</source>
            <translation>mwisho wazi</translation>
        </message>
        <message>
            <source>overlap {share} %</source>
            <translation>mwingiliano {share} %</translation>
        </message>
        <message>
            <source>page {n}: {place}</source>
            <translation>ukurasa {n}: {place}</translation>
        </message>
        <message>
            <source>paid within {time} after sending</source>
            <translation>inalipwa ndani ya {time} baada ya kutuma</translation>
        </message>
        <message>
            <source>probably {low}–{high} %</source>
            <translation>huenda {low}–{high} %</translation>
        </message>
        <message>
            <source>reviews: {n}</source>
            <translation>kaguzi: {n}</translation>
        </message>
        <message>
            <source>send within {time}</source>
            <translation>tuma ndani ya {time}</translation>
        </message>
        <message>
            <source>skipped reviews: {n}</source>
            <translation>kaguzi zilizorukwa: {n}</translation>
        </message>
        <message>
            <source>tasks: {n}</source>
            <translation>kazi: {n}</translation>
        </message>
        <message>
            <source>the platform is taking its collateral back, so no stake is put up.</source>
            <translation>jukwaa linachukua tena dhamana yake, hivyo hakuna dau linalowekwa.</translation>
        </message>
        <message>
            <source>the platform's key is not registered on the chain, so no stake is put up.</source>
            <translation>ufunguo wa jukwaa haujasajiliwa kwenye mnyororo, hivyo hakuna dau linalowekwa.</translation>
        </message>
        <message>
            <source>the requester may object for {time}</source>
            <translation>mtoa kazi anaweza kupinga kwa {time}</translation>
        </message>
        <message>
            <source>time is over</source>
            <translation>muda umekwisha</translation>
        </message>
        <message>
            <source>up to {reward} GEM</source>
            <translation>hadi {reward} GEM</translation>
        </message>
        <message>
            <source>up to {size} a task</source>
            <translation>hadi {size} kwa kazi</translation>
        </message>
        <message>
            <source>wallet {address}</source>
            <translation>pochi {address}</translation>
        </message>
        <message>
            <source>when nobody disagrees</source>
            <translation>asipopinga mtu yeyote</translation>
        </message>
        <message>
            <source>you lose nothing</source>
            <translation>hupotezi kitu</translation>
        </message>
        <message>
            <source>you lose {amount} GEM</source>
            <translation>unapoteza {amount} GEM</translation>
        </message>
        <message>
            <source>your payment channel has no confirmed deposit yet.</source>
            <translation>njia yako ya malipo bado haina pesa zilizothibitishwa.</translation>
        </message>
        <message>
            <source>your payment channel is closing.</source>
            <translation>njia yako ya malipo inafungwa.</translation>
        </message>
        <message>
            <source>{amount} GEM</source>
            <translation>{amount} GEM</translation>
        </message>
        <message>
            <source>{amount} GEM a task</source>
            <translation>{amount} GEM kwa kazi</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid by {time} unless a requester objects.</source>
            <translation>{amount} GEM zinakubaliwa na kulipwa kabla ya {time} mtoa kazi asipopinga.</translation>
        </message>
        <message>
            <source>{amount} GEM are accepted and paid unless a requester objects.</source>
            <translation>{amount} GEM zinakubaliwa na kulipwa mtoa kazi asipopinga.</translation>
        </message>
        <message>
            <source>{audit} of your answers are drawn by lot and checked by two strangers; one that both find wrong costs {penalty} GEM, all others are paid in full.</source>
            <translation>{audit} ya majibu yako huchaguliwa kwa bahati nasibu na kukaguliwa na watu wawili wasiohusika; wote wakiona si sahihi linagharimu {penalty} GEM, mengine yote hulipwa kamili.</translation>
        </message>
        <message>
            <source>{count} backups are there, the newest is {hours} hours old.</source>
            <translation>Kuna nakala rudufu {count}, mpya kabisa ni ya saa {hours} zilizopita.</translation>
        </message>
        <message>
            <source>{count} – too few to say more.</source>
            <translation>{count} – chache mno kusema zaidi.</translation>
        </message>
        <message>
            <source>{count} – {percent} %, probably {low}–{high} %.</source>
            <translation>{count} – {percent} %, huenda {low}–{high} %.</translation>
        </message>
        <message>
            <source>{day}: no task of that day is paid yet</source>
            <translation>{day}: hakuna kazi ya siku hiyo iliyolipwa bado</translation>
        </message>
        <message>
            <source>{day}: too little time to reckon an hour</source>
            <translation>{day}: muda ni mfupi mno kuhesabu saa</translation>
        </message>
        <message>
            <source>{day}: {amount} GEM</source>
            <translation>{day}: {amount} GEM</translation>
        </message>
        <message>
            <source>{day}: {paid} GEM an hour on paid tasks, {all} GEM with unpaid time</source>
            <translation>{day}: {paid} GEM kwa saa kwa kazi zilizolipwa, {all} GEM pamoja na muda usiolipwa</translation>
        </message>
        <message>
            <source>{day}: {size}</source>
            <translation>{day}: {size}</translation>
        </message>
        <message>
            <source>{done} of {total} steps</source>
            <translation>Hatua {done} kati ya {total}</translation>
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
            <translation>{good} zimekubaliwa, {bad} zimekataliwa</translation>
        </message>
        <message>
            <source>{good} agreed with the others, {bad} did not</source>
            <translation>{good} zimekubaliana na wengine, {bad} hazikukubaliana</translation>
        </message>
        <message>
            <source>{good} won, {bad} lost</source>
            <translation>umeshinda {good}, umeshindwa {bad}</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after 1 more checked task.</source>
            <translation>{grade} limefikiwa; ni lako likidumu baada ya kazi 1 zaidi iliyokaguliwa.</translation>
        </message>
        <message>
            <source>{grade} is reached; it is yours if it still holds after {more} more checked tasks.</source>
            <translation>{grade} limefikiwa; ni lako likidumu baada ya kazi {more} zaidi zilizokaguliwa.</translation>
        </message>
        <message>
            <source>{grade} – not enough checked work yet.</source>
            <translation>{grade} – kazi zilizokaguliwa bado hazitoshi.</translation>
        </message>
        <message>
            <source>{h} h {m} min</source>
            <translation>saa {h} dakika {m}</translation>
        </message>
        <message>
            <source>{label} {n}</source>
            <translation>{label} {n}</translation>
        </message>
        <message>
            <source>{mark} of 5</source>
            <translation>{mark} kati ya 5</translation>
        </message>
        <message>
            <source>{megabytes} MB are free on the profile's disk.</source>
            <translation>{megabytes} MB ziko huru kwenye diski ya wasifu.</translation>
        </message>
        <message>
            <source>{megabytes} MB of memory are free.</source>
            <translation>{megabytes} MB za kumbukumbu ziko huru.</translation>
        </message>
        <message>
            <source>{month}: {had} audited, {expected} expected</source>
            <translation>{month}: {had} zilikaguliwa ghafla, {expected} zilitarajiwa</translation>
        </message>
        <message>
            <source>{more} more checked tasks before you can review.</source>
            <translation>Kazi {more} zaidi zilizokaguliwa kabla uweze kukagua.</translation>
        </message>
        <message>
            <source>{more} more checked tasks for other requesters before you can review.</source>
            <translation>Kazi {more} zaidi zilizokaguliwa za watoa kazi wengine kabla uweze kukagua.</translation>
        </message>
        <message>
            <source>{more} more checked tasks to the next level.</source>
            <translation>Kazi {more} zaidi zilizokaguliwa kufika ngazi inayofuata.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row before you can review.</source>
            <translation>Majibu {more} zaidi sahihi mfululizo kabla uweze kukagua.</translation>
        </message>
        <message>
            <source>{more} more right answers in a row to {grade}.</source>
            <translation>Majibu {more} zaidi sahihi mfululizo kufika {grade}.</translation>
        </message>
        <message>
            <source>{names}, and {n} more</source>
            <translation>{names}, na nyingine {n}</translation>
        </message>
        <message>
            <source>{note} Probably at least {low} % would.</source>
            <translation>{note} Huenda angalau {low} % yangekuwa.</translation>
        </message>
        <message>
            <source>{note}; {share} of them are accepted in the end</source>
            <translation>{note}; {share} yao hukubaliwa mwishowe</translation>
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
            <translation>Majibu {n} yanasubiri kutumwa</translation>
        </message>
        <message>
            <source>{n} days</source>
            <translation>siku {n}</translation>
        </message>
        <message>
            <source>{n} did not answer.</source>
            <translation>{n} hawakujibu.</translation>
        </message>
        <message>
            <source>{n} finished tasks run out: send them before {time}.</source>
            <translation>Kazi {n} zilizokamilika muda wake unaisha: zitume kabla ya {time}.</translation>
        </message>
        <message>
            <source>{n} h</source>
            <translation>saa {n}</translation>
        </message>
        <message>
            <source>{n} kept away by your settings</source>
            <translation>{n} zimezuiwa na mipangilio yako</translation>
        </message>
        <message>
            <source>{n} kept on this computer until there is a connection</source>
            <translation>{n} zimewekwa kwenye kompyuta hii hadi mtandao upatikane</translation>
        </message>
        <message>
            <source>{n} min</source>
            <translation>dakika {n}</translation>
        </message>
        <message>
            <source>{n} of {total}</source>
            <translation>{n} kati ya {total}</translation>
        </message>
        <message>
            <source>{n} open</source>
            <translation>{n} wazi</translation>
        </message>
        <message>
            <source>{n} other verifiers, who have not judged it before</source>
            <translation>Wakaguzi wengine {n}, ambao hawakuiamua kabla</translation>
        </message>
        <message>
            <source>{n} rated it; {good} of them gave 4 or 5.</source>
            <translation>{n} walitoa alama; {good} kati yao walitoa 4 au 5.</translation>
        </message>
        <message>
            <source>{n} rejected answers can be corrected or appealed.</source>
            <translation>Majibu {n} yaliyokataliwa yanaweza kusahihishwa au kukatiwa rufaa.</translation>
        </message>
        <message>
            <source>{n} s</source>
            <translation>sekunde {n}</translation>
        </message>
        <message>
            <source>{n} signatures of this verdict were checked: yours, the platform's and the verifiers'.</source>
            <translation>Saini {n} za uamuzi huu zilikaguliwa: yako, ya jukwaa na za wakaguzi.</translation>
        </message>
        <message>
            <source>{n} signed votes were counted on this computer, and the same came out.</source>
            <translation>Kura {n} zilizosainiwa zilihesabiwa kwenye kompyuta hii, na matokeo ni yaleyale.</translation>
        </message>
        <message>
            <source>{n} tasks are here, about {time} of work</source>
            <translation>Kazi {n} ziko hapa, kama {time} za kazi</translation>
        </message>
        <message>
            <source>{n} tasks at a stake of {amount} GEM</source>
            <translation>Kazi {n} kwa dau la {amount} GEM</translation>
        </message>
        <message>
            <source>{n} tasks left in this batch</source>
            <translation>Kazi {n} zimebaki katika fungu hili</translation>
        </message>
        <message>
            <source>{n} tasks run out: finish and send the first before {time}.</source>
            <translation>Kazi {n} muda wake unaisha: maliza na utume ya kwanza kabla ya {time}.</translation>
        </message>
        <message>
            <source>{overturned} of {rejected} rejections overturned – {percent} %, probably {low}–{high} %.</source>
            <translation>Kukataliwa {overturned} kati ya {rejected} kumepinduliwa – {percent} %, huenda {low}–{high} %.</translation>
        </message>
        <message>
            <source>{part} of {whole} appeals of workers were won</source>
            <translation>Rufaa {part} kati ya {whole} za wafanyakazi zilishinda</translation>
        </message>
        <message>
            <source>{part} of {whole} decisions of verifiers were reversed later</source>
            <translation>Maamuzi {part} kati ya {whole} ya wakaguzi yaligeuzwa baadaye</translation>
        </message>
        <message>
            <source>{part} of {whole} judged answers were accepted</source>
            <translation>Majibu {part} kati ya {whole} yaliyoamuliwa yalikubaliwa</translation>
        </message>
        <message>
            <source>{pay} GEM a task</source>
            <translation>{pay} GEM kwa kazi</translation>
        </message>
        <message>
            <source>{redone} of your last {last} were redone.</source>
            <translation>{redone} kati ya {last} yako ya mwisho yalirudiwa.</translation>
        </message>
        <message>
            <source>{rejected} of the last {last} were rejected, more than usual for you.</source>
            <translation>{rejected} kati ya {last} ya mwisho yalikataliwa, zaidi ya kawaida yako.</translation>
        </message>
        <message>
            <source>{rejected} of {decisions} rejected – {percent} %, probably {low}–{high} %.</source>
            <translation>{rejected} kati ya {decisions} yalikataliwa – {percent} %, huenda {low}–{high} %.</translation>
        </message>
        <message>
            <source>{reward} GEM before the fee</source>
            <translation>{reward} GEM kabla ya ada</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – not enough checked work yet.</source>
            <translation>Kazi {right} kati ya {checked} zilizokaguliwa ni sahihi – kazi zilizokaguliwa bado hazitoshi.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right – {percent} %, probably {low}–{high} %.</source>
            <translation>Kazi {right} kati ya {checked} zilizokaguliwa ni sahihi – {percent} %, huenda {low}–{high} %.</translation>
        </message>
        <message>
            <source>{right} of {checked} checked tasks right: too few to go on. You can appeal.</source>
            <translation>Kazi {right} kati ya {checked} zilizokaguliwa ni sahihi: chache mno kuendelea. Unaweza kukata rufaa.</translation>
        </message>
        <message>
            <source>{right} of {checked} right</source>
            <translation>{right} kati ya {checked} sahihi</translation>
        </message>
        <message>
            <source>{right} of {checks} hidden checks right; more than that are needed to review.</source>
            <translation>{right} kati ya majaribio ya siri {checks} ni sahihi; yanahitajika zaidi ya hayo ili kukagua.</translation>
        </message>
        <message>
            <source>{right} of {of} right</source>
            <translation>{right} kati ya {of} sahihi</translation>
        </message>
        <message>
            <source>{share} is with the platform already.</source>
            <translation>{share} iko kwenye jukwaa tayari.</translation>
        </message>
        <message>
            <source>{share} must be right.</source>
            <translation>{share} lazima iwe sahihi.</translation>
        </message>
        <message>
            <source>{share} of answers rejected</source>
            <translation>{share} ya majibu hukataliwa</translation>
        </message>
        <message>
            <source>{share} of answers rejected, pays within {time}</source>
            <translation>{share} ya majibu hukataliwa, hulipa ndani ya {time}</translation>
        </message>
        <message>
            <source>{share} of the reward</source>
            <translation>{share} ya ujira</translation>
        </message>
        <message>
            <source>{share} of {n} judged answers were rejected.</source>
            <translation>{share} ya majibu {n} yaliyoamuliwa yalikataliwa.</translation>
        </message>
        <message>
            <source>{size} each</source>
            <translation>{size} kila moja</translation>
        </message>
        <message>
            <source>{size} of files wait.</source>
            <translation>Faili za {size} zinasubiri.</translation>
        </message>
        <message>
            <source>{size} still to come</source>
            <translation>Bado {size}</translation>
        </message>
        <message>
            <source>{size} to download</source>
            <translation>{size} za kupakua</translation>
        </message>
        <message>
            <source>{size} today</source>
            <translation>{size} leo</translation>
        </message>
        <message>
            <source>{spent} of {limit} GEM used today</source>
            <translation>{spent} kati ya {limit} GEM zimetumika leo</translation>
        </message>
        <message>
            <source>{stake} GEM at stake</source>
            <translation>{stake} GEM kwenye dau</translation>
        </message>
        <message>
            <source>{time} after you send it</source>
            <translation>{time} baada ya kuituma</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>{time} zilizopita</translation>
        </message>
        <message>
            <source>{time} each</source>
            <translation>{time} kila moja</translation>
        </message>
        <message>
            <source>{time} in all, {unpaid} of it unpaid</source>
            <translation>{time} kwa jumla, {unpaid} kati yake bila malipo</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>{time} zimebaki</translation>
        </message>
        <message>
            <source>{time} on tasks that were paid</source>
            <translation>{time} kwa kazi zilizolipwa</translation>
        </message>
        <message>
            <source>{title} (rated)</source>
            <translation>{title} (imepewa alama)</translation>
        </message>
        <message>
            <source>{title} was put aside; nothing of it was deleted.</source>
            <translation>{title} umewekwa kando; hakuna kilichofutwa.</translation>
        </message>
        <message>
            <source>{unsent} to send, {waiting} waiting for a verdict</source>
            <translation>{unsent} za kutuma, {waiting} zinasubiri uamuzi</translation>
        </message>
        <message>
            <source>{used} of {allowed} MB today</source>
            <translation>{used} kati ya {allowed} MB leo</translation>
        </message>
        <message>
            <source>{what}: {amount} GEM</source>
            <translation>{what}: {amount} GEM</translation>
        </message>
        <message>
            <source>{when}: {n} of {all} tasks were paid ({share})</source>
            <translation>{when}: kazi {n} kati ya {all} zililipwa ({share})</translation>
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
            <translation>{x} % kutoka kushoto, {y} % kutoka juu</translation>
        </message>
        <message>
            <source>{yes} found it right, {no} found it wrong.</source>
            <translation>{yes} waliliona sahihi, {no} waliliona si sahihi.</translation>
        </message>
        <message>
            <source>“Claim to my wallet” brings what is ready to you. You see the fee before you sign.</source>
            <translation>“Chukua kwenye pochi yangu” inakuletea zilizo tayari. Unaona ada kabla ya kusaini.</translation>
        </message>
        <message>
            <source>“Funded” is money that is already put down for the work.</source>
            <translation>“Pesa zilizowekwa” ni pesa ambazo tayari zimewekwa kwa ajili ya kazi.</translation>
        </message>
        <message>
            <source>“{key}” is already the key of “{option}”.</source>
            <translation>“{key}” tayari ni kitufe cha “{option}”.</translation>
        </message>
    </context>
    <context>
        <name>ImageCanvas</name>
        <message>
            <source>The picture is being opened …</source>
            <translation>Picha inafunguliwa …</translation>
        </message>
        <message>
            <source>This task names no picture.</source>
            <translation>Kazi hii haitaji picha yoyote.</translation>
        </message>
    </context>
    <context>
        <name>MovieCanvas</name>
        <message>
            <source>The film is being opened …</source>
            <translation>Filamu inafunguliwa …</translation>
        </message>
    </context>
    <context>
        <name>SeriesPart</name>
        <message>
            <source>The times of this series cannot be read.</source>
            <translation>Nyakati za mfululizo huu hazisomeki.</translation>
        </message>
        <message>
            <source>This task brings no series.</source>
            <translation>Kazi hii haina mfululizo.</translation>
        </message>
    </context>
    <context>
        <name>TextPart</name>
        <message>
            <source>[picture]</source>
            <translation>[picha]</translation>
        </message>
    </context>
    <context>
        <name>TimeCanvas</name>
        <message>
            <source>The recording is being opened …</source>
            <translation>Rekodi inafunguliwa …</translation>
        </message>
    </context>
</TS>
